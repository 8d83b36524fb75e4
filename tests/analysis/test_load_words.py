import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis import load_words
from analysis.load_change import LoadChange
from analysis.session_load import WeekLoad
from analysis.units import Units
from tests.analysis.test_words import assert_sayable

METRES = st.floats(0, 200_000)
CHANGES = st.one_of(
    st.builds(LoadChange, st.floats(-100, 900), METRES, METRES),
    st.builds(
        LoadChange,
        needed=st.integers(0, 29),
        reason=st.sampled_from(["short history", "recent unknown", "earlier unknown", "nothing earlier"]),
    ),
)
LOADS = st.one_of(
    st.builds(WeekLoad, st.floats(0, 9000), st.floats(0, 9), st.floats(0, 90_000)),
    st.builds(WeekLoad, st.floats(0, 9000), reason=st.just("no variation")),
    st.builds(WeekLoad, reason=st.sampled_from(["week not stated", "effort or duration missing"])),
)


@given(CHANGES, st.sampled_from(Units))
def test_changes_never_claim(found, units):
    for text in (
        load_words.week_to_week(found, units),
        load_words.uncoupled_ratio(found, found, units),
        load_words.ewma_ratio(found),
    ):
        assert_sayable(text)
        assert (" needs " in text or "not defined" in text) == (found.value is None)


@given(LOADS)
def test_loads_never_claim(found):
    text = load_words.week_load(found)
    assert_sayable(text)
    assert ("monotony and strain are not defined" in text) == (found.reason == "no variation")
    assert ("No load" in text) == (found.load is None)


def test_the_numbers_as_they_are_read():
    change = LoadChange(54.545, 34_000, 22_000)
    assert load_words.week_to_week(change, Units.KM) == (
        "34.0 km in the last finished week, 22.0 km in the one before: +55 %."
    )
    assert load_words.uncoupled_ratio(
        LoadChange(1.545, 34_000, 22_000), LoadChange(1.36, 34_000, 25_000), Units.KM
    ).endswith("1.54 times as much. Tools that count the week itself among the four show 1.36.")
    assert load_words.week_load(WeekLoad(1650, 0.971, 1602)) == (
        "Session-RPE load of the last finished week 1650 (effort times minutes), monotony 0.97, strain 1602."
    )


@pytest.mark.parametrize(
    ("found", "text"),
    [
        (
            LoadChange(needed=1, reason="short history"),
            "The week-to-week change needs 1 more known week in a row; what was not logged is not taken for rest.",
        ),
        (
            LoadChange(reason="nothing earlier"),
            "The week-to-week change is not defined: no running is known before it to compare with, only zeros.",
        ),
    ],
)
def test_a_refusal_says_what_is_missing(found, text):
    assert load_words.week_to_week(found, Units.KM) == text


def test_every_description_has_its_formula_under_the_same_name():
    assert list(load_words.FORMULAS)[:4] == list(load_words.NAMES)
    assert load_words.SESSION_LOAD.replace(" and ", ", ").split(", ") == list(load_words.FORMULAS)[4:]
    assert "30 days of history" in load_words.FORMULAS["single-run spike"]
    assert load_words.title("EWMA ratio") == "EWMA ratio" and load_words.title("strain") == "Strain"


def test_foster_is_named_where_his_level_is_passed():
    assert "Foster" in load_words.week_load(WeekLoad(1650, 2.1, 1602))
    assert "Foster" not in load_words.week_load(WeekLoad(1650, 1.9, 1602))
