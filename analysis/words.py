"""Findings as sentences, from the result objects alone (evidence 6.3).

Description only: what went together, how many weeks say so, and what cannot be told.
"""

import math
from collections.abc import Iterable
from datetime import date
from typing import Final

import pandas as pd

from analysis.association import Association
from analysis.evidence import (
    GATE_NORMAL,
    GATE_PAIN_VALUES,
    GATE_PAIN_WEEKS,
    GATE_SHOW,
    GATE_TENTATIVE,
    SPIKE_HISTORY_DAYS,
    SPIKE_RATE_RATIO,
)
from analysis.load import Spike
from analysis.overview import Known, Overview
from analysis.phrases import count, day, number, percent
from analysis.units import Units, format_distance, from_metres

NOT_CAUSE: Final = "This does not show that one brought about the other."
MANY_PAIRS: Final = (
    "Fifteen pairs are compared here. Some will look linked by chance alone, and neighbouring weeks resemble "
    "each other, so read these numbers as a description of your weeks and nothing more."
)
ENTRY_WEEKS: Final = "People often start a diary when it hurts, so some of a fall from the first weeks comes by itself."
CHART_KEY: Final = (
    "Hatched: not logged. Hollow mark on the baseline: a stated zero. Pale bar with an outline: a typed weekly "
    "total. Blank in the middle row: nothing prescribed."
)

NAMES: Final = {"adherence": "hip sessions", "pain": "pain", "distance_m": "weekly distance"}
_MORE_OF: Final = {
    "adherence": "more of your hip sessions done",
    "pain": "more pain",
    "distance_m": "more distance",
}
_LESS_OF: Final = {
    "adherence": "fewer of your hip sessions done",
    "pain": "less pain",
    "distance_m": "less distance",
}

# Evidence 6.1.5: about the smallest coefficient that independent weeks can tell from none (.70 at 8, .39 at 26,
# .27 at 52) is 1.96 / sqrt(n - 1). Weeks are not independent, so it only ever silences.
_READABLE_AT_ONE_WEEK: Final = 1.96


def association(found: Association) -> str:
    """The finding with its number and its limit, or what is missing before anything can be said."""
    title = association_title(found)
    if found.r is None:
        return f"{title}."
    if _readable(found):
        return f"{title} (Spearman {found.r:+.2f}). {NOT_CAUSE}"
    return f"{title} (Spearman {found.r:+.2f}): {_MORE_OF[found.x]} fits with {_MORE_OF[found.y]}, less or neither."


def association_title(found: Association) -> str:
    """The same finding, short enough to stand above a chart."""
    if found.r is None:
        return _refusal(found)
    if not _readable(found):
        when = "" if found.lag == 0 else f" {lag(found.lag)}"
        return f"We cannot tell from {found.n} weeks how {NAMES[found.x]} and {NAMES[found.y]}{when} go together"
    return _hedged(_tendency(found, found.r), found.n)


def pair(found: Association) -> str:
    return f"{NAMES[found.x]}, then {NAMES[found.y]}" if found.lag else f"{NAMES[found.x]} and {NAMES[found.y]}"


def lag(weeks: int) -> str:
    return "same week" if weeks == 0 else f"{count(weeks, 'week')} later"


def association_frame(found: Iterable[Association]) -> pd.DataFrame:
    """For display, one row an association. Columns: pair, lag (str), weeks (int64), coefficient (float64,
    NaN when refused), says (str: the sentence, or what is missing)."""
    rows = [(pair(one), lag(one.lag), one.n, one.r, association(one)) for one in found]
    frame = pd.DataFrame(rows, columns=["pair", "lag", "weeks", "coefficient", "says"])
    return frame.astype({"weeks": "int64", "coefficient": "float64"})


def spike(found: Spike, today: date, units: Units) -> str:
    """The longest recent run beside the 30 days before it, with the study's own limits (evidence 3)."""
    if found.percent is None or found.on is None or found.previous_on is None:
        return _no_spike(found)
    runs = f"Your longest run of the last 7 days ({format_distance(found.distance_m, units)} on {day(found.on, today)})"
    before = f"{format_distance(found.previous_m, units)} on {day(found.previous_on, today)}"
    if found.band is None:
        return f"{runs} was no more than 10 % longer than any in the 30 days before it ({before})."
    ratio = SPIKE_RATE_RATIO[found.band]
    return (
        f"{runs} was {found.percent:.0f} % longer than any in the 30 days before it ({before}). In one large "
        f"study such runs had about {ratio:.1f} times the injury rate. That is one exploratory study, mostly of "
        "men, and it cannot tell what happens to you."
    )


def overview_title(found: Overview) -> str:
    """The finding of the time chart."""
    if found.direction is not None and found.pain_before is not None and found.pain_after is not None:
        return _pain_course(found, found.pain_before, found.pain_after) + _while_training(found)
    if found.pain.latest is not None:
        return f"Pain was {number(found.pain.latest)} of 10 in the last finished week with a rating"
    if found.share_done is not None:
        known = f"in the {count(found.answered, 'week')} you logged"
        return f"You did {_share(found)} {known}; no finished week has a pain rating"
    if found.distance.weeks:
        return f"Your running is known for {count(found.distance.weeks, 'week')}; no finished week has a pain rating"
    return "No finished week shown here has anything logged"


def overview_paragraph(found: Overview, units: Units) -> str:
    """The text alternative of the time chart: the finding, then each row in turn."""
    title = f"{overview_title(found)}."
    if found.first is None or found.last is None:
        return title
    span = (
        f"The chart shows {count(found.weeks, 'finished week')}, from the week of {day(found.first)} to the week "
        f"of {day(found.last)}, in three rows on one time axis."
    )
    caution = [ENTRY_WEEKS] if found.direction == "fell" else []
    rows = [_distance_row(found, units), _adherence_row(found), _pain_row(found)]
    return " ".join([title, span, *rows, *caution, NOT_CAUSE])


def _readable(found: Association) -> bool:
    return found.r is not None and abs(found.r) >= _READABLE_AT_ONE_WEEK / math.sqrt(found.n - 1)


def _hedged(sentence: str, n: int) -> str:
    if n >= GATE_NORMAL:
        return sentence
    hedge = "Too early to lean on" if n < GATE_TENTATIVE else "Tentative"
    return f"{hedge}: {sentence[0].lower()}{sentence[1:]}"


def _tendency(found: Association, r: float) -> str:
    outcome = (_MORE_OF if r > 0 else _LESS_OF)[found.y]
    subject = f"weeks with {_MORE_OF[found.x]} tended to be"
    if found.lag == 0:
        return f"In your {found.n} weeks, {subject} weeks with {outcome}"
    return f"In your {found.n} pairs of weeks, {subject} followed {lag(found.lag)} by weeks with {outcome}"


def _refusal(found: Association) -> str:
    both = f"both {NAMES[found.x]} and {NAMES[found.y]}"
    if found.reason == "x constant":
        return f"No number: {NAMES[found.x]} stayed the same in all {found.n} weeks with {both}"
    if found.reason == "y constant":
        return f"No number: {NAMES[found.y]} stayed the same in all {found.n} weeks with {both}"
    if found.reason == "pain varies too little":
        return (
            f"No number: in the {found.n} weeks with {both}, pain changed too little. It takes "
            f"{GATE_PAIN_VALUES} different ratings and {GATE_PAIN_WEEKS} weeks above 0"
        )
    weeks = count(found.needed, "more week")
    verb = "is" if found.needed == 1 else "are"
    return f"{weeks} with {both} {verb} needed before we show a number ({found.n} of {GATE_SHOW} so far)"


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


def _pain_course(found: Overview, before: float, after: float) -> str:
    if found.direction == "stayed":
        return f"Pain stayed about the same ({number(before)}, then {number(after)} of 10)"
    return f"Pain {found.direction} from {number(before)} to {number(after)} of 10"


def _while_training(found: Overview) -> str:
    """How much of the plan was done, with the weeks that this is known of: not logged is not done, nor undone."""
    if found.share_done is None:
        return ""
    known = "" if found.answered == found.planned else f" in the {count(found.answered, 'week')} you logged"
    return f" while you did {_share(found)}{known}"


def _share(found: Overview) -> str:
    return f"{percent(found.share_done or 0.0)} of your sessions"


def _distance_row(found: Overview, units: Units) -> str:
    known = found.distance
    if known.low is None or known.high is None:
        return "Running: not logged in any of them."
    low, high = from_metres(known.low, units), from_metres(known.high, units)
    return f"Running: known in {_of(known.weeks, found.weeks)}, {low:.1f} to {high:.1f} {units.label} a week."


def _adherence_row(found: Overview) -> str:
    if not found.planned:
        return "Sessions: nothing was prescribed."
    if not found.prescribed:
        return f"Sessions: prescribed in {count(found.planned, 'week')}, logged in none."
    return (
        f"Sessions: known in {_of(found.answered, found.planned)} with a plan, {found.done} of "
        f"{found.prescribed} prescribed sessions done."
    )


def _pain_row(found: Overview) -> str:
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
