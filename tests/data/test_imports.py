"""An import from its beginning to its undo: told, finished as a whole, taken back with what gave way to it."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import Engine

from data import imports
from data.entries import Session, parse
from data.errors import InvalidEntryError, NotAllowedError, NotFoundError
from data.imports import Line, Progress
from data.known import known
from data.lists import import_list
from data.runners import add_runner, runner
from data.scope import Scope
from data.store import save, undo
from tests.data.examples import DOOR, MONDAY, imported, run, stored, strength_set

AT = datetime(2026, 3, 4, 9, tzinfo=UTC)
REPORT = [Line("a.fit", "session 1", "added", "2026-03-02, 5.00 km"), Line("b.fit", "", "failed", "b.fit is empty.")]


def workout(source_id: str, **values: Any) -> Session:
    return parse(Session, {"on_date": MONDAY, "source_id": source_id, "parts": [strength_set()], **values}, DOOR)


def test_while_it_is_read_it_says_how_far_it_is_and_the_diary_is_as_it_was(engine: Engine, scope: Scope) -> None:
    import_id = imports.begin(engine, scope, "a.fit", AT)
    before = runner(engine, scope).revision
    progress = Progress("a.fit", 1, 2, 10, 20, 0.5)
    imports.tell(engine, scope, import_id, progress, AT + timedelta(seconds=1))
    found = imports.stored(engine, scope, import_id, AT + timedelta(seconds=2))
    assert (found.state, found.progress, found.report, found.is_silent) == ("reading", progress, (), False)
    late = AT + timedelta(seconds=2) + imports.SILENT_AFTER
    assert imports.stored(engine, scope, import_id, late).is_silent
    imports.live(engine, scope, import_id, late)
    assert not imports.stored(engine, scope, import_id, late).is_silent
    assert runner(engine, scope).revision == before
    assert stored(engine, scope, "run") == []


def test_at_its_end_everything_is_there_with_the_report(engine: Engine, scope: Scope) -> None:
    import_id = imports.begin(engine, scope, "a.fit", AT)
    receipt = imports.finish(engine, scope, import_id, [imported(1), workout("hevy 1")], REPORT)
    assert (receipt.added, receipt.already) == (2, 0)
    found = imports.stored(engine, scope, import_id, AT)
    assert (found.state, found.progress, found.report) == ("done", None, tuple(REPORT))
    (row,) = import_list(engine, scope).to_dict("records")
    assert (row["state"], row["runs"], row["sessions"], row["pain"], row["totals"]) == ("done", 1, 1, 0, 0)


def test_one_that_failed_has_added_nothing_and_says_why(engine: Engine, scope: Scope) -> None:
    import_id = imports.begin(engine, scope, "a.fit", AT)
    imports.fail(engine, scope, import_id, REPORT[1:])
    found = imports.stored(engine, scope, import_id, AT)
    assert (found.state, found.report, found.is_silent) == ("failed", tuple(REPORT[1:]), False)


def test_what_gave_way_comes_back_with_the_undo_and_goes_again_with_its_undo(engine: Engine, scope: Scope) -> None:
    save(engine, scope, run(MONDAY, 5_000.0))
    (before,) = stored(engine, scope, "run")
    import_id = imports.begin(engine, scope, "a.fit", AT)
    there = [int(row_id) for row_id in known(engine, scope).runs["id"]]
    imports.finish(engine, scope, import_id, [imported(1, 5_050.0)], replaced=there)
    assert [row["source"] for row in stored(engine, scope, "run")] == ["strava"]
    undo_id = imports.undo_import(engine, scope, import_id).undo_id
    assert stored(engine, scope, "run") == [before]
    assert undo_id is not None
    undo(engine, scope, undo_id)
    assert [row["source"] for row in stored(engine, scope, "run")] == ["strava"]
    imports.undo_import(engine, scope, import_id)
    assert stored(engine, scope, "run") == [before]


def test_sessions_stand_behind_those_of_their_day_and_are_added_once(engine: Engine, scope: Scope) -> None:
    save(engine, scope, parse(Session, {"on_date": MONDAY, "parts": [strength_set()]}, DOOR))
    first = imports.add(engine, scope, [workout("hevy 1"), workout("hevy 2")], "hevy.csv", AT)
    again = imports.add(engine, scope, [workout("hevy 1"), workout("hevy 2")], "hevy.csv", AT)
    assert (first.added, again.added, again.already) == (2, 0, 2)
    sessions = {row["ordinal"]: row["source_id"] for row in stored(engine, scope, "session")}
    assert sessions == {1: None, 2: "hevy 1", 3: "hevy 2"}
    with pytest.raises(InvalidEntryError, match="2 March 2026 has more than 9 sessions"):
        imports.add(engine, scope, [workout(f"strong {at}") for at in range(7)], "strong.csv", AT)
    assert len(stored(engine, scope, "session")) == 3


def test_an_imported_session_that_was_changed_by_hand_is_not_added_again(engine: Engine, scope: Scope) -> None:
    imports.add(engine, scope, [workout("hevy 1")], "hevy.csv", AT)
    save(engine, scope, parse(Session, {"on_date": MONDAY, "next_morning_pain": 2, "parts": [strength_set()]}, DOOR))
    assert imports.add(engine, scope, [workout("hevy 1")], "hevy.csv", AT).added == 0
    assert known(engine, scope).workouts == {"hevy 1"}


def test_another_runners_import_is_none_of_ours(engine: Engine, scope: Scope) -> None:
    other = Scope(add_runner(engine, "Other", simulated=False).id)
    import_id = imports.begin(engine, other, "a.fit", AT)
    for call in (
        lambda: imports.stored(engine, scope, import_id, AT),
        lambda: imports.tell(engine, scope, import_id, Progress("", 0, 1, 0, 1, 0.0), AT),
        lambda: imports.finish(engine, scope, import_id, [imported(1)]),
        lambda: imports.undo_import(engine, scope, import_id),
    ):
        with pytest.raises(NotFoundError):
            call()
    assert stored(engine, scope, "run") == []


def test_sessions_in_an_import_ask_for_the_right_to_training(engine: Engine, scope: Scope) -> None:
    runs_only = Scope(scope.runner_id, writes=frozenset({"running"}), is_own=False)
    import_id = imports.begin(engine, runs_only, "a.fit", AT)
    with pytest.raises(NotAllowedError):
        imports.finish(engine, runs_only, import_id, [workout("hevy 1")])
    assert imports.finish(engine, runs_only, import_id, [imported(1)]).added == 1


def test_a_choice_is_kept_and_replaced(engine: Engine, scope: Scope) -> None:
    imports.choose(engine, scope, "exercise", {"Clamshell": ["clam", "each"], "Bench press": [None, "both"]})
    imports.choose(engine, scope, "exercise", {"Clamshell": ["clam", "left"]})
    imports.choose(engine, scope, "walks", {"": True})
    assert imports.choices(engine, scope) == {
        ("exercise", "Clamshell"): ["clam", "left"],
        ("exercise", "Bench press"): [None, "both"],
        ("walks", ""): True,
    }
