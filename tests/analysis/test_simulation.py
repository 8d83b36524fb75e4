"""Made-up diaries are what they say they are."""

import numpy as np
import pytest
from scipy import stats

from analysis.simulation import Diary, demonstration, hidden, simulate


def long(**kind):
    return simulate(Diary(20_000, **kind), np.random.default_rng(3))


def test_the_values_are_those_of_a_diary():
    frame = long(carried=(0.8, 0.8, 0.8), drift=1.0)
    assert set(frame["adherence"].unique()) == {0, 0.25, 0.5, 0.75, 1}
    assert set(frame["pain"].unique()) <= set(range(11))
    assert frame["distance_m"].min() >= 0
    assert frame["week"].diff().dropna().dt.days.unique().tolist() == [7]


@pytest.mark.parametrize("carried", [0.0, 0.5, 0.8])
def test_weeks_carry_over_what_was_asked_for(carried):
    frame = long(carried=(0.0, 0.0, carried))
    assert frame["distance_m"].autocorr() == pytest.approx(carried, abs=0.03)
    assert frame["distance_m"].std() == pytest.approx(8000, rel=0.05)


@pytest.mark.parametrize("later", [0, 1, 2])
def test_the_link_is_where_it_was_planted(later):
    frame = long(linked=-0.6, later=later, usual_pain=5.0)
    links = [frame["adherence"].corr(frame["pain"].shift(-lag)) for lag in range(4)]
    assert links[later] == pytest.approx(-0.56, abs=0.03)
    assert all(abs(link) < 0.03 for lag, link in enumerate(links) if lag != later)
    assert abs(frame["distance_m"].corr(frame["pain"])) < 0.03


def test_distance_can_lead_to_pain_instead():
    frame = long(linked=-0.6, later=1, leader="distance_m", usual_pain=5.0)
    assert frame["distance_m"].corr(frame["pain"].shift(-1)) == pytest.approx(-0.59, abs=0.03)
    assert abs(frame["adherence"].corr(frame["pain"].shift(-1))) < 0.03


def test_distance_can_be_what_adherence_and_pain_share():
    frame = long(shared=0.6, usual_pain=5.0)
    assert frame["distance_m"].corr(frame["pain"]) == pytest.approx(0.59, abs=0.03)
    assert frame["adherence"].corr(frame["pain"]) == pytest.approx(0.6**2 * 0.93, abs=0.03)


def test_the_hidden_values_are_those_behind_the_diary():
    kind = Diary(50, (0.5, 0.5, 0.5), linked=-0.5, later=1)
    _, pain, _ = hidden(kind, np.random.default_rng(4))
    shown = simulate(kind, np.random.default_rng(4))["pain"]
    assert shown.tolist() == np.clip(np.round(2 + 2 * pain), 0, 10).tolist()


def test_weeks_are_missing_by_chance_and_in_turn():
    frame = long(missing=0.3, every=2)
    assert frame["pain"][1::2].isna().all()
    assert frame["pain"][::2].isna().mean() == pytest.approx(0.3, abs=0.02)
    assert frame["adherence"][::2].isna()[frame["pain"][::2].isna()].mean() == pytest.approx(0.3, abs=0.02)


def test_a_drift_is_a_straight_rise_of_both():
    frame = long(drift=3.0)
    thirds = [frame.loc[at : at + 6665, ["adherence", "pain"]].mean() for at in (0, 6667, 13_333)]
    assert (thirds[0] < thirds[1]).all() and (thirds[1] < thirds[2]).all()


def test_half_of_the_weeks_can_be_without_pain():
    assert (long(usual_pain=0.0)["pain"] == 0).mean() == pytest.approx(0.6, abs=0.03)


def test_the_demonstration_shows_what_the_textbook_does_to_noise():
    shown = demonstration(1)
    assert shown == demonstration(1)
    assert shown != demonstration(2)
    assert shown.ours < shown.textbook
    counted = [demonstration(seed) for seed in range(5)]
    assert 3 <= np.mean([one.ours for one in counted]) <= 7
    assert np.mean([one.textbook for one in counted]) > 10


def test_the_textbooks_test_is_scipys():
    frames = [simulate(Diary(52, (0.6, 0.6, 0.6)), rng) for rng in [np.random.default_rng(1)] for _ in range(20)]
    by_hand = sum(stats.spearmanr(frame["adherence"], frame["pain"]).pvalue < 0.05 for frame in frames)
    assert demonstration(1, diaries=20).textbook == by_hand
