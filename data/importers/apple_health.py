"""Apple Health's export.xml, told as it streams: gigabytes of measurements with some workouts between them.

formats.md says what is accepted.
"""

import math
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, tzinfo
from typing import BinaryIO, Final
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from data.errors import UnreadableFileError
from data.importers import instants, markup
from data.importers.result import UNKNOWN, Item, Problem, Run, Skipped, amount, by_hand, clock, echo, known, plain
from data.importers.sports import kind_of
from data.importers.twins import MOST_A_DAY, Told, Twins

SOURCE: Final = "apple"
ROOT: Final = "HealthData"
MAX_WORKOUTS: Final = 50_000  # five a day for 27 years
KIND: Final = "HKWorkoutActivityType"
DISTANCE: Final = "HKQuantityTypeIdentifierDistanceWalkingRunning"
METRES: Final = {"km": 1000.0, "mi": 1609.344, "m": 1.0, "ft": 0.3048, "yd": 0.9144}
SECONDS: Final = {"min": 60.0, "s": 1.0, "sec": 1.0, "hr": 3600.0, "h": 3600.0}
VAGUE: Final = {"Other", "Swim bike run", "Transition"}  # in which a run may be
INDOOR: Final = "HKIndoorWorkout"
ZONE: Final = "HKTimeZone"


@dataclass(slots=True)
class _Workout:
    number: int
    stated: dict[str, str]
    distance: tuple[str, str] = ("", "")  # the sum of the statistics, and its unit
    remarks: dict[str, str] = field(default_factory=dict)


class _Workouts(markup.Listener):
    def __init__(self) -> None:
        super().__init__()
        self.ended = 0
        self._whole: list[_Workout] = []
        self._open = _Workout(0, {})

    def opened(self, name: str, attributes: dict[str, str]) -> None:
        if name == "Workout":
            self._open = _Workout(self.ended + 1, dict(attributes))
        elif self.path[-2:-1] == ["Workout"]:  # and not a part of a workout, which has statistics of its own
            if name == "WorkoutStatistics" and attributes.get("type") == DISTANCE:
                self._open.distance = (attributes.get("sum", ""), attributes.get("unit", ""))
            elif name == "MetadataEntry" and attributes.get("key") in (INDOOR, ZONE):
                self._open.remarks[attributes["key"]] = attributes.get("value", "")

    def closed(self, name: str, text: str) -> None:  # noqa: ARG002  nothing in this format is said in text
        if name == "Workout":
            self.ended += 1
            self._whole.append(self._open)

    def take(self) -> list[_Workout]:
        taken, self._whole = self._whole, []
        return taken


def read(filename: str, file: BinaryIO, zone: tzinfo) -> Iterator[Item]:
    """The workouts, from where the stream stands. Their dates carry the offset of the day of the export, so local days
    are those of the zone that a workout names, or else of `zone`.

    Raises UnreadableFileError when there is no workout.
    """
    found, seen, ending = _Workouts(), _Seen(), ""
    try:
        for _ in markup.tell(file, found, most=math.inf):
            for workout in found.take():
                yield seen.once(_item(workout, zone), workout)
            if found.ended >= MAX_WORKOUTS:
                ending = f"Only about {MAX_WORKOUTS:,} workouts were read."
                break
    except markup.DamagedError as error:
        ending = str(error)
    for workout in found.take():
        yield seen.once(_item(workout, zone), workout)
    if not found.ended:
        raise UnreadableFileError(_nothing_in(filename, ending))
    if ending:
        yield Problem(f"after workout {found.ended}", f"{ending} What comes before was read.")


def _nothing_in(filename: str, damage: str) -> str:
    if damage:
        return f"{filename} is an export of Apple Health, but holds no whole workout. {damage} Export it again."
    return (
        f"{filename} is an export of Apple Health, but holds no workout. Runs are in it when a watch or an app "
        "recorded them as workouts; steps alone are not read."
    )


class _Seen:
    """The runs and walks before, to tell which the watch and an app both told Apple Health of."""

    def __init__(self) -> None:
        self._twins = Twins()
        self._on_day: Counter[date] = Counter()

    def once(self, item: Item, workout: _Workout) -> Item:
        """The item, or why it does not count."""
        if not isinstance(item, Run):
            return item
        if self._on_day[item.local_date] == MOST_A_DAY:
            many = f"{item.local_date} has more than {MOST_A_DAY} runs and walks, so this one was left out."
            return Problem(item.position, f"{many} {by_hand(item.distance_m, item.duration_s)}")
        app = plain(workout.stated.get("sourceName", ""))
        metres, seconds = (None if value != value else value for value in (item.distance_m, item.duration_s))
        told = Told(item.local_date, item.start, metres, app, duration_s=seconds)
        twin = self._twins.twin_of(told)
        if twin is not None:
            same = f"The same run as the one that {echo(twin.source)} recorded, so it counts once."
            return Skipped(item.position, same)
        self._twins.add(told)
        self._on_day[item.local_date] += 1
        return item


def _item(workout: _Workout, zone: tzinfo) -> Item:
    position, stated = f"workout {workout.number}", workout.stated
    start, end = (instants.stated(stated.get(name, ""), zone) for name in ("startDate", "endDate"))
    metres, seconds = _metres(workout), _seconds(workout, start, end)
    activity = _words(stated.get("workoutActivityType", ""))
    kind = kind_of(activity)
    if not activity:
        return Problem(position, f"The export does not say which sport this was. {by_hand(metres, seconds)}")
    if kind == "strength":
        length = f" of {clock(seconds)}" if seconds == seconds else ""
        told = f"{activity}{length}, not a run. Log it as a session: the export does not say which exercises it had."
        return Skipped(position, told)
    if kind is None:
        hint = f" {by_hand(metres, seconds)}" if activity in VAGUE else ""
        return Skipped(position, f"{activity}, not a run.{hint}")
    if start is None:
        told = echo(stated.get("startDate", ""))
        return Problem(position, f"The start is {told}, which is no date with a time. {by_hand(metres, seconds)}")
    indoors = workout.remarks.get(INDOOR) == "1"
    return Run(
        position=position,
        start=start.astimezone(UTC),
        local_date=start.astimezone(_zone(workout, zone)).date(),
        distance_m=metres,
        duration_s=seconds,
        effort=UNKNOWN,
        source=SOURCE,
        source_id=instants.source_id(start),
        name=f"Indoor {'run' if kind == 'run' else 'walk'}" if indoors else activity,
        sport=kind,
    )


def _words(activity: str) -> str:
    """'HKWorkoutActivityTypeFunctionalStrengthTraining' as 'Functional strength training'."""
    spaced = "".join(f" {c.lower()}" if c.isupper() else c for c in activity.removeprefix(KIND))
    return plain(spaced, 60).capitalize()


def _metres(workout: _Workout) -> float:
    """The distance as an attribute of the workout, as until 2022, or else the sum of its statistics."""
    stated = workout.stated
    value = _scaled(stated.get("totalDistance", ""), stated.get("totalDistanceUnit", ""), METRES)
    return value if value == value else _scaled(*workout.distance, METRES)


def _seconds(workout: _Workout, start: datetime | None, end: datetime | None) -> float:
    """The duration, which leaves out pauses, or else the time from start to end."""
    stated = workout.stated
    value = _scaled(stated.get("duration", ""), stated.get("durationUnit", "min"), SECONDS)
    if value != value and start and end:
        return known((end.astimezone(UTC) - start.astimezone(UTC)).total_seconds())
    return value


def _scaled(text: str, unit: str, units: dict[str, float]) -> float:
    value = amount(text)
    return UNKNOWN if value is None or unit not in units else known(value * units[unit])


def _zone(workout: _Workout, zone: tzinfo) -> tzinfo:
    name = workout.remarks.get(ZONE)
    try:
        return ZoneInfo(name) if name else zone
    except (ZoneInfoNotFoundError, ValueError, OSError):  # no such zone, or no name that a zone can have
        return zone
