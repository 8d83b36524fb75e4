"""The steps an exercise has: how far its repetitions go, how it is loaded, and its harder versions."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Final

from guides.catalogue import FOLDER, exercise, read
from guides.plan_rules import Reason
from guides.schema import Exercise, Kilograms, Part, Progression, Text
from guides.starting_plan import Circumstances, fits

NO_FURTHER_STEP: Final = "Your plan has no further step for this exercise."


class LoadStep(Part):
    first_kg: Kilograms
    step_kg: Kilograms


class Ladders(Part):
    loads: dict[Text, LoadStep]
    ticked_against: Text
    source: Reason


@dataclass(frozen=True)
class Ladder:
    """What can still grow. `ceiling` is the most repetitions or seconds, 0 when what is ticked speaks against growing.

    `first_kg` and `step_kg` are the lightest weight the runner has and the step to the next; None: nothing to load it
    with. `most_kg` is how heavy it may become; None: no heavier. `more_range` and `less_stable` say what to do then;
    None: no such version. `beyond` is what to say when nothing of this is left.
    """

    ceiling: int
    first_kg: float | None = None
    step_kg: float | None = None
    most_kg: float | None = None
    more_range: str | None = None
    less_stable: str | None = None
    beyond: str = NO_FURTHER_STEP


@cache
def ladders() -> Ladders:
    return read(FOLDER / "progression.toml", Ladders)


def progression_rule() -> Reason:
    """The order of the steps, and whose rule it is."""
    return ladders().source


def ladder(slug: str, runner: Circumstances) -> Ladder:
    """The steps of an exercise for this runner: with what they have (not asked: none that needs a thing), and none that
    something ticked speaks against.

    An exercise without steps of its own grows in repetitions alone. Raises UnknownExerciseError.
    """
    guide = exercise(slug)
    owned, ticked = runner.equipment or frozenset(), runner.contraindications or frozenset()
    equipped = [step for step in guide.progressions if owned.issuperset(step.needs)]
    if guide.contraindicated(ticked):
        return Ladder(0, *_kilograms([], equipped), beyond=ladders().ticked_against)
    steps = [step for step in equipped if ticked.isdisjoint(step.not_with)]
    stages = {step.changes: step.text for step in reversed(steps) if step.sides is None}  # the first one of a kind
    ceiling = (guide.dose_in("main") or guide.dose).amount.high
    beyond = _beyond(guide, steps, runner)
    return Ladder(ceiling, *_kilograms(steps, equipped), stages.get("range"), stages.get("control"), beyond)


def _kilograms(
    steps: Sequence[Progression], equipped: Sequence[Progression]
) -> tuple[float | None, float | None, float | None]:
    """The lightest weight, step to the next, and the most. With a tick against more, the way back is still known."""
    weighed = next((step for step in (*steps, *equipped) if step.most_kg), None)
    if weighed is None:
        return None, None, None
    load = next(load for thing, load in ladders().loads.items() if thing in weighed.needs)
    return load.first_kg, load.step_kg, weighed.most_kg if weighed in steps else None


def _beyond(guide: Exercise, steps: Sequence[Progression], runner: Circumstances) -> str:
    """What else there is: harder forms that no line of a plan can say, and the exercises that come next."""
    unsaid = [step.text for step in steps if step.sides is None and not _is_in_a_line(step)]
    harder = [exercise(slug) for slug in guide.harder_guides if fits(slug, runner)]
    following = [item.name for item in harder if item.dose_in("main")]
    said = [NO_FURTHER_STEP]
    said += [f"To make it harder all the same: {' Or: '.join(unsaid)}"] if unsaid else []
    said += [f"The next exercise is {' or '.join(following)}: swap it in under 'Change the plan'."] if following else []
    return " ".join(said)


def _is_in_a_line(step: Progression) -> bool:
    """Whether a line of a plan can hold it, as kilograms or as a stage."""
    return step.most_kg is not None or step.changes in ("range", "control")
