"""Strength training in FIT files: no sample has sets, so these are written field by field."""

from datetime import date

import pytest

from data.importers import ImportResult, read_file
from data.importers.result import Workout, WorkoutSet
from tests.data.importers import fit_writer as fw

AT = 1_141_000_000  # a FIT date: 2026-02-26 00:26:40 UTC
SETS = (
    fw.strength_set(AT + 10, fw.HIP_RAISE, fw.SINGLE_LEG_HIP_RAISE, repetitions=12, kilograms=7.5, seconds=35),
    fw.strength_set(AT + 50, fw.HIP_RAISE, kind=fw.REST, seconds=60),
    fw.strength_set(AT + 110, fw.LUNGE, seconds=40.4),
)


def strength(**more: int) -> bytes:
    values = {"sport": fw.TRAINING, "sub_sport": fw.STRENGTH_TRAINING, "ended": AT + 1800} | more
    return fw.session(AT, metres=None, **values)


def read(*messages: bytes, timezone: str = "UTC") -> ImportResult:
    return read_file("gym.fit", fw.fit_file(fw.file_id(), *messages), timezone)


@pytest.mark.parametrize("sport", [fw.TRAINING, fw.FITNESS_EQUIPMENT])
def test_a_strength_session_is_a_workout_of_its_active_sets(sport: int) -> None:
    result = read(*SETS, strength(sport=sport))
    assert result.runs.empty and result.skipped == () and result.problems == ()
    assert result.workouts == (
        Workout(
            "session 1",
            date(2026, 2, 26),
            f"fit 77-{AT}",
            "Strength training",
            (
                WorkoutSet("Single leg hip raise", 12, None, 7.5),
                WorkoutSet("Lunge, not named", None, 40),
            ),
        ),
    )


def test_the_day_is_the_runners() -> None:
    (workout,) = read(*SETS, strength(), timezone="America/New_York").workouts
    assert workout.local_date == date(2026, 2, 25)


def test_the_same_workout_twice_counts_once() -> None:
    result = read(*SETS, strength(), strength())
    assert len(result.workouts) == 1
    assert "The same workout as session 1" in result.skipped[0].reason


@pytest.mark.parametrize("category", [65534, fw.NO_NAME, 4711])
def test_an_exercise_that_the_watch_has_not_recognised_is_unnamed(category: int) -> None:
    (workout,) = read(fw.strength_set(AT, category, 3, repetitions=5), strength()).workouts
    assert workout.sets == (WorkoutSet("Unnamed exercise", 5),)


def test_what_no_set_can_have_is_not_said() -> None:
    odd = fw.strength_set(AT, fw.LUNGE, 32, repetitions=60_000, kilograms=4000, seconds=80_000)
    (workout,) = read(odd, strength()).workouts
    assert workout.sets == (WorkoutSet("Lunge"),)


def test_sets_belong_to_the_session_that_they_began_in() -> None:
    later = AT + 7200
    second = fw.session(later, metres=None, sport=fw.TRAINING, sub_sport=fw.STRENGTH_TRAINING, ended=later + 600)
    result = read(*SETS, strength(), fw.strength_set(later + 5, fw.LUNGE, 32, repetitions=3), second)
    assert [len(workout.sets) for workout in result.workouts] == [2, 1]


def test_strength_without_sets_is_skipped_as_before() -> None:
    result = read(strength())
    assert result.workouts == ()
    assert [item.reason for item in result.skipped] == ["Training, not a run."]


def test_a_workout_beside_a_run_in_one_file() -> None:
    result = read(*SETS, strength(), fw.session(AT + 4000, ended=AT + 6000))
    assert len(result.workouts) == len(result.runs) == 1


def test_a_clock_that_was_never_set_gives_no_date() -> None:
    (problem,) = read(*SETS, fw.session(5000, metres=None, sport=fw.TRAINING, sub_sport=fw.STRENGTH_TRAINING)).problems
    assert "the workout has no date" in problem.reason


def test_a_run_with_sets_in_its_file_stays_a_run() -> None:
    result = read(*SETS, fw.session(AT, ended=AT + 1800))
    assert len(result.runs) == 1 and result.workouts == ()
