"""The same run from two sources: the watch's own file and Strava's row of it."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final

DAY: Final = timedelta(days=1)
START_WITHIN: Final = timedelta(minutes=5)  # watches and sites round a start differently
DISTANCE_WITHIN: Final = 0.02  # share; sites measure the same track a little differently


@dataclass(frozen=True, slots=True)
class _Seen:
    start: datetime | None
    distance_m: float | None
    source: str


class Twins:
    """Remembers runs and finds the one that another source has already told of."""

    def __init__(self) -> None:
        self._by_day: dict[date, list[_Seen]] = defaultdict(list)

    def add(self, day: date, start: datetime | None, distance_m: float | None, source: str) -> None:
        """Remember a run; `start` is None for one typed with its day alone."""
        self._by_day[day].append(_Seen(start, distance_m, source))

    def source_of(self, day: date, start: datetime | None, distance_m: float | None, source: str) -> str | None:
        """The other source that has the run: it starts within minutes, or on the same day where a start is missing, and
        its distance is the same within 2 %."""
        run = _Seen(start, distance_m, source)
        days = (day,) if start is None else (day - DAY, day, day + DAY)  # sources may differ in the time zone
        near = (seen for on in days for seen in self._by_day.get(on, ()) if on == day or seen.start)
        return next((seen.source for seen in near if _same(seen, run)), None)


def _same(seen: _Seen, run: _Seen) -> bool:
    if seen.source == run.source:
        return False
    started = seen.start is not None and run.start is not None
    if seen.start is not None and run.start is not None and abs(seen.start - run.start) > START_WITHIN:
        return False
    if seen.distance_m is None or run.distance_m is None:
        return started and seen.distance_m is run.distance_m
    return abs(seen.distance_m - run.distance_m) <= DISTANCE_WITHIN * max(seen.distance_m, run.distance_m)
