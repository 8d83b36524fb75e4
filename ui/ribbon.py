"""Whose diary is open, when it is not one's own: on every page, with the way back."""

import streamlit as st

from ui import session
from ui.diary import Diary


def whose(diary: Diary) -> None:
    """Said before anything of the diary is shown or can be entered."""
    session.keep_in_address()
    with st.container(border=True, horizontal=True, vertical_alignment="center"):
        if diary.runner.simulated:
            st.markdown(":material/science: **Simulated data.** This runner is made up: no real person's diary.")
        else:
            st.markdown(":material/person: **Another runner's diary is open.** What you enter goes into it.")
        if name := session.shown_name(diary):
            st.text(f"Diary of {name}")  # plain: a name is no markup
        if session.is_in_squad(diary) and st.button("Back to the squad", key="back-to-squad", icon=":material/groups:"):
            session.close_diary()
            st.switch_page("../pages/squad.py")
        if st.button("Back to my own diary", key="close-demo"):
            session.close_diary()
            st.rerun()
