"""The single-run spike (Frandsen 2025; evidence 3): the longest recent run against the 30 days before it."""

from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from typing import Literal

import numpy as np
import numpy.typing as npt
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

    `runs` needs `local_date` (datetime64), `distance_m` (float64) and `start` (UTC timestamps, NaT allowed), and the
    first run that is known: before it a log says nothing, after it a month without a run is one.
    """
    return _spike(_ran(runs, today), today)


def spikes(runs: pd.DataFrame, today: date) -> dict[int, Spike]:
    """The same for each runner named in column `runner`; who has no run is not among them."""
    ran = _ran(runs, today)
    starts = np.flatnonzero(np.diff(ran.runner, prepend=-1))
    return {int(ran.runner[at]): _spike(ran.part(at, end), today) for at, end in pairwise([*starts, len(ran.runner)])}


def spike_band(percent: float) -> SpikeBand | None:
    """The study's categories: over 10 to 30 %, over 30 to 100 %, over 100 %."""
    if percent <= SPIKE_REFERENCE_PERCENT:
        return None
    if percent <= SPIKE_SMALL_PERCENT:
        return "small"
    return "moderate" if percent <= SPIKE_MODERATE_PERCENT else "large"


@dataclass(frozen=True)
class _Ran:
    """Runs with a distance, a runner's under one another, in the order in which they were run."""

    runner: npt.NDArray[np.int64]
    day: "npt.NDArray[np.datetime64]"
    start: "npt.NDArray[np.datetime64]"
    metres: npt.NDArray[np.float64]

    def part(self, first: int, end: int) -> "_Ran":
        return _Ran(self.runner[first:end], self.day[first:end], self.start[first:end], self.metres[first:end])


def _ran(runs: pd.DataFrame, today: date) -> _Ran:
    known = runs[(runs["distance_m"] > 0) & (runs["local_date"] <= pd.Timestamp(today))]
    runner = known["runner"].to_numpy("int64") if "runner" in known else np.zeros(len(known), np.int64)
    day = known["local_date"].to_numpy("datetime64[D]")
    start = pd.to_datetime(known["start"], utc=True).dt.tz_localize(None).to_numpy("datetime64[s]")
    order = np.lexsort((start, day, runner))  # unknown starts come last in their day
    return _Ran(runner[order], day[order], start[order], known["distance_m"].to_numpy("float64")[order])


def _spike(ran: _Ran, today: date) -> Spike:
    recent = np.flatnonzero(ran.day > np.datetime64(today) - SPIKE_RECENT_DAYS)
    if not len(recent):
        return Spike(reason="no recent run")
    run = int(recent[ran.metres[recent].argmax()])
    counted_from = ran.day[run] - SPIKE_HISTORY_DAYS
    if ran.day[0] > counted_from:
        return Spike(reason="short history")
    # On the same day a run is earlier where both starts are known; NaT is not before anything.
    earlier = (ran.day < ran.day[run]) | ((ran.day == ran.day[run]) & (ran.start < ran.start[run]))
    before = np.flatnonzero(earlier & (ran.day >= counted_from))
    if not len(before):
        return Spike(reason="no earlier run")
    return _compare(ran, run, int(before[ran.metres[before].argmax()]))


def _compare(ran: _Ran, run: int, previous: int) -> Spike:
    metres, previous_m = float(ran.metres[run]), float(ran.metres[previous])
    # Rounded past the float noise, so that 11 km after 10 km is exactly the 10 % of the reference band.
    percent = round((metres / previous_m - 1) * 100, 9)
    return Spike(
        percent=percent,
        band=spike_band(percent),
        distance_m=metres,
        on=ran.day[run].item(),
        previous_m=previous_m,
        previous_on=ran.day[previous].item(),
    )
