"""Dates with times as GPX, TCX and Apple Health write them (ISO 8601 and its relatives)."""

import re
from datetime import MAXYEAR, MINYEAR, UTC, date, datetime, tzinfo
from typing import Final

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


def source_id(moment: datetime) -> str:
    """The same whenever the same recording is exported again: its start, to the second."""
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
