"""The board of a squad: one row a runner, and the chosen runner's flags in words beside their next guide."""

from collections.abc import Sequence
from typing import Any, Final

import pandas as pd
import streamlit as st

from analysis import board_words
from analysis.board import BOARD_WEEKS, COURSE_WEEKS, BoardRow, Kind, level_of
from analysis.units import from_metres
from analysis.weeks import window
from analysis.words import CHART_KEY
from charts.sparkline import sparkline
from ui import access, overview, panels, session, tables
from ui.diary import Diary
from ui.squad import Squad

_NOT_SHARED: Final = "Not shared"  # a column that is there only when a runner keeps something back
_RUNNER: Final = "squad-runner"  # session key: the chosen runner
_TABLE: Final = "squad-table"  # session key: how often a runner was chosen past the table, which then shows no row
_ROW_HEIGHT: Final = 40
_ROWS_IN_SIGHT: Final = 20  # of a longer table the rest is scrolled to inside it
# Grey for what was not answered: it is neither good nor bad, and never green.
_COLOURS: Final[dict[Kind, str]] = {
    "pain above 5": "red",
    "substantial problem": "orange",
    "pain rising": "orange",
    "long run": "orange",
    "less training": "orange",
    "not answered": "gray",
    "pain not answered": "gray",
    "pain easing": "blue",
}


def table(squad: Squad, rows: Sequence[BoardRow]) -> None:
    """All runners; choosing a row shows that runner below."""
    st.markdown(f"#### {board_words.summary(rows)}")
    st.caption(board_words.ORDER)
    # With other names it is another table: the tick would stay in its place, and rows are sorted by name.
    key = f"{_TABLE}-{st.session_state.setdefault(_TABLE, 0)}-{squad.names_key}"
    tables.table(
        squad.remembered("board as a table", lambda: _frame(squad, rows)).copy(deep=False),
        "squad-board",
        key=key,
        # The ids as they are shown now: after a save elsewhere the same place in the table may be another runner's.
        on_select=lambda: _choose(key, [row.runner for row in rows]),
        selection_mode=["single-row", "single-cell"],
        column_config=_columns(squad),
        placeholder="not known",
        row_height=_ROW_HEIGHT,
        height="content" if len(rows) <= _ROWS_IN_SIGHT else _ROW_HEIGHT * _ROWS_IN_SIGHT,
        alt=f"{board_words.summary(rows)}. One row for each runner; the runner chosen below is described in words.",
    )


def _choose(key: str, runners: Sequence[int]) -> None:
    chosen = st.session_state[key]["selection"]
    places = [*chosen["rows"], *(row for row, _ in chosen["cells"])]
    if places and places[-1] < len(runners):
        st.session_state[_RUNNER] = runners[places[-1]]


def _frame(squad: Squad, rows: Sequence[BoardRow]) -> pd.DataFrame:
    frame = pd.DataFrame([_cells(squad, row) for row in rows]).astype({"Last entry": "datetime64[s]"})
    return frame if any(row.unshared for row in rows) else frame.drop(columns=_NOT_SHARED)


def _cells(squad: Squad, row: BoardRow) -> dict[str, Any]:
    unit, percent = squad.units.label, row.spike.percent
    return {
        "Runner": row.name,
        "Stands out": list(row.flags),
        _NOT_SHARED: board_words.not_shared(row),
        "Pain": row.pain,
        "Pain course": sparkline(row.pain_course, "pain", squad.theme),
        "Against usual": row.pain_change,
        "Where": row.place if row.pain is not None else None,
        "Severity": row.severity,
        "Substantial": None if row.substantial is None else "yes" if row.substantial else "no",
        "Sessions": None if row.done is None else row.done * 100,
        "Sessions course": sparkline(row.done_course, "done", squad.theme),
        "Sessions change": None if row.done_change is None else row.done_change * 100,
        f"Week ({unit})": None if row.distance_m is None else from_metres(row.distance_m, squad.units),
        "Distance course": sparkline(row.distance_course, "distance", squad.theme),
        "Week change": row.distance_change,
        "Longest run": percent,
        "Test, left": board_words.leg(row, "left"),
        "Test, right": board_words.leg(row, "right"),
        "Last entry": row.last_on,
    }


def _columns(squad: Squad) -> dict[str, Any]:
    """What each column is, in words and with its unit."""
    number, weeks = st.column_config.NumberColumn, f"{COURSE_WEEKS} weeks"
    picture, text = st.column_config.ImageColumn, st.column_config.TextColumn
    return {
        "Runner": text(pinned=True, width=120),
        "Stands out": st.column_config.MultiselectColumn(
            options=list(_COLOURS), color=list(_COLOURS.values()), width="medium", help="The rules that hold."
        ),
        _NOT_SHARED: text(help="What this runner keeps to themselves. It is not known here, and not silence."),
        "Pain": number("Pain, of 10", format="%d", help="The worst of this week and the last finished one."),
        "Pain course": picture(f"Pain, {weeks}", width=136, help="Grey: not answered. This week is the last."),
        "Against usual": number(
            "Against usual", format="%+.1f", help=f"Points of those two weeks against {board_words.USUAL}."
        ),
        "Where": text(help="Site and side of that pain."),
        "Severity": number(
            "Severity, of 100",
            format="%d",
            help="OSTRC-O2, the four weekly questions: the worst body part of this week and the last finished one.",
        ),
        "Substantial": text(
            "Substantial problem",
            help="Training or performance affected to a moderate extent or more, or no participation.",
        ),
        "Sessions": number(
            "Sessions done", format="%.0f %%", help="Of those prescribed in 4 finished weeks, as logged."
        ),
        "Sessions course": picture(
            f"Sessions, {weeks}", width=136, help="Grey: not logged, or no plan. The last one is this week, so far."
        ),
        "Sessions change": number("Against 4 before", format="%+.0f", help="Percentage points against the 4 before."),
        f"Week ({squad.units.label})": number(
            f"Last full week ({squad.units.label})", format="%.1f", help="Distance of the last finished week."
        ),
        "Distance course": picture(
            f"Distance, {weeks}", width=136, help="Grey: not logged. The last one is this week, so far."
        ),
        "Week change": number("Against week before", format="%+.0f %%"),
        "Longest run": number(format="%+.0f %%", help="The longest of 7 days against the longest of the 30 before."),
        "Test, left": text(help="Last self-test: ticks of those noted."),
        "Test, right": text(help="Last self-test: ticks of those noted."),
        "Last entry": st.column_config.DateColumn(format="D MMM YYYY"),
    }


_NOT_ALL: Final = (
    "This runner does not share the whole diary with you, so it does not open: half a page would call unknown what is "
    "only not shared. The board shows what is shared."
)


def chosen_runner(squad: Squad, rows: Sequence[BoardRow]) -> Diary:
    """One runner's flags in words beside what they train next, and the way into their diary, which is the answer."""
    by_id = {row.runner: row for row in rows}
    if st.session_state.get(_RUNNER) not in by_id:
        st.session_state[_RUNNER] = rows[0].runner
    key = f"{squad.names_key}-{_RUNNER}"
    st.session_state[key] = st.session_state[_RUNNER]
    st.selectbox(
        "Runner",
        list(by_id),
        format_func=lambda runner: by_id[runner].name,
        key=key,
        on_change=lambda: _take(st.session_state[key]),
    )
    row = by_id[st.session_state[_RUNNER]]
    diary = session.diary_of(squad, row.runner)
    words, guide = st.columns([3, 2], gap="large")
    with words:
        _flags(squad, row)
        if access.is_shared("home", diary.scope):
            if st.button("Open the diary", type="primary", icon=":material/open_in_new:"):
                session.open_diary(row.runner)
                st.switch_page("../pages/home.py")
            _course(diary)
        else:
            st.markdown(_NOT_ALL)
    with guide:
        if access.is_shared("guides", diary.scope):
            overview.due_guide(diary)
    return diary


def _course(diary: Diary) -> None:
    """The runner's own half year, as their Home shows it."""
    weeks = window(diary.weeks(), BOARD_WEEKS)
    if not weeks.empty:
        st.caption("As this runner reads it on their own pages; so does the guide.")
        panels.chart(overview.time_chart(diary, weeks), "squad-timeline", CHART_KEY)


def _take(runner: int) -> None:
    """A runner chosen in the list is not the row that the table still marks."""
    st.session_state[_RUNNER] = runner
    st.session_state[_TABLE] += 1


def _flags(squad: Squad, row: BoardRow) -> None:
    for kind in row.flags:
        level = level_of(kind)
        words = (
            f"**{board_words.headline(row, kind)}**  \n{board_words.rule(row, kind, squad.today, squad.units)}  \n"
            f":small[{board_words.source(kind)}]"
        )
        if level == "unknown":
            with st.container(border=True):
                st.markdown(f":gray[:material/help: Not answered.] {words}")
        else:
            panels.tell(level, words)
    if not row.flags:
        st.markdown(board_words.nothing(row))
    if row.unshared:
        st.caption(f"Not shared with you: {board_words.not_shared(row)}.")
