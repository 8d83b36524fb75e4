"""SQL to DataFrames with documented columns and dtypes, empty or not. The database does the weekly aggregation.

Unknown is NaN/NaT/None throughout; a stated zero is 0. Dates are naive local days as datetime64.
"""

from collections.abc import Sequence
from datetime import date
from typing import Any

import numpy as np
import pandas as pd
from sqlalchemy import Connection, Engine, Row, Select, case, func, select

from data.adherence import SESSION_COUNTS_AT, plans_in_force, session_shares
from data.dtypes import COUNT, DAY, NUMBER, TEXT
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


def weekly(engine: Engine, scope: Scope, first_day: int, today: date) -> pd.DataFrame:
    """One row for every week from the first entry's, or the first plan's, to the one that holds `today`; unknown weeks
    are rows too.

    Columns: week (first day); distance_m, NaN unknown, 0 stated; distance_from 'typed' | 'runs' | 'stated zero' |
    'unknown' (a typed total replaces the summed runs; runs without any distance leave it unknown); runs_m, runs,
    longest_run_m, duration_s; sessions; sessions_done (75 % of the prescribed sets; NaN when nothing was logged or
    marked); sessions_prescribed (first and last week of a plan pro rata); pain, pain_left, pain_right, pain_morning:
    the week's worst 0-10.
    """
    with reading(engine) as connection:
        running = _by_week(connection, _runs_by_week(scope, first_day))
        training = _by_week(connection, _sessions_by_week(scope, first_day))
        pain = _pain_by_week(connection, scope, first_day)
        totals = _stated(connection, _totals(scope), first_day)
        no_running = _stated(connection, _marks(scope, "no running"), first_day)
        no_training = _stated(connection, _marks(scope, "no training"), first_day)
        in_force = connection.execute(select(plans_in_force(scope))).all()
    weeks = [running.index, training.index, pain.index, totals.index, no_running.index, no_training.index]
    index = _every_week([*weeks, _begun(in_force, first_day, today)], first_day, today)
    frame = pd.DataFrame(index=index)
    frame[["runs_m", "runs", "longest_run_m", "duration_s"]] = running.reindex(index)
    _fill_distance(frame, totals.reindex(index)["value"], no_running.reindex(index)["value"])
    frame[["sessions", "sessions_done"]] = training.reindex(index)
    frame.loc[frame["sessions"].isna() & no_training.reindex(index)["value"].notna(), "sessions_done"] = 0.0
    frame["sessions_prescribed"] = _prescribed(index, in_force)
    frame[list(pain.columns)] = pain.reindex(index)
    counts = {column: frame[column].fillna(0).astype(COUNT) for column in ("runs", "sessions")}
    return frame.assign(**counts).rename_axis("week").reset_index()[list(WEEKLY_COLUMNS)]


WEEKLY_COLUMNS = {
    "week": DAY,
    "distance_m": NUMBER,
    "distance_from": TEXT,
    "runs_m": NUMBER,
    "runs": COUNT,
    "longest_run_m": NUMBER,
    "duration_s": NUMBER,
    "sessions": COUNT,
    "sessions_done": NUMBER,
    "sessions_prescribed": COUNT,
    "pain": NUMBER,
    "pain_left": NUMBER,
    "pain_right": NUMBER,
    "pain_morning": NUMBER,
}


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


def _sessions_by_week(scope: Scope, first_day: int) -> Select[Any]:
    week = week_start(strength_sessions.c.on_date, first_day).label("week")
    shares = session_shares(scope)
    return (
        select(week, func.count(), func.sum(case((shares.c.share >= SESSION_COUNTS_AT, 1.0), else_=0.0)))
        .select_from(strength_sessions)
        .outerjoin(shares, shares.c.session_id == strength_sessions.c.id)
        .where(strength_sessions.c.runner_id == scope.runner_id)
        .group_by(week)
    )


def _by_week(connection: Connection, query: Select[Any]) -> pd.DataFrame:
    """The aggregates of a query whose first column is the week, indexed by it."""
    rows = connection.execute(query)
    frame = pd.DataFrame(rows.all(), columns=list(rows.keys()))
    return frame.set_index(_index(frame.pop("week"))).astype(NUMBER)


def _index(weeks: "pd.Series[Any]") -> pd.DatetimeIndex:
    return pd.DatetimeIndex(pd.to_datetime(weeks).astype(DAY))


def _pain_by_week(connection: Connection, scope: Scope, first_day: int) -> pd.DataFrame:
    """The week's worst pain, by side: day reports by the database, weekly ones moved to the runner's week."""
    c = pain_reports.c
    day_week = case((c.period == "week", c.on_date), else_=week_start(c.on_date, first_day))
    week = day_week.label("week")
    on_left, on_right = c.side.in_(("left", "both")), c.side.in_(("right", "both"))
    query = (
        select(c.period, week)
        .add_columns(func.max(c.worst_running).label("pain"))
        .add_columns(func.max(case((on_left, c.worst_running))).label("pain_left"))
        .add_columns(func.max(case((on_right, c.worst_running))).label("pain_right"))
        .add_columns(func.max(c.next_morning).label("pain_morning"))
        .where(c.runner_id == scope.runner_id)
        .group_by(c.period, week)
    )
    rows = connection.execute(query)
    frame = pd.DataFrame(rows.all(), columns=list(rows.keys()))
    by_iso_week = frame.pop("period") == "week"
    weeks = pd.to_datetime(frame.pop("week")).where(~by_iso_week, lambda monday: _to_runner_weeks(monday, first_day))
    return frame.astype(NUMBER).groupby(_index(weeks)).max()


def _to_runner_weeks(mondays: "pd.Series[Any]", first_day: int) -> "pd.Series[Any]":
    return mondays.map(lambda monday: pd.Timestamp(runner_week(monday.date(), first_day)))


def _totals(scope: Scope) -> Select[Any]:
    c = weekly_totals.c
    return select(c.iso_week.label("week"), c.distance_m.label("value")).where(c.runner_id == scope.runner_id)


def _marks(scope: Scope, mark: str) -> Select[Any]:
    c = week_marks.c
    mine = (c.runner_id == scope.runner_id, c.mark == mark)
    return select(c.iso_week.label("week"), c.id.label("value")).where(*mine)


def _stated(connection: Connection, query: Select[Any], first_day: int) -> pd.DataFrame:
    """Weekly rows with their ISO weeks turned into the runner's weeks: one column, value."""
    frame = _by_week(connection, query)
    moved = [pd.Timestamp(runner_week(monday.date(), first_day)) for monday in frame.index]
    return frame.set_index(pd.DatetimeIndex(moved, dtype=DAY))


def _begun(in_force: Sequence[Row[Any]], first_day: int, today: date) -> "pd.Index[Any]":
    """The weeks in which the plans began, but for plans that begin later than today."""
    return pd.DatetimeIndex([week_of(plan.starts_on, first_day) for plan in in_force if plan.starts_on <= today])


def _every_week(weeks: "Sequence[pd.Index[Any]]", first_day: int, today: date) -> pd.DatetimeIndex:
    last = pd.Timestamp(week_of(today, first_day))
    starts = [index.min() for index in weeks if len(index)]
    if not starts:
        return pd.DatetimeIndex([], dtype=DAY)
    ends = [index.max() for index in weeks if len(index)]
    return pd.date_range(min(starts), max([*ends, last]), freq="7D", unit="s")


def _fill_distance(frame: pd.DataFrame, typed: "pd.Series[Any]", no_running: "pd.Series[Any]") -> None:
    """A typed total beats the summed runs, runs beat the mark 'no running', and the rest is unknown."""
    summed = frame["runs_m"].notna()
    said_none = no_running.notna() & frame["runs"].isna()
    frame["distance_m"] = np.select([typed.notna(), summed, said_none], [typed, frame["runs_m"], 0.0], np.nan)
    names = ["typed", "runs", "stated zero"]
    frame["distance_from"] = pd.Series(
        np.select([typed.notna(), summed, said_none], names, "unknown"), index=frame.index, dtype=TEXT
    )


def _prescribed(weeks: pd.DatetimeIndex, in_force: Sequence[Row[Any]]) -> "np.ndarray[Any, np.dtype[np.int64]]":
    """Sessions prescribed in each week: days a week, times the share of the week that each plan was in force."""
    first_days = weeks.to_numpy().astype("datetime64[D]")
    prescribed = np.zeros(len(weeks))
    for plan in in_force:
        first = np.maximum(first_days, np.datetime64(plan.starts_on))
        last = first_days + np.timedelta64(6, "D")
        if plan.ends_on is not None:
            last = np.minimum(last, np.datetime64(plan.ends_on))
        days = np.clip((last - first).astype(np.int64) + 1, 0, 7)
        prescribed += plan.days_per_week * days / 7
    return np.floor(prescribed + 0.5).astype(np.int64)
