"""A squad's weeks in one mixed model, with what goes on within runners kept apart from how runners differ.

y ~ x_within + x_mean (+ each control, split the same way) + week + (1 | runner), by person-mean centring (Curran and
Bauer 2011; Wang and Maxwell 2015; evidence 6.2). Pain is bounded and ordinal, so its figures are approximate; weeks of
one runner are taken for independent once the runner's level and the common drift are out.
"""

import warnings
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Literal

import numpy as np
import pandas as pd

from analysis.evidence import (
    CONFIDENCE,
    GATE_RUNNER_WEEKS,
    GATE_RUNNERS,
    GATE_SLOPE_RUNNERS,
    GATE_SLOPE_WEEKS,
)
from analysis.prewhitening import Values

if TYPE_CHECKING:
    from statsmodels.regression.mixed_linear_model import MixedLMResults

Reason = Literal["too few runners", "x constant within runners", "did not converge"]


@dataclass(frozen=True)
class Part:
    """How much y differs for one more of x, with its interval and p."""

    estimate: float
    ci_low: float
    ci_high: float
    p: float


@dataclass(frozen=True)
class MixedModel:
    """`within`: a runner's weeks with more x against the same runner's weeks with less. `between`: runners with more x
    against runners with less, who differ in many other ways. `random_slope`: whether runners have slopes of their own
    (from ten runners with eight weeks each). Both parts are None when there is a `reason`."""

    n_subjects: int
    n_obs: int
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
    known = frame[[subject, "week", x, y, *controls]].dropna()
    weeks = known.groupby(subject, observed=True).size()
    empty = MixedModel(len(weeks), len(known))
    if (weeks >= GATE_RUNNER_WEEKS).sum() < GATE_RUNNERS:
        return replace(empty, reason="too few runners")
    if known.groupby(subject, observed=True)[x].nunique().max() == 1:
        return replace(empty, reason="x constant within runners")
    design = _design(known, subject, [x, *controls])
    for random in _random_parts(weeks, f"{x}_within"):
        fitted = _fitted(known[y], design, known[subject], random)
        if fitted is not None:
            within, between = (_part(fitted, f"{x}_{part}", confidence, known[x].std()) for part in ("within", "mean"))
            return replace(empty, random_slope=len(random) > 1, within=within, between=between)
    return replace(empty, reason="did not converge")


def _random_parts(weeks: "pd.Series[int]", slope: str) -> list[list[str]]:
    """What may differ between runners: level and slope where there are enough of them, and always the level alone,
    which is left where slopes do not differ and the fit with them does not settle."""
    enough = (weeks >= GATE_SLOPE_WEEKS).sum() >= GATE_SLOPE_RUNNERS
    return [["constant", slope], ["constant"]] if enough else [["constant"]]


def _design(known: pd.DataFrame, subject: str, names: Sequence[str]) -> pd.DataFrame:
    """Columns constant, week (in years), and for each name its runner's mean and the distance from it, in standard
    deviations of that name: the search needs one scale."""
    days = known["week"].to_numpy().astype("datetime64[D]").astype("float64")
    columns: dict[str, Values] = {"constant": np.ones(len(known)), "week": (days - days.mean()) / 365.25}
    for name in names:
        scaled = known[name] / known[name].std()
        mean = scaled.groupby(known[subject], observed=True).transform("mean").to_numpy(dtype="float64")
        columns |= {f"{name}_within": scaled.to_numpy(dtype="float64") - mean, f"{name}_mean": mean}
    return pd.DataFrame(columns, index=known.index)


def _fitted(
    y: "pd.Series[float]", design: pd.DataFrame, runner: "pd.Series[str]", random: list[str]
) -> "MixedLMResults | None":
    """statsmodels' results, or None where the fit did not settle."""
    from statsmodels.regression.mixed_linear_model import MixedLM

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # a variance at 0 is an answer here, not a fault
        model = MixedLM(y.astype("float64"), design, groups=runner, exog_re=design[random])
        # Of statsmodels' searches these two settle: the others stop at wrong variances, or where runners do not differ.
        fitted = model.fit(reml=True, method="cg" if len(random) > 1 else "powell")
    return fitted if fitted.converged and np.isfinite([fitted.llf, *fitted.bse_fe]).all() else None


def _part(fitted: "MixedLMResults", name: str, confidence: float, scale: float) -> Part:
    low, high = fitted.conf_int(alpha=1 - confidence).loc[name] / scale
    return Part(float(fitted.fe_params[name] / scale), float(low), float(high), float(fitted.pvalues[name]))
