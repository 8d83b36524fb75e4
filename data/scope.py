"""Whose rows a viewer may touch, and of which areas. Made in `ui/access.py`, asked for by every call to the store.

An area is what a runner shares, or does not share, with a coach. Reading one that is not in a scope is refused here,
in the one place that every query passes; what a squad's runners do not share is left out of its queries.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import Final, cast

from sqlalchemy import ColumnElement, Connection, and_, or_, select

from data.errors import NotAllowedError
from data.schema import coaches, squad_members, week_marks
from data.sharing_schema import AREAS, consents, links
from data.sharing_schema import Area as Area

EVERYTHING: Final[frozenset[Area]] = frozenset(AREAS)
LINK_WRITES: Final[frozenset[Area]] = EVERYTHING - {"notes"}  # what whoever comes by a link may change


@dataclass(frozen=True)
class Rights:
    """What somebody else may do in a diary."""

    reads: frozenset[Area] = frozenset()
    writes: frozenset[Area] = frozenset()


@dataclass(frozen=True)
class Guest:
    """A coach in a diary, by the runner that the coach is, and the day for which consents are asked (UTC's)."""

    owner_id: int
    today: date

    def rights(self, connection: Connection, runner_id: int) -> Rights:
        """What the runner shares with this coach, whose squad they are in."""
        c = consents.c
        member = (squad_members.c.coach_id == c.coach_id) & (squad_members.c.runner_id == c.runner_id)
        query = (
            select(c.area, c.may_write)
            .join(coaches, coaches.c.id == c.coach_id)
            .join(squad_members, member)
            .where(coaches.c.owner_id == self.owner_id, c.runner_id == runner_id, in_force(self.today))
        )
        found = connection.execute(query).all()
        # Of notes, 'writing' means that the coach may keep some to themselves: nobody writes in the runner's own.
        writes = frozenset(cast(Area, row.area) for row in found if row.may_write and row.area != "notes")
        return Rights(frozenset(cast(Area, row.area) for row in found), writes)


@dataclass(frozen=True)
class LinkHolder:
    """Whoever came by a personal link. That it has not ended is asked when they come; here that it still holds."""

    link_id: int | None

    def rights(self, connection: Connection, runner_id: int) -> Rights:
        """All of the diary of the link's runner, or nothing."""
        c = links.c
        live = select(c.id).where(c.id == self.link_id, c.runner_id == runner_id, c.revoked_at.is_(None))
        return Rights() if connection.scalar(live) is None else Rights(EVERYTHING, LINK_WRITES)


@dataclass(frozen=True)
class Scope:
    """One runner's rows: which areas may be read and which changed. `is_own` is the runner in person, who alone changes
    settings and deletes everything; `may_share` says who decides what others see; `guest` is who is here by a right
    that can be taken back."""

    runner_id: int
    reads: frozenset[Area] = EVERYTHING
    writes: frozenset[Area] = EVERYTHING
    is_own: bool = True
    may_share: bool = True
    guest: Guest | LinkHolder | None = None

    def holds(self, runner_id: ColumnElement[int], area: Area) -> ColumnElement[bool]:
        """Whether a row of this runner is within the scope. Raises NotAllowedError where the area is not."""
        self.check_reads((area,))
        return runner_id == self.runner_id

    def check_reads(self, areas: Collection[str]) -> None:
        """Raises NotAllowedError unless all of these areas may be read."""
        for area in sorted(set(areas) - self.reads):
            raise NotAllowedError(f"This diary does not share its {area} with you.")

    def check_writes(self, areas: Collection[str]) -> None:
        """Raises NotAllowedError unless all of these areas may be changed, and of none any."""
        if not self.writes or not self.writes.issuperset(areas):
            raise NotAllowedError("You may look at this diary, but not change it.")

    def check_still_writes(self, connection: Connection, areas: Collection[str]) -> None:
        """The same at this moment, within the write itself: the right may have gone since the page was drawn, or the
        import begun."""
        self.check_writes(areas)
        if self.guest is not None:
            writes = self.guest.rights(connection, self.runner_id).writes
            if not writes or not writes.issuperset(areas):
                raise NotAllowedError("You may not change this diary any more: the right to it was taken back.")

    def check_own(self) -> None:
        """Raises NotAllowedError unless the runner is here in person."""
        if not self.is_own:
            raise NotAllowedError("Only the runner can do this, in their own diary.")

    def check_shares(self) -> None:
        """Raises NotAllowedError unless this viewer decides what others see."""
        if not self.may_share:
            raise NotAllowedError("Only the runner decides who may see this diary.")


@dataclass(frozen=True)
class SquadScope:
    """The rows of a coach's squad that may be read together, as the database has them at that moment: of every member
    everything where the diaries are the coach's `own` (on one's own machine, and simulated), else what each of them
    shares on the day `today` (UTC's, so that no browser's clock decides it)."""

    coach_id: int
    today: date | None = None
    may_write: bool = True

    @property
    def is_own(self) -> bool:
        return self.today is None

    def check_writes(self) -> None:
        """Raises NotAllowedError where the squad is only to be looked at: the simulated one of all visitors."""
        if not self.may_write:
            raise NotAllowedError("This squad is only to be looked at: it is the same for all visitors.")

    def members(self, runner_id: ColumnElement[int]) -> ColumnElement[bool]:
        """Whether a runner is in the squad, whatever they share."""
        return runner_id.in_(select(squad_members.c.runner_id).where(squad_members.c.coach_id == self.coach_id))

    def holds(self, runner_id: ColumnElement[int], area: Area) -> ColumnElement[bool]:
        """Whether a row of this runner and area is within the scope."""
        if self.today is None:
            return self.members(runner_id)
        c = consents.c
        shared = select(c.runner_id).where(c.coach_id == self.coach_id, c.area == area, in_force(self.today))
        return self.members(runner_id) & runner_id.in_(shared)


def in_force(today: date) -> ColumnElement[bool]:
    """Whether a consent holds on this day, its last one among them."""
    return or_(consents.c.ends_on.is_(None), consents.c.ends_on >= today)


def marks_held(scope: Scope | SquadScope) -> ColumnElement[bool]:
    """Which marked weeks are within the scope: each mark is about one area."""
    c = week_marks.c
    return or_(
        and_(c.mark == "no running", scope.holds(c.runner_id, "running")),
        and_(c.mark == "no training", scope.holds(c.runner_id, "training")),
    )
