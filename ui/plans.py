"""Plans on the screen: a proposal with its reasons, and the plan in force."""

from collections.abc import Iterable, Sequence
from datetime import date

import pandas as pd
import streamlit as st

from analysis.phrases import count
from analysis.timetable import touching_sentence
from guides.catalogue import exercise, shared_advice
from guides.schema import Block
from guides.starting_plan import PlanItem, PlanProposal, starting_plan
from ui import panels, plan_parts, saving, self_tests, timetables
from ui.diary import Diary
from ui.rows import rows

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
        _worst(_logged_pain(diary), [leg.pain for leg in legs]),
        diary.circumstances(),
    )


def _either(legs: Iterable[bool | None]) -> bool | None:
    """Whether something was found on a leg; None when neither leg says."""
    known = [answer for answer in legs if answer is not None]
    return any(known) if known else None


def _logged_pain(diary: Diary) -> list[pd.Series]:
    """The pain of the last weeks: in reports, in sets, and the mornings after."""
    reports, sets = diary.pain(_PAIN_DAYS), diary.training(_PAIN_DAYS)
    return [reports["worst_running"], reports["next_morning"], sets["pain"], sets["next_morning_pain"]]


def _worst(logged: Iterable[pd.Series], in_test: Sequence[int | None]) -> int | None:
    """The worst pain that was logged and in the test; None when nothing is known."""
    known = [pain for pains in (*logged, pd.Series(in_test, dtype="float64")) for pain in pains.dropna()]
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
            blocks([(item.block, _line(item)) for item in proposal.items])
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
        panels.bullets(shared_advice().progress)
        panels.evidence(shared_advice().progress_evidence)
        panels.stop_rule()


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


def blocks(lines: Sequence[tuple[Block, str]]) -> None:
    """The exercises of each block, in order."""
    for heading, block in (("Warm-up", "warm-up"), ("Main exercises", "main")):
        if of_block := [line for its_block, line in lines if its_block == block]:
            st.markdown(f"**{heading}**")
            panels.bullets(of_block)


def _line(item: PlanItem) -> str:
    """'Split squat: 2 sets of 8 to 12 repetitions on each side'."""
    sets = "1 set" if item.sets == 1 else f"{item.sets} sets"
    amount = f"{item.low}" if item.low == item.high else f"{item.low} to {item.high}"
    side = " on each side" if item.side == "each" else ""
    return f"{exercise(item.exercise).name}: {sets} of {amount} {item.kind}{side}"


def _same(in_force: pd.DataFrame, proposal: PlanProposal) -> bool:
    """Whether the plan in force is what is proposed, to the last number and day."""
    if in_force.empty or in_force["weekdays"].iloc[0] != proposal.weekdays:
        return False
    return plan_parts.of_rows(rows(in_force)) == plan_parts.of_proposal(proposal.items)


def lines(items: pd.DataFrame) -> list[str]:
    """The plan in force, a line an exercise: 'Split squat: 3 x 8 on each side'."""
    return [plan_parts.line(row) for row in rows(items)]


def asks(items: pd.DataFrame) -> dict[str, str]:
    """What the plan asks of each exercise: '3 x 8 on each side'."""
    return {row["exercise"]: plan_parts.asks(row) for row in rows(items)}


def in_force(diary: Diary) -> None:
    """The plan of today and the one that takes its place tomorrow, and the way to end them; nothing without one."""
    now, coming = diary.plan_on(diary.today), diary.plan_on(diary.next_day())
    if now.empty and coming.empty:
        return
    if not now.empty:
        _items(now, diary.today)
    if not coming.equals(now) and not coming.empty:
        _items(coming, diary.today)
    with st.popover("End this plan", type="tertiary"):
        st.markdown("From today nothing is prescribed any more; past weeks stay as they are. You can undo it.")
        if st.button("End it today", type="primary"):
            saving.save(diary.end_plan, "Your plan has ended.", form(diary))


def _items(plan: pd.DataFrame, today: date) -> None:
    started, days = since(plan["starts_on"].iloc[0].date(), today), plan["days_per_week"].iloc[0]
    st.markdown(f"### Your plan {started}, {count(days, 'day')} a week")
    blocks([(row["block"], line) for row, line in zip(rows(plan), lines(plan), strict=True)])
