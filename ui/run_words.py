"""A stored run in a line, for lists and messages."""

from typing import Final

from analysis.units import Units, format_distance
from ui.rows import Row

_SOURCES: Final = {
    "apple": "Apple Health",
    "fit": "FIT file",
    "garmin": "Garmin Connect",
    "gpx": "GPX file",
    "intervals": "intervals.icu",
    "manual": "typed",
    "polar": "Polar Flow",
    "runkeeper": "Runkeeper",
    "strava": "Strava",
    "table": "your own table",
    "tcx": "TCX file",
}


def line(row: Row, units: Units) -> str:
    """'Wed 4 Mar, 8.00 km, 45 min, Strava'."""
    parts = [f"{row['local_date']:%a %-d %b}"]
    if row["distance_m"] is not None:
        parts.append(format_distance(row["distance_m"], units, 2))
    if row["duration_s"] is not None:
        parts.append(f"{row['duration_s'] / 60:.0f} min")
    return ", ".join([*parts, source(row["source"])])


def source(name: str) -> str:
    """Where a run comes from, in words."""
    return _SOURCES.get(name, name)
