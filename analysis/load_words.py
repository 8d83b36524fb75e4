"""How running load changed, as sentences: the number, how it is made, and what it cannot say (evidence 3)."""

from typing import Final

from analysis.evidence import EWMA_CHRONIC_DAYS, MONOTONY_NOTE, SPIKE_HISTORY_DAYS
from analysis.load_change import LoadChange
from analysis.phrases import count
from analysis.session_load import WeekLoad
from analysis.units import Units, format_distance

# By the field's own names. What a page shows beside each number: how it is made, and the history it needs.
FORMULAS: Final = {
    "single-run spike": (
        f"The longest run of the last 7 days against the longest of the {SPIKE_HISTORY_DAYS} days before it: 100 x "
        f"(longest / longest before - 1) %. It needs {SPIKE_HISTORY_DAYS} days of history before that run."
    ),
    "week-to-week change": (
        "The last finished week against the one before it: 100 x (last / one before - 1) %. It needs two known weeks "
        "in a row. Among 874 novices, those who added over 30 % within two weeks had more injuries of the kind that "
        "distance brings, but not clearly so (Nielsen 2014, Journal of Orthopaedic and Sports Physical Therapy 44:739)."
    ),
    "uncoupled ratio": (
        "The acute load, here the distance of the last finished week, divided by the mean of the three weeks before "
        "it. It needs four known weeks in a row."
    ),
    "EWMA ratio": (
        "The exponentially weighted moving average, an average of your daily distance that weights recent days more, "
        "over 7 days (the acute load), divided by the same over 28 days (weights 2/8 and 2/29). It needs 28 known days "
        "in a row before the day."
    ),
    "session-RPE": (
        "The load of a run: effort (0 to 10, half an hour after it) times minutes, added up over the week. It needs "
        "effort and duration of every run."
    ),
    "monotony": (
        "The mean daily load divided by its standard deviation over the seven days (n - 1), rest days as 0. It needs a "
        "week whose runs are all logged, each with effort and duration."
    ),
    "strain": "The week's session-RPE load times its monotony. It needs what monotony needs.",
}
# What a page calls them: the first keys, and the last three in one line.
NAMES: Final = ("single-run spike", "week-to-week change", "uncoupled ratio", "EWMA ratio")
SESSION_LOAD: Final = "session-RPE, monotony and strain"
RATIO_LIMIT: Final = (
    "These ratios describe a change and nothing else. In studies they went with injuries about as well when the "
    "earlier load was replaced by random numbers (Impellizzeri 2021, 10.1007/s40279-020-01378-6), so there are no "
    "coloured zones here."
)
REST_IS_STATED: Final = (
    "A day without a run counts as rest only in a week that you logged run by run or marked as no running. "
    "Not logged is not rest."
)


def week_to_week(found: LoadChange, units: Units) -> str:
    if found.value is None:
        return _no_change(found, "week", "The week-to-week change")
    weeks = f"{format_distance(found.recent, units)} in the last finished week, {format_distance(found.earlier, units)}"
    return f"{weeks} in the one before: {found.value:+.0f} %."


def uncoupled_ratio(found: LoadChange, coupled: LoadChange, units: Units) -> str:
    """The ratio, and the coupled one that other tools show."""
    if found.value is None or coupled.value is None:
        return _no_change(found, "week", "The uncoupled ratio")
    recent, earlier = format_distance(found.recent, units), format_distance(found.earlier, units)
    return (
        f"{recent} in the last finished week, {earlier} a week in the three before: {found.value:.2f} times as much. "
        f"Tools that count the week itself among the four show {coupled.value:.2f}."
    )


def ewma_ratio(found: LoadChange) -> str:
    if found.value is None:
        return _no_change(found, "day", f"The EWMA ratio of 7 to {EWMA_CHRONIC_DAYS} days")
    return (
        "At the end of the last finished week your running, weighted towards the last days, was "
        f"{found.value:.2f} times that of four weeks."
    )


def week_load(found: WeekLoad) -> str:
    """Load, monotony and strain of one week."""
    if found.load is None:
        return f"No load for this week: {_MISSING[found.reason or '']}."
    load = f"Session-RPE load of the last finished week {found.load:.0f} (effort times minutes)"
    if found.monotony is None or found.strain is None:
        return f"{load}; monotony and strain are not defined, because all seven days were the same."
    note = f" Monotony over {MONOTONY_NOTE:g} is what Foster called worth watching." if found.is_monotonous else ""
    return f"{load}, monotony {found.monotony:.2f}, strain {found.strain:.0f}.{note}"


_MISSING: Final = {
    "week not stated": "it was not logged run by run, and days that were not logged are not rest days",
    "effort or duration missing": "a run without effort or duration is in it",
}


def title(name: str) -> str:
    """A name at the head of a line; capitals in it stay."""
    return f"{name[0].upper()}{name[1:]}"


def _no_change(found: LoadChange, unit: str, what: str) -> str:
    if found.reason == "nothing earlier":
        return f"{what} is not defined: no running is known before it to compare with, only zeros."
    more = count(found.needed, f"more known {unit}")
    return f"{what} needs {more} in a row; what was not logged is not taken for rest."
