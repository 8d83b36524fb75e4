"""The week of the plan on the screen, day by day, and its sessions as a file for a calendar."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import timedelta
from typing import Final

import pandas as pd
import streamlit as st

from analysis.timetable import WEEKDAYS, Day, DayState, PlannedWeek, timetable, touching_sentence
from data.plan_calendar import CalendarPlan, plan_calendar
from data.weeks import iso_week
from ui.diary import Diary
from ui.rows import rows

CALENDAR_WEEKS: Final = 8  # a plan that adapts rarely stays the same for longer
_ICONS: Final[Mapping[DayState, str]] = {
    "done": ":material/check_circle:",
    "begun": ":material/timelapse:",
    "extra": ":material/add_circle:",
    "to do": ":material/event:",
    "not logged": ":material/help:",
    "stated none": ":material/event_busy:",
}


def day_names(weekdays: Iterable[int]) -> str:
    """'Monday, Wednesday, Friday'."""
    return ", ".join(WEEKDAYS[day] for day in weekdays)


def week(diary: Diary) -> None:
    """This week: the days of training, planned or done."""
    st.markdown("### This week")
    days = [day for day in _this_week(diary) if day.state != "rest"]
    others = "the other days" if days else "any day"
    said = [*(f"{_ICONS[day.state]} {day.sentence()}" for day in days), f"Nothing is planned on {others}."]
    st.markdown("  \n".join(said))
    coming = rows(diary.plan_on(diary.next_day()))
    if coming and coming[0]["weekdays"] is None:
        st.caption("Your plan says how many days a week, not which. Choose them under 'Change the plan'.")
    elif coming and (close := touching_sentence(coming[0]["weekdays"])):
        st.caption(close)


def _this_week(diary: Diary) -> Sequence[Day]:
    first_day = diary.week_of(diary.today)
    marks = diary.marks()
    of_week = marks[(marks["iso_week"] == pd.Timestamp(iso_week(first_day))) & (marks["mark"] == "no training")]
    sessions = diary.sessions(6)
    trained = {row["on_date"].date(): bool(row["counts"]) for row in rows(sessions)}
    return timetable(first_day, _planned(diary), trained, diary.today, no_training=not of_week.empty)


def _planned(diary: Diary) -> list[PlannedWeek]:
    return [
        PlannedWeek(plan["weekdays"] or (), plan["starts_on"].date(), plan["ends_on"] and plan["ends_on"].date())
        for plan in rows(diary.plans())
    ]


def download(diary: Diary, lines: Sequence[str]) -> None:
    """The sessions of the coming weeks for any calendar; nothing for a plan without days, or none."""
    content = calendar_file(diary, lines)
    if content is None:
        return
    st.download_button(
        "Download the sessions for your calendar",
        content,
        file_name=f"plumbline-{diary.today}.ics",
        mime="text/calendar",
        icon=":material/calendar_add_on:",
    )
    until = diary.today + timedelta(weeks=CALENDAR_WEEKS)
    st.caption(f"Until {until:%-d %B}. Download it again when the plan changes: the same days are replaced.")


def calendar_file(diary: Diary, lines: Sequence[str]) -> bytes | None:
    """The plan that is in force from the next session on; None without one, or when it names no days."""
    items = rows(diary.plan_on(diary.next_day()))
    if not items or items[0]["weekdays"] is None:
        return None
    stored = next(row for row in rows(diary.plans()) if row["id"] == items[0]["plan_id"])
    until = stored["ends_on"] and stored["ends_on"].date()
    plan = CalendarPlan("Hip strength", lines, stored["weekdays"], stored["starts_on"].date(), until)
    whose = f"runner {diary.runner.id}"
    return plan_calendar(plan, since=diary.next_day(), weeks=CALENDAR_WEEKS, diary=whose, at=diary.now)
