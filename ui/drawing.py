"""Our drawings with their text alternatives, in the colours of the theme."""

from typing import Literal

import streamlit as st

from guides import drawings

_WIDTH = 420  # they are drawn for the column of a phone


def show(name: str, theme: Literal["light", "dark"]) -> None:
    """One drawing; it is rendered inside an <img>, so the theme is chosen here."""
    st.image(drawings.svg(name, theme), alt=drawings.alt(name), width=_WIDTH)
