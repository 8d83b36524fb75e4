"""Problems week by week: of those who answered, and never of fewer than five."""

import numpy as np
import pytest

from analysis import squad_chart_words as words
from analysis.prevalence import prevalence
from tests.analysis.squad_frames import answers, monday
from tests.analysis.test_words import assert_sayable

NONE, MILD, MUCH = (0, np.nan, np.nan, np.nan), (8, 8, 8, 8), (17, 17, 8, 8)
WEEKS = [monday(week) for week in range(3)]
RUNNERS = range(1, 9)


def found(*rows, runners=RUNNERS):
    return prevalence(answers(*((runner, week, *given) for runner, week, given in rows)), runners, WEEKS)


def five(week, *given):
    """So many runners with these answers, the rest of five without a problem."""
    return [(number, week, one) for number, one in enumerate([*given, *[NONE] * (5 - len(given))], 1)]


def test_the_share_is_of_those_who_answered():
    shown = found(*five(0, MILD, MUCH), *five(2, MUCH))
    assert (shown.runners, shown.answered.tolist()) == (8, [5, 0, 5])
    np.testing.assert_array_equal(shown.problem, [2, np.nan, 1])
    np.testing.assert_array_equal(shown.substantial, [1, np.nan, 1])
    assert shown.response.tolist() == [5 / 8, 0, 5 / 8]
    assert (shown.mean_problem, shown.mean_substantial) == (pytest.approx(0.3), pytest.approx(0.2))


def test_a_week_with_four_answers_is_not_known():
    shown = found(*five(0), *five(1, MUCH)[:4])
    assert shown.answered.tolist() == [5, 4, 0]
    assert shown.known.tolist() == [True, False, False]
    assert "too few for a share" in words.prevalence_week(shown, 1)
    assert "In 2 of 3 weeks fewer answered" in words.prevalence_text(shown)


def test_who_does_not_tell_did_not_answer():
    shown = found(*five(0), (6, 0, (8, np.nan, np.nan, 8)))
    assert shown.answered.tolist() == [5, 0, 0]


def test_several_body_parts_are_one_runner():
    shown = found(*five(0), (1, 0, MUCH))
    assert (shown.answered[0], shown.problem[0], shown.substantial[0]) == (5, 1, 1)


def test_others_than_the_runners_do_not_count():
    assert found(*five(0), (99, 0, MUCH)).problem[0] == 0


def test_it_is_refused_under_five_runners_and_without_a_week_of_five_answers():
    few = found(*five(0), runners=range(1, 5))
    assert (few.reason, few.mean_problem) == ("too few runners", None)
    quiet = found(*five(0)[:4])
    assert quiet.reason == "too few answers"
    for one in (few, quiet):
        assert words.prevalence_title(one).startswith("No share of the group")
        assert_sayable(words.prevalence_text(one))


def test_the_words_name_the_latest_week_that_is_known():
    shown = found(*five(0, MILD, MUCH), *five(1))
    assert words.prevalence_title(shown) == (
        "In the week of 12 January 2026, none of the 5 runners who answered had a problem"
    )
    assert "On average over 2 weeks with at least 5 answers, 20 % of those who answered had a problem and 10 %" in (
        words.prevalence_text(shown)
    )
    for said in (words.prevalence_text(shown), words.PREVALENCE_MEANS, words.PREVALENCE_KEY):
        assert_sayable(said)
