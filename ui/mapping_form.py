"""What the columns of an unknown table are: asked once, with the table in sight, remembered by its headings, and asked
anew when the runner wants to change it."""

from collections.abc import Mapping as Dict
from collections.abc import Sequence
from dataclasses import replace
from typing import Any, Final, get_args
from zlib import crc32

import pandas as pd
import streamlit as st

from data.fields import SITES
from data.importers.dates import ORDERS
from data.importers.mapping import unnamed
from data.importers.result import HEADINGS, Mapped
from data.importers.tables import SIDES, DecimalSign, DistanceUnit, LoadUnit, Mapping, Table, TimeUnit
from ui import inputs, saving, tables
from ui.diary import Diary

_ROWS: Final = 8
_NAMED: Final = 8  # columns that are not read
_WIDTH: Final = 400  # pixels of a choice: two beside each other, or one on a phone
_RUNS: Final = {
    "distance": "Distance of the run",
    "unit": "Unit of the distance, where a column has it",
    "time": "Time of the run",
    "start": "Start on the clock, where the date does not say it",
    "effort": "Effort, 0 to 10",
    "sport": "Sport (rows of other sports are left out)",
}
_WEEKS: Final = {"week_distance": "Distance of a whole week"}
_PAIN: Final = {"pain": "Pain, 0 to 10", "pain_right": "Pain of the right side, where the first is the left's"}
_SETS: Final = {
    "exercise": "Exercise",
    "sets": "Number of sets",
    "repetitions": "Repetitions",
    "seconds": "Seconds held",
    "load": "Load",
}
_UNITS: Final[Dict[str, tuple[str, str, tuple[str, ...]]]] = {  # of which column, in which words, which choices
    "distance_unit": ("distance", "Distances are in", get_args(DistanceUnit)),
    "time_unit": ("time", "Times are", get_args(TimeUnit)),
    "load_unit": ("load", "Loads are in", get_args(LoadUnit)),
}
_UNIT_WORDS: Final = {"m:ss as h:mm": "m:ss, shown as h:mm by a spreadsheet"}
_NOTHING: Final = "Not in this table"
_SAID: Final[Dict[str, str]] = {  # of each column, as what it was read
    "date": "the date, {date_order}",
    "start": "the start",
    "distance": "the distance in {distance_unit}",
    "unit": "its unit",
    "time": "the time in {time_unit}",
    "effort": "the effort",
    "sport": "the sport",
    "week_distance": "the distance of a week in {distance_unit}",
    "pain": "the pain",
    "pain_right": "the pain of the right side",
    "site": "its site",
    "side": "its side",
    "exercise": "the exercise",
    "sets": "the number of sets",
    "repetitions": "the repetitions",
    "seconds": "the seconds held",
    "load": "the load in {load_unit}",
}
_ANEW: Final = "import-asked-anew"  # session key: the keys of tables whose columns are being changed


def show(diary: Diary, files: str, table: Table) -> None:
    """Ask how to read the table, which is in these files; once that is kept, the page reads it so."""
    with st.container(border=True):
        st.text(f"What are the columns of {files}?")  # plain: a name is no markup
        tables.table(
            _first_rows(table), f"first-rows-{crc32(table.key.encode()):08x}", alt="The first rows of the table"
        )
        kept = diary.reading().mappings.get(table.key)
        found = _asked(table if kept is None else replace(table, guess=kept), f"map-{table.key}")
        with st.container(horizontal=True, vertical_alignment="center"):
            if found.date is None:
                st.markdown("Say which column has the date.")
            elif not _holds_something(found):
                st.markdown("Say at least one of distance, time, pain, exercise, or the distance of a week.")
            elif st.button("Read it so", type="primary", key=f"map-{table.key}-read") and saving.attempt(
                lambda: diary.choose_import("table", {table.key: found.to_json()})
            ):
                _ask(table.key, anew=False)
            if kept is not None and st.button("Leave it as it was", key=f"map-{table.key}-leave"):
                _ask(table.key, anew=False)
        st.caption("It is remembered: the next table with these headings is read the same way.")


def show_kept(diary: Diary, files: str, mapped: Mapped) -> None:
    """Say as what the columns of the table in these files were read, and offer to change it."""
    mapping = diary.reading().mappings.get(mapped.key)
    if mapping is None:  # given up meanwhile, in another tab
        return
    words = _words(mapped.headings, mapping)
    with st.container(border=True, horizontal=True, vertical_alignment="center"):
        st.text(f"{files}: as you said, {words}.{_not_read(mapped.headings, mapping)}")  # plain: a heading is no markup
        if mapped.position != HEADINGS:
            st.caption("It is in a zip. To change its columns, choose it by itself.")
        elif st.button("Change its columns", key=f"map-{mapped.key}-change", icon=":material/edit:"):
            _ask(mapped.key, anew=True)


def asked_anew() -> frozenset[str]:
    """The keys of the tables whose columns are being changed: they are read by no mapping."""
    return frozenset(st.session_state.get(_ANEW, ()))


def _ask(key: str, *, anew: bool) -> None:
    """The page with the question about this table, or without it."""
    st.session_state[_ANEW] = asked_anew() | {key} if anew else asked_anew() - {key}
    st.rerun()


def _words(headings: Sequence[str], mapping: Mapping) -> str:
    """'Tag is the date, day first; Strecke is the distance in km'."""
    values = mapping.to_json()
    columns = {name: values[name] for name in _SAID if isinstance(values[name], int)}
    words = dict(_SAID) | ({} if mapping.pain_right is None else {"pain": "the pain of the left side"})
    said = [f"{headings[at] or f'column {at + 1}'} is {words[name].format(**values)}" for name, at in columns.items()]
    said += [f"without {', '.join(mapping.no_runs)}"] if mapping.no_runs else []
    for_all_rows = () if mapping.pain is None else ("site", "side") if mapping.pain_right is None else ("site",)
    said += [f"its {name} is '{values[name]}'" for name in for_all_rows if isinstance(values[name], str)]
    said += [f"the decimal sign is a {mapping.decimal_sign}"] if mapping.decimal_sign in ("point", "comma") else []
    return "; ".join(said)


def _not_read(headings: Sequence[str], mapping: Mapping) -> str:
    """The columns that say nothing to the diary: a second one of pain may be among them."""
    read = {at for at in mapping.to_json().values() if isinstance(at, int) and not isinstance(at, bool)}
    others = [heading for at, heading in enumerate(headings) if at not in read and heading]
    more = f" and {len(others) - _NAMED} more" if len(others) > _NAMED else ""
    return f" Not read: {', '.join(others[:_NAMED])}{more}." if others else ""


def _first_rows(table: Table) -> pd.DataFrame:
    names = [f"{at + 1}: {name}" if name else f"Column {at + 1}" for at, name in enumerate(table.header)]
    return pd.DataFrame([list(row) for row in table.first_rows[:_ROWS]], columns=names)


def _asked(table: Table, key: str) -> Mapping:
    guess = table.guess
    chosen: dict[str, Any] = {"date": _column(table, "Date", guess.date, f"{key}-date")}
    if not guess.is_order_sure:
        st.markdown("The dates do not show whether the day or the month comes first.")
    order = st.radio("Dates are written", ORDERS, ORDERS.index(guess.date_order), key=f"{key}-order", horizontal=True)
    chosen |= {"date_order": order, "is_order_sure": True}
    for label, fields in (("A run", _RUNS), ("A week", _WEEKS), ("Pain", _PAIN), ("Strength training", _SETS)):
        proposed = any(getattr(guess, name) is not None for name in fields)
        with st.expander(label, expanded=proposed):
            with st.container(horizontal=True, vertical_alignment="bottom"):
                for name, words in fields.items():
                    chosen[name] = _column(table, words, getattr(guess, name), f"{key}-{name}")
            if label == "A run" and chosen["sport"] is not None:
                chosen["no_runs"] = _no_runs(table, chosen["sport"], guess.no_runs, f"{key}-no-runs")
            if label == "Pain" and chosen["pain"] is not None:
                asked = ("site", "side") if chosen["pain_right"] is None else ("site",)
                chosen |= {name: _place(table, name, getattr(guess, name), key) for name in asked}
    for name, (of, words, choices) in _UNITS.items():
        if chosen.get(of) is not None or (name == "distance_unit" and chosen["week_distance"] is not None):
            at = choices.index(getattr(guess, name))
            chosen[name] = st.radio(words, choices, at, key=f"{key}-{name}", horizontal=True, format_func=_unit_words)
    signs = get_args(DecimalSign)
    at = signs.index(guess.decimal_sign)
    chosen["decimal_sign"] = st.radio("Decimal sign", signs, at, key=f"{key}-decimal-sign", horizontal=True)
    return replace(guess, **chosen)


def _column(table: Table, label: str, guess: int | None, key: str) -> int | None:
    options: list[int | None] = [None, *range(len(table.header))]
    at = options.index(guess)
    return st.selectbox(label, options, at, format_func=lambda one: _named(table, one), key=key, width=_WIDTH)


def _named(table: Table, at: int | None) -> str:
    return _NOTHING if at is None else f"{at + 1}: {table.header[at] or 'without a heading'}"


def _unit_words(unit: str) -> str:
    return _UNIT_WORDS.get(unit, unit)


def _no_runs(table: Table, column: int, kept: Sequence[str], key: str) -> tuple[str, ...]:
    """Which words of the column are no runs, of those that only the runner knows."""
    words = unnamed(table, column)
    if not words:
        return ()
    told = "These words name no sport that is known here. Rows of them count as runs, but of those that you choose."
    chosen = st.multiselect(
        "Words that are no run",
        words,
        [word for word in kept if word in words],
        key=key,
        help=told,
        placeholder="All are runs",
    )
    return tuple(chosen)


def _place(table: Table, name: str, guess: int | str, key: str) -> int | str:
    """The column that has the site or the side, or one word for all rows."""
    words = SITES if name == "site" else SIDES
    options: list[int | str] = [*words, *range(len(table.header))]
    chosen = st.selectbox(
        inputs.sentence(name),
        options,
        options.index(guess),
        format_func=lambda one: one if isinstance(one, str) else f"Column {_named(table, one)}",
        key=f"{key}-{name}",
        width=_WIDTH,
    )
    return chosen


def _holds_something(found: Mapping) -> bool:
    return any(column is not None for column in found.amounts)
