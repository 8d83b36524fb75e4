"""One plan at most is in force on any day, whatever the order in which plans are accepted, deleted and brought back."""

from datetime import date

import pytest
from sqlalchemy import Engine

from data import lists
from data.entries import Plan, parse
from data.scope import Scope
from data.store import Receipt, delete, save, undo
from tests.data.examples import DOOR, plan_item

JANUARY, FEBRUARY, MARCH = date(2026, 1, 1), date(2026, 2, 1), date(2026, 3, 1)


def accept(engine: Engine, scope: Scope, starts_on: date, ends_on: date | None = None, days: int = 3) -> Receipt:
    plan = {"starts_on": starts_on, "ends_on": ends_on, "days_per_week": days, "parts": [plan_item()]}
    return save(engine, scope, parse(Plan, plan, DOOR))[0]


def in_force(engine: Engine, scope: Scope) -> list[tuple[str, str]]:
    """(first day, last day) of every plan; 'NaT' while it goes on."""
    plans = lists.plan_list(engine, scope)
    return [(str(plan.starts_on)[:10], str(plan.ends_on)[:10]) for plan in plans.itertuples()]


def test_a_plan_goes_on_until_its_end_or_for_good(engine: Engine, scope: Scope) -> None:
    accept(engine, scope, JANUARY)
    assert in_force(engine, scope) == [("2026-01-01", "NaT")]
    accept(engine, scope, JANUARY, FEBRUARY)
    assert in_force(engine, scope) == [("2026-01-01", "2026-02-01")]


@pytest.mark.parametrize("order", [(JANUARY, FEBRUARY, MARCH), (MARCH, JANUARY, FEBRUARY), (FEBRUARY, MARCH, JANUARY)])
def test_a_new_plan_ends_the_one_before_it(engine: Engine, scope: Scope, order: tuple[date, ...]) -> None:
    for starts_on in order:
        accept(engine, scope, starts_on)
    assert in_force(engine, scope) == [
        ("2026-01-01", "2026-01-31"),
        ("2026-02-01", "2026-02-28"),
        ("2026-03-01", "NaT"),
    ]


def test_a_plan_that_ended_earlier_keeps_its_end(engine: Engine, scope: Scope) -> None:
    accept(engine, scope, JANUARY, date(2026, 1, 10))
    accept(engine, scope, FEBRUARY)
    assert in_force(engine, scope) == [("2026-01-01", "2026-01-10"), ("2026-02-01", "NaT")]


def test_a_deleted_plan_leaves_the_one_before_it_in_force(engine: Engine, scope: Scope) -> None:
    accept(engine, scope, JANUARY)
    receipt = delete(engine, scope, "plan", accept(engine, scope, FEBRUARY).row_id)
    assert in_force(engine, scope) == [("2026-01-01", "NaT")]
    assert receipt.undo_id is not None
    undo(engine, scope, receipt.undo_id)
    assert in_force(engine, scope) == [("2026-01-01", "2026-01-31"), ("2026-02-01", "NaT")]


def test_a_plan_brought_back_does_not_run_beside_a_newer_one(engine: Engine, scope: Scope) -> None:
    receipt = delete(engine, scope, "plan", accept(engine, scope, JANUARY).row_id)
    accept(engine, scope, FEBRUARY)
    assert receipt.undo_id is not None
    undo(engine, scope, receipt.undo_id)
    assert in_force(engine, scope) == [("2026-01-01", "2026-01-31"), ("2026-02-01", "NaT")]


def test_the_items_of_a_day_are_those_of_the_plan_in_force(engine: Engine, scope: Scope, other: Scope) -> None:
    accept(engine, scope, JANUARY, days=2)
    accept(engine, scope, FEBRUARY, date(2026, 2, 20), days=4)
    accept(engine, other, JANUARY, days=7)
    days = [
        list(lists.plan_item_list(engine, scope, day)["days_per_week"])
        for day in (date(2025, 12, 31), JANUARY, date(2026, 1, 31), FEBRUARY, date(2026, 2, 20), date(2026, 2, 21))
    ]
    assert days == [[], [2], [2], [4], [4], []]
