"""The things in the picture. Sizes in centimetres."""

from collections.abc import Callable

from guides.drawings.body import Body, Leg, Point
from guides.drawings.canvas import Shape, Spot, View, circle, limb, outline, segment
from guides.drawings.figure import share_of
from guides.drawings.motion import Gear
from guides.drawings.palette import Palette
from guides.drawings.pose import Pose

CUSHION = 5.0  # its height under the heels
ROLLER = 7.5  # its radius
CEILING = 142.0  # where a sling is cut off by the picture
_PLATE = 16.0
_MAT = 32.0  # half its width
_UNDER = {"mat", "cushion", "step", "slide mat", "roller"}


def behind(item: Gear, view: View) -> bool:
    """What the body lies or stands on is drawn first, and so is a sling that hangs behind it."""
    return item.kind in _UNDER or (item.kind == "sling" and view.side == "front")


def shapes(item: Gear, view: View, body: Body, pose: Pose, colours: Palette) -> list[Shape]:
    return _DRAW[item.kind](item, view, body, pose, colours)


def _mat(item: Gear, view: View, _body: Body, _pose: Pose, colours: Palette) -> list[Shape]:
    if view.side == "front":  # end on it is a speck
        return []
    if view.side == "above":
        rim = [view.spot(Point(x, 0, z)) for x, z in ((_MAT, item.low), (_MAT, item.high))]
        rim += [view.spot(Point(-_MAT, 0, z)) for z in (item.high, item.low)]
        return [Shape(outline(rim), stroke=colours.gear, width=3)]
    ends = view.spot(Point(0, -1.2, item.low)), view.spot(Point(0, -1.2, item.high))
    return [Shape(segment(*ends), stroke=colours.gear, width=5)]


def _cushion(_item: Gear, view: View, body: Body, _pose: Pose, colours: Palette) -> list[Shape]:
    heel, half = body.right_leg.heel, CUSHION / 2
    a, b = view.spot(Point(0, half, heel.z - 1)), view.spot(Point(0, half, heel.z + 22))
    return [Shape(limb(a, b, half * view.scale, half * view.scale), colours.gear)]


def _slide_mat(_item: Gear, view: View, body: Body, _pose: Pose, colours: Palette) -> list[Shape]:
    x, y = view.spot(Point(body.left_leg.ankle.x, 0, 6))
    half, unit = 15 * view.scale, view.scale
    corners = [(x - half * 0.85, y - 3 * unit), (x + half * 0.85, y - 3 * unit), (x + half, y + 3 * unit)]
    return [Shape(outline([*corners, (x - half, y + 3 * unit)]), colours.gear, colours.gear, 3)]


def _step(item: Gear, view: View, _body: Body, _pose: Pose, colours: Palette) -> list[Shape]:
    left, right = item.low, item.high
    top = [_box(view, x, item.height, z) for x, z in ((left, -14), (right, -14), (right, 18), (left, 18))]
    face = [_box(view, x, y, 18) for x, y in ((left, item.height), (right, item.height), (right, 0), (left, 0))]
    return [
        Shape(outline(top), colours.paper, colours.gear, 3),
        Shape(outline(face), colours.gear, colours.gear, 3),
    ]


def _box(view: View, across: float, y: float, depth: float) -> Spot:
    return view.spot(Point(across, y, depth))


def _sling(_item: Gear, view: View, body: Body, _pose: Pose, colours: Palette) -> list[Shape]:
    foot = share_of(body.left_leg.ankle, body.left_leg.toe, 0.5)
    hook, spot = view.spot(Point(foot.x, CEILING, -40)), view.spot(foot)
    return [
        Shape(segment(hook, spot), stroke=colours.gear, width=4),
        Shape(circle(hook, 5), colours.gear),
        Shape(circle(spot, 6 * view.scale), stroke=colours.gear, width=4),
    ]


def _kettlebell(_item: Gear, view: View, body: Body, _pose: Pose, colours: Palette) -> list[Shape]:
    x, y = view.spot(share_of(body.left_arm.hand, body.right_arm.hand, 0.5))
    unit = view.scale
    handle = [(x - 5 * unit, y + 8 * unit), (x - 3.6 * unit, y), (x + 3.6 * unit, y), (x + 5 * unit, y + 8 * unit)]
    return [
        Shape(outline(handle, closed=False), stroke=colours.gear, width=5),
        Shape(circle((x, y + 11 * unit), 7.5 * unit), colours.gear, rim=colours.paper),
    ]


def _bar(_item: Gear, view: View, body: Body, _pose: Pose, colours: Palette) -> list[Shape]:
    spot = view.spot(share_of(body.left_arm.hand, body.right_arm.hand, 0.5))
    return [
        Shape(circle(spot, _PLATE * view.scale), stroke=colours.gear, width=5),
        Shape(circle(spot, 2.4 * view.scale), colours.gear),
    ]


def _band(_item: Gear, view: View, body: Body, _pose: Pose, colours: Palette) -> list[Shape]:
    left, right = (_above_knee(leg) for leg in (body.left_leg, body.right_leg))
    (x1, y1), (x2, y2) = view.spot(right.plus(Point(-8, 0, 0))), view.spot(left.plus(Point(8, 0, 0)))
    half = 3 * view.scale
    loop = outline([(x1, y1 - half), (x2, y2 - half), (x2, y2 + half), (x1, y1 + half)])
    return [Shape(loop, stroke=colours.paper, width=6), Shape(loop, stroke=colours.gear, width=4)]


def _above_knee(leg: Leg) -> Point:
    return share_of(leg.hip, leg.knee, 0.8)


def _roller(item: Gear, view: View, _body: Body, pose: Pose, colours: Palette) -> list[Shape]:
    centre = Point(*(pose.gear or (0, ROLLER, 0)))
    if view.side == "above":
        ends = centre._replace(z=centre.z + item.low), centre._replace(z=centre.z + item.high)
        a, b = map(view.spot, ends)
        half = ROLLER * view.scale
        corners = [(a[0], a[1] - half), (b[0], b[1] - half), (b[0], b[1] + half), (a[0], a[1] + half)]
        return [Shape(outline(corners), colours.gear, colours.gear, 3)]
    spot = view.spot(centre)
    return [
        Shape(circle(spot, ROLLER * view.scale), colours.gear),
        Shape(circle(spot, ROLLER * 0.45 * view.scale), colours.paper),
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
}
