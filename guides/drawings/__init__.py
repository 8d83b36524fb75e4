"""The plain drawings as SVG text, drawn by this project. Shown inside <img>, so colours are per theme and literal."""

from collections.abc import Callable
from dataclasses import asdict, dataclass
from functools import cache
from pathlib import Path
from string import Template

from guides.drawings import exercises, standing
from guides.drawings.palette import PALETTES, Palette, Theme

_ANATOMY = Path(__file__).parent / "gluteal_muscles.svg"


class UnknownDrawingError(LookupError):
    """There is no drawing with that name."""


@dataclass(frozen=True)
class _Drawing:
    draw: Callable[[Palette], str]
    alt: str


def _gluteal_muscles(colours: Palette) -> str:
    return Template(_ANATOMY.read_text(encoding="utf-8")).substitute(asdict(colours))


_DRAWINGS = {
    "single-leg-squat-steps": _Drawing(
        standing.single_leg_squat_steps,
        "Two figures from the side. Left: standing on one leg, arms crossed, the other foot lifted behind. "
        "Right: squatting on that leg to about 60 degrees, hips back, trunk leaning forward a little.",
    ),
    "single-leg-squat": _Drawing(
        standing.single_leg_squat,
        "Two figures squat on one leg, seen from the front, with a dotted line from the kneecap to the floor. "
        "Left: the line meets the foot, the knee is over the foot. "
        "Right: the line meets the floor beside the foot, the knee has gone inside the big toe.",
    ),
    "pelvis-drop": _Drawing(
        standing.pelvis_drop,
        "Two figures stand on one leg, seen from the front, with a line through both hips. "
        "Left: the line is level. Right: it tips down on the side of the lifted leg.",
    ),
    "gluteal-muscles": _Drawing(
        _gluteal_muscles,
        "The hip from the side and from behind. The gluteus maximus covers the back and the rear part of the "
        "gluteus medius. The medius is a fan from the outer rim of the pelvis to the bony point of the thigh bone. "
        "The gluteus minimus lies under the medius. The tensor fasciae latae is in front and runs into a band "
        "down the outside of the thigh.",
    ),
    "slide-cushion-hip-bridge": _Drawing(
        exercises.hip_bridge,
        "Start: lying on the back, knees bent, feet on a cushion. "
        "Then: hips lifted so that shoulders, hips and knees make one line.",
    ),
    "romanian-deadlift": _Drawing(
        exercises.romanian_deadlift,
        "Start: standing upright with a kettlebell in front of the thighs. "
        "Then: hips pushed back, back straight and leaning forward, knees a little bent, kettlebell at the knees.",
    ),
    "slide-mat-side-lunge": _Drawing(
        exercises.side_lunge,
        "From the front. Start: standing with one foot on a mat. "
        "Then: sitting back on the standing leg while the other leg slides straight out to the side.",
    ),
    "split-squat": _Drawing(
        exercises.split_squat,
        "From the side. Start: a long step with the rear heel lifted. "
        "Then: lowered straight down, front thigh parallel with the floor, rear knee just above it.",
    ),
    "suspension-split-squat": _Drawing(
        exercises.suspension_split_squat,
        "From the side. Start: standing on the front leg with the rear foot in a hanging sling. "
        "Then: lowered until the front thigh is parallel with the floor while the rear foot travels back.",
    ),
}


def names() -> tuple[str, ...]:
    """Every drawing; an exercise's drawing has the exercise's slug."""
    return tuple(_DRAWINGS)


@cache
def svg(name: str, theme: Theme) -> str:
    """Raises UnknownDrawingError."""
    return _find(name).draw(PALETTES[theme])


def alt(name: str) -> str:
    """What the drawing shows, in words. Raises UnknownDrawingError."""
    return _find(name).alt


def _find(name: str) -> _Drawing:
    if name not in _DRAWINGS:
        raise UnknownDrawingError(f"There is no drawing called '{name}'. Choose one of: {', '.join(_DRAWINGS)}.")
    return _DRAWINGS[name]
