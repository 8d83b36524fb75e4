"""Which exercise is due, and how a plan's line reads."""

import math

import pandas as pd
import pytest

from analysis.plan import Neglected, due_exercise, neglected, target


def plan(**blocks):
    return pd.DataFrame([{"exercise": name.replace("_", "-"), "block": block} for name, block in blocks.items()])


def trained(**last_on):
    days = {name.replace("_", "-"): pd.Timestamp(day) for name, day in last_on.items()}
    return pd.DataFrame({"exercise": list(days), "last_on": pd.Series(list(days.values()), dtype="datetime64[s]")})


PLAN = plan(clam="warm-up", split_squat="main", bridge="main")


def test_the_exercise_trained_longest_ago_is_due():
    assert due_exercise(PLAN, trained(split_squat="2026-03-01", bridge="2026-02-27")) == "bridge"


def test_never_trained_is_longest_ago():
    assert due_exercise(PLAN, trained(split_squat="1999-01-01")) == "bridge"


def test_the_plans_order_decides_between_equals():
    assert due_exercise(PLAN, trained()) == "split-squat"
    assert due_exercise(PLAN, trained(split_squat="2026-03-01", bridge="2026-03-01")) == "split-squat"


def test_a_warm_up_exercise_is_never_due():
    assert due_exercise(plan(clam="warm-up"), trained()) is None


def test_what_is_outside_the_plan_does_not_count():
    assert (
        due_exercise(PLAN, trained(split_squat="2026-03-01", bridge="2026-03-02", deadlift="1999-01-01"))
        == "split-squat"
    )


def test_no_plan():
    assert due_exercise(PLAN.iloc[:0], trained(bridge="2026-03-01")) is None


def days(**of):
    return pd.DataFrame({"exercise": [slug.replace("_", "-") for slug in of], "days": list(of.values())})


@pytest.mark.parametrize(
    ("lately", "over_both", "found"),
    [
        ({"split_squat": 2, "bridge": 5}, {"split_squat": 9, "bridge": 11}, Neglected("split-squat", 2, 7)),
        ({"split_squat": 2, "bridge": 5}, {"split_squat": 2, "bridge": 12}, Neglected("bridge", 5, 7)),
        ({"split_squat": 4, "bridge": 5}, {"split_squat": 4, "bridge": 9}, Neglected("split-squat", 4, 0)),
        ({"bridge": 5}, {"bridge": 9}, Neglected("split-squat", 0, 0)),
        ({"bridge": 5, "deadlift": 0}, {"bridge": 9, "deadlift": 8}, Neglected("split-squat", 0, 0)),
    ],
)
def test_the_neglected_exercise_is_the_one_that_fell_most_else_the_one_done_least(lately, over_both, found):
    assert neglected(PLAN, days(**lately), days(**over_both)) == found


def test_without_a_main_exercise_nothing_is_neglected():
    assert neglected(plan(clam="warm-up"), days(), days()) is None


@pytest.mark.parametrize(
    ("item", "words"),
    [
        ((3, 8.0, None, "each"), "3 x 8 on each side"),
        ((2, None, 30.0, "both"), "2 x 30 s"),
        ((1, math.nan, 45.0, "left"), "1 x 45 s on the left"),
        ((1, 12.0, math.nan, "right"), "1 x 12 on the right"),
    ],
)
def test_a_line_of_the_plan(item, words):
    assert target(*item) == words
