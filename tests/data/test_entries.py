"""What may come in: every limit, in words that say what was entered."""

import math
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import settings as run_with
from hypothesis import strategies as st
from sqlalchemy import Engine

from data.entries import (
    Door,
    Entry,
    Injury,
    Offer,
    PainReport,
    Plan,
    Profile,
    Run,
    SelfTest,
    Session,
    Settings,
    WeeklyTotal,
    WeekMark,
    parse,
)
from data.errors import InvalidEntryError
from data.runners import add_runner, runner, save_settings
from data.schema import KINDS
from data.scope import Scope
from data.store import save
from tests.data.examples import (
    DOOR,
    EXAMPLES,
    LEFT_LEG,
    MONDAY,
    SETTINGS,
    TODAY,
    Example,
    plan_item,
    strength_set,
)

NAN, INF = math.nan, math.inf
SETTINGS_EXAMPLE = Example(Settings, SETTINGS, {})
PAIN = {"period": "day", "on_date": TODAY, "site": "kneecap", "side": "left"}
RUN = {"local_date": TODAY, "distance_m": 5_000.0}
TOMORROW = TODAY + timedelta(days=1)
PLAN = {"starts_on": TODAY, "days_per_week": 3, "parts": [plan_item()]}
OFFER = EXAMPLES["offer"].values
PROFILE = {"on_date": TODAY}


def refusal(kind: type[Entry], values: dict[str, Any], door: Door = DOOR) -> str:
    """What a runner reads when this is refused."""
    with pytest.raises(InvalidEntryError) as caught:
        parse(kind, values, door)
    return str(caught.value)


def test_there_is_an_example_of_every_kind() -> None:
    assert {name: example.kind.kind for name, example in EXAMPLES.items()} == {name: name for name in KINDS}


@pytest.mark.parametrize("example", EXAMPLES.values(), ids=EXAMPLES)
def test_an_ordinary_entry_is_accepted_as_it_is(example: Example) -> None:
    entry = example.entry()
    for name, value in example.values.items():
        if name != "parts":
            assert getattr(entry, name) == value
    assert len(getattr(entry, "parts", ())) == len(example.values.get("parts", ()))


@pytest.mark.parametrize(
    ("kind", "values", "message"),
    [
        (
            PainReport,
            PAIN | {"worst_running": 12},
            "Pain is 12. The scale goes from 0 (none) to 10 (worst imaginable).",
        ),
        (
            PainReport,
            PAIN | {"worst_running": -1},
            "Pain is -1. The scale goes from 0 (none) to 10 (worst imaginable).",
        ),
        (
            PainReport,
            PAIN | {"next_morning": 11},
            "Pain next morning is 11. The scale goes from 0 (none) to 10 (worst imaginable).",
        ),
        (
            PainReport,
            PAIN | {"worst_running": 3.5},
            "Pain is 3.5. Enter a whole number; the scale goes from 0 (none) to 10 (worst imaginable).",
        ),
        (
            Run,
            RUN | {"distance_m": 500_001.0},
            "The distance is 500.001 km (311 miles). One day's running is from 0 to 500 km (311 miles).",
        ),
        (
            Run,
            RUN | {"distance_m": -5_000.0},
            "The distance is -5 km (-3 miles). One day's running is from 0 to 500 km (311 miles).",
        ),
        (
            Run,
            RUN | {"local_date": TOMORROW},
            "The date is 5 March 2026, which is in the future. Enter today or a day before.",
        ),
        (
            Run,
            RUN | {"local_date": date(1926, 3, 4)},
            "The date is 4 March 1926. Enter a day after 1 January 1970.",
        ),
        (Run, RUN | {"effort": 11}, "Effort is 11. The scale goes from 0 (rest) to 10 (maximal)."),
        (
            Run,
            RUN | {"duration_s": 1_000_000.0},
            "The time is 277.778 hours. One run takes from 0 to 168 hours.",
        ),
        (
            Run,
            {"local_date": TODAY},
            "The run has neither a distance nor a time. Enter at least one of them.",
        ),
        (
            Run,
            RUN | {"start": datetime(2026, 2, 20, 8, tzinfo=UTC)},
            "The run starts on 20 February 2026, and its day is 4 March 2026. Enter the day it started.",
        ),
        (
            Run,
            RUN | {"start": datetime(2026, 3, 4, 8)},
            "The start is 2026-03-04 08:00:00. It needs a day, a time and a time zone.",
        ),
        (
            Session,
            {"on_date": MONDAY, "parts": [strength_set(repetitions=-3)]},
            "Split squat: Repetitions are -3. Repetitions go from 0 to 1000.",
        ),
        (
            Session,
            {"on_date": MONDAY, "parts": [strength_set(side=None)]},
            "Set 1 of split squat has no side. It is done one leg at a time: enter left or right.",
        ),
        (
            Session,
            {"on_date": MONDAY, "parts": [strength_set(side="both", ordinal=2)]},
            "Set 2 of split squat has no side. It is done one leg at a time: enter left or right.",
        ),
        (
            Session,
            {"on_date": MONDAY, "parts": [strength_set("bridge", side=None)]},
            "Set 1 of bridge has no side. Enter left, right or both.",
        ),
        (
            Session,
            {"on_date": MONDAY, "parts": [strength_set(repetitions=None)]},
            "Set 1 of split squat has neither repetitions nor seconds. Enter one.",
        ),
        (
            Session,
            {"on_date": MONDAY, "parts": [strength_set(), strength_set()]},
            "Set 1 of split squat (left) is there twice. Number the sets 1, 2, 3.",
        ),
        (
            Session,
            {"on_date": MONDAY, "parts": []},
            "No set has repetitions or seconds. Enter at least one, or mark the week as no training.",
        ),
        (
            Session,
            {"on_date": MONDAY, "parts": [strength_set(load_kg=501)]},
            "Split squat: Load is 501 kg. Load goes from 0 to 500 kg.",
        ),
        (
            SelfTest,
            {"on_date": MONDAY, "parts": [LEFT_LEG, LEFT_LEG]},
            "The left leg is answered twice. Answer once for each leg.",
        ),
        (
            SelfTest,
            {"on_date": MONDAY, "parts": [{"side": "left"}]},
            "No leg has an answer. Answer at least one question for one leg.",
        ),
        (PainReport, PAIN | {"side": None, "worst_running": 3}, "The kneecap has no side. Enter left, right or both."),
        (
            PainReport,
            PAIN | {"site": "lower back", "worst_running": 3},
            "Lower back is entered for both sides, not left.",
        ),
        (
            PainReport,
            PAIN,
            "Nothing is answered for the kneecap. Enter a pain value, or leave the site out.",
        ),
        (
            PainReport,
            PAIN | {"symptoms": 9},
            "An answer is scored 9. The four answers score 0, 8, 17 and 25.",
        ),
        (
            Injury,
            {"onset": MONDAY, "site": "shin", "side": "left", "returned_on": date(2026, 3, 1)},
            "The return (1 March 2026) is before the start (2 March 2026)."
            " Enter a return on or after the day it started.",
        ),
        (
            Plan,
            {"starts_on": TODAY, "ends_on": MONDAY, "days_per_week": 3, "parts": [plan_item()]},
            "The plan's end (2 March 2026) is before its start (4 March 2026)."
            " Enter an end on or after the day it starts.",
        ),
        (
            Plan,
            {"starts_on": date(2060, 1, 1), "days_per_week": 3, "parts": [plan_item()]},
            "The date is 1 January 2060. A plan may run until 3 March 2036.",
        ),
        (
            Plan,
            {"starts_on": TODAY, "days_per_week": 3, "parts": [plan_item(), plan_item(sets=1)]},
            "Split squat is in the plan twice. Enter it once, with all its sets, in the warm-up or in the main part.",
        ),
        (
            Plan,
            {"starts_on": TODAY, "days_per_week": 3, "parts": []},
            "The plan has no exercise. Choose at least one main exercise.",
        ),
        (
            Plan,
            {"starts_on": TODAY, "days_per_week": 3, "parts": [plan_item(seconds=20)]},
            "Split squat has 8 repetitions and 20 seconds. Enter one of them.",
        ),
        (
            Plan,
            PLAN | {"parts": [plan_item(repetitions=None)]},
            "Split squat has no number to begin with. Enter how many repetitions, or how many seconds.",
        ),
        (
            Plan,
            PLAN | {"parts": [plan_item(), plan_item(block="warm-up")]},
            "Split squat is in the plan twice. Enter it once, with all its sets, in the warm-up or in the main part.",
        ),
        (
            Plan,
            PLAN | {"parts": [plan_item(block="warm-up")]},
            "The plan has only a warm-up. Choose at least one main exercise.",
        ),
        (
            Plan,
            PLAN | {"parts": [plan_item(high=7)]},
            "The range of split squat goes from 8 to 7. Enter a top that is 8 or more.",
        ),
        (
            Plan,
            PLAN | {"parts": [plan_item(high=201)]},
            "The top of split squat is 201. A plan has from 1 to 200 repetitions.",
        ),
        (
            Plan,
            PLAN | {"weekdays": [0, 3]},
            "The plan has 3 days a week, and the days chosen are Monday, Thursday. Choose 3, or change the number.",
        ),
        (
            Plan,
            PLAN | {"weekdays": [0, 2, 7]},
            "The training days are [0, 2, 7]. Choose at least one, from Monday (0) to Sunday (6).",
        ),
        (
            Plan,
            PLAN | {"weekdays": []},
            "The training days are []. Choose at least one, from Monday (0) to Sunday (6).",
        ),
        (
            Offer,
            {**OFFER, "answer": "accepted"},
            "The answer and its day belong together. Enter both, or neither.",
        ),
        (
            Offer,
            {**OFFER, "answer": "accepted", "answered_on": date(2026, 3, 1)},
            "The answer (1 March 2026) is before the offer (2 March 2026). Enter the day it was answered.",
        ),
        (Offer, {**OFFER, "reason": "a" * 601}, "The reason has 601 letters. Use up to 600."),
        (
            Profile,
            PROFILE | {"equipment": ["kettlebell", "hammer"]},
            "The equipment has hammer, which is not on the list. Choose from the list.",
        ),
        (
            Profile,
            PROFILE | {"contraindications": ["bad luck"]},
            "What hurts or is healing has bad luck, which is not on the list. Choose from the list.",
        ),
        (Profile, PROFILE | {"equipment": "mat"}, "The equipment is mat. Choose from the list."),
        (
            WeeklyTotal,
            {"iso_week": MONDAY, "distance_m": 3_600_000.0},
            "The week's distance is 3600 km (2237 miles). A week's running is from 0 to 3500 km (2175 miles).",
        ),
        (WeeklyTotal, {"iso_week": MONDAY}, "Distance m is missing. Fill it in."),
        (
            WeekMark,
            {"iso_week": TODAY, "mark": "no running"},
            "The week is 2026-03-04. Enter the Monday of an ISO week.",
        ),
        (Settings, SETTINGS | {"name": "a" * 81}, "The name has 81 letters. Use up to 80."),
        (
            Settings,
            SETTINGS | {"time_zone": "Vienna"},
            "The time zone is Vienna. Choose one from the list, such as Europe/Vienna.",
        ),
    ],
)
def test_what_cannot_be_is_refused_in_words_that_echo_it(
    kind: type[Entry], values: dict[str, Any], message: str
) -> None:
    assert refusal(kind, values) == message


TAMPERED = {
    "nan": NAN,
    "infinity": INF,
    "minus infinity": -INF,
    "a flag": True,
    "text": "7",
    "no text": "",
    "400 digits": 10**400,
    "minus 400 digits": -(10**400),
    "long text": "x" * 10_000,
    "a list": [7],
    "NA": pd.NA,
    "a huge number": 1e308,
}


@pytest.mark.parametrize("value", TAMPERED.values(), ids=TAMPERED)
@pytest.mark.parametrize(("kind", "field"), [(PainReport, "worst_running"), (Run, "distance_m"), (Run, "effort")])
def test_what_no_widget_would_send_is_refused_in_one_short_sentence(
    kind: type[Entry], field: str, value: object
) -> None:
    values = PAIN if kind is PainReport else RUN
    assert len(refusal(kind, {**values, field: value})) < 250


def test_a_number_too_long_to_write_out_is_refused() -> None:
    assert "thousands of digits" in refusal(Run, RUN | {"start": 10**5000})
    assert "thousands of digits" in refusal(PainReport, PAIN | {"symptoms": 10**5000})


@pytest.mark.parametrize("value", [7, 7.0, np.int64(7), np.float64(7.0)])
def test_a_whole_number_is_one_however_a_widget_or_a_frame_holds_it(value: object) -> None:
    entry = parse(PainReport, {**PAIN, "worst_running": value}, DOOR)
    assert entry.worst_running == 7
    assert type(entry.worst_running) is int


@pytest.mark.parametrize("value", ["2026-03-02", 20_260_302, datetime(2026, 3, 2), pd.NaT, None, NAN])
def test_a_day_is_a_date_and_nothing_else(value: object) -> None:
    refusal(Run, RUN | {"local_date": value})


def test_every_problem_is_named_at_once() -> None:
    with pytest.raises(InvalidEntryError) as caught:
        parse(PainReport, {**PAIN, "worst_running": 12, "next_morning": -1}, DOOR)
    assert [problem.field for problem in caught.value.problems] == ["worst_running", "next_morning"]


def test_days_and_words_come_in_any_order_and_are_kept_in_theirs() -> None:
    plan = parse(Plan, {**PLAN, "weekdays": [np.int64(4), 0, 2.0, 0]}, DOOR)
    assert plan.weekdays == (0, 2, 4)
    profile = parse(Profile, {**PROFILE, "equipment": ["mat", "kettlebell", "mat"]}, DOOR)
    assert profile.equipment == ("kettlebell", "mat")


def test_having_none_is_kept_apart_from_not_having_been_asked() -> None:
    profile = parse(Profile, {**PROFILE, "equipment": []}, DOOR)
    assert (profile.equipment, profile.contraindications, profile.experience) == ((), None, None)


def test_unknown_is_kept_apart_from_zero() -> None:
    entry = parse(PainReport, {**PAIN, "worst_running": 0}, DOOR)
    assert (entry.worst_running, entry.next_morning) == (0, None)


@pytest.mark.parametrize(
    ("first_day", "today", "allowed"),
    [
        (0, date(2026, 3, 1), date(2026, 2, 23)),
        (5, date(2026, 2, 28), date(2026, 3, 2)),  # the runner's week begins this Saturday, its ISO Monday is ahead
        (6, date(2026, 3, 1), date(2026, 3, 2)),
    ],
)
def test_a_week_can_be_entered_from_its_first_day_whatever_day_that_is(
    first_day: int, today: date, allowed: date
) -> None:
    door = Door(today, first_day=first_day)
    assert parse(WeeklyTotal, {"iso_week": allowed, "distance_m": 1.0}, door).iso_week == allowed
    too_early = {"iso_week": allowed + timedelta(weeks=1), "distance_m": 1.0}
    assert "in the future" in refusal(WeeklyTotal, too_early, door)
    weekly_pain = PAIN | {"period": "week", "on_date": allowed, "worst_running": 1}
    assert parse(PainReport, weekly_pain, door).on_date == allowed


SCALARS = (
    st.none()
    | st.booleans()
    | st.integers()
    | st.integers(-3, 30)
    | st.floats()
    | st.floats(-10, 10)
    | st.text(max_size=200)
    | st.binary(max_size=5)
    | st.dates()
    | st.dates(date(2026, 2, 1), date(2026, 3, 6))
    | st.datetimes()
    | st.datetimes(timezones=st.timezones())
    | st.decimals()
    | st.sampled_from(["left", "right", "both", "each", "main", "day", "no running", "other", "km", "\0", "\ud800"])
    | st.sampled_from(
        [10**400, -(10**400), np.int64(3), np.float64("nan"), np.bool_(True), np.datetime64("2026-03-02")]
    )
    | st.sampled_from([pd.NA, pd.NaT, pd.Timestamp("2026-03-02"), Decimal("NaN"), date.min, date.max, object])
)
ANYTHING = SCALARS | st.lists(SCALARS, max_size=2) | st.dictionaries(st.text(max_size=5), SCALARS, max_size=2)
EVERY_KIND = st.sampled_from([*EXAMPLES.values(), SETTINGS_EXAMPLE])


@st.composite
def tampered(draw: st.DrawFn) -> tuple[type[Entry], dict[str, Any]]:
    """An ordinary entry in which some fields, or fields of its first part, hold anything at all."""
    example = draw(EVERY_KIND)
    values = dict(example.values)
    fields = sorted(example.kind.model_fields)
    values |= draw(st.dictionaries(st.sampled_from(fields), ANYTHING, max_size=2))
    if isinstance(values.get("parts"), list) and isinstance(next(iter(values["parts"]), None), dict):
        first, *rest = values["parts"]
        changed = draw(st.dictionaries(st.sampled_from([*sorted(first), "seconds", "pain"]), ANYTHING, max_size=2))
        values["parts"] = [first | changed, *rest]
    return example.kind, values


@given(tampered())
@run_with(deadline=None, max_examples=300)
def test_nothing_but_our_own_error_leaves_the_door(sent: tuple[type[Entry], dict[str, Any]]) -> None:
    kind, values = sent
    try:
        parse(kind, values, DOOR)
    except InvalidEntryError as error:
        assert error.problems
        assert all(problem.message for problem in error.problems)


@given(st.lists(tampered(), min_size=1, max_size=20))
@run_with(deadline=None, max_examples=50)
def test_the_database_keeps_whatever_the_door_let_in(
    engine: Engine, sent: list[tuple[type[Entry], dict[str, Any]]]
) -> None:
    scope = Scope(add_runner(engine, "Ada", simulated=False).id)
    accepted = [entry for kind, values in sent for entry in _accepted(kind, values)]
    for entry in accepted:
        if isinstance(entry, Settings):
            save_settings(engine, scope, entry)
            assert runner(engine, scope).name == entry.name
    diary = [entry for entry in accepted if not isinstance(entry, Settings)]
    assert len(save(engine, scope, *diary)) == len(diary)


def _accepted(kind: type[Entry], values: dict[str, Any]) -> list[Entry]:
    try:
        return [parse(kind, values, DOOR)]
    except InvalidEntryError:
        return []
