"""Which guides fit what a reader looks for."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from guides.schema import Exercise

NOTHING: Final = "nothing"  # stands among the equipment, for whoever has none


@dataclass(frozen=True)
class Wanted:
    """What is looked for; an empty part asks for nothing, and several answers to one question mean any of them.

    `equipment` is what the reader has at hand: a guide fits when it needs no more than that.
    `trains` asks for what a guide trains first: what only helps along is no reason to choose it.
    """

    words: str = ""
    equipment: tuple[str, ...] = ()
    trains: tuple[str, ...] = ()
    gluteus_medius: tuple[str, ...] = ()
    sides: tuple[str, ...] = ()
    levels: tuple[str, ...] = ()


def fitting(found: Iterable[Exercise], wanted: Wanted) -> tuple[Exercise, ...]:
    return tuple(exercise for exercise in found if _fits(exercise, wanted))


def _fits(exercise: Exercise, wanted: Wanted) -> bool:
    return (
        all(word in _words(exercise) for word in wanted.words.casefold().split())
        and (not wanted.equipment or set(exercise.needs) <= set(wanted.equipment))
        and (not wanted.trains or not set(wanted.trains).isdisjoint(exercise.trains.primary))
        and (not wanted.gluteus_medius or exercise.trains.gluteus_medius in wanted.gluteus_medius)
        and (not wanted.sides or exercise.sides in wanted.sides)
        and (not wanted.levels or exercise.level in wanted.levels)
    )


def _words(exercise: Exercise) -> str:
    """What a reader would call it by: not every word of the steps, or everything would fit."""
    parts = (exercise.name, exercise.summary, *exercise.equipment, *exercise.trains.primary, *exercise.trains.secondary)
    return " ".join((*parts, *(item.name for item in exercise.progressions))).casefold()


def equipment(found: Iterable[Exercise]) -> list[str]:
    """All that any of them needs, and nothing at all."""
    return [NOTHING, *sorted({thing for exercise in found for thing in exercise.needs})]


def trained(found: Iterable[Exercise]) -> list[str]:
    """All that any of them trains first."""
    return sorted({muscle for exercise in found for muscle in exercise.trains.primary})
