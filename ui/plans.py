"""Plans on the screen: a proposal with its reasons, and the plan in force."""

from collections.abc import Iterable, Sequence
from datetime import date

import pandas as pd
import streamlit as st

from analysis.phrases import count
from analysis.plan import target
from analysis.timetable import touching_sentence
from guides.catalogue import exercise, shared_advice
from guides.starting_plan import PlanItem, PlanProposal, starting_plan
from ui import panels, saving, self_tests, timetables
from ui.diary import Diary
from ui.rows import Row, rows

_PAIN_DAYS = 28  # reports of four weeks count for a proposal


def form(diary: Diary) -> str:
    """The name of the plan's editor in this tab: what changes the plan here lets it begin again."""
    name = f"plan-{diary.runner.id}"
    saving.version(name)
    return name


def propose(diary: Diary) -> PlanProposal:
    """The plan to propose from the latest self-test, the pain of late, and what the runner said about themselves."""
    latest = next(iter(self_tests.stored(diary.tests())), None)
    legs = () if latest is None else (latest.left, latest.right)
    return starting_plan(
        _either(leg.knee_inside for leg in legs),
        _either(None if leg.pelvis_level is None else not leg.pelvis_level for leg in legs),
        _worst(diary.pain(_PAIN_DAYS), (leg.pain for leg in legs)),
        diary.circumstances(),
    )


def _either(legs: Iterable[bool | None]) -> bool | None:
    """Whether something was found on a leg; None when neither leg says."""
    known = [answer for answer in legs if answer is not None]
    return any(known) if known else None


def _worst(reports: pd.DataFrame, in_test: Iterable[int | None]) -> int | None:
    """The worst pain of recent reports and of the test; None when nothing is known."""
    known = [*reports["worst_running"].dropna(), *(pain for pain in in_test if pain is not None)]
    return int(max(known)) if known else None


def offer(diary: Diary) -> None:
    """The proposed plan, why, and one button to start it; nothing to press when the same plan is in force."""
    proposal, coming = propose(diary), diary.plan_on(diary.next_day())
    with st.container(border=True):
        st.markdown("### A plan to start with")
        if proposal.see_clinician and proposal.items:
            st.warning(
                "Your pain is above 5 of 10. See a clinician before you start: this is the gentlest plan we have."
            )
        if proposal.items:
            st.markdown(_days(proposal.weekdays))
            _blocks(proposal.items)
        else:
            st.warning("No plan of ours fits you now. The reasons are below.")
        _why(proposal)
        if proposal.items:
            _start(diary, proposal, coming)


def _days(weekdays: Sequence[int]) -> str:
    """'2 days a week, with at least a day between: Tuesday, Friday.'; days that touch are named."""
    close = touching_sentence(weekdays)
    apart = "" if close or len(weekdays) == 1 else ", with at least a day between"
    named = f"{count(len(weekdays), 'day')} a week{apart}: {timetables.day_names(weekdays)}."
    return f"{named} {close}" if close else named


def _why(proposal: PlanProposal) -> None:
    with st.expander("Why this plan", expanded=not proposal.items):
        for reason in proposal.why:
            st.markdown(f"- {reason.why} {panels.attribution(reason.source, reason.status)}")
        panels.bullets((*shared_advice().progress, *shared_advice().stop_rule))


def _start(diary: Diary, proposal: PlanProposal, coming: pd.DataFrame) -> None:
    if _same(coming, proposal):
        st.markdown(f":material/check: In force {since(coming['starts_on'].iloc[0].date(), diary.today)}.")
        return
    first = coming.empty
    if st.button("Start this plan", type="primary" if first else "secondary", icon=":material/event_available:"):
        saving.save(lambda: diary.start_plan(proposal), "Your plan is in force.", form(diary))
    if not first:
        st.caption(
            "Starting it ends the plan that is in force now; your past weeks keep being measured against that one."
        )


def since(first: date, today: date) -> str:
    """'since 4 March 2026', or 'from' a day that is still to come."""
    return f"{'from' if first > today else 'since'} {first:%-d %B %Y}"


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
    return [f"{exercise(row['exercise']).name}: {_target(row)}" for row in rows(items)]


def asks(items: pd.DataFrame) -> dict[str, str]:
    """What the plan asks of each exercise: '3 x 8 on each side'; both amounts where it stands in both blocks."""
    found: dict[str, str] = {}
    for row in rows(items):
        earlier = found.get(row["exercise"])
        found[row["exercise"]] = f"{earlier}, then {_target(row)}" if earlier else _target(row)
    return found


def _target(row: Row) -> str:
    amounts = (row["sets"], row["repetitions"], row["seconds"], row["side"])
    return target(*amounts, row["high"], row["load_kg"], row["stage"] or "usual")


def in_force(diary: Diary) -> None:
    """The plan of today, and the way to end it."""
    items = diary.plan_on(diary.today)
    if items.empty:
        items = diary.plan_on(diary.next_day())
    if items.empty:
        return
    started = since(items["starts_on"].iloc[0].date(), diary.today)
    with st.expander(f"Your plan {started}, {count(items['days_per_week'].iloc[0], 'day')} a week"):
        panels.bullets(lines(items))
        with st.popover("End this plan", type="tertiary"):
            st.markdown("From today nothing is prescribed any more; past weeks stay as they are. You can undo it.")
            if st.button("End it today", type="primary"):
                saving.save(diary.end_plan, "Your plan has ended.", form(diary))
