"""The words of the lag profile and the matrix: over the whole range of results, and never a claim."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis import trend_words
from analysis.association import PAIRS
from analysis.finding_words import MANY_PAIRS, METHOD, NAMES, NOT_CAUSE, association_title, plausible_range
from analysis.simulation import Demonstration
from analysis.units import Units
from tests.analysis.test_finding_words import CLEAR, found, refused
from tests.analysis.test_words import assert_sayable

ANY = st.one_of(found(), refused())
TABLES = st.lists(ANY, min_size=1, max_size=15)
DAYS = st.lists(st.dates(date(2000, 1, 1), date(2100, 1, 1)), min_size=1, max_size=60)


@st.composite
def profiles(draw):
    """Any five results, as the lags of one pair."""
    x, y = draw(st.sampled_from(PAIRS))
    lags = [(lag, (x, y) if lag >= 0 else (y, x)) for lag in range(-2, 3)]
    return [(lag, replace(draw(ANY), x=names[0], y=names[1], lag=abs(lag))) for lag, names in lags]


@given(profiles())
def test_a_profile_never_claims_and_says_every_lag(profile):
    title, text = trend_words.profile_title(profile), trend_words.profile_text(profile)
    assert_sayable(title)
    assert_sayable(text)
    assert text.startswith(f"{title}.") and text.endswith(NOT_CAUSE)
    assert all(trend_words.cell(one) in text for _, one in profile)


@given(profiles())
def test_a_profiles_title_counts_what_stands_out_or_says_that_one_cannot_tell(profile):
    title = trend_words.profile_title(profile)
    findings = [one for _, one in profile if one.is_finding]
    numbers = sum(one.r is not None for _, one in profile)
    if findings:
        clearest = max(findings, key=lambda one: abs(one.r))
        assert title.startswith(f"{len(findings)} of {numbers} lag")
        assert title.lower().endswith(trend_words.cell(clearest).split(":")[0].lower())
        return
    same_week = dict(profile)[0]
    assert f"{NAMES[same_week.x]} and {NAMES[same_week.y]}" in title.lower()
    if numbers and not all(one.judged for _, one in profile):
        assert title.endswith("at each lag, described and not judged")
        return
    assert title.startswith("We cannot tell at any lag" if numbers else "No lag")


@given(ANY)
def test_above_the_weeks_behind_a_link_stands_another_sentence_than_its_finding(one):
    title = trend_words.weeks_title(one)
    assert_sayable(title)
    if one.r is None:
        assert title == association_title(one)
        return
    assert title != association_title(one)
    assert f"{one.r:+.2f} in {one.n} " in title and "tended to be" not in title


@given(ANY)
def test_a_cell_has_its_number_range_and_verdict_or_what_is_missing(one):
    text = trend_words.cell(one)
    assert_sayable(text)
    assert text.startswith(NAMES[one.x].capitalize()) and NAMES[one.y] in text
    if one.r is None:
        assert "plausible range" not in text and f"{one.n} " in text
        return
    weeks = f"{one.n} pairs of weeks" if one.lag else f"{one.n} weeks"
    assert f"{one.r:+.2f}, plausible range {plausible_range(one.ci_low, one.ci_high)}, {weeks}, " in text
    verdict = {"clear": "a finding", "tentative": "tentative", "cannot tell": "we cannot tell"}.get(one.verdict)
    verdict = verdict or "described and not judged"
    assert text.endswith(f", {verdict}.")


@given(TABLES)
def test_a_matrix_never_claims_and_counts_what_it_shows(table):
    title, text = trend_words.matrix_title(table), trend_words.matrix_text(table)
    assert_sayable(text.removeprefix("None of the "))  # the word, and not a value that is missing
    assert text.startswith(f"{title}.") and text.endswith(NOT_CAUSE)
    findings = [one for one in table if one.is_finding]
    unclear = sum(one.verdict == "cannot tell" for one in table)
    numbers = sum(one.r is not None for one in table)
    if numbers and not all(one.judged for one in table):
        assert title == f"{numbers} of {len(table)} pairs and lags of this part, described and not judged"
    elif findings:
        assert title.startswith(f"{len(findings)} link") and f" of {numbers} compared" in title
    else:
        assert title.startswith(f"None of the {numbers or len(table)} " if numbers != 1 else "The one pair")
        assert ("that have a number" in title) == (1 < numbers < len(table))
    assert all(association_title(one) in text for one in table if one.is_finding or one.r is None)
    assert (f"Of {unclear} " in text) == (unclear > 0)


@pytest.mark.parametrize(
    ("findings", "title"),
    [
        (0, "None of the 2 pairs and lags stands"),
        (1, "1 link of 2 compared stands"),
        (2, "2 links of 2 compared stand"),
    ],
)
def test_links_are_counted_in_good_grammar(findings, title):
    table = [replace(CLEAR, p=0.01 if at < findings else 0.5) for at in range(2)]
    assert trend_words.matrix_title(table) == f"{title} out from chance"


@given(profiles())
def test_the_columns_of_a_profile_say_which_came_first(profile):
    same_week = dict(profile)[0]
    ticks = {lag: trend_words.tick(lag, profile).replace("<br>", " ") for lag, _ in profile}
    for text in ticks.values():
        assert_sayable(text)
    assert ticks[0] == "same week"
    assert ticks[2] == f"{NAMES[same_week.x]} first, by 2 weeks"
    assert ticks[-1] == f"{NAMES[same_week.y]} first, by 1 week"


@pytest.mark.parametrize(
    ("lag", "column"), [(-2, "2 weeks before"), (-1, "1 week before"), (0, "same week"), (1, "1 week later")]
)
def test_the_columns_of_the_matrix_go_on_where_its_rows_begin(lag, column):
    assert trend_words.matrix_column(lag).replace("<br>", " ") == column
    assert trend_words.matrix_row("adherence", "pain").replace("<br>", " ") == "hip sessions and pain …"


@given(ANY)
def test_a_link_has_a_name_of_its_own(one):
    assert trend_words.link(one) == f"{one.x}-{one.y}-{one.lag}"
    name, behind = trend_words.link_name(one), trend_words.weeks_behind(one)
    assert_sayable(name)
    assert_sayable(behind)
    assert name == trend_words.link_name(replace(one, r=0.5))  # a choice is kept by it while numbers change
    assert f"{one.n} " in behind


@given(DAYS)
def test_chosen_weeks_are_named_up_to_six(weeks):
    text = trend_words.chosen(weeks)
    assert_sayable(text)
    assert text.startswith(f"{len(weeks)} week")
    assert ("more." in text) == (len(weeks) > 6)


def test_the_chosen_weeks_in_full():
    monday = date(2026, 1, 5)
    assert trend_words.chosen([monday]) == "1 week is marked: 5 January 2026."
    eight = [monday + timedelta(weeks=at) for at in range(8)]
    assert trend_words.chosen(eight).startswith("8 weeks are marked: 5 January 2026, 12 January 2026, ")
    assert trend_words.chosen(eight).endswith(" and 2 more.")


@given(
    st.integers(20, 1000).flatmap(lambda n: st.builds(Demonstration, st.just(n), st.integers(0, n), st.integers(0, n)))
)
def test_the_demonstration_says_what_it_found(made):
    text = trend_words.demonstration(made)
    assert_sayable(text)
    assert f"**{made.textbook}**" in text and f"**{made.ours}**" in text


@pytest.mark.parametrize("units", ["km", "mi"])
@pytest.mark.parametrize("name", NAMES)
def test_columns_have_their_unit_and_lag(name, units):
    plain, later = (trend_words.column(name, Units(units), lag) for lag in (0, 1))
    assert_sayable(plain)
    assert later == f"{plain}, 1 week later"


@pytest.mark.parametrize(
    "text",
    [
        trend_words.PART,
        trend_words.MATRIX_KEY,
        trend_words.MATRIX_KEY_OF_PART,
        trend_words.LAGS_KEY,
        trend_words.LAGS_KEY_OF_PART,
        *trend_words.HOW,
        MANY_PAIRS,
        METHOD,
    ],
)
def test_what_is_always_said_never_claims(text):
    assert_sayable(text)


def test_the_larger_share_of_the_main_question_is_said():
    how = " ".join(trend_words.HOW)
    assert "hip sessions and pain a week later" in how and "half of what chance is allowed" in how
    assert "step to another level" in how and "season" in how
    assert "fixed before any diary was looked at" in how
    assert "Half of that is for the question this page asks first, hip sessions and pain a week later." in MANY_PAIRS


@given(st.integers(1, 60))
def test_marked_weeks_that_are_not_shown_are_counted(weeks):
    text = trend_words.not_shown(weeks)
    assert_sayable(text)
    assert text.startswith(f"{weeks} marked week")
