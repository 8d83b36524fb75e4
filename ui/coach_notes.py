"""Notes from a coach, as the runner reads them: plain text, newest first."""

from collections.abc import Sequence
from typing import Final

import pandas as pd
import streamlit as st

from ui import inputs, panels
from ui.diary import Diary
from ui.rows import Row, rows

_IN_SIGHT: Final = 3


def show(diary: Diary) -> None:
    """The notes on the runner whose diary it is; nothing without one, and nothing for anybody else."""
    found = rows(diary.notes()) if diary.scope.may_share else []
    if not found:
        return
    with panels.readable(), st.container(border=True):
        st.markdown("#### Notes from your coach")
        _list(found[:_IN_SIGHT], diary.zone)
        if earlier := found[_IN_SIGHT:]:
            with st.expander(f"Earlier notes ({len(earlier)})", icon=":material/history:"):
                _list(earlier, diary.zone)


def _list(found: Sequence[Row], zone: str) -> None:
    for note in found:
        with st.container(gap=None):
            st.caption(inputs.plain(f"{day(note['at'], zone)}{_by(note['coach'])}"))
            st.text(note["text"])  # plain: a note is no markup


def _by(coach: str) -> str:
    """', Grace'; nothing where the coach has no name."""
    return f", {coach}" if coach.strip() else ""


def day(at: pd.Timestamp, zone: str) -> str:
    """The day of a note where its runner is: '4 March 2026'."""
    return f"{at.tz_convert(zone):%-d %B %Y}"
