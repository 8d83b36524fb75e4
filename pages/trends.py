"""Trends: adherence against pain and against volume, week by week, and what can be said of it."""

import streamlit as st

from analysis.association import table
from analysis.finding_words import MANY_PAIRS, METHOD, NOT_CAUSE
from analysis.weeks import complete_weeks, with_adherence
from analysis.words import CHART_KEY
from charts.scatter import scatter
from charts.timeline import timeline
from ui import overview, panels, session

diary = session.diary()
weeks = with_adherence(diary.weeks())

st.title("Trends")
if weeks.empty:
    panels.empty("There are no weeks to compare yet. Log your first week, or import your running.", "log", "Log a week")
    st.stop()

picture, guide = st.columns([2, 1], gap="large")
with picture:
    shown = overview.chosen_window(weeks, "trends-window")
    drawn = timeline(shown, diary.units, diary.theme, today=diary.today, **overview.events(diary))
    panels.chart(drawn, "trends-timeline", CHART_KEY)
    against_pain, against_volume = st.tabs(["Adherence and pain", "Adherence and volume"])
    with against_pain:
        panels.chart(scatter(weeks, "pain", diary.units, diary.theme, today=diary.today), "trends-pain")
    with against_volume:
        panels.chart(scatter(weeks, "distance_m", diary.units, diary.theme, today=diary.today), "trends-volume")
with guide:
    overview.neglected_guide(diary)

st.markdown("### What goes with what")
found = table(complete_weeks(weeks, diary.today))
panels.associations(found)
st.caption(f"{METHOD} {MANY_PAIRS} {NOT_CAUSE}")
st.caption("Only finished weeks that have both values count; unknown weeks are left out, never filled.")
