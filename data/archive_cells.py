"""The cells of an archive: every value as text that reads back as the same value, and rows as RFC 4180 has them.

An empty cell is unknown; a text that is empty stands as "" in its row. Nothing is put before a text that begins like a
formula: the archive is for machines, and must not change what it holds.
"""

import json
import math
import re
from collections.abc import Callable, Iterable, Sequence
from datetime import UTC, date, datetime
from typing import Any, Final

from sqlalchemy import JSON, Boolean, Column, Date, Float, Integer

from data.columns import UtcDateTime, Weekdays
from data.fields import echo

Cells = Sequence[str | None]

_CELL: Final = re.compile(r'(?:"((?:[^"]++|"")*+)"|([^",\r\n]*+))(,|\r\n)')
_SPECIAL: Final = re.compile(r'[",\r\n]')
_WHOLE: Final = re.compile(r"-?[0-9]{1,9}")  # no column of ours counts further; PostgreSQL's integers end soon after
_FLAGS: Final = {"true": True, "false": False}


def as_csv(rows: Iterable[Cells]) -> bytes:
    """Rows as UTF-8; half a character, which UTF-8 cannot hold, becomes a question mark."""
    return "".join(",".join(map(_quoted, row)) + "\r\n" for row in rows).encode(errors="replace")


def _quoted(cell: str | None) -> str:
    if cell is None:
        return ""
    return '"' + cell.replace('"', '""') + '"' if not cell or _SPECIAL.search(cell) else cell


def from_csv(content: bytes) -> list[list[str | None]]:
    """The rows, the first with the names of the columns among them. Raises ValueError where it is no such table."""
    text = content.decode()  # a UnicodeDecodeError is a ValueError
    rows: list[list[str | None]] = []
    row: list[str | None] = []
    at = 0
    while at < len(text):
        found = _CELL.match(text, at)
        if found is None:
            raise ValueError(f"row {len(rows)} cannot be read")
        quoted, bare, end = found.groups()
        row.append((bare or None) if quoted is None else quoted.replace('""', '"'))
        if end != ",":
            rows.append(row)
            row = []
        at = found.end()
    if row:
        raise ValueError(f"row {len(rows)} has no end")
    return rows


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
    return value.isoformat() if isinstance(value, date) else str(value)


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
    return cell


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
