"""The pictures of a report: unknown is hatched and breaks a line, a stated zero is hollow, and no word is markup."""

from datetime import date, timedelta

import pytest
from lxml import etree

from analysis.report_parts import Course
from charts.report import picture

SVG = "{http://www.w3.org/2000/svg}"
HATCH, HOLLOW = "#F0F0F0", "#FFFFFF"


def course(**lines):
    weeks = len(next(iter(lines.values())))
    unknown = (None,) * weeks
    empty = dict.fromkeys(("left", "right", "no_side", "distance", "adherence"), unknown)
    first = date(2026, 1, 5)
    days = tuple(first + timedelta(weeks=week) for week in range(weeks))
    return Course(days, **empty | {"prescribed": (3,) * weeks} | lines)


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
    assert len(svg.findall(f"{SVG}circle")) == hatched(svg) == 1


def test_nothing_prescribed_is_blank_and_not_hatched():
    svg = drawn("adherence", course(adherence=(None, None, 0.5), prescribed=(0, 3, 3)))
    assert hatched(svg) == 1
    assert svg.findall(f"{SVG}circle") == []


def test_all_weeks_unknown_is_all_hatched_and_nothing_else():
    for name in ("pain", "distance", "adherence"):
        svg = drawn(name, course(left=(None,) * 3))
        assert hatched(svg) == 3
        assert svg.findall(f"{SVG}circle") == []


def test_without_a_week_there_is_no_picture():
    assert picture("pain", Course(), "Said.") == ""


@pytest.mark.parametrize("words", ["<script>alert(1)</script>", '" onload="alert(1)', "a & b"])
def test_words_are_no_markup(words):
    svg = drawn("distance", course(distance=(1.0,)), words)
    assert svg.get("aria-label") == words
    assert svg.get("onload") is None


def test_ten_years_name_few_weeks():
    svg = drawn("distance", course(distance=(10.0,) * 520))
    assert len([text for text in svg.findall(f"{SVG}text") if text.get("text-anchor") == "middle"]) <= 5
