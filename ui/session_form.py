"""A strength session: prefilled from the plan, one tap for 'done as prescribed', each side of each set to edit."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import Any, Final

import pandas as pd
import streamlit as st

from analysis.evidence import PAIN_ACCEPTABLE_MAX
from guides.catalogue import exercise, exercises, shared_advice
from ui import hold_timer, inputs, panels, plans, saving
from ui.diary import Diary
from ui.rows import Row, rows

_EXTRA_SETS: Final = 3  # what an exercise outside the plan starts with
_MORNING_DAYS: Final = 2  # later nobody remembers the morning
_SET_FIELDS: Final = ("exercise", "ordinal", "side", "repetitions", "seconds", "load_kg", "effort", "pain")

Set = dict[str, Any]  # one row of `data.entries.StrengthSet`


@dataclass(frozen=True)
class Line:
    """One set of an exercise as the form shows it: `kind` is repetitions or seconds, `target` the plan's number.

    Of a warm-up set only the number is asked.
    """

    exercise: str
    ordinal: int
    kind: str
    sides: tuple[str, ...]
    target: int | None
    block: str


def show(diary: Diary, day: date) -> None:
    """The whole session of a day: done as prescribed, or set by set."""
    plan, stored = diary.plan_on(day), diary.sets_on(day)
    hurt = _hurt(stored)
    ordinal = _which_session(stored, day)
    stored = stored[stored["session"] == ordinal]
    saving.version(_form(diary, day, ordinal))
    asked = plan[~plan["exercise"].isin(hurt)]
    if stored.empty and not asked.empty:
        _as_prescribed(diary, day, ordinal, asked)
    if stored.empty and plan.empty:
        st.markdown("No plan is in force on this day. Choose what you did.")
    _show_stop_rule(hurt)
    if day == diary.today:
        hold_timer.show([int(seconds) for seconds in asked["seconds"].dropna()])
    label = "Change what you logged" if len(stored) else "Enter it set by set"
    with st.expander(label, expanded=plan.empty or len(stored) > 0, icon=":material/edit:"):
        _edit(diary, day, ordinal, asked, stored)
    if len(stored):
        session_id, label = int(stored["session_id"].iloc[0]), f"Session of {day:%-d %B %Y}"
        saving.delete_button(diary, "session", session_id, label, _form(diary, day, ordinal))


def _form(diary: Diary, day: date, ordinal: int) -> str:
    return f"session-{diary.runner.id}-{day}-{ordinal}"


def ask_morning(diary: Diary) -> None:
    """The one question that a session leaves for the day after: how the next morning was."""
    recent = [row for row in rows(diary.sessions(_MORNING_DAYS)) if row["on_date"].date() < diary.today]
    if not recent or recent[0]["next_morning_pain"] is not None:
        return
    day, ordinal = recent[0]["on_date"].date(), recent[0]["ordinal"]
    morning = inputs.pain(f"Worst pain the morning after your session of {day:%A}", f"morning-after-{recent[0]['id']}")
    if morning is not None:
        sets = diary.sets_on(day)
        parts = [{name: row[name] for name in _SET_FIELDS} for row in rows(sets[sets["session"] == ordinal])]
        session = {"on_date": day, "ordinal": ordinal, "next_morning_pain": morning, "parts": parts}
        saving.save(lambda: diary.record_session(session), "Morning pain saved.")


def _which_session(stored: pd.DataFrame, day: date) -> int:
    logged = int(stored["session"].max()) if len(stored) else 0
    if logged == 0:
        return 1
    options = list(range(1, logged + 2))
    chosen = st.segmented_control(
        "Session of the day",
        options,
        default=1,
        required=True,
        key=f"session-ordinal-{day}",
        format_func=lambda number: f"Session {number}" if number <= logged else "Another session",
    )
    return chosen or 1  # `required` is asked of the browser alone


def _as_prescribed(diary: Diary, day: date, ordinal: int, plan: pd.DataFrame) -> None:
    panels.bullets(plans.lines(plan))
    if st.button("Done as prescribed", type="primary", icon=":material/done_all:", width="stretch"):
        parts = [row for line in _prescribed(plan) for row in _as_planned(line)]
        session = {"on_date": day, "ordinal": ordinal, "parts": parts}
        done = "Session saved as prescribed. Add effort and pain below."
        saving.save(lambda: diary.record_session(session), done, _form(diary, day, ordinal))
    st.caption("Effort and pain stay open until you enter them.")


def _as_planned(line: Line) -> list[Set]:
    common = {"exercise": line.exercise, "ordinal": line.ordinal, line.kind: line.target}
    return [common | {"side": side} for side in line.sides]


def _prescribed(plan: pd.DataFrame) -> Iterator[Line]:
    for item in rows(plan):
        kind = "seconds" if item["repetitions"] is None else "repetitions"
        sides = ("left", "right") if item["side"] == "each" else (item["side"],)
        for ordinal in range(1, item["sets"] + 1):
            yield Line(item["exercise"], ordinal, kind, sides, int(item[kind]), item["block"])


def _lines(plan: pd.DataFrame, stored: pd.DataFrame, extra: list[str]) -> list[Line]:
    """What the plan prescribes, what is stored besides, and the exercises that were added by hand."""
    lines = {(line.exercise, line.ordinal): line for line in _prescribed(plan)}
    for slug, ordinal in stored[["exercise", "ordinal"]].drop_duplicates().itertuples(index=False):
        lines.setdefault((slug, ordinal), _free_line(slug, ordinal))
    for slug in extra:
        for ordinal in range(1, _EXTRA_SETS + 1):
            lines.setdefault((slug, ordinal), _free_line(slug, ordinal))
    return list(lines.values())


def _free_line(slug: str, ordinal: int) -> Line:
    guide = exercise(slug)
    sides = ("left", "right") if guide.sides == "each" else ("both",)
    return Line(slug, ordinal, guide.kind, sides, None, guide.block)


def _edit(diary: Diary, day: date, ordinal: int, plan: pd.DataFrame, stored: pd.DataFrame) -> None:
    version = saving.version(_form(diary, day, ordinal))
    stored = pd.DataFrame(saving.held(version, "stored", partial(rows, stored)), columns=stored.columns)
    planned = set(plan["exercise"]) | set(stored["exercise"])
    others = [guide.slug for guide in exercises() if guide.slug not in planned]
    label = "Other exercises you did" if planned else "Exercises you did"
    extra = st.multiselect(label, others, key=f"extra-{version}", format_func=lambda slug: exercise(slug).name)
    known = {(row["exercise"], row["ordinal"], row["side"]): row for row in rows(stored)}
    with st.form(f"session-{version}", border=False):
        parts: list[Set] = []
        shown = ""
        for line in _lines(plan, stored, extra):
            if line.exercise != shown:
                st.markdown(f"**{exercise(line.exercise).name}**")
                shown = line.exercise
            parts += _line(line, known, version, prefill=stored.empty)
        morning = inputs.pain("Worst pain the next morning", f"morning-{version}", _morning(stored))
        sent = st.form_submit_button("Save session", width="stretch", type="primary" if len(stored) else "secondary")
    if sent:
        session = {"on_date": day, "ordinal": ordinal, "next_morning_pain": morning, "parts": parts}
        saving.save(lambda: diary.record_session(session), "Session saved.", _form(diary, day, ordinal))


def _line(line: Line, known: Mapping[tuple[str, int, str], Row], version: str, *, prefill: bool) -> list[Set]:
    """One set: a number and a pain for each side, load and effort for both; sides left empty were not done."""
    key = f"{version}-{line.exercise}-{line.ordinal}"
    stored = {side: known.get((line.exercise, line.ordinal, side), {}) for side in line.sides}
    with st.container(horizontal=True, vertical_alignment="bottom", gap="small"):
        st.markdown(f"Set {line.ordinal}", width=40)
        sides = [_side(line, side, row, key, prefill=prefill) for side, row in stored.items()]
        both = _of_both(line, next((row for row in stored.values() if row), {}), key)
    said = [row for row in sides if row[line.kind] is not None or row["pain"] is not None]
    if not said and any(value is not None for value in both.values()):
        said = sides[:1]  # a load without a number: refused at the door, not dropped here
    return [{"exercise": line.exercise, "ordinal": line.ordinal, **both, **row} for row in said]


def _side(line: Line, side: str, stored: Row, key: str, *, prefill: bool) -> Set:
    name = "" if side == "both" else f" {side}"
    start = _cell(stored, line.kind, line.target if prefill else None)
    number = inputs.whole(f"{_SHORT[line.kind]}{name}", f"{key}-{side}", start)
    pain = _cell(stored, "pain")
    if line.block == "main":
        pain = inputs.whole(f"Pain{name}", f"{key}-{side}-pain", pain, explain=inputs.PAIN_ENDS)
    return {"side": side, line.kind: number, "pain": pain}


def _of_both(line: Line, stored: Row, key: str) -> Set:
    load, effort = stored.get("load_kg"), _cell(stored, "effort")
    if line.block == "main":
        load = inputs.kilograms("Load (kg)", f"{key}-load", load)
        effort = inputs.whole("Effort", f"{key}-effort", effort, explain=inputs.EFFORT_ENDS)
    return {"load_kg": load, "effort": effort}


_SHORT: Final = {"repetitions": "Reps", "seconds": "Seconds"}


def _cell(row: Row, column: str, otherwise: int | None = None) -> int | None:
    value = row.get(column)
    return otherwise if value is None else int(value)


def _morning(stored: pd.DataFrame) -> int | None:
    return _cell(next(iter(rows(stored)), {}), "next_morning_pain")


def _hurt(stored: pd.DataFrame) -> dict[str, int]:
    """The worst pain of each exercise that hurt above the limit that day; it is asked for no more until tomorrow."""
    hurt = stored[stored["pain"] > PAIN_ACCEPTABLE_MAX].groupby("exercise", sort=False)["pain"].max()
    return {str(slug): int(pain) for slug, pain in hurt.items()}


def _show_stop_rule(hurt: Mapping[str, int]) -> None:
    if hurt:
        where = " ".join(f"Pain was {pain} of 10 in {exercise(slug).name}." for slug, pain in hurt.items())
        again = "The log asks for it no more today."
        st.error(f"{where} {' '.join(shared_advice().stop_rule)} {again}", icon=":material/front_hand:")
