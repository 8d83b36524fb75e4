"""The only caches: the engine of this process and how people sign in, frames by scope and revision, frames of a squad
by its scope and the revisions of all its runners, what was computed from them, files, and demonstrations.

A write bumps the runner's revision, which is part of the key, so no process shows a stale frame; who joins or leaves a
squad changes its key too. The access check is outside and runs every time; a scope says which areas may be read, so
nobody is shown what was read for another's eyes.
"""

from collections.abc import Callable, Mapping
from datetime import date, datetime
from types import MappingProxyType
from typing import Any, TypeVar, cast

import pandas as pd
import streamlit as st

from analysis.simulation import Demonstration, demonstration
from data import archive_check, demo, demo_squad, frames, links, lists, runners, sharing, squad_lists, squads
from data.archive import Archive, SquadArchive
from data.engine import Database, make_engine
from data.importers import ImportResult
from data.importing import Sorter
from data.scope import Area, Guest, Rights, Scope, SquadScope
from ui.report_pdf import Paper, pdf

_READERS: dict[str, Callable[..., pd.DataFrame]] = {
    "weekly": frames.weekly,
    **{name: getattr(lists, name) for name in lists.__all__},
}
_SQUAD_READERS: dict[str, Callable[..., pd.DataFrame]] = {"squad_weekly": frames.squad_weekly} | {
    name: getattr(squad_lists, name) for name in squad_lists.__all__
}
Result = TypeVar("Result")
_DEMONSTRATIONS_KEPT = 100
_PDFS_KEPT = 2  # of one visitor, for a moment: a hundred kB each
_FILES_KEPT = 200  # of one visitor, for an hour
_ARCHIVES_KEPT = 2  # of one visitor, for an hour
# A visitor's pages take about 30 frames and 20 results; fewer than a crowd takes, and each would push out the next.
_FRAMES_KEPT = 2_000  # a frame of ten years is about 60 kB
_SQUAD_FRAMES_KEPT = 64  # half a year of 200 runners is about 600 kB
_RESULTS_KEPT = 1_000  # a drawn chart of half a year is about 130 kB, of ten years 530 kB


@st.cache_resource(show_spinner=False)
def engine() -> Database:
    """One engine a process, for the database that app.py read from the environment."""
    return make_engine(st.secrets["database_url"])


@st.cache_resource(show_spinner=False)
def sign_in() -> Mapping[str, Any]:
    """How people sign in here, as app.py read it at the start; nothing on somebody's own machine. Streamlit reads
    secrets.toml anew when it changes: without an [auth] all of a sudden, nobody becomes the machine's owner."""
    return MappingProxyType(dict(st.secrets["sign_in"]))


def frame(reader: str, scope: Scope, revision: int, *arguments: date | int | str | None) -> pd.DataFrame:
    """What `data.frames` or `data.lists` reads for this runner at this revision; whoever changes it changes a copy."""
    key = repr((reader, scope, revision, arguments))
    return _frame(key, lambda: _READERS[reader](engine(), scope, *arguments)).copy(deep=False)


def squad_frame(reader: str, scope: SquadScope, revisions: str, *arguments: date | int | None) -> pd.DataFrame:
    """What `data.frames` or `data.squad_lists` reads for this squad, as long as its runners are at these revisions."""
    key = repr((reader, scope, revisions, arguments))
    return _squad_frame(key, lambda: _SQUAD_READERS[reader](engine(), scope, *arguments)).copy(deep=False)


def result(key: str, compute: Callable[[], Result]) -> Result:
    """What `compute` makes, once for all runs with this key, which names all that it follows from. They share the one
    object, so it is for frozen results, words, and charts that were drawn."""
    return cast("Result", _result(key, compute))


# The keys are made above: Streamlit takes longer to hash a scope, and two hundred revisions, than to draw a page. Each
# sort has a function of its own, because Streamlit knows a cache by its function.
@st.cache_resource(max_entries=_FRAMES_KEPT, ttl="1h", show_spinner=False)
def _frame(key: str, _read: Callable[[], pd.DataFrame]) -> pd.DataFrame:  # noqa: ARG001  a key
    return _read()


@st.cache_resource(max_entries=_SQUAD_FRAMES_KEPT, ttl="1h", show_spinner=False)
def _squad_frame(key: str, _read: Callable[[], pd.DataFrame]) -> pd.DataFrame:  # noqa: ARG001  a key
    return _read()


@st.cache_resource(max_entries=_RESULTS_KEPT, ttl="1h", show_spinner=False)
def _result(key: str, _compute: Callable[[], object]) -> object:  # noqa: ARG001  a key
    return _compute()


@st.cache_resource(max_entries=_FILES_KEPT, ttl="1h", show_spinner=False, scope="session")
def read_file(
    file_id: str,  # noqa: ARG001  a key
    filename: str,
    reading: str,  # noqa: ARG001  a key: all that `_reading` goes by
    _reading: Callable[[str, bytes], ImportResult],
    _content: Callable[[], bytes],
) -> ImportResult:
    """What an uploaded file holds, read once for all reruns of the page; `file_id` is the upload's own."""
    return _reading(filename, _content())


@st.cache_resource(max_entries=1, ttl="1h", show_spinner=False, scope="session")
def sorted_files(key: str, _sort: Callable[[], Sorter]) -> Sorter:  # noqa: ARG001  a key
    """What the files on the page would add to a diary, sorted once for all reruns of the page; nobody adds to it."""
    return _sort()


@st.cache_data(max_entries=_PDFS_KEPT, ttl="10m", show_spinner=False, scope="session")
def report_pdf(html: str, paper: Paper) -> bytes:
    """A report as PDF: a second or two, and the same for the same document. Raises PdfError."""
    return pdf(html, paper)


@st.cache_data(max_entries=_ARCHIVES_KEPT, ttl="1h", show_spinner=False, scope="session")
def read_archive(file_id: str, _content: Callable[[], bytes]) -> Archive:  # noqa: ARG001  the upload's own id is a key
    """What an uploaded archive holds, checked once for all reruns of the page."""
    return archive_check.read(_content())


@st.cache_data(max_entries=_ARCHIVES_KEPT, ttl="1h", show_spinner=False, scope="session")
def read_squad_archive(file_id: str, _content: Callable[[], bytes]) -> SquadArchive:  # noqa: ARG001  as above
    """What the uploaded archive of a squad holds, checked once for all reruns of the page."""
    return archive_check.read_squad(_content())


@st.cache_data(max_entries=_DEMONSTRATIONS_KEPT, show_spinner=False)
def demonstrated(seed: int) -> Demonstration:
    """The method tried on a hundred diaries of chance: a third of a second, and the same for the same seed."""
    return demonstration(seed)


def runner(runner_id: int) -> runners.Runner:
    """The runner as now stored, revision included: one indexed query a rerun. Raises NotFoundError."""
    return runners.runner(engine(), Scope(runner_id))


def demo_runner(today: date) -> int:
    """The id of the simulated runner, made on first use."""
    return demo.demo_runner(engine(), today).id


def coach_of(owner_id: int) -> int:
    """The id of the coach that a runner is, made on first use."""
    return squads.coach_of(engine(), owner_id)


def rights(guest: Guest, runner_id: int) -> Rights:
    """What this coach may do in a diary: asked for at every rerun, and never kept."""
    return sharing.rights(engine(), guest, runner_id)


def shared(scope: SquadScope) -> dict[int, frozenset[Area]]:
    """What each runner of a squad shares, as now stored."""
    return sharing.shared(engine(), scope)


def live_link(link_id: int, key: str, now: datetime) -> links.Link | None:
    """The link, as long as it is good."""
    return links.live(engine(), link_id, key, now)


def squad_demo(today: date) -> SquadScope:
    """The simulated squad, made on first use."""
    return demo_squad.demo_squad(engine(), today)


def members(scope: SquadScope) -> tuple[runners.Runner, ...]:
    """The runners of a squad as now stored, revisions included: one query a rerun."""
    return squads.members(engine(), scope)
