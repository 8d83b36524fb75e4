"""Which sessions count: the share of the prescribed sets each one holds, reckoned by the database."""

from sqlalchemy import Subquery, and_, case, func, select

from data.schema import (
    plan_items,
    plans,
    strength_sessions,
    strength_sets,
)
from data.store import Scope

SESSION_COUNTS_AT = 0.75  # share of its prescribed sets; evidence section 5, a convention


def session_shares(scope: Scope) -> Subquery:
    """Share of the prescribed main-block sets each session holds, by the plan in force that day: session_id, share.

    A pair of left and right counts once, one leg alone counts half; more sets than prescribed of one exercise do not
    make up for another. The warm-up does not count.
    """
    done = _sets_done(scope)
    sets, sided = plan_items.c.sets, plan_items.c.side
    logged = case(
        (sided == "each", (done.c.left + done.c.right) / 2.0 + done.c.both),
        (sided == "left", done.c.left + done.c.both),
        (sided == "right", done.c.right + done.c.both),
        else_=done.c.both + (done.c.left + done.c.right) / 2.0,
    )
    counted = func.coalesce(case((logged > sets, sets), else_=logged), 0)
    in_force = and_(
        plans.c.runner_id == strength_sessions.c.runner_id,
        plans.c.starts_on <= strength_sessions.c.on_date,
        func.coalesce(plans.c.ends_on, strength_sessions.c.on_date) >= strength_sessions.c.on_date,
    )
    return (
        select(
            strength_sessions.c.id.label("session_id"),
            (func.sum(counted) * 1.0 / func.sum(sets)).label("share"),
        )
        .join(plans, in_force)
        .join(plan_items, and_(plan_items.c.plan_id == plans.c.id, plan_items.c.block == "main"))
        .outerjoin(done, and_(done.c.session_id == strength_sessions.c.id, done.c.exercise == plan_items.c.exercise))
        .where(strength_sessions.c.runner_id == scope.runner_id)
        .group_by(strength_sessions.c.id)
        .subquery()
    )


def _sets_done(scope: Scope) -> Subquery:
    """How many sets of each exercise each session holds: session_id, exercise, left, right, both."""
    sides = (
        func.sum(case((strength_sets.c.side == side, 1), else_=0)).label(side) for side in ("left", "right", "both")
    )
    did_something = func.coalesce(strength_sets.c.repetitions, strength_sets.c.seconds, 0) > 0
    return (
        select(strength_sets.c.session_id, strength_sets.c.exercise, *sides)
        .join(strength_sessions, strength_sessions.c.id == strength_sets.c.session_id)
        .where(strength_sessions.c.runner_id == scope.runner_id, did_something)
        .group_by(strength_sets.c.session_id, strength_sets.c.exercise)
        .subquery()
    )
