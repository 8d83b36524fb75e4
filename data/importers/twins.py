"""The same run from two sources: the watch's own file and Strava's row of it."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final

DAY: Final = timedelta(days=1)
START_WITHIN: Final = timedelta(minutes=5)  # watches and sites round a start differently
DISTANCE_WITHIN: Final = 0.02  # share; sites measure the same track a little differently


@dataclass(frozen=True, slots=True)
class Told:
    """A run as one source tells it; `start` is None for one with its day alone, `stored_id` for one that is not in the
    diary yet."""

    day: date
    start: datetime | None
    distance_m: float | None
    source: str
    stored_id: int | None = None


class Twins:
    """Remembers runs and finds the one that another source has already told of."""

    def __init__(self) -> None:
        self._by_day: dict[date, list[Told]] = defaultdict(list)

    def add(self, run: Told) -> None:
        """Remember a run."""
        self._by_day[run.day].append(run)

    def forget(self, run: Told) -> None:
        """It gave way to another telling."""
        self._by_day[run.day].remove(run)

    def twin_of(self, run: Told) -> Told | None:
        """The same run of another source: it starts within minutes, or on the same day where a start is missing, and
        its distance is the same within 2 %."""
        days = (run.day,) if run.start is None else (run.day - DAY, run.day, run.day + DAY)  # time zones may differ
        near = (seen for on in days for seen in self._by_day.get(on, ()) if on == run.day or seen.start)
        return next((seen for seen in near if _same(seen, run)), None)


def _same(seen: Told, run: Told) -> bool:
    if seen.source == run.source:
        return False
    started = seen.start is not None and run.start is not None
    if seen.start is not None and run.start is not None and abs(seen.start - run.start) > START_WITHIN:
        return False
    if seen.distance_m is None or run.distance_m is None:
        return started and seen.distance_m is run.distance_m
    return abs(seen.distance_m - run.distance_m) <= DISTANCE_WITHIN * max(seen.distance_m, run.distance_m)
