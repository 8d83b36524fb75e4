"""An archive that was read (`archive_check`) is brought into a diary, or as new runners into a squad.

It replaces nothing: what is there stays, and how much of that says something else in the archive is counted.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import Connection, Engine, Table, insert, select

from data import trash
from data.archive import Archive, SquadArchive, Tables, gather, is_simulated
from data.archive_files import BY_NAME, CHOICES, FILES, IMPORTS, LINES, MARKS, REPLACED, REPORT_LINES, ArchiveFile
from data.archive_zip import Values
from data.engine import transaction
from data.entries import Run, WeekMark
from data.errors import InvalidEntryError, NotAllowedError
from data.schema import KINDS, coaches, import_choices, imports, runners, runs
from data.schema import trash as trash_table
from data.scope import Scope, SquadScope
from data.sharing_schema import notes, plan_templates
from data.sql import take_ids
from data.squads import join
from data.store import check_day_sums, check_mark, insert_row, writing

Placed = list[tuple[int, bool]]  # by row: the id it has in this database, and whether it is new there

_ENTRIES: Final = tuple(file for file in FILES if file.kind or file.name == CHOICES)


@dataclass(frozen=True)
class Restored:
    """What a restore did: by file, how many entries were added, and how many were there already and stay as they are;
    of these, how many say something else in the archive. `undo_id` takes the entries that were added out again (None:
    none was)."""

    added: Mapping[str, int]
    already: Mapping[str, int]
    differ: Mapping[str, int]
    settings: bool
    undo_id: int | None


def restore(engine: Engine, scope: Scope, archive: Archive) -> Restored:
    """Bring an archive in, in one transaction. An empty diary becomes what the archive holds, settings included. In any
    other the archive replaces nothing: an entry whose natural key is there stays as it is, and so does a week whose
    stated nothing is something there; the others are added. Raises InvalidEntryError where a day then had more running
    than a day may have; NotAllowedError, also for a simulated archive in a diary that is not: it would look as if
    somebody had run it."""
    scope.check_own()
    with writing(engine, scope, ()) as connection:
        check_simulated(archive, simulated=is_simulated(connection, scope))
        return _bring_in(connection, scope, archive)


def restore_squad(engine: Engine, scope: SquadScope, archive: SquadArchive) -> int:
    """Each runner becomes a new one of the squad, with the coach's notes, all or none: how many. A plan template whose
    name is there stays as it is, the others are added. Raises NotAllowedError where there are accounts, since there a
    diary is its runner's, who brings it in; and for simulated runners in a squad of others."""
    if not scope.is_own:
        raise NotAllowedError("With accounts each runner brings in their own archive, under Settings.")
    scope.check_writes()
    with transaction(engine) as connection:
        simulated = connection.scalar(select(coaches.c.simulated).where(coaches.c.id == scope.coach_id))
        for one in archive.runners:
            check_simulated(one, simulated=bool(simulated))
            runner_id = insert_row(connection, runners, {"name": one.name, "simulated": one.simulated})
            join(connection, scope, [runner_id])
            _bring_in(connection, Scope(runner_id), one)
            _bring_coachs(connection, scope, notes, one.notes, runner_id=runner_id)
        c = plan_templates.c
        there = set(connection.scalars(select(c.name).where(c.coach_id == scope.coach_id)))
        new = [template for template in archive.templates if template["name"] not in there]
        _bring_coachs(connection, scope, plan_templates, new)
    return len(archive.runners)


def _bring_coachs(connection: Connection, scope: SquadScope, table: Table, rows: Sequence[Values], **more: int) -> None:
    if rows:
        connection.execute(insert(table), [row | {"coach_id": scope.coach_id} | more for row in rows])


def check_simulated(archive: Archive, *, simulated: bool) -> None:
    """Raises NotAllowedError for a simulated archive where the diary, or the squad, is not `simulated`."""
    if archive.simulated and not simulated:
        whose = f"The diary of {archive.name}" if archive.name.strip() else "The diary"
        raise NotAllowedError(
            f"{whose} in the archive is simulated: nobody ran it. Among true entries it could not be told from them, so"
            " it cannot be brought in here."
        )


def _bring_in(connection: Connection, scope: Scope, archive: Archive) -> Restored:
    tables = dict(archive.tables)
    settings: Values | None = None
    there: Tables = {}
    against: list[Values] = []
    if _is_empty(connection, scope):
        settings = archive.settings
    else:
        there = gather(connection, scope, _ENTRIES)
        tables[MARKS], against = _marks(connection, scope, tables.get(MARKS, ()))
    if settings is not None:
        connection.execute(runners.update().where(runners.c.id == scope.runner_id).values(settings))
    ids = {IMPORTS: _bring_imports(connection, scope, tables)}
    differ: dict[str, int] = {}
    for file in _ENTRIES:
        if file.parent:
            _bring_parts(connection, file, tables.get(file.name, ()), ids)
        else:
            ids[file.name], differ[file.name] = _bring_entries(connection, scope, file, tables, there, ids)
    added = {name: sum(is_new for _, is_new in placed) for name, placed in ids.items()}
    already = {name: len(placed) - added[name] for name, placed in ids.items()}
    for counts in (already, differ):
        counts[MARKS] += len(against)
    return Restored(added, already, differ, settings is not None, _keep_undo(connection, scope, ids))


def _marks(connection: Connection, scope: Scope, rows: Sequence[Values]) -> tuple[list[Values], list[Values]]:
    """Weeks of nothing that the diary, as it is before anything comes in, does not speak against; and the others."""
    fit: list[Values] = []
    against: list[Values] = []
    for row in rows:
        try:
            check_mark(connection, scope, WeekMark.model_construct(**row))
            fit.append(row)
        except InvalidEntryError:
            against.append(row)
    return fit, against


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
    connection: Connection,
    scope: Scope,
    file: ArchiveFile,
    tables: Tables,
    there: Tables,
    ids: Mapping[str, Placed],
) -> tuple[Placed, int]:
    """Add the entries of a file that the diary has not: where each is, and how many say something else there."""
    rows, stored = tables.get(file.name, ()), there.get(file.name, ())
    places = _places(file, rows, stored)
    placed: Placed = [(0, True) if place is None else (stored[place]["id"], False) for place in places]
    if file.kind == "run" and stored:
        new = [Run.model_construct(**row) for row, place in zip(rows, places, strict=True) if place is None]
        check_day_sums(connection, scope, new, "the runs of the archive")
    fresh = iter(take_ids(connection, file.table, places.count(None)))
    placed = [(next(fresh), True) if is_new else (row_id, False) for row_id, is_new in placed]
    _insert(connection, file, rows, placed, ids, {"runner_id": scope.runner_id})
    theirs, mine = _told(file, tables), _told(file, there)
    return placed, sum(mine[place] != theirs[at] for at, place in enumerate(places) if place is not None)


def _places(file: ArchiveFile, rows: Sequence[Values], stored: Sequence[Values]) -> list[int | None]:
    """For each row which of the stored ones it is, by its natural key; a workout also at another place of its day."""
    keys = {_key(file, row): place for place, row in enumerate(stored)}
    workouts = {row["source_id"]: place for place, row in enumerate(stored)} if file.kind == "session" else {}
    workouts.pop(None, None)
    return [keys.get(_key(file, row), workouts.get(row.get("source_id"))) for row in rows]


def _key(file: ArchiveFile, row: Values) -> tuple[Any, ...]:
    return tuple(row[name] for name in (KINDS[file.kind].key if file.kind else file.order))


def _told(file: ArchiveFile, tables: Tables) -> list[Values]:
    """By row, what an entry says beside its key: its values and its parts, and not which import it came with."""
    parts = _parts_of(file, tables)
    apart = {"import_id", *(KINDS[file.kind].key if file.kind else file.order)}
    return [
        {name: row[name] for name in file.columns if name not in apart} | {"parts": parts.get(number, [])}
        for number, row in enumerate(tables.get(file.name, ()), start=1)
    ]


def _parts_of(file: ArchiveFile, tables: Tables) -> dict[int, list[Values]]:
    """By row of the file, the parts of that entry."""
    parts: dict[int, list[Values]] = {}
    for inside in (one for one in _ENTRIES if one.parent and one.kind == file.kind):
        names = [name for name in inside.columns if name != inside.parent]
        for row in tables.get(inside.name, ()):
            parts.setdefault(row[inside.parent], []).append({name: row[name] for name in names})
    return parts


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
