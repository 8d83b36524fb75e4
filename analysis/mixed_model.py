"""A squad's weeks in one mixed model, with what goes on within runners kept apart from how runners differ.

y ~ x_within + x_mean (+ each control, split the same way) + week + (1 | runner), by person-mean centring (Curran and
Bauer 2011; Wang and Maxwell 2015; evidence 6.2). Pain is bounded and ordinal, so its figures are approximate.

The model's own errors take the weeks of one runner for independent once the runner's level and the common drift are
out, which they are not. So both ranges come from leaving out one runner after another (analysis.jackknife): within
runners of all their weeks, and between runners of their means, one each.
"""

import warnings
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final, Literal

import numpy as np
import numpy.typing as npt
import pandas as pd
from scipy import special

from analysis.evidence import (
    CONFIDENCE,
    GATE_RUNNER_WEEKS,
    GATE_RUNNERS,
    GATE_SLOPE_RUNNERS,
    GATE_SLOPE_WEEKS,
)
from analysis.jackknife import degrees_of_freedom, jackknife_error, t_quantile
from analysis.prewhitening import Values

if TYPE_CHECKING:
    from statsmodels.regression.mixed_linear_model import MixedLMResults

Reason = Literal[
    "too few runners",
    "no variation within runners",
    "same average in every runner",
    "a single week",
    "control constant",
    "too many controls",
    "columns move together",
    "did not converge",
]

_ROUNDING: Final = 1e-9  # of a column in standard deviations
_LEVEL, _WEEK, _WITHIN, _MEAN = range(4)  # columns of the design; those of controls follow


@dataclass(frozen=True)
class Part:
    """How much y differs for one more of x, with its interval and p (Student's t), in the units of y and x."""

    estimate: float
    ci_low: float
    ci_high: float
    p: float


@dataclass(frozen=True)
class MixedModel:
    """`within`: a runner's weeks with more x against the same runner's weeks with less. `between`: runners with more x
    against runners with less, who differ in many other ways. `random_slope`: whether runners have slopes of their own
    (from ten runners with eight weeks each). `n_ready` counts runners with six or more rows in whom both measures
    varied. Both parts are None when there is a `reason`."""

    n_subjects: int
    n_obs: int
    n_ready: int
    random_slope: bool = False
    within: Part | None = None
    between: Part | None = None
    reason: Reason | None = None


def mixed_model(
    frame: pd.DataFrame,
    subject: str,
    x: str,
    y: str,
    *,
    controls: Sequence[str] = (),
    confidence: float = CONFIDENCE,
) -> MixedModel:
    """Fit the model to the rows of `frame` (columns subject, week, x, y and controls) in which all of these are known.

    By restricted maximum likelihood (statsmodels, which takes a second to import, and some to fit).
    """
    known = frame[[subject, "week", x, y, *controls]].dropna().sort_values(subject, kind="stable")
    groups = known.groupby(subject, observed=True)
    weeks, varied = groups.size(), groups[[x, y]].nunique() > 1
    ready = weeks[varied.all(axis=1)]
    empty = MixedModel(len(weeks), len(known), int((ready >= GATE_RUNNER_WEEKS).sum()))
    design = _design(known, subject, [x, *controls])
    reason = _refused(empty, varied, design)
    if reason is not None:
        return replace(empty, reason=reason)
    for random in _random_parts(ready):
        fitted = _fitted(known[y], design, known[subject], random)
        if fitted is not None:
            columns, number = np.column_stack([design, known[y]]), weeks.to_numpy().astype("int64")
            within = _within(*_by_runner(fitted, columns, number, random), confidence, known[x].std())
            between = _between(columns, number, confidence, known[x].std())
            return replace(empty, random_slope=_WITHIN in random, within=within, between=between)
    return replace(empty, reason="did not converge")


def _refused(empty: MixedModel, varied: pd.DataFrame, design: Values) -> Reason | None:
    """What keeps the parts from being told apart, before anything is fitted."""
    if len(varied) and not varied.any().all():
        return "no variation within runners"
    if empty.n_ready < GATE_RUNNERS:
        return "too few runners"
    if _between_dof(empty.n_subjects, design) < 1:
        return "too many controls"
    flat = np.flatnonzero(np.ptp(design, axis=0) <= _ROUNDING * np.abs(design).max(axis=0))[1:]
    if len(flat):
        known: dict[int, Reason] = {_WEEK: "a single week", _MEAN: "same average in every runner"}
        return known.get(int(flat[0]), "control constant")
    return "columns move together" if np.linalg.matrix_rank(design) < design.shape[1] else None


def _between_dof(runners: int, design: Values) -> int:
    """Runners less the level and a slope for the mean of x and of each control."""
    return runners - int(design.shape[1]) // 2


def _random_parts(weeks: "pd.Series[int]") -> list[list[int]]:
    """What may differ between runners, as columns of the design: level and slope where there are enough of them, and
    always the level alone, which is left where slopes do not differ and the fit with them does not settle."""
    enough = (weeks >= GATE_SLOPE_WEEKS).sum() >= GATE_SLOPE_RUNNERS
    return [[_LEVEL, _WITHIN], [_LEVEL]] if enough else [[_LEVEL]]


def _design(known: pd.DataFrame, subject: str, names: Sequence[str]) -> Values:
    """Shape (rows, 2 + 2 names): a constant, the week (in years), and for each name the distance from its runner's mean
    and that mean, in standard deviations of that name: the search needs one scale."""
    days = known["week"].to_numpy().astype("datetime64[D]").astype("float64")
    columns = [np.ones(len(known)), (days - days.sum() / max(len(days), 1)) / 365.25]
    for name in names:
        scaled = known[name] / (known[name].std() or 1.0)
        mean = scaled.groupby(known[subject], observed=True).transform("mean").to_numpy(dtype="float64")
        columns += [scaled.to_numpy(dtype="float64") - mean, mean]
    return np.column_stack(columns)


def _fitted(
    y: "pd.Series[float]", design: Values, runner: "pd.Series[str]", random: list[int]
) -> "MixedLMResults | None":
    """statsmodels' results, or None where the fit did not settle."""
    from statsmodels.regression.mixed_linear_model import MixedLM

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # a variance at 0 is an answer here, not a fault
        try:
            model = MixedLM(y.to_numpy(dtype="float64"), design, groups=runner.to_numpy(), exog_re=design[:, random])
            # Of statsmodels' searches these settle: others stop at wrong variances, or where runners do not differ.
            fitted = model.fit(reml=True, method="cg" if len(random) > 1 else "powell")
            settled = fitted.converged and np.isfinite([fitted.llf, *fitted.bse_fe]).all() and fitted.scale > 0
        except (np.linalg.LinAlgError, ValueError):
            return None
    return fitted if settled else None


def _by_runner(
    fitted: "MixedLMResults", columns: Values, weeks: npt.NDArray[np.int64], random: list[int]
) -> tuple[Values, Values]:
    """X'V⁻¹X, shape (runners, k, k), and X'V⁻¹y, (runners, k), of each runner's rows; `columns` are X and y.

    V = s I + Z P Z', so V⁻¹ = (I - Z (s I + P Z'Z)⁻¹ P Z') / s (Woodbury); Z is among the columns of X.
    """
    start = np.cumsum(weeks) - weeks
    products = np.add.reduceat(columns[:, :, None] * columns[:, None, :], start)
    spread, noise = np.asarray(fitted.cov_re, dtype="float64"), float(fitted.scale)
    of_random = np.take(products, random, axis=1)
    inner = noise * np.eye(len(random)) + spread @ np.take(of_random, random, axis=2)
    weighed = (products - np.swapaxes(of_random, 1, 2) @ np.linalg.solve(inner, spread @ of_random)) / noise
    return weighed[:, :-1, :-1], weighed[:, :-1, -1]


def _within(information: Values, score: Values, confidence: float, scale: float) -> Part:
    """By generalised least squares at the fitted variances; its error is from leaving out one runner after another."""
    whole, every = information.sum(axis=0), score.sum(axis=0)
    inverse = np.linalg.inv(whole)
    estimate = float(inverse[_WITHIN] @ every) / scale
    without = np.linalg.solve(whole - information, (every - score)[..., None])[:, _WITHIN, 0] / scale
    share = np.einsum("i,gij,j->g", inverse[_WITHIN], information, inverse[_WITHIN]) / inverse[_WITHIN, _WITHIN]
    return _part(estimate, jackknife_error(estimate, without), degrees_of_freedom(share), confidence)


def _between(columns: Values, weeks: npt.NDArray[np.int64], confidence: float, scale: float) -> Part:
    """By least squares of the runners' means: as many independent rows as runners, however many weeks they have. Means
    of few weeks lie far out and are unsure at once, so the error is from leaving out one runner after another here too.
    """
    start = np.cumsum(weeks) - weeks
    means = columns[start][:, [_LEVEL, *range(_MEAN, columns.shape[1] - 1, 2)]]
    outcome = np.add.reduceat(columns[:, -1], start) / weeks
    inverse = np.linalg.inv(means.T @ means)
    fitted = inverse @ means.T @ outcome
    pull, leverage = means @ inverse[1], np.einsum("gi,ij,gj->g", means, inverse, means)
    moved = pull * (outcome - means @ fitted) / np.maximum(1 - leverage, _ROUNDING)
    error = jackknife_error(0.0, moved) / scale
    return _part(float(fitted[1]) / scale, error, degrees_of_freedom(pull**2 / inverse[1, 1]), confidence)


def _part(estimate: float, error: float, dof: float, confidence: float) -> Part:
    margin = t_quantile(dof, confidence) * error
    p = 2 * float(special.stdtr(dof, -abs(estimate) / error)) if error > 0 else 0.0
    return Part(estimate, estimate - margin, estimate + margin, p)
