"""What SQLite and PostgreSQL write differently: a week's first day, the day before, an insert that may meet a row, ids
of rows to come."""

from typing import Any

from sqlalchemy import ColumnElement, Connection, Date, Integer, Table, literal, text
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.functions import GenericFunction


def insert_or(connection: Connection, table: Table) -> sqlite.Insert | postgresql.Insert:
    """An insert that can say what happens when the row is there already (`on_conflict_do_...`)."""
    return (sqlite.insert if connection.dialect.name == "sqlite" else postgresql.insert)(table)


def take_ids(connection: Connection, table: Table, count: int) -> list[int]:
    """So many new ids, ascending, which the table gives to no other row: for rows that point to each other."""
    if connection.dialect.name != "sqlite":
        new = "SELECT nextval(pg_get_serial_sequence(:name, 'id')) FROM generate_series(1, :count)"
        return sorted(connection.scalars(text(new), {"name": table.name, "count": count}))
    name = {"name": table.name}
    last = connection.scalar(text("SELECT seq FROM sqlite_sequence WHERE name = :name"), name)
    if last is None:  # no row yet
        connection.execute(text("INSERT INTO sqlite_sequence (name, seq) VALUES (:name, 0)"), name)
    first = (last or 0) + 1
    change = text("UPDATE sqlite_sequence SET seq = :seq WHERE name = :name")
    connection.execute(change, name | {"seq": first + count - 1})
    return list(range(first, first + count))


class _WeekStart(GenericFunction[Any]):
    type = Date()
    inherit_cache = True
    name = "week_start"


def week_start(column: ColumnElement[Any], first_day: int) -> ColumnElement[Any]:
    """The first day of the week that holds the date in `column`; `first_day` 0 is Monday, 6 Sunday."""
    sunday_based = (first_day + 1) % 7  # both databases number Sunday 0
    return _WeekStart(column, literal(sunday_based, Integer))


class _DayBefore(GenericFunction[Any]):
    type = Date()
    inherit_cache = True
    name = "day_before"


def day_before(column: ColumnElement[Any]) -> ColumnElement[Any]:
    """The day before the date in `column`; NULL for NULL."""
    return _DayBefore(column)


@compiles(_WeekStart, "sqlite")
def _sqlite_week(element: Any, compiler: SQLCompiler, **kw: Any) -> str:  # noqa: ANN401  SQLAlchemy's signature
    day, first = (compiler.process(clause, **kw) for clause in element.clauses)
    return f"date({day}, '-' || ((CAST(strftime('%w', {day}) AS INTEGER) + 7 - {first}) % 7) || ' days')"


@compiles(_WeekStart, "postgresql")
def _postgresql_week(element: Any, compiler: SQLCompiler, **kw: Any) -> str:  # noqa: ANN401  SQLAlchemy's signature
    day, first = (compiler.process(clause, **kw) for clause in element.clauses)
    return f"({day} - ((CAST(extract(dow FROM {day}) AS INTEGER) + 7 - {first}) %% 7))"


@compiles(_DayBefore, "sqlite")
def _sqlite_before(element: Any, compiler: SQLCompiler, **kw: Any) -> str:  # noqa: ANN401  SQLAlchemy's signature
    return f"date({compiler.process(element.clauses, **kw)}, '-1 day')"


@compiles(_DayBefore, "postgresql")
def _postgresql_before(element: Any, compiler: SQLCompiler, **kw: Any) -> str:  # noqa: ANN401  SQLAlchemy's signature
    return f"({compiler.process(element.clauses, **kw)} - 1)"
