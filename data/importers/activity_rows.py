"""Tables that have an activity in each row and name its sport in a column: what is the same for all of them."""

from collections.abc import Callable, Iterator
from typing import Final, Literal

from data.errors import UnreadableFileError
from data.importers import sports
from data.importers.cells import BadCellError
from data.importers.delimited import MAX_ROWS
from data.importers.result import Item, Problem, Run, Skipped, plain

MAX_KIND: Final = 40  # characters of a sport repeated in a sentence

Cells = dict[str, str]  # of a row, by their headings
MakeRun = Callable[[str, Cells, Literal["run", "walk"]], Run]  # at a position; raises BadCellError


def read(whose: str, found: Iterator[list[str]], columns: dict[str, int], sport: str, make: MakeRun) -> Iterator[Item]:
    """The rows below the headings as items, by the sport in that column. Raises UnreadableFileError, beginning with
    `whose` columns they are, when there is no row."""
    number = 1
    for number, row in enumerate(found, start=2):
        if number > MAX_ROWS + 1:
            yield Problem(f"row {number}", f"Only the first {MAX_ROWS:,} activities were read. Split the file.")
            return
        yield item(f"row {number}", {name: row[at] for name, at in columns.items()}, sport, make, "The row")
    if number == 1:
        raise UnreadableFileError(f"{whose}, but no activity in it.")


def item(position: str, cells: Cells, sport: str, make: MakeRun, what: str) -> Item:
    """The row as an item; `what` does not say its sport where it says none."""
    name = plain(cells[sport], MAX_KIND)
    kind = sports.kind_of(name)
    if not name:
        return Problem(position, f"{what} does not say which sport it was. Add this run by hand.")
    if kind is None or kind == "strength":
        return Skipped(position, f"{name}, not a run.")
    try:
        return make(position, cells, kind)
    except BadCellError as error:
        return Problem(position, f"{error} Add this run by hand.")
