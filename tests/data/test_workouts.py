"""Workouts of other programs as sessions: what becomes of each set, and the whole way into a diary and out again."""

from datetime import UTC, date, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import Engine

from data import imports
from data.entries import Door, Session, parse
from data.importers import read_file
from data.importers.result import Workout, WorkoutSet
from data.scope import Scope
from data.store import save
from data.workouts import Names, session_values, unknown
from tests.data.examples import stored
from tests.data.importers.samples import sample

DAY = date(2025, 9, 15)
NOW = datetime(2026, 3, 4, 9, tzinfo=UTC)
DOOR = Door(date(2026, 3, 4), one_sided=frozenset({"split-squat", "single-leg-bridge"}))
NAMES: Names = {
    "Bulgarian Split Squat": ("split-squat", "each"),
    "Split Squat": ("split-squat", "each"),
    "Left Split Squat": ("split-squat", "left"),
    "Romanian Deadlift (Barbell)": ("romanian-deadlift", "both"),
    "Crunch": (None, "both"),
}
HEVY = "strength/strongstats__sample_hevy.csv"


def workout(*sets: WorkoutSet, day: date = DAY, source_id: str = "hevy 1") -> Workout:
    return Workout("row 2", day, source_id, "Legs", sets)


def parts(*sets: WorkoutSet) -> list[dict[str, Any]]:
    values = session_values(workout(*sets), NAMES)
    return [] if values is None else values["parts"]


def numbered(*sets: WorkoutSet) -> list[tuple[str, str, int]]:
    return [(part["exercise"], part["side"], part["ordinal"]) for part in parts(*sets)]


SQUAT = WorkoutSet("Split Squat", 8, None, 12.5, 7)


def test_a_set_on_each_side_is_a_left_and_a_right_one_of_the_same_number() -> None:
    same = {"exercise": "split-squat", "ordinal": 1, "repetitions": 8, "seconds": None, "load_kg": 12.5, "effort": 7}
    assert parts(SQUAT) == [same | {"side": "left"}, same | {"side": "right"}]


def test_sets_are_numbered_by_exercise_whatever_stands_between_and_whichever_name_they_have() -> None:
    deadlift = WorkoutSet("Romanian Deadlift (Barbell)", 8)
    other = WorkoutSet("Bulgarian Split Squat", 8)
    assert numbered(SQUAT, deadlift, other, deadlift) == [
        ("split-squat", "left", 1),
        ("split-squat", "right", 1),
        ("romanian-deadlift", "both", 1),
        ("split-squat", "left", 2),
        ("split-squat", "right", 2),
        ("romanian-deadlift", "both", 2),
    ]


def test_a_pair_after_one_leg_alone_still_has_one_number() -> None:
    left = WorkoutSet("Left Split Squat", 8)
    assert numbered(left, SQUAT) == [
        ("split-squat", "left", 1),
        ("split-squat", "left", 2),
        ("split-squat", "right", 2),
    ]


@pytest.mark.parametrize(
    "one", [WorkoutSet("Split Squat", load_kg=20.0), WorkoutSet("Crunch", 20), WorkoutSet("Dragon Flag", 5)]
)
def test_what_says_no_amount_or_is_none_of_ours_is_left_out(one: WorkoutSet) -> None:
    assert parts(one) == []
    assert len(parts(one, SQUAT)) == 2


def test_fifty_sets_of_an_exercise_are_kept() -> None:
    assert max(number for _, _, number in numbered(*[SQUAT] * 80)) == 50
    assert len(numbered(*[SQUAT] * 80)) == 100


def test_names_that_nothing_is_known_of_are_counted_most_frequent_first() -> None:
    sets = [WorkoutSet("Dragon Flag", 5), WorkoutSet("Plank", None, 30), WorkoutSet("Plank", None, 30), SQUAT]
    assert list(unknown([workout(*sets), workout(*sets)], NAMES).items()) == [("Plank", 4), ("Dragon Flag", 2)]
    assert unknown([workout(SQUAT, WorkoutSet("Crunch", 5))], NAMES) == {}


any_set = st.builds(
    WorkoutSet,
    exercise=st.sampled_from([*NAMES, "Plank"]),
    repetitions=st.none() | st.integers(1, 1000),
    seconds=st.none() | st.integers(1, 3600),
    load_kg=st.none() | st.floats(0.1, 500),
    effort=st.none() | st.integers(0, 10),
)


@given(st.lists(any_set, max_size=120))
def test_what_comes_out_passes_the_door(sets: list[WorkoutSet]) -> None:
    values = session_values(workout(*sets), NAMES)
    known = [one for one in sets if NAMES.get(one.exercise, (None,))[0] and (one.repetitions or one.seconds)]
    assert (values is None) == (not known)
    if values is not None:
        assert parse(Session, values, DOOR).source_id == "hevy 1"


# Into a diary and out again


def sessions(content: bytes) -> list[Session]:
    found = (session_values(one, NAMES) for one in read_file("hevy.csv", content).workouts)
    return [parse(Session, values, DOOR) for values in found if values]


def test_the_hevy_sample_goes_in_once_and_comes_out_whole(engine: Engine, scope: Scope) -> None:
    found = sessions(sample(HEVY))
    receipt = imports.add(engine, scope, found, "hevy.csv", NOW)
    assert receipt.added == len(found) > 30
    kept = stored(engine, scope, "session")
    assert len(kept) == len(found)
    sets = [part for session in kept for part in session["parts"]]
    work = [row for row in read_file("hevy.csv", sample(HEVY)).workouts for row in row.sets]
    pairs = sum(one.exercise == "Bulgarian Split Squat" for one in work)
    singles = sum(one.exercise == "Romanian Deadlift (Barbell)" for one in work)
    assert len(sets) == 2 * pairs + singles
    again = imports.add(engine, scope, sessions(sample(HEVY)), "hevy.csv", NOW)
    assert (again.added, again.already) == (0, len(found))
    assert stored(engine, scope, "session") == kept
    imports.undo_import(engine, scope, receipt.import_id)
    assert stored(engine, scope, "session") == []


def test_a_session_logged_by_hand_stays_the_first_of_its_day(engine: Engine, scope: Scope) -> None:
    by_hand = {"exercise": "romanian-deadlift", "ordinal": 1, "side": "both", "repetitions": 5}
    save(engine, scope, parse(Session, {"on_date": DAY, "parts": [by_hand]}, DOOR))
    (before,) = stored(engine, scope, "session")
    values = session_values(workout(SQUAT), NAMES)
    assert values is not None
    receipt = imports.add(engine, scope, [parse(Session, values, DOOR)], "hevy.csv", NOW)
    kept = sorted(stored(engine, scope, "session"), key=lambda row: row["ordinal"])
    assert [(row["ordinal"], row["source_id"]) for row in kept] == [(1, None), (2, "hevy 1")]
    imports.undo_import(engine, scope, receipt.import_id)
    assert stored(engine, scope, "session") == [before]
