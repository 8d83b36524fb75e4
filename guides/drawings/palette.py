"""Colours per theme, written out: inside <img> no style of the page reaches the drawing."""

from dataclasses import dataclass
from typing import Literal

Theme = Literal["light", "dark"]


@dataclass(frozen=True)
class Palette:
    paper: str  # only as a thin rim between overlapping limbs; the background itself is transparent
    text: str
    ground: str  # the floor as a plane
    quiet: str  # floor, guide lines and outlines
    near: str  # skin of what is in front
    far: str  # skin of what is behind
    shirt: str
    shorts: str
    look: str  # what the viewer should look at
    gear: str  # cushion, mat, sling, weight
    gear_top: str  # the upper side of what lies or stands on the floor
    bone: str
    maximus: str
    medius: str
    minimus: str
    tensor: str
    outline: str  # around the muscles
    on_muscle: str  # dots and numbers on the muscle colours, which are the same in both themes


# Okabe-Ito hues; the light theme's purple is darkened to keep 3:1 on white.
PALETTES: dict[Theme, Palette] = {
    "light": Palette(
        paper="#FFFFFF",
        text="#1B2733",
        ground="#E9EDF0",
        quiet="#6B7A88",
        near="#6F7D8A",
        far="#8995A0",
        shirt="#4A5966",
        shorts="#2A3743",
        look="#B4508A",
        gear="#7A5A00",
        gear_top="#F0E4C4",
        bone="#EEE9DC",
        maximus="#56B4E9",
        medius="#E69F00",
        minimus="#CC79A7",
        tensor="#B3BEC8",
        outline="#33414E",
        on_muscle="#0F1519",
    ),
    "dark": Palette(
        paper="#0F1519",
        text="#E8EEF3",
        ground="#1F2930",
        quiet="#8C9AA7",
        near="#AEBAC5",
        far="#74818D",
        shirt="#7D8D9C",
        shorts="#5C6C7A",
        look="#E08FBF",
        gear="#E69F00",
        gear_top="#46381A",
        bone="#3A444D",
        maximus="#56B4E9",
        medius="#E69F00",
        minimus="#CC79A7",
        tensor="#B3BEC8",
        outline="#0F1519",
        on_muscle="#0F1519",
    ),
}
