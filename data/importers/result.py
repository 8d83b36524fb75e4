"""What a file gives: runs, strength sessions, pain, weekly totals, and a sentence for all that is none of them."""

import math
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Final, Literal

import pandas as pd

from data.dtypes import DAY, INSTANT, NUMBER, TEXT
from data.schema import MAX_RUN_M

# A frame has these columns in this order, also when it is empty.
RUN_COLUMNS: Final = {
    "start": INSTANT,
    "local_date": DAY,
    "distance_m": NUMBER,
    "duration_s": NUMBER,
    "effort": NUMBER,
    "source": TEXT,
    "source_id": TEXT,
    "name": TEXT,
    "position": TEXT,
    "sport": TEXT,
}
FIRST_YEAR: Final = 2000  # consumer GPS watches begin there; an earlier start is a clock that was never set
LAST_YEAR: Final = 2100  # later is a broken record; merely future days are judged where today is known
MAX_DURATION_S: Final = 7 * 24 * 3600.0  # the door's own limit for a run
# m/s. The 100 m world record (9.58 s, Usain Bolt 2009, World Athletics); and a convention for long runs, above the
# 6.6 m/s of the 5,000 m record (12:35.36, Joshua Cheptegei 2020, World Athletics).
FASTEST: Final = 10.44
FASTEST_LONG: Final = 7.5
LONG_M: Final = 5_000.0
MINUTE_S: Final = 60.0
MAX_EFFORT: Final = 10.0  # rating of perceived exertion
MAX_TEXT: Final = 200  # characters of a name kept, more than any export allows
MAX_ECHO: Final = 60  # characters of an offending value repeated in a sentence
UNKNOWN: Final = math.nan
HEADINGS: Final = "the headings"  # where a mapped table says what it was read by


@dataclass(frozen=True, slots=True)
class Skipped:
    """A readable activity that is not counted as a run: where it is in the file, and why."""

    position: str
    reason: str


@dataclass(frozen=True, slots=True)
class Problem:
    """What could not be read: where it is in the file, and a sentence that echoes the value."""

    position: str
    reason: str


@dataclass(frozen=True, slots=True)
class Note:
    """What must be checked of something that was read: where it is in the file, and a sentence that says what."""

    position: str
    reason: str


@dataclass(frozen=True, slots=True)
class Run:
    """One run, or walk, as a file states it. Metres, seconds and effort 0-10 are NaN where the file does not say;
    `start` is None where it says only the day. A walk counts when the runner has chosen so."""

    position: str
    start: datetime | None
    local_date: date
    distance_m: float
    duration_s: float
    effort: float
    source: str
    source_id: str
    name: str
    sport: Literal["run", "walk"] = "run"


@dataclass(frozen=True, slots=True)
class WorkoutSet:
    """One set as a program states it, under the program's own name of the exercise; None: it does not say. Programs
    say no side."""

    exercise: str
    repetitions: int | None = None
    seconds: int | None = None
    load_kg: float | None = None
    effort: int | None = None


@dataclass(frozen=True, slots=True)
class Workout:
    """A strength session of another program, on its own local day. `source_id` is the same whenever the workout is read
    again, and begins with the program's name."""

    position: str
    local_date: date
    source_id: str
    name: str
    sets: tuple[WorkoutSet, ...]


@dataclass(frozen=True, slots=True)
class PainNote:
    """Pain 0 to 10 of a day, as a table states it; site and side in our own words (`data.fields.SITES`)."""

    position: str
    local_date: date
    worst_running: int
    site: str
    side: str


@dataclass(frozen=True, slots=True)
class WeekDistance:
    """The distance of a whole week, as a table states it; `local_date` is a day of that week."""

    position: str
    local_date: date
    distance_m: float


@dataclass(frozen=True, slots=True)
class Mapped:
    """A table that was read by the runner's own mapping, which can be changed: its key and its headings."""

    position: str
    key: str
    headings: tuple[str, ...]


Item = Run | Workout | PainNote | WeekDistance | Skipped | Problem | Note | Mapped


@dataclass(frozen=True, eq=False)
class ImportResult:
    """What a file holds.

    runs: start datetime64[s, UTC]; local_date datetime64[s], naive midnight of the runner's local day;
    distance_m, duration_s, effort (RPE 0-10) float64, NaN unknown; source, the reader's module ('strava', 'fit', 'gpx',
    ...); source_id, the same whenever the same activity is read again; name; position, where in the file it stands
    ('row 12', 'session 2'); sport 'run' | 'walk'.
    skipped: activities that are no runs, or the same run once more. problems: what failed. notes: what is
    to check of what was read. mapped: the tables that were read by a mapping of the runner's.
    """

    runs: pd.DataFrame
    skipped: tuple[Skipped, ...]
    problems: tuple[Problem, ...]
    workouts: tuple[Workout, ...] = ()
    pain: tuple[PainNote, ...] = ()
    weeks: tuple[WeekDistance, ...] = ()
    notes: tuple[Note, ...] = ()
    mapped: tuple[Mapped, ...] = ()


def gather(items: Iterable[Item]) -> ImportResult:
    """The items as a result: a repeated run counts once, an absurd one becomes a problem."""
    first_at: dict[str, str] = {}
    judged = [_judged(item, first_at) for item in items]
    return ImportResult(
        runs=_frame([item for item in judged if isinstance(item, Run)]),
        skipped=tuple(item for item in judged if isinstance(item, Skipped)),
        problems=tuple(item for item in judged if isinstance(item, Problem)),
        workouts=tuple(item for item in judged if isinstance(item, Workout)),
        pain=tuple(item for item in judged if isinstance(item, PainNote)),
        weeks=tuple(item for item in judged if isinstance(item, WeekDistance)),
        notes=_to_check(judged),
        mapped=tuple(item for item in judged if isinstance(item, Mapped)),
    )


def _to_check(judged: list[Item]) -> tuple[Note, ...]:
    """The notes on what counts: of what does not, its own line says why."""
    kept = {item.position for item in judged if isinstance(item, Run | Workout | PainNote | WeekDistance)}
    lost = {item.position for item in judged if isinstance(item, Skipped | Problem)} - kept
    return tuple(item for item in judged if isinstance(item, Note) and item.position not in lost)


def _judged(item: Item, first_at: dict[str, str]) -> Item:
    if isinstance(item, Skipped | Problem | Note | Mapped):
        return item
    reason = _absurd_day(item) or (_absurd(item) if isinstance(item, Run) else None)
    if reason:
        return Problem(item.position, reason)
    if isinstance(item, Run | Workout):
        if item.source_id in first_at:
            same = "run" if isinstance(item, Run) else "workout"
            return Skipped(item.position, f"The same {same} as {first_at[item.source_id]}, so it counts once.")
        first_at[item.source_id] = item.position
    return item


def _absurd_day(item: Run | Workout | PainNote | WeekDistance) -> str | None:
    day = (isinstance(item, Run) and item.start) or item.local_date
    if FIRST_YEAR <= day.year <= LAST_YEAR:
        return None
    what = "the date of a run. Add this run" if isinstance(item, Run) else "a date of this diary. Add this entry"
    return f"The start is {day:%Y-%m-%d}, which cannot be {what} by hand."


def _absurd(run: Run) -> str | None:
    if run.distance_m < 0 or run.distance_m > MAX_RUN_M:
        return f"The distance is {run.distance_m / 1000:,.2f} km. A run is from 0 to 500 km. Add this run by hand."
    if run.duration_s < 0 or run.duration_s > MAX_DURATION_S:
        return f"The time is {run.duration_s:,.0f} seconds. A run lasts up to 7 days. Add this run by hand."
    if math.isnan(run.distance_m) and math.isnan(run.duration_s):
        return "It has neither a distance nor a time. Add this run by hand."
    if run.distance_m > _furthest(run.distance_m, known(run.duration_s)):
        amounts = f"{run.distance_m / 1000:,.2f} km in {clock(run.duration_s)}"
        return f"{amounts} is faster than anybody runs. Check the distance, and add it by hand."
    return None


def _furthest(metres: float, seconds: float) -> float:
    """How far anybody can run in the time that is stated; NaN where none is."""
    is_in_minutes = seconds % MINUTE_S == 0  # which may have been cut: 800 m in 1:50 are in "1 min"
    longest = seconds + MINUTE_S if is_in_minutes else seconds
    return longest * (FASTEST_LONG if metres > LONG_M else FASTEST)


def _frame(runs: list[Run]) -> pd.DataFrame:
    return pd.DataFrame(
        {name: pd.Series([getattr(run, name) for run in runs], dtype=dtype) for name, dtype in RUN_COLUMNS.items()}
    )


def within(item: Item, member: str) -> Item:
    """The item with its position told from outside the archive that holds its file."""
    return replace(item, position=f"{member}, {item.position}")


def by_hand(metres: float, seconds: float) -> str:
    """What to do about an activity that cannot be counted as it stands, with the amounts known of it."""
    amounts = [f"{metres / 1000:,.2f} km"] if metres == metres else []
    amounts += [f"a time of {clock(seconds)}"] if seconds == seconds else []
    stated = f" with {' and '.join(amounts)}" if amounts else ""
    return f"If you ran, add the run by hand{stated}."


def known(value: float | None) -> float:
    """The amount as stated; nothing, zero and not-a-number all mean that the file does not say."""
    return UNKNOWN if value is None or value == 0 or not math.isfinite(value) else value


def amount(text: str) -> float | None:
    """The number that an attribute or element of XML states; None when it is no finite number."""
    try:
        value = float(text)
    except ValueError:
        return None
    return value if math.isfinite(value) else None


def plain(text: str, limit: int = MAX_TEXT) -> str:
    """The text on one line, without what no screen or database can show, cut to the limit."""
    if text.isprintable():  # most are, and this takes a hundredth of the time
        return text[: 2 * limit].strip()[:limit]
    return "".join(c if c.isprintable() else " " for c in text[: 2 * limit]).strip()[:limit]


def echo(text: str) -> str:
    """A value from a file, short and quoted, for a sentence."""
    return f"'{plain(text, MAX_ECHO)}'"


def clock(seconds: float) -> str:
    """Seconds as 57:07 or 1:02:52."""
    minutes, rest = divmod(round(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02d}:{rest:02d}" if hours else f"{minutes}:{rest:02d}"
