"""How two weekly series go together: one runner's weeks, everything Trends compares, and a squad.

Description only. Weeks where either value is unknown are left out, never filled (evidence 6.1.1), and every number
comes with its interval or with the reason why there is none.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final, Literal

import numpy as np
import pandas as pd

from analysis.correlation import correlate, holm, independent_weeks
from analysis.evidence import (
    CONFIDENCE,
    DRIFT_DISAGREES,
    GATE_N_EFF,
    GATE_NORMAL,
    GATE_PAIN_VALUES,
    GATE_PAIN_WEEKS,
    GATE_SHOW,
    GATE_TENTATIVE,
    GATE_UNUSUAL_TOGETHER,
    GATE_UNUSUAL_WEEKS,
    LAGS_WEEKS,
    MAIN_LINK,
    MAIN_LINK_WEIGHT,
)
from analysis.prewhitening import Values, Weeks
from analysis.squad import RepeatedMeasures as RepeatedMeasures
from analysis.squad import repeated_measures as repeated_measures
from analysis.weeks import WEEK

Verdict = Literal["no number", "described", "cannot tell", "tentative", "clear"]
Reason = Literal[
    "too few weeks",
    "picture only",
    "x constant",
    "y constant",
    "control constant",
    "control says the same",
    "pain varies too little",
    "x varies too little",
    "y varies too little",
    "seldom unusual together",
    "only drift",
    "too few independent weeks",
]

# Evidence 6.1.8: both directions of every pair, so that pain that keeps a runner from training is seen too.
PAIRS: Final = (("adherence", "pain"), ("adherence", "distance_m"), ("distance_m", "pain"))

# What is asked of a squad: each pair in the same week, and the question that Trends asks first.
SQUAD_LINKS: Final = (*((x, y, 0) for x, y in PAIRS), MAIN_LINK)


@dataclass(frozen=True)
class Association:
    """`y` taken `lag` weeks after `x`, over `n` weeks where both (and all `controls`) are known.

    `r` is Spearman's coefficient of what is new in each week, with `ci_low` and `ci_high` at `confidence`; the interval
    leaves out 0 exactly when `p` is under 1 - confidence. `p_adjusted` is p after Holm, for all that is shown with it.
    `n_eff` is how many independent weeks the pairs are worth. `raw` is Spearman's coefficient of the weeks as they are,
    `detrended` without their straight drift.

    All of these are None when there is no number; then `reason` says why, and `needed` how many more paired weeks it
    takes to the next gate (8: a picture; 12: a number; more where weeks resemble each other), 0 where weeks alone are
    not what is missing.
    """

    x: str
    y: str
    lag: int
    n: int
    r: float | None = None
    ci_low: float | None = None
    ci_high: float | None = None
    p: float | None = None
    n_eff: float | None = None
    raw: float | None = None
    detrended: float | None = None
    p_adjusted: float | None = None
    controls: tuple[str, ...] = ()
    confidence: float = CONFIDENCE
    needed: int = 0
    reason: Reason | None = None
    judged: bool = True

    @property
    def verdict(self) -> Verdict:
        """What may be said: a finding ('tentative' under 26 weeks, else 'clear'), or that one cannot tell; of what is
        not `judged`, that it is described."""
        p = self.p if self.p_adjusted is None else self.p_adjusted
        if p is None:
            return "no number"
        if not self.judged:
            return "described"
        if p >= 1 - self.confidence:
            return "cannot tell"
        return "tentative" if self.n < GATE_NORMAL else "clear"

    @property
    def is_finding(self) -> bool:
        return self.verdict in ("tentative", "clear")

    @property
    def drift_disagrees(self) -> bool:
        """Whether the weeks as they are say something else than the same weeks without their drift (6.1.6)."""
        if self.raw is None or self.detrended is None:
            return False
        return abs(self.raw - self.detrended) > DRIFT_DISAGREES

    @property
    def raw_disagrees(self) -> bool:
        """Whether the weeks as they are, which a chart shows, say something else than the coefficient (6.1.6)."""
        if self.raw is None or self.r is None:
            return False
        return abs(self.raw - self.r) > DRIFT_DISAGREES


def within_runner(
    weeks: pd.DataFrame,
    x: str,
    y: str,
    *,
    lag: int = 0,
    controls: Sequence[str] = (),
    confidence: float = CONFIDENCE,
) -> Association:
    """Correlate column `x` with column `y` of `lag` calendar weeks later, given the `controls` of x's own week.

    `weeks` is the weekly frame (with adherence where it is asked for). A control later than x might lie on the way from
    x to y, and so hide what it should reveal. Raises ValueError for a negative lag: swap the columns instead, so that
    what comes first is always named first; for a confidence that is not between 0 and 1; for weeks that are not in
    order, each once; and for more controls than so many weeks can bear.
    """
    if not 0 < confidence < 1:
        raise ValueError(f"The confidence is {confidence}. It lies between 0 and 1.")
    numbers, values = matched(weeks, [x, *controls], y, lag)
    empty = Association(x, y, lag, len(numbers), controls=tuple(controls), confidence=confidence)
    refused = _refused(empty, values)
    if refused is not None:
        return refused
    n_eff = independent_weeks(numbers, values[:, 0], values[:, -1])
    if n_eff < GATE_N_EFF:
        needed = math.ceil(len(numbers) * (GATE_N_EFF / n_eff - 1))
        return replace(empty, reason="too few independent weeks", needed=needed)
    found = correlate(numbers, values[:, 0], values[:, -1], list(values.T[1:-1]), confidence)
    if isinstance(found, str):
        return replace(empty, reason=found)
    return replace(empty, n_eff=n_eff, **vars(found))


def table(weeks: pd.DataFrame) -> tuple[Association, ...]:
    """Every pair at lags 0 to 2, and the other way round at lags 1 and 2: 15 rows, fixed before looking.

    `p_adjusted` and with it the verdict are for all of them together: of a hundred diaries of pure chance, about five
    show any finding at all. Half of that is for the one question asked first, adherence and the pain of the week after.
    """
    forward = [within_runner(weeks, x, y, lag=lag) for x, y in PAIRS for lag in LAGS_WEEKS]
    backward = [within_runner(weeks, y, x, lag=lag) for x, y in PAIRS for lag in LAGS_WEEKS if lag]
    return adjusted((*forward, *backward))


def squad_table(frame: pd.DataFrame, subject: str) -> tuple[RepeatedMeasures, ...]:
    """Every link of `SQUAD_LINKS`, in their order; `p_adjusted` and with it the verdict are for all of them together
    (Holm), because a coach who goes through them looks at each. `frame` has `week` too."""
    found = [repeated_measures(followed(frame, subject, y, lag), subject, x, y) for x, y, lag in SQUAD_LINKS]
    known = [one.resampled_p for one in found if one.resampled_p is not None]
    together = iter(holm(known))
    return tuple(one if one.resampled_p is None else replace(one, p_adjusted=next(together)) for one in found)


def followed(frame: pd.DataFrame, subject: str, y: str, lag: int) -> pd.DataFrame:
    """The same rows with column `y` of so many weeks later of the same runner, missing where that week is."""
    if lag == 0:
        return frame
    later = frame[[subject, "week", y]].assign(week=frame["week"] - lag * WEEK)
    return frame.drop(columns=y).merge(later, on=[subject, "week"], how="left", validate="one_to_one")


def adjusted(found: Sequence[Association]) -> tuple[Association, ...]:
    """The same, with p adjusted for being shown together (weighted Holm over those that have one; evidence 6.1.8)."""
    known = [(one.p, _weight(one)) for one in found if one.p is not None]
    together = iter(holm([p for p, _ in known], [weight for _, weight in known]))
    return tuple(one if one.p is None else replace(one, p_adjusted=next(together)) for one in found)


def each_runner(frame: pd.DataFrame, subject: str, x: str, y: str, *, lag: int = 0) -> dict[str, Association]:
    """The view of every runner by itself, which belongs beside every number for the group; `frame` has `week` too.

    `p_adjusted` is for all runners together (Holm): among many, some would stand out by chance.
    """
    each = {str(name): weeks for name, weeks in frame.groupby(subject, sort=True, observed=True)}
    found = adjusted([within_runner(weeks, x, y, lag=lag) for weeks in each.values()])
    return dict(zip(each, found, strict=True))


def unclaimed(found: Sequence[Association]) -> tuple[Association, ...]:
    """The same, described and not judged: for a part of the weeks that a reader picks, because whoever looks at part
    after part finds a link in one of them by chance, and how many were looked at nobody counts."""
    return tuple(replace(one, judged=False) for one in found)


def pick(found: Sequence[Association], x: str, y: str, lag: int = 0) -> Association:
    """The one of `table` for these columns and this lag. Raises KeyError where there is none."""
    return {(one.x, one.y, one.lag): one for one in found}[x, y, lag]


def paired(weeks: pd.DataFrame, x: str, y: str, lag: int = 0) -> pd.DataFrame:
    """Columns week (x's), x, y: matched by date, so a week missing from the frame breaks a pair like an unknown one.

    Raises ValueError as `matched` does.
    """
    numbers, values = matched(weeks, [x], y, lag)
    at = np.isin(week_numbers(weeks), numbers)
    return pd.DataFrame({"week": weeks["week"][at].reset_index(drop=True), "x": values[:, 0], "y": values[:, 1]})


def matched(weeks: pd.DataFrame, first: Sequence[str], later: str, lag: int) -> tuple[Weeks, Values]:
    """Week numbers (n,), and the values of the `first` columns and of `later` so many weeks on, shape (n, k + 1).

    Raises ValueError for a negative lag, and for weeks that are not in order, each once.
    """
    if lag < 0:
        raise ValueError(f"The lag is {lag}. It counts weeks from the first column to the second.")
    numbers = week_numbers(weeks)
    if not len(numbers):
        return numbers, np.empty((0, len(first) + 1))
    at = np.searchsorted(numbers, numbers + lag).clip(max=len(numbers) - 1)
    outcome = np.where(numbers[at] == numbers + lag, weeks[later].to_numpy(dtype="float64")[at], np.nan)
    values = np.column_stack([*(weeks[name].to_numpy(dtype="float64") for name in first), outcome])
    known = ~np.isnan(values).any(axis=1)
    return numbers[known], values[known]


def week_numbers(weeks: pd.DataFrame) -> Weeks:
    """Consecutive whole numbers for consecutive weeks, whatever day they begin on. Raises ValueError for weeks that are
    not in order, each once."""
    numbers = weeks["week"].to_numpy().astype("datetime64[D]").astype("int64") // WEEK.days
    if (np.diff(numbers) <= 0).any():
        raise ValueError("The weeks are not in order, each once: a lag would be counted wrong.")
    return numbers


def _weight(one: Association) -> int:
    return MAIN_LINK_WEIGHT if (one.x, one.y, one.lag) == MAIN_LINK else 1


def _refused(empty: Association, values: Values) -> Association | None:
    """The same with its reason, where the pairs are too few or do not vary (evidence 6.1.2, 6.1.5)."""
    n, names = len(values), (empty.x, *empty.controls, empty.y)
    if n < GATE_SHOW:
        return replace(empty, reason="too few weeks", needed=GATE_SHOW - n)
    constant = [name for name, column in zip(names, values.T, strict=True) if np.ptp(column) == 0]
    if constant:
        return replace(empty, reason=_constant(empty, constant[0]))
    if any(_varies_too_little(values[:, at]) for at in (0, -1) if names[at].startswith("pain")):
        return replace(empty, reason="pain varies too little")
    first, later = (_unusual_weeks(values[:, at]) for at in (0, -1))
    if min(first, later) < GATE_UNUSUAL_WEEKS:
        return replace(empty, reason="x varies too little" if first < GATE_UNUSUAL_WEEKS else "y varies too little")
    if n < GATE_TENTATIVE:
        return replace(empty, reason="picture only", needed=GATE_TENTATIVE - n)
    together = first * later / n
    if together < GATE_UNUSUAL_TOGETHER:
        needed = math.ceil(n * (GATE_UNUSUAL_TOGETHER / together - 1))
        return replace(empty, reason="seldom unusual together", needed=needed)
    return None


def _unusual_weeks(series: Values) -> int:
    """Weeks off the value that is there most often."""
    return len(series) - int(np.unique(series, return_counts=True)[1].max())


def _constant(empty: Association, name: str) -> Reason:
    if name == empty.x:
        return "x constant"
    return "y constant" if name == empty.y else "control constant"


def _varies_too_little(pain: Values) -> bool:
    return len(np.unique(pain)) < GATE_PAIN_VALUES or int((pain > 0).sum()) < GATE_PAIN_WEEKS
