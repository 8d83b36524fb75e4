from datetime import date, timedelta

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.session_load import of_days, session_rpe, week_load
from tests.analysis.weekly import MONDAY, NAN, weekly_frame

VECTOR = np.array([300.0, 0, 450, 0, 300, 600, 0])
WEEK = date(2026, 1, 5)


def runs(*rows):
    """(day of the week, effort, minutes)."""
    return pd.DataFrame(
        {
            "local_date": pd.Series([MONDAY + timedelta(days=day) for day, *_ in rows], dtype="datetime64[s]"),
            "effort": pd.Series([effort for _, effort, _ in rows], dtype="float64"),
            "duration_s": pd.Series([minutes * 60.0 for *_, minutes in rows], dtype="float64"),
        }
    )


def stated(source="runs"):
    return weekly_frame(1, distance_m=[30_000.0], distance_from=pd.Series([source], dtype="str"))


def test_the_published_vector():
    sample, population = of_days(VECTOR), of_days(VECTOR, ddof=0)
    assert VECTOR.mean() == pytest.approx(235.7, abs=0.05)
    assert VECTOR.std(ddof=1) == pytest.approx(242.8, abs=0.05)
    assert VECTOR.std() == pytest.approx(224.7, abs=0.05)
    assert (sample.load, round(sample.monotony, 3), round(sample.strain)) == (1650, 0.971, 1602)
    assert (round(population.monotony, 3), round(population.strain)) == (1.049, 1731)


def test_a_week_of_runs_with_its_rest_days():
    found = week_load(runs((0, 5, 60), (2, 9, 50), (4, 6, 50), (5, 10, 30), (5, 5, 60)), stated(), WEEK)
    assert found == of_days(VECTOR)


@pytest.mark.parametrize("source", ["typed", "unknown"])
def test_days_that_were_not_logged_are_not_rest(source):
    assert week_load(runs((0, 5, 60)), stated(source), WEEK).reason == "week not stated"


def test_a_week_that_is_not_in_the_frame_is_not_stated():
    assert week_load(runs(), stated(), WEEK + timedelta(weeks=1)).reason == "week not stated"


@pytest.mark.parametrize("run", [(2, NAN, 50), (2, 5, NAN)])
def test_a_run_without_effort_or_duration_is_no_zero(run):
    found = week_load(runs((0, 5, 60), run), stated(), WEEK)
    assert (found.load, found.reason) == (None, "effort or duration missing")


def test_a_stated_zero_is_a_week_of_rest_without_monotony():
    found = week_load(runs(), stated("stated zero"), WEEK)
    assert (found.load, found.monotony, found.strain, found.reason) == (0, None, None, "no variation")


def test_monotony_is_not_defined_when_all_days_are_equal():
    found = of_days(np.full(7, 100.0))
    assert (found.load, found.monotony, found.reason) == (700, None, "no variation")
    assert not found.is_monotonous


@pytest.mark.parametrize(("last", "monotonous"), [(0.0, True), (1000.0, False)])
def test_fosters_level_is_two(last, monotonous):
    assert of_days(np.array([100.0] * 6 + [last])).is_monotonous == monotonous


@given(st.lists(st.floats(1, 1000), min_size=7, max_size=7).filter(lambda days: max(days) - min(days) > 1))
def test_strain_is_load_times_monotony(days):
    found = of_days(np.array(days))
    assert found.strain == pytest.approx(found.load * found.monotony)
    assert of_days(np.array(days), ddof=0).monotony > found.monotony


@pytest.mark.parametrize("days", [[1.0] * 6, [1.0] * 6 + [NAN]])
def test_a_week_is_seven_known_days(days):
    with pytest.raises(ValueError, match="A week is seven known days; these are 6"):
        of_days(np.array(days))


def test_session_rpe_is_effort_times_minutes():
    load = session_rpe(pd.Series([5.0, 0, NAN, 5]), pd.Series([3600.0, 600, 600, NAN]))
    assert load.fillna(-1).tolist() == [300, 0, -1, -1]
