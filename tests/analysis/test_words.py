"""What findings say, and what no sentence of ours ever says."""

import importlib
import pkgutil
import re
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

import analysis
from analysis.evidence import BANNED_WORDS
from analysis.finding_words import NOT_CAUSE
from analysis.load import Spike, spike_band
from analysis.overview import Known, Overview
from analysis.self_test import SelfTest, SideResult, read
from analysis.units import Units
from analysis.words import overview_paragraph, overview_title, spike

TODAY = date(2026, 8, 6)
# Of the visual guide, besides the banned words about findings.
NEVER = re.compile("|".join(rf"\b{word}\b" for word in (*BANNED_WORDS, "risk", "weak", "great job", "!")), re.I)

RATING = st.integers(0, 20).map(lambda half: half / 2)
KNOWN = st.one_of(st.just(Known(0)), st.builds(Known, st.integers(1, 99), RATING, RATING, RATING))
OVERVIEWS = st.builds(
    Overview,
    weeks=st.integers(0, 520),
    first=st.one_of(st.none(), st.dates()),
    last=st.one_of(st.none(), st.dates()),
    distance=KNOWN,
    planned=st.integers(0, 99),
    answered=st.integers(0, 99),
    done=st.integers(0, 99),
    prescribed=st.integers(0, 99),
    pain=KNOWN,
    pain_left=KNOWN,
    pain_right=KNOWN,
    pain_before=st.one_of(st.none(), RATING),
    pain_after=st.one_of(st.none(), RATING),
)
TICK = st.one_of(st.none(), st.booleans())
LEG = st.builds(
    SideResult,
    st.one_of(st.none(), st.integers(0, 30)),
    TICK,
    TICK,
    TICK,
    TICK,
    st.one_of(st.none(), st.integers(0, 10)),
    st.one_of(st.none(), st.floats(-30, 40)),
)


def assert_sayable(text):
    assert not NEVER.search(text), text
    assert "nan" not in text.lower().split() and "None" not in text
    assert "  " not in text


@given(OVERVIEWS, st.sampled_from(Units))
def test_overviews_never_claim(found, units):
    assert_sayable(overview_paragraph(found, units))
    assert overview_paragraph(found, units).startswith(overview_title(found))


@given(st.floats(-90, 900), st.sampled_from(Units))
def test_spikes_never_claim(percent, units):
    found = Spike(percent, spike_band(percent), 15_000.0, TODAY, 10_000.0, TODAY)
    assert_sayable(spike(found, TODAY, units))


@pytest.mark.parametrize("reason", ["no recent run", "short history", "no earlier run"])
def test_a_spike_refused_says_why(reason):
    text = spike(Spike(reason=reason), TODAY, Units.KM)
    assert_sayable(text)
    assert "compar" in text.lower()


@given(LEG, LEG, LEG, LEG)
def test_self_tests_never_claim(left, right, left_before, right_before):
    before = SelfTest(date(2026, 7, 1), "single-leg squat", left_before, right_before)
    reading = read(SelfTest(TODAY, "single-leg squat", left, right), [before])
    for text in (reading.headline, *reading.left, *reading.right, *reading.sides, *reading.change, *reading.care):
        assert_sayable(text)


def constants():
    for module in pkgutil.iter_modules(analysis.__path__):
        for name, value in vars(importlib.import_module(f"analysis.{module.name}")).items():
            if name.isupper() and name != "BANNED_WORDS":
                values = value.values() if isinstance(value, dict) else value if isinstance(value, tuple) else [value]
                yield from (text for text in values if isinstance(text, str))


def test_no_constant_says_a_banned_word():
    texts = list(constants())
    assert NOT_CAUSE in texts
    for text in texts:
        assert_sayable(text)


def finding(**changes):
    whole = {
        "weeks": 26,
        "first": date(2026, 2, 2),
        "last": date(2026, 7, 27),
        "distance": Known(24, 0.0, 48_000.0, 30_000.0),
        "planned": 22,
        "answered": 20,
        "done": 41,
        "prescribed": 50,
        "pain": Known(22, 1.0, 6.0, 2.0),
        "pain_left": Known(22, 1.0, 6.0, 2.0),
        "pain_right": Known(0),
        "pain_before": 5.0,
        "pain_after": 2.0,
    }
    return Overview(**(whole | changes))


@pytest.mark.parametrize(
    ("changes", "title"),
    [
        ({}, "Pain was 5 of 10 in the first 4 rated weeks shown and 2 in the last 4"),
        ({"pain_after": 7.5}, "Pain was 5 of 10 in the first 4 rated weeks shown and 7.5 in the last 4"),
        ({"pain_before": None}, "Pain was 2 of 10 in the last finished week with a rating"),
        (
            {"pain_before": None, "pain": Known(0)},
            "You did 82 % of your sessions in the 20 weeks you logged; no finished week has a pain rating",
        ),
        (
            {"pain_before": None, "pain": Known(0), "prescribed": 0},
            "Your running is known for 24 weeks; no finished week has a pain rating",
        ),
        (
            {"pain_before": None, "pain": Known(0), "prescribed": 0, "distance": Known(0)},
            "No finished week shown here has anything logged",
        ),
        (
            {"pain_before": None, "pain": Known(0), "prescribed": 0, "distance": Known(0), "weeks": 0},
            "The first week is still running",
        ),
    ],
)
def test_the_title_of_the_time_chart(changes, title):
    assert overview_title(finding(**changes)) == title


def test_the_text_alternative_of_the_time_chart():
    text = overview_paragraph(finding(), Units.KM)
    assert "26 finished weeks, from the week of 2 February 2026 to the week of 27 July 2026" in text
    assert "known in 24 of 26 weeks, 0.0 to 48.0 km a week" in text
    assert "known in 20 of 22 weeks with a plan, 41 of 50 prescribed sessions done" in text
    assert "known in 22 of 26 weeks, 1 to 6 of 10; left 1 to 6 of 10 in 22 weeks." in text
    assert "People often start a diary when it hurts" in text
    assert text.endswith(NOT_CAUSE)
    assert "29.8 miles a week" in overview_paragraph(finding(), Units.MI)


def test_only_a_fall_needs_the_caution_about_entry_weeks():
    assert "start a diary when it hurts" not in overview_paragraph(finding(pain_after=7.0), Units.KM)


def test_the_spike_sentence_has_the_hedges_of_the_study():
    found = Spike(50.0, "moderate", 15_000.0, date(2026, 8, 3), 10_000.0, date(2026, 7, 17))
    assert spike(found, TODAY, Units.KM) == (
        "Your longest run of the last 7 days (15.0 km on 3 August) was 50 % longer than any in the 30 days before it "
        "(10.0 km on 17 July). In one large study such runs had about 1.5 times the injury rate. That is one "
        "exploratory study, mostly of men, and it cannot tell what happens to you."
    )
