"""What starting_plan.toml holds: rules, each with its sentence for the runner and whose rule it is."""

from collections.abc import Collection
from typing import Annotated

from pydantic import Field

from guides.schema import Part, Status, Text, Texts

WORST_PAIN = 10  # top of the 0-10 scale
Days = Annotated[int, Field(ge=1, le=7)]
Sets = Annotated[int, Field(ge=1, le=20)]
Slots = Annotated[tuple[Texts, ...], Field(min_length=1)]


class Reason(Part):
    """A sentence for the runner, and where the rule behind it comes from."""

    why: Text
    source: Text
    status: Status


class NamingReason(Reason):
    """A reason that names exercises; `otherwise` is said in its place when one of them is not in the plan."""

    names: Texts
    otherwise: Text

    def about(self, main: Collection[str]) -> Reason:
        why = self.why if set(self.names) <= set(main) else self.otherwise
        return Reason(why=why, source=self.source, status=self.status)


class PainBand(Reason):
    highest: Annotated[int, Field(ge=0, le=WORST_PAIN)]
    days: Days
    sets: Sets = 1  # of the exercises in `only`
    only: tuple[Text, ...] = ()


class PainUnknown(Reason):
    days: Days


class MainChoice(NamingReason):
    main: Slots


class Found(Part):
    main: Slots
    knee_inside: NamingReason
    pelvis_drop: NamingReason


class WarmUp(Reason):
    exercises: Texts


class Level(Reason):
    sets: Sets


class Levels(Part):
    new: Level
    some: Level
    regular: Level


class Weekdays(Reason):
    """`days` is a list for each number of days a week, 0 Monday to 6 Sunday."""

    days: Annotated[tuple[tuple[Annotated[int, Field(ge=0, le=6)], ...], ...], Field(min_length=7, max_length=7)]


class Equipment(Part):
    missing: Reason
    unknown: Reason


class Ticked(Part):
    """Whose rule it is that an exercise goes when what speaks against it is ticked; the sentence names both."""

    source: Text
    status: Status


class Range(Part):
    low: int
    high: int


class Target(Range):
    sets: Sets


class Doses(Part):
    main: Range
    release: Target
    activation: Target


class Rules(Part):
    pain: tuple[PainBand, ...]
    pain_unknown: PainUnknown
    found: Found
    untested: MainChoice
    steady: MainChoice
    warm_up: WarmUp
    always: tuple[Reason, ...]
    experience: Levels
    experience_unknown: Level
    weekdays: Weekdays
    equipment: Equipment
    ticked: Ticked
    contraindications_unknown: Reason
    nothing_left: Reason
    nothing_fits: Reason
    dose: Doses

    def level(self, experience: str | None) -> Level:
        levels = {"new": self.experience.new, "some": self.experience.some, "regular": self.experience.regular}
        return self.experience_unknown if experience is None else levels[experience]
