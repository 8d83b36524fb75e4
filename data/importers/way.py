"""The metres along positions, without the points that nobody can have run to."""

import math
from array import array
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Final

import numpy as np

from data.importers.instants import Place
from data.importers.result import amount

EARTH_M: Final = 6_371_000.0  # the mean radius
# m/s, a convention: the fastest 20 m of the 100 m world record took 1.61 s, which is 12.4 m/s (IAAF, Berlin 2009).
TOO_FAST: Final = 12.5
SHORTEST_S: Final = 1.0  # most files state times in whole seconds, so two points of one second may be so far apart
CATCH_UP_M: Final = 250.0  # convention: a receiver under trees or bridges stays behind, and catches up in one step
MOSTLY: Final = 0.5  # of the points: where more are out of reach it is no odd point, and the whole is as it says


@dataclass(slots=True)
class _Point:
    place: Place
    moment: datetime | None


@dataclass(slots=True)
class Way:
    """Positions in the order of a recording. A point that no runner can have reached is left out. Where the next one
    cannot be reached from the last good one either, but from the odd one, the way goes on there: the receiver caught
    up, which counts, or it first said where it was switched off, or the runner took a car."""

    points: int = 0
    left_out: int = 0
    within_reach_m: float = 0.0
    whole_m: float = 0.0
    steps_m: "array[float]" = field(default_factory=lambda: array("d"))  # between points with times
    steps_s: "array[float]" = field(default_factory=lambda: array("d"))
    origin: Place | None = None  # the first position
    _last: _Point | None = None
    _odd: _Point | None = None  # the point before, where it was left out

    @property
    def metres(self) -> float:
        return self.whole_m if self.is_mostly_too_fast else self.within_reach_m

    @property
    def is_mostly_too_fast(self) -> bool:
        return self.left_out > MOSTLY * self.points

    @property
    def end(self) -> Place | None:
        """Where it stands, but for what a pause has ended."""
        return None if self._last is None else self._last.place

    def pause(self) -> None:
        """What is between the last point and the next is no part of the way."""
        self._last = self._odd = None

    def add(self, place: Place, moment: datetime | None) -> None:
        """Go on to a place."""
        self.points += 1
        self.origin = self.origin or place
        here, last, odd = _Point(place, moment), self._last, self._odd
        if last is None:
            self._last = here
            return
        before = odd or last
        step_m, step_s = haversine(before.place, place), _seconds(before, here)
        self.whole_m += step_m
        if step_s is not None:
            self.steps_m.append(step_m)
            self.steps_s.append(step_s)
        if odd is not None:
            self._past_odd(here, odd, last, step_m)
        elif _is_within_reach(step_m, step_s):
            self._go(here, step_m)
        else:
            self._leave_out(here)

    def _past_odd(self, here: _Point, odd: _Point, last: _Point, step_m: float) -> None:
        """Go on from the last good point where that is possible, else from the odd one, which was none then."""
        straight_m = haversine(last.place, here.place)
        if _is_within_reach(straight_m, _seconds(last, here)):
            self._go(here, straight_m)
        elif not _is_within_reach(step_m, _seconds(odd, here)):
            self._leave_out(here)
        else:
            jump_m = haversine(last.place, odd.place)
            is_catching_up = jump_m <= CATCH_UP_M
            self.left_out -= is_catching_up
            self._go(here, step_m + (jump_m if is_catching_up else 0.0))

    def _go(self, here: _Point, metres: float) -> None:
        self.within_reach_m += metres
        self._last, self._odd = here, None

    def _leave_out(self, here: _Point) -> None:
        self.left_out += 1
        self._odd = here

    def onward(self) -> "Way":
        """A way of its own that begins where this one ends."""
        return Way(_last=self._last)

    def with_(self, other: "Way") -> "Way":
        """Both as one, with nothing between them."""
        return replace(
            other,
            origin=self.origin or other.origin,
            points=self.points + other.points,
            left_out=self.left_out + other.left_out,
            within_reach_m=self.within_reach_m + other.within_reach_m,
            whole_m=self.whole_m + other.whole_m,
            steps_m=self.steps_m + other.steps_m,
            steps_s=self.steps_s + other.steps_s,
        )

    def exceeded_for(self, share: float) -> float:
        """The speed (m/s) exceeded in this share of the time between points; 0 when nothing is known of it."""
        metres, seconds = np.array(self.steps_m), np.array(self.steps_s)
        moved = seconds > 0
        metres, seconds = metres[moved], seconds[moved]
        if not len(seconds):
            return 0.0
        order = np.argsort(metres / seconds)
        passed = np.cumsum(seconds[order])
        at = order[np.searchsorted(passed, (1 - share) * passed[-1])]
        return float(metres[at] / seconds[at])


def _seconds(before: _Point, here: _Point) -> float | None:
    return None if before.moment is None or here.moment is None else (here.moment - before.moment).total_seconds()


def _is_within_reach(metres: float, seconds: float | None) -> bool:
    return seconds is None or metres <= TOO_FAST * max(seconds, SHORTEST_S)


def left_out_words(ways: Sequence[Way]) -> str:
    """A sentence about the points that were left out; empty when there are none."""
    left_out = sum(way.left_out for way in ways if not way.is_mostly_too_fast)
    points, bound = sum(way.points for way in ways), f"{3.6 * TOO_FAST:.0f} km/h"
    told = f"{left_out:,} of {points:,} points are further away than a runner gets at {bound}. They were left out."
    return told if left_out else ""


def haversine(start: Place, end: Place) -> float:
    """Metres between two places along a sphere."""
    (latitude, longitude), (to_latitude, to_longitude) = start, end
    across = math.sin((to_latitude - latitude) / 2) ** 2
    along = math.cos(latitude) * math.cos(to_latitude) * math.sin((to_longitude - longitude) / 2) ** 2
    return 2 * EARTH_M * math.asin(math.sqrt(min(1.0, across + along)))


def place(latitude: str, longitude: str) -> Place | None:
    """The place that a file states in degrees; None when it is none on earth, or 0° 0': that is in the sea, and what
    receivers say before they know."""
    north, east = amount(latitude), amount(longitude)
    if north is None or east is None or abs(north) > 90 or abs(east) > 180 or north == east == 0:
        return None
    return math.radians(north), math.radians(east)
