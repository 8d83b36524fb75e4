"""The steps an exercise has: how far its repetitions go, how it is loaded, and its harder versions."""

from dataclasses import dataclass
from functools import cache

from guides.catalogue import FOLDER, exercise, read
from guides.plan_rules import Reason
from guides.schema import Kilograms, Part, Progression, Text


class LoadStep(Part):
    first_kg: Kilograms
    step_kg: Kilograms


class Ladders(Part):
    loads: dict[Text, LoadStep]
    source: Reason


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
    steps = [step for step in guide.progressions if there.issuperset(step.needs)]
    ceiling = (guide.dose_in("main") or guide.dose).amount.high
    harder = {step.changes: step.text for step in reversed(steps)}  # the first one of a kind is kept
    more_range, less_stable = harder.get("range"), harder.get("control")
    weighed = next((step for step in steps if step.most_kg), None)
    if weighed is None:
        return Ladder(ceiling, more_range=more_range, less_stable=less_stable)
    load = _load(weighed)
    return Ladder(ceiling, load.first_kg, load.step_kg, weighed.most_kg, more_range, less_stable)


def _load(step: Progression) -> LoadStep:
    return next(load for thing, load in ladders().loads.items() if thing in step.needs)
