"""A body of fixed segment lengths in three dimensions: give it hips, feet and a direction for each knee.

Centimetres; x to the runner's left (right in a front view), y up, z forward; floor at y = 0. Because joints are
solved from the lengths, no pose can stretch a limb, and a foot that is put on the floor stays there.
"""

from dataclasses import dataclass
from math import cos, radians, sin, sqrt
from typing import NamedTuple

# An adult of about 172 cm, joint to joint: textbook proportions, rounded.
THIGH = 42.0
SHANK = 41.0
ANKLE_HEIGHT = 8.0
HIP_HALF_WIDTH = 9.0
TRUNK = 48.0  # middle of the hips to middle of the shoulders
SHOULDER_HALF_WIDTH = 17.0
UPPER_ARM = 29.0
FOREARM = 26.0
NECK = 22.0  # middle of the shoulders to middle of the head
TOES_AHEAD = 15.0  # ankle to the ball of the foot, along the sole
HEEL_BEHIND = 5.0
SOLE_BELOW = 5.0  # ankle to the line inside the foot; the flesh below it reaches the floor


class Point(NamedTuple):
    x: float
    y: float
    z: float

    def plus(self, other: "Point", times: float = 1.0) -> "Point":
        return Point(self.x + times * other.x, self.y + times * other.y, self.z + times * other.z)

    def minus(self, other: "Point") -> "Point":
        return self.plus(other, -1.0)

    def dot(self, other: "Point") -> float:
        return self.x * other.x + self.y * other.y + self.z * other.z

    def cross(self, other: "Point") -> "Point":
        (a, b, c), (d, e, f) = self, other
        return Point(b * f - c * e, c * d - a * f, a * e - b * d)

    def length(self) -> float:
        return sqrt(self.dot(self))

    def unit(self) -> "Point":
        return Point(0, 0, 0).plus(self, 1 / self.length())


UP = Point(0, 1, 0)
FORWARD = Point(0, 0, 1)


def direction(pitch: float) -> Point:
    """Forward, raised by `pitch` degrees."""
    return Point(0, sin(radians(pitch)), cos(radians(pitch)))


def middle_joint(start: Point, end: Point, first: float, second: float, towards: Point) -> Point:
    """The knee or elbow between `start` and `end`, bent towards `towards`. ValueError when `end` is out of reach."""
    across = end.minus(start)
    reach = across.length()
    if not abs(first - second) <= reach <= first + second:
        raise ValueError(f"The ends are {reach:.1f} apart; segments of {first:g} and {second:g} cannot meet there.")
    axis = across.unit()
    along = (first**2 - second**2 + reach**2) / (2 * reach)
    aside = towards.plus(axis, -towards.dot(axis)).unit()
    return start.plus(axis, along).plus(aside, sqrt(max(first**2 - along**2, 0.0)))


@dataclass(frozen=True)
class Leg:
    hip: Point
    knee: Point
    ankle: Point
    heel: Point
    toe: Point


@dataclass(frozen=True)
class Arm:
    shoulder: Point
    elbow: Point
    hand: Point


@dataclass(frozen=True)
class Trunk:
    """Hips and shoulders by the runner's own left and right."""

    left_hip: Point
    right_hip: Point
    left_shoulder: Point
    right_shoulder: Point
    head: Point

    @property
    def pelvis(self) -> Point:
        return self.left_hip.plus(self.right_hip.minus(self.left_hip), 0.5)

    @property
    def chest(self) -> Point:
        return self.left_shoulder.plus(self.right_shoulder.minus(self.left_shoulder), 0.5)


@dataclass(frozen=True)
class Body:
    trunk: Trunk
    left_leg: Leg
    right_leg: Leg
    left_arm: Arm
    right_arm: Arm


def leg(hip: Point, knee: Point, ankle: Point, ahead: Point, down: Point) -> Leg:
    """A leg with its foot: `ahead` is where the toes point, `down` is where the sole looks."""
    sole = ankle.plus(down, SOLE_BELOW)
    return Leg(hip, knee, ankle, heel=sole.plus(ahead, -HEEL_BEHIND), toe=sole.plus(ahead, TOES_AHEAD))


def free_knee(hip: Point, thigh: Point, shank: Point) -> tuple[Point, Point]:
    """Knee and ankle of a leg that hangs or is held: thigh and shank point along the directions given."""
    knee = hip.plus(thigh.unit(), THIGH)
    return knee, knee.plus(shank.unit(), SHANK)


def arm(shoulder: Point, hand: Point, elbow_towards: Point) -> Arm:
    return Arm(shoulder, middle_joint(shoulder, hand, UPPER_ARM, FOREARM, elbow_towards), hand)
