"""Home: what is left of this week's plan, the picture of all weeks, and what needs attention."""

import streamlit as st

from analysis.weeks import with_adherence
from analysis.words import CHART_KEY
from guides.catalogue import self_test
from ui import coach_notes, overview, panels, session

diary = session.diary()
weeks = with_adherence(diary.weeks())

if weeks.empty and diary.tests().empty:
    overview.first_steps()
    coach_notes.show(diary)
    panels.red_flags(self_test().red_flags)
    st.stop()

if session.is_own(diary) and (name := session.shown_name(diary)):  # the ribbon names another's
    st.text(name)  # plain: a name is no markup
st.title("This week")
overview.this_week(diary, weeks)
overview.what_needs_attention(diary, weeks)
overview.after_training(diary)
coach_notes.show(diary)

picture, guide = st.columns([2, 1], gap="large")
with picture:
    if weeks.empty:
        panels.empty("No week is logged yet. The chart begins with your first entry.", "log", "Log a week")
    else:
        shown = overview.chosen_window(weeks, "home-window")
        panels.chart(overview.time_chart(diary, shown), "home-timeline", CHART_KEY)
    overview.latest_test(diary)
with guide:
    overview.due_guide(diary)
panels.red_flags(self_test().red_flags)
