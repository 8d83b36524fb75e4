"""The runners themselves: who is here, their settings, and deleting everything of theirs."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Engine, Select, Table, delete, insert, select, update

from data import trash
from data.engine import reading, transaction
from data.entries import Settings
from data.errors import NotFoundError
from data.schema import KINDS, coaches, metadata, runners, squad_members
from data.scope import Scope
from data.sql import insert_or
from data.store import keep, make_room, writing

_DECIDED_ANEW = ("runners", "consents", "links")  # what a restore leaves out; the runner's row never went
LOCAL = "local"  # the subject of the one runner on their own machine; nobody signs in as that


@dataclass(frozen=True)
class Runner:
    """A runner and their settings; `revision` changes with every write to the diary. `has_account` says that the runner
    comes in by themselves: signed in, or on their own machine."""

    id: int
    name: str
    units: str
    week_start: int
    time_zone: str | None
    simulated: bool
    revision: int
    has_account: bool = False


def local_runner(engine: Engine) -> Runner:
    """The runner of this machine, made at the first start."""
    return _who_comes_as(engine, LOCAL, "")


def account(engine: Engine, issuer: str, subject: str, name: str) -> Runner:
    """The runner of somebody who signed in, made at their first time with this name. A provider's `subject` names one
    person for ever, but only among those of the same `issuer` (OpenID Connect Core 1.0, section 2)."""
    return _who_comes_as(engine, f"{issuer} {subject}", name)


def _who_comes_as(engine: Engine, subject: str, name: str) -> Runner:
    with reading(engine) as connection:
        row = connection.execute(runner_columns().where(runners.c.subject == subject)).one_or_none()
    return Runner(*row) if row else _make(engine, subject, name)


def _make(engine: Engine, subject: str, name: str) -> Runner:
    with transaction(engine) as connection:
        connection.execute(insert_or(connection, runners).values(subject=subject, name=name).on_conflict_do_nothing())
        return Runner(*connection.execute(runner_columns().where(runners.c.subject == subject)).one())


def runner(engine: Engine, scope: Scope) -> Runner:
    """The scope's runner as now stored. Raises NotFoundError."""
    with reading(engine) as connection:
        row = connection.execute(runner_columns().where(runners.c.id == scope.runner_id)).one_or_none()
    if row is None:
        raise NotFoundError("This diary is not here any more.")
    return Runner(*row)


def everyone(engine: Engine) -> tuple[Runner, ...]:
    """All runners of this database: for the person whose own machine it is."""
    with reading(engine) as connection:
        return tuple(Runner(*row) for row in connection.execute(runner_columns().order_by(runners.c.id)))


def save_settings(engine: Engine, scope: Scope, settings: Settings) -> None:
    """Change name, units, week start and time zone. Raises NotAllowedError, NotFoundError."""
    scope.check_own()
    with writing(engine, scope, ()) as connection:
        _set(connection, scope, settings.model_dump())


def erase(engine: Engine, scope: Scope) -> trash.Payload:
    """Delete everything of this runner's, the trash too; the payload, held by the caller alone, can bring it back.
    Raises NotAllowedError."""
    scope.check_own()
    with writing(engine, scope, ()) as connection:
        payload = {table.name: trash.rows_of(connection, query) for table, query in _everything_of(scope).items()}
        for table in _owned():
            connection.execute(delete(table).where(table.c.runner_id == scope.runner_id))
        _set(connection, scope, {"name": "", "units": "km", "week_start": 0, "time_zone": None})
        return payload


def restore(engine: Engine, scope: Scope, payload: trash.Payload) -> None:
    """Bring back what `erase` took, but for what was shared, which is decided anew; the same entered again since goes
    to the trash. Raises NotAllowedError."""
    settings = {name: payload["runners"][0][name] for name in ("name", "units", "week_start", "time_zone")}
    rows = {table: found for table, found in payload.items() if table not in _DECIDED_ANEW}
    scope.check_own()
    with writing(engine, scope, ()) as connection:
        _set(connection, scope, settings)
        rows |= _with_their_coach(connection, scope, rows)
        displaced = make_room(connection, scope, rows)
        trash.put_back(connection, rows)
        keep(connection, scope, displaced)


def _with_their_coach(connection: Connection, scope: Scope, rows: trash.Payload) -> trash.Payload:
    """Of notes and memberships those whose coach is still there, and of memberships those that are not there again."""
    coach_ids = set(connection.scalars(select(coaches.c.id)))
    c = squad_members.c
    again = set(connection.scalars(select(c.coach_id).where(c.runner_id == scope.runner_id)))
    left = {name: coach_ids - (again if name == "squad_members" else set()) for name in ("notes", "squad_members")}
    return {name: [row for row in rows.get(name, []) if row["coach_id"] in ids] for name, ids in left.items()}


def called(name: str, runner_id: int) -> str:
    """Somebody with an account, as others read it: names are chosen freely, and two may be alike."""
    return f"{name.strip() or 'Somebody'} (account {runner_id})"


def add_runner(engine: Engine, name: str, *, simulated: bool) -> Runner:
    """A new runner without a way to sign in: for the demonstration."""
    with transaction(engine) as connection:
        made = connection.execute(insert(runners).values(name=name, simulated=simulated).returning(runners.c.id))
        return Runner(*connection.execute(runner_columns().where(runners.c.id == made.scalar_one())).one())


def runner_columns() -> Select[Any]:
    """What a `Runner` is made of."""
    c = runners.c
    came = c.subject.is_not(None).label("has_account")
    return select(c.id, c.name, c.units, c.week_start, c.time_zone, c.simulated, c.revision, came)


def _set(connection: Connection, scope: Scope, settings: Mapping[str, Any]) -> None:
    connection.execute(update(runners).where(runners.c.id == scope.runner_id).values(**settings))


def _owned() -> list[Table]:
    """Every table whose rows name their runner; their parts go with them."""
    return [table for table in metadata.sorted_tables if "runner_id" in table.c]


def _everything_of(scope: Scope) -> dict[Table, Select[Any]]:
    queries = {runners: select(runners).where(runners.c.id == scope.runner_id)}
    queries |= {table: select(table).where(table.c.runner_id == scope.runner_id) for table in _owned()}
    for kind in KINDS.values():
        if kind.parts is not None:
            parents = select(kind.table.c.id).where(kind.table.c.runner_id == scope.runner_id)
            queries[kind.parts] = select(kind.parts).where(kind.parts.c[kind.parent].in_(parents))
    return queries
