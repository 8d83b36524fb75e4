"""Pain-monitoring bands (evidence 2.2): a convention adapted from Thomee 1997 and Silbernagel 2007.

They come from tendon and kneecap pain and do not apply to a suspected bone stress injury.
"""

import math
from dataclasses import dataclass
from typing import Final, Literal

from analysis.evidence import PAIN_ACCEPTABLE_MAX, PAIN_CARRY_ON_MAX, PAIN_NONE, PAIN_WORST

Level = Literal["note", "care", "stop"]


@dataclass(frozen=True)
class PainBand:
    """A range of the 0-10 scale and what to do in it."""

    low: int
    high: int
    level: Level
    advice: str


CARRY_ON: Final = PainBand(PAIN_NONE, PAIN_CARRY_ON_MAX, "note", "Carry on.")
ACCEPTABLE: Final = PainBand(
    PAIN_CARRY_ON_MAX + 1,
    PAIN_ACCEPTABLE_MAX,
    "care",
    "Acceptable only if it has settled by the next morning and is not rising over 2 weeks; otherwise cut the load.",
)
STOP: Final = PainBand(
    PAIN_ACCEPTABLE_MAX + 1,
    PAIN_WORST,
    "stop",
    "Stop the activity today and do less of it; if it happens again, seek advice.",
)
BANDS: Final = (CARRY_ON, ACCEPTABLE, STOP)

BANDS_SOURCE: Final = "Our convention, adapted from Thomee 1997 and Silbernagel 2007"  # evidence 2.2
BANDS_LIMIT: Final = (
    "The bands come from studies of tendon and kneecap pain. They do not hold for pain that could be a "
    "bone stress injury."
)


def pain_band(pain: float | None) -> PainBand | None:
    """The band of a rating; None when it is unknown. Raises ValueError off the scale."""
    if pain is None or math.isnan(pain):
        return None
    if not PAIN_NONE <= pain <= PAIN_WORST:
        raise ValueError(f"Pain is {pain:g}. The scale goes from 0 (none) to 10 (worst imaginable).")
    return next(band for band in BANDS if pain < band.high + 1)
