"""The cardioActivities.csv in Runkeeper's export: one activity a row, at the times of the clock where it was."""

from collections.abc import Iterator
from datetime import tzinfo
from typing import Final, Literal

from data.errors import UnreadableFileError
from data.importers import dates, sports
from data.importers.cells import METRES, BadCellError, Unit, amount, moment_of, time_of
from data.importers.delimited import MAX_ROWS, headers, rows
from data.importers.result import UNKNOWN, Item, Problem, Run, Skipped, known, plain

SOURCE: Final = "runkeeper"
MAX_KIND: Final = 40  # characters of a sport repeated in a sentence
NEEDED: Final = {"Activity Id", "Date", "Type", "Duration"}
DISTANCES: Final = {"Distance (km)": METRES["km"], "Distance (mi)": METRES["mi"]}


def read_table(filename: str, text: str, zone: tzinfo, unit: Unit) -> Iterator[Item] | None:  # noqa: ARG001  a reader's
    """The rows as items; None when this is not Runkeeper's table. Raises UnreadableFileError when there is no row."""
    for header, delimiter in headers(text):
        columns = {name.strip(): at for at, name in enumerate(header)}
        if columns.keys() >= NEEDED and columns.keys() & DISTANCES.keys():
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
        raise UnreadableFileError(f"{filename} has the columns of Runkeeper's export, but no activity in it.")


def _item(position: str, cells: dict[str, str], zone: tzinfo) -> Item:
    kind = plain(cells["Type"], MAX_KIND)
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
    start, day = dates.placed(moment_of(cells["Date"], dates.read(cells["Date"], "year first")), zone)
    metres = next(amount(cells[name], "distance") * unit for name, unit in DISTANCES.items() if name in cells)
    return Run(
        position=position,
        start=start,
        local_date=day,
        distance_m=known(metres),
        duration_s=time_of(cells["Duration"]) or UNKNOWN,
        effort=UNKNOWN,
        source=SOURCE,
        source_id=plain(cells["Activity Id"]) or cells["Date"].strip(),
        name=plain(cells.get("Route Name", "")),
        sport=sport,
    )
