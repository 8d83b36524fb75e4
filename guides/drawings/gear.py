"""The things in the picture. Sizes in centimetres."""

from collections.abc import Callable
from typing import Literal

from guides.drawings.body import Body, Leg, Point
from guides.drawings.canvas import Shape, View, circle, limb, outline, segment
from guides.drawings.figure import share_of
from guides.drawings.motion import Gear
from guides.drawings.palette import Palette
from guides.drawings.pose import Pose

CUSHION = 5.0  # its height under the heels
ROLLER = 7.5  # its radius
_ROLLER_HALF = 20.0  # half its length
CEILING = 168.0  # what a sling hangs from
_PLATE = 12.0
_BAR_HALF = 50.0  # from its middle to a plate
_BEAM = 16.0  # half of what a sling hangs from
_MAT = 32.0  # half its width
_UNDER = {"mat", "cushion", "step", "slide mat", "roller", "wall"}
Edges = tuple[float, float]


def behind(item: Gear, view: View) -> bool:
    """What the body lies or stands on is drawn first, and so is a sling that hangs behind it."""
    return item.kind in _UNDER or (item.kind == "sling" and view.side == "front")


def beyond(item: Gear, view: View, body: Body, colours: Palette) -> list[Shape]:
    """The part of a thing in the hands that is behind the body: the far half of a bar."""
    return _half_a_bar(view, body, 1, colours) if item.kind == "bar" else []


def shapes(item: Gear, view: View, body: Body, pose: Pose, colours: Palette) -> list[Shape]:
    return _DRAW[item.kind](item, view, body, pose, colours)


def _slab(view: View, along: Edges, depth: Edges, height: float, colours: Palette) -> list[Shape]:
    """A flat thing on the floor: its upper side and the side towards the viewer."""
    (left, right), (far, near) = along, depth
    upper = [view.on_floor(at, depth, height) for at, depth in ((left, far), (right, far), (right, near), (left, near))]
    face = [view.on_floor(at, near, y) for at, y in ((left, height), (right, height), (right, 0), (left, 0))]
    return [
        Shape(outline(upper), colours.gear_top, colours.gear, 3),
        Shape(outline(face), colours.gear, colours.gear, 3),
    ]


def _mat(item: Gear, view: View, _body: Body, _pose: Pose, colours: Palette) -> list[Shape]:
    if view.side == "above":
        rim = [view.spot(Point(x, 0, z)) for x, z in ((_MAT, item.low), (_MAT, item.high))]
        rim += [view.spot(Point(-_MAT, 0, z)) for z in (item.high, item.low)]
        return [Shape(outline(rim), colours.gear_top, colours.gear, 3)]
    if view.side == "front":  # end on it is a speck
        return []
    return _slab(view, (item.low, item.high), item.depth, 0.6, colours)


def _cushion(item: Gear, view: View, body: Body, _pose: Pose, colours: Palette) -> list[Shape]:
    back = body.right_leg.heel.z - 1
    depth = (-17.0 if item.on == "feet" else 2.0, 17.0)
    return _slab(view, (back, back + 23), depth, CUSHION, colours)


def _slide_mat(_item: Gear, view: View, body: Body, _pose: Pose, colours: Palette) -> list[Shape]:
    middle = body.left_leg.ankle.x
    return _slab(view, (middle - 15, middle + 15), (-12, 22), 0.6, colours)


def _step(item: Gear, view: View, _body: Body, _pose: Pose, colours: Palette) -> list[Shape]:
    return _slab(view, (item.low, item.high), item.depth, item.height, colours)


def _sling(_item: Gear, view: View, body: Body, _pose: Pose, colours: Palette) -> list[Shape]:
    foot = share_of(body.left_leg.ankle, body.left_leg.toe, 0.5)
    hook, spot = view.spot(Point(foot.x, CEILING, -40)), view.spot(foot)
    half = _BEAM * view.scale
    return [
        Shape(segment((hook[0] - half, hook[1]), (hook[0] + half, hook[1])), stroke=colours.quiet, width=8),
        Shape(segment(hook, spot), stroke=colours.gear, width=4),
        Shape(circle(hook, 5), colours.gear),
        Shape(circle(spot, 6 * view.scale), stroke=colours.gear, width=4),
    ]


def _kettlebell(item: Gear, view: View, body: Body, _pose: Pose, colours: Palette) -> list[Shape]:
    left, right = body.left_arm.hand, body.right_arm.hand
    x, y = view.spot(left if item.on == "left hand" else share_of(left, right, 0.5))
    unit = view.scale
    handle = [(x - 5 * unit, y + 8 * unit), (x - 3.6 * unit, y), (x + 3.6 * unit, y), (x + 5 * unit, y + 8 * unit)]
    return [
        Shape(outline(handle, closed=False), stroke=colours.gear, width=5),
        Shape(circle((x, y + 11 * unit), 7.5 * unit), colours.gear, rim=colours.paper),
    ]


def _bar(_item: Gear, view: View, body: Body, _pose: Pose, colours: Palette) -> list[Shape]:
    return _half_a_bar(view, body, -1, colours)


def _half_a_bar(view: View, body: Body, side: Literal[-1, 1], colours: Palette) -> list[Shape]:
    """From between the hands to the plate on the runner's right (-1) or left (1)."""
    middle = share_of(body.left_arm.hand, body.right_arm.hand, 0.5)
    end = view.spot(middle.plus(Point(side * _BAR_HALF, 0, 0)))
    plate = Shape(circle(end, _PLATE * view.scale), stroke=colours.gear, width=5)
    return [Shape(segment(view.spot(middle), end), stroke=colours.gear, width=5), plate]


def _band(item: Gear, view: View, body: Body, _pose: Pose, colours: Palette) -> list[Shape]:
    left, right = (_wrapped(leg, item) for leg in (body.left_leg, body.right_leg))
    way, beyond = left.minus(right).unit(), 5.0 if item.on == "ankles" else 7.0
    ends = view.spot(right.plus(way, -beyond)), view.spot(left.plus(way, beyond))
    loop = limb(*ends, 3.2 * view.scale, 3.2 * view.scale)
    return [Shape(loop, stroke=colours.paper, width=7), Shape(loop, stroke=colours.gear, width=4)]


def _wrapped(leg: Leg, item: Gear) -> Point:
    return share_of(leg.knee, leg.ankle, 0.85) if item.on == "ankles" else share_of(leg.hip, leg.knee, 0.8)


def _wall(item: Gear, view: View, _body: Body, _pose: Pose, colours: Palette) -> list[Shape]:
    ends, (depth, _) = (item.low, item.high), item.depth
    corners = [view.on_floor(at, depth, y) for y, row in ((0.0, ends), (item.height, ends[::-1])) for at in row]
    return [Shape(outline(corners), colours.ground, colours.quiet, 2)]


def _roller(item: Gear, view: View, _body: Body, pose: Pose, colours: Palette) -> list[Shape]:
    centre = Point(*(pose.gear or (0, ROLLER, 0)))
    if view.side == "above":
        ends = centre._replace(z=centre.z + item.low), centre._replace(z=centre.z + item.high)
        a, b = map(view.spot, ends)
        half = ROLLER * view.scale
        corners = [(a[0], a[1] - half), (b[0], b[1] - half), (b[0], b[1] + half), (a[0], a[1] + half)]
        return [Shape(outline(corners), colours.gear, colours.gear, 3)]
    near, far = (view.spot(centre._replace(x=centre.x + side * _ROLLER_HALF)) for side in (-1, 1))
    return [
        Shape(limb(near, far, ROLLER * view.scale, ROLLER * view.scale), colours.gear),
        Shape(circle(near, ROLLER * 0.6 * view.scale), colours.paper),
    ]


_DRAW: dict[str, Callable[[Gear, View, Body, Pose, Palette], list[Shape]]] = {
    "mat": _mat,
    "cushion": _cushion,
    "slide mat": _slide_mat,
    "step": _step,
    "sling": _sling,
    "kettlebell": _kettlebell,
    "bar": _bar,
    "band": _band,
    "roller": _roller,
    "wall": _wall,
}
