"""How running load changed: descriptions without traffic lights (evidence 3).

None of these says how likely an injury is. The ratio of recent to earlier load gives about the same associations when
the earlier load is random numbers, and one with the recent week in both parts correlates with itself (Lolli 2019;
Impellizzeri 2021). Each function names its formula and the history it needs, and refuses where that is not known.
"""

from dataclasses import dataclass, replace
from typing import Literal

import numpy as np
import pandas as pd

from analysis.evidence import EWMA_ACUTE_DAYS, EWMA_CHRONIC_DAYS, RATIO_WEEKS
from analysis.prewhitening import Values

Reason = Literal["short history", "recent unknown", "earlier unknown", "nothing earlier"]


@dataclass(frozen=True)
class LoadChange:
    """`value` (a percentage or a ratio) of `recent` to `earlier` metres, or the reason there is none.

    `needed` says how many more weeks (for the daily averages: days) of unbroken, known history it takes.
    """

    value: float | None = None
    recent: float | None = None
    earlier: float | None = None
    needed: int = 0
    reason: Reason | None = None


def week_to_week(weeks: pd.DataFrame) -> LoadChange:
    """The last finished week against the one before it, in per cent: 100 (last / before - 1). Needs two known weeks.

    `weeks` is the weekly frame of finished weeks (`analysis.weeks.complete_weeks`), as for every function here.
    """
    found = _compared(weeks, 1)
    return found if found.value is None else replace(found, value=100 * (found.value - 1))


def uncoupled_ratio(weeks: pd.DataFrame) -> LoadChange:
    """The last finished week over the mean of the three before it. Needs four known weeks."""
    return _compared(weeks, RATIO_WEEKS)


def coupled_ratio(weeks: pd.DataFrame) -> LoadChange:
    """The last finished week over the mean of the last four, itself among them (at most 4). Needs four known weeks.

    Beside the uncoupled one, because it is what many other tools show.
    """
    found = _compared(weeks, RATIO_WEEKS)
    if found.recent is None or found.earlier is None:
        return found
    mean = (found.recent + RATIO_WEEKS * found.earlier) / (RATIO_WEEKS + 1)
    return LoadChange(found.recent / mean, found.recent, mean) if mean else replace(found, earlier=mean)


def ewma_ratio(daily: "pd.Series[float]") -> LoadChange:
    """The exponentially weighted average of 7 days over that of 28, on the last of the days (Williams 2017).

    E(t) = w load(t) + (1 - w) E(t - 1), with w = 2 / (N + 1), from the first load of the last unbroken stretch of known
    days; 28 days of warm-up have to lie before the day. `daily` is one value for each consecutive day, NaN unknown, as
    `daily_distance` gives it.
    """
    unknown = np.flatnonzero(daily.isna())
    stretch = daily.iloc[unknown[-1] + 1 if len(unknown) else 0 :]
    if len(stretch) <= EWMA_CHRONIC_DAYS:
        needed = EWMA_CHRONIC_DAYS + 1 - len(stretch)
        return LoadChange(needed=needed, reason="short history" if len(stretch) else "recent unknown")
    recent, earlier = (float(_ewma(stretch, days)) for days in (EWMA_ACUTE_DAYS, EWMA_CHRONIC_DAYS))
    if earlier == 0:
        return LoadChange(recent=recent, earlier=earlier, reason="nothing earlier")
    return LoadChange(recent / earlier, recent, earlier)


def daily_distance(runs: pd.DataFrame, weeks: pd.DataFrame) -> "pd.Series[float]":
    """Metres a day over the weeks of the weekly frame, indexed by day.

    A day without a run is a rest day (0) only in a week whose running is stated, by single runs or as a zero. In a week
    that was not logged, or of which only a total was typed, every day is unknown (NaN): not logged is not rest.
    """
    return by_day(runs, weeks, runs["distance_m"])


def by_day(runs: pd.DataFrame, weeks: pd.DataFrame, load: "pd.Series[float]") -> "pd.Series[float]":
    """`load` of each run summed by day, as in `daily_distance`; a day with a run of unknown load is unknown."""
    if weeks.empty:
        return pd.Series(dtype="float64", index=pd.DatetimeIndex([]))
    days = pd.date_range(weeks["week"].iloc[0], weeks["week"].iloc[-1] + pd.Timedelta(days=6))
    stated = weeks.set_index("week")["distance_from"].isin(["runs", "stated zero"]).reindex(days, method="ffill")
    by_date = load.astype("float64").groupby(runs["local_date"])
    ran = by_date.sum().where(by_date.count() == by_date.size())
    return ran.reindex(days).where(days.isin(ran.index), 0.0).where(stated.to_numpy())


def _compared(weeks: pd.DataFrame, before: int) -> LoadChange:
    """The last week over the mean of so many before it."""
    metres = _consecutive(weeks)
    if len(metres) <= before:
        return LoadChange(needed=before + 1 - len(metres), reason="short history")
    recent, earlier = float(metres[-1]), float(metres[-1 - before : -1].mean())
    if np.isnan(recent):
        return LoadChange(needed=before + 1, reason="recent unknown")
    if np.isnan(earlier):
        known = int(np.argmax(np.isnan(metres[::-1])))
        return LoadChange(recent=recent, needed=before + 1 - known, reason="earlier unknown")
    if earlier == 0:
        return LoadChange(recent=recent, earlier=earlier, reason="nothing earlier")
    return LoadChange(recent / earlier, recent, earlier)


def _consecutive(weeks: pd.DataFrame) -> Values:
    """Metres of every week from the first to the last of the frame; NaN where a week is unknown or not in it."""
    metres = weeks.set_index("week")["distance_m"]
    every = pd.date_range(metres.index.min(), metres.index.max(), freq="7D") if len(metres) else metres.index
    return metres.reindex(every).to_numpy(dtype="float64")


def _ewma(daily: "pd.Series[float]", days: int) -> float:
    return float(daily.ewm(span=days, adjust=False).mean().iloc[-1])
