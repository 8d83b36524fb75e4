"""A browser tab that outlived its session: the process died, or the phone slept for longer than a session is kept.

The browser still shows what was typed, and sends it with the next click to a session that knows nothing. What it sends
names the widgets that stand there, so forms go on as they are instead of beginning anew under the runner's fingers.
"""

import re
from typing import Final

import streamlit as st
from streamlit.runtime.scriptrunner import get_script_run_ctx
from streamlit.runtime.state.common import user_key_from_element_id

_SENT: Final = "resumed"  # session key: the keys of widgets that the browser had before the session began
_UNSAID: Final = "resumed-unsaid"  # session key: the runner has not been told yet


def begin() -> None:
    """Called first in every run. Only a session's first run can find what another session drew."""
    is_first = _SENT not in st.session_state
    st.session_state[_SENT] = _sent() if is_first else frozenset()
    if st.session_state[_SENT]:
        st.session_state[_UNSAID] = True


def has(key: str) -> bool:
    """Whether the browser has a value for this widget already, which is the runner's and stays."""
    return key in st.session_state.get(_SENT, ())


def version(form: str) -> int:
    """How often the form had been saved that stands in the browser; 0 where none does."""
    name = re.compile(rf"(?:^|-){re.escape(form)}-(\d{{1,9}})(?:-|$)")
    return max((int(found[1]) for key in st.session_state.get(_SENT, ()) if (found := name.search(key))), default=0)


def say() -> None:
    """Called last, so that a save that draws the page anew does not take the words along."""
    if st.session_state.pop(_UNSAID, False):
        st.toast(
            "You were connected anew. What is typed on this page is kept; files have to be chosen again.",
            icon=":material/sync:",
        )


def _sent() -> frozenset[str]:
    """Streamlit has no public way to ask this; its version is pinned, and a browser test holds it to it."""
    context = get_script_run_ctx()
    widgets = context.session_state.get_widget_states() if context else []
    return frozenset(key for widget in widgets if (key := user_key_from_element_id(widget.id)))
