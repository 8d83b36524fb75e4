"""Dates with times as GPX, TCX and Apple Health write them (ISO 8601 and its relatives)."""

import math
import re
from datetime import MAXYEAR, MINYEAR, UTC, date, datetime, timedelta, timezone, tzinfo
from typing import Final

DAY: Final = timedelta(days=1)
FAR: Final = timedelta(hours=3)  # no zone that people live in is further from its sun, China's west included
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


def zone_at(moment: datetime, zone: tzinfo, place: tuple[float, float] | None) -> tzinfo:
    """The hours of the sun at a place (latitude and longitude in radians) where they are far from the runner's `zone`,
    and the file states universal time; else `zone`."""
    if place is None or moment.utcoffset():
        return zone
    sun = timedelta(hours=round(math.degrees(place[1]) / 15))
    apart = (sun - (moment.astimezone(zone).utcoffset() or timedelta())) % DAY  # the date line parts no clocks
    return timezone(sun) if min(apart, DAY - apart) > FAR else zone


def source_id(moment: datetime) -> str:
    """The same whenever the same recording is exported again: its start, to the second."""
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
