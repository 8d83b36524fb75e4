"""Weeks by runner: what a heat map of a squad shows, and the same in words. Names in their order, nobody ranked."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, Literal

import numpy as np
import numpy.typing as npt
import pandas as pd

from analysis.phrases import count, day, number, percent
from analysis.weeks import with_adherence

Measure = Literal["adherence", "pain"]

MEASURES: Final[dict[Measure, str]] = {"adherence": "Hip sessions done", "pain": "Worst pain while running"}
AREA_OF: Final[dict[Measure, Literal["training", "pain"]]] = {"adherence": "training", "pain": "pain"}  # of consent
PLANNED_NOTHING: Final = "Blank: nothing prescribed, or a week before the plan."


@dataclass(frozen=True)
class SquadWeeks:
    """`values` (a row a runner, a column a week) of one measure: adherence 0 to 1, or pain 0 to 10; NaN is not known.
    `asked` says where a value could be known: for adherence only in weeks with a plan."""

    measure: Measure
    names: tuple[str, ...]
    weeks: tuple[pd.Timestamp, ...]
    values: npt.NDArray[np.float64]
    asked: npt.NDArray[np.bool_]

    @property
    def known(self) -> int:
        return int((~np.isnan(self.values)).sum())


def squad_weeks(weeks: pd.DataFrame, names: Mapping[int, str], measure: Measure) -> SquadWeeks:
    """From the squad's weekly frame, with the same weeks for every runner; runners sorted by name."""
    frame = with_adherence(weeks[weeks["runner"].isin(list(names))])
    runners = sorted(frame["runner"].unique(), key=lambda runner: (names[runner].casefold(), runner))
    days = tuple(frame["week"].unique())
    grid = frame.pivot(index="runner", columns="week", values=[measure, "sessions_prescribed"]).loc[runners]
    values = grid[measure].to_numpy("float64")
    asked = (
        grid["sessions_prescribed"].to_numpy("float64") > 0 if measure == "adherence" else np.ones(values.shape, bool)
    )
    return SquadWeeks(measure, tuple(names[runner] for runner in runners), days, values, asked | ~np.isnan(values))


def title(found: SquadWeeks) -> str:
    """How much of it is known."""
    if not found.known:
        return f"{MEASURES[found.measure]}: not logged in any of these weeks"
    return f"{MEASURES[found.measure]}: {percent(found.known / max(int(found.asked.sum()), 1))} of the weeks are known"


def text(found: SquadWeeks) -> str:
    """The text alternative: each runner's known weeks and their span, by name."""
    return f"{title(found)}. " + " ".join(_runner(found, at) for at in range(len(found.names)))


def cell(found: SquadWeeks, runner: int, week: int) -> str:
    """'Ada, week of 2 March 2026: 67 % of the sessions done.'"""
    value, when = found.values[runner, week], day(found.weeks[week].date())
    if np.isnan(value):
        says = "not logged" if found.asked[runner, week] else "nothing prescribed"
    else:
        says = _value(found.measure, value)
    return f"{found.names[runner]}, week of {when}: {says}."


def _runner(found: SquadWeeks, at: int) -> str:
    values = found.values[at][~np.isnan(found.values[at])]
    asked = int(found.asked[at].sum())
    if not len(values):
        return f"{found.names[at]}: not known in any of {count(asked, 'week')}."
    low, high = (_value(found.measure, value) for value in (values.min(), values.max()))
    span = low if low == high else f"from {low} to {high}"
    return f"{found.names[at]}: known in {len(values)} of {count(asked, 'week')}, {span}."


def _value(measure: Measure, value: float) -> str:
    return f"{number(value)} of 10" if measure == "pain" else f"{percent(value)} of the sessions done"
