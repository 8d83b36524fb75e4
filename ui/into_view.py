"""Bringing a place of a page into view: what a form saved is drawn above it, out of sight of a phone."""

from typing import Final

import streamlit as st

_JS: Final = """
export default function ({ parentElement, data }) {
  const place = parentElement.host ?? parentElement;
  if (place.shown !== undefined && place.shown !== data.version) {
    place.style.scrollMarginTop = "5rem";  // below the bar on top, which lies over the page
    place.scrollIntoView({ block: "start" });
  }
  place.shown = data.version;
}
"""

_place = st.components.v2.component("plumbline_into_view", html="<span></span>", js=_JS)


def when_changed(version: str, key: str) -> None:
    """The page scrolls to this place whenever `version` is another one than it was."""
    _place(key=key, data={"version": version})
