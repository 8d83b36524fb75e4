"""Where a point of the body falls on the page, and the few SVG shapes the drawings are made of."""

from collections.abc import Iterable
from dataclasses import dataclass
from html import escape
from math import acos, atan2, cos, hypot, pi, radians, sin
from typing import Literal

from guides.drawings.body import Point
from guides.drawings.palette import Palette

Spot = tuple[float, float]
WIDTH = 360  # viewBox width of every drawing: about the text column of a phone, so 15 units are about 15 px there
FONT_SIZE = 15
_ELEVATION = radians(10)  # a front view looks down a little, so that feet have a length


@dataclass(frozen=True)
class View:
    """An orthographic camera: `at` is where the body's origin (on the floor) falls, `scale` is units per centimetre."""

    side: Literal["front", "side"]
    at: Spot
    scale: float

    def spot(self, point: Point) -> Spot:
        if self.side == "side":
            across, up = point.z, point.y
        else:
            across, up = point.x, point.y * cos(_ELEVATION) - point.z * sin(_ELEVATION)
        return self.at[0] + across * self.scale, self.at[1] - up * self.scale


def number(value: float) -> str:
    return f"{value:.1f}".removesuffix(".0")


def path(points: Iterable[Spot], fill: str, rim: str = "none", width: float = 1.5, opacity: float = 1) -> str:
    """A closed shape with soft corners."""
    d = "M" + " L".join(f"{number(x)},{number(y)}" for x, y in points) + "Z"
    faint = f' opacity="{opacity:g}"' if opacity < 1 else ""
    return f'<path d="{d}" fill="{fill}" stroke="{rim}" stroke-width="{number(width)}" stroke-linejoin="round"{faint}/>'


def tapered(a: Spot, b: Spot, radius_a: float, radius_b: float, fill: str, rim: str, width: float) -> str:
    """A limb: two circles of the given radii and what lies between them."""
    gap = hypot(b[0] - a[0], b[1] - a[1])
    if gap <= abs(radius_a - radius_b):
        centre, radius = (a, radius_a) if radius_a > radius_b else (b, radius_b)
        return disc(centre, radius, fill, rim, width)
    heading = atan2(b[1] - a[1], b[0] - a[0])
    open_angle = acos((radius_a - radius_b) / gap)
    points = [*_arc(a, radius_a, heading + open_angle, heading + 2 * pi - open_angle)]
    points += _arc(b, radius_b, heading - open_angle, heading + open_angle)
    return path(points, fill, rim, width)


def _arc(centre: Spot, radius: float, start: float, end: float, steps: int = 12) -> list[Spot]:
    turns = (start + (end - start) * step / steps for step in range(steps + 1))
    return [(centre[0] + radius * cos(turn), centre[1] + radius * sin(turn)) for turn in turns]


def disc(centre: Spot, radius: float, fill: str, rim: str = "none", width: float = 1.5) -> str:
    x, y = map(number, centre)
    return f'<circle cx="{x}" cy="{y}" r="{number(radius)}" fill="{fill}" stroke="{rim}" stroke-width="{width:g}"/>'


def line(a: Spot, b: Spot, colour: str, width: float = 2, dashes: str = "") -> str:
    (x1, y1), (x2, y2) = tuple(map(number, a)), tuple(map(number, b))
    dashed = f' stroke-dasharray="{dashes}"' if dashes else ""
    return (
        f'<line x1="{x1}" y1="{y1}" x2="{x2}" y2="{y2}" stroke="{colour}" '
        f'stroke-width="{width:g}" stroke-linecap="round"{dashed}/>'
    )


def arrow(a: Spot, b: Spot, colour: str, width: float = 3) -> str:
    heading = atan2(b[1] - a[1], b[0] - a[0])
    wings = [(b[0] - 9 * cos(heading + turn), b[1] - 9 * sin(heading + turn)) for turn in (-0.5, 0.5)]
    return line(a, b, colour, width) + line(b, wings[0], colour, width) + line(b, wings[1], colour, width)


def words(
    at: Spot, text: str, colour: str, anchor: Literal["start", "middle", "end"] = "middle", bold: bool = False
) -> str:
    x, y = map(number, at)
    weight = ' font-weight="600"' if bold else ""
    return (
        f'<text x="{x}" y="{y}" fill="{colour}" text-anchor="{anchor}" '
        f'font-size="{FONT_SIZE}"{weight}>{escape(text)}</text>'
    )


def document(title: str, height: float, parts: Iterable[str]) -> str:
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {number(height)}" '
        f'width="{WIDTH}" height="{number(height)}" font-family="system-ui, sans-serif" role="img">'
        f"<title>{escape(title)}</title>{''.join(parts)}</svg>"
    )


def plumb(a: Spot, b: Spot, colours: Palette) -> str:
    """A dotted line to look at, legible on any limb it crosses."""
    return line(a, b, colours.paper, 5) + line(a, b, colours.look, 3, "1 6")


def floor(left: float, right: float, y: float, colours: Palette) -> str:
    return line((left, y), (right, y), colours.quiet, 2)
