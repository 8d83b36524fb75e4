"""New injuries and days lost by the hour: the same weeks above and below the line, and a refusal where hours lack."""

from dataclasses import replace

import pandas as pd
import pytest
from scipy import stats

from analysis import squad_chart_words as words
from analysis.injury_rates import injury_rates, poisson_range
from tests.analysis.squad_frames import monday, squad_frame
from tests.analysis.test_words import assert_sayable

WEEKS = 40
RUNNERS = range(1, 6)  # five runners, 40 weeks of 3 hours: 600 hours


def hours(frame, **changes):
    """Three hours in three runs, each with a duration, where the frame has runs."""
    ran = frame[frame["runs"] > 0]
    table = ran[["runner", "week", "runs"]].assign(timed=ran["runs"], seconds=10_800.0)
    for (runner, week), timed in changes.get("timed", {}).items():
        table.loc[(table["runner"] == runner) & (table["week"] == monday(week)), "timed"] = timed
    return table


def episodes(*rows):
    """(runner, days after the first Monday, days until the return or None, changes)."""
    made = []
    for runner, after, lost, *more in rows:
        onset = monday(0) + pd.Timedelta(days=after)
        back = pd.NaT if lost is None else onset + pd.Timedelta(days=lost)
        row = {"runner": runner, "onset": onset, "site": "shin", "side": "left", "returned_on": back}
        made.append(row | {"seven_days": True, "three_sessions": pd.NA, "consulted": pd.NA} | (more[0] if more else {}))
    columns = ["runner", "onset", "site", "side", "returned_on", "seven_days", "three_sessions", "consulted"]
    frame = pd.DataFrame(made, columns=columns)
    days = dict.fromkeys(("onset", "returned_on"), "datetime64[s]")
    return frame.astype(days | dict.fromkeys(columns[-3:], "boolean") | {"runner": "int64"})


def rates(*rows, frame=None, runners=RUNNERS, **changes):
    frame = squad_frame(5, WEEKS) if frame is None else frame
    return injury_rates(frame, hours(frame, **changes), episodes(*rows), runners)


@pytest.mark.parametrize("events", [0, 1, 3, 10, 250])
def test_the_exact_range_of_a_count_is_where_its_tails_are_two_and_a_half_per_cent(events):
    low, high = poisson_range(events)
    assert stats.poisson.cdf(events, high) == pytest.approx(0.025)
    if events:
        assert stats.poisson.sf(events - 1, low) == pytest.approx(0.025)
    else:
        assert low == 0


def test_the_published_range_of_ten():
    assert poisson_range(10) == (pytest.approx(4.795, abs=0.001), pytest.approx(18.390, abs=0.001))  # Garwood 1936


def test_rates_are_for_each_thousand_hours():
    found = rates((1, 3, 10), (2, 70, 20))
    assert (found.hours, found.injuries, found.days_lost, found.runners) == (600, 2, 30, 5)
    assert found.incidence == pytest.approx(2 / 0.6)
    assert found.burden == pytest.approx(50)
    assert found.incidence_range == (pytest.approx(0.2422 / 0.6, abs=1e-3), pytest.approx(7.2247 / 0.6, abs=1e-3))
    assert words.rates_title(found) == (
        "2 new injuries in 600 hours of running: 3.3 for each 1,000 hours (plausible range 0.4 to 12.0)"
    )
    assert words.rates_text(found).startswith("Burden: 30 days lost, 50 for each 1,000 hours. Hours are known for 200")


def test_no_injury_is_a_rate_of_zero_with_a_range():
    found = rates()
    assert (found.incidence, found.burden) == (0, 0)
    assert found.incidence_range == (0, pytest.approx(3.6889 / 0.6, abs=1e-3))


def test_one_injury_is_said_in_the_singular():
    assert words.rates_title(rates((1, 3, 10))).startswith("1 new injury in 600 hours")


@pytest.mark.parametrize("criterion", ["seven_days", "three_sessions", "consulted"])
def test_any_one_of_the_three_criteria_makes_an_injury(criterion):
    none = {"seven_days": False, "three_sessions": pd.NA, "consulted": pd.NA}
    assert rates((1, 3, 10, none)).injuries == 0
    assert rates((1, 3, 10, none | {criterion: True})).injuries == 1


@pytest.mark.parametrize("site", ["lower back", "other", "anywhere"])
def test_what_is_not_of_a_leg_is_no_running_injury(site):
    found = rates((1, 3, 10, {"site": site}))
    assert (found.injuries, found.not_counted) == (0, 1)
    assert "1 that meet none of the criteria or are not of a leg" in words.rates_text(found)


def test_who_has_not_returned_lost_the_days_up_to_the_end():
    found = rates((1, 7 * (WEEKS - 2), None))
    assert (found.days_lost, found.still_out) == (14, 1)
    assert "of whom 1 had not returned" in words.rates_text(found)
    later = rates((1, 7 * (WEEKS - 2), 60))
    assert later.days_lost == 14


def test_a_typed_total_has_no_hours_and_takes_its_injury_along():
    frame = squad_frame(5, WEEKS, distance_from={(1, 0): "typed"})
    found = rates((1, 3, 10), (1, 10, 10), frame=frame)
    assert (found.hours, found.running_weeks, found.with_hours) == (597, 200, 199)
    assert (found.injuries, found.without_hours) == (1, 1)
    assert "1 that began in a week without known hours" in words.rates_text(found)


def test_a_week_with_one_run_without_a_duration_has_no_hours():
    assert rates(timed={(1, 0): 2}).hours == 597


def test_a_stated_zero_adds_no_hours_and_keeps_its_injury():
    changes = {"distance_m": {(1, 0): 0.0}, "distance_from": {(1, 0): "stated zero"}, "runs": {(1, 0): 0}}
    found = rates((1, 3, 10), frame=squad_frame(5, WEEKS, **changes))
    assert (found.hours, found.running_weeks, found.injuries) == (597, 199, 1)


def test_an_unknown_week_is_no_running_week_and_its_injury_does_not_count():
    changes = {"distance_m": {(1, 0): float("nan")}, "distance_from": {(1, 0): "unknown"}, "runs": {(1, 0): 0}}
    found = rates((1, 3, 10), frame=squad_frame(5, WEEKS, **changes))
    assert (found.running_weeks, found.injuries, found.without_hours) == (199, 0, 1)


def test_what_began_before_or_after_these_weeks_is_left_alone():
    found = rates((1, -1, 10), (1, 7 * WEEKS, 10))
    assert (found.injuries, found.without_hours, found.not_counted) == (0, 0, 0)


def test_only_those_who_share_both_count():
    frame = squad_frame(6, WEEKS)
    found = injury_rates(frame, hours(frame), episodes((6, 3, 10)), RUNNERS)
    assert (found.hours, found.injuries) == (600, 0)


def test_it_is_refused_without_enough():
    few = rates(runners=range(1, 5))
    typed = {(runner, week): "typed" for runner in RUNNERS for week in range(21)}
    untold = rates(frame=squad_frame(5, WEEKS, distance_from=typed))
    short = rates(frame=squad_frame(5, 30))
    no_hours = rates(frame=squad_frame(5, WEEKS, distance_from={(1, week): "typed" for week in range(WEEKS)}))
    assert [one.reason for one in (few, untold, short, no_hours)] == [
        "too few runners",
        "too few weeks with hours",
        "too few hours",
        "too few runners",
    ]
    for one in (few, untold, short, no_hours):
        assert (one.incidence, one.incidence_range, one.burden) == (None, None, None)
        assert words.rates_text(one).startswith("No rate of injuries: it takes ")
        assert_sayable(words.rates_text(one))


def test_the_words_claim_nothing():
    found = replace(rates((1, 3, 10)), without_hours=2, not_counted=3, still_out=1)
    for said in (words.rates_title(found), words.rates_text(found), words.RATES_MEAN):
        assert_sayable(said)
