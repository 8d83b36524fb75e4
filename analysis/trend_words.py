"""The words of the lag profile and the matrix on Trends, from the results alone."""

from collections import Counter
from collections.abc import Sequence
from datetime import date
from typing import Final

from analysis.association import Association
from analysis.comparisons import Profile
from analysis.evidence import GATE_TENTATIVE
from analysis.finding_words import NAMES, NOT_CAUSE, UNLIKE, association_title, plausible_range
from analysis.phrases import count, day
from analysis.simulation import Demonstration
from analysis.units import Units

_VERDICT: Final = {
    "clear": "a finding",
    "tentative": "tentative",
    "cannot tell": "we cannot tell",
    "described": "described and not judged",
}
_NAMED: Final = 6  # weeks named one by one

PART: Final = (
    "This is a part of your diary, described and not judged: whoever looks at part after part finds a link in one of "
    "them by chance, so nothing on the page is called a finding now. Take the filters away to see what your whole "
    "diary says."
)
REVERSED: Final = "The first day is after the last. Choose an earlier first day, or a later last one."
FIRST_WEEK: Final = "No week of this diary is over yet. Trends begin with the first finished one."
NOTHING_FITS: Final = "No finished week fits all of this. Take one filter away."
MATRIX_KEY: Final = (
    "Orange: more goes with more. Purple: more goes with less. In a frame: stands out from chance. Grey cross: no "
    "number yet. Dotted: the one looked at."
)
MATRIX_KEY_OF_PART: Final = (
    "Orange: more goes with more. Purple: more goes with less. Grey cross: no number yet. Dotted: the one looked at."
)
MATRIX_HINT: Final = "Tap one to see it below, or why it has none."
AS_THEY_ARE: Final = "The weeks as they are, their drift and what each carries over from the one before included."
RINGS: Final = "Weeks at the same place are drawn as rings, the latest in the middle: more rings, more weeks."
TIMELINE_KEY: Final = (
    "Tap a week to see it in the other charts too. “Weeks shown” is for this chart alone; what is compared below is "
    "every finished week."
)
LAGS_KEY_OF_PART: Final = "Ring: the coefficient. Grey cross: no number. Bar: plausible range."
LAGS_KEY: Final = "Filled: stands out from chance. Hollow: we cannot tell. Grey cross: no number. Bar: plausible range."
HOW: Final = (
    "Only finished weeks count in which both values are known. What was not logged is left out and never filled; over "
    "a gap, a week carries over as much less as the gap is long.",
    "Pain has many zeros and adherence few steps, so ranks are compared and not the numbers themselves.",
    "The straight drift of each series is taken out, and what a week carries over from the week before it. What is "
    "left is what was new in each week. That is compared, now and one and two weeks later, both ways round.",
    "The range is where the link plausibly lies: in 95 of 100 diaries like yours it holds the true number.",
    "All fifteen links count together (Holm's method), so that looking at many does not turn chance into a finding.",
    "That is for one look. Whoever looks again every other week, over a year or two, has seen some finding by chance "
    "in about one of four diaries in which nothing is linked. A finding that stays when weeks are added is worth more "
    "than one that comes and goes.",
    "One of them is the question this page is made for: how do hip sessions and pain a week later go together? It has "
    "half of what chance is allowed, and the other fourteen share the rest. That was fixed before any diary was looked "
    "at. So an answer to this question shows earlier, and each of the others needs a little more.",
    "What it cannot see: where both series step to another level in the same weeks, as with a new plan, or both swing "
    "with the season, that looks like a link though neither has to do with the other. Only a drift in a straight line "
    "is taken out.",
    "Under 8 weeks there is nothing to show, under 12 a picture only, under 26 a finding is called tentative.",
)


def profile_title(profile: Profile) -> str:
    """How many lags stand out and which of them most, or that one cannot tell at any."""
    every = [one for _, one in profile]
    findings = [one for one in every if one.is_finding]
    numbers = sum(one.r is not None for one in every)
    if findings:
        clearest = _lower(_when(max(findings, key=lambda one: abs(one.r or 0.0))))
        most = ":" if len(findings) == 1 else ", most of all"
        stand = f"{_stand(len(findings))} out{_hedge(findings)}"
        return f"{len(findings)} of {count(numbers, 'lag')} {stand}{most} {clearest}"
    first, second = _columns(profile)
    if not numbers:
        return f"No lag of {NAMES[first]} and {NAMES[second]} has a number yet"
    if not is_judged(every):
        return f"{NAMES[first].capitalize()} and {NAMES[second]} at each lag, described and not judged"
    return f"We cannot tell at any lag how {NAMES[first]} and {NAMES[second]} go together"


def profile_text(profile: Profile) -> str:
    """Every lag in turn, read aloud."""
    return " ".join([f"{profile_title(profile)}.", *(cell(one) for _, one in profile), NOT_CAUSE])


def cell(one: Association) -> str:
    """One lag in a sentence: the number, its range and weeks, or why there is none."""
    when = _when(one)
    if one.r is None:
        return f"{when}: {_lower(association_title(one))}."
    said = plausible_range(one.ci_low, one.ci_high)
    return f"{when}: {one.r:+.2f}, plausible range {said}, {_weeks(one)}, {_VERDICT[one.verdict]}."


def weeks_title(one: Association) -> str:
    """What stands above the weeks behind a link: the pair, its number and its verdict, or what is missing."""
    if one.r is None:
        return association_title(one)
    return f"{_when(one)}: {one.r:+.2f} in {_weeks(one)}, {_VERDICT[one.verdict]}"


def is_judged(found: Sequence[Association]) -> bool:
    """Whether these may be called findings at all: not where they are of a part of the diary."""
    return all(one.judged for one in found)


def tick(lag: int, profile: Profile) -> str:
    """What a column of the lag profile is: which of the two came first, and by how much."""
    if lag == 0:
        return "same<br>week"
    first, second = _columns(profile)
    leader = NAMES[first if lag > 0 else second].replace(" ", "<br>")
    return f"{leader}<br>first, by<br>{count(abs(lag), 'week')}"


def matrix_title(found: Sequence[Association]) -> str:
    findings = [one for one in found if one.is_finding]
    numbers = sum(one.r is not None for one in found)
    if not numbers:
        return f"None of the {len(found)} pairs and lags has a number yet"
    if not is_judged(found):
        return f"{numbers} of {len(found)} pairs and lags of this part, described and not judged"
    if findings:
        number = len(findings)
        return f"{count(number, 'link')} of {numbers} compared {_stand(number)} out from chance{_hedge(findings)}"
    if numbers == 1:
        return "The one pair and lag that has a number does not stand out from chance"
    having = "" if numbers == len(found) else " that have a number"
    return f"None of the {numbers} pairs and lags{having} stands out from chance"


def matrix_text(found: Sequence[Association]) -> str:
    """The findings, how many stay open, and each reason for a missing number once."""
    findings = [f"{association_title(one)}." for one in found if one.is_finding]
    unclear = sum(one.verdict == "cannot tell" for one in found)
    reasons = Counter(association_title(one) for one in found if one.r is None)
    missing = [f"Without a number: {title}." for title in reasons]
    open_ = [f"Of {count(unclear, 'other') if findings else unclear} we cannot tell."] if unclear else []
    return " ".join([f"{matrix_title(found)}.", *findings, *open_, *missing, NOT_CAUSE])


def matrix_row(x: str, y: str) -> str:
    """A row's pair; each column goes on with when the second of them was."""
    return f"{NAMES[x]}<br>and {NAMES[y]} …"


def matrix_column(lag: int) -> str:
    """When the second of a row's pair was, seen from the first."""
    if lag == 0:
        return "same<br>week"
    return f"{count(abs(lag), 'week')}<br>{'later' if lag > 0 else 'before'}"


def _when(one: Association) -> str:
    return named(one.x, one.y, one.lag)


def named(x: str, y: str, lag: int) -> str:
    """'Hip sessions, then pain 1 week later'."""
    if lag == 0:
        return f"{NAMES[x].capitalize()} and {NAMES[y]} in the same week"
    return f"{NAMES[x].capitalize()}, then {NAMES[y]} {count(lag, 'week')} later"


def _weeks(one: Association) -> str:
    return count(one.n, "week") if one.lag == 0 else f"{count(one.n, 'pair')} of weeks"


def _hedge(findings: Sequence[Association]) -> str:
    """Evidence 6.1.5: under 26 weeks a finding is tentative, in a title too."""
    return ", tentatively" if all(one.verdict == "tentative" for one in findings) else ""


def _stand(number: int) -> str:
    return "stands" if number == 1 else "stand"


def _lower(title: str) -> str:
    return f"{title[0].lower()}{title[1:]}"


def _columns(profile: Profile) -> tuple[str, str]:
    """The pair's two columns, in the order in which it is named."""
    same_week = dict(profile)[0]
    return same_week.x, same_week.y


def link(one: Association) -> str:
    """A name for addresses: 'adherence-pain-1'."""
    return f"{one.x}-{one.y}-{one.lag}"


def link_name(one: Association) -> str:
    """'Hip sessions, then pain 1 week later'. Without its number: a choice is kept by its label, and numbers change."""
    return _when(one)


def says(one: Association) -> str:
    """What a link comes to, in a few words for a table: the verdict, or what is missing for a number."""
    if one.r is not None:
        return _VERDICT[one.verdict]
    missing = max(one.needed, GATE_TENTATIVE - one.n)  # at 8 there is a picture, and no number yet
    return f"{count(missing, 'more week')} needed" if one.needed else association_title(one)


def scatter_key(one: Association) -> str:
    """What the marks are, in words that hold in a file of the picture alone too."""
    return f"{AS_THEY_ARE} {RINGS}" if one.raw_disagrees else RINGS


def scatter_hint(one: Association) -> str:
    """On the page, that the marks do not show the coefficient where they do not, and what says why."""
    return f"{UNLIKE} “Spearman in three ways” below says what was taken out." if one.raw_disagrees else ""


def weeks_behind(one: Association) -> str:
    return f"The {_weeks(one)} behind it"


def column(name: str, units: Units, lag: int = 0) -> str:
    """A table's header for a column of the weekly frame, with its unit."""
    plain = {"adherence": "Hip sessions done (%)", "pain": "Worst pain (0 to 10)", "distance_m": f"Distance ({units})"}
    return f"{plain[name]}, {count(lag, 'week')} later" if lag else plain[name]


def chosen(weeks: Sequence[date]) -> str:
    """'2 weeks are marked: 5 January 2026, 12 January 2026.'"""
    first = ", ".join(day(week) for week in weeks[:_NAMED])
    rest = f" and {len(weeks) - _NAMED} more" if len(weeks) > _NAMED else ""
    return f"{count(len(weeks), 'week')} {'is' if len(weeks) == 1 else 'are'} marked: {first}{rest}."


def not_shown(weeks: int) -> str:
    """That marked weeks lie outside the time chart as it is shown."""
    return (
        f"{count(weeks, 'marked week')} {'is' if weeks == 1 else 'are'} not in the chart above: it shows more with "
        "“All”, and without filters."
    )


def demonstration(made: Demonstration) -> str:
    """What the textbook's test and ours found where nothing is linked."""
    return (
        f"{made.diaries} diaries of a year were made up, in which hip sessions and pain have nothing to do with each "
        f"other, but each week resembles the one before. The textbook's test found a link in **{made.textbook}** of "
        f"them. This page's method found one in **{made.ours}**. About {made.diaries // 20} are what chance allows one "
        "question alone; on the page, where fifteen are asked, this one is allowed half of that."
    )
