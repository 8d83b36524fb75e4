"""`python -m benchmarks`: how quick the product is on ten years of diary, beside what was asked for."""

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime

from sqlalchemy import Engine

from benchmarks.diary import RUNS, SESSIONS, WEEKS, ten_years
from benchmarks.pages import pages
from benchmarks.squad import squad
from benchmarks.statistics import comparisons, statistics
from benchmarks.storage import storage
from benchmarks.timing import Timing, show
from data.engine import make_engine, migrate
from tests.postgres import PostgresMissingError, PostgresServer


def main() -> None:
    """Measure on a new SQLite file, and on PostgreSQL where its server programs are; every part of the product that is
    measured has a function that yields timings."""
    today = date.today()
    print(f"Ten years of diary: {WEEKS} weeks, {RUNS:,} runs, {SESSIONS:,} sessions.")
    timings: list[Timing] = []
    for database in (_sqlite, _postgresql):
        try:
            with database() as engine:
                runner_id = ten_years(engine, today)
                timings += storage(engine, runner_id, today)
                timings += pages(engine)
                timings += squad(engine, runner_id, today)
        except PostgresMissingError:
            print("PostgreSQL's server programs are not on this machine: measured on SQLite only.")
    show([*timings, *statistics()])
    print(*comparisons(), sep="\n")


@contextmanager
def _sqlite() -> Iterator[Engine]:
    with tempfile.TemporaryDirectory() as folder, _migrated(f"sqlite:///{folder}/plumbline.sqlite3") as engine:
        yield engine


@contextmanager
def _postgresql() -> Iterator[Engine]:
    with PostgresServer() as server, _migrated(server.create_database()) as engine:
        yield engine


@contextmanager
def _migrated(url: str) -> Iterator[Engine]:
    engine = make_engine(url)
    migrate(engine, datetime.now())
    yield engine
    engine.dispose()


if __name__ == "__main__":
    main()
