"""The same run from two sources: the watch's own file and Strava's row of it."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

START_WITHIN: Final = timedelta(minutes=5)  # watches and sites round a start differently
DISTANCE_WITHIN: Final = 0.02  # share; sites measure the same track a little differently


@dataclass(frozen=True, slots=True)
class _Seen:
    start: datetime
    distance_m: float | None
    source: str


class Twins:
    """Remembers runs and finds the one that another source has already told of."""

    def __init__(self) -> None:
        self._by_hour: dict[datetime, list[_Seen]] = defaultdict(list)

    def add(self, start: datetime | None, distance_m: float | None, source: str) -> None:
        """Remember a run; one without a start has no twin that could be known."""
        if start is not None:
            self._by_hour[_hour(start)].append(_Seen(start, distance_m, source))

    def source_of(self, start: datetime | None, distance_m: float | None, source: str) -> str | None:
        """The other source that has the run: it starts within minutes, and its distance is the same within 2 %."""
        if start is None:
            return None
        return next((seen.source for seen in self._near(start) if _same(seen, start, distance_m, source)), None)

    def _near(self, start: datetime) -> Iterable[_Seen]:
        hour = _hour(start)
        return [seen for step in (-1, 0, 1) for seen in self._by_hour.get(hour + timedelta(hours=step), ())]


def _hour(instant: datetime) -> datetime:
    return instant.replace(minute=0, second=0, microsecond=0)


def _same(seen: _Seen, start: datetime, distance_m: float | None, source: str) -> bool:
    if seen.source == source or abs(seen.start - start) > START_WITHIN:
        return False
    if seen.distance_m is None or distance_m is None:
        return seen.distance_m is distance_m
    return abs(seen.distance_m - distance_m) <= DISTANCE_WITHIN * max(seen.distance_m, distance_m)
