"""The next step of each exercise of the plan, to accept or decline, and the answers there were."""

from typing import Final

import streamlit as st

from analysis.evidence import PAIN_CARRY_ON_MAX, PROGRESS_EFFORT_MAX, PROGRESS_SESSIONS
from analysis.progression import NotLogged, Offer, answered, next_step
from analysis.training import sessions_of, target_of
from guides.catalogue import exercise
from guides.ladders import ladder, progression_rule
from ui import nav, panels, plans, saving
from ui.diary import Diary
from ui.rows import Row, rows

_WHEN: Final = (
    f"{PROGRESS_SESSIONS} days of training in a row at the top of the range, with effort of"
    f" {PROGRESS_EFFORT_MAX} or less and pain of {PAIN_CARRY_ON_MAX} or less"
)
_DAYS: Final = 56  # eight weeks: two sessions at the top are searched no further back


def show(diary: Diary) -> None:
    """What to decide now; nothing without a plan."""
    items = [item for item in rows(diary.plan_on(diary.next_day())) if item["block"] == "main"]
    if not items:
        return
    st.markdown("### Next steps")
    found = [(item["exercise"], step) for item in items if (step := next_for(diary, item)) is not None]
    for slug, step in found:
        with st.container(border=True):
            st.markdown(f"**{exercise(slug).name}**")
            _show(diary, step)
    if not found:
        st.markdown(f"Nothing to change now. A next step is offered after {_WHEN}.")
    rule = progression_rule()
    st.caption(f"{rule.why} {rule.source}.")


def next_for(diary: Diary, item: Row) -> Offer | NotLogged | None:
    """The next step of one row of the plan."""
    target = target_of(item)
    sessions = sessions_of(diary.training(_DAYS), target)
    steps = ladder(target.exercise, diary.circumstances())
    return next_step(target, sessions, steps, answered(diary.offers(), target.exercise))


def _show(diary: Diary, step: Offer | NotLogged) -> None:
    if isinstance(step, NotLogged):
        st.info(step.reason, icon=":material/edit_note:")
        nav.link("log", "Go to the log", ":material/arrow_forward:")
        return
    if step.stop:
        panels.tell("stop", f"{step.reason} {panels.stop_rule_words()}")
    else:
        st.markdown(step.reason)
    st.caption(step.source)
    slug, editor = step.before.exercise, plans.form(diary)
    # The offer is part of the key: a click on one that has changed meanwhile answers nothing.
    offered = f"{slug}-{step.step}-{step.after}"
    with st.container(horizontal=True):
        if st.button(_yes(step), key=f"accept-{offered}", type="primary"):
            saving.save(lambda: diary.answer_offer(step, accepted=True), "Your answer is saved.", editor)
        if st.button("Decline", key=f"decline-{offered}"):
            saving.save(
                lambda: diary.answer_offer(step, accepted=False),
                "Declined. Your plan stays as it is.",
                plans.form(diary),
            )


def _yes(step: Offer) -> str:
    if step.leave_out:
        return "Leave it out for now"
    return "Stay with this step" if step.step == "hold" else "Accept"


def answers(diary: Diary) -> None:
    """Every step that was offered and answered, newest first."""
    panels.bullets(
        f"{row['answered_on'] or row['on_date']:%-d %B %Y}, {exercise(row['exercise']).name}: {row['step']},"
        f" from {row['from_value']} to {row['to_value']}. You {row['answer'] or 'have not answered'}."
        for row in rows(diary.offers())
    )
