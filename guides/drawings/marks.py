"""The lines that show what to look at."""

from collections.abc import Callable

from guides.drawings.body import UP, Body
from guides.drawings.canvas import Shape, Spot, View, circle, outline, segment
from guides.drawings.motion import Mark
from guides.drawings.palette import Palette

_DOTS = "1 6"


def shapes(mark: Mark, view: View, body: Body, colours: Palette) -> list[Shape]:
    return _DRAW[mark](view, body, colours)


def _dotted(a: Spot, b: Spot, colour: str, colours: Palette) -> list[Shape]:
    """Legible on any limb it crosses."""
    return [
        Shape(segment(a, b), stroke=colours.paper, width=5),
        Shape(segment(a, b), stroke=colour, width=3, dashes=_DOTS),
    ]


def _dot(at: Spot, colours: Palette) -> Shape:
    return Shape(circle(at, 6), colours.look, rim=colours.paper)


def _knee(view: View, body: Body, colours: Palette) -> list[Shape]:
    """From the middle of the kneecap to the floor: it shows where the knee is over the foot."""
    spot = view.spot(body.right_leg.knee)
    ground = view.spot(body.right_leg.toe._replace(y=body.right_leg.toe.y - 3))[1]
    return [*_dotted(spot, (spot[0], ground + 6), colours.look, colours), _dot(spot, colours)]


def _hips(view: View, body: Body, colours: Palette) -> list[Shape]:
    """The line through both hips, beside the horizontal."""
    across = body.trunk.left_hip.minus(body.trunk.right_hip).unit()
    start, end = view.spot(body.trunk.right_hip.plus(across, -9)), view.spot(body.trunk.left_hip.plus(across, 13))
    level = (start[0] - 6, start[1]), (end[0] + 4, start[1])
    line = Shape(segment(start, end), stroke=colours.look, width=5)
    return [*_dotted(*level, colours.text, colours), line, _dot(start, colours), _dot(end, colours)]


def _trunk(view: View, body: Body, colours: Palette) -> list[Shape]:
    """From the pelvis to the head, beside the vertical."""
    pelvis, head = body.trunk.pelvis, body.trunk.head
    start, end, upright = view.spot(pelvis), view.spot(head), view.spot(pelvis.plus(UP, head.y - pelvis.y))
    line = Shape(segment(start, end), stroke=colours.look, width=5)
    return [*_dotted(start, upright, colours.text, colours), line, _dot(start, colours), _dot(end, colours)]


def _bridge(view: View, body: Body, colours: Palette) -> list[Shape]:
    """Shoulders, hips and knee, beside the straight line from the first to the last."""
    hip, chest = body.trunk.right_hip, body.trunk.chest._replace(x=body.trunk.right_hip.x)  # all at one depth
    spots = [view.spot(point) for point in (chest, hip, body.right_leg.knee)]
    lines = [Shape(segment(spots[0], spots[1]), stroke=colours.look, width=5)]
    lines.append(Shape(segment(spots[1], spots[2]), stroke=colours.look, width=5))
    return [*lines, *_dotted(spots[0], spots[2], colours.text, colours), *(_dot(spot, colours) for spot in spots)]


def verdict(well: bool, at: Spot, colours: Palette) -> list[Shape]:
    """A tick in a ring, or a cross on a disc: they differ in shape as well as in colour."""
    x, y = at
    if well:
        tick = outline([(x - 5, y), (x - 1, y + 4), (x + 5, y - 4)], closed=False)
        return [Shape(circle(at, 11), stroke=colours.text, width=2), Shape(tick, stroke=colours.text, width=3)]
    strokes = segment((x - 4, y - 4), (x + 4, y + 4)) + segment((x - 4, y + 4), (x + 4, y - 4))
    return [Shape(circle(at, 12), colours.look), Shape(strokes, stroke=colours.paper, width=3)]


_DRAW: dict[Mark, Callable[[View, Body, Palette], list[Shape]]] = {
    "knee": _knee,
    "hips": _hips,
    "trunk": _trunk,
    "bridge": _bridge,
}
