"""Both directions, with and without volume, before and after, and effects in points of pain."""

from dataclasses import replace
from datetime import date

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pingouin import partial_corr
from scipy import signal, stats
from statsmodels.regression.linear_model import GLS, OLS

from analysis import comparison_words
from analysis.association import Association, table, unclaimed, within_runner
from analysis.comparisons import (
    Adjustment,
    BeforeAfter,
    Direction,
    adjustment,
    before_and_after,
    direction,
    lag_profile,
)
from analysis.effects import Difference, Slope, high_against_low, is_claimed, per_session
from analysis.finding_words import NOT_CAUSE
from analysis.prewhitening import residuals, straight_line
from analysis.regression import first_effect
from analysis.simulation import Diary, simulate
from tests.analysis.test_finding_words import CLEAR, found, refused
from tests.analysis.test_words import assert_sayable
from tests.analysis.weekly import NAN, weekly_frame


def diary(weeks=104, seed=3, **kind):
    frame = simulate(Diary(weeks, **kind), np.random.default_rng(seed))
    return frame.assign(sessions_done=frame["adherence"] * 4)


def backwards(frame):
    return frame.rename(columns={"adherence": "pain", "pain": "adherence"})


def test_the_direction_is_the_one_that_was_planted():
    planted = table(diary(208, linked=-0.6, later=1))
    both = direction(planted, "adherence", "pain")
    assert both.leading == "x"
    assert both.forward.p_adjusted is not None and both.backward.lag == 1
    assert direction(planted, "pain", "adherence").leading == "y"


def test_the_lag_profile_runs_from_pain_first_to_adherence_first():
    profile = lag_profile(table(diary(linked=-0.6, later=1)), "adherence", "pain")
    assert [lag for lag, _ in profile] == [-2, -1, 0, 1, 2]
    assert [one.x for _, one in profile] == ["pain", "pain", "adherence", "adherence", "adherence"]
    assert min(profile, key=lambda at: at[1].r)[0] == 1


def test_of_two_that_are_chance_neither_leads():
    assert direction(table(diary()), "adherence", "pain").leading == "cannot tell"


def test_where_both_are_findings_the_clearly_stronger_one_leads():
    weaker, stronger = replace(CLEAR, r=-0.2, lag=1), replace(CLEAR, x="pain", y="adherence", r=-0.7, lag=1)
    assert Direction(weaker, stronger).leading == "y"
    assert Direction(replace(weaker, r=-0.94), stronger).leading == "x"


def test_where_both_are_findings_and_neither_is_clearly_stronger_both_fit():
    one, other = replace(CLEAR, r=-0.4, lag=1), replace(CLEAR, x="pain", y="adherence", r=-0.5, lag=1)
    assert Direction(one, other).leading == "both"
    assert comparison_words.direction(Direction(one, other)).startswith("Both directions fit")


@pytest.mark.parametrize("change", [{"r": -0.44, "p_adjusted": 0.2}, {"r": None, "p": None}])
def test_a_finding_does_not_lead_over_what_is_about_as_strong_or_has_no_number(change):
    finding, other = replace(CLEAR, lag=1), replace(CLEAR, x="pain", y="adherence", lag=1, **change)
    assert finding.is_finding and not other.is_finding
    assert Direction(finding, other).leading == "cannot tell"


def test_of_a_part_of_the_diary_neither_direction_leads():
    part = unclaimed(table(diary(linked=-0.6, later=1)))
    assert direction(part, "adherence", "pain").leading == "described"
    assert {one.verdict for one in part} == {"described"}


def test_a_finding_does_not_lead_over_a_stronger_one_that_has_to_pass_a_stricter_test():
    weaker, stronger = replace(CLEAR, r=-0.4, lag=1), replace(CLEAR, x="pain", y="adherence", r=-0.8, lag=1)
    assert Direction(weaker, replace(stronger, p_adjusted=0.2)).leading == "cannot tell"
    assert Direction(weaker, replace(stronger, r=0.1, p_adjusted=0.2)).leading == "cannot tell"
    assert Direction(replace(weaker, r=-0.7), replace(stronger, r=0.1, p_adjusted=0.2)).leading == "x"


def test_the_raw_partial_coefficient_is_pingouins():
    weeks = diary(linked=-0.4)
    found = within_runner(weeks, "adherence", "pain", controls=["distance_m"])
    theirs = partial_corr(weeks, x="adherence", y="pain", covar="distance_m", method="spearman")
    assert found.raw == pytest.approx(theirs["r"].iloc[0])


def test_raw_and_adjusted_are_of_the_same_weeks():
    weeks = diary(linked=-0.4)
    weeks.loc[10:19, "distance_m"] = NAN
    both = adjustment(weeks, "adherence", "pain")
    assert both.raw.n == both.adjusted.n == 94
    assert both.raw == within_runner(weeks.drop(index=range(10, 20)), "adherence", "pain")
    assert both.adjusted.controls == ("distance_m",)


@pytest.mark.parametrize(
    ("raw", "adjusted", "change"),
    [
        (-0.45, -0.12, "shrank"),
        (-0.12, -0.45, "grew"),
        (-0.45, -0.44, "stayed"),
        (-0.3, 0.3, "turned"),
        (None, 0.1, "unknown"),
    ],
)
def test_what_accounting_for_volume_did(raw, adjusted, change):
    found = Adjustment(replace(CLEAR, r=raw), replace(CLEAR, r=adjusted, controls=("distance_m",)))
    assert found.change == change


def test_the_entry_week_is_never_part_of_a_comparison():
    """A diary begun on a bad week, with nothing changing after it."""
    pain = pd.Series([9.0, 3, 4, 3, 2, 3, 4, 3, 4, 3, 2, 3, 4])
    found = before_and_after(weekly_frame(13, pain=pain))
    assert (found.entry, found.before_weeks, found.after_weeks) == (9.0, 6, 6)
    assert found.before == pytest.approx(19 / 6) and found.after == pytest.approx(19 / 6)
    assert not found.is_finding
    assert found.starts_on == date(2026, 2, 23)


def test_a_lower_level_later_on_is_found():
    rng = np.random.default_rng(1)
    pain = np.round(np.where(np.arange(41) < 21, 6, 2) + rng.normal(0, 0.8, 41))
    found = before_and_after(weekly_frame(41, pain=pain))
    assert found.is_finding and -5 < found.ci_low < found.change < found.ci_high < -3


@pytest.mark.parametrize(
    ("pain", "needed", "reason"),
    [
        ([], 9, "too few weeks"),
        ([5.0, 4] * 4, 1, "too few weeks"),
        ([5.0] + [4.0] * 8, 0, "does not vary"),
    ],
)
def test_before_and_after_refuses(pain, needed, reason):
    found = before_and_after(weekly_frame(len(pain), pain=pd.Series(pain, dtype="float64")))
    assert (found.change, found.needed, found.reason) == (None, needed, reason)


def whole_posterior(fits):
    """(mean, cumulative distribution) of the first coefficient, from (fit, log of the covariance's and the design's
    determinants) for carry-overs in even steps of the arc sine."""
    likely = np.array([-(logs + fit.df_resid * np.log(fit.df_resid * fit.scale)) / 2 for fit, logs in fits])
    weight = np.exp(likely - likely.max()) / np.exp(likely - likely.max()).sum()
    each = [stats.t(fit.df_resid, fit.params[0], fit.bse[0]) for fit, _ in fits]
    return (
        sum(share * fit.params[0] for share, (fit, _) in zip(weight, fits, strict=True)),
        lambda value: sum(share * one.cdf(value) for share, one in zip(weight, each, strict=True)),
    )


TRIED = np.sin(np.linspace(np.arcsin(-0.5), np.arcsin(0.99), 300))


def adherence_and_pain(weeks):
    frame = diary(weeks, carried=(0.6, 0.6, 0.0))
    numbers = np.flatnonzero(np.random.default_rng(1).random(weeks) < 0.8)
    design = np.column_stack([frame["adherence"] >= 0.8, straight_line(np.arange(weeks))]).astype("float64")
    return numbers, design[numbers], frame["pain"].to_numpy()[numbers]


def test_the_first_effect_is_statsmodels_gls_over_all_carry_overs():
    numbers, design, outcome = adherence_and_pain(60)
    fits = []
    for carried in TRIED:
        covariance = carried ** np.abs(numbers[:, None] - numbers)
        fit = GLS(outcome, design, sigma=covariance).fit()
        precision = design.T @ np.linalg.solve(covariance, design)
        fits.append((fit, np.linalg.slogdet(covariance).logabsdet + np.linalg.slogdet(precision).logabsdet))
    mean, below = whole_posterior(fits)
    estimate, low, high = first_effect(numbers, design, outcome, 0.9)
    assert estimate == pytest.approx(mean, abs=0.01)
    assert (below(low), below(high)) == pytest.approx((0.05, 0.95), abs=0.002)


def test_given_the_first_week_it_is_least_squares_on_what_is_new():
    _, design, outcome = adherence_and_pain(60)
    fits = []
    for carried in TRIED:
        new = design[1:] - carried * design[:-1]
        fits.append((OLS(outcome[1:] - carried * outcome[:-1], new).fit(), np.linalg.slogdet(new.T @ new).logabsdet))
    mean, below = whole_posterior(fits)
    estimate, low, high = first_effect(np.arange(len(outcome)), design, outcome, 0.9, given_first=True)
    assert estimate == pytest.approx(mean, abs=0.01)
    assert (below(low), below(high)) == pytest.approx((0.05, 0.95), abs=0.002)


def test_a_perfect_fit_has_a_range_that_holds_it():
    outcome = np.repeat([5.0, 3.0], 10)
    design = np.column_stack([outcome == 3, np.ones(20)]).astype("float64")
    estimate, low, high = first_effect(np.arange(20), design, outcome, 0.95)
    assert estimate == pytest.approx(-2) and low == pytest.approx(-2) and high == pytest.approx(-2)


def test_the_difference_between_high_and_low_weeks():
    weeks = diary(linked=-0.6, later=1)
    found = high_against_low(weeks)
    after = weeks["pain"].shift(-1)[:-1]
    assert found.high_weeks == (weeks["adherence"][:-1] >= 0.8).sum()
    assert found.low_mean == pytest.approx(after[weeks["adherence"][:-1] < 0.5].mean())
    assert found.is_finding and found.ci_high < 0
    assert found.difference == pytest.approx(found.high_mean - found.low_mean, abs=0.5)


@pytest.mark.parametrize(
    ("adherence", "pain", "reason", "needed"),
    [
        ([0.0, 1.0] * 5, range(10), "too few weeks", 3),
        ([0.0, 0.5] * 10, range(20), "too few high weeks", 4),
        ([1.0, 0.6] * 10, range(20), "too few low weeks", 4),
        ([0.0, 1.0] * 10, [3] * 20, "does not vary", 0),
    ],
)
def test_a_difference_is_refused(adherence, pain, reason, needed):
    weeks = weekly_frame(len(adherence), adherence=adherence, pain=pd.Series(pain, dtype="float64"))
    found = high_against_low(weeks)
    assert (found.difference, found.reason, found.needed) == (None, reason, needed)


def test_half_is_neither_high_nor_low():
    weeks = weekly_frame(40, adherence=[0.5, 0.79, 0.8, 0.49] * 10, pain=np.arange(40.0) % 7)
    found = high_against_low(weeks, lag=0)
    assert (found.n, found.high_weeks, found.low_weeks) == (40, 10, 10)


def with_plan(weeks, done, pain):
    """A plan of one session a week, of which so much was done."""
    return weekly_frame(weeks, adherence=done, sessions_prescribed=1, pain=pain)


def test_the_slope_is_for_one_session_of_the_latest_plan():
    done, pain = np.random.default_rng(0).standard_normal((2, 60))
    one = per_session(with_plan(60, done, pain), lag=0)
    four = per_session(with_plan(60, done, pain).assign(sessions_prescribed=[2] * 30 + [4] * 30), lag=0)
    assert (one.planned, four.planned) == (1, 4)
    assert four.per_session == pytest.approx(one.per_session / 4)


def test_a_slope_or_a_difference_of_the_other_sign_is_not_claimed_with_its_link():
    assert is_claimed(Slope("pain", 1, 51, per_session=-0.5, ci_low=-0.9, ci_high=-0.1), CLEAR)
    assert not is_claimed(Slope("pain", 1, 51, per_session=0.5, ci_low=0.1, ci_high=0.9), CLEAR)
    assert not is_claimed(Difference("pain", 1, 51, 20, 15, 3.1, 2.0, 1.1, 0.2, 2.0), CLEAR)


def test_without_ties_the_slope_is_scipys():
    done, pain = np.random.default_rng(0).standard_normal((2, 60))
    theirs = stats.theilslopes(signal.detrend(pain), signal.detrend(done))
    found = per_session(with_plan(60, done, pain), lag=0)
    assert found.n_eff == found.n
    assert (found.per_session, found.ci_low, found.ci_high) == pytest.approx(
        (theirs.slope, theirs.low_slope, theirs.high_slope)
    )


def test_weeks_with_the_same_sessions_have_no_slope():
    done, pain = np.repeat([1.0, 2.0], 20), np.random.default_rng(2).integers(0, 9, 40).astype("float64")
    order = np.random.default_rng(3).permutation(40)
    line = straight_line(np.arange(40))
    x, y = residuals(line, done[order]), residuals(line, pain[order])
    once, twice = np.nonzero(done[order] == 1)[0], np.nonzero(done[order] == 2)[0]
    slopes = [(y[late] - y[early]) / (x[late] - x[early]) for early in once for late in twice]
    found = per_session(with_plan(40, done[order], pain[order]), lag=0)
    assert found.per_session == pytest.approx(np.median(slopes))


def test_a_drift_in_both_is_no_slope():
    weeks = diary(156, carried=(0.8, 0.8, 0.0), drift=4.0)
    assert stats.theilslopes(weeks["pain"], weeks["sessions_done"]).low_slope > 0.4
    found = per_session(weeks.assign(sessions_prescribed=4), lag=0)
    assert found.ci_low < 0 < found.ci_high


def test_weeks_that_hardly_change_leave_a_wide_range_and_no_error():
    done, pain = np.repeat(np.arange(8.0) % 3, 65), np.repeat(np.arange(8.0) % 5, 65)
    found = per_session(with_plan(520, done, pain), lag=0)
    assert found.n_eff < 30 and found.ci_low <= found.per_session <= found.ci_high


def test_autocorrelation_widens_the_interval_of_the_slope():
    rng = np.random.default_rng(2)
    done, pain = np.cumsum(rng.normal(size=(2, 80)), axis=1)
    found = per_session(with_plan(80, done, pain), lag=0)
    theirs = stats.theilslopes(signal.detrend(pain), signal.detrend(done))
    assert found.n_eff < 60
    assert found.ci_high - found.ci_low > 1.2 * (theirs.high_slope - theirs.low_slope)


@pytest.mark.parametrize(
    ("done", "pain", "reason", "needed"),
    [(range(9), range(9), "too few weeks", 4), ([2] * 20, range(20), "does not vary", 0)],
)
def test_a_slope_is_refused(done, pain, reason, needed):
    found = per_session(with_plan(len(done), pd.Series(done, dtype="float64"), pd.Series(pain, dtype="float64")))
    assert (found.per_session, found.reason, found.needed) == (None, reason, needed)


NUMBER = st.floats(-10, 10)
LAG = st.integers(0, 2)
WEEKS = st.integers(9, 500)


@given(st.one_of(found(), refused()), st.one_of(found(), refused()))
def test_directions_never_claim(forward, backward):
    text = comparison_words.direction(Direction(forward, backward))
    assert_sayable(text)
    assert text.endswith(NOT_CAUSE)


@given(found(), st.one_of(found(), refused()))
def test_adjustments_never_claim(raw, adjusted):
    text = comparison_words.adjustment(Adjustment(raw, replace(adjusted, controls=("distance_m",))), raw)
    assert_sayable(text)
    if adjusted.r is not None:
        assert "accounting for distance can mislead" in text and f"{adjusted.n} weeks" in text
        assert ("after accounting for" in text) == raw.is_finding
        assert text.startswith("Described and not judged") == (not raw.judged)


@pytest.mark.parametrize(
    ("change", "text"),
    [
        (
            {"distance_m": 30_000.0},
            "Weekly distance is not accounted for: no number: weekly distance stayed the same in all 39 weeks with hip "
            "sessions, pain and weekly distance.",
        ),
        (
            {"distance_m": [20_000.0, 21_000.0, 19_000.0, 25_000.0, 23_000.0] + [NAN] * 35},
            "Weekly distance is not accounted for: 3 more weeks with hip sessions, pain and weekly distance are needed "
            "before there is a picture, and 7 before we show a number (5 so far).",
        ),
        (
            {"pain": 2.0},
            "Weekly distance is not accounted for: no number: pain stayed the same in all 39 weeks with hip sessions, "
            "pain and weekly distance.",
        ),
    ],
)
def test_why_distance_is_not_accounted_for(change, text):
    both = adjustment(diary(40).assign(**change), "adherence", "pain", lag=1)
    assert comparison_words.adjustment(both, CLEAR) == text


@given(WEEKS, WEEKS, st.tuples(NUMBER, NUMBER, NUMBER).map(sorted), st.booleans())
def test_before_and_after_never_claims(before, after, interval, some):
    low, change, high = interval
    whole = BeforeAfter("pain", before, after, 9.0, date(2026, 1, 5), 5.0, 5.0 + change, change, low, high)
    none = BeforeAfter("pain", before, after, needed=3, reason="too few weeks")
    text = comparison_words.before_and_after(whole if some else none)
    assert_sayable(text)
    assert "The first rated week is left out" in text
    assert not text.startswith(("Pain was lower", "Pain was higher"))
    if some:
        assert "this describes the course, and judges nothing" in text
        assert f"the change is {change:+.1f} points (plausible range {low:+.1f} to {high:+.1f})." in text


@given(LAG, WEEKS, st.tuples(NUMBER, NUMBER, NUMBER).map(sorted), st.one_of(found(), refused()))
def test_effects_are_findings_only_where_their_link_is_one(later, n, interval, link):
    low, size, high = interval
    for text in (
        comparison_words.difference(Difference("pain", later, n, 8, 9, 2.0, 3.0, size, low, high), link),
        comparison_words.slope(Slope("pain", later, n, n / 2, size, low, high, planned=3), link),
    ):
        claimed = link.is_finding and not low <= 0 <= high and size * (link.r or 0) > 0
        assert text.startswith(("Pain was", "One more of 3 sessions")) == claimed
        assert text.startswith("We cannot tell") == (link.judged and not claimed)
        assert text.startswith("Described and not judged") == (not link.judged)
        assert_sayable(text)
        assert text.endswith(NOT_CAUSE)
        assert "plausible range" in text and ("same week" if later == 0 else "later") in text


@pytest.mark.parametrize("reason", ["too few weeks", "too few high weeks", "too few low weeks", "does not vary"])
def test_effects_refused_say_why(reason):
    refused = Difference("pain", 1, 10, 3, 2, needed=2, reason=reason)
    text = comparison_words.difference(refused, CLEAR)
    assert_sayable(text)
    assert ("2 more weeks" in text) == (reason != "does not vary")


@pytest.mark.parametrize(
    ("done", "text"),
    [
        ([2.0] * 9, "No figure for one more session: 4 more weeks needed (8 so far)."),
        (
            [2.0] * 30,
            "No figure for one more session: in your 29 pairs of weeks, the number of sessions or pain never changed.",
        ),
        (
            np.arange(30.0),
            "No figure for one more session: in your 29 pairs of weeks, one of the two only moved in a straight line, "
            "and that says nothing about the other.",
        ),
    ],
)
def test_why_there_is_no_slope(done, text):
    pain = np.random.default_rng(0).integers(0, 9, len(done)).astype("float64")
    found = per_session(with_plan(len(done), done, pain))
    assert comparison_words.slope(found, CLEAR) == text


def test_pain_before_missed_sessions_is_said_as_the_evidence_says_it():
    pain_first = replace(CLEAR, x="pain", y="adherence", r=-0.65, lag=1)
    unclear = Association("adherence", "pain", 1, 31, -0.1, -0.4, 0.3, 0.6)
    assert comparison_words.direction(Direction(unclear, pain_first)).startswith(
        "Pain came first more often than missed sessions: pain may be driving skipped sessions. Hip sessions, then "
        "pain: -0.10 (-0.40 to +0.30, 31 pairs of weeks, 1 week later). Pain, then hip sessions: -0.65"
    )


def test_volume_as_the_evidence_says_it():
    both = Adjustment(CLEAR, replace(CLEAR, r=-0.12, ci_low=-0.4, ci_high=0.2, controls=("distance_m",)))
    assert comparison_words.adjustment(both, CLEAR).startswith(
        "The link shrank from -0.45 to -0.12 after accounting for weekly distance (plausible range -0.40 to +0.20, 31 "
        "weeks, same week). With it accounted for, we cannot tell whether any link is left. Which number is nearer"
    )
    assert comparison_words.adjustment(both, replace(CLEAR, p_adjusted=0.2)).startswith(
        "We cannot tell whether there is a link: without weekly distance accounted for -0.45, with it -0.12 (plausible"
    )


def test_the_difference_as_it_is_read():
    found = Difference("pain", 1, 51, 20, 15, 2.04, 3.14, -1.1, -2.0, -0.2)
    assert comparison_words.difference(found, CLEAR) == (
        "Pain was lower after weeks with at least 80 % of your sessions done (20) than after weeks with under 50 % "
        "(15): -1.1 points (plausible range -2.0 to -0.2), with what a week carries over and a straight drift allowed "
        "for. As they are, those weeks average 2.0 and 3.1, 1 week later. "
        f"{NOT_CAUSE}"
    )
    assert "Taken alone, this range leaves out 0" in comparison_words.difference(found, replace(CLEAR, p_adjusted=0.2))
    assert comparison_words.difference(replace(found, lag=0, ci_high=0.2), CLEAR).startswith(
        "We cannot tell whether pain differs in weeks with at least 80 % of your sessions done (20) and in weeks with"
    )
