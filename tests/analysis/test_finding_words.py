"""What goes with what, in words: over the whole range of results, and never a claim."""

import re
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.association import Association
from analysis.finding_words import (
    LESS_OF,
    METHOD,
    MORE_OF,
    NOT_CAUSE,
    association,
    association_title,
    lag,
    plausible_range,
    three_numbers,
)
from tests.analysis.test_words import assert_sayable

NAMES = st.sampled_from(["adherence", "pain", "distance_m"])
REASONS = st.sampled_from(
    [
        "too few weeks",
        "picture only",
        "x constant",
        "y constant",
        "control constant",
        "control says the same",
        "pain varies too little",
        "x varies too little",
        "y varies too little",
        "seldom unusual together",
        "only drift",
        "too few independent weeks",
    ]
)
CLEAR = Association("adherence", "pain", 0, 31, -0.45, -0.71, -0.07, 0.012, 24.0, -0.5, -0.48)


@st.composite
def found(draw):
    """Any result with a number: the range holds r, p is whatever, adjusted or not, judged or not."""
    low, r, high = sorted(draw(st.tuples(*[st.floats(-1, 1)] * 3)))
    p = draw(st.floats(0, 1))
    adjusted = draw(st.one_of(st.none(), st.floats(p, 1)))
    raw, detrended = draw(st.tuples(st.floats(-1, 1), st.floats(-1, 1)))
    controls = draw(st.sampled_from([(), ("distance_m",)]))
    x, y, later, n = draw(NAMES), draw(NAMES), draw(st.integers(0, 2)), draw(st.integers(12, 600))
    judged = draw(st.booleans())
    return Association(x, y, later, n, r, low, high, p, n / 2, raw, detrended, adjusted, controls, judged=judged)


@st.composite
def refused(draw):
    x, y, later = draw(NAMES), draw(NAMES), draw(st.integers(0, 2))
    n, needed, reason = draw(st.integers(0, 600)), draw(st.integers(0, 60)), draw(REASONS)
    controls = ("distance_m",) if reason.startswith("control") else draw(st.sampled_from([(), ("distance_m",)]))
    return Association(x, y, later, n, needed=needed, reason=reason, controls=controls)


@given(st.one_of(found(), refused()))
def test_associations_never_claim(one):
    assert_sayable(association(one))
    assert association(one).startswith(association_title(one))


@given(found())
def test_a_number_has_its_weeks_lag_range_and_limit_with_it(one):
    text = association(one)
    assert re.search(rf"\b{one.n} (week|pair)s", text)
    assert one.lag == 0 or lag(one.lag) in text
    assert f"(Spearman {one.r:+.2f}, plausible range {plausible_range(one.ci_low, one.ci_high)})" in text
    assert text.endswith(NOT_CAUSE)


@given(found())
def test_only_a_finding_is_said_as_one(one):
    text = association(one)
    assert ("tended to be" in text) == one.is_finding
    assert ("We cannot tell" in text) == (one.judged and not one.is_finding)
    assert ("Described and not judged" in text) == (not one.judged)
    assert one.judged or ("one in twenty" not in text and "fits with" not in text)
    if one.is_finding:
        assert (MORE_OF if one.r > 0 else LESS_OF)[one.y] in association_title(one)


@given(refused())
def test_a_refusal_shows_no_number_and_says_what_is_missing(one):
    text = association(one)
    assert "Spearman" not in text
    assert f"{one.n} weeks" in text or f"({one.n} " in text
    if one.reason in ("too few weeks", "picture only", "too few independent weeks"):
        assert f"{one.needed} more week" in text


def test_a_clear_association():
    assert association(CLEAR) == (
        "In your 31 weeks, weeks with more of your hip sessions done tended to be weeks with less pain "
        "(Spearman -0.45, plausible range -0.71 to -0.07). This does not show that one brought about the other."
    )


def test_a_later_association_says_which_came_first():
    later = replace(CLEAR, x="pain", y="distance_m", lag=1, n=40)
    assert association_title(later) == (
        "In your 40 pairs of weeks, weeks with more pain tended to be followed 1 week later by weeks with less distance"
    )


def test_we_cannot_tell_says_the_range_and_what_fits():
    unclear = replace(CLEAR, r=-0.12, ci_low=-0.5, ci_high=0.3, p=0.6, raw=-0.2, detrended=-0.15)
    assert association(unclear) == (
        "We cannot tell from 31 weeks how hip sessions and pain go together (Spearman -0.12, plausible range -0.50 to "
        "+0.30). More of your hip sessions done fits with more pain, less pain or no link. "
        "This does not show that one brought about the other."
    )


def test_a_range_that_only_seems_to_tell_is_explained():
    among_many = replace(CLEAR, p_adjusted=0.18)
    assert association(among_many).startswith("We cannot tell from 31 weeks")
    assert "it is one of several ranges compared" in association(among_many)
    assert "or no link" not in association(among_many)


@given(st.tuples(st.floats(-1, 1), st.floats(-1, 1)).map(sorted))
def test_no_range_is_a_single_1(ends):
    assert plausible_range(*ends) not in ("+1.00 to +1.00", "-1.00 to -1.00")


@pytest.mark.parametrize(("n", "tentative"), [(12, True), (25, True), (26, False)])
def test_short_diaries_are_hedged(n, tentative):
    assert association_title(replace(CLEAR, n=n)).startswith("Tentative: in your") == tentative


def test_what_was_accounted_for_is_named():
    text = association(replace(CLEAR, controls=("distance_m",)))
    assert "less pain, with weekly distance accounted for (Spearman" in text


def test_drift_and_carry_over_are_named_where_they_make_the_difference():
    assert "The weeks as they are" not in association(CLEAR)
    said = "The weeks as they are give {}; without {}what a week carries over, this is left."
    drifted = replace(CLEAR, raw=-0.85)
    assert said.format("-0.85", "a straight drift and ") in association(drifted)
    carried = replace(CLEAR, raw=-0.05, detrended=-0.1)
    assert said.format("-0.05", "") in association(carried)


def test_a_link_of_the_other_sign_than_the_weeks_is_said_of_what_is_new_alone():
    text = association(replace(CLEAR, raw=0.5, detrended=0.5))
    assert text.startswith(
        "In your 31 weeks, weeks with more of your hip sessions done than the weeks before let expect tended to be "
        "weeks with less pain than expected (Spearman -0.45"
    )


def test_the_method_says_that_the_number_is_not_a_plain_spearman():
    assert "is a rank correlation of what is new in each week" in METHOD
    assert "may differ from a plain Spearman coefficient" in METHOD


@given(found())
def test_the_number_in_three_ways(one):
    text = three_numbers(one)
    assert_sayable(text)
    assert text.endswith(NOT_CAUSE)
    for number in (one.raw, one.detrended, one.r):
        assert f"{number:+.2f} " in text
    assert ("its marks do not look like the number" in text) == (abs(one.raw - one.r) > 0.2)


@pytest.mark.parametrize(
    ("refused", "text"),
    [
        (
            Association("adherence", "pain", 0, 3, needed=5, reason="too few weeks"),
            "5 more weeks with both hip sessions and pain are needed before there is a picture, and 9 before we show a "
            "number (3 so far).",
        ),
        (
            Association("adherence", "pain", 0, 7, needed=1, reason="too few weeks"),
            "1 more week with both hip sessions and pain is needed before there is a picture, and 5 before we show a "
            "number (7 so far).",
        ),
        (
            Association("adherence", "pain", 0, 10, needed=2, reason="picture only"),
            "Too early, picture only: 2 more weeks with both hip sessions and pain are needed before we show a number "
            "(10 of 12 so far).",
        ),
        (
            Association("adherence", "pain", 0, 14, needed=9, reason="too few independent weeks"),
            "No number yet: your 14 weeks with both hip sessions and pain resemble their neighbours so much that they "
            "tell as little as fewer than 8 independent ones would. About 9 more weeks with both hip sessions and pain "
            "are needed.",
        ),
        (
            Association("adherence", "pain", 0, 14, controls=("distance_m",), reason="control constant"),
            "No number: weekly distance stayed the same in all 14 weeks with hip sessions, pain and weekly distance.",
        ),
        (
            Association("adherence", "pain", 0, 30, controls=("distance_m",), reason="control says the same"),
            "No number: in the 30 weeks with hip sessions, pain and weekly distance, weekly distance says nearly "
            "the same as another of them, so the two cannot be told apart.",
        ),
        (
            Association("adherence", "distance_m", 0, 52, reason="x varies too little"),
            "No number: in the 52 weeks with both hip sessions and weekly distance, hip sessions were nearly always "
            "the same. It takes 3 weeks with another value.",
        ),
        (
            Association("adherence", "distance_m", 0, 52, needed=61, reason="seldom unusual together"),
            "No number yet: in your 52 weeks with both hip sessions and weekly distance, both were nearly always the "
            "same, and one odd week would decide everything. About 61 more weeks with both hip sessions and weekly "
            "distance are needed.",
        ),
        (
            Association("adherence", "pain", 0, 14, reason="x constant"),
            "No number: hip sessions stayed the same in all 14 weeks with both hip sessions and pain.",
        ),
    ],
)
def test_a_refusal_in_full(refused, text):
    assert association(refused) == text
