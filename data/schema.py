"""The tables. SI units (m, s, kg), UTC instants, local dates; every limit of `entries.py` stands here again as a CHECK.

NULL means unknown (not asked, not answered, not logged); a stated zero is 0. Weekly rows are keyed by `iso_week`, the
Monday of the ISO week, whatever day the runner's own week starts on (`data.weeks` converts).
"""

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import (
    JSON,
    Boolean,
    CheckConstraint,
    Column,
    Date,
    DateTime,
    Dialect,
    Float,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    String,
    Table,
    TypeDecorator,
    UniqueConstraint,
    false,
)
from sqlalchemy.schema import SchemaItem

MAX_RUN_M = 500_000.0  # a day's running; the longest day recorded by anyone is well under it
MAX_WEEK_M = 7 * MAX_RUN_M

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s",
        "pk": "pk_%(table_name)s",
    }
)


class UtcDateTime(TypeDecorator[datetime]):
    """An aware UTC instant in Python, a naive UTC timestamp in the database: the same on SQLite and PostgreSQL."""

    impl = DateTime
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002  SQLAlchemy's signature
        return None if value is None else value.astimezone(UTC).replace(tzinfo=None)

    def process_result_value(self, value: Any, dialect: Dialect) -> datetime | None:  # noqa: ANN401, ARG002  SQLAlchemy's signature
        return None if value is None else value.replace(tzinfo=UTC)


def _one_of(column: str, values: tuple[str, ...]) -> CheckConstraint:
    quoted = ", ".join(f"'{value}'" for value in values)
    return CheckConstraint(f"{column} IN ({quoted})", name=column)


def _between(column: str, low: float, high: float) -> CheckConstraint:
    return CheckConstraint(f"{column} BETWEEN {low} AND {high}", name=column)


def _runner() -> Column[int]:
    return Column("runner_id", ForeignKey("runners.id", ondelete="CASCADE"), nullable=False)


def _child_of(table: str, column: str) -> Column[int]:
    return Column(column, ForeignKey(f"{table}.id", ondelete="CASCADE"), nullable=False)


def _table(name: str, *parts: SchemaItem) -> Table:
    """A table that never gives a deleted row's id to a new one: an undo brings rows back with the ids they had."""
    return Table(name, metadata, *parts, sqlite_autoincrement="id" in {getattr(part, "name", None) for part in parts})


LEFT_RIGHT = ("left", "right")
SIDES = ("left", "right", "both")

runners = _table(
    "runners",
    Column("id", Integer, primary_key=True),
    Column("subject", String, unique=True),  # who signs in as this runner; 'local' on one's own machine
    Column("name", String, nullable=False),
    Column("units", String, nullable=False, server_default="km"),
    Column("week_start", Integer, nullable=False, server_default="0"),  # 0 Monday ... 6 Sunday
    Column("time_zone", String),  # IANA name; NULL: the browser's
    Column("simulated", Boolean, nullable=False, server_default=false()),
    Column("revision", Integer, nullable=False, server_default="0"),  # bumped by every write: part of cache keys
    _one_of("units", ("km", "mi")),
    _between("week_start", 0, 6),
)

coaches = _table(
    "coaches",
    Column("id", Integer, primary_key=True),
    Column("name", String, nullable=False),
    Column("simulated", Boolean, nullable=False, server_default=false()),
)

squad_members = _table(
    "squad_members",
    Column("coach_id", ForeignKey("coaches.id", ondelete="CASCADE"), primary_key=True),
    Column("runner_id", ForeignKey("runners.id", ondelete="CASCADE"), primary_key=True),
)

self_tests = _table(
    "self_tests",
    Column("id", Integer, primary_key=True),
    _runner(),
    Column("on_date", Date, nullable=False),
    Column("task", String, nullable=False),  # tasks are never mixed in one trend (Lewis 2015)
    UniqueConstraint("runner_id", "on_date", "task"),
    _one_of("task", ("single-leg squat", "step-down")),
)

self_test_sides = _table(
    "self_test_sides",
    Column("id", Integer, primary_key=True),
    _child_of("self_tests", "self_test_id"),
    Column("side", String, nullable=False),
    Column("repetitions", Integer),
    Column("knee_inside", Boolean),
    Column("pelvis_level", Boolean),
    Column("trunk_upright", Boolean),
    Column("steady", Boolean),
    Column("pain", Integer),
    Column("degrees", Float),  # frontal-plane projection angle, positive = valgus
    UniqueConstraint("self_test_id", "side"),
    _one_of("side", LEFT_RIGHT),
    _between("repetitions", 0, 100),
    _between("pain", 0, 10),
    _between("degrees", -60, 60),
)

running_signs = _table(
    "running_signs",
    Column("id", Integer, primary_key=True),
    _runner(),
    Column("on_date", Date, nullable=False),
    Column("pelvis_swings", Boolean),
    Column("knees_buckle", Boolean),
    Column("x_legs", Boolean),
    UniqueConstraint("runner_id", "on_date"),
)

plans = _table(
    "plans",
    Column("id", Integer, primary_key=True),
    _runner(),
    Column("starts_on", Date, nullable=False),
    Column("ends_on", Date),  # NULL: still in force
    Column("days_per_week", Integer, nullable=False),
    UniqueConstraint("runner_id", "starts_on"),
    _between("days_per_week", 1, 7),
    CheckConstraint("ends_on >= starts_on", name="ends_after_start"),
)

plan_items = _table(
    "plan_items",
    Column("id", Integer, primary_key=True),
    _child_of("plans", "plan_id"),
    Column("position", Integer, nullable=False),
    Column("exercise", String, nullable=False),
    Column("block", String, nullable=False),  # the warm-up is loggable but does not count for adherence
    Column("side", String, nullable=False),  # 'each': left and right, a pair counts once; 'both': two-legged
    Column("sets", Integer, nullable=False),
    Column("repetitions", Integer),
    Column("seconds", Integer),
    UniqueConstraint("plan_id", "block", "exercise"),
    _one_of("block", ("warm-up", "main")),
    _one_of("side", ("each", *SIDES)),
    _between("sets", 1, 20),
    _between("repetitions", 1, 200),
    _between("seconds", 1, 3600),
    CheckConstraint("(repetitions IS NULL) <> (seconds IS NULL)", name="repetitions_or_seconds"),
)

strength_sessions = _table(
    "strength_sessions",
    Column("id", Integer, primary_key=True),
    _runner(),
    Column("on_date", Date, nullable=False),
    Column("ordinal", Integer, nullable=False),  # 1 for the first session of the day
    Column("next_morning_pain", Integer),
    UniqueConstraint("runner_id", "on_date", "ordinal"),
    _between("ordinal", 1, 9),
    _between("next_morning_pain", 0, 10),
)

strength_sets = _table(
    "strength_sets",
    Column("id", Integer, primary_key=True),
    _child_of("strength_sessions", "session_id"),
    Column("exercise", String, nullable=False),
    Column("ordinal", Integer, nullable=False),  # 1 for the first set of this exercise and side
    Column("side", String, nullable=False),
    Column("repetitions", Integer),
    Column("seconds", Integer),
    Column("load_kg", Float),
    Column("effort", Integer),
    Column("pain", Integer),
    UniqueConstraint("session_id", "exercise", "side", "ordinal"),
    _one_of("side", SIDES),
    _between("ordinal", 1, 50),
    _between("repetitions", 0, 1000),
    _between("seconds", 0, 3600),
    _between("load_kg", 0, 500),
    _between("effort", 0, 10),
    _between("pain", 0, 10),
)

pain_reports = _table(
    "pain_reports",
    Column("id", Integer, primary_key=True),
    _runner(),
    Column("period", String, nullable=False),
    Column("on_date", Date, nullable=False),  # the day, or the week's iso_week
    Column("site", String, nullable=False),
    Column("side", String, nullable=False),
    Column("worst_running", Integer),
    Column("next_morning", Integer),
    # OSTRC-O2 answers as their scores 0, 8, 17, 25 (Clarsen 2020)
    Column("participation", Integer),
    Column("modified_training", Integer),
    Column("performance", Integer),
    Column("symptoms", Integer),
    UniqueConstraint("runner_id", "period", "on_date", "site", "side"),
    _one_of("period", ("day", "week")),
    _one_of("side", SIDES),
    _between("worst_running", 0, 10),
    _between("next_morning", 0, 10),
    *(
        CheckConstraint(f"{question} IN (0, 8, 17, 25)", name=question)
        for question in ("participation", "modified_training", "performance", "symptoms")
    ),
)

injuries = _table(
    "injuries",
    Column("id", Integer, primary_key=True),
    _runner(),
    Column("onset", Date, nullable=False),
    Column("site", String, nullable=False),
    Column("side", String, nullable=False),
    Column("returned_on", Date),
    # the three criteria of a running-related injury (Yamato 2015); NULL: not answered
    Column("seven_days", Boolean),
    Column("three_sessions", Boolean),
    Column("consulted", Boolean),
    UniqueConstraint("runner_id", "onset", "site", "side"),
    _one_of("side", SIDES),
    CheckConstraint("returned_on >= onset", name="returns_after_onset"),
)

imports = _table(
    "imports",
    Column("id", Integer, primary_key=True),
    _runner(),
    Column("at", UtcDateTime, nullable=False),
    Column("filename", String, nullable=False),
    Index(None, "runner_id"),
)

runs = _table(
    "runs",
    Column("id", Integer, primary_key=True),
    _runner(),
    Column("start", UtcDateTime),  # NULL: the runner gave only the day
    Column("local_date", Date, nullable=False),
    Column("distance_m", Float),
    Column("duration_s", Float),
    Column("effort", Integer),
    Column("source", String, nullable=False),
    Column("source_id", String, nullable=False),
    Column("import_id", ForeignKey("imports.id", ondelete="SET NULL"), index=True),
    UniqueConstraint("runner_id", "source", "source_id"),
    Index(None, "runner_id", "local_date"),
    _between("distance_m", 0, MAX_RUN_M),
    _between("duration_s", 0, 7 * 24 * 3600),
    _between("effort", 0, 10),
    CheckConstraint("distance_m IS NOT NULL OR duration_s IS NOT NULL", name="distance_or_duration"),
)

weekly_totals = _table(
    "weekly_totals",
    Column("id", Integer, primary_key=True),
    _runner(),
    Column("iso_week", Date, nullable=False),
    Column("distance_m", Float, nullable=False),
    UniqueConstraint("runner_id", "iso_week"),
    _between("distance_m", 0, MAX_WEEK_M),
)

week_marks = _table(
    "week_marks",
    Column("id", Integer, primary_key=True),
    _runner(),
    Column("iso_week", Date, nullable=False),
    Column("mark", String, nullable=False),
    UniqueConstraint("runner_id", "iso_week", "mark"),
    _one_of("mark", ("no running", "no training")),
)

trash = _table(
    "trash",
    Column("id", Integer, primary_key=True),
    _runner(),
    Column("payload", JSON, nullable=False),  # {table name: [rows]}: what was deleted or replaced, to bring it back
    Column("added", JSON, nullable=False),  # [[kind, id]]: what came with the same write, and goes when that is undone
    Index(None, "runner_id"),
)


@dataclass(frozen=True)
class Kind:
    """One sort of entry: its table, the natural key (besides the runner) and the table of its parts, if any."""

    table: Table
    key: tuple[str, ...]
    parts: Table | None = None
    parent: str = ""  # the column of `parts` that points to `table`


KINDS: dict[str, Kind] = {
    "self-test": Kind(self_tests, ("on_date", "task"), self_test_sides, "self_test_id"),
    "running signs": Kind(running_signs, ("on_date",)),
    "plan": Kind(plans, ("starts_on",), plan_items, "plan_id"),
    "session": Kind(strength_sessions, ("on_date", "ordinal"), strength_sets, "session_id"),
    "pain": Kind(pain_reports, ("period", "on_date", "site", "side")),
    "injury": Kind(injuries, ("onset", "site", "side")),
    "run": Kind(runs, ("source", "source_id")),
    "weekly total": Kind(weekly_totals, ("iso_week",)),
    "week mark": Kind(week_marks, ("iso_week", "mark")),
}
