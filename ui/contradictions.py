"""Answers of one form that cannot both be meant."""

from collections.abc import Collection, Sequence

from analysis.units import Units, format_distance
from data.entries import PainReport
from data.errors import InvalidEntryError, Problem
from ui.inputs import place


def refuse_contradiction(pain: Sequence[PainReport]) -> None:
    """'No pain anywhere' beside pain, or one place twice in one form: which is meant, only the runner
    knows. Raises InvalidEntryError."""
    places = [(report.site, report.side) for report in pain]
    twice = next((report for report in pain if places.count((report.site, report.side)) > 1), None)
    if twice is not None:
        where = place(twice.site, str(twice.side))
        raise InvalidEntryError([Problem("pain", f"{where} is answered twice. Keep one of the two answers.")])
    hurts = next((report for report in pain if _worst_of(report) > 0), None)
    if ("anywhere", "both") in places and hurts is not None:
        where = place(hurts.site, str(hurts.side))
        message = f"'No pain anywhere' is ticked, and '{where}' has an answer above 0. Untick it, or clear that answer."
        raise InvalidEntryError([Problem("pain", message)])


def refuse_running_without_running(distance_m: float | None, marks: Collection[str], units: Units) -> None:
    """A distance beside 'no running this week'. Raises InvalidEntryError."""
    if distance_m and "no running" in marks:
        message = (
            f"'No running this week' is ticked, and the distance is {format_distance(distance_m, units)}."
            " Untick it, or clear the distance."
        )
        raise InvalidEntryError([Problem("distance_m", message)])


def _worst_of(report: PainReport) -> int:
    """The highest answer of any scale: pain, next morning, or the four questions."""
    answers = (report.worst_running, report.next_morning, report.participation, report.modified_training)
    return max(answer or 0 for answer in (*answers, report.performance, report.symptoms))
