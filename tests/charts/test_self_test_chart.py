from datetime import date

import pytest

from analysis.self_test import SelfTest, SideResult
from analysis.self_test_history import history, history_paragraph, history_title
from charts.chart import INK
from charts.self_tests import self_test_history

SQUAT = "single-leg squat"
TESTS = [
    SelfTest(date(2026, 1, 1), SQUAT, SideResult(degrees=16.0, reps=5), SideResult(degrees=10.0)),
    SelfTest(date(2026, 3, 1), SQUAT, SideResult(degrees=7.0, reps=8), SideResult(degrees=9.0)),
]


def draw(measure="degrees", tests=TESTS, theme="light"):
    return self_test_history(history(tests, SQUAT, measure), theme)


def test_each_side_has_its_own_mark_and_its_band_of_error():
    left_band, right_band, left, right = draw().figure.data
    assert (left.marker.symbol, left.line.dash) == ("circle", "solid")
    assert (right.marker.symbol, right.line.dash) == ("diamond-open", "dash")
    assert (list(left.y), list(right.y)) == ([16.0, 7.0], [10.0, 9.0])
    assert list(left_band.y) == [25.0, 16.0, -2.0, 7.0]
    assert list(right_band.y) == [19.0, 18.0, 0.0, 1.0]
    assert left_band.fill == "toself"


def test_no_band_where_the_error_is_not_known():
    (left,) = draw("reps").figure.data
    assert list(left.y) == [5.0, 8.0]
    assert "error" not in draw("reps").figure.layout.annotations[0].text
    assert "±9 degrees of error" in draw().figure.layout.annotations[0].text


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_a_self_test_is_drawn_in_ink_never_in_the_colour_of_pain(theme):
    figure = draw(theme=theme).figure
    assert {trace.line.color for trace in figure.data[2:]} == {INK[theme]}
    assert figure.layout.plot_bgcolor == "rgba(0,0,0,0)" and figure.layout.dragmode is False


def test_the_words_are_those_of_the_history():
    found = history(TESTS, SQUAT, "degrees")
    assert draw().title == history_title(found)
    assert draw().alt == history_paragraph(found)
    assert draw().figure.data[2].hovertext[0] == "Left on 1 January 2026:<br>16 degrees."
