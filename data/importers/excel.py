"""The rows of an Excel workbook as text: what its cells show, formulas by the value that was kept with them."""

import io
import warnings
import zipfile
from collections.abc import Iterable, Iterator
from datetime import date, datetime, time, timedelta
from itertools import islice
from typing import Final

import openpyxl

from data.errors import UnreadableFileError
from data.importers.result import clock
from data.importers.tables import MAX_CELLS
from data.importers.unpack import BOUNDED, MAX_FILE_BYTES, ZIP_ERRORS

PART: Final = "xl/workbook.xml"  # what makes a zip a workbook
TOP: Final = 50  # rows that show how many columns there are
# What openpyxl and the parsers below it raise on damaged workbooks; a parser's own error is a SyntaxError.
EXCEL_ERRORS: Final = (*ZIP_ERRORS, SyntaxError, TypeError, AttributeError, AssertionError, ArithmeticError)


def is_workbook(names: list[str]) -> bool:
    """Whether a zip with these members is an Excel workbook."""
    return PART in names


def sheets(filename: str, content: bytes, max_columns: int) -> Iterator[Iterator[list[str]]]:
    """The rows of each sheet, none wider than `max_columns`. Raises UnreadableFileError, also between two rows."""
    try:
        _check_size(filename, content)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of styles and extensions that do not matter here
            book = openpyxl.load_workbook(io.BytesIO(content), read_only=True, data_only=True, keep_links=False)
    except EXCEL_ERRORS as error:
        raise _damaged(filename) from error
    for sheet in book.worksheets:
        yield _rows(filename, sheet, max_columns)


def _check_size(filename: str, content: bytes) -> None:
    """A member never unpacks to more than the archive's directory says, so the directory is enough."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        members = archive.infolist()
    if any(member.compress_type not in BOUNDED for member in members):
        raise _damaged(filename)
    if sum(member.file_size for member in members) > MAX_FILE_BYTES:
        limit = MAX_FILE_BYTES // 2**20
        raise UnreadableFileError(f"{filename} unpacks to more than {limit} MB. Save the one sheet that is needed.")


def _rows(filename: str, sheet: openpyxl.worksheet._read_only.ReadOnlyWorksheet, widest: int) -> Iterator[list[str]]:
    try:
        sheet.reset_dimensions()  # programs that write workbooks state wrong ones
        # openpyxl fills every row up to the width it is asked for, so that is no wider than the first rows are.
        top = islice(sheet.iter_rows(max_col=widest, values_only=True), TOP)
        width = max((len(_cells(row)) for row in top), default=0)
        for number, row in enumerate(sheet.iter_rows(max_col=max(width, 1), values_only=True), start=1):
            if number * width > MAX_CELLS:
                raise UnreadableFileError(f"{filename} has more than {MAX_CELLS:,} cells. Save a part of it.")
            yield _cells(row)
    except EXCEL_ERRORS as error:
        raise _damaged(filename) from error


def _cells(row: Iterable[object]) -> list[str]:
    """The cells up to the last one with something in it."""
    cells = [_text(value) for value in row]
    while cells and not cells[-1]:
        cells.pop()
    return cells


def _text(value: object) -> str:
    """A cell as a runner would type it into a text file, with a point for decimals and the year first in dates."""
    if value is None:
        return ""
    if isinstance(value, datetime):
        return value.strftime("%Y-%m-%d" if value.time() == time() else "%Y-%m-%d %H:%M:%S")
    if isinstance(value, date | time):
        return value.isoformat()
    if isinstance(value, timedelta):
        return clock(value.total_seconds())
    if isinstance(value, float):
        return f"{value:.15g}"
    return str(value)


def _damaged(filename: str) -> UnreadableFileError:
    return UnreadableFileError(f"{filename} is a damaged Excel workbook, or has a password. Save it again as CSV.")
