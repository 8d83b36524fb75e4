"""What every folder of tests shares: a database, on both kinds of store."""

import gc
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings

from tests.postgres import PostgresServer

settings.register_profile("untimed", settings(), deadline=None)  # a busy machine is no failure
settings.load_profile("untimed")


def pytest_collection_finish() -> None:
    """What is loaded by now never becomes garbage. Libraries collect in full, some with every call: on all that the
    tests have loaded, that would be minutes."""
    gc.collect()
    gc.freeze()


@pytest.fixture(scope="session")
def postgres() -> Iterator[PostgresServer]:
    """Fails where PostgreSQL is missing: its half of the storage tests is never skipped."""
    with PostgresServer() as server:
        yield server


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The address of an empty database, once for each kind of store."""
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path}/plumbline.sqlite3"
        return
    server = request.getfixturevalue("postgres")
    url = server.create_database()
    yield url
    server.drop_database(url)
