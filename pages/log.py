"""Log: the day's strength session, and the week's pain and running."""

import streamlit as st

from ui import injury_form, inputs, panels, session, session_form, week_form

diary = session.diary()

st.title("Log")
with panels.readable():
    day = inputs.day("Day", diary.today, "log-day")

tabs = ("Strength session", "The week: pain and running", "Injury")
training, week, injury = st.tabs(tabs, default=tabs[session.checks_in(diary)])
with training:
    session_form.ask_morning(diary)
    session_form.show(diary, day)
with week, panels.readable():
    week_form.show(diary, day)
with injury, panels.readable():
    injury_form.show(diary)
