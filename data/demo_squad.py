"""The demo squad: twelve simulated runners, four of whom have a story that a coach's board should tell.

One has pain that rises, one ran much further than usual, one stopped answering, and one recovered. The others are
ordinary in the last weeks, so that those four stand out.
"""

from dataclasses import replace
from datetime import date, timedelta
from typing import Final

import numpy as np
from sqlalchemy import Engine, select

from data.demo import DEMO_LASTS, DEMO_SQUAD, ONE_SIDED, Weeks, make_squad, simulate, write
from data.engine import reading
from data.entries import Door, Run, parse
from data.runners import Runner
from data.schema import runs
from data.scope import SquadScope
from data.squads import simulated_coach

RISING, SPIKE, STOPPED, RECOVERED = "Aylin (demo)", "Jonas (demo)", "Priya (demo)", "Tom (demo)"
ORDINARY: Final = ("Ben", "Emma", "Hana", "Kofi", "Lukas", "Mia", "Noor", "Sofia")
NAMES: Final = (RISING, *(f"{name} (demo)" for name in ORDINARY), SPIKE, STOPPED, RECOVERED)
WEEKS: Final = 40
TOLD: Final = 9  # the last weeks, the running one among them, are told and not drawn
SEED: Final = 12
SILENT_WEEKS: Final = 4  # the running one among them
ASKED: Final = 24  # the last weeks in which the four OSTRC-O2 questions were asked
ASKED_BUT_EVERY: Final = 4  # one week in so many was not answered
LONG_RUN: Final = 1.6  # times the longest run of the weeks before

USUAL_PAIN: Final = (0, 1, 0, 0, 1, 0, 0, 1, 0)  # above the runner's own level
RISING_PAIN: Final = (1, 1, 2, 1, 1, 2, 3, 4, 5)
FALLING_PAIN: Final = (6, 6, 5, 5, 5, 4, 2, 1, 0)
SESSIONS: Final = (3, 2, 3, 3, 2, 3, 3, 2, 3)
FEWER_SESSIONS: Final = (3, 3, 2, 3, 1, 1, 1, 1, 1)
DISTANCE: Final = (1.0, 1.02, 0.98, 1.0, 1.03, 0.99, 1.0, 1.02, 1.0)  # times the runner's own level


def demo_squad(engine: Engine, today: date) -> SquadScope:
    """The squad behind the demo button: the one that is there and still ran of late, or a new one."""
    coach_id = simulated_coach(engine, DEMO_SQUAD)
    if coach_id is not None and _ran_of_late(engine, SquadScope(coach_id), today):
        return SquadScope(coach_id)
    made = tuple(_made(engine, number, name, today) for number, name in enumerate(NAMES))
    return SquadScope(make_squad(engine, DEMO_SQUAD, made))


def _ran_of_late(engine: Engine, scope: SquadScope, today: date) -> bool:
    lately = runs.c.local_date > today - DEMO_LASTS
    fresh = select(runs.c.id).where(scope.holds(runs.c.runner_id, "running"), lately).limit(1)
    with reading(engine) as connection:
        return connection.scalar(fresh) is not None


def _made(engine: Engine, number: int, name: str, today: date) -> Runner:
    rng, door = np.random.default_rng([SEED, number]), Door(today, ONE_SIDED)
    diary = _told(simulate(WEEKS, rng, today), name, number)
    if name == STOPPED:
        diary = _cut(diary, WEEKS - SILENT_WEEKS)
    more = (_long_run(diary, door),) if name == SPIKE else ()
    return write(engine, name, diary, rng, door, more)


def _told(diary: Weeks, name: str, number: int) -> Weeks:
    """The diary with its last weeks as told; ordinary weeks differ a little from runner to runner."""
    level, km = number % 4, 24.0 + 2 * number
    usual = tuple(level + more for more in np.roll(USUAL_PAIN, number).tolist())
    pain = {RISING: RISING_PAIN, RECOVERED: FALLING_PAIN}.get(name, usual)
    sessions = FEWER_SESSIONS if name == RISING else tuple(np.roll(SESSIONS, number).tolist())
    shares = np.roll(DISTANCE, number).tolist()
    return replace(
        diary,
        sessions=diary.sessions[:-TOLD] + sessions,
        km=diary.km[:-TOLD] + tuple(km * share for share in shares),
        pain=diary.pain[:-TOLD] + pain,
        logged=diary.logged[:-TOLD] + (True,) * TOLD,
        asked=tuple(week >= WEEKS - ASKED and (week + number) % ASKED_BUT_EVERY > 0 for week in range(WEEKS)),
        steady_weeks=TOLD,
    )


def _cut(diary: Weeks, weeks: int) -> Weeks:
    """The first so many weeks: after them nothing was logged any more."""
    first = {name: getattr(diary, name)[:weeks] for name in ("mondays", "sessions", "km", "pain", "logged")}
    return replace(diary, **first)


def _long_run(diary: Weeks, door: Door) -> Run:
    """Yesterday's run, much longer than any before it."""
    longest_km = max(diary.km[-TOLD:]) * 0.4
    run = {"local_date": door.today - timedelta(days=1), "distance_m": round(longest_km * LONG_RUN * 1000, 1)}
    return parse(Run, run | {"source": "simulated", "source_id": "the long one"}, door)
