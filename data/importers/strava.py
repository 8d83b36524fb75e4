"""Strava's activities.csv, in the layouts since 2018. formats.md says which, and what each column means."""

import codecs
import csv
import io
import math
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import tzinfo
from typing import Final, Literal

from data.errors import UnreadableFileError
from data.importers import sports
from data.importers import strava_words as words
from data.importers.result import (
    MAX_EFFORT,
    UNKNOWN,
    Item,
    Problem,
    Run,
    Skipped,
    echo,
    plain,
)

SOURCE: Final = "strava"
DELIMITERS: Final = ",;\t"  # Strava writes commas; a spreadsheet that saved the file again may not
MAX_ROWS: Final = 100_000  # a run a day for 270 years
MAX_ROW_LINES: Final = 500  # lines of text in one description; more is a quotation mark that was never closed
MAX_HEADER: Final = 20_000  # characters; the longest known header, in HTML spans, has 5,000
MAX_KIND: Final = 40  # characters of an activity type repeated in a sentence
METRES_PER_KM: Final = 1000.0
THOUSANDS: Final = re.compile(r"-?\d{1,3}(,\d{3})+")
NUMBER: Final = re.compile(r"-?\d+(\.\d+)?(e[+-]?\d+)?", re.IGNORECASE | re.ASCII)
ACTIVITY_ID: Final = re.compile(r"\d{1,20}", re.ASCII)


class _BadValueError(ValueError):
    """A cell that cannot be what its column says; the message is the sentence for the runner."""


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
    distance: tuple[tuple[int, float], ...]
    duration: tuple[tuple[int, float], ...]
    effort: tuple[int, ...]


def decode(content: bytes) -> str:
    """The text of a CSV file: UTF-8, UTF-16 with its mark, or else the Windows code page of old spreadsheets."""
    if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return content.decode("utf-16", errors="replace").lstrip()
    try:
        return content.decode("utf-8-sig").lstrip()
    except UnicodeDecodeError:
        return content.decode("cp1252", errors="replace").lstrip()


def find_layout(text: str) -> Layout | None:
    """The layout that the first line announces; None when this is not Strava's table."""
    first = text[:MAX_HEADER].splitlines()[:1]
    layouts = (_layout(_parse(first, delimiter)[0], delimiter) for delimiter in DELIMITERS)
    return next((layout for layout in layouts if layout), None)


def _layout(header: list[str], delimiter: str) -> Layout | None:
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
        distance=_distances(distances, in_metres=names[ids[0]] == words.OLD_ID),
        duration=tuple((at, 1.0) for at in where(words.MOVING) + elapsed[1:] + elapsed[:1]),
        effort=tuple(where(words.EFFORT)),
    )


def _distances(columns: list[int], in_metres: bool) -> tuple[tuple[int, float], ...]:
    """The second distance is exact, in metres; the first is for display, in km but in the oldest layout."""
    display = 1.0 if in_metres else METRES_PER_KM
    return tuple([(at, 1.0) for at in columns[1:2]] + [(at, display) for at in columns[:1]])


def read(filename: str, text: str, layout: Layout, zone: tzinfo) -> Iterator[Item]:
    """The rows as items; row 1 is the header. Strava states no zone, so the local day is the one in `zone`.

    Raises UnreadableFileError when there is no row at all.
    """
    number = 1
    for number, row in enumerate(_rows(text, layout), start=2):
        if number > MAX_ROWS + 1:
            yield Problem(f"row {number}", f"Only the first {MAX_ROWS:,} activities were read. Split the file.")
            return
        yield _item(f"row {number}", row, layout, zone)
    if number == 1:
        raise UnreadableFileError(f"{filename} has the columns of a Strava export, but no activity in it.")


def _rows(text: str, layout: Layout) -> Iterator[list[str]]:
    """The rows below the header, padded to its width; blank lines are none.

    A quotation mark that is never closed would swallow what follows: such a row is its first line alone.
    """
    lines = list(io.StringIO(text, newline=""))
    at = 1
    while at < len(lines):
        row, taken = _parse(lines[at : at + MAX_ROW_LINES], layout.delimiter)
        if taken > 1 and len(row) != layout.width:
            row, taken = _parse(lines[at : at + 1], layout.delimiter)
        at += max(taken, 1)
        if any(row):
            yield row + [""] * (layout.width - len(row))


def _parse(lines: list[str], delimiter: str) -> tuple[list[str], int]:
    """The first row of the lines, and how many of them it takes."""
    reader = csv.reader(lines, delimiter=delimiter)
    try:
        return next(reader, []), reader.line_num
    except csv.Error:  # a cell longer than any description
        return [lines[0]], 1


def _item(position: str, row: list[str], layout: Layout, zone: tzinfo) -> Item:
    kind = plain(row[layout.type])
    try:
        if any(row[layout.width :]):
            raise _BadValueError(f"The row has {len(row)} values under {layout.width} headings: the row is broken.")
        sport = sports.kind_of(kind)
        if kind and sport not in ("run", "walk"):
            return Skipped(position, f"{plain(kind, MAX_KIND)}, not a run.")
        return _run(position, row, layout, zone, "walk" if sport == "walk" else "run")
    except _BadValueError as error:
        return Problem(position, f"{error} Add this run by hand.")


def _run(position: str, row: list[str], layout: Layout, zone: tzinfo, sport: Literal["run", "walk"]) -> Run:
    activity_id = row[layout.activity_id].strip()
    if not ACTIVITY_ID.fullmatch(activity_id):
        raise _BadValueError(f"The activity ID is {echo(activity_id)}, which is not a number: the row is broken.")
    if not row[layout.type].strip():
        raise _BadValueError("The row does not say which sport it was.")
    start = words.parse_date(row[layout.date])
    if start is None:
        raise _BadValueError(f"The date is {echo(row[layout.date])}, which is no date in the form that Strava writes.")
    distance_m = _amount(row, layout.distance, layout.decimal_comma, "distance")
    duration_s = _amount(row, layout.duration, layout.decimal_comma, "time")
    return Run(
        position=position,
        start=start,
        local_date=start.astimezone(zone).date(),
        distance_m=distance_m,
        duration_s=duration_s,
        effort=_effort(row, layout),
        source=SOURCE,
        source_id=activity_id,
        name="" if layout.name is None else plain(row[layout.name]),
        sport=sport,
    )


def _amount(row: list[str], columns: tuple[tuple[int, float], ...], decimal_comma: bool, what: str) -> float:
    """The first column that holds an amount, in SI; NaN when none does. Raises when what stands there is no number."""
    unreadable = ""
    for at, unit in columns:
        value = _number(row[at], decimal_comma)
        if value is None:
            unreadable = unreadable or row[at].strip()
        elif value:
            return value * unit
    if unreadable:
        raise _BadValueError(f"The {what} is {echo(unreadable)}, which is not a number.")
    return UNKNOWN


def _effort(row: list[str], layout: Layout) -> float:
    """The perceived exertion, 0-10; unknown when it is anything else, which is no reason to lose the run."""
    values = (_number(row[at], layout.decimal_comma) for at in layout.effort if row[at].strip())
    return next((value for value in values if value is not None and 0 <= value <= MAX_EFFORT), UNKNOWN)


def _number(text: str, decimal_comma: bool) -> float | None:
    """The number a cell states, with its thousands and decimal signs; 0 for an empty cell, None for no number."""
    digits = "".join(text.split()).replace("'", "")
    if not digits:
        return 0.0
    if "," in digits and ("." in digits or not decimal_comma):
        digits = _with_point(digits)
    digits = digits.replace(",", ".")
    value = float(digits) if NUMBER.fullmatch(digits) else math.inf
    return value if math.isfinite(value) else None


def _with_point(digits: str) -> str:
    """Thousands signs taken out: the sign before the last one, or a lone comma before three digits."""
    if digits.rfind(".") > digits.rfind(",") or THOUSANDS.fullmatch(digits):
        return digits.replace(",", "")
    return digits.replace(".", "")
