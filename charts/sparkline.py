"""A course of a few weeks as a picture for a cell of a table. Streamlit's own sparklines take no unknown value, and a
zero in its place would be untrue: here a week that is not known is a grey hatch, and every line has a gap."""

from base64 import b64encode
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Final, Literal

from charts.chart import ADHERENCE, CARD, PAIN, UNKNOWN, VOLUME, Theme

Measure = Literal["pain", "done", "distance"]

WIDTH: Final = 120
HEIGHT: Final = 32
_EDGE: Final = 4  # px that marks need beyond the highest and lowest value
_COLOUR: Final[dict[Measure, str]] = {"pain": PAIN, "done": ADHERENCE, "distance": VOLUME}
_TOP: Final[dict[Measure, float | None]] = {"pain": 10.0, "done": 1.0, "distance": None}  # None: the highest value


def sparkline(course: Sequence[float | None], measure: Measure, theme: Theme) -> str:
    """The address (`data:`) of an SVG picture: pain as points and a line, the others as bars, from 0 up."""
    top = _TOP[measure] or max((value for value in course if value), default=1.0)
    step = WIDTH / max(len(course), 1)
    places = [(step * (at + 0.5), None if value is None else _y(value, top)) for at, value in enumerate(course)]
    draw = _line if measure == "pain" else _bars
    marks = [*_unknown(places, step, theme), *draw(places, step, _COLOUR[measure], theme)]
    svg = f'<svg xmlns="http://www.w3.org/2000/svg" width="{WIDTH}" height="{HEIGHT}">{"".join(marks)}</svg>'
    return f"data:image/svg+xml;base64,{b64encode(svg.encode()).decode()}"


Places = list[tuple[float, float | None]]


def _y(value: float, top: float) -> float:
    return HEIGHT - _EDGE - (HEIGHT - 2 * _EDGE) * min(value / top, 1.0)


def _unknown(places: Places, step: float, theme: Theme) -> Iterator[str]:
    for x, y in places:
        if y is None:
            half, middle = step * 0.3, HEIGHT / 2
            yield (
                f'<path d="M{x - half:.1f} {middle + 5:.1f}L{x + half:.1f} {middle - 5:.1f}" '
                f'stroke="{UNKNOWN[theme]}" stroke-width="1.5"/>'
            )


def _line(places: Places, _step: float, colour: str, _theme: Theme) -> Iterator[str]:
    for (x, y), (next_x, next_y) in pairwise(places):
        if y is not None and next_y is not None:
            yield f'<path d="M{x:.1f} {y:.1f}L{next_x:.1f} {next_y:.1f}" stroke="{colour}" stroke-width="1.5"/>'
    for x, y in places:
        if y is not None:
            yield f'<circle cx="{x:.1f}" cy="{y:.1f}" r="2.2" fill="{colour}"/>'


def _bars(places: Places, step: float, colour: str, theme: Theme) -> Iterator[str]:
    """A stated zero is a hollow mark on the baseline."""
    foot = HEIGHT - _EDGE
    for x, y in places:
        if y is not None and y < foot:
            yield (
                f'<rect x="{x - step * 0.36:.1f}" y="{y:.1f}" width="{step * 0.72:.1f}" height="{foot - y:.1f}" '
                f'fill="{colour}"/>'
            )
        elif y is not None:
            yield f'<circle cx="{x:.1f}" cy="{foot:.1f}" r="2.2" fill="{CARD[theme]}" stroke="{colour}"/>'
