from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from analysis.association import adjusted, paired, pick, table, within_runner
from analysis.evidence import MAIN_LINK
from analysis.simulation import Diary, simulate
from analysis.weeks import with_adherence
from tests.analysis.weekly import MONDAY, NAN, related_weeks, weekly_frame

VALUES = st.one_of(st.none(), st.integers(0, 10))
ROWS = st.lists(st.tuples(VALUES, VALUES), min_size=1, max_size=40)


def pain_and_distance(pain, distance):
    return weekly_frame(
        len(pain), pain=pd.Series(pain, dtype="float64"), distance_m=pd.Series(distance, dtype="float64")
    )


def noise(weeks, **kind):
    return simulate(Diary(weeks, **kind), np.random.default_rng(8))


def test_the_raw_coefficient_is_spearmans_with_ties_in_the_middle():
    weeks = with_adherence(related_weeks(30, -1))
    found = within_runner(weeks, "adherence", "pain")
    assert found.raw == pytest.approx(stats.spearmanr(weeks["adherence"], weeks["pain"]).statistic)
    assert found.raw < -0.8


def test_without_drift_or_carry_over_there_is_little_to_correct():
    for seed in range(20):
        found = within_runner(simulate(Diary(500, linked=-0.45), np.random.default_rng(seed)), "adherence", "pain")
        assert found.r == pytest.approx(found.raw, abs=0.03)
        assert found.detrended == pytest.approx(found.raw, abs=0.01)


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
    pairs = paired(weeks, "pain", "distance_m", 1)
    assert pairs[["x", "y"]].to_numpy().tolist() == [[1, 2], [2, 3], [4, 5]]
    assert pairs["week"].tolist() == [MONDAY, MONDAY + pd.Timedelta(days=7), MONDAY + pd.Timedelta(days=21)]


@given(ROWS, st.integers(0, 2))
@settings(max_examples=60)
def test_dropping_unknown_weeks_from_the_frame_changes_nothing(rows, lag):
    weeks = pain_and_distance(*zip(*rows, strict=True))
    sparse = weeks[weeks["pain"].notna() | weeks["distance_m"].notna()]
    assert within_runner(sparse, "pain", "distance_m", lag=lag) == within_runner(weeks, "pain", "distance_m", lag=lag)


@given(ROWS, st.integers(0, 2), st.integers(1, 10))
@settings(max_examples=60)
def test_unknown_weeks_are_never_filled(rows, lag, unknown):
    known = pain_and_distance(*zip(*rows, strict=True))
    more = pain_and_distance(*zip(*rows, *[(None, None)] * unknown, strict=True))
    assert within_runner(more, "pain", "distance_m", lag=lag) == within_runner(known, "pain", "distance_m", lag=lag)


@given(ROWS, st.integers(0, 2), st.floats(0.5, 0.999))
@settings(max_examples=100)
def test_interval_p_and_verdict_say_the_same(rows, lag, confidence):
    weeks = pain_and_distance(*zip(*rows, strict=True))
    found = within_runner(weeks, "pain", "distance_m", lag=lag, confidence=confidence)
    if found.r is None:
        assert (found.ci_low, found.ci_high, found.p, found.n_eff, found.verdict) == (*[None] * 4, "no number")
        return
    assert -1 <= found.ci_low < found.r < found.ci_high <= 1
    assert (found.ci_low > 0 or found.ci_high < 0) == (found.p < 1 - confidence) == found.is_finding
    assert 4 <= found.n_eff <= found.n


@given(ROWS)
@settings(max_examples=60)
def test_pairs_come_in_order_and_only_where_both_are_known(rows):
    weeks = pain_and_distance(*zip(*rows, strict=True))
    pairs = paired(weeks, "pain", "distance_m")
    assert len(pairs) == sum(x is not None and y is not None for x, y in rows)
    assert pairs["week"].is_monotonic_increasing
    assert pairs.notna().all(axis=None)


@given(ROWS, st.integers(0, 2))
@settings(max_examples=60)
def test_only_the_order_of_the_values_counts(rows, lag):
    weeks = pain_and_distance(*zip(*rows, strict=True))
    stretched = weeks.assign(distance_m=np.exp(weeks["distance_m"]))
    first, second = (within_runner(one, "pain", "distance_m", lag=lag).r for one in (weeks, stretched))
    assert first == second or first == pytest.approx(second)


@pytest.mark.parametrize(
    ("known", "needed", "reason"),
    [(0, 8, "too few weeks"), (3, 5, "too few weeks"), (7, 1, "too few weeks"), (8, 4, "picture only")],
)
def test_too_few_paired_weeks_say_how_many_are_missing(known, needed, reason):
    pain = [float(week % 5) if week < known else None for week in range(12)]
    found = within_runner(pain_and_distance(pain, range(12)), "pain", "distance_m")
    assert (found.r, found.n, found.needed, found.reason) == (None, known, needed, reason)


@pytest.mark.parametrize(("weeks", "verdict"), [(11, "no number"), (12, "tentative"), (25, "tentative"), (26, "clear")])
def test_the_gates_of_the_number_of_weeks(weeks, verdict):
    assert within_runner(with_adherence(related_weeks(weeks, -1)), "adherence", "pain").verdict == verdict


@pytest.mark.parametrize(
    ("pain", "distance", "reason"),
    [
        ([4] * 10, range(10), "x constant"),
        (range(10), [7] * 10, "y constant"),
        ([0, 3] * 5, range(10), "pain varies too little"),
        ([0] * 8 + [2, 4], range(10), "pain varies too little"),
        ([0, 3, 5, 1] * 5, range(20), "only drift"),
    ],
)
def test_a_series_that_does_not_vary_is_refused(pain, distance, reason):
    found = within_runner(pain_and_distance(list(pain), list(distance)), "pain", "distance_m")
    assert (found.r, found.needed, found.reason) == (None, 0, reason)


@pytest.mark.parametrize(
    ("adherence", "distance", "reason", "needed"),
    [
        ([1.0] * 51 + [0.0], [40.0] * 51 + [0.0], "x varies too little", 0),
        ([1.0] * 50 + [0.5, 0.0], range(52), "x varies too little", 0),
        ([1.0, 0.5] * 26, [40.0] * 50 + [0.0, 9.0], "y varies too little", 0),
        ([1.0] * 48 + [0.0, 0.5] * 2, [5.0, 6.0, 7.0] + [40.0] * 49, "seldom unusual together", 61),
    ],
)
def test_a_few_odd_weeks_are_no_link(adherence, distance, reason, needed):
    """A holiday with neither training nor running was a 'clear' link of +1.00 to +1.00."""
    weeks = weekly_frame(52, adherence=adherence, distance_m=pd.Series(distance, dtype="float64"))
    found = within_runner(weeks, "adherence", "distance_m")
    assert (found.r, found.reason, found.needed) == (None, reason, needed)


def test_as_many_odd_weeks_as_are_asked_for_have_a_number():
    adherence, distance = np.ones(52), np.full(52, 40.0)
    adherence[::9], distance[::10] = 0.5, 0.0
    weeks = weekly_frame(52, adherence=adherence, distance_m=distance)
    assert within_runner(weeks, "adherence", "distance_m").r is not None


@pytest.mark.parametrize("sign", [1, -1])
def test_a_perfect_link_is_not_known_to_the_last_digit(sign):
    pain = np.random.default_rng(1).permutation(60) % 7.0
    found = within_runner(pain_and_distance(pain, sign * pain), "pain", "distance_m")
    assert abs(found.r) > 0.999 and found.is_finding
    assert max(found.ci_low * sign, found.ci_high * sign) > abs(found.r)
    assert min(found.ci_low * sign, found.ci_high * sign) < 0.98


def test_weeks_that_only_repeat_their_neighbours_are_too_few():
    pain = np.repeat([0.0, 6.0, 1.0, 7.0], 10)
    found = within_runner(pain_and_distance(pain, 1000 * pain + np.arange(40)), "pain", "distance_m")
    assert (found.r, found.n, found.reason, found.needed) == (None, 40, "too few independent weeks", 2)


def test_the_number_is_partial_when_controls_are_given():
    weeks = noise(200, linked=-0.5)
    behind = weeks["distance_m"].rank(pct=True)
    weeks["adherence"], weeks["pain"] = weeks["adherence"] + 2 * behind, weeks["pain"] + 20 * behind
    plain = within_runner(weeks, "adherence", "pain")
    given = within_runner(weeks, "adherence", "pain", controls=["distance_m"])
    assert plain.r > 0.5
    assert given.r < plain.r - 0.3
    assert given.controls == ("distance_m",)


def test_a_constant_control_is_refused():
    weeks = noise(40).assign(distance_m=1.0)
    assert within_runner(weeks, "adherence", "pain", controls=["distance_m"]).reason == "control constant"


@pytest.mark.parametrize(("control", "scale"), [("adherence", 40_000.0), ("adherence", -3.0), ("pain", 1_000.0)])
def test_a_control_that_says_the_same_is_refused(control, scale):
    """What it leaves is rounding, of which any coefficient comes out."""
    weeks = noise(60)
    weeks = weeks.assign(distance_m=weeks[control] * scale)
    found = within_runner(weeks, "adherence", "pain", controls=["distance_m"])
    assert (found.r, found.reason) == (None, "control says the same")


def test_more_controls_than_the_weeks_can_bear_are_refused():
    weeks = noise(12).assign(**{f"control {at}": np.random.default_rng(at).random(12) for at in range(9)})
    with pytest.raises(ValueError, match="12 weeks are too few for 9 controls"):
        within_runner(weeks, "adherence", "pain", controls=[f"control {at}" for at in range(9)])


def test_a_straight_drift_in_both_is_no_link_and_is_named():
    found = within_runner(noise(156, drift=4.0), "adherence", "pain")
    assert found.raw > 0.5
    assert found.drift_disagrees
    assert found.verdict == "cannot tell"


@pytest.mark.parametrize(("argument", "message"), [({"lag": -1}, "The lag is -1"), ({"confidence": 95}, "is 95")])
def test_impossible_arguments_are_refused(argument, message):
    with pytest.raises(ValueError, match=message):
        within_runner(weekly_frame(9), "pain", "distance_m", **argument)


def test_the_table_shows_both_directions_of_every_pair():
    found = [(one.x, one.y, one.lag) for one in table(with_adherence(related_weeks(30, -1)))]
    pairs = [("adherence", "pain"), ("adherence", "distance_m"), ("distance_m", "pain")]
    assert found[:9] == [(x, y, lag) for x, y in pairs for lag in (0, 1, 2)]
    assert found[9:] == [(y, x, lag) for x, y in pairs for lag in (1, 2)]


def test_the_tables_verdict_is_the_one_for_all_of_it():
    found = table(noise(52, linked=-0.4))
    assert all(one.p_adjusted >= one.p for one in found)
    assert all(one.is_finding == (one.p_adjusted < 0.05) for one in found)


def smallest(p, link):
    """The whole table with this p for one link and 0.9 for the others."""
    every = [replace(one, p=0.9, p_adjusted=None) for one in table(noise(52))]
    return pick(adjusted([replace(one, p=p) if (one.x, one.y, one.lag) == link else one for one in every]), *link)


def test_the_main_link_has_half_of_what_chance_is_allowed():
    assert smallest(0.02, MAIN_LINK).p_adjusted == pytest.approx(2 * 0.02)
    assert smallest(0.001, ("distance_m", "pain", 1)).p_adjusted == pytest.approx(28 * 0.001)
    assert smallest(0.001, ("pain", "adherence", 1)).p_adjusted == pytest.approx(28 * 0.001)


def test_what_has_no_number_is_not_counted_among_the_compared():
    found = table(noise(52, linked=-0.4).assign(distance_m=NAN))
    assert sum(one.r is not None for one in found) == 5
    main = replace(pick(found, *MAIN_LINK), p=0.01)
    others = [replace(one, p=0.9) for one in found if one.p is not None and one.lag != 1]
    assert adjusted([main, *others])[0].p_adjusted == pytest.approx(0.01 * (14 + len(others)) / 14)


def test_picking_one_of_the_table():
    found = adjusted(table(noise(52)))
    assert (pick(found, "pain", "adherence", 2).x, pick(found, "pain", "adherence", 2).lag) == ("pain", 2)
    with pytest.raises(KeyError):
        pick(found, "pain", "adherence", 0)


def test_capped_adherence_is_what_is_related():
    weeks = weekly_frame(
        20, week=pd.date_range(MONDAY, periods=20, freq="7D"), sessions_done=[3.0, 6.0] * 10, sessions_prescribed=3
    )
    weeks["pain"] = np.arange(20.0) % 7
    assert within_runner(with_adherence(weeks), "adherence", "pain").reason == "x constant"
    assert within_runner(with_adherence(weeks), "adherence_raw", "pain").r is not None


def test_an_empty_frame_asks_for_eight_weeks():
    assert within_runner(weekly_frame(0), "pain", "distance_m").needed == 8
    assert paired(weekly_frame(0), "pain", "distance_m").empty


def test_nan_only_columns_are_unknown_not_constant():
    found = within_runner(weekly_frame(20, pain=[NAN] * 20), "pain", "distance_m")
    assert (found.n, found.reason) == (0, "too few weeks")
