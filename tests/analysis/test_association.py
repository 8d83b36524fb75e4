import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from analysis.association import paired, table, within_runner
from analysis.weeks import with_adherence
from tests.analysis.weekly import MONDAY, NAN, related_weeks, weekly_frame

VALUES = st.one_of(st.none(), st.integers(0, 10))


def pain_and_distance(pain, distance):
    return weekly_frame(
        len(pain), pain=pd.Series(pain, dtype="float64"), distance_m=pd.Series(distance, dtype="float64")
    )


def test_a_hand_computed_coefficient():
    # d = 0, -1, 1, 0, -1, 1, 0, 0 in the ranks: 1 - 6 * 4 / (8 * 63).
    weeks = pain_and_distance([1, 2, 3, 4, 5, 6, 7, 8], [10, 30, 20, 40, 60, 50, 70, 80])
    found = within_runner(weeks, "pain", "distance_m")
    assert found.r == pytest.approx(1 - 24 / 504)
    assert (found.n, found.needed, found.reason) == (8, 0, None)


def test_ties_are_ranked_in_the_middle_as_scipy_does():
    weeks = with_adherence(related_weeks(30, -1))
    found = within_runner(weeks, "adherence", "pain")
    assert found.r == pytest.approx(stats.spearmanr(weeks["adherence"], weeks["pain"]).statistic)
    assert found.r < -0.8


@pytest.mark.parametrize("lag", [0, 1, 2])
def test_the_second_column_is_taken_later(lag):
    rng = np.random.default_rng(4)
    pain = rng.integers(0, 11, 30).astype("float64")
    distance = np.roll(pain, lag) * 1000
    found = within_runner(pain_and_distance(pain[lag:], distance[lag:]), "pain", "distance_m", lag=lag)
    assert found.r == pytest.approx(1.0)
    assert found.n == 30 - 2 * lag


def test_a_gap_breaks_the_pairs_on_both_sides():
    weeks = pain_and_distance([1, 2, None, 4, 5], [1, 2, 3, 4, 5])
    assert paired(weeks, "pain", "distance_m", 1)[["x", "y"]].to_numpy().tolist() == [[1, 2], [2, 3], [4, 5]]


@given(st.lists(st.tuples(VALUES, VALUES), min_size=1, max_size=30), st.integers(0, 2))
@settings(max_examples=60)
def test_dropping_unknown_weeks_from_the_frame_changes_nothing(rows, lag):
    weeks = pain_and_distance(*zip(*rows, strict=True))
    sparse = weeks[weeks["pain"].notna() | weeks["distance_m"].notna()]
    assert within_runner(sparse, "pain", "distance_m", lag=lag) == within_runner(weeks, "pain", "distance_m", lag=lag)


@given(st.lists(st.tuples(VALUES, VALUES), min_size=1, max_size=30), st.integers(0, 2), st.integers(1, 10))
@settings(max_examples=60)
def test_unknown_weeks_are_never_filled(rows, lag, unknown):
    known = pain_and_distance(*zip(*rows, strict=True))
    more = pain_and_distance(*zip(*rows, *[(None, None)] * unknown, strict=True))
    assert within_runner(more, "pain", "distance_m", lag=lag) == within_runner(known, "pain", "distance_m", lag=lag)


@given(st.lists(st.tuples(VALUES, VALUES), min_size=1, max_size=30))
@settings(max_examples=60)
def test_pairs_come_in_order_and_only_where_both_are_known(rows):
    weeks = pain_and_distance(*zip(*rows, strict=True))
    pairs = paired(weeks, "pain", "distance_m")
    assert len(pairs) == sum(x is not None and y is not None for x, y in rows)
    assert pairs["week"].is_monotonic_increasing
    assert pairs.notna().all(axis=None)


@pytest.mark.parametrize(("known", "needed"), [(0, 8), (3, 5), (7, 1)])
def test_under_eight_paired_weeks_it_says_how_many_are_missing(known, needed):
    pain = [float(week % 5) if week < known else None for week in range(12)]
    found = within_runner(pain_and_distance(pain, range(12)), "pain", "distance_m")
    assert (found.r, found.n, found.needed, found.reason) == (None, known, needed, "too few weeks")


@pytest.mark.parametrize(
    ("pain", "distance", "reason"),
    [
        ([4] * 10, range(10), "x constant"),
        (range(10), [7] * 10, "y constant"),
        ([0, 3] * 5, range(10), "pain varies too little"),
        ([0] * 8 + [2, 4], range(10), "pain varies too little"),
    ],
)
def test_a_series_that_does_not_vary_is_refused(pain, distance, reason):
    found = within_runner(pain_and_distance(list(pain), list(distance)), "pain", "distance_m")
    assert (found.r, found.needed, found.reason) == (None, 0, reason)


def test_a_negative_lag_is_refused():
    with pytest.raises(ValueError, match="The lag is -1"):
        within_runner(weekly_frame(9), "pain", "distance_m", lag=-1)


def test_the_table_shows_both_directions_of_every_pair():
    found = [(one.x, one.y, one.lag) for one in table(with_adherence(related_weeks(30, -1)))]
    pairs = [("adherence", "pain"), ("adherence", "distance_m"), ("distance_m", "pain")]
    assert found[:9] == [(x, y, lag) for x, y in pairs for lag in (0, 1, 2)]
    assert found[9:] == [(y, x, lag) for x, y in pairs for lag in (1, 2)]


def test_capped_adherence_is_what_is_related():
    weeks = weekly_frame(
        10, week=pd.date_range(MONDAY, periods=10, freq="7D"), sessions_done=[3.0, 6.0] * 5, sessions_prescribed=3
    )
    weeks["pain"] = np.arange(10.0)
    assert within_runner(with_adherence(weeks), "adherence", "pain").reason == "x constant"
    assert within_runner(with_adherence(weeks), "adherence_raw", "pain").r is not None


def test_an_empty_frame_asks_for_eight_weeks():
    assert within_runner(weekly_frame(0), "pain", "distance_m").needed == 8


def test_nan_only_columns_are_unknown_not_constant():
    found = within_runner(weekly_frame(20, pain=[NAN] * 20), "pain", "distance_m")
    assert (found.n, found.reason) == (0, "too few weeks")
