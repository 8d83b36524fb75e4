"""How many of those who answered had a problem, week by week (OSTRC-O2, Clarsen 2020; evidence 2.3)."""

from collections.abc import Collection
from dataclasses import dataclass, field, replace
from typing import Literal

import numpy as np
import numpy.typing as npt
import pandas as pd

from analysis.evidence import GATE_RUNNERS
from analysis.ostrc import by_week

Counts = npt.NDArray[np.float64]
Reason = Literal["too few runners", "too few answers"]


@dataclass(frozen=True)
class Prevalence:
    """By finished week: of `runners` runners `answered` did, of whom so many had any `problem`, and so many a
    `substantial` one. Both are NaN in weeks with under five answers: unknown, and about single people.

    Who answered is who told enough for both. The means are of the weeks' shares, as Clarsen reports them; None, and
    nothing is known, where there is a `reason`.
    """

    runners: int
    weeks: tuple[pd.Timestamp, ...] = ()
    answered: Counts = field(default_factory=lambda: np.zeros(0))
    problem: Counts = field(default_factory=lambda: np.zeros(0))
    substantial: Counts = field(default_factory=lambda: np.zeros(0))
    mean_problem: float | None = None
    mean_substantial: float | None = None
    reason: Reason | None = None

    @property
    def known(self) -> npt.NDArray[np.bool_]:
        """The weeks with enough answers."""
        return ~np.isnan(self.problem)

    @property
    def response(self) -> Counts:
        """The share of the runners who answered, week by week."""
        return self.answered / self.runners


def prevalence(answers: pd.DataFrame, runners: Collection[int], weeks: Collection[pd.Timestamp]) -> Prevalence:
    """`answers` has runner, week and q1 to q4, a row a body part; `runners` are those who share their pain, `weeks` the
    first days of finished weeks, in order."""
    if len(runners) < GATE_RUNNERS:
        return Prevalence(len(runners), reason="too few runners")
    told = by_week(answers[answers["runner"].isin(list(runners))]).dropna(subset=["problem", "substantial"])
    each = told.groupby("week")
    days = pd.Index(list(weeks))
    answered: Counts = each.size().reindex(days, fill_value=0).to_numpy().astype(np.float64)
    enough = answered >= GATE_RUNNERS
    problem, substantial = (
        np.where(enough, each[name].sum().reindex(days).to_numpy("float64"), np.nan)
        for name in ("problem", "substantial")
    )
    found = Prevalence(len(runners), tuple(days), answered, problem, substantial, reason="too few answers")
    if not enough.any():
        return found
    means = (float(np.nanmean(counts / np.maximum(answered, 1))) for counts in (problem, substantial))
    return replace(found, mean_problem=next(means), mean_substantial=next(means), reason=None)
