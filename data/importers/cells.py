"""What the cells of a table say: numbers with any decimal and thousands signs, and times on the clock."""

import math
import re
from typing import Final, Literal

from data.importers.dates import Moment
from data.importers.result import echo

Unit = Literal["km", "mi"]  # the runner's own

METRES: Final = {"km": 1000.0, "mi": 1609.344, "m": 1.0, "yd": 0.9144, "ft": 0.3048}
MISSING: Final = frozenset({"", "-", "--", "–", "—", "n/a"})  # what programs and people write for nothing
PLAIN: Final = re.compile(r"-?\d{1,15}(\.\d{1,15})?", re.ASCII)  # most cells; the rest takes longer
WITH_UNIT: Final = re.compile(r"(-?\d[\d.,' \u00a0\u202f]*?)\s*([^\W\d_]+)\.?")  # 5.1 km, 400m
UNIT_WORDS: Final = {
    **dict.fromkeys(
        ("km", "kms", "kilometer", "kilometers", "kilometre", "kilometres", "k", "kilómetros", "kilómetro"), "km"
    ),
    **dict.fromkeys(("kilometros", "quilómetros", "chilometri", "kilomètres"), "km"),
    **dict.fromkeys(("mi", "mile", "miles", "meile", "meilen", "millas", "miglia", "milhas", "milles"), "mi"),
    **dict.fromkeys(("m", "meter", "meters", "metre", "metres", "metros", "metri", "mètres"), "m"),
    **dict.fromkeys(("yd", "yds", "yard", "yards"), "yd"),
    **dict.fromkeys(("ft", "foot", "feet"), "ft"),
}
GROUPED: Final = re.compile(r"-?\d{1,3}(\.\d{3})+", re.ASCII)  # thousands where a comma is the decimal sign
THOUSANDS: Final = re.compile(r"-?\d{1,3}(,\d{3})+")
APOSTROPHES: Final = re.compile(r"-?\d{1,3}('\d{3})+([.,]\d+)?", re.ASCII)  # Swiss thousands; 47'30 is a time
NUMBER: Final = re.compile(r"-?\d+(\.\d+)?(e[+-]?\d+)?", re.IGNORECASE | re.ASCII)
COLONS: Final = re.compile(r"(?:(\d{1,4}):)?(\d{1,4}):(\d\d(?:[.,]\d{1,9})?)(?: ?min\.?)?", re.ASCII)
POINTS: Final = re.compile(r"(\d{1,2})\.(\d\d)\.(\d\d)", re.ASCII)  # 1.58.20
MINUTES_POINT: Final = re.compile(r"(\d{1,3})\.([0-5]\d)", re.ASCII)  # 45.10 where a comma is the decimal sign
PRIMES: Final = re.compile(r"(?:(\d{1,2}) ?h ?)?(\d{1,4})['′’´] ?(\d\d)(?:\"|″|”|'')?", re.ASCII)  # 47'30, 1h02'30"
HOURS: Final = re.compile(r"(\d{1,4}) ?h ?(\d\d)()", re.IGNORECASE | re.ASCII)  # 1h52
WORDS: Final = re.compile(  # 2h 38m, 45 min, 1h 2m 3s
    r"(?:(\d{1,4}) ?(?:h|hrs?|std)\.?)? ?(?:(\d{1,4}) ?(?:m|mins?)\.?)? ?(?:(\d{1,4}) ?(?:s|secs?)\.?)?",
    re.IGNORECASE | re.ASCII,
)
TIMES: Final = (COLONS, POINTS, PRIMES, HOURS, WORDS)
SECONDS: Final = {"hours": 3600.0, "minutes": 60.0, "seconds": 1.0, "milliseconds": 0.001}


class BadCellError(ValueError):
    """A cell that cannot be what its column says; the message is the sentence for the runner."""


def is_missing(text: str) -> bool:
    """Whether the cell says nothing."""
    return text.strip().casefold() in MISSING


def number(text: str, decimal_comma: bool = False) -> float | None:
    """The number a cell states, with its thousands and decimal signs; 0 for an empty cell, None for no number.

    Without `decimal_comma`, a lone comma before three digits is a thousands sign, and a decimal sign before others.
    """
    if PLAIN.fullmatch(text):
        return float(text)
    digits = "".join(text.split())
    if APOSTROPHES.fullmatch(digits):
        digits = digits.replace("'", "")
    if not digits:
        return 0.0
    if "," in digits and ("." in digits or not decimal_comma):
        digits = _with_point(digits)
    digits = digits.replace(",", ".")
    value = float(digits) if NUMBER.fullmatch(digits) else math.inf
    return value if math.isfinite(value) else None


def with_unit(text: str) -> tuple[str, str | None]:
    """The number of a distance, and the unit behind it (one of METRES); None where the cell names none."""
    found = WITH_UNIT.fullmatch(text.strip())
    unit = unit_of(found[2]) if found else None
    return (found[1], unit) if found and unit else (text, None)


def unit_of(word: str) -> str | None:
    """The unit (one of METRES) that the word names."""
    return UNIT_WORDS.get(word.strip().casefold())


def ungrouped(text: str) -> str:
    """The cell without points before three digits, which are thousands where a comma is the decimal sign."""
    return text.replace(".", "") if GROUPED.fullmatch(text.strip()) else text


def _with_point(digits: str) -> str:
    """Thousands signs taken out: the sign before the last one, or a lone comma before three digits."""
    if digits.rfind(".") > digits.rfind(",") or THOUSANDS.fullmatch(digits):
        return digits.replace(",", "")
    return digits.replace(".", "")


def seconds(text: str) -> float | None:
    """The time a cell states as 1:40:19.6, 00:44:19,6, 57:07, 1.58.20, 47'30, 1h52, 2h 38m or 45 min; None when it is
    none."""
    found = next((match for form in TIMES if (match := form.fullmatch(text.strip()))), None)
    if not found or not any(found.groups()):
        return None
    hours, minutes, rest = (float((part or "0").replace(",", ".")) for part in found.groups())
    if found.re is not WORDS and (rest >= 60 or (found[1] and minutes >= 60)):
        return None
    return hours * 3600 + minutes * 60 + rest


def duration(text: str, unit: str, decimal_comma: bool = False) -> float | None:
    """The seconds of a time in that unit (`tables.TimeUnit`); None for no time, and for a number without a unit."""
    if decimal_comma and (found := MINUTES_POINT.fullmatch(text.strip())):
        text = ":".join(found.groups())
    stated = seconds(text)
    if stated is None:
        value = number(text, decimal_comma) if unit in SECONDS else None
        return None if value is None else value * SECONDS[unit]
    in_two = text.count(":") == 1
    if unit == "m:ss as h:mm":
        return stated if in_two else stated / 60
    return stated * 60 if in_two and unit == "h:mm" else stated


def amount(text: str, what: str, decimal_comma: bool = False) -> float:
    """The number in the cell, 0 when it says nothing. Raises BadCellError."""
    value = 0.0 if is_missing(text) else number(text, decimal_comma)
    if value is None:
        raise BadCellError(f"The {what} is {echo(text)}, which is not a number.")
    return value


def time_of(text: str) -> float:
    """The seconds in the cell, 0 when it says nothing. Raises BadCellError."""
    value = 0.0 if is_missing(text) else seconds(text)
    if value is None:
        raise BadCellError(f"The time is {echo(text)}, which is not a time like 1:02:52.")
    return value


def moment_of(text: str, moment: Moment | None) -> Moment:
    """The moment that was read from the cell. Raises BadCellError when there is none."""
    if moment is None:
        raise BadCellError(f"The date is {echo(text)}, which is no date in the form of this table.")
    return moment
