"""Dates with times as GPX, TCX and Apple Health write them (ISO 8601 and its relatives)."""

import re
from datetime import UTC, date, datetime, tzinfo
from typing import Final

OFFSET: Final = re.compile(r" ([+-]\d\d):?(\d\d)$")  # Apple: 2016-11-14 07:25:41 -0700


def stated(text: str, zone: tzinfo) -> datetime | None:
    """The moment with the offset that the text states, or in `zone` when it states none; None when it is no moment."""
    try:
        moment = datetime.fromisoformat(OFFSET.sub(r"\1:\2", text.strip()))
        moment = moment if moment.tzinfo else moment.replace(tzinfo=zone)
        moment.astimezone(UTC)
    except (ValueError, OverflowError):  # the first and last day that a date can be have no universal time
        return None
    return moment


def local_day(moment: datetime, zone: tzinfo) -> date:
    """The day where it was: by the offset that the file states, or in `zone` when it states universal time."""
    return moment.date() if moment.utcoffset() else day_in(moment, zone)


def day_in(moment: datetime, zone: tzinfo) -> date:
    """The day of the moment in the zone."""
    try:
        return moment.astimezone(zone).date()
    except OverflowError:  # the first and last days that a date can be
        return moment.date()


def source_id(moment: datetime) -> str:
    """The same whenever the same recording is exported again: its start, to the second."""
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
