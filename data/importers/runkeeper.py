"""The cardioActivities.csv in Runkeeper's export: one activity a row, at the times of the clock where it was."""

from collections.abc import Iterator
from datetime import tzinfo
from functools import partial
from typing import Final, Literal

from data.importers import activity_rows, dates
from data.importers.activity_rows import Cells
from data.importers.cells import METRES, Unit, amount, moment_of, time_of
from data.importers.delimited import headers, rows
from data.importers.result import UNKNOWN, Item, Run, known, plain

SOURCE: Final = "runkeeper"
NEEDED: Final = {"Activity Id", "Date", "Type", "Duration"}
DISTANCES: Final = {"Distance (km)": METRES["km"], "Distance (mi)": METRES["mi"]}


def read_table(filename: str, text: str, zone: tzinfo, unit: Unit) -> Iterator[Item] | None:  # noqa: ARG001  a reader's
    """The rows as items; None when this is not Runkeeper's table. Raises UnreadableFileError when there is no row."""
    for header, delimiter in headers(text):
        columns = {name.strip(): at for at, name in enumerate(header)}
        if columns.keys() >= NEEDED and columns.keys() & DISTANCES.keys():
            whose = f"{filename} has the columns of Runkeeper's export"
            return activity_rows.read(
                whose, rows(text, delimiter, len(header)), columns, "Type", partial(_run, zone=zone)
            )
    return None


def _run(position: str, cells: Cells, sport: Literal["run", "walk"], *, zone: tzinfo) -> Run:
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
