"""`python -m benchmarks.crowd`: thirty coaches and runners at once on one process, over real WebSockets.

They walk through Home, Log, Trends and Squad with one to two seconds between, and then with five to ten, each in the
diary of another runner, of a squad of 200 with three years each. Sign-in is left out: on one's own machine everybody is
the same person, and asking who is looking costs a few queries a click less than with accounts. Visitors, server and
database share the machine.
"""

import random
import struct
import subprocess
import tempfile
import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Final

from sqlalchemy import Engine, func, inspect, select, table, text

from benchmarks.diary import WEEKS, ten_years
from benchmarks.pages import BrowserTab
from benchmarks.scaling import needs
from benchmarks.squad import RUNNERS, YEARS, big_squad
from benchmarks.stores import stores
from benchmarks.timing import Timing, show
from data import squads
from data.engine import reading
from data.scope import SquadScope
from tests.app_server import AppServer

VISITORS: Final = 30
PAGES: Final = {"Home": "", "Log": "log", "Trends": "trends", "Squad": "squad"}
PAUSE: Final = (1.0, 2.0)  # s between pages, evenly spread
READING: Final = (5.0, 10.0)  # s, for who looks at what a page says
ROUNDS: Final = 4
READING_ROUNDS: Final = 2
BUSY_ROUNDS: Final = 2
PAGE_TARGET: Final = 1.0  # s, for the median, and for the 95th percentile, which the lines below the table hold to it
_CLOCKED: Final = Path(__file__).with_name("clocked")
_SUMS: Final = struct.Struct("dq")


@dataclass(frozen=True)
class Database:
    """What pages cost the database, when one visitor walks alone."""

    seconds: float
    statements: float


@dataclass(frozen=True)
class Crowd:
    """What one process did for its visitors."""

    where: str
    pages: dict[str, Timing]
    rerun_rate: float  # with pauses
    busiest_rate: float  # without
    megabytes: tuple[float, float]  # after one visitor, and with all of them
    database: Database
    runner_year: tuple[float, float]  # rows, bytes
    shared_out: Timing  # the same visitors, reading, on two processes

    @property
    def process_megabytes(self) -> float:
        return self.megabytes[0]

    @property
    def visitor_megabytes(self) -> float:
        return (self.megabytes[1] - self.megabytes[0]) / (VISITORS - 1)

    @property
    def database_seconds(self) -> float:
        return self.database.seconds

    @property
    def year_bytes(self) -> float:
        return self.runner_year[1]

    def __str__(self) -> str:
        low, high = PAUSE
        before, after = self.megabytes
        rows, size = self.runner_year
        alone = self.database
        return "\n".join(
            [
                f"{VISITORS} visitors on one process, {self.where}:",
                *(_held(self.pages[_every(pause)]) for pause in (PAUSE, READING)),
                _held(self.shared_out),
                f"  {self.rerun_rate:.1f} reruns/s with {low:g} to {high:g} s between pages, "
                f"{self.busiest_rate:.1f} without a pause",
                f"  memory {before:.0f} MB after one visitor, {after:.0f} MB with {VISITORS}: "
                f"{self.visitor_megabytes:.1f} MB each",
                f"  a page waits {alone.seconds * 1_000:.1f} ms for {alone.statements:.0f} statements "
                "(one visitor alone)",
                f"  a runner's year is {rows:,.0f} rows, {size / 1_000:,.0f} kB with indexes",
            ]
        )


def crowd(engine: Engine, runner_id: int) -> Crowd:
    """On a database that holds `benchmarks.diary.ten_years` and `benchmarks.squad.big_squad`."""
    where = engine.dialect.name
    members = [member.id for member in squads.members(engine, SquadScope(squads.coach_of(engine, runner_id)))]
    with tempfile.TemporaryDirectory() as home, ExitStack() as stack:
        clock = Path(home) / "clock"
        clock.write_bytes(_SUMS.pack(0.0, 0))
        environment = {
            "PLUMBLINE_DATABASE_URL": engine.url.render_as_string(hide_password=False),
            "PLUMBLINE_DATABASE_CLOCK": str(clock),
            "PYTHONPATH": str(_CLOCKED),
        }
        server = stack.enter_context(AppServer(Path(home), environment))
        database = _alone(server, clock, members[VISITORS : VISITORS + 3])
        before = _megabytes(server.pid)
        tabs = [stack.enter_context(BrowserTab(server.url)) for _ in range(VISITORS)]
        seen, rate = _walk(tabs, members, ROUNDS, PAUSE)
        after = _megabytes(server.pid)
        read, _ = _walk(tabs, members, READING_ROUNDS, READING)
        _, busiest = _walk(tabs, members, BUSY_ROUNDS, (0.0, 0.0))
    with tempfile.TemporaryDirectory() as home:
        shared_out = _on_two(Path(home), engine, members)
    pages = {name: Timing(f"{name}, {VISITORS} at once", where, tuple(seen[name]), PAGE_TARGET) for name in PAGES}
    for what, walk in ((_every(PAUSE), seen), (_every(READING), read)):
        pages[what] = Timing(what, where, tuple(seconds for name in PAGES for seconds in walk[name]), PAGE_TARGET)
    return Crowd(where, pages, rate, busiest, (before, after), database, runner_year(engine), shared_out)


def _on_two(home: Path, engine: Engine, members: Sequence[int]) -> Timing:
    """The same visitors, reading, half of them on each of two processes, as a proxy that keeps visitors would do."""
    environment = {"PLUMBLINE_DATABASE_URL": engine.url.render_as_string(hide_password=False)}
    with ExitStack() as stack:
        homes = [home / name for name in ("first", "second")]
        for one in homes:
            one.mkdir()
        servers = [stack.enter_context(AppServer(one, environment)) for one in homes]
        for server in servers:  # what a process loads once is not what is measured
            with BrowserTab(server.url) as tab:
                _views(tab, members[VISITORS])
        tabs = [stack.enter_context(BrowserTab(servers[number % 2].url)) for number in range(VISITORS)]
        _walk(tabs, members, 1, READING)  # on one process they have been everywhere, too
        seen, _ = _walk(tabs, members, READING_ROUNDS, READING)
    views = tuple(seconds for name in PAGES for seconds in seen[name])
    return Timing(f"{_every(READING)}, on two processes", engine.dialect.name, views, PAGE_TARGET)


def _held(timing: Timing) -> str:
    missed = ", missed" if timing.p95 > PAGE_TARGET else ""
    return f"  {timing.what}: 95 % within {timing.p95:.1f} s (target {PAGE_TARGET:g} s{missed})"


def _every(pause: tuple[float, float]) -> str:
    return f"every page, {VISITORS}, {pause[0]:g} to {pause[1]:g} s between"


def _alone(server: AppServer, clock: Path, members: Sequence[int]) -> Database:
    """One visitor after another; the first one's pages are what a process loads once."""
    with BrowserTab(server.url) as tab:
        _views(tab, members[0])
    start = _SUMS.unpack(clock.read_bytes())
    for member in members[1:]:
        with BrowserTab(server.url) as tab:
            _views(tab, member)
    end = _SUMS.unpack(clock.read_bytes())
    views = len(PAGES) * len(members[1:])
    return Database((end[0] - start[0]) / views, (end[1] - start[1]) / views)


def _views(tab: BrowserTab, member: int) -> None:
    for page in PAGES.values():
        tab.show(page, f"runner={member}")


def _walk(
    tabs: Sequence[BrowserTab], members: Sequence[int], rounds: int, pause: tuple[float, float]
) -> tuple[dict[str, list[float]], float]:
    """Seconds of every page view by page, and page views a second; visitors begin on different pages."""
    seen: dict[str, list[float]] = {name: [] for name in PAGES}

    def visit(number: int) -> None:
        chance = random.Random(number)
        names = list(PAGES)
        names = names[number % len(names) :] + names[: number % len(names)]
        for name in names * rounds:
            time.sleep(chance.uniform(*pause))
            start = time.perf_counter()
            tabs[number].show(PAGES[name], f"runner={members[number]}")
            seen[name].append(time.perf_counter() - start)

    start = time.perf_counter()
    with ThreadPoolExecutor(len(tabs)) as pool:
        list(pool.map(visit, range(len(tabs))))
    return seen, sum(map(len, seen.values())) / (time.perf_counter() - start)


def runner_year(engine: Engine) -> tuple[float, float]:
    """Rows and bytes of one runner's year, with indexes, averaged over all diaries that are there."""
    years = RUNNERS * YEARS + WEEKS / 52
    names = inspect(engine).get_table_names()
    with reading(engine) as connection:
        rows = sum(connection.scalar(select(func.count()).select_from(table(name))) or 0 for name in names)
        if engine.dialect.name == "postgresql":
            sizes = [
                connection.scalar(text("SELECT pg_total_relation_size(CAST(:name AS regclass))"), {"name": name})
                for name in names
            ]
        else:
            sizes = [connection.scalar(text("SELECT page_count * page_size FROM pragma_page_count, pragma_page_size"))]
    return rows / years, sum(sizes) / years


def _megabytes(pid: int) -> float:
    """The memory of a process that is really there (RSS)."""
    status = Path(f"/proc/{pid}/status")
    if status.exists():
        [line] = [line for line in status.read_text().splitlines() if line.startswith("VmRSS")]
        return int(line.split()[1]) / 1_000
    done = subprocess.run(["ps", "-o", "rss=", "-p", str(pid)], capture_output=True, text=True, check=True)
    return int(done.stdout) / 1_000


def main() -> None:
    today = date.today()
    found: list[Crowd] = []
    for engine in stores():
        runner_id = ten_years(engine, today)
        big_squad(engine, runner_id, today)
        found.append(crowd(engine, runner_id))
    show(timing for one in found for timing in one.pages.values())
    print(*found, "", *needs(found[-1]), sep="\n")


if __name__ == "__main__":
    main()
