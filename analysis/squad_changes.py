"""What changed for each runner: sessions and pain, each against their own weeks before. Two columns, and no line."""

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from analysis.board import BoardRow
from analysis.evidence import GATE_RUNNERS, PAIN_CHANGE_POINTS


@dataclass(frozen=True)
class Change:
    """`sessions` in percentage points of four finished weeks against the four before; `pain` in points against usual;
    `distance` of the last finished week in per cent of the one before, None where it is not known."""

    name: str
    sessions: float
    pain: float
    distance: float | None
    is_flagged: bool


@dataclass(frozen=True)
class SquadChanges:
    """Runners by name, those with both changes and those `without`. The medians are None under five runners: they would
    be about single people."""

    changes: tuple[Change, ...]
    without: tuple[str, ...]
    median_sessions: float | None
    median_pain: float | None

    @property
    def is_group(self) -> bool:
        return len(self.changes) >= GATE_RUNNERS

    @property
    def up(self) -> int:
        return sum(change.pain >= PAIN_CHANGE_POINTS for change in self.changes)

    @property
    def down(self) -> int:
        return sum(change.pain <= -PAIN_CHANGE_POINTS for change in self.changes)


def squad_changes(rows: Iterable[BoardRow]) -> SquadChanges:
    """From the rows of the board."""
    by_name = sorted(rows, key=lambda row: (row.name.casefold(), row.runner))
    changes, without = [], []
    for row in by_name:
        if row.done_change is None or row.pain_change is None:
            without.append(row.name)
        else:
            flagged = not {"pain rising", "pain easing", "less training"}.isdisjoint(row.flags)
            changes.append(Change(row.name, 100 * row.done_change, row.pain_change, row.distance_change, flagged))
    is_group = len(changes) >= GATE_RUNNERS
    return SquadChanges(
        tuple(changes),
        tuple(without),
        float(np.median([change.sessions for change in changes])) if is_group else None,
        float(np.median([change.pain for change in changes])) if is_group else None,
    )
