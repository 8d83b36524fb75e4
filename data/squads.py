"""Squads: which runners a coach has, and who joins or leaves. A runner who leaves keeps their diary."""

from sqlalchemy import ColumnElement, Connection, Engine, delete, insert, select

from data.engine import reading, transaction
from data.entries import NewRunner
from data.errors import NotFoundError
from data.runners import LOCAL, Runner, runner_columns
from data.schema import coaches, runners, squad_members
from data.scope import SquadScope


def local_coach(engine: Engine) -> int:
    """The id of the coach of this machine, made at first use: the one named 'local' that is not simulated."""
    with reading(engine) as connection:
        found = _coach(connection, LOCAL, simulated=False)
    return _make_local(engine) if found is None else found


def _make_local(engine: Engine) -> int:
    with transaction(engine) as connection:
        # Its runner's row is the lock: of many first visits at once one makes the coach, and the others find it.
        connection.execute(select(runners.c.id).where(runners.c.subject == LOCAL).with_for_update())
        found = _coach(connection, LOCAL, simulated=False)
        return add_coach(connection, LOCAL, simulated=False) if found is None else found


def simulated_coach(engine: Engine, name: str) -> int | None:
    """The id of the newest simulated coach of this name, if there is one."""
    with reading(engine) as connection:
        return _coach(connection, name, simulated=True)


def _coach(connection: Connection, name: str, *, simulated: bool) -> int | None:
    named = select(coaches.c.id).where(coaches.c.name == name, coaches.c.simulated == simulated)
    found: int | None = connection.scalar(named.order_by(coaches.c.id.desc()).limit(1))
    return found


def add_coach(connection: Connection, name: str, *, simulated: bool) -> int:
    """The id of a new coach, who has no runners yet."""
    made = insert(coaches).values(name=name, simulated=simulated).returning(coaches.c.id)
    return int(connection.execute(made).scalar_one())


def members(engine: Engine, scope: SquadScope) -> tuple[Runner, ...]:
    """The runners of the squad, by id, each with the revision that every write to their diary changes."""
    query = runner_columns().where(scope.members(runners.c.id)).order_by(runners.c.id)
    with reading(engine) as connection:
        return tuple(Runner(*row) for row in connection.execute(query))


def add_member(engine: Engine, scope: SquadScope, new: NewRunner) -> int:
    """A new runner with an empty diary in the squad: the runner's id."""
    with transaction(engine) as connection:
        made = insert(runners).values(name=new.name).returning(runners.c.id)
        runner_id = int(connection.execute(made).scalar_one())
        join(connection, scope, [runner_id])
        return runner_id


def admit(engine: Engine, scope: SquadScope, runner_id: int) -> None:
    """Take a runner of this machine, who is not simulated, into the squad; once is enough. Raises NotFoundError."""
    with transaction(engine) as connection:
        there = select(runners.c.id).where(runners.c.id == runner_id, runners.c.simulated.is_(False))
        if connection.scalar(there.with_for_update()) is None:
            raise NotFoundError("This runner is not on this machine.")
        connection.execute(delete(squad_members).where(*_membership(scope, runner_id)))
        join(connection, scope, [runner_id])


def join(connection: Connection, scope: SquadScope, runner_ids: list[int]) -> None:
    """These runners belong to the squad from now on."""
    rows = [{"coach_id": scope.coach_id, "runner_id": runner_id} for runner_id in runner_ids]
    connection.execute(insert(squad_members), rows)


def dismiss(engine: Engine, scope: SquadScope, runner_id: int) -> None:
    """Take a runner out of the squad; the diary stays as it is. Raises NotFoundError."""
    with transaction(engine) as connection:
        if connection.execute(delete(squad_members).where(*_membership(scope, runner_id))).rowcount == 0:
            raise NotFoundError("This runner is not in the squad any more.")


def _membership(scope: SquadScope, runner_id: int) -> tuple[ColumnElement[bool], ColumnElement[bool]]:
    return squad_members.c.coach_id == scope.coach_id, squad_members.c.runner_id == runner_id
