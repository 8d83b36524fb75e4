"""A body as flesh on the page: tapered limbs, a shirt, shorts, a head. Radii in centimetres."""

from typing import Literal, NamedTuple

from guides.drawings.body import Arm, Body, Leg, Point
from guides.drawings.canvas import Shape, Spot, View, cap, circle, limb, outline
from guides.drawings.motion import Side
from guides.drawings.palette import Palette

HEAD = 10.5


class Piece(NamedTuple):
    """A stretch of limb between two points."""

    a: Point
    b: Point
    radius_a: float
    radius_b: float


def share_of(a: Point, b: Point, share: float) -> Point:
    return a.plus(b.minus(a), share)


def _flesh(view: View, pieces: list[Piece], fill: str, colours: Palette) -> Shape:
    """The pieces as one shape: a rim around them all, none between them."""
    unit = view.scale
    return Shape(
        "".join(limb(view.spot(a), view.spot(b), one * unit, other * unit) for a, b, one, other in pieces),
        fill,
        rim=colours.paper,
    )


def _leg(view: View, leg: Leg, skin: str, colours: Palette) -> list[Shape]:
    calf, hem = share_of(leg.knee, leg.ankle, 0.3), share_of(leg.hip, leg.knee, 0.55)
    foot = (4.2, 5.2) if view.side == "front" else (3.2, 2.8)
    bare = [Piece(calf, leg.ankle, 5.6, 3.6), Piece(leg.knee, calf, 5.4, 5.6), Piece(leg.hip, leg.knee, 8.0, 5.4)]
    return [
        _flesh(view, [Piece(leg.heel, leg.toe, *foot)], colours.shorts, colours),
        _flesh(view, bare, skin, colours),
        _flesh(view, [Piece(leg.hip, hem, 8.4, 7.6)], colours.shorts, colours),
    ]


def _arm(view: View, arm: Arm, skin: str, colours: Palette) -> list[Shape]:
    fist = share_of(arm.elbow, arm.hand, 1.08)
    bare = [Piece(arm.elbow, arm.hand, 4.0, 3.0), Piece(arm.hand, fist, 3.6, 4.0)]
    bare.append(Piece(arm.shoulder, arm.elbow, 5.2, 4.0))
    sleeve = Piece(arm.shoulder, share_of(arm.shoulder, arm.elbow, 0.5), 5.8, 5.4)
    return [_flesh(view, bare, skin, colours), _flesh(view, [sleeve], colours.shirt, colours)]


def _trunk_from_side(view: View, body: Body, colours: Palette) -> list[Shape]:
    pelvis, chest = body.trunk.pelvis, body.trunk.chest
    waist, belt = share_of(pelvis, chest, 0.4), share_of(pelvis, chest, 0.12)
    shirt = [Piece(chest, waist, 9.6, 9.0), Piece(pelvis, waist, 10.0, 9.0)]
    return [
        _flesh(view, shirt, colours.shirt, colours),
        Shape(_flesh(view, [Piece(pelvis, belt, 10.0, 9.8)], "", colours).d, colours.shorts),
    ]


def _trunk_from_front(view: View, body: Body, colours: Palette) -> list[Shape]:
    torso = body.trunk
    spine = torso.chest.minus(torso.pelvis).unit()
    waist, belt = share_of(torso.pelvis, torso.chest, 0.42), share_of(torso.pelvis, torso.chest, 0.12)
    collar = share_of(torso.chest, torso.head, 0.22)
    level = torso.left_shoulder.minus(torso.right_shoulder).unit()
    hips = torso.left_hip.minus(torso.right_hip).unit()
    shirt = [(collar, level, 5.0), (torso.chest.plus(spine, 4), level, 15.0), (torso.chest, level, 20.5)]
    shirt += [(waist, level, 13.0), (belt, hips, 15.4)]
    shorts = [(belt, hips, 15.6), (torso.pelvis, hips, 16.4), (torso.pelvis.plus(spine, -7), hips, 8.0)]
    return [
        Shape(outline(_mirrored(view, shirt)), colours.shirt, colours.shirt, 4),
        Shape(outline(_mirrored(view, shorts)), colours.shorts, colours.shorts, 3),
    ]


def _mirrored(view: View, levels: list[tuple[Point, Point, float]]) -> list[Spot]:
    """An outline from its half widths: down the left, up the right."""
    left = [view.spot(centre.plus(across, half)) for centre, across, half in levels]
    right = [view.spot(centre.plus(across, -half)) for centre, across, half in levels]
    return left + right[::-1]


def _head(view: View, body: Body, shows: Literal["front", "side"], colours: Palette) -> list[Shape]:
    head, chest = body.trunk.head, body.trunk.chest
    neck = Piece(share_of(chest, head, 0.1), head, 5.6, 4.8)
    skull = circle(view.spot(head), HEAD * view.scale)
    skin = _flesh(view, [neck], colours.near, colours)
    skin = Shape(skin.d + skull, skin.fill, rim=skin.rim)
    if view.side == "above":
        return [Shape(skin.d, colours.shorts, rim=colours.paper)]
    if shows == "front":
        return [skin, _fringe(view, body, colours)]
    nose = Shape(circle(view.spot(_on_head(body, 0.98, -0.1)), 1.8 * view.scale), colours.near)
    return [skin, nose, _hair(view, [_on_head(body, *at) for at in ((0.8, 0.6), (-0.86, -0.5), (-0.35, 0.3))], colours)]


def _on_head(body: Body, ahead: float, up: float) -> Point:
    """A spot on the head in the side plane, in head radii from its middle."""
    axis = body.trunk.head.minus(body.trunk.chest).unit()
    across = body.trunk.left_shoulder.minus(body.trunk.right_shoulder).unit()
    forward = across.cross(axis)
    return body.trunk.head.plus(forward, ahead * HEAD).plus(axis, up * HEAD)


def _fringe(view: View, body: Body, colours: Palette) -> Shape:
    axis = body.trunk.head.minus(body.trunk.chest).unit()
    across = body.trunk.left_shoulder.minus(body.trunk.right_shoulder).unit()
    places = ((0.97, 0.24), (-0.97, 0.24), (0.0, 0.7))
    spots = [body.trunk.head.plus(across, x * HEAD).plus(axis, y * HEAD) for x, y in places]
    return _hair(view, spots, colours)


def _hair(view: View, ends: list[Point], colours: Palette) -> Shape:
    """A cap over the head from the first to the second spot, with the third pulling its rim."""
    start, end, pull = (view.spot(point) for point in ends)
    middle = (start[0] + end[0]) / 2 - pull[0], (start[1] + end[1]) / 2 - pull[1]
    turn = (end[0] - start[0]) * middle[1] - (end[1] - start[1]) * middle[0] > 0
    return Shape(cap(start, end, pull, HEAD * view.scale, turn), colours.shorts)


def figure(view: View, body: Body, shows: Literal["front", "side"], near: Side, colours: Palette) -> list[Shape]:
    """What is far first. A runner who shows the front has both arms before the trunk."""
    far_leg, near_leg = (body.left_leg, body.right_leg) if near == "right" else (body.right_leg, body.left_leg)
    far_arm, near_arm = (body.left_arm, body.right_arm) if near == "right" else (body.right_arm, body.left_arm)
    behind = _arm(view, far_arm, colours.near if shows == "front" else colours.far, colours)
    trunk = _trunk_from_front if shows == "front" else _trunk_from_side
    middle = [*_head(view, body, shows, colours), *trunk(view, body, colours)]
    lower = _leg(view, far_leg, colours.far, colours)
    upper = _leg(view, near_leg, colours.near, colours)
    front = _arm(view, near_arm, colours.near, colours)
    if shows == "front":
        return [*lower, *upper, *middle, *behind, *front]
    return [*behind, *lower, *middle, *upper, *front]
