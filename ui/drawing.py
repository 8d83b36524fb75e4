"""Our drawings with their text alternatives, in the colours of the theme: moving, or standing still when asked to."""

from typing import Final, Literal

import streamlit as st

from guides import drawings

Theme = Literal["light", "dark"]

_WIDTH: Final = 420  # they are drawn for the column of a phone
_THUMBNAIL: Final = 168
_STILL: Final = "figures_stand_still"  # session key: the choice holds for every figure, on every page


def show(name: str, theme: Theme, place: str = "") -> None:
    """One drawing, and below it the way to stop it. A page that shows the same one twice names the place of each."""
    picture(name, theme)
    if drawings.exists(name) and drawings.moves(name):
        stand_still(f"{place}-{name}")


def picture(name: str, theme: Theme) -> None:
    """The drawing alone, where a switch stands elsewhere. It is rendered inside an <img>: the theme is chosen here.

    An exercise that was added as a file, and is not drawn yet, is shown without.
    """
    if not drawings.exists(name):
        return
    moving = not st.session_state.get(_STILL, False)
    st.image(drawings.svg(name, theme, moving), alt=drawings.alt(name), width=_WIDTH)


def thumbnail(name: str, theme: Theme, alt: str) -> None:
    """The drawing at its turning point, small and still, for a list."""
    if not drawings.exists(name):
        return
    moment = drawings.moment(name, theme, drawings.turning_point(name))
    st.image(moment, alt=alt, width=_THUMBNAIL)


def stand_still(place: str) -> None:
    """The switch that stops all figures at their start and their turning point. Not for a form: it acts at once."""
    key = f"still-{place}"
    st.session_state[key] = st.session_state.get(_STILL, False)  # every switch shows the one choice
    st.toggle("Stand still", key=key, on_change=_keep, args=(key,))


def _keep(key: str) -> None:
    st.session_state[_STILL] = st.session_state[key]
