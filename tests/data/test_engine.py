"""Addresses, pragmas and locks: what the databases are asked to do, and what is said when they cannot."""

import sqlite3
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from threading import Event

import pytest
from sqlalchemy import Engine, select, text

from data.engine import copy_of, is_alive, make_engine, migrate, reading, settle, transaction
from data.errors import StorageError
from data.runners import add_runner
from data.schema import runners, runs
from data.scope import Scope
from data.store import save
from tests.data.examples import run, stored


@pytest.mark.parametrize(
    ("url", "message"),
    [
        ("", "cannot be read"),
        ("plumbline.sqlite3", "cannot be read"),
        ("postgresql://runner@localhost:port/diary", "cannot be read"),
        ("mysql://runner@localhost/diary", "starts with mysql. Use sqlite or postgresql"),
        ("nonsense://", "starts with nonsense. Use sqlite or postgresql"),
    ],
)
def test_an_address_we_cannot_use_is_refused_in_a_sentence(url: str, message: str) -> None:
    with pytest.raises(StorageError, match=message):
        make_engine(url)


@pytest.mark.parametrize("scheme", ["postgresql", "postgres", "postgresql+psycopg2", "postgresql+asyncpg"])
def test_any_way_to_write_postgresql_is_understood(scheme: str) -> None:
    engine = make_engine(f"{scheme}://runner:secret@127.0.0.1:1/diary")
    assert engine.url.drivername == "postgresql+psycopg"
    assert not is_alive(engine)
    with pytest.raises(StorageError, match="could not be read or saved"), reading(engine):
        pass


def test_the_folder_of_a_new_diary_is_made(tmp_path: Path) -> None:
    engine = make_engine(f"sqlite:///{tmp_path}/a/new folder/plumbline.sqlite3")
    assert is_alive(engine)
    assert (tmp_path / "a" / "new folder" / "plumbline.sqlite3").exists()


def test_a_folder_that_cannot_be_made_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(StorageError, match=r"The file .*/file/diary/.* cannot be made"):
        make_engine(f"sqlite:///{tmp_path}/file/diary/plumbline.sqlite3")


def test_every_connection_to_sqlite_is_set_up(tmp_path: Path) -> None:
    engine = make_engine(f"sqlite:///{tmp_path}/plumbline.sqlite3")
    with reading(engine) as first, reading(engine) as second:
        for connection in (first, second):
            settings = {
                name: connection.scalar(text(f"PRAGMA {name}"))
                for name in ("foreign_keys", "journal_mode", "busy_timeout", "synchronous")
            }
            assert settings == {"foreign_keys": 1, "journal_mode": "wal", "busy_timeout": 5000, "synchronous": 2}


def test_a_row_that_points_to_nothing_is_refused(engine: Engine) -> None:
    with pytest.raises(StorageError), transaction(engine) as connection:
        connection.execute(runs.insert().values(runner_id=10**6, local_date=None, source="x", source_id="x"))
    with pytest.raises(StorageError, match="Nothing was changed"):
        save_for_nobody(engine)


def save_for_nobody(engine: Engine) -> None:
    values = run().model_dump() | {"runner_id": 10**6, "source_id": "nobody's"}
    with transaction(engine) as connection:
        connection.execute(runs.insert().values(values))


def test_half_a_transaction_is_none(engine: Engine, scope: Scope) -> None:
    with pytest.raises(ZeroDivisionError), transaction(engine) as connection:
        connection.execute(runners.update().where(runners.c.id == scope.runner_id).values(name="Half"))
        _ = 1 / 0
    with reading(engine) as connection:
        assert connection.scalar(select(runners.c.name).where(runners.c.id == scope.runner_id)) == "Ada"


def test_readers_go_on_while_one_writes(engine: Engine, scope: Scope) -> None:
    with transaction(engine) as connection:
        connection.execute(runners.update().where(runners.c.id == scope.runner_id).values(name="Not yet"))
        assert stored(engine, scope, "run") == []
        with reading(engine) as beside:
            assert beside.scalar(select(runners.c.name).where(runners.c.id == scope.runner_id)) == "Ada"


def test_a_save_waits_for_another_program_to_finish(own_engine: Engine) -> None:
    scope = Scope(add_runner(own_engine, "Ada", simulated=False).id)
    begun, holding = Event(), Event()

    def hold() -> None:
        with transaction(own_engine) as connection:
            connection.execute(runners.update().values(name="Ada L."))
            begun.set()
            holding.wait(0.3)

    with ThreadPoolExecutor(1) as pool:
        held = pool.submit(hold)
        begun.wait()
        save(own_engine, scope, run())
        held.result()
    assert len(stored(own_engine, scope, "run")) == 1


def test_a_database_that_stays_busy_is_said_to_be(tmp_path: Path) -> None:
    engine = make_engine(f"sqlite:///{tmp_path}/plumbline.sqlite3")
    with reading(engine) as connection:
        connection.connection.driver_connection.execute("PRAGMA busy_timeout=50")
    with closing(sqlite3.connect(tmp_path / "plumbline.sqlite3", isolation_level=None)) as another:
        another.execute("BEGIN IMMEDIATE")
        with pytest.raises(StorageError, match="could not be read or saved just now"), transaction(engine):
            pass


def test_more_readers_than_connections_are_told_so(tmp_path: Path) -> None:
    engine = make_engine(f"sqlite:///{tmp_path}/plumbline.sqlite3")
    engine.pool._timeout = 0.05  # the pool's own setting, half a minute otherwise
    connections = [engine.connect() for _ in range(15)]
    assert not is_alive(engine)
    for connection in connections:
        connection.close()
    assert is_alive(engine)


def test_a_file_with_other_tables_is_refused_and_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "photos.sqlite3"
    with closing(sqlite3.connect(path)) as other:
        other.execute("CREATE TABLE photos (id INTEGER)")
        other.commit()
    with pytest.raises(StorageError, match="holds tables that are not Plumbline's"):
        migrate(make_engine(f"sqlite:///{path}"), datetime(2026, 3, 4, tzinfo=UTC))
    with closing(sqlite3.connect(path)) as other:
        assert other.execute("SELECT name FROM sqlite_master").fetchall() == [("photos",)]


def test_only_its_owner_may_read_the_file(tmp_path: Path) -> None:
    make_engine(f"sqlite:///{tmp_path}/plumbline.sqlite3")
    assert (tmp_path / "plumbline.sqlite3").stat().st_mode & 0o777 == 0o600


def test_a_copy_taken_while_the_diary_is_open_is_whole(tmp_path: Path) -> None:
    engine = make_engine(f"sqlite:///{tmp_path}/plumbline.sqlite3")
    migrate(engine, datetime(2026, 3, 4, tzinfo=UTC))
    with transaction(engine) as connection:
        connection.execute(text("INSERT INTO runners (name, units, week_start) VALUES ('Ada', 'km', 0)"))
        (tmp_path / "copy.sqlite3").write_bytes(copy_of(engine))
    (tmp_path / "after.sqlite3").write_bytes(copy_of(engine))
    assert [_names(tmp_path / name) for name in ("copy.sqlite3", "after.sqlite3")] == [[], [("Ada",)]]


def _names(path: Path) -> list[tuple[str]]:
    with closing(sqlite3.connect(path)) as copy:
        return copy.execute("SELECT name FROM runners").fetchall()


def test_after_settling_the_file_alone_is_the_whole_diary(tmp_path: Path) -> None:
    engine = make_engine(f"sqlite:///{tmp_path}/plumbline.sqlite3")
    migrate(engine, datetime(2026, 3, 4, tzinfo=UTC))
    add_runner(engine, "Ada", simulated=False)
    settle(engine)
    (tmp_path / "copy.sqlite3").write_bytes((tmp_path / "plumbline.sqlite3").read_bytes())
    assert _names(tmp_path / "copy.sqlite3") == [("Ada",)]
    assert (tmp_path / "plumbline.sqlite3-wal").stat().st_size == 0
