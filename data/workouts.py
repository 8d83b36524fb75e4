"""Workouts of other programs as sessions of this diary, by a table of what their names of exercises mean here."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Final, Literal

from data.importers.result import Workout, WorkoutSet

Side = Literal["each", "both", "left", "right"]
Names = Mapping[str, tuple[str | None, Side]]  # by the program's name: the exercise's slug, None for none of ours

MOST_SETS: Final = 50  # of one exercise in a session, as the door counts them


@dataclass
class _Numbers:
    """The last number of each exercise and side so far."""

    last: Counter[tuple[str, str]] = field(default_factory=Counter)

    def next(self, slug: str, sides: Iterable[str]) -> int:
        """The next number that is free on all these sides, so that left and right stay a pair."""
        number = 1 + max(self.last[slug, side] for side in sides)
        for side in sides:
            self.last[slug, side] = number
        return number


def session_values(workout: Workout, names: Names) -> dict[str, Any] | None:
    """The workout as the values of a `data.entries.Session`; None when no set of it is one of our exercises.

    Other programs log both legs of a one-sided exercise once, so a set on 'each' side becomes a left and a right one
    with the same number. Left out are sets without repetitions and seconds, exercises whose name has no slug or is not
    in `names`, and what comes after the fiftieth set of an exercise.
    """
    numbers = _Numbers()
    parts = [part for one in workout.sets for part in _parts(one, names, numbers)]
    if not parts:
        return None
    return {"on_date": workout.local_date, "source_id": workout.source_id, "parts": parts}


def _parts(one: WorkoutSet, names: Names, numbers: _Numbers) -> Iterator[dict[str, Any]]:
    slug, side = names.get(one.exercise, (None, "both"))
    if slug is None or (one.repetitions is None and one.seconds is None):
        return
    sides = ("left", "right") if side == "each" else (side,)
    ordinal = numbers.next(slug, sides)
    if ordinal > MOST_SETS:
        return
    amounts = {
        "repetitions": one.repetitions,
        "seconds": one.seconds,
        "load_kg": one.load_kg,
        "effort": one.effort,
    }
    for each in sides:
        yield {"exercise": slug, "ordinal": ordinal, "side": each} | amounts


def unknown(workouts: Iterable[Workout], names: Names) -> dict[str, int]:
    """The names that nothing is known of yet, with how many sets they have, the most frequent first."""
    counted = Counter(one.exercise for workout in workouts for one in workout.sets if one.exercise not in names)
    return dict(counted.most_common())
