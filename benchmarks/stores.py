"""The databases that everything is measured on, new and empty, one after the other."""

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime

from sqlalchemy import Engine

from data.engine import make_engine, migrate
from tests.postgres import PostgresMissingError, PostgresServer


def stores() -> Iterator[Engine]:
    """A SQLite file, and PostgreSQL where its server programs are (with the tests' settings: it does not wait for the
    disk)."""
    with tempfile.TemporaryDirectory() as folder, _migrated(f"sqlite:///{folder}/plumbline.sqlite3") as engine:
        yield engine
    try:
        server = PostgresServer()
    except PostgresMissingError:
        print("PostgreSQL's server programs are not on this machine: measured on SQLite only.")
        return
    with server, _migrated(server.create_database()) as engine:
        yield engine


@contextmanager
def _migrated(url: str) -> Iterator[Engine]:
    engine = make_engine(url)
    migrate(engine, datetime.now())
    yield engine
    engine.dispose()
