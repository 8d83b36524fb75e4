"""A week of the plan, day by day: what was planned and what was done. A day without an entry is not a missed day."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final, Literal

from analysis.phrases import MONTHS

DayState = Literal["done", "begun", "extra", "to do", "not logged", "stated none", "rest"]

# The days with a session, and whether all of the day's sessions count for adherence (75 % of the prescribed sets).
Trained = Mapping[date, bool]

WEEKDAYS: Final = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_WORDS: Final[dict[DayState, str]] = {
    "done": "planned and done",
    "begun": "planned, and done in part",
    "extra": "done, not planned",
    "to do": "planned",
    "not logged": "planned, not logged",
    "stated none": "planned, not done, as you marked the week",
    "rest": "no strength work planned",
}


@dataclass(frozen=True)
class Day:
    """'done' and 'begun' were planned and trained, enough to count for adherence and less; 'extra' was trained and not
    planned; 'to do' is today or later; 'not logged' was planned and is past; 'stated none' was planned in a week that
    is marked as no training; 'rest' is none of these."""

    day: date
    state: DayState

    @property
    def is_planned(self) -> bool:
        return self.state in ("done", "begun", "to do", "not logged", "stated none")

    def sentence(self) -> str:
        """'Monday, 2 March: planned and done'."""
        return f"{WEEKDAYS[self.day.weekday()]}, {self.day.day} {MONTHS[self.day.month - 1]}: {_WORDS[self.state]}"


@dataclass(frozen=True)
class PlannedWeek:
    """What a plan says about a week: its days (0 Monday), in force from `starts_on` to `ends_on` (None: goes on)."""

    weekdays: Collection[int]
    starts_on: date
    ends_on: date | None = None

    def has(self, day: date) -> bool:
        is_over = self.ends_on is not None and day > self.ends_on
        return day >= self.starts_on and not is_over and day.weekday() in self.weekdays


def timetable(
    first_day: date, plans: Sequence[PlannedWeek], trained: Trained, today: date, *, no_training: bool = False
) -> tuple[Day, ...]:
    """The seven days from `first_day`; `no_training`: the runner marked this week as none. Plans do not overlap."""
    days = [first_day + timedelta(days=number) for number in range(7)]
    return tuple(Day(day, _state(day, plans, trained, today, no_training=no_training)) for day in days)


def _state(day: date, plans: Sequence[PlannedWeek], trained: Trained, today: date, *, no_training: bool) -> DayState:
    is_planned = any(plan.has(day) for plan in plans)
    if day in trained and is_planned:
        return "done" if trained[day] else "begun"
    if day in trained:
        return "extra"
    if not is_planned:
        return "rest"
    if no_training:
        return "stated none"
    return "to do" if day >= today else "not logged"


def touching(weekdays: Collection[int]) -> tuple[tuple[int, int], ...]:
    """Pairs of chosen days without a day between them, over Sunday too: (6, 0) is Sunday and Monday."""
    chosen = set(weekdays)
    return tuple((day, (day + 1) % 7) for day in sorted(chosen) if (day + 1) % 7 in chosen and len(chosen) > 1)


def touching_sentence(weekdays: Collection[int]) -> str | None:
    """What to say about days that touch; None when there is a day between each two sessions."""
    pairs = [f"{WEEKDAYS[first]} and {WEEKDAYS[second]}" for first, second in touching(weekdays)]
    if not pairs:
        return None
    return (
        f"There is no day between {', '.join(pairs)}."
        " A day without strength work between two sessions is the usual advice."
    )
