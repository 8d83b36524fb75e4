"""A database is brought to this version once, safely, by one process at a time; a newer one is left alone."""

import shutil
import subprocess
import sys
from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from sqlalchemy import Connection, Engine, MetaData, inspect, select, text

import data.engine
from data.engine import make_engine, migrate, reading
from data.errors import DatabaseTooNewError, MigrationFailedError, StorageError
from data.frames import weekly
from data.lists import plan_item_list
from data.runners import add_runner
from data.schema import KINDS, metadata, runners
from data.scope import Scope
from data.store import save, undo
from tests.data.examples import EXAMPLES, TODAY

NOW = datetime(2026, 3, 4, 9, 30, 15)
MIGRATIONS = Path(data.engine.__file__).parent / "migrations"
NEXT = '''"""A version of the future."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    with op.batch_alter_table("runners", recreate="auto") as runners:
        runners.add_column(sa.Column("shoe_size", sa.Integer()))
        runners.create_check_constraint("shoe_size", "shoe_size BETWEEN 15 AND 60")
'''
FAILS = NEXT + "    op.execute('DELETE FROM runs')\n    op.execute('SELECT no_such_column FROM runners')\n"
LOSES = NEXT + "    op.execute('DELETE FROM runners')\n"


@pytest.fixture
def next_version(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Any:
    """Call it with a migration: from then on that is the newest version this code knows."""

    def install(migration: str) -> None:
        folder = tmp_path / "migrations"
        shutil.copytree(MIGRATIONS, folder, dirs_exist_ok=True)
        (folder / "versions" / "0005_the_future.py").write_text(migration)
        know_only(folder, monkeypatch)

    return install


def know_only(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def config() -> Config:
        found = Config()
        found.set_main_option("script_location", str(folder))
        return found

    monkeypatch.setattr(data.engine, "_config", config)


@pytest.fixture
def filled(own_engine: Engine) -> Engine:
    """A database with an entry of every kind."""
    scope = Scope(add_runner(own_engine, "Ada", simulated=False).id)
    save(own_engine, scope, *(example.entry() for example in EXAMPLES.values()))
    return own_engine


def contents(engine: Engine) -> dict[str, list[Any]]:
    """Every row of every table, and the version."""
    with reading(engine) as connection:
        names = sorted(inspect(connection).get_table_names())
        return {name: list(connection.execute(text(f"SELECT * FROM {name} ORDER BY 1"))) for name in names}


def copies(engine: Engine) -> list[Path]:
    folder = Path(str(engine.url.database)).parent
    return sorted(folder.glob("*before-migration*"))


def test_an_empty_database_is_brought_to_this_version_once(database_url: str) -> None:
    engine = make_engine(database_url)
    assert migrate(engine, NOW) is None
    before = contents(engine)
    assert set(before) == {*metadata.tables, "alembic_version"}
    assert migrate(engine, NOW) is None
    assert contents(engine) == before
    engine.dispose()
    assert copies(engine) == []


def test_the_migrations_make_what_the_schema_says(own_engine: Engine) -> None:
    with reading(own_engine) as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True, "compare_server_default": True})
        assert compare_metadata(context, metadata) == []
        migrated = described(connection)
    with own_engine.begin() as connection:
        metadata.drop_all(connection)
        metadata.create_all(connection)
    with reading(own_engine) as connection:
        assert described(connection) == migrated


def described(connection: Any) -> dict[str, Any]:
    """Columns, checks, keys and indexes of every table, as the database itself tells them."""
    look = inspect(connection)
    return {
        table: {
            "columns": [{**column, "type": str(column["type"])} for column in look.get_columns(table)],
            "checks": sorted(look.get_check_constraints(table), key=str),
            "keys": sorted(look.get_foreign_keys(table), key=str),
            "unique": sorted(look.get_unique_constraints(table), key=str),
            "indexes": sorted(look.get_indexes(table), key=str),
            "primary": look.get_pk_constraint(table),
        }
        for table in metadata.tables
    }


def test_an_older_database_is_copied_then_migrated_and_loses_nothing(filled: Engine, next_version: Any) -> None:
    before = contents(filled)
    next_version(NEXT)
    copy = migrate(filled, NOW)

    after = contents(filled)
    assert [row[0] for row in after.pop("alembic_version")] == ["0005"]
    assert {name: len(rows) for name, rows in after.items()} == {
        name: len(rows) for name, rows in before.items() if name != "alembic_version"
    }
    with reading(filled) as connection:
        assert "shoe_size" in {column["name"] for column in inspect(connection).get_columns("runners")}
    if filled.dialect.name == "postgresql":
        assert copy is None
        return
    assert copy is not None
    assert copies(filled) == [copy]
    assert copy.name == "plumbline-before-migration-2026-03-04T093015.sqlite3"
    kept = make_engine(f"sqlite:///{copy}")
    assert contents(kept) == before
    kept.dispose()
    with reading(filled) as connection:
        assert connection.scalar(text("PRAGMA foreign_keys")) == 1


@pytest.mark.parametrize("migration", [FAILS, LOSES], ids=["an error", "rows that point to nothing"])
def test_a_failed_migration_changes_nothing_and_says_where_the_copy_is(
    filled: Engine, next_version: Any, migration: str
) -> None:
    before = contents(filled)
    with reading(filled) as connection:
        tables = described(connection)
    next_version(migration if filled.dialect.name == "sqlite" else FAILS)
    with pytest.raises(MigrationFailedError, match="It is as it was before") as caught:
        migrate(filled, NOW)

    assert contents(filled) == before
    with reading(filled) as connection:
        assert described(connection) == tables
    if filled.dialect.name == "sqlite":
        (copy,) = copies(filled)
        assert f"A copy from before is at {copy}." in str(caught.value)
        kept = make_engine(f"sqlite:///{copy}")
        assert contents(kept) == before
        kept.dispose()
        with reading(filled) as connection:
            assert connection.scalar(text("PRAGMA foreign_keys")) == 1


def test_a_database_of_a_newer_version_is_refused_and_left_alone(
    filled: Engine, next_version: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    next_version(NEXT)
    migrate(filled, NOW)
    monkeypatch.undo()
    before, copied = contents(filled), copies(filled)
    with pytest.raises(DatabaseTooNewError, match="newer version of Plumbline .* Update Plumbline"):
        migrate(filled, NOW)
    assert contents(filled) == before
    assert copies(filled) == copied


@pytest.fixture
def first_version(database_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Engine]:
    """A database as the first version of the code left it, with rows in every table; the code is this version's."""
    folder = tmp_path / "first"
    shutil.copytree(MIGRATIONS, folder)
    for migration in (folder / "versions").glob("000[2-9]*.py"):
        migration.unlink()
    engine = make_engine(database_url)
    with monkeypatch.context() as patched:
        know_only(folder, patched)
        migrate(engine, NOW)
    with engine.begin() as connection:
        fill(connection)
    yield engine
    engine.dispose()


def fill(connection: Connection) -> None:
    """Runner 1 with an entry of every kind that the first version had, and a deleted plan in the trash."""
    tables = MetaData()
    tables.reflect(connection)
    add_row(connection, tables, "runners", name="Ada", subject="local")
    add_row(connection, tables, "coaches", name="Grace")
    add_row(connection, tables, "squad_members", coach_id=1, runner_id=1)
    add_row(connection, tables, "imports", runner_id=1, at=NOW, filename="activities.csv")
    add_row(connection, tables, "trash", runner_id=1, payload=DELETED_IN_THE_FIRST_VERSION, added=[])
    for name, kind in KINDS.items():
        if kind.table.name in tables.tables:
            values = EXAMPLES[name].entry().model_dump()
            parts = values.pop("parts", ())
            add_row(connection, tables, kind.table.name, runner_id=1, **values)
            for position, part in enumerate(parts):
                parent = {kind.parent: 1, "position": position}
                add_row(connection, tables, str(kind.parts), **part, **parent)


def add_row(connection: Connection, tables: MetaData, name: str, /, **values: Any) -> None:
    table = tables.tables[name]
    known = {column: value for column, value in values.items() if column in table.c}
    if isinstance(known.get("start"), datetime):
        known["start"] = known["start"].replace(tzinfo=None)
    connection.execute(table.insert().values(known))


DELETED_IN_THE_FIRST_VERSION = {
    "plans": [{"id": 7, "runner_id": 1, "starts_on": "2025-11-03", "ends_on": None, "days_per_week": 2}],
    "plan_items": [
        {"id": 9, "plan_id": 7, "position": 0, "exercise": "clam", "block": "main", "side": "each"}
        | {"sets": 2, "repetitions": 10, "seconds": None}
    ],
}


def test_a_database_of_the_first_version_is_copied_and_keeps_every_row(first_version: Engine) -> None:
    before = contents(first_version)
    assert [name for name, rows in before.items() if not rows] == []
    copy = migrate(first_version, NOW)
    after = contents(first_version)
    assert [row[0] for row in after["alembic_version"]] == ["0004"]
    for name in before.keys() - {"alembic_version"}:
        assert [row[: len(old)] for row, old in zip(after[name], before[name], strict=True)] == before[name]
    new = {"exercise_videos", "profiles", "progress_offers"}
    new |= {"audit", "consents", "links", "notes", "plan_templates", "import_choices"}
    assert {name: after[name] for name in after.keys() - before.keys()} == {name: [] for name in new}
    if first_version.dialect.name == "sqlite":
        assert copies(first_version) == [copy]
        kept = make_engine(f"sqlite:///{copy}")
        assert contents(kept) == before
        kept.dispose()


def test_plans_of_the_first_version_name_no_days_no_range_and_no_load(first_version: Engine) -> None:
    migrate(first_version, NOW)
    items = plan_item_list(first_version, Scope(1), TODAY)
    assert items["exercise"].tolist() == ["split-squat", "clam", "bridge"]
    assert items[["weekdays", "high", "load_kg"]].isna().all(axis=None)
    assert set(items["stage"]) == {"usual"}


def test_what_was_deleted_in_the_first_version_can_come_back(first_version: Engine) -> None:
    migrate(first_version, NOW)
    undo(first_version, Scope(1), 1)
    back = plan_item_list(first_version, Scope(1), date(2025, 11, 4))
    assert back[["exercise", "sets", "stage"]].to_numpy().tolist() == [["clam", 2, "usual"]]


STARTER = """
import sys
from datetime import datetime
from data.engine import make_engine, migrate
engine = make_engine(sys.argv[1])
print("ready", flush=True)
sys.stdin.readline()
migrate(engine, datetime(2026, 3, 4))
"""


def test_processes_that_start_together_migrate_once(database_url: str) -> None:
    starting = [
        subprocess.Popen(
            [sys.executable, "-c", STARTER, database_url], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )
        for _ in range(3)
    ]
    for process in starting:
        assert process.stdout is not None
        assert process.stdout.readline() == "ready\n"
    for process in starting:
        assert process.stdin is not None
        process.stdin.write("go\n")
        process.stdin.flush()
    for process in starting:
        process.communicate(timeout=60)
    assert [process.returncode for process in starting] == [0, 0, 0]
    engine = make_engine(database_url)
    assert set(contents(engine)) == {*metadata.tables, "alembic_version"}
    with reading(engine) as connection:
        assert list(connection.scalars(text("SELECT version_num FROM alembic_version"))) == ["0004"]
        assert connection.scalars(select(runners.c.id)).all() == []
    engine.dispose()


def test_a_file_that_is_no_database_is_refused_and_left_alone(tmp_path: Path) -> None:
    file = tmp_path / "notes.sqlite3"
    file.write_text("Not a database at all. " * 500)
    before = file.read_bytes()
    engine = make_engine(f"sqlite:///{file}")
    with pytest.raises(StorageError, match="could not be read"):
        migrate(engine, NOW)
    with pytest.raises(StorageError, match="could not be read"):
        weekly(engine, Scope(1), 0, TODAY)
    assert file.read_bytes() == before


def test_a_folder_with_a_percent_sign_in_its_name_is_a_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    odd = tmp_path / "100% mine"
    shutil.copytree(MIGRATIONS, odd / "migrations")
    monkeypatch.setattr(data.engine, "__file__", str(odd / "engine.py"))
    engine = make_engine(f"sqlite:///{odd}/plumbline.sqlite3")
    migrate(engine, NOW)
    assert "runs" in contents(engine)
    engine.dispose()
