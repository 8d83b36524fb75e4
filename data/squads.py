"""Squads: which runners a coach has, and who joins or leaves. A runner who leaves keeps their diary."""

from datetime import datetime

from sqlalchemy import Connection, Engine, delete, insert, select, update

from data.engine import reading, transaction
from data.entries import NewRunner
from data.errors import NotAllowedError, NotFoundError
from data.runners import Runner, runner_columns
from data.schema import coaches, runners, squad_members
from data.scope import SquadScope
from data.sharing import log, part
from data.sql import insert_or
from data.store import changing


def coach_of(engine: Engine, owner_id: int) -> int:
    """The id of the coach that a runner is, made at first use."""
    with reading(engine) as connection:
        found = connection.scalar(select(coaches.c.id).where(coaches.c.owner_id == owner_id))
    return _make_coach(engine, owner_id) if found is None else int(found)


def _make_coach(engine: Engine, owner_id: int) -> int:
    with transaction(engine) as connection:
        made = insert_or(connection, coaches).values(name="", owner_id=owner_id)
        connection.execute(made.on_conflict_do_nothing())
        return int(connection.execute(select(coaches.c.id).where(coaches.c.owner_id == owner_id)).scalar_one())


def simulated_coach(engine: Engine, name: str) -> int | None:
    """The id of the newest simulated coach of this name, if there is one."""
    named = select(coaches.c.id).where(coaches.c.name == name, coaches.c.simulated)
    with reading(engine) as connection:
        found: int | None = connection.scalar(named.order_by(coaches.c.id.desc()).limit(1))
        return found


def add_simulated_coach(connection: Connection, name: str) -> int:
    """The id of a new simulated coach, who has no runners yet."""
    made = insert(coaches).values(name=name, simulated=True).returning(coaches.c.id)
    return int(connection.execute(made).scalar_one())


def members(engine: Engine, scope: SquadScope) -> tuple[Runner, ...]:
    """The runners of the squad, by id, each with the revision that every write to their diary changes."""
    query = runner_columns().where(scope.members(runners.c.id)).order_by(runners.c.id)
    with reading(engine) as connection:
        return tuple(Runner(*row) for row in connection.execute(query))


def add_member(engine: Engine, scope: SquadScope, new: NewRunner, who: str, now: datetime) -> int:
    """A new runner with an empty diary in the squad: the runner's id."""
    scope.check_writes()
    with transaction(engine) as connection:
        made = insert(runners).values(name=new.name).returning(runners.c.id)
        runner_id = int(connection.execute(made).scalar_one())
        join(connection, scope, [runner_id])
        if not scope.is_own:
            log(connection, [runner_id], who, "began this diary for you", now)
        return runner_id


def admit(engine: Engine, scope: SquadScope, runner_id: int) -> None:
    """Take a runner of this machine, who is not simulated, into the squad; once is enough. Raises NotAllowedError where
    there are accounts, NotFoundError."""
    if not scope.is_own:
        raise NotAllowedError("With accounts a runner joins a squad by your invitation.")
    scope.check_writes()
    with transaction(engine) as connection:
        there = select(runners.c.id).where(runners.c.id == runner_id, runners.c.simulated.is_(False))
        if connection.scalar(there.with_for_update()) is None:
            raise NotFoundError("This runner is not on this machine.")
        member = {"coach_id": scope.coach_id, "runner_id": runner_id}
        connection.execute(insert_or(connection, squad_members).values(member).on_conflict_do_nothing())


def join(connection: Connection, scope: SquadScope, runner_ids: list[int]) -> None:
    """These runners belong to the squad from now on."""
    rows = [{"coach_id": scope.coach_id, "runner_id": runner_id} for runner_id in runner_ids]
    connection.execute(insert(squad_members), rows)


def dismiss(engine: Engine, scope: SquadScope, runner_id: int, who: str, now: datetime) -> None:
    """Take a runner out of the squad; the diary stays as it is, and what was shared is shared no more. With accounts
    that is for runners who have one: nobody could open the diary of another any more. Raises NotAllowedError,
    NotFoundError."""
    scope.check_writes()
    with changing(engine, runner_id) as connection:
        alone = _subject(connection, scope, runner_id) is None and not _has_another_coach(connection, scope, runner_id)
        if alone and not scope.is_own:
            raise NotAllowedError(
                "This runner has no account and no other coach, so nobody could open the diary again. Delete the "
                "runner instead, when they agree."
            )
        part(connection, scope.coach_id, runner_id)
        if not scope.is_own:
            log(connection, [runner_id], who, "took you out of the squad", now)


def give_up(engine: Engine, scope: SquadScope, who: str, now: datetime) -> None:
    """The squad ends with everything that is the coach's; every diary stays with its runner, who shares it with this
    coach no more. Raises NotAllowedError while somebody is in it whose diary nobody else could open."""
    scope.check_writes()
    with transaction(engine) as connection:
        query = select(runners.c.id, runners.c.subject).where(scope.members(runners.c.id))
        members = connection.execute(query.order_by(runners.c.id).with_for_update()).all()
        for member in members:
            if member.subject is None and not _has_another_coach(connection, scope, member.id):
                raise NotAllowedError(
                    "A runner without an account is in this squad, whose diary nobody else could open. Delete those "
                    "runners first, when they agree."
                )
        ids = [member.id for member in members]
        if ids:
            log(connection, ids, who, "gave up the squad that you were in", now)
            bump = update(runners).where(scope.members(runners.c.id)).values(revision=runners.c.revision + 1)
            connection.execute(bump)
        connection.execute(delete(coaches).where(coaches.c.id == scope.coach_id))


def delete_runner(engine: Engine, scope: SquadScope, runner_id: int) -> None:
    """A runner who does not come in by themselves, and everything of theirs: nobody else could delete it. Raises
    NotAllowedError for one with an account or in another coach's squad too, NotFoundError."""
    scope.check_writes()
    with transaction(engine) as connection:
        if _subject(connection, scope, runner_id) is not None:
            raise NotAllowedError("This runner comes in by themselves, and deletes the diary in their own settings.")
        if _has_another_coach(connection, scope, runner_id):
            raise NotAllowedError("Another coach has this runner too. Take the runner out of your squad instead.")
        connection.execute(delete(runners).where(runners.c.id == runner_id))


def rename(engine: Engine, scope: SquadScope, runner_id: int, new: NewRunner, who: str, now: datetime) -> None:
    """Another name for a runner of the squad who does not come in by themselves, or on one's own machine for any.
    Raises NotAllowedError, NotFoundError."""
    scope.check_writes()
    with transaction(engine) as connection:
        if _subject(connection, scope, runner_id) is not None and not scope.is_own:
            raise NotAllowedError("This runner has an account, and chooses the name there.")
        changed = {"name": new.name, "revision": runners.c.revision + 1}
        connection.execute(update(runners).where(runners.c.id == runner_id).values(changed))
        if not scope.is_own:
            log(connection, [runner_id], who, "changed the name of this diary", now)


def _subject(connection: Connection, scope: SquadScope, runner_id: int) -> str | None:
    """Who signs in as a runner of the squad, locked against other writers. Raises NotFoundError."""
    here = select(runners.c.subject).where(runners.c.id == runner_id, scope.members(runners.c.id))
    found = connection.execute(here.with_for_update()).one_or_none()
    if found is None:
        raise NotFoundError("This runner is not in the squad any more.")
    subject: str | None = found.subject
    return subject


def _has_another_coach(connection: Connection, scope: SquadScope, runner_id: int) -> bool:
    c = squad_members.c
    others = select(c.coach_id).where(c.runner_id == runner_id, c.coach_id != scope.coach_id)
    return connection.scalar(others) is not None
