"""A body as flesh on the page: tapered limbs, a shirt, shorts, a head. Radii in centimetres."""

from typing import NamedTuple

from guides.drawings.body import UP, Arm, Body, Leg, Point
from guides.drawings.canvas import Spot, View, number, path, tapered
from guides.drawings.palette import Palette

_HEAD = 10.5
_RIM = 3.0  # units of background between a limb and what it crosses


class Piece(NamedTuple):
    """A stretch of limb between two points."""

    a: Point
    b: Point
    radius_a: float
    radius_b: float
    fill: str


def flesh(view: View, pieces: list[Piece], colours: Palette) -> list[str]:
    """The pieces as one shape: a rim around them all, none between them."""
    rims = [_drawn(view, piece._replace(fill=colours.paper), colours.paper) for piece in pieces]
    return rims + [_drawn(view, piece, "none") for piece in pieces]


def _drawn(view: View, piece: Piece, rim: str) -> str:
    a, b = view.spot(piece.a), view.spot(piece.b)
    return tapered(a, b, piece.radius_a * view.scale, piece.radius_b * view.scale, piece.fill, rim, _RIM)


def between(a: Point, b: Point, share: float) -> Point:
    return a.plus(b.minus(a), share)


def draw_leg(view: View, leg: Leg, skin: str, colours: Palette) -> list[str]:
    calf, hem = between(leg.knee, leg.ankle, 0.3), between(leg.hip, leg.knee, 0.55)
    foot = (3.2, 2.8) if view.side == "side" else (4.2, 5.6)
    pieces = [
        Piece(leg.heel, leg.toe, *foot, colours.shorts),
        Piece(calf, leg.ankle, 5.6, 3.6, skin),
        Piece(leg.knee, calf, 5.4, 5.6, skin),
        Piece(leg.hip, leg.knee, 8.0, 5.4, skin),
        Piece(leg.hip, hem, 8.4, 7.6, colours.shorts),
    ]
    return flesh(view, pieces, colours)


def draw_arm(view: View, arm: Arm, skin: str, colours: Palette) -> list[str]:
    sleeve = between(arm.shoulder, arm.elbow, 0.5)
    pieces = [
        Piece(arm.elbow, arm.hand, 4.0, 3.0, skin),
        Piece(arm.hand, arm.hand, 4.0, 4.0, skin),
        Piece(arm.shoulder, arm.elbow, 5.2, 4.0, skin),
        Piece(arm.shoulder, sleeve, 5.8, 5.4, colours.shirt),
    ]
    return flesh(view, pieces, colours)


def draw_trunk(view: View, body: Body, colours: Palette) -> list[str]:
    shirt = _shirt_from_front if view.side == "front" else _shirt_from_side
    return [*_head(view, body, colours), *shirt(view, body, colours)]


def _shirt_from_side(view: View, body: Body, colours: Palette) -> list[str]:
    pelvis, chest = body.trunk.pelvis, body.trunk.chest
    waist, belt = between(pelvis, chest, 0.4), between(pelvis, chest, 0.12)
    pieces = [
        Piece(waist, chest, 9.0, 9.6, colours.shirt),
        Piece(pelvis, waist, 10.0, 9.0, colours.shirt),
        Piece(pelvis, belt, 10.0, 9.8, colours.shorts),
    ]
    return flesh(view, pieces, colours)


def _shirt_from_front(view: View, body: Body, colours: Palette) -> list[str]:
    torso = body.trunk
    waist, belt = between(torso.pelvis, torso.chest, 0.42), between(torso.pelvis, torso.chest, 0.12)
    collar = between(torso.chest, torso.head, 0.22)
    level = torso.left_shoulder.minus(torso.right_shoulder).unit()
    hips = torso.left_hip.minus(torso.right_hip).unit()
    shirt = [(collar, level, 5.0), (torso.chest.plus(UP, 4), level, 15.0), (torso.chest, level, 20.5)]
    shirt += [(waist, level, 13.0), (belt, hips, 15.4)]
    shorts = [(belt, hips, 15.6), (torso.pelvis, hips, 16.4), (torso.pelvis.plus(UP, -7), hips, 8.0)]
    return [
        path(_mirrored(view, shirt), colours.shirt, colours.shirt, 4),
        path(_mirrored(view, shorts), colours.shorts, colours.shorts, 3),
    ]


def _mirrored(view: View, levels: list[tuple[Point, Point, float]]) -> list[Spot]:
    """An outline from its half widths: down the left, up the right."""
    left = [view.spot(centre.plus(across, half)) for centre, across, half in levels]
    right = [view.spot(centre.plus(across, -half)) for centre, across, half in levels]
    return left + right[::-1]


def _head(view: View, body: Body, colours: Palette) -> list[str]:
    head, chest = body.trunk.head, body.trunk.chest
    pieces = [
        Piece(between(chest, head, 0.1), head, 5.6, 4.8, colours.near),
        Piece(head, head, _HEAD, _HEAD, colours.near),
    ]
    if view.side == "side":
        nose = _on_head(body, 0.98, -0.1)
        pieces.append(Piece(nose, nose, 1.8, 1.8, colours.near))
    return [*flesh(view, pieces, colours), _hair(view, body, colours)]


def _on_head(body: Body, ahead: float, up: float) -> Point:
    """A spot on the head in the side plane, in head radii from its middle."""
    axis = body.trunk.head.minus(body.trunk.chest).unit()
    return body.trunk.head.plus(Point(0, -axis.z, axis.y), ahead * _HEAD).plus(axis, up * _HEAD)


def _hair(view: View, body: Body, colours: Palette) -> str:
    """A cap; from the side it reaches down the back of the head, which tells where the face is."""
    if view.side == "side":
        ends = [view.spot(_on_head(body, ahead, up)) for ahead, up in ((0.8, 0.6), (-0.86, -0.5), (-0.35, 0.3))]
    else:
        x, y = view.spot(body.trunk.head)
        radius = _HEAD * view.scale
        ends = [(x + 0.97 * radius, y - 0.24 * radius), (x - 0.97 * radius, y - 0.24 * radius), (x, y - 0.7 * radius)]
    start, end, fringe = (f"{number(x)},{number(y)}" for x, y in ends)
    reach = number(_HEAD * view.scale)
    return f'<path d="M{start} A{reach},{reach} 0 0 0 {end} Q{fringe} {start}Z" fill="{colours.shorts}"/>'


def from_front(view: View, body: Body, colours: Palette) -> list[str]:
    """The free leg first and the standing (right) leg last, so that the leg to look at is whole."""
    return [
        *draw_leg(view, body.left_leg, colours.far, colours),
        *draw_trunk(view, body, colours),
        *draw_leg(view, body.right_leg, colours.near, colours),
        *draw_arm(view, body.left_arm, colours.near, colours),
        *draw_arm(view, body.right_arm, colours.near, colours),
    ]


def from_side(view: View, body: Body, colours: Palette) -> list[str]:
    """Facing right, so the runner's right side is near."""
    return [
        *draw_arm(view, body.left_arm, colours.far, colours),
        *draw_leg(view, body.left_leg, colours.far, colours),
        *draw_trunk(view, body, colours),
        *draw_leg(view, body.right_leg, colours.near, colours),
        *draw_arm(view, body.right_arm, colours.near, colours),
    ]
