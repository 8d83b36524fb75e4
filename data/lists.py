"""Entries as DataFrames with documented columns and dtypes, empty or not: unknown is NaN, NaT or NA."""

from collections import Counter
from collections.abc import Mapping
from datetime import date
from typing import Any

import pandas as pd
from sqlalchemy import Engine, Select, func, literal, select

from data.adherence import DAY_COUNTS_AT, day_shares, plans_in_force
from data.dtypes import COUNT, DAY, DAYS, FLAG, INSTANT, NUMBER, TEXT, WORDS
from data.engine import reading
from data.plan_schema import exercise_videos, profiles, progress_offers
from data.plan_schema import plan_items as items
from data.schema import (
    imports,
    injuries,
    pain_reports,
    running_signs,
    runs,
    self_test_sides,
    self_tests,
    strength_sessions,
    strength_sets,
    week_marks,
    weekly_totals,
)
from data.scope import Area, Scope, marks_held

__all__ = [
    "plan_item_list",
    "planned_list",
    "set_list",
    "exercise_list",
    "import_list",
    "injury_list",
    "mark_list",
    "offer_list",
    "pain_list",
    "plan_list",
    "profile_list",
    "run_list",
    "session_list",
    "sign_list",
    "test_list",
    "total_list",
    "training_list",
    "video_list",
]


def run_list(engine: Engine, scope: Scope, since: date | None = None) -> pd.DataFrame:
    """Single runs, newest first: id, local_date, start (UTC or NaT), distance_m, duration_s, effort, source, source_id,
    import_id."""
    query = (
        select(*(runs.c[column] for column in _RUN_COLUMNS))
        .where(scope.holds(runs.c.runner_id, "running"))
        .order_by(runs.c.local_date.desc(), runs.c.id.desc())
    )
    return read_frame(engine, query if since is None else query.where(runs.c.local_date >= since), _RUN_COLUMNS)


_RUN_COLUMNS = {
    "id": COUNT,
    "local_date": DAY,
    "start": INSTANT,
    "distance_m": NUMBER,
    "duration_s": NUMBER,
    "effort": NUMBER,
    "source": TEXT,
    "source_id": TEXT,
    "import_id": "Int64",
}


def pain_list(engine: Engine, scope: Scope, since: date | None = None) -> pd.DataFrame:
    """Pain reports, newest first: id, period, on_date (for a week its ISO Monday), site, side, worst_running,
    next_morning, and the OSTRC-O2 answers q1 to q4 as scores 0, 8, 17, 25."""
    c = pain_reports.c
    questions = zip(
        ("q1", "q2", "q3", "q4"), (c.participation, c.modified_training, c.performance, c.symptoms), strict=True
    )
    query = (
        select(c.id, c.period, c.on_date, c.site, c.side, c.worst_running, c.next_morning)
        .add_columns(*(column.label(name) for name, column in questions))
        .where(scope.holds(c.runner_id, "pain"))
        .order_by(c.on_date.desc(), c.id.desc())
    )
    return read_frame(engine, query if since is None else query.where(c.on_date >= since), _PAIN_COLUMNS)


_PAIN_COLUMNS = {"id": COUNT, "period": TEXT, "on_date": DAY, "site": TEXT, "side": TEXT} | dict.fromkeys(
    ("worst_running", "next_morning", "q1", "q2", "q3", "q4"), NUMBER
)


def test_list(engine: Engine, scope: Scope) -> pd.DataFrame:
    """Self-tests, newest first, one row a side: id, on_date, task, side, repetitions, knee_inside, pelvis_level,
    trunk_upright, steady (boolean, NA not answered), pain, degrees."""
    columns = [self_test_sides.c[name] for name in list(TEST_COLUMNS)[3:]]
    query = (
        select(self_tests.c.id, self_tests.c.on_date, self_tests.c.task, *columns)
        .join(self_test_sides, self_test_sides.c.self_test_id == self_tests.c.id)
        .where(scope.holds(self_tests.c.runner_id, "self-tests"))
        .order_by(self_tests.c.on_date.desc(), self_tests.c.id.desc(), self_test_sides.c.side)
    )
    return read_frame(engine, query, TEST_COLUMNS)


TEST_COLUMNS = {
    "id": COUNT,
    "on_date": DAY,
    "task": TEXT,
    "side": TEXT,
    "repetitions": NUMBER,
    "knee_inside": FLAG,
    "pelvis_level": FLAG,
    "trunk_upright": FLAG,
    "steady": FLAG,
    "pain": NUMBER,
    "degrees": NUMBER,
}


def session_list(engine: Engine, scope: Scope, since: date) -> pd.DataFrame:
    """Strength sessions since a day, newest first: id, on_date, ordinal, next_morning_pain, counts (boolean: whether
    all sessions of its day together are a session done; NA without a plan)."""
    columns = {"id": COUNT, "on_date": DAY, "ordinal": COUNT, "next_morning_pain": NUMBER, "counts": FLAG}
    shares, c = day_shares(scope), strength_sessions.c
    query = (
        select(c.id, c.on_date, c.ordinal, c.next_morning_pain, shares.c.share >= DAY_COUNTS_AT)
        .outerjoin(shares, shares.c.on_date == c.on_date)
        .where(scope.holds(c.runner_id, "training"), c.on_date >= since)
        .order_by(c.on_date.desc(), c.ordinal.desc())
    )
    return read_frame(engine, query, columns)


def exercise_list(engine: Engine, scope: Scope, since: date) -> pd.DataFrame:
    """What was trained since a day: exercise, last_on, days (on how many days)."""
    c, day = strength_sets.c, strength_sessions.c.on_date
    query = (
        select(c.exercise, func.max(day).label("last_on"), func.count(day.distinct()).label("days"))
        .join(strength_sessions, strength_sessions.c.id == c.session_id)
        .where(scope.holds(strength_sessions.c.runner_id, "training"), day >= since)
        .group_by(c.exercise)
        .order_by(c.exercise)
    )
    return read_frame(engine, query, {"exercise": TEXT, "last_on": DAY, "days": COUNT})


def plan_list(engine: Engine, scope: Scope) -> pd.DataFrame:
    """Plans, oldest first: id, starts_on, ends_on (NaT: in force; the next plan ends the one before), days_per_week,
    weekdays (a tuple, 0 Monday; None: any days)."""
    columns = {"id": COUNT, "starts_on": DAY, "ends_on": DAY, "days_per_week": COUNT, "weekdays": DAYS}
    plan = plans_in_force(scope)
    return read_frame(engine, select(*(plan.c[name] for name in columns)).order_by(plan.c.starts_on), columns)


def plan_item_list(engine: Engine, scope: Scope, day: date) -> pd.DataFrame:
    """The plan in force on a day, in its order: plan_id, starts_on, days_per_week, weekdays (see plan_list), exercise,
    block, side, sets, repetitions, seconds, high (the top of the range; NaN: just that many), load_kg, stage. Empty
    without a plan."""
    columns = {"plan_id": COUNT, "starts_on": DAY, "days_per_week": COUNT, "weekdays": DAYS, "exercise": TEXT}
    columns |= {"block": TEXT, "side": TEXT, "sets": COUNT, "repetitions": NUMBER, "seconds": NUMBER}
    columns |= {"high": NUMBER, "load_kg": NUMBER, "stage": TEXT}
    plan = plans_in_force(scope)
    of_plan = (plan.c.id, plan.c.starts_on, plan.c.days_per_week, plan.c.weekdays)
    query = (
        select(*of_plan, *(items.c[name] for name in list(columns)[len(of_plan) :]))
        .join(items, items.c.plan_id == plan.c.id)
        .where(plan.c.starts_on <= day, func.coalesce(plan.c.ends_on, day) >= day)
        .order_by(items.c.position)
    )
    return read_frame(engine, query, columns)


def planned_list(engine: Engine, scope: Scope) -> pd.DataFrame:
    """Exercises of the main block of any plan there was, the one that was asked for first on top: exercise, since."""
    plan = plans_in_force(scope)
    since = func.min(plan.c.starts_on)
    query = (
        select(items.c.exercise, since)
        .join(plan, plan.c.id == items.c.plan_id)
        .where(items.c.block == "main")
        .group_by(items.c.exercise)
        .order_by(since, func.min(items.c.position), items.c.exercise)
    )
    return read_frame(engine, query, {"exercise": TEXT, "since": DAY})


def set_list(engine: Engine, scope: Scope, day: date) -> pd.DataFrame:
    """The sets of a day's sessions: session_id, session (1 for the first), next_morning_pain, exercise, ordinal, side,
    repetitions, seconds, load_kg, effort, pain."""
    columns = {"session_id": COUNT, "session": COUNT, "next_morning_pain": NUMBER, "exercise": TEXT, "ordinal": COUNT}
    columns |= {"side": TEXT} | dict.fromkeys(("repetitions", "seconds", "load_kg", "effort", "pain"), NUMBER)
    c = strength_sessions.c
    query = (
        select(c.id, c.ordinal, c.next_morning_pain, *(strength_sets.c[name] for name in list(columns)[3:]))
        .join(strength_sets, strength_sets.c.session_id == c.id)
        .where(scope.holds(c.runner_id, "training"), c.on_date == day)
        .order_by(c.ordinal, strength_sets.c.id)
    )
    return read_frame(engine, query, columns)


def training_list(engine: Engine, scope: Scope, since: date) -> pd.DataFrame:
    """Every set since a day, oldest first: on_date, session (1 for the first of the day), next_morning_pain, exercise,
    ordinal, side, repetitions, seconds, load_kg, effort, pain."""
    columns = {"on_date": DAY, "session": COUNT, "next_morning_pain": NUMBER, "exercise": TEXT, "ordinal": COUNT}
    columns |= {"side": TEXT} | dict.fromkeys(("repetitions", "seconds", "load_kg", "effort", "pain"), NUMBER)
    c = strength_sessions.c
    query = (
        select(c.on_date, c.ordinal, c.next_morning_pain, *(strength_sets.c[name] for name in list(columns)[3:]))
        .join(strength_sets, strength_sets.c.session_id == c.id)
        .where(scope.holds(c.runner_id, "training"), c.on_date >= since)
        .order_by(c.on_date, c.ordinal, strength_sets.c.id)
    )
    return read_frame(engine, query, columns)


def offer_list(engine: Engine, scope: Scope) -> pd.DataFrame:
    """Offers of a next step, newest first: id, exercise, on_date (the last day of training that it rests on), step,
    from_value, to_value, reason, answer and answered_on (missing while unanswered)."""
    columns = {"id": COUNT, "exercise": TEXT, "on_date": DAY, "step": TEXT, "from_value": TEXT, "to_value": TEXT}
    columns |= {"reason": TEXT, "answer": TEXT, "answered_on": DAY}
    c = progress_offers.c
    query = select(*(c[name] for name in columns)).where(scope.holds(c.runner_id, "training"))
    return read_frame(engine, query.order_by(c.on_date.desc(), c.id.desc()), columns)


def video_list(engine: Engine, scope: Scope) -> pd.DataFrame:
    """Links to videos, oldest first: id, exercise, url, title."""
    columns = {"id": COUNT, "exercise": TEXT, "url": TEXT, "title": TEXT}
    query = select(*(exercise_videos.c[name] for name in columns))
    return read_frame(engine, query.where(scope.holds(exercise_videos.c.runner_id, "training")).order_by("id"), columns)


def profile_list(engine: Engine, scope: Scope) -> pd.DataFrame:
    """What plans have to fit, newest first: id, on_date, equipment, contraindications (tuples; None: not asked),
    experience."""
    columns = {"id": COUNT, "on_date": DAY, "equipment": WORDS, "contraindications": WORDS, "experience": TEXT}
    query = select(*(profiles.c[name] for name in columns)).where(scope.holds(profiles.c.runner_id, "training"))
    return read_frame(engine, query.order_by(profiles.c.on_date.desc()), columns)


def injury_list(engine: Engine, scope: Scope) -> pd.DataFrame:
    """Injury episodes, newest first: id, onset, site, side, returned_on, and the three criteria (NA: not answered)."""
    columns = {"id": COUNT, "onset": DAY, "site": TEXT, "side": TEXT, "returned_on": DAY}
    columns |= dict.fromkeys(("seven_days", "three_sessions", "consulted"), FLAG)
    query = select(*(injuries.c[name] for name in columns)).where(scope.holds(injuries.c.runner_id, "pain"))
    return read_frame(engine, query.order_by(injuries.c.onset.desc()), columns)


def sign_list(engine: Engine, scope: Scope) -> pd.DataFrame:
    """Running signs, newest first: id, on_date, pelvis_swings, knees_buckle, x_legs (boolean, NA not answered)."""
    columns = {"id": COUNT, "on_date": DAY} | dict.fromkeys(("pelvis_swings", "knees_buckle", "x_legs"), FLAG)
    query = select(*(running_signs.c[name] for name in columns)).where(
        scope.holds(running_signs.c.runner_id, "self-tests")
    )
    return read_frame(engine, query.order_by(running_signs.c.on_date.desc()), columns)


def mark_list(engine: Engine, scope: Scope) -> pd.DataFrame:
    """Weeks marked as nothing done: id, iso_week, mark."""
    columns = {"id": COUNT, "iso_week": DAY, "mark": TEXT}
    query = select(*(week_marks.c[name] for name in columns)).where(marks_held(scope))
    return read_frame(engine, query.order_by(week_marks.c.iso_week.desc()), columns)


def total_list(engine: Engine, scope: Scope) -> pd.DataFrame:
    """Weekly totals typed by hand: id, iso_week, distance_m."""
    columns = {"id": COUNT, "iso_week": DAY, "distance_m": NUMBER}
    query = select(*(weekly_totals.c[name] for name in columns)).where(
        scope.holds(weekly_totals.c.runner_id, "running")
    )
    return read_frame(engine, query.order_by(weekly_totals.c.iso_week.desc()), columns)


def import_list(engine: Engine, scope: Scope) -> pd.DataFrame:
    """Imports, newest first: id, at (UTC), filename, state, runs, sessions, pain and totals (of each sort as many as
    are still in the diary; 0 after an undo, and where the sort is not shared), gave_way (of its runs, how many a later
    import keeps out of the diary until it is undone)."""
    came = {"runs": runs, "sessions": strength_sessions, "pain": pain_reports, "totals": weekly_totals}
    areas: dict[str, Area] = {"runs": "running", "sessions": "training", "pain": "pain", "totals": "running"}
    counts = [
        select(func.count()).where(table.c.import_id == imports.c.id).scalar_subquery().label(name)
        if areas[name] in scope.reads
        else literal(0).label(name)
        for name, table in came.items()
    ]
    query = (
        select(imports.c.id, imports.c.at, imports.c.filename, imports.c.state, *counts)
        .where(scope.holds(imports.c.runner_id, "running"))
        .order_by(imports.c.id.desc())
    )
    columns = {"id": COUNT, "at": INSTANT, "filename": TEXT, "state": TEXT} | dict.fromkeys(came, COUNT)
    listed = read_frame(engine, query, columns)
    return listed.assign(gave_way=listed["id"].map(_gave_way(engine, scope)).fillna(0).astype(COUNT))


def _gave_way(engine: Engine, scope: Scope) -> Counter[int]:
    """By import, how many of its runs others keep."""
    c = imports.c
    query = select(c.replaced).where(scope.holds(c.runner_id, "running"), c.replaced.is_not(None))
    with reading(engine) as connection:
        kept = [row for replaced in connection.scalars(query) for row in replaced.get(runs.name, [])]
    return Counter(row["import_id"] for row in kept if row["import_id"] is not None)


def read_frame(engine: Engine, query: Select[Any], columns: Mapping[str, Any]) -> pd.DataFrame:
    """What a query answers, with these names and dtypes in its order."""
    with reading(engine) as connection:
        rows = connection.execute(query).all()
    frame = pd.DataFrame(rows, columns=list(columns))
    return pd.DataFrame({name: _cast(frame[name], dtype) for name, dtype in columns.items()})


def _cast(values: "pd.Series[Any]", dtype: Any) -> "pd.Series[Any]":  # noqa: ANN401  see data.dtypes
    if dtype == WORDS:  # JSON answers with lists; what many readers share holds nothing that can change
        return pd.Series([None if value is None else tuple(value) for value in values], index=values.index, dtype=dtype)
    if dtype in (DAY, INSTANT):
        return pd.to_datetime(values, utc=dtype == INSTANT).astype(dtype)
    return values.astype(dtype)
