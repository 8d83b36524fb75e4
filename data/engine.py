"""Connections and migrations. No business logic: pragmas, pools, locks and driver quirks live here alone."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import datetime
from pathlib import Path
from time import sleep
from typing import Any

from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from platformdirs import user_data_path
from sqlalchemy import URL, Connection, Engine, create_engine, event, inspect, make_url, text
from sqlalchemy.exc import ArgumentError, DBAPIError
from sqlalchemy.exc import TimeoutError as PoolTimeoutError

from data.errors import DatabaseTooNewError, MigrationFailedError, StorageError

_PRAGMAS = (
    "PRAGMA busy_timeout=5000",  # ms; a save waits for another save
    "PRAGMA foreign_keys=ON",
    # NORMAL may lose the last commit on power loss; a confirmed save must stay
    "PRAGMA synchronous=FULL",
)
_WAL_TRIES = 100  # 50 ms apart: as long as the busy timeout
_MIGRATION_LOCK = 7_250_116  # any constant: PostgreSQL advisory locks are named by number

Database = Engine  # what the layers above call it: SQLAlchemy stays in here


def default_url() -> str:
    """Where the diary is while nothing else is said: a file in the user's folder of data."""
    return f"sqlite:///{user_data_path('plumbline', appauthor=False) / 'plumbline.sqlite3'}"


def make_engine(url: str, *, makes_file: bool = True) -> Engine:
    """An engine for `sqlite:///path` or `postgresql://...`; raises StorageError for any other address. A SQLite file
    that is not there yet is made at once, for its owner alone, unless it shall stay away until it is connected to."""
    try:
        parsed = make_url(url)
    except (ArgumentError, ValueError) as error:  # ValueError: a port that is no number
        raise StorageError(
            "The database address cannot be read. It looks like sqlite:///file.sqlite3 or postgresql://user@host/name."
        ) from error
    match parsed.get_backend_name():
        case "sqlite":
            return _sqlite(parsed.set(drivername="sqlite"), makes_file=makes_file)
        case "postgresql" | "postgres":
            driven = parsed.set(drivername="postgresql+psycopg")  # the one driver we install
            return create_engine(driven, pool_pre_ping=True, pool_size=5, max_overflow=5, hide_parameters=True)
    raise StorageError(f"The database address starts with {parsed.drivername}. Use sqlite or postgresql.")


def _sqlite(url: URL, *, makes_file: bool) -> Engine:
    if makes_file and url.database and url.database != ":memory:":
        make_file(Path(url.database))
    engine = create_engine(url, hide_parameters=True)  # entries stay out of the log
    event.listen(engine, "connect", _set_pragmas)
    event.listen(engine, "begin", _begin)
    return engine


def make_file(file: Path) -> None:
    """The file and its folder, where they are not there yet: health data, so only its owner may read it."""
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        file.touch(mode=0o600)
    except OSError as error:
        raise StorageError(
            f"The file {file} cannot be made ({error.strerror}). Choose another place for the diary."
        ) from error


def _set_pragmas(connection: sqlite3.Connection, _record: Any) -> None:  # noqa: ANN401  SQLAlchemy's signature
    connection.isolation_level = None  # the driver's own BEGIN would leave DDL outside the transaction
    for pragma in _PRAGMAS:
        connection.execute(pragma)
    _write_ahead(connection)


def _write_ahead(connection: sqlite3.Connection) -> None:
    """Readers go on while one writes. A new file is switched once, alone, and for that SQLite does not wait by itself:
    processes that start together try until they are through."""
    for _ in range(_WAL_TRIES):
        try:
            connection.execute("PRAGMA journal_mode=WAL")
            return
        except sqlite3.OperationalError:
            sleep(0.05)
    connection.execute("PRAGMA journal_mode=WAL")


def _begin(connection: Connection) -> None:
    connection.exec_driver_sql(f"BEGIN {connection.get_execution_options().get('sqlite_begin', 'DEFERRED')}")


@contextmanager
def reading(engine: Engine) -> Iterator[Connection]:
    """A connection for reads; driver errors leave as StorageError."""
    with _our_errors(), engine.connect() as connection:
        yield connection


@contextmanager
def snapshot(engine: Engine) -> Iterator[Connection]:
    """A connection whose reads all see the same moment, whatever is written meanwhile."""
    level = {} if engine.dialect.name == "sqlite" else {"isolation_level": "REPEATABLE READ"}  # SQLite's always do
    with _our_errors(), engine.connect().execution_options(**level) as connection:
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
    except (DBAPIError, PoolTimeoutError, sqlite3.Error) as error:  # bare sqlite3: a file that is no database
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
    with _migrating(engine) as connection:
        if connection.dialect.name == "postgresql":
            connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": _MIGRATION_LOCK})
        current = MigrationContext.configure(connection).get_current_revision()
        if current == _scripts().get_current_head():
            return None
        if current is not None:
            check_version(current)
        if current is None and inspect(connection).get_table_names():
            raise StorageError(
                f"{engine.url.database} holds tables that are not Plumbline's. Nothing was changed: name another one."
            )
        copy = _copy_beside(engine, now) if current is not None else None
        _upgrade(connection, copy)
    return copy


@contextmanager
def _migrating(engine: Engine) -> Iterator[Connection]:
    """A write transaction; on SQLite without foreign keys, or rebuilding a table would delete what points to it."""
    with _our_errors(), engine.connect().execution_options(sqlite_begin="IMMEDIATE") as connection:
        _switch_foreign_keys(connection, "OFF")
        try:
            with connection.begin():
                yield connection
        finally:
            _switch_foreign_keys(connection, "ON")


def _switch_foreign_keys(connection: Connection, to: str) -> None:
    """Past SQLAlchemy, which would begin a transaction first: inside one SQLite ignores the switch."""
    driver = connection.connection.driver_connection
    if isinstance(driver, sqlite3.Connection):
        driver.execute(f"PRAGMA foreign_keys={to}")


def _upgrade(connection: Connection, copy: Path | None) -> None:
    config = _config()
    config.attributes["connection"] = connection
    try:
        command.upgrade(config, "head")
        _check_foreign_keys(connection)
    except Exception as error:  # whatever a migration trips over, the runner must learn where the copy is
        kept = f" A copy from before is at {copy}." if copy else ""
        raise MigrationFailedError(
            f"The diary could not be brought to the new version ({error}). It is as it was before.{kept}"
        ) from error


def _check_foreign_keys(connection: Connection) -> None:
    if connection.dialect.name == "sqlite":
        lost = connection.exec_driver_sql("PRAGMA foreign_key_check").first()
        if lost is not None:
            raise StorageError(f"a row of {lost[0]} would point to nothing")


def _config() -> Config:
    config = Config()
    location = str(Path(__file__).parent / "migrations")
    config.set_main_option("script_location", location.replace("%", "%%"))  # a % would start an interpolation
    return config


def check_version(version: str) -> None:
    """Raises DatabaseTooNewError for a version of the schema that this code does not know."""
    known = [script.revision for script in _scripts().walk_revisions()]
    if version not in known:
        raise DatabaseTooNewError(
            f"This diary was written by a newer version of Plumbline (schema {version}; this one knows up to"
            f" {known[0]}). Update Plumbline, then start it again. Nothing was changed."
        )


def _scripts() -> ScriptDirectory:
    return ScriptDirectory.from_config(_config())


def _copy_beside(engine: Engine, now: datetime) -> Path | None:
    """A dated copy of the SQLite file, taken with SQLite's own backup so that the log's pages are in it."""
    if engine.dialect.name != "sqlite" or not engine.url.database:
        return None
    original = Path(engine.url.database)
    copy = original.with_name(f"{original.stem}-before-migration-{now:%Y-%m-%dT%H%M%S}{original.suffix}")
    make_file(copy)  # as private as the diary itself
    copy_to(engine, copy)
    return copy


def copy_to(engine: Engine, file: Path) -> None:
    """A consistent copy of a SQLite database while it is in use, in a file that is whole without any beside it."""
    with (
        _our_errors(),
        closing(sqlite3.connect(str(engine.url.database))) as source,
        closing(sqlite3.connect(file)) as target,
    ):
        source.backup(target)
        target.execute("PRAGMA journal_mode=DELETE")


def settle(engine: Engine) -> None:
    """Write SQLite's log back into the file, so that the file alone is the whole diary; nothing to do elsewhere."""
    if engine.url.get_backend_name() == "sqlite":
        with _our_errors(), closing(engine.raw_connection()) as connection:
            connection.cursor().execute("PRAGMA wal_checkpoint(TRUNCATE)")


def copy_of(engine: Engine) -> bytes:
    """A consistent copy of a SQLite database while it is in use, as the bytes of a file that can be opened again."""
    if engine.url.get_backend_name() != "sqlite" or not engine.url.database:
        raise StorageError("Only a SQLite file can be downloaded; a PostgreSQL server has pg_dump for it.")
    with (
        _our_errors(),
        closing(sqlite3.connect(engine.url.database)) as source,
        closing(sqlite3.connect(":memory:")) as copy,
    ):
        source.backup(copy)
        return copy.serialize()
