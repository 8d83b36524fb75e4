"""The sets of one exercise to fill in, each a row, with the exercise's guide beside them."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Final, Literal

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from analysis.bands import STOP
from guides.catalogue import exercise
from ui import guide, hold_timer, inputs, panels
from ui.diary import Diary
from ui.rows import Row
from ui.session_lines import Line, Set, Stored

_SHORT: Final = {"repetitions": "Reps", "seconds": "Seconds"}
_GROUP_WIDTH: Final = {1: 190, 2: 300}  # pixels: two fields of a two-legged exercise, three of a one-sided one


def card(
    diary: Diary,
    lines: Sequence[Line],
    known: Stored,
    version: str,
    *,
    asks: str | None,
    prefill: bool,
    timed: bool,
    stopped: bool,
) -> list[Set]:
    """One exercise: what the plan asks, its sets, and its guide. Returns the sets that were filled in.

    `stopped`: the session was over before this exercise, unless the runner says otherwise.
    """
    shown = exercise(lines[0].exercise)
    with st.container(border=True):
        with st.container(horizontal=True, horizontal_alignment="distribute"):
            st.markdown(f"**{shown.name}**{f': {asks}' if asks else ''}")
            is_done = not asks or _is_done(lines, known, version, stopped=stopped)
        if not is_done:
            return []
        sets, beside = st.columns([3, 2], gap="medium")
        with beside:
            guide.beside(shown, diary)
        with sets:
            # After a stop only what was typed counts: the plan's numbers would be a guess.
            filled = prefill and not (stopped and _any_typed(lines, version))
            return list(_sets(lines, known, version, filled=filled, timed=timed))


def _is_done(lines: Sequence[Line], known: Stored, version: str, *, stopped: bool) -> bool:
    """Whether the runner did this exercise of the plan: as it is stored, else assumed, until one before it hurt too
    much. What the runner said before that, by a switch or in a field, holds."""
    key = f"{version}-{lines[0].exercise}"
    if known:
        stored = any(lines[0].exercise == slug for slug, _, _ in known)
        return st.toggle("Done", stored, key=f"{key}-done", persist_state="session")
    said = bool(st.session_state.get(f"{key}-done", True))
    start = said and (not stopped or _any_typed(lines, version))
    return st.toggle("Done", start, key=f"{key}-{'after-a-stop' if stopped else 'done'}", persist_state="session")


def _sets(lines: Sequence[Line], known: Stored, version: str, *, filled: bool, timed: bool) -> Iterator[Set]:
    """Every set until one hurt too much. Those that were stored or typed all the same follow; the others are asked for
    again, and then empty, when the runner says there were more. `filled`: as the plan asks, until something is typed.
    """
    stopped = more = False
    for line in lines:
        stored = {side: known.get((line.exercise, line.ordinal, side), {}) for side in line.sides}
        changed, added = _is_typed(line, version, prefill=True), _is_typed(line, version, prefill=False)
        if stopped and not (any(stored.values()) or changed or added or more):
            continue
        prefill = changed or (filled and not stopped and not added)
        row = _row(line, stored, version, prefill=prefill, timed=timed)
        yield from row
        if hurts(row):
            stop_rule(line.exercise, _worst(row))
            stopped = True
            more = line != lines[-1] and st.toggle("I did more sets", key=f"{_key(line, version)}-more")


def hurts(sets: Sequence[Set]) -> bool:
    """Whether one of the sets hurt so much that the session is over."""
    return _worst(sets) in range(STOP.low, STOP.high + 1)


def _worst(row: Sequence[Set]) -> int:
    return max((part["pain"] for part in row if part["pain"] is not None), default=0)


def stop_rule(slug: str, pain: int) -> None:
    """What to do now that an exercise hurt more than the limit, in the words of the guides."""
    words = f"Pain was {pain} of 10 in {exercise(slug).name}. {panels.stop_rule_words()}"
    rest = "The log asks for it no more today, and takes no other exercise below for done unless you say so."
    panels.tell("stop", f"{words} {rest}")


def _key(line: Line, version: str, *, prefill: bool = False) -> str:
    """Where the fields of a set are kept. What fills them is a part of it, so that no number from an earlier plan stays
    in them."""
    filled = f"{line.target}-{line.load_kg}" if prefill else "open"
    return f"{version}-{filled}-{line.exercise}-{line.ordinal}"


def _any_typed(lines: Sequence[Line], version: str) -> bool:
    return any(_is_typed(line, version, prefill=True) for line in lines)


def _is_typed(line: Line, version: str, *, prefill: bool) -> bool:
    """Whether the runner changed a field of a set, as the plan filled it in or left it empty."""
    key = _key(line, version, prefill=prefill)
    start: dict[str, float | None] = {f"{key}-{side}": line.target if prefill else None for side in line.sides}
    start |= {f"{key}-load": line.load_kg if prefill else None, f"{key}-effort": None}
    start |= {f"{key}-{side}-pain": None for side in line.sides}
    return any(st.session_state.get(field, begun) != begun for field, begun in start.items())


def _row(line: Line, stored: Mapping[str, Row], version: str, *, prefill: bool, timed: bool) -> list[Set]:
    """One set: how much on each side and with what, then how it felt; a side without a number was not done."""
    key = _key(line, version, prefill=prefill)
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
