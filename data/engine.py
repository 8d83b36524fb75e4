"""Connections and migrations. No business logic: pragmas, pools, locks and driver quirks live here alone."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any

from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Engine, create_engine, event, make_url, text
from sqlalchemy.exc import ArgumentError, DBAPIError, NoSuchModuleError

from data.errors import DatabaseTooNewError, MigrationFailedError, StorageError

_PRAGMAS = (
    "PRAGMA foreign_keys=ON",
    "PRAGMA journal_mode=WAL",  # readers go on while one writes
    "PRAGMA busy_timeout=5000",  # ms; a save waits for another save
    # NORMAL may lose the last commit on power loss; a confirmed save must stay
    "PRAGMA synchronous=FULL",
)
_MIGRATION_LOCK = 7_250_116  # any constant: PostgreSQL advisory locks are named by number


def make_engine(url: str) -> Engine:
    """An engine for `sqlite:///path` or `postgresql://...`; raises StorageError for any other address."""
    try:
        parsed = make_url(url)
        if parsed.drivername in ("postgresql", "postgres"):
            parsed = parsed.set(drivername="postgresql+psycopg")
        if parsed.get_backend_name() not in ("sqlite", "postgresql"):
            raise StorageError(f"The database address starts with {parsed.drivername}. Use sqlite or postgresql.")
        if parsed.get_backend_name() == "sqlite":
            return _sqlite(parsed.render_as_string(hide_password=False), parsed.database)
        return create_engine(parsed, pool_pre_ping=True, pool_size=5, max_overflow=5)
    except (ArgumentError, NoSuchModuleError) as error:
        raise StorageError(
            "The database address cannot be read. It looks like sqlite:///file.sqlite3 or postgresql://user@host/name."
        ) from error


def _sqlite(url: str, database: str | None) -> Engine:
    if database and database != ":memory:":
        Path(database).parent.mkdir(parents=True, exist_ok=True)
    engine = create_engine(url)
    event.listen(engine, "connect", _set_pragmas)
    event.listen(engine, "begin", _begin)
    return engine


def _set_pragmas(connection: sqlite3.Connection, _record: Any) -> None:  # noqa: ANN401  SQLAlchemy's signature
    connection.isolation_level = None  # the driver's own BEGIN would leave DDL outside the transaction
    for pragma in _PRAGMAS:
        connection.execute(pragma)


def _begin(connection: Connection) -> None:
    connection.exec_driver_sql(f"BEGIN {connection.get_execution_options().get('sqlite_begin', 'DEFERRED')}")


@contextmanager
def reading(engine: Engine) -> Iterator[Connection]:
    """A connection for reads; driver errors leave as StorageError."""
    with _our_errors(), engine.connect() as connection:
        yield connection


@contextmanager
def transaction(engine: Engine) -> Iterator[Connection]:
    """One write transaction: all of it or nothing; driver errors leave as StorageError."""
    with (
        _our_errors(),
        engine.connect().execution_options(sqlite_begin="IMMEDIATE") as connection,
        connection.begin(),
    ):
        yield connection


@contextmanager
def _our_errors() -> Iterator[None]:
    try:
        yield
    except (
        DBAPIError,
        sqlite3.Error,
    ) as error:  # the bare sqlite3 error: a file that is no database, at connect
        raise StorageError("The diary could not be read or saved just now. Nothing was changed; try again.") from error


def is_alive(engine: Engine) -> bool:
    """Whether the database answers."""
    try:
        with reading(engine) as connection:
            return bool(connection.scalar(text("SELECT 1")))
    except StorageError:
        return False


def migrate(engine: Engine, now: datetime) -> Path | None:
    """Bring the database to this version's schema; the path of the copy made before, if one was needed.

    One process migrates at a time, inside one transaction. An existing SQLite file is copied beside itself first.
    Raises DatabaseTooNewError, MigrationFailedError (the original is untouched) or StorageError.
    """
    with transaction(engine) as connection:
        if connection.dialect.name == "postgresql":
            connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": _MIGRATION_LOCK})
        current = MigrationContext.configure(connection).get_current_revision()
        known = [script.revision for script in _scripts().walk_revisions()]
        if current == known[0]:
            return None
        if current is not None and current not in known:
            raise DatabaseTooNewError(
                f"This diary was written by a newer version of Plumbline (schema {current}; this one knows up to"
                f" {known[0]}). Update Plumbline, then start it again. Nothing was changed."
            )
        copy = _copy_beside(engine, now) if current is not None else None
        _upgrade(connection, copy)
    return copy


def _upgrade(connection: Connection, copy: Path | None) -> None:
    config = _config()
    config.attributes["connection"] = connection
    try:
        command.upgrade(config, "head")
    except Exception as error:  # whatever a migration trips over, the runner must learn where the copy is
        kept = f" A copy from before is at {copy}." if copy else ""
        raise MigrationFailedError(
            f"The diary could not be brought to the new version ({error}). It is as it was before.{kept}"
        ) from error


def _config() -> Config:
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations"))
    return config


def _scripts() -> ScriptDirectory:
    return ScriptDirectory.from_config(_config())


def _copy_beside(engine: Engine, now: datetime) -> Path | None:
    """A dated copy of the SQLite file, taken with SQLite's own backup so that the log's pages are in it."""
    if engine.dialect.name != "sqlite" or not engine.url.database:
        return None
    original = Path(engine.url.database)
    copy = original.with_name(f"{original.stem}-before-migration-{now:%Y-%m-%dT%H%M%S}{original.suffix}")
    with closing(sqlite3.connect(original)) as source, closing(sqlite3.connect(copy)) as target:
        source.backup(target)
    return copy
