"""TCX files of watches and sites: every activity is the sum of its laps. formats.md says what is accepted."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, tzinfo
from typing import BinaryIO, Final

from data.errors import UnreadableFileError
from data.importers import instants, markup
from data.importers.result import UNKNOWN, Item, Problem, Run, Skipped, amount, by_hand, echo, known, plain
from data.importers.sports import kind_of

SOURCE: Final = "tcx"
ROOT: Final = "TrainingCenterDatabase"
MAX_ACTIVITIES: Final = 10_000  # three a day for nine years
MAX_SPORT: Final = 40  # characters of a sport repeated in a sentence
LAP_SUMS: Final = {"DistanceMeters", "TotalTimeSeconds"}


@dataclass(slots=True)
class _Activity:
    number: int
    sport: str
    began: str = ""
    notes: str = ""
    sums: dict[str, float] = field(default_factory=dict)
    unreadable: str = ""


class _Activities(markup.Listener):
    def __init__(self) -> None:
        super().__init__()
        self.number = self.ended = 0
        self.whole: list[_Activity] = []
        self.others: set[str] = set()
        self._open = _Activity(0, "")

    def opened(self, name: str, attributes: dict[str, str]) -> None:
        if name == "Activity":
            self.number += 1
            self._open = _Activity(self.number, attributes.get("Sport", ""))
        elif name == "Lap":
            self._open.began = self._open.began or attributes.get("StartTime", "")
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
        elif parent == "Lap" and name in LAP_SUMS and text:
            self._add(name, text)

    def _add(self, name: str, text: str) -> None:
        value = amount(text)
        if value is None:
            self._open.unreadable = self._open.unreadable or text
        else:
            self._open.sums[name] = self._open.sums.get(name, 0.0) + value

    def take(self) -> list[_Activity]:
        taken, self.whole = self.whole, []
        return taken


def read(filename: str, file: BinaryIO, zone: tzinfo) -> Iterator[Item]:
    """The activities that are whole. Times without an offset are in `zone`, which is also the zone of local days where
    the file states universal time.

    Raises UnreadableFileError when no activity is whole.
    """
    found, ending = _Activities(), ""
    try:
        for _ in markup.tell(file, found):
            yield from (_item(activity, zone) for activity in found.take())
            if found.number > MAX_ACTIVITIES:
                ending = f"Only about {MAX_ACTIVITIES:,} activities were read. Split the file."
                break
    except markup.DamagedError as error:
        ending = str(error)
    rest = found.take()
    if not found.ended:
        raise _nothing_in(filename, found.others, ending)
    yield from (_item(activity, zone) for activity in rest)
    if ending:
        yield Problem(f"after activity {found.ended}", f"{ending} What comes before was read.")


def _nothing_in(filename: str, others: set[str], damage: str) -> UnreadableFileError:
    if damage:
        return UnreadableFileError(f"{filename} holds no whole activity. {damage} Export it again.")
    if others:
        kind = " and ".join(sorted(other.lower() for other in others))
        return UnreadableFileError(f"{filename} is a TCX file with a planned {kind}, not a recorded activity.")
    return UnreadableFileError(f"{filename} is a TCX file, but holds no activity.")


def _item(activity: _Activity, zone: tzinfo) -> Item:
    position, kind = f"activity {activity.number}", kind_of(activity.sport)
    metres, seconds = known(activity.sums.get("DistanceMeters")), known(activity.sums.get("TotalTimeSeconds"))
    if not plain(activity.sport):
        return Problem(position, f"The file does not say which sport this was. {by_hand(metres, seconds)}")
    if plain(activity.sport).lower() == "other":
        return Skipped(position, f"The sport is 'Other', not a run. {by_hand(metres, seconds)}")
    if kind not in ("run", "walk"):
        return Skipped(position, f"{plain(activity.sport, MAX_SPORT)}, not a run.")
    start = instants.stated(activity.began, zone)
    if start is None:
        what = f"is {echo(activity.began)}, which is no date with a time" if activity.began else "is missing"
        return Problem(position, f"The start {what}. {by_hand(metres, seconds)}")
    if activity.unreadable:
        return Problem(
            position, f"A lap states {echo(activity.unreadable)}, which is no amount. {by_hand(UNKNOWN, UNKNOWN)}"
        )
    return Run(
        position=position,
        start=start.astimezone(UTC),
        local_date=instants.local_day(start, zone),
        distance_m=metres,
        duration_s=seconds,
        effort=UNKNOWN,
        source=SOURCE,
        source_id=instants.source_id(start),
        name=plain(activity.notes),
        sport="walk" if kind == "walk" else "run",
    )
