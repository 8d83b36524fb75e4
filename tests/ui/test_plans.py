"""What a self-test and pain reports come to before a plan is proposed: three states each."""

import math

import pandas as pd
import pytest

from guides.starting_plan import propose_weekdays
from ui import plans


@pytest.mark.parametrize(
    ("left", "right", "found"),
    [
        (True, True, True),
        (True, False, True),
        (False, False, False),
        (None, True, True),
        (None, False, False),
        (None, None, None),
    ],
)
def test_a_finding_on_either_leg_counts(left, right, found):
    assert plans._either([left, right]) is found
    assert plans._either([right, left]) is found


@pytest.mark.parametrize(
    ("reported", "in_test", "worst"),
    [
        ([2.0, 5.0], [1, None], 5),
        ([2.0], [7, 3], 7),
        ([math.nan], [None, None], None),
        ([], [], None),
        ([0.0], [None, None], 0),
        ([], [0, None], 0),
    ],
)
def test_the_worst_pain_that_is_known(reported, in_test, worst):
    logged = [pd.Series(reported, dtype="float64"), pd.Series(dtype="float64")]
    assert plans._worst(logged, in_test) == worst
    assert plans._worst(reversed(logged), in_test) == worst


@pytest.mark.parametrize(
    ("days", "said"),
    [
        (1, "1 day a week: Tuesday."),
        (2, "2 days a week, with at least a day between: Tuesday, Friday."),
        (3, "3 days a week, with at least a day between: Monday, Wednesday, Friday."),
        (4, "4 days a week: Monday, Tuesday, Thursday, Saturday. There is no day between Monday and Tuesday."),
    ],
)
def test_days_are_said_as_they_lie(days, said):
    assert plans._days(propose_weekdays(days)).startswith(said)


def test_the_lines_of_a_plan():
    items = pd.DataFrame(
        {
            "exercise": ["release-outer-hip", "split-squat"],
            "sets": [1, 2],
            "repetitions": [math.nan, 8.0],
            "seconds": [30.0, math.nan],
            "side": ["each", "each"],
            "high": [math.nan, 12.0],
            "load_kg": [math.nan, math.nan],
            "stage": ["usual", "usual"],
        }
    )
    assert plans.lines(items) == ["Release: outer hip: 1 x 30 s on each side", "Split squat: 2 x 8 to 12 on each side"]
