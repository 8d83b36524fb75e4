"""Squads: who belongs to one, and frames of all members that say the same as each runner's own."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime, timedelta
from threading import Barrier
from typing import Any

import pandas as pd
import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as run_with
from hypothesis import strategies as st
from sqlalchemy import Engine

from data import demo_squad as story
from data import lists, sharing, squad_lists, squads
from data.demo import demo_runner
from data.demo_squad import demo_squad
from data.entries import Entry, NewRunner, PainReport, parse
from data.errors import InvalidEntryError, NotAllowedError, NotFoundError
from data.frames import squad_weekly, weekly
from data.runners import account, add_runner, everyone, local_runner, runner
from data.scope import Scope, SquadScope
from data.store import save
from data.weeks import week_of
from tests.data.examples import DOOR, EXAMPLES, MONDAY, TODAY, run, stored
from tests.data.test_weekly_frame import diaries, keep, pain, plan, session, strength_set, total

AT = datetime(2026, 3, 4, tzinfo=UTC)


def new(name: str) -> NewRunner:
    return parse(NewRunner, {"name": name}, DOOR)


@pytest.fixture
def squad(engine: Engine) -> SquadScope:
    """A squad of this test's own."""
    with engine.begin() as connection:
        return SquadScope(squads.add_simulated_coach(connection, "Coach"))


def names(engine: Engine, squad: SquadScope) -> list[str]:
    return [member.name for member in squads.members(engine, squad)]


def test_the_coach_of_this_machine_is_made_once_by_many_at_the_same_time(own_engine: Engine) -> None:
    owner = local_runner(own_engine)
    threads = 6
    start = Barrier(threads)

    def first_visit(_: int) -> int:
        start.wait()
        return squads.coach_of(own_engine, owner.id)

    with ThreadPoolExecutor(threads) as pool:
        assert len(set(pool.map(first_visit, range(threads)))) == 1


def test_runners_join_by_name_and_leave_with_their_diary(engine: Engine, squad: SquadScope) -> None:
    ada, grace = (squads.add_member(engine, squad, new(name), "Coach", AT) for name in ("Ada", "Grace"))
    save(engine, Scope(ada), EXAMPLES["session"].entry())
    assert names(engine, squad) == ["Ada", "Grace"]
    squads.dismiss(engine, squad, ada, "Coach", AT)
    assert names(engine, squad) == ["Grace"]
    assert len(stored(engine, Scope(ada), "session")) == 1
    for _ in range(2):  # the same button twice
        squads.admit(engine, squad, ada)
    assert names(engine, squad) == ["Ada", "Grace"]
    assert grace in {one.id for one in everyone(engine)}


def test_a_squad_is_its_coachs_alone(engine: Engine, squad: SquadScope) -> None:
    squads.add_member(engine, squad, new("Ada"), "Coach", AT)
    other = SquadScope(squad.coach_id + 1_000)
    assert squads.members(engine, other) == ()
    assert squad_weekly(engine, other, 0, TODAY).empty
    with pytest.raises(NotFoundError):
        squads.dismiss(engine, other, squads.members(engine, squad)[0].id, "Other", AT)


def test_nobody_joins_who_is_not_there_or_made_up(engine: Engine, squad: SquadScope) -> None:
    made_up = add_runner(engine, "Simulated", simulated=True).id
    for runner_id in (10**9, made_up):
        with pytest.raises(NotFoundError):
            squads.admit(engine, squad, runner_id)
    assert names(engine, squad) == []


@pytest.mark.parametrize("name", ["", "   ", "x" * 81, "A\0da"])
def test_a_runner_has_a_name_that_can_be_kept(name: str) -> None:
    with pytest.raises(InvalidEntryError):
        new(name)


# Frames


def assert_agrees(engine: Engine, squad: SquadScope, first_day: int, last: int | None) -> None:
    """Each member's part of the squad's frame is that runner's own frame, with unknown weeks where it has none."""
    got = squad_weekly(engine, squad, first_day, TODAY, last)
    assert list(got["runner"].unique()) == [member.id for member in squads.members(engine, squad)]
    assert got.groupby("runner").size().nunique() <= 1
    for runner_id, part in got.groupby("runner"):
        own = weekly(engine, Scope(int(runner_id)), first_day, TODAY).set_index("week")
        part = part.drop(columns="runner").set_index("week")
        assert list(part.columns) == list(own.columns)
        if last is None:
            assert own.index[own.index <= pd.Timestamp(TODAY)].isin(part.index).all()
        shown = own[own.index.isin(part.index)]
        pd.testing.assert_frame_equal(part.loc[shown.index], shown, check_freq=False)
        unknown = part.drop(index=shown.index)
        assert (unknown["distance_from"] == "unknown").all()
        assert unknown[["distance_m", "sessions_done", "pain", "pain_morning"]].isna().all(axis=None)
        assert (unknown[["runs", "sessions", "sessions_prescribed"]] == 0).all(axis=None)


@pytest.mark.parametrize("first_day", [0, 5, 6])
@given(entries=st.lists(diaries(), max_size=4), last=st.sampled_from([None, 1, 4, 9]))
@run_with(max_examples=15, suppress_health_check=[HealthCheck.too_slow])
def test_the_squads_frame_is_every_members_own(
    engine: Engine, first_day: int, entries: list[list[Entry]], last: int | None
) -> None:
    with engine.begin() as connection:
        squad = SquadScope(squads.add_simulated_coach(connection, "Coach"))
    for number, diary in enumerate(entries):
        member = Scope(squads.add_member(engine, squad, new(f"Runner {number}"), "Coach", AT))
        keep(engine, member, {}, *diary)
    assert_agrees(engine, squad, first_day, last)


def test_the_demo_squads_frame_is_every_members_own(own_engine: Engine) -> None:
    squad = demo_squad(own_engine, TODAY)
    for last in (None, 26):
        assert_agrees(own_engine, squad, 0, last)


def test_the_columns_are_the_same_without_any_runner(engine: Engine, squad: SquadScope) -> None:
    empty = squad_weekly(engine, squad, 0, TODAY, 4)
    squads.add_member(engine, squad, new("Ada"), "Coach", AT)
    filled = squad_weekly(engine, squad, 0, TODAY, 4)
    assert len(empty) == 0
    assert list(filled["week"].dt.date) == [MONDAY - timedelta(weeks=back) for back in (3, 2, 1, 0)]
    assert list(empty.dtypes.items()) == list(filled.dtypes.items())


def test_a_plan_of_one_runner_prescribes_nothing_to_another(engine: Engine, squad: SquadScope) -> None:
    """Plans end where the same runner's next one starts, and sessions count by their own runner's plan."""
    ada, grace = (Scope(squads.add_member(engine, squad, new(name), "Coach", AT)) for name in ("Ada", "Grace"))
    save(engine, ada, plan(date(2026, 2, 2)), session(MONDAY, strength_set()))
    save(engine, grace, plan(date(2026, 2, 16), days=1), session(MONDAY, strength_set()))
    assert_agrees(engine, squad, 0, None)


# Lists


def test_lists_hold_every_members_entries_and_nobody_elses(engine: Engine, squad: SquadScope, other: Scope) -> None:
    ada = Scope(squads.add_member(engine, squad, new("Ada"), "Coach", AT))
    for scope in (ada, other):
        save(engine, scope, run(), pain(MONDAY, "left", 3), EXAMPLES["pain"].entry(), EXAMPLES["self-test"].entry())
    since = MONDAY - timedelta(days=30)
    for found in (
        squad_lists.squad_runs(engine, squad, since),
        squad_lists.squad_pain(engine, squad, 0, since),
        squad_lists.squad_ostrc(engine, squad, 0, since),
        squad_lists.latest_tests(engine, squad),
        squad_lists.last_entries(engine, squad),
    ):
        assert set(found["runner"]) == {ada.runner_id}
    own = lists.test_list(engine, ada)
    pd.testing.assert_frame_equal(squad_lists.latest_tests(engine, squad).drop(columns="runner"), own)


def test_runs_of_late_come_with_the_first_of_all(engine: Engine, squad: SquadScope) -> None:
    """After a break longer than the window, the first one says that the log reached back all the same."""
    ada, grace = (Scope(squads.add_member(engine, squad, new(name), "Coach", AT)) for name in ("Ada", "Grace"))
    begun, between = MONDAY - timedelta(days=400), MONDAY - timedelta(days=200)
    save(engine, ada, run(begun), run(between), run(MONDAY))
    save(engine, grace, run(MONDAY))
    found = squad_lists.squad_runs(engine, squad, MONDAY - timedelta(days=90))
    days = found.groupby("runner")["local_date"].apply(lambda days: [day.date() for day in days])
    assert days.to_dict() == {ada.runner_id: [begun, MONDAY], grace.runner_id: [MONDAY]}


@pytest.mark.parametrize("first_day", [0, 5, 6])
def test_pain_stands_in_the_week_of_the_weekly_frame(engine: Engine, squad: SquadScope, first_day: int) -> None:
    ada = Scope(squads.add_member(engine, squad, new("Ada"), "Coach", AT))
    days = [MONDAY - timedelta(days=back) for back in range(0, 40, 3)]
    save(engine, ada, *(pain(day, "left", number % 10, period="day") for number, day in enumerate(days)))
    save(engine, ada, *(pain(MONDAY - timedelta(weeks=back), "right", back) for back in range(6)))
    since = week_of(MONDAY, first_day) - timedelta(weeks=3)
    found = squad_lists.squad_pain(engine, squad, first_day, since).groupby("week")["worst_running"].max()
    weeks = squad_weekly(engine, squad, first_day, MONDAY, 4).set_index("week")["pain"].dropna()
    assert found[found.index.isin(weeks.index)].to_dict() == weeks.to_dict()


@pytest.mark.parametrize("first_day", [0, 5, 6])
def test_answers_to_the_four_questions_stand_in_the_same_weeks(
    engine: Engine, squad: SquadScope, first_day: int
) -> None:
    ada = Scope(squads.add_member(engine, squad, new("Ada"), "Coach", AT))
    mondays = [MONDAY - timedelta(weeks=back) for back in range(6)]
    asked = {"period": "week", "site": "kneecap", "side": "right", "participation": 8, "symptoms": 17}
    save(engine, ada, *(parse(PainReport, asked | {"on_date": monday, "worst_running": 3}, DOOR) for monday in mondays))
    save(engine, ada, pain(MONDAY, "left", 2))  # no answer to any of the four
    since = week_of(MONDAY, first_day) - timedelta(weeks=3)
    rated = squad_lists.squad_pain(engine, squad, first_day, since)
    found = squad_lists.squad_ostrc(engine, squad, first_day, since)
    columns = ["runner", "week", "site", "side"]
    pd.testing.assert_frame_equal(found[columns], rated.loc[rated["side"] == "right", columns].reset_index(drop=True))
    assert set(found["q1"]) == {8} and set(found["q4"]) == {17}
    assert found[["q2", "q3"]].isna().all(axis=None)


def test_the_latest_self_test_alone(engine: Engine, squad: SquadScope) -> None:
    ada = Scope(squads.add_member(engine, squad, new("Ada"), "Coach", AT))
    for day in (MONDAY - timedelta(days=60), MONDAY):
        save(engine, ada, EXAMPLES["self-test"].kind.model_validate({"on_date": day, **_legs()}, context=DOOR))
    found = squad_lists.latest_tests(engine, squad)
    assert list(found["side"]) == ["left", "right"]
    assert set(found["on_date"]) == {pd.Timestamp(MONDAY)}


def _legs() -> dict[str, Any]:
    values = EXAMPLES["self-test"].values
    return {name: values[name] for name in ("task", "parts")}


def test_a_coach_gives_the_squad_up_and_every_diary_stays(engine: Engine) -> None:
    coach, ada = (account(engine, "https://id.example.org", name, name) for name in ("Coach", "Ada"))
    squad = SquadScope(squads.coach_of(engine, coach.id), TODAY)
    with engine.begin() as connection:
        squads.join(connection, squad, [ada.id])
    lin = squads.add_member(engine, squad, new("Lin"), "Coach", AT)
    with pytest.raises(NotAllowedError, match="A runner without an account is in this squad"):
        squads.give_up(engine, squad, "Coach", AT)
    assert names(engine, squad) == ["Ada", "Lin"]
    squads.delete_runner(engine, squad, lin)
    before = runner(engine, Scope(ada.id)).revision
    squads.give_up(engine, squad, "Coach", AT)
    assert sharing.sharings(engine, Scope(ada.id), TODAY) == ()
    assert sharing.logged(engine, Scope(ada.id))[0].what == "gave up the squad that you were in"
    assert runner(engine, Scope(ada.id)).revision > before
    assert squads.coach_of(engine, coach.id) != squad.coach_id


def test_what_a_coach_does_to_a_diary_without_an_account_is_in_its_log(engine: Engine) -> None:
    coach = account(engine, "https://id.example.org", "Coach of Lin", "Coach")
    squad = SquadScope(squads.coach_of(engine, coach.id), TODAY)
    lin = squads.add_member(engine, squad, new("Lin"), "Coach", AT)
    squads.rename(engine, squad, lin, new("Lina"), "Coach", AT)
    assert [entry.what for entry in sharing.logged(engine, Scope(lin))] == [
        "changed the name of this diary",
        "began this diary for you",
    ]


def test_the_last_entry_is_the_latest_of_any_kind(engine: Engine, squad: SquadScope) -> None:
    ada, grace = (Scope(squads.add_member(engine, squad, new(name), "Coach", AT)) for name in ("Ada", "Grace"))
    squads.add_member(engine, squad, new("Nobody"), "Coach", AT)
    save(engine, ada, run(MONDAY - timedelta(days=20)), total(MONDAY - timedelta(weeks=1), 9_000.0))
    save(engine, grace, session(TODAY, strength_set()), run(MONDAY))
    found = squad_lists.last_entries(engine, squad).set_index("runner")["last_on"]
    assert dict(found) == {
        ada.runner_id: pd.Timestamp(MONDAY - timedelta(weeks=1)),
        grace.runner_id: pd.Timestamp(TODAY),
    }


def test_hours_count_the_runs_with_a_duration(engine: Engine, squad: SquadScope, other: Scope) -> None:
    ada = Scope(squads.add_member(engine, squad, new("Ada"), "Coach", AT))
    on_sunday = run(MONDAY - timedelta(days=1), None, 600.0)
    for scope in (ada, other):
        save(engine, scope, on_sunday, run(MONDAY, seconds=1_800.0), run(TODAY, 3_000.0))
    found = squad_lists.squad_hours(engine, squad, 0, MONDAY - timedelta(weeks=1))
    assert found["runner"].tolist() == [ada.runner_id] * 2
    assert found["week"].tolist() == [pd.Timestamp(MONDAY - timedelta(weeks=1)), pd.Timestamp(MONDAY)]
    assert found[["runs", "timed", "seconds"]].to_numpy().tolist() == [[1, 1, 600], [2, 1, 1_800]]
    assert len(squad_lists.squad_hours(engine, squad, 0, MONDAY)) == 1
    from_saturday = squad_lists.squad_hours(engine, squad, 5, MONDAY - timedelta(weeks=1))
    assert from_saturday["week"].tolist() == [pd.Timestamp(MONDAY - timedelta(days=2))]


def test_injuries_are_those_that_began_since(engine: Engine, squad: SquadScope, other: Scope) -> None:
    ada = Scope(squads.add_member(engine, squad, new("Ada"), "Coach", AT))
    for scope in (ada, other):
        save(engine, scope, EXAMPLES["injury"].changed())
    found = squad_lists.squad_injuries(engine, squad, date(2026, 2, 1))
    assert found["runner"].tolist() == [ada.runner_id]
    own = lists.injury_list(engine, ada)
    shared = [name for name in found.columns if name in own.columns]
    pd.testing.assert_frame_equal(found[shared], own[shared])
    assert found["seven_days"].tolist() == [True]
    assert squad_lists.squad_injuries(engine, squad, date(2026, 2, 2)).empty


@pytest.mark.parametrize(
    "read",
    [
        lambda engine, scope: squad_lists.squad_hours(engine, scope, 0, MONDAY),
        lambda engine, scope: squad_lists.squad_injuries(engine, scope, date(2020, 1, 1)),
        lambda engine, scope: squad_lists.squad_ostrc(engine, scope, 0, MONDAY),
    ],
)
def test_what_is_not_shared_is_not_read(engine: Engine, squad: SquadScope, read: Any) -> None:
    ada = Scope(squads.add_member(engine, squad, new("Ada"), "Coach", AT))
    save(engine, ada, *(EXAMPLES[kind].entry() for kind in ("run", "injury", "pain")))
    assert len(read(engine, squad)) == 1
    shared = SquadScope(squad.coach_id, TODAY)
    assert read(engine, shared).empty
    assert list(read(engine, shared).dtypes.items()) == list(read(engine, squad).dtypes.items())


def test_the_demo_squad_has_answers_and_injuries_to_show(own_engine: Engine) -> None:
    squad = demo_squad(own_engine, TODAY)
    ostrc = squad_lists.squad_ostrc(own_engine, squad, 0, MONDAY - timedelta(weeks=25))
    assert ostrc["runner"].nunique() == 12
    assert {0, 8, 17} <= set(ostrc["q1"])
    assert len(squad_lists.squad_injuries(own_engine, squad, MONDAY - timedelta(weeks=52))) >= 2


# The demonstration


def test_the_demo_squad_is_made_once_and_all_of_it_is_simulated(own_engine: Engine) -> None:
    squad = demo_squad(own_engine, TODAY)
    assert demo_squad(own_engine, TODAY) == squad
    assert names(own_engine, squad) == list(story.NAMES)
    assert all(member.simulated for member in squads.members(own_engine, squad))
    assert len(story.NAMES) == 12
    assert demo_squad(own_engine, TODAY + timedelta(days=60)) != squad


def test_the_demo_runner_is_none_of_the_demo_squad(own_engine: Engine) -> None:
    squad = demo_squad(own_engine, TODAY)
    assert demo_runner(own_engine, TODAY).id not in {member.id for member in squads.members(own_engine, squad)}


@pytest.mark.parametrize("today", [MONDAY, TODAY, date(2026, 3, 8)])
def test_the_demo_squad_can_begin_on_any_day(own_engine: Engine, today: date) -> None:
    squad = demo_squad(own_engine, today)
    by_name = {member.name: member.id for member in squads.members(own_engine, squad)}
    weeks = squad_weekly(own_engine, squad, 0, today, 5).set_index("runner")
    assert weeks.loc[by_name[story.STOPPED], "pain"].isna().tolist()[1:] == [True] * 4
    assert runner(own_engine, Scope(by_name[story.SPIKE])).revision > 0
    assert weeks["week"].max() == pd.Timestamp(week_of(today, 0))
