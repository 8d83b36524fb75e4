"""Plan: the plan in force, next steps to decide, this week, how to change it, and what it has to fit."""

import streamlit as st

from guides.catalogue import self_test
from ui import panels, plan_form, plans, profile_form, progress, session, timetables

diary = session.diary()
coming = diary.plan_on(diary.next_day())

st.title("Plan")

if coming.empty:
    st.markdown("You have no plan yet. Say what it has to fit, and look at the one proposed.")
else:
    now, week = st.columns([3, 2], gap="large")
    with now:
        progress.show(diary)
        plans.in_force(diary)
    with week:
        timetables.week(diary)
        timetables.download(diary, plans.lines(coming))

# With a plan in force the page is about this week: what would fit instead is folded.
fits = st.container() if coming.empty else st.expander("About you, and the plan that fits", icon=":material/person:")
about, proposed = fits.columns([2, 3], gap="large")
with about:
    st.markdown("### About you")
    profile_form.show(diary)
with proposed:
    if diary.tests().empty:
        panels.empty("Without a self-test the plan starts with what is easiest to learn.", "self_test", "Take the test")
    plans.offer(diary)

with st.expander("Change the plan", icon=":material/edit:"), panels.readable():
    plan_form.show(diary)
if not diary.plans().empty:
    with st.expander("Earlier plans and answers", icon=":material/history:"), panels.readable():
        plan_form.history(diary)
        progress.answers(diary)
panels.red_flags(self_test().red_flags)
