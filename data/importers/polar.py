"""The CSV file of one session that Polar Flow exports: headings, the session, then a second table of its samples."""

from collections.abc import Iterator
from datetime import tzinfo
from typing import Final, Literal

from data.errors import UnreadableFileError
from data.importers import dates, sports
from data.importers.cells import METRES, BadCellError, Unit, amount, moment_of, time_of
from data.importers.delimited import headers, rows
from data.importers.result import UNKNOWN, Item, Problem, Run, Skipped, known, plain

SOURCE: Final = "polar"
MAX_KIND: Final = 40  # characters of a sport repeated in a sentence
NEEDED: Final = {"Sport", "Date", "Start time", "Duration"}
DISTANCES: Final = {"Total distance (km)": METRES["km"], "Total distance (mi)": METRES["mi"]}
POSITION: Final = "row 2"


def read_table(filename: str, text: str, zone: tzinfo, unit: Unit) -> Iterator[Item] | None:  # noqa: ARG001  a reader's
    """The session as an item; None when this is not Polar's table. Raises UnreadableFileError when it has none."""
    for header, delimiter in headers(text):
        columns = {name.strip(): at for at, name in enumerate(header)}
        if columns.keys() >= NEEDED and columns.keys() & DISTANCES.keys():
            row = next(rows(text, delimiter, len(header)), None)
            if row is None:
                raise UnreadableFileError(f"{filename} has the columns of a Polar export, but no session in it.")
            return iter([_item({name: row[at] for name, at in columns.items()}, zone)])
    return None


def _item(cells: dict[str, str], zone: tzinfo) -> Item:
    kind = plain(cells["Sport"], MAX_KIND)
    sport = sports.kind_of(kind)
    if not kind:
        return Problem(POSITION, "The file does not say which sport it was. Add this run by hand.")
    if sport is None or sport == "strength":
        return Skipped(POSITION, f"{kind.replace('_', ' ').capitalize()}, not a run.")
    try:
        return _run(cells, sport, zone)
    except BadCellError as error:
        return Problem(POSITION, f"{error} Add this run by hand.")


def _run(cells: dict[str, str], sport: Literal["run", "walk"], zone: tzinfo) -> Run:
    written = f"{cells['Date'].strip()} {cells['Start time'].strip()}"
    moment = moment_of(written, dates.read(written, "day first"))
    start, day = dates.placed(moment, zone)
    distance = next(amount(cells[name], "distance") * unit for name, unit in DISTANCES.items() if name in cells)
    return Run(
        position=POSITION,
        start=start,
        local_date=day,
        distance_m=known(distance),
        duration_s=time_of(cells["Duration"]) or UNKNOWN,
        effort=UNKNOWN,
        source=SOURCE,
        source_id=f"{day}T{moment.clock or ''}",
        name=plain(cells.get("Notes", "")),
        sport=sport,
    )
