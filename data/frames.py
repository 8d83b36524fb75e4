"""SQL to DataFrames with documented columns and dtypes, empty or not. The database does the weekly aggregation.

Unknown is NaN/NaT/None throughout; a stated zero is 0. Dates are naive local days as datetime64.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd
from sqlalchemy import ColumnElement, Connection, Engine, Row, Select, and_, case, func, or_, select

from data.adherence import DAY_COUNTS_AT, day_shares, plans_with
from data.dtypes import COUNT, DAY, TEXT
from data.engine import reading
from data.schema import pain_reports, runs, squad_members, strength_sessions, week_marks, weekly_totals
from data.scope import Scope, SquadScope, marks_held
from data.sql import week_start
from data.weeks import A_MONDAY, runner_week, week_of

Rows = list[tuple[Any, ...]]  # a runner, a week's first day, then numbers or None
Numbers = npt.NDArray[np.float64]
Whose = Scope | SquadScope
_EPOCH = date(1970, 1, 1)  # day 0 of a datetime64


@dataclass(frozen=True)
class _Asked:
    """Whose weeks are asked for, and of what: `since` a week's first day, or all; see `weekly`."""

    whose: Whose
    first_day: int
    site: str | None = None
    exercise: str | None = None
    since: date | None = None

    @property
    def shift(self) -> timedelta:
        """From an ISO week's Monday to the first day of the runner's week."""
        return runner_week(A_MONDAY, self.first_day) - A_MONDAY

    def on_days(self, held: ColumnElement[bool], day: ColumnElement[date]) -> list[ColumnElement[bool]]:
        """Which rows of a table keyed by day are asked for, of those that are `held` by the scope."""
        return [held, *([] if self.since is None else [day >= self.since])]

    def in_weeks(self, held: ColumnElement[bool], monday: ColumnElement[date]) -> list[ColumnElement[bool]]:
        """The same for a table keyed by ISO week."""
        return [held, *([] if self.since is None else [monday >= self.since - self.shift])]


@dataclass(frozen=True)
class _Found:
    """What the database answered, quantity by quantity."""

    running: Rows
    training: Rows
    pain: Rows
    typed: Rows
    marks: Rows
    plans: Sequence[Row[Any]]

    def weeks(self, first_day: int, today: date) -> list[date]:
        """The first day of every week that has an entry, or in which a plan began."""
        rows = (*self.running, *self.training, *self.pain, *self.typed, *self.marks)
        begun = [week_of(plan.starts_on, first_day) for plan in self.plans if plan.starts_on <= today]
        return [*(row[1] for row in rows), *begun]


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
    with reading(engine) as connection:
        found = _read(connection, _Asked(scope, first_day, site, exercise))
    weeks = _every_week(found.weeks(first_day, today), week_of(today, first_day))
    return _frame(found, [scope.runner_id], weeks).drop(columns="runner")


def squad_weekly(
    engine: Engine, scope: SquadScope, first_day: int, today: date, last: int | None = None
) -> pd.DataFrame:
    """The weekly frames of all members of a squad under one another, by one query a quantity: column runner (id), then
    those of `weekly`.

    Every member has the same weeks, reckoned from `first_day`: the `last` so many up to the one that holds `today`, or
    all since anyone's first entry. Weeks before a runner's first entry are unknown like any other.
    """
    this_week = week_of(today, first_day)
    since = None if last is None else this_week - timedelta(weeks=last - 1)
    with reading(engine) as connection:
        members = select(squad_members.c.runner_id).where(scope.members(squad_members.c.runner_id)).distinct()
        runner_ids = sorted(connection.scalars(members))
        found = _read(connection, _Asked(scope, first_day, since=since))
    first = since or min(*found.weeks(first_day, today), this_week, this_week)
    weeks = pd.date_range(first, this_week, freq="7D", unit="s")
    return _frame(found, runner_ids, weeks)


def _read(connection: Connection, asked: _Asked) -> _Found:
    return _Found(
        running=_rows(connection, _runs_by_week(asked)),
        training=_rows(connection, _sessions_by_week(asked)),
        pain=_rows(connection, _pain_by_week(asked)) + _rows(connection, _weekly_pain(asked), asked.shift),
        typed=_rows(connection, _typed_totals(asked), asked.shift),
        marks=_rows(connection, _marks(asked), asked.shift),
        plans=connection.execute(plans_with(asked.whose, asked.exercise)).all(),
    )


def _frame(found: _Found, runner_ids: Sequence[int], weeks: pd.DatetimeIndex) -> pd.DataFrame:
    """A row for each runner and week, runner by runner; the ids are sorted."""
    grid = _Grid(np.array(runner_ids, np.int64), weeks)
    runs_m, count, longest, duration = grid.placed(found.running, 4)
    sessions, done = grid.placed(found.training, 2)
    no_running, no_training = grid.placed(found.marks, 2)
    distance, distance_from = _distance(grid.placed(found.typed, 1)[0], runs_m, np.isnan(count) & (no_running == 1))
    columns = {
        "runner": np.repeat(grid.runner_ids, len(weeks)),
        "week": pd.DatetimeIndex(np.tile(weeks.to_numpy(), len(runner_ids)), dtype=DAY),
        "distance_m": distance,
        "distance_from": pd.Series(distance_from, dtype=TEXT),
        "runs_m": runs_m,
        "runs": np.nan_to_num(count).astype(COUNT),
        "longest_run_m": longest,
        "duration_s": duration,
        "sessions": np.nan_to_num(sessions).astype(COUNT),
        "sessions_done": np.where(np.isnan(sessions) & (no_training == 1), 0.0, done),
        "sessions_prescribed": grid.prescribed(found.plans),
    }
    columns |= dict(zip(("pain", "pain_left", "pain_right", "pain_morning"), grid.placed(found.pain, 4), strict=True))
    return pd.DataFrame(columns)


def _runs_by_week(asked: _Asked) -> Select[Any]:
    c = runs.c
    week = week_start(c.local_date, asked.first_day).label("week")
    numbers = (func.sum(c.distance_m), func.count(), func.max(c.distance_m), func.sum(c.duration_s))
    return (
        select(c.runner_id, week, *numbers)
        .where(*asked.on_days(asked.whose.holds(c.runner_id, "running"), c.local_date))
        .group_by(c.runner_id, week)
    )


def _sessions_by_week(asked: _Asked) -> Select[Any]:
    c = strength_sessions.c
    week = week_start(c.on_date, asked.first_day).label("week")
    shares = day_shares(asked.whose, asked.exercise, asked.since)
    done = case((shares.c.share >= DAY_COUNTS_AT, shares.c.on_date))
    return (
        select(c.runner_id, week, func.count(), func.count(done.distinct()))
        .select_from(strength_sessions)
        .outerjoin(shares, and_(shares.c.runner_id == c.runner_id, shares.c.on_date == c.on_date))
        .where(*asked.on_days(asked.whose.holds(c.runner_id, "training"), c.on_date))
        .group_by(c.runner_id, week)
    )


def _pain_by_week(asked: _Asked) -> Select[Any]:
    c = pain_reports.c
    week = week_start(c.on_date, asked.first_day).label("week")
    mine = asked.on_days(asked.whose.holds(c.runner_id, "pain"), c.on_date)
    return (
        select(c.runner_id, week, *_worst_pain()).where(*mine, *_pain_of("day", asked.site)).group_by(c.runner_id, week)
    )


def _weekly_pain(asked: _Asked) -> Select[Any]:
    c = pain_reports.c
    mine = asked.in_weeks(asked.whose.holds(c.runner_id, "pain"), c.on_date)
    return (
        select(c.runner_id, c.on_date, *_worst_pain())
        .where(*mine, *_pain_of("week", asked.site))
        .group_by(c.runner_id, c.on_date)
    )


def _pain_of(period: str, site: str | None) -> list[ColumnElement[bool]]:
    c = pain_reports.c
    return [c.period == period, *([] if site is None else [or_(c.site == site, _painless_anywhere())])]


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


def _typed_totals(asked: _Asked) -> Select[Any]:
    c = weekly_totals.c
    held = asked.whose.holds(c.runner_id, "running")
    return select(c.runner_id, c.iso_week, c.distance_m).where(*asked.in_weeks(held, c.iso_week))


def _marks(asked: _Asked) -> Select[Any]:
    """1 for each mark that a week has: no running, no training."""
    c = week_marks.c
    marks = (case((c.mark == mark, 1)) for mark in ("no running", "no training"))
    return select(c.runner_id, c.iso_week, *marks).where(*asked.in_weeks(marks_held(asked.whose), c.iso_week))


def _rows(connection: Connection, query: Select[Any], shift: timedelta = timedelta(0)) -> Rows:
    """What a query answers; `shift` takes its ISO weeks to the runner's."""
    return [(runner, week + shift, *numbers) for runner, week, *numbers in connection.execute(query).all()]


def _every_week(found: Sequence[date], this_week: date) -> pd.DatetimeIndex:
    if not found:
        return pd.DatetimeIndex([], dtype=DAY)
    return pd.date_range(min(found), max(*found, this_week), freq="7D", unit="s")


@dataclass(frozen=True)
class _Grid:
    """A place for each runner and week, runner by runner; the ids are sorted."""

    runner_ids: npt.NDArray[np.int64]
    weeks: pd.DatetimeIndex

    def placed(self, rows: Rows, width: int) -> Numbers:
        """The rows' numbers, one array for each of `width` columns, in the places of their weeks: the highest where a
        week has several, NaN where it has none. What has no place, after the last week, is left out."""
        placed = np.full((len(self.runner_ids) * len(self.weeks), width), np.nan)
        if rows:
            runner, is_here = self._runners([row[0] for row in rows])
            found = np.array([row[1] for row in rows], "datetime64[D]")
            week = (found - self.weeks[0].to_datetime64()) // np.timedelta64(7, "D")
            is_here &= week < len(self.weeks)
            numbers = np.array([row[2:] for row in rows], float)
            np.fmax.at(placed, (runner * len(self.weeks) + week)[is_here], numbers[is_here])
        return placed.T

    def prescribed(self, in_force: Sequence[Row[Any]]) -> npt.NDArray[np.int64]:
        """Sessions prescribed in each week: the plan's weekdays on which it was in force. A plan that names no weekdays
        has its days a week, times the share of the week that it was in force."""
        week = self.weeks.to_numpy().astype("datetime64[D]")[:, None] + np.arange(7) * np.timedelta64(1, "D")
        weekday = (week.astype(np.int64) + _EPOCH.weekday()) % 7
        prescribed = np.zeros((len(self.runner_ids), len(self.weeks)))
        for plan, runner, is_here in zip(in_force, *self._runners([plan.runner_id for plan in in_force]), strict=True):
            is_in_force = (week >= np.datetime64(plan.starts_on)) & is_here
            if plan.ends_on is not None:
                is_in_force &= week <= np.datetime64(plan.ends_on)
            if plan.weekdays is None:
                prescribed[runner] += plan.days_per_week * is_in_force.sum(axis=1) / 7
            else:
                prescribed[runner] += (is_in_force & np.isin(weekday, plan.weekdays)).sum(axis=1)
        return np.floor(prescribed + 0.5).astype(np.int64).ravel()

    def _runners(self, ids: list[int]) -> tuple[npt.NDArray[np.intp], npt.NDArray[np.bool_]]:
        """The place of each id among the runners, and whether it has one: who joins while the queries run has none."""
        found = np.array(ids, np.int64)
        places = np.searchsorted(self.runner_ids, found).clip(max=max(len(self.runner_ids) - 1, 0))
        is_here = self.runner_ids[places] == found if len(self.runner_ids) else np.zeros(len(found), bool)
        return places, is_here


def _distance(typed: Numbers, summed: Numbers, none: "npt.NDArray[np.bool_]") -> "tuple[Numbers, npt.NDArray[np.str_]]":
    """A typed total beats the summed runs, runs beat the mark 'no running', and the rest is unknown."""
    states = [~np.isnan(typed), ~np.isnan(summed), none]
    names = np.select(states, ["typed", "runs", "stated zero"], "unknown")
    return np.select(states, [typed, summed, 0.0], np.nan), names
