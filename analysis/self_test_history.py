"""One measure of the self-test over time, side by side, with what is measurement error and what is not."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Final, Literal

from analysis.evidence import CHECKLIST_ERROR, FPPA_ERROR_DEGREES
from analysis.phrases import count, day, number
from analysis.self_test import SIDES, TECHNIQUE, SelfTest, Side, SideResult

Measure = Literal["ticks", "degrees", "reps"]

# How far two tests of an unchanged leg may differ; not known for repetitions.
ERROR: Final[dict[Measure, float | None]] = {
    "ticks": float(CHECKLIST_ERROR),
    "degrees": FPPA_ERROR_DEGREES,
    "reps": None,
}
MEASURES: Final[dict[Measure, str]] = {"ticks": "Checklist", "degrees": "Knee angle", "reps": "Repetitions"}
UNIT: Final[dict[Measure, str]] = {"ticks": "ticks of 4", "degrees": "degrees", "reps": "repetitions"}


@dataclass(frozen=True)
class Point:
    on: date
    value: float


@dataclass(frozen=True)
class History:
    """Known values of one measure in tests of one task, oldest first; `error` is None where it is not known."""

    task: str
    measure: Measure
    left: tuple[Point, ...]
    right: tuple[Point, ...]
    error: float | None

    def side(self, side: Side) -> tuple[Point, ...]:
        return self.left if side == "left" else self.right


def history(tests: Iterable[SelfTest], task: str, measure: Measure) -> History:
    """A test adds a value only where it was noted; a tick count only where all four ticks were."""
    ordered = sorted((test for test in tests if test.task == task), key=lambda test: test.on)
    left, right = (_points(ordered, side, measure) for side in SIDES)
    return History(task, measure, left, right, ERROR[measure])


def history_title(found: History) -> str:
    """Each side's latest value against its first, and whether that is more than the error."""
    sides = [f"{side} {_course(found.side(side), found)}" for side in SIDES if found.side(side)]
    text = "; ".join(sides) or f"no {found.measure} noted yet"
    return f"{text[0].upper()}{text[1:]}"


def history_paragraph(found: History) -> str:
    """The text alternative of the history chart."""
    values = [point_sentence(side, point, found) for side in SIDES for point in found.side(side)]
    band = "" if found.error is None else f" The band around each line is {error_words(found.error, found.measure)}."
    return f"{history_title(found)}.{band} {TECHNIQUE} {' '.join(values)}".strip()


def error_words(error: float, measure: Measure) -> str:
    """'±1 tick of error', '±9 degrees of error'."""
    return f"±{count(round(error), 'tick' if measure == 'ticks' else 'degree')} of error"


def point_sentence(side: Side, point: Point, found: History) -> str:
    """'Left on 3 August 2026: 3 ticks of 4.'"""
    return f"{side.capitalize()} on {day(point.on)}: {number(point.value)} {UNIT[found.measure]}."


def _course(points: tuple[Point, ...], found: History) -> str:
    latest = f"{number(points[-1].value)} {UNIT[found.measure]}"
    if len(points) == 1:
        return f"{latest}, one test so far"
    return f"{latest}, {_change(points[-1].value - points[0].value, found)} since the first of {len(points)} tests"


def _change(change: float, found: History) -> str:
    if not _clear(abs(change), found):
        return "no clear change" if found.error is not None else "the same"
    return f"{'up' if change > 0 else 'down'} {number(abs(change))}"


def _clear(size: float, found: History) -> bool:
    """One tick is within the error of the checklist, 9 degrees are just beyond the angle's (evidence 1.2 and 1.4)."""
    if found.error is None:
        return size > 0
    return size > found.error if found.measure == "ticks" else size >= found.error


def _points(tests: list[SelfTest], side: Side, measure: Measure) -> tuple[Point, ...]:
    values = [(test.on, _value(test.side(side), measure)) for test in tests]
    return tuple(Point(on, value) for on, value in values if value is not None)


def _value(result: SideResult, measure: Measure) -> float | None:
    if measure == "ticks":
        return float(result.yes) if result.noted == len(result.ticks) else None
    value = result.degrees if measure == "degrees" else result.reps
    return None if value is None else float(value)
