"""The calendar file says which days, and nothing twice; it is read back with the library's own parser."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import settings as run_with
from hypothesis import strategies as st
from icalendar import Calendar

from data.plan_calendar import MOST_WEEKS, CalendarPlan, plan_calendar

MONDAY = date(2026, 3, 2)
AT = datetime(2026, 3, 1, 9, 30, tzinfo=UTC)
LINES = ("Split squat: 2 x 8 to 12 on each side", "Bridge: 2 x 8; slow, and level")
PLAN = CalendarPlan("Hip strength", LINES, (0, 2, 4), MONDAY)


def file(plan=PLAN, since=MONDAY, weeks=2, diary="1", at=AT):
    return plan_calendar(plan, since=since, weeks=weeks, diary=diary, at=at)


def events(content):
    return Calendar.from_ical(content).walk("VEVENT")


def days(content):
    return [event.decoded("dtstart") for event in events(content)]


def uids(content):
    return [str(event["uid"]) for event in events(content)]


def test_every_session_is_an_all_day_event():
    content = file()
    assert days(content) == [MONDAY + timedelta(days=day) for day in (0, 2, 4, 7, 9, 11)]
    for event in events(content):
        assert type(event.decoded("dtstart")) is date
        assert event.decoded("dtend") == event.decoded("dtstart") + timedelta(days=1)
        assert str(event["summary"]) == "Hip strength"
        assert str(event["description"]) == "\n".join(LINES)
        assert event.decoded("dtstamp") == AT
    assert str(Calendar.from_ical(content)["version"]) == "2.0"


def test_the_file_is_what_the_standard_asks_for():
    lines = file(replace(PLAN, lines=("Rückwärts gehen: 2 x 8, " * 12,))).split(b"\r\n")
    assert (lines[0], lines[-2], lines[-1]) == (b"BEGIN:VCALENDAR", b"END:VCALENDAR", b"")
    assert all(len(line) <= 75 for line in lines)
    assert b"DTSTART;VALUE=DATE:20260302" in lines


def test_the_same_day_has_the_same_event_however_often_it_is_downloaded():
    later = file(replace(PLAN, title="A new plan", weekdays=(0, 3)), at=AT + timedelta(days=9))
    assert uids(file()) == uids(file())
    assert len(set(uids(file()))) == 6
    assert uids(later)[0] == uids(file())[0]
    assert not set(uids(file(diary="2"))) & set(uids(file()))


@pytest.mark.parametrize(
    ("plan", "since", "expected"),
    [
        (PLAN, date(2026, 3, 4), [date(2026, 3, 4), date(2026, 3, 6), date(2026, 3, 9)]),
        (replace(PLAN, starts_on=date(2026, 3, 5)), MONDAY, [date(2026, 3, 6), date(2026, 3, 9), date(2026, 3, 11)]),
        (replace(PLAN, ends_on=date(2026, 3, 4)), MONDAY, [date(2026, 3, 2), date(2026, 3, 4)]),
        (replace(PLAN, ends_on=date(2026, 3, 1)), MONDAY, []),
    ],
)
def test_only_days_of_the_plan_are_there(plan, since, expected):
    assert days(file(plan, since, weeks=1)) == expected


@pytest.mark.parametrize("weeks", [0, -1, MOST_WEEKS + 1])
def test_a_file_holds_up_to_half_a_year(weeks):
    with pytest.raises(ValueError, match=f"Weeks are {weeks}"):
        file(weeks=weeks)


@given(
    st.sets(st.integers(0, 6)),
    st.dates(date(2000, 1, 1), date(2090, 1, 1)),
    st.integers(1, 6),
    st.lists(st.text(st.characters(blacklist_categories=["Cc", "Cs", "Zl", "Zp"]), max_size=30), max_size=3),
)
@run_with(deadline=None, max_examples=50)
def test_every_planned_day_is_there_once_and_the_words_survive(weekdays, since, weeks, lines):
    content = file(CalendarPlan("Hip strength", lines, weekdays, since), since, weeks)
    found = days(content)
    assert len(found) == len(set(found)) == weeks * len(weekdays)
    assert {day.weekday() for day in found} == weekdays
    assert {str(event["description"]) for event in events(content)} <= {"\n".join(lines)}
