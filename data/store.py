"""Save, delete, undo. Every call takes the viewer's scope first; nothing here reads another runner's rows.

A write is one transaction that begins by bumping the runner's revision: that line locks the runner against other
writers on both databases, so a natural key is looked up and written without a race, and every cache sees the change.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Connection, Engine, Table, and_, func, insert, select, update

from data import trash
from data.engine import reading, transaction
from data.entries import Entry, Plan, Run, WeekMark
from data.errors import InvalidEntryError, NotAllowedError, NotFoundError, Problem
from data.schema import KINDS, MAX_RUN_M, Kind, imports, plans, runners, runs, strength_sessions, weekly_totals
from data.schema import trash as trash_table
from data.weeks import runner_week

_CHUNK = 500  # ids in one IN (...): SQLite's oldest limit on variables is 999


@dataclass(frozen=True)
class Scope:
    """Which runner's rows a viewer may touch. Made in `ui/access.py`, asked for by every call here."""

    runner_id: int
    may_write: bool = True


@dataclass(frozen=True)
class Receipt:
    """What a write did: the row's id, and the trash entry that undoes it (None when nothing was replaced)."""

    row_id: int
    undo_id: int | None = None


@dataclass(frozen=True)
class ImportReceipt:
    """How many runs an import added and how many were there already (same source and source id)."""

    import_id: int
    added: int
    already: int


def save(engine: Engine, scope: Scope, *entries: Entry) -> tuple[Receipt, ...]:
    """Store entries under their natural keys, all or none: the same form twice is one row, a changed one replaces it.

    What is replaced can be undone. Raises InvalidEntryError when an entry contradicts what is stored (nothing is then
    saved), NotAllowedError, NotFoundError, StorageError.
    """
    with _writing(engine, scope) as connection:
        return tuple(_save(connection, scope, entry) for entry in entries)


def delete(engine: Engine, scope: Scope, kind: str, row_id: int) -> Receipt:
    """Move one entry to the trash; the receipt's `undo_id` brings it back. Raises NotFoundError."""
    with _writing(engine, scope) as connection:
        if row_id not in _ids(connection, scope, KINDS[kind], KINDS[kind].table.c.id == row_id):
            raise NotFoundError("This entry is not in your diary any more.")
        return Receipt(row_id, _to_trash(connection, scope, kind, [row_id]))


def undo(engine: Engine, scope: Scope, undo_id: int) -> None:
    """Bring back what a receipt's `undo_id` names; what stands in its place now goes to the trash. NotFoundError."""
    with _writing(engine, scope) as connection:
        query = select(trash_table).where(trash_table.c.id == undo_id, trash_table.c.runner_id == scope.runner_id)
        found = connection.execute(query).one_or_none()
        if found is None:
            raise NotFoundError("There is nothing to bring back.")
        connection.execute(trash_table.delete().where(trash_table.c.id == undo_id))
        kind = KINDS[found.kind]
        for row in found.payload[kind.table.name]:
            key = trash.from_json(kind.table, {column: row[column] for column in kind.key})
            _clear(connection, scope, found.kind, _where(kind, key))
        trash.put_back(connection, found.payload)


def add_runs(engine: Engine, scope: Scope, found: Sequence[Run], filename: str, at: datetime) -> ImportReceipt:
    """Add the runs of one import that are not there yet. All or nothing; `undo_import` takes them out again."""
    with _writing(engine, scope) as connection:
        known = _source_ids(connection, scope)
        new = {(run.source, run.source_id): run for run in found if (run.source, run.source_id) not in known}
        _check_day_sums(connection, scope, list(new.values()))
        header = {"runner_id": scope.runner_id, "at": at, "filename": filename}
        import_id = _insert(connection, imports, header)
        rows = [run.model_dump() | {"runner_id": scope.runner_id, "import_id": import_id} for run in new.values()]
        if rows:
            connection.execute(insert(runs), rows)
        return ImportReceipt(import_id, len(rows), len(found) - len(rows))


def undo_import(engine: Engine, scope: Scope, import_id: int) -> Receipt:
    """Take the runs of one import out; the receipt's `undo_id` puts them back. Raises NotFoundError."""
    with _writing(engine, scope) as connection:
        ids = _ids(connection, scope, KINDS["run"], runs.c.import_id == import_id)
        if not ids:
            raise NotFoundError("This import has no runs in your diary any more.")
        return Receipt(import_id, _to_trash(connection, scope, "run", ids))


def known_runs(engine: Engine, scope: Scope) -> set[tuple[str, str]]:
    """(source, source_id) of every stored run: what an import's preview shows as there already."""
    with reading(engine) as connection:
        return _source_ids(connection, scope)


@contextmanager
def _writing(engine: Engine, scope: Scope) -> Iterator[Connection]:
    if not scope.may_write:
        raise NotAllowedError("You may look at this diary, but not change it.")
    with transaction(engine) as connection:
        bump = update(runners).where(runners.c.id == scope.runner_id).values(revision=runners.c.revision + 1)
        if connection.execute(bump).rowcount == 0:
            raise NotFoundError("This diary is not here any more.")
        yield connection


def _save(connection: Connection, scope: Scope, entry: Entry) -> Receipt:
    _check_against_stored(connection, scope, entry)
    if isinstance(entry, Plan):
        entry = _between_plans(connection, scope, entry)
    kind = KINDS[entry.kind]
    values = _values(entry)
    undo_id = _clear(connection, scope, entry.kind, _where(kind, values))
    row_id = _insert(connection, kind.table, {"runner_id": scope.runner_id, **values})
    if kind.parts is not None:
        connection.execute(insert(kind.parts), _parts(entry, kind, row_id))
    return Receipt(row_id, undo_id)


def _values(entry: Entry) -> dict[str, Any]:
    values = entry.model_dump(exclude={"parts"})
    if isinstance(entry, Run) and not entry.source_id:
        values["source_id"] = entry.natural_key()
    return values


def _parts(entry: Any, kind: Kind, row_id: int) -> list[dict[str, Any]]:  # noqa: ANN401  any entry with parts
    rows = [part.model_dump() | {kind.parent: row_id} for part in entry.parts]
    if isinstance(entry, Plan):
        return [row | {"position": position} for position, row in enumerate(rows)]
    return rows


def _insert(connection: Connection, table: Table, values: dict[str, Any]) -> int:
    return int(connection.execute(insert(table).values(values).returning(table.c.id)).scalar_one())


def _where(kind: Kind, values: dict[str, Any]) -> ColumnElement[bool]:
    return and_(*(kind.table.c[column] == values[column] for column in kind.key))


def _clear(connection: Connection, scope: Scope, kind: str, where: ColumnElement[bool]) -> int | None:
    ids = _ids(connection, scope, KINDS[kind], where)
    return _to_trash(connection, scope, kind, ids) if ids else None


def _ids(connection: Connection, scope: Scope, kind: Kind, where: ColumnElement[bool]) -> list[int]:
    query = select(kind.table.c.id).where(kind.table.c.runner_id == scope.runner_id, where)
    return list(connection.scalars(query))


def _to_trash(connection: Connection, scope: Scope, kind: str, ids: Sequence[int]) -> int:
    payload: trash.Payload = {}
    for start in range(0, len(ids), _CHUNK):
        for table, rows in trash.dump(connection, KINDS[kind], ids[start : start + _CHUNK]).items():
            payload.setdefault(table, []).extend(rows)
        trash.remove(connection, KINDS[kind], ids[start : start + _CHUNK])
    return _insert(connection, trash_table, {"runner_id": scope.runner_id, "kind": kind, "payload": payload})


def _between_plans(connection: Connection, scope: Scope, plan: Plan) -> Plan:
    """One plan at most is in force on any day: the one before ends as this starts, this ends as the next starts."""
    mine, day = plans.c.runner_id == scope.runner_id, timedelta(days=1)
    running = func.coalesce(plans.c.ends_on, plan.starts_on) >= plan.starts_on
    earlier = update(plans).where(mine, plans.c.starts_on < plan.starts_on, running)
    connection.execute(earlier.values(ends_on=plan.starts_on - day))
    later = connection.scalar(select(func.min(plans.c.starts_on)).where(mine, plans.c.starts_on > plan.starts_on))
    if later is None or (plan.ends_on is not None and plan.ends_on < later):
        return plan
    return plan.model_copy(update={"ends_on": later - day})


def _source_ids(connection: Connection, scope: Scope) -> set[tuple[str, str]]:
    rows = connection.execute(select(runs.c.source, runs.c.source_id).where(runs.c.runner_id == scope.runner_id))
    return {(row.source, row.source_id) for row in rows}


def _check_against_stored(connection: Connection, scope: Scope, entry: Entry) -> None:
    if isinstance(entry, Run):
        _check_day_sums(connection, scope, [entry])
    if isinstance(entry, WeekMark):
        _check_mark(connection, scope, entry)


def _check_day_sums(connection: Connection, scope: Scope, new: Sequence[Run]) -> None:
    """No day holds more than MAX_RUN_M, however many runs it is split into."""
    query = (
        select(runs.c.local_date, func.sum(runs.c.distance_m).label("metres"))
        .where(runs.c.runner_id == scope.runner_id)
        .group_by(runs.c.local_date)
    )
    sums: dict[date, float] = {row.local_date: row.metres or 0.0 for row in connection.execute(query)}
    for run in new:
        sums[run.local_date] = sums.get(run.local_date, 0.0) + (run.distance_m or 0.0)
        if sums[run.local_date] > MAX_RUN_M:
            raise InvalidEntryError(
                [
                    Problem(
                        "distance_m",
                        f"With this run, {run.local_date:%-d %B %Y} comes to {sums[run.local_date] / 1000:.0f} km."
                        " One day's running is at most 500 km: check the distance, or delete a run entered twice.",
                    )
                ]
            )


def _check_mark(connection: Connection, scope: Scope, entry: WeekMark) -> None:
    first_day = connection.scalar(select(runners.c.week_start).where(runners.c.id == scope.runner_id)) or 0
    week = runner_week(entry.iso_week, first_day)
    days = (week, week + timedelta(days=6))
    if entry.mark == "no running":
        count = _count(connection, runs, scope, runs.c.local_date.between(*days))
        count += _count(
            connection, weekly_totals, scope, weekly_totals.c.iso_week == entry.iso_week, weekly_totals.c.distance_m > 0
        )
    else:
        count = _count(connection, strength_sessions, scope, strength_sessions.c.on_date.between(*days))
    if count:
        what = "runs or a weekly distance" if entry.mark == "no running" else "strength sessions"
        raise InvalidEntryError(
            [
                Problem(
                    "mark", f"The week of {week:%-d %B} has {what} ({count}). Delete them first, or leave the mark out."
                )
            ]
        )


def _count(connection: Connection, table: Table, scope: Scope, *where: ColumnElement[bool]) -> int:
    query = select(func.count()).select_from(table).where(table.c.runner_id == scope.runner_id, *where)
    return int(connection.scalar(query) or 0)
