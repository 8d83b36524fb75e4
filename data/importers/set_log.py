"""Strength logs of other programs: one row a set, the workout's start and title repeated on each.

strong.py and hevy.py say which columns they have; formats.md says what is accepted and what a row becomes.
"""

import math
import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import lru_cache
from itertools import chain, islice
from typing import Final, Literal

from data.errors import UnreadableFileError
from data.importers import dates, delimited, strava_words
from data.importers.cells import Unit
from data.importers.result import Item, Note, Problem, Skipped, Workout, WorkoutSet, echo, plain

LOOKED_AT: Final = 1_000  # rows that show how the table writes dates
MAX_ROWS: Final = 200_000  # fifty sets a day for eleven years
MAX_SOURCE_ID: Final = 200
MAX_REPETITIONS: Final = 1000  # the door's own limits for a set
MAX_SECONDS: Final = 3600
MAX_LOAD_KG: Final = 500.0
MAX_EFFORT: Final = 10
KG_PER_LB: Final = 0.45359237
UNITS: Final = {"kg": 1.0, "kgs": 1.0, "lb": KG_PER_LB, "lbs": KG_PER_LB}
NUMBER: Final = re.compile(r"[+-]?\d{1,12}(\.\d*)?", re.ASCII)
OFFSET: Final = re.compile(r"(?<=:\d\d)(\.\d{1,9})?\s?(Z|UTC|[+-]\d\d:?\d\d)?$", re.ASCII)  # and fractions of seconds
BRACKETS: Final = re.compile(r"\([^()]*\)")
# What programs call running, without case and brackets: "Running (Treadmill)".
RUNS: Final = frozenset(
    ("run", "running", "treadmill", "treadmill run", "treadmill running", "jog", "jogging", "sprint", "sprints")
    + ("trail running", "outdoor run", "indoor run", "laufen", "laufband", "lauf", "joggen", "dauerlauf")
    + ("course a pied", "course à pied", "tapis de course", "tapis roulant", "correr", "carrera", "cinta de correr")
)


class BadRowError(ValueError):
    """A row that cannot be what its columns say; the message is the sentence for the runner."""


@dataclass(frozen=True, slots=True)
class Headings:
    """What a program calls its columns, in small letters; `loads` with the kilograms of their unit, None: not said."""

    start: Collection[str]
    title: Collection[str]
    exercise: Collection[str]
    kind: Collection[str]
    repetitions: Collection[str]
    seconds: Collection[str]
    effort: Collection[str]
    loads: dict[str, float | None]
    load_unit: Collection[str] = ()


@dataclass(frozen=True, slots=True)
class Layout:
    """Where the columns are; None where the file has none."""

    delimiter: str
    width: int
    start: int
    title: int | None
    exercise: int
    kind: int
    repetitions: int | None
    seconds: int | None
    effort: int | None
    loads: tuple[tuple[int, float | None], ...]
    load_unit: int | None
    date_order: dates.DateOrder = "year first"


@dataclass(frozen=True, slots=True)
class Program:
    """Whose log it is, and which words of its set column name a set that was prescribed, or a warm-up."""

    name: str
    is_set: re.Pattern[str]
    is_warm_up: re.Pattern[str]


@dataclass(slots=True)
class _Gathered:
    """One workout as its rows come in."""

    position: str
    start: datetime
    title: str
    sets: list[WorkoutSet] = field(default_factory=list)


def find_layout(text: str, headings: Headings) -> Layout | None:
    """The layout that the first line announces; None when it is not this program's."""
    found = (_layout(header, delimiter, headings) for header, delimiter in delimited.headers(text))
    return next((layout for layout in found if layout), None)


def _layout(header: Sequence[str], delimiter: str, headings: Headings) -> Layout | None:
    names = [strava_words.heading(name) for name in header]

    def where(accepted: Collection[str]) -> int | None:
        return next((at for at, name in enumerate(names) if name in accepted), None)

    start, exercise, kind = where(headings.start), where(headings.exercise), where(headings.kind)
    if start is None or exercise is None or kind is None:
        return None
    return Layout(
        delimiter=delimiter,
        width=len(names),
        start=start,
        title=where(headings.title),
        exercise=exercise,
        kind=kind,
        repetitions=where(headings.repetitions),
        seconds=where(headings.seconds),
        effort=where(headings.effort),
        loads=tuple((names.index(name), unit) for name, unit in headings.loads.items() if name in names),
        load_unit=where(headings.load_unit),
    )


def read(filename: str, text: str, layout: Layout, program: Program, unit: Unit) -> Iterator[Item]:
    """The workouts, and a sentence for each row that is none of them; row 1 is the header. A load whose unit the file
    does not say is in the runner's. Times are local and without a zone: the local day is the written one.

    Raises UnreadableFileError when there is no row at all.
    """
    workouts: dict[tuple[datetime, str], _Gathered] = {}
    number, warm_ups, is_assumed = 1, 0, False
    coming = delimited.rows(text, layout.delimiter, layout.width)
    looked = list(islice(coming, LOOKED_AT))
    layout = replace(layout, date_order=dates.shown_order(_local(row[layout.start]) for row in looked))
    for number, row in enumerate(chain(looked, coming), start=2):
        position = f"row {number}"
        if number > MAX_ROWS + 1:
            yield Problem(position, f"Only the first {MAX_ROWS:,} sets were read. Split the file.")
            break
        try:
            kind = _kind(row[layout.kind].strip(), program)
            warm_ups += kind == "warm-up"
            if kind == "work":
                yield from _take(position, row, layout, unit, workouts)
                is_assumed = is_assumed or _has_no_unit(row, layout)
        except BadRowError as error:
            yield Problem(position, f"{error} Add this set by hand.")
    if number == 1:
        raise UnreadableFileError(f"{filename} has the columns of {program.name}'s export, but no set in it.")
    yield from (_workout(found, program) for found in workouts.values())
    if warm_ups:
        yield Skipped("the file", f"Warm-up sets, {warm_ups:,} in number, are left out: the diary counts work sets.")
    if is_assumed:
        yield Note("the loads", _assumed(program, unit))


def _assumed(program: Program, unit: Unit) -> str:
    read, other = ("pounds", "kilograms") if unit == "mi" else ("kilograms", "pounds")
    return (
        f"{program.name}'s table names no unit. The loads were read as {read}, which go with the unit in your "
        f"settings. If they are {other}, change the unit there and choose the file again. What was "
        "added before can be undone."
    )


def _workout(found: _Gathered, program: Program) -> Workout:
    source_id = f"{program.name.lower()} {found.start.isoformat(' ')} {found.title}"[:MAX_SOURCE_ID].strip()
    return Workout(found.position, found.start.date(), source_id, found.title, tuple(found.sets))


def _kind(said: str, program: Program) -> Literal["work", "warm-up", "no set"]:
    if not said:
        raise BadRowError("The row does not say which set it was: the row is broken.")
    if program.is_warm_up.fullmatch(said):
        return "warm-up"
    return "work" if program.is_set.fullmatch(said) else "no set"


def _take(
    position: str, row: list[str], layout: Layout, unit: Unit, workouts: dict[tuple[datetime, str], _Gathered]
) -> Iterator[Skipped]:
    """Put the row's set into its workout; a run goes into none."""
    if any(row[layout.width :]):
        raise BadRowError(f"The row has {len(row)} values under {layout.width} headings: the row is broken.")
    exercise = plain(row[layout.exercise])
    if not exercise:
        raise BadRowError("The row does not say which exercise it was.")
    if is_run(exercise):
        yield Skipped(
            position,
            f"{echo(exercise)} is a run, and a strength log has neither its start nor its own time."
            " Bring it in from your watch, or add it by hand.",
        )
        return
    start = parse_time(row[layout.start], layout.date_order)
    if start is None:
        raise BadRowError(f"The date is {echo(row[layout.start])}, which is no date with a time.")
    title = "" if layout.title is None else plain(row[layout.title])
    one = _set(exercise, row, layout, unit)
    workouts.setdefault((start, title), _Gathered(position, start, title)).sets.append(one)


def is_run(exercise: str) -> bool:
    """Whether a program's name of an exercise is running, on a road or a treadmill."""
    return " ".join(BRACKETS.sub(" ", exercise).casefold().split()) in RUNS


def _set(exercise: str, row: list[str], layout: Layout, unit: Unit) -> WorkoutSet:
    repetitions = _amount(row, layout.repetitions, "number of repetitions", MAX_REPETITIONS, "1,000")
    if repetitions is not None and repetitions % 1:
        raise BadRowError(f"The number of repetitions is {repetitions:g}, which is not a whole number.")
    seconds = _amount(row, layout.seconds, "time in seconds", MAX_SECONDS, "3,600")
    return WorkoutSet(
        exercise=exercise,
        repetitions=None if repetitions is None else int(repetitions),
        seconds=None if seconds is None else max(1, round(seconds)),
        load_kg=_load(row, layout, unit),
        effort=_effort(row, layout),
    )


def _load(row: list[str], layout: Layout, unit: Unit) -> float | None:
    """Kilograms, from the first column that holds a load; one below zero is help, and no load."""
    for at, per_kg in layout.loads:
        value = _number(row[at], "load")
        if value > 0:
            kilograms = value * (per_kg or _unit(row, layout, unit))
            if kilograms > MAX_LOAD_KG:
                raise BadRowError(f"The load is {echo(row[at])}. A set has up to 500 kg.")
            return round(kilograms, 2)
    return None


def _has_no_unit(row: list[str], layout: Layout) -> bool:
    """Whether the row is a set with a load whose unit the file does not say."""
    if is_run(plain(row[layout.exercise])):
        return False
    per_kg = next((per_kg for at, per_kg in layout.loads if _number(row[at], "load") > 0), 1.0)
    return per_kg is None and (layout.load_unit is None or not row[layout.load_unit].strip())


def _unit(row: list[str], layout: Layout, unit: Unit) -> float:
    said = "" if layout.load_unit is None else row[layout.load_unit].strip().casefold()
    if not said:
        return UNITS["lb" if unit == "mi" else "kg"]
    if said not in UNITS:
        raise BadRowError(f"The unit of the load is {echo(said)}. It can be kg or lb.")
    return UNITS[said]


def _effort(row: list[str], layout: Layout) -> int | None:
    """The rating of perceived exertion in whole points, a half rounded up; unknown when it is none, which is no reason
    to lose the set."""
    text = "" if layout.effort is None else _point(row[layout.effort])
    value = float(text) if NUMBER.fullmatch(text) else math.inf
    return math.floor(value + 0.5) if 0 < value <= MAX_EFFORT else None


def _amount(row: list[str], at: int | None, what: str, most: float, shown: str) -> float | None:
    """What the cell states; None for nothing and for zero, which programs write where they mean nothing."""
    value = 0.0 if at is None else _number(row[at], what)
    if at is not None and not 0 <= value <= most:
        raise BadRowError(f"The {what} is {echo(row[at])}. A set has from 0 to {shown}.")
    return value or None


def _number(cell: str, what: str) -> float:
    text = _point(cell)
    if text and not NUMBER.fullmatch(text):
        raise BadRowError(f"The {what} is {echo(cell)}, which is not a number.")
    return float(text or 0)


def _point(cell: str) -> str:
    """The cell with a decimal point and without spaces."""
    return "".join(cell.split()).replace(",", ".")


@lru_cache(maxsize=64)  # a workout repeats its start on each row
def parse_time(text: str, order: dates.DateOrder) -> datetime | None:
    """The local time that a cell states, in any of the forms these programs are known to write: 2020-12-30 18:51:52,
    2020-12-30T18:51:52Z, 15 Sep 2025, 07:48, 05.06.2026, 07:30, May 15, 2026, 7:26 PM. `order` is the one that the
    column shows. An offset is left out: the written day is the runner's."""
    moment = dates.read(_local(text), order)
    return None if moment is None or moment.clock is None else datetime.combine(moment.day, moment.clock)


def _local(text: str) -> str:
    return OFFSET.sub("", text.strip())
