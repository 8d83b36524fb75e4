"""The frontal-plane projection angle of the knee in a front view (evidence 1.3)."""

import math
from typing import Literal

Point = tuple[float, float]


def projection_angle(
    hip: Point, knee: Point, ankle: Point, side: Literal["left", "right"], *, mirrored: bool = False
) -> float:
    """Degrees between thigh and shank; positive when the knee lies inward (valgus), negative outward.

    Points are image coordinates, x to the right and y down. A selfie camera mirrors the picture and with it the
    sign, so `mirrored` turns it back.
    """
    thigh = (knee[0] - hip[0], knee[1] - hip[1])
    shank = (ankle[0] - knee[0], ankle[1] - knee[1])
    cross = thigh[0] * shank[1] - thigh[1] * shank[0]
    dot = thigh[0] * shank[0] + thigh[1] * shank[1]
    sign = 1 if (side == "right") != mirrored else -1
    return sign * math.degrees(math.atan2(cross, dot))
