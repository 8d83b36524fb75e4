"""Save, delete, undo. Every call takes the viewer's scope first; nothing here reads another runner's rows.

A write is one transaction that begins by bumping the runner's revision: that line locks the runner against other
writers on both databases, so a natural key is looked up and written without a race, and every cache sees the change.
"""

from collections.abc import Collection, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Connection, Engine, Table, func, insert, select, tuple_, update

from data import trash
from data.engine import transaction
from data.entries import Entry, Plan, Run, Session, WeekMark
from data.errors import InvalidEntryError, NotFoundError, Problem
from data.schema import (
    KINDS,
    MAX_RUN_M,
    Kind,
    imports,
    runners,
    runs,
    strength_sessions,
    weekly_totals,
)
from data.schema import trash as trash_table
from data.scope import Scope
from data.weeks import runner_week

_CHUNK = 150  # ids, or keys of up to five columns, in one IN (...): SQLite's oldest limit on variables is 999


@dataclass(frozen=True)
class Receipt:
    """What a write did: the row's id, and the trash entry that brings back all that it replaced (None: nothing)."""

    row_id: int
    undo_id: int | None = None


def save(engine: Engine, scope: Scope, *entries: Entry, remove: Sequence[tuple[str, int]] = ()) -> tuple[Receipt, ...]:
    """Store entries under their natural keys, all or none: the same form twice is one row, a changed one replaces it.

    `remove` names rows (kind, id) that the same form took back; they go first. One receipt for each, the removed ones
    first; they share the `undo_id` that takes the whole write back, where it replaced or removed something. Raises
    InvalidEntryError when an entry contradicts what is stored (nothing is then saved), NotAllowedError, NotFoundError,
    StorageError.
    """
    replaced: trash.Payload = {}
    kinds = [*(kind for kind, _ in remove), *(entry.kind for entry in entries)]
    with writing(engine, scope, areas_of(kinds)) as connection:
        for kind, row_id in remove:
            _delete(connection, scope, kind, row_id, replaced)
        latest = {_key(entry): entry for entry in entries}
        ids = {key: _save(connection, scope, entry, replaced) for key, entry in latest.items()}
        added = [(kind, row_id) for (kind, *_), row_id in ids.items()]
        undo_id = keep(connection, scope, replaced, added)
    removed = [row_id for _, row_id in remove]
    return tuple(Receipt(row_id, undo_id) for row_id in (*removed, *(ids[_key(entry)] for entry in entries)))


def fill(engine: Engine, scope: Scope, entries: Sequence[Entry]) -> None:
    """Store entries in a diary that is empty, a statement a kind: what `save` would do for each of them. Raises
    NotAllowedError, NotFoundError, StorageError."""
    with writing(engine, scope, areas_of({entry.kind for entry in entries})) as connection:
        for name, kind in KINDS.items():
            insert_all(connection, scope, kind, [entry for entry in entries if entry.kind == name])


def delete(engine: Engine, scope: Scope, kind: str, row_id: int) -> Receipt:
    """Move one entry to the trash; the receipt's `undo_id` brings it back. Raises NotFoundError."""
    taken: trash.Payload = {}
    with writing(engine, scope, areas_of([kind])) as connection:
        _delete(connection, scope, kind, row_id, taken)
        return Receipt(row_id, keep(connection, scope, taken))


def undo(engine: Engine, scope: Scope, undo_id: int) -> int | None:
    """Bring back what a receipt's `undo_id` names. What came in its place goes to the trash: the answer is the id that
    undoes this undo, None when nothing had to go. Raises NotAllowedError, NotFoundError."""
    with writing(engine, scope, ()) as connection:
        query = select(trash_table).where(trash_table.c.id == undo_id, trash_table.c.runner_id == scope.runner_id)
        found = connection.execute(query).one_or_none()
        if found is None:
            raise NotFoundError("There is nothing to bring back.")
        scope.check_still_writes(connection, areas_of([*_kinds_in(found.payload), *(kind for kind, _ in found.added)]))
        connection.execute(trash_table.delete().where(trash_table.c.id == undo_id))
        displaced = make_room(connection, scope, found.payload, found.added)
        trash.put_back(connection, found.payload)
        back = [(kind, row["id"]) for kind in _kinds_in(found.payload) for row in found.payload[KINDS[kind].table.name]]
        return keep(connection, scope, displaced, back)


@contextmanager
def writing(engine: Engine, scope: Scope, areas: Collection[str]) -> Iterator[Connection]:
    """One write transaction on these areas of the scope's diary. Raises NotAllowedError, NotFoundError or
    StorageError."""
    scope.check_writes(areas)
    with changing(engine, scope.runner_id) as connection:
        scope.check_still_writes(connection, areas)
        yield connection


@contextmanager
def changing(engine: Engine, runner_id: int) -> Iterator[Connection]:
    """One write transaction that every cache of this runner sees; whether it may be is asked by its caller. Raises
    NotFoundError, StorageError."""
    with transaction(engine) as connection:
        bump = update(runners).where(runners.c.id == runner_id).values(revision=runners.c.revision + 1)
        if connection.execute(bump).rowcount == 0:
            raise NotFoundError("This diary is not here any more.")
        yield connection


def make_room(
    connection: Connection, scope: Scope, coming: trash.Payload, added: Sequence[tuple[str, int]] = ()
) -> trash.Payload:
    """Delete what came with the write being undone, and whatever has the natural key of a row that comes back. What
    imports keep of runs that gave way, and will keep otherwise, is in the answer too."""
    displaced: trash.Payload = {}
    for name, kind in KINDS.items():
        ids = [row_id for of_kind, row_id in added if of_kind == name]
        for start in range(0, len(ids), _CHUNK):
            take(connection, scope, name, kind.table.c.id.in_(ids[start : start + _CHUNK]), displaced)
    for name, kind in KINDS.items():
        rows = [trash.from_json(kind.table, row) for row in coming.get(kind.table.name, [])]
        for start in range(0, len(rows), _CHUNK):
            take(connection, scope, name, _same_key(kind, rows[start : start + _CHUNK]), displaced)
    if keepers := [row["id"] for row in coming.get(trash.GAVE_WAY, [])]:
        c = imports.c
        query = select(c.id, c.replaced).where(c.runner_id == scope.runner_id, c.id.in_(keepers))
        displaced[trash.GAVE_WAY] = trash.rows_of(connection, query)
    return displaced


def areas_of(kinds: Iterable[str]) -> set[str]:
    """The areas of consent that these kinds of entries belong to."""
    return {area for kind in kinds for area in KINDS[kind].areas}


def _kinds_in(payload: trash.Payload) -> list[str]:
    return [name for name, kind in KINDS.items() if payload.get(kind.table.name)]


def _save(connection: Connection, scope: Scope, entry: Entry, replaced: trash.Payload) -> int:
    kind, values = KINDS[entry.kind], values_of(entry)
    if take(connection, scope, entry.kind, _same_key(kind, [values]), replaced) and isinstance(entry, Session):
        # an imported one that was changed here stays known, so that the same file does not add it again
        values["source_id"] = entry.source_id or replaced[kind.table.name][-1]["source_id"]
    _check_against_stored(connection, scope, entry)
    row_id = insert_row(connection, kind.table, {"runner_id": scope.runner_id, **values})
    if kind.parts is not None:
        connection.execute(insert(kind.parts), parts_of(entry, kind, row_id))
    return row_id


def _delete(connection: Connection, scope: Scope, kind: str, row_id: int, into: trash.Payload) -> None:
    if not take(connection, scope, kind, KINDS[kind].table.c.id == row_id, into):
        raise NotFoundError("This entry is not in your diary any more.")


def values_of(entry: Entry) -> dict[str, Any]:
    values = entry.model_dump(exclude={"parts"})
    return values | {"source_id": _source_id(entry)} if isinstance(entry, Run) else values


def _source_id(run: Run) -> str:
    return run.source_id or run.natural_key()


def _key(entry: Entry) -> tuple[Any, ...]:
    values = values_of(entry)
    return (entry.kind, *(values[column] for column in KINDS[entry.kind].key))


def parts_of(entry: Any, kind: Kind, row_id: int) -> list[dict[str, Any]]:  # noqa: ANN401  any entry with parts
    rows = [part.model_dump() | {kind.parent: row_id} for part in entry.parts]
    if isinstance(entry, Plan):
        return [row | {"position": position} for position, row in enumerate(rows)]
    return rows


def insert_all(connection: Connection, scope: Scope, kind: Kind, entries: Sequence[Any], **more: Any) -> None:  # noqa: ANN401  columns
    """Store new entries of one kind, none of which is there: a statement for them, and one for their parts."""
    if not entries:
        return
    rows = [{"runner_id": scope.runner_id, **values_of(entry), **more} for entry in entries]
    if kind.parts is None:
        connection.execute(insert(kind.table), rows)
        return
    made = insert(kind.table).returning(kind.table.c.id, sort_by_parameter_order=True)
    ids = connection.scalars(made, rows).all()
    parts = [part for entry, row_id in zip(entries, ids, strict=True) for part in parts_of(entry, kind, row_id)]
    connection.execute(insert(kind.parts), parts)


def insert_row(connection: Connection, table: Table, values: dict[str, Any]) -> int:
    return int(connection.execute(insert(table).values(values).returning(table.c.id)).scalar_one())


def _same_key(kind: Kind, rows: Sequence[dict[str, Any]]) -> ColumnElement[bool]:
    columns = [kind.table.c[column] for column in kind.key]
    return tuple_(*columns).in_([tuple(row[column] for column in kind.key) for row in rows])


def take(connection: Connection, scope: Scope, name: str, where: ColumnElement[bool], into: trash.Payload) -> int:
    """Delete the runner's rows of one kind that `where` picks, and add them to `into`: how many they were."""
    kind = KINDS[name]
    query = select(kind.table.c.id).where(kind.table.c.runner_id == scope.runner_id, where)
    ids = list(connection.scalars(query))
    for start in range(0, len(ids), _CHUNK):
        for table, rows in trash.dump(connection, kind, ids[start : start + _CHUNK]).items():
            into.setdefault(table, []).extend(rows)
        trash.remove(connection, kind, ids[start : start + _CHUNK])
    return len(ids)


def keep(
    connection: Connection, scope: Scope, taken: trash.Payload, added: Sequence[tuple[str, int]] = ()
) -> int | None:
    """The trash entry that brings back what was taken, if anything was, and takes out what was added with it."""
    if not taken:
        return None
    return insert_row(connection, trash_table, {"runner_id": scope.runner_id, "payload": taken, "added": list(added)})


def _check_against_stored(connection: Connection, scope: Scope, entry: Entry) -> None:
    if isinstance(entry, Run):
        check_day_sums(connection, scope, [entry])
    if isinstance(entry, WeekMark):
        check_mark(connection, scope, entry)


def check_day_sums(connection: Connection, scope: Scope, new: Sequence[Run], what: str = "this run") -> None:
    """No day holds more than MAX_RUN_M, however many runs it is split into. Raises InvalidEntryError with a sentence
    about `what` comes in."""
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
                        f"With {what}, {run.local_date:%-d %B %Y} comes to {sums[run.local_date] / 1000:.0f} km."
                        " One day's running is at most 500 km: check the distance, or delete a run entered twice.",
                    )
                ]
            )


def check_mark(connection: Connection, scope: Scope, entry: WeekMark) -> None:
    """No week of nothing holds something. Raises InvalidEntryError."""
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
