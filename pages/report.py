"""Report: one document on the last weeks to print, or to send to a physiotherapist."""

import streamlit as st

from ui import panels, report, session

diary = session.diary()

st.title("Report")
if diary.weeks().empty:
    panels.empty("There is nothing to report yet. Log your first week, or import your running.", "log", "Log a week")
    st.stop()

st.markdown("What your diary says of the last weeks, for your physiotherapist or for yourself: to print, or as a file.")
report.show(diary)
