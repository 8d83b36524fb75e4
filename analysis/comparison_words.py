"""Comparisons and effects of one runner as sentences, by the templates of evidence 6.3.

The same rules as for associations: weeks, range and limit in every sentence with a number; what cannot be told is said
as fully as a finding; a refusal says what is missing. An effect is said as a finding only where its `link`, the same
pair and lag among all that the page compares, is one; a part of the diary is described and not judged.
"""

from typing import Final

from analysis.association import Association
from analysis.comparisons import Adjustment, BeforeAfter, Direction
from analysis.effects import Difference, Slope, is_claimed
from analysis.evidence import ADHERENCE_HIGH, ADHERENCE_LOW, PAIN_CHANGE_POINTS
from analysis.finding_words import NAMES, NOT_CAUSE, association_title, lag, leaves_out_none, plausible_range
from analysis.phrases import count, percent

VOLUME_CAUTION: Final = (
    "Which number is nearer to the truth depends on what came first: if pain led to less distance, accounting for "
    "distance can mislead."
)
REGRESSION: Final = (
    "The first rated week is left out of both parts: people start a diary when it hurts, and what starts high comes "
    "down by itself."
)
ALLOWED_FOR: Final = "with what a week carries over and a straight drift allowed for"
COURSE: Final = "Levels come and go for many reasons: this describes the course, and judges nothing."
SMALL: Final = f"Ratings a few weeks apart differ by less than {PAIN_CHANGE_POINTS} points for no reason."

_UNIT: Final = {"pain": "points", "distance_m": "metres"}


def direction(found: Direction) -> str:
    """x before y next to y before x, and which of them came first, if that can be told."""
    forward, backward = found.forward, found.backward
    both = f"{_first(forward)}, then {NAMES[forward.y]}: {_number(forward)}. "
    both += f"{_first(backward)}, then {NAMES[backward.y]}: {_number(backward)}."
    return f"{_leading(found)} {both} {NOT_CAUSE}"


def adjustment(found: Adjustment, link: Association) -> str:
    """The coefficient without and with volume accounted for, and the caution that belongs to it."""
    raw, adjusted = found.raw, found.adjusted
    controls = " and ".join(NAMES[name] for name in adjusted.controls)
    if raw.r is None or adjusted.r is None:
        missing = association_title(adjusted if adjusted.r is None else raw)
        return f"{controls.capitalize()} is not accounted for: {missing[0].lower()}{missing[1:]}."
    weeks = (
        f"(plausible range {plausible_range(adjusted.ci_low, adjusted.ci_high)}, {count(adjusted.n, 'week')}, "
        f"{lag(adjusted.lag)})"
    )
    if not link.is_finding:
        said = f"without {controls} accounted for {raw.r:+.2f}, with it {adjusted.r:+.2f} {weeks}"
        head = "We cannot tell whether there is a link" if link.judged else "Described and not judged"
        return f"{head}: {said}. {VOLUME_CAUTION} {NOT_CAUSE}"
    left = "" if leaves_out_none(adjusted) else " With it accounted for, we cannot tell whether any link is left."
    changed = f"The link {_changed(found, raw.r, adjusted.r)} after accounting for {controls} {weeks}."
    return f"{changed}{left} {VOLUME_CAUTION} {NOT_CAUSE}"


def before_and_after(found: BeforeAfter) -> str:
    """How the level of a series went, the entry week left out: described, never said as a finding. It is no link, so it
    has no share of what chance is allowed on a page."""
    name = NAMES[found.column]
    if found.change is None or found.before is None or found.after is None:
        return _no_change(found)
    size = _interval(found.change, found.ci_low, found.ci_high, f" {_UNIT[found.column]}")
    course = (
        f"{name.capitalize()} was {found.before:.1f} on average in the first {count(found.before_weeks, 'week')} and "
        f"{found.after:.1f} in the {count(found.after_weeks, 'week')} after. With what a week carries over allowed "
        f"for, from the first rated week on, the change is {size}. {COURSE}"
    )
    small = [SMALL] if found.column == "pain" and abs(found.change) < PAIN_CHANGE_POINTS else []
    return " ".join([course, *small, REGRESSION, NOT_CAUSE])


def difference(found: Difference, link: Association) -> str:
    """The outcome after weeks of high and of low adherence, in its own points."""
    high, low = _groups(found)
    if found.difference is None:
        return f"No comparison of {high} with {low}: {_no_difference(found)}."
    size = _interval(found.difference, found.ci_low, found.ci_high, f" {_UNIT[found.outcome]}")
    means = f"As they are, those weeks average {found.high_mean:.1f} and {found.low_mean:.1f}, {lag(found.lag)}."
    name, after = NAMES[found.outcome], "after" if found.lag else "in"
    said = _as_judged(
        found,
        link,
        claimed=f"{name.capitalize()} was {_moved(found.difference)} {after} {high} than {after} {low}",
        described=f"Described and not judged: {name} {after} {high}, set against {name} {after} {low}",
        unclear=f"We cannot tell whether {name} differs {after} {high} and {after} {low}",
    )
    return " ".join([f"{said}: {size}, {ALLOWED_FOR}.", *_alone(found, link), means, NOT_CAUSE])


def slope(found: Slope, link: Association) -> str:
    """The typical change of the outcome for one more session."""
    if found.per_session is None:
        return f"No figure for one more session: {_no_slope(found)}."
    unit = f" {_UNIT[found.outcome]} of {NAMES[found.outcome]}"
    size = _interval(found.per_session, found.ci_low, found.ci_high, unit, digits=2)
    weeks = (
        f"{lag(found.lag)}, over {count(found.n, 'week')} without their drift (the median slope between two of them)"
    )
    said = _as_judged(
        found,
        link,
        claimed=f"One more of {count(found.planned, 'session')} in a week went with {size}",
        described=f"Described and not judged, for one more of {count(found.planned, 'session')} in a week: {size}",
        unclear=f"We cannot tell what one more of {count(found.planned, 'session')} in a week goes with: {size}",
    )
    return " ".join([f"{said}, {weeks}.", *_alone(found, link), NOT_CAUSE])


def _as_judged(found: Difference | Slope, link: Association, *, claimed: str, described: str, unclear: str) -> str:
    """The wording that the link of an effect allows: an effect is claimed with its link, and never without."""
    if is_claimed(found, link):
        return claimed
    return unclear if link.judged else described


def _alone(found: Difference | Slope, link: Association) -> list[str]:
    """Why a range that leaves out 0 is no finding where its link is none."""
    if not found.is_finding or link.is_finding or not link.judged:
        return []
    return ["Taken alone, this range leaves out 0; but the link it measures is no finding among all compared here."]


def _first(one: Association) -> str:
    return NAMES[one.x].capitalize()


def _number(one: Association) -> str:
    if one.r is None:
        return f"no number yet ({one.n} pairs of weeks)"
    return f"{one.r:+.2f} ({plausible_range(one.ci_low, one.ci_high)}, {one.n} pairs of weeks, {lag(one.lag)})"


def _leading(found: Direction) -> str:
    """Evidence 6.1.8: where pain comes before missed sessions, say that it may be driving them."""
    if found.leading == "described":
        return "Both ways round, described and not judged."
    if found.leading == "both":
        return "Both directions fit: neither came first clearly more often than the other."
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


def _no_slope(found: Slope) -> str:
    weeks = f"your {count(found.n, 'pair') if found.lag else count(found.n, 'week')}"
    if found.lag:
        weeks += " of weeks"
    if found.reason == "only drift":
        return f"in {weeks}, one of the two only moved in a straight line, and that says nothing about the other"
    if found.reason == "does not vary":
        return f"in {weeks}, the number of sessions or {NAMES[found.outcome]} never changed"
    return f"{count(found.needed, 'more week')} needed ({found.n} so far)"


def _no_difference(found: Difference) -> str:
    more = count(found.needed, "more week")
    if found.reason == "too few weeks":
        return f"it takes {more}"
    if found.reason == "does not vary":
        return f"{NAMES[found.outcome]} was the same in all of them"
    return f"it takes {more} of the {'first' if found.reason == 'too few high weeks' else 'second'} kind"
