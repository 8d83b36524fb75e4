"""What a diary has already of the things that an import may add."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

import pandas as pd
from sqlalchemy import Engine, select

from data.engine import reading
from data.lists import run_list
from data.schema import KINDS
from data.scope import Scope


@dataclass(frozen=True)
class Known:
    """What a diary has before an import: `runs` with the columns of `data.lists.run_list`, and the rest by its keys."""

    runs: pd.DataFrame
    workouts: frozenset[str] = frozenset()  # source ids
    sessions_on: Mapping[date, int] = field(default_factory=dict)
    # The worst while running by day, site and side.
    pain: Mapping[tuple[date, str, str], int | None] = field(default_factory=dict)
    weeks: Mapping[date, float] = field(default_factory=dict)  # metres by Monday


def known(engine: Engine, scope: Scope) -> Known:
    """What the diary has, of what an import may add. Raises NotAllowedError."""
    sessions, pain, totals = (KINDS[kind].table.c for kind in ("session", "pain", "weekly total"))
    with reading(engine) as connection:
        trained = connection.execute(
            select(sessions.on_date, sessions.source_id).where(scope.holds(sessions.runner_id, "training"))
        ).all()
        days = connection.execute(
            select(pain.on_date, pain.site, pain.side, pain.worst_running).where(
                scope.holds(pain.runner_id, "pain"), pain.period == "day"
            )
        ).all()
        weeks = connection.execute(
            select(totals.iso_week, totals.distance_m).where(scope.holds(totals.runner_id, "running"))
        ).all()
    return Known(
        run_list(engine, scope),
        frozenset(row.source_id for row in trained if row.source_id is not None),
        Counter(row.on_date for row in trained),
        {(row.on_date, row.site, row.side): row.worst_running for row in days},
        {row.iso_week: row.distance_m for row in weeks},
    )
