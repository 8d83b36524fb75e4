"""The pictures of a report as SVG: for paper, so dark on white, with no script and nothing to fetch.

A week that is not known is hatched grey, a stated zero a hollow mark on the baseline, and every line has a gap where a
week is not known. Where weeks are drawn in longer parts, the hatch is as high as the share of them that is not known.
"""

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from html import escape
from itertools import pairwise
from typing import Final

from analysis.phrases import number, short_day
from analysis.report_parts import Course, Line, Picture
from charts.chart import ADHERENCE, INK, PAIN, UNKNOWN, VOLUME

_WIDTH: Final = 360  # as wide as a phone has room for, so that it need not shrink the letters
_LEFT: Final = 30
_RIGHT: Final = 10
_TOP: Final = 20
_HEIGHT: Final = 90  # of the plot
_FOOT: Final = 22
_TICKS: Final = 5  # parts named on the axis, at most
_LETTER: Final = 6.6  # how wide one is in the widest font that is used
_WEEKS_WITHOUT_YEAR: Final = 26
_WIDEST_BAR: Final = 26
_HATCH: Final = 6  # from one slanted line to the next
_ROUND: Final = (1, 2, 3, 4, 5, 6, 8, 10)  # tops whose half is short to write, too
_WORST: Final = 10
_INK: Final = INK["light"]
_GREY: Final = UNKNOWN["light"]
_SURFACE: Final = "#FFFFFF"


@dataclass(frozen=True)
class _Axes:
    """Where the parts of the course and their values stand; `top` is the highest value."""

    parts: int
    top: float

    @property
    def step(self) -> float:
        return (_WIDTH - _LEFT - _RIGHT) / self.parts

    def x(self, part: int) -> float:
        return _LEFT + self.step * (part + 0.5)

    def y(self, value: float) -> float:
        return _TOP + _HEIGHT * (1 - min(value / self.top, 1.0))


def picture(name: Picture, course: Course, words: str) -> str:
    """One picture of a course that has something to draw, as an `<svg>` element; `words` say the same."""
    title, axes, marks = _DRAWN[name](course)
    body = "".join([*_frame(axes, course, title), *marks])
    height = _TOP + _HEIGHT + _FOOT
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDTH} {height}" role="img" '
        f'aria-label="{escape(words)}" font-family="sans-serif" font-size="11" fill="{_INK}">{body}</svg>'
    )


Drawing = tuple[str, _Axes, Iterator[str]]


def _pain(course: Course) -> Drawing:
    axes = _Axes(len(course.begins), _WORST)
    return f"Worst pain while running by {course.by}, 0 to 10", axes, _pain_marks(course, axes)


def _pain_marks(course: Course, axes: _Axes) -> Iterator[str]:
    yield from _hatches(course.unknown["pain"], axes)
    yield from _line(course.left, axes, "none")
    yield from _line(course.right, axes, "5 3")
    yield from _line(course.no_side, axes, "1.5 3")
    size = max(min(axes.step * 0.3, 3.2), 1.2)
    for part in range(axes.parts):
        yield from _points(course, part, axes, size)


def _points(course: Course, part: int, axes: _Axes, size: float) -> Iterator[str]:
    """Left filled round, right an open diamond, square where no side was given; hollow for a stated zero."""
    x, left, right, no_side = axes.x(part), course.left[part], course.right[part], course.no_side[part]
    if right is not None:
        y, far = axes.y(right), size * 1.4
        shape = f"M{x - far:.1f} {y:.1f}L{x:.1f} {y - far:.1f}L{x + far:.1f} {y:.1f}L{x:.1f} {y + far:.1f}Z"
        yield f'<path d="{shape}" fill="{_SURFACE}" stroke="{PAIN}"/>'
    if left is not None:
        fill = PAIN if left else _SURFACE
        yield f'<circle cx="{x:.1f}" cy="{axes.y(left):.1f}" r="{size:.1f}" fill="{fill}" stroke="{PAIN}"/>'
    if no_side is not None:
        fill, y = PAIN if no_side else _SURFACE, axes.y(no_side)
        yield (
            f'<rect x="{x - size:.1f}" y="{y - size:.1f}" width="{2 * size:.1f}" height="{2 * size:.1f}" '
            f'fill="{fill}" stroke="{PAIN}"/>'
        )


def _distance(course: Course) -> Drawing:
    axes = _Axes(len(course.begins), _round_up(max(value for value in course.distance if value is not None)))
    bars = _bars(course.distance, course.unknown["distance"], axes, VOLUME)
    return f"Distance by {course.by} ({course.unit})", axes, bars


def _round_up(value: float) -> float:
    """The next of the round tops; 1 at least."""
    if value <= 1:
        return 1.0
    power = 10.0 ** math.floor(math.log10(value))
    return next(top * power for top in _ROUND if top * power >= value)


def _adherence(course: Course) -> Drawing:
    """Blank where nothing was prescribed, hatched where something was and nothing is known."""
    axes = _Axes(len(course.begins), 100.0)
    shares = [None if share is None else share * 100 for share in course.adherence]
    bars = _bars(shares, course.unknown["adherence"], axes, ADHERENCE)
    return f"Hip-strength sessions done of those prescribed by {course.by} (%)", axes, bars


def _bars(values: Sequence[float | None], unknown: Sequence[float], axes: _Axes, colour: str) -> Iterator[str]:
    yield from _hatches(unknown, axes)
    foot, width = _TOP + _HEIGHT, min(axes.step * 0.72, _WIDEST_BAR)
    for part, value in enumerate(values):
        if value:
            x, y = axes.x(part) - width / 2, axes.y(value)
            yield f'<rect x="{x:.1f}" y="{y:.1f}" width="{width:.2f}" height="{foot - y:.1f}" fill="{colour}"/>'
        elif value == 0:
            size = max(min(axes.step * 0.3, 3.0), 1.2)
            circle = f'cx="{axes.x(part):.1f}" cy="{foot:.1f}" r="{size:.1f}"'
            yield f'<circle {circle} fill="{_SURFACE}" stroke="{colour}" stroke-width="1.5"/>'


def _hatches(unknown: Sequence[float], axes: _Axes) -> Iterator[str]:
    """A pale band with slanted lines over each part that is not known, as far down as its share."""
    for part, share in enumerate(unknown):
        if share:
            left, high = axes.x(part) - axes.step / 2, _HEIGHT * share
            yield f'<rect x="{left:.1f}" y="{_TOP}" width="{axes.step:.2f}" height="{high:.1f}" fill="#F0F0F0"/>'
            yield f'<path d="{_slants(left, left + axes.step, high)}" stroke="{_GREY}" stroke-width="0.6"/>'


def _slants(left: float, right: float, high: float) -> str:
    """Lines at 45 degrees that go on from one part into the next: x + y is the same all along each of them."""
    low = _TOP + high
    first, last = math.ceil((left + _TOP) / _HATCH), math.floor((right + low) / _HATCH)
    sums = (at * _HATCH for at in range(first, last + 1))
    ends = ((max(left, one - low), min(right, one - _TOP), one) for one in sums)
    return "".join(f"M{start:.1f} {one - start:.1f}L{end:.1f} {one - end:.1f}" for start, end, one in ends)


def _line(values: Line, axes: _Axes, dash: str) -> Iterator[str]:
    """From part to part where both are known: no line crosses a gap."""
    for part, (one, following) in enumerate(pairwise(values)):
        if one is not None and following is not None:
            way = f"M{axes.x(part):.1f} {axes.y(one):.1f}L{axes.x(part + 1):.1f} {axes.y(following):.1f}"
            yield f'<path d="{way}" stroke="{PAIN}" stroke-dasharray="{dash}" stroke-width="1.3" fill="none"/>'


def _frame(axes: _Axes, course: Course, title: str) -> Iterator[str]:
    """The title with the unit, the baseline, the middle and the top, and some parts by when they begin."""
    yield f'<text x="0" y="11">{escape(title)}</text>'
    for value in (0.0, axes.top / 2, axes.top):
        y = axes.y(value)
        yield f'<path d="M{_LEFT} {y:.1f}H{_WIDTH - _RIGHT}" stroke="{_INK}" stroke-opacity="0.25" stroke-width="0.7"/>'
        yield f'<text x="{_LEFT - 4}" y="{y + 4:.1f}" text-anchor="end">{escape(number(value))}</text>'
    for part in range(0, axes.parts, _every(axes, course)):
        label = _tick(course, part)
        half = len(label) * _LETTER / 2  # a label that is wider than its place begins or ends with the picture
        x = min(max(axes.x(part), half), _WIDTH - half)
        yield f'<text x="{x:.1f}" y="{_TOP + _HEIGHT + 15}" text-anchor="middle">{escape(label)}</text>'


def _every(axes: _Axes, course: Course) -> int:
    """From which part to which next one the names have room, and a space between them."""
    widest = max(len(_tick(course, part)) for part in range(axes.parts)) + 1
    return max(math.ceil(axes.parts / _TICKS), math.ceil(widest * _LETTER / axes.step))


def _tick(course: Course, part: int) -> str:
    """'3 Aug', '3 Aug 2026' where the weeks go on for long, 'Aug 2026' for the beginning of a month or quarter."""
    begins = course.begins[part]
    if course.by == "week":
        return short_day(begins, year=len(course.begins) > _WEEKS_WITHOUT_YEAR)
    return short_day(begins).removeprefix("1 ")


_DRAWN: Final = {"pain": _pain, "distance": _distance, "adherence": _adherence}
