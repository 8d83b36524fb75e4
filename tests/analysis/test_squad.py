"""A squad: the published answer, other implementations, and what one number may not hide."""

from dataclasses import replace
from pathlib import Path
from typing import get_args

import numpy as np
import pandas as pd
import pingouin
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats
from statsmodels.formula.api import mixedlm, ols
from statsmodels.regression.mixed_linear_model import MixedLM
from statsmodels.stats.multitest import multipletests

from analysis import squad_words
from analysis.association import (
    SQUAD_LINKS,
    RepeatedMeasures,
    each_runner,
    followed,
    repeated_measures,
    squad_table,
    week_numbers,
    within_runner,
)
from analysis.finding_words import NOT_CAUSE
from analysis.jackknife import degrees_of_freedom
from analysis.mixed_model import MixedModel, Part, mixed_model
from analysis.mixed_model import Reason as MixedReason
from analysis.prewhitening import innovations
from analysis.simulation import Diary, simulate
from analysis.units import Units
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


@pytest.mark.parametrize("every", [1, 2])
def test_whether_runners_differ_is_cochrans_q_of_their_own_coefficients(every):
    frame = squad(6, 90, linked=-0.3, carried=(0.5, 0.8, 0.0), missing=0.2, every=every).dropna()
    z, weight = [], []
    for _, weeks in frame.groupby("runner"):
        numbers = week_numbers(weeks)
        x, y = (innovations(numbers, weeks[name].to_numpy()) for name in ("adherence", "pain"))
        z.append(np.arctanh(x @ y / np.sqrt((x @ x) * (y @ y))))
        weight.append(len(weeks) - 5)
    expected = stats.chi2.sf(np.sum(weight * (z - np.average(z, weights=weight)) ** 2), 5)
    shuffled = frame.sample(frac=1, random_state=1)
    for one in (frame, shuffled):
        found = repeated_measures(one, "runner", "adherence", "pain")
        assert found.differ_p == pytest.approx(expected, rel=1e-6)
    assert not found.runners_differ


def test_few_weeks_and_what_only_drifts_do_not_tell_whether_runners_differ():
    assert repeated_measures(squad(6, 11), "runner", "adherence", "pain").differ_p is None
    line = rows(*[[(step, (step * 7) % 5) for step in range(20)]] * 6)
    assert repeated_measures(line, "runner", "x", "y").differ_p is None


def test_weeks_that_resemble_each_other_do_not_make_runners_differ():
    """The F test of own slopes against one slope says so of two in three such squads."""
    kind = {"carried": (0.8, 0.8, 0.0)}
    found = [repeated_measures(squad(8, 26, seed=seed, **kind), "runner", "adherence", "pain") for seed in range(200)]
    assert np.mean([one.runners_differ for one in found]) < 0.12


def test_runners_with_opposite_links_are_too_different_for_one_number():
    frame = squad(6, 40, linked=-0.6)
    half = frame["runner"].isin(["runner 0", "runner 1", "runner 2"])
    frame.loc[half, "pain"] *= -1
    assert repeated_measures(frame, "runner", "adherence", "pain").runners_differ


def test_the_range_is_from_leaving_out_each_runner():
    frame = squad(20, 30, linked=-0.3, carried=(0.8, 0.8, 0.0))
    found = repeated_measures(frame, "runner", "adherence", "pain")
    names = frame["runner"].unique()
    without = [repeated_measures(frame[frame["runner"] != name], "runner", "adherence", "pain").r for name in names]
    z = np.arctanh(found.r)
    error = np.sqrt(19 / 20 * np.sum((np.arctanh(without) - z) ** 2))
    # Runners who vary unequally are worth fewer degrees of freedom than there are runners.
    for at, sign in ((found.resampled_low, -1), (found.resampled_high, 1)):
        dof = stats.t.ppf(0.975, [19, 12]) * error
        assert dof[0] < sign * (np.arctanh(at) - z) < dof[1]


@pytest.mark.parametrize("seed", range(20))
def test_the_range_is_never_inside_the_textbooks(seed):
    found = repeated_measures(squad(5, 12, seed=seed), "runner", "adherence", "pain")
    assert found.resampled_low <= found.ci_low + 1e-12 and found.ci_high <= found.resampled_high + 1e-12


@pytest.mark.parametrize(
    ("share", "dof"), [([0.2] * 5, 4.0), ([0.05] * 20, 19.0), ([0.97, 0.01, 0.01, 0.01], 1.0), ([1.0, 0.0, 0.0], 1.0)]
)
def test_unequal_runners_are_worth_fewer_degrees_of_freedom(share, dof):
    assert degrees_of_freedom(np.array(share)) == pytest.approx(dof, abs=0.01)


def test_a_runner_who_does_not_vary_does_not_count_for_the_gate():
    """Five runners with enough weeks, of whom two say anything."""
    frame = squad(5, 26)
    still = frame["runner"].isin(["runner 2", "runner 3", "runner 4"])
    one_varies = frame.assign(adherence=frame["adherence"].where(~still, 1.0))
    none_varies = one_varies.assign(pain=frame["pain"].where(~still, 0.0))
    for changed in (one_varies, none_varies):
        found = repeated_measures(changed, "runner", "adherence", "pain")
        assert (found.n_ready, found.needed, found.reason, found.verdict) == (2, 3, "too few runners", "no number")
        assert "2 runners have them so far" in squad_words.squad(found, "adherence", "pain")


@pytest.mark.parametrize("varying", [1, 2])
def test_one_runner_alone_has_no_range(varying):
    frame = rows(*[[(step % 3, step % 4) if at < varying else (1, 2) for step in range(12)] for at in range(5)])
    assert (repeated_measures(frame, "runner", "x", "y").resampled_low is None) == (varying == 1)


def test_five_unequal_runners_are_seldom_called_a_finding():
    """6 to 51 weeks each, where weeks resemble each other and nothing is linked."""
    frames, rng = [], np.random.default_rng(4)
    for _ in range(200):
        frame = squad(5, 51, seed=rng.integers(2**32), carried=(0.8, 0.8, 0.0))
        weeks = dict(zip(frame["runner"].unique(), rng.integers(6, 52, 5), strict=True))
        frames.append(frame[frame.groupby("runner").cumcount() < frame["runner"].map(weeks)])
    found = [repeated_measures(frame, "runner", "adherence", "pain") for frame in frames]
    shown = [one for one in found if one.verdict != "no number"]
    assert np.mean([one.verdict == "clear" for one in shown]) < 0.09


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
    own = within_runner(frame[frame["runner"] == "runner 1"], "adherence", "pain", lag=1)
    assert replace(each["runner 1"], p_adjusted=None) == own


def test_a_squad_of_chance_seldom_has_a_runner_with_a_finding():
    """Of 200 runners without a link 10 have a p under 5 %; none of them is to be called a finding for that."""
    each = each_runner(squad(200, 30, carried=(0.5, 0.5, 0.0)), "runner", "adherence", "pain")
    assert sum(one.p < 0.05 for one in each.values()) >= 4
    assert not any(one.is_finding for one in each.values())


def test_the_pairs_of_a_squad_are_judged_together():
    frame = squad(8, 30, linked=-0.5)
    every = squad_table(frame, "runner")
    alone = [repeated_measures(followed(frame, "runner", y, lag), "runner", x, y) for x, y, lag in SQUAD_LINKS]
    assert [one.r for one in every] == [one.r for one in alone]
    together = multipletests([one.resampled_p for one in alone], method="holm")[1]
    assert [one.p_adjusted for one in every] == pytest.approx(list(together))


def test_a_week_later_is_the_same_runners_next_week():
    frame = squad(2, 3)
    later = followed(frame.drop(index=1), "runner", "pain", 1)
    assert later["week"].tolist() == frame.drop(index=1)["week"].tolist()
    assert later["pain"].isna().tolist() == [True, True, False, False, True]
    assert later["pain"].iloc[2:4].tolist() == frame["pain"].iloc[4:6].tolist()


def test_the_p_of_leaving_out_runners_fits_its_range():
    for seed in range(30):
        found = repeated_measures(squad(6, 20, linked=-0.3, seed=seed), "runner", "adherence", "pain")
        assert (found.resampled_p < 0.05) == (not found.resampled_low <= 0 <= found.resampled_high)


def test_runners_who_differ_too_much_have_no_finding_as_a_group():
    one = RepeatedMeasures(8, 400, 8, 391, -0.5, 0.001, -0.6, -0.4, -0.7, -0.2, resampled_p=0.01, differ_p=0.2)
    assert one.verdict == "clear"
    assert replace(one, differ_p=0.01).verdict == "described"
    assert "tended to be" not in squad_words.squad(replace(one, differ_p=0.01), "adherence", "pain")


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
    assert found.between.estimate == pytest.approx(theirs.params["mean"], rel=1e-3)
    assert (found.n_subjects, found.n_obs, found.random_slope) == (8, 160, False)


def test_the_range_within_runners_is_from_leaving_out_each():
    frame = squad(6, 20, linked=-0.3)
    frame = frame[frame.groupby("runner").cumcount() < 10 + 2 * frame["runner"].str[-1].astype(int)]
    found = mixed_model(frame, "runner", "adherence", "pain").within
    without = [
        mixed_model(pd.concat([frame[frame["runner"] != name], frame.iloc[:0]]), "runner", "adherence", "pain").within
        for name in frame["runner"].unique()
    ]
    error = np.sqrt(5 / 6 * np.sum(np.square([one.estimate - found.estimate for one in without])))
    half = (found.ci_high - found.ci_low) / 2
    # Fitted anew without each runner, the variances differ a little.
    assert 0.9 * stats.t.ppf(0.975, 5) < half / error < 1.1 * stats.t.ppf(0.975, 4)


def test_between_runners_is_the_regression_of_their_means():
    frame = squad(8, 20, linked=-0.3)
    frame = frame[frame.groupby("runner").cumcount() < 8 + frame["runner"].str[-1].astype(int)]
    found = mixed_model(frame, "runner", "adherence", "pain", controls=["distance_m"]).between
    means = frame.groupby("runner")[["adherence", "pain", "distance_m"]].mean()
    slope = ols("pain ~ adherence + distance_m", means).fit().params["adherence"]
    assert found.estimate == pytest.approx(slope)
    without = [ols("pain ~ adherence + distance_m", means.drop(name)).fit().params["adherence"] for name in means.index]
    error = np.sqrt(7 / 8 * np.sum(np.square(np.array(without) - slope)))
    margin = (found.ci_high - found.ci_low) / 2
    assert stats.t.ppf(0.975, 7) * error < margin < stats.t.ppf(0.975, 1) * error
    assert found.estimate == pytest.approx((found.ci_low + found.ci_high) / 2)


def test_a_runner_of_few_weeks_who_lies_far_out_does_not_make_a_link_between_runners():
    frame = squad(8, 40, level=0.0)
    few = frame["runner"] == frame["runner"].iloc[0]
    short = frame[~few | (frame.groupby("runner").cumcount() < 3)].copy()
    short.loc[short["runner"] == frame["runner"].iloc[0], ["adherence", "pain"]] = [[0.0, 9.0], [0.0, 10.0], [0.1, 9.0]]
    found = mixed_model(short, "runner", "adherence", "pain").between
    assert found.ci_low < 0 < found.ci_high


def test_the_mixed_model_seldom_finds_a_link_in_weeks_that_resemble_each_other():
    """With independent errors and normal quantiles it found one in a quarter of these squads."""
    kind = {"carried": (0.8, 0.8, 0.0), "level": 0.0}
    found = [mixed_model(squad(6, 26, seed=seed, **kind), "runner", "adherence", "pain") for seed in range(120)]
    assert np.mean([one.within.p < 0.05 for one in found]) < 0.11
    assert np.mean([one.between.p < 0.05 for one in found]) < 0.11


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


def same_average():
    return squad(6, 20).assign(adherence=np.tile(np.arange(20) % 5 / 4, 6))


@pytest.mark.parametrize(
    ("frame", "controls", "reason"),
    [
        (squad(4, 20), [], "too few runners"),
        (squad(6, 20).iloc[:0], [], "too few runners"),
        (squad(6, 20).assign(adherence=1.0), [], "no variation within runners"),
        (squad(6, 20).assign(pain=3.0), [], "no variation within runners"),
        (same_average(), [], "same average in every runner"),
        (squad(6, 20).assign(week=pd.Timestamp("2026-01-05")), [], "a single week"),
        (squad(6, 20).assign(distance_m=1e4), ["distance_m"], "control constant"),
        (squad(6, 20).assign(distance_m=lambda frame: frame["adherence"] * 7), ["distance_m"], "columns move together"),
        (
            squad(5, 20).assign(a=squad(5, 20, seed=2)["pain"], b=squad(5, 20, seed=3)["pain"]),
            ["distance_m", "a", "b"],
            "too many controls",
        ),
    ],
)
def test_the_mixed_model_refuses(frame, controls, reason):
    found = mixed_model(frame, "runner", "adherence", "pain", controls=controls)
    assert (found.within, found.between, found.reason) == (None, None, reason)
    assert_sayable(squad_words.mixed(found, "adherence", "pain"))


def test_the_mixed_model_counts_runners_who_vary():
    frame = squad(12, 20)
    still = ~frame["runner"].isin(["runner 0", "runner 1"])
    found = mixed_model(frame.assign(pain=frame["pain"].where(~still, 2.0)), "runner", "adherence", "pain")
    assert (found.reason, found.n_ready) == ("too few runners", 2)
    assert "2 runners have them so far" in squad_words.mixed(found, "adherence", "pain")


def test_a_fit_without_noise_is_refused():
    """Pain that is nothing but adherence and a level leaves no variance to estimate."""
    frame = squad(6, 20)
    exact = frame.assign(pain=2 * frame["adherence"] + frame["runner"].str[-1].astype(float))
    found = mixed_model(exact, "runner", "adherence", "pain")
    assert (found.within, found.reason) == (None, "did not converge")
    assert "no stable answer" in squad_words.mixed(found, "adherence", "pain")


@pytest.mark.parametrize("failure", [np.linalg.LinAlgError("Singular matrix"), ValueError("no")])
def test_a_fit_that_breaks_off_is_refused(monkeypatch, failure):
    def fail(*args, **kwargs):
        raise failure

    monkeypatch.setattr(MixedLM, "fit", fail)
    assert mixed_model(squad(12, 20), "runner", "adherence", "pain").reason == "did not converge"


NAMES = st.sampled_from(["adherence", "pain", "distance_m"])
RANGES = st.lists(st.floats(-1, 1), min_size=5, max_size=5).map(sorted)
REASONS = st.sampled_from([None, "too few weeks", "no variation within runners", "too few runners"])


@given(RANGES, NAMES, NAMES, REASONS, st.floats(0, 1), st.integers(2, 99), st.integers(5, 9999))
def test_squads_never_claim(values, x, y, reason, differ_p, runners, weeks):
    wide_low, low, r, high, wide_high = values
    found = RepeatedMeasures(
        runners,
        weeks,
        runners,
        weeks,
        r,
        0.01,
        low,
        high,
        wide_low,
        wide_high,
        slope=-1.0,
        resampled_p=0.01 if wide_low * wide_high > 0 else 0.2,
        differ_p=differ_p,
        reason=reason,
    )
    text = squad_words.squad(found, x, y)
    assert_sayable(text)
    assert squad_words.squad_title(found, x, y) in text
    assert ("within-runner correlation" in text) == (reason is None)
    if reason is None:
        assert text.endswith(f"{squad_words.WITHIN_ONLY} {NOT_CAUSE}")
        assert ("Described and not judged" in text) == (differ_p < 0.05)
        assert ("tended to be" in text) == (found.verdict == "clear")
        assert ("Runners differ too much" in text) == (differ_p < 0.05)


@given(st.tuples(*[st.floats(-9, 9)] * 3).map(sorted), NAMES, NAMES)
def test_mixed_models_never_claim(values, x, y):
    low, estimate, high = values
    part = Part(estimate, low, high, 0.5)
    whole = MixedModel(8, 160, 8, within=part, between=part)
    for reason in get_args(MixedReason):
        refused = squad_words.mixed(replace(whole, within=None, reason=reason), x, y)
        assert_sayable(refused)
        assert refused.startswith("No mixed model: ") and reason not in refused and "{" not in refused
    assert_sayable(squad_words.mixed(whole, x, y))
    assert squad_words.mixed(whole, x, y).endswith(NOT_CAUSE)


@pytest.mark.parametrize(
    ("x", "y", "units", "said"),
    [
        (
            "adherence",
            "pain",
            Units.KM,
            "pain differed by -0.8 points (plausible range -1.6 to +0.1) from no hip session "
            "done to all of them; between runners, by -0.8 points",
        ),
        (
            "pain",
            "adherence",
            Units.KM,
            "hip sessions differed by -80.0 percentage points (plausible range -160.0 to "
            "+10.0) for one more point of pain",
        ),
    ],
)
def test_sizes_have_units(x, y, units, said):
    part = Part(-0.8, -1.6, 0.1, 0.07)
    assert said in squad_words.mixed(MixedModel(8, 160, 8, within=part, between=part), x, y, units)


@pytest.mark.parametrize(
    ("units", "said"),
    [
        (Units.KM, "pain differed by -0.5 points (plausible range -1.0 to +0.2) for 10 km more in a week"),
        (Units.MI, "pain differed by -0.8 points (plausible range -1.6 to +0.3) for 10 miles more in a week"),
    ],
)
def test_a_distance_is_said_for_ten(units, said):
    part = Part(-0.5 / 10_000, -1 / 10_000, 0.2 / 10_000, 0.2)
    found = MixedModel(8, 160, 8, within=part, between=part)
    assert said in squad_words.mixed(found, "distance_m", "pain", units)
    back = MixedModel(8, 160, 8, within=Part(-500.0, -1000.0, 200.0, 0.2), between=part)
    assert "weekly distance differed by -0.5 km (plausible range -1.0 to +0.2) for one more point of pain" in (
        squad_words.mixed(back, "pain", "distance_m")
    )


def test_the_gate_is_said_with_what_is_missing():
    found = RepeatedMeasures(8, 47, 4, 38, -0.5, 0.001, reason="too few runners")
    assert squad_words.squad(found, "adherence", "pain") == (
        "No number for the group: it takes 5 runners with 6 weeks of both hip sessions and pain, neither of them "
        "always the same; 4 runners have them so far."
    )
