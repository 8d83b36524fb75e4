"""What runners share with coaches: consents by area, who may see what, and the log of every change and every look.

A consent is a row; a withdrawn one is deleted, and so holds no longer at the next query. Each change bumps the runner's
revision, because what a coach's caches hold depends on it.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import Connection, Engine, delete, insert, select

from data.engine import reading, transaction
from data.errors import InvalidEntryError, NotFoundError, Problem
from data.runners import called
from data.schema import coaches, runners, squad_members
from data.scope import EVERYTHING, Area, Guest, Rights, Scope, SquadScope, in_force
from data.sharing_schema import AREAS, audit, consents, links
from data.store import writing

_LOOKED = "looked at "  # how a look begins in the log
_LOOKS_SHOWN = 5_000  # the newest: some years of a coach who looks every day


@dataclass(frozen=True)
class Consent:
    """One area that a runner shares, on `ends_on` for the last time (None: until it is withdrawn)."""

    area: Area
    may_write: bool
    ends_on: date | None


@dataclass(frozen=True)
class Sharing:
    """A coach who has the runner in the squad, and what the runner shares with them; nothing at first."""

    coach_id: int
    coach: str
    consents: tuple[Consent, ...]


@dataclass(frozen=True)
class Logged:
    """Something that was done, or looked at, by somebody."""

    at: datetime
    who: str
    what: str


def rights(engine: Engine, guest: Guest, runner_id: int) -> Rights:
    """What a coach may do in a diary."""
    with reading(engine) as connection:
        return guest.rights(connection, runner_id)


def shared(engine: Engine, scope: SquadScope) -> dict[int, frozenset[Area]]:
    """By runner of the squad, the areas that the coach may read."""
    members = select(squad_members.c.runner_id).where(scope.members(squad_members.c.runner_id)).distinct()
    with reading(engine) as connection:
        everyone = list(connection.scalars(members))
        if scope.today is None:
            return dict.fromkeys(everyone, EVERYTHING)
        given = select(consents.c.runner_id, consents.c.area).where(
            consents.c.coach_id == scope.coach_id, in_force(scope.today)
        )
        areas: dict[int, set[Area]] = {runner_id: set() for runner_id in everyone}
        for runner_id, area in connection.execute(given):
            areas.setdefault(runner_id, set()).add(area)
    return {runner_id: frozenset(areas[runner_id]) for runner_id in everyone}


def sharings(engine: Engine, scope: Scope, today: date) -> tuple[Sharing, ...]:
    """The coaches who have this runner in their squad, by name, with what holds today."""
    scope.check_shares()
    with reading(engine) as connection:
        names = (
            select(coaches.c.id, runners.c.name, runners.c.id)
            .join(squad_members, squad_members.c.coach_id == coaches.c.id)
            .join(runners, runners.c.id == coaches.c.owner_id)
            .where(squad_members.c.runner_id == scope.runner_id, coaches.c.simulated.is_(False))
            .order_by(runners.c.name, coaches.c.id)
        )
        given = select(consents).where(consents.c.runner_id == scope.runner_id, in_force(today))
        held = connection.execute(given).all()
        return tuple(
            Sharing(
                coach_id,
                called(name, owner_id),
                tuple(
                    Consent(area, row.may_write, row.ends_on)
                    for area in AREAS
                    for row in held
                    if (row.coach_id, row.area) == (coach_id, area)
                ),
            )
            for coach_id, name, owner_id in connection.execute(names)
        )


def share(
    engine: Engine,
    scope: Scope,
    coach_id: int,
    areas: Mapping[Area, bool],
    ends_on: date | None,
    who: str,
    now: datetime,
) -> None:
    """From now on the coach sees exactly these areas (with True: may change them), up to `ends_on`, a day of UTC.
    Raises NotAllowedError, NotFoundError where the runner is in no squad of this coach, InvalidEntryError."""
    scope.check_shares()
    if ends_on is not None and ends_on < now.date():
        message = f"The last day is {ends_on:%-d %B %Y}, which is over. Choose a later one, or none."
        raise InvalidEntryError([Problem("ends_on", message)])
    with writing(engine, scope, ()) as connection:
        name = _coach(connection, coach_id, scope.runner_id)
        mine = (consents.c.coach_id == coach_id, consents.c.runner_id == scope.runner_id)
        connection.execute(delete(consents).where(*mine))
        whose = {"coach_id": coach_id, "runner_id": scope.runner_id, "given_at": now, "ends_on": ends_on}
        if areas:
            rows = [whose | {"area": area, "may_write": may_write} for area, may_write in areas.items()]
            connection.execute(insert(consents), rows)
        log(connection, [scope.runner_id], who, f"shares with {name}: {_said(areas, ends_on)}", now)


def leave(engine: Engine, scope: Scope, coach_id: int, who: str, now: datetime) -> None:
    """Out of the coach's squad: nothing is shared any more, and the coach's links end. For the runner in person: one
    without an account would have no way back to the diary. Raises NotAllowedError, NotFoundError."""
    scope.check_own()
    with writing(engine, scope, ()) as connection:
        name = _coach(connection, coach_id, scope.runner_id)
        part(connection, coach_id, scope.runner_id)
        log(connection, [scope.runner_id], who, f"left the squad of {name}", now)


def part(connection: Connection, coach_id: int, runner_id: int) -> None:
    """A coach and a runner have nothing to do with each other any more: no consent, no link, no squad."""
    for table in (consents, links, squad_members):
        connection.execute(delete(table).where(table.c.coach_id == coach_id, table.c.runner_id == runner_id))


def logged(engine: Engine, scope: Scope) -> tuple[Logged, ...]:
    """Who changed what others may see of this diary, and who looked, the newest first."""
    scope.check_shares()
    c = audit.c
    query = select(c.id, c.at, c.who, c.what).where(c.runner_id == scope.runner_id)
    look = c.what.startswith(_LOOKED)
    looks = query.where(look).order_by(c.at.desc(), c.id.desc()).limit(_LOOKS_SHOWN).subquery()
    shown = query.where(~look).union_all(select(looks)).subquery()  # a change of rights is never pushed out by looks
    with reading(engine) as connection:
        rows = connection.execute(select(shown).order_by(shown.c.at.desc(), shown.c.id.desc()))
        return tuple(Logged(row.at, row.who, row.what) for row in rows)


def looked(engine: Engine, runner_ids: Sequence[int], who: str, what: str, now: datetime) -> None:
    """Somebody else looked at these diaries: an entry a day for each of them, however often it was."""
    with transaction(engine) as connection:
        log_once_a_day(connection, runner_ids, who, f"{_LOOKED}{what}", now)


def did(engine: Engine, scope: Scope, who: str, what: str, now: datetime) -> None:
    """Somebody who is here by a right that can be taken back changed something: an entry a day for each sort of it."""
    with transaction(engine) as connection:
        log_once_a_day(connection, [scope.runner_id], who, what, now)


def log_once_a_day(connection: Connection, runner_ids: Sequence[int], who: str, what: str, now: datetime) -> None:
    """An entry in the audit log of each of these runners that has none of these words today."""
    day, c = now.replace(hour=0, minute=0, second=0, microsecond=0), audit.c
    there = (c.runner_id.in_(runner_ids), c.who == _one_line(who), c.what == _one_line(what), c.at >= day)
    known = set(connection.scalars(select(c.runner_id).where(*there)))
    log(connection, [runner_id for runner_id in runner_ids if runner_id not in known], who, what, now)


def log(connection: Connection, runner_ids: Iterable[int], who: str, what: str, now: datetime) -> None:
    """An entry in the audit log of each of these runners."""
    entry = {"at": now, "who": _one_line(who), "what": _one_line(what)}
    rows = [entry | {"runner_id": runner_id} for runner_id in runner_ids]
    if rows:
        connection.execute(insert(audit), rows)


def _one_line(words: str) -> str:
    """A name with a line break would look like an entry of its own."""
    return " ".join(words.split())


def _coach(connection: Connection, coach_id: int, runner_id: int) -> str:
    """The name of a coach who has this runner in the squad."""
    query = (
        select(runners.c.name, runners.c.id)
        .join(coaches, coaches.c.owner_id == runners.c.id)
        .join(squad_members, squad_members.c.coach_id == coaches.c.id)
        .where(coaches.c.id == coach_id, squad_members.c.runner_id == runner_id)
    )
    found = connection.execute(query).one_or_none()
    if found is None:
        raise NotFoundError("This coach does not have you in a squad any more.")
    return called(*found)


def _said(areas: Mapping[Area, bool], ends_on: date | None) -> str:
    """'pain, running (may change it), until 1 May 2027'."""
    if not areas:
        return "nothing"
    listed = ", ".join(f"{area} (may change it)" if may_write else area for area, may_write in areas.items())
    return listed if ends_on is None else f"{listed}, until {ends_on:%-d %B %Y}"
