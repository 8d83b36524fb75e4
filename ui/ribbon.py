"""Whose diary is open, where it is not one's own or a personal link opened it: on every page, with the way back."""

from typing import Final

import streamlit as st

from ui import access, nav, session
from ui.access import Viewer
from ui.diary import Diary

_CLOSE: Final = '<a href="/leave" target="_self" style="color: inherit">Close it in this browser</a>'


def whose(who: Viewer, diary: Diary) -> None:
    """Said before anything of the diary is shown or can be entered."""
    if session.has_gone():
        st.markdown(":material/visibility_off: The diary that was open is not shared with you any more. This is yours.")
    if who.way == "link":
        _by_link(diary)
    elif diary.runner.id != who.own_runner_id:
        _another(who, diary)
    elif who.link_id is not None:
        _opened_a_link()


def _by_link(diary: Diary) -> None:
    with st.container(border=True, horizontal=True, vertical_alignment="center"):
        st.markdown(":material/link: You are here by a personal link.")
        if diary.runner.name:
            st.text(f"Diary of {diary.runner.name}")  # plain: a name is no markup
        st.html(_CLOSE)
    for sharing in diary.sharings():
        if not sharing.consents:
            with st.container(horizontal=True, vertical_alignment="center"):
                st.markdown(":material/visibility_off: Your coach sees nothing of this diary.")
                nav.link("sharing", "Decide what you share", ":material/arrow_forward:")


def _opened_a_link() -> None:
    link, invitation = session.opened_link(), session.invitation()
    if invitation is not None:
        with st.container(border=True, horizontal=True, vertical_alignment="center"):
            st.markdown(":material/group_add: You are invited to a squad by")
            st.text(invitation.coach)
            nav.link("sharing", "See what it means", ":material/arrow_forward:")
    elif link is not None and link.runner_id is not None:
        with st.container(border=True, horizontal=True, vertical_alignment="center"):
            st.markdown(":material/link: A personal link was opened in this browser. Sign out in Settings to use it.")
            st.html(_CLOSE)


def _another(who: Viewer, diary: Diary) -> None:
    session.keep_in_address()
    with st.container(border=True, horizontal=True, vertical_alignment="center"):
        if diary.runner.simulated:
            st.markdown(":material/science: **Simulated data.** This runner is made up: no real person's diary.")
        elif access.enters(who, diary.scope):
            st.markdown(":material/person: **Another runner's diary is open.** What you enter goes into it.")
        else:
            st.markdown(":material/visibility: **Another runner's diary is open.** You may look, and not change it.")
        if name := session.shown_name(diary):
            st.text(f"Diary of {name}")  # plain: a name is no markup
        if session.is_in_squad(diary) and st.button("Back to the squad", key="back-to-squad", icon=":material/groups:"):
            session.close_diary()
            st.switch_page("../pages/squad.py")
        if st.button("Back to my own diary", key="close-demo"):
            session.close_diary()
            st.rerun()
