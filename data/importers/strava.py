"""Strava's activities.csv, in the layouts since 2018. formats.md says which, and what each column means."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta, tzinfo
from itertools import chain, islice
from typing import Final, Literal

from data.errors import UnreadableFileError
from data.importers import dates, instants, sports
from data.importers import strava_words as words
from data.importers.cells import METRES, BadCellError, Unit, number
from data.importers.delimited import MAX_ROWS, headers, rows
from data.importers.instants import Place
from data.importers.result import (
    MAX_EFFORT,
    UNKNOWN,
    Item,
    Problem,
    Run,
    Skipped,
    Workout,
    echo,
    plain,
)

SOURCE: Final = "strava"
MAX_KIND: Final = 40  # characters of an activity type repeated in a sentence
LOOKED_AT: Final = 1_000  # rows that show whether a table is Strava's, and how it writes dates
MOST: Final = 0.6  # share of them that must be activities where the headings are not known
NARROWEST: Final = 10  # columns, in 2019
FILES: Final = "activities/"  # the folder of the recordings that a table names
# Where the columns are in every language and layout; the others are so many behind the name of the file.
ID, DATE, NAME, TYPE, ELAPSED, DISTANCE = 0, 1, 2, 3, 5, 6
EXACT_ELAPSED, EXACT_MOVING, EXACT_DISTANCE, EFFORT = 3, 4, 5, 31
SAME_START: Final = timedelta(hours=1)  # of a row and its recording, whose beginning may have been cut off
ACTIVITY_ID: Final = re.compile(r"\d{1,20}", re.ASCII)


@dataclass(frozen=True, slots=True)
class Recording:
    """What the recording says that a row names: its activities, or the place alone where it began."""

    items: tuple[Item, ...] = ()
    place: Place | None = None


Recorded = Callable[[str], Recording]


def _none_recorded(name: str) -> Recording:  # noqa: ARG001  one of Recorded
    return Recording()


@dataclass(frozen=True, slots=True)
class Layout:
    """Where the columns are. Distance and time are asked for in order of preference, each with its unit."""

    delimiter: str
    decimal_comma: bool
    width: int
    activity_id: int
    date: int
    name: int | None
    type: int
    file: int | None
    distance: tuple[tuple[int, float], ...]
    duration: tuple[tuple[int, float], ...]
    effort: tuple[int, ...]
    date_order: dates.DateOrder = "year first"


def read_table(
    filename: str,
    text: str,
    zone: tzinfo,
    unit: Unit,  # noqa: ARG001  a reader's
    recorded: Recorded = _none_recorded,
) -> Iterator[Item] | None:
    """The rows as items; None when this is not Strava's table. Raises UnreadableFileError when there is no row.

    `recorded` gives what the recordings beside the table say.
    """
    layout = find_layout(text)
    return None if layout is None else read(filename, text, layout, zone, recorded)


def find_layout(text: str) -> Layout | None:
    """The layout that the first line announces, or else the rows show; None when this is not Strava's table."""
    for header, delimiter in headers(text):
        layout = _by_heading(header, delimiter) or _by_place(text, delimiter, len(header))
        if layout:
            return layout
    return None


def _by_place(text: str, delimiter: str, width: int) -> Layout | None:
    """The layout of an export whose headings are in another language: the order of its columns is that of all others.

    The sports must be known, or every run would be left out as something else.
    """
    if width < NARROWEST:
        return None
    looked = list(islice(rows(text, delimiter, width), LOOKED_AT))
    file = next((at for row in looked for at in range(DISTANCE + 1, width) if row[at].startswith(FILES)), None)
    if file is None or sum(_is_activity(row, file) for row in looked) < len(looked) * MOST:
        return None
    if not any(sports.kind_of(row[TYPE]) in ("run", "walk") for row in rows(text, delimiter, width)):
        return None
    return Layout(
        delimiter=delimiter,
        decimal_comma=True,
        width=width,
        activity_id=ID,
        date=DATE,
        name=NAME,
        type=TYPE,
        file=file,
        distance=_distances([DISTANCE, *(at for at in (file + EXACT_DISTANCE,) if at < width)], in_metres=False),
        duration=tuple((at, 1.0) for at in (file + EXACT_MOVING, file + EXACT_ELAPSED, ELAPSED) if at < width),
        effort=tuple(at for at in (file + EFFORT,) if at < width),
    )


def _is_activity(row: list[str], file: int) -> bool:
    is_file = not row[file] or row[file].startswith(FILES)
    return is_file and ACTIVITY_ID.fullmatch(row[ID]) is not None and dates.is_date(row[DATE])


def _by_heading(header: list[str], delimiter: str) -> Layout | None:
    names = [words.heading(name) for name in header]

    def where(accepted: set[str]) -> list[int]:
        return [at for at, name in enumerate(names) if name in accepted]

    ids, dates, types = where(words.ID), where(words.DATE), where(words.TYPE)
    elapsed, distances = where(words.ELAPSED), where(words.DISTANCE)
    if not (ids and dates and types and (elapsed or distances)):
        return None
    return Layout(
        delimiter=delimiter,
        decimal_comma=delimiter == ";" or names[ids[0]] not in words.ENGLISH_ID,
        width=len(names),
        activity_id=ids[0],
        date=dates[0],
        name=next(iter(where(words.NAME)), None),
        type=types[0],
        file=next(iter(where(words.FILE)), None),
        distance=_distances(distances, in_metres=names[ids[0]] == words.OLD_ID),
        duration=tuple((at, 1.0) for at in where(words.MOVING) + elapsed[1:] + elapsed[:1]),
        effort=tuple(where(words.EFFORT)),
    )


def _distances(columns: list[int], in_metres: bool) -> tuple[tuple[int, float], ...]:
    """The second distance is exact, in metres; the first is for display, in km but in the oldest layout."""
    display = 1.0 if in_metres else METRES["km"]
    return tuple([(at, 1.0) for at in columns[1:2]] + [(at, display) for at in columns[:1]])


def read(filename: str, text: str, layout: Layout, zone: tzinfo, recorded: Recorded = _none_recorded) -> Iterator[Item]:
    """The rows as items; row 1 is the header. Strava states no zone, so the local day is the one in `zone`, unless a
    recording knows better.

    Raises UnreadableFileError when there is no row at all.
    """
    coming = rows(text, layout.delimiter, layout.width)
    looked = list(islice(coming, LOOKED_AT))
    layout = replace(layout, date_order=dates.shown_order(row[layout.date] for row in looked))
    number = 1
    for number, row in enumerate(chain(looked, coming), start=2):
        if number > MAX_ROWS + 1:
            yield Problem(f"row {number}", f"Only the first {MAX_ROWS:,} activities were read. Split the file.")
            return
        yield _item(f"row {number}", row, layout, zone, recorded)
    if number == 1:
        raise UnreadableFileError(f"{filename} has the columns of a Strava export, but no activity in it.")


def _item(position: str, row: list[str], layout: Layout, zone: tzinfo, recorded: Recorded) -> Item:
    kind = plain(row[layout.type])
    try:
        if any(row[layout.width :]):
            raise BadCellError(f"The row has {len(row)} values under {layout.width} headings: the row is broken.")
        sport = sports.kind_of(kind)
        file = "" if layout.file is None else row[layout.file].strip()
        if sport == "strength" and (workouts := [item for item in recorded(file).items if isinstance(item, Workout)]):
            return _workout(position, row, layout, workouts)
        if kind and sport not in ("run", "walk"):
            return Skipped(position, f"{plain(kind, MAX_KIND)}, not a run.")
        recording = Recording() if instants.is_virtual(kind, _name(row, layout)) else recorded(file)
        return _run(position, row, layout, zone, "walk" if sport == "walk" else "run", recording)
    except BadCellError as error:
        return Problem(position, f"{error} Add this run by hand.")


def _workout(position: str, row: list[str], layout: Layout, workouts: list[Workout]) -> Workout:
    """The sets that the watch counted, as one session by the table's name for it."""
    sets = tuple(chain.from_iterable(workout.sets for workout in workouts))
    source_id = f"{SOURCE} {_activity_id(row, layout)}"
    return Workout(position, workouts[0].local_date, source_id, _name(row, layout), sets)


def _local_date(start: datetime, zone: tzinfo, recording: Recording) -> date:
    """The day where the run was, which its recording knows; else the one in the runner's own zone."""
    for item in recording.items:
        if isinstance(item, Run) and item.start is not None and abs(item.start - start) <= SAME_START:
            return item.local_date
    return instants.local_day(start, instants.zone_at(recording.place, zone))


def _activity_id(row: list[str], layout: Layout) -> str:
    activity_id = row[layout.activity_id].strip()
    if not ACTIVITY_ID.fullmatch(activity_id):
        raise BadCellError(f"The activity ID is {echo(activity_id)}, which is not a number: the row is broken.")
    return activity_id


def _name(row: list[str], layout: Layout) -> str:
    return "" if layout.name is None else plain(row[layout.name])


def _run(
    position: str,
    row: list[str],
    layout: Layout,
    zone: tzinfo,
    sport: Literal["run", "walk"],
    recording: Recording,
) -> Run:
    activity_id = _activity_id(row, layout)
    if not row[layout.type].strip():
        raise BadCellError("The row does not say which sport it was.")
    start = words.parse_date(row[layout.date], layout.date_order)
    if start is None:
        raise BadCellError(f"The date is {echo(row[layout.date])}, which is no date in the form that Strava writes.")
    distance_m = _amount(row, layout.distance, layout.decimal_comma, "distance")
    duration_s = _amount(row, layout.duration, layout.decimal_comma, "time")
    return Run(
        position=position,
        start=start,
        local_date=_local_date(start, zone, recording),
        distance_m=distance_m,
        duration_s=duration_s,
        effort=_effort(row, layout),
        source=SOURCE,
        source_id=activity_id,
        name=_name(row, layout),
        sport=sport,
    )


def _amount(row: list[str], columns: tuple[tuple[int, float], ...], decimal_comma: bool, what: str) -> float:
    """The first column that holds an amount, in SI; NaN when none does. Raises when what stands there is no number."""
    unreadable = ""
    for at, unit in columns:
        value = number(row[at], decimal_comma)
        if value is None:
            unreadable = unreadable or row[at].strip()
        elif value:
            return value * unit
    if unreadable:
        raise BadCellError(f"The {what} is {echo(unreadable)}, which is not a number.")
    return UNKNOWN


def _effort(row: list[str], layout: Layout) -> float:
    """The perceived exertion, 0-10; unknown when it is anything else, which is no reason to lose the run."""
    values = (number(row[at], layout.decimal_comma) for at in layout.effort if row[at].strip())
    return next((value for value in values if value is not None and 0 <= value <= MAX_EFFORT), UNKNOWN)
