"""Personal links: a random secret in an address opens one runner's check-in for whoever has no account.

Only the secret's hash is stored, so the database alone opens nothing. A link ends on its day, and can be revoked. One
without a runner invites whoever signs in to join the coach's squad with their own diary.
"""

import hashlib
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, Engine, Select, delete, insert, select, update

from data.engine import reading, transaction
from data.errors import NotAllowedError, NotFoundError
from data.runners import called
from data.schema import coaches, runners, squad_members
from data.scope import Scope, SquadScope
from data.sharing import log, log_once_a_day
from data.sharing_schema import consents, links
from data.store import writing

PERSONAL_LASTS = timedelta(days=90)
WEEKLY_LASTS = timedelta(days=14)
INVITATION_LASTS = timedelta(days=30)
_SECRET_BYTES = 32
_KEY_LETTERS = 16  # of the hash


@dataclass(frozen=True)
class Link:
    """A link that opens something: `runner_id` is None where it invites whoever signs in. `key` belongs to this link
    alone: an id may be another link's after a database was restored."""

    id: int
    key: str
    coach_id: int
    coach: str
    runner_id: int | None
    expires_at: datetime

    @property
    def holder(self) -> str:
        """How the log calls whoever comes by it."""
        return f"Whoever has link {self.id}, made by {self.coach},"


@dataclass(frozen=True)
class Made:
    """A link in a coach's list. Its secret was shown once, when it was made."""

    id: int
    runner_id: int | None
    made_at: datetime
    expires_at: datetime
    opened_at: datetime | None
    revoked_at: datetime | None

    def is_live(self, now: datetime) -> bool:
        return self.revoked_at is None and now < self.expires_at


def make(
    engine: Engine, scope: SquadScope, runner_ids: Sequence[int | None], who: str, now: datetime, lasts: timedelta
) -> list[str]:
    """A new secret for each of these runners of the squad, in their order; of None for an invitation. Raises
    NotAllowedError for a runner who is not in the squad, or who signs in."""
    if scope.is_own:
        raise NotAllowedError("Links are for squads with accounts. On your own machine nobody else can open them.")
    scope.check_writes()
    made = [secrets.token_urlsafe(_SECRET_BYTES) for _ in runner_ids]
    named = [runner_id for runner_id in runner_ids if runner_id is not None]
    with transaction(engine) as connection:
        open_to = runners.c.subject.is_(None) & scope.members(runners.c.id)
        here = select(runners.c.id).where(runners.c.id.in_(named), open_to).order_by(runners.c.id)
        there = set(connection.scalars(here.with_for_update()))  # against being taken out meanwhile
        if not there.issuperset(named):
            raise NotAllowedError("A link is for a runner of your squad who does not sign in.")
        common = {"coach_id": scope.coach_id, "made_at": now, "expires_at": now + lasts}
        rows = [
            common | {"runner_id": runner_id, "token_hash": _hash(secret)}
            for runner_id, secret in zip(runner_ids, made, strict=True)
        ]
        if rows:
            numbers = connection.scalars(insert(links).returning(links.c.id, sort_by_parameter_order=True), rows).all()
            for runner_id, number in zip(runner_ids, numbers, strict=True):
                said = f"made personal link {number}, good until {now + lasts:%-d %B %Y}"
                log(connection, [] if runner_id is None else [runner_id], who, said, now)
    return made


def exchange(engine: Engine, secret: str, now: datetime) -> Link | None:
    """The link of a secret, and a note that it was opened, once a day; None for one that is unknown, expired or
    revoked."""
    with transaction(engine) as connection:
        found = _one(connection, _live(now).where(links.c.token_hash == _hash(secret)))
        if found is not None:
            connection.execute(update(links).where(links.c.id == found.id).values(opened_at=now))
            if found.runner_id is not None:
                log_once_a_day(connection, [found.runner_id], found.holder, "opened it", now)
        return found


def live(engine: Engine, link_id: int, key: str, now: datetime) -> Link | None:
    """The link with this id and key, as long as it is good."""
    with reading(engine) as connection:
        found = _one(connection, _live(now).where(links.c.id == link_id))
    return found if found is not None and secrets.compare_digest(found.key, key) else None


def of_squad(engine: Engine, scope: SquadScope) -> tuple[Made, ...]:
    """All links of a coach's squad, the newest first."""
    c = links.c
    query = select(c.id, c.runner_id, c.made_at, c.expires_at, c.opened_at, c.revoked_at)
    with reading(engine) as connection:
        rows = connection.execute(query.where(c.coach_id == scope.coach_id).order_by(c.made_at.desc(), c.id.desc()))
        return tuple(Made(*row) for row in rows)


def revoke(engine: Engine, scope: SquadScope, link_ids: Sequence[int], who: str, now: datetime) -> None:
    """These links of the coach open nothing any more. Raises NotFoundError."""
    with transaction(engine) as connection:
        mine = links.c.id.in_(link_ids) & (links.c.coach_id == scope.coach_id)
        found = connection.execute(select(links.c.id, links.c.runner_id).where(mine)).all()
        if len(found) < len(set(link_ids)):
            raise NotFoundError("This link is not there any more.")
        connection.execute(update(links).where(mine, links.c.revoked_at.is_(None)).values(revoked_at=now))
        for row in found:
            log(connection, [row.runner_id] if row.runner_id else [], who, f"revoked personal link {row.id}", now)


def join(engine: Engine, scope: Scope, link_id: int, who: str, now: datetime) -> None:
    """The runner in person joins the squad that a link invites to; sharing is decided apart. Raises NotAllowedError,
    NotFoundError."""
    scope.check_own()
    with writing(engine, scope, ()) as connection:
        found = _one(connection, _live(now).where(links.c.id == link_id, links.c.runner_id.is_(None)))
        if found is None:
            raise NotFoundError("This invitation has ended. Ask your coach for a new one.")
        c = squad_members.c
        there = select(c.runner_id).where(c.coach_id == found.coach_id, c.runner_id == scope.runner_id)
        if connection.scalar(there) is None:
            old = (consents.c.coach_id == found.coach_id, consents.c.runner_id == scope.runner_id)
            connection.execute(delete(consents).where(*old))  # who joins anew has shared nothing yet
            connection.execute(insert(squad_members).values(coach_id=found.coach_id, runner_id=scope.runner_id))
            log(connection, [scope.runner_id], who, f"joined the squad of {found.coach}", now)


def _live(now: datetime) -> Select[Any]:
    """Links that are good at this moment, with the coach's name."""
    c = links.c
    query = (
        select(c.id, c.token_hash, c.coach_id, runners.c.name, runners.c.id, c.runner_id, c.expires_at)
        .join(coaches, coaches.c.id == c.coach_id)
        .join(runners, runners.c.id == coaches.c.owner_id)
    )
    return query.where(c.revoked_at.is_(None), c.expires_at > now)


def _one(connection: Connection, query: Select[Any]) -> Link | None:
    row = connection.execute(query).one_or_none()
    if row is None:
        return None
    link_id, token_hash, coach_id, name, owner_id, runner_id, expires_at = row
    return Link(link_id, token_hash[:_KEY_LETTERS], coach_id, called(name, owner_id), runner_id, expires_at)


def _hash(secret: str) -> str:
    """SHA-256: the secret is 256 random bits, which no slower hash would guard better."""
    return hashlib.sha256(secret.encode()).hexdigest()
