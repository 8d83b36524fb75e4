"""An import from its beginning to its undo: told, finished as a whole, taken back with what gave way to it."""

from collections import Counter
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as run_with
from hypothesis import strategies as st
from sqlalchemy import Engine

from data import imports
from data.entries import Run, Session, parse
from data.errors import InvalidEntryError, NotAllowedError, NotFoundError
from data.importers.result import Run as FoundRun
from data.importers.result import gather
from data.importing import Choices, Sorter
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
    assert not found.is_late
    assert imports.stored(engine, scope, import_id, AT + timedelta(seconds=2) + imports.LATE_AFTER).is_late
    late = AT + timedelta(seconds=2) + imports.SILENT_AFTER
    assert imports.stored(engine, scope, import_id, late).is_silent
    imports.live(engine, scope, import_id, late)
    assert not imports.stored(engine, scope, import_id, late).is_silent
    assert imports.stored(engine, scope, import_id, late).is_late  # it lives, and says nothing new
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


START = datetime(2026, 3, 1, 6, tzinfo=UTC)
SOURCES = {"tcx": 0, "strava": 40, "apple": 80, "gpx": 120}  # seconds by which each source's start is later


def telling(source: str, day: int) -> FoundRun:
    """One source's telling of the run of that day."""
    start = START + timedelta(days=day, seconds=SOURCES[source])
    metres = 10_000.0 + SOURCES[source] / 10
    unknown = float("nan")
    return FoundRun(f"row {day}", start, start.date(), metres, 3_000.0, unknown, source, f"{source} {day}", "")


def bring(engine: Engine, scope: Scope, source: str, *days: int) -> int:
    """An import of that source's tellings, where the file counts rather than the diary: its id."""
    sorter = Sorter(known(engine, scope), DOOR, Choices(rule="replace"))
    sorter.take(source, gather([telling(source, day) for day in days]))
    return imports.add(engine, scope, sorter.entries, source, AT, sorter.lines, sorter.replaced).import_id


def told_by(engine: Engine, scope: Scope) -> list[str]:
    return sorted(row["source_id"] for row in stored(engine, scope, "run"))


def test_what_gave_way_to_a_run_that_gave_way_stays_out_of_the_diary(engine: Engine, scope: Scope) -> None:
    bring(engine, scope, "tcx", 0)
    strava, apple = bring(engine, scope, "strava", 0, 1), bring(engine, scope, "apple", 0)
    undo_id = imports.undo_import(engine, scope, strava).undo_id
    assert told_by(engine, scope) == ["apple 0"]
    imports.undo_import(engine, scope, apple)
    assert told_by(engine, scope) == ["tcx 0"]
    assert undo_id is not None


def test_the_undo_of_a_link_of_a_chain_can_be_undone(engine: Engine, scope: Scope) -> None:
    bring(engine, scope, "tcx", 0)
    strava, apple = bring(engine, scope, "strava", 0, 1), bring(engine, scope, "apple", 0)
    undo_id = imports.undo_import(engine, scope, strava).undo_id
    assert undo_id is not None
    again = undo(engine, scope, undo_id)
    assert told_by(engine, scope) == ["apple 0", "strava 1"]
    assert again is not None
    undo_id = undo(engine, scope, again)
    assert told_by(engine, scope) == ["apple 0"]
    assert undo_id is not None
    undo(engine, scope, undo_id)
    imports.undo_import(engine, scope, apple)
    assert told_by(engine, scope) == ["strava 0", "strava 1"]
    imports.undo_import(engine, scope, strava)
    assert told_by(engine, scope) == ["tcx 0"]


def test_an_import_whose_runs_all_gave_way_can_be_undone(engine: Engine, scope: Scope) -> None:
    tcx, strava = bring(engine, scope, "tcx", 0), bring(engine, scope, "strava", 0)
    listed = import_list(engine, scope)  # by which the page offers the undo
    assert listed[["id", "runs", "gave_way"]].to_numpy().tolist() == [[strava, 1, 0], [tcx, 0, 1]]
    imports.undo_import(engine, scope, tcx)
    assert import_list(engine, scope)["gave_way"].tolist() == [0, 0]
    assert told_by(engine, scope) == ["strava 0"]
    with pytest.raises(NotFoundError):
        imports.undo_import(engine, scope, tcx)
    imports.undo_import(engine, scope, strava)
    assert told_by(engine, scope) == []


IMPORTS = st.tuples(st.sampled_from(sorted(SOURCES)), st.sets(st.integers(0, 2), min_size=1))
UNDOS = st.integers(0, 5)  # the import of that number, if it was not undone yet


class Piles:
    """A pile of tellings a day: an import lays one on top, an undo draws its own out, the topmost is there."""

    def __init__(self) -> None:
        self.of: dict[int, list[tuple[int, str]]] = {day: [] for day in range(3)}

    def lay(self, import_id: int, source: str, days: set[int]) -> None:
        for day in days:
            if not self.of[day] or self.of[day][-1][1] != source:  # the same telling on top is there already
                self.of[day].append((import_id, source))

    def draw(self, import_id: int) -> bool:
        """Whether there was anything of the import."""
        before = self.of
        self.of = {day: [told for told in pile if told[0] != import_id] for day, pile in before.items()}
        return self.of != before

    def top(self) -> Counter[str]:
        return Counter(f"{pile[-1][1]} {day}" for day, pile in self.of.items() if pile)


@given(steps=st.lists(IMPORTS | UNDOS, max_size=10), typed=st.sets(st.integers(0, 2)))
@run_with(max_examples=25, suppress_health_check=[HealthCheck.too_slow])
def test_a_run_is_there_once_whatever_is_imported_and_undone(
    engine: Engine, steps: list[tuple[str, set[int]] | int], typed: set[int]
) -> None:
    scope, piles, begun = Scope(add_runner(engine, "Ada", simulated=False).id), Piles(), []
    for told in (telling("tcx", day) for day in typed):
        values = {"local_date": told.local_date, "start": told.start, "distance_m": told.distance_m}
        save(engine, scope, parse(Run, values, DOOR))
    before = stored(engine, scope, "run")
    for step in (*steps, *range(len(steps))):  # and at last all undos
        if isinstance(step, tuple):
            begun.append(bring(engine, scope, step[0], *sorted(step[1])))
            piles.lay(begun[-1], *step)
        elif step < len(begun) and piles.draw(begun[step]):
            imports.undo_import(engine, scope, begun[step])
        there = stored(engine, scope, "run")
        assert len({row["local_date"] for row in there}) == len(there)
        assert Counter(row["source_id"] for row in there if row["source"] != "manual") == piles.top()
    assert stored(engine, scope, "run") == before


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
