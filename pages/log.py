"""Log: the day's strength session, and the week's pain and running."""

import streamlit as st

from guides.catalogue import exercise
from ui import guide, injury_form, inputs, overview, panels, session, session_form, week_form

diary = session.diary()

st.title("Log")
with panels.readable():
    day = inputs.day("Day", diary.today, "log-day")

training, week, injury = st.tabs(["Strength session", "The week: pain and running", "Injury"])
with training:
    form, beside = st.columns([2, 1], gap="large")
    with form:
        session_form.ask_morning(diary)
        session_form.show(diary, day)
    with beside:
        overview.due_guide(diary)
        if len(planned := diary.plan_on(day)["exercise"]):
            with st.expander("The other exercises of your plan"):
                for slug in planned:
                    guide.short(exercise(slug), diary.theme)
with week, panels.readable():
    week_form.show(diary, day)
with injury, panels.readable():
    injury_form.show(diary)
