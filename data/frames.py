"""SQL to DataFrames with documented columns and dtypes, empty or not. The database does the weekly aggregation.

Unknown is NaN/NaT/None throughout; a stated zero is 0. Dates are naive local days as datetime64.
"""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd
from sqlalchemy import ColumnElement, Connection, Engine, Row, Select, and_, case, func, or_, select

from data.adherence import DAY_COUNTS_AT, day_shares, plans_with
from data.dtypes import COUNT, DAY, TEXT
from data.engine import reading
from data.schema import (
    pain_reports,
    runs,
    strength_sessions,
    week_marks,
    weekly_totals,
)
from data.sql import week_start
from data.store import Scope
from data.weeks import runner_week, week_of

Rows = list[tuple[Any, ...]]  # a week's first day, then numbers or None
Numbers = npt.NDArray[np.float64]
_EPOCH = date(1970, 1, 1)  # day 0 of a datetime64
A_MONDAY = date(2026, 3, 2)  # any: from its ISO week to the runner's week is the same way for every Monday


def weekly(
    engine: Engine, scope: Scope, first_day: int, today: date, site: str | None = None, exercise: str | None = None
) -> pd.DataFrame:
    """One row for every week from the first entry's, or the first plan's, to the one that holds `today`; unknown weeks
    are rows too.

    Columns: week (first day); distance_m, NaN unknown, 0 stated; distance_from 'typed' | 'runs' | 'stated zero' |
    'unknown' (a typed total replaces the summed runs; runs without any distance leave it unknown); runs_m, runs,
    longest_run_m, duration_s; sessions; sessions_done (days whose sessions hold 75 % of the prescribed sets; NaN when
    nothing was logged or marked); sessions_prescribed (in a plan's first and last week only what falls into it); pain,
    pain_left, pain_right, pain_morning: the week's worst 0-10. Pain of one body `site` alone and sessions of one
    `exercise` alone where they are named: a week that says nothing of them is unknown, and no pain anywhere is a 0.
    """
    shift = runner_week(A_MONDAY, first_day) - A_MONDAY
    with reading(engine) as connection:
        running = _rows(connection, _runs_by_week(scope, first_day))
        training = _rows(connection, _sessions_by_week(scope, first_day, exercise))
        pain = _rows(connection, _pain_by_week(scope, first_day, site))
        pain += _rows(connection, _weekly_pain(scope, site), shift)
        typed = _rows(connection, _typed_totals(scope), shift)
        marks = _rows(connection, _marks(scope), shift)
        in_force = connection.execute(plans_with(scope, exercise)).all()
    begun = [(week_of(plan.starts_on, first_day),) for plan in in_force if plan.starts_on <= today]
    weeks = _every_week([*running, *training, *pain, *typed, *marks, *begun], week_of(today, first_day))
    runs_m, count, longest, duration = _placed(running, weeks, 4)
    sessions, done = _placed(training, weeks, 2)
    no_running, no_training = _placed(marks, weeks, 2)
    distance, distance_from = _distance(_placed(typed, weeks, 1)[0], runs_m, np.isnan(count) & (no_running == 1))
    columns = {
        "week": weeks,
        "distance_m": distance,
        "distance_from": pd.Series(distance_from, dtype=TEXT),
        "runs_m": runs_m,
        "runs": np.nan_to_num(count).astype(COUNT),
        "longest_run_m": longest,
        "duration_s": duration,
        "sessions": np.nan_to_num(sessions).astype(COUNT),
        "sessions_done": np.where(np.isnan(sessions) & (no_training == 1), 0.0, done),
        "sessions_prescribed": _prescribed(weeks, in_force),
    }
    columns |= dict(zip(("pain", "pain_left", "pain_right", "pain_morning"), _placed(pain, weeks, 4), strict=True))
    return pd.DataFrame(columns)


def _runs_by_week(scope: Scope, first_day: int) -> Select[Any]:
    week = week_start(runs.c.local_date, first_day).label("week")
    return (
        select(
            week,
            func.sum(runs.c.distance_m),
            func.count(),
            func.max(runs.c.distance_m),
            func.sum(runs.c.duration_s),
        )
        .where(runs.c.runner_id == scope.runner_id)
        .group_by(week)
    )


def _sessions_by_week(scope: Scope, first_day: int, exercise: str | None) -> Select[Any]:
    week = week_start(strength_sessions.c.on_date, first_day).label("week")
    shares = day_shares(scope, exercise)
    done = case((shares.c.share >= DAY_COUNTS_AT, shares.c.on_date))
    return (
        select(week, func.count(), func.count(done.distinct()))
        .select_from(strength_sessions)
        .outerjoin(shares, shares.c.on_date == strength_sessions.c.on_date)
        .where(strength_sessions.c.runner_id == scope.runner_id)
        .group_by(week)
    )


def _pain_by_week(scope: Scope, first_day: int, site: str | None) -> Select[Any]:
    week = week_start(pain_reports.c.on_date, first_day).label("week")
    return select(week, *_worst_pain()).where(*_pain_of(scope, "day", site)).group_by(week)


def _weekly_pain(scope: Scope, site: str | None) -> Select[Any]:
    c = pain_reports.c
    return select(c.on_date, *_worst_pain()).where(*_pain_of(scope, "week", site)).group_by(c.on_date)


def _pain_of(scope: Scope, period: str, site: str | None) -> list[ColumnElement[bool]]:
    c = pain_reports.c
    mine = [c.runner_id == scope.runner_id, c.period == period]
    return mine if site is None else [*mine, or_(c.site == site, _painless_anywhere())]


def _painless_anywhere() -> ColumnElement[bool]:
    """Who states that nothing hurt anywhere states a 0 for every site."""
    c = pain_reports.c
    return and_(c.site == "anywhere", c.worst_running == 0, func.coalesce(c.next_morning, 0) == 0)


def _worst_pain() -> tuple[ColumnElement[Any], ...]:
    """Worst while running on either side, on the left, on the right, and worst next morning."""
    c = pain_reports.c
    on_left, on_right = c.side.in_(("left", "both")), c.side.in_(("right", "both"))
    left, right = case((on_left, c.worst_running)), case((on_right, c.worst_running))
    return func.max(c.worst_running), func.max(left), func.max(right), func.max(c.next_morning)


def _typed_totals(scope: Scope) -> Select[Any]:
    c = weekly_totals.c
    return select(c.iso_week, c.distance_m).where(c.runner_id == scope.runner_id)


def _marks(scope: Scope) -> Select[Any]:
    """1 for each mark that a week has: no running, no training."""
    c = week_marks.c
    marks = (case((c.mark == mark, 1)) for mark in ("no running", "no training"))
    return select(c.iso_week, *marks).where(c.runner_id == scope.runner_id)


def _rows(connection: Connection, query: Select[Any], shift: timedelta = timedelta(0)) -> Rows:
    """What a query answers; `shift` takes its ISO weeks to the runner's."""
    return [(week + shift, *numbers) for week, *numbers in connection.execute(query).all()]


def _every_week(rows: Rows, this_week: date) -> pd.DatetimeIndex:
    if not rows:
        return pd.DatetimeIndex([], dtype=DAY)
    found = [row[0] for row in rows]
    return pd.date_range(min(found), max(*found, this_week), freq="7D", unit="s")


def _placed(rows: Rows, weeks: pd.DatetimeIndex, width: int) -> Numbers:
    """The rows' numbers, one array for each of `width` columns, in the places of their weeks: the highest where a week
    has several, NaN where it has none."""
    placed = np.full((len(weeks), width), np.nan)
    if rows:
        found = np.array([row[0] for row in rows], "datetime64[D]")
        places = (found - weeks[0].to_datetime64()) // np.timedelta64(7, "D")
        np.fmax.at(placed, places, np.array([row[1:] for row in rows], float))
    return placed.T


def _distance(typed: Numbers, summed: Numbers, none: "npt.NDArray[np.bool_]") -> "tuple[Numbers, npt.NDArray[np.str_]]":
    """A typed total beats the summed runs, runs beat the mark 'no running', and the rest is unknown."""
    states = [~np.isnan(typed), ~np.isnan(summed), none]
    names = np.select(states, ["typed", "runs", "stated zero"], "unknown")
    return np.select(states, [typed, summed, 0.0], np.nan), names


def _prescribed(weeks: pd.DatetimeIndex, in_force: Sequence[Row[Any]]) -> "np.ndarray[Any, np.dtype[np.int64]]":
    """Sessions prescribed in each week: the plan's weekdays on which it was in force. A plan that names no weekdays has
    its days a week, times the share of the week that it was in force."""
    first_days = weeks.to_numpy().astype("datetime64[D]")
    week = first_days[:, None] + np.arange(7) * np.timedelta64(1, "D")
    weekday = (week.astype(np.int64) + _EPOCH.weekday()) % 7
    prescribed = np.zeros(len(weeks))
    for plan in in_force:
        is_in_force = week >= np.datetime64(plan.starts_on)
        if plan.ends_on is not None:
            is_in_force &= week <= np.datetime64(plan.ends_on)
        if plan.weekdays is None:
            prescribed += plan.days_per_week * is_in_force.sum(axis=1) / 7
        else:
            prescribed += (is_in_force & np.isin(weekday, plan.weekdays)).sum(axis=1)
    return np.floor(prescribed + 0.5).astype(np.int64)
