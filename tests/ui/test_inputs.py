"""The words that widgets show for places and weeks."""

from datetime import date

import pytest

from ui import inputs

MONDAY = date(2026, 3, 2)


@pytest.mark.parametrize(
    ("site", "side", "words"),
    [
        ("kneecap", "left", "Left kneecap"),
        ("shin", "both", "Shin, both sides"),
        ("Achilles tendon", "right", "Right Achilles tendon"),
        ("lower back", "both", "Lower back"),
        ("anywhere", "both", "Anywhere"),
    ],
)
def test_a_place_of_the_body(site, side, words):
    assert inputs.place(site, side) == words


@pytest.mark.parametrize(
    ("first", "words"),
    [
        (MONDAY, "This week (2 March to 8 March 2026)"),
        (date(2026, 2, 23), "Last week (23 February to 1 March 2026)"),
        (date(2025, 12, 29), "29 December to 4 January 2026"),
    ],
)
def test_a_week_by_its_name_or_its_days(first, words):
    assert inputs.week_name(first, MONDAY) == words


def test_a_sentence_keeps_names_as_they_are():
    assert [inputs.sentence(text) for text in ("left", "Achilles tendon", "")] == ["Left", "Achilles tendon", ""]


def test_the_four_questions_have_the_published_scores():
    """Clarsen 2020: each of the four answers of each question scores 0, 8, 17 or 25."""
    assert [list(options) for _, options in inputs.OSTRC_QUESTIONS.values()] == [[0, 8, 17, 25]] * 4


def test_a_message_that_repeats_what_was_typed_fetches_nothing():
    assert inputs.unlinked("The link is ![a](https://evil.example/a.png).") == (
        r"The link is !\[a](https://evil.example/a.png)."
    )
