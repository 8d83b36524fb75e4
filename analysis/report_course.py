"""The weeks behind the pictures of a report: one by one, or by month or quarter where they are too many to draw."""

from typing import Final

import pandas as pd

from analysis import words
from analysis.overview import overview
from analysis.report_parts import By, Course, Line, Picture, Stretch
from analysis.units import as_read
from analysis.weeks import known

# The most that a picture as wide as a page of text has room for, each with its own mark.
WEEKS_DRAWN: Final = 60
MONTHS_DRAWN: Final = 132  # eleven years
_MOST_DAYS: Final = pd.Timedelta(days=3)  # the fourth day of a week is in the month that has most of its days

_ZERO: Final = "Hollow mark on the baseline: a stated zero."
_UNKNOWN: Final = "Hatched grey: not logged."
_UNKNOWN_SHARE: Final = "Hatched grey, from the top down: the share of its weeks that was not logged."
_OF_WEEKS: Final[dict[Picture, str]] = {
    "pain": " A line breaks where a week is not known.",
    "distance": "",
    "adherence": " Blank: nothing prescribed.",
}
_SIDES: Final = "● left, ◇ right, ■ side not given."
_OF_MANY: Final[dict[Picture, str]] = {
    "pain": "the worst rating of each",
    "distance": "the sum of the known weeks of each",
    "adherence": "the sessions of the logged weeks of each",
}


def course(stretch: Stretch) -> Course:
    """What the pictures show of these weeks."""
    by = _by(stretch.weeks)
    told = _told(stretch).groupby(_beginnings(stretch.weeks["week"], by))
    highest, total, share = told.max(), told.sum(min_count=1), told.mean()
    planned_unknown = total["open"] / total["planned"].where(total["planned"] > 0)
    return Course(
        by=by,
        begins=tuple(one.date() for one in highest.index),
        left=_line(highest["left"]),
        right=_line(highest["right"]),
        no_side=_line(highest["no_side"]),
        distance=_line(total["distance"]),
        adherence=_line(total["done"] / total["prescribed"]),
        unknown={
            "pain": tuple(share["no_pain"]),
            "distance": tuple(share["no_distance"]),
            "adherence": tuple(planned_unknown.fillna(0.0)),
        },
        unit=stretch.units.label,
    )


def _by(weeks: pd.DataFrame) -> By:
    if len(weeks) <= WEEKS_DRAWN:
        return "week"
    return "month" if _beginnings(weeks["week"], "month").nunique() <= MONTHS_DRAWN else "quarter"


def _beginnings(weeks: "pd.Series[pd.Timestamp]", by: By) -> "pd.Series[pd.Timestamp]":
    """For each week, the first day of what it is drawn in."""
    if by == "week":
        return weeks
    return (weeks + _MOST_DAYS).dt.to_period({"month": "M", "quarter": "Q"}[by]).dt.start_time


def _told(stretch: Stretch) -> pd.DataFrame:
    """What is said of each week, and as 0 or 1 what is not; sessions only where they were prescribed and logged."""
    weeks = stretch.weeks
    planned, answered = weeks["sessions_prescribed"] > 0, weeks["adherence"].notna()
    return pd.DataFrame(
        {
            "left": weeks["pain_left"],
            "right": weeks["pain_right"],
            "no_side": weeks["pain"].where(weeks["pain_left"].isna() & weeks["pain_right"].isna()),
            "distance": as_read(weeks["distance_m"], "distance_m", stretch.units),
            "done": weeks["sessions_done"].clip(upper=weeks["sessions_prescribed"]).where(answered),
            "prescribed": weeks["sessions_prescribed"].where(answered),
            "no_pain": weeks["pain"].isna().astype(float),
            "no_distance": weeks["distance_m"].isna().astype(float),
            "open": (planned & ~answered).astype(float),
            "planned": planned.astype(float),
        }
    )


def _line(values: "pd.Series[float]") -> Line:
    return tuple(known(float(value)) for value in values)


def in_words(stretch: Stretch, drawn: Course) -> dict[Picture, str]:
    """What each picture shows, from the same counts as the sentences beside it."""
    found = overview(stretch.weeks, stretch.today)
    said: dict[Picture, str] = {
        "pain": words.pain_row(found),
        "distance": words.distance_row(found, stretch.units),
        "adherence": words.adherence_row(found),
    }
    grouped = {name: f"{row} Drawn by {drawn.by}: {_OF_MANY[name]}." for name, row in said.items()}
    return {name: row for name, row in (said if drawn.by == "week" else grouped).items() if drawn.has(name)}


def chart_key(name: Picture, drawn: Course) -> str:
    """What the marks of a picture mean, and by what it is drawn."""
    sides = f"{_SIDES} " if name == "pain" else ""
    if drawn.by == "week":
        return f"{sides}{_UNKNOWN} {_ZERO}{_OF_WEEKS[name]}"
    grouped = (
        f"By {drawn.by}, because so many weeks are too many to draw: {_OF_MANY[name]}. A week counts in the {drawn.by} "
        f"that has most of its days; the first and the last {drawn.by} may be cut short."
    )
    return f"{sides}{grouped} {_UNKNOWN_SHARE} {_ZERO}{_OF_WEEKS[name].replace('a week', f'a {drawn.by}')}"
