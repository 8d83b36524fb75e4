"""Saving, deleting and taking back, for every kind of entry; nobody else's diary is seen or touched."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime, timedelta
from threading import Barrier
from typing import Any

import pytest
from sqlalchemy import Engine

from data.engine import make_engine
from data.entries import Entry, Session, WeeklyTotal, WeekMark, parse
from data.errors import InvalidEntryError, NotAllowedError, NotFoundError
from data.imports import ImportReceipt, undo_import
from data.imports import add as add_runs
from data.lists import run_list
from data.runners import runner, save_settings
from data.schema import KINDS
from data.scope import Scope
from data.store import Receipt, delete, save, undo
from tests.data.examples import (
    DOOR,
    EXAMPLES,
    MONDAY,
    TODAY,
    imported,
    run,
    settings,
    stored,
    strength_set,
)

AT = datetime(2026, 3, 4, 9, tzinfo=UTC)
BEFORE_MONDAY = MONDAY - timedelta(days=1)

every_kind = pytest.mark.parametrize("kind", KINDS)
every_kind_that_changes = pytest.mark.parametrize("kind", [name for name in KINDS if name != "week mark"])


def known_runs(engine: Engine, scope: Scope) -> set[tuple[str, str]]:
    stored = run_list(engine, scope)
    return set(zip(stored["source"], stored["source_id"], strict=True))


def total(metres: float, week: date = MONDAY) -> WeeklyTotal:
    return parse(WeeklyTotal, {"iso_week": week, "distance_m": metres}, DOOR)


def mark(what: str, week: date = MONDAY) -> WeekMark:
    return parse(WeekMark, {"iso_week": week, "mark": what}, DOOR)


def session(day: date = MONDAY, **more: Any) -> Session:
    return parse(Session, {"on_date": day, "parts": [strength_set()]} | more, DOOR)


def distances(engine: Engine, scope: Scope) -> list[float]:
    return sorted(row["distance_m"] for row in stored(engine, scope, "run"))


@every_kind
def test_the_same_form_twice_is_one_entry(engine: Engine, scope: Scope, kind: str) -> None:
    entry = EXAMPLES[kind].entry()
    save(engine, scope, entry)
    once = stored(engine, scope, kind)
    save(engine, scope, entry)
    assert len(once) == 1
    assert stored(engine, scope, kind) == once


@every_kind
def test_the_same_entry_twice_in_one_form_is_one_entry(engine: Engine, scope: Scope, kind: str) -> None:
    example = EXAMPLES[kind]
    first, second = save(engine, scope, example.entry(), example.changed())
    assert first == second
    assert [stored(engine, scope, kind)] == [_as_saved_alone(engine, scope, example.changed())]


def _as_saved_alone(engine: Engine, scope: Scope, entry: Entry) -> list[dict[str, Any]]:
    save(engine, scope, entry)
    return stored(engine, scope, entry.kind)


@every_kind
def test_an_entry_is_stored_as_it_was_entered(engine: Engine, scope: Scope, kind: str) -> None:
    entry = EXAMPLES[kind].entry()
    save(engine, scope, entry)
    expected = entry.model_dump(mode="json")
    parts = expected.pop("parts", [])
    (row,) = stored(engine, scope, kind)
    as_text = {name: _instant(value) for name, value in row.items()}
    assert as_text | {name: _instant(value) for name, value in expected.items()} == as_text
    assert [part | given for part, given in zip(row["parts"], parts, strict=True)] == row["parts"]


def _instant(value: object) -> object:
    return value.replace("Z", "+00:00") if isinstance(value, str) else value


@every_kind_that_changes
def test_a_changed_entry_replaces_the_old_one_and_both_can_come_back(engine: Engine, scope: Scope, kind: str) -> None:
    example = EXAMPLES[kind]
    (first,) = save(engine, scope, example.entry())
    old = stored(engine, scope, kind)
    (second,) = save(engine, scope, example.changed())
    new = stored(engine, scope, kind)
    assert first.undo_id is None
    assert len(new) == 1
    assert new != old

    redo_id = undo(engine, scope, _id(second.undo_id))
    assert stored(engine, scope, kind) == old
    undo_id = undo(engine, scope, _id(redo_id))
    assert stored(engine, scope, kind) == new
    undo(engine, scope, _id(undo_id))
    assert stored(engine, scope, kind) == old


def _id(undo_id: int | None) -> int:
    assert undo_id is not None
    return undo_id


@every_kind
def test_what_was_deleted_can_come_back_once(engine: Engine, scope: Scope, kind: str) -> None:
    (saved,) = save(engine, scope, EXAMPLES[kind].entry())
    before = stored(engine, scope, kind)
    receipt = delete(engine, scope, kind, saved.row_id)
    assert stored(engine, scope, kind) == []

    undo(engine, scope, _id(receipt.undo_id))
    assert stored(engine, scope, kind) == before
    with pytest.raises(NotFoundError, match="nothing to bring back"):
        undo(engine, scope, _id(receipt.undo_id))


@every_kind
def test_what_comes_back_takes_the_place_of_what_was_entered_since(engine: Engine, scope: Scope, kind: str) -> None:
    example = EXAMPLES[kind]
    (saved,) = save(engine, scope, example.entry())
    before = stored(engine, scope, kind)
    receipt = delete(engine, scope, kind, saved.row_id)
    save(engine, scope, example.changed())
    since = stored(engine, scope, kind)

    redo_id = undo(engine, scope, _id(receipt.undo_id))
    assert stored(engine, scope, kind) == before
    undo(engine, scope, _id(redo_id))
    assert stored(engine, scope, kind) == since


def test_deleting_twice_says_that_it_is_gone(engine: Engine, scope: Scope) -> None:
    (saved,) = save(engine, scope, run())
    delete(engine, scope, "run", saved.row_id)
    with pytest.raises(NotFoundError, match="not in your diary any more"):
        delete(engine, scope, "run", saved.row_id)


def test_a_form_that_changes_several_entries_is_taken_back_as_one(engine: Engine, scope: Scope) -> None:
    save(engine, scope, total(20_000.0), session())
    (marked,) = save(engine, scope, mark("no running", date(2026, 2, 2)))
    before = [stored(engine, scope, kind) for kind in KINDS]

    form = (total(30_000.0), session(next_morning_pain=2), run())
    receipts = save(engine, scope, *form, remove=[("week mark", marked.row_id)])
    assert len(receipts) == 4
    assert stored(engine, scope, "week mark") == []

    undo(engine, scope, _id(receipts[0].undo_id))
    assert {receipt.undo_id for receipt in receipts} == {receipts[0].undo_id}
    assert [stored(engine, scope, kind) for kind in KINDS] == before


def test_nothing_of_a_form_is_saved_when_one_entry_is_refused(engine: Engine, scope: Scope) -> None:
    save(engine, scope, run())
    before = [stored(engine, scope, kind) for kind in KINDS]
    with pytest.raises(InvalidEntryError):
        save(engine, scope, total(1_000.0), session(), mark("no running"))
    with pytest.raises(NotFoundError):
        save(engine, scope, total(1_000.0), remove=[("session", 10**9)])
    assert [stored(engine, scope, kind) for kind in KINDS] == before


@every_kind
def test_another_runners_entry_is_neither_seen_nor_touched(
    engine: Engine, scope: Scope, other: Scope, kind: str
) -> None:
    example = EXAMPLES[kind]
    (theirs,) = save(engine, other, example.entry())
    before, revision = stored(engine, other, kind), runner(engine, other).revision

    (mine,) = save(engine, scope, example.changed())
    with pytest.raises(NotFoundError):
        delete(engine, scope, kind, theirs.row_id)
    with pytest.raises(NotFoundError):
        save(engine, scope, remove=[(kind, theirs.row_id)])
    receipt = delete(engine, scope, kind, mine.row_id)
    with pytest.raises(NotFoundError):
        undo(engine, other, _id(receipt.undo_id))

    assert stored(engine, other, kind) == before
    assert stored(engine, scope, kind) == []
    assert runner(engine, other).revision == revision


def test_another_runners_import_cannot_be_undone(engine: Engine, scope: Scope, other: Scope) -> None:
    receipt = add_runs(engine, other, [imported(1)], "activities.csv", AT)
    with pytest.raises(NotFoundError):
        undo_import(engine, scope, receipt.import_id)
    assert known_runs(engine, scope) == set()
    assert known_runs(engine, other) == {("strava", "1")}


@pytest.mark.parametrize(
    "write",
    [
        lambda engine, scope: save(engine, scope, run()),
        lambda engine, scope: delete(engine, scope, "run", 1),
        lambda engine, scope: undo(engine, scope, 1),
        lambda engine, scope: add_runs(engine, scope, [imported(1)], "activities.csv", AT),
        lambda engine, scope: undo_import(engine, scope, 1),
        lambda engine, scope: save_settings(engine, scope, settings()),
    ],
    ids=["save", "delete", "undo", "add_runs", "undo_import", "save_settings"],
)
def test_who_may_only_look_changes_nothing(engine: Engine, scope: Scope, write: Any) -> None:
    before = runner(engine, scope)
    with pytest.raises(NotAllowedError, match="not change it|in their own diary"):
        write(engine, Scope(scope.runner_id, writes=frozenset(), is_own=False))
    with pytest.raises(NotFoundError, match="not here any more"):
        write(engine, Scope(10**9))
    assert runner(engine, scope) == before
    assert stored(engine, scope, "run") == []


def test_every_write_moves_the_revision_and_a_refused_one_does_not(engine: Engine, scope: Scope) -> None:
    def revision() -> int:
        return runner(engine, scope).revision

    seen = [revision()]
    (saved,) = save(engine, scope, run())
    seen.append(revision())
    receipt = delete(engine, scope, "run", saved.row_id)
    seen.append(revision())
    undo(engine, scope, _id(receipt.undo_id))
    seen.append(revision())
    import_id = add_runs(engine, scope, [imported(3)], "activities.csv", AT).import_id
    seen.append(revision())
    undo_import(engine, scope, import_id)
    seen.append(revision())
    save_settings(engine, scope, settings())
    seen.append(revision())
    assert seen == sorted(set(seen))

    with pytest.raises(InvalidEntryError):
        save(engine, scope, mark("no running"))
    assert revision() == seen[-1]


def test_the_same_session_from_many_threads_is_one_row(engine: Engine, scope: Scope) -> None:
    threads, entry = 6, session()
    start = Barrier(threads)

    def send(_: int) -> Receipt:
        start.wait()
        return save(engine, scope, entry)[0]

    with ThreadPoolExecutor(threads) as pool:
        receipts = list(pool.map(send, range(threads)))
    assert len(stored(engine, scope, "session")) == 1
    assert len({receipt.row_id for receipt in receipts}) == threads
    assert sum(receipt.undo_id is None for receipt in receipts) == 1


def test_writers_from_two_processes_pools_wait_for_each_other(engine: Engine, scope: Scope) -> None:
    second = make_engine(engine.url.render_as_string(hide_password=False))
    start = Barrier(2)

    def send(own: Engine) -> None:
        start.wait()
        for number in range(20):
            save(own, scope, run(BEFORE_MONDAY - timedelta(days=number)))

    with ThreadPoolExecutor(2) as pool:
        list(pool.map(send, [engine, second]))
    second.dispose()
    assert len(stored(engine, scope, "run")) == 20


@pytest.mark.parametrize(
    ("there", "what"),
    [(run(), "no running"), (total(1.0), "no running"), (session(), "no training")],
    ids=["a run", "a weekly total", "a session"],
)
def test_a_week_with_entries_is_not_marked_as_a_week_without(
    engine: Engine, scope: Scope, there: Entry, what: str
) -> None:
    (saved,) = save(engine, scope, there)
    with pytest.raises(InvalidEntryError, match=r"The week of 2 March has .* \(1\). Delete them first"):
        save(engine, scope, mark(what))
    delete(engine, scope, there.kind, saved.row_id)
    save(engine, scope, mark(what))
    assert len(stored(engine, scope, "week mark")) == 1


def test_a_mark_agrees_with_a_stated_zero_and_with_the_other_mark(engine: Engine, scope: Scope) -> None:
    save(engine, scope, total(0.0), mark("no running"), mark("no training"))
    assert len(stored(engine, scope, "week mark")) == 2


def test_a_mark_looks_at_the_runners_own_week(engine: Engine, scope: Scope) -> None:
    save_settings(engine, scope, settings(week_start=6))  # the week of Sunday 1 March is the ISO week of 2 March
    save(engine, scope, run(date(2026, 3, 1)))
    with pytest.raises(InvalidEntryError, match="The week of 1 March has"):
        save(engine, scope, mark("no running"))
    save(engine, scope, mark("no running", MONDAY - timedelta(weeks=1)))


@pytest.mark.parametrize("day", [date(2026, 2, 23), date(2026, 3, 1)])
def test_a_mark_looks_at_the_whole_week(engine: Engine, scope: Scope, day: date) -> None:
    save(engine, scope, session(day), run(day))
    for what in ("no running", "no training"):
        with pytest.raises(InvalidEntryError, match="The week of 23 February has"):
            save(engine, scope, mark(what, date(2026, 2, 23)))
        save(engine, scope, mark(what, date(2026, 2, 16)), mark(what, MONDAY))


def test_a_days_distance_is_limited_over_all_its_runs(engine: Engine, scope: Scope) -> None:
    save(engine, scope, run(MONDAY, 300_000.0), run(BEFORE_MONDAY, 300_000.0))
    with pytest.raises(InvalidEntryError, match="2 March 2026 comes to 501 km. One day's running is at most 500 km"):
        save(engine, scope, run(MONDAY, 201_000.0))
    save(engine, scope, run(MONDAY, 200_000.0))
    with pytest.raises(InvalidEntryError, match="2 March 2026 comes to 505 km"):
        add_runs(engine, scope, [imported(2)], "activities.csv", AT)
    assert distances(engine, scope) == [200_000.0, 300_000.0, 300_000.0]


def test_a_long_run_sent_twice_is_not_two_long_runs(engine: Engine, scope: Scope) -> None:
    save(engine, scope, imported(0, 300_000.0))
    save(engine, scope, imported(0, 300_000.0))
    save(engine, scope, imported(0, 400_000.0))
    assert distances(engine, scope) == [400_000.0]


class TestImports:
    def test_only_new_runs_are_added(self, engine: Engine, scope: Scope) -> None:
        first = add_runs(engine, scope, [imported(1), imported(2)], "activities.csv", AT)
        again = add_runs(engine, scope, [imported(2), imported(3), imported(3)], "activities.csv", AT)
        assert (first.added, first.already) == (2, 0)
        assert again == ImportReceipt(again.import_id, added=1, already=2)
        assert known_runs(engine, scope) == {("strava", "1"), ("strava", "2"), ("strava", "3")}

    def test_runs_without_an_id_of_their_own_stay_apart(self, engine: Engine, scope: Scope) -> None:
        found = [run(MONDAY, 5_000.0), run(MONDAY, 6_000.0), run(MONDAY, 5_000.0)]
        assert add_runs(engine, scope, found, "runs.csv", AT).added == 2
        save(engine, scope, found[0])
        assert distances(engine, scope) == [5_000.0, 6_000.0]

    def test_one_import_is_taken_out_alone_and_comes_back(self, engine: Engine, scope: Scope) -> None:
        save(engine, scope, run(MONDAY, 1_000.0))
        first = add_runs(engine, scope, [imported(number, 2_000.0) for number in range(400)], "one.csv", AT)
        add_runs(engine, scope, [imported(number, 3_000.0) for number in range(400, 410)], "two.csv", AT)
        before = stored(engine, scope, "run")

        receipt = undo_import(engine, scope, first.import_id)
        assert distances(engine, scope) == [1_000.0] + [3_000.0] * 10
        with pytest.raises(NotFoundError, match="Nothing of this import is in your diary any more"):
            undo_import(engine, scope, first.import_id)

        undo(engine, scope, _id(receipt.undo_id))
        assert stored(engine, scope, "run") == before
        assert undo_import(engine, scope, first.import_id).undo_id is not None

    def test_an_import_undone_can_be_imported_again(self, engine: Engine, scope: Scope) -> None:
        found = [imported(1), imported(2)]
        first = undo_import(engine, scope, add_runs(engine, scope, found, "activities.csv", AT).import_id)
        again = add_runs(engine, scope, [imported(1, 7_000.0)], "activities.csv", AT)
        assert again.added == 1

        redo_id = undo(engine, scope, _id(first.undo_id))
        assert distances(engine, scope) == [5_000.0, 5_000.0]
        undo(engine, scope, _id(redo_id))
        assert distances(engine, scope) == [7_000.0]

    def test_one_impossible_day_keeps_the_whole_import_out(self, engine: Engine, scope: Scope) -> None:
        two = [imported(1, 300_000.0), run(TODAY - timedelta(days=1), 300_000.0, source="strava", source_id="x")]
        with pytest.raises(InvalidEntryError, match="600 km"):
            add_runs(engine, scope, [imported(2), *two], "activities.csv", AT)
        assert known_runs(engine, scope) == set()


def test_a_run_typed_by_hand_keeps_its_instant_in_utc(engine: Engine, scope: Scope) -> None:
    start = datetime.fromisoformat("2026-03-03T00:30:00+13:00")
    save(engine, scope, run(date(2026, 3, 3), start=start))
    save(engine, scope, run(date(2026, 3, 3), start=start.astimezone(UTC)))
    (row,) = stored(engine, scope, "run")
    assert (row["start"], row["local_date"]) == ("2026-03-02T11:30:00+00:00", "2026-03-03")
