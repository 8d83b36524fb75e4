"""What Home and Trends share: this week, the weeks shown, events on the time axis, the guide that is due."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any, Final

import pandas as pd
import streamlit as st

from analysis import self_test as reading
from analysis.attention import Notice, attention, attention_in_training
from analysis.plan import due_exercise, neglected
from analysis.units import format_distance
from analysis.weeks import current_week, window
from charts.chart import Chart, Mark, Span
from charts.timeline import timeline
from guides.catalogue import exercise, exercises
from ui import guide, inputs, nav, panels, plans, self_tests, session
from ui.diary import Diary
from ui.rows import rows

WINDOWS: Final = {"8 weeks": 8, "6 months": 26, "All": None}
_USUAL_WINDOW: Final = "6 months"
_FIRST_GUIDE: Final = "side-lying-hip-abduction"  # needs nothing, and trains the gluteus medius most of all we have
_OF_LATE_DAYS: Final = 28
_NEWS_DAYS: Final = 90
_TRAINING_NEWS_DAYS: Final = 7
_TRAINED_DAYS: Final = 365  # how far back "trained last" looks


def first_steps() -> None:
    """An empty diary: what to do first, or a look at a simulated one."""
    st.title("Train the hip, log the week, see what goes with what")
    st.markdown(
        "Plumbline puts your hip-strength training, your pain and your running on one time axis. "
        "It tells you what your own weeks show, how sure that is, and when it cannot tell."
    )
    steps = (
        ("Take the self-test", "Five slow squats on each leg. It gives you a starting plan.", "self_test", "Self-test"),
        ("Bring your running", "Import a Strava export or watch files, or type a week's total.", "mileage", "Mileage"),
        ("Log a week", "Sessions, pain and distance in under a minute.", "log", "Log"),
    )
    for column, (heading, text, page, label) in zip(st.columns(3, gap="medium"), steps, strict=True):
        with column.container(border=True, height="stretch"):
            st.markdown(f"#### {heading}")
            st.markdown(text)
            nav.link(page, label, ":material/arrow_forward:")
    st.markdown("Not ready? Look around in the diary of a simulated runner. Your own stays empty.")
    if st.button("Open the simulated demo runner", type="primary", icon=":material/science:"):
        session.open_demo()
        st.rerun()


def this_week(diary: Diary, weeks: pd.DataFrame) -> None:
    """Sessions, distance and pain of the running week, in words."""
    now = None if weeks.empty else current_week(weeks, diary.today)
    last_day = diary.week_of(diary.today) + timedelta(days=6)
    with st.container(horizontal=True, vertical_alignment="center", gap="medium"):
        if diary.plan_on(diary.today).empty:
            st.markdown(":material/fitness_center: No plan is in force.")
            nav.link("self_test", "Take the self-test for a starting plan")
        elif now is None or now.prescribed == 0:  # too late in its first week to ask for a session
            st.markdown(":material/fitness_center: **Hip strength:** your plan begins in full with the coming week.")
        else:
            done = "none logged yet" if now.done is None else f"{now.done} of {now.prescribed} sessions done"
            left = "the week's plan is complete" if now.left == 0 else f"{now.left} left until {last_day:%A %-d %B}"
            st.markdown(f":material/fitness_center: **Hip strength:** {done}, {left}.")
        if now is not None:
            where = " (typed total)" if now.distance_from == "typed" else ""
            distance = "not logged" if now.distance_m is None else format_distance(now.distance_m, diary.units) + where
            st.markdown(f":material/directions_run: **Running:** {distance}.")
            pain = "not logged" if now.pain is None else f"{now.pain:.0f} of 10 at worst"
            st.markdown(f":material/healing: **Pain:** {pain}.")
        nav.link("log", "Log", ":material/edit_note:")


def what_needs_attention(diary: Diary, weeks: pd.DataFrame) -> None:
    """What the weeks, runs and reports of late ask to look at."""

    def find() -> tuple[Notice, ...]:
        return attention(weeks, diary.runs(), diary.pain(_NEWS_DAYS), diary.today, diary.units)

    panels.notices(diary.remembered("attention", find))


def after_training(diary: Diary) -> None:
    """Pain that the last session asks to act on, and the way to what to change."""

    def find() -> tuple[Notice, ...]:
        names = {guide.slug: guide.name for guide in exercises()}
        return attention_in_training(diary.training(_TRAINING_NEWS_DAYS), names, diary.today)

    found = diary.remembered("after training", find)
    panels.notices(found)
    if found:
        label = "See the next step in your plan"
        nav.link("plan", label, ":material/arrow_forward:")


def chosen_window(weeks: pd.DataFrame, key: str) -> pd.DataFrame:
    """The weeks that the reader wants to see; the choice stays in the address."""
    chosen = st.segmented_control(
        "Weeks shown", list(WINDOWS), default=_USUAL_WINDOW, required=True, key=key, bind="query-params"
    )
    return window(weeks, WINDOWS[chosen or _USUAL_WINDOW])  # `required` is asked of the browser alone


def time_chart(diary: Diary, weeks: pd.DataFrame, chosen: Sequence[date] = (), *of: object) -> Chart:
    """The weeks on one axis; `of` says which part of the diary they are of, where it is not all of it."""

    def draw() -> Chart:
        return timeline(weeks, diary.units, diary.theme, today=diary.today, **_events(diary), chosen=chosen)

    return diary.remembered("timeline", draw, len(weeks), weeks["week"].iloc[0], tuple(chosen), of)


def _events(diary: Diary) -> dict[str, Any]:
    """Plans, self-tests and injury episodes for the time axis."""
    return {
        "plans": [
            Span(f"Plan, {row['days_per_week']} a week", row["starts_on"].date(), _day(row["ends_on"]))
            for row in rows(diary.plans())
        ],
        "tests": [Mark("Self-test", test.on) for test in self_tests.stored(diary.tests())],
        "episodes": [
            Span(inputs.place(row["site"], row["side"]), row["onset"].date(), _day(row["returned_on"]))
            for row in rows(diary.injuries())
        ],
    }


def _day(instant: pd.Timestamp | None) -> date | None:
    return None if instant is None else instant.date()


def due_guide(diary: Diary) -> None:
    """The guide of the plan's exercise that was trained longest ago."""
    plan = diary.plan_on(diary.today)
    slug = due_exercise(plan, diary.exercises(_TRAINED_DAYS))
    if slug is None:
        guide.card(exercise(_FIRST_GUIDE), diary, "No plan is in force. A good one to start with:")
    else:
        guide.card(exercise(slug), diary, f"Next in your plan{_when(diary)}", "main", plans.asks(plan)[slug])


def _when(diary: Diary) -> str:
    """', today' or ', on Friday': the next day of training; nothing where the plan names no days."""
    first = diary.next_day()
    coming = diary.plan_on(first)
    weekdays = () if coming.empty else coming["weekdays"].iloc[0] or ()
    days = (first + timedelta(days=ahead) for ahead in range(7))
    day = next((day for day in days if day.weekday() in weekdays), None)
    if day is None:
        return ""
    return ", today" if day == diary.today else f", on {day:%A}"


def neglected_guide(diary: Diary, chosen: str | None = None) -> None:
    """The guide of the `chosen` exercise, else of the plan's that is trained less than before; any without a plan."""
    if chosen:
        guide.card(exercise(chosen), diary, "The exercise that you look at", "main")
        return
    plan, lately = diary.plan_on(diary.today), diary.exercises(_OF_LATE_DAYS)
    found = neglected(plan, lately, diary.exercises(2 * _OF_LATE_DAYS))
    if found is None:
        due_guide(diary)
        return
    often = f"in the last 4 weeks {_on_days(found.days)}"
    why = f"Trained least: {often}"
    if found.days < found.days_before:
        why = f"Trained less than before: {often}, in the 4 weeks before {_on_days(found.days_before)}"
    guide.card(exercise(found.exercise), diary, why, "main", plans.asks(plan)[found.exercise])


def _on_days(days: int) -> str:
    return "not once" if days == 0 else "on 1 day" if days == 1 else f"on {days} days"


def latest_test(diary: Diary) -> None:
    """The last self-test of both sides in words."""
    found = self_tests.stored(diary.tests())
    with st.container(border=True):
        st.markdown("#### Latest self-test")
        if not found:
            st.markdown("No self-test yet.")
        else:
            words = reading.read(found[0], found[1:])
            st.markdown(f"**{found[0].on:%-d %B %Y}, {found[0].task}.** {words.headline}")
            self_tests.both_legs(words)
        nav.link("self_test", "Self-test", ":material/accessibility_new:")
