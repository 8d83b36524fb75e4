"""Trends: what goes with what in one's own weeks, how sure that is, and the weeks behind it."""

import streamlit as st

from analysis.weeks import complete_weeks
from analysis.words import CHART_KEY
from charts.timeline import timeline
from ui import linked_weeks, loads, overview, panels, session, trends

diary = session.diary()

st.title("Trends")
if diary.weeks().empty:
    panels.empty("There are no weeks to compare yet. Log your first week, or import your running.", "log", "Log a week")
    st.stop()

look = trends.closer_look(diary)
weeks = trends.weeks_of(diary, look)
finished = complete_weeks(weeks, diary.today)
if finished.empty:
    st.markdown("No finished week fits all of this. Take one filter away.")
    st.stop()
found = trends.compare(finished, look)

picture, guide = st.columns([2, 1], gap="large")
with picture:
    trends.headline(found)
    shown = overview.chosen_window(weeks, "trends-window")
    chosen = linked_weeks.chosen(diary)
    drawn = timeline(shown, diary.units, diary.theme, today=diary.today, **overview.events(diary), chosen=chosen)
    panels.chart(drawn, "trends-timeline", CHART_KEY)
    trends.chosen_weeks(diary)
    trends.matrix(found, diary)
    opened = trends.opened(found)
    trends.one_link(opened, found, finished, diary)
with guide:
    overview.neglected_guide(diary, look.exercise)

loads.show(diary, finished)
trends.how_do_you_know()
