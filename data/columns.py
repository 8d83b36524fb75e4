"""What the tables are made of: the column types that both databases keep alike, checks, keys. No table stands here."""

from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import (
    CheckConstraint,
    Column,
    DateTime,
    Dialect,
    ForeignKey,
    Integer,
    MetaData,
    Table,
    TypeDecorator,
)
from sqlalchemy.schema import SchemaItem

LEFT_RIGHT = ("left", "right")
SIDES = ("left", "right", "both")

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


class Weekdays(TypeDecorator[tuple[int, ...]]):
    """Days of the week, 0 Monday to 6 Sunday, in order; a bit each in the database, where a CHECK can hold them."""

    impl = Integer
    cache_ok = True

    def process_bind_param(self, value: Iterable[int] | None, dialect: Dialect) -> int | None:  # noqa: ARG002  SQLAlchemy's signature
        return None if value is None else sum(1 << day for day in value)

    def process_result_value(self, value: Any, dialect: Dialect) -> tuple[int, ...] | None:  # noqa: ANN401, ARG002  SQLAlchemy's signature
        return None if value is None else tuple(day for day in range(value.bit_length()) if value >> day & 1)


def one_of(column: str, values: tuple[str, ...]) -> CheckConstraint:
    quoted = ", ".join(f"'{value}'" for value in values)
    return CheckConstraint(f"{column} IN ({quoted})", name=column)


def between(column: str, low: float, high: float) -> CheckConstraint:
    return CheckConstraint(f"{column} BETWEEN {low} AND {high}", name=column)


def runner() -> Column[int]:
    return Column("runner_id", ForeignKey("runners.id", ondelete="CASCADE"), nullable=False)


def child_of(table: str, column: str) -> Column[int]:
    return Column(column, ForeignKey(f"{table}.id", ondelete="CASCADE"), nullable=False)


def came_with() -> Column[int]:
    """The import that a row came with; NULL: entered by hand. No foreign key: SQLite adds none to a table in place,
    and an import's row goes only with everything of its runner's."""
    return Column("import_id", Integer, index=True)


def table(name: str, *parts: SchemaItem) -> Table:
    """A table that never gives a deleted row's id to a new one: an undo brings rows back with the ids they had."""
    return Table(name, metadata, *parts, sqlite_autoincrement="id" in {getattr(part, "name", None) for part in parts})
