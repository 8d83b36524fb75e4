"""How two measures go together within the runners of a squad: one common coefficient, and when there is none.

Repeated-measures correlation (Bland and Altman 1995; Bakdash and Marusich 2017; evidence 6.2). Weeks of different
runners are never pooled: every runner is compared with himself or herself. Everything comes from three sums a runner.
"""

import math
from dataclasses import dataclass
from typing import Literal

import numpy as np
import numpy.typing as npt
import pandas as pd
from scipy import special

from analysis.correlation import below_one, fisher
from analysis.evidence import CONFIDENCE, GATE_RUNNER_WEEKS, GATE_RUNNERS, RUNNERS_DIFFER_P
from analysis.jackknife import degrees_of_freedom, jackknife_error, t_quantile
from analysis.prewhitening import ROUNDING, Values, Weeks
from analysis.runners_differ import differ_p
from analysis.weeks import WEEK

Verdict = Literal["no number", "described", "cannot tell", "clear"]
Reason = Literal["too few weeks", "no variation within runners", "too few runners"]


@dataclass(frozen=True)
class RepeatedMeasures:
    """The correlation `r` within runners, over `n_obs` rows of `n_subjects` runners (single rows among them).

    `dof`, `p`, `ci_low` and `ci_high` are the closed form's, which takes weeks for independent. `resampled_low` and
    `resampled_high` come from resampling whole runners, each left out in turn, and so hold where weeks resemble each
    other: that is the interval to show, and the verdict is from its p, `resampled_p`, or from `p_adjusted` where
    several pairs are looked at together. `slope` is y for one more of x. `differ_p`
    tests whether one coefficient does for all runners (None where fewer than two have enough weeks for their own).
    `n_ready` counts runners with six or more rows in whom both measures varied.

    `reason` says why nothing may be shown for the group; under the gate of five runners the numbers are there all the
    same, for checking. The others are None where they do not exist.
    """

    n_subjects: int
    n_obs: int
    n_ready: int
    dof: int
    r: float | None = None
    p: float | None = None
    ci_low: float | None = None
    ci_high: float | None = None
    resampled_low: float | None = None
    resampled_high: float | None = None
    slope: float | None = None
    resampled_p: float | None = None
    p_adjusted: float | None = None
    differ_p: float | None = None
    confidence: float = CONFIDENCE
    reason: Reason | None = None

    @property
    def needed(self) -> int:
        """How many more runners the gate asks for, with six paired weeks in which both measures varied."""
        return max(0, GATE_RUNNERS - self.n_ready)

    @property
    def runners_differ(self) -> bool:
        """Whether one number hides runners for whom the link is another one."""
        return self.differ_p is not None and self.differ_p < RUNNERS_DIFFER_P

    @property
    def verdict(self) -> Verdict:
        """What may be said of the group: where runners differ too much for one number, it is described, not judged."""
        p = self.resampled_p if self.p_adjusted is None else self.p_adjusted
        if self.reason is not None or p is None:
            return "no number"
        if self.runners_differ:
            return "described"
        return "cannot tell" if p >= 1 - self.confidence else "clear"


@dataclass(frozen=True)
class _Sums:
    """Rows, and sums of squares and products about the runner's own means; shape (runners,) each."""

    n: npt.NDArray[np.int64]
    xx: Values
    xy: Values
    yy: Values

    @property
    def ready(self) -> npt.NDArray[np.bool_]:
        """Who counts for the gate: a runner who did not vary says nothing, however many weeks there are."""
        return (self.n >= GATE_RUNNER_WEEKS) & (self.xx > 0) & (self.yy > 0)


@dataclass(frozen=True)
class _Rows:
    """The rows in which both values are known, shape (n,) each; runners are numbered from 0."""

    runner: Weeks
    week: Weeks
    x: Values
    y: Values


def repeated_measures(
    frame: pd.DataFrame, subject: str, x: str, y: str, *, confidence: float = CONFIDENCE
) -> RepeatedMeasures:
    """Correlate columns `x` and `y` within the runners named by column `subject`; rows with a missing value are left
    out. A runner with a single row adds to the counts and to nothing else, as in the analysis of covariance.

    Whether runners differ depends on which rows are neighbours: by column `week`, or without one by their order.
    """
    rows = _rows(frame, subject, x, y)
    sums = _sums(rows)
    n_obs, n_subjects = int(sums.n.sum()), len(sums.n)
    dof = max(0, n_obs - n_subjects - 1)
    counts = (n_subjects, n_obs, int(sums.ready.sum()), dof)
    xx, xy, yy = float(sums.xx.sum()), float(sums.xy.sum()), float(sums.yy.sum())
    if dof < 2:
        return RepeatedMeasures(*counts, confidence=confidence, reason="too few weeks")
    if min(xx, yy) <= 0:
        return RepeatedMeasures(*counts, confidence=confidence, reason="no variation within runners")
    r = below_one(xy / math.sqrt(xx * yy))
    # Fisher's z with an effective n of dof + 2, as rmcorr does since 0.5.4.
    error = 1 / math.sqrt(dof - 1)
    low, high, _ = fisher(r, error, confidence)
    reason: Reason | None = "too few runners" if counts[2] < GATE_RUNNERS else None
    differ = differ_p(rows.runner, rows.week, rows.x, rows.y)
    resampled_low, resampled_high, resampled_p = _left_out(sums, r, error, confidence)
    return RepeatedMeasures(
        *counts,
        r=r,
        p=_p(r, dof),
        ci_low=low,
        ci_high=high,
        resampled_low=resampled_low,
        resampled_high=resampled_high,
        slope=xy / xx,
        resampled_p=resampled_p,
        differ_p=differ,
        confidence=confidence,
        reason=reason,
    )


def _rows(frame: pd.DataFrame, subject: str, x: str, y: str) -> _Rows:
    first, second = (frame[name].to_numpy(dtype="float64") for name in (x, y))
    runner = pd.factorize(frame[subject])[0].astype("int64")
    if "week" in frame:
        week = frame["week"].to_numpy().astype("datetime64[D]").astype("int64") // WEEK.days
    else:
        week = np.arange(len(frame))
    known = (runner >= 0) & ~np.isnan(first) & ~np.isnan(second)
    return _Rows(runner[known], week[known], first[known], second[known])


def _sums(rows: _Rows) -> _Sums:
    n = np.bincount(rows.runner)
    own_x, own_y = (values - (_total(rows, values) / np.maximum(n, 1))[rows.runner] for values in (rows.x, rows.y))
    xx = _varying(_total(rows, own_x**2), _total(rows, rows.x**2))
    yy = _varying(_total(rows, own_y**2), _total(rows, rows.y**2))
    xy = np.where((xx > 0) & (yy > 0), _total(rows, own_x * own_y), 0.0)
    return _Sums(n[n > 0], xx[n > 0], xy[n > 0], yy[n > 0])


def _total(rows: _Rows, values: Values) -> Values:
    return np.asarray(np.bincount(rows.runner, values), dtype=np.float64)


def _varying(squares: Values, scale: Values | float) -> Values:
    """Sums that are nothing but rounding become 0: a runner who always did the same did not vary."""
    return np.where(squares > ROUNDING * scale, squares, 0.0)


def _p(r: float, dof: int) -> float:
    t = abs(r) * math.sqrt(dof / (1 - r**2))
    return 2 * float(special.stdtr(dof, -t))


def _left_out(
    sums: _Sums, r: float, closed_error: float, confidence: float
) -> tuple[float | None, float | None, float | None]:
    """The range of r and its p from leaving out each runner in turn, on the scale of Fisher's z; None where only one
    varies.

    Never surer than the closed form: by chance few runners agree better than their weeks can tell.
    """
    # A runner with no variation adds nothing to any sum, whether left out or not.
    varying = (sums.xx > 0) | (sums.yy > 0)
    xx, xy, yy = (one[varying] for one in (sums.xx, sums.xy, sums.yy))
    share = (xx / xx.sum() + yy / yy.sum()) / 2
    left_xx, left_yy = (_varying(one.sum() - one, one.sum()) for one in (xx, yy))
    if min(left_xx.min(), left_yy.min()) <= 0:
        return None, None, None
    without = np.clip((xy.sum() - xy) / np.sqrt(left_xx * left_yy), ROUNDING - 1, 1 - ROUNDING)
    error = jackknife_error(math.atanh(r), np.arctanh(without))
    z, dof = math.atanh(r), degrees_of_freedom(share)
    margin = max(t_quantile(dof, confidence) * error, t_quantile(math.inf, confidence) * closed_error)
    p = max(2 * float(special.stdtr(dof, -abs(z) / error)) if error else 0.0, fisher(r, closed_error, confidence)[2])
    return math.tanh(z - margin), math.tanh(z + margin), p
