"""Gluteus medius activity by exercise: what was measured, and how sure one can be of it, in words."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

# Common use in the studies quoted; neither is a cut-off for training (evidence 4.1).
HIGH: Final = 40.0
VERY_HIGH: Final = 60.0
NOT_CHECKED: Final = "commonly quoted, not checked"
NOT_STRENGTH: Final = "EMG is not strength gain: it shows how hard a muscle worked, not what training it brings."


@dataclass(frozen=True)
class Activity:
    """One exercise in one study: mean and standard deviation between people, % of a maximal contraction.

    `exercise` is the slug of its guide, "" where there is none; `checked` is whether we saw the number in the paper.
    """

    exercise: str
    label: str
    mean: float
    sd: float | None
    source: str
    checked: bool
    fine_wire: bool = False


def activity_sentence(row: Activity) -> str:
    """'Clam: 40 ± 38 % of maximum (DiStefano 2009).'"""
    spread = "" if row.sd is None else f" ± {row.sd:g}"
    notes = [row.source, *(["fine-wire electrodes"] if row.fine_wire else [])]
    notes += [] if row.checked else [NOT_CHECKED]
    return f"{row.label}: {row.mean:g}{spread} % of maximum ({', '.join(notes)})."


def activity_title(rows: Sequence[Activity]) -> str:
    """Of the numbers we checked, the lowest and the highest."""
    checked = [row for row in rows if row.checked]
    if not checked:
        return "None of these numbers is checked"
    top, low = max(checked, key=lambda row: row.mean), min(checked, key=lambda row: row.mean)
    lowest = f"{low.mean:.0f} % of maximum ({_inside(low)})"
    return f"Gluteus medius, of what we checked: from {lowest} to {top.mean:.0f} % ({_inside(top)})"


def activity_paragraph(rows: Sequence[Activity]) -> str:
    """The text alternative of the chart."""
    limits = f"Above {HIGH:g} % is commonly called high, above {VERY_HIGH:g} % very high."
    spread = "The spread between people is often as large as the gap between two exercises."
    return " ".join([f"{activity_title(rows)}.", NOT_STRENGTH, limits, spread, *map(activity_sentence, rows)])


def _inside(row: Activity) -> str:
    return row.label[0].lower() + row.label[1:]
