"""What a copy of the database is: whole, and of a version that this code knows. And PostgreSQL's programs, which make
and read one."""

import os
import re
import shutil
import sqlite3
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Final

from psycopg.conninfo import make_conninfo
from sqlalchemy import URL

from data.engine import check_version
from data.errors import PlumblineError

IS_SQLITE: Final = b"SQLite format 3\0"  # how a file begins
IS_DUMP: Final = b"PGDMP"
LOGS: Final = ("-wal", "-journal")  # what is not in a SQLite file yet, or has to go out of it again, lies beside it
_DEBIAN: Final = "/usr/lib/postgresql/*/bin"  # where Debian keeps the programs of each version, off PATH
_VERSION: Final = re.compile(r"^COPY \S*alembic_version .*?$\n(\w+)$", re.MULTILINE)
_WAITS: Final = "-c lock_timeout=30000"  # ms, for tables that the app is using


class BackupError(PlumblineError):
    """The copy could not be made, or not be restored; the sentence says why and what is as it was."""


def start_of(file: Path) -> bytes:
    """IS_SQLITE, IS_DUMP, or nothing for a file that is neither. Raises BackupError where it cannot be read."""
    try:
        with file.open("rb") as opened:
            start = opened.read(len(IS_SQLITE))
    except OSError as error:
        raise BackupError(f"{file} cannot be read ({error.strerror}).") from error
    return next((known for known in (IS_SQLITE, IS_DUMP) if start.startswith(known)), b"")


def version_of(file: Path) -> str:
    """The version of the schema in a copy that is whole. Raises BackupError for one that is damaged or none of
    Plumbline's, DatabaseTooNewError."""
    start = start_of(file)
    if not start:
        raise BackupError(f"{file} is neither a SQLite file nor a dump of PostgreSQL, or its beginning is damaged.")
    version = _sqlite_version(file) if start == IS_SQLITE else _dump_version(file)
    if not version:
        raise BackupError(f"{file} can be read, and holds no diary of Plumbline.")
    check_version(version)
    return version


# SQLite


def _sqlite_version(file: Path) -> str | None:
    try:
        with with_logs(file) as whole, closing(_as_it_is(whole)) as copy:
            wrong = [row[0] for row in copy.execute("PRAGMA integrity_check(1)") if row[0] != "ok"]
            if wrong:
                raise BackupError(f"{file} is damaged ({' '.join(wrong[0].split())}).")
            if not copy.execute("SELECT 1 FROM sqlite_master WHERE name = 'alembic_version'").fetchone():
                return None
            return next((row[0] for row in copy.execute("SELECT version_num FROM alembic_version")), None)
    except sqlite3.Error as error:
        raise BackupError(f"{file} is damaged ({error}).") from error


def _as_it_is(file: Path) -> sqlite3.Connection:
    """Read alone, and as a file that nobody writes to: of others SQLite makes files beside them, even as it reads."""
    return sqlite3.connect(f"{file.resolve().as_uri()}?immutable=1", uri=True)


@contextmanager
def with_logs(file: Path) -> Iterator[Path]:
    """The SQLite file, or a private copy of it with what its logs say, which SQLite would write into the user's own.
    Raises BackupError for one that changes meanwhile, sqlite3.Error for one that is damaged."""
    files = [found for found in (file, *(beside(file, log) for log in LOGS)) if found.exists()]
    if files == [file]:
        yield file
        return
    with tempfile.TemporaryDirectory(prefix="plumbline-") as folder:
        before = _stamps(files)
        for found in files:
            shutil.copyfile(found, Path(folder) / found.name)
        if _stamps(files) != before:
            raise BackupError(f"{file} is being written to. Stop what uses it first. Nothing was changed.")
        copy = Path(folder) / file.name
        with closing(sqlite3.connect(copy)) as opened:
            opened.execute("PRAGMA journal_mode=DELETE")  # writes the log into the file
        yield copy


def beside(file: Path, ending: str) -> Path:
    """The name of a file that SQLite keeps beside another."""
    return file.with_name(file.name + ending)


def _stamps(files: list[Path]) -> list[tuple[int, int]]:
    return [(found.stat().st_size, found.stat().st_mtime_ns) for found in files]


# PostgreSQL


def _dump_version(file: Path) -> str | None:
    """Read in full, since a dump's contents stand at its beginning: one that is cut off lists them all."""
    with tempfile.TemporaryDirectory(prefix="plumbline-") as folder:
        script = Path(folder) / "version"
        run_program("pg_restore", None, "--file=/dev/null", str(file))
        run_program("pg_restore", None, "--data-only", "--table=alembic_version", f"--file={script}", str(file))
        found = _VERSION.search(script.read_text(encoding="utf-8", errors="replace"))
    return found[1] if found else None


def run_program(program: str, url: URL | None, *arguments: str) -> None:
    """Run a program of PostgreSQL on a database. Its password is handed on in the environment: everybody on a machine
    may read the arguments of every program. Raises BackupError with what the program said."""
    command = [str(_find(program)), *arguments]
    environment = dict(os.environ) | {"PGOPTIONS": _WAITS}
    if url is not None:
        query = {name: value for name, value in url.query.items() if isinstance(value, str)}
        place = {"host": url.host, "port": url.port, "user": url.username, "dbname": url.database}
        known = {name: str(value) for name, value in place.items() if value is not None}
        command += ["--no-password", f"--dbname={make_conninfo(**(known | query))}"]
        environment |= {"PGPASSWORD": url.password} if url.password else {}
    done = subprocess.run(command, env=environment, capture_output=True)  # noqa: S603  a list of ours
    if done.returncode:
        said = _readable(done.stderr) or f"it ended with {done.returncode}"
        raise BackupError(f"{program} failed: {said}. Nothing was changed.")


def _readable(said: bytes) -> str:
    """Programs repeat what they find in a damaged file, whatever bytes it is."""
    letters = said.decode("utf-8", errors="replace")
    return " ".join("".join(letter if letter.isprintable() else " " for letter in letters).split())


def _find(program: str) -> Path:
    if found := shutil.which(program):
        return Path(found)
    root = Path("/")
    there = [folder / program for folder in root.glob(_DEBIAN.lstrip("/")) if (folder / program).is_file()]
    if not there:
        raise BackupError(f"{program} is not on this machine. On Debian it comes with the package postgresql-client.")
    return max(there, key=lambda path: [int(number) for number in re.findall(r"\d+", str(path))])
