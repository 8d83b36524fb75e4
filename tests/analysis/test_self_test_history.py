from datetime import date

import pytest

from analysis.self_test import SelfTest, SideResult
from analysis.self_test_history import history, history_paragraph, history_title

SQUAT = "single-leg squat"


def degrees_of(*degrees, right=None):
    return [
        SelfTest(date(2026, month, 1), SQUAT, SideResult(degrees=value, reps=month), SideResult(degrees=right))
        for month, value in enumerate(degrees, start=1)
    ]


def test_only_one_task_oldest_first_and_only_what_was_noted():
    other = SelfTest(date(2026, 1, 2), "step-down", SideResult(degrees=40.0), SideResult())
    found = history([*reversed(degrees_of(16.0, None, 9.0)), other], SQUAT, "degrees")
    assert [(point.on.month, point.value) for point in found.left] == [(1, 16.0), (3, 9.0)]
    assert found.right == ()
    assert found.error == 9.0


def test_a_tick_count_needs_all_four_ticks():
    whole = SideResult(knee_inside=True, pelvis_level=True, trunk_upright=True, steady=False)
    partly = SideResult(knee_inside=False, pelvis_level=True)
    found = history([SelfTest(date(2026, 1, 1), SQUAT, whole, partly)], SQUAT, "ticks")
    assert [point.value for point in found.left] == [2.0]
    assert found.right == ()


@pytest.mark.parametrize(
    ("first", "last", "says"),
    [(16.0, 7.1, "no clear change"), (16.0, 7.0, "down 9"), (5.0, 15.0, "up 10"), (5.0, 5.0, "no clear change")],
)
def test_the_title_names_a_change_only_beyond_the_error(first, last, says):
    title = history_title(history(degrees_of(first, last), SQUAT, "degrees"))
    assert title.startswith("Left") and f"{says} since the first of 2 tests" in title


def test_repetitions_have_no_known_error():
    found = history(degrees_of(None, None), SQUAT, "reps")
    assert found.error is None
    assert history_title(found) == "Left 2 repetitions, up 1 since the first of 2 tests"


def test_one_test_is_no_trend_and_none_is_said_so():
    title = history_title(history(degrees_of(12.0, right=3.0), SQUAT, "degrees"))
    assert title == "Left 12 degrees, one test so far; right 3 degrees, one test so far"
    assert history_title(history([], SQUAT, "degrees")) == "No degrees noted yet"


def test_the_text_says_the_title_every_value_and_the_error():
    found = history(degrees_of(16.0, 7.0), SQUAT, "degrees")
    text = history_paragraph(found)
    assert text.startswith(history_title(found))
    assert "±9 degrees of error" in text
    assert "Left on 1 January 2026: 16 degrees. Left on 1 February 2026: 7 degrees." in text
