"""What goes with what, as sentences: from the result objects alone, by the templates of evidence 6.3.

Every sentence with a number has its weeks, its lag, its plausible range and its limit in it. 'We cannot tell' says the
range as fully as a finding does, and a refusal says what is missing.
"""

from typing import Final

from analysis.association import Association
from analysis.evidence import GATE_N_EFF, GATE_PAIN_VALUES, GATE_PAIN_WEEKS, GATE_TENTATIVE, GATE_UNUSUAL_WEEKS
from analysis.phrases import count

NOT_CAUSE: Final = "This does not show that one brought about the other."
MANY_PAIRS: Final = (
    "Up to fifteen links are compared here, and the words are for all of them together: in a diary where nothing is "
    "linked, the chance that any of them is called a link is about one in twenty at one look, and more for whoever "
    "looks week after week. Half of that is for the question this page asks first, hip sessions and pain a week later."
)
METHOD: Final = (
    "The number labelled Spearman is a rank correlation of what is new in each week. A week resembles the one "
    "before it, and series drift over time; both make unrelated series look linked, so both are taken out of the ranks "
    "of each series first. So it may differ from a plain Spearman coefficient, which a spreadsheet gives for the weeks "
    "as they are."
)

UNLIKE: Final = "The chart shows the weeks as they are, so its marks do not look like the number."

NAMES: Final = {"adherence": "hip sessions", "pain": "pain", "distance_m": "weekly distance"}
MORE_OF: Final = {
    "adherence": "more of your hip sessions done",
    "pain": "more pain",
    "distance_m": "more distance",
}
LESS_OF: Final = {
    "adherence": "fewer of your hip sessions done",
    "pain": "less pain",
    "distance_m": "less distance",
}


def association(found: Association) -> str:
    """The finding with its number, its range and its limit; or what is missing before anything can be said."""
    title = association_title(found)
    if found.r is None:
        return f"{title}."
    parts = [f"{title} ({_number(found)}).", *_fits(found), *_drift(found), NOT_CAUSE]
    return " ".join(parts)


def three_numbers(found: Association) -> str:
    """The coefficient of the weeks as they are, without drift, and of what is new, side by side (evidence 6.1.6)."""
    numbers = (
        f"Spearman in three ways, {lag(found.lag)}: {found.raw:+.2f} for the weeks as they are, {found.detrended:+.2f} "
        f"without their straight drift, {found.r:+.2f} for what is new in each week (plausible range "
        f"{plausible_range(found.ci_low, found.ci_high)}, {_weeks(found)}). The last one is the number on this page."
    )
    unlike = [UNLIKE] if found.raw_disagrees else []
    return " ".join([numbers, *unlike, NOT_CAUSE])


def association_title(found: Association) -> str:
    """The same finding, short enough to stand above a chart."""
    if found.r is None:
        return _refusal(found)
    if found.is_finding:
        return _hedged(f"{_tendency(found, found.r)}{_given(found)}", found)
    if not found.judged:
        return f"Described and not judged: {_both(found)}{_when(found)} in {_weeks(found)}{_given(found)}"
    return f"We cannot tell from {_weeks(found)} how {_both(found)}{_when(found)} go together{_given(found)}"


def lag(weeks: int) -> str:
    return "same week" if weeks == 0 else f"{count(weeks, 'week')} later"


def plausible_range(low: float | None, high: float | None) -> str:
    """'-0.71 to -0.07'; nothing where there is no range."""
    return "" if low is None or high is None else "{:+.2f} to {:+.2f}".format(*range_ends(low, high))


def range_ends(low: float, high: float) -> tuple[float, float]:
    """As they are said. Never '+1.00 to +1.00': the end nearer to 0 stays under 1."""
    return round(min(low, 0.99), 2), round(max(high, -0.99), 2)


def _number(found: Association) -> str:
    return f"Spearman {found.r:+.2f}, plausible range {plausible_range(found.ci_low, found.ci_high)}"


def _fits(found: Association) -> list[str]:
    """What an unclear range leaves open: everything, or only the doubt that comes with looking at many pairs."""
    if found.is_finding or not found.judged:
        return []
    if leaves_out_none(found):
        return [
            "Taken alone, this range leaves out 'no link'; but it is one of several ranges compared, and one in twenty "
            "does so by chance."
        ]
    return [f"{MORE_OF[found.x].capitalize()} fits with {MORE_OF[found.y]}, {LESS_OF[found.y]} or no link."]


def leaves_out_none(found: Association) -> bool:
    """Whether the range leaves out 'no link'."""
    return found.ci_low is not None and found.ci_high is not None and not found.ci_low <= 0 <= found.ci_high


def _drift(found: Association) -> list[str]:
    """Evidence 6.1.6: where the weeks as they are say something else, say so, and why."""
    if not found.raw_disagrees:
        return []
    why = "a straight drift and " if found.drift_disagrees else ""
    return [f"The weeks as they are give {found.raw:+.2f}; without {why}what a week carries over, this is left."]


def _hedged(sentence: str, found: Association) -> str:
    return sentence if found.verdict == "clear" else f"Tentative: {sentence[0].lower()}{sentence[1:]}"


def _tendency(found: Association, r: float) -> str:
    outcome, more = (MORE_OF if r > 0 else LESS_OF)[found.y], MORE_OF[found.x]
    if found.raw is not None and found.raw * r < 0:  # true of what is new in a week alone, so say that
        more, outcome = f"{more} than the weeks before let expect", f"{outcome} than expected"
    subject = f"In your {_weeks(found)}, weeks with {more} tended to be"
    if found.lag == 0:
        return f"{subject} weeks with {outcome}"
    return f"{subject} followed {lag(found.lag)} by weeks with {outcome}"


def _weeks(found: Association) -> str:
    return count(found.n, "week") if found.lag == 0 else count(found.n, "pair") + " of weeks"


def _both(found: Association) -> str:
    return f"{NAMES[found.x]} and {NAMES[found.y]}"


def _all_of(found: Association) -> str:
    """All that has to be known in a week, or a pair of weeks."""
    if not found.controls:
        return f"both {_both(found)}"
    return f"{', '.join(NAMES[name] for name in (found.x, found.y))} and {NAMES[found.controls[0]]}"


def _when(found: Association) -> str:
    return f" {lag(found.lag)}" if found.lag else ""


def _given(found: Association) -> str:
    return f", with {' and '.join(NAMES[name] for name in found.controls)} accounted for" if found.controls else ""


def _refusal(found: Association) -> str:
    both = _all_of(found)
    if found.reason == "too few weeks":
        return (
            f"{_more(found.needed, both)} needed before there is a picture, and {GATE_TENTATIVE - found.n} before we "
            f"show a number ({found.n} so far)"
        )
    if found.reason == "picture only":
        needed = _more(found.needed, both)
        return (
            f"Too early, picture only: {needed} needed before we show a number ({found.n} of {GATE_TENTATIVE} so far)"
        )
    if found.reason == "seldom unusual together":
        return (
            f"No number yet: in your {found.n} weeks with {both}, both were nearly always the same, and one odd week "
            f"would decide everything. About {_more(found.needed, both)} needed"
        )
    if found.reason == "too few independent weeks":
        return (
            f"No number yet: your {found.n} weeks with {both} resemble their neighbours so much that they tell as "
            f"little as fewer than {GATE_N_EFF} independent ones would. About {_more(found.needed, both)} needed"
        )
    return f"No number: {_not_varying(found)}"


def _more(weeks: int, both: str) -> str:
    return f"{count(weeks, 'more week')} with {both} {'is' if weeks == 1 else 'are'}"


def _not_varying(found: Association) -> str:
    weeks = f"{found.n} weeks with {_all_of(found)}"
    if found.reason == "pain varies too little":
        return (
            f"in the {weeks}, pain changed too little. It takes {GATE_PAIN_VALUES} different ratings and "
            f"{GATE_PAIN_WEEKS} weeks above 0"
        )
    if found.reason in ("x varies too little", "y varies too little"):
        name = NAMES[found.x if found.reason.startswith("x") else found.y]
        return (
            f"in the {weeks}, {name} {'was' if name != NAMES['adherence'] else 'were'} nearly always the same. It "
            f"takes {GATE_UNUSUAL_WEEKS} weeks with another value"
        )
    if found.reason == "only drift":
        return f"in the {weeks}, one of them only moved in a straight line, and that says nothing about the other"
    if found.reason == "control says the same":
        control = NAMES[found.controls[0]]
        return f"in the {weeks}, {control} says nearly the same as another of them, so the two cannot be told apart"
    constant = {"x constant": found.x, "y constant": found.y}.get(found.reason or "", found.controls[:1])
    name = constant if isinstance(constant, str) else constant[0]
    return f"{NAMES[name]} stayed the same in all {weeks}"
