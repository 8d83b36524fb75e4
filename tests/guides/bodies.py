"""Every movement that is drawn, and how a body is measured."""

from math import acos, degrees

from guides import drawings
from guides.drawings.body import Body, Leg, Point
from guides.drawings.motion import Motion


def movements() -> dict[str, Motion]:
    """Every movement that is drawn: the good ones, and both halves of every fault."""
    found = dict(drawings.motions())
    for name, fault in drawings.faults().items():
        for which in ("good", "bad"):
            found[f"{name}, {which}"] = fault.changed(drawings.motions()[fault.of], which)
    return found


MOVEMENTS = movements()


def length(a: Point, b: Point) -> float:
    return b.minus(a).length()


def bend(a: Point, joint: Point, b: Point) -> float:
    """0 for a straight joint, in degrees."""
    return degrees(acos(max(-1.0, min(1.0, joint.minus(a).unit().dot(b.minus(joint).unit())))))


def legs(body: Body) -> tuple[Leg, Leg]:
    return body.left_leg, body.right_leg
