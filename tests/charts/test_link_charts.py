"""The lag profile and the matrix: every lag in its place, findings and missing numbers told apart."""

import pytest

from analysis import comparisons
from analysis.association import PAIRS, table
from analysis.trend_words import link
from analysis.weeks import with_adherence
from charts.association_matrix import COLOURS, association_matrix
from charts.chart import INK
from charts.lag_profile import lag_profile
from tests.analysis.weekly import related_weeks, weekly_frame

LINKED = table(with_adherence(related_weeks(60, -1)))
EMPTY = table(with_adherence(weekly_frame(3)))


@pytest.mark.parametrize(("x", "y"), PAIRS)
def test_a_profile_has_each_lag_once_with_its_range(x, y):
    profile = comparisons.lag_profile(LINKED, x, y)
    numbers, missing = lag_profile(profile, "light").figure.data
    assert sorted([*numbers.x, *missing.x]) == [-2, -1, 0, 1, 2]
    by_lag = dict(profile)
    for at, r, above in zip(numbers.x, numbers.y, numbers.error_y.array, strict=True):
        assert r == by_lag[at].r
        assert r + above == pytest.approx(by_lag[at].ci_high)


def test_a_finding_is_filled_and_anything_else_hollow():
    profile = comparisons.lag_profile(LINKED, "adherence", "pain")
    marks = lag_profile(profile, "dark").figure.data[0]
    by_lag = dict(profile)
    filled = {at for at, symbol in zip(marks.x, marks.marker.symbol, strict=True) if symbol == "circle"}
    assert filled == {at for at, one in by_lag.items() if one.is_finding} != set()


def test_without_numbers_every_lag_says_why():
    chart = lag_profile(comparisons.lag_profile(EMPTY, "adherence", "pain"), "light")
    numbers, missing = chart.figure.data
    assert len(numbers.x) == 0
    assert all("needed" in text for text in missing.hovertext)
    assert chart.title == "No lag of hip sessions and pain has a number yet"


@pytest.mark.parametrize("found", [LINKED, EMPTY])
def test_the_matrix_has_every_link_once(found):
    heat, marks = association_matrix(found, "light").figure.data
    assert sorted(marks.customdata) == sorted(link(one) for one in found)
    by_link = {link(one): one for one in found}
    for name, row, at in zip(marks.customdata, marks.y, marks.x, strict=True):
        assert heat.z[row][at + 2] == by_link[name].r


def test_only_findings_are_framed_and_a_missing_number_is_a_cross():
    figure = association_matrix(LINKED, "light").figure
    framed = {((one.x0 + one.x1) / 2, (one.y0 + one.y1) / 2) for one in figure.layout.shapes}
    marks, by_link = figure.data[1], {link(one): one for one in LINKED}
    for name, at, row in zip(marks.customdata, marks.x, marks.y, strict=True):
        assert ((at, row) in framed) == by_link[name].is_finding
    assert framed and set(association_matrix(EMPTY, "light").figure.data[1].marker.symbol) == {"x-thin"}
    assert not association_matrix(EMPTY, "light").figure.layout.shapes


def test_the_link_that_is_looked_at_is_dotted_round_at_its_place():
    for one in LINKED:
        chart = association_matrix(LINKED, "light", chosen=one).figure
        (shape,) = (shape for shape in chart.layout.shapes if shape.line.dash == "dot")
        at = list(chart.data[1].customdata).index(link(one))
        assert shape.x0 < chart.data[1].x[at] < shape.x1 and shape.x1 - shape.x0 < 1
        assert shape.y0 < chart.data[1].y[at] < shape.y1 and shape.y1 - shape.y0 < 1


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_the_frame_of_a_finding_has_the_ink_and_no_colour_that_means_something(theme):
    frames = association_matrix(LINKED, theme).figure.layout.shapes
    assert {shape.line.color for shape in frames} == {INK[theme]}
    assert INK[theme] not in COLOURS[theme]
