"""The drawings as SVG text, drawn by this project. Shown inside <img>, so colours are per theme and literal.

A movement is one file of guides/figures, a fault of it one file of guides/figures/faults,
a progression of it one of guides/figures/progressions. What an exercise shows has
the exercise's slug as its name.
"""

from dataclasses import asdict
from functools import cache
from pathlib import Path
from string import Template
from typing import TypeVar

from guides.catalogue import FOLDER, read
from guides.drawings import render
from guides.drawings.canvas import document
from guides.drawings.motion import TURN, Fault, Motion, Variant
from guides.drawings.palette import PALETTES, Palette, Theme

_ANATOMY = "gluteal-muscles"
_ANATOMY_ALT = (
    "The hip from the side and from behind. The gluteus maximus covers the back and the rear part of the "
    "gluteus medius. The medius is a fan from the outer rim of the pelvis to the bony point of the thigh bone. "
    "The gluteus minimus lies under the medius. The tensor fasciae latae is in front and runs into a band "
    "down the outside of the thigh."
)
_Kind = TypeVar("_Kind", Motion, Fault, Variant)


class UnknownDrawingError(LookupError):
    """There is no drawing with that name."""


@cache
def motions() -> dict[str, Motion]:
    """The exercises and the self-test, then the progressions that have a figure of their own."""
    found = _files(FOLDER / "figures", Motion)
    variants = _files(FOLDER / "figures" / "progressions", Variant)
    return found | {name: variant.changed(found[variant.of]) for name, variant in variants.items()}


@cache
def faults() -> dict[str, Fault]:
    return _files(FOLDER / "figures" / "faults", Fault)


def _files(folder: Path, model: type[_Kind]) -> dict[str, _Kind]:
    return {path.stem: read(path, model) for path in sorted(folder.glob("*.toml"))}


def names() -> tuple[str, ...]:
    """Every drawing; an exercise's drawing has the exercise's slug."""
    return (*motions(), *faults(), _ANATOMY)


def exists(name: str) -> bool:
    return name in names()


def faults_of(name: str) -> tuple[str, ...]:
    """The drawings that show a fault of this movement beside the good one; none for most."""
    return tuple(fault for fault, shown in faults().items() if shown.of == name)


@cache
def svg(name: str, theme: Theme, moving: bool = True) -> str:
    """The drawing, or its still frames: the start and the turning point. Raises UnknownDrawingError.

    The moving one stands still by itself where the reader's device asks for reduced motion.
    """
    _known(name)
    colours = PALETTES[theme]
    if name == _ANATOMY:
        return _gluteal_muscles(colours)
    height, parts = _picture(name, moving, colours)
    return document(alt(name).partition(".")[0], height, parts)


def _picture(name: str, moving: bool, colours: Palette) -> render.Picture:
    if name in motions():
        draw = render.moving if moving else render.still
        return draw(motions()[name], colours)
    fault = faults()[name]
    compare = render.fault_moving if moving else render.fault_still
    return compare(fault, motions()[fault.of], colours)


def moment(name: str, theme: Theme, share: float) -> str:
    """What a drawing that moves shows at `share` of its way from start to start."""
    motion, fault, colours = _motion(name), faults().get(name), PALETTES[theme]
    at = share * motion.seconds
    drawn = render.fault_moment(fault, motion, at, colours) if fault else render.moment(motion, at, colours)
    return document(name, *drawn)


def turning_point(name: str) -> float:
    """The share of its time after which a drawing that moves is at the turning point."""
    motion = _motion(name)
    reached = next(end for phase, end in zip(motion.phases, motion.ends, strict=True) if phase.to == TURN)
    return reached / motion.seconds


def _motion(name: str) -> Motion:
    """The movement a drawing shows, at the pace it shows it."""
    if name not in faults():
        return motions()[name]
    return faults()[name].changed(motions()[faults()[name].of], "good")


def moves(name: str) -> bool:
    """Whether there is more to see when it moves. Raises UnknownDrawingError."""
    _known(name)
    return name != _ANATOMY


def alt(name: str) -> str:
    """What the drawing shows, in words. Raises UnknownDrawingError."""
    _known(name)
    shown: Motion | Fault | None = motions().get(name) or faults().get(name)
    return shown.alt if shown else _ANATOMY_ALT


def _gluteal_muscles(colours: Palette) -> str:
    return Template((Path(__file__).parent / "gluteal_muscles.svg").read_text(encoding="utf-8")).substitute(
        asdict(colours)
    )


def _known(name: str) -> None:
    if not exists(name):
        raise UnknownDrawingError(f"There is no drawing called '{name}'. Choose one of: {', '.join(names())}.")
