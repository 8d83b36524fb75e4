"""The door and the database draw the same lines: every CHECK is found in the schema and tried at both."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

import pytest
from sqlalchemy import CheckConstraint, Connection, Engine, Float, Table, insert

from data.engine import transaction
from data.entries import Door, Entry, Settings, parse
from data.errors import InvalidEntryError, StorageError
from data.schema import KINDS, import_choices, imports, metadata, runners
from data.scope import Scope
from tests.data.examples import EXAMPLES, MONDAY, SETTINGS, TODAY

RANGE = re.compile(r"(\w+) BETWEEN (-?[\d.]+) AND (-?[\d.]+)")
CHOICE = re.compile(r"(\w+) IN \((.*)\)")
# The rules of two columns have no range to read: a breach of each.
OF_TWO_COLUMNS = {
    "ck_plans_ends_after_start": {"ends_on": date(2026, 3, 1)},
    "ck_plan_items_repetitions_or_seconds": {"repetitions": 8, "seconds": 30},
    "ck_plan_items_high_is_the_top": {"repetitions": 8, "high": 7},
    "ck_plan_items_high_of_repetitions": {"repetitions": 8, "high": 201},
    "ck_progress_offers_answer_has_a_day": {"answer": "accepted"},
    "ck_progress_offers_answered_after_offer": {"answer": "declined", "answered_on": date(2026, 3, 1)},
    "ck_injuries_returns_after_onset": {"onset": TODAY, "returned_on": MONDAY},
    "ck_runs_distance_or_duration": {"distance_m": None, "duration_s": None},
}


@dataclass(frozen=True)
class Change:
    """An ordinary row of `table` with some columns changed, and whether it can be kept."""

    table: Table
    columns: Mapping[str, Any]
    fits: bool

    def __str__(self) -> str:
        return f"{self.table.name}-{'-'.join(f'{name}={value}' for name, value in self.columns.items())}"


def checks() -> list[tuple[Table, CheckConstraint]]:
    """Of what a runner enters; `test_sharing` has those of the tables between runners and coaches, and what the store
    itself writes of imports never comes through the door."""
    return [
        (table, check)
        for table in metadata.sorted_tables
        if "coach_id" not in table.c and table not in (imports, import_choices)
        for check in sorted(table.constraints, key=lambda constraint: str(constraint.name))
        if isinstance(check, CheckConstraint)
    ]


def changes(table: Table, check: CheckConstraint) -> list[Change]:
    """The values at the limits, and the first ones beyond them."""
    rule = str(check.sqltext)
    if found := RANGE.fullmatch(rule):
        return _around(table, found[1], float(found[2]), float(found[3]))
    if found := CHOICE.fullmatch(rule):
        allowed = [value.strip("' ") for value in found[2].split(",")]
        typed: list[Any] = [int(value) if value.isdigit() else value for value in allowed]
        wrong = "sideways" if isinstance(typed[0], str) else max(typed) + 1
        return [_one(table, found[1], value, fits=True) for value in typed] + [_one(table, found[1], wrong, fits=False)]
    return [Change(table, OF_TWO_COLUMNS[str(check.name)], fits=False)]


def _around(table: Table, column: str, low: float, high: float) -> list[Change]:
    step = 0.5 if isinstance(table.c[column].type, Float) else 1
    number = float if step < 1 else int
    inside = [_one(table, column, number(value), fits=True) for value in (low, high)]
    return inside + [_one(table, column, number(value), fits=False) for value in (low - step, high + step)]


def _one(table: Table, column: str, value: Any, *, fits: bool) -> Change:
    match table.name, column:
        case "plan_items", "seconds":
            changed = {column: value, "repetitions": None}
        case "plan_items", "high":
            changed = {column: value, "repetitions": None, "seconds": 1}
        case "plans", "weekdays":
            days = tuple(day for day in range(8) if value >> day & 1)
            changed = {column: days, "days_per_week": len(days) or 1}
        case "progress_offers", "answer":
            changed = {column: value, "answered_on": TODAY}
        case _:
            changed = {column: value}
    return Change(table, changed, fits)


ALL_CHANGES = [change for table, check in checks() for change in changes(table, check)]


def test_every_check_is_tried() -> None:
    assert len(checks()) > 30
    assert all(any(not change.fits for change in changes(table, check)) for table, check in checks())


@pytest.mark.parametrize("change", ALL_CHANGES, ids=str)
def test_the_database_keeps_what_is_inside_its_limits_alone(engine: Engine, scope: Scope, change: Change) -> None:
    assert _database_keeps(engine, scope, change) is change.fits


@pytest.mark.parametrize("change", ALL_CHANGES, ids=str)
def test_the_door_lets_in_what_the_database_keeps_and_no_more(change: Change) -> None:
    assert _door_lets_in(change) is change.fits


def _database_keeps(engine: Engine, scope: Scope, change: Change) -> bool:
    try:
        with transaction(engine) as connection:
            _insert(connection, scope, change)
            raise _RolledBackError
    except _RolledBackError:
        return True
    except StorageError as error:
        assert "check constraint" in str(error.__cause__).lower()
        return False


class _RolledBackError(Exception):
    pass


def _insert(connection: Connection, scope: Scope, change: Change) -> None:
    """The changed row, below an ordinary parent where it is a part."""
    if change.table is runners:
        connection.execute(insert(runners).values({**SETTINGS, **change.columns}))
        return
    name, is_part = _kind_of(change.table)
    kind, values = KINDS[name], EXAMPLES[name].entry().model_dump()
    parts = values.pop("parts", ())
    values |= {"runner_id": scope.runner_id} | ({} if is_part else change.columns)
    row_id = connection.execute(insert(kind.table).values(values).returning(kind.table.c.id)).scalar_one()
    if is_part:
        placed = {"position": 0} if name == "plan" else {}
        connection.execute(insert(change.table).values({**parts[0], **placed, kind.parent: row_id, **change.columns}))


def _door_lets_in(change: Change) -> bool:
    try:
        _at_the_door(change)
    except InvalidEntryError:
        return False
    return True


def _at_the_door(change: Change) -> Entry:
    door = Door(TODAY)  # no exercise is one-sided: the database does not know which are
    if change.table is runners:
        return parse(Settings, {**SETTINGS, **change.columns}, door)
    name, is_part = _kind_of(change.table)
    example = EXAMPLES[name]
    if is_part:
        first, *others = example.values["parts"] if name == "plan" else example.values["parts"][:1]
        return parse(example.kind, {**example.values, "parts": [first | change.columns, *others]}, door)
    return parse(example.kind, {**example.values, **change.columns}, door)


def _kind_of(table: Table) -> tuple[str, bool]:
    return next((name, table is kind.parts) for name, kind in KINDS.items() if table in (kind.table, kind.parts))
