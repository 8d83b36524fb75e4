from datetime import date, timedelta

import pytest

from analysis.overview import overview
from tests.analysis.weekly import MONDAY, NAN, weekly_frame

START = MONDAY.date()
AFTER = START + timedelta(weeks=60)


def test_the_running_week_is_left_out():
    weeks = weekly_frame(3, pain=[1.0, 2.0, 9.0])
    assert overview(weeks, START + timedelta(days=14)).pain.high == 2.0
    assert overview(weeks, START + timedelta(days=21)).pain.high == 9.0


def test_counts_keep_unknown_zero_and_value_apart():
    weeks = weekly_frame(
        5,
        distance_m=[10_000.0, 0.0, NAN, 30_000.0, NAN],
        sessions_done=[2.0, 0.0, NAN, 4.0, 1.0],
        sessions_prescribed=[3, 3, 3, 3, 0],
        pain_left=[NAN, 2.0, NAN, 4.0, NAN],
    )
    found = overview(weeks, AFTER)
    assert (found.distance.weeks, found.distance.low, found.distance.high) == (3, 0.0, 30_000.0)
    assert (found.planned, found.answered, found.done, found.prescribed) == (4, 3, 5, 9)
    assert found.share_done == pytest.approx(5 / 9)
    assert (found.pain_left.weeks, found.pain_left.latest) == (2, 4.0)
    assert (found.pain_right.weeks, found.pain_right.latest) == (0, None)
    assert (found.first, found.last) == (date(2026, 1, 5), date(2026, 2, 2))


def test_the_course_of_pain_needs_eight_rated_weeks_after_the_first():
    eight = weekly_frame(10, pain=[5.0, 5, 5, 5, 5, NAN, 2, 2, 2, NAN])
    nine = weekly_frame(10, pain=[5.0, 5, 5, 5, 5, NAN, 2, 2, 2, 2])
    assert overview(eight, AFTER).pain_before is None
    found = overview(nine, AFTER)
    assert (found.pain_before, found.pain_after) == (5.0, 2.0)


def test_the_entry_week_is_in_no_baseline():
    """People start a diary when it hurts; with the entry week in it, the median before would be 6."""
    found = overview(weekly_frame(9, pain=[9.0, 3, 3, 9, 3, 3, 2, 3, 3]), AFTER)
    assert (found.pain_before, found.pain_after) == (3.0, 3.0)


def test_an_empty_frame_has_no_findings():
    found = overview(weekly_frame(0), AFTER)
    assert (found.weeks, found.first, found.share_done, found.pain_before) == (0, None, None, None)
