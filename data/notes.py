"""Notes of a coach on a runner. The runner reads them, but for those that they let the coach keep.

On one's own machine notes are always possible and always shown. With accounts they take the runner's consent for the
area 'notes'; its `may_write` says whether the coach may also keep notes that the runner is not shown.
"""

from datetime import date, datetime, timedelta
from typing import Final, Literal

import pandas as pd
from sqlalchemy import ColumnElement, Connection, Engine, delete, exists, func, insert, or_, select

from data.coach_entries import Note
from data.dtypes import COUNT, FLAG, INSTANT, TEXT
from data.engine import reading
from data.errors import NotAllowedError, NotFoundError
from data.lists import read_frame
from data.schema import coaches, runners
from data.scope import Scope, SquadScope, in_force
from data.sharing_schema import consents, notes
from data.store import changing

Right = Literal["none", "shown", "hidden too"]
SENT_TWICE: Final = timedelta(minutes=10)  # the same words again so soon are the same form, sent twice


def right(engine: Engine, scope: SquadScope, runner_id: int) -> Right:
    """Which notes this coach may keep on a runner now. Raises NotFoundError for anybody outside the squad."""
    with reading(engine) as connection:
        return _right(connection, scope, runner_id)


def add(engine: Engine, scope: SquadScope, runner_id: int, note: Note, at: datetime) -> int:
    """Keep a note: its id. Raises NotAllowedError, NotFoundError."""
    scope.check_writes()
    with changing(engine, runner_id) as connection:
        allowed = _right(connection, scope, runner_id)
        if allowed == "none":
            raise NotAllowedError("This runner has not agreed that you keep notes on them.")
        if not note.shown and allowed != "hidden too":
            raise NotAllowedError("This runner sees every note on them. Show it, or do not write it.")
        there = _sent_before(connection, scope, runner_id, note, at)
        if there is not None:
            return there
        values = {"coach_id": scope.coach_id, "runner_id": runner_id, "at": at} | note.model_dump()
        return int(connection.execute(insert(notes).values(values).returning(notes.c.id)).scalar_one())


def of_coach(engine: Engine, scope: SquadScope, runner_id: int) -> pd.DataFrame:
    """The coach's own notes on a runner of the squad, newest first: id, at (UTC), text, shown. Empty without a
    consent."""
    columns = {"id": COUNT, "at": INSTANT, "text": TEXT, "shown": FLAG}
    c = notes.c
    query = select(*(c[name] for name in columns)).where(
        c.coach_id == scope.coach_id, c.runner_id == runner_id, scope.holds(c.runner_id, "notes")
    )
    return read_frame(engine, query.order_by(c.at.desc(), c.id.desc()), columns)


def of_runner(engine: Engine, scope: Scope, today: date) -> pd.DataFrame:
    """What coaches noted on the runner, newest first: id, at (UTC), coach (by name), text; but for hidden notes of a
    coach who may keep some on this day. For the runner alone: one coach does not read another's. Raises
    NotAllowedError."""
    scope.check_shares()
    columns = {"id": COUNT, "at": INSTANT, "coach": TEXT, "text": TEXT}
    c = notes.c
    query = (
        select(c.id, c.at, func.coalesce(runners.c.name, coaches.c.name), c.text)
        .join(coaches, coaches.c.id == c.coach_id)
        .outerjoin(runners, runners.c.id == coaches.c.owner_id)
        .where(scope.holds(c.runner_id, "notes"), or_(c.shown, ~_may_hide(today)))
        .order_by(c.at.desc(), c.id.desc())
    )
    return read_frame(engine, query, columns)


def _may_hide(today: date) -> ColumnElement[bool]:
    """Whether the runner lets the coach of a note keep some to themselves."""
    c = consents.c
    same = (c.coach_id == notes.c.coach_id, c.runner_id == notes.c.runner_id, c.area == "notes")
    return exists().where(*same, c.may_write, in_force(today))


def remove(engine: Engine, scope: SquadScope, note_id: int) -> None:
    """Delete one of the coach's own notes: that is possible whatever the runner shares now. Raises NotFoundError."""
    scope.check_writes()
    c = notes.c
    own = (c.id == note_id, c.coach_id == scope.coach_id)
    missing = NotFoundError("This note is not there any more.")
    with reading(engine) as connection:
        runner_id = connection.scalar(select(c.runner_id).where(*own))
    if runner_id is None:
        raise missing
    with changing(engine, runner_id) as connection:
        if connection.execute(delete(notes).where(*own)).rowcount == 0:
            raise missing


def _right(connection: Connection, scope: SquadScope, runner_id: int) -> Right:
    member = select(runners.c.id).where(scope.members(runners.c.id), runners.c.id == runner_id)
    if connection.scalar(member) is None:
        raise NotFoundError("This runner is not in the squad any more.")
    if scope.is_own:
        return "shown"
    c = consents.c
    consent = select(c.may_write).where(
        c.coach_id == scope.coach_id, c.runner_id == runner_id, c.area == "notes", scope.holds(c.runner_id, "notes")
    )
    match connection.scalar(consent):
        case None:
            return "none"
        case may_hide:
            return "hidden too" if may_hide else "shown"


def _sent_before(connection: Connection, scope: SquadScope, runner_id: int, note: Note, at: datetime) -> int | None:
    c = notes.c
    same = (c.coach_id == scope.coach_id, c.runner_id == runner_id, c.text == note.text, c.shown == note.shown)
    found: int | None = connection.scalar(select(c.id).where(*same, c.at > at - SENT_TWICE).limit(1))
    return found
