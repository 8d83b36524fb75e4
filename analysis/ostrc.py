"""OSTRC-O2 severity and 'substantial problem' (Clarsen 2020; evidence 2.3), one body part and one week."""

import math
from dataclasses import dataclass

import numpy as np
import pandas as pd

from analysis.evidence import OSTRC_ANSWERS, OSTRC_FULL_SEVERITY, OSTRC_SUBSTANTIAL_FROM

Answer = float | None


@dataclass(frozen=True)
class Ostrc:
    """Severity 0-100 and whether the problem is substantial; None where the answers do not tell."""

    severity: int | None
    substantial: bool | None


def score(q1: Answer, q2: Answer = None, q3: Answer = None, q4: Answer = None) -> Ostrc:
    """Score the four answers (0, 8, 17 or 25; None or NaN when not answered).

    The first question is the gatekeeper: its first option ends at 0, its last at 100. Raises ValueError
    for a number that is none of the four options.
    """
    answers = [_answer(value) for value in (q1, q2, q3, q4)]
    first = answers[0]
    if first == OSTRC_ANSWERS[0]:
        return Ostrc(0, False)
    if first == OSTRC_ANSWERS[-1]:
        return Ostrc(OSTRC_FULL_SEVERITY, True)
    return Ostrc(_sum(answers), _substantial(answers))


def scores(answers: pd.DataFrame) -> pd.DataFrame:
    """The rows with `severity` as `score` has it, `problem` (any at all) and `substantial`: as numbers, 1 yes and 0 no,
    NaN where the answers do not tell. Raises ValueError as `score` does."""
    given = answers[["q1", "q2", "q3", "q4"]].to_numpy("float64")
    wrong = given[~np.isnan(given) & ~np.isin(given, OSTRC_ANSWERS)]
    if len(wrong):
        _answer(float(wrong[0]))
    first, deciding = given[:, 0], given[:, 1:3]
    none, stopped = first == OSTRC_ANSWERS[0], first == OSTRC_ANSWERS[-1]
    much = (deciding >= OSTRC_SUBSTANTIAL_FROM).any(axis=1)
    told = ~np.isnan(given[:, :3]).any(axis=1)
    return answers.assign(
        severity=np.select([none, stopped], [0.0, float(OSTRC_FULL_SEVERITY)], given.sum(axis=1)),
        problem=np.select([none, (first > 0) | much], [0.0, 1.0], np.nan),
        substantial=np.select([none, stopped | much, told], [0.0, 1.0, 0.0], np.nan),
    )


def by_week(answers: pd.DataFrame) -> pd.DataFrame:
    """Each runner's weeks with an answer, indexed by runner and week: `severity`, the highest among the body parts that
    tell; `problem` and `substantial`, yes where one part says so. No, and a severity of 0, where all parts tell."""
    measures = ["severity", "problem", "substantial"]
    parts = scores(answers).groupby(["runner", "week"])[measures]
    highest, all_tell = parts.max(), parts.count().eq(parts.size(), axis=0)
    return highest.where((highest > 0) | all_tell)


def _answer(value: Answer) -> int | None:
    if value is None or math.isnan(value):
        return None
    if value not in OSTRC_ANSWERS:
        raise ValueError(f"The answer is {value:g}. The options score 0, 8, 17 or 25.")
    return int(value)


def _sum(answers: list[int | None]) -> int | None:
    given = [answer for answer in answers if answer is not None]
    return sum(given) if len(given) == len(answers) else None


def _substantial(answers: list[int | None]) -> bool | None:
    """Any one clear answer settles it; two mild ones settle it the other way."""
    first, training, performance, _ = answers
    deciding = [answer for answer in (training, performance) if answer is not None]
    if any(answer >= OSTRC_SUBSTANTIAL_FROM for answer in deciding):
        return True
    return False if first is not None and len(deciding) == 2 else None
