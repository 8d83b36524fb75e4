"""The squad's weeks without names, to take away: made when it is asked for."""

import secrets
from typing import Final

import streamlit as st

from analysis.anonymous import anonymous
from analysis.evidence import GATE_RUNNERS
from analysis.weeks import complete_weeks
from data.scope import Area
from data.spreadsheets import csv_bytes
from ui import panels, session
from ui.squad import Squad

_SPANS: Final = {"Half a year": 26, "A year": 52}
_CODE_BYTES: Final = 4
_AREAS: Final[tuple[Area, ...]] = ("training", "running", "pain")  # what the table tells of a runner
_USUAL: Final = "Half a year"


def offer(squad: Squad) -> None:
    """The download, or why there is none."""
    with st.expander("Anonymised export", icon=":material/download:"), panels.readable():
        if reason := _why_not(squad):
            st.markdown(reason)
            return
        st.markdown(
            f"The finished weeks of all {_whose(squad)} as one table (CSV). Names and numbers of diaries become codes, "
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
            "them. What was not logged is empty."
        )


def weeks_without_names(squad: Squad, last: int) -> bytes:
    """The finished ones of the last so many weeks and the running one, of who shares them at this moment; where these
    have become too few, the reason in their place."""
    squad = squad.as_of(session.now())
    if reason := _why_not(squad):
        return reason.encode()
    runners = squad.sharing(*_AREAS)
    squad.log_export(runners)
    codes = {runner: f"R{secrets.token_hex(_CODE_BYTES)}" for runner in runners}
    return csv_bytes(anonymous(complete_weeks(squad.weeks(last + 1), squad.today), codes))


def _why_not(squad: Squad) -> str:
    """Why there is no export, or nothing."""
    there = len(squad.sharing(*_AREAS))
    if there >= GATE_RUNNERS:
        return ""
    return (
        f"It takes at least {GATE_RUNNERS} {_whose(squad)}, and this squad has {there}: among "
        "fewer, a row says who it is without a name."
    )


def _whose(squad: Squad) -> str:
    """Half of what a runner shares would leave gaps that look like weeks without an entry."""
    return "runners" if squad.scope.is_own else "runners who share their training, running and pain"
