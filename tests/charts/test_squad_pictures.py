"""Panels, changes and problems by week: the figures hold what the results say, unknown is a hatch, names are text."""

import json
from datetime import date

import numpy as np
import pytest

from analysis.prevalence import prevalence
from analysis.side_by_side import PANELS, pages, side_by_side
from analysis.squad_changes import squad_changes
from analysis.units import Units
from charts.chart import UNKNOWN
from charts.prevalence import prevalence_chart
from charts.side_by_side import LANES, PANEL, side_by_side_chart
from charts.squad_changes import squad_changes_chart
from tests.analysis.squad_frames import answers, monday, squad_frame
from tests.analysis.test_prevalence import MUCH, NONE
from tests.analysis.test_squad_changes import FIVE, row
from tests.analysis.test_words import assert_sayable

TODAY = date(2026, 1, 28)  # in the fourth week
NAMES = {1: "<b>Ada</b>", 2: "Bea", 3: "Cleo"}
FRAME = squad_frame(
    3,
    4,
    distance_m={(1, 0): 60_000.0, (1, 1): 0.0, (1, 2): np.nan, (2, 0): 15_000.0},
    distance_from={(2, 0): "typed"},
    sessions_done={(1, 0): 0.0, (1, 1): np.nan},
    sessions_prescribed={(3, 0): 0},
    pain={(1, 0): 0.0, (1, 1): np.nan, (1, 2): 10.0},
)


def panels(theme="light"):
    found = side_by_side(FRAME, NAMES, pages(NAMES)[0])
    return side_by_side_chart(found, Units.KM, theme, today=TODAY)


def traces(chart):
    return {trace.name: trace for trace in chart.figure.data}


def foot(panel, lane):
    return -(panel // 2 + 1) * PANEL + LANES[lane][0]


def marks(trace, panel, lane, weeks=4, gap=3):
    """The marks of one panel's lane, by week."""
    first, low = panel % 2 * (weeks + gap), foot(panel, lane)
    heights = zip(trace.x, trace.y, trace.base if trace.base is not None else [None] * len(trace.x), strict=True)
    return {int(x - first): y for x, y, base in heights if first <= x < first + weeks and base in (None, low)}


def test_every_panel_has_the_same_scale():
    drawn = traces(panels())
    assert marks(drawn["distance"], 0, "distance") == {0: 1.0, 3: 0.5}
    assert marks(drawn["distance"], 1, "distance") == {1: 0.5, 2: 0.5, 3: 0.5}
    assert marks(drawn["typed total"], 1, "distance") == {0: 0.25}
    assert marks(drawn["sessions"], 2, "adherence") == dict.fromkeys((1, 2, 3), pytest.approx(LANES["adherence"][1]))
    assert "60 km" in panels().figure.layout.yaxis.ticktext


def test_unknown_is_hatched_and_a_stated_zero_hollow():
    drawn = traces(panels())
    hatch = drawn["not known"]
    assert hatch.marker.pattern.fgcolor == UNKNOWN["light"]
    assert set(marks(hatch, 0, "distance")) == {2}
    assert set(marks(hatch, 0, "adherence")) == {1}
    assert set(marks(hatch, 0, "pain")) == {1}
    assert set(marks(hatch, 2, "adherence")) == set()  # nothing prescribed is blank
    zeros = drawn["stated zero"]
    assert set(zip(zeros.x, zeros.y, strict=True)) == {(1, foot(0, "distance")), (0, foot(0, "adherence"))}
    assert zeros.marker.symbol == "circle-open"


def test_the_line_of_pain_breaks_where_it_is_not_known_and_between_runners():
    pain = traces(panels())["pain"]
    assert pain.connectgaps is False
    np.testing.assert_array_equal(np.isnan(np.array(pain.y, float))[:5], [False, True, False, False, True])
    assert pain.y[0] == pytest.approx(foot(0, "pain")) and pain.marker.symbol[0] == "circle-open"
    assert pain.y[2] == pytest.approx(foot(0, "pain") + LANES["pain"][1])


def test_a_page_of_a_large_squad_stays_light():
    frame = squad_frame(200, 26)
    names = {runner: f"Runner {runner:03}" for runner in range(1, 201)}
    chart = side_by_side_chart(side_by_side(frame, names, pages(names)[3]), Units.KM, "dark", today=TODAY)
    assert len(chart.figure.data) == 7
    assert [note.text for note in chart.figure.layout.annotations] == [f"<b>Runner {at:03}</b>" for at in range(37, 49)]
    assert len(chart.figure.layout.annotations) == PANELS
    assert len(chart.figure.to_json()) < 250_000


def test_names_are_no_markup_in_any_of_them():
    changed = squad_changes([row(1, "<b>Ada</b>", -0.5, 4), row(2, "B & C")])
    for chart in (panels(), squad_changes_chart(changed, "light")):
        drawn = json.dumps(chart.figure.to_dict(), default=list)
        assert "<b>Ada" not in drawn
        assert "&lt;b&gt;Ada" in drawn
        assert "<b>Ada</b>" in chart.alt  # shown as text


def test_one_runner_is_one_panel():
    chart = side_by_side_chart(side_by_side(FRAME, NAMES, [2]), Units.MI, "light", today=TODAY)
    assert len(chart.figure.layout.annotations) == 1
    assert max(chart.figure.layout.xaxis.range) < 4


def test_changes_are_marks_without_a_line():
    chart = squad_changes_chart(squad_changes(FIVE), "light")
    (trace,) = chart.figure.data
    assert "lines" not in trace.mode
    assert set(zip(trace.x, trace.y, strict=True)) == {(25, -2), (0, 0), (0, 1), (-25, 3)}
    assert dict(zip(trace.y, trace.text, strict=True)) == {-2: "ada", 0: "2", 1: "", 3: "Zoe"}
    (here,) = [says for says, y in zip(trace.hovertext, trace.y, strict=True) if y == 0]
    assert "Bea" in here and "Dora" in here
    assert "distance +12 %" in trace.hovertext[0].replace("<br>", " ")


def test_the_axes_of_changes_have_usual_in_the_middle():
    layout = squad_changes_chart(squad_changes([row(1, "Ada", 0.01, 0.5)]), "dark").figure.layout
    assert [-end for end in layout.xaxis.range[::-1]] == list(layout.xaxis.range)
    assert layout.xaxis.range[1] > 50 and layout.yaxis.range[1] > 4
    crowd = squad_changes([row(number, f"R{number}") for number in range(30)])
    assert squad_changes_chart(crowd, "light").figure.data[0].hovertext[0].endswith("and 22 more runners")


def test_problems_are_drawn_above_who_answered():
    given = [(runner, week, *NONE) for runner in range(1, 6) for week in (0, 2)] + [(1, 1, *MUCH), (6, 2, *MUCH)]
    found = prevalence(answers(*given), range(1, 9), [monday(week) for week in range(3)])
    chart = prevalence_chart(found, "light")
    drawn = traces(chart)
    np.testing.assert_allclose(drawn["any problem"].y, [0, np.nan, 100 / 6])
    np.testing.assert_allclose(drawn["substantial problem"].y, [0, np.nan, 100 / 6])
    assert drawn["any problem"].marker.symbol != drawn["substantial problem"].marker.symbol
    assert drawn["any problem"].connectgaps is False
    assert list(drawn["not known"].x) == [1]
    np.testing.assert_allclose(drawn["answered"].y, [62.5, 12.5, 75])
    assert drawn["answered"].hovertext[1].startswith("Week of 12 January 2026:<br>1 of 8 runners answered")


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_every_picture_is_said_in_words(theme):
    found = prevalence(answers(*[(runner, 0, *NONE) for runner in range(1, 6)]), range(1, 6), [monday(0)])
    for chart in (panels(theme), squad_changes_chart(squad_changes(FIVE), theme), prevalence_chart(found, theme)):
        assert_sayable(chart.alt)
        assert chart.alt.startswith(chart.title)
