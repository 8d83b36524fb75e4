from datetime import date, timedelta

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.weeks import between, complete_weeks, current_week, of_side, window, with_adherence
from tests.analysis.weekly import MONDAY, NAN, weekly_frame

START = MONDAY.date()


def test_adherence_is_capped_for_show_and_kept_raw():
    weeks = with_adherence(weekly_frame(2, sessions_done=[4.0, 1.0], sessions_prescribed=[3, 3]))
    assert weeks["adherence_raw"].tolist() == pytest.approx([4 / 3, 1 / 3])
    assert weeks["adherence"].tolist() == pytest.approx([1.0, 1 / 3])


def test_nothing_prescribed_is_undefined_and_nothing_logged_is_unknown():
    weeks = with_adherence(weekly_frame(3, sessions_done=[2.0, NAN, 0.0], sessions_prescribed=[0, 3, 3]))
    assert np.isnan(weeks["adherence"].iloc[0])
    assert np.isnan(weeks["adherence"].iloc[1])
    assert weeks["adherence"].iloc[2] == 0.0


@given(st.floats(0, 20), st.integers(1, 7))
def test_the_cap_never_changes_what_is_below_it(done, prescribed):
    weeks = with_adherence(weekly_frame(1, sessions_done=[done], sessions_prescribed=[prescribed]))
    assert weeks["adherence"].iloc[0] == min(1.0, weeks["adherence_raw"].iloc[0])
    assert weeks["adherence_raw"].iloc[0] == done / prescribed


@given(st.integers(0, 60))
def test_a_week_is_complete_once_its_last_day_is_over(days):
    today = START + timedelta(days=days)
    assert len(complete_weeks(weekly_frame(20), today)) == min(20, days // 7)


def test_the_window_takes_the_latest_weeks():
    weeks = weekly_frame(10, pain=np.arange(10.0))
    assert window(weeks, 3)["pain"].tolist() == [7.0, 8.0, 9.0]
    assert window(weeks, 3).index.tolist() == [0, 1, 2]
    assert len(window(weeks, None)) == len(window(weeks, 99)) == 10


def test_the_current_week_says_what_is_left():
    weeks = weekly_frame(2, sessions_done=[3.0, 1.0], sessions=[3, 2], sessions_prescribed=[3, 3], pain=[2.0, NAN])
    now = current_week(weeks, START + timedelta(days=13))
    assert now is not None
    assert (now.week, now.logged, now.done, now.prescribed, now.left) == (date(2026, 1, 12), 2, 1, 3, 2)
    assert now.distance_m is None
    assert now.pain is None


def test_an_unlogged_week_is_not_a_week_of_nothing():
    logged_none = current_week(weekly_frame(1, sessions_prescribed=[3]), START)
    said_none = current_week(weekly_frame(1, sessions_prescribed=[3], sessions_done=[0.0]), START)
    assert logged_none is not None and logged_none.done is None
    assert said_none is not None and said_none.done == 0
    assert logged_none.left == said_none.left == 3


def test_more_than_prescribed_leaves_nothing():
    now = current_week(weekly_frame(1, sessions_done=[4.0], sessions_prescribed=[3]), START)
    assert now is not None and now.left == 0


def test_no_current_week_outside_the_frame():
    assert current_week(weekly_frame(2), START + timedelta(days=14)) is None
    assert current_week(weekly_frame(0), START) is None


def test_the_pain_of_one_side_leaves_the_other_unknown():
    weeks = of_side(weekly_frame(2, pain=[5.0, 3.0], pain_left=[2.0, 3.0], pain_right=[5.0, NAN]), "left")
    assert weeks["pain"].tolist() == [2, 3]
    assert weeks["pain_left"].tolist() == [2, 3]
    assert weeks["pain_right"].isna().all()


def test_weeks_between_two_days_begin_on_them_or_between():
    weeks = weekly_frame(4)
    found = between(weeks, START + timedelta(days=7), START + timedelta(days=20))
    assert found["week"].tolist() == weeks["week"].tolist()[1:3]
    assert found.index.tolist() == [0, 1]
