from datetime import date, timedelta

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.load_change import coupled_ratio, daily_distance, ewma_ratio, uncoupled_ratio, week_to_week
from tests.analysis.weekly import MONDAY, NAN, weekly_frame

FUNCTIONS = (week_to_week, uncoupled_ratio, coupled_ratio)


def weeks_of(*km):
    return weekly_frame(len(km), distance_m=pd.Series(km, dtype="float64") * 1000)


def runs_on(*rows):
    """(day after the first Monday, km)."""
    return pd.DataFrame(
        {
            "local_date": pd.Series([MONDAY + timedelta(days=day) for day, _ in rows], dtype="datetime64[s]"),
            "distance_m": pd.Series([km * 1000.0 for _, km in rows], dtype="float64"),
        }
    )


def days(*metres):
    return pd.Series(metres, dtype="float64", index=pd.date_range(MONDAY, periods=len(metres)))


def test_the_published_vector():
    weeks = weeks_of(20, 24, 22, 34)
    assert round(coupled_ratio(weeks).value, 2) == 1.36
    assert round(uncoupled_ratio(weeks).value, 3) == 1.545
    assert round(week_to_week(weeks).value, 1) == 54.5
    assert (uncoupled_ratio(weeks).recent, uncoupled_ratio(weeks).earlier) == (34_000, 22_000)


@pytest.mark.parametrize(
    ("function", "km", "needed", "reason"),
    [
        (week_to_week, (), 2, "short history"),
        (week_to_week, (20,), 1, "short history"),
        (week_to_week, (20, None), 2, "recent unknown"),
        (week_to_week, (None, 20), 1, "earlier unknown"),
        (week_to_week, (0, 20), 0, "nothing earlier"),
        (uncoupled_ratio, (20, 20, 20), 1, "short history"),
        (uncoupled_ratio, (20, None, 20, 20), 2, "earlier unknown"),
        (uncoupled_ratio, (0, 0, 0, 20), 0, "nothing earlier"),
    ],
)
def test_refusals(function, km, needed, reason):
    found = function(weeks_of(*km))
    assert (found.value, found.needed, found.reason) == (None, needed, reason)


def test_a_week_missing_from_the_frame_is_unknown():
    weeks = weeks_of(20, 24, 22, 34, 30).drop(index=3)
    assert week_to_week(weeks).reason == "earlier unknown"


def test_after_a_layoff_the_coupled_ratio_is_four():
    found = coupled_ratio(weeks_of(0, 0, 0, 20))
    assert (found.value, found.reason) == (4, None)
    assert coupled_ratio(weeks_of(0, 0, 0, 0)).value is None


@given(st.lists(st.integers(1, 100), min_size=4, max_size=10))
def test_the_coupled_ratio_is_the_uncoupled_one_with_the_week_in_both(km):
    ratio = uncoupled_ratio(weeks_of(*km)).value
    assert coupled_ratio(weeks_of(*km)).value == pytest.approx(4 * ratio / (ratio + 3))


def ewma_by_hand(loads, span):
    average = loads[0]
    for load in loads[1:]:
        average += 2 / (span + 1) * (load - average)
    return average


@given(st.lists(st.floats(0, 30_000), min_size=29, max_size=60).filter(lambda loads: max(loads) > 1))
def test_the_weighted_ratio_is_the_published_recursion(loads):
    found = ewma_ratio(days(*loads))
    assert found.value == pytest.approx(ewma_by_hand(loads, 7) / ewma_by_hand(loads, 28))


def test_the_weights_are_those_of_the_paper():
    step = ewma_ratio(days(*[0.0] * 28, 1.0))
    assert (step.recent, round(step.earlier, 4)) == (0.25, 0.0690)


@pytest.mark.parametrize(
    ("loads", "needed", "reason"),
    [
        ([1.0] * 28, 1, "short history"),
        ([1.0] * 30 + [NAN] + [1.0] * 10, 19, "short history"),
        ([1.0] * 30 + [NAN], 29, "recent unknown"),
        ([0.0] * 40, 0, "nothing earlier"),
    ],
)
def test_the_weighted_ratio_refuses(loads, needed, reason):
    found = ewma_ratio(days(*loads))
    assert (found.value, found.needed, found.reason) == (None, needed, reason)


def test_only_the_last_unbroken_stretch_counts():
    found = ewma_ratio(days(*[50.0] * 30, NAN, *[1.0] * 29))
    assert found.value == pytest.approx(1)


def test_rest_is_rest_only_in_a_week_that_says_so():
    weeks = weekly_frame(
        4,
        distance_m=[15_000.0, 30_000.0, NAN, 0.0],
        distance_from=pd.Series(["runs", "typed", "unknown", "stated zero"], dtype="str"),
    )
    daily = daily_distance(runs_on((0, 5), (3, 6), (3, 4), (8, 7)), weeks)
    assert daily.index[0] == MONDAY and len(daily) == 28
    assert daily.iloc[:7].tolist() == [5000, 0, 0, 10_000, 0, 0, 0]
    assert daily.iloc[7:21].isna().all()
    assert daily.iloc[21:].tolist() == [0] * 7


def test_a_run_without_a_distance_makes_its_day_unknown():
    weeks = weekly_frame(1, distance_m=[5000.0])
    daily = daily_distance(runs_on((0, 5), (2, NAN)), weeks)
    assert np.isnan(daily.iloc[2]) and daily.drop(daily.index[2]).notna().all()


def test_no_weeks_have_no_days():
    assert daily_distance(runs_on((0, 5)), weekly_frame(0)).empty
    assert ewma_ratio(daily_distance(runs_on(), weekly_frame(0))).reason == "recent unknown"


@pytest.mark.parametrize("function", FUNCTIONS)
def test_the_day_the_week_begins_on_does_not_matter(function):
    sunday = weeks_of(20, 24, 22, 34).assign(week=lambda frame: frame["week"] - pd.Timedelta(days=1))
    assert function(sunday) == function(weeks_of(20, 24, 22, 34))
    assert sunday["week"].iloc[0].date() == date(2026, 1, 4)
