"""What stands out on a coach's board, in words: each flag says its rule and the runner's own baseline."""

from collections.abc import Iterable
from datetime import date
from typing import Final

from analysis.board import COURSE_WEEKS, DIARY, SILENT_WEEKS, BoardRow, Kind
from analysis.evidence import (
    ADHERENCE_LOW,
    BASELINE_WEEKS,
    PAIN_ACCEPTABLE_MAX,
    PAIN_CHANGE_POINTS,
    SPIKE_RATE_RATIO,
    SPIKE_REFERENCE_PERCENT,
)
from analysis.phrases import count, day, number, percent
from analysis.self_test import Side
from analysis.units import Units, format_distance

NOTHING: Final = "No rule holds. That says nothing about what was not logged."
SHARES_NOTHING: Final = (
    "This runner shares none of their training, running and pain with you: how they are is not known here. That is "
    "theirs to decide, and it is not silence."
)
ORDER: Final = (
    "Rows are sorted by what asks for a look, then by name. Nobody is ranked by pain, and a flag is a reason to ask, "
    "not a forecast."
)
USUAL: Final = f"the median of the {BASELINE_WEEKS} weeks before those"
_MEDIAN: Final = f"{USUAL} two"


def summary(rows: Iterable[BoardRow]) -> str:
    """How many runners have which flag, in one sentence; names are for the table."""
    rows = tuple(rows)
    flagged = [row for row in rows if row.flags]
    if not flagged:
        unknown = sum(row.last_on is None for row in rows)
        rest = f", and of {unknown} of them nothing is known" if unknown else ""
        return f"Nothing stands out among {count(len(rows), 'runner')}{rest}"
    kinds: dict[Kind, int] = {}
    for row in flagged:
        for kind in row.flags:
            kinds[kind] = kinds.get(kind, 0) + 1
    listed = ", ".join(f"{kind} ({times})" for kind, times in kinds.items())
    return f"Look at {len(flagged)} of {count(len(rows), 'runner')}: {listed}"


def headline(row: BoardRow, kind: Kind) -> str:
    """What the flag found."""
    where = f" ({row.place})" if row.place else ""
    if kind == "pain above 5":
        return f"Pain is {number(row.pain or 0)} of 10{where}"
    if kind == "substantial problem":
        where = f" ({row.problem_place})" if row.problem_place else ""
        severe = "" if row.severity is None else f", severity {number(row.severity)} of 100"
        return f"A substantial problem{where}{severe}"
    if kind == "pain rising":
        return f"Pain rose to {number(row.pain or 0)} from the usual {number(row.pain_usual or 0)}{where}"
    if kind == "pain easing":
        return f"Pain fell to {number(row.pain or 0)} from the usual {number(row.pain_usual or 0)}"
    if kind == "long run":
        return f"The longest run of 7 days was {row.spike.percent:.0f} % longer than any in the 30 days before it"
    if kind == "less training":
        before = percent(row.done_before or 0)
        return f"Did {percent(row.done or 0)} of the sessions in {BASELINE_WEEKS} weeks, {before} in the 4 before"
    if kind == "pain not answered":
        return f"No answer about pain for {count(row.unrated, 'finished week')}, while other things were logged"
    return f"Nothing logged for {count(row.silent, 'finished week')}" if row.last_on else "Nothing logged yet"


def rule(row: BoardRow, kind: Kind, today: date, units: Units) -> str:
    """Why it is named, and what is usual for this runner."""
    if kind == "pain above 5":
        return (
            f"Rule: the worst of this week and the last finished one is above {PAIN_ACCEPTABLE_MAX}, where the pain "
            f"bands say to stop. {_usual(row)}"
        )
    if kind == "substantial problem":
        return (
            "Rule: training was changed or performance affected at least moderately, or there was no participation, "
            f"this week or in the last finished one. {_usual_severity(row)}"
        )
    if kind in ("pain rising", "pain easing"):
        more = "more" if kind == "pain rising" else "less"
        return (
            f"Rule: the worst of this week and the last finished one is {PAIN_CHANGE_POINTS} points or more "
            f"{'above' if more == 'more' else 'under'} {USUAL}. {_usual(row)}"
        )
    if kind == "long run":
        return _long_run(row, today, units)
    if kind == "less training":
        return (
            f"Rule: under {percent(ADHERENCE_LOW)} of the prescribed sessions in the last {BASELINE_WEEKS} finished "
            f"weeks, and not in the {BASELINE_WEEKS} before. {_answered(row)}"
        )
    if kind == "pain not answered":
        return (
            f"Rule: {SILENT_WEEKS} finished weeks in a row without an answer about pain (while running, the next "
            f"morning, or the four questions; exercises aside), and none this week, in a diary with other entries. "
            f"{_rated(row)} How much pain running brings is not known."
        )
    if row.last_on is None:
        return f"Rule: the diary has no entry yet. {_shared_part(row)}{_logged(row, today)}"
    return (
        f"Rule: {SILENT_WEEKS} finished weeks in a row without any entry, and none this week. {_shared_part(row)}"
        f"{_logged(row, today)}"
    )


def source(kind: Kind) -> str:
    """Who says so."""
    if kind == "long run":
        return "Frandsen 2025, British Journal of Sports Medicine 59:1203"
    if kind == "substantial problem":
        return "OSTRC-O2, Clarsen 2020, British Journal of Sports Medicine 54:390"
    if kind == "pain above 5":
        return "Our convention, adapted from Thomee 1997 and Silbernagel 2007"
    if kind in ("pain rising", "pain easing"):
        return "Our convention, from the smallest change worth naming (2 points)"
    return "Our convention, after the groups of Desai 2023" if kind == "less training" else "Our convention"


def nothing(row: BoardRow) -> str:
    """What is said where no rule holds."""
    return SHARES_NOTHING if row.shares_nothing else NOTHING


def not_shared(row: BoardRow) -> str:
    """'pain, self-tests', for a cell; empty where everything is shared."""
    return ", ".join(row.unshared)


def leg(row: BoardRow, side: Side) -> str | None:
    """'3 of 4 ticks' of the last self-test; None where the leg was not tested."""
    if row.test is None or not row.test.side(side).noted:
        return None
    result = row.test.side(side)
    return f"{result.yes} of {result.noted} ticks"


def _usual(row: BoardRow) -> str:
    if row.pain_usual is None:
        return (
            f"What is usual for this runner is not known: under 2 of the {BASELINE_WEEKS} weeks before have a rating."
        )
    return f"Usual for this runner: {number(row.pain_usual)}, {_MEDIAN}."


def _usual_severity(row: BoardRow) -> str:
    if row.severity_usual is None:
        return f"What is usual for this runner is not known: under 2 of the {BASELINE_WEEKS} weeks before have answers."
    return f"Usual for this runner: severity {number(row.severity_usual)}, {_MEDIAN}."


def _shared_part(row: BoardRow) -> str:
    """Of what silence is said, where a runner shares only a part of the diary."""
    shared = [area for area in DIARY if area not in row.unshared]
    return "" if len(shared) == len(DIARY) else f"Only what is shared counts: {', '.join(shared)}. "


def _long_run(row: BoardRow, today: date, units: Units) -> str:
    found = row.spike
    if found.band is None or found.on is None or found.previous_on is None:
        return ""
    return (
        f"Rule: more than {SPIKE_REFERENCE_PERCENT:.0f} % longer. {format_distance(found.distance_m, units)} on "
        f"{day(found.on, today)}; this runner's longest of the 30 days before: "
        f"{format_distance(found.previous_m, units)} on {day(found.previous_on, today)}. In one large study such runs "
        f"had about {SPIKE_RATE_RATIO[found.band]:.1f} times the injury rate; it cannot tell what happens to one."
    )


def _answered(row: BoardRow) -> str:
    if row.answered == BASELINE_WEEKS:
        return f"All of the last {BASELINE_WEEKS} weeks are logged."
    return f"{row.answered} of the last {BASELINE_WEEKS} weeks are logged; the others are not counted as missed."


def _rated(row: BoardRow) -> str:
    if not row.rated_before:
        return "In the half year that is read this runner answered in no week."
    return f"In the {COURSE_WEEKS} weeks up to the last answer this runner answered in {row.rated_before}."


def _logged(row: BoardRow, today: date) -> str:
    unknown = "How this runner is, is not known."
    if row.last_on is None:
        return unknown
    usual = f"In the {COURSE_WEEKS} weeks up to the last entry this runner logged {row.logged_before}."
    return f"{usual} The last entry is about {day(row.last_on, today)}. {unknown}"
