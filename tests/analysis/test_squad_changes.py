"""Two changes of each runner, and figures for the group only where there is a group."""

from datetime import date

import pytest

from analysis import squad_chart_words as words
from analysis.board import BoardRow
from analysis.load import Spike
from analysis.squad_changes import squad_changes
from tests.analysis.test_words import assert_sayable


def row(number, name, sessions=0.0, pain=0.0, distance=None):
    known = sessions is not None
    return BoardRow(
        runner=number,
        name=name,
        pain=None if pain is None else 3 + pain,
        pain_usual=3.0,
        place="",
        severity=None,
        severity_usual=None,
        substantial=None,
        problem_place="",
        done=0.5 + sessions if known else None,
        done_before=0.5,
        answered=4,
        distance_m=None,
        distance_change=distance,
        spike=Spike(),
        test=None,
        last_on=date(2026, 3, 2),
        silent=0,
        logged_before=12,
        unrated=0,
        rated_before=12,
        pain_course=(),
        done_course=(),
        distance_course=(),
    )


FIVE = [row(1, "Zoe", -0.25, 3), row(2, "ada", 0.25, -2, 12.0), row(3, "Bea"), row(4, "Cleo", pain=1), row(5, "Dora")]


def test_runners_stand_by_name_with_both_changes():
    found = squad_changes(FIVE)
    assert [one.name for one in found.changes] == ["ada", "Bea", "Cleo", "Dora", "Zoe"]
    assert [(one.sessions, one.pain, one.distance) for one in found.changes][0] == (25, -2, 12.0)
    assert [one.name for one in found.changes if one.is_flagged] == ["ada", "Zoe"]
    assert (
        words.change(found.changes[0])
        == "ada: sessions +25 percentage points, pain -2.0 points, distance +12 % in a week"
    )


def test_who_lacks_one_change_is_named_and_not_drawn():
    found = squad_changes([*FIVE, row(6, "Eve", sessions=None), row(7, "Fay", pain=None)])
    assert found.without == ("Eve", "Fay")
    assert words.without(found) == "Not drawn, because one of the two changes is not known: Eve, Fay."
    assert words.without(squad_changes(FIVE)) == ""


def test_many_names_are_cut_to_a_sentence():
    found = squad_changes([row(number, f"R{number:02}", pain=None) for number in range(25)])
    assert words.without(found).endswith("R19 and 5 more runners.")
    assert words.changes_title(found) == "No runner has both changes yet"


def test_a_group_of_five_has_a_middle():
    found = squad_changes(FIVE)
    assert (found.median_sessions, found.median_pain, found.up, found.down) == (0, 0, 1, 1)
    assert words.changes_title(found) == (
        "Of 5 runners, 1 has at least 2 points more pain than usual, and 1 at least 2 points less"
    )
    assert "The median change is +0 percentage points" in words.changes_text(found)


@pytest.mark.parametrize("runners", [1, 2, 3, 4])
def test_under_five_there_are_no_figures_for_the_group(runners):
    found = squad_changes(FIVE[:runners])
    assert (found.median_sessions, found.median_pain) == (None, None)
    said = words.changes_text(found)
    assert "median" not in said and "Of " not in said
    assert "each against their own weeks before" in words.changes_title(found)


def test_the_words_claim_nothing():
    for said in (words.changes_text(squad_changes(FIVE)), words.NO_LINE, words.FEW, words.UNSHARED):
        assert_sayable(said)
