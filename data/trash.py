"""What was deleted or replaced, kept as JSON so that it can come back. No rules: `store.py` says what and when."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any, Final

from sqlalchemy import Column, Connection, Date, Select, Table, delete, insert, select, update

from data.columns import UtcDateTime
from data.schema import KINDS, Kind, imports

Payload = dict[str, list[dict[str, Any]]]

# The name in a payload, where others have a table's, of what imports kept of the runs that gave way to theirs. These
# rows (id, replaced) are never gone: what they keep changes when a chain of imports loses a link.
GAVE_WAY: Final = "imports.replaced"


def dump(connection: Connection, kind: Kind, ids: Sequence[int]) -> Payload:
    """The rows of `kind` with these ids, and their parts, as JSON-ready dictionaries by table name."""
    rows = {kind.table.name: rows_of(connection, select(kind.table).where(kind.table.c.id.in_(ids)))}
    if kind.parts is not None:
        children = select(kind.parts).where(kind.parts.c[kind.parent].in_(ids)).order_by(kind.parts.c.id)
        rows[kind.parts.name] = rows_of(connection, children)
    return rows


def rows_of(connection: Connection, query: Select[Any]) -> list[dict[str, Any]]:
    """What a query answers as JSON-ready dictionaries."""
    return [to_json(dict(row)) for row in connection.execute(query).mappings()]


def to_json(row: Mapping[str, Any]) -> dict[str, Any]:
    """A row's values as JSON has them."""
    return {name: _to_json(value) for name, value in row.items()}


def remove(connection: Connection, kind: Kind, ids: Sequence[int]) -> None:
    """Delete the rows; the parts go with them."""
    connection.execute(delete(kind.table).where(kind.table.c.id.in_(ids)))


def put_back(connection: Connection, payload: Payload) -> None:
    """Insert dumped rows with the ids they had, parents before parts; imports keep again what they kept."""
    for table in _tables(payload):
        rows = payload[table.name]
        if rows:
            connection.execute(insert(table), [from_json(table, row) for row in rows])
    for row in payload.get(GAVE_WAY, ()):
        connection.execute(update(imports).where(imports.c.id == row["id"]).values(replaced=row["replaced"]))


def _tables(payload: Payload) -> list[Table]:
    table = next(iter(KINDS.values())).table
    return [found for found in table.metadata.sorted_tables if found.name in payload]


def _to_json(value: Any) -> Any:  # noqa: ANN401  a column's value
    if isinstance(value, tuple):  # days of the week
        return list(value)
    return value.isoformat() if isinstance(value, date | datetime) else value


def from_json(table: Table, row: Mapping[str, Any]) -> dict[str, Any]:
    """A dumped row with its dates and instants as such again."""
    return {name: _from_json(table.c[name], value) for name, value in row.items()}


def _from_json(column: Column[Any], value: Any) -> Any:  # noqa: ANN401  a column's value
    if value is None:
        return None
    if isinstance(column.type, Date):
        return date.fromisoformat(value)
    return datetime.fromisoformat(value) if isinstance(column.type, UtcDateTime) else value
