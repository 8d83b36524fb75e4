"""A week day by day: planned, done, not logged, marked as none, or rest."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.timetable import WEEKDAYS, PlannedWeek, timetable, touching, touching_sentence
from guides.starting_plan import propose_weekdays
from tests.analysis.test_words import assert_sayable

MONDAY = date(2026, 3, 2)
TODAY = date(2026, 3, 4)
PLAN = PlannedWeek((0, 2, 4), date(2026, 1, 1))


def day(number):
    return MONDAY + timedelta(days=number)


def states(*arguments, **more):
    return [found.state for found in timetable(*arguments, **more)]


def test_past_today_and_later_days_are_told_apart():
    found = states(MONDAY, [PLAN], {day(1): True}, TODAY)
    assert found == ["not logged", "extra", "to do", "rest", "to do", "rest", "rest"]
    assert states(MONDAY, [PLAN], {day(0): True, day(2): False}, TODAY)[:3] == ["done", "rest", "begun"]


def test_not_logged_is_not_the_same_as_marked_as_none():
    later = day(10)
    assert states(MONDAY, [PLAN], {}, later)[0] == "not logged"
    assert states(MONDAY, [PLAN], {}, later, no_training=True)[0] == "stated none"


def test_a_week_in_which_the_plan_changes_has_the_days_of_both():
    plans = [PlannedWeek((0, 2, 4), date(2026, 1, 1), day(2)), PlannedWeek((3, 6), day(3))]
    planned = [found.day for found in timetable(MONDAY, plans, {}, TODAY) if found.is_planned]
    assert planned == [day(0), day(2), day(3), day(6)]


def test_without_a_plan_nothing_is_planned():
    assert states(MONDAY, [], {day(3): True}, TODAY) == ["rest"] * 3 + ["extra"] + ["rest"] * 3


def test_a_day_reads_as_a_sentence():
    first, *_ = timetable(MONDAY, [PLAN], {MONDAY: True}, TODAY)
    assert first.sentence() == "Monday, 2 March: planned and done"
    first, *_ = timetable(MONDAY, [PLAN], {MONDAY: False}, TODAY)
    assert first.sentence() == "Monday, 2 March: planned, and done in part"


@given(
    st.sets(st.integers(0, 6)),
    st.dictionaries(st.integers(0, 6), st.booleans()),
    st.integers(-10, 10),
    st.integers(0, 6),
    st.booleans(),
)
def test_every_day_has_one_state_that_agrees_with_what_is_known(weekdays, trained, today, first, no_training):
    plan = PlannedWeek(weekdays, MONDAY - timedelta(weeks=3))
    done = {day(number): counts for number, counts in trained.items()}
    week = timetable(day(first), [plan], done, day(today), no_training=no_training)
    assert [found.day for found in week] == [day(first + number) for number in range(7)]
    for found in week:
        assert found.is_planned is (found.day.weekday() in weekdays)
        assert (found.state in ("done", "begun", "extra")) is (found.day in done)
        assert found.state != "done" or done[found.day]
        assert found.state != "not logged" or found.day < day(today)
        assert_sayable(found.sentence())


@pytest.mark.parametrize(
    ("weekdays", "pairs"),
    [((), ()), ((3,), ()), ((0, 2, 4), ()), ((0, 1, 4), ((0, 1),)), ((0, 6), ((6, 0),)), ((5, 6), ((5, 6),))],
)
def test_days_that_touch_are_found_over_sunday_too(weekdays, pairs):
    assert touching(weekdays) == pairs
    assert (touching_sentence(weekdays) is None) is (not pairs)


def test_what_is_said_about_days_that_touch():
    assert touching_sentence((6, 0)).startswith("There is no day between Sunday and Monday.")


@pytest.mark.parametrize("days", [1, 2, 3])
def test_the_proposed_days_do_not_touch(days):
    assert touching(propose_weekdays(days)) == ()
    assert len(WEEKDAYS) == 7
