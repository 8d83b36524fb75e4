"""Where two panels go on the page: beside each other or one above the other, whichever leaves them larger."""

from collections.abc import Sequence
from dataclasses import dataclass

from guides.drawings.canvas import WIDTH

LARGEST = 1.95  # units per centimetre: a standing adult is then about as high as a phone's screen is wide
HIGHEST = 330.0  # a figure never needs more of a phone's screen
MARGIN = 12.0
INSIDE = WIDTH - 2 * MARGIN
_GAP = 12.0
_BESIDE_PREFERRED = 1.15  # two things to compare are easier to compare beside each other


@dataclass(frozen=True)
class Box:
    """The room a movement needs, in centimetres from the body's origin; y grows downwards as on the page."""

    left: float
    top: float
    right: float
    bottom: float

    @property
    def width(self) -> float:
        return self.right - self.left

    @property
    def height(self) -> float:
        return self.bottom - self.top


@dataclass(frozen=True)
class Place:
    """A panel's middle, its width, and the lines between which its room is."""

    middle: float
    width: float
    top: float
    bottom: float


@dataclass(frozen=True)
class Layout:
    scale: float
    places: tuple[Place, ...]
    height: float


def alone(need: Box, line: float) -> Layout:
    """One panel with one line of words under it."""
    scale = min(LARGEST, INSIDE / need.width, HIGHEST / need.height)
    bottom = MARGIN + scale * need.height
    return Layout(scale, (Place(WIDTH / 2, INSIDE, MARGIN, bottom),), bottom + line + 10)


def paired(needs: Sequence[Box], line: float, lines: int) -> Layout:
    """Two panels, each with as many `lines` of words under it, `line` units apart."""
    high, wide = max(need.height for need in needs), max(need.width for need in needs)
    words = line * lines + 10
    beside = min(LARGEST, (INSIDE - _GAP) / sum(need.width for need in needs), HIGHEST / high)
    stacked = min(LARGEST, INSIDE / wide, HIGHEST / 2 / high)
    if beside * _BESIDE_PREFERRED < stacked:
        rows = (MARGIN + stacked * high, 2 * (MARGIN + stacked * high) + words)
        places = tuple(Place(WIDTH / 2, INSIDE, row - stacked * high, row) for row in rows)
        return Layout(stacked, places, rows[1] + words)
    bottom = MARGIN + beside * high
    return Layout(beside, _row([need.width * beside for need in needs], bottom), bottom + words)


def _row(widths: Sequence[float], bottom: float) -> tuple[Place, ...]:
    """Room that is left over is shared out."""
    spare = (INSIDE - _GAP - sum(widths)) / 2
    first, second = (width + spare for width in widths)
    return Place(MARGIN + first / 2, first, MARGIN, bottom), Place(WIDTH - MARGIN - second / 2, second, MARGIN, bottom)
