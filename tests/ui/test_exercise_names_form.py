"""The table of exercise names: what is proposed, what the runner can change, and what is kept for the next file."""

from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from guides.catalogue import exercise, one_sided
from ui.exercise_names_form import NOT_OURS, proposed

NAMES = {"Glute Bridge": 9, "Bulgarian Split Squat": 96, "Hip Thrust (*Machine*)": 95, "Crunch": 1, "Gone": 0}


def page(names, choices):
    """Run by Streamlit as a script of its own."""
    from types import SimpleNamespace

    import streamlit as st

    from ui import exercise_names_form

    diary = SimpleNamespace(import_choices=lambda: choices)
    st.session_state["found"] = exercise_names_form.show(diary, names)


def opened(choices: dict[tuple[str, str], Any] | None = None, names: dict[str, int] = NAMES) -> AppTest:
    test = AppTest.from_function(page, args=(names, choices or {}), default_timeout=30).run()
    assert not test.exception
    return test


def found(test: AppTest) -> dict[str, tuple[str | None, str]]:
    return dict(test.session_state["found"])


def test_names_of_ours_come_first_and_the_others_are_folded() -> None:
    test = opened()
    (folded,) = test.expander
    assert [box.key for box in folded.selectbox] == ["exercise-name-Hip Thrust (*Machine*)", "exercise-name-Crunch"]
    assert folded.label == "2 exercises of the file left out: none in the guides has the name"
    assert [box.key for box in test.selectbox][:2] == [
        "exercise-name-Glute Bridge",
        "exercise-name-Bulgarian Split Squat",
    ]
    assert "Gone" not in str(test.selectbox)


def test_untouched_it_gives_the_proposal() -> None:
    assert found(opened()) == {
        "Glute Bridge": ("slide-cushion-hip-bridge", "both"),
        "Bulgarian Split Squat": ("split-squat", "each"),
        "Hip Thrust (*Machine*)": (None, "both"),
        "Crunch": (None, "both"),
    }


def test_a_name_of_a_file_is_shown_as_it_is_with_its_sets() -> None:
    labels = [box.label for box in opened().selectbox]
    assert "Bulgarian Split Squat, 96 sets" in labels
    assert "Crunch, 1 set" in labels
    assert r"Hip Thrust \(\*Machine\*\), 95 sets" in labels


def test_every_exercise_can_be_chosen_and_none_first() -> None:
    options = opened().selectbox[0].options
    assert options[0] == NOT_OURS
    assert exercise("clam").name in options


def test_a_one_sided_exercise_asks_for_the_leg_and_a_two_sided_one_does_not() -> None:
    test = opened()
    assert [box.key for box in test.get("button_group")] == ["exercise-side-Bulgarian Split Squat"]
    test.get("button_group")[0].set_value("left").run()
    assert found(test)["Bulgarian Split Squat"] == ("split-squat", "left")


def test_what_the_runner_corrects_is_what_it_gives() -> None:
    test = opened()
    test.selectbox(key="exercise-name-Glute Bridge").set_value(NOT_OURS)
    test.selectbox(key="exercise-name-Crunch").set_value(exercise("clam").name).run()
    assert found(test)["Glute Bridge"] == (None, "both")
    assert found(test)["Crunch"] == ("clam", "each")


def test_what_was_chosen_before_is_chosen_again() -> None:
    before = {
        ("exercise", "Glute Bridge"): [None, "both"],
        ("exercise", "Bulgarian Split Squat"): ["suspension-split-squat", "right"],
        ("exercise", "Crunch"): ["clam", "each"],
        ("walks", ""): True,
    }
    assert found(opened(before)) == {
        "Bulgarian Split Squat": ("suspension-split-squat", "right"),
        "Crunch": ("clam", "each"),
        "Glute Bridge": (None, "both"),
        "Hip Thrust (*Machine*)": (None, "both"),
    }


@pytest.mark.parametrize(
    ("choice", "meaning"),
    [
        (["an-exercise-that-went", "each"], ("slide-cushion-hip-bridge", "both")),
        (["clam", "both"], ("clam", "each")),
        (["romanian-deadlift", "left"], ("romanian-deadlift", "both")),
    ],
)
def test_a_choice_that_can_no_longer_be_made_is_mended(choice: list[str], meaning: tuple[str, str]) -> None:
    assert proposed({"Glute Bridge": 1}, {("exercise", "Glute Bridge"): choice}) == {"Glute Bridge": meaning}


def test_a_side_always_fits_its_exercise() -> None:
    for name, (slug, side) in proposed(NAMES, {}).items():
        assert (side == "each") == (slug in one_sided()), name


def test_without_names_there_is_nothing_to_ask() -> None:
    test = opened(names={"Gone": 0})
    assert found(test) == {} and not test.selectbox and not test.expander
