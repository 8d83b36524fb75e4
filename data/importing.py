"""What of a file is new, there already, not counted, to check or wrong: for a look beforehand and the import itself.

No database: what the diary has is handed in, and what comes out is entries, and a line for everything in the file.
"""

import math
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import Any, Final, Literal, get_args

import pandas as pd

from data.entries import Door, PainReport, Run, Session, WeeklyTotal, parse
from data.errors import InvalidEntryError
from data.importers.cells import METRES, Unit
from data.importers.result import ImportResult, PainNote, WeekDistance, Workout
from data.importers.twins import MOST_A_DAY, Told, Twins, told_in
from data.imports import MAX_SESSIONS, Imported, Line, Outcome
from data.known import Known
from data.schema import MAX_RUN_M
from data.weeks import iso_week, week_of
from data.workouts import Names, Side, session_values

Rule = Literal["keep", "replace", "both"]  # what is done when a run that is there is told once more

RULES: Final[tuple[Rule, ...]] = get_args(Rule)
WALK: Final = "A walk, which does not count as running here. Switch on 'Walks count' to add it."


@dataclass(frozen=True)
class Choices:
    """What the runner decided: which of two tellings of a run counts, whether walks do, and the unit of the report."""

    rule: Rule = "keep"
    walks: bool = False
    unit: Unit = "km"

    def told(self, metres: float, digits: int = 2) -> str:
        """A distance in the runner's unit."""
        return f"{metres / METRES[self.unit]:.{digits}f} {self.unit}"


class Sorter:
    """Takes one file after another; `entries` are what to add, `replaced` the ids of runs that give way."""

    def __init__(self, known: Known, door: Door, choices: Choices) -> None:
        self.entries: list[Imported] = []
        self.replaced: list[int] = []
        self.lines: list[Line] = []
        self._door, self._choices = door, choices
        self._names: dict[str, tuple[str | None, Side]] = {}
        self._ids: set[tuple[str, str]] = set()
        self._twins = Twins()
        self._metres_on: dict[date, float] = defaultdict(float)
        self._runs_on: Counter[date] = Counter()
        self._workouts, self._pain, self._weeks = set(known.workouts), dict(known.pain), dict(known.weeks)
        self._pain_at: dict[tuple[date, str, str], int] = {}  # where in `entries` is what this import says
        self._sessions_on = Counter(known.sessions_on)
        for row in _rows(known.runs):
            self._remember(row, told_in(row, row["id"]))

    def name_exercises(self, names: Names) -> None:
        """What these names of exercises mean, in the files that come."""
        self._names |= names

    def take(self, filename: str, found: ImportResult) -> None:
        """Sort everything in a file."""
        tell = _Teller(filename, self.lines)
        for skipped in found.skipped:
            tell("skipped", skipped.position, skipped.reason)
        for problem in found.problems:
            tell("failed", problem.position, problem.reason)
        rows = list(_rows(found.runs))
        uncounted = {row["position"] for row in rows if row["sport"] == "walk" and not self._choices.walks}
        for note in found.notes:
            if note.position not in uncounted:
                tell("to check", note.position, note.reason)
        told = [told_in(row) for row in rows]
        self._twins.expect(told)
        for row, run in zip(rows, told, strict=True):
            self._run(tell, row, run)
        for workout in found.workouts:
            self._workout(tell, workout)
        for pain in found.pain:
            self._pain_report(tell, pain)
        for week in found.weeks:
            self._week(tell, week)

    def refuse(self, filename: str, why: str) -> None:
        """A file that could not be read at all."""
        self.lines.append(Line(filename, "", "failed", why))

    def _run(self, tell: "_Teller", row: dict[str, Any], told: Told) -> None:
        position, day = row["position"], row["local_date"]
        if row["sport"] == "walk" and not self._choices.walks:
            tell("skipped", position, WALK)
            return
        if (row["source"], row["source_id"]) in self._ids:
            tell("there already", position, self._run_words(row))
            return
        twin = self._twins.twin_of(told)
        may_give_way = twin is not None and twin.stored_id is not None and self._choices.rule == "replace"
        giving_way = twin if may_give_way else None
        if twin is not None and giving_way is None and self._choices.rule != "both":
            tell("there already", position, f"{self._run_words(row)}, as {twin.source} tells it.")
            return
        takes_its_place = giving_way is not None and giving_way.day == day
        if not takes_its_place and self._runs_on[day] >= MOST_A_DAY:
            tell("failed", position, f"{day:%-d %B %Y} has {MOST_A_DAY} runs already, which is the most.")
            return
        before = giving_way.distance_m or 0.0 if giving_way is not None and takes_its_place else 0.0
        metres = self._metres_on[day] - before + (row["distance_m"] or 0.0)
        if metres > MAX_RUN_M:
            total, most = self._choices.told(metres, 0), self._choices.told(MAX_RUN_M, 0)
            why = f"With this run, {day:%-d %B %Y} would come to {total}. A day has at most {most}."
            tell("failed", position, why)
            return
        try:
            entry = parse(Run, _run_values(row), self._door)
        except InvalidEntryError as error:
            tell("failed", position, str(error))
            return
        if giving_way is not None and giving_way.stored_id is not None:
            self.replaced.append(giving_way.stored_id)
            self._metres_on[giving_way.day] -= giving_way.distance_m or 0.0
            self._runs_on[giving_way.day] -= 1
            self._twins.forget(giving_way)
        self._remember(row, told)
        self.entries.append(entry)
        tell("added", position, self._run_words(row))

    def _remember(self, row: dict[str, Any], told: Told) -> None:
        self._metres_on[row["local_date"]] += row["distance_m"] or 0.0
        self._runs_on[row["local_date"]] += 1
        self._ids.add((row["source"], row["source_id"]))
        self._twins.add(told)

    def _workout(self, tell: "_Teller", workout: Workout) -> None:
        day = workout.local_date
        values = session_values(workout, self._names)
        if values is None:
            tell("skipped", workout.position, "None of its exercises is one of the guides'.")
        elif self._sessions_on[day] >= MAX_SESSIONS and workout.source_id not in self._workouts:
            tell("failed", workout.position, f"{day:%-d %B %Y} has {MAX_SESSIONS} sessions already, which is the most.")
        elif workout.source_id in self._workouts:
            tell("there already", workout.position, f"{day}, {workout.name}: this workout was imported before.")
        elif self._add(tell, workout.position, partial(parse, Session, values, self._door)):
            self._workouts.add(workout.source_id)
            self._sessions_on[day] += 1

    def _pain_report(self, tell: "_Teller", pain: PainNote) -> None:
        """What the diary says of a day and a place stays; of what an import says of them, the worst counts."""
        key, worst = (pain.local_date, pain.site, pain.side), pain.worst_running
        values = {"period": "day", "on_date": key[0], "site": key[1], "side": key[2], "worst_running": worst}
        make = partial(parse, PainReport, values, self._door)
        if key not in self._pain:
            if self._add(tell, pain.position, make):
                self._pain[key], self._pain_at[key] = worst, len(self.entries) - 1
        elif key not in self._pain_at:
            tell("there already", pain.position, _pain_words(self._pain[key], worst))
        else:
            before = self._pain[key] or 0
            if worst > before:
                self.entries[self._pain_at[key]], self._pain[key] = make(), worst
            tell("there already", pain.position, "Another row is about the same day and place. The worst counts.")

    def _week(self, tell: "_Teller", week: WeekDistance) -> None:
        monday = iso_week(week_of(week.local_date, self._door.first_day))
        there = self._weeks.get(monday)
        values = {"iso_week": monday, "distance_m": week.distance_m}
        if there is not None:
            tell("there already", week.position, self._week_words(monday, there, week.distance_m))
        elif self._add(tell, week.position, partial(parse, WeeklyTotal, values, self._door)):
            self._weeks[monday] = week.distance_m

    def _week_words(self, monday: date, there: float, found: float) -> str:
        week, kept, new = f"The week of {monday}", self._choices.told(there), self._choices.told(found)
        if kept == new:
            return f"{week} has {kept} already."
        return f"{week} has {kept} already, the file says {new}. Change it in Mileage if the file is right."

    def _run_words(self, row: dict[str, Any]) -> str:
        """'2026-03-04, 10.02 km, 57 min': dates are written so that the report can be sorted."""
        words = [row["local_date"].isoformat()]
        if row["distance_m"] is not None:
            words.append(self._choices.told(row["distance_m"]))
        if row["duration_s"] is not None and math.isfinite(row["duration_s"]):
            words.append(f"{row['duration_s'] / 60:.0f} min")
        return ", ".join(words)

    def _add(self, tell: "_Teller", position: str, make: Callable[[], Imported]) -> bool:
        try:
            entry = make()
        except InvalidEntryError as error:
            tell("failed", position, str(error))
            return False
        self.entries.append(entry)
        tell("added", position, "")
        return True


@dataclass(frozen=True)
class _Teller:
    """Writes the report's lines of one file."""

    file: str
    lines: list[Line]

    def __call__(self, outcome: Outcome, place: str, why: str) -> None:
        self.lines.append(Line(self.file, place, outcome, why))


def _rows(runs: pd.DataFrame) -> Iterator[dict[str, Any]]:
    """The rows of runs with days and instants as such, and None where a value is not known."""
    names = list(runs.columns)
    for values in zip(*(_plain(runs[name]) for name in names), strict=True):
        yield dict(zip(names, values, strict=True))


def _plain(column: "pd.Series[Any]") -> Sequence[Any]:
    if column.name == "local_date":
        return column.to_numpy("datetime64[D]").tolist()
    if column.name == "start":
        return [None if value is pd.NaT else value for value in pd.to_datetime(column, utc=True).dt.to_pydatetime()]
    return column.astype(object).where(column.notna(), None).tolist()


def _run_values(row: dict[str, Any]) -> dict[str, Any]:
    wanted = ("start", "local_date", "distance_m", "duration_s", "source", "source_id")
    effort = row["effort"]
    return {name: row[name] for name in wanted} | {"effort": None if effort is None else round(effort)}


def _pain_words(there: int | None, found: int) -> str:
    """Whether the diary says the same of that day and place, and what to do where it does not. Without the ratings: who
    may read the report need not be who may read the pain."""
    if there == found:
        return "The diary says the same."
    return "The diary says something else of that day and place. Change it in Log if the file is right."
