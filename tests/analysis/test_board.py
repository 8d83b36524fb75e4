"""The board: each rule on its own edge, unknown that stays unknown, and an order that ranks nobody by pain."""

from dataclasses import replace
from datetime import date, timedelta
from typing import get_args

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis import board_words as words
from analysis.board import AREAS, BOARD_WEEKS, COURSE_WEEKS, Kind, board, level_of
from analysis.load import single_run_spike, spikes
from analysis.units import Units
from tests.analysis.test_words import assert_sayable

TODAY = date(2026, 3, 4)  # a Wednesday
MONDAY = date(2026, 3, 2)
WEEKS = [pd.Timestamp(MONDAY - timedelta(weeks=back)) for back in range(BOARD_WEEKS - 1, -1, -1)]
FLAGS = get_args(Kind)


def weeks(runner=1, **last):
    """Half a year of one runner; `last` gives the last values of a column, the running week's at the end."""
    frame = pd.DataFrame({"runner": runner, "week": pd.Series(WEEKS, dtype="datetime64[s]")})
    ordinary = {"pain": 1.0, "pain_morning": np.nan, "distance_m": 30_000.0, "sessions_done": 3.0}
    for name, value in (ordinary | {"sessions_prescribed": 3, "sessions": 3, "runs": 3}).items():
        frame[name] = value
    for name, values in last.items():
        frame[name] = frame[name].astype("float64")
        frame.loc[len(WEEKS) - len(values) :, name] = values
    return frame


def silent(count, runner=1):
    """Nothing in the last so many weeks, the running one among them."""
    unknown = [np.nan] * count
    none = [0] * count
    return weeks(
        runner, pain=unknown, distance_m=unknown, sessions_done=unknown, pain_morning=unknown, sessions=none, runs=none
    )


def reports(*rows):
    frame = pd.DataFrame(rows, columns=["runner", "week", "site", "side", "worst_running"])
    return frame.astype({"week": "datetime64[s]", "worst_running": "float64"})


def answers(*rows):
    """(runner, week, site, side, q1, q2, q3, q4)."""
    questions = ["q1", "q2", "q3", "q4"]
    frame = pd.DataFrame(rows, columns=["runner", "week", "site", "side", *questions])
    return frame.astype({"week": "datetime64[s]"} | dict.fromkeys(questions, "float64"))


def ran(*rows, runner=1):
    """(days ago, km)."""
    frame = pd.DataFrame(rows, columns=["ago", "km"])
    days = pd.Timestamp(TODAY) - pd.to_timedelta(frame["ago"], "D")
    return pd.DataFrame(
        {
            "runner": runner,
            "local_date": days.astype("datetime64[s]"),
            "start": pd.Series(pd.NaT, index=frame.index, dtype="datetime64[s, UTC]"),
            "distance_m": frame["km"].astype("float64") * 1000,
        }
    )


TESTS = pd.DataFrame(
    {
        "runner": [1, 1],
        "on_date": pd.Series([pd.Timestamp(2026, 2, 1)] * 2, dtype="datetime64[s]"),
        "task": "single-leg squat",
        "side": ["left", "right"],
        "repetitions": [8.0, np.nan],
        "knee_inside": pd.array([True, pd.NA], dtype="boolean"),
        "pelvis_level": pd.array([True, pd.NA], dtype="boolean"),
        "trunk_upright": pd.array([True, pd.NA], dtype="boolean"),
        "steady": pd.array([pd.NA, pd.NA], dtype="boolean"),
        "pain": [1.0, np.nan],
        "degrees": [np.nan, np.nan],
    }
)


def rows_of(*frames, pain=(), ostrc=(), runs=(), names=None, tests=TESTS, last_on=None, shared=None):
    together = pd.concat(frames, ignore_index=True)
    runners = together["runner"].unique().tolist()
    logged = together[(together[["pain", "distance_m", "sessions_done"]].notna()).any(axis=1) | (together["runs"] > 0)]
    last = logged.groupby("runner", as_index=False)["week"].max().rename(columns={"week": "last_on"})
    if last_on is not None:
        last = pd.DataFrame({"runner": runners, "last_on": pd.Series([pd.Timestamp(last_on)] * len(runners))})
    names = names or {runner: f"Runner {runner}" for runner in runners}
    all_runs = pd.concat([ran(), *runs], ignore_index=True) if runs else ran()
    shared = dict.fromkeys(runners, frozenset(AREAS)) | (shared or {})
    return board(names, together, reports(*pain), answers(*ostrc), all_runs, tests, last, TODAY, shared)


def only(*frames, **more):
    (row,) = rows_of(*frames, **more)
    return row


def test_an_ordinary_runner_has_no_flag():
    row = only(weeks())
    assert (row.flags, row.level) == ((), None)
    assert (row.pain, row.pain_usual, row.pain_change) == (1.0, 1.0, 0.0)
    assert (row.done, row.done_before, row.answered) == (1.0, 1.0, 4)
    assert (row.distance_m, row.distance_change, row.silent) == (30_000.0, 0.0, 0)
    assert len(row.pain_course) == len(row.done_course) == len(row.distance_course) == COURSE_WEEKS


def test_pain_now_is_the_worst_of_this_week_and_the_last_finished_one():
    assert only(weeks(pain=[4, 2])).pain == 4
    assert only(weeks(pain=[2, 4])).pain == 4
    assert only(weeks(pain=[3, np.nan])).pain == 3
    assert only(weeks(pain=[np.nan, np.nan])).pain is None


@pytest.mark.parametrize(("now", "flagged"), [(5, False), (6, True)])
def test_pain_is_named_above_five(now, flagged):
    assert ("pain above 5" in only(weeks(pain=[5, 5, 5, 5, now, now])).flags) is flagged


@pytest.mark.parametrize(("now", "flag"), [(4.0, ()), (5.0, ("pain rising",)), (2.0, ()), (1.0, ("pain easing",))])
def test_pain_is_compared_with_the_median_of_the_four_weeks_before(now, flag):
    row = only(weeks(pain=[3, 3, 3, 9, now, np.nan]))
    assert row.pain_usual == 3
    assert row.flags == flag


def test_without_two_ratings_nothing_is_usual():
    row = only(weeks(pain=[np.nan, np.nan, np.nan, 0, 5, 5]))
    assert (row.pain_usual, row.pain_change, row.flags) == (None, None, ())


def test_the_place_is_where_the_worst_rating_was_given():
    given = [
        (1, WEEKS[-1], "shin", "right", 3),
        (1, WEEKS[-2], "kneecap", "left", 4),
        (1, WEEKS[-3], "calf", "left", 4),
        (2, WEEKS[-1], "foot", "left", 4),
    ]
    assert only(weeks(pain=[4, 3]), pain=given).place == "left kneecap"
    assert only(weeks(pain=[4, 3]), pain=[(1, WEEKS[-2], "lower back", "both", 4)]).place == "lower back"
    assert only(weeks(pain=[4, 3]), pain=[(1, WEEKS[-2], "anywhere", "both", 4)]).place == ""
    assert only(weeks(pain=[0, 0]), pain=[(1, WEEKS[-2], "shin", "both", 0)]).place == ""


def test_severity_is_the_worst_body_part_of_this_week_and_the_last_finished_one():
    given = [
        (1, WEEKS[-1], "shin", "left", 8, 8, 8, 8),
        (1, WEEKS[-2], "kneecap", "left", 8, 8, 8, 17),
        (1, WEEKS[-2], "calf", "left", 0, np.nan, np.nan, np.nan),
        (1, WEEKS[-3], "calf", "left", 25, np.nan, np.nan, np.nan),
        (2, WEEKS[-1], "foot", "left", 25, np.nan, np.nan, np.nan),
    ]
    row = only(weeks(), ostrc=given)
    assert (row.severity, row.substantial, row.flags) == (41, False, ())
    assert row.severity_usual is None  # one week before with answers is not usual


def test_a_substantial_problem_is_named_with_its_place_and_what_is_usual():
    before = [(1, week, "kneecap", "left", 8, 8, 8, 8) for week in WEEKS[-6:-2]]
    row = only(weeks(), ostrc=[*before, (1, WEEKS[-2], "kneecap", "left", 17, 17, 8, 8)])
    assert (row.severity, row.severity_usual, row.substantial, row.flags) == (50, 32, True, ("substantial problem",))
    assert row.level == "care"
    assert words.headline(row, "substantial problem") == "A substantial problem (left kneecap), severity 50 of 100"
    assert words.rule(row, "substantial problem", TODAY, Units.KM).endswith(
        "Usual for this runner: severity 32, the median of the 4 weeks before those two."
    )


def test_a_severity_that_is_not_told_is_not_zero():
    assert (only(weeks()).severity, only(weeks()).substantial) == (None, None)
    half = only(weeks(), ostrc=[(1, WEEKS[-1], "shin", "left", 8, np.nan, np.nan, 8)])
    assert (half.severity, half.substantial, half.flags) == (None, None, ())
    much = only(weeks(), ostrc=[(1, WEEKS[-1], "shin", "left", 17, 17, np.nan, 8)])
    assert (much.severity, much.flags) == (None, ("substantial problem",))
    assert words.headline(much, "substantial problem") == "A substantial problem (left shin)"


@pytest.mark.parametrize(
    ("done", "flagged"), [([3, 3, 3, 3, 2, 2, 1, 1, 0], False), ([3, 3, 3, 3, 2, 1, 1, 1, 0], True)]
)
def test_less_training_is_under_half_where_it_was_not(done, flagged):
    row = only(weeks(sessions_done=done))
    assert ("less training" in row.flags) is flagged


def test_who_always_did_little_does_not_train_less():
    assert "less training" not in only(weeks(sessions_done=[1] * 12)).flags


def test_weeks_that_were_not_logged_are_not_missed_sessions():
    row = only(weeks(sessions_done=[3, np.nan, np.nan, 3, 0]))
    assert (row.done, row.answered) == (1.0, 2)
    assert only(weeks(sessions_done=[np.nan, np.nan, np.nan, 3, 0])).done is None
    assert only(weeks(sessions_prescribed=[0] * 12)).done is None


@pytest.mark.parametrize(("count", "finished", "flagged"), [(1, 0, False), (2, 1, False), (3, 2, True), (26, 25, True)])
def test_silence_counts_finished_weeks_without_any_entry(count, finished, flagged):
    row = only(silent(count))
    assert row.silent == finished
    assert (row.flags == ("not answered",)) is flagged
    if flagged:
        assert row.level == "unknown"


def test_an_entry_of_this_week_ends_the_silence():
    frame = silent(5)
    frame.loc[len(WEEKS) - 1, "runs"] = 1
    assert only(frame).silent == 0


def test_who_answered_the_four_questions_alone_is_not_silent():
    assert only(silent(5), ostrc=[(1, WEEKS[-3], "shin", "left", np.nan, np.nan, np.nan, 8)]).silent == 1


@pytest.mark.parametrize(("count", "unrated", "flagged"), [(1, 0, False), (2, 1, False), (3, 2, True), (26, 25, True)])
def test_a_watch_that_logs_runs_does_not_say_how_the_runner_is(count, unrated, flagged):
    row = only(weeks(pain=[np.nan] * count))
    assert (row.unrated, row.silent) == (unrated, 0)
    assert (row.flags == ("pain not answered",)) is flagged
    if flagged:
        assert row.level == "unknown"
        assert words.headline(row, "pain not answered").startswith(f"No answer about pain for {unrated} finished weeks")
    rule = words.rule(only(weeks(pain=[np.nan] * 3)), "pain not answered", TODAY, Units.KM)
    assert "In the 12 weeks up to the last answer this runner answered in 12." in rule


def test_any_answer_about_pain_is_one():
    unrated = weeks(pain=[np.nan] * 5)
    assert only(unrated, ostrc=[(1, WEEKS[-2], "shin", "left", np.nan, np.nan, np.nan, 8)]).flags == ()
    assert only(weeks(pain=[np.nan] * 5, pain_morning=[2.0, np.nan])).flags == ()
    assert only(unrated, shared={1: frozenset(AREAS) - {"pain"}}).flags == ()


def test_answers_of_half_a_year_are_the_baseline():
    """The four questions count as long as ratings do."""
    asked = [(1, WEEKS[-1 - back], "shin", "left", 0.0, np.nan, np.nan, np.nan) for back in range(8, 20)]
    row = only(weeks(pain=[np.nan] * BOARD_WEEKS), ostrc=asked)
    assert (row.unrated, row.rated_before) == (7, 12)
    assert "answered in 12." in words.rule(row, "pain not answered", TODAY, Units.KM)


@pytest.mark.parametrize(("last_on", "weeks_silent"), [(TODAY, 0), (TODAY - timedelta(days=21), 2)])
def test_a_self_test_or_an_injury_is_an_entry(last_on, weeks_silent):
    """Neither has a column in the weeks; the last entry of any kind tells."""
    row = only(silent(8), last_on=last_on)
    assert row.silent == weeks_silent
    assert ("not answered" in row.flags) == (weeks_silent > 0)


def test_before_a_diary_began_there_was_nothing_to_rate():
    frame = silent(BOARD_WEEKS)
    frame.loc[len(WEEKS) - 2 :, "runs"] = 3
    assert (only(frame).unrated, only(frame).flags) == (1, ())
    frame.loc[len(WEEKS) - 3 :, "runs"] = 3
    row = only(frame)
    assert (row.unrated, row.flags) == (2, ("pain not answered",))
    assert "answered in no week" in words.rule(row, "pain not answered", TODAY, Units.KM)


def test_who_logged_nothing_at_all_is_not_answered():
    row = only(silent(BOARD_WEEKS))
    assert (row.logged_before, row.flags) == (0, ("not answered",))
    assert set(row.pain_course) == {None}


def test_who_shares_nothing_is_not_silent():
    row = only(silent(6), shared={1: frozenset({"self-tests"})})
    assert row.unshared == ("training", "running", "pain", "notes")
    assert (row.flags, row.level, row.shares_nothing) == ((), None, True)
    assert words.nothing(row) == words.SHARES_NOTHING
    assert words.not_shared(row) == "training, running, pain, notes"


@pytest.mark.parametrize("area", ["training", "running", "pain"])
def test_silence_counts_over_what_is_shared(area):
    row = only(silent(6), shared={1: frozenset({area})})
    assert row.flags == ("not answered",)
    assert f"Only what is shared counts: {area}." in words.rule(row, "not answered", TODAY, Units.KM)
    assert words.nothing(row) == words.NOTHING


def test_who_shares_everything_keeps_nothing_back():
    row = only(silent(6))
    assert (row.unshared, words.not_shared(row)) == ((), "")
    assert "shared" not in words.rule(row, "not answered", TODAY, Units.KM)


def test_the_change_of_distance_needs_two_known_weeks():
    assert only(weeks(distance_m=[20_000, 30_000, 5_000])).distance_change == pytest.approx(50)
    assert only(weeks(distance_m=[np.nan, 30_000, 5_000])).distance_change is None
    assert only(weeks(distance_m=[0, 30_000, 5_000])).distance_change is None
    assert only(weeks(distance_m=[20_000, np.nan, 5_000])).distance_m is None


def test_the_long_run_is_the_rule_of_home():
    history = [(ago, 10) for ago in (40, 30, 20, 10)]
    assert "long run" in only(weeks(), runs=[ran(*history, (1, 16))]).flags
    assert "long run" not in only(weeks(), runs=[ran(*history, (1, 11))]).flags
    assert only(weeks()).spike.reason == "no recent run"


@given(st.lists(st.tuples(st.integers(1, 4), st.integers(-3, 50), st.integers(0, 24), st.integers(0, 30)), max_size=40))
def test_spikes_of_many_runners_are_each_runners_own(drawn):
    frame = pd.DataFrame(drawn, columns=["runner", "ago", "hour", "km"])
    days = (pd.Timestamp(TODAY) - pd.to_timedelta(frame["ago"], "D")).astype("datetime64[s]")
    start = (days + pd.to_timedelta(frame["hour"], "h")).dt.tz_localize("UTC").where(frame["hour"] < 24)
    runs = pd.DataFrame(
        {"runner": frame["runner"], "local_date": days, "start": start, "distance_m": frame["km"] * 1e3}
    )
    found = spikes(runs, TODAY)
    for runner in range(1, 5):
        own = single_run_spike(runs[runs["runner"] == runner].drop(columns="runner"), TODAY)
        assert found.get(runner, single_run_spike(runs.head(0), TODAY)) == own


def test_the_order_is_by_concern_then_by_name_and_never_by_pain():
    names = {1: "Zoe", 2: "Ada", 3: "bea", 4: "Cleo", 5: "Dora", 6: "Eve"}
    frames = [
        weeks(1, pain=[3, 3, 3, 3, 4, 4]),
        weeks(2, pain=[2, 2, 2, 2, 2, 2]),
        silent(5, 3),
        weeks(4, pain=[8, 8, 8, 8, 8, 8]),
        weeks(5, pain=[6, 6, 6, 6, 6, 6]),
        weeks(6, pain=[1, 1, 1, 1, 4, 5]),
    ]
    found = rows_of(*frames, names=names)
    assert [row.name for row in found] == ["Cleo", "Dora", "Eve", "bea", "Ada", "Zoe"]
    again = rows_of(*[frame.assign(pain=frame["pain"].replace(8, 10)) for frame in frames], names=names)
    assert [row.name for row in again] == [row.name for row in found]


def test_runners_who_are_not_named_are_not_shown():
    assert [row.runner for row in rows_of(weeks(1), weeks(2), names={2: "Ada"})] == [2]


def test_no_runner_no_row():
    assert rows_of(weeks().head(0)) == ()


# Words


def everything():
    """A row on which every flag holds, or could."""
    history = [(ago, 10) for ago in (40, 30, 20, 10)]
    row = only(
        weeks(pain=[3, 3, 3, 3, 7, 7], sessions_done=[3, 3, 3, 3, 0, 0, 1, 1, 0]),
        pain=[(1, WEEKS[-1], "kneecap", "left", 7)],
        ostrc=[(1, WEEKS[-1], "kneecap", "left", 25, np.nan, np.nan, np.nan)],
        runs=[ran(*history, (1, 16))],
    )
    return replace(row, silent=3)


@pytest.mark.parametrize("kind", FLAGS)
@pytest.mark.parametrize("units", list(Units))
def test_every_flag_says_its_rule_and_the_runners_own_baseline(kind, units):
    row = everything()
    assert_sayable(words.headline(row, kind))
    says = words.rule(row, kind, TODAY, units)
    assert_sayable(says)
    assert says.startswith("Rule: ")
    assert any(own in says for own in ("Usual for this runner", "this runner", "of the last 4 weeks"))
    assert words.source(kind)
    assert level_of(kind) in ("stop", "care", "unknown", "note")


def test_the_words_name_numbers_and_places():
    row = everything()
    assert words.headline(row, "pain above 5") == "Pain is 7 of 10 (left kneecap)"
    assert words.headline(row, "pain rising") == "Pain rose to 7 from the usual 3 (left kneecap)"
    assert "60 % longer" in words.headline(row, "long run")
    assert "16.0 km on 3 March" in words.rule(row, "long run", TODAY, Units.KM)
    assert words.headline(row, "less training") == "Did 17 % of the sessions in 4 weeks, 100 % in the 4 before"
    assert words.headline(row, "not answered") == "Nothing logged for 3 finished weeks"


def test_what_is_usual_can_be_unknown():
    row = replace(everything(), pain_usual=None)
    assert "is not known" in words.rule(row, "substantial problem", TODAY, Units.KM)
    assert "is not known" in words.rule(row, "pain above 5", TODAY, Units.KM)


def test_an_empty_diary_is_not_answered_in_words():
    row = replace(only(silent(BOARD_WEEKS)), last_on=None)
    assert words.headline(row, "not answered") == "Nothing logged yet"
    assert words.rule(row, "not answered", TODAY, Units.KM).endswith("How this runner is, is not known.")


def test_the_summary_counts_flags_and_names_nobody():
    found = rows_of(weeks(1), weeks(2, pain=[1, 1, 1, 1, 5, 5]), names={1: "Ada", 2: "Grace"})
    assert words.summary(found) == "Look at 1 of 2 runners: pain rising (1)"
    assert words.summary(rows_of(weeks(1))) == "Nothing stands out among 1 runner"
    for said in (words.summary(found), words.ORDER, words.NOTHING, words.SHARES_NOTHING):
        assert_sayable(said)


def test_the_self_test_is_said_leg_by_leg():
    row = only(weeks())
    assert words.leg(row, "left") == "2 of 3 ticks"
    assert words.leg(row, "right") is None
    assert words.leg(only(weeks(), tests=TESTS.head(0)), "left") is None
