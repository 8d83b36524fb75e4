"""Foster's session-RPE and what a week of it looks like: load, monotony and strain (Foster 1998, 2001; evidence 3)."""

from dataclasses import dataclass
from datetime import date
from typing import Literal

import numpy as np
import pandas as pd

from analysis.evidence import MONOTONY_NOTE
from analysis.load_change import by_day
from analysis.prewhitening import Values

Reason = Literal["week not stated", "effort or duration missing", "no variation"]


@dataclass(frozen=True)
class WeekLoad:
    """A week of session-RPE, in arbitrary units (effort 0-10 times minutes), runs only.

    `monotony` is the mean of the seven days over their sample standard deviation (n - 1), rest days as 0; `strain` is
    load times monotony. Both are None where all days are equal ('no variation'): then monotony is not defined. All are
    None when there is another `reason`.
    """

    load: float | None = None
    monotony: float | None = None
    strain: float | None = None
    reason: Reason | None = None

    @property
    def is_monotonous(self) -> bool:
        """Over Foster's 2.0: worth a note, not a limit."""
        return self.monotony is not None and self.monotony > MONOTONY_NOTE


def session_rpe(effort: "pd.Series[float]", duration_s: "pd.Series[float]") -> "pd.Series[float]":
    """Effort (0-10, asked about half an hour after) times minutes; NaN where either is unknown."""
    return effort * duration_s / 60


def week_load(runs: pd.DataFrame, weeks: pd.DataFrame, week: date) -> WeekLoad:
    """Load, monotony and strain of the week that begins on `week`, a finished one.

    Only for a stated week: its running is known from single runs, each with effort and duration, or is a stated zero.
    A day without a run is then a rest day. In any other week such a day is unknown, and a rest that was only not logged
    would make the week look more varied than it was.
    """
    this = weeks[weeks["week"] == pd.Timestamp(week)]
    if this.empty or this["distance_from"].iloc[0] not in ("runs", "stated zero"):
        return WeekLoad(reason="week not stated")
    daily = np.asarray(by_day(runs, this, session_rpe(runs["effort"], runs["duration_s"])), dtype=np.float64)
    return WeekLoad(reason="effort or duration missing") if np.isnan(daily).any() else of_days(daily)


def of_days(daily: Values, *, ddof: int = 1) -> WeekLoad:
    """Load, monotony and strain of seven known days; `ddof` 0 takes the population standard deviation instead."""
    if len(daily) != 7 or np.isnan(daily).any():
        raise ValueError(f"A week is seven known days; these are {np.sum(~np.isnan(daily))} of {len(daily)}.")
    load, spread = float(daily.sum()), float(daily.std(ddof=ddof))
    if np.ptp(daily) == 0:
        return WeekLoad(load, reason="no variation")
    monotony = float(daily.mean()) / spread
    return WeekLoad(load, monotony, load * monotony)
