"""What the pictures of a report show: week by week, and in months or quarters what the weeks of each say together."""

from datetime import date, timedelta

import numpy as np
import pandas as pd
import pytest

from analysis.report_course import chart_key, course, in_words
from analysis.report_parts import Stretch
from analysis.units import Units
from analysis.weeks import with_adherence
from tests.analysis.weekly import MONDAY, NAN, weekly_frame

PICTURES = ("pain", "distance", "adherence")


def stretch(weeks, units=Units.KM):
    return Stretch(with_adherence(weeks), (weeks["week"].iloc[-1] + pd.Timedelta(days=9)).date(), units)


def ten_years(**columns):
    return weekly_frame(520, start=pd.Timestamp("2016-01-04"), **columns)


@pytest.mark.parametrize(("weeks", "by"), [(1, "week"), (60, "week"), (61, "month"), (520, "month"), (700, "quarter")])
def test_many_weeks_are_drawn_in_longer_parts(weeks, by):
    found = course(stretch(weekly_frame(weeks, pain=1.0, distance_m=10_000.0)))
    assert found.by == by
    assert len(found.begins) <= 132
    lengths = {len(line) for line in (found.left, found.distance, found.adherence, *found.unknown.values())}
    assert lengths == {len(found.begins)}


def test_a_week_counts_in_the_month_that_has_most_of_its_days():
    weeks = weekly_frame(70, start=pd.Timestamp("2026-01-26"), distance_m=1_000.0)  # to 1 February
    found = course(stretch(weeks))
    assert found.begins[:2] == (date(2026, 1, 1), date(2026, 2, 1))
    assert found.distance[:2] == (1.0, 4.0)
    later = weekly_frame(70, start=pd.Timestamp("2026-01-29"))  # to 4 February
    assert course(stretch(later)).begins[0] == date(2026, 2, 1)


def test_a_month_has_its_worst_pain_and_the_sum_of_what_is_known():
    pain, metres = np.full(70, NAN), np.full(70, NAN)
    pain[:4], metres[:4] = [2, 7, NAN, 0], [10_000, 0, NAN, 5_000]
    weeks = weekly_frame(70, pain=pain, pain_left=pain, distance_m=metres)  # January has four weeks from its 5th on
    found = course(stretch(weeks))
    assert (found.left[0], found.distance[0]) == (7.0, 15.0)
    assert found.right[0] is None and found.no_side[0] is None
    assert (found.unknown["pain"][0], found.unknown["distance"][0]) == (0.25, 0.25)
    assert found.left[1] is None and found.distance[1] is None  # not 0
    assert found.unknown["distance"][1] == 1.0


def test_a_month_of_stated_zeros_is_zero():
    found = course(stretch(weekly_frame(70, pain=0.0, distance_m=0.0, sessions_done=0.0, sessions_prescribed=2)))
    assert set(found.no_side) == set(found.distance) == set(found.adherence) == {0.0}
    assert set(found.unknown["adherence"]) == {0.0}


def test_sessions_of_a_month_are_those_of_its_logged_weeks_each_capped():
    done, prescribed = np.full(70, NAN), np.full(70, 0)
    done[:4], prescribed[:4] = [5, 1, NAN, 9], [3, 2, 3, 0]
    found = course(stretch(weekly_frame(70, sessions_done=done, sessions_prescribed=prescribed)))
    assert found.adherence[0] == pytest.approx(4 / 5)  # 3 of 3 and 1 of 2
    assert found.unknown["adherence"][0] == pytest.approx(1 / 3)  # of three weeks with a plan
    assert found.adherence[1] is None and found.unknown["adherence"][1] == 0.0  # nothing prescribed


def test_months_add_up_to_the_weeks():
    rng = np.random.default_rng(7)
    metres = np.where(rng.random(520) < 0.2, NAN, rng.integers(0, 60, 520) * 1000.0)
    found = course(stretch(ten_years(distance_m=metres), Units.MI))
    assert sum(one for one in found.distance if one is not None) == pytest.approx(np.nansum(metres) / 1609.344)
    assert len(found.begins) == 120


@pytest.mark.parametrize("name", PICTURES)
def test_the_key_and_the_sentence_say_that_it_is_by_month(name):
    weeks = ten_years(pain=1.0, distance_m=1_000.0, sessions_done=1.0, sessions_prescribed=2)
    long, short = stretch(weeks), stretch(weeks.iloc[-12:].reset_index(drop=True))
    assert "By month" in chart_key(name, course(long)) and "Drawn by month" in in_words(long, course(long))[name]
    assert "month" not in chart_key(name, course(short)) + in_words(short, course(short))[name]


def test_nothing_is_said_of_a_picture_that_has_nothing_to_draw():
    found = stretch(weekly_frame(3, pain=[NAN, 1.0, NAN]))
    assert set(in_words(found, course(found))) == {"pain"}


def test_without_a_week_there_is_nothing_to_draw():
    found = course(Stretch(with_adherence(weekly_frame(0)), MONDAY.date() + timedelta(days=1), Units.KM))
    assert found.begins == () and [name for name in PICTURES if found.has(name)] == []
