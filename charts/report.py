"""The pictures of a report as SVG: for paper, so dark on white, with no script and nothing to fetch.

A week that is not known is hatched grey, a stated zero a hollow mark on the baseline, and every line has a gap where a
week is not known.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from html import escape
from itertools import pairwise
from typing import Final

from analysis.phrases import number, short_day
from analysis.report_parts import Course, Line, Picture
from charts.chart import ADHERENCE, INK, PAIN, UNKNOWN, VOLUME

_WIDTH: Final = 440  # narrow, so that a phone shrinks the letters little
_LEFT: Final = 30
_RIGHT: Final = 10
_TOP: Final = 20
_HEIGHT: Final = 90  # of the plot
_FOOT: Final = 22
_TICKS: Final = 5  # weeks named on the axis, at most
_WORST: Final = 10
_INK: Final = INK["light"]
_GREY: Final = UNKNOWN["light"]
_SURFACE: Final = "#FFFFFF"


@dataclass(frozen=True)
class _Axes:
    """Where weeks and values stand; `top` is the highest value."""

    weeks: int
    top: float

    @property
    def step(self) -> float:
        return (_WIDTH - _LEFT - _RIGHT) / max(self.weeks, 1)

    def x(self, week: int) -> float:
        return _LEFT + self.step * (week + 0.5)

    def y(self, value: float) -> float:
        return _TOP + _HEIGHT * (1 - min(value / self.top, 1.0))


def picture(name: Picture, course: Course, words: str) -> str:
    """One picture as an `<svg>` element; `words` say the same. Nothing without a week."""
    if not course.weeks:
        return ""
    title, axes, marks = _DRAWN[name](course)
    body = "".join([*_frame(axes, course, title), *marks])
    height = _TOP + _HEIGHT + _FOOT
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDTH} {height}" role="img" '
        f'aria-label="{escape(words)}" font-family="sans-serif" font-size="11" fill="{_INK}">{body}</svg>'
    )


Drawing = tuple[str, _Axes, Iterator[str]]


def _pain(course: Course) -> Drawing:
    axes = _Axes(len(course.weeks), _WORST)
    both = [_first(values) for values in zip(course.left, course.right, course.no_side, strict=True)]
    return (
        "Worst pain while running, 0 to 10 (● left, ◇ right, ■ side not given)",
        axes,
        _pain_marks(course, both, axes),
    )


def _pain_marks(course: Course, known: Line | list[float | None], axes: _Axes) -> Iterator[str]:
    yield from _hatches(known, axes)
    yield from _line(course.left, axes, "none")
    yield from _line(course.right, axes, "5 3")
    yield from _line(course.no_side, axes, "1.5 3")
    size = max(min(axes.step * 0.3, 3.2), 1.2)
    for week in range(axes.weeks):
        yield from _points(course, week, axes, size)


def _points(course: Course, week: int, axes: _Axes, size: float) -> Iterator[str]:
    """Left filled round, right an open diamond, square where no side was given; hollow for a stated zero."""
    x, left, right, no_side = axes.x(week), course.left[week], course.right[week], course.no_side[week]
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
    axes = _Axes(len(course.weeks), max((value for value in course.distance if value), default=1.0))
    return f"Distance by week ({course.unit})", axes, _bars(course.distance, course.distance, axes, VOLUME)


def _adherence(course: Course) -> Drawing:
    """Blank where nothing was prescribed, hatched where something was and nothing is known."""
    axes = _Axes(len(course.weeks), 100.0)
    shares = [None if share is None else share * 100 for share in course.adherence]
    told = [0.0 if not prescribed else share for prescribed, share in zip(course.prescribed, shares, strict=True)]
    return "Hip-strength sessions done of those prescribed (%)", axes, _bars(shares, told, axes, ADHERENCE)


def _bars(values: Sequence[float | None], told: Sequence[float | None], axes: _Axes, colour: str) -> Iterator[str]:
    yield from _hatches(told, axes)
    foot = _TOP + _HEIGHT
    for week, value in enumerate(values):
        if value:
            x, y = axes.x(week) - axes.step * 0.36, axes.y(value)
            yield (
                f'<rect x="{x:.1f}" y="{y:.1f}" width="{axes.step * 0.72:.2f}" height="{foot - y:.1f}" '
                f'fill="{colour}"/>'
            )
        elif value == 0:
            size = max(min(axes.step * 0.3, 3.0), 1.2)
            circle = f'cx="{axes.x(week):.1f}" cy="{foot:.1f}" r="{size:.1f}"'
            yield f'<circle {circle} fill="{_SURFACE}" stroke="{colour}" stroke-width="1.5"/>'


def _hatches(told: Sequence[float | None], axes: _Axes) -> Iterator[str]:
    """A pale band with slanted lines over each week that is not known."""
    for week, value in enumerate(told):
        if value is None:
            left, right = axes.x(week) - axes.step / 2, axes.x(week) + axes.step / 2
            yield f'<rect x="{left:.1f}" y="{_TOP}" width="{axes.step:.2f}" height="{_HEIGHT}" fill="#F0F0F0"/>'
            slants = "".join(
                f"M{left:.1f} {_TOP + at + 10}L{right:.1f} {_TOP + at}" for at in range(0, _HEIGHT - 9, 10)
            )
            yield f'<path d="{slants}" stroke="{_GREY}" stroke-width="0.6"/>'


def _line(values: Line, axes: _Axes, dash: str) -> Iterator[str]:
    """From week to week where both are known: no line crosses a gap."""
    for week, (one, following) in enumerate(pairwise(values)):
        if one is not None and following is not None:
            way = f"M{axes.x(week):.1f} {axes.y(one):.1f}L{axes.x(week + 1):.1f} {axes.y(following):.1f}"
            yield f'<path d="{way}" stroke="{PAIN}" stroke-dasharray="{dash}" stroke-width="1.3" fill="none"/>'


def _frame(axes: _Axes, course: Course, title: str) -> Iterator[str]:
    """The title with the unit, the baseline, the middle and the top, and some weeks by their first day."""
    yield f'<text x="0" y="11">{escape(title)}</text>'
    for value in (0.0, axes.top / 2, axes.top):
        y = axes.y(value)
        yield f'<path d="M{_LEFT} {y:.1f}H{_WIDTH - _RIGHT}" stroke="{_INK}" stroke-opacity="0.25" stroke-width="0.7"/>'
        yield f'<text x="{_LEFT - 4}" y="{y + 4:.1f}" text-anchor="end">{escape(number(value))}</text>'
    every = -(-axes.weeks // _TICKS)
    for week in range(0, axes.weeks, every):
        label = short_day(course.weeks[week], year=axes.weeks > 26)
        yield f'<text x="{axes.x(week):.1f}" y="{_TOP + _HEIGHT + 15}" text-anchor="middle">{escape(label)}</text>'


def _first(values: tuple[float | None, ...]) -> float | None:
    return next((value for value in values if value is not None), None)


_DRAWN: Final = {"pain": _pain, "distance": _distance, "adherence": _adherence}
