"""On one leg: the squat of the self-test, and the pelvis level or dropped."""

from guides.drawings.body import Body
from guides.drawings.canvas import WIDTH, View, arrow, disc, document, floor, line, plumb, words
from guides.drawings.figure import from_front, from_side
from guides.drawings.palette import Palette
from guides.drawings.poses import before_squat, squatting, standing

_SCALE = 1.95
_PANELS = (WIDTH * 0.25, WIDTH * 0.75)


def _panel(view: View, body: Body, caption: tuple[str, ...], colours: Palette) -> list[str]:
    x, y = view.at
    figure, ground = (from_front, y + 8) if view.side == "front" else (from_side, y)
    lines = [words((x, y + 38 + 20 * row), text, colours.text, bold=True) for row, text in enumerate(caption)]
    return [floor(x - 76, x + 76, ground, colours), *figure(view, body, colours), *lines]


def single_leg_squat(colours: Palette) -> str:
    left, right = (View("front", (x, 310), _SCALE) for x in _PANELS)
    over, inside = squatting(), squatting(inward=0.5, pelvis_tip=5, shift=2)
    x, y = right.spot(inside.right_leg.knee)
    return document(
        "Single-leg squat from the front",
        380,
        [
            *_panel(left, over, ("Knee over", "the foot"), colours),
            *_plumb_line(left, over, colours),
            *_panel(right, inside, ("Knee inside", "the big toe"), colours),
            *_plumb_line(right, inside, colours),
            arrow((x - 52, y), (x - 18, y), colours.look),
        ],
    )


def _plumb_line(view: View, body: Body, colours: Palette) -> list[str]:
    """From the middle of the kneecap to the floor: it shows where the knee is over the foot."""
    x, y = view.spot(body.right_leg.knee)
    return [plumb((x, y), (x, view.at[1] + 8), colours), disc((x, y), 7, colours.look, colours.paper, 2)]


def single_leg_squat_steps(colours: Palette) -> str:
    start, low = (View("side", (x, 342), _SCALE) for x in _PANELS)
    return document(
        "Single-leg squat from the side",
        412,
        [
            *_panel(start, before_squat(), ("Start: arms", "crossed"), colours),
            *_panel(low, squatting(), ("Squat slowly", "and come back"), colours),
        ],
    )


def pelvis_drop(colours: Palette) -> str:
    left, right = (View("front", (x, 335), _SCALE) for x in _PANELS)
    level, dropped = standing(), standing(pelvis_tip=11, aside=-4, shift=-3)
    return document(
        "Standing on one leg from the front",
        405,
        [
            *_panel(left, level, ("Pelvis level",), colours),
            *_hip_line(left, level, colours),
            *_panel(right, dropped, ("Pelvis drops on", "the free side"), colours),
            *_hip_line(right, dropped, colours),
        ],
    )


def _hip_line(view: View, body: Body, colours: Palette) -> list[str]:
    """The line through both hips, beside the horizontal."""
    across = body.trunk.left_hip.minus(body.trunk.right_hip).unit()
    start = view.spot(body.trunk.right_hip.plus(across, -9))
    end = view.spot(body.trunk.left_hip.plus(across, 13))
    level = (start[0] - 6, start[1]), (end[0] + 4, start[1])
    return [
        line(*level, colours.paper, 5),
        line(*level, colours.text, 2, "2 6"),
        line(start, end, colours.look, 5),
        disc(start, 6, colours.look, colours.paper, 2),
        disc(end, 6, colours.look, colours.paper, 2),
    ]
