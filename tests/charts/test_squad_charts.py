"""A squad's charts: unknown is a hatch and never a zero, names are text, and the words say what is drawn."""

from base64 import b64decode
from datetime import date, timedelta
from xml.etree import ElementTree

import numpy as np
import pandas as pd
import pytest

from analysis import squad_weeks as weeks_by_runner
from analysis.squad_weeks import squad_weeks
from charts.chart import PAIN, UNKNOWN
from charts.sparkline import HEIGHT, sparkline
from charts.squad_weeks import squad_weeks_chart
from tests.analysis.test_words import assert_sayable

SVG = "{http://www.w3.org/2000/svg}"
WEEKS = [pd.Timestamp(date(2026, 2, 2) + timedelta(weeks=number)) for number in range(4)]
NAMES = {1: "Zoe", 2: "<b>Ada</b>"}
FRAME = pd.DataFrame(
    {
        "runner": [1] * 4 + [2] * 4,
        "week": pd.Series(WEEKS * 2, dtype="datetime64[s]"),
        "pain": [0, 3, np.nan, 5, np.nan, np.nan, np.nan, np.nan],
        "sessions_done": [0, 3, np.nan, 2, 1, np.nan, 1, 1],
        "sessions_prescribed": [3, 3, 3, 3, 0, 0, 2, 2],
    }
)


def drawing(course, measure="pain"):
    address = sparkline(course, measure, "light")
    return ElementTree.fromstring(b64decode(address.removeprefix("data:image/svg+xml;base64,")))


def test_a_line_has_a_gap_where_a_week_is_not_known():
    drawn = drawing((1.0, 2.0, None, 3.0))
    strokes = [path.get("stroke") for path in drawn.iter(f"{SVG}path")]
    assert strokes == [UNKNOWN["light"], PAIN]
    assert len(list(drawn.iter(f"{SVG}circle"))) == 3


def test_an_unknown_week_is_no_bar_and_a_stated_zero_a_hollow_mark():
    drawn = drawing((None, 0.0, 1.0), "distance")
    assert len(list(drawn.iter(f"{SVG}rect"))) == 1
    (zero,) = drawn.iter(f"{SVG}circle")
    assert zero.get("fill") == "#FFFFFF"
    assert len(list(drawn.iter(f"{SVG}path"))) == 1


def test_the_scale_of_pain_and_of_sessions_is_the_same_for_everyone():
    (low,), (high,) = (list(drawing((value,)).iter(f"{SVG}circle")) for value in (0.0, 10.0))
    assert (float(low.get("cy")), float(high.get("cy"))) == (HEIGHT - 4, 4)
    (half,) = drawing((0.5,), "done").iter(f"{SVG}rect")
    assert float(half.get("height")) == (HEIGHT - 8) / 2


@pytest.mark.parametrize("course", [(), (None, None), (0.0,)])
@pytest.mark.parametrize("measure", ["pain", "done", "distance"])
def test_any_course_can_be_drawn(course, measure):
    assert drawing(course, measure).tag == f"{SVG}svg"


def traces(measure):
    return squad_weeks_chart(squad_weeks(FRAME, NAMES, measure), "light").figure.data


def test_the_heat_map_hatches_what_is_not_known():
    heat, unknown = traces("pain")
    np.testing.assert_array_equal(heat.z, [[np.nan] * 4, [0, 3, np.nan, 5]])
    places = set(zip(unknown.x, unknown.y, strict=True))
    assert places == {(0, 0), (1, 0), (2, 0), (3, 0), (2, 1)}


def test_a_week_without_a_plan_is_blank_and_not_hatched():
    heat, unknown = traces("adherence")
    np.testing.assert_allclose(heat.z, [[np.nan, np.nan, 0.5, 0.5], [0, 1, np.nan, 2 / 3]])
    assert set(zip(unknown.x, unknown.y, strict=True)) == {(2, 1)}


def test_runners_stand_by_name_and_a_name_is_no_markup():
    figure = squad_weeks_chart(squad_weeks(FRAME, NAMES, "pain"), "dark").figure
    assert list(figure.layout.yaxis.ticktext) == ["&lt;b&gt;Ada&lt;/b&gt;", "Zoe"]
    assert "<b>Ada" not in str(figure.to_json())


def test_the_words_say_what_is_known():
    found = squad_weeks(FRAME, NAMES, "adherence")
    assert weeks_by_runner.title(found) == "Hip sessions done: 83 % of the weeks are known"
    assert "Zoe: known in 3 of 4 weeks, from 0 % of the sessions done to 100 %" in weeks_by_runner.text(found)
    assert weeks_by_runner.cell(found, 0, 0) == "<b>Ada</b>, week of 2 February 2026: nothing prescribed."
    assert weeks_by_runner.cell(found, 1, 2).endswith("not logged.")
    pain = squad_weeks(FRAME, NAMES, "pain")
    assert "<b>Ada</b>: not known in any of 4 weeks." in weeks_by_runner.text(pain)
    nothing = squad_weeks(FRAME.assign(pain=np.nan), NAMES, "pain")
    assert "not logged in any" in weeks_by_runner.title(nothing)
    for said in (found, pain, nothing):
        assert_sayable(weeks_by_runner.text(said))
