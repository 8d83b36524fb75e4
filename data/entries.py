"""What a runner can record, validated once. Every message echoes the value and says what to do.

`parse(kind, values, door)` is the one way in: a frozen entry, or InvalidEntryError with every problem at once.
"""

from collections import Counter
from datetime import UTC, date, timedelta
from functools import cache
from typing import Annotated, Literal
from zoneinfo import available_timezones

from pydantic import BaseModel, BeforeValidator, ConfigDict, ValidationInfo, model_validator

from data.entry import Entry, parse
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
    plain,
    text,
    whole,
)
from data.plan_entries import Offer, Plan, PlanItem, Profile, Video

LONGEST_SOURCE = 200  # letters: another program's name of a workout, with its time
TYPED = "manual"  # the source of a run that the runner typed

__all__ = [
    "TYPED",
    "MIDLINE_SITES",
    "SITES",
    "Door",
    "Entry",
    "Injury",
    "Offer",
    "PainReport",
    "Plan",
    "PlanItem",
    "Profile",
    "Run",
    "RunningSigns",
    "SelfTest",
    "Session",
    "Settings",
    "SideResult",
    "StrengthSet",
    "Video",
    "WeekMark",
    "WeeklyTotal",
    "parse",
]


@cache
def time_zones() -> frozenset[str]:
    """The IANA names of the time zones that this machine knows; reading them takes a while."""
    return frozenset(available_timezones())


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
        if all(part == SideResult(side=part.side) for part in self.parts):
            raise ValueError("No leg has an answer. Answer at least one question for one leg.")
        return self


class RunningSigns(Entry):
    kind = "running signs"
    on_date: Past
    pelvis_swings: bool | None = None
    knees_buckle: bool | None = None
    x_legs: bool | None = None


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
        which = f"Set {self.ordinal} of {plain(self.exercise)}"
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
    source_id: Annotated[str, text("The workout's number", LONGEST_SOURCE)] | None = None  # None: logged here
    parts: tuple[StrengthSet, ...]

    @model_validator(mode="after")
    def _has_sets(self) -> "Session":
        if not self.parts:
            raise ValueError("No set has repetitions or seconds. Enter at least one, or mark the week as no training.")
        keys = Counter((part.exercise, part.side, part.ordinal) for part in self.parts)
        twice = next((key for key, times in keys.items() if times > 1), None)
        if twice:
            raise ValueError(
                f"Set {twice[2]} of {plain(twice[0])} ({twice[1]}) is there twice. Number the sets 1, 2, 3."
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


class NewRunner(Entry):
    """A runner whom a coach adds to a squad, by name."""

    kind = "runner"
    name: Annotated[str, text("The name")]

    @model_validator(mode="after")
    def _has_a_name(self) -> "NewRunner":
        if not self.name.strip():
            raise ValueError("The runner has no name yet. Type one, so that their row can be told from others.")
        return self


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
