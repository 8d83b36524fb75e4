"""Dates with times as GPX, TCX and Apple Health write them (ISO 8601 and its relatives), and the zones of places."""

import math
import re
from datetime import MAXYEAR, MINYEAR, UTC, date, datetime, tzinfo
from typing import Final
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import tzfpy

VIRTUAL: Final = ("virtu", "wirtual", "виртуал", "sanal", "virtuaali", "バーチャル", "虚拟", "虛擬", "가상")
Place = tuple[float, float]  # latitude and longitude in radians
OFFSET: Final = re.compile(r" ([+-]\d\d):?(\d\d)$")  # Apple: 2016-11-14 07:25:41 -0700


def stated(text: str, zone: tzinfo) -> datetime | None:
    """The moment with the offset that the text states, or in `zone` when it states none; None when it is no moment."""
    text = text.strip()
    try:
        moment = datetime.fromisoformat(OFFSET.sub(r"\1:\2", text) if " " in text else text)
    except ValueError:
        return None
    if not MINYEAR < moment.year < MAXYEAR:  # in another zone it might be a day that no date can be
        return None
    return moment if moment.tzinfo else moment.replace(tzinfo=zone)


def local_day(moment: datetime, zone: tzinfo) -> date:
    """The day where it was: by the offset that the file states, or in `zone` when it states universal time."""
    return moment.date() if moment.utcoffset() else moment.astimezone(zone).date()


def day_at(moment: datetime, place: Place | None, zone: tzinfo) -> tuple[date, str]:
    """The day where it was, as `local_day` in the zone of the place, and what to say where that is not the day in the
    runner's own `zone`."""
    there = zone_at(place, zone)
    day = local_day(moment, there)
    is_same = day == local_day(moment, zone)
    return day, "" if is_same else f"It began in {there}, so its day is the one there, not the one at home."


def zone_at(place: Place | None, zone: tzinfo) -> tzinfo:
    """The time zone of a place; the runner's own `zone` where no place is known."""
    if place is None:
        return zone
    latitude, longitude = map(math.degrees, place)
    name = tzfpy.get_tz(longitude, latitude)
    try:
        return ZoneInfo(name) if name else zone
    except ZoneInfoNotFoundError:  # newer than the zones of this machine
        return zone


def is_virtual(sport: str, *names: str) -> bool:
    """Whether the positions are those of a game, such as Zwift's Watopia, which lies in the Solomon Islands: by the
    sport, or by what names of the recording or its program say of Zwift. Real races are called virtual, too."""
    said = sport.casefold()
    return any(sign in said for sign in VIRTUAL) or any("zwift" in name.casefold() for name in names)


def source_id(moment: datetime) -> str:
    """The same whenever the same recording is exported again: its start, to the second."""
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
