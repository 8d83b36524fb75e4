"""Effects in the runner's own units: points of pain between weeks after much and after little training, and points of
pain for one more session (evidence 6.1; adherence groups after Desai 2023, evidence 5).

Description only, like everything here: the weeks differ in other ways than in the sessions done.
"""

import math
from dataclasses import dataclass, replace
from typing import Literal

import numpy as np
import pandas as pd
from scipy import special

from analysis.association import Association, matched
from analysis.evidence import (
    ADHERENCE_HIGH,
    ADHERENCE_LOW,
    CONFIDENCE,
    GATE_GROUP_WEEKS,
    GATE_TENTATIVE,
)
from analysis.prewhitening import (
    Values,
    carry_over,
    effective_weeks,
    residuals,
    straight_line,
    varies,
)
from analysis.regression import first_effect

Reason = Literal["too few weeks", "too few high weeks", "too few low weeks", "does not vary", "only drift"]


@dataclass(frozen=True)
class Difference:
    """`outcome`, `lag` weeks after weeks with at least 80 % of the sessions done, less the same after weeks with under
    half of them done.

    `high_mean` and `low_mean` are plain means; `difference` and its interval come from a fit with a straight drift and
    a carry-over from week to week, so it need not be the difference of the two. All are None when there is a `reason`;
    `needed` says how many more weeks (of the group concerned) it takes.
    """

    outcome: str
    lag: int
    n: int
    high_weeks: int
    low_weeks: int
    high_mean: float | None = None
    low_mean: float | None = None
    difference: float | None = None
    ci_low: float | None = None
    ci_high: float | None = None
    confidence: float = CONFIDENCE
    needed: int = 0
    reason: Reason | None = None

    @property
    def is_finding(self) -> bool:
        """Whether the interval leaves out 'no difference'."""
        return self.ci_low is not None and self.ci_high is not None and not self.ci_low <= 0 <= self.ci_high


@dataclass(frozen=True)
class Slope:
    """`per_session`: the median change of `outcome`, `lag` weeks on, for one more of the `planned` sessions done in a
    week (Theil-Sen), both without their straight drift, over `n` weeks that are worth `n_eff` independent ones. None
    when there is a `reason`."""

    outcome: str
    lag: int
    n: int
    n_eff: float | None = None
    per_session: float | None = None
    ci_low: float | None = None
    ci_high: float | None = None
    confidence: float = CONFIDENCE
    planned: int = 0
    needed: int = 0
    reason: Reason | None = None

    @property
    def is_finding(self) -> bool:
        """Whether the interval leaves out 'no change'."""
        return self.ci_low is not None and self.ci_high is not None and not self.ci_low <= 0 <= self.ci_high


def is_claimed(effect: Difference | Slope, link: Association) -> bool:
    """Whether an effect may be said as a finding: its range leaves out 0, and the link that it measures (the same two
    series and lag, out of `analysis.association.table`) is a finding of the same sign among all that is compared. By
    its range alone, every further effect on a page would be one more chance of a false finding."""
    value = effect.difference if isinstance(effect, Difference) else effect.per_session
    return effect.is_finding and link.is_finding and (value or 0.0) * (link.r or 0.0) > 0


def high_against_low(
    weeks: pd.DataFrame, outcome: str = "pain", *, lag: int = 1, confidence: float = CONFIDENCE
) -> Difference:
    """Compare `outcome` after weeks of high and of low adherence; `weeks` is the weekly frame with adherence."""
    numbers, values = matched(weeks, ["adherence"], outcome, lag)
    adherence, after = values.T
    high, low = adherence >= ADHERENCE_HIGH, adherence < ADHERENCE_LOW
    empty = Difference(outcome, lag, len(numbers), int(high.sum()), int(low.sum()), confidence=confidence)
    refused = _refused(empty, after)
    if refused is not None:
        return refused
    between = ~(high | low)
    groups = np.column_stack([high, between] if between.any() else [high]).astype("float64")
    design = np.column_stack([groups, straight_line(numbers)])
    estimate, ci_low, ci_high = first_effect(numbers, design, after, confidence)
    high_mean, low_mean = float(after[high].mean()), float(after[low].mean())
    found = replace(empty, high_mean=high_mean, low_mean=low_mean)
    return replace(found, difference=estimate, ci_low=ci_low, ci_high=ci_high)


def per_session(weeks: pd.DataFrame, outcome: str = "pain", *, lag: int = 1, confidence: float = CONFIDENCE) -> Slope:
    """Theil-Sen slope of `outcome` on adherence `lag` weeks before, said for one session of the latest plan. `weeks`
    is the weekly frame with adherence.

    On adherence and not on the number of sessions, as the link that it measures: where a plan asks for another number
    in hard weeks, the two can have different signs.

    Both are taken without their straight drift, which would be a slope of its own. Sen's interval takes weeks for
    independent, so it is widened by the variance that autocorrelation adds to Kendall's score, n / n_eff (Hamed and Rao
    1998), with the carry-over corrected for its bias: the sample's own is too low where weeks are few.
    """
    numbers, values = matched(weeks, ["adherence"], outcome, lag)
    planned = weeks.loc[weeks["sessions_prescribed"] > 0, "sessions_prescribed"]
    latest = int(planned.iloc[-1]) if len(planned) else 0
    empty = Slope(outcome, lag, len(numbers), confidence=confidence, planned=latest)
    done, after = values[:, 0] * latest, values[:, 1]
    if len(numbers) < GATE_TENTATIVE:
        return replace(empty, reason="too few weeks", needed=GATE_TENTATIVE - len(numbers))
    if np.ptp(done) == 0 or np.ptp(after) == 0:
        return replace(empty, reason="does not vary")
    line = straight_line(numbers)
    x, y = residuals(line, done), residuals(line, after)
    if not (varies(x, done) and varies(y, after)):
        return replace(empty, reason="only drift")
    n_eff = effective_weeks(len(numbers), carry_over(numbers, x), carry_over(numbers, y))
    z = float(special.ndtri((1 + confidence) / 2)) * math.sqrt(len(numbers) / n_eff)
    slope, low, high = _theil_sen(done, x, y, z)
    return replace(empty, n_eff=n_eff, per_session=slope, ci_low=low, ci_high=high)


def _theil_sen(sessions: Values, x: Values, y: Values, z: float) -> tuple[float, float, float]:
    """(slope, low, high): the middle of the slopes between any two weeks, and those so many standard errors of
    Kendall's score away from it (Sen 1968).

    `x` and `y` are `sessions` and the outcome without their drift. Two weeks with the same sessions have no slope, and
    must not get one from the little that the drift makes of their difference.
    """
    one, other = np.triu_indices(len(x), 1)
    apart = (sessions[one] != sessions[other]) & (x[one] != x[other])
    slopes = (y[one] - y[other])[apart] / (x[one] - x[other])[apart]
    same = np.unique(sessions, return_counts=True)[1].astype("float64")
    spread = z * math.sqrt(_score_variance(np.array([len(x)], "float64")) - _score_variance(same))
    ends = np.rint((len(slopes) + np.array([-spread, spread])) / 2) - [1, 0]
    ends = ends.clip(0, len(slopes) - 1).astype("int64")
    low, high = np.partition(slopes, ends)[ends]
    return float(np.median(slopes)), float(low), float(high)


def _score_variance(n: Values) -> float:
    """The variance of Kendall's score over all pairs in groups of so many weeks, summed (Kendall 1938)."""
    return float(np.sum(n * (n - 1) * (2 * n + 5))) / 18


def _refused(empty: Difference, after: Values) -> Difference | None:
    if empty.n < GATE_TENTATIVE:
        return replace(empty, reason="too few weeks", needed=GATE_TENTATIVE - empty.n)
    if empty.high_weeks < GATE_GROUP_WEEKS:
        return replace(empty, reason="too few high weeks", needed=GATE_GROUP_WEEKS - empty.high_weeks)
    if empty.low_weeks < GATE_GROUP_WEEKS:
        return replace(empty, reason="too few low weeks", needed=GATE_GROUP_WEEKS - empty.low_weeks)
    return replace(empty, reason="does not vary") if np.ptp(after) == 0 else None
