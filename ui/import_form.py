"""Bringing running in from files: what will be added, what is there already, what is wrong and why; then one button."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Final, Protocol

import pandas as pd
import streamlit as st

from analysis.units import Units, from_metres
from data.entries import Run
from data.errors import InvalidEntryError, UnreadableFileError
from data.importers.twins import Twins
from data.schema import MAX_RUN_M
from ui import saving, tables
from ui.diary import Diary
from ui.rows import Row, rows

ACCEPTED: Final = ("csv", "zip", "fit", "gz")
_UPLOADS: Final = "import-uploads"  # session key: counts finished imports, so that the next starts with an empty box


class _Uploaded(Protocol):
    name: str
    file_id: str

    def getvalue(self) -> bytes: ...


@dataclass
class Preview:
    """What the chosen files hold, for the runner to look at before anything is stored."""

    new: list[Run] = field(default_factory=list)
    there: list[Row] = field(default_factory=list)
    skipped: list[Row] = field(default_factory=list)
    wrong: list[Row] = field(default_factory=list)


class Known:
    """The runs that are in the diary or already in this import, by their own id and by start and distance."""

    def __init__(self) -> None:
        self._ids: set[tuple[str, str]] = set()
        self._twins = Twins()
        self._metres_on: dict[date, float] = defaultdict(float)

    def add(self, row: Row) -> None:
        """Remember a run."""
        self._metres_on[row["local_date"].date()] += row["distance_m"] or 0.0
        self._ids.add((row["source"], row["source_id"]))
        self._twins.add(row["local_date"].date(), row["start"], row["distance_m"], row["source"])

    def told_by(self, row: Row) -> str | None:
        """The source that has this run already, or None for a new one."""
        if (row["source"], row["source_id"]) in self._ids:
            return str(row["source"])
        day = row["local_date"].date()
        return self._twins.source_of(day, row["start"], row["distance_m"], row["source"])

    def too_far(self, row: Row) -> str | None:
        """Why the run cannot be added when its day would then hold more than anybody runs in one."""
        day = row["local_date"].date()
        metres = self._metres_on[day] + (row["distance_m"] or 0.0)
        if metres <= MAX_RUN_M:
            return None
        return f"With this run, {day:%-d %B %Y} would come to {metres / 1000:.0f} km. A day has at most 500 km."


def show(diary: Diary) -> None:
    """Choose files, look, add."""
    st.markdown(
        "Strava: your whole export as a zip, or its `activities.csv`. Watches: FIT files, one or many. "
        "Treadmill and other runs without positions count. Nothing is stored before you say so."
    )
    number = st.session_state.setdefault(_UPLOADS, 0)
    files = st.file_uploader("Files", type=ACCEPTED, accept_multiple_files=True, key=f"import-files-{number}")
    if not files:
        return
    preview = _read(diary, files)
    _tables(preview, diary.units)
    if not preview.new:
        st.markdown("There is nothing new to add.")
        return
    if st.button(f"Add {_runs(len(preview.new))}", type="primary", icon=":material/download_done:"):
        _add(diary, preview.new, ", ".join(file.name for file in files))


def _read(diary: Diary, files: Sequence[_Uploaded]) -> Preview:
    preview, known = Preview(), _known(diary)
    bar = st.progress(0.0, text="Reading")
    for number, file in enumerate(files):
        bar.progress(number / len(files), text=f"Reading file {number + 1} of {len(files)}")  # a name may hold markup
        _read_one(diary, file, known, preview)
    bar.empty()
    return preview


def _known(diary: Diary) -> Known:
    known = Known()
    for row in rows(diary.runs()):
        known.add(row)
    return known


def _read_one(diary: Diary, file: _Uploaded, known: Known, preview: Preview) -> None:
    try:
        found = diary.read_file(file.file_id, file.name, file.getvalue)
    except UnreadableFileError as error:
        preview.wrong.append({"file": file.name, "where": "", "why": str(error)})
        return
    preview.skipped += [{"file": file.name, "where": item.position, "why": item.reason} for item in found.skipped]
    preview.wrong += [{"file": file.name, "where": item.position, "why": item.reason} for item in found.problems]
    for row in rows(found.runs):
        _sort(diary, file.name, row, known, preview)


def _sort(diary: Diary, filename: str, row: Row, known: Known, preview: Preview) -> None:
    """Put one run where it belongs: new, there already, or refused at the door."""
    same = known.told_by(row)
    if same:
        preview.there.append({**row, "source": same})
        return
    why = known.too_far(row)
    try:
        run = diary.parse_run(_entry(row))
    except InvalidEntryError as error:
        why = str(error)
    if why:
        preview.wrong.append({"file": filename, "where": row["position"], "why": why})
        return
    known.add(row)  # the same run in two of the chosen files is added once
    preview.new.append(run)


def _entry(row: Row) -> dict[str, Any]:
    wanted = ("distance_m", "duration_s", "effort", "source", "source_id")
    start = row["start"].to_pydatetime() if row["start"] is not None else None
    effort = None if row["effort"] is None else round(row["effort"])
    return {name: row[name] for name in wanted} | {
        "start": start,
        "local_date": row["local_date"].date(),
        "effort": effort,
    }


def _add(diary: Diary, new: list[Run], names: str) -> None:
    def add() -> None:
        receipt = diary.add_runs(new, names[:200])
        st.session_state[_UPLOADS] += 1
        already = f", {receipt.already} there already" if receipt.already else ""
        saving.announce(f"{_runs(receipt.added)} added{already}.")

    saving.attempt(add)


def _tables(preview: Preview, units: Units) -> None:
    st.markdown(
        f"**{_runs(len(preview.new))} to add**, {len(preview.there)} there already, "
        f"{len(preview.skipped)} that are not runs, {len(preview.wrong)} with a problem."
    )
    if preview.new:
        with st.expander(f"To add ({len(preview.new)})", expanded=True):
            _runs_table([run.model_dump() for run in preview.new], "import-to-add", units)
    if preview.there:
        with st.expander(f"There already ({len(preview.there)})"):
            _runs_table(preview.there, "import-there-already", units)
    for label, found, open_first in (
        ("Problems", preview.wrong, True),
        ("Not runs", preview.skipped, False),
    ):
        if found:
            with st.expander(f"{label} ({len(found)})", expanded=open_first):
                tables.table(
                    pd.DataFrame(found).rename(columns={"file": "File", "where": "Where", "why": "Why"}),
                    f"import-{label.lower().replace(' ', '-')}",
                    alt=f"{label}: file, where in it, and why",
                )


def _runs_table(found: Sequence[Row], name: str, units: Units) -> None:
    table = pd.DataFrame(
        {
            "Day": [row["local_date"] for row in found],
            f"Distance ({units.value})": [_shown(row["distance_m"], units) for row in found],
            "Time (min)": [None if row["duration_s"] is None else row["duration_s"] / 60 for row in found],
            "From": [row["source"] for row in found],
        }
    )
    tables.table(
        table,
        name,
        alt="Runs with day, distance, time and source",
        column_config={
            "Day": st.column_config.DateColumn(format="D MMMM YYYY"),
            f"Distance ({units.value})": st.column_config.NumberColumn(format="%.2f"),
            "Time (min)": st.column_config.NumberColumn(format="%.0f"),
        },
    )


def _shown(metres: float | None, units: Units) -> float | None:
    return None if metres is None else from_metres(metres, units)


def _runs(number: int) -> str:
    return "1 run" if number == 1 else f"{number} runs"
