"""Where a point of the body falls on the page, and the few outlines the drawings are made of.

An outline keeps its commands whatever the pose, so that an animation can lead from one to the next.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from html import escape
from itertools import pairwise
from math import acos, atan2, cos, hypot, radians, sin

from guides.drawings.body import Point
from guides.drawings.motion import ViewName

Spot = tuple[float, float]
WIDTH = 360  # viewBox width of every drawing: about the text column of a phone, so 15 units are about 15 px there
FONT_SIZE = 15
# How far the camera looks down, in degrees: a little on who stands, so that the floor is a plane; more on who lies, so
# that a knee in front of the body is seen to be there.
_LOOKS_DOWN = {"front": radians(10), "side": radians(8), "raised": radians(20)}
_ASKEW = 0.22  # seen from the side, what is far is a little to the right, so that the far leg shows beside the near one


@dataclass(frozen=True)
class View:
    """An orthographic camera: `at` is where the body's origin (on the floor) falls, `scale` is units per centimetre."""

    side: ViewName
    at: Spot
    scale: float

    def spot(self, point: Point) -> Spot:
        if self.side == "above":
            across, up = point.z, point.x
        else:
            down = _LOOKS_DOWN[self.side]
            across, up = self._across(point), point.y * cos(down) - self.nearness(point) * sin(down)
        return self.at[0] + across * self.scale, self.at[1] - up * self.scale

    def nearness(self, point: Point) -> float:
        """How far towards the viewer, on the floor."""
        return point.z if self.side == "front" else -point.x

    def on_floor(self, along: float, near: float, height: float = 0.0) -> Spot:
        """The place so far along the line of sight's foot: `along` across the page, `near` towards the viewer."""
        return self.spot(Point(along, height, near) if self.side == "front" else Point(-near, height, along))

    def _across(self, point: Point) -> float:
        return point.x if self.side == "front" else point.z + _ASKEW * point.x


@dataclass(frozen=True)
class Shape:
    """A path and its paint; `rim` is the colour of a thin edge behind the fill."""

    d: str
    fill: str = "none"
    stroke: str = "none"
    width: float = 0
    dashes: str = ""
    rim: str = ""

    @property
    def paint(self) -> str:
        if self.rim:
            return f'fill="{self.fill}" stroke="{self.rim}" stroke-width="3" paint-order="stroke"'
        if self.stroke == "none":
            return f'fill="{self.fill}"'
        dashed = f' stroke-dasharray="{self.dashes}"' if self.dashes else ""
        ends = f' stroke-width="{self.width:g}" stroke-linecap="round" stroke-linejoin="round"'
        return f'fill="{self.fill}" stroke="{self.stroke}"{ends}{dashed}'


def number(value: float) -> str:
    """One decimal, and none that says nothing: '12.5', '3', '-.4'."""
    text = f"{round(value, 1) + 0.0:.1f}".removesuffix(".0")
    return text.replace("0.", ".", 1) if text.startswith(("0.", "-0.")) else text


def numbers(*values: float) -> str:
    """Numbers of a path, with a space only where the next would run into the one before."""
    texts = [number(value) for value in values]
    return texts[0] + "".join(text if text.startswith("-") else f" {text}" for text in texts[1:])


def _on_grid(spot: Spot) -> Spot:
    return round(spot[0], 1), round(spot[1], 1)


def _from(start: Spot, end: Spot) -> str:
    """The way between two spots of the grid: shorter to write than the spot itself."""
    return numbers(end[0] - start[0], end[1] - start[1])


def outline(points: Iterable[Spot], closed: bool = True) -> str:
    spots = [_on_grid(point) for point in points]
    ways = "".join(f"l{_from(*ends)}" for ends in pairwise(spots))
    return f"M{numbers(*spots[0])}{ways}{'z' if closed else ''}"


def limb(a: Spot, b: Spot, radius_a: float, radius_b: float) -> str:
    """Two circles of the given radii and what lies between them."""
    heading = atan2(b[1] - a[1], b[0] - a[0])
    # Seen end on, one circle would swallow the other; it is kept a little outside, so that there are always two arcs.
    gap = max(hypot(b[0] - a[0], b[1] - a[1]), abs(radius_a - radius_b) / 0.9, 0.2)
    b = a[0] + gap * cos(heading), a[1] + gap * sin(heading)
    opening = acos((radius_a - radius_b) / gap)
    around_a, around_b = _on_circle(a, radius_a), _on_circle(b, radius_b)
    one, two = around_a(heading + opening), around_a(heading - opening)
    three, four = around_b(heading - opening), around_b(heading + opening)
    return (
        f"M{numbers(*one)}{_arc(one, two, radius_a, radius_a > radius_b)}"
        f"l{_from(two, three)}{_arc(three, four, radius_b, radius_b > radius_a)}z"
    )


def _on_circle(centre: Spot, radius: float) -> Callable[[float], Spot]:
    return lambda turn: _on_grid((centre[0] + radius * cos(turn), centre[1] + radius * sin(turn)))


def _arc(start: Spot, end: Spot, radius: float, far: bool, clockwise: bool = True) -> str:
    return f"a{numbers(radius, radius, 0)} {int(far)} {int(clockwise)} {_from(start, end)}"


def circle(centre: Spot, radius: float) -> str:
    left, right = _on_grid((centre[0] - radius, centre[1])), _on_grid((centre[0] + radius, centre[1]))
    return f"M{numbers(*left)}{_arc(left, right, radius, False)}{_arc(right, left, radius, False)}z"


def cap(start: Spot, end: Spot, pull: Spot, radius: float, clockwise: bool) -> str:
    """Part of a disc, cut off by a curve that `pull` bends."""
    start, end, pull = _on_grid(start), _on_grid(end), _on_grid(pull)
    return f"M{numbers(*start)}{_arc(start, end, radius, False, clockwise)}q{_from(end, pull)} {_from(end, start)}z"


def segment(a: Spot, b: Spot) -> str:
    return outline((a, b), closed=False)


def words(at: Spot, text: str, colour: str, size: float = FONT_SIZE, more: str = "") -> str:
    x, y = map(number, at)
    return (
        f'<text x="{x}" y="{y}" fill="{colour}" text-anchor="middle" '
        f'font-size="{size:g}" font-weight="600">{escape(text)}{more}</text>'
    )


def document(title: str, height: float, parts: Iterable[str]) -> str:
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {number(height)}" '
        f'width="{WIDTH}" height="{number(height)}" font-family="system-ui, sans-serif" role="img">'
        f"<title>{escape(title)}</title>{''.join(parts)}</svg>"
    )
