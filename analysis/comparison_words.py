"""Comparisons and effects of one runner as sentences, by the templates of evidence 6.3.

The same rules as for associations: weeks, range and limit in every sentence with a number; what cannot be told is said
as fully as a finding; a refusal says what is missing.
"""

from typing import Final

from analysis.association import Association
from analysis.comparisons import Adjustment, BeforeAfter, Direction
from analysis.effects import Difference, Slope
from analysis.evidence import ADHERENCE_HIGH, ADHERENCE_LOW, PAIN_CHANGE_POINTS
from analysis.finding_words import NAMES, NOT_CAUSE, lag, plausible_range
from analysis.phrases import count, percent

VOLUME_CAUTION: Final = (
    "Which number is nearer to the truth depends on what came first: if pain made you cut the distance, accounting for "
    "distance can mislead."
)
REGRESSION: Final = (
    "The first rated week is left out of both parts: people start a diary when it hurts, and what starts high comes "
    "down by itself."
)
SMALL: Final = f"Ratings a few weeks apart differ by less than {PAIN_CHANGE_POINTS} points for no reason."

_UNIT: Final = {"pain": "points", "distance_m": "metres"}


def direction(found: Direction) -> str:
    """x before y next to y before x, and which of them came first, if that can be told."""
    forward, backward = found.forward, found.backward
    both = f"{_first(forward)}, then {NAMES[forward.y]}: {_number(forward)}. "
    both += f"{_first(backward)}, then {NAMES[backward.y]}: {_number(backward)}."
    return f"{_leading(found)} {both} {NOT_CAUSE}"


def adjustment(found: Adjustment) -> str:
    """The coefficient without and with volume accounted for, and the caution that belongs to it."""
    raw, adjusted = found.raw, found.adjusted
    controls = " and ".join(NAMES[name] for name in adjusted.controls)
    if raw.r is None or adjusted.r is None:
        return f"Not enough weeks with {controls} to account for it."
    return (
        f"The link {_changed(found, raw.r, adjusted.r)} after accounting for {controls} (plausible range "
        f"{plausible_range(adjusted.ci_low, adjusted.ci_high)}, {count(adjusted.n, 'week')}, {lag(adjusted.lag)}). "
        f"{VOLUME_CAUTION} {NOT_CAUSE}"
    )


def before_and_after(found: BeforeAfter) -> str:
    """How the level of a series changed, the entry week left out."""
    name = NAMES[found.column]
    if found.change is None or found.before is None or found.after is None:
        return _no_change(found)
    values = (
        f"{found.before:.1f} in the first {count(found.before_weeks, 'week')}, {found.after:.1f} in the "
        f"{count(found.after_weeks, 'week')} after (change {_interval(found.change, found.ci_low, found.ci_high)})"
    )
    if not found.is_finding:
        return f"We cannot tell whether {name} changed: {values}. {REGRESSION} {NOT_CAUSE}"
    course = f"{name.capitalize()} was {_moved(found.change)} later on: {values}."
    small = [SMALL] if found.column == "pain" and abs(found.change) < PAIN_CHANGE_POINTS else []
    return " ".join([course, *small, REGRESSION, NOT_CAUSE])


def difference(found: Difference) -> str:
    """The outcome after weeks of high and of low adherence, in its own points."""
    high, low = _groups(found)
    if found.difference is None:
        return f"No comparison of {high} with {low}: {_no_difference(found)}."
    size = _interval(found.difference, found.ci_low, found.ci_high, f" {_UNIT[found.outcome]}")
    means = f"Plain averages: {found.high_mean:.1f} and {found.low_mean:.1f}, {lag(found.lag)}."
    name, after = NAMES[found.outcome], "after" if found.lag else "in"
    if found.is_finding:
        said = f"{name.capitalize()} was {_moved(found.difference)} {after} {high} than {after} {low}"
    else:
        said = f"We cannot tell whether {name} differs {after} {high} and {after} {low}"
    return f"{said}: {size}. {means} {NOT_CAUSE}"


def slope(found: Slope) -> str:
    """The typical change of the outcome for one more session."""
    if found.per_session is None:
        missing = f"{count(found.needed, 'more week')} needed" if found.needed else "one of the two never changed"
        return f"No figure for one more session: {missing} ({found.n} so far)."
    unit = f" {_UNIT[found.outcome]} of {NAMES[found.outcome]}"
    size = _interval(found.per_session, found.ci_low, found.ci_high, unit, digits=2)
    weeks = f"{lag(found.lag)}: the middle one of all pairs of your {count(found.n, 'week')}, without their drift"
    return f"One more session in a week went with {size}, {weeks}. {NOT_CAUSE}"


def _first(one: Association) -> str:
    return NAMES[one.x].capitalize()


def _number(one: Association) -> str:
    if one.r is None:
        return f"no number yet ({one.n} pairs of weeks)"
    return f"{one.r:+.2f} ({plausible_range(one.ci_low, one.ci_high)}, {one.n} pairs of weeks, {lag(one.lag)})"


def _leading(found: Direction) -> str:
    """Evidence 6.1.8: where pain comes before missed sessions, say that it may be driving them."""
    if found.leading == "cannot tell":
        return "We cannot tell which comes first."
    first = found.forward if found.leading == "x" else found.backward
    if (first.x, first.y) == ("pain", "adherence") and (first.r or 0.0) < 0:
        return "Pain came first more often than missed sessions: pain may be driving skipped sessions."
    return f"{_first(first)} came first more often than {NAMES[first.y]}."


def _changed(found: Adjustment, raw: float, adjusted: float) -> str:
    if found.change == "stayed":
        return f"stayed about the same ({raw:+.2f}, then {adjusted:+.2f})"
    return f"{'changed its sign' if found.change == 'turned' else found.change} from {raw:+.2f} to {adjusted:+.2f}"


def _interval(value: float, low: float | None, high: float | None, unit: str = "", digits: int = 1) -> str:
    if low is None or high is None:
        return f"{value:+.{digits}f}{unit}"
    return f"{value:+.{digits}f}{unit} (plausible range {low:+.{digits}f} to {high:+.{digits}f})"


def _moved(change: float) -> str:
    return "lower" if change < 0 else "higher"


def _groups(found: Difference) -> tuple[str, str]:
    high = f"weeks with at least {percent(ADHERENCE_HIGH)} of your sessions done ({found.high_weeks})"
    return high, f"weeks with under {percent(ADHERENCE_LOW)} ({found.low_weeks})"


def _no_change(found: BeforeAfter) -> str:
    if found.reason == "does not vary":
        return f"{NAMES[found.column].capitalize()} was the same in every week with a value."
    return (
        f"No before and after yet: it takes {count(found.needed, 'more week')} with {NAMES[found.column]}. {REGRESSION}"
    )


def _no_difference(found: Difference) -> str:
    more = count(found.needed, "more week")
    if found.reason == "too few weeks":
        return f"it takes {more}"
    if found.reason == "does not vary":
        return f"{NAMES[found.outcome]} was the same in all of them"
    return f"it takes {more} of the {'first' if found.reason == 'too few high weeks' else 'second'} kind"
