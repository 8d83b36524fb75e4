"""One archive: all of one runner, or of a squad, as a zip of CSV files that people can read without this product.

Rows are numbered inside each file and point to each other by these numbers, so the archive of the same diary is the
same to the byte, wherever it is stored. `read` checks all of an archive before anything is touched (`archive_check`).
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Any, Final

from sqlalchemy import Connection, Engine, Select, Table, insert, select

from data import trash
from data.archive_cells import Cells, to_text
from data.archive_files import (
    BY_NAME,
    CHOICES,
    FILES,
    IMPORTS,
    LINES,
    LOG,
    NUMBER,
    REPLACED,
    REPORT_LINES,
    SETTINGS,
    VERSION,
    ArchiveFile,
    readme,
)
from data.archive_zip import Values, pack
from data.engine import snapshot, transaction
from data.errors import NotAllowedError
from data.schema import KINDS, coaches, import_choices, imports, runners, runs
from data.schema import trash as trash_table
from data.scope import EVERYTHING, Area, Scope, SquadScope
from data.sharing import looked, shared
from data.sql import take_ids
from data.squads import join, members
from data.store import insert_row, writing

Tables = Mapping[str, Sequence[Values]]
Placed = list[tuple[int, bool]]  # by row: the id it has in this database, and whether it is new there

_FOLDER_DIGITS: Final = 3


@dataclass(frozen=True)
class Archive:
    """What an archive holds, checked: values by column and by file, with the rows of other files where a column points
    to them. `made` is when; `settings` is None where those are not shared; `simulated`: nobody ran any of it."""

    made: datetime
    name: str
    tables: Tables
    settings: Values | None
    simulated: bool = False

    @property
    def counts(self) -> dict[str, int]:
        """Rows by the title of their file, of those that hold any; the settings and the log aside."""
        files = [file for file in FILES if file.name not in (SETTINGS, LOG)]
        return {file.title: len(self.tables[file.name]) for file in files if self.tables.get(file.name)}


@dataclass(frozen=True)
class Restored:
    """What a restore did: by file, how many entries were added, and how many were there already and stay as they are.
    `undo_id` takes the entries that were added out again (None: none was)."""

    added: Mapping[str, int]
    already: Mapping[str, int]
    settings: bool
    undo_id: int | None


# Writing


def write(engine: Engine, scope: Scope, made: datetime) -> bytes:
    """The runner's archive, made at this moment. Raises NotAllowedError for anybody but the runner."""
    scope.check_own()
    with snapshot(engine) as connection:
        tables = gather(connection, scope, FILES)
        simulated = _is_simulated(connection, scope)
    whose = "a simulated runner" if simulated else "one runner"
    about = {"kind": "diary", "simulated": simulated}
    return pack(sheets(tables, FILES), about, made, readme(FILES, whose, "Settings"), VERSION)


def write_squad(engine: Engine, scope: SquadScope, by: str, made: datetime) -> bytes:
    """A folder for each runner of the squad. Where the diaries are not the coach's own, it holds the areas that are
    shared, and each runner's log says that `by` took them away; the manifest lists what is not shared."""
    areas = shared(engine, scope)
    if not scope.is_own:
        looked(engine, [runner for runner, held in areas.items() if held], by, "the diary, to take it away", made)
    contents: dict[str, Iterator[Cells]] = {}
    people: list[Values] = []
    with snapshot(engine) as connection:
        for number, member in enumerate(members(engine, scope), start=1):
            theirs = Scope(member.id, areas.get(member.id, frozenset()), frozenset(), scope.is_own, scope.is_own)
            files = tuple(file for file in FILES if holds(file, theirs.reads, own=scope.is_own))
            folder = f"runner-{number:0{_FOLDER_DIGITS}}"
            hidden = [area for area in EVERYTHING - {"notes"} if area not in theirs.reads]
            person = {"folder": folder, "name": member.name, "not_shared": sorted(hidden)}
            people.append(person | {"simulated": member.simulated})
            tables = gather(connection, theirs, files)
            contents |= {f"{folder}/{name}": rows for name, rows in sheets(tables, files).items()}
    about = {"kind": "squad", "own": scope.is_own, "runners": people}
    return pack(contents, about, made, readme(FILES, "the runners of a squad", "Squad"), VERSION)


def _is_simulated(connection: Connection, scope: Scope) -> bool:
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


# Bringing in


def restore(engine: Engine, scope: Scope, archive: Archive) -> Restored:
    """Bring an archive in, in one transaction. An empty diary becomes what the archive holds, settings included. In any
    other the archive replaces nothing: an entry whose natural key is there stays as it is, the others are added.
    Raises NotAllowedError, also for a simulated one in a diary that is not: it would look as if somebody had run it."""
    scope.check_own()
    with writing(engine, scope, ()) as connection:
        check_simulated(archive, simulated=_is_simulated(connection, scope))
        return _bring_in(connection, scope, archive)


def restore_squad(engine: Engine, scope: SquadScope, archives: Sequence[Archive]) -> int:
    """Each archive becomes a new runner of the squad, all or none: how many. Raises NotAllowedError where there are
    accounts, since there a diary is its runner's, who brings it in; and for simulated runners in a squad of others."""
    if not scope.is_own:
        raise NotAllowedError("With accounts each runner brings in their own archive, under Settings.")
    scope.check_writes()
    with transaction(engine) as connection:
        simulated = connection.scalar(select(coaches.c.simulated).where(coaches.c.id == scope.coach_id))
        for archive in archives:
            check_simulated(archive, simulated=bool(simulated))
            runner_id = insert_row(connection, runners, {"name": archive.name, "simulated": archive.simulated})
            join(connection, scope, [runner_id])
            _bring_in(connection, Scope(runner_id), archive)
    return len(archives)


def check_simulated(archive: Archive, *, simulated: bool) -> None:
    """Raises NotAllowedError for a simulated archive where the diary, or the squad, is not `simulated`."""
    if archive.simulated and not simulated:
        whose = f"The diary of {archive.name}" if archive.name.strip() else "The diary"
        raise NotAllowedError(
            f"{whose} in the archive is simulated: nobody ran it. Among true entries it could not be told from them, so"
            " it cannot be brought in here."
        )


def _bring_in(connection: Connection, scope: Scope, archive: Archive) -> Restored:
    settings = archive.settings if _is_empty(connection, scope) else None
    if settings is not None:
        connection.execute(runners.update().where(runners.c.id == scope.runner_id).values(settings))
    ids = {IMPORTS: _bring_imports(connection, scope, archive.tables)}
    for file in FILES:
        rows = archive.tables.get(file.name, ())
        if file.parent:
            _bring_parts(connection, file, rows, ids)
        elif file.kind or file.name == CHOICES:
            ids[file.name] = _bring_entries(connection, scope, file, rows, ids)
    added = {name: sum(is_new for _, is_new in placed) for name, placed in ids.items()}
    already = {name: len(placed) - added[name] for name, placed in ids.items()}
    return Restored(added, already, settings is not None, _keep_undo(connection, scope, ids))


def _keep_undo(connection: Connection, scope: Scope, ids: Mapping[str, Placed]) -> int | None:
    """What takes out again what came in; the list of imports and the choices about files stay."""
    kinds = [(BY_NAME[name].kind, placed) for name, placed in ids.items() if BY_NAME[name].kind]
    came = [(kind, row_id) for kind, placed in kinds for row_id, is_new in placed if is_new]
    values = {"runner_id": scope.runner_id, "payload": {}, "added": came}
    return insert_row(connection, trash_table, values) if came else None


def _is_empty(connection: Connection, scope: Scope) -> bool:
    tables = [imports, import_choices, *(kind.table for kind in KINDS.values())]
    return not any(
        connection.scalar(select(table.c.id).where(table.c.runner_id == scope.runner_id).limit(1)) for table in tables
    )


def _bring_imports(connection: Connection, scope: Scope, tables: Tables) -> Placed:
    """An import is there already when one of the same moment and files is. What was inside its row follows it."""
    rows = tables.get(IMPORTS, ())
    c = imports.c
    there: dict[tuple[Any, ...], list[int]] = {}
    stored = select(c.id, c.at, c.filename).where(c.runner_id == scope.runner_id).order_by(c.id)
    for row_id, at, filename in connection.execute(stored):
        there.setdefault((at, filename), []).append(row_id)
    placed: Placed = []
    for row in rows:
        same = there.get((row["at"], row["filename"]))
        placed.append((same.pop(0), False) if same else (0, True))
    fresh = iter(take_ids(connection, imports, sum(is_new for _, is_new in placed)))
    placed = [(next(fresh), True) if is_new else (row_id, False) for row_id, is_new in placed]
    lines = _lines(tables)
    replaced = _gave_way(connection, scope, tables.get(REPLACED, ()), placed)
    owner = {"runner_id": scope.runner_id}
    new = [
        _with_report(row, lines.get(number, [])) | owner | {"id": row_id, "replaced": replaced.get(number)}
        for number, (row, (row_id, is_new)) in enumerate(zip(rows, placed, strict=True), start=1)
        if is_new
    ]
    if new:
        connection.execute(insert(imports), new)
    return placed


def _with_report(row: Values, lines: list[list[str]]) -> Values:
    """An import's row as the table has it: an empty report is one, and none is none."""
    has_report = row[REPORT_LINES] is not None
    kept = {name: value for name, value in row.items() if name != REPORT_LINES}
    return kept | {"report": lines if has_report else None}


def _lines(tables: Tables) -> dict[int, list[list[str]]]:
    """By import, the lines of its report."""
    lines: dict[int, list[list[str]]] = {}
    for line in tables.get(LINES, ()):
        number, *said = line.values()
        lines.setdefault(number, []).append(said)
    return lines


def _gave_way(connection: Connection, scope: Scope, rows: Sequence[Values], placed: Placed) -> dict[int, trash.Payload]:
    """By import, the runs that come back with its undo, under ids of their own that nothing else gets."""
    payloads: dict[int, trash.Payload] = {}
    for row, row_id in zip(rows, take_ids(connection, runs, len(rows)), strict=True):
        came_with = row["import_id"]
        run = row | {"id": row_id, "runner_id": scope.runner_id}
        run["import_id"] = None if came_with is None else placed[came_with - 1][0]
        number = run.pop("replaced_by")
        payloads.setdefault(number, {"runs": []})["runs"].append(trash.to_json(run))
    return payloads


def _bring_entries(
    connection: Connection, scope: Scope, file: ArchiveFile, rows: Sequence[Values], ids: Mapping[str, Placed]
) -> Placed:
    key = KINDS[file.kind].key if file.kind else file.order
    there = _keys(connection, scope, file.table, key)
    workouts = _keys(connection, scope, file.table, ("source_id",)) if file.kind == "session" else {}
    placed: Placed = []
    for row in rows:
        same = there.get(tuple(row[name] for name in key))
        if same is None and file.kind == "session" and row["source_id"] is not None:
            same = workouts.get((row["source_id"],))  # the same workout, at another place of its day
        placed.append((0, True) if same is None else (same, False))
    fresh = iter(take_ids(connection, file.table, sum(is_new for _, is_new in placed)))
    placed = [(next(fresh), True) if is_new else (row_id, False) for row_id, is_new in placed]
    _insert(connection, file, rows, placed, ids, {"runner_id": scope.runner_id})
    return placed


def _keys(connection: Connection, scope: Scope, table: Table, key: Sequence[str]) -> dict[tuple[Any, ...], int]:
    query = select(table.c.id, *(table.c[name] for name in key)).where(table.c.runner_id == scope.runner_id)
    return {tuple(found): row_id for row_id, *found in connection.execute(query)}


def _bring_parts(connection: Connection, file: ArchiveFile, rows: Sequence[Values], ids: Mapping[str, Placed]) -> None:
    """The parts of those entries that were added."""
    owners = ids[file.points[file.parent]]
    new = [row for row in rows if owners[row[file.parent] - 1][1]]
    placed = [(row_id, True) for row_id in take_ids(connection, file.table, len(new))]
    _insert(connection, file, new, placed, ids, {})


def _insert(
    connection: Connection,
    file: ArchiveFile,
    rows: Sequence[Values],
    placed: Placed,
    ids: Mapping[str, Placed],
    owner: Values,
) -> None:
    new = [
        {name: _resolved(name, value, file, ids) for name, value in row.items()} | owner | {"id": row_id}
        for row, (row_id, is_new) in zip(rows, placed, strict=True)
        if is_new
    ]
    if new:
        connection.execute(insert(file.table), new)


def _resolved(name: str, value: Any, file: ArchiveFile, ids: Mapping[str, Placed]) -> Any:  # noqa: ANN401  a cell
    """The id of the row that a column's number means; other values as they are."""
    return ids[file.points[name]][value - 1][0] if name in file.points and value is not None else value
