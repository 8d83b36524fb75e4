"""Mileage: weekly totals, single runs by hand, and files from Strava and watches."""

import streamlit as st

from ui import import_form, panels, run_form, session, totals_form

diary = session.diary()

st.title("Mileage")
files, totals, single, stored = st.tabs(["Import files", "Weekly totals", "Add a run", "Runs and imports"])
with files:
    run_form.last_import(diary)
    import_form.show(diary)
with totals:
    totals_form.show(diary)
with single, panels.readable():
    run_form.show(diary)
with stored, panels.readable():
    st.markdown("#### Imports")
    run_form.imports(diary)
    st.markdown("#### Single runs")
    run_form.recent(diary)
