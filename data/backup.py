"""A copy of the whole database while it is in use, and the way back: `python -m data.backup [FILE]`, `--restore FILE`.

SQLite is copied by its own backup interface, PostgreSQL by `pg_dump`. A copy is checked before it gets its name, so
that a file of that name is always a whole one; what is restored is checked before anything is touched.
"""

import argparse
import os
import re
import shutil
import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from time import sleep
from typing import Final

from sqlalchemy import Engine, inspect, text

from data.copies import IS_DUMP, IS_SQLITE, LOGS, BackupError, beside, run_program, start_of, version_of, with_logs
from data.engine import copy_to, default_url, make_engine, make_file, reading
from data.errors import PlumblineError, StorageError
from data.schema import metadata

SQLITE: Final = ".sqlite3"
DUMP: Final = ".dump"
_WHEN: Final = "%Y-%m-%dT%H%M%S"  # in the name of a copy
_DATE: Final = re.compile(r"(?<![0-9])[0-9]{4}-[0-9]{2}-[0-9]{2}(?:T[0-9]{6})?(?![0-9])")  # the same, or its day alone
_ALONE_TRIES: Final = 40  # 50 ms apart
_OTHERS: Final = """
    SELECT pid FROM pg_stat_activity
    WHERE datname = current_database() AND pid <> pg_backend_pid()
    AND usesysid IS NOT NULL AND coalesce(backend_type, 'client backend') = 'client backend' -- null: not ours to see
    ORDER BY pid
"""


# Making a copy


def backup(engine: Engine, file: Path) -> str:
    """A checked copy of the live database in `file`, which only its owner may read: the version of its schema. A file
    of that name is replaced when the copy is whole, and not before. Raises BackupError or StorageError."""
    _check_no_log(file)
    with _becoming(file) as made:
        if engine.dialect.name == "sqlite":
            _copy_sqlite(engine, made)
        else:
            _dump(engine, made)
        return version_of(made)


@contextmanager
def _becoming(file: Path) -> Iterator[Path]:
    """A private file on the same disk, which gets its name when it is whole. Raises BackupError where it cannot."""
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(prefix=".plumbline-", dir=file.parent) as folder:
            made = Path(folder) / "copy"
            make_file(made)
            yield made
            _flush(made)
            made.replace(file)
    except OSError as error:
        raise BackupError(f"{file} cannot be written ({error.strerror}). Nothing was changed.") from error


def _flush(made: Path) -> None:
    with made.open("rb") as whole:
        os.fsync(whole.fileno())


def _check_no_log(file: Path) -> None:
    """A log that is there is another file's, and often a running app's: then that name is the diary's own."""
    for log in (beside(file, ending) for ending in LOGS):
        if log.exists():
            raise BackupError(f"{log} is there, and SQLite would read it into the copy. Give the copy another name.")


def _copy_sqlite(engine: Engine, made: Path) -> None:
    original = Path(engine.url.database or "")
    if not original.is_file() or not original.stat().st_size:
        raise BackupError(f"There is no diary in {original} yet, so there is nothing to copy.")
    copy_to(engine, made)


def _dump(engine: Engine, made: Path) -> None:
    run_program("pg_dump", engine.url, "--format=custom", f"--file={made}")


# Restoring


def restore(engine: Engine, file: Path, now: datetime, *, replace: bool = False) -> Path | None:
    """Put a checked copy in the place of the database: where what it replaces is kept, if it replaces any. Raises
    BackupError for a database that is in use, or that holds a diary, unless it may be replaced; DatabaseTooNewError."""
    version_of(file)
    is_file = engine.dialect.name == "sqlite"
    if start_of(file) != (IS_SQLITE if is_file else IS_DUMP):
        kinds = ("a dump of PostgreSQL", "a SQLite file") if is_file else ("a SQLite file", "a dump of PostgreSQL")
        raise BackupError(f"{file} is {kinds[0]}, and this database takes {kinds[1]}. Nothing was changed.")
    if not replace and not _is_empty(engine):
        raise BackupError("The database holds a diary. To put the copy in its place, say --yes. Nothing was changed.")
    before = f"before-restore-{now:{_WHEN}}"
    if is_file:
        engine.dispose()  # our own connection is nobody's use
        return _restore_sqlite(Path(engine.url.database or ""), file, before)
    _check_alone(engine)
    kept = None if _is_empty(engine) else file.with_name(f"plumbline-{before}{DUMP}")
    _restore_postgres(engine, file, kept)
    return kept


def _is_empty(engine: Engine) -> bool:
    """Whether nobody's diary is in the database; a file that cannot be read may hold one."""
    if engine.dialect.name == "sqlite" and not Path(engine.url.database or "").is_file():
        return True
    try:
        with reading(engine) as connection:
            if not inspect(connection).has_table("runners"):
                return not inspect(connection).get_table_names()
            return connection.scalar(text("SELECT 1 FROM runners LIMIT 1")) is None
    except StorageError:
        return False


def _restore_sqlite(place: Path, file: Path, before: str) -> Path | None:
    """By names alone: also where the file in that place is damaged."""
    kept = place.with_name(f"{place.stem}-{before}{place.suffix}")
    with _becoming(place) as copy:
        with with_logs(file) as whole:
            shutil.copyfile(whole, copy)
        _flush(copy)  # a full disk shows before anything is put aside
        holds_any = place.is_file() and place.stat().st_size > 0
        if holds_any:
            _check_not_in_use(place)
        _put_aside(place, kept, ("", *LOGS) if holds_any else LOGS)
    return kept if holds_any else None


def _put_aside(place: Path, kept: Path, endings: tuple[str, ...]) -> None:
    """Logs too, which SQLite would read into the file that comes. Their index goes: it is made again from them."""
    for ending in endings:
        if beside(place, ending).exists():
            beside(place, ending).rename(beside(kept, ending))
    beside(place, "-shm").unlink(missing_ok=True)


def _check_not_in_use(place: Path) -> None:
    """An app that goes on would go on writing into the file that was put aside."""
    with closing(sqlite3.connect(place, isolation_level=None, timeout=0)) as connection:
        try:
            connection.execute("PRAGMA locking_mode=EXCLUSIVE")
            connection.execute("BEGIN EXCLUSIVE")
            connection.execute("COMMIT")
        except sqlite3.OperationalError as error:
            raise BackupError(f"{place} is in use ({error}). Stop Plumbline first. Nothing was changed.") from error
        except sqlite3.DatabaseError:
            return  # damaged: nobody can use it


def _check_alone(engine: Engine) -> None:
    """An app that goes on would write into the tables as they are replaced. Of a session that has just ended the server
    tells for a moment more."""
    for _ in range(_ALONE_TRIES):
        with reading(engine) as connection:
            others = [str(process) for process in connection.scalars(text(_OTHERS))]
        if not others:
            return
        sleep(0.05)
    raise BackupError(
        f"{engine.url.database} is in use: others are connected to it (the server's process {', '.join(others)})."
        " Stop Plumbline first. Nothing was changed."
    )


def _restore_postgres(engine: Engine, file: Path, kept: Path | None) -> None:
    """In one transaction, after a dump of what is there. Tables of ours that the copy does not know, being older, go
    too: the next start makes them again. Anybody else's tables stay. The dump does, too, where the restore fails: a
    connection that is lost at its end leaves open whether it did."""
    if kept is not None:
        with _becoming(kept) as made:
            _dump(engine, made)
    engine.dispose()  # a transaction of our own would keep the tables
    with tempfile.TemporaryDirectory(prefix="plumbline-") as folder:
        script = Path(folder) / "script"
        make_file(script)
        how = ("--clean", "--if-exists", "--no-owner", "--no-privileges")
        run_program("pg_restore", None, *how, f"--file={script}", str(file))
        drop = f"DROP TABLE IF EXISTS {', '.join((*metadata.tables, 'alembic_version'))} CASCADE"
        options = ("--no-psqlrc", "--quiet", "--single-transaction", "--set=ON_ERROR_STOP=1")
        run_program("psql", engine.url, *options, f"--command={drop}", f"--file={script}")


# Older copies


def remove_older(file: Path, keep: int) -> list[Path]:
    """Of the copies in the folder whose names differ from this one's in the date alone, remove all but the last so many
    by name: those that went. This one stays, and so does whatever is no copy. Raises BackupError for one that cannot be
    read."""
    series = _series(file.name)
    if series is None:
        return []
    same = (found for found in file.parent.iterdir() if _series(found.name) == series)
    there = sorted((found for found in same if found.is_file() and start_of(found)), key=lambda one: one.name)
    gone = [one for one in there[: max(0, len(there) - keep)] if one.name != file.name]
    for one in gone:
        one.unlink()
    return gone


def _series(name: str) -> tuple[str, int, str] | None:
    """What copies of different dates have in common: the name before its date, how much of a date, and the name after
    it. None for a name without a date, since other numbers may count anything."""
    for date in _DATE.finditer(name):
        if _is_real(date[0]):
            return name[: date.start()], len(date[0]), name[date.end() :]
    return None


def _is_real(date: str) -> bool:
    try:
        datetime.fromisoformat(date)
    except ValueError:
        return False
    return True


# The command line


@dataclass(frozen=True)
class Arguments:
    """What was asked for."""

    named: str | None
    restore: Path | None
    yes: bool
    keep: int | None

    @property
    def file(self) -> Path:
        return Path(self.named or "")

    @property
    def is_folder(self) -> bool:
        """Also one that is not there yet, when that is said."""
        return self.file.is_dir() or (self.named or "").endswith("/")


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(
        prog="python -m data.backup", description="Copy the diaries while they are in use, or restore a copy."
    )
    parser.add_argument(
        "named", nargs="?", metavar="FILE", help="the copy, or a folder (FOLDER/ if new) for a dated one"
    )
    parser.add_argument(
        "--restore", type=Path, metavar="FILE", help="stop the app, and this copy replaces its database"
    )
    parser.add_argument("--yes", action="store_true", help="also where a diary is there, which is kept in a file")
    parser.add_argument("--keep", type=int, metavar="N", help="of copies with a date in their names, keep the last N")
    arguments = Arguments(**vars(parser.parse_args()))
    if wrong := _wrong(arguments):
        parser.error(wrong)
    try:
        engine = make_engine(os.environ.get("PLUMBLINE_DATABASE_URL") or default_url(), makes_file=False)
        now = datetime.now()
        for sentence in _restored(engine, arguments, now) if arguments.restore else _copied(engine, arguments, now):
            print(sentence)
    except (PlumblineError, OSError) as error:
        parser.exit(1, f"{error}\n")


def _wrong(arguments: Arguments) -> str | None:
    if arguments.restore and (arguments.named or arguments.keep is not None):
        return "--restore takes one file, and no other option than --yes."
    if arguments.yes and not arguments.restore:
        return "--yes belongs to --restore."
    if arguments.keep is not None and arguments.keep < 1:
        return f"--keep is {arguments.keep}. It must be 1 or more."
    if arguments.is_folder and arguments.file.is_file():
        return f"{arguments.file} is a file. Leave out the / at its end, or name a folder."
    if arguments.keep is not None and not arguments.is_folder and _series(arguments.file.name) is None:
        return (
            f"--keep tells older copies by the date in their names, and {arguments.file} has none. Name a folder that"
            " is there, one with / at its end, or a file with a date such as 2026-03-04."
        )
    return None


def _copied(engine: Engine, arguments: Arguments, now: datetime) -> list[str]:
    file = arguments.file
    if arguments.is_folder:
        ending = SQLITE if engine.dialect.name == "sqlite" else DUMP
        file /= f"plumbline-{now:{_WHEN}}{ending}"
    version = backup(engine, file)
    gone = [] if arguments.keep is None else remove_older(file, arguments.keep)
    return [f"Copied and checked: {file} (schema {version}).", *(f"Removed: {one}" for one in gone)]


def _restored(engine: Engine, arguments: Arguments, now: datetime) -> list[str]:
    assert arguments.restore is not None
    kept = restore(engine, arguments.restore, now, replace=arguments.yes)
    before = [f"What was there before is in {kept}."] if kept else []
    return [f"Restored: {arguments.restore}. The next start brings it up to date where it is older.", *before]


if __name__ == "__main__":
    main()
