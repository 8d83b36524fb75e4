"""Panels: a dozen a page, by name, on axes of the whole squad."""

import numpy as np

from analysis import squad_chart_words as words
from analysis.side_by_side import PANELS, pages, side_by_side
from analysis.units import Units
from tests.analysis.squad_frames import squad_frame
from tests.analysis.test_words import assert_sayable

NAMES = {1: "Zoe", 2: "ada", 3: "Bea"}
FRAME = squad_frame(3, 4, distance_m={(3, 2): 60_000.0, (1, 0): np.nan}, pain={(2, 0): 4.0, (2, 1): np.nan})


def test_pages_hold_a_dozen_by_name():
    names = {number: f"Runner {200 - number:03}" for number in range(200)}
    found = pages(names)
    assert [len(page) for page in found] == [PANELS] * 16 + [8]
    assert [names[runner] for page in found for runner in page] == sorted(names.values())
    assert pages({}) == ()


def test_the_axes_are_the_whole_squads():
    found = side_by_side(FRAME, NAMES, pages(NAMES)[0][:2])
    assert found.names == ("ada", "Bea")
    assert found.longest_m == side_by_side(FRAME, NAMES, [1]).longest_m == 60_000
    assert found.weeks[1]["adherence"].tolist() == [1, 1, 1, 1]


def test_runners_without_rows_have_no_panel():
    assert side_by_side(FRAME, NAMES | {9: "New"}, [9, 1]).names == ("Zoe",)


def test_the_words_go_through_the_runners():
    found = side_by_side(FRAME, NAMES, pages(NAMES)[0])
    assert words.side_by_side_title(found) == (
        "3 runners side by side: running is known in 92 % of their weeks, pain in 92 %"
    )
    text = words.side_by_side_text(found, Units.KM)
    assert "ada: 30 to 30 km a week, 100 % of sessions done on average, pain 1 to 4 of 10." in text
    nothing = side_by_side(FRAME.assign(distance_m=np.nan, sessions_done=np.nan, pain=np.nan), NAMES, [1])
    assert "Zoe: running not known, sessions not known, pain not known." in words.side_by_side_text(nothing, Units.MI)
    for said in (text, words.side_by_side_text(nothing, Units.MI), words.PANEL_KEY):
        assert_sayable(said)
