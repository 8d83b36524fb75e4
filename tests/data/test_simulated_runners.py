"""Simulated runners: seeded, marked as simulated, and like real diaries in what they leave out."""

import os
import subprocess
import sys
from datetime import date

import pandas as pd
import pytest
from sqlalchemy import Engine, select

from data import lists
from data.demo import DAYS_PER_WEEK, demo_runner, fill
from data.engine import make_engine, reading
from data.frames import weekly
from data.runners import everyone
from data.schema import KINDS, coaches, squad_members
from data.scope import Scope
from tests.data.examples import TODAY, stored


def weeks_of(engine: Engine, runner_id: int, today: date = TODAY) -> pd.DataFrame:
    return weekly(engine, Scope(runner_id), 0, today)


def test_a_seed_gives_the_same_diary_again_and_another_seed_another(engine: Engine) -> None:
    first, second = (fill(engine, runners=1, weeks=20, seed=3, today=TODAY)[0] for _ in range(2))
    third = fill(engine, runners=1, weeks=20, seed=4, today=TODAY)[0]
    for kind in KINDS:
        ours, again = (_without_import(engine, runner.id, kind) for runner in (first, second))
        assert ours == again
    pd.testing.assert_frame_equal(weeks_of(engine, first.id), weeks_of(engine, second.id))
    assert not weeks_of(engine, first.id).equals(weeks_of(engine, third.id))


def _without_import(engine: Engine, runner_id: int, kind: str) -> list[dict[str, object]]:
    return [row | {"import_id": None} for row in stored(engine, Scope(runner_id), kind)]


def test_everyone_made_is_marked_as_simulated_and_has_the_simulated_coach(engine: Engine) -> None:
    made = fill(engine, runners=3, weeks=6, seed=1, today=TODAY)
    assert all(runner.simulated for runner in made)
    assert len({runner.name for runner in made}) == 3
    with reading(engine) as connection:
        squad = select(squad_members.c.coach_id).where(squad_members.c.runner_id.in_([runner.id for runner in made]))
        (coach_id,) = set(connection.scalars(squad))
        assert connection.scalar(select(coaches.c.simulated).where(coaches.c.id == coach_id)) is True


def test_the_diaries_are_plausible_and_have_all_three_states(engine: Engine) -> None:
    frames = [weeks_of(engine, runner.id) for runner in fill(engine, runners=5, weeks=40, seed=7, today=TODAY)]
    weeks = pd.concat(frames)
    assert {len(frame) for frame in frames} == {40}
    assert set(weeks["distance_from"]) == {"runs", "typed", "stated zero", "unknown"}
    assert (weeks["sessions_done"] == 0).any()
    assert weeks["sessions_done"].isna().any()
    assert weeks["sessions_done"].max() <= DAYS_PER_WEEK
    assert weeks["distance_m"].dropna().between(0, 70_000).all()
    assert weeks[["pain_left", "pain_right"]].max(axis=1).equals(weeks["pain"])
    assert weeks["pain"].nunique() > 3
    typical = weeks["distance_m"].median()
    assert 15_000 < typical < 45_000
    assert weeks.groupby("distance_from").size()["runs"] > 0.8 * len(weeks)


def test_nothing_lies_in_the_future_and_nothing_counts_without_sets(engine: Engine) -> None:
    scope = Scope(fill(engine, runners=1, weeks=12, seed=2, today=TODAY)[0].id)
    assert lists.run_list(engine, scope)["local_date"].max() <= pd.Timestamp(TODAY)
    sessions = lists.session_list(engine, scope, date(2020, 1, 1))
    assert sessions["on_date"].max() <= pd.Timestamp(TODAY)
    assert sessions.loc[sessions["counts"].notna(), "counts"].all()


@pytest.mark.parametrize("today", [date(2026, 3, 2), TODAY, date(2026, 3, 8)])
@pytest.mark.parametrize("weeks", [1, 4, 5])
def test_a_diary_can_be_as_short_as_one_week(engine: Engine, weeks: int, today: date) -> None:
    (runner,) = fill(engine, runners=1, weeks=weeks, seed=5, today=today)
    assert len(weeks_of(engine, runner.id, today)) == weeks


def test_the_demonstration_is_made_once_and_shows_what_was_not_logged(own_engine: Engine) -> None:
    made = demo_runner(own_engine, TODAY)
    assert demo_runner(own_engine, TODAY).id == made.id
    assert made.simulated
    assert len(everyone(own_engine)) == 1
    weeks = weeks_of(own_engine, made.id)
    assert {"runs", "typed", "unknown"} <= set(weeks["distance_from"])
    assert {0.0, 3.0} <= set(weeks["sessions_done"])
    assert weeks["sessions_done"].isna().any()


def command(url: str | None, *arguments: str) -> subprocess.CompletedProcess[str]:
    environment = {name: value for name, value in os.environ.items() if name != "PLUMBLINE_DATABASE_URL"}
    environment |= {"PLUMBLINE_DATABASE_URL": url} if url else {}
    line = [sys.executable, "-m", "data.demo", *arguments]
    return subprocess.run(line, env=environment, capture_output=True, text=True, timeout=60)


def test_the_command_fills_the_database_and_says_so(database_url: str) -> None:
    done = command(database_url, "--runners", "2", "--weeks", "8", "--seed", "3")
    assert done.returncode == 0, done.stderr
    assert done.stdout == "Added 2 simulated runners with 8 weeks each, and their simulated coach.\n"
    engine = make_engine(database_url)
    made = everyone(engine)
    assert [(runner.name, runner.simulated) for runner in made] == [
        ("Simulated runner 1", True),
        ("Simulated runner 2", True),
    ]
    assert [len(weekly(engine, Scope(runner.id), 0, date.today())) for runner in made] == [8, 8]
    engine.dispose()


@pytest.mark.parametrize(
    ("url", "arguments", "message"),
    [
        (None, [], "Set PLUMBLINE_DATABASE_URL to the database to fill"),
        ("sqlite://", ["--weeks", "0"], "--weeks is 0"),
        ("diary.sqlite3", [], "The database address cannot be read"),
    ],
)
def test_the_command_says_what_it_needs(url: str | None, arguments: list[str], message: str) -> None:
    done = command(url, *arguments)
    assert done.returncode == 2
    assert message in done.stderr
    assert "Traceback" not in done.stderr
