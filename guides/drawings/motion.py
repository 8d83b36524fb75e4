"""A movement: named poses, and how long it takes from one to the next. One file of guides/figures is one movement."""

from bisect import bisect_right
from collections.abc import Mapping
from functools import cached_property
from itertools import accumulate, pairwise
from math import cos, pi
from typing import Annotated, Any, Literal, Self

from pydantic import Field, StringConstraints, model_validator

from guides.drawings.body import Body
from guides.drawings.pose import Lies, Part, Pose, between

Text = Annotated[str, StringConstraints(min_length=1, strip_whitespace=True)]
Side = Literal["left", "right"]
ViewName = Literal["front", "side", "raised", "above"]  # raised: from the side and above
Mark = Literal["knee", "hips", "trunk", "bridge"]
GearKind = Literal["mat", "cushion", "sling", "kettlebell", "bar", "band", "step", "slide mat", "roller", "wall"]
START, TURN = "start", "turn"


class Gear(Part):
    """A thing in the picture. `from` and `to` are the ends of what lies on the floor, across the page.

    `depth` is its far and its near edge, along the line of sight.
    """

    kind: GearKind
    low: Annotated[float, Field(alias="from")] = 0
    high: Annotated[float, Field(alias="to")] = 0
    depth: tuple[float, float] = (-16, 18)
    height: float = 0
    on: Literal["", "hands", "left hand", "left foot", "right foot", "feet", "knees", "ankles"] = ""


class Phase(Part):
    """The way to a pose, or a stay in it when it is the pose of the phase before."""

    to: str
    seconds: Annotated[float, Field(gt=0)]
    caption: Text


class Motion(Part):
    view: ViewName
    lies: Lies = "standing"
    near: Side = "right"  # the leg and arm drawn in front
    shows: Literal["front", "side"]  # what of the trunk the viewer sees
    mark: Mark | None = None
    gear: tuple[Gear, ...] = ()
    captions: tuple[Text, Text]  # under the start and under the turning point
    alt: Text
    stands: tuple[Side, ...] = ()  # feet that never leave their place
    poses: dict[str, Pose]
    phases: Annotated[tuple[Phase, ...], Field(min_length=2)]

    @model_validator(mode="before")
    @classmethod
    def _spelled_out(cls, content: dict[str, Any]) -> dict[str, Any]:
        """A pose of a file says only what differs from the start, and `legs` and `arms` stand for left and right."""
        written = {name: _both_sides(pose) for name, pose in content.get("poses", {}).items()}
        start = written.get(START, {})
        return content | {"poses": {name: merged(start, pose) for name, pose in written.items()}}

    @model_validator(mode="after")
    def _closed(self) -> Self:
        missing = {START, TURN, *(phase.to for phase in self.phases)} - self.poses.keys()
        if missing:
            raise ValueError(f"there is no pose called {', '.join(sorted(missing))}")
        if self.phases[-1].to != START:
            raise ValueError("the last phase has to come back to the start")
        return self

    @property
    def seconds(self) -> float:
        return sum(phase.seconds for phase in self.phases)

    @cached_property
    def ends(self) -> tuple[float, ...]:
        """When each phase is over, in seconds."""
        return tuple(accumulate(phase.seconds for phase in self.phases))

    @property
    def ways(self) -> int:
        """How many phases lead to another pose."""
        return sum(one.to != other.to for one, other in pairwise((self.phases[-1], *self.phases)))

    def pose_at(self, seconds: float) -> Pose:
        """The pose so long after the start; the movement repeats."""
        now = seconds % self.seconds
        step = min(bisect_right(self.ends, now), len(self.phases) - 1)
        phase, before = self.phases[step], self.phases[step - 1].to
        share = (now - self.ends[step] + phase.seconds) / phase.seconds
        return between(self.poses[before], self.poses[phase.to], _eased(share))

    def body_at(self, seconds: float) -> Body:
        return self.pose_at(seconds).solve(self.lies)

    def keyframe(self, name: str) -> Body:
        return self.poses[name].solve(self.lies)

    def times(self, steps: int) -> list[float]:
        """The start, and `steps` moments of every phase that moves; of a stay only its end."""
        moments, last = [0.0], START
        for phase, end in zip(self.phases, self.ends, strict=True):
            count = 1 if phase.to == last else steps
            moments += [end - phase.seconds * (count - step) / count for step in range(1, count + 1)]
            last = phase.to
        return moments


def _eased(share: float) -> float:
    """Slow at both ends, as a controlled movement is."""
    return (1 - cos(pi * min(max(share, 0.0), 1.0))) / 2


def _both_sides(pose: Mapping[str, Any]) -> dict[str, Any]:
    spelled = dict(pose)
    for pair, limb in (("legs", "leg"), ("arms", "arm")):
        if pair in spelled:
            both = spelled.pop(pair)
            spelled[f"left_{limb}"] = merged(both, spelled.get(f"left_{limb}", {}))
            spelled[f"right_{limb}"] = merged(_mirrored(both), spelled.get(f"right_{limb}", {}))
    return spelled


def _mirrored(limb: Mapping[str, Any]) -> dict[str, Any]:
    return {key: [-value[0], *value[1:]] if isinstance(value, list) else value for key, value in limb.items()}


def merged(base: Mapping[str, Any], change: Mapping[str, Any]) -> dict[str, Any]:
    """`base` with what `change` says, inside nested tables too."""
    inner = {key: merged(base.get(key) or {}, value) for key, value in change.items() if isinstance(value, Mapping)}
    return {**base, **change, **inner}


class Fault(Part):
    """The movement of another file done well, and beside it the same with what `bad` changes in its poses."""

    of: Text
    view: ViewName
    shows: Literal["front", "side"]
    mark: Mark
    captions: tuple[tuple[Text, ...], tuple[Text, ...]]  # lines under the good one and under the fault
    alt: Text
    phases: tuple[Phase, ...] = ()  # a shorter movement than the other file's, where that is enough
    shown_at: str = TURN  # the pose in which the fault is seen best
    good: dict[str, dict[str, Any]] = {}
    bad: dict[str, dict[str, Any]]

    def changed(self, motion: Motion, which: Literal["good", "bad"]) -> Motion:
        own = {"view": self.view, "shows": self.shows, "mark": self.mark, "phases": self.phases or motion.phases}
        return _changed(motion, self.good if which == "good" else self.bad, own)


class Variant(Part):
    """A progression: the movement of another file with other things in hand. `every` changes all its poses."""

    of: Text
    gear: tuple[Gear, ...]
    captions: tuple[Text, Text]
    alt: Text
    stands: tuple[Side, ...]
    phases: tuple[Phase, ...] = ()
    every: dict[str, Any] = {}
    poses: dict[str, dict[str, Any]] = {}

    def changed(self, motion: Motion) -> Motion:
        changes = {name: merged(self.every, self.poses.get(name, {})) for name in motion.poses}
        own = {"gear": self.gear, "captions": self.captions, "alt": self.alt, "stands": self.stands}
        return _changed(motion, changes, own | {"phases": self.phases or motion.phases})


def _changed(motion: Motion, changes: Mapping[str, Mapping[str, Any]], own: Mapping[str, Any]) -> Motion:
    """Poses are already spelled out here, so that a change to the start does not reach the others."""
    poses = {name: pose.model_dump(by_alias=True, exclude_none=True) for name, pose in motion.poses.items()}
    poses = {name: merged(pose, _both_sides(changes.get(name, {}))) for name, pose in poses.items()}
    return Motion.model_validate(motion.model_dump(by_alias=True, exclude={"poses"}) | {**own, "poses": poses})
