"""Plans on the screen: a proposal with its reasons, and the plan in force."""

from collections.abc import Iterable

import pandas as pd
import streamlit as st

from analysis.plan import target
from guides.catalogue import exercise, shared_advice
from guides.starting_plan import PlanItem, PlanProposal
from ui import panels, saving
from ui.diary import Diary
from ui.rows import rows


def either(left: bool | None, right: bool | None) -> bool | None:
    """Whether something was found on a leg; None when neither leg says."""
    known = [answer for answer in (left, right) if answer is not None]
    return any(known) if known else None


def opposite(answer: bool | None) -> bool | None:
    """Not, for three states."""
    return None if answer is None else not answer


def worst(reports: pd.DataFrame, in_test: Iterable[int | None]) -> int | None:
    """The worst pain of recent reports and of the test; None when nothing is known."""
    known = [*reports["worst_running"].dropna(), *(pain for pain in in_test if pain is not None)]
    return int(max(known)) if known else None


def offer(diary: Diary, proposal: PlanProposal) -> None:
    """The proposed plan, why, and one button to start it; nothing to press when the same plan is in force."""
    in_force = diary.plan_on(diary.today)
    with st.container(border=True):
        st.markdown("### A plan to start with")
        if proposal.see_clinician:
            st.warning(
                "Your pain is above 5 of 10. See a clinician before you start: this is the gentlest plan we have."
            )
        days = "1 day" if proposal.days_per_week == 1 else f"{proposal.days_per_week} days"
        st.markdown(f"{days} a week, with a day between.")
        _blocks(proposal.items)
        with st.expander("Why this plan"):
            for reason in proposal.why:
                ours = " Our convention." if reason.status == "convention" else ""
                st.markdown(f"- {reason.why} :small[{reason.source}.{ours}]")
            panels.bullets((*shared_advice().progress, *shared_advice().stop_rule))
        if _same(in_force, proposal):
            st.markdown(f":material/check: In force since {in_force['starts_on'].iloc[0]:%-d %B %Y}.")
        elif st.button("Start this plan", type="primary", icon=":material/event_available:"):
            saving.save(lambda: diary.start_plan(proposal), "Your plan is in force.")
        if not in_force.empty and not _same(in_force, proposal):
            st.caption(
                "Starting it ends the plan that is in force now; your past weeks keep being measured against that one."
            )


def _blocks(items: Iterable[PlanItem]) -> None:
    for heading, block in (("Warm-up", "warm-up"), ("Main exercises", "main")):
        lines = [_line(item) for item in items if item.block == block]
        if lines:
            st.markdown(f"**{heading}**")
            panels.bullets(lines)


def _line(item: PlanItem) -> str:
    """'Split squat: 2 sets of 8 to 12 repetitions on each side'."""
    sets = "1 set" if item.sets == 1 else f"{item.sets} sets"
    amount = f"{item.low}" if item.low == item.high else f"{item.low} to {item.high}"
    side = " on each side" if item.side == "each" else ""
    return f"{exercise(item.exercise).name}: {sets} of {amount} {item.kind}{side}"


def _same(in_force: pd.DataFrame, proposal: PlanProposal) -> bool:
    if in_force.empty or in_force["days_per_week"].iloc[0] != proposal.days_per_week:
        return False
    stored = {(row["exercise"], row["block"], row["sets"]) for row in rows(in_force)}
    return stored == {(item.exercise, item.block, item.sets) for item in proposal.items}


def lines(items: pd.DataFrame) -> list[str]:
    """The plan in force, a line an exercise: 'Split squat: 3 x 8 on each side'."""
    return [
        f"{exercise(row['exercise']).name}: {target(row['sets'], row['repetitions'], row['seconds'], row['side'])}"
        for row in rows(items)
    ]


def in_force(diary: Diary) -> None:
    """The plan of today, and the way to end it."""
    items = diary.plan_on(diary.today)
    if items.empty:
        return
    started = items["starts_on"].iloc[0]
    with st.expander(f"Your plan since {started:%-d %B %Y}, {items['days_per_week'].iloc[0]} days a week"):
        panels.bullets(lines(items))
        with st.popover("End this plan", type="tertiary"):
            st.markdown("From today nothing is prescribed any more; past weeks stay as they are. You can undo it.")
            if st.button("End it today", type="primary"):
                saving.save(diary.end_plan, "Your plan has ended.")
