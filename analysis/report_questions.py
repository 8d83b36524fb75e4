"""Open questions of a report: asked by rules from what is in the diary, for the runner and the physiotherapist to talk
about. None of them is an answer, and what no rule asks about may matter all the same."""

from collections.abc import Iterator
from datetime import date
from typing import Final

import pandas as pd

from analysis.attention import Notice, attention, attention_in_training
from analysis.evidence import (
    ADHERENCE_LOW,
    PAIN_ACCEPTABLE_MAX,
    PAIN_CARRY_ON_MAX,
    PAIN_CHANGE_POINTS,
    RISE_DAYS_LEAST,
    RISE_DAYS_MOST,
    TEST_AGAIN_WEEKS,
)
from analysis.overview import overview
from analysis.phrases import count, day, number, percent, place
from analysis.report_parts import Question, Section, Sources, Stretch
from analysis.report_training import week_list
from analysis.self_test import SIDES, SideResult, from_frame

NONE: Final = "No rule asks anything. That says nothing about what was not logged."
ASKED_BY: Final = "Each question was asked by a rule, which stands below it. It is a reason to talk, not a finding."
_CONVENTION: Final = "our convention"

# What a notice of Home asks for, by its kind, and when it is raised.
_ABOUT: Final = {
    "could not run": ("What has to be true before running starts again?", "no participation in the latest answer"),
    "pain repeated": ("What should rest until it has been looked at?", "above 5 of 10 twice in a row at one place"),
    "pain band": ("Is running at that level all right, and what should rest?", "a latest rating above 2 of 10"),
    "pain next morning": (
        "What load would leave it settled by the next morning?",
        "a next morning above 2 of 10, and above the pain while running",
    ),
    "pain rising": ("How far should the load go down, and for how long?", "2 points or more over 2 weeks"),
    "pain lasting": ("What should change?", "no easing over 3 rated weeks in a row"),
    "spike": ("How long may the longest run be in the coming weeks?", "more than 10 % above the 30 days before"),
    "pain in training": ("Should the exercise be changed or left out for now?", "a set of the last session above 5"),
    "pain not settled": (
        "Should the sessions be lighter?",
        "a morning after the last session above 2 of 10 and no better than the session",
    ),
}


def section(found: Sources, stretch: Stretch) -> Section:
    """What is pressing first, then what is missing, then what is to be decided."""
    questions = (
        *_now(found, stretch),
        *_above_five(stretch),
        *_mornings(found, stretch),
        *_injuries(found, stretch),
        *_open_weeks(stretch),
        *_sessions(stretch),
        *_plan(found),
        *_untrained(found, stretch),
        *_tests(found, stretch),
        *_legs(found),
    )
    return Section("Open questions", (ASKED_BY if questions else NONE,), questions=questions)


def _now(found: Sources, stretch: Stretch) -> Iterator[Question]:
    """What Home would call attention to today."""
    notices = attention(found.weeks, found.runs, found.pain, stretch.today, stretch.units)
    for notice in (*notices, *attention_in_training(found.training, found.exercises, stretch.today)):
        if notice.level != "note" or notice.kind != "pain band":
            yield _of(notice)


def _of(notice: Notice) -> Question:
    asked, when = _ABOUT[notice.kind]
    return Question(f"{notice.headline}. {asked}", f"Rule: {when}. {notice.source}.")


def _above_five(stretch: Stretch) -> Iterator[Question]:
    weeks = stretch.weeks
    high = weeks[weeks["pain"] > PAIN_ACCEPTABLE_MAX]
    if high.empty:
        return
    worst = number(float(high["pain"].max()))
    yield Question(
        f"Pain was above {PAIN_ACCEPTABLE_MAX} of 10 in {week_list(high['week'], stretch)}, {worst} at worst. What was "
        "different then?",
        f"Rule: a week above {PAIN_ACCEPTABLE_MAX} of 10 ({_CONVENTION}, the upper end of what is read as acceptable).",
    )


def _mornings(found: Sources, stretch: Stretch) -> Iterator[Question]:
    """The morning after the last session against the least painful one of one to two weeks before it, as the next step
    of a plan compares sessions."""
    by_day = stretch.since(found.training, "on_date").groupby("on_date")["next_morning_pain"].max().dropna()
    if by_day.empty:
        return
    last, pain = by_day.index[-1], float(by_day.iloc[-1])
    days = (last - by_day.index).days
    earlier = by_day[(days >= RISE_DAYS_LEAST) & (days <= RISE_DAYS_MOST)]
    if earlier.empty or pain <= PAIN_CARRY_ON_MAX or pain - float(earlier.min()) < PAIN_CHANGE_POINTS:
        return
    yield Question(
        f"The morning after the session of {day(last.date(), stretch.today)} hurt {number(pain)} of 10, after "
        f"{number(float(earlier.min()))} on {day(earlier.idxmin().date(), stretch.today)}. Is the training too much?",
        f"Rule: {PAIN_CHANGE_POINTS} points or more above the best morning of {RISE_DAYS_LEAST} to {RISE_DAYS_MOST} "
        f"days before, and above {PAIN_CARRY_ON_MAX} ({_CONVENTION}).",
    )


def _open_weeks(stretch: Stretch) -> Iterator[Question]:
    weeks = stretch.weeks
    silent = weeks[weeks["pain"].isna() & weeks["pain_morning"].isna()]
    if not silent.empty:
        yield Question(
            f"Pain was not answered in {week_list(silent['week'], stretch)}. How were they?",
            "Rule: a finished week without a pain rating.",
        )
    unknown = weeks[weeks["distance_m"].isna()]
    if not unknown.empty:
        yield Question(
            f"The running of {week_list(unknown['week'], stretch)} is not known. Was there any?",
            "Rule: a finished week without a distance or a stated zero.",
        )


def _sessions(stretch: Stretch) -> Iterator[Question]:
    of_weeks = overview(stretch.weeks, stretch.today)
    if of_weeks.share_done is None or of_weeks.share_done >= ADHERENCE_LOW:
        return
    yield Question(
        f"{of_weeks.done} of {of_weeks.prescribed} prescribed sessions were done in the weeks that were logged. What "
        "got in the way, and would a smaller plan fit better?",
        f"Rule: under {percent(ADHERENCE_LOW)} of the sessions in the logged weeks ({_CONVENTION}).",
    )


def _plan(found: Sources) -> Iterator[Question]:
    if found.plan.empty:
        yield Question("No plan is in force. Which exercises should there be?", "Rule: no plan today.")
    if found.ticked is None:
        yield Question(
            "What speaks against an exercise at present?",
            "Rule: the runner has not been asked what plans have to heed.",
        )


def _untrained(found: Sources, stretch: Stretch) -> Iterator[Question]:
    """Main exercises of a plan that has been in force for all of these weeks, and that no session of them holds."""
    if found.plan.empty or stretch.first is None or found.plan["starts_on"].iloc[0].date() > stretch.first:
        return
    trained = set(stretch.since(found.training, "on_date")["exercise"])
    main = found.plan.loc[found.plan["block"] == "main", "exercise"]
    if missing := [found.exercises[slug] for slug in main if slug not in trained]:
        yield Question(
            f"In the plan, and in no session logged: {', '.join(missing)}. Should it stay?",
            f"Rule: a main exercise of the plan without a set since {day(stretch.first, stretch.today)}.",
        )


def _tests(found: Sources, stretch: Stretch) -> Iterator[Question]:
    tests = from_frame(found.tests)
    if not tests:
        yield Question("No self-test was taken. Should there be one to start from?", "Rule: no self-test in the diary.")
        return
    weeks = (stretch.today - tests[-1].on).days // 7
    if weeks > TEST_AGAIN_WEEKS:
        yield Question(
            f"The last self-test is {weeks} weeks old ({day(tests[-1].on, stretch.today)}). Is it time for another?",
            f"Rule: older than {TEST_AGAIN_WEEKS} weeks ({_CONVENTION}).",
        )


def _legs(found: Sources) -> Iterator[Question]:
    tests = from_frame(found.tests)
    for side in SIDES:
        if tests and all(test.side(side) == SideResult() for test in tests):
            yield Question(f"The {side} leg was never tested. Is there a reason?", "Rule: a leg without any result.")


def _injuries(found: Sources, stretch: Stretch) -> Iterator[Question]:
    for row in found.injuries.to_dict("records"):
        began: date = row["onset"].date()
        where = f"{place(row['site'], row['side'])}, since {day(began, stretch.today)}"
        if pd.isna(row["returned_on"]):
            weeks = (stretch.today - began).days // 7
            since = f"after {count(weeks, 'week')}" if weeks else "yet"
            yield Question(
                f"{where}: not back to running {since}. What are the next steps?",
                "Rule: an episode without a return.",
            )
