"""What was done of one exercise, session by session: the side that did less counts, and unknown stays unknown."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

import pandas as pd

from analysis.plan import target

Kind = Literal["repetitions", "seconds"]
Stage = Literal["usual", "more range", "less stable"]


@dataclass(frozen=True)
class Target:
    """What a plan asks of one exercise: `sets` of `low` to `high`. `load_kg` None: the plan names no load."""

    exercise: str
    kind: Kind
    side: str  # 'each', 'left', 'right' or 'both'
    sets: int
    low: int
    high: int
    load_kg: float | None = None
    stage: Stage = "usual"

    def __str__(self) -> str:
        """'2 x 8 to 12 on each side, 4 kg'."""
        low = {"repetitions": None, "seconds": None} | {self.kind: self.low}
        return target(self.sets, low["repetitions"], low["seconds"], self.side, self.high, self.load_kg, self.stage)


@dataclass(frozen=True)
class Set:
    """One set of one side, or of both at once; None is not logged, which is not 0."""

    side: str
    amount: int | None
    load_kg: float | None = None
    effort: int | None = None
    pain: int | None = None


@dataclass(frozen=True)
class Session:
    """The sets of one exercise on one day, and the pain of the morning after."""

    on_date: date
    sets: tuple[Set, ...]
    next_morning: int | None = None

    @property
    def worst_pain(self) -> int | None:
        """The worst that is known, in a set or the morning after; None when nothing is."""
        return max((pain for pain in self._pains() if pain is not None), default=None)

    @property
    def hardest(self) -> int | None:
        """The highest effort that is known; None when none is."""
        return max((done.effort for done in self.sets if done.effort is not None), default=None)

    def not_logged(self, target: Target) -> tuple[str, ...]:
        """What a next step would have to know and does not: 'effort', 'pain', 'pain of the morning after', 'load'."""
        missing = {
            "effort": any(done.effort is None for done in self.sets),
            "pain": any(done.pain is None for done in self.sets),
            "pain of the morning after": self.next_morning is None,
            "load": bool(target.load_kg) and any(done.load_kg is None for done in self.sets),
        }
        return tuple(name for name, is_missing in missing.items() if is_missing)

    def is_at_the_top(self, target: Target) -> bool:
        """Whether every side did every set to the top of the range, with no less load than the plan names."""
        sides = {"each": ("left", "right")}.get(target.side, (target.side,))
        return all(self._full_sets(side, target) >= target.sets for side in sides)

    def _full_sets(self, side: str, target: Target) -> int:
        return sum(_is_full(done, target) for done in self.sets if done.side in (side, "both"))

    def _pains(self) -> list[int | None]:
        return [*(done.pain for done in self.sets), self.next_morning]


def _is_full(done: Set, target: Target) -> bool:
    """A load that was not logged is not held against the set here: `not_logged` names it."""
    lighter = target.load_kg is not None and done.load_kg is not None and done.load_kg < target.load_kg
    return done.amount is not None and done.amount >= target.high and not lighter


def target_of(item: Mapping[str, Any]) -> Target:
    """A row of the plan in force (`plan_item_list`, missing values as None) as a target."""
    kind: Kind = "seconds" if item["repetitions"] is None else "repetitions"
    low = int(item[kind])
    high = low if item["high"] is None else int(item["high"])
    return Target(
        item["exercise"], kind, item["side"], int(item["sets"]), low, high, item["load_kg"], item["stage"] or "usual"
    )


def item_of(target: Target) -> dict[str, Any]:
    """What a plan's item says that a target says too: exercise, side, sets, repetitions or seconds, high, load_kg,
    stage. The inverse of `target_of`."""
    amounts = {"repetitions": None, "seconds": None} | {target.kind: target.low}
    grown = {"high": target.high, "load_kg": target.load_kg, "stage": target.stage}
    return {"exercise": target.exercise, "side": target.side, "sets": target.sets} | amounts | grown


def sessions_of(training: pd.DataFrame, target: Target) -> tuple[Session, ...]:
    """The days on which the exercise was done, oldest first, from a frame with the columns of `training_list`.

    What was done in two sessions of one day is one: the evening's sets are no second day of work, and the morning after
    is the same.
    """
    mine = training.loc[training["exercise"] == target.exercise]
    return tuple(
        Session(rows["on_date"].iloc[0].date(), _sets(rows, target.kind), _whole(rows["next_morning_pain"].max()))
        for _, rows in mine.groupby("on_date", sort=True)
    )


def _sets(rows: pd.DataFrame, kind: Kind) -> tuple[Set, ...]:
    columns = zip(rows["side"], rows[kind], rows["load_kg"], rows["effort"], rows["pain"], strict=True)
    return tuple(
        Set(str(side), _whole(amount), None if pd.isna(load) else float(load), _whole(effort), _whole(pain))
        for side, amount, load, effort, pain in columns
    )


def _whole(value: float) -> int | None:
    return None if pd.isna(value) else int(value)
