"""The tables between runners and coaches: consents, personal links, the audit log, notes, plan templates."""

from typing import Final, Literal, get_args

from sqlalchemy import JSON, Boolean, Column, Date, ForeignKey, Index, Integer, String, UniqueConstraint, false, true

from data.columns import UtcDateTime, Weekdays, between, one_of, runner, table

Area = Literal["training", "running", "pain", "self-tests", "notes"]  # what a runner shares, or does not
AREAS: Final[tuple[Area, ...]] = get_args(Area)
MAX_NOTE: Final = 2000  # letters


def _coach() -> Column[int]:
    return Column("coach_id", ForeignKey("coaches.id", ondelete="CASCADE"), nullable=False)


# What a runner shares with a coach. A row is a consent that holds; a withdrawn one is deleted, and the log keeps both.
consents = table(
    "consents",
    Column("id", Integer, primary_key=True),
    _coach(),
    runner(),
    Column("area", String, nullable=False),
    Column("may_write", Boolean, nullable=False, server_default=false()),
    Column("given_at", UtcDateTime, nullable=False),
    Column("ends_on", Date),  # the last day on which it holds; NULL: until it is withdrawn
    UniqueConstraint("coach_id", "runner_id", "area"),
    Index(None, "runner_id"),
    one_of("area", AREAS),
)

links = table(
    "links",
    Column("id", Integer, primary_key=True),
    _coach(),
    Column("runner_id", ForeignKey("runners.id", ondelete="CASCADE")),  # NULL: an invitation to whoever signs in
    Column("token_hash", String, nullable=False, unique=True),  # SHA-256: the database alone opens no diary
    Column("made_at", UtcDateTime, nullable=False),
    Column("expires_at", UtcDateTime, nullable=False),
    Column("opened_at", UtcDateTime),  # the last time
    Column("revoked_at", UtcDateTime),
    Index(None, "runner_id"),
    Index(None, "coach_id"),
)

audit = table(
    "audit",
    Column("id", Integer, primary_key=True),
    runner(),  # whose diary it is about
    Column("at", UtcDateTime, nullable=False),
    Column("who", String, nullable=False),  # by name, as it was: it stays readable when a coach is gone
    Column("what", String, nullable=False),
    Index(None, "runner_id", "at"),
)

notes = table(
    "notes",
    Column("id", Integer, primary_key=True),
    _coach(),
    runner(),
    Column("at", UtcDateTime, nullable=False),
    Column("text", String(MAX_NOTE), nullable=False),
    Column("shown", Boolean, nullable=False, server_default=true()),  # to the runner
    Index(None, "runner_id"),
    Index(None, "coach_id"),
)

# A plan that a coach gives to many runners: its parts as `data.plan_entries.PlanItem` dumps them.
plan_templates = table(
    "plan_templates",
    Column("id", Integer, primary_key=True),
    _coach(),
    Column("name", String, nullable=False),
    Column("weekdays", Weekdays, nullable=False),
    Column("parts", JSON, nullable=False),
    UniqueConstraint("coach_id", "name"),
    between("weekdays", 1, 127),
)
