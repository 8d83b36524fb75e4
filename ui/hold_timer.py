"""A countdown for holds, which draws itself anew each second and leaves the rest of the page alone."""

import math
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Final

import streamlit as st

from ui import session

_ENDS: Final = "hold-ends"  # session key: when the hold that is running is over


def show(lengths: Sequence[int]) -> None:
    """One button for each length in seconds that the plan holds; nothing without a hold."""
    if lengths:
        running = _ENDS in st.session_state
        st.fragment(_timer, run_every=1 if running else None)(sorted(set(lengths)))


def _timer(lengths: Sequence[int]) -> None:
    ends: datetime | None = st.session_state.get(_ENDS)
    with st.container(horizontal=True, vertical_alignment="center"):
        if ends is None:
            for seconds in lengths:
                if st.button(f"Hold for {seconds} s", key=f"hold-{seconds}", icon=":material/timer:"):
                    _start(seconds)
            return
        left = math.ceil((ends - session.now()).total_seconds())
        st.markdown(f"**{left} s** to go." if left > 0 else "**The hold is over.**")
        if st.button("Stop the timer" if left > 0 else "Another hold", key="hold-stop"):
            del st.session_state[_ENDS]
            st.rerun()


def _start(seconds: int) -> None:
    st.session_state[_ENDS] = session.now() + timedelta(seconds=seconds)
    st.rerun()
