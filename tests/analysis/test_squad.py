"""A squad: the published answer, other implementations, and what one number may not hide."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pandas as pd
import pingouin
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats
from statsmodels.formula.api import mixedlm, ols
from statsmodels.stats.anova import anova_lm

from analysis import squad_words
from analysis.association import RepeatedMeasures, each_runner, repeated_measures, within_runner
from analysis.finding_words import NOT_CAUSE
from analysis.mixed_model import MixedModel, Part, mixed_model
from analysis.simulation import Diary, simulate
from tests.analysis.test_words import assert_sayable

BLAND = Path(__file__).with_name("bland1995.csv")


def squad(runners, weeks, *, seed=1, level=1.0, **kind):
    """Diaries of several runners under one another, whose usual pain differs."""
    rng = np.random.default_rng(seed)
    diaries = [simulate(Diary(weeks, **kind), rng).assign(runner=f"runner {at}") for at in range(runners)]
    return pd.concat([one.assign(pain=one["pain"] + level * at) for at, one in enumerate(diaries)], ignore_index=True)


def rows(*runners):
    """(x, y) pairs, a list for each runner."""
    flat = [(at, x, y) for at, pairs in enumerate(runners) for x, y in pairs]
    return pd.DataFrame(flat, columns=["runner", "x", "y"]).astype({"x": "float64", "y": "float64"})


@pytest.fixture(scope="module")
def bland():
    return pd.read_csv(BLAND)


def test_the_published_answer_to_six_digits(bland):
    found = repeated_measures(bland, "Subject", "PacO2", "pH")
    assert found.r == pytest.approx(-0.5067697, abs=5e-8)
    assert (found.ci_low, found.ci_high) == pytest.approx((-0.7067146, -0.2318631), abs=5e-8)
    assert found.p == pytest.approx(0.0008471081, abs=5e-11)
    assert (found.dof, found.n_subjects, found.n_obs) == (38, 8, 47)
    assert found.slope == pytest.approx(-0.108323, abs=5e-7)


def test_pooling_would_have_said_something_else(bland):
    assert stats.pearsonr(bland["PacO2"], bland["pH"]).statistic == pytest.approx(-0.065, abs=5e-4)


def test_too_few_runners_are_computed_but_not_shown(bland):
    found = repeated_measures(bland, "Subject", "PacO2", "pH")
    assert (found.n_ready, found.needed, found.reason, found.verdict) == (4, 1, "too few runners", "no number")


@pytest.mark.parametrize("seed", range(5))
def test_unbalanced_squads_with_gaps_are_pingouins(seed):
    rng = np.random.default_rng(seed)
    frame = squad(7, 30, seed=seed, linked=-0.4)
    frame = frame[rng.random(len(frame)) < 0.6]
    frame.loc[frame.index[::9], "pain"] = np.nan
    found = repeated_measures(frame, "runner", "adherence", "pain")
    theirs = pingouin.rm_corr(frame.dropna(), x="adherence", y="pain", subject="runner").iloc[0]
    assert (found.r, found.dof, found.p) == pytest.approx((theirs["r"], theirs["dof"], theirs["pval"]))


def test_a_single_row_adds_to_the_counts_and_nothing_else():
    frame = squad(6, 20)
    more = pd.concat([frame, frame.iloc[:1].assign(runner="once")])
    first, second = (repeated_measures(one, "runner", "adherence", "pain") for one in (frame, more))
    assert (second.n_subjects, second.n_obs, second.dof) == (7, 121, first.dof)
    assert (second.r, second.p, second.resampled_low) == (first.r, first.p, first.resampled_low)


def test_runners_of_different_levels_are_not_pooled():
    """Within every runner more goes with less; over all of them, more goes with more."""
    frame = rows(*[[(10 * at + step, 10 * at - step + (step % 2)) for step in range(8)] for at in range(6)])
    assert stats.pearsonr(frame["x"], frame["y"]).statistic > 0.8
    assert repeated_measures(frame, "runner", "x", "y").r < -0.9


@given(st.lists(st.lists(st.tuples(*[st.integers(0, 5)] * 2), min_size=1, max_size=6), min_size=2, max_size=6))
@settings(max_examples=60)
def test_it_is_the_analysis_of_covariance(runners):
    frame = rows(*runners)
    found = repeated_measures(frame, "runner", "x", "y")
    if found.r is None or abs(found.r) > 0.999:
        return
    fitted = ols("y ~ x + C(runner)", frame).fit()
    assert found.slope == pytest.approx(fitted.params["x"], abs=1e-9)
    assert found.dof == fitted.df_resid
    assert found.p == pytest.approx(fitted.pvalues["x"])
    assert -1 <= found.ci_low <= found.r <= found.ci_high <= 1


def test_different_slopes_are_the_interaction_of_the_analysis_of_covariance():
    frame = squad(6, 20, linked=-0.3)
    found = repeated_measures(frame, "runner", "adherence", "pain")
    one, own = (ols(f"pain ~ adherence {sign} C(runner)", frame).fit() for sign in ("+", "*"))
    assert found.slopes_p == pytest.approx(anova_lm(one, own)["Pr(>F)"].iloc[1])
    assert not found.slopes_differ


def test_runners_with_opposite_links_are_too_different_for_one_number():
    frame = squad(6, 40, linked=-0.6)
    half = frame["runner"].isin(["runner 0", "runner 1", "runner 2"])
    frame.loc[half, "pain"] *= -1
    assert repeated_measures(frame, "runner", "adherence", "pain").slopes_differ


def test_the_same_seed_gives_the_same_range():
    frame = squad(8, 20, linked=-0.3)
    first, same, other = (repeated_measures(frame, "runner", "adherence", "pain", seed=seed) for seed in (1, 1, 2))
    assert first == same
    assert first.resampled_low != other.resampled_low
    assert first.resampled_low < first.r < first.resampled_high


def test_the_range_is_that_of_squads_drawn_one_by_one():
    frame = squad(30, 20, linked=-0.3)
    found = repeated_measures(frame, "runner", "adherence", "pain")
    rng, diaries = np.random.default_rng(5), dict(list(frame.groupby("runner")))
    names = list(diaries)
    drawn = []
    for _ in range(200):
        parts = [diaries[names[at]].assign(runner=place) for place, at in enumerate(rng.integers(0, 30, 30))]
        drawn.append(repeated_measures(pd.concat(parts), "runner", "adherence", "pain").r)
    assert found.resampled_high - found.resampled_low == pytest.approx(4 * np.std(drawn), rel=0.25)


def test_resampling_runners_holds_where_weeks_resemble_each_other():
    """Unrelated series of 20 runners: the range from runners holds 0 as often as it says, the textbook's does not."""
    found = [
        repeated_measures(squad(20, 30, seed=seed, carried=(0.8, 0.8, 0.0)), "runner", "adherence", "pain")
        for seed in range(150)
    ]
    resampled = np.mean([one.resampled_low <= 0 <= one.resampled_high for one in found])
    textbook = np.mean([one.ci_low <= 0 <= one.ci_high for one in found])
    assert resampled > 0.9
    assert textbook < 0.85


@pytest.mark.parametrize(
    ("frame", "reason"),
    [
        (rows([(1, 2)], [(2, 3)]), "too few weeks"),
        (rows(*[[(1, step) for step in range(8)]] * 6), "no variation within runners"),
        (rows(*[[(step, 0.1) for step in range(8)]] * 6), "no variation within runners"),
        (rows([]), "too few weeks"),
    ],
)
def test_refusals(frame, reason):
    found = repeated_measures(frame, "runner", "x", "y")
    assert (found.r, found.reason, found.verdict) == (None, reason, "no number")


@pytest.mark.parametrize(("runners", "weeks", "shown"), [(4, 20, False), (5, 6, True), (5, 5, False)])
def test_the_gate_is_five_runners_with_six_weeks(runners, weeks, shown):
    found = repeated_measures(squad(runners, weeks), "runner", "adherence", "pain")
    assert (found.verdict != "no number") == shown
    assert found.r is not None


def test_every_runner_is_shown_by_itself():
    frame = squad(3, 40, linked=-0.5)
    each = each_runner(frame, "runner", "adherence", "pain", lag=1)
    assert list(each) == ["runner 0", "runner 1", "runner 2"]
    own = frame[frame["runner"] == "runner 1"]
    assert each["runner 1"] == within_runner(own, "adherence", "pain", lag=1)


def test_the_mixed_model_is_statsmodels_with_the_parts_kept_apart():
    frame = squad(8, 20, linked=-0.5)
    mean = frame.groupby("runner")["adherence"].transform("mean")
    years = (frame["week"] - frame["week"].mean()).dt.total_seconds() / (86_400 * 365.25)
    theirs = mixedlm(
        "pain ~ within + mean + years",
        frame.assign(within=frame["adherence"] - mean, mean=mean, years=years),
        groups="runner",
    ).fit(method="cg")
    found = mixed_model(frame, "runner", "adherence", "pain")
    assert found.within.estimate == pytest.approx(theirs.params["within"], rel=1e-4)
    assert (found.within.ci_low, found.within.ci_high) == pytest.approx(theirs.conf_int().loc["within"], rel=1e-3)
    assert found.between.estimate == pytest.approx(theirs.params["mean"], rel=1e-3)
    assert (found.n_subjects, found.n_obs, found.random_slope) == (8, 160, False)


def test_within_and_between_can_point_in_opposite_directions():
    frame = squad(12, 30, linked=-0.6, level=0.0)
    share = frame["runner"].str.extract(r"(\d+)")[0].astype(float) / 12
    frame["adherence"] = 0.3 * frame["adherence"] + share
    frame["pain"] = frame["pain"] + 5 * share
    found = mixed_model(frame, "runner", "adherence", "pain", controls=["distance_m"])
    assert found.within.ci_high < 0 < found.between.ci_low
    assert found.within.estimate == pytest.approx(
        repeated_measures(frame, "runner", "adherence", "pain").slope, rel=0.15
    )


@pytest.mark.parametrize(("runners", "sloped"), [(9, False), (10, True)])
def test_runners_have_slopes_of_their_own_from_ten_on(runners, sloped):
    frame = squad(runners, 30, linked=-0.6)
    steep = frame["runner"].isin([f"runner {at}" for at in range(0, runners, 2)])
    frame.loc[steep, "pain"] *= 3
    assert mixed_model(frame, "runner", "adherence", "pain").random_slope == sloped


@pytest.mark.parametrize("seed", range(4))
def test_runners_who_do_not_differ_are_fitted_all_the_same(seed):
    found = mixed_model(squad(6, 30, seed=seed, level=0.0), "runner", "adherence", "pain", controls=["distance_m"])
    assert found.reason is None and found.within.ci_low < 0 < found.within.ci_high


@pytest.mark.parametrize(
    ("frame", "reason"),
    [
        (squad(4, 20), "too few runners"),
        (squad(6, 20).assign(adherence=1.0), "x constant within runners"),
    ],
)
def test_the_mixed_model_refuses(frame, reason):
    found = mixed_model(frame, "runner", "adherence", "pain")
    assert (found.within, found.between, found.reason) == (None, None, reason)


NAMES = st.sampled_from(["adherence", "pain", "distance_m"])
RANGES = st.lists(st.floats(-1, 1), min_size=5, max_size=5).map(sorted)
REASONS = st.sampled_from([None, "too few weeks", "no variation within runners", "too few runners"])


@given(RANGES, NAMES, NAMES, REASONS, st.floats(0, 1), st.integers(2, 99), st.integers(5, 9999))
def test_squads_never_claim(values, x, y, reason, slopes_p, runners, weeks):
    wide_low, low, r, high, wide_high = values
    found = RepeatedMeasures(
        runners, weeks, runners, weeks, r, 0.01, low, high, wide_low, wide_high, -1.0, slopes_p, reason=reason
    )
    text = squad_words.squad(found, x, y)
    assert_sayable(text)
    assert squad_words.squad_title(found, x, y) in text
    assert ("within-runner correlation" in text) == (reason is None)
    if reason is None:
        assert text.endswith(f"{squad_words.WITHIN_ONLY} {NOT_CAUSE}")
        assert ("tended to be" in text) == (found.verdict == "clear")
        assert ("Runners differ too much" in text) == (slopes_p < 0.05)


@given(st.tuples(*[st.floats(-9, 9)] * 3).map(sorted), NAMES, NAMES)
def test_mixed_models_never_claim(values, x, y):
    low, estimate, high = values
    part = Part(estimate, low, high, 0.5)
    whole = MixedModel(8, 160, within=part, between=part)
    for found in (whole, replace(whole, within=None, reason="too few runners")):
        assert_sayable(squad_words.mixed(found, x, y))
    assert squad_words.mixed(whole, x, y).endswith(NOT_CAUSE)


def test_the_gate_is_said_with_what_is_missing():
    found = RepeatedMeasures(8, 47, 4, 38, -0.5, 0.001, reason="too few runners")
    assert squad_words.squad(found, "adherence", "pain") == (
        "No number for the group: it takes 5 runners with 6 weeks of both hip sessions and pain; 4 runners have them "
        "so far."
    )
