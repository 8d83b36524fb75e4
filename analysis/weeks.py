"""Arithmetic on the weekly frame: one row for every consecutive week, unknown weeks included."""

import math
from dataclasses import dataclass
from datetime import date
from typing import Final, Literal

import pandas as pd

WEEK: Final = pd.Timedelta(days=7)


@dataclass(frozen=True)
class WeekSummary:
    """The running week. `done`, `distance_m` and `pain` are None while nothing is known."""

    week: date
    logged: int
    done: int | None
    prescribed: int
    distance_m: float | None
    distance_from: str
    pain: float | None

    @property
    def left(self) -> int:
        """Sessions of the plan not known to be done."""
        return max(0, self.prescribed - (self.done or 0))


def known(value: float) -> float | None:
    """A number, or None for NaN."""
    return None if math.isnan(value) else float(value)


def with_adherence(weeks: pd.DataFrame) -> pd.DataFrame:
    """The frame with `adherence_raw` (done / prescribed) and `adherence` (the same, capped at 1.0).

    Both are NaN when nothing was prescribed or the sessions are unknown (evidence 5).
    """
    prescribed = weeks["sessions_prescribed"].astype("float64")
    raw = weeks["sessions_done"] / prescribed.where(prescribed > 0)
    return weeks.assign(adherence_raw=raw, adherence=raw.clip(upper=1.0))


def complete_weeks(weeks: pd.DataFrame, today: date) -> pd.DataFrame:
    """The weeks that are over: a week still running would be compared as if it were short."""
    return weeks[weeks["week"] + WEEK <= pd.Timestamp(today)].reset_index(drop=True)


def of_side(weeks: pd.DataFrame, side: Literal["left", "right"]) -> pd.DataFrame:
    """The frame with the pain of one side alone: the other one is unknown."""
    other = {"left": "pain_right", "right": "pain_left"}[side]
    return weeks.assign(pain=weeks[f"pain_{side}"]).assign(**{other: float("nan")})


def between(weeks: pd.DataFrame, first: date, last: date) -> pd.DataFrame:
    """The weeks that begin on one of these days."""
    return weeks[weeks["week"].between(pd.Timestamp(first), pd.Timestamp(last))].reset_index(drop=True)


def window(weeks: pd.DataFrame, last: int | None) -> pd.DataFrame:
    """The last so many weeks, or all of them for None."""
    return weeks if last is None else weeks.tail(last).reset_index(drop=True)


def current_week(weeks: pd.DataFrame, today: date) -> WeekSummary | None:
    """The week that holds today, or None when the frame does not reach it."""
    now = pd.Timestamp(today)
    found = weeks[(weeks["week"] <= now) & (now < weeks["week"] + WEEK)]
    if found.empty:
        return None
    row = found.to_dict("records")[0]
    done = known(row["sessions_done"])
    return WeekSummary(
        week=row["week"].date(),
        logged=int(row["sessions"]),
        done=None if done is None else int(done),
        prescribed=int(row["sessions_prescribed"]),
        distance_m=known(row["distance_m"]),
        distance_from=row["distance_from"],
        pain=known(row["pain"]),
    )
