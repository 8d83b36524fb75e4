"""How two measures go together within the runners of a squad: one common coefficient, and when there is none.

Repeated-measures correlation (Bland and Altman 1995; Bakdash and Marusich 2017; evidence 6.2). Weeks of different
runners are never pooled: every runner is compared with himself or herself. Everything comes from three sums a runner.
"""

import math
from dataclasses import dataclass
from typing import Final, Literal

import numpy as np
import numpy.typing as npt
import pandas as pd
from scipy import special

from analysis.correlation import below_one, fisher
from analysis.evidence import CONFIDENCE, GATE_RUNNER_WEEKS, GATE_RUNNERS, SLOPES_DIFFER_P
from analysis.prewhitening import ROUNDING, Values

Verdict = Literal["no number", "cannot tell", "clear"]
Reason = Literal["too few weeks", "no variation within runners", "too few runners"]

RESAMPLES: Final = 999


@dataclass(frozen=True)
class RepeatedMeasures:
    """The correlation `r` within runners, over `n_obs` rows of `n_subjects` runners (single rows among them).

    `dof`, `p`, `ci_low` and `ci_high` are the closed form's, which takes weeks for independent. `resampled_low` and
    `resampled_high` come from resampling whole runners, and so hold where weeks resemble each other: that is the
    interval to show, and the one the verdict is from. `slope` is y for one more of x. `slopes_p` tests whether all
    runners share it (None where only one could differ). `n_ready` counts runners with six or more rows.

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
    slopes_p: float | None = None
    confidence: float = CONFIDENCE
    reason: Reason | None = None

    @property
    def needed(self) -> int:
        """How many more runners with six paired weeks the gate asks for."""
        return max(0, GATE_RUNNERS - self.n_ready)

    @property
    def slopes_differ(self) -> bool:
        """Whether one number hides runners for whom the link is another one."""
        return self.slopes_p is not None and self.slopes_p < SLOPES_DIFFER_P

    @property
    def verdict(self) -> Verdict:
        if self.reason is not None or self.resampled_low is None or self.resampled_high is None:
            return "no number"
        return "cannot tell" if self.resampled_low <= 0 <= self.resampled_high else "clear"


@dataclass(frozen=True)
class _Sums:
    """Rows, and sums of squares and products about the runner's own means; shape (runners,) each."""

    n: npt.NDArray[np.int64]
    xx: Values
    xy: Values
    yy: Values


def repeated_measures(
    frame: pd.DataFrame, subject: str, x: str, y: str, *, confidence: float = CONFIDENCE, seed: int = 0
) -> RepeatedMeasures:
    """Correlate columns `x` and `y` within the runners named by column `subject`; rows with a missing value are left
    out. A runner with a single row adds to the counts and to nothing else, as in the analysis of covariance."""
    sums = _sums(frame, subject, x, y)
    n_obs, n_subjects = int(sums.n.sum()), len(sums.n)
    dof = max(0, n_obs - n_subjects - 1)
    counts = (n_subjects, n_obs, int((sums.n >= GATE_RUNNER_WEEKS).sum()), dof)
    xx, xy, yy = float(sums.xx.sum()), float(sums.xy.sum()), float(sums.yy.sum())
    if dof < 2:
        return RepeatedMeasures(*counts, confidence=confidence, reason="too few weeks")
    if min(xx, yy) <= 0:
        return RepeatedMeasures(*counts, confidence=confidence, reason="no variation within runners")
    r = below_one(xy / math.sqrt(xx * yy))
    # Fisher's z with an effective n of dof + 2, as rmcorr does since 0.5.4.
    low, high, _ = fisher(r, 1 / math.sqrt(dof - 1), confidence)
    resampled_low, resampled_high = _resampled(sums, confidence, seed)
    reason: Reason | None = "too few runners" if counts[2] < GATE_RUNNERS else None
    return RepeatedMeasures(
        *counts, r, _p(r, dof), low, high, resampled_low, resampled_high, xy / xx, _slopes_p(sums), confidence, reason
    )


def _sums(frame: pd.DataFrame, subject: str, x: str, y: str) -> _Sums:
    first, second = (frame[name].to_numpy(dtype="float64") for name in (x, y))
    runner = pd.factorize(frame[subject])[0]
    known = (runner >= 0) & ~np.isnan(first) & ~np.isnan(second)
    runner, first, second = runner[known], first[known], second[known]
    n = np.bincount(runner)
    own_x, own_y = (values - (_total(runner, values) / np.maximum(n, 1))[runner] for values in (first, second))
    xx = _varying(_total(runner, own_x**2), _total(runner, first**2))
    yy = _varying(_total(runner, own_y**2), _total(runner, second**2))
    xy = np.where((xx > 0) & (yy > 0), _total(runner, own_x * own_y), 0.0)
    return _Sums(n[n > 0], xx[n > 0], xy[n > 0], yy[n > 0])


def _total(runner: npt.NDArray[np.intp], values: Values) -> Values:
    return np.asarray(np.bincount(runner, values), dtype=np.float64)


def _varying(squares: Values, scale: Values) -> Values:
    """Sums that are nothing but rounding become 0: a runner who always did the same did not vary."""
    return np.where(squares > ROUNDING * scale, squares, 0.0)


def _p(r: float, dof: int) -> float:
    t = abs(r) * math.sqrt(dof / (1 - r**2))
    return 2 * float(special.stdtr(dof, -t))


def _slopes_p(sums: _Sums) -> float | None:
    """F test of own slopes against one slope: analysis of covariance with and without the interaction."""
    sloped = sums.xx > 0
    own = int(sloped.sum())
    left = float(sums.yy.sum() - np.sum(sums.xy[sloped] ** 2 / sums.xx[sloped]))
    common = float(sums.yy.sum() - sums.xy.sum() ** 2 / sums.xx.sum())
    dof = int(sums.n.sum()) - len(sums.n) - own
    if own < 2 or dof < 1 or left <= 0:
        return None
    return float(special.fdtrc(own - 1, dof, max(0.0, common - left) / (own - 1) / (left / dof)))


def _resampled(sums: _Sums, confidence: float, seed: int) -> tuple[float | None, float | None]:
    """Percentiles of r over squads drawn from these runners with replacement; None under two runners that vary.

    With few runners the percentiles are taken further out (Hesterberg 2015, the expanded percentile interval): so far
    as Student's t and the bias of the variance ask for.
    """
    # A runner with no variation adds nothing to any sum, whether drawn or not.
    varying = (sums.xx > 0) | (sums.yy > 0)
    runners = int(varying.sum())
    if runners < 2:
        return None, None
    drawn = _times_drawn(runners, seed)
    # Not `@`: its threads take longer to start than this takes.
    xx, xy, yy = (np.einsum("sr,r->s", drawn, one[varying]) for one in (sums.xx, sums.xy, sums.yy))
    possible = (xx > 0) & (yy > 0)
    r = xy[possible] / np.sqrt(xx[possible] * yy[possible])
    t = float(special.stdtrit(runners - 1, (1 + confidence) / 2)) * math.sqrt(runners / (runners - 1))
    tail = float(special.ndtr(-t))
    low, high = np.quantile(r, [tail, 1 - tail])
    return float(low), float(high)


def _times_drawn(runners: int, seed: int) -> Values:
    """How often each runner is in each squad of the same size, shape (RESAMPLES, runners)."""
    drawn = np.random.default_rng(seed).integers(0, runners, (RESAMPLES, runners))
    cells = drawn + runners * np.arange(RESAMPLES)[:, None]
    times = np.bincount(cells.ravel(), minlength=RESAMPLES * runners)
    return times.reshape(RESAMPLES, runners).astype("float64")
