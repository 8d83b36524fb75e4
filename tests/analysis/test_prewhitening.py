"""What is taken out of a series before it is compared, against other implementations and known answers."""

from itertools import combinations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats
from statsmodels.regression.linear_model import GLS
from statsmodels.stats.multitest import multipletests
from statsmodels.tsa.stattools import acf

from analysis.correlation import correlate, holm, independent_weeks
from analysis.prewhitening import (
    carry_over,
    effective_weeks,
    innovations,
    lag_one,
    mid_ranks,
    residuals,
    straight_line,
    whiten,
)
from analysis.simulation import Diary, simulate

NUMBERS = st.lists(st.integers(0, 10).map(float), min_size=3, max_size=60).map(np.array)


def autoregression(n, carried, seed=1):
    rng = np.random.default_rng(seed)
    series = [rng.standard_normal()]
    for _ in range(n - 1):
        series.append(carried * series[-1] + np.sqrt(1 - carried**2) * rng.standard_normal())
    return np.array(series)


@given(NUMBERS)
def test_ranks_are_scipys(values):
    assert mid_ranks(values).tolist() == stats.rankdata(values).tolist()


@given(NUMBERS)
def test_what_a_line_leaves_is_scipys(values):
    weeks = np.arange(len(values))
    fitted = stats.linregress(weeks, values)
    assert residuals(straight_line(weeks), values) == pytest.approx(
        values - fitted.intercept - fitted.slope * weeks, abs=1e-9
    )


# The vectors of evidence 6.1.3.
@pytest.mark.parametrize(
    ("n", "a", "b", "independent"), [(16, 0.4, 0.3, 12.57), (26, 0.6, 0.5, 14.0), (12, 0.5, 0.5, 7.2)]
)
def test_the_published_numbers_of_independent_weeks(n, a, b, independent):
    assert effective_weeks(n, a, b) == pytest.approx(independent, abs=0.005)


def test_independent_weeks_are_clipped():
    assert effective_weeks(10, 0.99, 0.99) == 4
    assert effective_weeks(10, 0.5, -0.5) == 10


def test_lag_one_is_statsmodels():
    left = residuals(straight_line(np.arange(60)), autoregression(60, 0.6))
    # statsmodels divides 59 products by 60.
    assert lag_one(np.arange(60), left) * 59 / 60 == pytest.approx(acf(left, nlags=1)[1])


def test_a_gap_is_no_neighbourhood():
    weeks, left = np.array([0, 1, 5, 6]), np.array([1.0, 2.0, -2.0, -1.0])
    assert lag_one(weeks, left) == pytest.approx(np.mean([2, 2]) / 2.5)
    assert lag_one(np.array([0, 2, 4, 6]), left) == 0


@pytest.mark.parametrize("n", [12, 26, 52])
@pytest.mark.parametrize("carried", [0.0, 0.5])
def test_the_correction_takes_out_most_of_the_bias(n, carried):
    weeks = np.arange(n)
    left = [residuals(straight_line(weeks), autoregression(n, carried, seed)) for seed in range(1500)]
    plain = np.mean([lag_one(weeks, one) for one in left])
    corrected = np.mean([carry_over(weeks, one) for one in left])
    assert abs(corrected - carried) < 0.1
    assert abs(plain - carried) > abs(corrected - carried)


@pytest.mark.parametrize("every", [1, 2, 3])
def test_the_carry_over_is_weekly_however_often_is_logged(every):
    series = autoregression(20_000, 0.8)
    weeks = np.arange(20_000)[::every]
    left = residuals(straight_line(weeks), series[::every])
    assert carry_over(weeks, left) == pytest.approx(0.8, abs=0.02)


def test_whitening_is_generalised_least_squares():
    """The fit around the drift is statsmodels' GLS with the autoregression's covariance, gaps and all."""
    rng = np.random.default_rng(5)
    weeks = np.flatnonzero(rng.random(70) < 0.7)
    series = mid_ranks(autoregression(70, 0.6)[weeks]) + 0.3 * weeks
    line = straight_line(weeks)
    carried = carry_over(weeks, residuals(line, series))
    covariance = carried ** np.abs(weeks[:, None] - weeks)
    fitted = GLS(series, line, sigma=covariance).fit()
    # Both whiten by a lower triangular root, which is unique up to its scale.
    ours = innovations(weeks, series)
    theirs = np.linalg.solve(np.linalg.cholesky(covariance), series - fitted.fittedvalues)
    assert ours / np.linalg.norm(ours) == pytest.approx(theirs / np.linalg.norm(theirs))


def test_without_gaps_whitening_is_the_difference_from_what_is_carried_over():
    series = autoregression(30, 0.5)
    new = whiten(np.arange(30), 0.5, series[:, None])[:, 0]
    assert new[1:] == pytest.approx(series[1:] - 0.5 * series[:-1])
    assert new[0] == pytest.approx(series[0] * np.sqrt(0.75))


def test_what_is_new_has_no_memory_left():
    weeks = np.arange(5000)
    new = innovations(weeks, mid_ranks(autoregression(5000, 0.8)))
    assert abs(lag_one(weeks, new)) < 0.03


def test_a_straight_drift_alone_has_nothing_to_correlate():
    assert correlate(np.arange(20), np.arange(20.0), autoregression(20, 0), [], 0.95) == "only drift"
    assert independent_weeks(np.arange(20), np.arange(20.0), autoregression(20, 0)) == 20


@given(st.lists(st.floats(0, 1), min_size=1, max_size=20))
def test_holm_is_statsmodels(p):
    assert holm(p) == pytest.approx(multipletests(p, method="holm")[1].tolist())


SHARES = st.lists(st.tuples(st.floats(0, 1), st.integers(1, 20)), min_size=1, max_size=5)


@given(SHARES)
def test_weighted_holm_is_the_closed_test_of_weighted_bonferroni(tried):
    """Rejected is what every set of hypotheses that holds it rejects, each set by its smallest p over its share."""
    p, weights = zip(*tried, strict=True)
    sets = [one for size in range(1, len(p) + 1) for one in combinations(range(len(p)), size)]
    each = {one: min(1.0, min(p[at] * sum(weights[k] for k in one) / weights[at] for at in one)) for one in sets}
    closed = [max(value for one, value in each.items() if at in one) for at in range(len(p))]
    assert holm(p, weights) == pytest.approx(closed)


@given(st.lists(st.floats(0, 1), min_size=1, max_size=20), st.floats(0.1, 50))
def test_equal_weights_are_plain_holm(p, weight):
    assert holm(p, [weight] * len(p)) == pytest.approx(holm(p))


def test_holm_of_nothing():
    assert holm([]) == []


def test_a_diary_of_chance_is_the_same_for_the_same_seed():
    one, same, other = (simulate(Diary(30), np.random.default_rng(seed)) for seed in (1, 1, 2))
    assert one.equals(same)
    assert not one.equals(other)
