"""A diary of ten years: 520 weeks, 2,000 runs, 1,500 strength sessions with their sets, weekly pain, tests, plans."""

from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime, timedelta
from typing import Any, Final

import numpy as np
from sqlalchemy import Engine

from data.entries import Door, Entry, Injury, PainReport, Plan, Run, SelfTest, Session, WeeklyTotal, parse
from data.imports import add as add_runs
from data.runners import local_runner
from data.scope import Scope
from data.store import save
from data.weeks import MONDAY, week_of

WEEKS: Final = 520
RUNS: Final = 2_000
SESSIONS: Final = 1_500
RUN_DAYS: Final = (0, 2, 4, 6)  # days after Monday
SESSION_DAYS: Final = (1, 3, 5)
PLANS: Final = 10
INJURED_EVERY: Final = 40  # weeks
TESTED_EVERY: Final = 6
EXERCISES: Final = {
    "release-outer-hip": ("warm-up", "each", 1),
    "clam": ("warm-up", "each", 1),
    "slide-cushion-hip-bridge": ("main", "both", 3),
    "split-squat": ("main", "each", 3),
    "side-lying-hip-abduction": ("main", "each", 2),
}


def ten_years(engine: Engine, today: date) -> int:
    """Give this machine's runner ten years of diary up to `today`, the same for the same day; the runner's id."""
    scope = Scope(local_runner(engine).id)
    rng, door = np.random.default_rng(10), Door(today)
    save(engine, scope, *_entries(rng, door))
    add_runs(
        engine, scope, list(runs(rng, door)), "ten years", datetime(today.year, today.month, today.day, tzinfo=UTC)
    )
    return scope.runner_id


def runs(rng: np.random.Generator, door: Door) -> Iterator[Run]:
    """The 2,000 runs, as an import brings them."""
    for day in _days(door.today, RUN_DAYS, RUNS):
        metres = round(float(rng.gamma(8, 1_000)), 1)
        run = {"local_date": day, "start": datetime(day.year, day.month, day.day, 17, tzinfo=UTC)}
        run |= {"distance_m": metres, "duration_s": round(metres * 0.36), "effort": int(rng.integers(2, 9))}
        yield parse(Run, run | {"source": "strava", "source_id": day.isoformat()}, door)


def session(day: date, effort: int, door: Door) -> Session:
    """One session as prescribed."""
    return parse(Session, {"on_date": day, "parts": list(_sets(effort))}, door)


def _entries(rng: np.random.Generator, door: Door) -> Iterator[Entry]:
    mondays = _mondays(door.today)
    for starts_on in mondays[:: WEEKS // PLANS]:
        yield _plan(starts_on, door)
    for day in _days(door.today, SESSION_DAYS, SESSIONS):
        yield session(day, int(rng.integers(4, 9)), door)
    for number, monday in enumerate(mondays):
        for side in ("left", "right"):
            report = {"period": "week", "on_date": monday, "site": "kneecap", "side": side}
            worst, morning = (int(level) for level in rng.integers(0, 7, 2))
            rated = {"worst_running": worst, "next_morning": morning}
            yield parse(PainReport, report | rated | _four_answers(number, worst), door)
        if number % TESTED_EVERY == 0:
            legs = [{"side": side, "repetitions": 8, "knee_inside": False, "pain": 1} for side in ("left", "right")]
            yield parse(SelfTest, {"on_date": monday, "task": "single-leg squat", "parts": legs}, door)
        if number % INJURED_EVERY == 0:
            injury = {"onset": monday, "site": "kneecap", "side": "left", "seven_days": True}
            yield parse(Injury, injury | {"returned_on": min(monday + timedelta(days=12), door.today)}, door)
        if number % 20 == 0:
            yield parse(WeeklyTotal, {"iso_week": monday, "distance_m": 30_000.0}, door)


def _four_answers(number: int, worst: int) -> dict[str, int]:
    """The OSTRC-O2 answers of three weeks of four."""
    if number % 4 == 0:
        return {}
    if worst < 2:
        return {"participation": 0}
    return {"participation": 8, "modified_training": 17 if worst > 4 else 8, "performance": 8, "symptoms": 17}


def _plan(starts_on: date, door: Door) -> Plan:
    items = [
        {"exercise": name, "block": block, "side": side, "sets": sets, "repetitions": 10}
        for name, (block, side, sets) in EXERCISES.items()
    ]
    return parse(Plan, {"starts_on": starts_on, "days_per_week": len(SESSION_DAYS), "parts": items}, door)


def _sets(effort: int) -> Iterator[dict[str, Any]]:
    for name, (_, sides, sets) in EXERCISES.items():
        for ordinal in range(1, sets + 1):
            for side in ("left", "right") if sides == "each" else ("both",):
                done = {"exercise": name, "ordinal": ordinal, "side": side, "repetitions": 10}
                yield done | {"effort": effort, "pain": 1, "load_kg": 8.0}


def _mondays(today: date) -> list[date]:
    this_monday = week_of(today, MONDAY)
    return [this_monday - timedelta(weeks=back) for back in range(WEEKS - 1, -1, -1)]


def _days(today: date, offsets: Sequence[int], count: int) -> list[date]:
    """`count` of the days that lie `offsets` after the Mondays, spread evenly over the ten years."""
    days = [monday + timedelta(days=offset) for monday in _mondays(today) for offset in offsets]
    past = [day for day in days if day <= today]
    return [past[index] for index in np.linspace(0, len(past) - 1, count).astype(int)]
