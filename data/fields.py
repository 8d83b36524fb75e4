"""What the fields of an entry may hold, in words a runner understands: every message echoes the value.

None is unknown everywhere; the limits stand again as CHECKs in `schema.py`.
"""

import math
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Annotated, Any, Literal

import numpy as np
from pydantic import AfterValidator, BeforeValidator, ValidationInfo

from data.schema import MAX_RUN_M, MAX_WEEK_M
from data.weeks import MONDAY, runner_week

EARLIEST = date(1970, 1, 1)
PLANNED_AHEAD = timedelta(days=3652)  # ten years: no plan is longer
LONGEST_TEXT = 80  # letters of a name; an exercise's and an import's ids are shorter
LONGEST_ECHO = 60  # letters of a wrong value that a message repeats
MOST_WORDS = 40  # of one choice; the lists have about a dozen
WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
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
    """What the checks need besides the entry: the runner's today and first day of the week, and what the guides know:
    one-sided exercises, and the words for equipment and contraindications."""

    today: date
    one_sided: frozenset[str] = frozenset()
    first_day: int = MONDAY
    equipment: frozenset[str] | None = None  # None: any word will do
    contraindications: frozenset[str] | None = None


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


def whole(label: str, low: int, high: int, scale: str) -> BeforeValidator:
    def check(value: Any) -> int | None:  # noqa: ANN401  anything may come from a form
        if value is None:
            return None
        number = _number(value)
        if number is None or number % 1:
            raise ValueError(f"{label} {echo(value)}. Enter a whole number; {scale}.")
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
            raise ValueError(f"{label} {echo(value)}. Enter a number; {scale}.")
        if not low <= number <= high:
            raise ValueError(f"{label} {echo(shown(number))}. {scale[0].upper()}{scale[1:]}.")
        return number

    return BeforeValidator(check)


def _score(value: Any) -> int | None:  # noqa: ANN401  anything may come from a form
    if value is None:
        return None
    number = _number(value)
    if number not in OSTRC_SCORES:
        raise ValueError(f"An answer is scored {echo(value)}. The four answers score 0, 8, 17 and 25.")
    return int(number)


def echo(value: Any) -> str:  # noqa: ANN401  anything may come from a form
    """The value as the message shows it: its beginning where it is long."""
    try:
        text = str(value)
    except ValueError:  # Python writes out no int of more than 4300 digits
        return "a number of thousands of digits"
    text = text.encode(errors="replace").decode()  # half a character, which no page could show
    return text if len(text) <= LONGEST_ECHO else f"{text[:LONGEST_ECHO]}..."


def plain(slug: str) -> str:
    """An exercise's slug as words."""
    return slug.replace("-", " ")


def text(label: str, longest: int = LONGEST_TEXT) -> AfterValidator:
    def check(value: str) -> str:
        if len(value) > longest:
            raise ValueError(f"{label} has {len(value)} letters. Use up to {longest}.")
        if "\0" in value:  # PostgreSQL keeps no text that holds one
            raise ValueError(f"{label} holds a character that cannot be kept. Type it again.")
        return value

    return AfterValidator(check)


def words(label: str) -> BeforeValidator:
    """A choice of several words, in their order; None is not asked, an empty choice is none of them."""

    def check(value: Any) -> tuple[str, ...] | None:  # noqa: ANN401  anything may come from a form
        if value is None:
            return None
        if not isinstance(value, list | tuple | set | frozenset) or not all(_is_word(word) for word in value):
            raise ValueError(f"{label} is {echo(value)}. Choose from the list.")
        if len(value) > MOST_WORDS:
            raise ValueError(f"{label} has {len(value)} entries. Choose up to {MOST_WORDS}.")
        return tuple(sorted(set(value)))

    return BeforeValidator(check)


def _is_word(value: Any) -> bool:  # noqa: ANN401  anything may come from a form
    return isinstance(value, str) and value.isprintable() and 0 < len(value) <= LONGEST_TEXT


def weekday_names(days: Iterable[int]) -> str:
    """'Monday, Wednesday', or 'none'."""
    return ", ".join(WEEKDAYS[day] for day in days) or "none"


def _weekdays(value: Any) -> tuple[int, ...] | None:  # noqa: ANN401  anything may come from a form
    if value is None:
        return None
    days = [_number(day) for day in value] if isinstance(value, list | tuple | set | frozenset) else [None]
    if not days or any(day not in range(len(WEEKDAYS)) for day in days):
        raise ValueError(f"The training days are {echo(value)}. Choose at least one, from Monday (0) to Sunday (6).")
    return tuple(sorted({int(day) for day in days if day is not None}))


def _day(value: Any) -> date:  # noqa: ANN401  anything may come from a form
    if not isinstance(value, date) or isinstance(value, datetime):
        raise ValueError(f"The date is {echo(value)}. Enter a day, month and year.")
    if value < EARLIEST:
        raise ValueError(f"The date is {value:%-d %B} {value.year}. Enter a day after {EARLIEST:%-d %B %Y}.")
    return value


def door(info: ValidationInfo) -> Door:
    assert isinstance(info.context, Door), "entries are made by parse()"
    return info.context


def _past(value: Any, info: ValidationInfo) -> date:  # noqa: ANN401  anything may come from a form
    day = _day(value)
    if day > door(info).today:
        raise ValueError(f"The date is {day:%-d %B %Y}, which is in the future. Enter today or a day before.")
    return day


def _planned(value: Any, info: ValidationInfo) -> date:  # noqa: ANN401  anything may come from a form
    day, last = _day(value), door(info).today + PLANNED_AHEAD
    if day > last:
        raise ValueError(f"The date is {day:%-d %B %Y}. A plan may run until {last:%-d %B %Y}.")
    return day


def _planned_or_none(value: Any, info: ValidationInfo) -> date | None:  # noqa: ANN401  anything may come from a form
    return None if value is None else _planned(value, info)


def _past_week(value: Any, info: ValidationInfo) -> date:  # noqa: ANN401  anything may come from a form
    """An `iso_week` is a Monday, and the runner's week that it stands for has begun."""
    known = door(info)
    monday = _day(value)
    if monday.weekday() != MONDAY:
        raise ValueError(f"The week is {monday}. Enter the Monday of an ISO week.")
    _past(runner_week(monday, known.first_day), info)
    return monday


def past_day_or_week(value: Any, info: ValidationInfo) -> date:  # noqa: ANN401  anything may come from a form
    return _past_week(value, info) if info.data.get("period") == "week" else _past(value, info)


def _past_or_none(value: Any, info: ValidationInfo) -> date | None:  # noqa: ANN401  anything may come from a form
    return None if value is None else _past(value, info)


def _instant(value: Any) -> datetime | None:  # noqa: ANN401  anything may come from a form
    """An aware instant; its day is checked against the run's `local_date`."""
    if value is None:
        return None
    if not isinstance(value, datetime) or value.tzinfo is None:
        raise ValueError(f"The start is {echo(value)}. It needs a day, a time and a time zone.")
    return value


def _km(metres: float) -> str:
    miles = metres / 1609.344
    return f"{metres / 1000:g} km ({miles:{'.0f' if 1 <= abs(miles) < 1e6 else '.2g'}} miles)"


PAIN = "the scale goes from 0 (none) to 10 (worst imaginable)"
EFFORT = "the scale goes from 0 (rest) to 10 (maximal)"
SINGLE_RUN = f"one day's running is from 0 to {_km(MAX_RUN_M)}"
Pain = Annotated[int | None, whole("Pain is", 0, 10, PAIN)]
MorningPain = Annotated[int | None, whole("Pain next morning is", 0, 10, PAIN)]
Effort = Annotated[int | None, whole("Effort is", 0, 10, EFFORT)]
Repetitions = Annotated[int | None, whole("Repetitions are", 0, 1000, "repetitions go from 0 to 1000")]
TestRepetitions = Annotated[int | None, whole("Repetitions are", 0, 100, "repetitions in a test go from 0 to 100")]
Seconds = Annotated[int | None, whole("Seconds are", 0, 3600, "a hold lasts from 0 to 3600 seconds")]
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
Exercise = Annotated[str, text("The exercise")]
Days = Annotated[tuple[int, ...] | None, BeforeValidator(_weekdays)]
Side = Literal["left", "right", "both"]
LeftRight = Literal["left", "right"]
OstrcScore = Annotated[int | None, BeforeValidator(_score)]
