"""Effects in the runner's own units: points of pain between weeks after much and after little training, and points of
pain for one more session (evidence 6.1; adherence groups after Desai 2023, evidence 5).

Description only, like everything here: the weeks differ in other ways than in the sessions done.
"""

import math
from dataclasses import dataclass, replace
from typing import Literal

import numpy as np
import pandas as pd
from scipy import special, stats

from analysis.association import matched
from analysis.correlation import independent_weeks
from analysis.evidence import (
    ADHERENCE_HIGH,
    ADHERENCE_LOW,
    CARRY_OVER_MOST,
    CONFIDENCE,
    GATE_GROUP_WEEKS,
    GATE_TENTATIVE,
)
from analysis.prewhitening import Values, Weeks, carry_over, residuals, straight_line, whiten

Reason = Literal["too few weeks", "too few high weeks", "too few low weeks", "does not vary"]


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
    """`per_session`: the median change of `outcome`, `lag` weeks on, for one more session done in a week (Theil-Sen),
    over `n` weeks that are worth `n_eff` independent ones. None when there is a `reason`."""

    outcome: str
    lag: int
    n: int
    n_eff: float | None = None
    per_session: float | None = None
    ci_low: float | None = None
    ci_high: float | None = None
    confidence: float = CONFIDENCE
    needed: int = 0
    reason: Reason | None = None


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
    """The Theil-Sen slope of `outcome` on the sessions done `lag` weeks before; `weeks` is the weekly frame.

    Sen's interval takes weeks for independent, so it is widened by the variance that autocorrelation adds to Kendall's
    score, n / n_eff (Hamed and Rao 1998).
    """
    numbers, values = matched(weeks, ["sessions_done"], outcome, lag)
    done, after = values.T
    empty = Slope(outcome, lag, len(numbers), confidence=confidence)
    if len(numbers) < GATE_TENTATIVE:
        return replace(empty, reason="too few weeks", needed=GATE_TENTATIVE - len(numbers))
    if np.ptp(done) == 0 or np.ptp(after) == 0:
        return replace(empty, reason="does not vary")
    n_eff = independent_weeks(numbers, done, after)
    z = float(special.ndtri((1 + confidence) / 2)) * math.sqrt(len(numbers) / n_eff)
    found = stats.theilslopes(after, done, alpha=2 * float(special.ndtr(z)) - 1)
    slope, low, high = float(found.slope), float(found.low_slope), float(found.high_slope)
    return replace(empty, n_eff=n_eff, per_session=slope, ci_low=low, ci_high=high)


def _refused(empty: Difference, after: Values) -> Difference | None:
    if empty.n < GATE_TENTATIVE:
        return replace(empty, reason="too few weeks", needed=GATE_TENTATIVE - empty.n)
    if empty.high_weeks < GATE_GROUP_WEEKS:
        return replace(empty, reason="too few high weeks", needed=GATE_GROUP_WEEKS - empty.high_weeks)
    if empty.low_weeks < GATE_GROUP_WEEKS:
        return replace(empty, reason="too few low weeks", needed=GATE_GROUP_WEEKS - empty.low_weeks)
    return replace(empty, reason="does not vary") if np.ptp(after) == 0 else None


def first_effect(weeks: Weeks, design: Values, outcome: Values, confidence: float) -> tuple[float, float, float]:
    """(estimate, low, high) of the first column of `design`, shape (n, k), beside the others.

    Generalised least squares with a first-order autoregression (Cochrane and Orcutt 1949), Student's t. The carry-over
    is an estimate too, so the interval is the wider one of those that go with it and with one standard error more.
    """
    n, spent = design.shape
    carried = carry_over(weeks, residuals(design, outcome), spent)
    cautious = min(carried + math.sqrt((1 - carried**2) / n), CARRY_OVER_MOST)
    estimate, error = _generalised(weeks, carried, design, outcome)
    error = max(error, _generalised(weeks, cautious, design, outcome)[1])
    margin = float(special.stdtrit(n - spent, (1 + confidence) / 2)) * error
    return estimate, estimate - margin, estimate + margin


def _generalised(weeks: Weeks, carried: float, design: Values, outcome: Values) -> tuple[float, float]:
    """(estimate, standard error) of the first column of `design`, for a known carry-over."""
    whitened = whiten(weeks, carried, np.column_stack([design, outcome]))
    own = residuals(whitened[:, 1:-1], whitened[:, 0])
    left = residuals(whitened[:, :-1], whitened[:, -1])
    squares = float(own @ own)
    variance = float(left @ left) / (len(weeks) - design.shape[1])
    return float(own @ whitened[:, -1]) / squares, math.sqrt(variance / squares)
