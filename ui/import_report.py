"""What became of everything in the files of an import: counted, as a table, and as a file to take away."""

from collections import Counter
from collections.abc import Sequence
from typing import Final
from zoneinfo import ZoneInfo

import pandas as pd
import streamlit as st

from data.imports import OUTCOMES, Import, Line
from data.spreadsheets import csv_bytes
from ui import tables
from ui.diary import Diary

_IN_NEED: Final = "import-in-need"  # session key: by import, what its report asks for
_SHOWN: Final = 200  # lines on the page
_FEW: Final = 4  # sentences that need no scrolling
_HEIGHT: Final = 300  # pixels
_WORDS: Final = {
    "added": "added",
    "there already": "there already",
    "skipped": "not counted",
    "to check": "to check",
    "failed": "with a problem",
}


def table(lines: Sequence[Line], label: str) -> None:
    """Which file, where in it, and why."""
    all_lines = _frame(lines).drop(columns="Outcome")
    tables.table(
        all_lines.head(_SHOWN),
        f"import-{label.lower().replace(' ', '-')}",
        plain=all_lines,
        alt=f"{label}: file, where in it, and why",
    )
    _say_cut(lines, "the CSV and Excel files have")


def in_need(diary: Diary, import_id: int) -> str:
    """'24 with a problem, 11 to check' of an import that is over; empty where all went well. A report is long, and
    stays as it is: it is asked once."""
    known: dict[int, str] = st.session_state.setdefault(_IN_NEED, {})
    if import_id not in known:
        counts = Counter(line.outcome for line in diary.import_state(import_id).report)
        said = [f"{counts[outcome]:,} {_WORDS[outcome]}" for outcome in ("failed", "to check") if counts[outcome]]
        known[import_id] = ", ".join(said)
    return known[import_id]


def show(diary: Diary, found: Import) -> None:
    """The report of one import that is over."""
    if not found.report:
        st.markdown("This import has no report: it is of an earlier version, or its files held nothing.")
        return
    counts = {outcome: sum(line.outcome == outcome for line in found.report) for outcome in OUTCOMES}
    st.markdown(", ".join(f"{number} {_WORDS[outcome]}" for outcome, number in counts.items() if number) + ".")
    for label, outcome in (("Problems", "failed"), ("To check", "to check")):
        lines = [line for line in found.report if line.outcome == outcome]
        if lines:
            st.markdown(f"**{label}**")
            sentences(lines)
    st.download_button(
        "Download the report",
        lambda: csv_bytes(_frame(found.report)),
        file_name=f"import-{found.at.astimezone(ZoneInfo(diary.zone)):%Y-%m-%d}.csv",
        mime="text/csv",
        icon=":material/download:",
        on_click="ignore",
        key=f"import-report-{found.id}-{diary.runner.id}",
    )


def sentences(lines: Sequence[Line]) -> None:
    """File, place and why, wrapped: what went wrong and what to check is to be read, and a table would cut it."""
    with st.container(height=_HEIGHT if len(lines) > _FEW else "content", border=len(lines) > _FEW):
        for line in lines[:_SHOWN]:
            place = f", {line.place}" if line.place else ""
            named = line.why.startswith(line.file)  # a file that could not be read at all
            st.text(line.why if named else f"{line.file}{place}: {line.why}")  # plain: a name is no markup
    _say_cut(lines, "the report of the import has")


def _say_cut(lines: Sequence[Line], where: str) -> None:
    if len(lines) > _SHOWN:
        st.caption(f"The first {_SHOWN} of {len(lines):,}; {where} all of them.")


def _frame(lines: Sequence[Line]) -> pd.DataFrame:
    names = ["File", "Where", "Outcome", "Why"]
    return pd.DataFrame([[line.file, line.place, line.outcome, line.why] for line in lines], columns=names)
