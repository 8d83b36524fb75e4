"""Log: the day's strength session, and the week's pain and running."""

import streamlit as st

from analysis.weeks import with_adherence
from ui import injury_form, inputs, nav, overview, panels, session, session_form, week_form

diary = session.diary()

st.title("Log")
with panels.readable():
    day = inputs.day("Day", diary.today, "log-day")

if not nav.has("home"):  # by a personal link what needs attention has no other page
    overview.what_needs_attention(diary, with_adherence(diary.weeks()))
    overview.after_training(diary)

tabs = ("Strength session", "The week: pain and running", "Injury")
training, week, injury = st.tabs(tabs, default=tabs[session.checks_in(diary)])
with training:
    session_form.ask_morning(diary)
    session_form.show(diary, day)
with week, panels.readable():
    week_form.show(diary, day)
with injury, panels.readable():
    injury_form.show(diary)
