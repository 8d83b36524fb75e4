"""The only page for whoever has not signed in."""

import streamlit as st

from ui import panels, session


def show() -> None:
    """What it is, who invites, and a button for each way to sign in."""
    st.title("Plumbline")
    with panels.readable():
        st.markdown(
            "Put your hip-strength training, your pain and your running on one time axis, and see honestly what goes "
            "with what."
        )
        invitation = session.opened_link()
        if invitation is not None:
            st.markdown(":material/group_add: You are invited to a squad. Its coach is")
            st.text(invitation.coach)
            st.markdown("Sign in, then decide area by area what you share.")
        for label, name in session.providers().items():
            if st.button(f"Sign in with {label}", type="primary", icon=":material/login:", key=f"sign-in-{name}"):
                st.login(name)
        st.caption(
            "The first time makes an empty diary of your own. Nobody sees it unless you share it. Runners without an "
            "account come in by the personal link that their coach sends."
        )
