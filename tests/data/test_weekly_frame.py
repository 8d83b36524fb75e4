"""The weekly frame: three states, sides, shares of a plan, and agreement with a slow reckoning by hand."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as run_with
from hypothesis import strategies as st
from sqlalchemy import Engine

from data.entries import Entry, PainReport, Plan, Session, WeeklyTotal, WeekMark, parse
from data.errors import InvalidEntryError
from data.frames import weekly
from data.lists import session_list
from data.runners import add_runner, save_settings
from data.scope import Scope
from data.store import save
from data.weeks import iso_week, runner_week, week_of
from tests.data.examples import DOOR, MONDAY, TODAY, plan_item, run, settings, strength_set
from tests.data.weekly_by_hand import Diary, rows

FEBRUARY = [date(2026, 2, 2) + timedelta(weeks=number) for number in range(4)]  # four Mondays
LAST_SUNDAY = date(2026, 3, 1)
DTYPES = {
    "week": "datetime64[s]",
    "distance_m": "float64",
    "distance_from": "str",
    "runs_m": "float64",
    "runs": "int64",
    "longest_run_m": "float64",
    "duration_s": "float64",
    "sessions": "int64",
    "sessions_done": "float64",
    "sessions_prescribed": "int64",
    "pain": "float64",
    "pain_left": "float64",
    "pain_right": "float64",
    "pain_morning": "float64",
}


def total(week: date, metres: float) -> WeeklyTotal:
    return parse(WeeklyTotal, {"iso_week": week, "distance_m": metres}, DOOR)


def mark(week: date, what: str) -> WeekMark:
    return parse(WeekMark, {"iso_week": week, "mark": what}, DOOR)


def pain(
    day: date,
    side: str,
    worst: int | None,
    morning: int | None = None,
    period: str = "week",
    site: str = "kneecap",
) -> PainReport:
    report = {"period": period, "on_date": day, "site": site, "side": side}
    return parse(PainReport, report | {"worst_running": worst, "next_morning": morning}, DOOR)


def plan(
    starts_on: date,
    *items: dict[str, Any],
    days: int = 3,
    ends_on: date | None = None,
    weekdays: Sequence[int] | None = None,
) -> Plan:
    when = {"starts_on": starts_on, "ends_on": ends_on, "days_per_week": days, "weekdays": weekdays}
    return parse(Plan, when | {"parts": items or [plan_item()]}, DOOR)


def session(day: date, *sets: dict[str, Any], ordinal: int = 1) -> Session:
    return parse(Session, {"on_date": day, "ordinal": ordinal, "parts": sets}, DOOR)


def pairs(exercise: str, count: int) -> list[dict[str, Any]]:
    return [strength_set(exercise, side, number + 1) for number in range(count) for side in ("left", "right")]


def legs(exercise: str, side: str, count: int) -> list[dict[str, Any]]:
    return [strength_set(exercise, side, number + 1) for number in range(count)]


def frame(engine: Engine, scope: Scope, *entries: Entry, first_day: int = 0, today: date = LAST_SUNDAY) -> pd.DataFrame:
    save(engine, scope, *entries)
    return weekly(engine, scope, first_day, today)


def done(engine: Engine, scope: Scope, in_force: Plan, *sets: dict[str, Any]) -> float:
    """Sessions done in a week that holds one session with these sets."""
    week = week_of(in_force.starts_on, 0)
    weeks = frame(engine, scope, in_force, session(in_force.starts_on, *sets)).set_index("week")
    return float(weeks.loc[str(week), "sessions_done"])


def test_an_empty_diary_has_no_weeks_and_the_same_columns(engine: Engine, scope: Scope) -> None:
    empty = weekly(engine, scope, 0, TODAY)
    filled = frame(engine, scope, run(MONDAY), plan(MONDAY), session(MONDAY, strength_set()), pain(MONDAY, "left", 3))
    assert len(empty) == 0
    assert len(filled) == 1
    for weeks in (empty, filled):
        assert list(weeks.dtypes.astype(str).items()) == list(DTYPES.items())
        assert isinstance(weeks.index, pd.RangeIndex)


def test_distance_has_three_states_and_says_where_it_is_from(engine: Engine, scope: Scope) -> None:
    weeks = frame(
        engine,
        scope,
        run(FEBRUARY[0], 5_000.0),
        run(FEBRUARY[0] + timedelta(days=6), 7_000.0),
        mark(FEBRUARY[1], "no running"),
        run(FEBRUARY[3], 5_000.0),
        total(FEBRUARY[3], 31_000.0),
    )
    assert list(weeks["distance_from"]) == ["runs", "stated zero", "unknown", "typed"]
    np.testing.assert_array_equal(weeks["distance_m"], [12_000.0, 0.0, np.nan, 31_000.0])
    np.testing.assert_array_equal(weeks["runs_m"], [12_000.0, np.nan, np.nan, 5_000.0])
    np.testing.assert_array_equal(weeks["longest_run_m"], [7_000.0, np.nan, np.nan, 5_000.0])
    assert list(weeks["runs"]) == [2, 0, 0, 1]


def test_a_typed_zero_replaces_runs_too(engine: Engine, scope: Scope) -> None:
    weeks = frame(engine, scope, run(FEBRUARY[3], 5_000.0), total(FEBRUARY[3], 0.0))
    assert (weeks["distance_m"][0], weeks["distance_from"][0]) == (0.0, "typed")


@pytest.mark.parametrize("marks", [(), ("no running",)])
def test_runs_without_a_distance_leave_it_unknown(engine: Engine, scope: Scope, marks: tuple[str, ...]) -> None:
    save(engine, scope, *(mark(FEBRUARY[3], what) for what in marks))
    weeks = frame(engine, scope, run(FEBRUARY[3], None, 1_800.0))
    assert (weeks["runs"][0], weeks["duration_s"][0], weeks["distance_from"][0]) == (1, 1_800.0, "unknown")
    assert weeks[["distance_m", "runs_m", "longest_run_m"]].isna().all(axis=None)


def test_training_has_three_states(engine: Engine, scope: Scope) -> None:
    weeks = frame(
        engine,
        scope,
        plan(FEBRUARY[0]),
        session(FEBRUARY[0], *pairs("split-squat", 3)),
        mark(FEBRUARY[1], "no training"),
        session(FEBRUARY[3], *pairs("split-squat", 1)),
    )
    np.testing.assert_array_equal(weeks["sessions_done"], [1.0, 0.0, np.nan, 0.0])
    assert list(weeks["sessions"]) == [1, 0, 0, 1]
    assert list(weeks["sessions_prescribed"]) == [3, 3, 3, 3]


def test_a_plan_alone_shows_what_it_prescribes_and_claims_nothing(engine: Engine, scope: Scope) -> None:
    weeks = frame(engine, scope, plan(FEBRUARY[2]))
    assert list(weeks["sessions_prescribed"]) == [3, 3]
    assert weeks["sessions_done"].isna().all()
    assert len(frame(engine, scope, today=FEBRUARY[1])) == 0


ONE = (plan_item("split-squat", "each", 4),)
TWO = (plan_item("split-squat", "each", 4), plan_item("bridge", "both", 4))


@pytest.mark.parametrize(
    ("items", "sets", "counts"),
    [
        (ONE, pairs("split-squat", 3), True),  # exactly 75 %
        (ONE, pairs("split-squat", 2) + legs("split-squat", "left", 3)[2:], False),  # 2 1/2 of 4
        (ONE, pairs("split-squat", 2) + legs("split-squat", "left", 4)[2:], True),  # 3 of 4: one leg is half
        (ONE, legs("split-squat", "left", 4), False),
        (ONE, legs("split-squat", "left", 8), False),  # more of one leg does not make up for the other
        (TWO, pairs("split-squat", 4) + legs("bridge", "both", 2), True),
        (TWO, pairs("split-squat", 6) + legs("bridge", "both", 1), False),  # nor more of one exercise for another
        (ONE, pairs("plank", 9), False),
        ((plan_item("split-squat", "left", 4),), legs("split-squat", "left", 3), True),
        ((plan_item("split-squat", "left", 4),), legs("split-squat", "right", 4), False),
        ((plan_item("bridge", "right", 4),), legs("bridge", "both", 3), True),  # both legs hold each of them
        ((plan_item("bridge", "left", 4),), legs("bridge", "both", 3), True),
        ((plan_item("bridge", "each", 4),), legs("bridge", "both", 3), True),
        ((plan_item("bridge", "both", 4),), pairs("bridge", 3), True),
        ((plan_item("bridge", "both", 2),), legs("bridge", "both", 2), True),
        (ONE, [part | {"repetitions": 0} for part in pairs("split-squat", 4)], False),  # a stated zero is not a set
        (ONE, [part | {"repetitions": None, "seconds": 20} for part in pairs("split-squat", 3)], True),
    ],
)
def test_a_session_counts_from_three_quarters_of_its_prescribed_sets(
    engine: Engine, scope: Scope, items: tuple[dict[str, Any], ...], sets: list[dict[str, Any]], counts: bool
) -> None:
    assert done(engine, scope, plan(FEBRUARY[3], *items), *sets) == float(counts)


@pytest.mark.parametrize(
    ("first", "second", "counts"),
    [
        (pairs("split-squat", 4), legs("bridge", "both", 4), True),  # each is half of the plan
        (pairs("split-squat", 4), legs("bridge", "both", 1), False),
        (
            pairs("split-squat", 2),
            pairs("split-squat", 4) + legs("bridge", "both", 1),
            False,
        ),  # no more than prescribed
        (legs("split-squat", "left", 4), legs("split-squat", "right", 4) + legs("bridge", "both", 2), True),
        (pairs("split-squat", 4) + legs("bridge", "both", 4),) * 2 + (True,),  # and twice the plan is one day of it
    ],
)
def test_all_sessions_of_a_day_are_one_day_of_work(engine, scope, first, second, counts):
    weeks = frame(engine, scope, plan(MONDAY, *TWO), session(MONDAY, *first), session(MONDAY, *second, ordinal=2))
    assert weeks["sessions_done"].tolist() == [float(counts)]
    assert weeks["sessions"].tolist() == [2]
    assert session_list(engine, scope, MONDAY)["counts"].tolist() == [counts, counts]


def test_the_warm_up_does_not_count(engine: Engine, scope: Scope) -> None:
    warm_up = plan_item("clam", "each", 6, block="warm-up")
    assert done(engine, scope, plan(FEBRUARY[3], warm_up, *ONE), *pairs("split-squat", 3)) == 1.0
    assert done(engine, scope, plan(FEBRUARY[3], warm_up, *ONE), *pairs("clam", 6), *pairs("split-squat", 2)) == 0.0


def test_a_session_counts_by_the_plan_of_its_day(engine: Engine, scope: Scope) -> None:
    weeks = frame(
        engine,
        scope,
        plan(FEBRUARY[0], plan_item("split-squat", sets=2), ends_on=FEBRUARY[2]),
        plan(FEBRUARY[1], plan_item("split-squat", sets=4), ends_on=FEBRUARY[2] - timedelta(days=1)),
        *(session(monday, *pairs("split-squat", 2)) for monday in FEBRUARY),
    )
    np.testing.assert_array_equal(weeks["sessions_done"], [1.0, 0.0, 0.0, 0.0])
    assert list(weeks["sessions_prescribed"]) == [3, 3, 0, 0]


@pytest.mark.parametrize(
    ("starts_on", "ends_on", "prescribed"),
    [
        (FEBRUARY[0], FEBRUARY[0] + timedelta(days=6), [3]),
        (FEBRUARY[0] + timedelta(days=4), FEBRUARY[1] + timedelta(days=6), [1, 3]),  # Friday to Sunday: 9/7
        (FEBRUARY[0] + timedelta(days=6), FEBRUARY[1] + timedelta(days=1), [0, 1]),  # 3/7, then 6/7
    ],
)
def test_the_first_and_the_last_week_of_a_plan_are_pro_rata(
    engine: Engine, scope: Scope, starts_on: date, ends_on: date, prescribed: list[int]
) -> None:
    weeks = frame(engine, scope, plan(starts_on, ends_on=ends_on), today=ends_on)
    assert list(weeks["sessions_prescribed"]) == prescribed


@pytest.mark.parametrize(
    ("weekdays", "prescribed"),
    [
        ((0, 2, 4), [1, 3, 1]),  # of Friday to Tuesday of the week after next: Friday; all; Monday
        ((0, 1, 2), [0, 3, 2]),
        ((4, 5, 6), [3, 3, 0]),
    ],
)
def test_a_plan_with_weekdays_asks_for_those_that_it_is_in_force_on(
    engine: Engine, scope: Scope, weekdays: Sequence[int], prescribed: list[int]
) -> None:
    friday, tuesday = FEBRUARY[0] + timedelta(days=4), FEBRUARY[2] + timedelta(days=1)
    save(engine, scope, plan(friday, ends_on=tuesday, weekdays=weekdays))
    weeks = weekly(engine, scope, 0, tuesday)
    assert list(weeks["sessions_prescribed"]) == prescribed
    from_sunday = weekly(engine, scope, 6, tuesday)
    assert from_sunday["sessions_prescribed"].sum() == sum(prescribed)


def test_the_weeks_worst_pain_is_kept_by_side(engine: Engine, scope: Scope) -> None:
    weeks = frame(
        engine,
        scope,
        pain(FEBRUARY[0], "left", 2, 5),
        pain(FEBRUARY[0] + timedelta(days=6), "left", 4, period="day"),
        pain(FEBRUARY[0], "right", 0),
        pain(FEBRUARY[2], "both", 3, period="day"),
        pain(FEBRUARY[3], "left", None, 1),
    )
    np.testing.assert_array_equal(weeks["pain"], [4.0, np.nan, 3.0, np.nan])
    np.testing.assert_array_equal(weeks["pain_left"], [4.0, np.nan, 3.0, np.nan])
    np.testing.assert_array_equal(weeks["pain_right"], [0.0, np.nan, 3.0, np.nan])
    np.testing.assert_array_equal(weeks["pain_morning"], [5.0, np.nan, np.nan, 1.0])


def test_another_runners_entries_are_not_in_the_frame(engine: Engine, scope: Scope, other: Scope) -> None:
    theirs = [run(FEBRUARY[0]), plan(FEBRUARY[0], *ONE), session(FEBRUARY[3], *pairs("split-squat", 4))]
    save(
        engine, other, *theirs, total(FEBRUARY[2], 1.0), mark(FEBRUARY[2], "no training"), pain(FEBRUARY[3], "left", 9)
    )
    mine = frame(engine, scope, session(FEBRUARY[3], *pairs("split-squat", 4)))
    assert len(mine) == 1
    assert mine.loc[0, ["sessions", "sessions_done", "sessions_prescribed", "runs"]].to_list() == [1, 0.0, 0, 0]
    assert mine[["pain", "distance_m"]].isna().all(axis=None)


DAYS = st.dates(TODAY - timedelta(days=50), TODAY)
MONDAYS = st.sampled_from([MONDAY - timedelta(weeks=number) for number in range(8)])
METRES = st.none() | st.integers(0, 40).map(lambda kilometres: kilometres * 1_000.0)
EXERCISES = st.sampled_from(["split-squat", "clam", "bridge"])
SIDES = st.sampled_from(["left", "right", "both"])
COUNTS = st.integers(1, 5)
SCORES = st.none() | st.integers(0, 10)
RUNS = st.fixed_dictionaries({"day": DAYS, "metres": METRES, "seconds": st.none() | st.integers(0, 9_000).map(float)})
SETS = st.fixed_dictionaries(
    {
        "exercise": EXERCISES,
        "side": st.sampled_from(["left", "right"]) | SIDES,
        "ordinal": st.integers(1, 5),
        "repetitions": st.none() | st.integers(0, 2),
        "seconds": st.none() | st.just(20),
    }
)
PRESCRIBED = st.builds(lambda first, second: pairs("split-squat", first) + pairs("clam", second), COUNTS, COUNTS)
SOME_SETS = st.lists(SETS, min_size=1, max_size=9) | PRESCRIBED
ITEMS = st.builds(
    plan_item,
    EXERCISES,
    st.sampled_from(["each", "each", "left", "right", "both"]),
    st.integers(1, 4),
    block=st.sampled_from(["main", "main", "warm-up"]),
)
WEEKDAYS = st.sets(st.integers(0, 6), min_size=1).map(sorted)
PLACES = st.tuples(st.sampled_from(["kneecap", "shin"]), SIDES) | st.just(("anywhere", "both"))
PAINS = st.fixed_dictionaries({"place": PLACES, "worst": SCORES | st.just(0), "morning": SCORES})


def accepted(make: Any, *arguments: Any, **values: Any) -> list[Entry]:
    try:
        return [make(*arguments, **values)]
    except InvalidEntryError:
        return []


@st.composite
def diaries(draw: st.DrawFn) -> list[Entry]:
    """Some weeks of a diary; entries that the door refuses are left out."""
    several = {"max_size": 6}
    drawn = [accepted(run, **values) for values in draw(st.lists(RUNS, **several))]
    drawn += [[total(week, metres)] for week, metres in draw(st.lists(st.tuples(MONDAYS, METRES), **several)) if metres]
    for day, sets, ordinal in draw(st.lists(st.tuples(DAYS, SOME_SETS, st.integers(1, 2)), **several)):
        drawn.append(accepted(session, day, *sets, ordinal=ordinal))
    for sets in draw(st.lists(SOME_SETS, max_size=2)):  # two sessions of one day are seldom drawn by chance
        drawn.append(accepted(session, TODAY, *sets, ordinal=len(drawn) % 2 + 1))
    for day, items, weekdays, length in draw(
        st.lists(st.tuples(DAYS, st.lists(ITEMS, min_size=1, max_size=4), WEEKDAYS, st.integers(0, 60)), max_size=3)
    ):
        ends_on = day + timedelta(days=length) if length < 40 else None
        named = weekdays if draw(st.booleans()) else None
        drawn.append(accepted(plan, day, *items, days=len(weekdays), ends_on=ends_on, weekdays=named))
    for values in draw(st.lists(PAINS, **several)):
        weekly_one = draw(st.booleans())
        day = draw(MONDAYS) if weekly_one else draw(DAYS)
        site, side = values.pop("place")
        drawn.append(accepted(pain, day, side, **values, site=site, period="week" if weekly_one else "day"))
    return [entry for entries in drawn for entry in entries]


MARKS = st.lists(st.tuples(MONDAYS, st.sampled_from(["no running", "no training"])), max_size=4)


def keep(engine: Engine, scope: Scope, diary: Mapping[Any, Entry], *entries: Entry) -> dict[Any, Entry]:
    """Save one by one what the store accepts, and the diary with it."""
    kept = dict(diary)
    for entry in entries:
        try:
            (receipt,) = save(engine, scope, entry)
        except InvalidEntryError:
            continue
        kept[natural_key(entry)] = entry
        assert receipt.row_id > 0
    return kept


def natural_key(entry: Entry) -> tuple[Any, ...]:
    names = (
        "on_date",
        "ordinal",
        "starts_on",
        "iso_week",
        "mark",
        "period",
        "site",
        "side",
        "local_date",
        "distance_m",
        "duration_s",
    )
    if isinstance(entry, WeeklyTotal):
        return (entry.kind, entry.iso_week)
    return (entry.kind, *(getattr(entry, name, None) for name in names))


@pytest.mark.parametrize("first_day", [0, 5, 6])
@given(before=MARKS, entries=diaries(), after=MARKS, site=st.sampled_from([None, "kneecap", "shin"]))
@run_with(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_the_frame_agrees_with_a_slow_reckoning_by_hand(
    engine: Engine, first_day: int, before: list[Any], entries: list[Entry], after: list[Any], site: str | None
) -> None:
    scope = Scope(add_runner(engine, "Ada", simulated=False).id)
    save_settings(engine, scope, settings(week_start=first_day))
    kept = keep(engine, scope, {}, *(mark(*one) for one in before), *entries, *(mark(*one) for one in after))
    got = weekly(engine, scope, first_day, TODAY, site).assign(week=lambda weeks: weeks["week"].dt.date)
    wanted = pd.DataFrame(rows(Diary(list(kept.values())), first_day, TODAY, site), columns=list(DTYPES))
    assert got["distance_from"].to_list() == wanted["distance_from"].to_list()
    pd.testing.assert_frame_equal(got, wanted, check_dtype=False)


def test_changing_the_first_day_moves_no_weekly_entry_onto_another(engine: Engine, scope: Scope) -> None:
    weeks = [MONDAY - timedelta(weeks=number) for number in range(1, 30)][::-1]
    save(engine, scope, *(total(week, number * 1_000.0) for number, week in enumerate(weeks)))
    save(engine, scope, *(pain(week, "left", number % 10) for number, week in enumerate(weeks)))
    for first_day in range(7):
        typed = weekly(engine, scope, first_day, week_of(TODAY, first_day) - timedelta(days=1))
        assert typed["distance_m"].to_list() == [number * 1_000.0 for number in range(29)]
        assert set(typed["distance_from"]) == {"typed"}
        assert typed["pain"].to_list() == [float(number % 10) for number in range(29)]


@given(st.dates(date(1970, 1, 8), date(2100, 1, 1)), st.integers(0, 6))
def test_iso_weeks_and_runners_weeks_are_one_to_one(day: date, first_day: int) -> None:
    week, monday = week_of(day, first_day), week_of(day, 0)
    assert runner_week(iso_week(week), first_day) == week
    assert iso_week(runner_week(monday, first_day)) == monday
    assert week.weekday() == first_day
    assert timedelta(0) <= day - week < timedelta(days=7)
    assert abs(iso_week(week) - week) <= timedelta(days=3)


# One body site, one exercise


def test_the_pain_of_one_site_alone(engine, scope):
    shin = parse(
        PainReport,
        {"period": "week", "on_date": FEBRUARY[0], "site": "shin", "side": "right"} | {"worst_running": 7},
        DOOR,
    )
    day = parse(
        PainReport,
        {"period": "day", "on_date": FEBRUARY[1], "site": "shin", "side": "left"} | {"worst_running": 2},
        DOOR,
    )
    save(engine, scope, shin, day, pain(FEBRUARY[0], "left", 3), pain(FEBRUARY[2], "left", 4))
    of_shin = weekly(engine, scope, 0, LAST_SUNDAY, "shin").set_index("week")["pain"]
    assert of_shin[pd.Timestamp(FEBRUARY[0])] == 7
    assert of_shin[pd.Timestamp(FEBRUARY[1])] == 2
    assert np.isnan(of_shin.get(pd.Timestamp(FEBRUARY[2]), np.nan))  # of the kneecap: nothing is known of the shin
    assert weekly(engine, scope, 0, LAST_SUNDAY)["pain"].tolist()[:3] == [7, 2, 4]


def test_no_pain_anywhere_is_a_stated_zero_of_every_site_and_side(engine, scope):
    none, unclear = (
        pain(week, "both", worst, site="anywhere") for week, worst in zip(FEBRUARY[1:], (0, 3), strict=False)
    )
    save(engine, scope, pain(FEBRUARY[0], "left", 4), none, unclear)
    of_kneecap = weekly(engine, scope, 0, LAST_SUNDAY, "kneecap")
    np.testing.assert_array_equal(of_kneecap["pain"], [4, 0, np.nan, np.nan])
    np.testing.assert_array_equal(of_kneecap["pain_left"], [4, 0, np.nan, np.nan])
    np.testing.assert_array_equal(of_kneecap["pain_right"], [np.nan, 0, np.nan, np.nan])


def test_the_adherence_of_one_exercise_alone(engine, scope):
    """Two sessions: both exercises in the first, one of them in the second."""
    both = plan(FEBRUARY[0], plan_item("split-squat", sets=2), plan_item("clam", sets=2))
    first = session(FEBRUARY[0], *pairs("split-squat", 2), *pairs("clam", 2))
    second = session(FEBRUARY[0] + timedelta(days=2), *pairs("split-squat", 2))
    save(engine, scope, both, first, second)
    done = {
        of: weekly(engine, scope, 0, LAST_SUNDAY, None, of)["sessions_done"].iloc[0] for of in ("split-squat", "clam")
    }
    assert done == {"split-squat": 2, "clam": 1}
    assert weekly(engine, scope, 0, LAST_SUNDAY)["sessions_done"].iloc[0] == 1


def test_an_exercise_is_prescribed_only_while_a_plan_holds_it(engine, scope):
    save(engine, scope, plan(FEBRUARY[0], plan_item("clam")), plan(FEBRUARY[2], plan_item("split-squat")))
    prescribed = weekly(engine, scope, 0, LAST_SUNDAY, None, "clam").set_index("week")["sessions_prescribed"]
    assert prescribed[pd.Timestamp(FEBRUARY[1])] == 3
    assert prescribed[pd.Timestamp(FEBRUARY[2])] == 0
