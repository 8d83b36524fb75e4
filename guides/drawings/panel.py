"""One movement on a part of the page: how large it can be there, and its shapes at any moment."""

from collections.abc import Iterator
from dataclasses import dataclass

from guides.drawings import gear, marks
from guides.drawings.body import Body, Point
from guides.drawings.canvas import Shape, Spot, View, outline, segment
from guides.drawings.figure import HEAD, figure
from guides.drawings.layout import Box, Place
from guides.drawings.motion import Motion
from guides.drawings.palette import Palette
from guides.drawings.pose import Pose

FIT_STEPS = 4  # moments of a phase that decide how much room a movement needs
_LOW = 14.0  # what is lower than this stands or lies on the floor
_FIXED = {"mat", "step", "wall"}
_RIM = 6.0  # floor beyond what stands on it


def room(motion: Motion, pose: str | None = None) -> Box:
    """The room of the whole movement, or of one of its poses."""
    view = View(motion.view, (0, 0), 1)
    bodies = [motion.keyframe(pose)] if pose else [motion.body_at(at) for at in motion.times(FIT_STEPS)]
    spots = [spot for body in bodies for spot in _reach(view, motion, body)]
    across, down = zip(*spots, strict=True)
    edges = [view.on_floor(0, edge)[1] for edge in floor(motion)]
    return Box(min(across), min(*down, *edges), max(across), max(*down, *edges))


def floor(motion: Motion) -> tuple[float, float]:
    """The far and the near edge of the floor: a little beyond what stands or lies on it."""
    view = View(motion.view, (0, 0), 1)
    points = [point for name in motion.poses for point, _ in _outermost(motion.keyframe(name)) if point.y < _LOW]
    edges = [view.nearness(point) for point in points]
    edges += [edge for item in motion.gear if item.kind in _FIXED for edge in item.depth]
    return min(edges) - _RIM, max(edges) + _RIM


def _reach(view: View, motion: Motion, body: Body) -> Iterator[Spot]:
    for point, radius in _outermost(body):
        x, y = view.spot(point)
        yield from ((x - radius, y - radius), (x + radius, y + radius))
    for item in motion.gear:
        if item.kind in _FIXED and motion.view != "front" or item.kind == "step":
            ends = (item.low - 2, item.high + 2)
            yield from (view.on_floor(end, edge, item.height) for end in ends for edge in item.depth)
        if item.kind == "slide mat":
            yield view.spot(body.left_leg.ankle.plus(Point(17, 0, 0)))
        if item.kind == "sling":
            yield view.spot(Point(0, gear.CEILING + 4, 0))
            yield view.spot(Point(body.left_leg.ankle.x, gear.CEILING, -58))


def _outermost(body: Body) -> Iterator[tuple[Point, float]]:
    yield body.trunk.head, HEAD + 2
    for leg in (body.left_leg, body.right_leg):
        yield from ((leg.hip, 10.5), (leg.knee, 7), (leg.ankle, 5), (leg.heel, 5), (leg.toe, 6.5))
    for arm in (body.left_arm, body.right_arm):
        yield from ((arm.shoulder, 7), (arm.elbow, 6), (arm.hand, 6.5))
    yield body.trunk.pelvis, 11


@dataclass(frozen=True)
class Panel:
    """A movement with its view; `left` and `right` are the ends of its floor on the page, `depth` its edges."""

    motion: Motion
    view: View
    left: float
    right: float
    depth: tuple[float, float]

    @classmethod
    def placed(cls, motion: Motion, place: Place, scale: float, pose: str | None = None) -> "Panel":
        """The room of the movement, or across the page just of one pose, in the middle of its place."""
        need, across = room(motion), room(motion, pose)
        at = place.middle - scale * (across.left + across.right) / 2, place.bottom - scale * need.bottom
        ends = place.middle - place.width / 2, place.middle + place.width / 2
        return cls(motion, View(motion.view, at, scale), *ends, floor(motion))

    def still(self, name: str, colours: Palette) -> list[Shape]:
        return self._shapes(self.motion.keyframe(name), self.motion.poses[name], colours)

    def at(self, seconds: float, colours: Palette) -> list[Shape]:
        return self._shapes(self.motion.body_at(seconds), self.motion.pose_at(seconds), colours)

    def _shapes(self, body: Body, pose: Pose, colours: Palette) -> list[Shape]:
        view, motion = self.view, self.motion
        under = [item for item in motion.gear if gear.behind(item, view)]
        over = [item for item in motion.gear if not gear.behind(item, view)]
        drawn = [shape for item in under for shape in gear.shapes(item, view, body, pose, colours)]
        drawn += [shape for item in over for shape in gear.beyond(item, view, body, colours)]
        drawn += figure(view, body, motion.shows, motion.near, colours)
        drawn += [shape for item in over for shape in gear.shapes(item, view, body, pose, colours)]
        drawn += marks.shapes(motion.mark, view, body, colours) if motion.mark else []
        return [*self._floor(colours), *drawn]

    def _floor(self, colours: Palette) -> list[Shape]:
        if self.view.side == "above":
            return []
        far, near = (self.view.on_floor(0, edge)[1] for edge in self.depth)
        plane = [(self.left, far), (self.right, far), (self.right, near), (self.left, near)]
        back = Shape(segment(plane[0], plane[1]), stroke=colours.quiet, width=2)
        return [Shape(outline(plane), colours.ground), back]
