"""Dates, counts and ratings as people write them: the small change of every sentence."""

from collections.abc import Sequence
from datetime import date
from typing import Final

MONTHS: Final = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)

# Sites without a left and a right; the first is no place at all.
SIDELESS: Final = ("anywhere", "lower back")


def place(site: str, side: str) -> str:
    """'Left kneecap', 'Lower back', 'Shin, both sides'."""
    if site in SIDELESS:
        return sentence(site)
    return sentence(f"{site}, both sides" if side == "both" else f"{side} {site}")


def sentence(text: str) -> str:
    """A label in sentence case."""
    return text[:1].upper() + text[1:]


def day(when: date, today: date | None = None) -> str:
    """'3 August', with the year unless it is today's."""
    short = f"{when.day} {MONTHS[when.month - 1]}"
    return short if today is not None and when.year == today.year else f"{short} {when.year}"


def short_day(when: date, *, year: bool = True) -> str:
    """'3 Aug 2026' or '3 Aug', for the ticks of an axis."""
    short = f"{when.day} {MONTHS[when.month - 1][:3]}"
    return f"{short} {when.year}" if year else short


def count(number: int, noun: str) -> str:
    """'1 run', '5 runs'."""
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def listed(things: Sequence[str]) -> str:
    """'7 runs', '7 runs and 3 sessions', '7 runs, 3 sessions and 2 pain reports'."""
    return " and ".join([", ".join(things[:-1]), things[-1]] if len(things) > 1 else things)


def number(value: float) -> str:
    """A rating without needless decimals: '5', '2.5'."""
    return f"{value:.1f}".removesuffix(".0")


def percent(share: float) -> str:
    return f"{round(share * 100)} %"
