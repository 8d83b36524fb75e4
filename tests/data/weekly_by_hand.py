"""The weekly frame again, slowly: one week and one entry at a time in plain Python, with fractions for shares."""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from fractions import Fraction
from typing import Any

from data.entries import Entry, PainReport, Plan, Run, Session, WeeklyTotal, WeekMark

Row = dict[str, Any]
COUNTS_AT = Fraction(3, 4)


@dataclass
class Diary:
    """What the store holds: the last version of every entry by its natural key."""

    entries: list[Entry] = field(default_factory=list)

    def of(self, kind: type[Any]) -> list[Any]:
        return [entry for entry in self.entries if isinstance(entry, kind)]


def rows(diary: Diary, first_day: int, today: date, site: str | None = None) -> list[Row]:
    """Every week; with the pain of one body site alone where it is named."""
    if site is not None:
        diary = replace(diary, entries=[entry for entry in diary.entries if _is_about(entry, site)])
    weeks = [_start(day, first_day) for day in _days(diary, first_day, today)]
    if not weeks:
        return []
    count = (max(*weeks, _start(today, first_day)) - min(weeks)).days // 7 + 1
    return [_row(diary, min(weeks) + timedelta(weeks=number), first_day) for number in range(count)]


def _is_about(entry: Entry, site: str) -> bool:
    """Whether it says something of the site: pain there, or none anywhere. All that is no pain stays."""
    if not isinstance(entry, PainReport) or entry.site == site:
        return True
    return entry.site == "anywhere" and entry.worst_running == 0 and not entry.next_morning


def _days(diary: Diary, first_day: int, today: date) -> list[date]:
    """A day in every week that has something: for a weekly entry the Thursday, which all reckonings agree on."""
    days = [run.local_date for run in diary.of(Run)] + [session.on_date for session in diary.of(Session)]
    days += [_thursday(entry.iso_week) for entry in diary.of(WeeklyTotal) + diary.of(WeekMark)]
    days += [
        _thursday(report.on_date) if report.period == "week" else report.on_date for report in diary.of(PainReport)
    ]
    return days + [plan.starts_on for plan in diary.of(Plan) if plan.starts_on <= today]


def _start(day: date, first_day: int) -> date:
    while day.weekday() != first_day:
        day -= timedelta(days=1)
    return day


def _thursday(monday: date) -> date:
    return monday + timedelta(days=3)


def _row(diary: Diary, week: date, first_day: int) -> Row:
    runs = [run for run in diary.of(Run) if _start(run.local_date, first_day) == week]
    sessions = [session for session in diary.of(Session) if _start(session.on_date, first_day) == week]
    typed = [total for total in diary.of(WeeklyTotal) if _start(_thursday(total.iso_week), first_day) == week]
    marks = {mark.mark for mark in diary.of(WeekMark) if _start(_thursday(mark.iso_week), first_day) == week}
    metres = [run.distance_m for run in runs if run.distance_m is not None]
    distance, origin = _distance(typed, runs, metres, marks)
    return {
        "week": week,
        "distance_m": distance,
        "distance_from": origin,
        "runs_m": sum(metres) if metres else math.nan,
        "runs": len(runs),
        "longest_run_m": max(metres, default=math.nan),
        "duration_s": _sum(run.duration_s for run in runs),
        "sessions": len(sessions),
        "sessions_done": _done(diary, sessions, marks),
        "sessions_prescribed": _prescribed(diary, week),
        **_pain(diary, week, first_day),
    }


def _distance(
    typed: Sequence[WeeklyTotal], runs: Sequence[Run], metres: Sequence[float], marks: set[str]
) -> tuple[float, str]:
    if typed:
        return typed[0].distance_m, "typed"
    if metres:
        return sum(metres), "runs"
    if "no running" in marks and not runs:
        return 0.0, "stated zero"
    return math.nan, "unknown"


def _sum(values: Iterable[float | None]) -> float:
    known = [value for value in values if value is not None]
    return sum(known) if known else math.nan


def _done(diary: Diary, sessions: Sequence[Session], marks: set[str]) -> float:
    if sessions:
        days = {session.on_date for session in sessions}
        return float(sum(_counts(_sets_on(sessions, day), _plan_on(diary, day)) for day in days))
    return 0.0 if "no training" in marks else math.nan


def _plan_on(diary: Diary, day: date) -> Plan | None:
    """The latest plan that began by then, unless it is over."""
    begun = [plan for plan in diary.of(Plan) if plan.starts_on <= day]
    plan = max(begun, key=lambda plan: plan.starts_on, default=None)
    return None if plan is None or (plan.ends_on is not None and plan.ends_on < day) else plan


def _sets_on(sessions: Sequence[Session], day: date) -> list[Any]:
    """The sets of all sessions of a day: they are one day of work."""
    return [part for session in sessions if session.on_date == day for part in session.parts]


def _counts(sets: Sequence[Any], plan: Plan | None) -> bool:
    main = [item for item in plan.parts if item.block == "main"] if plan else []
    if not main:
        return False
    done = sum((_sets_done(sets, item) for item in main), Fraction(0))
    return done / sum(item.sets for item in main) >= COUNTS_AT


def _sets_done(sets: Sequence[Any], item: Any) -> Fraction:
    """Of the item's prescribed sets: each leg is half a set, and nothing counts beyond what is prescribed."""
    sides = [part.side for part in sets if part.exercise == item.exercise and _did_something(part)]
    left, right, both = (sides.count(side) for side in ("left", "right", "both"))
    if item.side in ("left", "right"):
        return Fraction(min(sides.count(item.side) + both, item.sets))
    return min(Fraction(min(left, item.sets) + min(right, item.sets), 2) + both, Fraction(item.sets))


def _did_something(part: Any) -> bool:
    return bool(part.seconds if part.repetitions is None else part.repetitions)


def _prescribed(diary: Diary, week: date) -> int:
    days = [week + timedelta(days=day) for day in range(7)]
    share = sum((_of_day(_plan_on(diary, day), day) for day in days), Fraction(0))
    return math.floor(share + Fraction(1, 2))


def _of_day(plan: Plan | None, day: date) -> Fraction:
    """The sessions that a plan prescribes on a day: a part of one where it does not say which days."""
    if plan is None:
        return Fraction(0)
    if plan.weekdays is None:
        return Fraction(plan.days_per_week, 7)
    return Fraction(int(day.weekday() in plan.weekdays))


def _pain(diary: Diary, week: date, first_day: int) -> Row:
    reports = [
        report
        for report in diary.of(PainReport)
        if _start(_thursday(report.on_date) if report.period == "week" else report.on_date, first_day) == week
    ]
    return {
        "pain": _worst(report.worst_running for report in reports),
        "pain_left": _worst(report.worst_running for report in reports if report.side in ("left", "both")),
        "pain_right": _worst(report.worst_running for report in reports if report.side in ("right", "both")),
        "pain_morning": _worst(report.next_morning for report in reports),
    }


def _worst(values: Iterable[int | None]) -> float:
    return max((float(value) for value in values if value is not None), default=math.nan)
