"""Two numbers side by side: both directions, with and without volume, before and after (evidence 6.1.7 to 6.1.9)."""

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Literal

import numpy as np
import pandas as pd
from scipy import special

from analysis.association import Association, pick, week_numbers, within_runner
from analysis.correlation import below_one, z_error
from analysis.evidence import BASELINE_WEEKS, CONFIDENCE, LAGS_WEEKS, SAME_COEFFICIENT
from analysis.regression import first_effect

Leading = Literal["x", "y", "both", "cannot tell", "described"]
# (lag, association) of one pair, from its second column two weeks before its first (-2) to two weeks after it (2).
Profile = Sequence[tuple[int, Association]]


@dataclass(frozen=True)
class Direction:
    """x before y (`forward`) beside y before x (`backward`), the same number of weeks apart."""

    forward: Association
    backward: Association

    @property
    def leading(self) -> Leading:
        """Which comes first: the stronger direction, where that is a finding and clearly the stronger one.

        That one coefficient is larger than the other says nothing by itself: of any two, one is. Nor does a finding in
        the weaker direction: it may be one only because it is the main link, with its larger share. Where both are
        findings and neither is clearly stronger, both directions fit.
        """
        if not (self.forward.judged and self.backward.judged):
            return "described"
        strongest = max(self.forward, self.backward, key=_strength)
        if strongest.is_finding and self._are_apart:
            return "x" if strongest is self.forward else "y"
        return "both" if self.forward.is_finding and self.backward.is_finding else "cannot tell"

    @property
    def _are_apart(self) -> bool:
        """Whether the difference of the two Fisher's z, taken for independent, leaves out 0."""
        if self.forward.r is None or self.backward.r is None:
            return False
        apart = abs(_strength(self.forward) - _strength(self.backward))
        error = math.hypot(z_error(self.forward.n), z_error(self.backward.n))
        return apart > float(special.ndtri((1 + self.forward.confidence) / 2)) * error


def _strength(one: Association) -> float:
    """Fisher's z of a coefficient, whatever its sign."""
    return math.atanh(below_one(abs(one.r or 0.0)))


def direction(found: Sequence[Association], x: str, y: str, lag: int = 1) -> Direction:
    """Both directions out of `association.table`, with the verdicts of the whole page. Raises KeyError for lag 0."""
    return Direction(pick(found, x, y, lag), pick(found, y, x, lag))


def lag_profile(found: Sequence[Association], x: str, y: str) -> Profile:
    """Every lag of x and y out of `association.table`. Raises KeyError for columns that it does not hold in this
    order."""
    before = [(-lag, pick(found, y, x, lag)) for lag in reversed(LAGS_WEEKS) if lag]
    return (*before, *((lag, pick(found, x, y, lag)) for lag in LAGS_WEEKS))


@dataclass(frozen=True)
class Adjustment:
    """`raw` and `adjusted` on the very same weeks, those in which the controls are known too.

    Neither is the better one: if pain made a runner cut the volume, accounting for volume can add bias (Shrier 2022).
    """

    raw: Association
    adjusted: Association

    @property
    def change(self) -> Literal["shrank", "grew", "stayed", "turned", "unknown"]:
        """What accounting did to the coefficient; 'stayed' within 0.05, 'turned' where the sign did."""
        if self.raw.r is None or self.adjusted.r is None:
            return "unknown"
        if abs(self.adjusted.r - self.raw.r) < SAME_COEFFICIENT:
            return "stayed"
        if self.raw.r * self.adjusted.r < 0:
            return "turned"
        return "shrank" if abs(self.adjusted.r) < abs(self.raw.r) else "grew"


def adjustment(
    weeks: pd.DataFrame, x: str, y: str, *, lag: int = 0, controls: Sequence[str] = ("distance_m",)
) -> Adjustment:
    """`within_runner` without and with the controls, on the weeks in which all of them are known."""
    complete = weeks.assign(**{x: weeks[x].where(weeks[list(controls)].notna().all(axis=1))})
    return Adjustment(within_runner(complete, x, y, lag=lag), within_runner(complete, x, y, lag=lag, controls=controls))


@dataclass(frozen=True)
class BeforeAfter:
    """The level of `column` before and after, the entry week left out.

    People begin a diary when it hurts, and what begins high falls by itself (regression to the mean), so the first
    rated week, `entry`, is in neither part. `before` is the first half of the rest, `after`
    the second; both are means over at least four weeks with a value. `change` is how much the level changed, with
    an interval that allows for carry-over from week to week, from the entry week too, so it need not be the difference
    of the two. None when there is a `reason`; `needed` says how many more weeks with a value it takes.
    """

    column: str
    before_weeks: int
    after_weeks: int
    entry: float | None = None
    starts_on: date | None = None
    before: float | None = None
    after: float | None = None
    change: float | None = None
    ci_low: float | None = None
    ci_high: float | None = None
    confidence: float = CONFIDENCE
    needed: int = 0
    reason: Literal["too few weeks", "does not vary"] | None = None

    @property
    def is_finding(self) -> bool:
        """Whether the interval leaves out 'no change'."""
        return self.ci_low is not None and self.ci_high is not None and not self.ci_low <= 0 <= self.ci_high


def before_and_after(weeks: pd.DataFrame, column: str = "pain", *, confidence: float = CONFIDENCE) -> BeforeAfter:
    """Compare the level of `column` in the first half of the weeks that have it with the second half; the very first
    is left out."""
    known = weeks[weeks[column].notna()]
    values = known[column].to_numpy(dtype="float64")[1:]
    split = len(values) // 2
    entry = None if known.empty else float(known[column].iloc[0])
    empty = BeforeAfter(column, split, len(values) - split, entry, confidence=confidence)
    needed = 1 + 2 * BASELINE_WEEKS - len(known)
    if needed > 0:
        return replace(empty, needed=needed, reason="too few weeks")
    if np.ptp(values) == 0:
        return replace(empty, reason="does not vary")
    level = np.column_stack([np.arange(len(known)) > split, np.ones(len(known))]).astype("float64")
    pain = known[column].to_numpy(dtype="float64")
    change, low, high = first_effect(week_numbers(known), level, pain, confidence, given_first=True)
    means = replace(empty, before=float(values[:split].mean()), after=float(values[split:].mean()))
    return replace(means, starts_on=known["week"].iloc[1 + split].date(), change=change, ci_low=low, ci_high=high)
