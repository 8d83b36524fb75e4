"""The steps an exercise has: how far its repetitions go, how it is loaded, and its harder versions."""

from dataclasses import dataclass
from functools import cache
from typing import Annotated

from pydantic import Field

from guides.catalogue import FOLDER, exercise, read
from guides.plan_rules import Reason
from guides.schema import Part, Text

Kilograms = Annotated[float, Field(gt=0, le=500)]


class _LoadStep(Part):
    first_kg: Kilograms
    step_kg: Kilograms


class _Steps(Part):
    exercise: Text
    loads: tuple[Text, ...] = ()
    most_kg: Kilograms | None = None
    more_range: Text | None = None
    more_range_needs: Text | None = None
    less_stable: Text | None = None
    less_stable_needs: Text | None = None


class Ladders(Part):
    loads: dict[Text, _LoadStep]
    source: Reason
    ladder: tuple[_Steps, ...]


@dataclass(frozen=True)
class Ladder:
    """What can still grow. `ceiling` is the most repetitions or seconds; `step_kg` None: nothing to load it with.

    `more_range` and `less_stable` say what to do then; None: the exercise has no such version.
    """

    ceiling: int
    first_kg: float | None = None
    step_kg: float | None = None
    most_kg: float | None = None
    more_range: str | None = None
    less_stable: str | None = None


@cache
def ladders() -> Ladders:
    return read(FOLDER / "progression.toml", Ladders)


def progression_rule() -> Reason:
    """The order of the steps, and whose rule it is."""
    return ladders().source


def ladder(slug: str, equipment: frozenset[str] | None) -> Ladder:
    """The steps of an exercise for what the runner has (None: not asked, so no step that needs a thing is offered).

    An exercise without steps of its own grows in repetitions alone. Raises UnknownExerciseError.
    """
    guide, there = exercise(slug), equipment or frozenset()
    ceiling = (guide.dose_in("main") or guide.dose).amount.high
    steps = next((found for found in ladders().ladder if found.exercise == slug), _Steps(exercise=slug))
    more_range = steps.more_range if steps.more_range_needs in (None, *there) else None
    less_stable = steps.less_stable if steps.less_stable_needs in (None, *there) else None
    owned = next((ladders().loads[word] for word in steps.loads if word in there), None)
    if owned is None:
        return Ladder(ceiling, more_range=more_range, less_stable=less_stable)
    return Ladder(ceiling, owned.first_kg, owned.step_kg, steps.most_kg, more_range, less_stable)
