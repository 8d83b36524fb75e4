"""Reads the guide files. An exercise is one file in guides/exercises; its name is the exercise's slug."""

import tomllib
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError

from guides.schema import (
    Condition,
    Conditions,
    Exercise,
    MuscleActivities,
    MuscleActivity,
    Page,
    SelfTestGuide,
    SharedAdvice,
)

FOLDER = Path(__file__).parent
_Model = TypeVar("_Model", bound=BaseModel)


class GuideFileError(ValueError):
    """A guide file cannot be used: the message names the file, the field and what is wrong."""


class UnknownExerciseError(LookupError):
    """There is no guide with that slug."""


def read(path: Path, model: type[_Model], **given: str) -> _Model:
    """The file as `model`, with `given` fields added. Raises GuideFileError."""
    try:
        content: dict[str, Any] = tomllib.loads(path.read_text(encoding="utf-8"))
    except tomllib.TOMLDecodeError as error:
        raise GuideFileError(f"{path.name} is not valid TOML: {error}") from error
    if given.keys() & content.keys():
        raise GuideFileError(f"{path.name}: {', '.join(given)} comes from the file's name, remove it from the file")
    try:
        return model.model_validate(content | given)
    except ValidationError as error:
        raise GuideFileError(f"{path.name}: {_explain(error)}") from error


def _explain(error: ValidationError) -> str:
    return "; ".join(f"{'.'.join(map(str, item['loc']))}: {item['msg']}" for item in error.errors())


def read_exercises(folder: Path) -> tuple[Exercise, ...]:
    """Every exercise file of the folder, main block first, each block in its own order."""
    found = [read(path, Exercise, slug=path.stem) for path in folder.glob("*.toml")]
    return tuple(sorted(found, key=lambda item: (item.block != "main", item.position, item.slug)))


@cache
def exercises() -> tuple[Exercise, ...]:
    """Raises GuideFileError when a file names an exercise or a condition that does not exist."""
    found = read_exercises(FOLDER / "exercises")
    check_names(found, conditions())
    return found


def check_names(found: Sequence[Exercise], known: Sequence[Condition]) -> None:
    """Raises GuideFileError when an exercise names another one or a condition that is not there."""
    slugs, keys = {item.slug for item in found}, {item.key for item in known}
    for item in found:
        links = {*item.easier_guides, *item.harder_guides} - slugs
        against = {reason.condition for reason in item.contraindications}
        against |= {key for step in item.progressions for key in step.not_with}
        unknown = links | against - keys
        if unknown:
            raise GuideFileError(f"{item.slug}.toml names what does not exist: {', '.join(sorted(unknown))}")


@cache
def conditions() -> tuple[Condition, ...]:
    """What a runner can tick, so that a plan leaves the wrong exercises out."""
    return read(FOLDER / "conditions.toml", Conditions).conditions


@cache
def muscle_activity() -> tuple[MuscleActivity, ...]:
    """Gluteus medius activity by exercise, highest first. Raises UnknownExerciseError for a row without its guide."""
    rows = read(FOLDER / "muscle_activity.toml", MuscleActivities).rows
    for slug in {row.exercise for row in rows if row.exercise}:
        exercise(slug)
    return tuple(sorted(rows, key=lambda row: -row.mean))


@cache
def _by_slug() -> dict[str, Exercise]:
    return {item.slug: item for item in exercises()}


def exercise(slug: str) -> Exercise:
    """Raises UnknownExerciseError."""
    if slug not in _by_slug():
        raise UnknownExerciseError(f"There is no guide called '{slug}'. Choose one of: {', '.join(_by_slug())}.")
    return _by_slug()[slug]


@cache
def one_sided() -> frozenset[str]:
    """Slugs of the exercises that are done, and logged, one side at a time."""
    return frozenset(item.slug for item in exercises() if item.sides == "each")


@cache
def anatomy() -> Page:
    return read(FOLDER / "anatomy.toml", Page)


@cache
def self_test() -> SelfTestGuide:
    return read(FOLDER / "self_test.toml", SelfTestGuide)


@cache
def shared_advice() -> SharedAdvice:
    return read(FOLDER / "shared.toml", SharedAdvice)
