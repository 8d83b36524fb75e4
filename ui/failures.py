"""What a visitor sees when something of ours breaks: a sentence and an id; the log has the rest under the same id."""

import logging
import uuid

import streamlit as st

_log = logging.getLogger("plumbline")


def report(error: Exception) -> bool:
    """Log the error and show its id; True keeps Streamlit from showing its own box."""
    name = uuid.uuid4().hex[:8]
    _log.error("error %s", name, exc_info=error)
    st.error(
        f"Something went wrong on our side. What you had saved is kept. Reload the page; if it stays, report {name}."
    )
    return True
