"""A PostgreSQL server of the tests' own: on loopback, in a temporary folder, gone when the tests end.

`python -m tests.postgres` prints where the server programs are, or fails with a sentence.
"""

import os
import re
import secrets
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import psycopg
from psycopg import sql

from tests.app_server import free_port

# Debian and Ubuntu keep the server programs off PATH, Homebrew those of versioned formulas (Apple silicon, Intel).
PLACES = (
    "/usr/lib/postgresql/*/bin",
    "/opt/homebrew/opt/postgresql*/bin",
    "/usr/local/opt/postgresql*/bin",
    "/usr/pgsql-*/bin",
)
USER = "plumbline"
START_SECONDS = 60
STOP_SECONDS = 30

# The server and its folder go when the tests end, however they end: their death closes this shell's input.
WATCHER = 'folder=$1; shift; "$@" & server=$!; read -r _; kill -QUIT $server; wait $server; rm -rf "$folder"'

SETTINGS = {
    "listen_addresses": "127.0.0.1",
    "random_page_cost": "1.1",  # as in deploy/compose.yaml
    "fsync": "off",  # what a test wrote need not survive a power cut
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "timezone": "Pacific/Auckland",  # far from UTC, so that a date read through the server's zone shows
}


class PostgresMissingError(RuntimeError):
    """No PostgreSQL server programs on this machine."""


def find_programs() -> Path:
    """The folder that holds `initdb` and `postgres`, the newest version first.

    Raises PostgresMissingError with what to do.
    """
    found = [path for place in PLACES for path in Path("/").glob(place.lstrip("/"))]
    found.sort(key=lambda path: [int(number) for number in re.findall(r"\d+", str(path))], reverse=True)
    if on_path := shutil.which("initdb"):
        found.append(Path(on_path).resolve().parent)
    for folder in found:
        if (folder / "initdb").exists() and (folder / "postgres").exists():
            return folder
    raise PostgresMissingError(
        "The tests need PostgreSQL's server programs (initdb, postgres), and they are not on this machine. "
        "`make test` installs them."
    )


class PostgresServer:
    """One running server; every test gets a database of its own from `create_database`."""

    def __init__(self) -> None:
        self.programs = find_programs()
        # Short and not below pytest's own folder: a socket's path is limited, and `postgres` must be able to enter.
        self.folder = Path(tempfile.mkdtemp(prefix="plumbline-pg-")).resolve()
        # PostgreSQL refuses to run as root; its packages bring this user along.
        self.user = "postgres" if os.geteuid() == 0 else None
        self.port = free_port()
        self.password = secrets.token_urlsafe()
        self._made = 0

    def __enter__(self) -> "PostgresServer":
        try:
            self._create_cluster()
        except BaseException:
            shutil.rmtree(self.folder)
            raise
        self._start()
        try:
            self._wait()
        except BaseException:
            self._stop()
            raise
        return self

    def __exit__(self, *_: object) -> None:
        self._stop()

    def create_database(self) -> str:
        """The SQLAlchemy address of a new, empty database."""
        self._made += 1
        name = f"test_{self._made}"
        self._run(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))
        return f"postgresql+psycopg://{USER}:{self.password}@127.0.0.1:{self.port}/{name}"

    def drop_database(self, url: str) -> None:
        """Also ends the connections that are still open to it."""
        name = url.rpartition("/")[2]
        self._run(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(name)))

    def _create_cluster(self) -> None:
        password_file = self.folder / "password"
        password_file.write_text(self.password)
        if self.user:
            shutil.chown(self.folder, self.user)
            shutil.chown(password_file, self.user)
        command = [self.programs / "initdb", "-D", self.folder / "data", "-U", USER, "-A", "scram-sha-256"]
        command += ["--pwfile", password_file, "-E", "UTF8", "--locale", "C", "--no-sync"]
        done = subprocess.run(command, user=self.user, cwd=self.folder, capture_output=True, text=True)
        if done.returncode:
            raise RuntimeError(f"initdb failed:\n{done.stdout}{done.stderr}")

    def _start(self) -> None:
        command = [self.programs / "postgres", "-D", self.folder / "data", "-p", self.port]
        command += ["-k", self.folder]
        command += [part for name, value in SETTINGS.items() for part in ("-c", f"{name}={value}")]
        with (self.folder / "log").open("wb") as log:
            self._process = subprocess.Popen(
                ["sh", "-c", WATCHER, "sh", str(self.folder), *map(str, command)],
                user=self.user,
                cwd=self.folder,
                stdin=subprocess.PIPE,
                stdout=log,
                stderr=log,
                start_new_session=True,  # Ctrl+C ends the tests first, and they end the server
            )

    def _wait(self) -> None:
        deadline = time.monotonic() + START_SECONDS
        while True:
            try:
                return self._run(sql.SQL("SELECT 1"))
            except psycopg.OperationalError as error:
                if time.monotonic() > deadline:
                    log = (self.folder / "log").read_text()
                    raise RuntimeError(f"PostgreSQL did not start:\n{log}") from error
                time.sleep(0.05)

    def _stop(self) -> None:
        self._process.stdin.close()
        self._process.wait(STOP_SECONDS)

    def _run(self, statement: sql.Composable) -> None:
        with psycopg.connect(
            host="127.0.0.1",
            port=self.port,
            user=USER,
            password=self.password,
            dbname="postgres",
            autocommit=True,
        ) as connection:
            connection.execute(statement)


if __name__ == "__main__":
    try:
        sys.stdout.write(f"{find_programs()}\n")
    except PostgresMissingError as missing:
        sys.exit(str(missing))
