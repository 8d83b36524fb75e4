"""Archives of every older schema, each made from a database of that version: `python -m tests.data.old_archives`.

Those of this schema and the ones before are in `archives/` and never change: an archive once made stays readable.
"""

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from shutil import copytree

import pytest
from sqlalchemy import Column, Engine, MetaData, Table, text

from data.archive import gather, sheets
from data.archive_files import FILES, LINES, REPLACED, ArchiveFile, readme
from data.archive_zip import pack
from data.engine import make_engine, migrate, snapshot
from data.scope import Scope
from tests.data.test_migrations import MIGRATIONS, fill, know_only

FOLDER = Path(__file__).parent / "archives"
VERSIONS = ("0001", "0002", "0003", "0004")
MADE = datetime(2026, 3, 4, 12, tzinfo=UTC)
APART = (LINES, REPLACED)  # files that are no tables; they come with the column of imports that holds them


@contextmanager
def database_of(version: str) -> Iterator[Engine]:
    """A database as this version of the schema left it, with an entry of every kind that it had."""
    with tempfile.TemporaryDirectory() as folder:
        migrations = Path(folder) / "migrations"
        copytree(MIGRATIONS, migrations)
        for migration in (migrations / "versions").glob("*.py"):
            if migration.name[:4] > version:
                migration.unlink()
        engine = make_engine(f"sqlite:///{folder}/plumbline.sqlite3")
        with pytest.MonkeyPatch.context() as patched:
            know_only(migrations, patched)
            migrate(engine, MADE)
        with engine.begin() as connection:
            fill(connection)
            connection.execute(text("UPDATE runs SET import_id = 1"))
            connection.execute(text("UPDATE runners SET units = 'mi', time_zone = 'Europe/Vienna'"))
        yield engine
        engine.dispose()


def files_of(engine: Engine) -> tuple[ArchiveFile, ...]:
    """The files of this version: those whose tables, and the columns that its tables, had."""
    there = MetaData()
    there.reflect(engine)
    has_report = "report" in there.tables["imports"].c
    known = [file for file in FILES if file.table.name in there.tables or (file.name in APART and has_report)]
    return tuple(file if file.name in APART else _as_it_was(file, there.tables[file.table.name]) for file in known)


def _as_it_was(file: ArchiveFile, table: Table) -> ArchiveFile:
    kept = [Column(c.name, c.type, nullable=c.nullable) for c in file.table.c if c.name in table.c]
    more = file.more if "report" in table.c else None
    names = {column.name for column in kept} | ({more.name} if more is not None else set())
    columns = {name: words for name, words in file.columns.items() if name in names}
    points = {name: to for name, to in file.points.items() if name in names}
    return replace(file, table=Table(file.table.name, MetaData(), *kept), columns=columns, points=points, more=more)


def archive_of(version: str) -> bytes:
    """The archive of runner 1."""
    with database_of(version) as engine:
        files = files_of(engine)
        with snapshot(engine) as connection:
            tables = gather(connection, Scope(1), files)
    return pack(sheets(tables, files), {"kind": "diary"}, MADE, readme(files, "one runner", "Settings"), version)


def main() -> None:
    """Make those that are not there yet."""
    for version in VERSIONS:
        file = FOLDER / f"{version}.zip"
        if not file.exists():
            file.write_bytes(archive_of(version))


if __name__ == "__main__":
    main()
