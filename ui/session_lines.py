"""Which sets a session form shows: what the plan prescribes, what is stored besides, what was added by hand."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

import pandas as pd

from guides.catalogue import exercise
from ui.rows import Row, rows

Set = dict[str, Any]  # one row of `data.entries.StrengthSet`
Stored = Mapping[tuple[str, int, str], Row]  # the stored sets by exercise, number and side

_EXTRA_SETS: Final = 3  # what an exercise outside the plan starts with


@dataclass(frozen=True)
class Line:
    """One set of an exercise as the form shows it: `kind` is repetitions or seconds, `target` and `load_kg` the plan's.

    `block` is the plan's: of a warm-up set only the number is asked, of every other one how it felt too.
    """

    exercise: str
    ordinal: int
    kind: str
    sides: tuple[str, ...]
    target: int | None
    block: str
    load_kg: float | None = None

    def as_planned(self) -> list[Set]:
        """What the set is when it was done as prescribed: effort and pain stay open."""
        number = {"repetitions": None, "seconds": None} | {self.kind: self.target}
        common = {"exercise": self.exercise, "ordinal": self.ordinal, **number, "load_kg": self.load_kg}
        return [common | {"side": side, "effort": None, "pain": None} for side in self.sides]


Lines = Mapping[str, Sequence[Line]]  # by exercise


def by_exercise(plan: pd.DataFrame, stored: Stored, extra: Iterable[str]) -> Lines:
    """The sets of each exercise in the order of the plan; `plan` has the columns of `plan_item_list`."""
    lines = {(line.exercise, line.ordinal): line for line in _prescribed(plan)}
    for slug, ordinal, _ in stored:
        lines.setdefault((slug, ordinal), _free(slug, ordinal))
    for slug in extra:
        for ordinal in range(1, _EXTRA_SETS + 1):
            lines.setdefault((slug, ordinal), _free(slug, ordinal))
    grouped: dict[str, list[Line]] = defaultdict(list)
    for line in lines.values():
        grouped[line.exercise].append(line)
    return dict(grouped)


def _prescribed(plan: pd.DataFrame) -> Iterator[Line]:
    for item in rows(plan):
        kind = "seconds" if item["repetitions"] is None else "repetitions"
        sides = ("left", "right") if item["side"] == "each" else (item["side"],)
        for ordinal in range(1, item["sets"] + 1):
            yield Line(item["exercise"], ordinal, kind, sides, int(item[kind]), item["block"], item["load_kg"])


def _free(slug: str, ordinal: int) -> Line:
    guide = exercise(slug)
    sides = ("left", "right") if guide.sides == "each" else ("both",)
    return Line(slug, ordinal, guide.kind, sides, None, "main")


def is_the_plan(parts: Iterable[Set], lines: Lines) -> bool:
    """Whether these sets are the prescribed ones, to the last number, with nothing said about effort and pain."""
    planned = [part for sets in lines.values() for line in sets for part in line.as_planned()]
    return _by_key(parts) == _by_key(planned)


def _by_key(parts: Iterable[Set]) -> dict[tuple[str, int, str], Set]:
    return {(part["exercise"], part["ordinal"], part["side"]): part for part in parts}
