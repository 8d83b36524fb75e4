"""The sessions of a plan as an iCalendar file (RFC 5545), for any calendar program.

Sessions are all-day events. A plan says which day, not which hour; an all-day event is the same date wherever the
runner is, so there is no time zone to get wrong. Each session is an event of its own, so that one can be moved; its
UID is made from the diary and the date, so a file downloaded again, also after the plan has changed, replaces the
events of the same days instead of doubling them.
"""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from uuid import UUID, uuid5

from icalendar import Calendar, Event

MOST_WEEKS = 26  # half a year; a plan that adapts does not stay the same for longer
_NAMESPACE = UUID("6f1e4f0b-2c58-4d5e-9a53-6b1f1f0c7a31")  # ours, made once: changing it would double every event


@dataclass(frozen=True)
class CalendarPlan:
    """`weekdays` are 0 Monday to 6 Sunday; `lines` are what to do, one exercise each, in the runner's words."""

    title: str
    lines: Sequence[str]
    weekdays: Collection[int]
    starts_on: date
    ends_on: date | None = None


def plan_calendar(plan: CalendarPlan, *, since: date, weeks: int, diary: str, at: datetime) -> bytes:
    """The sessions of `weeks` weeks from `since` (or from the plan's start, if that is later).

    `diary` keeps one runner's events apart from another's; `at` is the moment the file is made, aware. Raises
    ValueError for a number of weeks that is not 1 to MOST_WEEKS.
    """
    if not 1 <= weeks <= MOST_WEEKS:
        raise ValueError(f"Weeks are {weeks}. A calendar file holds from 1 to {MOST_WEEKS} weeks.")
    calendar = Calendar()
    calendar.add("prodid", "-//Plumbline//Training plan//EN")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    for day in _days(plan, since, weeks):
        calendar.add_component(_event(plan, day, diary, at.astimezone(UTC)))
    content: bytes = calendar.to_ical()
    return content


def _days(plan: CalendarPlan, since: date, weeks: int) -> Iterator[date]:
    first = max(since, plan.starts_on)
    for number in range(7 * weeks):
        day = first + timedelta(days=number)
        if day.weekday() in plan.weekdays and (plan.ends_on is None or day <= plan.ends_on):
            yield day


def _event(plan: CalendarPlan, day: date, diary: str, at: datetime) -> Event:
    event = Event()
    event.add("uid", f"{uuid5(_NAMESPACE, f'{diary}/{day}')}@plumbline")
    event.add("dtstamp", at)
    event.add("last-modified", at)
    event.add("dtstart", day)
    event.add("dtend", day + timedelta(days=1))  # the day after: the end of an all-day event is not part of it
    event.add("summary", plan.title)
    event.add("description", "\n".join(plan.lines))
    event.add("transp", "TRANSPARENT")  # a session does not make the whole day busy
    return event
