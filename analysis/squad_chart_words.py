"""What the pictures and figures of a squad show, in words, from the results alone; said to a coach, in descriptions."""

from typing import Final

import numpy as np

from analysis.evidence import BASELINE_WEEKS, GATE_HOURS, GATE_HOURS_SHARE, GATE_RUNNERS, PAIN_CHANGE_POINTS
from analysis.finding_words import NOT_CAUSE
from analysis.injury_rates import InjuryRates
from analysis.phrases import count, day, number, percent
from analysis.prevalence import Prevalence
from analysis.side_by_side import SideBySide
from analysis.squad_changes import Change, SquadChanges
from analysis.units import Units, format_distance, from_metres

PANEL_KEY: Final = (
    "In each panel, from the top: distance of a week (bars; pale with an outline: a typed total), share of the hip "
    "sessions done (bars), worst pain while running (points). Hatched grey: not known. Hollow mark on the baseline: a "
    "stated zero. Blank in the middle row: nothing prescribed. All panels have the same axes and stand by name; the "
    "last week is still running."
)
UNSHARED: Final = "What a runner does not share is not known here, and is drawn like what was not logged."
NO_LINE: Final = (
    f"One mark a runner, each against their own weeks: sessions of the last {BASELINE_WEEKS} finished weeks against "
    f"the {BASELINE_WEEKS} before, pain of this week and the last finished one against the median of the "
    f"{BASELINE_WEEKS} weeks before those. A number in a mark: so many runners there. No line is drawn, because "
    f"runners differ in much else. {NOT_CAUSE}"
)
FEW: Final = (
    f"Under {GATE_RUNNERS} runners there are no figures for the group: they would be about single people. Each mark is "
    "one runner."
)
PREVALENCE_KEY: Final = (
    "Open circle, dashed: any problem. Filled diamond: a substantial one. Hatched grey: not known, because under "
    f"{GATE_RUNNERS} runners answered. Bars below: how many of the runners answered."
)
PREVALENCE_MEANS: Final = (
    "A problem is a severity above 0 in the four weekly questions, a substantial one a moderate or greater effect on "
    "training or performance, or no participation: the worst body part of the week counts. Each week is of those who "
    "answered enough of the questions to tell. Who answers only when it hurts makes it look higher than it is, so read "
    "it beside the response. OSTRC-O2, Clarsen 2020, British Journal of Sports Medicine 54:390."
)
RATES_MEAN: Final = (
    "A new injury: pain in a leg or hip through which running was restricted or stopped for 7 days or 3 sessions in a "
    "row, or that was taken to a professional (Yamato 2015, Journal of Orthopaedic and Sports Physical Therapy "
    "45:375). Days lost: from its beginning to the return, or to the end of these weeks (Bahr 2020, British Journal of "
    "Sports Medicine 54:372). Hours: runs with a duration, in weeks in which all runs have one and no total was typed, "
    "and weeks stated as without running, which add none. The range is the exact one for a count (Garwood 1936); it "
    "takes injuries for independent, and runners for alike. It describes these weeks and forecasts nothing."
)


# Side by side


def side_by_side_title(found: SideBySide) -> str:
    """How much of what is drawn is known."""
    weeks = sum(len(rows) for rows in found.weeks)
    running, pain = (sum(int(rows[name].notna().sum()) for rows in found.weeks) for name in ("distance_m", "pain"))
    return (
        f"{count(len(found.names), 'runner')} side by side: running is known in {percent(running / max(weeks, 1))} of "
        f"their weeks, pain in {percent(pain / max(weeks, 1))}"
    )


def side_by_side_text(found: SideBySide, units: Units) -> str:
    """Each runner in turn, by name."""
    span = f"The panels show {count(len(found.weeks[0]), 'week')}, from {day(found.first.date())} to this week."
    panels = (_panel(found, at, units) for at in range(len(found.names)))
    return " ".join([f"{side_by_side_title(found)}.", span, *panels])


def _panel(found: SideBySide, at: int, units: Units) -> str:
    rows = found.weeks[at]
    distance = from_metres(rows["distance_m"].dropna().to_numpy("float64"), units)
    sessions, pain = (rows[name].dropna().to_numpy("float64") for name in ("adherence", "pain"))
    parts = [
        f"{distance.min():.0f} to {distance.max():.0f} {units.label} a week" if len(distance) else "running not known",
        f"{percent(float(sessions.mean()))} of sessions done on average" if len(sessions) else "sessions not known",
        f"pain {number(pain.min())} to {number(pain.max())} of 10" if len(pain) else "pain not known",
    ]
    return f"{found.names[at]}: {', '.join(parts)}."


# Changes


def changes_title(found: SquadChanges) -> str:
    """How many are off their usual pain; under five runners, only what is shown."""
    runners = count(len(found.changes), "runner")
    if not found.changes:
        return "No runner has both changes yet"
    if not found.is_group:
        return f"{runners}, each against their own weeks before"
    return (
        f"Of {runners}, {found.up} {_has(found.up)} at least {PAIN_CHANGE_POINTS} points more pain than usual, and "
        f"{found.down} at least {PAIN_CHANGE_POINTS} points less"
    )


def changes_text(found: SquadChanges) -> str:
    """The middle of the group where there is one, then each runner by name."""
    parts = [f"{changes_title(found)}."]
    if found.median_sessions is not None and found.median_pain is not None:
        parts.append(
            f"The median change is {found.median_sessions:+.0f} percentage points of sessions and "
            f"{found.median_pain:+.1f} points of pain."
        )
    return " ".join([*parts, *(f"{change(one)}." for one in found.changes), NOT_CAUSE])


def change(one: Change) -> str:
    """'Ada: sessions -33 percentage points, pain +2.0 points, distance +10 %', for a hover and the text."""
    distance = "distance not known" if one.distance is None else f"distance {one.distance:+.0f} % in a week"
    return f"{one.name}: sessions {one.sessions:+.0f} percentage points, pain {one.pain:+.1f} points, {distance}"


def without(found: SquadChanges) -> str:
    """Who is not drawn; empty where everyone is."""
    if not found.without:
        return ""
    names = ", ".join(found.without[:_MOST_NAMES])
    more = len(found.without) - _MOST_NAMES
    rest = f" and {count(more, 'more runner')}" if more > 0 else ""
    return f"Not drawn, because one of the two changes is not known: {names}{rest}."


_MOST_NAMES: Final = 20


def _has(runners: int) -> str:
    return "has" if runners == 1 else "have"


# Problems by week


def prevalence_title(found: Prevalence) -> str:
    """The latest week that can be said."""
    if found.reason == "too few runners":
        return (
            f"No share of the group: it takes {GATE_RUNNERS} runners who share their pain, and here are {found.runners}"
        )
    if found.reason == "too few answers":
        return f"No share of the group: in no week did {GATE_RUNNERS} runners answer the four questions"
    last = int(np.flatnonzero(found.known)[-1])
    who = f"{_some(found.problem[last])} of the {found.answered[last]:.0f} runners who answered had a problem"
    return f"In the week of {day(found.weeks[last].date())}, {who}{_of_those(found, last)}"


def prevalence_text(found: Prevalence) -> str:
    """The title, the means over the weeks, and how many answered."""
    if found.mean_problem is None or found.mean_substantial is None:
        return f"{prevalence_title(found)}."
    known, weeks = int(found.known.sum()), len(found.weeks)
    lowest, highest = (percent(float(of(found.response))) for of in (np.min, np.max))
    unknown = f" In {weeks - known} of {weeks} weeks fewer answered: they are not known." if known < weeks else ""
    return (
        f"{prevalence_title(found)}. On average over {count(known, 'week')} with at least {GATE_RUNNERS} answers, "
        f"{percent(found.mean_problem)} of those who answered had a problem and {percent(found.mean_substantial)} a "
        f"substantial one. {lowest} to {highest} of {count(found.runners, 'runner')} answered in a week.{unknown}"
    )


def prevalence_week(found: Prevalence, week: int) -> str:
    """'Week of 2 March 2026: 3 of 9 had a problem, 1 a substantial one; 9 of 12 runners answered', for a hover."""
    answered = f"{found.answered[week]:.0f} of {count(found.runners, 'runner')} answered"
    when = f"Week of {day(found.weeks[week].date())}"
    if not found.known[week]:
        return f"{when}: {answered}, too few for a share."
    had = f"{_some(found.problem[week])} of {found.answered[week]:.0f} had a problem"
    return f"{when}: {had}{_of_those(found, week)}. {answered}."


def _of_those(found: Prevalence, week: int) -> str:
    return f", {_some(found.substantial[week])} a substantial one" if found.problem[week] else ""


def _some(runners: float) -> str:
    return f"{runners:.0f}" if runners else "none"


# Injuries


def rates_title(found: InjuryRates) -> str:
    """The rate with its range, or what is missing."""
    if found.reason is not None:
        return f"No rate of injuries: {_missing(found)}"
    low, high = found.incidence_range or (0.0, 0.0)
    return (
        f"{count(found.injuries, 'new injury').replace('injurys', 'injuries')} in {found.hours:,.0f} hours of running: "
        f"{found.incidence:.1f} for each 1,000 hours (plausible range {low:.1f} to {high:.1f})"
    )


def rates_text(found: InjuryRates) -> str:
    """Burden, the share of running with hours, and what is left out."""
    if found.reason is not None:
        known = "" if found.reason == "too few runners" else f" {_hours(found)}"
        return f"{rates_title(found)}.{known}"
    still = f", of whom {found.still_out} had not returned" if found.still_out else ""
    return (
        f"Burden: {count(found.days_lost, 'day')} lost{still}, {found.burden:.0f} for each 1,000 hours. {_hours(found)}"
        f"{_left_out(found)}"
    )


def _missing(found: InjuryRates) -> str:
    if found.reason == "too few runners":
        return f"it takes {GATE_RUNNERS} runners who share their running and their pain and whose runs have durations"
    if found.reason == "too few weeks with hours":
        return f"it takes hours for at least {percent(GATE_HOURS_SHARE)} of the weeks with running"
    return f"it takes {GATE_HOURS:,.0f} hours of running, and {found.hours:,.0f} are known"


def _hours(found: InjuryRates) -> str:
    if not found.running_weeks:
        return "No week with running is known."
    return (
        f"Hours are known for {found.with_hours} of {count(found.running_weeks, 'week')} with running "
        f"({percent(found.share)}); typed totals and runs without a duration have none."
    )


def _left_out(found: InjuryRates) -> str:
    parts = []
    if found.without_hours:
        parts.append(f"{found.without_hours} that began in a week without known hours")
    if found.not_counted:
        parts.append(f"{found.not_counted} that meet none of the criteria or are not of a leg")
    return f" Not counted: {', '.join(parts)}." if parts else ""


# What is asked of a distance


def longest(found: SideBySide, units: Units) -> str:
    """'60 km', the end of every panel's distance."""
    return format_distance(found.longest_m, units, 0)
