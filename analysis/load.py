"""The single-run spike (Frandsen 2025; evidence 3): the longest recent run against the 30 days before it."""

from dataclasses import dataclass
from datetime import date
from typing import Literal

import pandas as pd

from analysis.evidence import (
    SPIKE_HISTORY_DAYS,
    SPIKE_MODERATE_PERCENT,
    SPIKE_RECENT_DAYS,
    SPIKE_REFERENCE_PERCENT,
    SPIKE_SMALL_PERCENT,
)

SpikeBand = Literal["small", "moderate", "large"]
SpikeReason = Literal["no recent run", "short history", "no earlier run"]


@dataclass(frozen=True)
class Spike:
    """`percent` the run was longer (negative: shorter) than the longest before it, or the reason it is unknown.

    `band` is None at up to 10 % longer, the study's reference.
    """

    percent: float | None = None
    band: SpikeBand | None = None
    distance_m: float | None = None
    on: date | None = None
    previous_m: float | None = None
    previous_on: date | None = None
    reason: SpikeReason | None = None


def single_run_spike(runs: pd.DataFrame, today: date) -> Spike:
    """Compare the longest run of the last 7 days with the longest in the 30 days before that run.

    `runs` needs `local_date` (datetime64), `distance_m` (float64) and `start` (UTC timestamps, NaT allowed).
    """
    now = pd.Timestamp(today)
    ran = runs[(runs["distance_m"] > 0) & (runs["local_date"] <= now)].sort_values(["local_date", "start"])
    recent = ran[ran["local_date"] > now - pd.Timedelta(days=SPIKE_RECENT_DAYS)]
    if recent.empty:
        return Spike(reason="no recent run")
    run = _longest(recent)
    counted_from = run.day - pd.Timedelta(days=SPIKE_HISTORY_DAYS)
    if ran["local_date"].iloc[0] > counted_from:
        return Spike(reason="short history")
    before = _before(ran, run)
    before = before[before["local_date"] >= counted_from]
    if before.empty:
        return Spike(reason="no earlier run")
    return _compare(run, _longest(before))


def spike_band(percent: float) -> SpikeBand | None:
    """The study's categories: over 10 to 30 %, over 30 to 100 %, over 100 %."""
    if percent <= SPIKE_REFERENCE_PERCENT:
        return None
    if percent <= SPIKE_SMALL_PERCENT:
        return "small"
    return "moderate" if percent <= SPIKE_MODERATE_PERCENT else "large"


@dataclass(frozen=True)
class _Run:
    day: pd.Timestamp
    start: pd.Timestamp
    metres: float


def _longest(runs: pd.DataFrame) -> _Run:
    at = int(runs["distance_m"].to_numpy().argmax())
    day, start, metres = (runs[column].iloc[at] for column in ("local_date", "start", "distance_m"))
    return _Run(day, start, float(metres))


def _before(runs: pd.DataFrame, run: _Run) -> pd.DataFrame:
    """Runs on earlier days, and those that started earlier on the same day where both starts are known."""
    same_day = (runs["local_date"] == run.day) & (runs["start"] < run.start)
    return runs[(runs["local_date"] < run.day) | same_day]


def _compare(run: _Run, previous: _Run) -> Spike:
    # Rounded past the float noise, so that 11 km after 10 km is exactly the 10 % of the reference band.
    percent = round((run.metres / previous.metres - 1) * 100, 9)
    return Spike(
        percent=percent,
        band=spike_band(percent),
        distance_m=run.metres,
        on=run.day.date(),
        previous_m=previous.metres,
        previous_on=previous.day.date(),
    )
