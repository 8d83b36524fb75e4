"""GPX files: tracks of points with times, whose distance is measured along them. formats.md says what is accepted."""

import math
import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta, tzinfo
from typing import BinaryIO, Final, Literal

from data.errors import UnreadableFileError
from data.importers import instants, markup
from data.importers.instants import Place
from data.importers.result import (
    FIRST_YEAR,
    LAST_YEAR,
    UNKNOWN,
    Item,
    Note,
    Problem,
    Run,
    Skipped,
    by_hand,
    known,
    plain,
)
from data.importers.sports import Kind, kind_in, kind_of, kind_titled
from data.importers.way import Way, haversine, left_out_words, place

SOURCE: Final = "gpx"
ROOT: Final = "gpx"
MAX_TRACKS: Final = 10_000
MAX_SPORT: Final = 40  # characters of a type repeated in a sentence
PAUSE: Final = timedelta(
    hours=1
)  # convention: tracks that are less apart are one activity, as devices split on a pause
PLANNED_WITHIN_M: Final = 500.0  # conventions: of the start, and how much of the run a plan has at least
PLANNED_SHARE: Final = 0.3
UNDATED_NAMED: Final = 10
TIMED_SHARE: Final = 0.5  # of the points; with fewer times, first and last say nothing about the whole
STRAVA_TYPES: Final[dict[str, Kind]] = {"9": "run", "4": "walk", "10": "walk"}  # numbers in its exports of some years

FIRST_POINT: Final = re.compile(rb"<trkpt\b([^<>]{1,200})>")
GAME: Final = re.compile(rb"<gpx\b[^<>]*\bcreator\s*=\s*[\"'][^\"'<>]*zwift", re.IGNORECASE)
COORDINATE: Final = re.compile(rb"\b(lat|lon)\s*=\s*[\"']([-+.\dEe]{1,30})[\"']")

# Conventions for a track that names no sport. The times include pauses.
WALK_BELOW: Final = 1.8  # m/s, 9:15 a kilometre
WALK_UP_TO: Final = 2.5  # m/s, for what is called a walk
RIDE_FROM: Final = 3.3  # m/s, 5:03 a kilometre, where the name has a word for another sport
RUN_UP_TO: Final = 5.0  # m/s, 3:20 a kilometre
FASTEST: Final = (
    6.5  # m/s in the fastest tenth of the time: a ride or a car has faster stretches, and GPS only odd jumps
)
FAST_SHARE: Final = 0.1


@dataclass(slots=True)
class _Track:
    """One track, or several that adjoin."""

    numbers: list[int]
    again: list[str] = field(default_factory=list)  # positions of tracks that tell the same once more
    planned: list[str] = field(default_factory=list)  # of those that are its plan
    undated: list[str] = field(default_factory=list)  # and of those in it that have no times
    name: str = ""
    sport: str = ""
    way: Way = field(default_factory=Way)
    points: int = 0
    timed: int = 0
    lost: int = 0  # points without a position
    first: datetime | None = None  # as the file states it
    begin: datetime | None = None  # the same in universal time, and the end
    end: datetime | None = None

    def at(self, stated: datetime, moment: datetime) -> None:
        self.timed += 1
        if self.begin is None or moment < self.begin:
            self.first, self.begin = stated, moment
        if self.end is None or moment > self.end:
            self.end = moment

    @property
    def position(self) -> str:
        low, high = min(self.numbers), max(self.numbers)
        return f"track {low}" if low == high else f"tracks {low} to {high}"

    @property
    def seconds(self) -> float:
        if self.begin is None or self.end is None or self.mostly_untimed:
            return UNKNOWN
        return known((self.end - self.begin).total_seconds())

    @property
    def mostly_untimed(self) -> bool:
        return self.timed < TIMED_SHARE * self.points


class _Tracks(markup.Listener):
    def __init__(self, zone: tzinfo) -> None:
        super().__init__()
        self.tracks: list[_Track] = []
        self.others: set[str] = set()
        self.creator = ""
        self._zone = zone
        self._here: Place | None = None
        self._stated: datetime | None = None

    def opened(self, name: str, attributes: dict[str, str]) -> None:
        if name == "trkpt" and self.tracks:
            self._here, self._stated = place(attributes.get("lat", ""), attributes.get("lon", "")), None
        elif name == "trk":
            self.tracks.append(_Track([len(self.tracks) + 1]))
        elif name == "trkseg" and self.tracks:
            self.tracks[-1].way.pause()
        elif name == ROOT:
            self.creator = attributes.get("creator", "")
        elif name in ("rtept", "wpt"):
            self.others.add("a planned route" if name == "rtept" else "waypoints")

    def closed(self, name: str, text: str) -> None:
        parent = self.path[-1] if self.path else ""
        if name == "time" and parent == "trkpt":
            self._stated = instants.stated(text, self._zone)
        elif name == "trkpt" and self.tracks:
            self._point(self.tracks[-1])
        elif name == "name" and parent == "trk" and self.tracks:
            self.tracks[-1].name = plain(text)
        elif name == "type" and parent == "trk" and self.tracks:
            self.tracks[-1].sport = plain(text, MAX_SPORT) if any(c.isalnum() for c in text) else ""

    def _point(self, track: _Track) -> None:
        track.points += 1
        moment = None if self._stated is None else self._stated.astimezone(UTC)
        if self._stated is not None and moment is not None:
            track.at(self._stated, moment)
        if self._here is None:
            track.lost += 1
        else:
            track.way.add(self._here, moment)


def read(filename: str, file: BinaryIO, zone: tzinfo) -> Iterator[Item]:
    """The activities. Times without an offset are in `zone`, which is also the zone of local days where the file states
    universal time.

    Raises UnreadableFileError when no track has a point.
    """
    found, damage, is_cut = _Tracks(zone), "", False
    try:
        for _ in markup.tell(file, found):
            if len(found.tracks) > MAX_TRACKS:
                is_cut = True
                break
    except markup.DamagedError as error:
        damage = str(error)
    tracks = [track for track in found.tracks if track.points]
    if not tracks:
        raise _nothing_in(filename, found, damage)
    for track in _activities(tracks):
        yield from _items(track, zone, found.creator)
    place = f"after track {len(found.tracks)}"
    if damage:
        yield Note(place, f"{damage} The distance and time are those of what comes before.")
    if is_cut:
        yield Problem(place, f"Only about {MAX_TRACKS:,} tracks were read. Split the file.")


def first_place(head: bytes) -> Place | None:
    """The first position in the beginning of a file, unless a game has written it."""
    if GAME.search(head):
        return None
    stated = (dict(COORDINATE.findall(found[1])) for found in FIRST_POINT.finditer(head))
    places = (place(one.get(b"lat", b"").decode(), one.get(b"lon", b"").decode()) for one in stated)
    return next((place for place in places if place is not None), None)


def _nothing_in(filename: str, found: _Tracks, damage: str) -> UnreadableFileError:
    if damage:
        return UnreadableFileError(f"{filename} holds no recorded point. {damage} Export it again.")
    if found.others:
        others = " and ".join(sorted(found.others))
        return UnreadableFileError(f"{filename} holds {others}, but no recorded track, so no run is in it.")
    return UnreadableFileError(f"{filename} is a GPX file, but no track in it has a point.")


def _activities(tracks: list[_Track]) -> list[_Track]:
    """Tracks that adjoin in time as one, in the order of time; of those that overlap, the longest alone. Those without
    any time belong to the activity where the file has one only; otherwise they stand for themselves, at the end."""
    joined: list[_Track] = []
    for track in sorted((track for track in tracks if track.begin), key=_begin):
        if joined and _overlap(joined[-1], track):
            joined[-1] = _longer(joined[-1], track)
        elif joined and _adjoin(joined[-1], track):
            joined[-1] = _together(joined[-1], track)
        else:
            joined.append(track)
    dated = len(joined)
    for track in (track for track in tracks if not track.begin):
        if dated == 1 and _is_planned(joined[0], track):
            joined[0] = replace(joined[0], planned=[*joined[0].planned, track.position])
        elif dated == 1 and _same_sport(joined[0], track):
            joined[0] = replace(_together(joined[0], track), undated=[*joined[0].undated, track.position])
        else:
            joined.append(track)
    return joined


def _begin(track: _Track) -> datetime:
    assert track.begin is not None
    return track.begin


def _overlap(earlier: _Track, later: _Track) -> bool:
    """Whether both were recorded at the same time: nobody runs twice at once, so they tell of one run."""
    return earlier.end is not None and _begin(later) < earlier.end and _same_sport(earlier, later)


def _is_planned(run: _Track, undated: _Track) -> bool:
    """Whether a track without times begins or ends where the run began, and is no short piece: then it is a plan."""
    begin, ends = run.way.origin, (undated.way.origin, undated.way.end)
    is_near = begin is not None and any(end is not None and haversine(begin, end) <= PLANNED_WITHIN_M for end in ends)
    return is_near and undated.way.metres >= PLANNED_SHARE * run.way.metres


def _longer(one: _Track, other: _Track) -> _Track:
    """The one with the longer way, which knows that the other is left out."""
    kept, left_out = (other, one) if other.way.metres > one.way.metres else (one, other)
    return replace(kept, again=[*one.again, *other.again, left_out.position])


def _adjoin(earlier: _Track, later: _Track) -> bool:
    return earlier.end is not None and _begin(later) - earlier.end <= PAUSE and _same_sport(earlier, later)


def _same_sport(one: _Track, other: _Track) -> bool:
    return not one.sport or not other.sport or one.sport.casefold() == other.sport.casefold()


def _together(one: _Track, other: _Track) -> _Track:
    """Both as one that begins with the first."""
    return _Track(
        numbers=one.numbers + other.numbers,
        again=one.again + other.again,
        planned=one.planned + other.planned,
        undated=one.undated + other.undated,
        name=one.name or other.name,
        sport=one.sport or other.sport,
        way=one.way.with_(other.way),
        points=one.points + other.points,
        timed=one.timed + other.timed,
        lost=one.lost + other.lost,
        first=one.first,
        begin=one.begin,
        end=max((moment for moment in (one.end, other.end) if moment), default=None),
    )


def _items(track: _Track, zone: tzinfo, creator: str) -> Iterator[Item]:
    kind = STRAVA_TYPES.get(track.sport) or kind_of(track.sport) if track.sport else _titled(track)
    if (track.sport or kind) and kind not in ("run", "walk"):
        yield Skipped(track.position, f"{track.sport or track.name}, not a run.")
        return
    metres = known(track.way.metres)
    if track.first is None:
        told = "No point of the track has a time, so it has no date."
        yield Problem(track.position, f"{told} {by_hand(metres, UNKNOWN)}")
        return
    origin = None if instants.is_virtual(track.sport, creator, track.name) else track.way.origin
    day, abroad = instants.day_at(track.first, origin, zone)
    yield from (Note(track.position, told) for told in (abroad, *_to_check(track)) if told)
    for position in track.again:
        yield Note(position, f"It tells the same as {track.position} once more, so it is not counted.")
    for position in track.planned:
        yield Note(position, f"It has no times and begins or ends where {track.position} begins: it is not counted.")
    if track.mostly_untimed:
        told = f"Only {track.timed:,} of {track.points:,} points have a time, so it is not known how long it took."
        yield Note(track.position, told) if kind else Problem(track.position, f"{told} {by_hand(metres, UNKNOWN)}")
    if kind in ("run", "walk"):
        yield _run(track, track.first, day, "walk" if kind == "walk" else "run")
    elif not track.mostly_untimed:
        yield from _by_speed(track, track.first, day)


def _to_check(track: _Track) -> Iterator[str]:
    if track.undated:
        yield f"What has no times ({', '.join(track.undated[:UNDATED_NAMED])}) counts with its distance. Check it."
    if track.lost:
        yield f"{track.lost:,} of {track.points:,} points have no position. They were left out."
    yield left_out_words([track.way])


def _titled(track: _Track) -> Kind | Literal["other"] | None:
    """What the name says, unless it is faster than that: places are called Marche, too. Of what else is in a name,
    another sport counts from the speed of a slow ride on: "Bike ride to work", but not "Savile Row" at a jog."""
    kind, speed = kind_titled(track.name), known(track.way.metres) / track.seconds
    if kind is None and speed > RIDE_FROM and kind_in(track.name) == "other":
        return "other"
    is_too_fast = (kind == "run" and speed > FASTEST) or (kind == "walk" and speed > WALK_UP_TO)
    return None if is_too_fast else kind


def _by_speed(track: _Track, first: datetime, day: date) -> Iterator[Item]:
    """A track that names no sport: a run or a walk only at a speed that it can have."""
    metres, seconds = known(track.way.metres), track.seconds
    speed = metres / seconds
    told = "The file does not say which sport this was."
    hint = by_hand(metres, seconds)
    if not FIRST_YEAR <= first.year <= LAST_YEAR or (math.isnan(metres) and math.isnan(seconds)):
        yield _run(track, first, day, "run")  # which will be refused for what is wrong with it
    elif math.isnan(speed):
        yield Problem(track.position, f"{told} Without a distance and a time its speed does not tell either. {hint}")
    elif speed < WALK_BELOW:
        yield Note(track.position, f"{told} At {_kmh(speed)} it was taken for a walk. {hint}")
        yield _run(track, first, day, "walk")
    elif speed > RUN_UP_TO:
        yield Skipped(track.position, f"{told} At {_kmh(speed)} it was taken for a ride. {hint}")
    elif track.way.exceeded_for(FAST_SHARE) > FASTEST:
        told = f"{told} A tenth of it was faster than {_kmh(FASTEST)}, so it was taken for a ride."
        yield Skipped(track.position, f"{told} {hint}")
    else:
        yield _run(track, first, day, "run")


def _kmh(speed: float) -> str:
    return f"{3.6 * speed:.1f} km/h"


def _run(track: _Track, first: datetime, day: date, sport: Literal["run", "walk"]) -> Run:
    return Run(
        position=track.position,
        start=first.astimezone(UTC),
        local_date=day,
        distance_m=known(track.way.metres),
        duration_s=track.seconds,
        effort=UNKNOWN,
        source=SOURCE,
        source_id=instants.source_id(first),
        name=track.name,
        sport=sport,
    )
