"""The export of Strong: commas or semicolons, English or German, with a unit or without."""

import re
from collections.abc import Iterator
from datetime import tzinfo
from typing import Final

from data.importers import set_log
from data.importers.cells import Unit
from data.importers.result import Item
from data.importers.set_log import KG_PER_LB, Headings, Program

HEADINGS: Final = Headings(
    start={"date", "datum"},
    title={"workout name", "workout-name"},
    exercise={"exercise name", "name der übung"},
    kind={"set order", "reihenfolge festlegen"},
    repetitions={"reps", "wiederh.", "wiederholungen"},
    seconds={"seconds", "sekunden"},
    effort={"rpe"},
    loads={
        "weight (kg)": 1.0,
        "weight (kgs)": 1.0,
        "weight (lb)": KG_PER_LB,
        "weight (lbs)": KG_PER_LB,
        "gewicht (kg)": 1.0,
        "gewicht (lb)": KG_PER_LB,
        "weight": None,
        "gewicht": None,
    },
    load_unit={"weight unit", "gewichtseinheit"},
)
# W is a warm-up, D a drop set, F a set to failure; longer words are rest timers and notes, and no sets.
PROGRAM: Final = Program("Strong", re.compile(r"\d{1,3}(\.0+)?|[A-Z]", re.ASCII), re.compile("[Ww]"))


def read_table(filename: str, text: str, zone: tzinfo, unit: Unit) -> Iterator[Item] | None:  # noqa: ARG001  a reader's
    """The workouts of the file; None when this is not Strong's. Raises UnreadableFileError when there is no row."""
    layout = set_log.find_layout(text, HEADINGS)
    return None if layout is None else set_log.read(filename, text, layout, PROGRAM, unit)
