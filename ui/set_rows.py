"""The sets of one exercise to fill in, each a row, with the exercise's guide beside them."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Final, Literal

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from analysis.bands import STOP
from guides.catalogue import exercise, shared_advice
from ui import guide, hold_timer, inputs
from ui.diary import Diary
from ui.rows import Row
from ui.session_lines import Line, Set, Stored

_SHORT: Final = {"repetitions": "Reps", "seconds": "Seconds"}
_GROUP_WIDTH: Final = {1: 190, 2: 300}  # pixels: two fields of a two-legged exercise, three of a one-sided one


def card(
    diary: Diary, lines: Sequence[Line], known: Stored, version: str, *, asks: str | None, prefill: bool, timed: bool
) -> list[Set]:
    """One exercise: what the plan asks, its sets, and its guide. Returns the sets that were filled in."""
    shown = exercise(lines[0].exercise)
    with st.container(border=True):
        st.markdown(f"**{shown.name}**{f': {asks}' if asks else ''}")
        sets, beside = st.columns([3, 2], gap="medium")
        with beside:
            guide.beside(shown, diary)
        with sets:
            return list(_sets(lines, known, version, prefill=prefill, timed=timed))


def _sets(lines: Sequence[Line], known: Stored, version: str, *, prefill: bool, timed: bool) -> Iterator[Set]:
    """Every set until one hurt too much; those that were stored all the same, or that the runner asks for, follow."""
    stopped = False
    for line in lines:
        stored = {side: known.get((line.exercise, line.ordinal, side), {}) for side in line.sides}
        if stopped and not any(stored.values()):
            continue
        row = _row(line, stored, version, prefill=prefill, timed=timed)
        yield from row
        if (worst := _worst(row)) in range(STOP.low, STOP.high + 1):
            stop_rule(line.exercise, worst)
            stopped = line != lines[-1] and not st.toggle("I did more sets", key=f"{version}-{line.exercise}-more")


def _worst(row: Sequence[Set]) -> int:
    return max((part["pain"] for part in row if part["pain"] is not None), default=0)


def stop_rule(slug: str, pain: int) -> None:
    """What to do now that an exercise hurt more than the limit, in the words of the guides."""
    words = f"Pain was {pain} of 10 in {exercise(slug).name}. {' '.join(shared_advice().stop_rule)}"
    st.error(f"{words} The log asks for it no more today.", icon=":material/front_hand:")


def _row(line: Line, stored: Mapping[str, Row], version: str, *, prefill: bool, timed: bool) -> list[Set]:
    """One set: how much on each side and with what, then how it felt; a side without a number was not done."""
    key = f"{version}-{line.exercise}-{line.ordinal}"
    either: Row = next((row for row in stored.values() if row), {"load_kg": line.load_kg} if prefill else {})
    st.caption(f"Set {line.ordinal}")
    with st.container(horizontal=True, gap="small"):
        with _group(line):
            amounts = {side: _amount(line, side, row, key, prefill, timed) for side, row in stored.items()}
            load = _load(line, either, key)
        with _group(line):
            pains = {side: _pain(line, side, row, key) for side, row in stored.items()}
            effort = _effort(line, either, key)
    said = [side for side in line.sides if amounts[side] is not None or pains[side] is not None]
    if not said and (load, effort) != (None, None):
        said = [line.sides[0]]  # a load without a number: refused at the door, not dropped here
    common = {"exercise": line.exercise, "ordinal": line.ordinal, "load_kg": load, "effort": effort}
    numbers = {"repetitions": None, "seconds": None}
    return [common | numbers | {"side": side, line.kind: amounts[side], "pain": pains[side]} for side in said]


def _group(line: Line) -> DeltaGenerator:
    """Fields that stay side by side; on a phone the second group stands below the first, column under column."""
    wraps = line.kind == "seconds" and line.block == "main"  # timers need room of their own
    width: Literal["stretch"] | int = "stretch" if wraps else _GROUP_WIDTH[len(line.sides)]
    return st.container(horizontal=True, vertical_alignment="bottom", gap="small", width=width)


def _amount(line: Line, side: str, stored: Row, key: str, prefill: bool, timed: bool) -> int | None:
    name, field = _of(side), f"{key}-{side}"
    start = _cell(stored, line.kind, line.target if prefill else None)
    number = inputs.whole(f"{_SHORT[line.kind]}{name}", field, start, kept=True)
    if line.kind == "seconds" and timed:
        hold_timer.show(f"{exercise(line.exercise).name}, set {line.ordinal}{name}", line.target, field)
    return number


def _pain(line: Line, side: str, stored: Row, key: str) -> int | None:
    pain = _cell(stored, "pain")
    if line.block == "warm-up":
        return pain
    return inputs.whole(f"Pain{_of(side)}", f"{key}-{side}-pain", pain, explain=inputs.PAIN_ENDS, kept=True)


def _load(line: Line, either: Row, key: str) -> float | None:
    load = either.get("load_kg")
    return load if line.block == "warm-up" else inputs.kilograms("Load (kg)", f"{key}-load", load, kept=True)


def _effort(line: Line, either: Row, key: str) -> int | None:
    effort = _cell(either, "effort")
    if line.block == "warm-up":
        return effort
    return inputs.whole("Effort", f"{key}-effort", effort, explain=inputs.EFFORT_ENDS, kept=True)


def _of(side: str) -> str:
    return "" if side == "both" else f" {side}"


def _cell(row: Row, column: str, otherwise: int | None = None) -> int | None:
    value = row.get(column)
    return otherwise if value is None else int(value)
