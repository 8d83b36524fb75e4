"""Archives of older schemas, brought to this one by a small step for each migration, as the database was; and those of
the first format, whose texts stand as they were typed."""

from collections.abc import Callable, Iterator
from typing import Final

from data.archive_cells import GUARD, Row

Sheet = Iterator[Row]  # the header, then the rows, each read when it is asked for
Sheets = dict[str, Sheet]  # by file


def upgrade(sheets: Sheets, version: str, form: int) -> Sheets:
    """The files of an archive of this version and format as the newest one would have them. `version` is one of STEPS,
    or the newest."""
    upgraded = {name: _guarded(sheet) for name, sheet in sheets.items()} if form == 1 else dict(sheets)
    for of_version, step in STEPS.items():
        if of_version >= version:
            step(upgraded)
    return upgraded


def _guarded(sheet: Sheet) -> Sheet:
    """Where a text begins with an apostrophe, that is its own, and stays."""
    for row in sheet:
        yield [cell if cell is None or not cell.startswith(GUARD) else GUARD + cell for cell in row]


def _plans_that_adapt(sheets: Sheets) -> None:
    """0001 to 0002."""
    _insert(sheets, "plans.csv", "weekdays")
    for name in ("high", "load_kg"):
        _insert(sheets, "plan_items.csv", name)
    _insert(sheets, "plan_items.csv", "stage", "usual")
    _file(
        sheets,
        "progress_offers.csv",
        "exercise on_date step from_value to_value reason answer answered_on",
    )
    _file(sheets, "profiles.csv", "on_date equipment contraindications experience")
    _file(sheets, "exercise_videos.csv", "exercise url title")


def _who_may_see_what(sheets: Sheets) -> None:
    """0002 to 0003."""
    _file(sheets, "log.csv", "at who what")


def _every_watch_in(sheets: Sheets) -> None:
    """0003 to 0004."""
    _insert(sheets, "imports.csv", "state", "done")
    _insert(sheets, "imports.csv", "seen_at")
    _insert(sheets, "imports.csv", "progress")
    _insert(sheets, "imports.csv", "report_lines")
    _insert(sheets, "strength_sessions.csv", "source_id")
    for name in ("strength_sessions.csv", "pain_reports.csv", "weekly_totals.csv"):
        _insert(sheets, name, "import_id")
    _file(sheets, "import_lines.csv", "import_id file place outcome why")
    run = "start local_date distance_m duration_s effort source source_id import_id"
    _file(sheets, "replaced_runs.csv", f"replaced_by {run}")
    _file(sheets, "import_choices.csv", "what about choice")


STEPS: Final[dict[str, Callable[[Sheets], None]]] = {
    "0001": _plans_that_adapt,
    "0002": _who_may_see_what,
    "0003": _every_watch_in,
}


def _insert(sheets: Sheets, file: str, column: str, value: str | None = None) -> None:
    """A new last column with this value in each row; a file that is missing is missed later, by its name."""
    if file in sheets:
        sheets[file] = _wider(sheets[file], column, value)


def _wider(sheet: Sheet, column: str, value: str | None) -> Sheet:
    for number, row in enumerate(sheet):
        yield [*row, value if number else column]


def _file(sheets: Sheets, file: str, columns: str) -> None:
    """A new file without rows."""
    sheets.setdefault(file, iter([["number", *columns.split()]]))
