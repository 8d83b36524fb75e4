"""The rows of an Excel workbook as text: what its cells show, formulas by the value that was kept with them."""

import io
import warnings
import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import islice
from typing import IO, Final, Literal

import openpyxl
from openpyxl.reader.excel import ExcelReader
from openpyxl.xml.constants import SHARED_STRINGS

from data.errors import UnreadableFileError
from data.importers.result import clock
from data.importers.tables import MAX_CELLS
from data.importers.unpack import BOUNDED, MAX_FILE_BYTES, ZIP_ERRORS

PART: Final = "xl/workbook.xml"  # what makes a zip a workbook
TOP: Final = 50  # rows that show how many columns there are
ROW_CELLS: Final = 8  # that a row counts as at least: an empty one takes its time too
MAX_SHEETS: Final = 20  # that are looked into for a table
MAX_MEMBERS: Final = 5_000  # of the zip; a workbook has ten and its pictures
# What openpyxl makes objects of when it opens a workbook, by the 20 to 60 microseconds that one takes.
MAX_TAGS: Final = 30_000  # of styles, names and relations; a workbook that grew for years has some thousands
MAX_STRING_TAGS: Final = 100_000  # of texts, which have two each and take less
# What openpyxl and the parsers below it raise on damaged workbooks; a parser's own error is a SyntaxError.
EXCEL_ERRORS: Final = (*ZIP_ERRORS, SyntaxError, TypeError, AttributeError, AssertionError, ArithmeticError)


def is_workbook(names: list[str]) -> bool:
    """Whether a zip with these members is an Excel workbook."""
    return PART in names


class _Parts(zipfile.ZipFile):
    """A workbook's zip while openpyxl opens it: tags are counted before it makes objects of them.

    Raises _TooManyTagsError for a part with which that would take too long.
    """

    texts = ""  # the name of the part with the sheets' texts
    is_loading = True
    _tags = 0

    def read(self, name: str | zipfile.ZipInfo, pwd: bytes | None = None) -> bytes:
        """A part that becomes objects as a whole."""
        with super().open(name, "r", pwd) as part:
            content = part.read()
        self._tags += _tags(content)
        if self._tags > MAX_TAGS:
            raise _TooManyTagsError(f"{MAX_TAGS:,} styles, names and relations")
        return content

    def open(
        self,
        name: str | zipfile.ZipInfo,
        mode: Literal["r", "w"] = "r",
        pwd: bytes | None = None,
        *,
        force_zip64: bool = False,
    ) -> IO[bytes]:
        """The texts, or a sheet, which is empty as long as openpyxl only looks for its dimensions: many are wrong, and
        where they are missing the whole sheet would be parsed for them."""
        if self.is_loading and name != self.texts:
            return io.BytesIO(b"<worksheet/>")
        if self.is_loading:
            with super().open(name) as part:
                if _tags(part.read()) > MAX_STRING_TAGS:
                    raise _TooManyTagsError(f"{MAX_STRING_TAGS // 2:,} different texts")
        return super().open(name, mode, pwd, force_zip64=force_zip64)


def _tags(content: bytes) -> int:
    return content.count(b"<") - content.count(b"</")


class _TooManyTagsError(Exception):
    """What there are more of than any workbook needs is in the message."""


@dataclass
class _Room:
    """How much more may be read of a workbook's sheets together."""

    cells: int = MAX_CELLS


def sheets(filename: str, content: bytes, max_columns: int) -> Iterator[tuple[str, Iterator[list[str]]]]:
    """Each sheet's name and rows, none wider than `max_columns`. Raises UnreadableFileError, also between two rows."""
    try:
        _check_size(filename, content)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of styles and extensions that do not matter here
            book = _loaded(content)
    except _TooManyTagsError as error:
        raise UnreadableFileError(f"{filename} has more than {error}. Save the one sheet that is needed.") from error
    except EXCEL_ERRORS as error:
        raise _damaged(filename) from error
    room = _Room()
    for sheet in book.worksheets[:MAX_SHEETS]:
        yield sheet.title, _rows(filename, sheet, max_columns, room)


def _loaded(content: bytes) -> openpyxl.Workbook:
    """As openpyxl.load_workbook, which opens the zip by itself."""
    reader = ExcelReader(io.BytesIO(content), read_only=True, data_only=True, keep_links=False)
    reader.archive = parts = _Parts(io.BytesIO(content))
    reader.read_manifest()
    texts = reader.package.find(SHARED_STRINGS)
    parts.texts = texts.PartName[1:] if texts else ""
    reader.read()
    parts.is_loading = False
    return reader.wb


def _check_size(filename: str, content: bytes) -> None:
    """A member never unpacks to more than the archive's directory says, so the directory is enough."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        members = archive.infolist()
    if any(member.compress_type not in BOUNDED for member in members):
        raise _damaged(filename)
    if len(members) > MAX_MEMBERS:
        raise UnreadableFileError(f"{filename} has more than {MAX_MEMBERS:,} parts. Save the one sheet that is needed.")
    if sum(member.file_size for member in members) > MAX_FILE_BYTES:
        limit = MAX_FILE_BYTES // 2**20
        raise UnreadableFileError(f"{filename} unpacks to more than {limit} MB. Save the one sheet that is needed.")


def _rows(
    filename: str,
    sheet: openpyxl.worksheet._read_only.ReadOnlyWorksheet,
    widest: int,
    room: _Room,
) -> Iterator[list[str]]:
    try:
        sheet.reset_dimensions()  # programs that write workbooks state wrong ones
        # openpyxl fills every row up to the width it is asked for, so that is no wider than the first rows are.
        top = islice(sheet.iter_rows(max_col=widest, values_only=True), TOP)
        width = max((len(_cells(row)) for row in top), default=0)
        for row in sheet.iter_rows(max_col=max(width, 1), values_only=True):
            room.cells -= max(width, ROW_CELLS)
            if room.cells < 0:
                most = f"{MAX_CELLS // ROW_CELLS:,} rows or {MAX_CELLS:,} cells"
                raise UnreadableFileError(f"{filename} has more than {most}. Save a part of it.")
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
