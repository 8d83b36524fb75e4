"""Entries of all runners of a squad as DataFrames, by one query each: column runner (id), then those that
`data.lists` documents for one runner. Unknown is NaN, NaT or NA; empty frames have the same columns."""

from collections.abc import Mapping
from datetime import date, timedelta

import pandas as pd
from sqlalchemy import ColumnElement, Engine, Table, func, or_, select, union_all

from data.dtypes import COUNT, DAY, FLAG, INSTANT, NUMBER, TEXT
from data.lists import TEST_COLUMNS, read_frame
from data.schema import (
    injuries,
    pain_reports,
    runs,
    self_test_sides,
    self_tests,
    strength_sessions,
    week_marks,
    weekly_totals,
)
from data.scope import SquadScope, marks_held
from data.sql import week_start
from data.weeks import A_MONDAY, runner_week

__all__ = [
    "last_entries",
    "latest_tests",
    "squad_hours",
    "squad_injuries",
    "squad_ostrc",
    "squad_pain",
    "squad_runs",
]


def squad_runs(engine: Engine, scope: SquadScope, since: date) -> pd.DataFrame:
    """Single runs since a day, and the first one of all, which says how far back a log reaches: runner, local_date,
    start, distance_m."""
    columns = {"runner": COUNT, "local_date": DAY, "start": INSTANT, "distance_m": NUMBER}
    c = runs.c
    is_read = scope.holds(c.runner_id, "running")
    begun = select(c.runner_id, func.min(c.local_date).label("day")).where(is_read, c.distance_m > 0)
    first = begun.group_by(c.runner_id).subquery().c
    query = (
        select(c.runner_id, c.local_date, c.start, c.distance_m)
        .where(is_read, c.runner_id == first.runner_id, or_(c.local_date >= since, c.local_date == first.day))
        .order_by(c.runner_id, c.local_date)
    )
    return read_frame(engine, query, columns)


def squad_hours(engine: Engine, scope: SquadScope, first_day: int, since: date) -> pd.DataFrame:
    """Time on the run in the weeks from `since` on: runner, week (its first day), runs, timed (how many of them have a
    duration), seconds (their sum)."""
    columns = {"runner": COUNT, "week": DAY, "runs": COUNT, "timed": COUNT, "seconds": NUMBER}
    c = runs.c
    week = week_start(c.local_date, first_day).label("week")
    query = (
        select(c.runner_id, week, func.count(), func.count(c.duration_s), func.coalesce(func.sum(c.duration_s), 0.0))
        .where(scope.holds(c.runner_id, "running"), c.local_date >= since)
        .group_by(c.runner_id, week)
        .order_by(c.runner_id, week)
    )
    return read_frame(engine, query, columns)


def squad_injuries(engine: Engine, scope: SquadScope, since: date) -> pd.DataFrame:
    """Injury episodes that began on `since` or later: runner, onset, site, side, returned_on, and the three criteria
    seven_days, three_sessions, consulted (boolean, NA not answered)."""
    columns = {"runner": COUNT, "onset": DAY, "site": TEXT, "side": TEXT, "returned_on": DAY}
    columns |= dict.fromkeys(("seven_days", "three_sessions", "consulted"), FLAG)
    c = injuries.c
    query = (
        select(c.runner_id, *(c[name] for name in list(columns)[1:]))
        .where(scope.holds(c.runner_id, "pain"), c.onset >= since)
        .order_by(c.runner_id, c.onset, c.id)
    )
    return read_frame(engine, query, columns)


def squad_pain(engine: Engine, scope: SquadScope, first_day: int, since: date) -> pd.DataFrame:
    """Ratings of pain while running in the weeks from `since` on: runner, week (its first day, reckoned from
    `first_day`), site, side, worst_running."""
    rated = pain_reports.c.worst_running
    return _by_week(engine, scope, first_day, since, {"worst_running": rated}, rated.is_not(None))


def squad_ostrc(engine: Engine, scope: SquadScope, first_day: int, since: date) -> pd.DataFrame:
    """Answers to the OSTRC-O2 questions in the weeks from `since` on, a row for each body part that has any: runner,
    week (its first day, reckoned from `first_day`), site, side, q1 to q4 as scores 0, 8, 17, 25."""
    c = pain_reports.c
    questions = {"q1": c.participation, "q2": c.modified_training, "q3": c.performance, "q4": c.symptoms}
    return _by_week(
        engine, scope, first_day, since, questions, or_(*(answer.is_not(None) for answer in questions.values()))
    )


def _by_week(
    engine: Engine,
    scope: SquadScope,
    first_day: int,
    since: date,
    asked: Mapping[str, ColumnElement[int]],
    answered: ColumnElement[bool],
) -> pd.DataFrame:
    """Pain reports that hold an answer, with the week that they are about."""
    columns = {"runner": COUNT, "period": TEXT, "on_date": DAY, "site": TEXT, "side": TEXT} | dict.fromkeys(
        asked, NUMBER
    )
    c = pain_reports.c
    query = (
        select(c.runner_id, c.period, c.on_date, c.site, c.side, *asked.values())
        .where(scope.holds(c.runner_id, "pain"), c.on_date >= since - timedelta(days=6), answered)
        .order_by(c.runner_id, c.on_date, c.id)
    )
    found = read_frame(engine, query, columns)
    of_day = found["on_date"] - pd.to_timedelta((found["on_date"].dt.day_of_week - first_day) % 7, "D")
    of_week = found["on_date"] + (runner_week(A_MONDAY, first_day) - A_MONDAY)
    found.insert(1, "week", of_day.where(found["period"] == "day", of_week).astype(DAY))
    return found[found["week"] >= pd.Timestamp(since)].drop(columns=["period", "on_date"]).reset_index(drop=True)


def latest_tests(engine: Engine, scope: SquadScope) -> pd.DataFrame:
    """The latest self-test of each runner, one row a side: runner, then the columns of `test_list`."""
    c = self_tests.c
    newest = func.row_number().over(partition_by=c.runner_id, order_by=(c.on_date.desc(), c.id.desc()))
    ranked = select(c.id, newest.label("place")).where(scope.holds(c.runner_id, "self-tests")).subquery()
    query = (
        select(c.runner_id, c.id, c.on_date, c.task, *(self_test_sides.c[name] for name in list(TEST_COLUMNS)[3:]))
        .join(ranked, (ranked.c.id == c.id) & (ranked.c.place == 1))
        .join(self_test_sides, self_test_sides.c.self_test_id == c.id)
        .order_by(c.runner_id, self_test_sides.c.side)
    )
    return read_frame(engine, query, {"runner": COUNT} | TEST_COLUMNS)


def last_entries(engine: Engine, scope: SquadScope) -> pd.DataFrame:
    """The latest day about which each runner logged anything: runner, last_on. What is about a week counts as its
    Monday. Runners with an empty diary are not among them."""
    days: list[tuple[Table, str, ColumnElement[bool]]] = [
        (runs, "local_date", scope.holds(runs.c.runner_id, "running")),
        (strength_sessions, "on_date", scope.holds(strength_sessions.c.runner_id, "training")),
        (pain_reports, "on_date", scope.holds(pain_reports.c.runner_id, "pain")),
        (weekly_totals, "iso_week", scope.holds(weekly_totals.c.runner_id, "running")),
        (week_marks, "iso_week", marks_held(scope)),
        (self_tests, "on_date", scope.holds(self_tests.c.runner_id, "self-tests")),
        (injuries, "onset", scope.holds(injuries.c.runner_id, "pain")),
    ]
    latest = [
        select(table.c.runner_id, func.max(table.c[day]).label("last_on")).where(held).group_by(table.c.runner_id)
        for table, day, held in days
    ]
    each = union_all(*latest).subquery()
    query = select(each.c.runner_id, func.max(each.c.last_on).label("last_on")).group_by(each.c.runner_id)
    return read_frame(engine, query.order_by(each.c.runner_id), {"runner": COUNT, "last_on": DAY})
