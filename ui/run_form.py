"""A run by hand with totals only, and the list of runs and imports with their deletes."""

from datetime import datetime
from functools import partial
from typing import Final
from zoneinfo import ZoneInfo

import pandas as pd
import streamlit as st

from analysis.units import format_distance
from data.store import Receipt
from ui import inputs, saving
from ui.diary import Diary
from ui.rows import Row, rows

_SHOWN_DAYS: Final = 60
_SOURCES: Final = {"manual": "typed", "strava": "Strava", "fit": "FIT file", "simulated": "simulated"}


def show(diary: Diary) -> None:
    """Day, distance or time; the rest is folded."""
    version = st.session_state.setdefault("run-form", 0)
    key = f"run-{version}"
    with st.form(key, border=False):
        day = inputs.day("Day", diary.today, f"{key}-day")
        distance_m = inputs.distance("Distance", diary.units, f"{key}-distance")
        minutes = st.number_input(
            "Time (minutes)", value=None, step=1.0, format="%.1f", key=f"{key}-minutes", placeholder="open"
        )
        with st.expander("More: start, effort"):
            at = st.time_input("Started at", value=None, key=f"{key}-at")
            effort = inputs.whole("Effort", f"{key}-effort", explain=inputs.EFFORT_ENDS)
        sent = st.form_submit_button("Add the run", type="primary", width="stretch")
    if sent:
        start = None if at is None else datetime.combine(day, at, ZoneInfo(diary.zone))
        run = {"local_date": day, "start": start, "distance_m": distance_m, "effort": effort}
        run["duration_s"] = None if minutes is None else minutes * 60
        saving.save(lambda: _record(diary, run), "Run added.")
    st.caption("Enter the distance, the time, or both. The same run sent twice is kept once.")


def _record(diary: Diary, run: Row) -> Receipt:
    receipt = diary.record_run(run)
    st.session_state["run-form"] += 1
    return receipt


def recent(diary: Diary) -> None:
    """The runs of the last weeks, each with a delete that asks."""
    found = rows(diary.runs(_SHOWN_DAYS))
    if not found:
        st.markdown(f"No single runs in the last {_SHOWN_DAYS} days.")
    for row in found:
        saving.delete_button(diary, "run", row["id"], _line(row, diary))


def _line(row: Row, diary: Diary) -> str:
    parts = [f"{row['local_date']:%a %-d %b}"]
    if row["distance_m"] is not None:
        parts.append(format_distance(row["distance_m"], diary.units, 2))
    if row["duration_s"] is not None:
        parts.append(f"{row['duration_s'] / 60:.0f} min")
    source: str = row["source"]
    return ", ".join([*parts, _SOURCES.get(source) or source])


def imports(diary: Diary) -> None:
    """Finished imports, each to undo as a whole at any later time."""
    found = rows(diary.imports())
    if not found:
        st.markdown("No files imported yet.")
    for row in found:
        with st.container(horizontal=True, vertical_alignment="center"):
            when = pd.Timestamp(row["at"]).tz_convert(diary.zone)
            count = "undone" if row["runs"] == 0 else f"{row['runs']} runs in your diary"
            st.text(f"{when:%-d %B %Y, %H:%M}: {row['filename']} ({count})")
            if row["runs"] and st.button("Undo this import", key=f"undo-import-{row['id']}", type="tertiary"):
                saving.save(partial(diary.undo_import, row["id"]), "Import undone.")
