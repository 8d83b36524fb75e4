"""Sharing: who may see what of one's own diary, who looked, and what coaches noted."""

import streamlit as st

from ui import coach_notes, session, sharing_form

diary = session.diary()

st.title("Sharing")
sharing_form.invitation(diary)
sharing_form.coaches(diary)
coach_notes.show(diary)
sharing_form.log(diary)
