"""What a runner can record, validated once. Every message echoes the value and says what to do.

`parse(kind, values, door)` is the one way in: a frozen entry, or InvalidEntryError with every problem at once.
None is unknown everywhere; limits stand again as CHECKs in `schema.py`.
"""

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Annotated, Any, ClassVar, Literal, TypeVar
from zoneinfo import available_timezones

import numpy as np
from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    ValidationError,
    ValidationInfo,
    model_validator,
)

from data.errors import InvalidEntryError, Problem
from data.schema import MAX_RUN_M, MAX_WEEK_M
from data.weeks import MONDAY, runner_week

EARLIEST = date(1970, 1, 1)
PLANNED_AHEAD = timedelta(days=3652)  # ten years: no plan is longer
LONGEST_TEXT = 80  # letters of a name; an exercise's and an import's ids are shorter
LONGEST_ECHO = 60  # letters of a wrong value that a message repeats
OSTRC_SCORES = (0, 8, 17, 25)
SITES = (
    "anywhere",
    "kneecap",
    "outer knee",
    "inner knee",
    "outer hip",
    "groin",
    "buttock",
    "front of thigh",
    "hamstring",
    "shin",
    "calf",
    "Achilles tendon",
    "ankle",
    "foot",
    "lower back",
    "other",
)
MIDLINE_SITES = ("anywhere", "lower back")  # the only sites that have no left and right

Site = Literal[SITES]  # type: ignore[valid-type]  # one list for the type, the widgets and the check


@dataclass(frozen=True)
class Door:
    """What the checks need besides the entry: the runner's today, first day of the week, and one-sided exercises."""

    today: date
    one_sided: frozenset[str] = frozenset()
    first_day: int = MONDAY


def _number(value: Any) -> float | None:  # noqa: ANN401  anything may come from a form
    """The number that a form or a frame's cell holds, infinity for one beyond counting; None when it is none."""
    value = value.item() if isinstance(value, np.generic) else value
    if isinstance(value, bool) or not isinstance(value, int | float):
        return None
    try:
        number = float(value)
    except OverflowError:  # an int of more than 308 digits
        number = math.inf if value > 0 else -math.inf
    return None if math.isnan(number) else number


def _whole(label: str, low: int, high: int, scale: str) -> BeforeValidator:
    def check(value: Any) -> int | None:  # noqa: ANN401  anything may come from a form
        if value is None:
            return None
        number = _number(value)
        if number is None or number % 1:
            raise ValueError(f"{label} {_echo(value)}. Enter a whole number; {scale}.")
        if not low <= number <= high:
            raise ValueError(f"{label} {number:g}. {scale[0].upper()}{scale[1:]}.")
        return int(number)

    return BeforeValidator(check)


def _amount(label: str, low: float, high: float, scale: str, shown: Callable[[float], str]) -> BeforeValidator:
    def check(value: Any) -> float | None:  # noqa: ANN401  anything may come from a form
        if value is None:
            return None
        number = _number(value)
        if number is None:
            raise ValueError(f"{label} {_echo(value)}. Enter a number; {scale}.")
        if not low <= number <= high:
            raise ValueError(f"{label} {_echo(shown(number))}. {scale[0].upper()}{scale[1:]}.")
        return number

    return BeforeValidator(check)


def _score(value: Any) -> int | None:  # noqa: ANN401  anything may come from a form
    if value is None:
        return None
    number = _number(value)
    if number not in OSTRC_SCORES:
        raise ValueError(f"An answer is scored {_echo(value)}. The four answers score 0, 8, 17 and 25.")
    return int(number)


def _echo(value: Any) -> str:  # noqa: ANN401  anything may come from a form
    """The value as the message shows it: its beginning where it is long."""
    try:
        text = str(value)
    except ValueError:  # Python writes out no int of more than 4300 digits
        return "a number of thousands of digits"
    text = text.encode(errors="replace").decode()  # half a character, which no page could show
    return text if len(text) <= LONGEST_ECHO else f"{text[:LONGEST_ECHO]}..."


def _text(label: str) -> AfterValidator:
    def check(value: str) -> str:
        if len(value) > LONGEST_TEXT:
            raise ValueError(f"{label} has {len(value)} letters. Use up to {LONGEST_TEXT}.")
        if "\0" in value:  # PostgreSQL keeps no text that holds one
            raise ValueError(f"{label} holds a character that cannot be kept. Type it again.")
        return value

    return AfterValidator(check)


def _day(value: Any) -> date:  # noqa: ANN401  anything may come from a form
    if not isinstance(value, date) or isinstance(value, datetime):
        raise ValueError(f"The date is {_echo(value)}. Enter a day, month and year.")
    if value < EARLIEST:
        raise ValueError(f"The date is {value:%-d %B} {value.year}. Enter a day after {EARLIEST:%-d %B %Y}.")
    return value


def _door(info: ValidationInfo) -> Door:
    assert isinstance(info.context, Door), "entries are made by parse()"
    return info.context


def _past(value: Any, info: ValidationInfo) -> date:  # noqa: ANN401  anything may come from a form
    day = _day(value)
    if day > _door(info).today:
        raise ValueError(f"The date is {day:%-d %B %Y}, which is in the future. Enter today or a day before.")
    return day


def _planned(value: Any, info: ValidationInfo) -> date:  # noqa: ANN401  anything may come from a form
    day, last = _day(value), _door(info).today + PLANNED_AHEAD
    if day > last:
        raise ValueError(f"The date is {day:%-d %B %Y}. A plan may run until {last:%-d %B %Y}.")
    return day


def _planned_or_none(value: Any, info: ValidationInfo) -> date | None:  # noqa: ANN401  anything may come from a form
    return None if value is None else _planned(value, info)


def _past_week(value: Any, info: ValidationInfo) -> date:  # noqa: ANN401  anything may come from a form
    """An `iso_week` is a Monday, and the runner's week that it stands for has begun."""
    door = _door(info)
    monday = _day(value)
    if monday.weekday() != MONDAY:
        raise ValueError(f"The week is {monday}. Enter the Monday of an ISO week.")
    _past(runner_week(monday, door.first_day), info)
    return monday


def _past_day_or_week(value: Any, info: ValidationInfo) -> date:  # noqa: ANN401  anything may come from a form
    return _past_week(value, info) if info.data.get("period") == "week" else _past(value, info)


def _past_or_none(value: Any, info: ValidationInfo) -> date | None:  # noqa: ANN401  anything may come from a form
    return None if value is None else _past(value, info)


def _instant(value: Any) -> datetime | None:  # noqa: ANN401  anything may come from a form
    """An aware instant; its day is checked against the run's `local_date`."""
    if value is None:
        return None
    if not isinstance(value, datetime) or value.tzinfo is None:
        raise ValueError(f"The start is {_echo(value)}. It needs a day, a time and a time zone.")
    return value


def _km(metres: float) -> str:
    return f"{metres / 1000:g} km ({metres / 1609.344:.0f} miles)"


PAIN = "the scale goes from 0 (none) to 10 (worst imaginable)"
EFFORT = "the scale goes from 0 (rest) to 10 (maximal)"
SINGLE_RUN = f"one day's running is from 0 to {_km(MAX_RUN_M)}"
Pain = Annotated[int | None, _whole("Pain is", 0, 10, PAIN)]
MorningPain = Annotated[int | None, _whole("Pain next morning is", 0, 10, PAIN)]
Effort = Annotated[int | None, _whole("Effort is", 0, 10, EFFORT)]
Repetitions = Annotated[int | None, _whole("Repetitions are", 0, 1000, "repetitions go from 0 to 1000")]
TestRepetitions = Annotated[int | None, _whole("Repetitions are", 0, 100, "repetitions in a test go from 0 to 100")]
Seconds = Annotated[int | None, _whole("Seconds are", 0, 3600, "a hold lasts from 0 to 3600 seconds")]
Load = Annotated[float | None, _amount("Load is", 0, 500, "load goes from 0 to 500 kg", "{:g} kg".format)]
Degrees = Annotated[
    float | None, _amount("The knee angle is", -60, 60, "it goes from -60 to 60 degrees", "{:g}".format)
]
Distance = Annotated[float | None, _amount("The distance is", 0, MAX_RUN_M, SINGLE_RUN, _km)]
Duration = Annotated[
    float | None,
    _amount("The time is", 0, 7 * 24 * 3600, "one run takes from 0 to 168 hours", lambda s: f"{s / 3600:g} hours"),
]
WeekDistance = Annotated[
    float, _amount("The week's distance is", 0, MAX_WEEK_M, f"a week's running is from 0 to {_km(MAX_WEEK_M)}", _km)
]
Past = Annotated[date, BeforeValidator(_past)]
Planned = Annotated[date, BeforeValidator(_planned)]
PlannedOrNone = Annotated[date | None, BeforeValidator(_planned_or_none)]
Start = Annotated[datetime | None, BeforeValidator(_instant)]
PastWeek = Annotated[date, BeforeValidator(_past_week)]
PastOrNone = Annotated[date | None, BeforeValidator(_past_or_none)]
Exercise = Annotated[str, _text("The exercise")]
Side = Literal["left", "right", "both"]
LeftRight = Literal["left", "right"]
OstrcScore = Annotated[int | None, BeforeValidator(_score)]


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
        if len(set(sides)) != len(sides) or not sides:
            raise ValueError(f"The test has {len(sides)} results. Enter the left leg, the right leg, or one of each.")
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
    sets: Annotated[int, _whole("Sets are", 1, 20, "a plan has from 1 to 20 sets of an exercise")]
    repetitions: Annotated[int | None, _whole("Repetitions are", 1, 200, "a plan has from 1 to 200 repetitions")] = None
    seconds: Annotated[int | None, _whole("Seconds are", 1, 3600, "a plan has holds from 1 to 3600 seconds")] = None

    @model_validator(mode="after")
    def _one_target(self) -> "PlanItem":
        if (self.repetitions is None) == (self.seconds is None):
            raise ValueError(f"{self.exercise} needs either repetitions or seconds, not both and not neither.")
        return self


class Plan(Entry):
    """A plan may start in the future; it ends the day before the next one starts."""

    kind = "plan"
    starts_on: Planned
    ends_on: PlannedOrNone = None
    days_per_week: Annotated[int, _whole("Days a week are", 1, 7, "a week has from 1 to 7 days")]
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
    ordinal: Annotated[int, _whole("The set number is", 1, 50, "sets are numbered from 1 to 50")]
    side: Side | None = None
    repetitions: Repetitions = None
    seconds: Seconds = None
    load_kg: Load = None
    effort: Effort = None
    pain: Pain = None

    @model_validator(mode="after")
    def _is_complete(self, info: ValidationInfo) -> "StrengthSet":
        if self.exercise in _door(info).one_sided and self.side not in ("left", "right"):
            raise ValueError(
                f"Set {self.ordinal} of {self.exercise} has no side. It is done one leg at a time: enter left or right."
            )
        if self.side is None:
            raise ValueError(f"Set {self.ordinal} of {self.exercise} has no side. Enter left, right or both.")
        if self.repetitions is None and self.seconds is None:
            raise ValueError(f"Set {self.ordinal} of {self.exercise} has neither repetitions nor seconds. Enter one.")
        return self


class Session(Entry):
    kind = "session"
    on_date: Past
    ordinal: Annotated[int, _whole("The session number is", 1, 9, "a day has up to 9 sessions")] = 1
    next_morning_pain: MorningPain = None
    parts: tuple[StrengthSet, ...]

    @model_validator(mode="after")
    def _has_sets(self) -> "Session":
        if not self.parts:
            raise ValueError("No set has repetitions or seconds. Enter at least one, or mark the week as no training.")
        keys = [(part.exercise, part.side, part.ordinal) for part in self.parts]
        twice = next((key for key in keys if keys.count(key) > 1), None)
        if twice:
            raise ValueError(f"Set {twice[2]} of {twice[0]} ({twice[1]}) is there twice. Number the sets 1, 2, 3.")
        return self


class PainReport(Entry):
    """Pain at one site and side, on a day or over a week (`on_date` is then the week's `iso_week`)."""

    kind = "pain"
    period: Literal["day", "week"]
    on_date: Annotated[date, BeforeValidator(_past_day_or_week)]
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
    source: Annotated[str, _text("The source")] = "manual"
    source_id: Annotated[str, _text("The source's number")] = ""

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
    name: Annotated[str, _text("The name")]
    units: Literal["km", "mi"] = "km"
    week_start: Literal[0, 5, 6] = 0
    time_zone: str | None = None

    @model_validator(mode="after")
    def _is_known(self) -> "Settings":
        if self.time_zone is not None and self.time_zone not in available_timezones():
            raise ValueError(
                f"The time zone is {_echo(self.time_zone)}. Choose one from the list, such as Europe/Vienna."
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
    return Problem(field, f"{_label(field)} is {_echo(found['input'])}. {found['msg']}.")


def _label(field: str) -> str:
    return field.replace("_", " ").replace(".", " ").capitalize() or "The entry"
