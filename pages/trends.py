"""Trends: what goes with what in one's own weeks, how sure that is, and the weeks behind it."""

import streamlit as st

from analysis.weeks import complete_weeks
from ui import loads, overview, panels, session, trends

diary = session.diary()

st.title("Trends")
if diary.weeks().empty:
    panels.empty("There are no weeks to compare yet. Log your first week, or import your running.", "log", "Log a week")
    st.stop()

look = trends.closer_look(diary)
weeks = trends.weeks_of(diary, look)
finished = complete_weeks(weeks, diary.today)
if finished.empty:
    trends.nothing_fits(look)
    st.stop()
part = trends.is_part(finished, look, diary)
found = trends.compare(finished, look, diary, part=part)
trends.heed_taps(found, weeks, diary)
opened = trends.opened(found)

picture, guide = st.columns([2, 1], gap="large")
with picture:
    trends.of_part(look, part=part)
    trends.headline(found)
    trends.time_chart(weeks, look, diary)
    trends.matrix(found, opened, look, diary)
with guide:
    overview.neglected_guide(diary, look.exercise)

trends.choose_link(found)
trends.one_link(opened, found, finished, look, diary)
loads.show(diary)
trends.how_do_you_know()
