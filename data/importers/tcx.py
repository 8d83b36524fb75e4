"""TCX files of watches and sites: every activity is the sum of its whole laps. formats.md says what is accepted."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, tzinfo
from typing import BinaryIO, Final

from data.errors import UnreadableFileError
from data.importers import instants, markup
from data.importers.instants import Place
from data.importers.result import UNKNOWN, Item, Note, Problem, Run, Skipped, amount, by_hand, echo, known, plain
from data.importers.sports import kind_of
from data.importers.way import Way, left_out_words, place

SOURCE: Final = "tcx"
ROOT: Final = "TrainingCenterDatabase"
MAX_ACTIVITIES: Final = 10_000  # three a day for nine years
MAX_SPORT: Final = 40  # characters of a sport repeated in a sentence
MEASURED: Final = "The file states no distance for {}, so it was measured along the positions."
ODD_M: Final = 1_000.0  # at the first point of an activity: nobody has run so far before it; a convention
ANEW: Final = 0.5  # share of what was reached; a first point a little below it is a rounding
LAP_SUMS: Final = {"DistanceMeters", "TotalTimeSeconds"}


@dataclass(slots=True)
class _Lap:
    """What it states, and what its points say in case it states nothing: the first and last time, the metres since the
    activity began, and the way along the positions."""

    way: Way = field(default_factory=Way)
    stated: dict[str, float] = field(default_factory=dict)
    unreadable: str = ""
    first: str = ""
    last: str = ""
    left: str = ""
    reached: str = ""

    def seconds(self) -> float:
        stated = self.stated.get("TotalTimeSeconds", 0.0)
        if stated > 0:
            return stated
        first, last = instants.stated(self.first, UTC), instants.stated(self.last, UTC)
        return 0.0 if first is None or last is None else (last - first).total_seconds()

    @property
    def unused(self) -> str:
        """What its last point states as a distance and is none, where the lap states none itself."""
        return self.reached if amount(self.reached) is None and not self.stated.get("DistanceMeters") else ""

    @property
    def states_metres(self) -> bool:
        """Whether the lap or its points do. A converter has written laps of less than nothing."""
        return self.stated.get("DistanceMeters", 0.0) > 0 or bool(amount(self.reached))

    @property
    def is_measured(self) -> bool:
        """Whether its distance is that of its positions, which cost time and are asked where nothing states one."""
        return not self.states_metres and self.way.metres > 0

    @property
    def is_silent(self) -> bool:
        """Whether nothing says its distance; 0 says one, that of a rest."""
        return "DistanceMeters" not in self.stated and not self.reached and not self.way.points

    def metres(self, before: float) -> float:
        """Where the lap states none, from what was reached `before` it to its own last point."""
        stated = self.stated.get("DistanceMeters", 0.0)
        if stated > 0:
            return stated
        if not self.states_metres:
            return self.way.metres if self.is_measured else 0.0
        left, reached = amount(self.left) or 0.0, amount(self.reached) or 0.0
        if not before:  # the leg of a longer activity counts on from where the last one ended
            return reached - (left if left > ODD_M else 0.0)
        counts_anew = left < ANEW * before  # some devices do so in each lap
        return reached - (0.0 if counts_anew else before)


@dataclass(slots=True)
class _Activity:
    number: int
    sport: str
    began: str = ""
    notes: str = ""
    creator: str = ""
    laps: int = 0
    metres: float = 0.0
    seconds: float = 0.0
    reached: float = 0.0  # metres at the last point of its laps
    measured: list[Way] = field(default_factory=list)  # of the laps whose distance is that of their positions
    unreadable: str = ""
    unused: str = ""  # what is stated as an amount and is none, where something else says it
    silent: int = 0  # laps of which nothing says how long they were
    origin: Place | None = None  # the first position

    @property
    def position(self) -> str:
        return f"activity {self.number}"

    @property
    def by_hand(self) -> str:
        return by_hand(known(self.metres), known(self.seconds))

    def add(self, lap: _Lap) -> None:
        self.laps += 1
        metres, seconds = lap.metres(self.reached), lap.seconds()
        if metres and seconds:  # which its points know
            self.unused = self.unused or lap.unused or lap.unreadable
        else:
            self.unreadable = self.unreadable or lap.unreadable
            self.unused = self.unused or lap.unused
        self.silent += lap.is_silent
        if lap.is_measured:
            self.measured.append(lap.way)
        self.metres += metres
        self.seconds += seconds
        self.reached = amount(lap.reached) or self.reached + metres


class _Activities(markup.Listener):
    def __init__(self) -> None:
        super().__init__()
        self.number = self.ended = 0
        self.whole: list[_Activity] = []
        self.others: set[str] = set()
        self._open = _Activity(0, "")
        self._lap = _Lap()
        self._time = self._latitude = self._longitude = ""

    def opened(self, name: str, attributes: dict[str, str]) -> None:
        if name == "Activity":
            self.number += 1
            self._open = _Activity(self.number, attributes.get("Sport", ""))
        elif name == "Lap":
            self._lap = _Lap(self._lap.way.onward() if self._open.laps else Way())
            self._open.began = self._open.began or attributes.get("StartTime", "")
        elif name == "Track" and self._lap.first:  # a pause within the lap
            self._lap.way.pause()
        elif name == "Trackpoint":
            self._time = self._latitude = self._longitude = ""
        elif name in ("Course", "Workout"):
            self.others.add(name)

    def closed(self, name: str, text: str) -> None:
        parent = self.path[-1] if self.path else ""
        if name == "Activity":
            self.ended += 1
            self.whole.append(self._open)
            self._open = _Activity(0, "")
        elif parent == "Activity" and name == "Id":
            self._open.began = text or self._open.began
        elif parent == "Activity" and name == "Notes":
            self._open.notes = text
        elif parent == "Creator" and name == "Name":
            self._open.creator = text
        elif parent == "Activity" and name == "Lap":
            self._open.add(self._lap)
        elif parent == "Lap" and name in LAP_SUMS and text:
            self._state(name, text)
        elif parent == "Trackpoint" and text:
            self._point(name, text)
        elif parent == "Position":
            self._position(name, text)
        elif name == "Trackpoint" and not (self._lap.states_metres and self._open.origin):
            self._go_on()

    def _state(self, name: str, text: str) -> None:
        value = amount(text)
        if value is not None and value < 0:
            self._open.unused = self._open.unused or text  # rests of some converters, which say nothing else
            self._lap.stated.setdefault(name, 0.0)
        elif value is None:
            self._lap.unreadable = self._lap.unreadable or text
        else:
            self._lap.stated[name] = value

    def _point(self, name: str, text: str) -> None:
        if name == "DistanceMeters":
            self._lap.left = self._lap.left or text
            self._lap.reached = text
        elif name == "Time":
            self._lap.first = self._lap.first or text
            self._lap.last = self._time = text

    def _position(self, name: str, text: str) -> None:
        if name == "LatitudeDegrees":
            self._latitude = text
        elif name == "LongitudeDegrees":
            self._longitude = text

    def _go_on(self) -> None:
        here = place(self._latitude, self._longitude)
        self._open.origin = self._open.origin or here
        if here is not None and not self._lap.states_metres:
            self._lap.way.add(here, instants.stated(self._time, UTC))

    def take(self) -> list[_Activity]:
        taken, self.whole = self.whole, []
        return taken

    def take_open(self) -> _Activity | None:
        """The activity that the file breaks off in, where a lap of it is whole."""
        taken, self._open = self._open, _Activity(0, "")
        return taken if taken.laps else None


def read(filename: str, file: BinaryIO, zone: tzinfo) -> Iterator[Item]:
    """The activities that are whole, and the whole laps of one that is cut off. Times without an offset are in `zone`,
    which is also the zone of local days where the file states universal time.

    Raises UnreadableFileError when no activity and no lap is whole.
    """
    found, ending, cut = _Activities(), "", None
    try:
        for _ in markup.tell(file, found):
            yield from _items(found.take(), zone)
            if found.number > MAX_ACTIVITIES:
                ending = f"Only about {MAX_ACTIVITIES:,} activities were read. Split the file."
                break
    except markup.DamagedError as error:
        ending, cut = str(error), found.take_open()
    rest = found.take()
    if not found.ended and cut is None:
        raise _nothing_in(filename, found.others, ending)
    yield from _items(rest, zone)
    if cut is not None:
        yield from _items([cut], zone)
        yield Note(cut.position, f"{ending} Only its whole laps were read ({cut.laps}).")
    elif ending:
        yield Problem(f"after activity {found.ended}", f"{ending} What comes before was read.")


def _nothing_in(filename: str, others: set[str], damage: str) -> UnreadableFileError:
    if damage:
        return UnreadableFileError(f"{filename} holds no whole activity. {damage} Export it again.")
    if others:
        kind = " and ".join(sorted(other.lower() for other in others))
        return UnreadableFileError(f"{filename} is a TCX file with a planned {kind}, not a recorded activity.")
    return UnreadableFileError(f"{filename} is a TCX file, but holds no activity.")


def _items(activities: list[_Activity], zone: tzinfo) -> Iterator[Item]:
    for activity in activities:
        no_run = _no_run(activity)
        if no_run is None:
            yield from _run(activity, zone)
        else:
            yield no_run


def _no_run(activity: _Activity) -> Skipped | Problem | None:
    """Why it does not count, whatever else is in it; None for a run or walk."""
    sport = plain(activity.sport, MAX_SPORT)
    if not sport:
        return Problem(activity.position, f"The file does not say which sport this was. {activity.by_hand}")
    if sport.lower() == "other":
        return Skipped(activity.position, f"The sport is 'Other', not a run. {activity.by_hand}")
    if kind_of(activity.sport) not in ("run", "walk"):
        return Skipped(activity.position, f"{sport}, not a run.")
    return None


def _run(activity: _Activity, zone: tzinfo) -> Iterator[Item]:
    position, start = activity.position, instants.stated(activity.began, zone)
    if start is None:
        what = f"is {echo(activity.began)}, which is no date with a time" if activity.began else "is missing"
        yield Problem(position, f"The start {what}. {activity.by_hand}")
        return
    if activity.unreadable:
        told = f"A lap states {echo(activity.unreadable)}, which is no amount."
        yield Problem(position, f"{told} {by_hand(UNKNOWN, UNKNOWN)}")
        return
    origin = None if instants.is_virtual(activity.sport, activity.notes, activity.creator) else activity.origin
    day, abroad = instants.day_at(start, origin, zone)
    yield Run(
        position=position,
        start=start.astimezone(UTC),
        local_date=day,
        distance_m=known(activity.metres),
        duration_s=known(activity.seconds),
        effort=UNKNOWN,
        source=SOURCE,
        source_id=instants.source_id(start),
        name=plain(activity.notes),
        sport="walk" if kind_of(activity.sport) == "walk" else "run",
    )
    if abroad:
        yield Note(position, abroad)
    if activity.unused:
        told = f"The file states {echo(activity.unused)}, which is no amount. Check the distance and the time."
        yield Note(position, told)
    if activity.silent and activity.metres:
        told = f"{activity.silent:,} of {activity.laps:,} laps have neither a distance nor positions."
        yield Note(position, f"{told} Check the distance.")
    if activity.measured:
        measured = len(activity.measured)
        laps = "its laps" if measured == activity.laps else f"{measured:,} of {activity.laps:,} laps"
        yield Note(position, f"{MEASURED.format(laps)} {left_out_words(activity.measured)}".strip())
