"""The cells of an archive: every value as text that reads back as the same value, and rows as RFC 4180 has them.

An empty cell is unknown; a text that is empty stands as "" in its row. A text that a spreadsheet program could take for
a formula has an apostrophe before it, and so has one that begins with an apostrophe: reading takes one off again.
"""

import codecs
import io
import json
import math
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import UTC, date, datetime
from typing import Any, BinaryIO, Final

from sqlalchemy import JSON, Boolean, Column, Date, Float, Integer, String

from data.columns import UtcDateTime, Weekdays
from data.fields import echo
from data.spreadsheets import begins_formula

Cells = Sequence[str | None]
Row = list[str | None]

GUARD: Final = "'"  # what makes a spreadsheet program take the rest of a cell for a text

_CELL: Final = re.compile(r'(?:"((?:[^"]++|"")*+)"|([^",\r\n]*+))(,|\r\n)')
_SPECIAL: Final = re.compile(r'[",\r\n]')
_WHOLE: Final = re.compile(r"-?[0-9]{1,9}")  # no column of ours counts further; PostgreSQL's integers end soon after
_CHUNK: Final = 2**20  # bytes that are read at a time
_LONGEST_CELL: Final = 64 * 2**20  # letters; no table that was brought in is longer
_MOST_CELLS: Final = 100  # of a row; the widest file has 15
_FLAGS: Final = {"true": True, "false": False}


def as_csv(rows: Iterable[Cells]) -> tuple[bytes, int]:
    """Rows as UTF-8, and how many they are; half a character, which UTF-8 cannot hold, becomes a question mark."""
    out, number = io.BytesIO(), 0
    for number, row in enumerate(rows, start=1):  # noqa: B007  counts them
        out.write((",".join(map(_quoted, row)) + "\r\n").encode(errors="replace"))
    return out.getvalue(), number


def _quoted(cell: str | None) -> str:
    if cell is None:
        return ""
    return '"' + cell.replace('"', '""') + '"' if not cell or _SPECIAL.search(cell) else cell


def read_csv(stream: BinaryIO) -> Iterator[Row]:
    """The rows one by one, the first with the names of the columns. Raises ValueError where it is no such table."""
    decode = codecs.getincrementaldecoder("utf-8")().decode  # a UnicodeDecodeError is a ValueError
    text, at, number = "", 0, 0
    row: Row = []
    while True:
        found = _CELL.match(text, at)
        if found is None:  # its end is yet to come, or it has none
            content = stream.read(max(_CHUNK, len(text) - at))
            text, at = text[at:] + decode(content, final=not content), 0
            if not content or len(text) > _LONGEST_CELL:
                break
            continue
        quoted, bare, end = found.groups()
        row.append((bare or None) if quoted is None else quoted.replace('""', '"'))
        at = found.end()
        if end != ",":
            yield row
            row, number = [], number + 1
        elif len(row) == _MOST_CELLS:
            raise ValueError(f"row {number} has more than {_MOST_CELLS} cells")
    if text:
        raise ValueError(f"row {number} cannot be read")
    if row:
        raise ValueError(f"row {number} has no end")


def to_text(value: Any, column: Column[Any]) -> str | None:  # noqa: ANN401  a column's value
    """A stored value as its cell."""
    if isinstance(column.type, JSON):
        return None if value is None and column.nullable else json.dumps(value, sort_keys=True)
    if value is None:
        return None
    if isinstance(column.type, Boolean):
        return str(value).lower()
    if isinstance(column.type, Weekdays):
        return " ".join(map(str, value))
    if isinstance(column.type, UtcDateTime):
        return instant(value)
    if isinstance(column.type, Float):
        return repr(float(value) + 0.0)  # PostgreSQL knows a zero below zero, and SQLite does not
    if isinstance(column.type, String):
        return guarded(value)
    return value.isoformat() if isinstance(value, date) else str(value)


def guarded(text: str) -> str:
    """As an archive has it; `from_text` reads it as it was."""
    return GUARD + text if text.startswith(GUARD) or begins_formula(text) else text


def instant(moment: datetime) -> str:
    """2026-03-04T06:30:00Z."""
    return moment.astimezone(UTC).replace(tzinfo=None).isoformat() + "Z"


def from_text(cell: str | None, column: Column[Any]) -> Any:  # noqa: ANN401  a column's value
    """The value of a cell. Raises ValueError with a sentence that echoes it."""
    if cell is None:
        if column.nullable:
            return None
        raise ValueError(f"{column.name} is empty")
    try:
        return _read(cell, column)
    except (ValueError, LookupError, OverflowError, RecursionError) as error:
        raise ValueError(f"{column.name} is {echo(cell)}, which is not {_kind(column)}") from error


def _read(cell: str, column: Column[Any]) -> Any:  # noqa: ANN401  a column's value
    if isinstance(column.type, JSON):
        return json.loads(cell)
    if isinstance(column.type, Boolean):
        return _FLAGS[cell]
    if isinstance(column.type, Weekdays):
        return tuple(int(day) for day in cell.split())
    if isinstance(column.type, UtcDateTime):
        return moment(cell)
    if isinstance(column.type, Date):
        return _same(date.fromisoformat(cell), cell, date.isoformat)
    if isinstance(column.type, Float):
        return _finite(float(cell))
    if isinstance(column.type, Integer):
        return _whole(cell)
    return cell.removeprefix(GUARD)


def moment(text: str) -> datetime:
    """An instant as `instant` writes it. Raises ValueError."""
    found: datetime = _same(datetime.fromisoformat(text), text, instant)
    return found


def _same(value: Any, cell: str, write: Callable[[Any], str]) -> Any:  # noqa: ANN401  a column's value
    """The value, where it is written just like that: Python reads dates in many more ways."""
    if write(value) != cell:
        raise ValueError
    return value


def _finite(number: float) -> float:
    if not math.isfinite(number):
        raise ValueError
    return number


def _whole(cell: str) -> int:
    if not _WHOLE.fullmatch(cell):
        raise ValueError
    return int(cell)


def _kind(column: Column[Any]) -> str:
    kinds: list[tuple[type, str]] = [
        (JSON, "JSON"),
        (Boolean, "true or false"),
        (Weekdays, "a list of days, such as 0 3"),
        (UtcDateTime, "a moment such as 2026-03-04T06:30:00Z"),
        (Date, "a day such as 2026-03-04"),
        (Float, "a number"),
        (Integer, "a whole number"),
    ]
    return next((words for kind, words in kinds if isinstance(column.type, kind)), "a text")
