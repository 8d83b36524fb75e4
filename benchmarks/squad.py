"""A coach's board: 200 runners with three years of diary each, by one query a quantity, and the page of it."""

import tempfile
from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Any, Final

import pandas as pd
from sqlalchemy import Column, ColumnElement, Engine, Insert, Select, Table, insert, null, select, text, true

from analysis.anonymous import anonymous
from analysis.board import BOARD_WEEKS, board
from analysis.injury_rates import injury_rates
from analysis.prevalence import prevalence
from analysis.side_by_side import pages, side_by_side
from analysis.squad_changes import squad_changes
from analysis.units import Units
from analysis.weeks import complete_weeks
from benchmarks.diary import ten_years
from benchmarks.pages import BrowserTab
from benchmarks.stores import stores
from benchmarks.timing import Timing, show, timed
from charts.prevalence import prevalence_chart
from charts.side_by_side import side_by_side_chart
from charts.squad_changes import squad_changes_chart
from data import squad_lists, squads
from data.engine import transaction
from data.frames import squad_weekly
from data.plan_schema import plan_items, plans
from data.schema import (
    injuries,
    pain_reports,
    runners,
    runs,
    self_test_sides,
    self_tests,
    strength_sessions,
    strength_sets,
    weekly_totals,
)
from data.scope import EVERYTHING, SquadScope
from data.sharing_schema import consents
from data.spreadsheets import csv_bytes
from data.weeks import MONDAY, week_of
from tests.app_server import AppServer
from ui.squad import RUN_DAYS

RUNNERS: Final = 200
YEARS: Final = 3
YEAR_WEEKS: Final = 52
COLD_TARGET: Final = 1.0  # s; issue 5
WARM_TARGET: Final = 0.3
REPEATS: Final = 6  # the first one does not count
STARTS: Final = 5  # of the app, each with empty caches
LOOKS: Final = {"Home": "", "Log": "log", "Trends": "trends"}
LOOKED_AT: Final = 11  # diaries; the first one does not count
_APART: Final = 1_000_000  # ids of one runner's rows all lie below; the next runner's are so far above
# What is copied: by which day, and to which table rows without a runner of their own belong.
_DAYS: Final = {
    plans: plans.c.starts_on,
    strength_sessions: strength_sessions.c.on_date,
    pain_reports: pain_reports.c.on_date,
    self_tests: self_tests.c.on_date,
    injuries: injuries.c.onset,
    runs: runs.c.local_date,
    weekly_totals: weekly_totals.c.iso_week,
}
_PARTS: Final = {
    plan_items: (plans, "plan_id"),
    strength_sets: (strength_sessions, "session_id"),
    self_test_sides: (self_tests, "self_test_id"),
}


def squad(engine: Engine, runner_id: int, today: date) -> Iterator[Timing]:
    """Timings on a database whose local runner has `benchmarks.diary.ten_years`."""
    where, scope = engine.dialect.name, big_squad(engine, runner_id, today)
    for how, asked in (("", scope), (", by consent", replace(scope, today=today))):
        read = partial(whole_board, engine, asked, today)
        yield timed(f"board of 200 runners, not cached{how}", where, [read] * REPEATS, COLD_TARGET)
    for what, last in (("half a year", BOARD_WEEKS), ("a year", YEAR_WEEKS), ("three years", None)):
        frame = partial(squad_weekly, engine, scope, MONDAY, today, last)
        yield timed(f"weekly frame of 200 runners, {what}", where, [frame] * REPEATS)
    for what, part in _PARTS_OF_PAGE.items():
        yield timed(f"200 runners: {what}", where, [partial(part, engine, scope, today)] * REPEATS)
    yield from _page(engine, where, [member.id for member in squads.members(engine, scope)])


def big_squad(engine: Engine, runner_id: int, today: date) -> SquadScope:
    """The squad of this machine: 200 copies of the last three years of one diary, made in the database, because typed
    one by one they would take an hour. All of them share everything, which where people sign in is asked."""
    scope = SquadScope(squads.coach_of(engine, runner_id))
    since = today - timedelta(days=365 * YEARS)
    with transaction(engine) as connection:
        made = [{"name": f"Runner {number}"} for number in range(1, RUNNERS + 1)]
        ids = list(connection.scalars(insert(runners).returning(runners.c.id), made))
        for table, day in _DAYS.items():
            connection.execute(_copies(table, select(table).where(table.c.runner_id == runner_id, day >= since), ids))
        for table, (parent, key) in _PARTS.items():
            kept = select(parent.c.id).where(parent.c.runner_id == runner_id, _DAYS[parent] >= since)
            connection.execute(_copies(table, select(table).where(table.c[key].in_(kept)), ids, key))
        squads.join(connection, scope, ids)
        given = {"coach_id": scope.coach_id, "given_at": datetime(today.year, today.month, today.day, tzinfo=UTC)}
        rows = [given | {"runner_id": runner, "area": area} for runner in ids for area in sorted(EVERYTHING)]
        connection.execute(insert(consents), rows)
        if engine.dialect.name == "postgresql":
            connection.execute(text("ANALYZE"))  # what autovacuum does by itself, some minutes after so many rows
    return scope


def _copies(table: Table, rows: Select[Any], ids: list[int], parent: str = "") -> Insert:
    """The rows once more for each runner, under ids of their own."""
    found = rows.subquery()
    runner = select(runners.c.id).where(runners.c.id.in_(ids)).subquery()
    columns = [_copied(found.c[column.name], runner.c.id, parent) for column in table.c]
    return insert(table).from_select(
        [column.name for column in table.c], select(*columns).join_from(found, runner, true())
    )


def _copied(column: Column[Any], runner_id: Column[int], parent: str) -> ColumnElement[Any]:
    if column.name == "runner_id":
        return runner_id
    if column.name == "import_id":
        return null()
    return column + runner_id * _APART if column.name in ("id", parent) else column


def whole_board(engine: Engine, scope: SquadScope, today: date) -> object:
    """All that the board of the page reads and computes."""
    names = _names(engine, scope)
    weeks = squad_weekly(engine, scope, MONDAY, today, BOARD_WEEKS)
    pain = squad_lists.squad_pain(engine, scope, MONDAY, week_of(today, MONDAY) - timedelta(weeks=1))
    lately = squad_lists.squad_runs(engine, scope, today - timedelta(days=RUN_DAYS))
    tests, last = squad_lists.latest_tests(engine, scope), squad_lists.last_entries(engine, scope)
    since = week_of(today, MONDAY) - timedelta(weeks=BOARD_WEEKS - 1)
    ostrc = squad_lists.squad_ostrc(engine, scope, MONDAY, since)
    return board(names, weeks, pain, ostrc, lately, tests, last, today, dict.fromkeys(names, EVERYTHING))


def _panels(engine: Engine, scope: SquadScope, today: date) -> object:
    names = _names(engine, scope)
    found = side_by_side(squad_weekly(engine, scope, MONDAY, today, BOARD_WEEKS), names, pages(names)[0])
    return side_by_side_chart(found, Units.KM, "light", today=today).figure.to_json()


def _changes(engine: Engine, scope: SquadScope, today: date) -> object:
    return squad_changes_chart(squad_changes(whole_board(engine, scope, today)), "light").figure.to_json()


def _problems(engine: Engine, scope: SquadScope, today: date) -> object:
    first = week_of(today, MONDAY) - timedelta(weeks=BOARD_WEEKS - 1)
    answers = squad_lists.squad_ostrc(engine, scope, MONDAY, first)
    weeks = pd.date_range(first, periods=BOARD_WEEKS - 1, freq="7D", unit="s")
    return prevalence_chart(prevalence(answers, set(_names(engine, scope)), list(weeks)), "light").figure.to_json()


def _injuries(engine: Engine, scope: SquadScope, today: date) -> object:
    first = week_of(today, MONDAY) - timedelta(weeks=YEAR_WEEKS - 1)
    weeks = complete_weeks(squad_weekly(engine, scope, MONDAY, today, YEAR_WEEKS), today)
    hours = squad_lists.squad_hours(engine, scope, MONDAY, first)
    return injury_rates(weeks, hours, squad_lists.squad_injuries(engine, scope, first), set(_names(engine, scope)))


def _export(engine: Engine, scope: SquadScope, today: date) -> object:
    weeks = complete_weeks(squad_weekly(engine, scope, MONDAY, today, YEAR_WEEKS + 1), today)
    return csv_bytes(anonymous(weeks, {runner: f"R{runner}" for runner in _names(engine, scope)}))


def _names(engine: Engine, scope: SquadScope) -> dict[int, str]:
    return {member.id: member.name for member in squads.members(engine, scope)}


# What a tab or a button of the page reads, computes and draws, once it is asked for and nothing is cached.
_PARTS_OF_PAGE: Final = {
    "side by side, a page of panels": _panels,
    "changes": _changes,
    "problems by week": _problems,
    "injuries by the hour, a year": _injuries,
    "export of a year": _export,
}


def _page(engine: Engine, where: str, members: Sequence[int]) -> Iterator[Timing]:
    """The page's script, first with empty caches and then again; drawing and serialising 200 rows count. And what a
    look at a diary that nobody has opened yet costs, beside the next one."""
    environment = {"PLUMBLINE_DATABASE_URL": engine.url.render_as_string(hide_password=False)}
    first: list[float] = []
    for start in range(STARTS):
        with tempfile.TemporaryDirectory() as home, AppServer(Path(home), environment) as server:
            with BrowserTab(server.url) as tab:
                # Home first: what a process loads once is not the board's.
                look = partial(tab.show, "squad", "")
                first += timed("", where, [partial(tab.show, "", ""), look]).seconds
                again = timed("Squad of 200, again", where, [look] * REPEATS, WARM_TARGET)
            if start == STARTS - 1:
                yield Timing("Squad of 200, first view", where, tuple(first), COLD_TARGET)
                yield again
                yield from _looks(server, where, members)


def _looks(server: AppServer, where: str, members: Sequence[int]) -> Iterator[Timing]:
    """Each diary in a tab of its own; the first one is what a process loads once."""
    for name, page in LOOKS.items():
        with ExitStack() as stack:
            tabs = [stack.enter_context(BrowserTab(server.url)) for _ in range(LOOKED_AT)]
            looks = [partial(tab.show, page, f"runner={member}") for tab, member in zip(tabs, members, strict=False)]
            yield timed(f"{name} of a diary, first look", where, looks)
            yield timed(f"{name} of a diary, next look", where, looks)


def main() -> None:
    today = date.today()
    for engine in stores():
        show(squad(engine, ten_years(engine, today), today))


if __name__ == "__main__":
    main()
