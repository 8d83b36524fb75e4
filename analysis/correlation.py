"""The numbers of one correlation between two series of weeks: coefficient, interval and p from one and the same z.

Spearman's coefficient of what is new in each week (analysis.prewhitening). Both series are cleaned of their own drift
and carry-over before they are compared, so that no link is left that either of them would have with anything.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, Literal

import numpy as np
from scipy import special

from analysis.evidence import SPEARMAN_VARIANCE
from analysis.prewhitening import (
    ROUNDING,
    Values,
    Weeks,
    effective_weeks,
    innovations,
    lag_one,
    mid_ranks,
    residuals,
    straight_line,
    varies,
)

# Of n weeks: 3 for Fisher's z itself, 1 for the slope of the drift.
_SPENT: Final = 4
# Convention: of a series of which a control says 99 hundredths or more, what is left is rounding and a few odd weeks.
_LEFT_LEAST: Final = 0.01

Nothing = Literal["only drift", "control says the same"]  # why there is no number


@dataclass(frozen=True)
class Correlation:
    """`r` with its interval and two-sided p; the interval leaves out 0 exactly when p is under 1 - confidence.

    `raw` is Spearman's coefficient of the weeks as they are, `detrended` without a straight drift of the ranks.
    """

    r: float
    ci_low: float
    ci_high: float
    p: float
    raw: float
    detrended: float


def correlate(
    weeks: Weeks, x: Values, y: Values, controls: Sequence[Values], confidence: float
) -> Correlation | Nothing:
    """Correlate x with y, given `controls`, all of shape (n,); or why not: a series only drifts in a straight line, or
    the controls say all that x, y or another control says.

    Partial by residuals: each control is ranked and cleaned like x and y, and taken out of both (evidence 6.1.7).
    Raises ValueError where there are not more weeks than it takes with so many controls.
    """
    if len(weeks) <= _SPENT + len(controls):
        raise ValueError(f"{len(weeks)} weeks are too few for {len(controls)} controls.")
    ranked = [mid_ranks(values) for values in (x, y, *controls)]
    new = [innovations(weeks, series) for series in ranked]
    if not all(varies(left, series) for left, series in zip(new, ranked, strict=True)):
        return "only drift"
    if controls and _least_left(new) < _LEFT_LEAST:
        return "control says the same"
    r = below_one(_partial(new, np.empty((len(weeks), 0))))
    low, high, p = _from_fisher(r, len(weeks), len(controls), confidence)
    line = straight_line(weeks)
    return Correlation(r, low, high, p, raw=_partial(ranked, line[:, :1]), detrended=_partial(ranked, line))


def independent_weeks(weeks: Weeks, x: Values, y: Values) -> float:
    """How many independent weeks the pairs are worth, from the autocorrelations of their detrended ranks."""
    line = straight_line(weeks)
    left = [residuals(line, mid_ranks(values)) for values in (x, y)]
    if not all(varies(one, values) for one, values in zip(left, (x, y), strict=True)):
        return float(len(weeks))
    return effective_weeks(len(weeks), lag_one(weeks, left[0]), lag_one(weeks, left[1]))


def z_error(n: int, controls: int = 0, r: float = 0.0) -> float:
    """The standard error of Fisher's z of a coefficient r from n weeks: for strong links that of Bonett and Wright
    (2000), 1 + r^2 / 2 over the weeks left, and never under the usual one."""
    return math.sqrt(max(SPEARMAN_VARIANCE, 1 + r**2 / 2) / (n - _SPENT - controls))


def below_one(r: float) -> float:
    """A coefficient of 1 made a little smaller, because its Fisher's z is infinite; any other as it is."""
    return float(np.clip(r, ROUNDING - 1, 1 - ROUNDING))


def fisher(r: float, error: float, confidence: float) -> tuple[float, float, float]:
    """(low, high, p) of a coefficient whose z has the standard error `error` (Fisher 1921; normal)."""
    z = math.atanh(r)
    margin = float(special.ndtri((1 + confidence) / 2)) * error
    return math.tanh(z - margin), math.tanh(z + margin), 2 * float(special.ndtr(-abs(z) / error))


def _from_fisher(r: float, n: int, controls: int, confidence: float) -> tuple[float, float, float]:
    """The same from n weeks, which cannot tell a coefficient of 1 from one of 1 - 1/n: a range from 1 to 1 would be
    sure of what no diary can show."""
    most = 1 - 1 / n
    low, high, p = fisher(float(np.clip(r, -most, most)), z_error(n, controls, r), confidence)
    return (low if low < r else -1.0), (high if high > r else 1.0), p


def holm(p: Sequence[float], weights: Sequence[float] | None = None) -> list[float]:
    """p adjusted for looking at all of them, in their order (Holm 1979).

    With positive `weights`, chosen before looking, each gets its share of the chance of a false finding, and the chance
    of any stays what it was (weighted Holm; Holm 1979, Genovese, Roeder and Wasserman 2006). Without, all are equal;
    statsmodels has that too, and takes a second to import. The tests compare the two.
    """
    weight = np.ones(len(p)) if weights is None else np.asarray(weights, dtype="float64")
    order = np.argsort(np.asarray(p) / weight)
    left = np.cumsum(weight[order][::-1])[::-1]
    stepped = np.maximum.accumulate(np.asarray(p)[order] * (left / weight[order]))
    adjusted = np.empty(len(p))
    adjusted[order] = np.minimum(stepped, 1.0)
    return adjusted.tolist()


def _least_left(series: Sequence[Values]) -> float:
    """The smallest share of variance that the controls (all but the first two of `series`) leave of one of the first
    two, or of one another: what a control that repeats another takes out more is rounding, and changes the number."""
    controls = list(series[2:])
    shares = [_share_left(controls, one) for one in series[:2]]
    if len(controls) > 1:
        shares += [_share_left(controls[:at] + controls[at + 1 :], one) for at, one in enumerate(controls)]
    return min(shares)


def _share_left(given: Sequence[Values], series: Values) -> float:
    left = residuals(np.column_stack(given), series)
    return float(np.sum(left**2) / np.sum(series**2))


def _partial(series: Sequence[Values], design: Values) -> float:
    """The correlation of the first two series, given the others and the columns of `design`, shape (n, k)."""
    given = np.column_stack([design, *series[2:]])
    first, second = residuals(given, np.column_stack(series[:2])).T
    return float(first @ second / math.sqrt((first @ first) * (second @ second)))
