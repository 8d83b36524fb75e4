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
    """What a diary has before an import: `runs` with the columns of `data.lists.run_list`, and the keys of the rest."""

    runs: pd.DataFrame
    workouts: frozenset[str] = frozenset()  # source ids
    sessions_on: Mapping[date, int] = field(default_factory=dict)
    pain: frozenset[tuple[date, str, str]] = frozenset()  # day, site, side
    weeks: frozenset[date] = frozenset()  # Mondays with a total


def known(engine: Engine, scope: Scope) -> Known:
    """What the diary has, of what an import may add. Raises NotAllowedError."""
    sessions, pain, totals = (KINDS[kind].table.c for kind in ("session", "pain", "weekly total"))
    with reading(engine) as connection:
        trained = connection.execute(
            select(sessions.on_date, sessions.source_id).where(scope.holds(sessions.runner_id, "training"))
        ).all()
        days = connection.execute(
            select(pain.on_date, pain.site, pain.side).where(scope.holds(pain.runner_id, "pain"), pain.period == "day")
        ).all()
        weeks = connection.scalars(select(totals.iso_week).where(scope.holds(totals.runner_id, "running"))).all()
    return Known(
        run_list(engine, scope),
        frozenset(row.source_id for row in trained if row.source_id is not None),
        Counter(row.on_date for row in trained),
        frozenset((row.on_date, row.site, row.side) for row in days),
        frozenset(weeks),
    )
