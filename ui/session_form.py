"""A strength session: filled in as the plan asks, saved in one tap, or changed set by set before that."""

from collections.abc import Iterable
from datetime import date
from functools import partial
from itertools import groupby
from typing import Final

import pandas as pd
import streamlit as st

from analysis.evidence import PAIN_ACCEPTABLE_MAX
from guides.catalogue import exercise, exercises
from ui import drawing, inputs, plans, saving, session_lines, set_rows
from ui.diary import Diary
from ui.rows import Row, rows
from ui.session_lines import Lines, Set, Stored

_MORNING_DAYS: Final = 2  # later nobody remembers the morning
_SET_FIELDS: Final = ("exercise", "ordinal", "side", "repetitions", "seconds", "load_kg", "effort", "pain")


def show(diary: Diary, day: date) -> None:
    """The whole session of a day: as prescribed until something is changed."""
    plan, all_stored = diary.plan_on(day), diary.sets_on(day)
    ordinal = _which_session(all_stored, day)
    stored = all_stored[all_stored["session"] == ordinal]
    if stored.empty and plan.empty:
        st.markdown("No plan is in force on this day. Choose what you did.")
    hurt_before = _hurt(all_stored[all_stored["session"] != ordinal])
    for slug, pain in hurt_before.items():
        set_rows.stop_rule(slug, pain)
    asked = plan[~plan["exercise"].isin(hurt_before)]
    _edit(diary, day, ordinal, asked, stored)
    if len(stored):
        session_id, label = int(stored["session_id"].iloc[0]), f"Session of {day:%-d %B %Y}"
        saving.delete_button(diary, "session", session_id, label, _form(diary, day, ordinal))


def _form(diary: Diary, day: date, ordinal: int) -> str:
    return f"session-{diary.runner.id}-{day}-{ordinal}"


def ask_morning(diary: Diary) -> None:
    """The one question that a session leaves for the day after: how the next morning was. Asked once a day of training,
    about its last session."""
    before_today = [row for row in rows(diary.sessions(_MORNING_DAYS)) if row["on_date"].date() < diary.today]
    for day, of_day in groupby(before_today, key=lambda row: row["on_date"].date()):
        sessions = list(of_day)
        if all(row["next_morning_pain"] is None for row in sessions):
            _ask_morning_after(diary, day, sessions[0]["ordinal"])


def _ask_morning_after(diary: Diary, day: date, ordinal: int) -> None:
    key = f"morning-after-{diary.runner.id}-{day}"
    morning = inputs.pain(f"Worst pain the morning after your session of {day:%A}", key)
    if morning is not None:
        sets = diary.sets_on(day)
        parts = [{name: row[name] for name in _SET_FIELDS} for row in rows(sets[sets["session"] == ordinal])]
        session = {"on_date": day, "ordinal": ordinal, "next_morning_pain": morning, "parts": parts}
        form = _form(diary, day, ordinal)
        saving.version(form)  # that day's form begins again, or it would save its own, unanswered morning over this one
        saving.save(lambda: diary.record_session(session), "Morning pain saved.", form)


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


def _edit(diary: Diary, day: date, ordinal: int, plan: pd.DataFrame, stored: pd.DataFrame) -> None:
    """The form; it saves what stands in it, in one tap on top while that is the plan as it is."""
    form = _form(diary, day, ordinal)
    version = saving.version(form)
    known = _known(saving.held(version, "stored", partial(rows, stored)))
    top, sets = st.container(), st.container()
    lines = session_lines.by_exercise(plan, known, _extra(plan, known, version))
    with sets:
        parts = _cards(diary, lines, plan, known, version, timed=day == diary.today)
    before = next(iter(known.values()), {}).get("next_morning_pain")
    morning = inputs.pain("Worst pain the next morning", f"morning-{version}", before)
    as_prescribed = session_lines.is_the_plan(parts, lines) and morning is None
    if as_prescribed and not known and len(stored):
        # Logged elsewhere meanwhile, and nothing is typed here to keep: one tap would replace it by the plan's numbers.
        saving.begin_again(form)
        st.rerun()
    session = {"on_date": day, "ordinal": ordinal, "next_morning_pain": morning, "parts": parts}
    done = "Session saved as prescribed. Add effort and pain below." if as_prescribed else "Session saved."
    with top:
        if not known and not plan.empty and _in_one_tap(version, as_prescribed=as_prescribed):
            saving.save(lambda: diary.record_session(session), done, form)
    if st.button("Save session", key=f"save-{version}", width="stretch", type="primary" if known else "secondary"):
        saving.save(lambda: diary.record_session(session), done, form)


def _known(stored: list[Row]) -> Stored:
    return {(row["exercise"], row["ordinal"], row["side"]): row for row in stored}


def _extra(plan: pd.DataFrame, known: Stored, version: str) -> list[str]:
    """The exercises that the runner adds to what is there, to be tapped on and off."""
    there = {*plan["exercise"], *(slug for slug, _, _ in known)}
    label = "Other exercises you did" if there else "Exercises you did"
    with st.expander(label, icon=":material/add:") if there else st.container():
        return st.pills(
            label,
            [guide.slug for guide in exercises() if guide.slug not in there],
            selection_mode="multi",
            key=f"extra-{version}",
            format_func=lambda slug: exercise(slug).name,
            persist_state="session",
            label_visibility="collapsed" if there else "visible",
        )


def _cards(diary: Diary, lines: Lines, plan: pd.DataFrame, known: Stored, version: str, *, timed: bool) -> list[Set]:
    """A card an exercise; the warm-up's are folded while nothing in them has to be filled in."""
    if lines:
        drawing.stand_still("log")
    asked = plans.asks(plan)
    parts: list[Set] = []

    def add(slugs: Iterable[str]) -> None:
        for slug in slugs:
            shown = partial(set_rows.card, diary, lines[slug], known, version, asks=asked.get(slug))
            parts.extend(shown(prefill=not known, timed=timed, stopped=set_rows.hurts(parts)))

    warm_up = [slug for slug, sets in lines.items() if all(line.block == "warm-up" for line in sets)]
    if warm_up:
        with st.expander("Warm-up" if known else "Warm-up, filled in as planned", icon=":material/self_improvement:"):
            add(warm_up)
    add(slug for slug in lines if slug not in warm_up)
    return parts


def _in_one_tap(version: str, *, as_prescribed: bool) -> bool:
    """The button on top saves what stands below: the plan as it is, until something is changed."""
    label = "Done as prescribed" if as_prescribed else "Save the session with your changes"
    pressed = st.button(label, key=f"done-{version}", type="primary", icon=":material/done_all:", width="stretch")
    st.caption(
        "It saves the numbers below, the lower end of each range. If you did more, say so: the next step is offered at"
        " the top. Effort and pain stay open until you enter them."
    )
    return pressed


def _hurt(stored: pd.DataFrame) -> dict[str, int]:
    """The worst pain of each exercise that hurt above the limit that day; it is asked for no more until tomorrow."""
    hurt = stored[stored["pain"] > PAIN_ACCEPTABLE_MAX].groupby("exercise", sort=False)["pain"].max()
    return {str(slug): int(pain) for slug, pain in hurt.items()}
