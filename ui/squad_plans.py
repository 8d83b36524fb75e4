"""Plans for a squad: templates, what one would change for each runner, and giving it to many of them at once."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Final
from zlib import crc32

import streamlit as st

from analysis.board import BoardRow
from analysis.phrases import count
from analysis.timetable import touching_sentence
from data.errors import NotFoundError
from guides.starting_plan import propose_weekdays
from ui import panels, plan_changes, plan_parts, plans, saving, session, timetables
from ui.diary import Diary
from ui.plan_changes import Change, Given, Template
from ui.rows import rows
from ui.squad import Squad

_GIVEN: Final = "plans-given"  # session key: what became of the last plan that was given, by coach
_SEEN: Final = "plans-compared"  # session key: what the template changes, by template and state of the diary
_KEEP: Final = "keep-template"  # the form's name
_FOR: Final = "squad-template-for"  # the list of who is to get it, empty again once they have it
_HEADINGS: Final = {"changes": "What changes for", "same": "No change for", "impossible": "Cannot be given to"}
_ABOVE_5: Final = "**Pain above 5 of 10** of late: a clinician first, then a new plan (our convention)."


def show(squad: Squad, board: Sequence[BoardRow]) -> None:
    """Choose a template and runners, see what changes for each, and give it."""
    st.markdown("### Plans")
    names = squad.names
    with panels.readable():
        st.markdown("Give one plan to many runners, and see first what it changes for each of them.")
        template = _chosen(squad)
        if template is not None:
            _look(squad, template)
            _assign(squad, template, names, board)
        _report(squad, names)
        _keep(squad, names)


# Templates


def _chosen(squad: Squad) -> Template | None:
    own = [
        Template(one.name, one.weekdays, tuple(part.model_dump() for part in one.parts), one.id)
        for one in squad.templates()
    ]
    options = {template.name: template for template in own}
    for ready in plan_changes.ready_made():
        options.setdefault(f"Ready-made: {ready.name}", ready)
    chosen = st.selectbox("Plan template", list(options), index=None, key="squad-template", placeholder="Choose one")
    return options.get(chosen) if chosen is not None else None


def _look(squad: Squad, template: Template) -> None:
    """What the template asks for, and the way to delete one's own."""
    days, exercises = count(len(template.weekdays), "day"), count(len(template.parts), "exercise")
    with st.expander(f"What it asks: {days} a week, {exercises}", icon=":material/list:"):
        st.markdown(f"{timetables.day_names(template.weekdays)}. {touching_sentence(template.weekdays) or ''}")
        plans.blocks([(part["block"], plan_parts.line(part)) for part in template.parts])
        if template.own_id is not None:
            with st.popover("Delete this template", type="tertiary"):
                st.markdown("Delete it? It cannot be brought back. Plans that were given from it stay as they are.")
                if st.button("Delete the template", type="primary"):
                    _remove(squad, template.own_id)


def _remove(squad: Squad, template_id: int) -> None:
    if saving.attempt(lambda: squad.remove_template(template_id)):
        saving.announce("Template deleted.")


def _keep(squad: Squad, names: Mapping[int, str]) -> None:
    """A runner's plan as a template."""
    with st.expander("Save a runner's plan as a template", icon=":material/bookmark_add:"):
        runner = st.selectbox("Whose plan", list(names), format_func=names.__getitem__, key="squad-template-from")
        diary = session.diary_of(squad, runner)
        if "training" not in diary.scope.reads:
            st.markdown(plan_changes.NO_READING)
            return
        items = rows(diary.plan_on(diary.next_day()))
        if not items:
            st.markdown("No plan of this runner is in force.")
            return
        days = items[0]["weekdays"] or propose_weekdays(items[0]["days_per_week"])
        if items[0]["weekdays"] is None:
            st.caption(f"This plan names no days. The template will say: {timetables.day_names(days)}.")
        version = saving.version(_KEEP)
        with st.form(version, border=False):
            name = st.text_input("Name of the template", max_chars=80, key=f"{version}-name")
            st.caption("A template of the same name is replaced. Plans that were given from it stay as they are.")
            sent = st.form_submit_button("Save the template", icon=":material/bookmark_add:")
        if sent and saving.attempt(lambda: squad.save_template(name, plan_parts.of_rows(items), days)):
            saving.announce("Template saved.", _KEEP)


# Giving


def _assign(squad: Squad, template: Template, names: Mapping[int, str], board: Sequence[BoardRow]) -> None:
    chosen = st.multiselect(
        "Runners",
        list(names),
        key=saving.version(_FOR),
        format_func=lambda runner: names.get(runner, str(runner)),
        select_all=True,
        placeholder="Choose one or more",
    )
    diaries = [session.diary_of(squad, runner) for runner in chosen if runner in names]
    if not diaries:
        return
    changes = _changes(diaries, template)
    hurting = {row.runner for row in board if "pain above 5" in row.flags}
    _preview(changes, names, hurting)
    receiving = [diary for diary in diaries if changes[diary.runner.id].kind == "changes"]
    if not receiving:
        return
    # What is seen is part of the key: a click on a preview that has changed meanwhile gives nothing.
    seen = crc32(repr([(diary.runner.id, changes[diary.runner.id]) for diary in receiving]).encode())
    label = f"Give this plan to {count(len(receiving), 'runner')}"
    if st.button(label, key=f"give-plan-{seen}", type="primary", icon=":material/event_available:"):
        _give(squad, template, diaries, changes)


def _changes(diaries: Sequence[Diary], template: Template) -> dict[int, Change]:
    """What it changes for each. What the run before has worked out stands until the diary changes: reading the plans of
    200 runners takes seconds."""
    known, what = st.session_state.get(_SEEN, {}), crc32(repr(template).encode())
    keys = {diary.runner.id: (what, diary.scope, diary.runner.revision, diary.today) for diary in diaries}
    with st.spinner("Comparing plans"):
        found = {
            keys[diary.runner.id]: known.get(keys[diary.runner.id]) or plan_changes.change(diary, template)
            for diary in diaries
        }
    st.session_state[_SEEN] = found
    return {runner: found[key] for runner, key in keys.items()}


def _preview(changes: Mapping[int, Change], names: Mapping[int, str], hurting: set[int]) -> None:
    """Runners for whom it changes the same stand together, by the day on which it begins."""
    groups: dict[tuple[str, tuple[str, ...]], dict[date | None, list[str]]] = {}
    for runner, change in changes.items():
        care = (_ABOVE_5,) if runner in hurting and change.kind == "changes" else ()
        group = groups.setdefault((change.kind, (*care, *change.lines)), {})
        group.setdefault(change.starts_on, []).append(names[runner])
    for kind, heading in _HEADINGS.items():
        for (of_kind, lines), by_day in groups.items():
            if of_kind == kind:
                _group(heading, by_day, lines)


def _because(day: date, first: date | None) -> str:
    """Why some begin a day later than others."""
    return "" if day == first else " (the session of the day before is logged already)"


def _group(heading: str, by_day: Mapping[date | None, Sequence[str]], lines: Sequence[str]) -> None:
    with st.container(border=True, gap="small"):
        st.markdown(f"**{heading} {count(sum(map(len, by_day.values())), 'runner')}**")
        first = min((day for day in by_day if day is not None), default=None)
        for day, names in by_day.items():
            begins = "" if day is None else f"From {day:%-d %B %Y}{_because(day, first)}: "
            st.text(f"{begins}{', '.join(names)}")  # plain: a name is no markup
        if lines:
            panels.bullets(lines)


def _give(squad: Squad, template: Template, diaries: Sequence[Diary], changes: Mapping[int, Change]) -> None:
    """Each runner's plan is a write of its own: one that is refused leaves the others as they are. Nothing is drawn
    before the report is kept, so another click cannot stop it halfway or lose what can be taken back."""
    with st.spinner("Giving the plan"):
        given = [plan_changes.give(diary, template, changes[diary.runner.id]) for diary in diaries]
        st.session_state[_key(squad)] = given
        for diary in diaries:
            saving.begin_again(plans.form(diary))
    saved = sum(one.receipt is not None for one in given)
    if saved:
        saving.announce(f"Plan given to {count(saved, 'runner')}.", _FOR)
    saving.announce("No plan was given: it says below why.")


# What became of it


def _key(squad: Squad) -> str:
    return f"{_GIVEN}-{squad.scope.coach_id}"


def _report(squad: Squad, names: Mapping[int, str]) -> None:
    """What became of the last plan that was given, runner by runner, and the way to take all of it back."""
    given: list[Given] = st.session_state.get(_key(squad), [])
    if not given:
        return
    by_words: dict[str, list[str]] = {}
    for one in given:
        by_words.setdefault(one.said, []).append(names.get(one.runner_id, "A runner who left the squad"))
    with st.container(border=True, gap="small"):
        st.markdown("**The plan you gave**")
        for said, runners in by_words.items():
            st.markdown(said)
            st.text(", ".join(runners))
        saved = sum(one.receipt is not None for one in given)
        with st.container(horizontal=True):
            if saved and st.button(f"Take it back from {count(saved, 'runner')}", icon=":material/undo:"):
                _take_back(squad, given)
            if st.button("Close", key="close-plans-given", type="tertiary"):
                del st.session_state[_key(squad)]
                st.rerun()


def _take_back(squad: Squad, given: Sequence[Given]) -> None:
    """All of them, each in its own write; what could not be taken back says why."""
    diaries = {one.runner_id: _diary(squad, one.runner_id) for one in given if one.receipt is not None}
    with st.spinner("Taking it back"):
        st.session_state[_key(squad)] = [_taken_back(one, diaries[one.runner_id]) for one in given if one.receipt]
    saving.announce("Taken back.")


def _taken_back(given: Given, diary: Diary | None) -> Given:
    if diary is None:
        return Given(given.runner_id, "Not taken back. This runner left the squad.")
    saving.begin_again(plans.form(diary))
    return Given(given.runner_id, plan_changes.take_back(diary, given))


def _diary(squad: Squad, runner_id: int) -> Diary | None:
    try:
        return session.diary_of(squad, runner_id)
    except NotFoundError:
        return None
