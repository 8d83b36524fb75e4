"""Bringing in what watches and other programs have: a look at what would be added, or at once in the background."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from typing import Any, Final, Protocol, TypeVar

import pandas as pd
import streamlit as st

from analysis.phrases import count, listed
from analysis.units import Units, format_distance, from_metres
from data.entries import PainReport, Run, Session, WeeklyTotal
from data.errors import UnreadableFileError
from data.import_jobs import STOPPED
from data.importers import ImportResult, NeedsMappingError
from data.importers.result import Mapped
from data.importers.tables import Table
from data.importers.unpack import MAX_FILE_BYTES, unpacked_size
from data.importing import RULES, Sorter
from data.imports import Import, Line, Outcome, Progress, What
from data.workouts import Names, unknown
from guides.catalogue import exercise
from ui import cache, exercise_names_form, import_report, mapping_form, run_words, saving, session, tables
from ui.diary import Diary

ACCEPTED: Final = ("csv", "tsv", "txt", "zip", "fit", "gz", "gpx", "tcx", "xml", "xlsx")
_UPLOADS: Final = "import-uploads"  # session key: counts finished imports, so that the next starts with an empty box
_LOOK: Final = "import-look"  # session key: many files that are looked at all the same, by the box they are in
_MANY_FILES: Final = 20
_MANY_BYTES: Final = 20 * 2**20  # unpacked: what is read within a few seconds; more goes on in the background
_RULES: Final = dict(zip(RULES, ("Keep what the diary has", "Take what the file says", "Count both"), strict=True))


class _Uploaded(Protocol):
    name: str
    size: int
    file_id: str

    def getvalue(self) -> bytes: ...


_Headed = TypeVar("_Headed", Table, Mapped)  # known by its headings


def show(diary: Diary) -> None:
    """Choose files; look and add, or add in the background; and how far that is."""
    _under_way(diary)
    st.markdown(
        "Watches and programs: FIT, TCX and GPX files, one or many; the whole export of Strava or Apple Health as a "
        "zip; tables of Garmin Connect, intervals.icu, Polar, Runkeeper, Strong and Hevy; any other table as CSV or "
        "Excel. "
        "Treadmill and other runs without positions count. Nothing is stored before you say so."
    )
    number = st.session_state.setdefault(_UPLOADS, 0)
    files = st.file_uploader(
        "Files: choose them, or drop them here",
        type=ACCEPTED,
        accept_multiple_files=True,
        key=f"import-files-{number}",
        help=f"A table or a recording may have {MAX_FILE_BYTES // 2**20} MB; exports and archives may have more.",
    )
    if not files:
        return
    if _are_many(files) and st.session_state.get(_LOOK) != number:
        _at_once(diary, files, number)
    else:
        _look(diary, files)


def _are_many(files: Sequence[_Uploaded]) -> bool:
    if len(files) > _MANY_FILES or sum(file.size for file in files) > _MANY_BYTES:
        return True
    return sum(unpacked_size(file.getvalue()) for file in files) > _MANY_BYTES


# In the background


def _at_once(diary: Diary, files: Sequence[_Uploaded], number: int) -> None:
    megabytes = sum(file.size for file in files) / 2**20
    st.markdown(
        f"**{count(len(files), 'file')}, {megabytes:.0f} MB.** They are read in the background: you may close this "
        "page and come back. What is there already is not added again, and the whole import can be undone at any time."
    )
    _counting(diary)
    with st.container(horizontal=True):
        if st.button(f"Import {count(len(files), 'file')}", type="primary", icon=":material/download_done:"):
            _start(diary, files)
        if st.button("Look first", help="Reads them while you wait.", icon=":material/visibility:"):
            st.session_state[_LOOK] = number
            st.rerun()


def _start(diary: Diary, files: Sequence[_Uploaded]) -> None:
    def start() -> None:
        diary.start_import(files, _named(files), _meant(diary), session.now)
        st.session_state[_UPLOADS] += 1
        saving.announce("The import has begun.")

    saving.attempt(start)


def _meant(diary: Diary) -> Callable[[ImportResult], Names]:
    """What exercises of a file mean: what was chosen before, else what their names say."""
    choices = diary.import_choices()
    return lambda found: exercise_names_form.proposed(unknown(found.workouts, {}), choices)


def _under_way(diary: Diary) -> None:
    """How far imports are, second by second, and what the last one became."""
    listed = diary.imports()
    reading = listed.loc[listed["state"] == "reading", "id"].tolist()
    if reading:
        _progress([int(import_id) for import_id in reading])


@st.fragment(run_every=1.0)
def _progress(import_ids: Sequence[int]) -> None:
    diary = session.diary()  # with the rights of now
    found = [diary.import_state(import_id) for import_id in import_ids]
    if any(one.state != "reading" for one in found):
        st.rerun()
    for one in found:
        with st.container(border=True):
            _bar(diary, one)


def _bar(diary: Diary, one: Import) -> None:
    if one.is_silent:
        st.text(f"{one.filename}: {STOPPED}")  # plain: a name is no markup
        if st.button("Close", key=f"give-import-up-{one.id}") and saving.attempt(lambda: diary.give_import_up(one.id)):
            st.rerun()
        return
    done = one.progress
    if done is None or not done.of_bytes:
        st.progress(0.0, text="Waiting to be read. You may close this page.")
        return
    st.progress(min(done.bytes / done.of_bytes, 1.0), text=f"{_how_far(done, one.is_late)}. You may close this page.")
    st.text(done.file)  # plain: a name is no markup


def _how_far(done: Progress, is_late: bool) -> str:
    """'Reading file 3 of 9, 2.0 files a second, about 3 s left'; the first file may be an archive of all."""
    words = f"Reading file {min(done.files + 1, done.of_files)} of {done.of_files}"
    if not done.bytes or is_late:
        return words
    of_what, number = ("files", done.files) if done.files else ("MB", done.bytes / 2**20)
    left = done.seconds / done.bytes * (done.of_bytes - done.bytes)
    return f"{words}, {number / max(done.seconds, 0.1):.1f} {of_what} a second, about {_duration(left)} left"


def _duration(seconds: float) -> str:
    return f"{seconds:.0f} s" if seconds < 90 else f"{seconds / 60:.0f} min"


# A look beforehand


def _look(diary: Diary, files: Sequence[_Uploaded]) -> None:
    found, unmapped = _read(diary, files)
    for names, table in _by_headings((name, error.table) for name, error in unmapped):
        mapping_form.show(diary, names, table)
    if unmapped:
        return
    read = [(name, result) for name, result in found if isinstance(result, ImportResult)]
    for names, mapped in _by_headings((name, mapped) for name, result in read for mapped in result.mapped):
        mapping_form.show_kept(diary, names, mapped)
    exercises = unknown([workout for _, result in read for workout in result.workouts], {})
    meant = exercise_names_form.show(diary, exercises) if exercises else {}
    _counting(diary)
    said = ([file.file_id for file in files], sorted(mapping_form.asked_anew()), meant)
    seen = (diary.scope, diary.runner, diary.today, diary.zone)  # a choice of how runs count is a write, too
    sorter = cache.sorted_files(repr((said, seen)), lambda: _sorted(diary, found, meant))
    _tables(sorter, diary.units)
    if not sorter.entries:
        st.markdown("There is nothing new to add.")
    elif st.button(f"Add {_counted(sorter)}", type="primary", icon=":material/download_done:"):
        _add(diary, sorter, files, meant)


def _read(
    diary: Diary, files: Sequence[_Uploaded]
) -> tuple[list[tuple[str, ImportResult | UnreadableFileError]], list[tuple[str, NeedsMappingError]]]:
    """What each file holds or why it cannot be read, and the tables that nothing is known of."""
    found: list[tuple[str, ImportResult | UnreadableFileError]] = []
    unmapped: list[tuple[str, NeedsMappingError]] = []
    asked_anew = mapping_form.asked_anew()
    bar = st.progress(0.0, text="Reading")
    for number, file in enumerate(files):
        bar.progress(number / len(files), text=f"Reading file {number + 1} of {len(files)}")  # a name may hold markup
        try:
            found.append((file.name, diary.read_file(file.file_id, file.name, file.getvalue, asked_anew)))
        except NeedsMappingError as error:
            unmapped.append((file.name, error))
        except UnreadableFileError as error:
            found.append((file.name, error))
    bar.empty()
    return found, unmapped


def _by_headings(told: Iterable[tuple[str, _Headed]]) -> list[tuple[str, _Headed]]:
    """Each table once, with the names of its files: those with the same headings are read the same way."""
    found: dict[str, tuple[_Headed, list[str]]] = {}
    for name, table in told:
        found.setdefault(table.key, (table, []))[1].append(name)
    return [(_first(names), table) for table, names in found.values()]


def _sorted(diary: Diary, found: Sequence[tuple[str, ImportResult | UnreadableFileError]], meant: Names) -> Sorter:
    sorter = diary.sorter()
    sorter.name_exercises(meant)
    for name, result in found:
        if isinstance(result, UnreadableFileError):
            sorter.refuse(name, str(result))
        else:
            sorter.take(name, result)
    return sorter


def _counting(diary: Diary) -> None:
    """The rules by which runs count, kept for the next time."""
    choices = diary.import_choices()
    with st.expander("How runs are counted", icon=":material/rule:"):
        rule = st.radio(
            "When another file or program has told of the same run (start within 5 minutes, distance within 2 %)",
            RULES,
            index=RULES.index(choices.get(("duplicates", ""), "keep")),
            format_func=_RULES.__getitem__,
            key="import-rule",
        )
        walks = st.toggle("Walks count", value=choices.get(("walks", ""), False) is True, key="import-walks")
    _keep(diary, "duplicates", choices, rule)
    _keep(diary, "walks", choices, walks)


def _keep(diary: Diary, what: What, choices: Mapping[tuple[What, str], Any], chosen: object) -> None:
    """A choice that has changed, and the page as it is with it."""
    usual = {"duplicates": RULES[0], "walks": False}
    if chosen != choices.get((what, ""), usual[what]) and saving.attempt(
        lambda: diary.choose_import(what, {"": chosen})
    ):
        st.rerun()


def _add(diary: Diary, sorter: Sorter, files: Sequence[_Uploaded], meant: Names) -> None:
    what = _counted(sorter)

    def add() -> None:
        if meant:
            diary.choose_import("exercise", {name: list(meaning) for name, meaning in meant.items()})
        receipt = diary.add_sorted(sorter, _named(files))
        st.session_state[_UPLOADS] += 1
        added = f"{receipt.added} added, {receipt.already} there already" if receipt.already else f"{what} added"
        saving.announce(f"{added}.")

    saving.attempt(add)


def _named(files: Sequence[_Uploaded]) -> str:
    return _first([file.name for file in files])


def _first(names: Sequence[str]) -> str:
    """'a.fit, b.fit, c.fit and 4 more'."""
    first = ", ".join(names[:3])
    return first if len(names) <= 3 else f"{first} and {len(names) - 3} more"


def _counted(sorter: Sorter) -> str:
    """'7 runs and 3 sessions'."""
    words = {"run": "run", "session": "session", "pain": "pain report", "weekly total": "weekly total"}
    kinds = [entry.kind for entry in sorter.entries]
    said = [count(kinds.count(kind), word) for kind, word in words.items() if kind in kinds]
    return listed(said) if said else "0 runs"


def _tables(sorter: Sorter, units: Units) -> None:
    there, skipped, to_check, failed = (
        _lines(sorter, outcome) for outcome in ("there already", "skipped", "to check", "failed")
    )
    st.markdown(
        f"**{_counted(sorter)} to add**, {len(there)} there already, {len(skipped)} not counted, "
        f"{len(to_check)} to check, {len(failed)} with a problem."
    )
    runs = [entry for entry in sorter.entries if isinstance(entry, Run)]
    if runs:
        with st.expander(f"Runs to add ({len(runs)})", expanded=True):
            _runs_table(runs, units)
    others = [entry for entry in sorter.entries if not isinstance(entry, Run)]
    if others:
        with st.expander(f"Besides runs ({len(others)})", expanded=not runs):
            _others_table(others, units)
            if any(isinstance(entry, Session) for entry in others):
                st.caption(
                    "Sessions count for adherence, and beside pain and running, from the day a plan is in force."
                )
    if sorter.replaced:
        gives = "gives way to one of these, and comes" if len(sorter.replaced) == 1 else "give way to these, and come"
        st.caption(f"{count(len(sorter.replaced), 'run')} in the diary {gives} back with an undo.")
    for label, lines in (("Problems", failed), ("To check", to_check)):
        if lines:
            with st.expander(f"{label} ({len(lines)})", expanded=True):
                import_report.sentences(lines)
    for label, lines in (("There already", there), ("Not counted", skipped)):
        if lines:
            with st.expander(f"{label} ({len(lines)})"):
                import_report.table(lines, label)


def _lines(sorter: Sorter, outcome: Outcome) -> list[Line]:
    return [line for line in sorter.lines if line.outcome == outcome]


def _runs_table(found: Sequence[Run], units: Units) -> None:
    table = pd.DataFrame(
        {
            "Day": [run.local_date for run in found],
            f"Distance ({units.value})": [_shown(run.distance_m, units) for run in found],
            "Time (min)": [None if run.duration_s is None else run.duration_s / 60 for run in found],
            "From": [run_words.source(run.source) for run in found],
        }
    )
    columns: Mapping[str, Any] = {
        "Day": st.column_config.DateColumn(format="D MMMM YYYY"),
        f"Distance ({units.value})": st.column_config.NumberColumn(format="%.2f"),
        "Time (min)": st.column_config.NumberColumn(format="%.0f"),
    }
    alt = "Runs with day, distance, time and source"
    tables.table(table, "import-to-add", alt=alt, column_config=columns, placeholder="–")


def _others_table(found: Sequence[Session | PainReport | WeeklyTotal], units: Units) -> None:
    table = pd.DataFrame([_said(entry, units) for entry in found], columns=["Day", "What", "In it"])
    columns = {"Day": st.column_config.DateColumn(format="D MMMM YYYY")}
    tables.table(table, "import-besides", alt="Sessions, pain and weekly totals with their day", column_config=columns)


def _said(entry: Session | PainReport | WeeklyTotal, units: Units) -> tuple[date, str, str]:
    """Day, what it is, and what is in it."""
    if isinstance(entry, WeeklyTotal):
        return entry.iso_week, "total of the week", format_distance(entry.distance_m, units)
    if isinstance(entry, PainReport):
        place = entry.site if entry.side is None else f"{entry.site}, {entry.side}"
        return entry.on_date, "pain while running", f"{entry.worst_running} of 10, {place}"
    names = dict.fromkeys(exercise(part.exercise).name for part in entry.parts)
    sets = len({(part.exercise, part.ordinal) for part in entry.parts})  # left and right of a pair are one
    return entry.on_date, "session", f"{count(sets, 'set')}: {', '.join(names)}"


def _shown(metres: float | None, units: Units) -> float | None:
    return None if metres is None else from_metres(metres, units)
