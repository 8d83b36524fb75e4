from itertools import product

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.ostrc import Ostrc, by_week, score, scores

ANSWERS = st.sampled_from([0, 8, 17, 25])


# The vectors of evidence 2.3.
@pytest.mark.parametrize(
    ("answers", "severity", "substantial"),
    [
        ((0,), 0, False),
        ((25,), 100, True),
        ((8, 8, 8, 8), 32, False),
        ((8, 17, 8, 8), 41, True),
        ((17, 8, 8, 17), 50, False),
        ((8, 8, 17, 8), 41, True),
    ],
)
def test_published_vectors(answers, severity, substantial):
    assert score(*answers) == Ostrc(severity, substantial)


@given(ANSWERS, ANSWERS, ANSWERS)
def test_the_gatekeeper_overrules_the_rest(q2, q3, q4):
    assert score(0, q2, q3, q4) == Ostrc(0, False)
    assert score(25, q2, q3, q4) == Ostrc(100, True)


@given(st.sampled_from([8, 17]), ANSWERS, ANSWERS, ANSWERS)
def test_otherwise_it_is_the_sum(q1, q2, q3, q4):
    assert score(q1, q2, q3, q4) == Ostrc(q1 + q2 + q3 + q4, q2 >= 17 or q3 >= 17)


@pytest.mark.parametrize(
    ("answers", "substantial"),
    [
        ((None, None, None, None), None),
        ((float("nan"), 8, 8, 8), None),
        ((8, None, 8, 8), None),
        ((8, 17, None, None), True),
        ((None, 17, None, None), True),
        ((8, 8, 8, None), False),
    ],
)
def test_an_open_question_is_not_a_zero(answers, substantial):
    assert score(*answers) == Ostrc(None, substantial)


def test_the_old_scoring_is_refused():
    with pytest.raises(ValueError, match="The answer is 13"):
        score(8, 13, 8, 8)
    with pytest.raises(ValueError, match="The answer is 13"):
        scores(pd.DataFrame([[8, 13, 8, 8]], columns=QUESTIONS))


QUESTIONS = ["q1", "q2", "q3", "q4"]


def test_all_answers_at_once_score_as_one_by_one():
    every = pd.DataFrame(list(product([np.nan, 0, 8, 17, 25], repeat=4)), columns=QUESTIONS)
    found = scores(every)
    one_by_one = [score(*row) for row in every.itertuples(index=False)]
    for name in ("severity", "substantial"):
        np.testing.assert_array_equal(found[name], [_number(getattr(told, name)) for told in one_by_one])
    told = found["severity"].notna()
    assert (found.loc[told, "problem"] == (found.loc[told, "severity"] > 0)).all()
    assert (found.loc[found["substantial"] == 1, "problem"] == 1).all()


def _number(value):
    return np.nan if value is None else float(value)


def week_of(*parts):
    frame = pd.DataFrame(parts, columns=QUESTIONS, dtype="float64").assign(runner=1, week=pd.Timestamp(2026, 3, 2))
    return by_week(frame).iloc[0].tolist()


NONE, MILD, MUCH, OPEN = (0, *[np.nan] * 3), (8, 8, 8, 8), (17, 17, 8, 8), (np.nan, np.nan, np.nan, 8)


@pytest.mark.parametrize(
    ("parts", "severity", "problem", "substantial"),
    [
        ([NONE], 0, 0, 0),
        ([NONE, MILD], 32, 1, 0),
        ([MILD, MUCH], 50, 1, 1),
        ([NONE, OPEN], np.nan, np.nan, np.nan),  # one part that does not tell: none at all is not known
        ([MILD, OPEN], 32, 1, np.nan),
        ([MUCH, OPEN], 50, 1, 1),
    ],
)
def test_a_week_is_its_worst_body_part(parts, severity, problem, substantial):
    np.testing.assert_array_equal(week_of(*parts), [severity, problem, substantial])
