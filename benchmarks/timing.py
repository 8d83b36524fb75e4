"""How long something takes, and the table that says so."""

import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass

import numpy as np

COLUMNS = "{:<44}{:<14}{:>12}{:>12}{:>14}"


@dataclass(frozen=True)
class Timing:
    """Seconds of every repetition of `what` on `where`; `target` in seconds for the median, None when there is none."""

    what: str
    where: str
    seconds: tuple[float, ...]
    target: float | None = None

    @property
    def median(self) -> float:
        return float(np.median(self.seconds))

    @property
    def p95(self) -> float:
        return float(np.percentile(self.seconds, 95))

    @property
    def missed(self) -> bool:
        return self.target is not None and self.median > self.target


def timed(what: str, where: str, actions: Iterable[Callable[[], object]], target: float | None = None) -> Timing:
    """Run every action once and time it; the first one is not counted, it fills caches."""
    seconds = []
    for action in actions:
        start = time.perf_counter()
        action()
        seconds.append(time.perf_counter() - start)
    return Timing(what, where, tuple(seconds[1:]), target)


def show(timings: Iterable[Timing]) -> None:
    """A line for each timing, in milliseconds."""
    print(COLUMNS.format("", "database", "median", "p95", "target"))
    for timing in timings:
        target = "" if timing.target is None else f"< {_milliseconds(timing.target)}"
        missed = "  missed" if timing.missed else ""
        figures = (_milliseconds(timing.median), _milliseconds(timing.p95), target)
        print(COLUMNS.format(timing.what, timing.where, *figures) + missed)


def _milliseconds(seconds: float) -> str:
    return f"{seconds * 1_000:,.1f} ms"
