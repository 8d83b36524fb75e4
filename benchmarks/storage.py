"""The storage layer on ten years of diary: the weekly frame, one save, one import."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from functools import partial

import numpy as np
from sqlalchemy import Engine

from benchmarks import diary
from benchmarks.timing import Timing, timed
from data.entries import Door
from data.frames import weekly
from data.imports import add as add_runs
from data.runners import add_runner
from data.scope import Scope
from data.store import save

WEEKLY_FRAME_TARGET = 0.050  # s; issue 2
REPEATS = 31  # the first one does not count
IMPORTS = 4


def storage(engine: Engine, runner_id: int, today: date) -> Iterator[Timing]:
    """Timings on a database that holds `benchmarks.diary.ten_years`."""
    where, scope = engine.dialect.name, Scope(runner_id)
    frame = partial(weekly, engine, scope, 0, today)
    yield timed("weekly frame of ten years", where, [frame] * REPEATS, WEEKLY_FRAME_TARGET)
    yield _saves(engine, scope, today)
    yield _imports(engine, today)


def _saves(engine: Engine, scope: Scope, today: date) -> Timing:
    sessions = [diary.session(today - timedelta(days=back), 7, Door(today)) for back in range(REPEATS)]
    return timed("save one session", engine.dialect.name, [partial(save, engine, scope, one) for one in sessions])


def _imports(engine: Engine, today: date) -> Timing:
    found, at = list(diary.runs(np.random.default_rng(1), Door(today))), datetime.now(UTC)
    scopes = [Scope(add_runner(engine, f"Import {number}", simulated=True).id) for number in range(IMPORTS)]
    actions = [partial(add_runs, engine, scope, found, "activities.csv", at) for scope in scopes]
    return timed(f"add the {len(found):,} runs of an import", engine.dialect.name, actions)
