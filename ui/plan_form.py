"""The plan to change by hand: days, exercises, sets, range and load; and the plans there were."""

from collections.abc import Mapping, Sequence
from typing import Any, Final

import streamlit as st

from analysis.timetable import WEEKDAYS, touching_sentence
from guides.catalogue import exercise, exercises
from ui import inputs, plan_parts, plans, saving, timetables
from ui.diary import Diary
from ui.plan_parts import Part
from ui.rows import rows

_BLOCKS: Final = {"warm-up": "Warm-up", "main": "Main exercises"}
_KEY: Final = "{block}: {exercise}"  # an exercise may have a dose in both


def show(diary: Diary) -> None:
    """The editor, filled with the plan in force; what is saved is a new plan from today, or from tomorrow when
    today's session is logged."""
    form = plans.form(diary)
    version = saving.version(form)
    # What was in force when this tab began to fill the form: it stays put while other tabs save.
    start = saving.held(version, "start", lambda: _start(diary))
    offered = _offered(diary, start["parts"])
    days = st.pills(
        "Training days",
        range(7),
        selection_mode="multi",
        default=start["weekdays"],
        key=f"{version}-days",
        format_func=lambda day: WEEKDAYS[day][:3],
    )
    if close := touching_sentence(days):
        st.warning(close, icon=":material/event_repeat:")
    chosen = [_key(part) for part in start["parts"]]
    parts = [part for block in ("warm-up", "main") for part in _chosen(offered, block, chosen, version)]
    if ruled_out := diary.spoken_against(guide.slug for guide in exercises()):
        names = ", ".join(exercise(slug).name for slug in ruled_out)
        st.caption(f"Not offered because of what you ticked under 'About you': {names}.")
    with st.form(f"{version}-parts", border=False):
        parts = [_part(part, f"{version}-{_key(part)}", diary) for part in parts]
        sent = st.form_submit_button("Save as my plan")
    if sent:
        done = f"Your plan is saved, {plans.since(diary.next_day(), diary.today)}."
        saving.save(lambda: diary.change_plan(parts, days), done, form)
    st.caption("Your past weeks keep being measured against the plan of their time.")


def _start(diary: Diary) -> dict[str, Any]:
    """Parts and days of the plan in force; empty without one."""
    items = rows(diary.plan_on(diary.next_day()))
    return {"parts": plan_parts.of_rows(items), "weekdays": list(items[0]["weekdays"] or ()) if items else []}


def _offered(diary: Diary, parts: list[Part]) -> dict[str, Part]:
    """What may be chosen: the plan as it is, then every other exercise that nothing ticked speaks against, in the parts
    of a session that it has a dose for."""
    known = {_key(part): part for part in parts}
    for guide in exercises():
        for block in ("main", "warm-up"):
            dose = guide.dose_in(block)
            if dose and not diary.spoken_against([guide.slug]):
                low, high = dose.amount.low, dose.amount.high
                part = plan_parts.new(guide.slug, block, guide.sides, dose.sets.low, guide.kind, low, high)
                known.setdefault(_key(part), part)
    return known


def _chosen(offered: Mapping[str, Part], block: str, start: Sequence[str], version: str) -> list[Part]:
    """The exercises for one block, to be tapped on and off: a list that unfolds would lie over what is below it."""
    options = [key for key, part in offered.items() if part["block"] == block]
    chosen = st.pills(
        _BLOCKS[block],
        options,
        selection_mode="multi",
        default=[key for key in start if key in options],
        key=f"{version}-{block}",
        format_func=lambda key: exercise(offered[key]["exercise"]).name,
    )
    return [offered[key] for key in options if key in chosen]


def _key(part: Part) -> str:
    return _KEY.format(**part)


def _name(part: Part) -> str:
    name = exercise(part["exercise"]).name
    return f"{name} (warm-up)" if part["block"] == "warm-up" else name


def _part(part: Part, key: str, diary: Diary) -> Part:
    """One exercise: sets, from, to, and in the main block a load and a form where there are several."""
    kind = "seconds" if part["repetitions"] is None else "repetitions"
    st.markdown(f"**{_name(part)}**, {kind}{' on each side' if part['side'] == 'each' else ''}")
    with st.container(horizontal=True, gap="small"):
        typed: Part = {
            "sets": inputs.whole("Sets", f"{key}-sets", part["sets"]),
            kind: inputs.whole("From", f"{key}-low", int(part[kind])),
            "high": inputs.whole("To", f"{key}-high", None if part["high"] is None else int(part["high"])),
        }
        if part["block"] == "main":
            typed["load_kg"] = inputs.kilograms("Load (kg)", f"{key}-load", part["load_kg"])
    forms = plan_parts.forms(part["exercise"], diary.circumstances())
    if part["block"] == "main" and len(forms) > 1:
        typed["stage"] = _form(forms, part["stage"], key)
    return part | typed


def _form(forms: Mapping[str, str], stage: str, key: str) -> str:
    """Which form of an exercise: the usual one, or a step further."""
    start = list(forms).index(stage) if stage in forms else 0
    return st.selectbox("Form", list(forms), start, format_func=forms.__getitem__, key=f"{key}-stage")


def history(diary: Diary) -> None:
    """Every plan there was, newest first, each with its lines."""
    for plan in reversed(rows(diary.plans())):
        first, last = plan["starts_on"].date(), plan["ends_on"]
        label = f"{first:%-d %B %Y} {'on' if last is None else f'to {last:%-d %B %Y}'}"
        days = timetables.day_names(plan["weekdays"]) if plan["weekdays"] else f"{plan['days_per_week']} days a week"
        saving.delete_button(diary, "plan", plan["id"], f"Plan of {label}", plans.form(diary))
        st.caption(days)
        st.markdown("\n".join(f"- {line}" for line in plans.lines(diary.plan_on(first))))
