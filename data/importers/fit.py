"""FIT files of watches and apps: each session is an activity of its own. formats.md says what is accepted."""

import math
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta, timezone, tzinfo
from operator import itemgetter
from statistics import median_low
from typing import Final, Literal

from data.errors import UnreadableFileError
from data.importers import instants
from data.importers.fit_frames import Message, Part, Room, TooMuchError, Values, early_records, records, split, summary
from data.importers.fit_sets import workout_sets
from data.importers.instants import Place
from data.importers.result import UNKNOWN, Item, Note, Problem, Run, Skipped, Workout, WorkoutSet, by_hand, known

SOURCE: Final = "fit"
FIT_EPOCH: Final = datetime(1989, 12, 31, tzinfo=UTC)  # FIT date_time 0
LAST_DATE: Final = 0xFFFFFFFE
FIRST_DATE: Final = 0x10000000  # FIT profile: a smaller date_time counts seconds since the device was switched on
STRENGTH: Final = "strength_training"  # with the sport training, or fitness_equipment on some devices
# With these sports some devices and apps say by the sub-sport alone that it was a run.
RUNS_BY_SUB_SPORT: Final = {
    "fitness_equipment": {"treadmill", "indoor_running"},
    "generic": {"treadmill", "indoor_running", "track"},
}
RUN_NAMES: Final = {
    "treadmill": "Treadmill run",
    "indoor_running": "Indoor run",
    "track": "Track run",
    "trail": "Trail run",
    "ultra": "Ultra run",
    "virtual_activity": "Virtual run",
}
WALKS: Final = {"walking": "Walk", "hiking": "Hike"}
INDOORS: Final = {"treadmill", "indoor_running", "indoor_walking", "virtual_activity"}
VAGUE: Final = {"generic", "training", "fitness_equipment"}  # which may have been one
ON_FOOT: Final = {"running", *RUNS_BY_SUB_SPORT, *WALKS}
# Zones lie on quarters of an hour between these; other "offsets" are clocks that were wrong (samples: -243,360 h).
QUARTER_HOUR: Final = 15 * 60
WEST_MOST: Final = -12 * 3600
EAST_MOST: Final = 14 * 3600
MAX_SPAN_S: Final = 2 * 24 * 3600  # records farther from the middle one are broken (a sample has one of 2085)
MAX_SESSIONS: Final = 100  # of one part, and as many parts are read; the legs of a triathlon are five
MAX_SETS: Final = 10_000  # of one part; an hour of strength training has sixty
SEMICIRCLE: Final = math.pi / 2**31  # radians; FIT profile, the unit of positions
QUARTER_CIRCLE: Final = 2**30
FROM_RECORDS: Final = "The file has no summary: the distance and time are those of its records, pauses included."


class NotAnActivityError(UnreadableFileError):
    """A readable FIT file of something else: settings, daily monitoring, a planned workout."""


@dataclass(frozen=True, slots=True)
class Activities:
    """What one of the chained parts says: whose it is, its sessions, their sets, and what to warn about."""

    file_id: Values = field(default_factory=dict)
    activity: Values = field(default_factory=dict)
    sport: Values = field(default_factory=dict)
    sessions: tuple[Values, ...] = ()
    sets: tuple[Values, ...] = ()
    warnings: tuple[str, ...] = ()
    place: Place | None = None  # where it began, where that is asked and no session says it


def read(filename: str, content: bytes, zone: tzinfo, room: Room) -> Iterator[Item]:
    """The activities of all chained parts. Local days come from the file where it says, otherwise from `zone`.

    Raises UnreadableFileError when the file holds no activity, or more than `room`.
    """
    try:
        parts = [_activities(part, room) for part in split(content)]
    except TooMuchError as error:
        raise UnreadableFileError(f"{filename} has more in it than a recording of days. Export it again.") from error
    if not any(part.sessions for part in parts):
        raise _nothing_in(filename, parts)
    number = 0
    for part in parts:
        for session in part.sessions:
            number += 1
            yield from _items(f"session {number}", session, part, zone)
        for warning in part.warnings:
            said = Note if part.sessions else Problem  # what was read of the part is to check; else the part is lost
            yield said(f"after session {number}" if number else "start of the file", warning)


def _nothing_in(filename: str, parts: list[Activities]) -> UnreadableFileError:
    kinds = [str(part.file_id["type"]).replace("_", " ") for part in parts if "type" in part.file_id]
    if kinds and "activity" not in kinds:
        return NotAnActivityError(f"{filename} is a FIT file of the kind '{kinds[0]}', not a recorded activity.")
    lost = " ".join(warning for part in parts for warning in part.warnings)
    return UnreadableFileError(f"{filename} is a FIT file, but holds no activity with a time. {lost}".strip())


def _activities(part: Part, room: Room) -> Activities:
    messages, intact = summary(part.body, room)
    warnings = [part.damage] if part.damage else []
    if not intact and not part.damage:
        warnings.append("Some bytes of the file are damaged. What could be read before them was read.")
    activities = Activities(
        file_id=_first(messages, "file_id"),
        activity=_first(messages, "activity"),
        sport=_first(messages, "sport"),
        sessions=tuple(message.values for message in messages if message.name == "session"),
        sets=tuple(message.values for message in messages if message.name == "set"),
        warnings=tuple(warnings),
    )
    if len(activities.sessions) > MAX_SESSIONS or len(activities.sets) > MAX_SETS:
        raise TooMuchError
    if not activities.sessions:
        return _from_records(part, activities, room)
    return _completed(part, _placed(part, activities, room), room)


def _placed(part: Part, activities: Activities, room: Room) -> Activities:
    """With the place of its first records, where neither an offset nor a session says where it was. Decoding records is
    slow, so others are not asked."""
    asked = [session for session in activities.sessions if _is_outdoors(_told(session, activities))]
    if _offset(activities.activity) or all(_place(session) is not None for session in asked):
        return activities
    places = (_position(values, "") for values in early_records(part.body, room))
    return replace(activities, place=next((place for place in places if place is not None), None))


def _first(messages: list[Message], name: str) -> Values:
    return next((message.values for message in messages if message.name == name), {})


def _told(session: Values, activities: Activities) -> Values:
    """What says the sport of a session."""
    return session if session.get("sport") else activities.sport


def _is_outdoors(told: Values) -> bool:
    return told.get("sport") in ON_FOOT and told.get("sub_sport") not in INDOORS


def _from_records(part: Part, activities: Activities, room: Room) -> Activities:
    """The part with a session put together from its records, where it has records with times."""
    if activities.file_id.get("type", "activity") != "activity":
        return activities
    timed = _timed(part, room)
    if not timed:
        return activities
    session: Values = {"start_time": timed[0][0]} | _amounts(timed)
    place = next((place for _, values in timed if (place := _position(values, "")) is not None), None)
    return replace(activities, sessions=(session,), place=place, warnings=(*activities.warnings, FROM_RECORDS))


def _completed(part: Part, activities: Activities, room: Room) -> Activities:
    """The part with its sessions on foot that say no distance or no time given those of their records. Decoding
    records is slow, so a part that says them all is not asked."""
    if not any(_lacks(session, activities) for session in activities.sessions):
        return activities
    timed = _timed(part, room)
    alone = len(activities.sessions) == 1
    return replace(
        activities,
        sessions=tuple(
            _amounts(timed if alone else _during(session, timed), alone) | _stated(session)
            if _lacks(session, activities)
            else session
            for session in activities.sessions
        ),
    )


def _lacks(session: Values, activities: Activities) -> bool:
    told = _told(session, activities)
    is_whole = _number(session, "total_distance") and _duration(session) > 0
    return told.get("sport") in ON_FOOT and not is_whole


def _stated(session: Values) -> Values:
    """What the session says; an amount of 0 says nothing."""
    amounts = {"total_distance", "total_timer_time"}
    return {name: value for name, value in session.items() if value or name not in amounts}


def _timed(part: Part, room: Room) -> list[tuple[int, Values]]:
    """The part's records with their raw FIT times, by time, without those whose time is broken."""
    timed = [
        (time, message.values)
        for message in records(part.body, room)
        if (time := _stamp(message.values, "timestamp")) is not None
    ]
    if not timed:
        return []
    middle = median_low(time for time, _ in timed)
    return sorted((one for one in timed if abs(one[0] - middle) <= MAX_SPAN_S), key=itemgetter(0))


def _during(session: Values, timed: list[tuple[int, Values]]) -> list[tuple[int, Values]]:
    """The records of one session of several."""
    began, ended = _began(session), _stamp(session, "timestamp")
    return [] if began is None or ended is None else [one for one in timed if began <= one[0] <= ended]


def _amounts(timed: list[tuple[int, Values]], from_zero: bool = True) -> Values:
    """Distance and time of records. The distance counts from the file's beginning: where the session did not begin
    there (`from_zero`), what was reached before does not belong to it."""
    distances = [metres for _, values in timed if (metres := _number(values, "distance")) is not None]
    amounts: Values = {"total_timer_time": timed[-1][0] - timed[0][0]} if timed else {}
    if distances:
        amounts["total_distance"] = distances[-1] - (0.0 if from_zero else distances[0])
    return amounts


def _items(position: str, session: Values, part: Activities, zone: tzinfo) -> Iterator[Item]:
    told = _told(session, part)
    sport, sub_sport = str(told.get("sport", "")), str(told.get("sub_sport", ""))
    if not sport:
        yield Problem(position, f"The file does not say which sport this was. {_by_hand(session)}")
    elif sub_sport == STRENGTH and (sets := workout_sets(_sets_of(session, part))):
        yield _workout(position, session, part, zone, sets)
    elif sport in WALKS:
        yield from _run(position, session, part, zone, WALKS[sport], "walk")
    elif sport == "running" or sub_sport in RUNS_BY_SUB_SPORT.get(sport, ()):
        yield from _run(position, session, part, zone, RUN_NAMES.get(sub_sport, "Run"), "run")
    else:
        hint = f" {_by_hand(session)}" if sport in VAGUE and _number(session, "total_distance") else ""
        yield Skipped(position, f"{sport.replace('_', ' ').capitalize()}, not a run.{hint}")


def _run(
    position: str, session: Values, part: Activities, zone: tzinfo, name: str, sport: Literal["run", "walk"]
) -> Iterator[Item]:
    began = _began(session)
    start = None if began is None else _start(began, part.activity, zone)
    if began is None or start is None:
        yield Problem(position, f"The watch's clock was not set, so the run has no date. {_by_hand(session)}")
        return
    is_virtual = instants.is_virtual(name, str(part.file_id.get("manufacturer", "")))
    day, abroad = instants.day_at(start, None if is_virtual else _place(session) or part.place, zone)
    if began < FIRST_DATE:
        yield Note(position, f"The watch's clock was not set. The run is dated {day}, as the file suggests: check it.")
    if abroad:
        yield Note(position, abroad)
    yield Run(
        position=position,
        start=start.astimezone(UTC),
        local_date=day,
        distance_m=known(_number(session, "total_distance")),
        duration_s=_duration(session),
        effort=_effort(session),
        source=SOURCE,
        source_id=_source_id(part.file_id, began),
        name=name,
        sport=sport,
    )


def _place(session: Values) -> Place | None:
    """Where the session began, if it says so."""
    return _position(session, "start_")


def _position(values: Values, prefix: str) -> Place | None:
    north, east = (_number(values, f"{prefix}position_{name}") for name in ("lat", "long"))
    if north is None or east is None or abs(north) > QUARTER_CIRCLE or north == east == 0:
        return None
    return north * SEMICIRCLE, east * SEMICIRCLE


def _sets_of(session: Values, part: Activities) -> Iterator[Values]:
    """The sets that began during the session; all of them where it is the only one."""
    began, ended = _began(session), _stamp(session, "timestamp")
    for one in part.sets:
        at = _stamp(one, "start_time")
        alone = len(part.sessions) == 1 or None in (at, began, ended)
        if alone or (began or 0) <= (at or 0) <= (ended or 0):
            yield one


def _workout(
    position: str, session: Values, part: Activities, zone: tzinfo, sets: tuple[WorkoutSet, ...]
) -> Workout | Problem:
    began = _began(session)
    start = None if began is None else _start(began, part.activity, zone)
    if began is None or start is None or began < FIRST_DATE:
        return Problem(position, "The watch's clock was not set, so the workout has no date. Log it by hand.")
    source_id = f"{SOURCE} {_source_id(part.file_id, began)}"
    return Workout(position, instants.local_day(start, zone), source_id, "Strength training", sets)


def _began(session: Values) -> int | None:
    """The session's start as the raw FIT number: a date, or a counter where the clock was not set."""
    start, end = _stamp(session, "start_time"), _stamp(session, "timestamp")
    if start is None and end is not None:
        return max(0, end - int(_number(session, "total_elapsed_time") or 0))
    return start


def _start(began: int, activity: Values, zone: tzinfo) -> datetime | None:
    """The start with the offset that the file states, or in universal time; None without a date. Where the clock was
    not set, it is that of the runner's `zone`."""
    if began >= FIRST_DATE:
        utc = FIT_EPOCH + timedelta(seconds=began)
        return utc.astimezone(timezone(timedelta(seconds=_offset(activity))))
    saved, saved_local = _stamp(activity, "timestamp"), _stamp(activity, "local_timestamp")
    if saved is None or saved_local is None or saved_local < FIRST_DATE or not began <= saved < FIRST_DATE:
        return None
    local = FIT_EPOCH + timedelta(seconds=saved_local - saved + began)
    return local.replace(tzinfo=zone)


def _offset(activity: Values) -> int:
    """Seconds that the file states between local and universal time; 0 where it does not, or they are no zone."""
    saved, saved_local = _stamp(activity, "timestamp"), _stamp(activity, "local_timestamp")
    offset = 0 if saved is None or saved_local is None else saved_local - saved
    return offset if _is_zone(offset) else 0


def _is_zone(offset: int) -> bool:
    """Whether local minus universal time can be a zone. Zero may be either: the place or the runner's own zone knows
    better."""
    return WEST_MOST <= offset <= EAST_MOST and offset % QUARTER_HOUR == 0


def _source_id(file_id: Values, began: int) -> str:
    """The same for every copy of the recording: the device's serial number and its own clock at the start."""
    return f"{int(_number(file_id, 'serial_number') or 0)}-{began}"


def _duration(session: Values) -> float:
    return known(_number(session, "total_timer_time") or _number(session, "total_elapsed_time"))


def _effort(session: Values) -> float:
    """Garmin's rating after a run, stored as 0 to 100."""
    rating = _number(session, "workout_rpe")
    return UNKNOWN if rating is None or not 0 <= rating <= 100 else rating / 10


def _by_hand(session: Values) -> str:
    return by_hand(known(_number(session, "total_distance")), _duration(session))


def _stamp(values: Values, name: str) -> int | None:
    value = _number(values, name)
    return int(value) if value is not None and 0 <= value <= LAST_DATE else None


def _number(values: Values, name: str) -> float | None:
    value = values.get(name)
    return value if isinstance(value, int | float) else None
