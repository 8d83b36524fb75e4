"""A run by hand with totals only, and the list of runs and imports with their deletes."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pandas as pd
import streamlit as st

from analysis.phrases import count, listed
from ui import import_report, inputs, run_words, saving
from ui.diary import Diary
from ui.rows import Row, rows


def show(diary: Diary) -> None:
    """Day, distance or time; the rest is folded."""
    form = f"run-{diary.runner.id}"
    key = saving.version(form)
    before = saving.held(key, "before", diary.typed_runs)
    with st.form(key, border=False):
        day = inputs.day("Day", diary.today, f"{key}-day")
        distance_m = inputs.distance("Distance", diary.units, f"{key}-distance")
        minutes = inputs.minutes("Time (minutes)", f"{key}-minutes")
        with st.expander("More: start, effort"):
            at = st.time_input("Started at", value=None, key=f"{key}-at")
            effort = inputs.whole("Effort", f"{key}-effort", explain=inputs.EFFORT_ENDS)
        sent = st.form_submit_button("Add the run", type="primary", width="stretch")
    if sent:
        start = None if at is None else datetime.combine(day, at, ZoneInfo(diary.zone))
        run = {"local_date": day, "start": start, "distance_m": distance_m, "effort": effort}
        run["duration_s"] = None if minutes is None else minutes * 60
        saving.save(lambda: diary.record_run(run, before), "Run added.", form)
    st.caption("Enter the distance, the time, or both. For two equal runs on one day, give each its start.")


def recent(diary: Diary) -> None:
    """The runs of one month, each with a delete that asks."""
    found = diary.runs()
    first_of_month = found["local_date"].dt.to_period("M").dt.start_time.dt.date
    months = list(dict.fromkeys(first_of_month))
    if not months:
        st.markdown("No single runs yet.")
        return
    month = st.selectbox(
        "Month", months, key=f"runs-month-{diary.runner.id}-{months[0]}", format_func=lambda day: f"{day:%B %Y}"
    )
    for row in rows(found[first_of_month == month]):
        saving.delete_button(diary, "run", row["id"], run_words.line(row, diary.units))


def last_import(diary: Diary) -> None:
    """What the newest import became, where files are chosen: one in the background ends without a click, and often
    without anybody there."""
    found = rows(diary.imports())
    if not found or found[0]["state"] == "reading":
        return
    newest = found[0]
    where = "Its report and its undo are" if _counted(newest) or newest["gave_way"] else "Its report is"
    wrong = import_report.in_need(diary, newest["id"])
    became = ", ".join(part for part in (_state(newest), wrong) if part)
    said = f"Last import, {_when(diary, newest)}: {became}. {where} under “Runs and imports”."
    if "problem" in wrong:
        st.warning(said, icon=":material/rule:")
    else:
        st.caption(said)


def imports(diary: Diary) -> None:
    """Finished imports, each with its report, and to undo as a whole at any later time."""
    found = rows(diary.imports())
    if not found:
        st.markdown("No files imported yet.")
    for row in found:
        with st.container(horizontal=True, vertical_alignment="center"):
            st.text(f"{_when(diary, row)}: {row['filename']} ({_state(row)})")
            _report(diary, row)
            if _counted(row) or row["gave_way"]:
                _undo_button(diary, row)


def _when(diary: Diary, row: Row) -> str:
    return f"{pd.Timestamp(row['at']).tz_convert(diary.zone):%-d %B %Y, %H:%M}"


def _state(row: Row) -> str:
    if row["state"] == "reading":
        return "being read"
    if row["state"] == "failed":
        return "nothing was added"
    there = f"{_counted(row)} in your diary" if _counted(row) else "nothing of it is in your diary"
    return there if not row["gave_way"] else f"{there}, {count(row['gave_way'], 'run')} gave way to a later import"


def _counted(row: Row) -> str:
    """'7 runs and 3 sessions', of what is still there."""
    words = {"runs": "run", "sessions": "session", "pain": "pain report", "totals": "weekly total"}
    return listed([count(row[name], word) for name, word in words.items() if row[name]])


def _report(diary: Diary, row: Row) -> None:
    """Read when it is opened: reports are long."""
    if row["state"] == "reading":
        return
    opened = st.popover("Report", type="tertiary", key=f"report-{row['id']}", on_change="rerun")
    if opened.open:
        with opened:
            import_report.show(diary, diary.import_state(row["id"]))


def _undo_button(diary: Diary, row: Row) -> None:
    with st.popover("Undo this import", type="tertiary", key=f"undo-import-{row['id']}"):
        st.markdown(_asked(row))
        if st.button("Take them out", key=f"really-undo-import-{row['id']}", type="primary"):
            saving.save(lambda: diary.undo_import(row["id"]), "Import undone.")


def _asked(row: Row) -> str:
    """What an undo would do; runs that gave way to a later import would come back with the undo of that one."""
    said = f"Take its {_counted(row)} out of your diary?" if _counted(row) else ""
    if row["gave_way"]:
        gone = f"{count(row['gave_way'], 'run')} of it gave way to a later import: with this undo they do not come back"
        said = f"{said} {gone} when that one is undone.".strip()
    return f"{said} You can undo that until you leave this page."
