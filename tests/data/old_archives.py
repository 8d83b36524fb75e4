"""Archives of every older schema, each made from a database of that version: `python -m tests.data.old_archives`.

Those of this schema and the ones before are in `archives/` and never change: an archive once made stays readable. In
`squads/` is the same squad in every format of the zip, with texts that begin like a formula, or as what guards one.
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

from data import notes, plan_templates, squads
from data.archive import gather, sheets, write_squad
from data.archive_files import FILES, FORMAT, LINES, REPLACED, ArchiveFile, readme
from data.archive_zip import pack
from data.coach_entries import Note, PlanTemplate
from data.engine import make_engine, migrate, snapshot
from data.entries import Door, NewRunner, parse
from data.runners import add_runner
from data.scope import Scope, SquadScope
from tests.data.test_migrations import MIGRATIONS, fill, know_only

FOLDER = Path(__file__).parent / "archives"
SQUADS = Path(__file__).parent / "squads"
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


NAMES = ("=1+1", "'=1", "'Ada")
NOTE = "@Sleeps well."
TEMPLATE = "-Base"


def squad_of_today() -> bytes:
    """Runners of these names, a note on each, and a template."""
    engine = make_engine("sqlite://")
    migrate(engine, MADE)
    scope = SquadScope(squads.coach_of(engine, add_runner(engine, "Coach", simulated=False).id))
    door = Door(MADE.date())
    for name in NAMES:
        runner_id = squads.add_member(engine, scope, parse(NewRunner, {"name": name}, door), "Coach", MADE)
        notes.add(engine, scope, runner_id, parse(Note, {"text": NOTE}, door), MADE)
    part = {"exercise": "clam", "block": "main", "side": "each", "sets": 3, "repetitions": 8}
    template = {"name": TEMPLATE, "weekdays": (0, 3), "parts": [part]}
    plan_templates.save(engine, scope, parse(PlanTemplate, template, door))
    content = write_squad(engine, scope, "Coach", MADE)
    engine.dispose()
    return content


def main() -> None:
    """Make those that are not there yet."""
    made = SQUADS / f"{FORMAT}.zip"
    if not made.exists():
        made.write_bytes(squad_of_today())
    for version in VERSIONS:
        file = FOLDER / f"{version}.zip"
        if not file.exists():
            file.write_bytes(archive_of(version))


if __name__ == "__main__":
    main()
