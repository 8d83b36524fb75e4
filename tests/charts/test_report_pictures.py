"""The pictures of a report: unknown is hatched and breaks a line, a stated zero is hollow, and no word is markup."""

import re
from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise

import pytest
from lxml import etree

from analysis.report_parts import Course
from charts.report import picture

SVG = "{http://www.w3.org/2000/svg}"
HATCH, HOLLOW = "#F0F0F0", "#FFFFFF"


def course(**lines):
    """Weeks with these lines, of which all that is not given is not known."""
    parts = len(next(iter(lines.values())))
    lines = dict.fromkeys(("left", "right", "no_side", "distance", "adherence"), (None,) * parts) | lines
    first = date(2026, 1, 5)
    days = tuple(first + timedelta(weeks=week) for week in range(parts))
    pain = zip(lines["left"], lines["right"], lines["no_side"], strict=True)
    unknown = {
        "pain": tuple(float(all(one is None for one in part)) for part in pain),
        "distance": tuple(float(one is None) for one in lines["distance"]),
        "adherence": tuple(float(one is None) for one in lines["adherence"]),
    }
    return Course("week", days, **lines | {"unknown": unknown})


def axis(svg):
    """What stands at the baseline, the middle and the top."""
    return [text.text for text in svg.findall(f"{SVG}text") if text.get("text-anchor") == "end"]


def drawn(name, found, words="Said."):
    return etree.fromstring(picture(name, found, words))


def hatched(svg):
    return len(svg.findall(f"{SVG}rect[@fill='{HATCH}']"))


def test_a_line_breaks_where_a_week_is_not_known():
    svg = drawn("pain", course(left=(3.0, 4.0, None, 5.0, 0.0)))
    lines = [path for path in svg.findall(f"{SVG}path") if path.get("stroke-dasharray")]
    assert len(lines) == 2  # of the four from week to week, two touch the unknown one
    assert hatched(svg) == 1
    assert [circle.get("fill") == HOLLOW for circle in svg.findall(f"{SVG}circle")] == [False, False, False, True]


def test_sides_differ_by_shape_and_line():
    svg = drawn("pain", course(left=(3.0, 4.0), right=(1.0, 2.0), no_side=(None, None)))
    assert {path.get("stroke-dasharray") for path in svg.findall(f"{SVG}path")} >= {"none", "5 3"}
    assert len(svg.findall(f"{SVG}circle")) == 2
    assert len([path for path in svg.findall(f"{SVG}path") if path.get("d").endswith("Z")]) == 2


def test_bars_a_stated_zero_and_an_unknown_week():
    svg = drawn("distance", course(distance=(10.0, 0.0, None, 5.0)))
    bars = [rect for rect in svg.findall(f"{SVG}rect") if rect.get("fill") != HATCH]
    assert [float(bar.get("height")) for bar in bars] == [90.0, 45.0]
    assert axis(svg) == ["0", "5", "10"]
    assert len(svg.findall(f"{SVG}circle")) == hatched(svg) == 1


def test_nothing_prescribed_is_blank_and_not_hatched():
    found = course(adherence=(None, None, 0.5))
    svg = drawn("adherence", replace(found, unknown={"adherence": (0.0, 1.0, 0.0)}))
    assert hatched(svg) == 1
    assert svg.findall(f"{SVG}circle") == []


@pytest.mark.parametrize(
    ("highest", "ticks"),
    [
        (0.0, ["0", "0.5", "1"]),
        (0.4, ["0", "0.5", "1"]),
        (19.5, ["0", "10", "20"]),
        (20.7, ["0", "15", "30"]),
        (31.4, ["0", "20", "40"]),
        (43.3, ["0", "25", "50"]),
        (62.7, ["0", "40", "80"]),
        (100.0, ["0", "50", "100"]),
        (130.0, ["0", "100", "200"]),
        (1001.0, ["0", "1000", "2000"]),
    ],
)
def test_the_axis_of_distance_has_round_numbers(highest, ticks):
    assert axis(drawn("distance", course(distance=(0.0, highest)))) == ticks


def test_of_a_month_known_in_part_that_part_is_hatched_from_the_top():
    months = replace(course(distance=(80.0, None)), by="month", unknown={"distance": (0.25, 1.0)})
    hatches = [rect for rect in drawn("distance", months).findall(f"{SVG}rect") if rect.get("fill") == HATCH]
    assert [(float(one.get("y")), float(one.get("height"))) for one in hatches] == [(20.0, 22.5), (20.0, 90.0)]


@pytest.mark.parametrize("parts", [1, 2, 12, 60, 120])
@pytest.mark.parametrize("share", [0.25, 1.0])
def test_the_lines_of_a_hatch_stay_within_it(parts, share):
    found = replace(course(distance=(8.0, *(None,) * (parts - 1))), unknown={"distance": (share,) * parts})
    svg = drawn("distance", found)
    paths = [path for path in svg.findall(f"{SVG}path") if path.get("stroke-width") == "0.6"]
    boxes = [rect for rect in svg.findall(f"{SVG}rect") if rect.get("fill") == HATCH]
    for path, box in zip(paths, boxes, strict=True):
        left, top, wide, high = (float(box.get(name)) for name in ("x", "y", "width", "height"))
        for x, y in re.findall(r"[ML]([\d.]+) ([\d.]+)", path.get("d")):
            assert left - 0.2 <= float(x) <= left + wide + 0.2
            assert top - 0.2 <= float(y) <= top + high + 0.2


@pytest.mark.parametrize("parts", [1, 2, 5, 27, 60])
def test_no_label_is_cut_by_the_edge(parts):
    svg = drawn("distance", course(distance=(10.0,) * parts))
    width = float(svg.get("viewBox").split()[2])
    for text in (text for text in svg.findall(f"{SVG}text") if text.get("text-anchor") == "middle"):
        half = len(text.text) * 3
        assert half <= float(text.get("x")) <= width - half


@pytest.mark.parametrize("parts", [1, 2, 5, 12, 26, 27, 52, 60, 61, 120, 132])
def test_labels_stand_apart(parts):
    svg = drawn("distance", course(distance=(10.0,) * parts))
    labels = [text for text in svg.findall(f"{SVG}text") if text.get("text-anchor") == "middle"]
    ends = [(float(one.get("x")) - len(one.text) * 3.3, float(one.get("x")) + len(one.text) * 3.3) for one in labels]
    assert all(right < left for (_, right), (left, _) in pairwise(ends))
    assert len(labels) >= min(parts, 4)


def test_a_month_is_named_by_its_month():
    months = replace(course(distance=(10.0,)), by="month", begins=(date(2016, 12, 1),))
    assert "Dec 2016" in [text.text for text in drawn("distance", months).findall(f"{SVG}text")]


@pytest.mark.parametrize("words", ["<script>alert(1)</script>", '" onload="alert(1)', "a & b"])
def test_words_are_no_markup(words):
    svg = drawn("distance", course(distance=(1.0,)), words)
    assert svg.get("aria-label") == words
    assert svg.get("onload") is None


def test_ten_years_name_few_weeks():
    svg = drawn("distance", course(distance=(10.0,) * 520))
    assert len([text for text in svg.findall(f"{SVG}text") if text.get("text-anchor") == "middle"]) <= 5
