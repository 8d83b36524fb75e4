"""Entries as frames: the same columns and dtypes empty or not, newest first, one's own."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta

import pandas as pd
import pytest
from sqlalchemy import Engine

from data import lists
from data.entries import Plan
from data.imports import add as add_runs
from data.imports import undo_import
from data.scope import Scope
from data.store import save
from tests.data.examples import EXAMPLES, MONDAY, TODAY, imported, run

DAY, INSTANT, NUMBER, COUNT, TEXT, FLAG = (
    "datetime64[s]",
    "datetime64[s, UTC]",
    "float64",
    "int64",
    "str",
    "boolean",
)
LONG_AGO = date(2026, 1, 1)
AT = datetime(2026, 3, 4, 9, tzinfo=UTC)

Reader = Callable[[Engine, Scope], pd.DataFrame]
READERS: dict[str, tuple[Reader, dict[str, str]]] = {
    "run_list": (
        lists.run_list,
        {"id": COUNT, "local_date": DAY, "start": INSTANT, "distance_m": NUMBER, "duration_s": NUMBER}
        | {"effort": NUMBER, "source": TEXT, "source_id": TEXT, "import_id": "Int64"},
    ),
    "pain_list": (
        lists.pain_list,
        {"id": COUNT, "period": TEXT, "on_date": DAY, "site": TEXT, "side": TEXT}
        | dict.fromkeys(("worst_running", "next_morning", "q1", "q2", "q3", "q4"), NUMBER),
    ),
    "test_list": (
        lists.test_list,
        {"id": COUNT, "on_date": DAY, "task": TEXT, "side": TEXT, "repetitions": NUMBER}
        | dict.fromkeys(("knee_inside", "pelvis_level", "trunk_upright", "steady"), FLAG)
        | {"pain": NUMBER, "degrees": NUMBER},
    ),
    "session_list": (
        lambda engine, scope: lists.session_list(engine, scope, LONG_AGO),
        {"id": COUNT, "on_date": DAY, "ordinal": COUNT, "next_morning_pain": NUMBER, "counts": FLAG},
    ),
    "exercise_list": (
        lambda engine, scope: lists.exercise_list(engine, scope, LONG_AGO),
        {"exercise": TEXT, "last_on": DAY, "days": COUNT},
    ),
    "plan_list": (
        lists.plan_list,
        {"id": COUNT, "starts_on": DAY, "ends_on": DAY, "days_per_week": COUNT, "weekdays": "object"},
    ),
    "plan_item_list": (
        lambda engine, scope: lists.plan_item_list(engine, scope, TODAY),
        {"plan_id": COUNT, "starts_on": DAY, "days_per_week": COUNT, "weekdays": "object", "exercise": TEXT}
        | {"block": TEXT, "side": TEXT, "sets": COUNT, "repetitions": NUMBER, "seconds": NUMBER}
        | {"high": NUMBER, "load_kg": NUMBER, "stage": TEXT},
    ),
    "planned_list": (lists.planned_list, {"exercise": TEXT, "since": DAY}),
    "set_list": (
        lambda engine, scope: lists.set_list(engine, scope, MONDAY),
        {"session_id": COUNT, "session": COUNT, "next_morning_pain": NUMBER, "exercise": TEXT, "ordinal": COUNT}
        | {"side": TEXT}
        | dict.fromkeys(("repetitions", "seconds", "load_kg", "effort", "pain"), NUMBER),
    ),
    "training_list": (
        lambda engine, scope: lists.training_list(engine, scope, LONG_AGO),
        {"on_date": DAY, "session": COUNT, "next_morning_pain": NUMBER, "exercise": TEXT, "ordinal": COUNT}
        | {"side": TEXT}
        | dict.fromkeys(("repetitions", "seconds", "load_kg", "effort", "pain"), NUMBER),
    ),
    "offer_list": (
        lists.offer_list,
        {"id": COUNT, "exercise": TEXT, "on_date": DAY, "step": TEXT, "from_value": TEXT, "to_value": TEXT}
        | {"reason": TEXT, "answer": TEXT, "answered_on": DAY},
    ),
    "profile_list": (
        lists.profile_list,
        {"id": COUNT, "on_date": DAY, "equipment": "object", "contraindications": "object", "experience": TEXT},
    ),
    "video_list": (lists.video_list, {"id": COUNT, "exercise": TEXT, "url": TEXT, "title": TEXT}),
    "injury_list": (
        lists.injury_list,
        {"id": COUNT, "onset": DAY, "site": TEXT, "side": TEXT, "returned_on": DAY}
        | dict.fromkeys(("seven_days", "three_sessions", "consulted"), FLAG),
    ),
    "sign_list": (
        lists.sign_list,
        {"id": COUNT, "on_date": DAY} | dict.fromkeys(("pelvis_swings", "knees_buckle", "x_legs"), FLAG),
    ),
    "mark_list": (lists.mark_list, {"id": COUNT, "iso_week": DAY, "mark": TEXT}),
    "total_list": (lists.total_list, {"id": COUNT, "iso_week": DAY, "distance_m": NUMBER}),
    "import_list": (
        lists.import_list,
        {"id": COUNT, "at": INSTANT, "filename": TEXT, "state": TEXT}
        | dict.fromkeys(("runs", "sessions", "pain", "totals", "gave_way"), COUNT),
    ),
}


def test_every_list_is_tried() -> None:
    assert set(READERS) == set(lists.__all__)


@pytest.mark.parametrize("name", READERS)
def test_columns_and_dtypes_are_the_same_empty_or_not(engine: Engine, scope: Scope, other: Scope, name: str) -> None:
    read, dtypes = READERS[name]
    save(engine, other, *(example.entry() for example in EXAMPLES.values()))
    add_runs(engine, other, [imported(1)], "activities.csv", AT)
    mine, theirs = read(engine, scope), read(engine, other)
    assert mine.empty
    assert not theirs.empty
    for frame in (mine, theirs):
        assert frame.dtypes.astype(str).to_dict() == dtypes
        assert isinstance(frame.index, pd.RangeIndex)


@pytest.mark.parametrize(
    ("name", "kind", "day"),
    [
        ("run_list", "run", "local_date"),
        ("pain_list", "pain", "on_date"),
        ("test_list", "self-test", "on_date"),
        ("session_list", "session", "on_date"),
        ("injury_list", "injury", "onset"),
        ("sign_list", "running signs", "on_date"),
        ("mark_list", "week mark", "iso_week"),
        ("total_list", "weekly total", "iso_week"),
        ("offer_list", "offer", "on_date"),
        ("profile_list", "profile", "on_date"),
    ],
)
def test_the_newest_comes_first(engine: Engine, scope: Scope, name: str, kind: str, day: str) -> None:
    entry = EXAMPLES[kind].entry()
    weeks_back = [1, 3, 0, 2]
    days = [getattr(entry, day) - timedelta(weeks=back) for back in weeks_back]
    changes = [{day: when} | ({"source_id": str(when)} if kind == "run" else {}) for when in days]
    save(engine, scope, *(entry.model_copy(update=change) for change in changes))
    read, _ = READERS[name]
    listed = list(dict.fromkeys(read(engine, scope)[day].dt.date))
    assert listed == sorted(days, reverse=True)


def test_unknown_is_not_zero_and_not_false(engine: Engine, scope: Scope) -> None:
    save(engine, scope, EXAMPLES["self-test"].entry(), EXAMPLES["pain"].changed(), run(MONDAY, None, 60.0))
    tests = lists.test_list(engine, scope).set_index("side")
    assert not tests.loc["left", "pelvis_level"]
    assert tests.loc["left", "steady"] is pd.NA
    assert tests.loc["right", "pain"] == 0.0
    assert pd.isna(tests.loc["right", "degrees"])
    (pain,) = lists.pain_list(engine, scope).itertuples()
    assert (pain.worst_running, pain.q4, pd.isna(pain.q1)) == (0.0, 17.0, True)
    (timed,) = lists.run_list(engine, scope).itertuples()
    assert (pd.isna(timed.distance_m), timed.duration_s, pd.isna(timed.start), timed.import_id) == (
        True,
        60.0,
        True,
        pd.NA,
    )


def test_a_runs_start_is_the_instant_it_was(engine: Engine, scope: Scope) -> None:
    save(engine, scope, EXAMPLES["run"].entry())
    assert lists.run_list(engine, scope)["start"][0] == pd.Timestamp("2026-03-02 06:30", tz="UTC")


@pytest.mark.parametrize("read", [lists.run_list, lists.pain_list, lists.session_list, lists.exercise_list])
def test_a_list_since_a_day_holds_that_day_and_none_before(
    engine: Engine, scope: Scope, read: Callable[[Engine, Scope, date], pd.DataFrame]
) -> None:
    save(engine, scope, *(EXAMPLES[kind].entry() for kind in ("run", "pain", "session")))
    assert len(read(engine, scope, MONDAY)) == 1
    assert len(read(engine, scope, MONDAY + timedelta(days=1))) == 0


def test_a_session_says_whether_it_counts_and_nothing_without_a_plan(engine: Engine, scope: Scope) -> None:
    session, plan = EXAMPLES["session"].entry(), EXAMPLES["plan"].entry()
    save(engine, scope, session)
    assert lists.session_list(engine, scope, MONDAY)["counts"][0] is pd.NA
    save(engine, scope, plan)
    row = lists.session_list(engine, scope, MONDAY).iloc[0]
    assert not row["counts"]


def test_a_plans_items_and_a_sessions_sets_keep_their_order(engine: Engine, scope: Scope) -> None:
    save(engine, scope, EXAMPLES["plan"].entry(), EXAMPLES["session"].entry())
    items = lists.plan_item_list(engine, scope, TODAY)
    assert list(items["exercise"]) == ["split-squat", "clam", "bridge"]
    assert list(items["block"]) == ["main", "warm-up", "main"]
    assert list(lists.set_list(engine, scope, MONDAY)["side"]) == ["left", "right"]


def test_every_main_exercise_that_was_ever_planned_is_listed_once_the_first_planned_first(
    engine: Engine, scope: Scope
) -> None:
    plan = EXAMPLES["plan"].entry()
    assert isinstance(plan, Plan)
    before = {"starts_on": plan.starts_on - timedelta(weeks=4), "parts": [plan.parts[2], plan.parts[1]]}
    save(engine, scope, plan, plan.model_copy(update=before))
    listed = lists.planned_list(engine, scope)
    assert list(listed["exercise"]) == ["bridge", "split-squat"]
    assert list(listed["since"]) == [pd.Timestamp(before["starts_on"]), pd.Timestamp(plan.starts_on)]


def test_the_sets_of_many_days_come_oldest_first_each_with_its_day(engine: Engine, scope: Scope) -> None:
    monday = EXAMPLES["session"].changed()
    save(engine, scope, monday, monday.model_copy(update={"on_date": LONG_AGO}))
    listed = lists.training_list(engine, scope, LONG_AGO)
    assert [str(day)[:10] for day in listed["on_date"]] == ["2026-01-01", "2026-03-02"]
    assert listed["next_morning_pain"].tolist() == [3.0, 3.0]
    assert len(lists.training_list(engine, scope, LONG_AGO + timedelta(days=1))) == 1


def test_a_plan_names_its_days_range_and_load_or_says_that_it_does_not(engine: Engine, scope: Scope) -> None:
    save(engine, scope, EXAMPLES["plan"].entry())
    items = lists.plan_item_list(engine, scope, TODAY)
    assert items["weekdays"].tolist() == [None] * 3
    assert items["high"].fillna(-1).tolist() == [-1.0, 12.0, -1.0]
    assert items["load_kg"].fillna(-1).tolist() == [-1.0, -1.0, 12.5]
    assert items["stage"].tolist() == ["usual", "usual", "more range"]
    save(engine, scope, EXAMPLES["plan"].changed())
    assert lists.plan_list(engine, scope)["weekdays"].tolist() == [(0, 3)]


def test_a_profile_tells_none_from_not_asked(engine: Engine, scope: Scope) -> None:
    save(engine, scope, EXAMPLES["profile"].entry())
    (row,) = lists.profile_list(engine, scope).itertuples()
    assert (row.equipment, row.contraindications) == (("kettlebell", "mat"), ())
    save(engine, scope, EXAMPLES["profile"].changed())
    (row,) = lists.profile_list(engine, scope).itertuples()
    assert (row.equipment, row.contraindications) == (None, ("low back pain",))


def test_an_import_lists_how_many_of_its_runs_are_left(engine: Engine, scope: Scope) -> None:
    first = add_runs(engine, scope, [imported(1), imported(2)], "one.csv", AT)
    add_runs(engine, scope, [imported(2), imported(3)], "two.csv", AT + timedelta(hours=1))
    undo_import(engine, scope, first.import_id)
    listed = lists.import_list(engine, scope)
    assert listed[["filename", "runs"]].to_numpy().tolist() == [["two.csv", 1], ["one.csv", 0]]
    assert listed["at"][1] == pd.Timestamp(AT)
