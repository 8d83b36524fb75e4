"""A migrated database of each kind for the whole run; every test has runners of its own in it."""

from collections.abc import Iterator
from datetime import datetime

import pytest
from sqlalchemy import Engine

from data.engine import make_engine, migrate
from data.runners import add_runner
from data.scope import Scope


@pytest.fixture(scope="session", params=["sqlite", "postgresql"])
def engine(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    if request.param == "sqlite":
        url = f"sqlite:///{tmp_path_factory.mktemp('diary')}/plumbline.sqlite3"
    else:
        url = request.getfixturevalue("postgres").create_database()
    engine = make_engine(url)
    migrate(engine, datetime(2026, 3, 4))
    yield engine
    engine.dispose()


@pytest.fixture
def own_engine(database_url: str) -> Iterator[Engine]:
    """A migrated database of this test's own."""
    engine = make_engine(database_url)
    migrate(engine, datetime(2026, 3, 4))
    yield engine
    engine.dispose()


@pytest.fixture
def scope(engine: Engine) -> Scope:
    return Scope(add_runner(engine, "Ada", simulated=False).id)


@pytest.fixture
def other(engine: Engine) -> Scope:
    return Scope(add_runner(engine, "Grace", simulated=False).id)
