"""An import: begun, read for a while, then added as a whole; its report stays, and it can be undone at any time later.

While an import is read, its row says how far it is, so that any process and any tab can tell; a process that dies stops
saying so. What the import adds is one transaction.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime, timedelta
from typing import Any, Final, Literal, get_args

from sqlalchemy import Connection, Engine, func, select, update

from data import trash
from data.engine import reading, transaction
from data.entries import PainReport, Run, Session, WeeklyTotal
from data.errors import InvalidEntryError, NotFoundError, Problem
from data.importers.twins import Told, Twins, told_in
from data.schema import KINDS, import_choices, imports, runs, strength_sessions
from data.scope import Scope
from data.sql import insert_or
from data.store import (
    Receipt,
    changing,
    check_day_sums,
    insert_all,
    insert_row,
    keep,
    make_room,
    take,
    values_of,
    writing,
)

Outcome = Literal["added", "there already", "skipped", "to check", "failed"]
Imported = Run | Session | PainReport | WeeklyTotal
What = Literal["exercise", "table", "duplicates", "walks"]

OUTCOMES: Final[tuple[Outcome, ...]] = get_args(Outcome)
LATE_AFTER: Final = timedelta(seconds=10)  # convention: some times what lies between two words of how far it is
SILENT_AFTER: Final = timedelta(minutes=2)  # convention: several times what lies between two signs of life
MAX_SESSIONS: Final = 9  # a day has up to so many
LONGEST_NAME: Final = 200  # letters of the files' names that are kept
_TOLD: Final = "told_at"  # beside the progress: signs of life say nothing of it
_KINDS: Final = ("run", "session", "pain", "weekly total")  # what an import may add


@dataclass(frozen=True)
class Line:
    """What became of one thing in a file: which file, where in it, and why."""

    file: str
    place: str
    outcome: Outcome
    why: str


@dataclass(frozen=True)
class Progress:
    """How far the reading is: the file at hand, how many of how many are read, bytes and seconds."""

    file: str
    files: int
    of_files: int
    bytes: int
    of_bytes: int
    seconds: float


@dataclass(frozen=True)
class Import:
    """An import as stored. `is_late`: how far it is was said some time ago, so no rate can be told from it.
    `is_silent`: it was being read, and its process has stopped saying so."""

    id: int
    at: datetime
    filename: str
    state: Literal["reading", "done", "failed"]
    progress: Progress | None
    report: tuple[Line, ...]
    is_late: bool
    is_silent: bool


@dataclass(frozen=True)
class ImportReceipt:
    """How much an import added, and how much was there already (under the same key)."""

    import_id: int
    added: int
    already: int


# One import


def begin(engine: Engine, scope: Scope, filename: str, at: datetime) -> int:
    """The id of a new import, which is about to be read. What is new is told from what is there, so that has to be
    shared: it is said here, and not in the background. Raises NotAllowedError."""
    scope.check_reads({area for kind in _KINDS for area in KINDS[kind].areas})
    with writing(engine, scope, ("running",)) as connection:
        header = {"runner_id": scope.runner_id, "at": at, "filename": filename[:LONGEST_NAME]}
        return insert_row(connection, imports, header | {"state": "reading", "seen_at": at})


def tell(engine: Engine, scope: Scope, import_id: int, progress: Progress, now: datetime) -> None:
    """How far it is. Nothing in the diary has changed, so no cache needs to know."""
    scope.check_writes(("running",))
    with transaction(engine) as connection:
        _set(connection, scope, import_id, progress=asdict(progress) | {_TOLD: now.isoformat()}, seen_at=now)


def live(engine: Engine, scope: Scope, import_id: int, now: datetime) -> None:
    """A sign of life, while there is nothing new to tell. Raises NotFoundError."""
    scope.check_writes(("running",))
    with transaction(engine) as connection:
        _set(connection, scope, import_id, seen_at=now)


def finish(
    engine: Engine,
    scope: Scope,
    import_id: int,
    entries: Sequence[Imported],
    report: Iterable[Line] = (),
    replaced: Sequence[int] = (),
) -> ImportReceipt:
    """Add what is not there yet, all or nothing. The runs with the ids `replaced` give way, and come back when the
    import is undone. Raises InvalidEntryError, NotAllowedError, NotFoundError."""
    with writing(engine, scope, _areas(entries)) as connection:
        return _add(connection, scope, import_id, entries, report, replaced)


def fail(engine: Engine, scope: Scope, import_id: int, report: Iterable[Line]) -> None:
    """Nothing was added; the report says why. Whoever began it may say so, also when they may add nothing any more."""
    scope.check_writes(("running",))
    with changing(engine, scope.runner_id) as connection:
        _set(connection, scope, import_id, state="failed", progress=None, report=_dumped(report))


def add(
    engine: Engine,
    scope: Scope,
    entries: Sequence[Imported],
    filename: str,
    at: datetime,
    report: Iterable[Line] = (),
    replaced: Sequence[int] = (),
) -> ImportReceipt:
    """A whole import at once, as `finish` adds one that was begun."""
    with writing(engine, scope, _areas(entries)) as connection:
        header = {"runner_id": scope.runner_id, "at": at, "filename": filename[:LONGEST_NAME]}
        return _add(connection, scope, insert_row(connection, imports, header), entries, report, replaced)


def undo_import(engine: Engine, scope: Scope, import_id: int) -> Receipt:
    """Take out what one import added, also of what later imports keep, and put back what gave way to it; the receipt's
    `undo_id` does the opposite. Raises NotAllowedError, NotFoundError."""
    taken: trash.Payload = {}
    with writing(engine, scope, ("running",)) as connection:
        found = [
            kind for kind in _KINDS if take(connection, scope, kind, KINDS[kind].table.c.import_id == import_id, taken)
        ]
        kept = _kept(connection, scope)
        later = {row["id"]: keeper for keeper, row in _pairs(kept) if row["import_id"] == import_id}
        if not found and not later:
            raise NotFoundError("Nothing of this import is in your diary any more.")
        scope.check_still_writes(connection, {area for kind in found for area in KINDS[kind].areas})
        back, after = _unlinked(import_id, kept, taken.get(runs.name, []), later)
        coming: trash.Payload = {runs.name: back, trash.GAVE_WAY: after}
        for table, rows in make_room(connection, scope, coming).items():
            taken.setdefault(table, []).extend(rows)
        trash.put_back(connection, coming)
        return Receipt(import_id, keep(connection, scope, taken, [("run", row["id"]) for row in back]))


def stored(engine: Engine, scope: Scope, import_id: int, now: datetime) -> Import:
    """One import with its report. Raises NotAllowedError, NotFoundError."""
    c = imports.c
    query = select(imports).where(scope.holds(c.runner_id, "running"), c.id == import_id)
    with reading(engine) as connection:
        row = connection.execute(query).one_or_none()
    if row is None:
        raise NotFoundError("This import is not in your diary any more.")
    said = dict(row.progress or {})
    told, seen = said.pop(_TOLD, None), row.seen_at or row.at
    is_reading = row.state == "reading"
    return Import(
        id=row.id,
        at=row.at,
        filename=row.filename,
        state=row.state,
        progress=Progress(**said) if said else None,
        report=tuple(Line(*line) for line in row.report or ()),
        is_late=is_reading and now - (datetime.fromisoformat(told) if told else seen) > LATE_AFTER,
        is_silent=is_reading and now - seen > SILENT_AFTER,
    )


# What was decided once


def choices(engine: Engine, scope: Scope) -> dict[tuple[What, str], Any]:
    """What the runner decided about files, by what it is and what it is about."""
    c = import_choices.c
    query = select(c.what, c.about, c.choice).where(scope.holds(c.runner_id, "running"))
    with reading(engine) as connection:
        return {(row.what, row.about): row.choice for row in connection.execute(query)}


def choose(engine: Engine, scope: Scope, what: What, chosen: dict[str, Any]) -> None:
    """Keep decisions of one sort, by what each is about. Raises NotAllowedError."""
    with writing(engine, scope, ("running",)) as connection:
        for about, choice in chosen.items():
            row = {"runner_id": scope.runner_id, "what": what, "about": about, "choice": choice}
            statement = insert_or(connection, import_choices).values(row)
            key = ["runner_id", "what", "about"]
            connection.execute(statement.on_conflict_do_update(index_elements=key, set_={"choice": choice}))


_Row = dict[str, Any]  # a run as JSON has it


def _kept(connection: Connection, scope: Scope) -> dict[int, list[_Row]]:
    """By import, the runs that gave way to its own."""
    c = imports.c
    query = select(c.id, c.replaced).where(c.runner_id == scope.runner_id, c.replaced.is_not(None))
    return {row.id: row.replaced.get(runs.name, []) for row in connection.execute(query)}


def _pairs(kept: dict[int, list[_Row]]) -> Iterator[tuple[int, _Row]]:
    return ((keeper, row) for keeper, rows in kept.items() for row in rows)


def _unlinked(
    import_id: int, kept: dict[int, list[_Row]], taken: list[_Row], later: dict[int, int]
) -> tuple[list[_Row], list[_Row]]:
    """What comes back when an import leaves, and the rows of `trash.GAVE_WAY` that change with it.

    One run may have been told by several imports, each in the place of the one before. What gave way to a run that gave
    way itself does not come back into the diary, where the latest telling stands: it takes the place of the run in what
    the later import keeps (`later`: the keepers by the ids of the runs they keep).
    """
    own = Twins()
    for row in (*taken, *(row for _, row in _pairs(kept) if row["id"] in later)):
        own.add(_told(row))
    after = {keeper: [row for row in kept[keeper] if row["id"] not in later] for keeper in set(later.values())}
    back: list[_Row] = []
    for row in kept.get(import_id, []):
        twin = own.twin_of(_told(row))
        keeper = None if twin is None or twin.stored_id is None else later.get(twin.stored_id)
        (back if keeper is None else after[keeper]).append(row)
    if import_id in kept:
        after[import_id] = []
    return back, [{"id": keeper, "replaced": {runs.name: rows} if rows else None} for keeper, rows in after.items()]


def _told(row: _Row) -> Told:
    return told_in(trash.from_json(runs, row), row["id"])


def _areas(entries: Iterable[Imported]) -> set[str]:
    return {"running"} | {area for kind in {entry.kind for entry in entries} for area in KINDS[kind].areas}


def _add(
    connection: Connection,
    scope: Scope,
    import_id: int,
    entries: Sequence[Imported],
    report: Iterable[Line],
    replaced: Sequence[int],
) -> ImportReceipt:
    gone: trash.Payload = {}
    for run_id in replaced:
        take(connection, scope, "run", KINDS["run"].table.c.id == run_id, gone)
    new = _new(connection, scope, entries)
    check_day_sums(connection, scope, [entry for entry in new if isinstance(entry, Run)])
    for kind in ("run", "pain", "weekly total"):
        of_kind = [entry for entry in new if entry.kind == kind]
        insert_all(connection, scope, KINDS[kind], of_kind, import_id=import_id)
    sessions = _placed(connection, scope, [entry for entry in new if isinstance(entry, Session)])
    insert_all(connection, scope, KINDS["session"], sessions, import_id=import_id)
    _set(connection, scope, import_id, state="done", progress=None, report=_dumped(report), replaced=gone or None)
    return ImportReceipt(import_id, len(new), len(entries) - len(new))


def _new(connection: Connection, scope: Scope, entries: Sequence[Imported]) -> list[Imported]:
    """Those whose key is neither stored nor that of an earlier one of these."""
    known: set[tuple[Any, ...]] = set()
    for kind in {entry.kind for entry in entries}:
        known |= _stored_keys(connection, scope, kind)
    new: dict[tuple[Any, ...], Imported] = {}
    for entry in entries:
        key = _key(entry)
        if key not in known:
            new.setdefault(key, entry)
    return list(new.values())


def _stored_keys(connection: Connection, scope: Scope, kind: str) -> set[tuple[Any, ...]]:
    table = KINDS[kind].table
    names = ("source_id",) if kind == "session" else KINDS[kind].key
    query = select(*(table.c[name] for name in names)).where(table.c.runner_id == scope.runner_id)
    return {(kind, *row) for row in connection.execute(query)}


def _key(entry: Imported) -> tuple[Any, ...]:
    """A session's is its program's own: a day may have several, and those logged by hand keep their places."""
    values = values_of(entry)
    names = ("source_id",) if entry.kind == "session" else KINDS[entry.kind].key
    return (entry.kind, *(values[name] for name in names))


def _placed(connection: Connection, scope: Scope, new: Sequence[Session]) -> list[Session]:
    """Each behind the sessions that its day has. Raises InvalidEntryError where a day is full."""
    c = strength_sessions.c
    query = (
        select(c.on_date, func.max(c.ordinal).label("last")).where(c.runner_id == scope.runner_id).group_by(c.on_date)
    )
    last: dict[date, int] = {row.on_date: row.last for row in connection.execute(query)}
    placed = []
    for session in new:
        ordinal = last[session.on_date] = last.get(session.on_date, 0) + 1
        if ordinal > MAX_SESSIONS:
            message = f"With this import, {session.on_date:%-d %B %Y} has more than {MAX_SESSIONS} sessions."
            raise InvalidEntryError([Problem("ordinal", message)])
        placed.append(session.model_copy(update={"ordinal": ordinal}))
    return placed


def _set(connection: Connection, scope: Scope, import_id: int, **values: Any) -> None:  # noqa: ANN401  columns
    change = update(imports).where(imports.c.id == import_id, imports.c.runner_id == scope.runner_id)
    if connection.execute(change.values(**values)).rowcount == 0:
        raise NotFoundError("This import is not in your diary any more.")


def _dumped(report: Iterable[Line]) -> list[list[str]]:
    return [[line.file, line.place, line.outcome, line.why] for line in report]
