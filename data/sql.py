"""What SQLite and PostgreSQL write differently: a week's first day, the day before, an insert that may meet a row."""

from typing import Any

from sqlalchemy import ColumnElement, Connection, Date, Integer, Table, literal
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.functions import GenericFunction


def insert_or(connection: Connection, table: Table) -> sqlite.Insert | postgresql.Insert:
    """An insert that can say what happens when the row is there already (`on_conflict_do_...`)."""
    return (sqlite.insert if connection.dialect.name == "sqlite" else postgresql.insert)(table)


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
