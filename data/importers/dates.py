"""Dates as people, spreadsheets and programs write them, and the order of day and month that a column shows."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, timezone, tzinfo
from functools import lru_cache
from typing import Final, Literal, get_args

from data.importers.sports import letters

DateOrder = Literal["year first", "day first", "month first"]
ORDERS: Final[tuple[DateOrder, ...]] = get_args(DateOrder)

# The first three letters without accents tell the months of these languages apart, but for June and July in French:
# English, German, French, Spanish, Dutch, Italian, Portuguese, Swedish, Danish, Norwegian, Polish and Russian.
MONTHS: Final = {
    name: number
    for number, names in enumerate(
        (
            "jan ene gen sty янв",
            "feb fev lut фев",
            "mar mrt maa мар",
            "apr avr abr kwi апр",
            "may mai mei mag maj мая маи",
            "jun juin giu cze июн",
            "jul juil lug lip июл",
            "aug aou ago sie авг",
            "sep set wrz сен",
            "oct okt ott out paz окт",
            "nov lis ноя",
            "dec dez dic des gru дек",
        ),
        start=1,
    )
    for name in names.split()
}
CENTURY: Final = 70  # a year of two digits is of this century below it, of the last one from it on
SERIAL_ZERO: Final = datetime(1899, 12, 30)  # day 0 of a spreadsheet's date numbers
FIRST_SERIAL, LAST_SERIAL = 20_000, 80_000  # 1954 to 2119: a smaller number is no date

_CLOCK = (
    r"(?:(?P<east>[上下]午|午[前後]|오[전후]) ?)?"
    r"(?P<hour>\d{1,2})(?P<sign>[:.])(?P<minute>\d\d)(?:(?P=sign)(?P<second>\d\d)(?:[.,]\d+)?)?"
    r"(?: ?(?P<half>[ap])\.? ?m\.?)?(?: ?(?P<zone>Z|[+-]\d\d:?\d\d))?"
)
_TAIL = rf"(?: г\.?)?(?:(?:[ ,T]|, | à | at | um | om | alle | klo | a las ){_CLOCK})?"
_YEAR_FIRST = re.compile(
    r"(?P<year>[12]\d{3})([-/. ]) ?(?P<month>\d{1,2})\2 ?(?P<day>\d{1,2})\.?" + _TAIL, re.IGNORECASE
)
_YEAR_SIGNS = re.compile(
    r"(?P<year>[12]\d{3})[年년] ?(?P<month>\d{1,2})[月월] ?(?P<day>\d{1,2})[日일]" + _TAIL, re.IGNORECASE
)
_AFTERNOON: Final = ("下午", "午後", "오후")
_COMPACT = re.compile(r"(?P<year>[12]\d{3})(?P<month>\d\d)(?P<day>\d\d)" + _TAIL, re.IGNORECASE)
_NUMBERS = re.compile(r"(?P<a>\d{1,2})([-/. ]) ?(?P<b>\d{1,2})\2 ?(?P<c>[12]\d{3}|\d\d)" + _TAIL, re.IGNORECASE)
_DAY_WORD = re.compile(
    r"(?P<day>\d{1,2})(?:\.|st|nd|rd|th)?[ -/]?(?:of |de )?(?P<word>[^\W\d_]{3,})"
    r"\.?,?[ -/](?:de )?(?P<year>[12]\d{3}|\d\d)" + _TAIL,
    re.IGNORECASE,
)
_WORD_DAY = re.compile(
    r"(?P<word>[^\W\d_]{3,})\.? (?P<day>\d{1,2})(?:st|nd|rd|th)?,? (?P<year>[12]\d{3})" + _TAIL, re.IGNORECASE
)
_WEEK = re.compile(
    r"(?P<year>[12]\d{3})[- /]?(?:W|KW|CW)[- ]?(?P<week>\d{1,2})|(?:W|KW|CW)[- ]?(?P<w>\d{1,2})[- /](?P<y>[12]\d{3})",
    re.IGNORECASE,
)
_SERIAL = re.compile(r"\d{5}(\.\d+)?")
_TIME_OF_DAY = re.compile(rf"{_CLOCK}(?: uhr)?", re.IGNORECASE)
_WEEKDAY = re.compile(r"[^\W\d_]{2,}\.?,? (?=.*\d)")


@dataclass(frozen=True, slots=True)
class Moment:
    """A day, and the time on the clock where it is said; that has a zone only where one is written."""

    day: date
    clock: time | None = None


def read(text: str, order: DateOrder) -> Moment | None:
    """The moment that a cell states; `order` is that of dates in three short numbers. None when it is no date.

    A week ("2024-W05", "KW 5 2024") is its Monday; a number of five digits is a spreadsheet's own count of days.
    """
    text = " ".join(text.split())  # also the narrow no-break spaces before AM and PM
    found = _moment(text, order)
    if found is None and (weekday := _WEEKDAY.match(text)):
        return _moment(text[weekday.end() :], order)
    return found


def clock(text: str) -> time | None:
    """The time of day that a cell states, as 7:30, 18:15:00, 6:30 PM or 18.15 Uhr; None when it is none."""
    found = _TIME_OF_DAY.fullmatch(" ".join(text.split()))
    try:
        return _clock(found) if found else None
    except ValueError:
        return None


def is_date(text: str) -> bool:
    """Whether the cell is a date in any order of its numbers."""
    return any(read(text, order) is not None for order in ORDERS)


def contradicts(cells: Iterable[str], order: DateOrder) -> bool:
    """Whether one of the cells is a date in another order, and none in this one."""
    return any(read(cell, order) is None and is_date(cell) for cell in cells)


def is_week(text: str) -> bool:
    """Whether the cell names a week and not a day."""
    return _WEEK.fullmatch(" ".join(text.split())) is not None


def _moment(text: str, order: DateOrder) -> Moment | None:
    for pattern in (_YEAR_FIRST, _YEAR_SIGNS, _COMPACT, _DAY_WORD, _WORD_DAY):
        if found := pattern.fullmatch(text):
            parts = found.groupdict()
            named = month(parts["word"]) if "word" in parts else int(parts["month"])
            return _built(_year(parts["year"]), named, int(parts["day"]), found)
    if found := _NUMBERS.fullmatch(text):
        return _in_order(found, order)
    if found := _WEEK.fullmatch(text):
        return _week(int(found["year"] or found["y"]), int(found["week"] or found["w"]))
    if _SERIAL.fullmatch(text) and FIRST_SERIAL <= float(text) <= LAST_SERIAL:
        return _serial(float(text))
    return None


def _in_order(found: re.Match[str], order: DateOrder) -> Moment | None:
    a, b, c = found["a"], found["b"], found["c"]
    if order == "year first":
        return _built(_year(a), int(b), int(c), found) if len(c) == 2 else None
    day, named = (a, b) if order == "day first" else (b, a)
    return _built(_year(c), int(named), int(day), found)


def _year(digits: str) -> int:
    year = int(digits)
    return year if year >= 100 else year + (2000 if year < CENTURY else 1900)


def _built(year: int, month_number: int | None, day: int, found: re.Match[str]) -> Moment | None:
    if month_number is None:
        return None
    try:
        return Moment(date(year, month_number, day), _clock(found))
    except ValueError:
        return None


def _clock(found: re.Match[str]) -> time | None:
    """The time in the tail of a date. Raises ValueError when there is no such time."""
    if found["hour"] is None:
        return None
    on_clock = hour(int(found["hour"]), found["half"]) if found["east"] is None else _eastern_hour(found)
    if on_clock is None:
        raise ValueError
    zone = None if found["zone"] is None else _zone(found["zone"].upper())
    return time(on_clock, int(found["minute"]), int(found["second"] or 0), tzinfo=zone)


def _eastern_hour(found: re.Match[str]) -> int | None:
    """The half of the day stands before the hour, and midnight is 0 in Japan."""
    return hour(int(found["hour"]) or 12, "p" if found["east"] in _AFTERNOON else "a")


def _zone(written: str) -> tzinfo:
    if written == "Z":
        return UTC
    sign = -1 if written[0] == "-" else 1
    return timezone(sign * timedelta(hours=int(written[1:3]), minutes=int(written[-2:])))


def _week(year: int, week: int) -> Moment | None:
    try:
        return Moment(date.fromisocalendar(year, week, 1))
    except ValueError:
        return None


def _serial(days: float) -> Moment:
    at = SERIAL_ZERO + timedelta(seconds=round(days * 86_400))
    return Moment(at.date(), at.time() if days % 1 else None)


@lru_cache(maxsize=256)
def month(word: str) -> int | None:
    """The number of a month by its name in one of the languages, or by its number."""
    if word.isdecimal():
        return int(word)
    bare = letters(word)
    return MONTHS.get(bare[:3]) or MONTHS.get(bare[:4])


def hour(on_clock: int, half: str | None) -> int | None:
    """The hour of the day, with the half of the day ('a' or 'p') where one is written; None when there is none."""
    if half is None:
        return on_clock
    return on_clock % 12 + (12 if half in "pP" else 0) if 1 <= on_clock <= 12 else None


def placed(moment: Moment, zone: tzinfo) -> tuple[datetime | None, date]:
    """The start in UTC and the local day. A time without a zone is the clock of the runner, whose zone is `zone`; where
    it has an offset, the written day is the local one, as in every other format."""
    if moment.clock is None:
        return None, moment.day
    if moment.clock.tzinfo is None:
        return datetime.combine(moment.day, moment.clock, zone).astimezone(UTC), moment.day
    start = datetime.combine(moment.day, moment.clock)
    return start.astimezone(UTC), moment.day if start.utcoffset() else start.astimezone(zone).date()


def order_of(cells: Iterable[str]) -> tuple[DateOrder, bool]:
    """The order of the numbers in a column of dates, and whether the column shows it: a day over 12 does."""
    found = [match for cell in cells if (match := _in_numbers(" ".join(cell.split())))]
    if not found:
        return "year first", True
    shows: set[DateOrder] = set()
    for match in found:
        if len(match["c"]) == 2 and int(match["a"]) > 31:
            shows.add("year first")
        elif int(match["a"]) > 12:
            shows.add("day first")
        elif int(match["b"]) > 12:
            shows.add("month first")
    if not shows and all("." in match[0] for match in found):
        return "day first", True  # nobody writes the month first with points
    guess: DateOrder = next(
        (order for order in ("day first", "month first", "year first") if order in shows), "day first"
    )
    if guess == "day first" and _may_begin_with_years(found):
        return "year first", False
    return guess, len(shows) == 1


def _in_numbers(text: str) -> re.Match[str] | None:
    """The date in three numbers, also behind a weekday."""
    weekday = _WEEKDAY.match(text)
    return _NUMBERS.fullmatch(text) or (_NUMBERS.fullmatch(text[weekday.end() :]) if weekday else None)


def _may_begin_with_years(found: list[re.Match[str]]) -> bool:
    """Whether all are like 24/01/15 and the first number changes less than the last, as years do."""
    first, last = ({match[part] for match in found} for part in ("a", "c"))
    are_short = all(len(part) == 2 for part in first | last)
    return are_short and not any("." in match[0] for match in found) and len(first) < len(last)


def shown_order(cells: Iterable[str]) -> DateOrder:
    """The order for a program's own column: the one that it shows, else one in which such dates are none."""
    order, is_sure = order_of(cells)
    return order if is_sure else "year first"
