"""Text whose rows are split by commas, semicolons or tabs: from bytes to rows, whatever a spreadsheet did to it."""

import codecs
import csv
import re
import unicodedata
from collections import Counter
from collections.abc import Iterator
from contextlib import suppress
from itertools import islice
from typing import Final

from data.errors import UnreadableFileError

DELIMITERS: Final = ",;\t"  # programs write commas; a spreadsheet that saved the file again may not
MAX_ROWS: Final = 100_000  # a run a day for 270 years
MAX_LINES: Final = 500_000  # each is an object of its own; rows have several where descriptions have line breaks
MAX_ROW: Final = 500_000  # characters, each of which may become a cell; a cell has up to 131,072
MAX_MORE: Final = 1_000  # cells kept of a row that has more than its header; it is broken anyhow
MAX_ROW_LINES: Final = 500  # lines of text in one description; more is a quotation mark that was never closed
MAX_IN_VAIN: Final = 2**22  # characters behind such marks that are looked at, in a whole text: those of 80 marks
MAX_HEADER: Final = 20_000  # characters; the longest known header, in HTML spans, has 5,000
LINES_LOOKED_AT: Final = 20  # that show what splits a text into columns
SEPARATOR_LINE: Final = re.compile(r"\A\"?sep=.\"?[ \t]*\r?\n", re.IGNORECASE)  # for Excel, which does not show it
LOOKED_AT: Final = 400  # characters that show which of two ways of UTF-16 a text without its mark is in
# As io.StringIO tells lines, which takes four bytes for every letter to do it; what is longer than a row is cut.
LINE: Final = re.compile(rf"[^\r\n]{{1,{MAX_ROW}}}(?:\r\n|\r|\n)?|\r\n|\r|\n")


def decode(filename: str, content: bytes) -> str:
    """The text of a table: UTF-8, UTF-16 with or without its mark, or else the code page of old spreadsheets.

    Raises UnreadableFileError when it has more than MAX_LINES.
    """
    text = SEPARATOR_LINE.sub("", _text(content), count=1)
    if not unicodedata.is_normalized("NFC", text):  # macOS writes letters and their accents apart
        text = unicodedata.normalize("NFC", text)
    if max(text.count("\n"), text.count("\r")) > MAX_LINES:
        raise UnreadableFileError(f"{filename} has more than {MAX_LINES:,} lines. Split the file.")
    return text


def _text(content: bytes) -> str:
    if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return content.decode("utf-16", errors="replace").lstrip()
    if unmarked := _utf16_without_mark(content):
        return content.decode(unmarked, errors="replace").lstrip()
    try:
        return content.decode("utf-8-sig").lstrip()
    except UnicodeDecodeError:
        return content.decode("cp1252", errors="replace").lstrip()


def _utf16_without_mark(content: bytes) -> str | None:
    """Headings are mostly Latin letters, so in UTF-16 every other byte is a zero, and no other one is."""
    even, odd = content[: 2 * LOOKED_AT : 2], content[1 : 2 * LOOKED_AT : 2]
    if even.count(0) == 0 and odd.count(0) * 2 > len(odd):
        return "utf-16-le"
    if odd.count(0) == 0 and even.count(0) * 2 > len(even):
        return "utf-16-be"
    return None


def headers(text: str) -> Iterator[tuple[list[str], str]]:
    """The first line as each of the delimiters splits it, with the delimiter."""
    first = text[:MAX_HEADER].splitlines()[:1]
    for delimiter in DELIMITERS:
        yield unwrapped(_first_row(first, delimiter), delimiter), delimiter


def unwrapped(row: list[str], delimiter: str) -> list[str]:
    """The row; or the cells inside it when it was quoted as a whole, as some spreadsheets save a table."""
    return _first_row(row, delimiter) if len(row) == 1 and delimiter in row[0] else row


def rows(text: str, delimiter: str, width: int) -> Iterator[list[str]]:
    """The rows below the header, padded to its width; blank lines are none.

    A quotation mark that is never closed would swallow what follows: such a row is its first line alone. Where there
    are more of them than anybody forgets, each line from there on is a row.
    """
    for row in islice(_all(text, delimiter, width), 1, None):
        if any(row):
            yield row[: width + MAX_MORE] if len(row) >= width else row + [""] * (width - len(row))


def unknown_rows(text: str) -> Iterator[list[str]]:
    """All rows of a text that nothing is known about, split by the delimiter that makes most of its lines alike."""
    lines = [line[0][:MAX_HEADER] for line in islice(LINE.finditer(text), LINES_LOOKED_AT)]
    widths = {by: Counter(len(unwrapped(_first_row([line], by), by)) for line in lines) for by in DELIMITERS}
    # At first how many lines agree: decimal commas split the values alike, but not the headings above them.
    found = [(count, width, by) for by, counts in widths.items() for width, count in counts.items() if width > 1]
    _, width, delimiter = max(found, default=(0, 1, DELIMITERS[0]))
    return _all(text, delimiter, width)


def _all(text: str, delimiter: str, width: int) -> Iterator[list[str]]:
    lines = LINE.findall(text)
    at = in_vain = 0
    while at < len(lines):
        # One parser for all rows up to one that is off; that one is read by itself, and a new parser goes on behind it.
        feed = _Feed(lines, at, 1 if in_vain > MAX_IN_VAIN else MAX_ROW_LINES)
        with suppress(csv.Error):  # a cell longer than any description
            for row in csv.reader(feed, delimiter=delimiter):
                if len(row) != width and (feed.at - at > 1 or len(row) == 1):
                    break
                at = feed.next_row()
                yield row
        if at < len(lines):
            in_vain += sum(map(len, lines[at + 1 : feed.at]))
            at += 1
            yield unwrapped(_first_row(lines[at - 1 : at], delimiter), delimiter)


class _Feed:
    """The lines from `at` on, and how many of them a parser has taken; it gets no more than `most` for one row, and
    none once they are longer than a row."""

    def __init__(self, lines: list[str], at: int, most: int) -> None:
        self._lines, self.at, self._most, self._last, self._room = lines, at, most, at + most, MAX_ROW

    def __iter__(self) -> "_Feed":
        return self

    def __next__(self) -> str:
        at = self.at
        if at >= self._last or at >= len(self._lines) or self._room < 0:
            raise StopIteration
        self.at = at + 1
        line = self._lines[at]
        self._room -= len(line)
        return line

    def next_row(self) -> int:
        """Where the next row begins, which may have as many lines again."""
        self._last, self._room = self.at + self._most, MAX_ROW
        return self.at


def _first_row(lines: list[str], delimiter: str) -> list[str]:
    """The first row of the lines."""
    try:
        return next(csv.reader(lines, delimiter=delimiter), [])
    except csv.Error:  # a cell longer than any description
        return lines[:1]
