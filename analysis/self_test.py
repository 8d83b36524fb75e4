"""What a single-leg-squat self-test says, in the words of evidence 0 and 1: control in this test, on this day."""

from collections.abc import Hashable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Final, Literal

import pandas as pd

from analysis.evidence import (
    AGREEMENT_BETWEEN_RATERS,
    AGREEMENT_SAME_RATER,
    CHECKLIST_ERROR,
    CHECKLIST_ITEMS,
    FPPA_ERROR_DEGREES,
    FPPA_TYPICAL_DEGREES,
    FPPA_UPPER_TYPICAL_DEGREES,
    PAIN_SEE_SOMEONE_ABOVE,
)
from analysis.phrases import count, day, number

Side = Literal["left", "right"]
SIDES: Final[tuple[Side, Side]] = ("left", "right")

CONTROL: Final = (
    "That describes control in this test; it does not show that a muscle lacks strength. Ankle stiffness, "
    "technique, depth and fatigue can move a knee inward too."
)
KNEECAP: Final = "It is linked with kneecap pain in people who already have it, and not shown to bring it on."
CHECKLIST: Final = "our checklist, based on Crossley 2011"
AGREEMENT: Final = (
    f"Two ratings of the same squat often disagree on a tick (agreement {AGREEMENT_SAME_RATER:.2f} for one rater, "
    f"{AGREEMENT_BETWEEN_RATERS:.2f} between two, where 1 is perfect)"
)
TECHNIQUE: Final = "A better test may only mean a better test technique."


@dataclass(frozen=True)
class SideResult:
    """One leg. None is 'not noted', never 'no'. `degrees` is the projection angle, positive inward."""

    reps: int | None = None
    knee_inside: bool | None = None
    pelvis_level: bool | None = None
    trunk_upright: bool | None = None
    steady: bool | None = None
    pain: int | None = None
    degrees: float | None = None

    @property
    def ticks(self) -> tuple[bool | None, ...]:
        """Knee over the foot, pelvis level, trunk upright, steady."""
        knee = None if self.knee_inside is None else not self.knee_inside
        return (knee, self.pelvis_level, self.trunk_upright, self.steady)

    @property
    def yes(self) -> int:
        return sum(tick is True for tick in self.ticks)

    @property
    def noted(self) -> int:
        return sum(tick is not None for tick in self.ticks)


@dataclass(frozen=True)
class SelfTest:
    """Both legs on one day. Tests of different tasks are never compared (evidence 1.1)."""

    on: date
    task: str
    left: SideResult
    right: SideResult

    def side(self, side: Side) -> SideResult:
        return self.left if side == "left" else self.right


@dataclass(frozen=True)
class Reading:
    """The result in sentences: a headline, each leg, the two beside each other, the change, and what to watch."""

    headline: str
    left: tuple[str, ...]
    right: tuple[str, ...]
    sides: tuple[str, ...]
    change: tuple[str, ...]
    care: tuple[str, ...]


def from_frame(rows: pd.DataFrame) -> tuple[SelfTest, ...]:
    """Tests, oldest first, from one row a side: on_date (datetime64), task, side, repetitions, pain, degrees
    (float64, NaN unknown), knee_inside, pelvis_level, trunk_upright, steady (boolean, NA unknown)."""
    return _tests(rows.to_dict("records"))


def latest_by_runner(rows: pd.DataFrame) -> dict[int, SelfTest]:
    """The last test of each, from the same rows with a column runner."""
    sides: dict[int, list[dict[Hashable, Any]]] = {}
    for row in rows.to_dict("records"):  # at once: 200 small frames take a third of a second
        sides.setdefault(int(row["runner"]), []).append(row)
    return {runner: _tests(own)[-1] for runner, own in sides.items()}


def _tests(rows: Iterable[Mapping[Hashable, Any]]) -> tuple[SelfTest, ...]:
    tests: dict[tuple[date, str], dict[str, SideResult]] = {}
    for row in rows:
        tests.setdefault((row["on_date"].date(), row["task"]), {})[row["side"]] = _side_result(row)
    return tuple(
        SelfTest(on, task, sides.get("left", SideResult()), sides.get("right", SideResult()))
        for (on, task), sides in sorted(tests.items())
    )


def read(test: SelfTest, others: Iterable[SelfTest] = ()) -> Reading:
    """Put a test into words; the change is against the latest earlier test of the same task among `others`."""
    before = previous(test, others)
    return Reading(
        headline=_headline(test),
        left=_leg(test.left),
        right=_leg(test.right),
        sides=_beside(test),
        change=() if before is None else _changes(test, before),
        care=tuple(_care(side, test.side(side)) for side in SIDES if _hurts(test.side(side))),
    )


def previous(test: SelfTest, others: Iterable[SelfTest]) -> SelfTest | None:
    """The latest earlier test of the same task."""
    earlier = [other for other in others if other.task == test.task and other.on < test.on]
    return max(earlier, key=lambda other: other.on, default=None)


def ticks_changed(now: SideResult, before: SideResult) -> tuple[int, int, int]:
    """Ticks gained, lost and compared: only what was noted both times counts."""
    both = [(a, b) for a, b in zip(now.ticks, before.ticks, strict=True) if a is not None and b is not None]
    return sum(a and not b for a, b in both), sum(b and not a for a, b in both), len(both)


def angle_words(degrees: float) -> str:
    """The angle with its error and where it lies among pain-free adults (evidence 1.4, convention)."""
    if degrees <= FPPA_TYPICAL_DEGREES:
        place = "typical of pain-free adults"
    elif degrees <= FPPA_UPPER_TYPICAL_DEGREES:
        place = "in the upper typical range of pain-free adults"
    else:
        place = "larger than in most pain-free adults"
    return f"Knee angle {number(degrees)} degrees, ±{FPPA_ERROR_DEGREES:.0f} degrees of error: {place}."


def _side_result(row: Mapping[Hashable, Any]) -> SideResult:
    given = {name: None if pd.isna(value) else value for name, value in row.items()}
    return SideResult(
        reps=_whole(given["repetitions"]),
        pain=_whole(given["pain"]),
        degrees=given["degrees"],
        **{name: given[name] for name in ("knee_inside", "pelvis_level", "trunk_upright", "steady")},
    )


def _whole(value: float | None) -> int | None:
    return None if value is None else int(value)


def _headline(test: SelfTest) -> str:
    inside = {side: test.side(side).knee_inside for side in SIDES}
    if inside["left"] is None and inside["right"] is None:
        return "Where the knees went was not noted."
    if inside["left"] == inside["right"]:
        return "Both knees moved inward." if inside["left"] else "Both knees stayed over the foot."
    parts = [f"the {side} knee {_knee(inside[side])}" for side in SIDES]
    return f"{'; '.join(parts).capitalize()}."


def _knee(inside: bool | None) -> str:
    if inside is None:
        return "was not noted"
    return "moved inward" if inside else "stayed over the foot"


def _leg(result: SideResult) -> tuple[str, ...]:
    if result == SideResult():
        return ("Nothing was entered for this leg.",)
    lines = [f"The knee {_knee(result.knee_inside)}."]
    if result.knee_inside:
        lines += [CONTROL, KNEECAP]
    if result.noted:
        lines.append(_count_ticks(result))
    if result.reps is not None:
        lines.append(f"{count(result.reps, 'repetition')}.")
    if result.degrees is not None:
        lines.append(angle_words(result.degrees))
    pain = "was not entered" if result.pain is None else f"{result.pain} of 10"
    lines.append(f"Pain during the test {pain}.")
    return tuple(lines)


def _count_ticks(result: SideResult) -> str:
    missing = CHECKLIST_ITEMS - result.noted
    unknown = f", {missing} not noted" if missing else ""
    return f"{result.yes} of {CHECKLIST_ITEMS} ticks{unknown} ({CHECKLIST})."


def _beside(test: SelfTest) -> tuple[str, ...]:
    lines = []
    gained, lost, compared = ticks_changed(test.left, test.right)
    if compared:
        lines.append(_sides_ticks(gained + lost, compared))
    if test.left.degrees is not None and test.right.degrees is not None:
        lines.append(_sides_degrees(abs(test.left.degrees - test.right.degrees)))
    return tuple(lines)


def _sides_ticks(differing: int, compared: int) -> str:
    if not differing:
        noted = "" if compared == CHECKLIST_ITEMS else " noted for both"
        return f"Left and right were rated alike in {'the' if noted else 'all'} {count(compared, 'point')}{noted}."
    text = f"Left and right differ in {differing} of {count(compared, 'tick')}"
    if differing <= CHECKLIST_ERROR:
        return f"{text}. {AGREEMENT}, so this is no clear difference."
    return f"{text}. Test again on another day before you make anything of it."


def _sides_degrees(gap: float) -> str:
    text = f"The knee angles of left and right are {number(gap)} degrees apart"
    if gap < FPPA_ERROR_DEGREES:
        return f"{text}, within the ±{FPPA_ERROR_DEGREES:.0f} degrees of error: no clear difference."
    return f"{text}, more than the ±{FPPA_ERROR_DEGREES:.0f} degrees of error."


def _changes(test: SelfTest, before: SelfTest) -> tuple[str, ...]:
    lines = [line for side in SIDES for line in _side_changes(side, test.side(side), before.side(side))]
    return (f"Compared with your test on {day(before.on, test.on)}:", *lines) if lines else ()


def _side_changes(side: Side, now: SideResult, before: SideResult) -> list[str]:
    lines = []
    gained, lost, compared = ticks_changed(now, before)
    if compared:
        lines.append(f"{side.capitalize()}: {_ticks_change(gained, lost)}")
    if now.degrees is not None and before.degrees is not None:
        lines.append(f"{side.capitalize()}: {_degrees_change(now.degrees, before.degrees)}")
    if now.reps is not None and before.reps is not None:
        lines.append(f"{side.capitalize()}: {count(now.reps, 'repetition')}, {before.reps} last time.")
    return lines


def _ticks_change(gained: int, lost: int) -> str:
    if not gained and not lost:
        return "the same ticks."
    text = f"{count(gained, 'tick')} gained, {lost} lost"
    if gained + lost <= CHECKLIST_ERROR:
        return f"{text}. {AGREEMENT}, so this is no clear change."
    return f"{text}. This may be a change; test again on another day. {TECHNIQUE}"


def _degrees_change(now: float, before: float) -> str:
    text = f"knee angle {number(now)} degrees, {number(before)} last time"
    if abs(now - before) < FPPA_ERROR_DEGREES:
        return f"{text}: no clear change, because it is within ±{FPPA_ERROR_DEGREES:.0f} degrees of error."
    return f"{text}: more than the ±{FPPA_ERROR_DEGREES:.0f} degrees of error. {TECHNIQUE}"


def _hurts(result: SideResult) -> bool:
    return result.pain is not None and result.pain > PAIN_SEE_SOMEONE_ABOVE


def _care(side: Side, result: SideResult) -> str:
    return (
        f"Pain was {result.pain} of 10 on the {side}. Above {PAIN_SEE_SOMEONE_ABOVE}, stop the test; if it "
        "happens again, see a clinician."
    )
