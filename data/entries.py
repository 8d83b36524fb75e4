"""What a runner can record, validated once. Every message echoes the value and says what to do.

`parse(kind, values, door)` is the one way in: a frozen entry, or InvalidEntryError with every problem at once.
"""

from collections.abc import Mapping
from datetime import UTC, date, timedelta
from functools import cache
from typing import Annotated, Any, ClassVar, Literal, TypeVar
from zoneinfo import available_timezones

from pydantic import BaseModel, BeforeValidator, ConfigDict, ValidationError, ValidationInfo, model_validator

from data.errors import InvalidEntryError, Problem
from data.fields import (
    MIDLINE_SITES,
    SITES,
    Degrees,
    Distance,
    Door,
    Duration,
    Effort,
    Exercise,
    LeftRight,
    Load,
    MorningPain,
    OstrcScore,
    Pain,
    Past,
    PastOrNone,
    PastWeek,
    Planned,
    PlannedOrNone,
    Repetitions,
    Seconds,
    Side,
    Site,
    Start,
    TestRepetitions,
    WeekDistance,
    door,
    echo,
    past_day_or_week,
    text,
    whole,
)

TYPED = "manual"  # the source of a run that the runner typed

__all__ = [
    "TYPED",
    "MIDLINE_SITES",
    "SITES",
    "Door",
    "Entry",
    "Injury",
    "PainReport",
    "Plan",
    "PlanItem",
    "Run",
    "RunningSigns",
    "SelfTest",
    "Session",
    "Settings",
    "SideResult",
    "StrengthSet",
    "WeekMark",
    "WeeklyTotal",
    "parse",
]


def _plain(slug: str) -> str:
    """An exercise's slug as words."""
    return slug.replace("-", " ")


@cache
def time_zones() -> frozenset[str]:
    """The IANA names of the time zones that this machine knows; reading them takes a while."""
    return frozenset(available_timezones())


class Entry(BaseModel):
    """One thing a runner recorded. `kind` names it in the store and in messages."""

    model_config = ConfigDict(frozen=True, extra="forbid", arbitrary_types_allowed=True)
    kind: ClassVar[str]


class SideResult(BaseModel):
    """What was seen on one leg in a self-test; None: not answered."""

    model_config = ConfigDict(frozen=True, extra="forbid")
    side: LeftRight
    repetitions: TestRepetitions = None
    knee_inside: bool | None = None
    pelvis_level: bool | None = None
    trunk_upright: bool | None = None
    steady: bool | None = None
    pain: Pain = None
    degrees: Degrees = None


class SelfTest(Entry):
    kind = "self-test"
    on_date: Past
    task: Literal["single-leg squat", "step-down"] = "single-leg squat"
    parts: tuple[SideResult, ...]

    @model_validator(mode="after")
    def _each_side_once(self) -> "SelfTest":
        sides = [part.side for part in self.parts]
        if not sides:
            raise ValueError("No leg is answered. Answer for the left leg, the right leg, or both.")
        if len(set(sides)) != len(sides):
            raise ValueError(f"The {sides[0]} leg is answered twice. Answer once for each leg.")
        if all(part.knee_inside is None and part.repetitions is None for part in self.parts):
            raise ValueError("No leg has an answer. Say for at least one leg how the knee moved, or how many you did.")
        return self


class RunningSigns(Entry):
    kind = "running signs"
    on_date: Past
    pelvis_swings: bool | None = None
    knees_buckle: bool | None = None
    x_legs: bool | None = None


class PlanItem(BaseModel):
    """One exercise of a plan: `sets` of either `repetitions` or `seconds`; side 'each' means left and right."""

    model_config = ConfigDict(frozen=True, extra="forbid")
    exercise: Exercise
    block: Literal["warm-up", "main"] = "main"
    side: Literal["each", "left", "right", "both"]
    sets: Annotated[int, whole("Sets are", 1, 20, "a plan has from 1 to 20 sets of an exercise")]
    repetitions: Annotated[int | None, whole("Repetitions are", 1, 200, "a plan has from 1 to 200 repetitions")] = None
    seconds: Annotated[int | None, whole("Seconds are", 1, 3600, "a plan has holds from 1 to 3600 seconds")] = None

    @model_validator(mode="after")
    def _one_target(self) -> "PlanItem":
        if (self.repetitions is None) == (self.seconds is None):
            raise ValueError(f"{_plain(self.exercise)} needs either repetitions or seconds, not both and not neither.")
        return self


class Plan(Entry):
    """A plan may start in the future; it ends the day before the next one starts."""

    kind = "plan"
    starts_on: Planned
    ends_on: PlannedOrNone = None
    days_per_week: Annotated[int, whole("Days a week are", 1, 7, "a week has from 1 to 7 days")]
    parts: tuple[PlanItem, ...]

    @model_validator(mode="after")
    def _holds_together(self) -> "Plan":
        if not self.parts:
            raise ValueError("The plan has no exercise. Enter at least one.")
        if self.ends_on and self.ends_on < self.starts_on:
            raise ValueError(
                f"The plan's end ({self.ends_on:%-d %B %Y}) is before its start ({self.starts_on:%-d %B %Y})."
                " Enter an end on or after the day it starts."
            )
        keys = [(part.block, part.exercise) for part in self.parts]
        twice = next((key for key in keys if keys.count(key) > 1), None)
        if twice:
            raise ValueError(f"{twice[1]} is in the {twice[0]} block twice. Enter it once, with all its sets.")
        return self


class StrengthSet(BaseModel):
    """One set. A pair on left and right is two rows with the same ordinal, and counts once."""

    model_config = ConfigDict(frozen=True, extra="forbid")
    exercise: Exercise
    ordinal: Annotated[int, whole("The set number is", 1, 50, "sets are numbered from 1 to 50")]
    side: Side | None = None
    repetitions: Repetitions = None
    seconds: Seconds = None
    load_kg: Load = None
    effort: Effort = None
    pain: Pain = None

    @model_validator(mode="after")
    def _is_complete(self, info: ValidationInfo) -> "StrengthSet":
        which = f"Set {self.ordinal} of {_plain(self.exercise)}"
        if self.exercise in door(info).one_sided and self.side not in ("left", "right"):
            raise ValueError(f"{which} has no side. It is done one leg at a time: enter left or right.")
        if self.side is None:
            raise ValueError(f"{which} has no side. Enter left, right or both.")
        if self.repetitions is None and self.seconds is None:
            raise ValueError(f"{which} has neither repetitions nor seconds. Enter one.")
        return self


class Session(Entry):
    kind = "session"
    on_date: Past
    ordinal: Annotated[int, whole("The session number is", 1, 9, "a day has up to 9 sessions")] = 1
    next_morning_pain: MorningPain = None
    parts: tuple[StrengthSet, ...]

    @model_validator(mode="after")
    def _has_sets(self) -> "Session":
        if not self.parts:
            raise ValueError("No set has repetitions or seconds. Enter at least one, or mark the week as no training.")
        keys = [(part.exercise, part.side, part.ordinal) for part in self.parts]
        twice = next((key for key in keys if keys.count(key) > 1), None)
        if twice:
            raise ValueError(
                f"Set {twice[2]} of {_plain(twice[0])} ({twice[1]}) is there twice. Number the sets 1, 2, 3."
            )
        return self


class PainReport(Entry):
    """Pain at one site and side, on a day or over a week (`on_date` is then the week's `iso_week`)."""

    kind = "pain"
    period: Literal["day", "week"]
    on_date: Annotated[date, BeforeValidator(past_day_or_week)]
    site: Site
    side: Side | None = None
    worst_running: Pain = None
    next_morning: MorningPain = None
    participation: OstrcScore = None
    modified_training: OstrcScore = None
    performance: OstrcScore = None
    symptoms: OstrcScore = None

    @model_validator(mode="after")
    def _says_something(self) -> "PainReport":
        answers = (self.participation, self.modified_training, self.performance, self.symptoms)
        if self.site in MIDLINE_SITES:
            if self.side != "both":
                raise ValueError(f"{self.site.capitalize()} is entered for both sides, not {self.side}.")
        elif self.side is None:
            raise ValueError(f"The {self.site} has no side. Enter left, right or both.")
        if (self.worst_running, self.next_morning, *answers) == (None,) * 6:
            raise ValueError(f"Nothing is answered for the {self.site}. Enter a pain value, or leave the site out.")
        return self


class Injury(Entry):
    kind = "injury"
    onset: Past
    site: Site
    side: Side
    returned_on: PastOrNone = None
    seven_days: bool | None = None
    three_sessions: bool | None = None
    consulted: bool | None = None

    @model_validator(mode="after")
    def _returns_later(self) -> "Injury":
        if self.returned_on and self.returned_on < self.onset:
            raise ValueError(
                f"The return ({self.returned_on:%-d %B %Y}) is before the start ({self.onset:%-d %B %Y})."
                " Enter a return on or after the day it started."
            )
        return self


class Run(Entry):
    """A run with totals only, or one from a file. `start` is None when only the day is known."""

    kind = "run"
    local_date: Past
    start: Start = None
    distance_m: Distance = None
    duration_s: Duration = None
    effort: Effort = None
    source: Annotated[str, text("The source")] = TYPED
    source_id: Annotated[str, text("The source's number")] = ""

    @model_validator(mode="after")
    def _has_a_total(self) -> "Run":
        if self.distance_m is None and self.duration_s is None:
            raise ValueError("The run has neither a distance nor a time. Enter at least one of them.")
        if self.start and abs(self.start.date() - self.local_date) > timedelta(days=1):
            raise ValueError(
                f"The run starts on {self.start:%-d %B} {self.start.year}, and its day is {self.local_date:%-d %B %Y}."
                " Enter the day it started."
            )
        return self

    def natural_key(self) -> str:
        """What makes a run typed by hand the same run: sent twice, it is one."""
        start = self.start.astimezone(UTC).isoformat() if self.start else ""
        return f"{self.local_date}|{start}|{self.distance_m}|{self.duration_s}"


class WeeklyTotal(Entry):
    kind = "weekly total"
    iso_week: PastWeek
    distance_m: WeekDistance


class WeekMark(Entry):
    """A stated zero: the runner says that nothing was done that week."""

    kind = "week mark"
    iso_week: PastWeek
    mark: Literal["no running", "no training"]


class Settings(Entry):
    kind = "settings"
    name: Annotated[str, text("The name")]
    units: Literal["km", "mi"] = "km"
    week_start: Literal[0, 5, 6] = 0
    time_zone: str | None = None

    @model_validator(mode="after")
    def _is_known(self) -> "Settings":
        if self.time_zone is not None and self.time_zone not in time_zones():
            raise ValueError(
                f"The time zone is {echo(self.time_zone)}. Choose one from the list, such as Europe/Vienna."
            )
        return self


AnyEntry = TypeVar("AnyEntry", bound=Entry)


def parse(kind: type[AnyEntry], values: Mapping[str, Any], door: Door) -> AnyEntry:
    """`values` as an entry of this kind; raises InvalidEntryError with one sentence for every problem."""
    try:
        return kind.model_validate(dict(values), context=door)
    except ValidationError as error:
        raise InvalidEntryError([_problem(found) for found in error.errors()]) from None


def _problem(found: Any) -> Problem:  # noqa: ANN401  pydantic's ErrorDetails
    field = ".".join(str(part) for part in found["loc"])
    if found["type"] == "value_error":
        return Problem(field, str(found["ctx"]["error"]))
    if found["type"] == "missing" or found["input"] is None:
        return Problem(field, f"{_label(field)} is missing. Fill it in.")
    return Problem(field, f"{_label(field)} is {echo(found['input'])}. {found['msg']}.")


def _label(field: str) -> str:
    return field.replace("_", " ").replace(".", " ").capitalize() or "The entry"
