"""The CSV file of one session that Polar Flow exports: headings, the session, then a second table of its samples."""

import re
from collections.abc import Iterator
from datetime import tzinfo
from functools import partial
from typing import Final, Literal

from data.errors import UnreadableFileError
from data.importers import activity_rows, dates
from data.importers.activity_rows import Cells
from data.importers.cells import METRES, Unit, amount, moment_of, time_of
from data.importers.dates import DateOrder
from data.importers.delimited import headers, rows
from data.importers.result import UNKNOWN, Item, Note, Run, echo, known, plain

SOURCE: Final = "polar"
NEEDED: Final = {"Sport", "Date", "Start time", "Duration"}
DISTANCES: Final = {"Total distance (km)": METRES["km"], "Total distance (mi)": METRES["mi"]}
POSITION: Final = "row 2"
NAMED: Final = re.compile(r"\d{4}-\d\d-\d\d")  # Ada_Runner_2018-06-20_11-17-03.CSV


def read_table(filename: str, text: str, zone: tzinfo, unit: Unit) -> Iterator[Item] | None:  # noqa: ARG001  a reader's
    """The session as an item; None when this is not Polar's table. Raises UnreadableFileError when it has none."""
    for header, delimiter in headers(text):
        columns = {name.strip(): at for at, name in enumerate(header)}
        if columns.keys() >= NEEDED and columns.keys() & DISTANCES.keys():
            row = next(rows(text, delimiter, len(header)), None)
            if row is None:
                raise UnreadableFileError(f"{filename} has the columns of a Polar export, but no session in it.")
            return _items(filename, {name: row[at] for name, at in columns.items()}, zone)
    return None


def _items(filename: str, cells: dict[str, str], zone: tzinfo) -> Iterator[Item]:
    order, is_sure = _order(filename, cells["Date"])
    readable = cells | {"Sport": cells["Sport"].replace("_", " ").capitalize()}  # as others write it
    item = activity_rows.item(POSITION, readable, "Sport", partial(_run, order=order, zone=zone), "The file")
    yield item
    if isinstance(item, Run) and not is_sure:
        told = f"The date is {echo(cells['Date'])}, which was read with the day first: {item.local_date:%-d %B %Y}."
        yield Note(POSITION, f"{told} Check it.")


def _order(filename: str, written: str) -> tuple[DateOrder, bool]:
    """The order of the date, and whether that is sure: Polar writes it as the runner's account does, and the usual name
    of the file has it once more, with the year first."""
    named = NAMED.search(filename)
    for order in ("day first", "month first"):
        moment = dates.read(written, order)
        if moment is not None and named and f"{moment.day}" == named[0]:
            return order, True
    day_first, month_first = (dates.read(written, order) for order in ("day first", "month first"))
    is_sure = "/" not in written or day_first is None or month_first in (None, day_first)
    return ("month first" if day_first is None else "day first"), is_sure


def _run(position: str, cells: Cells, sport: Literal["run", "walk"], *, order: DateOrder, zone: tzinfo) -> Run:
    written = f"{cells['Date'].strip()} {cells['Start time'].strip()}"
    moment = moment_of(written, dates.read(written, order))
    start, day = dates.placed(moment, zone)
    distance = next(amount(cells[name], "distance") * unit for name, unit in DISTANCES.items() if name in cells)
    return Run(
        position=position,
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
