"""One archive: all of one runner, or of a squad, as a zip of CSV files that people can read without this product.

Rows are numbered inside each file and point to each other by these numbers, so the archive of the same diary is the
same to the byte, wherever it is stored. It is read by `archive_check`, and brought in by `archive_restore`.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Any, Final

from sqlalchemy import ColumnElement, Connection, Engine, Select, Table, select

from data import trash
from data.archive_cells import Cells, to_text
from data.archive_files import (
    FILES,
    IMPORTS,
    LEFT_OUT_OF_SQUAD,
    LINES,
    LOG,
    NOT_OWN,
    NOTES,
    NUMBER,
    REPLACED,
    REPORT_LINES,
    SETTINGS,
    TEMPLATES,
    VERSION,
    ArchiveFile,
    readme,
)
from data.archive_zip import Values, pack
from data.engine import snapshot
from data.schema import KINDS, runners, runs
from data.scope import EVERYTHING, Area, Scope, SquadScope
from data.sharing import looked, shared
from data.squads import members

Tables = Mapping[str, Sequence[Values]]
_FOLDER_DIGITS: Final = 3


@dataclass(frozen=True)
class Archive:
    """What an archive holds, checked: values by column and by file, with the rows of other files where a column points
    to them. `made` is when; `settings` is None where those are not shared; `simulated`: nobody ran any of it; `notes`
    are the coach's, in a squad of one's own."""

    made: datetime
    name: str
    tables: Tables
    settings: Values | None
    simulated: bool = False
    notes: Sequence[Values] = ()

    @property
    def counts(self) -> dict[str, int]:
        """Rows by the title of their file, of those that hold any; the settings and the log aside."""
        files = [file for file in FILES if file.name not in (SETTINGS, LOG)]
        found = {file.title: len(self.tables[file.name]) for file in files if self.tables.get(file.name)}
        return found | ({NOTES.title: len(self.notes)} if self.notes else {})


@dataclass(frozen=True)
class SquadArchive:
    """What the archive of a squad holds, checked: its runners, and the coach's plan templates as rows."""

    made: datetime
    runners: tuple[Archive, ...]
    templates: Sequence[Values] = ()


def write(engine: Engine, scope: Scope, made: datetime) -> bytes:
    """The runner's archive, made at this moment. Raises NotAllowedError for anybody but the runner."""
    scope.check_own()
    with snapshot(engine) as connection:
        tables = gather(connection, scope, FILES)
        simulated = is_simulated(connection, scope)
    whose = "a simulated runner" if simulated else "one runner"
    about = {"kind": "diary", "simulated": simulated}
    return pack(sheets(tables, FILES), about, made, readme(FILES, whose, "Settings"), VERSION)


def write_squad(engine: Engine, scope: SquadScope, by: str, made: datetime) -> bytes:
    """A folder for each runner of the squad, and the coach's plan templates. Where the diaries are the coach's own, it
    holds the coach's notes too; else the areas that are shared, and each runner's log says that `by` took them away.
    The manifest lists what is not shared."""
    areas = shared(engine, scope)
    if not scope.is_own:
        looked(engine, [runner for runner, held in areas.items() if held], by, "the diary, to take it away", made)
    people: list[Values] = []
    squad = members(engine, scope)
    with snapshot(engine) as connection:
        contents = sheets({TEMPLATES.name: _of_coach(connection, scope, TEMPLATES)}, [TEMPLATES])
        for number, member in enumerate(squad, start=1):
            theirs = Scope(member.id, areas.get(member.id, frozenset()), frozenset(), scope.is_own, scope.is_own)
            files = tuple(file for file in FILES if holds(file, theirs.reads, own=scope.is_own))
            folder = f"runner-{number:0{_FOLDER_DIGITS}}"
            hidden = [area for area in EVERYTHING - {"notes"} if area not in theirs.reads]
            person = {"folder": folder, "name": member.name, "not_shared": sorted(hidden)}
            people.append(person | {"simulated": member.simulated})
            tables = gather(connection, theirs, files)
            if scope.is_own:
                files = (*files, NOTES)
                tables[NOTES.name] = _of_coach(connection, scope, NOTES, NOTES.table.c.runner_id == member.id)
            contents |= {f"{folder}/{name}": rows for name, rows in sheets(tables, files).items()}
    about = {"kind": "squad", "own": scope.is_own, "runners": people}
    return pack(contents, about, made, _readme_of_squad(own=scope.is_own), VERSION)


def _of_coach(
    connection: Connection, scope: SquadScope, file: ArchiveFile, *where: ColumnElement[bool]
) -> list[Values]:
    query = select(file.table).where(file.table.c.coach_id == scope.coach_id, *where)
    rows = [dict(row) for row in connection.execute(query).mappings()]
    return sorted(rows, key=partial(_sort_key, file))


def _readme_of_squad(*, own: bool) -> str:
    files = (TEMPLATES, *FILES, *((NOTES,) if own else ()))
    left_out = (*LEFT_OUT_OF_SQUAD.values(), *(() if own else (NOT_OWN,)))
    return readme(files, "the runners of a squad", "Squad", left_out)


def is_simulated(connection: Connection, scope: Scope) -> bool:
    return bool(connection.scalar(select(runners.c.simulated).where(runners.c.id == scope.runner_id)))


def holds(file: ArchiveFile, areas: frozenset[Area], *, own: bool) -> bool:
    """Whether an archive of these areas has this file: settings and log are the runner's `own`."""
    return own or (bool(file.areas) and areas.issuperset(file.areas))


def gather(connection: Connection, scope: Scope, files: Sequence[ArchiveFile]) -> dict[str, list[Values]]:
    """The rows of these files in their order; what they point to by row numbers, which begin at 1."""
    found: dict[str, list[Values]] = {}
    numbers: dict[str, dict[int, int]] = {}
    for file in files:
        rows = (
            _inside_imports(file, found[IMPORTS])
            if file.name in (LINES, REPLACED)
            else _stored(connection, scope, file)
        )
        for row in rows:
            row.update({column: numbers.get(to, {}).get(row[column]) for column, to in file.points.items()})
        rows.sort(key=partial(_sort_key, file))
        numbers[file.name] = {row["id"]: number for number, row in enumerate(rows, start=1) if "id" in row}
        found[file.name] = rows
    return found


def _stored(connection: Connection, scope: Scope, file: ArchiveFile) -> list[Values]:
    rows = [dict(row) for row in connection.execute(_query(scope, file)).mappings()]
    if file.name == IMPORTS:
        for row in rows:
            row[REPORT_LINES] = None if row.get("report") is None else len(row["report"])
    return rows


def _query(scope: Scope, file: ArchiveFile) -> Select[Any]:
    if file.name == SETTINGS:
        return select(file.table).where(file.table.c.id == scope.runner_id)
    if file.parent:
        owner = KINDS[file.kind].table
        return select(file.table).join(owner, owner.c.id == file.table.c[file.parent]).where(*_held(scope, file, owner))
    return select(file.table).where(*_held(scope, file, file.table))


def _held(scope: Scope, file: ArchiveFile, table: Table) -> list[Any]:
    mine = table.c.runner_id == scope.runner_id
    return [mine, *(scope.holds(table.c.runner_id, area) for area in file.areas)]


def _inside_imports(file: ArchiveFile, found: Sequence[Values]) -> list[Values]:
    """The lines of the imports' reports, or the runs that gave way to them, which stand inside their import's row."""
    if file.name == LINES:
        names = list(file.columns)[1:]
        return [
            {"import_id": row["id"]} | dict(zip(names, line, strict=True))
            for row in found
            for line in row["report"] or ()
        ]
    return [
        {"replaced_by": row["id"]} | {name: value for name, value in trash.from_json(runs, run).items() if name != "id"}
        for row in found
        for run in (row["replaced"] or {}).get("runs", ())
    ]


def _sort_key(file: ArchiveFile, row: Values) -> list[tuple[bool, Any]]:
    """By the parent, then by the file's own order, the unknown last; Python's order of letters, since each database has
    its own."""
    columns = ((file.parent,) if file.parent else ()) + file.order
    return [(row[column] is None, row[column]) for column in columns]


def sheets(tables: Tables, files: Sequence[ArchiveFile]) -> dict[str, Iterator[Cells]]:
    """Each file's cells, its header first, to be gone through once."""
    return {file.name: _cells(file, tables[file.name]) for file in files}


def _cells(file: ArchiveFile, rows: Sequence[Values]) -> Iterator[Cells]:
    yield [NUMBER, *file.columns]
    for number, row in enumerate(rows, start=1):
        yield [str(number), *(to_text(row[name], file.column(name)) for name in file.columns)]
