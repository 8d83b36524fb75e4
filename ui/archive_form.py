"""Taking everything along as one archive, and bringing one in: of a runner, and of a squad."""

from collections import Counter
from collections.abc import Callable, Sequence
from typing import Final, TypeVar

import pandas as pd
import streamlit as st

from data.archive import Archive
from data.archive_files import BY_NAME, TEMPLATES
from data.archive_restore import Restored
from data.errors import NotAllowedError, UnreadableFileError
from ui import inputs, panels, saving, session, tables
from ui.diary import Diary
from ui.squad import Squad

_UPLOADS: Final = "archive-uploads"  # session key: counts what was brought in, so that the box is empty again
_ADDS: Final = (
    "An empty diary becomes what the archive holds, its settings included. In any other, what is there stays as it is "
    "(the same run, the session of that number on its day, the same week), and the rest is added. Where the archive "
    "says something else about what is there, you are told how often. Undo takes the entries out again; the list of "
    "imports and the settings stay."
)

_Held = TypeVar("_Held")


def take(diary: Diary) -> None:
    """The runner's archive, to download: made when it is asked for."""
    st.markdown(
        "One zip file with everything you entered and imported: a CSV table for each sort of entry, and a README that "
        "says what every column is, for people without Plumbline. It can be brought in again, here or elsewhere."
    )
    st.download_button(
        "Download the archive",
        lambda: diary.archive(session.now()),
        file_name=f"plumbline-{diary.today}.zip",
        mime="application/zip",
        icon=":material/archive:",
        on_click="ignore",
        key="archive",
    )
    st.caption(
        "Not in it: squads, what coaches noted and their plan templates, what you share and with whom, and what you "
        "deleted. The log of who looked is in it for reading. It is not encrypted."
    )


def bring(diary: Diary) -> None:
    """Choose an archive, look at what it holds, bring it in."""
    st.markdown("Choose the zip file of an archive. Nothing is stored before you say so.")
    found = _chosen("Archive", diary.read_archive)
    if found is None:
        return
    st.markdown(f"Made on {found.made:%-d %B %Y} at {found.made:%H:%M} UTC. It is whole, and holds:")
    _table([found])
    st.caption(_ADDS)
    if st.button("Bring the archive in", type="primary", icon=":material/unarchive:"):
        saving.save(lambda: _counted(diary.bring_in(found)), _said)


def take_squad(squad: Squad) -> None:
    """The archive of all runners, to download."""
    with st.expander("Archive of the squad", icon=":material/archive:"), panels.readable():
        st.markdown(
            "One zip file with a folder for each runner, with names and dates: CSV tables, your plan templates, and a "
            "README that says what every column is."
        )
        if squad.scope.is_own:
            st.markdown("What you noted on each runner is in it too.")
        else:
            st.markdown(
                "It holds what each runner shares with you at that moment, and says what is not shared. Each of them "
                "reads in their log that you took it away. Your notes on them are not in it."
            )
        st.download_button(
            "Download the archive of the squad",
            lambda: squad.archive(session.now()),
            file_name=f"plumbline-squad-{squad.today}.zip",
            mime="application/zip",
            icon=":material/archive:",
            on_click="ignore",
            key="squad-archive",
        )
        st.caption("It is health data of other people, and not encrypted: keep it as you would keep their diaries.")


def bring_squad(squad: Squad) -> None:
    """Bring the archive of a squad in, on one's own machine: each runner of it as a new one."""
    if not squad.scope.is_own or squad.simulated:
        return
    with st.expander("Bring the archive of a squad in", icon=":material/unarchive:"), panels.readable():
        st.markdown(
            "Each runner in it becomes a new runner of this squad, with your notes. Your plan templates stay as they "
            "are, and those of other names are added. Nothing is stored before you say so."
        )
        found = _chosen("Archive of a squad", squad.read_archive)
        if found is None:
            return
        several = _runners(len(found.runners))
        st.markdown(f"Made on {found.made:%-d %B %Y}. It is whole, and holds {several}:")
        _table(found.runners, found.templates)
        if st.button("Bring the runners in", type="primary", icon=":material/unarchive:"):
            with st.spinner("Bringing the runners in"):
                is_saved = saving.attempt(lambda: squad.bring_in(found))
            if is_saved:
                st.session_state[_UPLOADS] += 1
                saving.announce(f"Brought in: {several}.")


def _chosen(label: str, read: Callable[[str, Callable[[], bytes]], _Held]) -> _Held | None:
    """What the chosen file holds, read once; why not, where it cannot be read."""
    number = st.session_state.setdefault(_UPLOADS, 0)
    file = st.file_uploader(label, type="zip", key=f"archive-file-{number}")
    if file is None:
        return None
    try:
        with st.spinner("Checking the archive"):
            return read(file.file_id, file.getvalue)
    except (NotAllowedError, UnreadableFileError) as error:
        st.error(inputs.unlinked(str(error)), icon=":material/error:")
        return None


def _table(found: Sequence[Archive], templates: Sequence[object] = ()) -> None:
    counts: Counter[str] = Counter({TEMPLATES.title: len(templates)} if templates else {})
    for one in found:
        counts.update(one.counts)
    table = pd.DataFrame({"What": list(counts), "Rows": list(counts.values())})
    tables.table(table, "archive-rows", alt="What the archive holds: each sort of entry, and how many rows of it")


def _counted(done: Restored) -> Restored:
    st.session_state[_UPLOADS] += 1
    return done


def _said(done: Restored) -> str:
    added, already = sum(done.added.values()), sum(done.already.values())
    there = f", {already:,} there already" if already else ""
    return f"Archive brought in: {added:,} added{there}.{_differ(done)}"


def _differ(done: Restored) -> str:
    """How much of what is there the archive tells otherwise, by its sort."""
    sorts = [f"{BY_NAME[name].title} {count:,}" for name, count in done.differ.items() if count]
    return f" The archive says something else about some of these, which stayed: {', '.join(sorts)}." if sorts else ""


def _runners(number: int) -> str:
    return "1 runner" if number == 1 else f"{number} runners"
