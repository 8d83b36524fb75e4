"""What so many runners need, computed from what one process was measured to do; docs/scaling.md explains the rows."""

import math
from collections.abc import Iterator
from typing import Final, Protocol

SIZES: Final = {"a club": 500, "a federation": 100_000, "a million": 1_000_000}

# Assumptions, to be replaced by what a club sees in its own logs
VISITS: Final = 3.5  # a runner and week, the share of a coach included: one for twenty runners, ten visits each
RERUNS: Final = 12  # a visit
BUSIEST_HOUR: Final = 0.1  # of a week's visits: Sunday evening, when the check-in is due
SESSION_HOURS: Final = 0.2  # ten minutes, and two until a session is forgotten
HALF: Final = 0.5  # of what a process can do, or a second's wait is the rule; as much again is for when one dies
CONNECTIONS: Final = 10  # a process: data/engine.py's pool


class Measured(Protocol):
    """What is measured of one process on PostgreSQL; `benchmarks.crowd.Crowd` is one."""

    @property
    def busiest_rate(self) -> float: ...
    @property
    def process_megabytes(self) -> float: ...
    @property
    def visitor_megabytes(self) -> float: ...
    @property
    def database_seconds(self) -> float: ...
    @property
    def year_bytes(self) -> float: ...


def needs(found: Measured) -> Iterator[str]:
    """One line for each size."""
    columns = "{:<14}{:>11}{:>14}{:>12}{:>13}{:>12}{:>14}{:>12}"
    yield columns.format("", "runners", "reruns/s", "processes", "connections", "memory", "database", "storage/yr")
    for name, runners in SIZES.items():
        reruns = rate(runners)
        processes = max(2, math.ceil(reruns / (found.busiest_rate * HALF)))  # two, so that one may die
        sessions = runners * VISITS * BUSIEST_HOUR * SESSION_HOURS
        memory = processes * found.process_megabytes + sessions * found.visitor_megabytes
        yield columns.format(
            name,
            f"{runners:,}",
            f"{reruns:,.1f}",
            f"{processes:,}",
            f"{processes * CONNECTIONS:,}",
            f"{memory / 1_000:,.1f} GB",
            f"{reruns * found.database_seconds:,.2f} cores",
            f"{runners * found.year_bytes / 1e9:,.1f} GB",
        )


def rate(runners: int) -> float:
    """Reruns a second in the busiest hour of a week."""
    return runners * VISITS * RERUNS * BUSIEST_HOUR / 3_600
