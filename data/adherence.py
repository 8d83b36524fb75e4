"""Which plan is in force, and which days of training count by it: the share of the prescribed sets that each holds."""

from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Select, Subquery, and_, case, func, select

from data.plan_schema import plan_items, plans
from data.schema import strength_sessions, strength_sets
from data.scope import Scope, SquadScope
from data.sql import day_before

DAY_COUNTS_AT = 0.75  # share of its prescribed sets; evidence section 5, a convention


def plans_with(scope: Scope | SquadScope, exercise: str | None) -> Select[Any]:
    """Of `plans_in_force` those with this exercise in their main block, or all of them."""
    plan = plans_in_force(scope)
    if exercise is None:
        return select(plan)
    holds = select(plan_items.c.plan_id).where(plan_items.c.exercise == exercise, plan_items.c.block == "main")
    return select(plan).where(plan.c.id.in_(holds))


def plans_in_force(scope: Scope | SquadScope) -> Subquery:
    """Plans with the days they are really in force, one at a time: each ends before the runner's next one starts. Its
    columns: id, runner_id, starts_on, ends_on (NULL: still in force), days_per_week, weekdays."""
    c = plans.c
    next_starts_on = func.lead(c.starts_on).over(partition_by=c.runner_id, order_by=c.starts_on)
    ends_on = case((c.ends_on < next_starts_on, c.ends_on), else_=func.coalesce(day_before(next_starts_on), c.ends_on))
    query = select(c.id, c.runner_id, c.starts_on, ends_on.label("ends_on"), c.days_per_week, c.weekdays)
    return query.where(scope.holds(c.runner_id, "training")).subquery()


def day_shares(scope: Scope | SquadScope, exercise: str | None = None, since: date | None = None) -> Subquery:
    """Share of the prescribed main-block sets that each day of training holds, by the plan in force that day:
    runner_id, on_date, share. Of one `exercise` alone where it is named; days of plans without it are not among them.
    `since` a day, or all.

    All sessions of a day are taken together. A pair of left and right counts once, one leg alone counts half; more sets
    than prescribed of one leg or one exercise do not make up for another. The warm-up does not count.
    """
    done = _sets_done(scope, exercise, since).c
    left, right = _at_most(done.left, done.sets), _at_most(done.right, done.sets)
    logged = case(
        (done.sided == "left", left + done.both),
        (done.sided == "right", right + done.both),
        else_=(left + right) / 2.0 + done.both,
    )
    share = func.sum(_at_most(logged, done.sets)) * 1.0 / func.sum(done.sets)
    day = (done.runner_id, done.on_date)
    return select(*day, share.label("share")).group_by(*day).subquery()


def _at_most(count: ColumnElement[float], limit: ColumnElement[int]) -> ColumnElement[float]:
    return case((count > limit, limit), else_=count)


def _sets_done(scope: Scope | SquadScope, exercise: str | None, since: date | None) -> Subquery:
    """For each day of training and each main item of the plan of that day, how many sets of it the day's sessions hold:
    runner_id, on_date, sets and sided (what is prescribed), left, right, both."""
    session, item, plan = strength_sessions.c, plan_items.c, plans_in_force(scope)
    in_force = and_(
        plan.c.runner_id == session.runner_id,
        plan.c.starts_on <= session.on_date,
        func.coalesce(plan.c.ends_on, session.on_date) >= session.on_date,
    )
    of_item = and_(strength_sets.c.session_id == session.id, strength_sets.c.exercise == item.exercise)
    prescribed = and_(item.plan_id == plan.c.id, item.block == "main")
    if exercise is not None:
        prescribed = and_(prescribed, item.exercise == exercise)
    did_something = func.coalesce(strength_sets.c.repetitions, strength_sets.c.seconds, 0) > 0
    sides = (
        func.sum(case((strength_sets.c.side == side, 1), else_=0)).label(side) for side in ("left", "right", "both")
    )
    return (
        select(session.runner_id, session.on_date, item.sets, item.side.label("sided"), *sides)
        .join(plan, in_force)
        .join(plan_items, prescribed)
        .outerjoin(strength_sets, and_(of_item, did_something))
        .where(scope.holds(session.runner_id, "training"), *([] if since is None else [session.on_date >= since]))
        .group_by(session.runner_id, session.on_date, item.id, item.sets, item.side)
        .subquery()
    )
