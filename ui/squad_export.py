"""The squad's weeks without names, to take away: made when it is asked for."""

import secrets
from typing import Final

import streamlit as st

from analysis.anonymous import anonymous
from analysis.evidence import GATE_RUNNERS
from analysis.weeks import complete_weeks
from data.spreadsheets import csv_bytes
from ui import panels, session
from ui.squad import Squad

_SPANS: Final = {"Half a year": 26, "A year": 52}
_CODE_BYTES: Final = 4
_USUAL: Final = "Half a year"


def offer(squad: Squad) -> None:
    """The download, or why there is none."""
    with st.expander("Anonymised export", icon=":material/download:"), panels.readable():
        if len(squad.members) < GATE_RUNNERS:
            st.markdown(
                f"It takes at least {GATE_RUNNERS} runners, and this squad has {len(squad.members)}: among fewer, "
                "a row says who it is without a name."
            )
            return
        st.markdown(
            "The finished weeks of all runners as one table (CSV). Names and numbers of diaries are replaced by codes, "
            "drawn anew for each file and kept nowhere; dates by how many weeks ago; distances are rounded."
        )
        span = st.segmented_control("Weeks", list(_SPANS), default=_USUAL, required=True, key="squad-export-span")
        st.download_button(
            "Download the weeks without names",
            lambda: weeks_without_names(squad, _SPANS[span or _USUAL]),
            file_name="squad-weeks-without-names.csv",
            mime="text/csv",
            icon=":material/download:",
            on_click="ignore",
            key="squad-export",
        )
        st.caption(
            "Whoever knows a runner's weeks well can still recognise them in it: give it only to people who may see "
            "them. What a runner does not share is empty, like what was not logged."
        )


def weeks_without_names(squad: Squad, last: int) -> bytes:
    """The finished ones of the last so many weeks and the running one, of what is shared at this moment."""
    squad = squad.as_of(session.now())
    squad.log_export()
    codes = {member.id: f"R{secrets.token_hex(_CODE_BYTES)}" for member in squad.members}
    return csv_bytes(anonymous(complete_weeks(squad.weeks(last + 1), squad.today), codes))
