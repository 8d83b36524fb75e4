"""The activities that intervals.icu exports as CSV: one row each, in metres and seconds, at local times."""

import re
from collections.abc import Iterator
from datetime import tzinfo
from typing import Final, Literal

from data.errors import UnreadableFileError
from data.importers import dates, sports
from data.importers.cells import BadCellError, Unit, amount, is_missing, moment_of
from data.importers.delimited import MAX_ROWS, headers, rows
from data.importers.result import MAX_EFFORT, UNKNOWN, Item, Problem, Run, Skipped, known, plain

SOURCE: Final = "intervals"
CLOCK: Final = re.compile(r"(?<=\d)(Z|[+-]\d\d:?\d\d)$")  # Strava's interface writes Z behind the time of the clock
MAX_KIND: Final = 40  # characters of an activity type repeated in a sentence
NEEDED: Final = {"id", "start_date_local", "type"}  # with an amount; no other program's table has these names
TIMES: Final = ("moving_time", "elapsed_time")


def read_table(filename: str, text: str, zone: tzinfo, unit: Unit) -> Iterator[Item] | None:  # noqa: ARG001  a reader's
    """The rows as items; None when this is not the table of intervals.icu.

    Raises UnreadableFileError when there is no row at all.
    """
    for header, delimiter in headers(text):
        columns = {name.strip(): at for at, name in enumerate(header)}
        if columns.keys() >= NEEDED and columns.keys() & {"distance", *TIMES}:
            return _read(filename, rows(text, delimiter, len(header)), columns, zone)
    return None


def _read(filename: str, found: Iterator[list[str]], columns: dict[str, int], zone: tzinfo) -> Iterator[Item]:
    number = 1
    for number, row in enumerate(found, start=2):
        if number > MAX_ROWS + 1:
            yield Problem(f"row {number}", f"Only the first {MAX_ROWS:,} activities were read. Split the file.")
            return
        yield _item(f"row {number}", {name: row[at] for name, at in columns.items()}, zone)
    if number == 1:
        raise UnreadableFileError(f"{filename} has the columns of intervals.icu, but no activity in it.")


def _item(position: str, cells: dict[str, str], zone: tzinfo) -> Item:
    kind = plain(cells["type"], MAX_KIND)
    sport = sports.kind_of(kind)
    if not kind:
        return Problem(position, "The row does not say which sport it was. Add this run by hand.")
    if sport is None or sport == "strength":
        return Skipped(position, f"{kind}, not a run.")
    try:
        return _run(position, cells, sport, zone)
    except BadCellError as error:
        return Problem(position, f"{error} Add this run by hand.")


def _run(position: str, cells: dict[str, str], sport: Literal["run", "walk"], zone: tzinfo) -> Run:
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
