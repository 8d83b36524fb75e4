"""Tables as files for a spreadsheet program, with every text a text there too: nothing in a file calculates.

In a CSV file a text that could begin a formula gets an apostrophe, as OWASP advises against CSV injection; in an
Excel file every text has the type text. Numbers and dates stay what they are, unknown is an empty cell.
"""

import csv
import io
import math
import re
from collections.abc import Iterator, Mapping
from datetime import date, datetime, time
from typing import Final

import numpy as np
import pandas as pd
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter
from openpyxl.worksheet._write_only import WriteOnlyWorksheet

Cell = str | int | float | date | None

_TRIGGERS: Final = "=+\\-@＝＋－＠"  # the wide ones too: some programs narrow what they read
# What a program may drop before it looks at a cell: space, control and invisible characters, quotes.
_DROPPED: Final = r"[\s\x00-\x1f\x7f-\x9f\xad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\"']*"
# A program set to another separator begins cells of its own in the middle of a text. A line of a list ("- felt ok") is
# let be there: a dash, a space and plain words calculate nothing.
_LISTED: Final = r"\s*- [^\W\d_][\w ,.]*(?:[;\t\r\n]|$)"
_BEGINS_FORMULA: Final = re.compile(
    rf"^(?={_DROPPED}[{_TRIGGERS}\t\r\n])|(?<=[;|\t\r\n])(?!{_LISTED})(?={_DROPPED}[{_TRIGGERS}])"
)
_NOT_IN_XML: Final = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_LONGEST_TEXT: Final = 32_767  # letters in a cell, Excel's own bound
_LONGEST_SHEET_NAME: Final = 31
_NOT_IN_SHEET_NAME: Final = re.compile(r"[\[\]:*?/\\]")
_WIDTHS: Final = (8, 60)  # letters; the widest text decides between them
_WHOLE: Final = 1e15  # below it, whole numbers are written without ".0"
_FIRST_DAY: Final = date(1900, 3, 1)  # Excel's days before it are wrong by one, or none


def csv_bytes(frame: pd.DataFrame) -> bytes:
    """The columns of `frame` without its index, as UTF-8 with the mark by which Excel knows it. Days are ISO days."""
    file = io.StringIO(newline="")
    writer = csv.writer(file)
    writer.writerow(guarded(str(name)) for name in frame.columns)
    for row in _rows(frame):
        writer.writerow(_in_csv(cell) for cell in row)
    return file.getvalue().encode("utf-8-sig", errors="replace")


def xlsx_bytes(frame: pd.DataFrame, sheet: str) -> bytes:
    """The columns of `frame` without its index as the one sheet of an Excel file, called `sheet` as far as Excel
    allows. Days are dates; letters that XML cannot hold are left out, and a text ends where Excel's longest does."""
    return workbook_bytes({sheet: frame})


def workbook_bytes(sheets: Mapping[str, pd.DataFrame]) -> bytes:
    """The same for some frames, each as a sheet of its own. Names that are the same for Excel get a number."""
    book = Workbook(write_only=True)
    for name, frame in sheets.items():
        _write(book.create_sheet(_sheet_name(name)), frame)
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def _write(page: WriteOnlyWorksheet, frame: pd.DataFrame) -> None:
    names, rows = [str(name) for name in frame.columns], list(_rows(frame))
    page.freeze_panes = "A2"
    for number, width in enumerate(_column_widths(names, rows), start=1):
        page.column_dimensions[get_column_letter(number)].width = width
    page.append([_in_xlsx(page, name, bold=True) for name in names])
    for row in rows:
        page.append([_in_xlsx(page, cell) for cell in row])


def begins_formula(text: str) -> bool:
    """Whether a spreadsheet program could begin to calculate where this text is a cell."""
    return _BEGINS_FORMULA.match(text) is not None


def guarded(text: str) -> str:
    """The text with an apostrophe wherever a spreadsheet program could begin to calculate when it reads a CSV file."""
    return _BEGINS_FORMULA.sub("'", text)


def _rows(frame: pd.DataFrame) -> Iterator[tuple[Cell, ...]]:
    columns = [_column(frame.iloc[:, place]) for place in range(frame.shape[1])]
    return zip(*columns, strict=True)


def _column(values: pd.Series) -> list[Cell]:
    """Plain values; a column of moments that are all midnight is one of days."""
    cells = [_plain(value) for value in values.tolist()]
    moments = [cell for cell in cells if isinstance(cell, datetime)]
    if any(moment.time() != time() for moment in moments):
        return cells
    return [cell.date() if isinstance(cell, datetime) else cell for cell in cells]


def _plain(value: object) -> Cell:
    if isinstance(value, np.generic):
        value = value.item()
    if value is None or value is pd.NA or value is pd.NaT:
        return None
    if isinstance(value, float):
        return None if math.isnan(value) else value if math.isfinite(value) else str(value)
    if isinstance(value, datetime):  # a clock's time where it was read: Excel knows no zones
        return value.replace(tzinfo=None)
    return value if isinstance(value, str | int | date) else str(value)


def _in_csv(cell: Cell) -> str | int | float:
    if cell is None:
        return ""
    if isinstance(cell, str):
        return guarded(cell)
    if isinstance(cell, date):
        return str(cell)
    return int(cell) if isinstance(cell, float) and cell.is_integer() and abs(cell) < _WHOLE else cell


def _in_xlsx(page: object, cell: Cell, *, bold: bool = False) -> WriteOnlyCell:
    if isinstance(cell, date) and (cell.date() if isinstance(cell, datetime) else cell) < _FIRST_DAY:
        cell = str(cell)
    if not isinstance(cell, str):
        return WriteOnlyCell(page, cell)
    written = WriteOnlyCell(page, _in_xml(cell))
    written.data_type = "s"  # openpyxl takes "=1" for a formula and "#N/A" for an error
    written.quotePrefix = guarded(cell) != cell  # stays a text when somebody edits the cell
    if bold:
        written.font = Font(bold=True)
    return written


def _in_xml(text: str) -> str:
    lines = text.replace("\r\n", "\n").replace("\r", "\n")
    return _NOT_IN_XML.sub("", lines)[:_LONGEST_TEXT]


def _sheet_name(name: str) -> str:
    allowed = _NOT_IN_SHEET_NAME.sub(" ", _NOT_IN_XML.sub("", name))
    return " ".join(allowed.split()).strip("'")[:_LONGEST_SHEET_NAME].strip("' ") or "Table"


def _column_widths(names: list[str], rows: list[tuple[Cell, ...]]) -> Iterator[int]:
    for place, name in enumerate(names):
        widest = max(len(str(text)) for text in (name, *(row[place] for row in rows if row[place] is not None)))
        yield min(max(widest + 2, _WIDTHS[0]), _WIDTHS[1])
