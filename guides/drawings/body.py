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

    def length(self) -> float:
        return sqrt(self.dot(self))

    def unit(self) -> "Point":
        return Point(0, 0, 0).plus(self, 1 / self.length())


UP = Point(0, 1, 0)
FORWARD = Point(0, 0, 1)
LEFT = Point(1, 0, 0)


def direction(pitch: float, yaw: float = 0.0) -> Point:
    """Forward, then raised by `pitch` and turned to the runner's left by `yaw`, in degrees."""
    up, aside = radians(pitch), radians(yaw)
    return Point(cos(up) * sin(aside), sin(up), cos(up) * cos(aside))


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


def planted_leg(hip: Point, ankle: Point, knee_towards: Point, foot_pitch: float = 0.0) -> Leg:
    """A leg whose foot is where it is; `foot_pitch` raises the toes."""
    return _with_foot(hip, middle_joint(hip, ankle, THIGH, SHANK, knee_towards), ankle, foot_pitch)


def leg_on_toes(hip: Point, toe: Point, knee_towards: Point, foot_pitch: float) -> Leg:
    """A leg whose ball of the foot is where it is, the heel lifted by a negative `foot_pitch`."""
    ankle = toe.plus(direction(foot_pitch), -TOES_AHEAD).plus(direction(foot_pitch - 90), -SOLE_BELOW)
    return planted_leg(hip, ankle, knee_towards, foot_pitch)


def free_leg(hip: Point, thigh: Point, shank: Point, foot_pitch: float = 0.0) -> Leg:
    """A leg that hangs: thigh and shank point along the directions given."""
    knee = hip.plus(thigh.unit(), THIGH)
    return _with_foot(hip, knee, knee.plus(shank.unit(), SHANK), foot_pitch)


def _with_foot(hip: Point, knee: Point, ankle: Point, foot_pitch: float) -> Leg:
    ahead, down = direction(foot_pitch), direction(foot_pitch - 90)
    sole = ankle.plus(down, SOLE_BELOW)
    return Leg(hip, knee, ankle, heel=sole.plus(ahead, -HEEL_BEHIND), toe=sole.plus(ahead, TOES_AHEAD))


def arm(shoulder: Point, hand: Point, elbow_towards: Point) -> Arm:
    return Arm(shoulder, middle_joint(shoulder, hand, UPPER_ARM, FOREARM, elbow_towards), hand)


def trunk(pelvis: Point, lean: float, aside: float = 0.0, pelvis_tip: float = 0.0, nod: float | None = None) -> Trunk:
    """Degrees: `lean` forward, `aside` to the left, `pelvis_tip` lowers the left hip, `nod` is the neck's own lean."""
    up = Point(sin(radians(aside)), cos(radians(aside)) * cos(radians(lean)), sin(radians(lean)))
    across = Point(cos(radians(pelvis_tip)), -sin(radians(pelvis_tip)), 0)
    level = Point(cos(radians(aside)), -sin(radians(aside)), 0)
    chest = pelvis.plus(up.unit(), TRUNK)
    neck = up.unit() if nod is None else direction(90 - nod)
    return Trunk(
        left_hip=pelvis.plus(across, HIP_HALF_WIDTH),
        right_hip=pelvis.plus(across, -HIP_HALF_WIDTH),
        left_shoulder=chest.plus(level, SHOULDER_HALF_WIDTH),
        right_shoulder=chest.plus(level, -SHOULDER_HALF_WIDTH),
        head=chest.plus(neck, NECK),
    )
