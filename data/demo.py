"""Simulated runners, seeded: `python -m data.demo --runners 12 --weeks 52 --seed 7`.

The diaries are made up, are marked as simulated, and look like real ones: weeks resemble their neighbours, some were
never logged, some are stated zeros, and hip sessions go with less pain in the week after.
"""

import argparse
import os
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

import numpy as np
from sqlalchemy import Engine, select

from data import imports
from data.engine import make_engine, migrate, reading, transaction
from data.entries import (
    Door,
    Entry,
    Injury,
    PainReport,
    Plan,
    Profile,
    Run,
    SelfTest,
    Session,
    WeeklyTotal,
    WeekMark,
    parse,
)
from data.errors import PlumblineError
from data.runners import Runner, add_runner, everyone
from data.schema import coaches, runs, squad_members
from data.scope import Scope, SquadScope
from data.squads import add_simulated_coach, join
from data.store import fill as fill_diary
from data.weeks import MONDAY, week_of

PLAN = {  # side, sets, repetitions from and to
    "slide-cushion-hip-bridge": ("both", 3, 10, 15),
    "split-squat": ("each", 3, 8, 12),
    "side-lying-hip-abduction": ("each", 2, 8, 12),
}
WARM_UP = {"release-outer-hip": ("each", 1, 30), "clam": ("each", 1, 10)}
SESSIONS_PER_REPETITION = 8  # how long it takes to do one more
EQUIPMENT = ("mat", "cushion", "kettlebell", "roller")
WEEKDAYS = (1, 3, 5)  # Tuesday, Thursday, Saturday
DAYS_PER_WEEK = len(WEEKDAYS)
ONE_SIDED = frozenset(name for name, (side, *_) in (PLAN | WARM_UP).items() if side == "each")
ADHERENCE_TO_PAIN = -3.0  # pain points a week later between doing nothing and everything
DEMO_LASTS = timedelta(days=21)  # a demo opened long after would show nothing but weeks that were not logged
DEMO_SQUAD = "Demo squad"  # the simulated coach behind the button of the squad page
UNLOGGED_SHARE = 0.08
TROUBLES_AT = 2  # pain 0-10 that a runner calls a problem
HINDERS_AT = 3  # pain 0-10 from which training and performance suffer a little
STOPS_RUNNING_AT = 6  # pain 0-10 of the one injury: no running that week
STEADY_SHARES = (0.2, 0.2, 0.2, 0.4)  # of a week's distance, run by run
SETTLING_WEEKS = 4  # the plan starts after some weeks of plain diary


@dataclass(frozen=True)
class Weeks:
    """One simulated diary, a value a week: sessions done, kilometres, pain 0-10, and whether it was logged at all."""

    mondays: tuple[date, ...]
    sessions: tuple[int, ...]
    km: tuple[float, ...]
    pain: tuple[int, ...]
    logged: tuple[bool, ...]
    asked: tuple[bool, ...] = ()  # weeks in which the four OSTRC-O2 questions were answered; none without it
    steady_weeks: int = 0  # so many last weeks split their distance the same way, so that no run stands out


def fill(engine: Engine, *, runners: int, weeks: int, seed: int, today: date) -> tuple[Runner, ...]:
    """Add simulated runners with `weeks` weeks up to today, and a simulated coach who has them as a squad."""
    made = tuple(_add(engine, number, weeks, np.random.default_rng([seed, number]), today) for number in range(runners))
    make_squad(engine, "Simulated coach", made)
    return made


def make_squad(engine: Engine, name: str, made: tuple[Runner, ...]) -> int:
    """A simulated coach of this name who has these runners: the coach's id."""
    with transaction(engine) as connection:
        coach_id = add_simulated_coach(connection, name)
        join(connection, SquadScope(coach_id), [runner.id for runner in made])
    return coach_id


def demo_runner(engine: Engine, today: date) -> Runner:
    """The simulated runner behind the demo button: one who still ran of late, or a new one with sixty weeks. Those of
    the demo squad tell stories of their own."""
    story = select(squad_members.c.runner_id).join(coaches).where(coaches.c.name == DEMO_SQUAD)
    with reading(engine) as connection:
        fresh = select(runs.c.runner_id).where(runs.c.local_date > today - DEMO_LASTS, runs.c.runner_id.not_in(story))
        running = set(connection.scalars(fresh))
    there = next((runner for runner in everyone(engine) if runner.simulated and runner.id in running), None)
    return there or fill(engine, runners=1, weeks=60, seed=7, today=today)[0]


def _add(engine: Engine, number: int, weeks: int, rng: np.random.Generator, today: date) -> Runner:
    return write(engine, f"Simulated runner {number + 1}", simulate(weeks, rng, today), rng, Door(today, ONE_SIDED))


def write(
    engine: Engine, name: str, diary: Weeks, rng: np.random.Generator, door: Door, more: tuple[Run, ...] = ()
) -> Runner:
    """A new simulated runner with this diary, and with `more` runs."""
    entries, runs = list(_entries(diary, rng, door)), [*_runs(diary, rng, door), *more]
    runner = add_runner(engine, name, simulated=True)
    fill_diary(engine, Scope(runner.id), entries)
    imports.add(engine, Scope(runner.id), runs, "simulated", datetime.combine(door.today, datetime.min.time(), UTC))
    return runner


def simulate(weeks: int, rng: np.random.Generator, today: date) -> Weeks:
    """The course of one diary up to today."""
    this_monday = week_of(today, MONDAY)
    mondays = tuple(this_monday - timedelta(weeks=weeks - 1 - back) for back in range(weeks))
    habit, form, irritation = (_autocorrelated(weeks, rng) for _ in range(3))
    sessions = np.clip(np.round(2.2 + 0.9 * habit), 0, DAYS_PER_WEEK)
    sessions[:SETTLING_WEEKS] = 0
    before = np.concatenate([[0.0], sessions[:-1]]) / DAYS_PER_WEEK
    pain = np.clip(np.round(4.6 + 1.3 * irritation + ADHERENCE_TO_PAIN * before), 0, 10)
    km = np.clip(30 + 6 * form - 1.5 * pain, 5, None)
    if pain.max() >= STOPS_RUNNING_AT:
        km[np.argmax(pain)] = 0
    logged = rng.random(weeks) > UNLOGGED_SHARE
    logged[-2:] = True  # the load of the last finished week has something to go by
    counts, levels = sessions.astype(int).tolist(), pain.astype(int).tolist()
    return Weeks(mondays, tuple(counts), tuple(km.tolist()), tuple(levels), tuple(logged.tolist()))


def _autocorrelated(
    length: int, rng: np.random.Generator, phi: float = 0.6
) -> "np.ndarray[tuple[int], np.dtype[np.float64]]":
    """A stationary AR(1) series with unit variance: neighbouring weeks resemble each other."""
    series = np.empty(length)
    series[0] = rng.normal()
    for week in range(1, length):
        series[week] = phi * series[week - 1] + np.sqrt(1 - phi**2) * rng.normal()
    return series


def _entries(diary: Weeks, rng: np.random.Generator, door: Door) -> Iterator[Entry]:
    worse = "left" if rng.random() < 0.5 else "right"
    about = {"on_date": diary.mondays[0], "equipment": EQUIPMENT, "contraindications": (), "experience": "some"}
    yield parse(Profile, about, door)
    if len(diary.mondays) > SETTLING_WEEKS:
        yield _plan(diary.mondays[SETTLING_WEEKS], door)
    yield from _self_tests(diary, worse, rng, door)
    yield from _injury(diary, worse, door)
    for week, monday in enumerate(diary.mondays):
        if diary.logged[week]:
            yield from _sessions(diary, week, rng, door)
            yield from _pain(diary, week, worse, rng, door)
            if not diary.km[week]:
                yield parse(WeekMark, {"iso_week": monday, "mark": "no running"}, door)
        elif diary.logged[:week].count(False) % 2 == 0:  # half of the weeks not logged have a typed total
            total = {"iso_week": monday, "distance_m": round(diary.km[week]) * 1000.0}
            yield parse(WeeklyTotal, total, door)


def _plan(starts_on: date, door: Door) -> Plan:
    main = [
        {"exercise": name, "side": side, "sets": sets, "repetitions": low, "high": high}
        for name, (side, sets, low, high) in PLAN.items()
    ]
    warm_up = [
        {"exercise": name, "block": "warm-up", "side": side, "sets": sets}
        | ({"seconds": target} if name.startswith("release") else {"repetitions": target})
        for name, (side, sets, target) in WARM_UP.items()
    ]
    days = {"days_per_week": DAYS_PER_WEEK, "weekdays": WEEKDAYS}
    return parse(Plan, {"starts_on": starts_on, **days, "parts": warm_up + main}, door)


def _self_tests(diary: Weeks, worse: str, rng: np.random.Generator, door: Door) -> Iterator[SelfTest]:
    for week in range(0, len(diary.mondays), 8):
        better_now = week / max(len(diary.mondays), 1) > 0.5
        parts = [
            {
                "side": side,
                "repetitions": int(rng.integers(6, 11)) + 3 * better_now,
                "knee_inside": side == worse and not better_now,
                "pelvis_level": side != worse or bool(rng.random() < 0.5),
                "trunk_upright": True,
                "steady": bool(rng.random() < 0.7),
                "pain": min(int(diary.pain[week]), 5) if side == worse else 0,
            }
            for side in ("left", "right")
        ]
        yield parse(SelfTest, {"on_date": diary.mondays[week], "parts": parts}, door)


def _injury(diary: Weeks, worse: str, door: Door) -> Iterator[Injury]:
    """One episode in the worst week, when it was bad enough to stop running for a week."""
    week = int(np.argmax(diary.pain))
    if diary.pain[week] >= STOPS_RUNNING_AT:
        returned = diary.mondays[week] + timedelta(days=9)
        values = {"onset": diary.mondays[week], "site": "kneecap", "side": worse, "seven_days": True}
        yield parse(Injury, values | {"returned_on": returned if returned <= door.today else None}, door)


def _sessions(diary: Weeks, week: int, rng: np.random.Generator, door: Door) -> Iterator[Entry]:
    monday = diary.mondays[week]
    days = [monday + timedelta(days=day) for day in WEEKDAYS[: diary.sessions[week]]]
    if not days and week >= SETTLING_WEEKS and week + 1 < len(diary.mondays):
        yield parse(WeekMark, {"iso_week": monday, "mark": "no training"}, door)
    done_before = sum(diary.sessions[:week])
    for number, day in enumerate(days, start=done_before):
        if day <= door.today:
            effort, pain = int(rng.integers(5, 9)), max(int(diary.pain[week]) - 2, 0)
            parts = list(_sets(number // SESSIONS_PER_REPETITION, effort, pain))
            morning = {"next_morning_pain": max(pain - 1, 0)} if day < door.today else {}
            yield parse(Session, {"on_date": day, "parts": parts, **morning}, door)


def _sets(more: int, effort: int, pain: int) -> Iterator[dict[str, object]]:
    for name, (side, sets, low, high) in PLAN.items():
        repetitions = min(low + more, high)
        for ordinal in range(1, sets + 1):
            for one in ("left", "right") if side == "each" else ("both",):
                done = {"exercise": name, "ordinal": ordinal, "side": one, "repetitions": repetitions}
                yield done | {"effort": effort, "pain": pain}


def _pain(diary: Weeks, week: int, worse: str, rng: np.random.Generator, door: Door) -> Iterator[PainReport]:
    morning = max(int(diary.pain[week]) - int(rng.integers(0, 3)), 0)
    report = {"period": "week", "on_date": diary.mondays[week], "site": "kneecap"}
    running = diary.pain[week] if diary.km[week] else None
    answers = _four_answers(int(diary.pain[week]), ran=running is not None) if any(diary.asked[week : week + 1]) else {}
    worst = {"side": worse, "worst_running": running, "next_morning": morning}
    yield parse(PainReport, report | worst | answers, door)
    if running is not None:
        other = "right" if worse == "left" else "left"
        yield parse(PainReport, report | {"side": other, "worst_running": max(running - 4, 0)}, door)


def _four_answers(pain: int, *, ran: bool) -> dict[str, int]:
    """What a week of this pain kept the runner from."""
    if pain < TROUBLES_AT or not ran:
        return {"participation": 0 if ran else 25}
    much, some, felt = pain >= STOPS_RUNNING_AT, pain >= HINDERS_AT, 17 if pain >= HINDERS_AT else 8
    training, performance = 17 if much else 8 if some else 0, 8 if some else 0
    answers = (17 if much else 8, training, performance, felt)
    return dict(zip(("participation", "modified_training", "performance", "symptoms"), answers, strict=True))


def _runs(diary: Weeks, rng: np.random.Generator, door: Door) -> Iterator[Run]:
    for week, monday in enumerate(diary.mondays):
        if not diary.logged[week] or not diary.km[week]:
            continue
        is_steady = week >= len(diary.mondays) - diary.steady_weeks
        shares = STEADY_SHARES if is_steady else rng.dirichlet([4, 4, 4, 8])
        for day, share in zip((1, 3, 4, 6), shares, strict=True):
            local_date, metres = monday + timedelta(days=day), round(float(share * diary.km[week]) * 1000, 1)
            if local_date <= door.today:
                start = datetime(local_date.year, local_date.month, local_date.day, 17, 30, tzinfo=UTC)
                run = {
                    "local_date": local_date,
                    "start": start,
                    "distance_m": metres,
                    "effort": int(rng.integers(3, 8)),
                }
                run |= {"duration_s": round(metres * 0.36), "source": "simulated", "source_id": local_date.isoformat()}
                yield parse(Run, run, door)


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(description="Fill the database with simulated runners and their coach.")
    parser.add_argument("--runners", type=int, default=12)
    parser.add_argument("--weeks", type=int, default=52)
    parser.add_argument("--seed", type=int, default=7)
    arguments = parser.parse_args()
    url = os.environ.get("PLUMBLINE_DATABASE_URL")
    if not url:
        parser.error("Set PLUMBLINE_DATABASE_URL to the database to fill, such as sqlite:///demo.sqlite3.")
    if arguments.runners < 1 or arguments.weeks < 1 or arguments.seed < 0:
        parser.error(
            f"--runners is {arguments.runners}, --weeks is {arguments.weeks} and --seed is {arguments.seed}."
            " The first two must be 1 or more, the seed 0 or more."
        )
    try:
        engine = make_engine(url)
        migrate(engine, datetime.now())
        made = fill(engine, runners=arguments.runners, weeks=arguments.weeks, seed=arguments.seed, today=date.today())
    except PlumblineError as error:
        parser.error(str(error))
    print(f"Added {len(made)} simulated runners with {arguments.weeks} weeks each, and their simulated coach.")


if __name__ == "__main__":
    main()
