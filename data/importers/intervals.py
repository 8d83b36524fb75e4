"""The activities that intervals.icu exports as CSV: one row each, in metres and seconds, at local times."""

import re
from collections.abc import Iterator
from datetime import tzinfo
from functools import partial
from typing import Final, Literal

from data.importers import activity_rows, dates
from data.importers.activity_rows import Cells
from data.importers.cells import BadCellError, Unit, amount, is_missing, moment_of
from data.importers.delimited import headers, rows
from data.importers.result import MAX_EFFORT, UNKNOWN, Item, Run, known, plain

SOURCE: Final = "intervals"
CLOCK: Final = re.compile(r"(?<=\d)(Z|[+-]\d\d:?\d\d)$")  # Strava's interface writes Z behind the time of the clock
NEEDED: Final = {"id", "start_date_local", "type"}  # with an amount; no other program's table has these names
TIMES: Final = ("moving_time", "elapsed_time")


def read_table(filename: str, text: str, zone: tzinfo, unit: Unit) -> Iterator[Item] | None:  # noqa: ARG001  a reader's
    """The rows as items; None when this is not the table of intervals.icu.

    Raises UnreadableFileError when there is no row at all.
    """
    for header, delimiter in headers(text):
        columns = {name.strip(): at for at, name in enumerate(header)}
        if columns.keys() >= NEEDED and columns.keys() & {"distance", *TIMES}:
            whose = f"{filename} has the columns of intervals.icu"
            return activity_rows.read(
                whose, rows(text, delimiter, len(header)), columns, "type", partial(_run, zone=zone)
            )
    return None


def _run(position: str, cells: Cells, sport: Literal["run", "walk"], *, zone: tzinfo) -> Run:
    written = CLOCK.sub("", cells["start_date_local"].strip())
    moment = moment_of(written, dates.read(written, "year first"))
    start, day = dates.placed(moment, zone)
    duration = next((found for name in TIMES if (found := amount(cells.get(name, ""), "time"))), UNKNOWN)
    return Run(
        position=position,
        start=start,
        local_date=day,
        distance_m=known(amount(cells.get("distance", ""), "distance")),
        duration_s=duration,
        effort=_effort(cells.get("icu_rpe", "")),
        source=SOURCE,
        source_id=plain(cells["id"]) or f"{day}T{moment.clock or ''}",
        name=plain(cells.get("name", "")),
        sport=sport,
    )


def _effort(text: str) -> float:
    """The perceived exertion, 1-10; unknown when it is anything else, which is no reason to lose the run."""
    try:
        value = UNKNOWN if is_missing(text) else amount(text, "effort")
    except BadCellError:
        return UNKNOWN
    return value if 0 < value <= MAX_EFFORT else UNKNOWN
