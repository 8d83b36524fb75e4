"""Movements as SVG text: moving, or standing still at the start and the turning point.

The moving picture holds the still one too and shows it instead to whoever asks the device for reduced motion:
inside <img> the animation cannot be stopped, but it can be hidden.
"""

from collections.abc import Callable, Iterable, Sequence
from itertools import pairwise

from guides.drawings import marks
from guides.drawings.canvas import FONT_SIZE, WIDTH, Shape, number, words
from guides.drawings.layout import Layout, Place, alone, paired
from guides.drawings.motion import START, TURN, Fault, Motion
from guides.drawings.palette import Palette
from guides.drawings.panel import Panel, room

# Moments drawn in one movement; the browser leads from one to the next. Fewer where two share a picture: a drawing
# goes to the browser with the page, and stays under 60 kB.
MOMENTS = 16
MOMENTS_BESIDE = 8
_SPACING = 5  # between two lines of words
_STYLE = (
    "<style>.still{display:none}@media (prefers-reduced-motion:reduce)"
    "{.moving{display:none}.still{display:inline}}</style>"
)

Picture = tuple[float, list[str]]  # height, and what is in it


def moving(motion: Motion, colours: Palette) -> Picture:
    layout, panel = _single(motion)
    captions = _phase_captions(motion, layout.places[0].bottom + FONT_SIZE + _SPACING, colours)
    picture = layout.height, [*_animated(panel, MOMENTS, colours), *captions]
    return _with_still(picture, lambda size: still(motion, colours, size))


def moment(motion: Motion, seconds: float, colours: Palette) -> Picture:
    """What the moving picture shows so long after its start."""
    layout, panel = _single(motion)
    return layout.height, _plain(panel.at(seconds, colours))


def _single(motion: Motion) -> tuple[Layout, Panel]:
    layout = alone(room(motion), FONT_SIZE + _SPACING)
    return layout, Panel.placed(motion, layout.places[0], layout.scale)


def still(motion: Motion, colours: Palette, font: float = FONT_SIZE) -> Picture:
    """The start and the turning point."""
    poses = (START, TURN)
    layout = paired([room(motion, pose) for pose in poses], font + _SPACING, 1)
    parts = list[str]()
    for place, pose, caption in zip(layout.places, poses, motion.captions, strict=True):
        parts += _plain(Panel.placed(motion, place, layout.scale, pose).still(pose, colours))
        parts += _lines([caption], place.middle, place.bottom, colours, font)
    return layout.height, parts


def fault_moving(fault: Fault, motion: Motion, colours: Palette) -> Picture:
    layout, panels = _compared(fault, motion, FONT_SIZE)
    parts = [part for panel in panels for part in _animated(panel, MOMENTS_BESIDE, colours)]
    picture = layout.height, [*parts, *_verdicts(layout, colours), *_fault_captions(fault, layout, colours, FONT_SIZE)]
    return _with_still(picture, lambda size: fault_still(fault, motion, colours, size))


def fault_moment(fault: Fault, motion: Motion, seconds: float, colours: Palette) -> Picture:
    """What the moving picture shows so long after its start."""
    layout, panels = _compared(fault, motion, FONT_SIZE)
    parts = [part for panel in panels for part in _plain(panel.at(seconds, colours))]
    return layout.height, [*parts, *_verdicts(layout, colours)]


def fault_still(fault: Fault, motion: Motion, colours: Palette, font: float = FONT_SIZE) -> Picture:
    """Both at the moment in which the fault shows."""
    layout, panels = _compared(fault, motion, font)
    shown = zip(panels, layout.places, (True, False), strict=True)
    parts = [
        part
        for panel, place, well in shown
        for part in _plain([*panel.still(fault.shown_at, colours), *_verdict(place, well, colours)])
    ]
    return layout.height, parts + _fault_captions(fault, layout, colours, font)


def _compared(fault: Fault, motion: Motion, font: float) -> tuple[Layout, list[Panel]]:
    pair = fault.changed(motion, "good"), fault.changed(motion, "bad")
    layout = paired([room(one) for one in pair], font + _SPACING, max(map(len, fault.captions)))
    places = zip(pair, layout.places, strict=True)
    return layout, [Panel.placed(one, place, layout.scale) for one, place in places]


def _verdicts(layout: Layout, colours: Palette) -> list[str]:
    shown = zip(layout.places, (True, False), strict=True)
    return [part for place, well in shown for part in _plain(_verdict(place, well, colours))]


def _verdict(place: Place, well: bool, colours: Palette) -> list[Shape]:
    return marks.verdict(well, (place.middle - place.width / 2 + 14, place.top + 14), colours)


def _fault_captions(fault: Fault, layout: Layout, colours: Palette, font: float) -> list[str]:
    under = zip(fault.captions, layout.places, strict=True)
    return [part for lines, place in under for part in _lines(lines, place.middle, place.bottom, colours, font)]


def _lines(lines: Iterable[str], middle: float, bottom: float, colours: Palette, font: float) -> list[str]:
    step = font + _SPACING
    return [words((middle, bottom + step * row), text, colours.text, font) for row, text in enumerate(lines, 1)]


def _with_still(picture: Picture, still_at: Callable[[float], Picture]) -> Picture:
    """The still picture is scaled into the frame of the moving one; its words keep their size."""
    height, parts = picture
    share = min(1.0, height / still_at(FONT_SIZE)[0])
    share = min(1.0, height / still_at(FONT_SIZE / share)[0])
    _, calm = still_at(FONT_SIZE / share)
    aside = number(WIDTH * (1 - share) / 2)
    group = f'<g class="still" transform="translate({aside} 0) scale({share:.3f})">{"".join(calm)}</g>'
    return height, [_STYLE, '<g class="moving">', *parts, "</g>", group]


def _plain(shapes: Iterable[Shape]) -> list[str]:
    return [f'<path d="{shape.d}" {shape.paint}/>' for shape in shapes]


def _animated(panel: Panel, moments: int, colours: Palette) -> list[str]:
    times = panel.motion.times(max(2, moments // panel.motion.ways))
    frames = [panel.at(at, colours) for at in times]
    whole = panel.motion.seconds
    clock = f'dur="{whole:g}s" repeatCount="indefinite" keyTimes="{_key_times(times, whole)}"'
    return [_moved(views, clock) for views in zip(*frames, strict=True)]


def _key_times(times: Iterable[float], whole: float) -> str:
    return ";".join(f"{at / whole:.4f}".rstrip("0").rstrip(".") for at in times)


def _moved(frames: Sequence[Shape], clock: str) -> str:
    first, values = frames[0], [shape.d for shape in frames]
    if len(set(values)) == 1:
        return f'<path d="{first.d}" {first.paint}/>'
    return f'<path d="{first.d}" {first.paint}><animate attributeName="d" {clock} values="{";".join(values)}"/></path>'


def _phase_captions(motion: Motion, y: float, colours: Palette) -> list[str]:
    """What is going on, for as long as it goes on."""
    whole, parts = motion.seconds, list[str]()
    for (begin, end), phase in zip(pairwise((0.0, *motion.ends)), motion.phases, strict=True):
        times, seen = [0.0, begin, end], ["hidden", "visible", "hidden"]
        if begin == 0:
            times, seen = times[1:], seen[1:]
        if end >= whole:
            times, seen = times[:-1], seen[:-1]
        clock = f'dur="{whole:g}s" repeatCount="indefinite" calcMode="discrete" keyTimes="{_key_times(times, whole)}"'
        fade = f'<animate attributeName="visibility" {clock} values="{";".join(seen)}"/>'
        parts.append(words((WIDTH / 2, y), phase.caption, colours.text, more=fade))
    return parts
