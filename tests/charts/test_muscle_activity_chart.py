import re

import pytest

from analysis.muscle_activity import NOT_CHECKED, NOT_STRENGTH, Activity, activity_paragraph, activity_title
from charts.chart import CARD, INK, UNKNOWN
from charts.muscle_activity import ROW, muscle_activity

ROWS = [
    Activity("side-plank-abduction", "Side plank with abduction, lower leg", 103, None, "Boren 2011", checked=False),
    Activity("side-lying-hip-abduction", "Side-lying hip abduction", 81, 42, "DiStefano 2009", checked=True),
    Activity("", "Single-leg squat", 48, None, "La Trobe fine-wire study 2019", checked=True, fine_wire=True),
    Activity("clam", "Clam", 40, 38, "DiStefano 2009", checked=True),
]


def draw(theme="light"):
    return muscle_activity(ROWS, theme)


def test_one_mark_a_row_with_its_spread_and_the_guide_it_opens():
    (marks,) = draw().figure.data
    assert list(marks.x) == [103, 81, 48, 40]
    assert list(marks.y) == [0, 1, 2, 3]
    assert list(marks.error_x.array) == [0, 42, 0, 38]
    assert list(marks.customdata) == ["side-plank-abduction", "side-lying-hip-abduction", "", "clam"]


def test_the_first_row_is_at_the_top_and_named_at_the_axis():
    axis = draw().figure.layout.yaxis
    assert axis.range[0] > axis.range[1]
    assert axis.ticktext[:2] == ("Side plank with<br>abduction, lower leg", "Side-lying hip abduction")
    assert len(axis.ticktext) == len(ROWS)
    assert draw().figure.layout.height > ROW * len(ROWS)


def test_no_two_rows_have_the_same_name():
    twice = [*ROWS, Activity("", "Single-leg squat", 82, None, "Boren 2011", checked=False)]
    names = muscle_activity(twice, "light").figure.layout.yaxis.ticktext
    assert names[2].replace("<br>", " ") == "Single-leg squat, La Trobe fine-wire study 2019"
    assert names[4].replace("<br>", " ") == "Single-leg squat, Boren 2011"
    assert len(set(names)) == len(twice)


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_what_we_did_not_check_looks_and_reads_otherwise(theme):
    (marks,) = draw(theme).figure.data
    assert list(marks.marker.color) == [CARD[theme], INK[theme], INK[theme], INK[theme]]
    assert marks.marker.line.color[0] == UNKNOWN[theme]
    assert "○ commonly quoted, not checked" in draw(theme).figure.layout.xaxis.title.text
    said = [text.replace("<br>", " ") for text in marks.hovertext]
    assert said[0] == f"Side plank with abduction, lower leg: 103 % of maximum (Boren 2011, {NOT_CHECKED})."
    assert said[1] == "Side-lying hip abduction: 81 ± 42 % of maximum (DiStefano 2009)."
    assert said[2].endswith("(La Trobe fine-wire study 2019, fine-wire electrodes).")


def test_the_marks_at_40_and_60_are_called_a_habit_not_a_limit():
    layout = draw().figure.layout
    assert [shape.x0 for shape in layout.shapes] == [40, 60]
    assert "commonly called high" in layout.annotations[0].text
    assert "Above 40 % is commonly called high" in draw().alt


def test_the_alternative_says_every_number_and_that_activity_is_not_strength():
    alt = draw().alt
    assert NOT_STRENGTH in alt and "EMG is not strength gain" in alt
    assert len(re.findall(r"% of maximum \([A-Z]", alt)) == len(ROWS)


def test_the_title_speaks_only_of_numbers_we_checked():
    assert draw().title == activity_title(ROWS)
    range_of_checked = "from 40 % of maximum (clam) to 81 % (side-lying hip abduction)"
    assert draw().title == f"Gluteus medius, of what we checked: {range_of_checked}"
    assert activity_title(ROWS[:1]) == "None of these numbers is checked"


def test_no_rows_are_an_empty_chart_with_words():
    assert list(muscle_activity([], "light").figure.data[0].x) == []
    assert activity_paragraph([]).startswith("None of these numbers is checked.")
