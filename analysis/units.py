"""Kilometres or miles at the edge; metres everywhere else."""

import math
from enum import StrEnum
from typing import Final, TypeVar

import numpy as np
import numpy.typing as npt
import pandas as pd


class Units(StrEnum):
    """What a runner reads distances in."""

    KM = "km"
    MI = "mi"

    @property
    def label(self) -> str:
        """The unit as an axis or a table header shows it."""
        return {"km": "km", "mi": "miles"}[self.value]


# The international mile is 1609.344 m by definition (1959).
METRES_IN: Final = {Units.KM: 1000.0, Units.MI: 1609.344}

Quantity = TypeVar("Quantity", float, "pd.Series[float]", npt.NDArray[np.float64])


def from_metres(value: Quantity, units: Units) -> Quantity:
    return value / METRES_IN[units]


def to_metres(value: Quantity, units: Units) -> Quantity:
    return value * METRES_IN[units]


def as_read(values: "pd.Series[float]", column: str, units: Units) -> "pd.Series[float]":
    """A column of the weekly frame as people read it: adherence in %, distance in their unit, pain as it is."""
    if column == "adherence":
        return values * 100
    return from_metres(values, units) if column == "distance_m" else values


def format_distance(metres: float | None, units: Units, digits: int = 1) -> str:
    """'12.3 km'; 'unknown' for None and NaN, which are never shown as a number."""
    if metres is None or math.isnan(metres):
        return "unknown"
    return f"{from_metres(float(metres), units):,.{digits}f} {units.value}"
