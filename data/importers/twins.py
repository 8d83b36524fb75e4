"""The same run told twice: the watch's own file and Strava's row of it, or two devices that both recorded it."""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, Final

DAY: Final = timedelta(days=1)
MOST_A_DAY: Final = 50  # runs and walks: each is compared with those of its day and of the days beside it
START_WITHIN: Final = timedelta(minutes=5)  # watches and sites round a start differently
DISTANCE_WITHIN: Final = 0.02  # share; sites measure the same track a little differently
OVERLAP: Final = 0.5  # share of the shorter; repeats on a track follow each other, and two devices run side by side
# Sources that state the time on the clock where the run was, and no zone: abroad they are off by whole zones.
CLOCK_ONLY: Final = frozenset({"garmin", "intervals", "polar", "runkeeper", "table"})
ZONES_STEP: Final = timedelta(minutes=15)  # every zone lies on quarters of an hour
ZONES_APART: Final = timedelta(hours=14)
CLOCK_WITHIN: Final = timedelta(minutes=1)  # tight: such a table repeats the start of the recording, at worst cut
DURATION_WITHIN: Final = 0.03  # share; one may leave out pauses that the other counts
SAME_RECORDING: Final = 0.01  # share of distance and time: by the clock alone, only the recording itself is the same


@dataclass(frozen=True, slots=True, eq=False)  # two that say the same are still two tellings
class Told:
    """A run as one source tells it; `start` is None for one with its day alone, `stored_id` for one that is not in the
    diary yet. Metres and seconds are None where it does not say."""

    day: date
    start: datetime | None
    distance_m: float | None
    source: str
    stored_id: int | None = None
    duration_s: float | None = None


def told_in(row: Mapping[str, Any], stored_id: int | None = None) -> Told:
    """The run that a row tells, with days and instants as such and None for what is not known."""
    return Told(row["local_date"], row["start"], row["distance_m"], row["source"], stored_id, row["duration_s"])


class Twins:
    """Remembers runs and finds the one that has been told of already."""

    def __init__(self) -> None:
        self._by_day: dict[date, list[Told]] = defaultdict(list)
        self._sources: set[str] = set()
        self._told_by: dict[Told, list[Told]] = defaultdict(list)  # a run, and what is known to tell it too

    def add(self, run: Told) -> None:
        """Remember a run."""
        self._sources.add(run.source)
        self._by_day[run.day].append(run)

    def forget(self, run: Told) -> None:
        """It gave way to another telling."""
        self._by_day[run.day].remove(run)

    def expect(self, runs: Sequence[Told]) -> None:
        """Runs of one source that are about to be asked for. One of them that starts with a remembered run is it, so
        that no other of its day is taken for it by its clock."""
        on_day = Counter(run.day for run in runs)
        for run in runs:
            if self._some_go_by_the_clock(run) and on_day[run.day] > 1:
                self._told_at_its_start(run)

    def twin_of(self, run: Told) -> Told | None:
        """The same run told before: the one that starts nearest.

        It starts within minutes, or on the same day where a start is missing, and its distance is the same within 2 %;
        of one source, both lasted at the same time, or one comes from an earlier import. What is known by its day alone
        is one run, not all that are as long on its day. Or one of two sources knows only the clock: on the same day the
        starts are whole quarters of an hour apart, and time and distance are the same.
        """
        return self._told_at_its_start(run) or self._told_by_its_clock(run)

    def _told_at_its_start(self, run: Told) -> Told | None:
        days = (run.day,) if run.start is None else (run.day - DAY, run.day, run.day + DAY)  # time zones may differ
        near = (seen for on in days for seen in self._by_day.get(on, ()) if on == run.day or seen.start)
        found = _nearest([seen for seen in near if _same(seen, run) and self._is_free(seen, run)], run)
        if found is not None:
            self._told_by[found].append(run)
        return found

    def _is_free(self, seen: Told, run: Told) -> bool:
        """Whether both have a start to go by, or no other run has been found to be this one."""
        if seen.start is not None and run.start is not None:
            return True
        return all(told is run or _same(told, run) or _same_clock(told, run) for told in self._told_by[seen])

    def _some_go_by_the_clock(self, run: Told) -> bool:
        """Whether a clock alone can make this run and a remembered one the same."""
        return run.source in CLOCK_ONLY or not self._sources.isdisjoint(CLOCK_ONLY)

    def _told_by_its_clock(self, run: Told) -> Told | None:
        if not self._some_go_by_the_clock(run):
            return None
        today = [seen for seen in self._by_day.get(run.day, ()) if _same_clock(seen, run)]
        found = _nearest([seen for seen in today if not self._is_told_by(seen, run.source)], run)
        if found is not None:
            self._told_by[found].append(run)
        return found

    def _is_told_by(self, seen: Told, source: str) -> bool:
        return any(told.source == source for told in self._told_by[seen])


def _nearest(found: list[Told], run: Told) -> Told | None:
    return min(found, key=lambda seen: _apart(seen, run), default=None)


def _apart(seen: Told, run: Told) -> timedelta:
    """Between the starts; as much as may be where one is missing."""
    return DAY if seen.start is None or run.start is None else abs(seen.start - run.start)


def _same(seen: Told, run: Told) -> bool:
    if seen.start is not None and run.start is not None and abs(seen.start - run.start) > START_WITHIN:
        return False
    if seen.source == run.source and not (_overlap(seen, run) or _told_with_more(seen, run)):
        return False
    if seen.distance_m is None or run.distance_m is None:
        have_starts = seen.start is not None and run.start is not None
        is_without = seen.distance_m is None and run.distance_m is None
        says_nothing = is_without and (seen.duration_s is None or run.duration_s is None)
        return have_starts and (says_nothing or _near(seen.duration_s, run.duration_s, DURATION_WITHIN))
    return _near(seen.distance_m, run.distance_m, DISTANCE_WITHIN)


def _overlap(seen: Told, run: Told) -> bool:
    """Whether both are known to have lasted at the same time for half of the shorter one."""
    if seen.start is None or run.start is None or not seen.duration_s or not run.duration_s:
        return False
    first, last = sorted(((seen.start, seen.duration_s), (run.start, run.duration_s)))
    gap = (last[0] - first[0]).total_seconds()
    return min(first[1] - gap, last[1]) >= OVERLAP * min(first[1], last[1])


def _told_with_more(seen: Told, run: Told) -> bool:
    """Whether only one has a start, and the other comes from an earlier import: a table that was read with its column
    of starts now, or without it."""
    is_of_earlier = (seen.stored_id is None) != (run.stored_id is None)
    return is_of_earlier and (seen.start is None) != (run.start is None)


def _same_clock(seen: Told, run: Told) -> bool:
    if seen.source == run.source or not CLOCK_ONLY & {seen.source, run.source}:
        return False
    if seen.start is None or run.start is None:
        return False
    apart = _apart(seen, run)
    beside = min(apart % ZONES_STEP, -apart % ZONES_STEP)
    return (
        apart <= ZONES_APART + CLOCK_WITHIN
        and beside <= CLOCK_WITHIN
        and _near(seen.distance_m, run.distance_m, SAME_RECORDING)
        and _near(seen.duration_s, run.duration_s, SAME_RECORDING)
    )


def _near(one: float | None, other: float | None, within: float) -> bool:
    return one is not None and other is not None and abs(one - other) <= within * max(one, other)
