"""A pose as numbers that can be blended: what a figure file writes down, and the body it stands for.

Centimetres, degrees and directions, in the axes of `body`. Only these inputs are blended, never the joints, so
that limbs keep their length and a foot that has one place in both poses stays there on the way between them.
"""

from math import cos, radians, sin
from typing import Annotated, Any, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator

from guides.drawings.body import (
    FORWARD,
    HIP_HALF_WIDTH,
    NECK,
    SHANK,
    SHOULDER_HALF_WIDTH,
    SOLE_BELOW,
    THIGH,
    TOES_AHEAD,
    TRUNK,
    UP,
    Arm,
    Body,
    Leg,
    Point,
    Trunk,
    arm,
    direction,
    free_knee,
    leg,
    middle_joint,
)

Vector = tuple[float, float, float]
Lies = Literal["standing", "on the back", "on the right side", "on the front"]


class Frame:
    """The runner's own left, up and forward in the room; lying runners have their head on the left of the page."""

    def __init__(self, lies: Lies, roll: float) -> None:
        left, self.up, forward = _FRAMES[lies]
        turn, back = cos(radians(roll)), sin(radians(roll))
        self.left = Point(0, 0, 0).plus(left, turn).plus(forward, back)
        self.forward = Point(0, 0, 0).plus(forward, turn).plus(left, -back)

    def room(self, point: Point) -> Point:
        return Point(0, 0, 0).plus(self.left, point.x).plus(self.up, point.y).plus(self.forward, point.z)


_FRAMES: dict[Lies, tuple[Point, Point, Point]] = {
    "standing": (Point(1, 0, 0), UP, FORWARD),
    "on the back": (Point(1, 0, 0), Point(0, 0, -1), UP),
    "on the right side": (UP, Point(0, 0, -1), Point(-1, 0, 0)),
    "on the front": (Point(-1, 0, 0), Point(0, 0, -1), Point(0, -1, 0)),
}


class Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class LegPose(Part):
    """Where the ankle is, or the ball of the foot (`toe`), or how thigh and shank point when the leg is free.

    `knee` is the direction in which the knee bends. `pitch` raises the toes; `toes` says where they point instead,
    and `sole` where the sole looks; without it, it is square to the shank.
    """

    ankle: Vector | None = None
    toe: Vector | None = None
    thigh: Vector | None = None
    shank: Vector | None = None
    knee: Vector = (0, 0, 1)
    pitch: float = 0
    toes: Vector | None = None
    sole: Vector | None = None

    @model_validator(mode="after")
    def _one_way(self) -> Self:
        ways = [self.ankle is not None, self.toe is not None, self.thigh is not None]
        if sum(ways) != 1 or (self.thigh is None) != (self.shank is None):
            raise ValueError("a leg needs an ankle, or a toe, or a thigh and a shank")
        return self

    def solve(self, hip: Point) -> Leg:
        """Raises ValueError when the foot is out of reach."""
        if self.thigh and self.shank:
            knee, ankle = free_knee(hip, Point(*self.thigh), Point(*self.shank))
        else:
            ankle = Point(*self.ankle) if self.ankle else self._ankle_over_toe()
            knee = middle_joint(hip, ankle, THIGH, SHANK, Point(*self.knee))
        if self.toes is None:
            return leg(hip, knee, ankle, direction(self.pitch), direction(self.pitch - 90))
        ahead = Point(*self.toes).unit()
        down = Point(*self.sole) if self.sole else ankle.minus(knee)
        return leg(hip, knee, ankle, ahead, down.plus(ahead, -down.dot(ahead)).unit())

    def _ankle_over_toe(self) -> Point:
        toe = Point(*(self.toe or (0, 0, 0)))
        return toe.plus(direction(self.pitch), -TOES_AHEAD).plus(direction(self.pitch - 90), -SOLE_BELOW)


class ArmPose(Part):
    """Where the hand is: a place in the room, or so far from a part of the trunk. `elbow` is where the elbow points."""

    hand: Vector
    origin: Annotated[Literal["room", "chest", "shoulder", "hip"], Field(alias="from")] = "room"
    elbow: Vector

    def solve(self, shoulder: Point, hip: Point, chest: Point) -> Arm:
        origins = {"room": Point(0, 0, 0), "chest": chest, "shoulder": shoulder, "hip": hip}
        return arm(shoulder, origins[self.origin].plus(Point(*self.hand)), Point(*self.elbow))


class Pose(Part):
    """`lean` is forward, `aside` to the left, `tip` lowers the left hip, `nod` bends the neck forward.

    Either the middle of the hips or the middle of the shoulders (`chest`) has a place. `gear` is the place of
    whatever moves by itself, such as a roller.
    """

    pelvis: Vector | None = None
    chest: Vector | None = None
    lean: float = 0
    aside: float = 0
    tip: float = 0
    nod: float = 0
    roll: float = 0
    left_leg: LegPose
    right_leg: LegPose
    left_arm: ArmPose
    right_arm: ArmPose
    gear: Vector | None = None

    @model_validator(mode="after")
    def _one_anchor(self) -> Self:
        if (self.pelvis is None) == (self.chest is None):
            raise ValueError("a pose needs the place of the pelvis or of the chest")
        return self

    def solve(self, lies: Lies) -> Body:
        torso = self._trunk(Frame(lies, self.roll))
        return Body(
            torso,
            left_leg=self.left_leg.solve(torso.left_hip),
            right_leg=self.right_leg.solve(torso.right_hip),
            left_arm=self.left_arm.solve(torso.left_shoulder, torso.left_hip, torso.chest),
            right_arm=self.right_arm.solve(torso.right_shoulder, torso.right_hip, torso.chest),
        )

    def _trunk(self, frame: Frame) -> Trunk:
        spine, neck = (frame.room(_leaning(lean, self.aside)) for lean in (self.lean, self.lean + self.nod))
        hips, shoulders = (frame.room(Point(cos(turn), -sin(turn), 0)) for turn in map(radians, (self.tip, self.aside)))
        pelvis = Point(*self.pelvis) if self.pelvis else Point(*(self.chest or (0, 0, 0))).plus(spine, -TRUNK)
        chest = pelvis.plus(spine, TRUNK)
        return Trunk(
            left_hip=pelvis.plus(hips, HIP_HALF_WIDTH),
            right_hip=pelvis.plus(hips, -HIP_HALF_WIDTH),
            left_shoulder=chest.plus(shoulders, SHOULDER_HALF_WIDTH),
            right_shoulder=chest.plus(shoulders, -SHOULDER_HALF_WIDTH),
            head=chest.plus(neck, NECK),
        )


def _leaning(lean: float, aside: float) -> Point:
    forward, left = radians(lean), radians(aside)
    return Point(sin(left), cos(left) * cos(forward), cos(left) * sin(forward))


def blended(one: Any, other: Any, share: float) -> Any:  # noqa: ANN401  numbers, and tuples and dicts of them
    """`share` of the way from `one` to `other`; what is no number has to be the same in both."""
    if isinstance(one, dict):
        return {key: blended(one[key], other[key], share) for key in one}
    if isinstance(one, tuple):
        return tuple(blended(a, b, share) for a, b in zip(one, other, strict=True))
    if isinstance(one, (int, float)):
        return one + (other - one) * share
    if one != other:
        raise ValueError(f"A pose cannot be halfway between {one} and {other}.")
    return one


def between(one: Pose, other: Pose, share: float) -> Pose:
    return Pose.model_validate(blended(one.model_dump(by_alias=True), other.model_dump(by_alias=True), share))
