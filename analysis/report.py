"""The report for the physiotherapist: what a diary says in a stretch of weeks, in words and small tables.

It says nothing of its own where other pages have words already. What goes with what is asked of the whole diary,
whatever the stretch: whoever looks at part after part finds a link in one of them by chance.
"""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from typing import Final

import pandas as pd

from analysis import comparison_words, load_change, load_words, report_pain, report_questions, report_training
from analysis import words as chart_words
from analysis.association import Association, pick, table
from analysis.comparisons import direction
from analysis.evidence import MAIN_LINK
from analysis.finding_words import MANY_PAIRS, METHOD, NOT_CAUSE, association
from analysis.load import single_run_spike
from analysis.overview import overview
from analysis.phrases import count, day, number
from analysis.report_course import course, in_words
from analysis.report_parts import Report, Section, Sources, Stretch, Table
from analysis.self_test import AGREEMENT, CONTROL
from analysis.units import Units, format_distance
from analysis.weeks import complete_weeks, current_week, window, with_adherence

TITLE: Final = "Report for the physiotherapist"
SIMULATED: Final = "Simulated data: this runner is made up, and no real person's diary."
WHOSE: Final = "Made from the runner's own diary with Plumbline. “You” is the runner."
NOTHING_FINISHED: Final = "No week of this diary is finished yet, so there is little to report."
LIMITS: Final = (
    "All of this is what the runner entered or imported. Nobody checked it, and memory rounds.",
    "It is no diagnosis, it forecasts no injury, and it has no score for either.",
    f"Not logged is not zero, and it is not rest. {chart_words.ENTRY_WEEKS}",
    f"What goes together in one runner's weeks describes those weeks. {NOT_CAUSE}",
    f"The self-test is rated by the runner alone. {CONTROL}",
    f"{AGREEMENT}.",
    "The questions are asked by simple rules: what no rule asks about may matter all the same.",
)


def report(found: Sources, units: Units, today: date, last: int | None) -> Report:
    """The report on the `last` so many finished weeks, or on all of them for None."""
    weeks = with_adherence(found.weeks)
    stretch = Stretch(window(complete_weeks(weeks, today), last), today, units)
    sections = (
        _about(found, stretch, last),
        report_questions.section(found, stretch),
        report_pain.section(found, stretch),
        _load(found, stretch),
        report_training.adherence(found, stretch),
        report_training.plan(found, stretch),
        report_training.self_tests(found, stretch),
        report_training.injuries(found, stretch),
        _links(complete_weeks(weeks, today)),
        Section("Honest limits", LIMITS),
    )
    drawn = course(stretch)
    shown = tuple(replace(one, pictures=tuple(name for name in one.pictures if drawn.has(name))) for one in sections)
    return Report(TITLE, found.who, today, _span(stretch), shown, drawn, in_words(stretch, drawn))


def _span(stretch: Stretch) -> str:
    """'10 March to 31 May 2026, 12 finished weeks'."""
    if stretch.first is None or stretch.last is None:
        return "no finished week"
    until = stretch.last + timedelta(days=6)
    return f"{day(stretch.first, until)} to {day(until)}, {count(len(stretch.weeks), 'finished week')}"


def _about(found: Sources, stretch: Stretch, last: int | None) -> Section:
    """How complete the weeks are, and where the running week stands."""
    said = [*([SIMULATED] if found.simulated else []), WHOSE]
    if stretch.weeks.empty:
        return Section("What this is made of", (*said, NOTHING_FINISHED, *_this_week(found, stretch)))
    if last is not None and len(stretch.weeks) < last:
        said.append(f"The diary has {count(len(stretch.weeks), 'finished week')} of the {last} asked for.")
    return Section("What this is made of", (*said, *_this_week(found, stretch)), tables=(_completeness(stretch),))


def _completeness(stretch: Stretch) -> Table:
    of_weeks, weeks = overview(stretch.weeks, stretch.today), len(stretch.weeks)
    mornings = int(stretch.weeks["pain_morning"].notna().sum())
    sessions = f"{of_weeks.answered} of {of_weeks.planned} with a plan" if of_weeks.planned else "nothing prescribed"
    rows = (
        ("Worst pain while running", f"{of_weeks.pain.weeks} of {weeks}"),
        ("Pain next morning", f"{mornings} of {weeks}"),
        ("Running distance", f"{of_weeks.distance.weeks} of {weeks}"),
        ("Hip-strength sessions", sessions),
    )
    return Table("Weeks answered", ("Question", "Weeks answered"), rows)


def _this_week(found: Sources, stretch: Stretch) -> Iterator[str]:
    """The running week is in no number below."""
    now = None if found.weeks.empty else current_week(found.weeks, stretch.today)
    if now is None:
        return
    pain = "pain not logged" if now.pain is None else f"worst pain {number(now.pain)} of 10"
    ran = "running not logged" if now.distance_m is None else format_distance(now.distance_m, stretch.units)
    done = "no session logged" if now.done is None else f"{count(now.done, 'session')} done"
    week = day(now.week, stretch.today)
    yield f"The week of {week} is still running and in no weekly number below: {pain}, {ran}, {done}."


def _load(found: Sources, stretch: Stretch) -> Section:
    """Distance by week, the longest run, and how load changed, each with its refusal."""
    notes = (
        load_words.FORMULAS["single-run spike"],
        load_words.FORMULAS["week-to-week change"],
        load_words.REST_IS_STATED,
    )
    return Section("Running load", tuple(_running(found, stretch)), ("distance",), notes=notes)


def _running(found: Sources, stretch: Stretch) -> Iterator[str]:
    weeks, units = stretch.weeks, stretch.units
    metres = weeks["distance_m"].dropna()
    if metres.empty:
        yield "Weekly distance: not logged in any of these weeks."
    else:
        yield f"Weekly distance, known in {len(metres)} of {count(len(weeks), 'week')}: {_distances(metres, units)}."
    yield _longest(stretch.of(found.runs, "local_date"), stretch)
    yield chart_words.spike(single_run_spike(found.runs, stretch.today), stretch.today, units)
    if not weeks.empty:
        yield f"Week to week: {load_words.week_to_week(load_change.week_to_week(weeks), units)}"


def _distances(metres: "pd.Series[float]", units: Units) -> str:
    numbers = (metres.median(), metres.min(), metres.max(), metres.iloc[-1])
    median, low, high, latest = (format_distance(float(one), units) for one in numbers)
    return latest if len(metres) == 1 else f"median {median}, from {low} to {high}, latest {latest}"


def _longest(runs: pd.DataFrame, stretch: Stretch) -> str:
    known_runs = runs[runs["distance_m"].notna()]
    if known_runs.empty:
        return "Longest run: no single run with a distance is known in these weeks."
    longest = known_runs.sort_values("distance_m", kind="stable").iloc[-1]
    on = day(longest["local_date"].date(), stretch.today)
    return f"Longest run: {format_distance(float(longest['distance_m']), stretch.units)} on {on}."


def _links(finished: pd.DataFrame) -> Section:
    """The main question and every finding, of the whole diary."""
    title = "What goes with what"
    if finished.empty:
        return Section(title, ("There is no finished week to compare yet.",))
    found = table(finished)
    main = pick(found, *MAIN_LINK)
    others = [one for one in found if one.is_finding and one is not main]
    said = [
        f"Of {_all(len(finished))} of the diary, not of the weeks of this report alone.",
        _without_limit(main),
        *(_without_limit(one) for one in others),
    ]
    if main.r is not None:
        said.append(comparison_words.direction(direction(found, *MAIN_LINK[:2])).removesuffix(f" {NOT_CAUSE}"))
    return Section(title, (*said, NOT_CAUSE), notes=(METHOD, MANY_PAIRS))


def _all(weeks: int) -> str:
    return "the one finished week" if weeks == 1 else f"all {weeks} finished weeks"


def _without_limit(one: Association) -> str:
    """The sentence without what is said once below all of them."""
    return association(one).removesuffix(f" {NOT_CAUSE}")
