import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.ostrc import Ostrc, score

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
