"""What the time chart and the load check show, as sentences, from the result objects alone (evidence 6.3).

Description only: what went together, how many weeks say so, and what cannot be told.
"""

from datetime import date
from typing import Final

from analysis.evidence import BASELINE_WEEKS, SPIKE_HISTORY_DAYS, SPIKE_RATE_RATIO
from analysis.finding_words import NOT_CAUSE
from analysis.load import Spike
from analysis.overview import Known, Overview
from analysis.phrases import count, day, number, percent
from analysis.units import Units, format_distance, from_metres

ENTRY_WEEKS: Final = "People often start a diary when it hurts, so some of a fall from the first weeks comes by itself."
CHART_KEY: Final = (
    "Hatched: not logged. Hollow mark on the baseline: a stated zero. Pale bar with an outline: a typed weekly "
    "total. Blank in the middle row: nothing prescribed."
)


def spike(found: Spike, today: date, units: Units) -> str:
    """The longest recent run beside the 30 days before it, with the study's own limits (evidence 3)."""
    if found.percent is None or found.on is None or found.previous_on is None:
        return _no_spike(found)
    runs = f"Your longest run of the last 7 days ({format_distance(found.distance_m, units)} on {day(found.on, today)})"
    before = f"{format_distance(found.previous_m, units)} on {day(found.previous_on, today)}"
    if found.band is None:
        longer = "was not longer" if found.percent <= 0 else "was no more than 10 % longer"
        return f"{runs} {longer} than any in the 30 days before it ({before})."
    ratio = SPIKE_RATE_RATIO[found.band]
    return (
        f"{runs} was {found.percent:.0f} % longer than any in the 30 days before it ({before}). In one large "
        f"study such runs had about {ratio:.1f} times the injury rate. That is one exploratory study, mostly of "
        "men, and it cannot tell what happens to you."
    )


def overview_title(found: Overview) -> str:
    """The finding of the time chart."""
    if found.pain_before is not None and found.pain_after is not None:
        return _pain_course(found.pain_before, found.pain_after)
    if found.pain.latest is not None:
        return f"Pain was {number(found.pain.latest)} of 10 in the last finished week with a rating"
    if found.share_done is not None:
        known = f"in the {count(found.answered, 'week')} you logged"
        return f"You did {_share(found)} {known}; no finished week has a pain rating"
    if found.distance.weeks:
        return f"Your running is known for {count(found.distance.weeks, 'week')}; no finished week has a pain rating"
    return "No finished week shown here has anything logged" if found.weeks else "The first week is still running"


def overview_paragraph(found: Overview, units: Units) -> str:
    """The text alternative of the time chart: the finding, then each row in turn."""
    title = f"{overview_title(found)}."
    if found.first is None or found.last is None:
        return title
    span = (
        f"The chart shows {count(found.weeks, 'finished week')}, from the week of {day(found.first)} to the week "
        f"of {day(found.last)}, in three rows on one time axis."
    )
    caution = [ENTRY_WEEKS] if (found.pain_before or 0) > (found.pain_after or 0) else []
    rows = [distance_row(found, units), adherence_row(found), pain_row(found)]
    return " ".join([title, span, *rows, *caution, NOT_CAUSE])


def _no_spike(found: Spike) -> str:
    if found.reason == "no recent run":
        return "No single run is known in the last 7 days, so there is nothing to compare."
    if found.reason == "short history":
        return (
            f"Comparing your longest run needs {SPIKE_HISTORY_DAYS} days of single runs before it, and your log "
            "does not reach back that far yet."
        )
    return (
        f"No single run is known in the {SPIKE_HISTORY_DAYS} days before your longest recent run, so there is "
        "nothing to compare it with."
    )


def _pain_course(before: float, after: float) -> str:
    """Both levels and no verdict: first and last weeks differ by two points or more in two of five diaries of chance.

    What may be said of the course, with its range, is `comparison_words.before_and_after`'s to say.
    """
    first = f"{number(before)} of 10 in the first {BASELINE_WEEKS} rated weeks shown"
    return f"Pain was {first} and {number(after)} in the last {BASELINE_WEEKS}"


def _share(found: Overview) -> str:
    return f"{percent(found.share_done or 0.0)} of your sessions"


def distance_row(found: Overview, units: Units) -> str:
    """In how many weeks the distance is known, and from where to where it goes."""
    known = found.distance
    if known.low is None or known.high is None:
        return "Running: not logged in any of them."
    low, high = (f"{from_metres(end, units):.1f}" for end in (known.low, known.high))
    ends = low if low == high else f"{low} to {high}"
    return f"Running: known in {_of(known.weeks, found.weeks)}, {ends} {units.label} a week."


def adherence_row(found: Overview) -> str:
    """Sessions done of those prescribed, in the weeks that were logged."""
    if not found.planned:
        return "Sessions: nothing was prescribed."
    if not found.prescribed:
        return f"Sessions: prescribed in {count(found.planned, 'week')}, logged in none."
    return (
        f"Sessions: known in {_of(found.answered, found.planned)} with a plan, {found.done} of "
        f"{found.prescribed} prescribed sessions done."
    )


def pain_row(found: Overview) -> str:
    """In how many weeks pain is known, and from where to where each side goes."""
    if not found.pain.weeks:
        return "Pain: not logged in any of them."
    sides = (_side("left", found.pain_left), _side("right", found.pain_right))
    listed = "".join(side for side in sides if side)
    return f"Worst pain while running: known in {_of(found.pain.weeks, found.weeks)}, {_range(found.pain)}{listed}."


def _side(name: str, known: Known) -> str:
    return f"; {name} {_range(known)} in {count(known.weeks, 'week')}" if known.weeks else ""


def _range(known: Known) -> str:
    low, high = number(known.low or 0.0), number(known.high or 0.0)
    return f"{low} of 10" if low == high else f"{low} to {high} of 10"


def _of(known: int, weeks: int) -> str:
    return f"{known} of {count(weeks, 'week')}"
