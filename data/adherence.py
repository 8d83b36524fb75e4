"""Which plan is in force, and which sessions count by it: the share of the prescribed sets that each one holds."""

from sqlalchemy import ColumnElement, Subquery, and_, case, func, select

from data.schema import (
    plan_items,
    plans,
    strength_sessions,
    strength_sets,
)
from data.sql import day_before
from data.store import Scope

SESSION_COUNTS_AT = 0.75  # share of its prescribed sets; evidence section 5, a convention


def plans_in_force(scope: Scope) -> Subquery:
    """Plans with the days they are really in force, one at a time: each ends before the next one starts. Its columns:
    id, starts_on, ends_on (NULL: still in force), days_per_week."""
    c = plans.c
    next_starts_on = func.lead(c.starts_on).over(order_by=c.starts_on)
    ends_on = case((c.ends_on < next_starts_on, c.ends_on), else_=func.coalesce(day_before(next_starts_on), c.ends_on))
    mine = c.runner_id == scope.runner_id
    return select(c.id, c.starts_on, ends_on.label("ends_on"), c.days_per_week).where(mine).subquery()


def session_shares(scope: Scope) -> Subquery:
    """Share of the prescribed main-block sets each session holds, by the plan in force that day: session_id, share.

    A pair of left and right counts once, one leg alone counts half; more sets than prescribed of one leg or one
    exercise do not make up for another. The warm-up does not count.
    """
    done, plan = _sets_done(scope), plans_in_force(scope)
    sets, sided = plan_items.c.sets, plan_items.c.side
    left, right = _at_most(done.c.left, sets), _at_most(done.c.right, sets)
    logged = case(
        (sided == "left", left + done.c.both),
        (sided == "right", right + done.c.both),
        else_=(left + right) / 2.0 + done.c.both,
    )
    counted = func.coalesce(_at_most(logged, sets), 0)
    in_force = and_(
        plan.c.starts_on <= strength_sessions.c.on_date,
        func.coalesce(plan.c.ends_on, strength_sessions.c.on_date) >= strength_sessions.c.on_date,
    )
    return (
        select(
            strength_sessions.c.id.label("session_id"),
            (func.sum(counted) * 1.0 / func.sum(sets)).label("share"),
        )
        .join(plan, in_force)
        .join(plan_items, and_(plan_items.c.plan_id == plan.c.id, plan_items.c.block == "main"))
        .outerjoin(done, and_(done.c.session_id == strength_sessions.c.id, done.c.exercise == plan_items.c.exercise))
        .where(strength_sessions.c.runner_id == scope.runner_id)
        .group_by(strength_sessions.c.id)
        .subquery()
    )


def _at_most(count: ColumnElement[float], limit: ColumnElement[int]) -> ColumnElement[float]:
    return case((count > limit, limit), else_=count)


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
