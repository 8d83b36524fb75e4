"""One sentence a week and row: what a chart says when a week is pointed at.

Each function takes the weekly frame (with adherence) and returns one sentence for every row.
"""

from datetime import date, timedelta

import pandas as pd

from analysis.phrases import count, day, number, percent
from analysis.units import Units, format_distance

NOT_LOGGED = "not logged"


def week_names(weeks: pd.DataFrame, today: date) -> list[str]:
    """'Week of 3 August', or 'This week so far' for the one that is still running."""
    starts = weeks["week"].dt.date
    return [
        "This week so far" if start <= today < start + timedelta(days=7) else f"Week of {day(start, today)}"
        for start in starts
    ]


def distance_sentences(weeks: pd.DataFrame, units: Units, today: date) -> list[str]:
    columns = (weeks[name].tolist() for name in ("distance_m", "distance_from", "runs_m", "runs"))
    return [
        f"{name}: {_distance(metres, source, runs_m, runs, units)}."
        for name, metres, source, runs_m, runs in zip(week_names(weeks, today), *columns, strict=True)
    ]


def adherence_sentences(weeks: pd.DataFrame, today: date) -> list[str]:
    columns = (weeks[name].tolist() for name in ("sessions_done", "sessions_prescribed", "sessions"))
    return [f"{name}: {_sessions(*row)}." for name, *row in zip(week_names(weeks, today), *columns, strict=True)]


def pain_sentences(weeks: pd.DataFrame, today: date, side: str = "") -> list[str]:
    """`side` is 'left', 'right' or '' for a rating whose side is not given."""
    ratings = weeks[f"pain_{side}" if side else "pain"].tolist()
    mornings = weeks["pain_morning"].tolist()
    where = f" on the {side}" if side else ""
    return [
        f"{name}: {_pain(rating, morning, where)}."
        for name, rating, morning in zip(week_names(weeks, today), ratings, mornings, strict=True)
    ]


def pair_sentences(pairs: pd.DataFrame, x: str, y: str, lag: int, units: Units, today: date) -> list[str]:
    """For a frame of week, x and y, the values of these columns of the weekly frame; same_place counts equal weeks."""
    columns = (pairs[name].tolist() for name in ("x", "y", "same_place"))
    later = f"{count(lag, 'week')} later " if lag else ""
    return [
        f"{name}: {_value(first, x, units)}, {later}{_value(second, y, units)}{_company(weeks)}."
        for name, first, second, weeks in zip(week_names(pairs, today), *columns, strict=True)
    ]


def _value(value: float, column: str, units: Units) -> str:
    if column == "adherence":
        return f"{percent(value)} of sessions done"
    return format_distance(value, units) if column == "distance_m" else f"pain {number(value)} of 10"


def _company(weeks: int) -> str:
    return f" ({weeks} weeks are at this place)" if weeks > 1 else ""


def _unknown(value: float) -> bool:
    return value != value  # NaN is the only number that differs from itself; math.isnan is slower in a loop


def _distance(metres: float, source: str, runs_m: float, runs: int, units: Units) -> str:
    if _unknown(metres):
        return f"running {NOT_LOGGED}"
    if source == "stated zero":
        return "no running, as you marked it"
    total = format_distance(metres, units)
    if source != "typed":
        return f"{total} from {count(runs, 'run')}"
    if not runs:
        return f"{total}, the total you typed"
    return f"{total}, the total you typed (single runs add up to {format_distance(runs_m, units)})"


def _sessions(done: float, prescribed: int, logged: int) -> str:
    if not prescribed:
        return f"{count(logged, 'session')} logged, nothing prescribed" if logged else "nothing prescribed"
    if _unknown(done):
        return f"{count(prescribed, 'session')} prescribed, {NOT_LOGGED}"
    if done == 0:
        reason = f"{count(logged, 'session')} begun" if logged else "as you marked it"
        return f"none of {count(prescribed, 'session')} done, {reason}"
    if done > prescribed:
        return f"{count(round(done), 'session')} done, {prescribed} prescribed (shown as 100 %)"
    return f"{done:.0f} of {count(prescribed, 'session')} done ({percent(done / prescribed)})"


def _pain(rating: float, morning: float, where: str) -> str:
    if _unknown(rating):
        return f"pain {NOT_LOGGED}"
    worst = f"worst pain while running{where} {number(rating)} of 10" if rating else f"no pain while running{where}"
    return worst if _unknown(morning) else f"{worst}, next morning {number(morning)}"
