"""One plain drawing for each of the main exercises: the start and the turning point."""

from collections.abc import Callable

from guides.drawings.body import Body, Point
from guides.drawings.canvas import WIDTH, View, arrow, disc, document, floor, line, path, words
from guides.drawings.figure import Piece, flesh, from_front, from_side
from guides.drawings.palette import Palette
from guides.drawings.poses import CUSHION, bridging, hanging_split_squat, hinging, side_lunging, split_squatting

_PANELS = (WIDTH * 0.25, WIDTH * 0.75)


def _captions(places: list[tuple[float, float]], texts: tuple[str, str], colours: Palette) -> list[str]:
    return [words(at, text, colours.text, bold=True) for at, text in zip(places, texts, strict=True)]


def hip_bridge(colours: Palette) -> str:
    views = [View("side", (160, 116), 1.75), View("side", (160, 270), 1.75)]
    parts = []
    for view, lifted in zip(views, (False, True), strict=True):
        body = bridging(lifted)
        parts += [floor(12, 348, view.at[1], colours), *_cushion(view, body, colours), *from_side(view, body, colours)]
    hip = views[1].spot(bridging(True).trunk.pelvis)
    parts.append(arrow((hip[0], views[1].at[1] - 6), (hip[0], hip[1] + 26), colours.look))
    return document(
        "Slide-cushion hip bridge", 312, [*parts, *_captions([(180, 144), (180, 298)], ("Start", "Hips up"), colours)]
    )


def _cushion(view: View, body: Body, colours: Palette) -> list[str]:
    heel = body.right_leg.heel
    a, b = Point(0, CUSHION / 2, heel.z - 1), Point(0, CUSHION / 2, heel.z + 22)
    return flesh(view, [Piece(a, b, CUSHION / 2, CUSHION / 2, colours.gear)], colours)


def romanian_deadlift(colours: Palette) -> str:
    start, low = View("side", (72, 315), 1.75), View("side", (256, 315), 1.75)
    parts = []
    for view, is_low in ((start, False), (low, True)):
        body = hinging(is_low)
        parts += [floor(view.at[0] - 70, view.at[0] + 76, 315, colours), *from_side(view, body, colours)]
        parts += _kettlebell(view, body.right_arm.hand, colours)
    hip = low.spot(hinging(True).trunk.pelvis)
    parts.append(arrow((hip[0] - 8, hip[1] - 34), (hip[0] - 44, hip[1] - 34), colours.look))
    return document(
        "Romanian deadlift", 353, [*parts, *_captions([(76, 343), (262, 343)], ("Start", "Hips back"), colours)]
    )


def _kettlebell(view: View, hand: Point, colours: Palette) -> list[str]:
    x, y = view.spot(hand)
    unit = view.scale
    grip, body = (x - 3.6 * unit, x + 3.6 * unit), (x - 5 * unit, x + 5 * unit)
    return [
        line((grip[0], y), (grip[1], y), colours.gear, 5),
        line((grip[0], y), (body[0], y + 8 * unit), colours.gear, 5),
        line((grip[1], y), (body[1], y + 8 * unit), colours.gear, 5),
        disc((x, y + 11 * unit), 7.5 * unit, colours.gear),
    ]


def split_squat(colours: Palette) -> str:
    return _lunge("Split squat", split_squatting, colours)


def suspension_split_squat(colours: Palette) -> str:
    return _lunge("Suspension split squat", hanging_split_squat, colours, sling=True)


def _lunge(title: str, pose: Callable[[bool], Body], colours: Palette, sling: bool = False) -> str:
    start, low = (View("side", (x + 4, 300), 1.58) for x in _PANELS)
    parts = []
    for view, is_low in ((start, False), (low, True)):
        body = pose(is_low)
        parts += [floor(view.at[0] - 84, view.at[0] + 80, 300, colours)]
        parts += from_side(view, body, colours)
        parts += _sling(view, body, colours) if sling else []
    x, y = low.spot(pose(True).trunk.head)
    parts.append(arrow((x, y - 66), (x, y - 30), colours.look))
    texts = ("Start", "Lowest point")
    return document(title, 340, [*parts, *_captions([(90, 328), (270, 328)], texts, colours)])


def _sling(view: View, body: Body, colours: Palette) -> list[str]:
    foot = body.left_leg.ankle.plus(body.left_leg.toe.minus(body.left_leg.ankle), 0.5)
    x, y = view.spot(foot)
    top = (view.spot(Point(0, 0, -40))[0], 20.0)
    return [line(top, (x, y), colours.gear, 4), disc(top, 5, colours.gear), disc((x, y), 10, "none", colours.gear, 4)]


def side_lunge(colours: Palette) -> str:
    start, low = View("front", (62, 330), 1.75), View("front", (210, 330), 1.75)
    parts = []
    for view, is_low in ((start, False), (low, True)):
        body = side_lunging(is_low)
        right = view.spot(body.left_leg.ankle)[0] + 28
        parts += [
            floor(view.at[0] - 54, right, 342, colours),
            *_mat(view, body, colours),
            *from_front(view, body, colours),
        ]
    x = low.spot(side_lunging(True).left_leg.ankle)[0]
    parts.append(arrow((x - 66, 300), (x - 26, 300), colours.look))
    return document(
        "Slide-mat side lunge", 385, [*parts, *_captions([(70, 372), (240, 372)], ("Start", "Slide out"), colours)]
    )


def _mat(view: View, body: Body, colours: Palette) -> list[str]:
    x = view.spot(body.left_leg.ankle)[0]
    y = view.at[1]
    return [path([(x - 24, y + 3), (x + 24, y + 3), (x + 30, y + 11), (x - 30, y + 11)], colours.gear, colours.gear, 3)]
