"""One runner's diary as one viewer may see it: the only way from a page to the tables.

`ui.session.diary()` makes it. Reads are cached frames (columns in `data.frames` and `data.lists`); every write is
parsed at the door, saved in one transaction, and raises our own errors, which `ui.saving` puts into words.
"""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, Literal

import pandas as pd

from analysis.units import Units
from data import runners, store
from data.entries import (
    TYPED,
    Door,
    Entry,
    Injury,
    PainReport,
    Plan,
    PlanItem,
    Run,
    RunningSigns,
    SelfTest,
    Session,
    Settings,
    SideResult,
    WeeklyTotal,
    WeekMark,
    parse,
)
from data.errors import InvalidEntryError, Problem
from data.importers import ImportResult
from data.store import Receipt, Scope
from data.trash import Payload
from data.weeks import iso_week, week_of
from guides.starting_plan import PlanProposal
from ui import cache
from ui.inputs import place
from ui.rows import rows

Values = Mapping[str, Any]


@dataclass(frozen=True)
class WeekAnswers:
    """What the weekly form says: pain by site and side, a typed total in metres, stated zeros, and what it takes back
    (kind and id of rows whose answer was cleared)."""

    first_day: date
    pain: tuple[Values, ...] = ()
    distance_m: float | None = None
    marks: tuple[str, ...] = ()
    taken_back: tuple[tuple[str, int], ...] = ()


@dataclass(frozen=True)
class Diary:
    """`today`, `zone` and `theme` are the viewer's; units and the first day of the week are the runner's."""

    scope: Scope
    runner: runners.Runner
    today: date
    zone: str
    theme: Literal["light", "dark"]
    door: Door
    now: datetime

    @property
    def units(self) -> Units:
        return Units(self.runner.units)

    def week_of(self, day: date) -> date:
        """The first day of the runner's week that holds `day`."""
        return week_of(day, self.runner.week_start)

    # reads

    def weeks(self) -> pd.DataFrame:
        return self._frame("weekly", self.runner.week_start, self.today)

    def runs(self, days: int) -> pd.DataFrame:
        return self._frame("run_list", self.today - timedelta(days=days))

    def all_runs(self) -> pd.DataFrame:
        return self._frame("run_list")

    def pain(self, days: int) -> pd.DataFrame:
        return self._frame("pain_list", self.today - timedelta(days=days))

    def tests(self) -> pd.DataFrame:
        return self._frame("test_list")

    def signs(self) -> pd.DataFrame:
        return self._frame("sign_list")

    def sessions(self, days: int) -> pd.DataFrame:
        return self._frame("session_list", self.today - timedelta(days=days))

    def sets_on(self, day: date) -> pd.DataFrame:
        return self._frame("set_list", day)

    def exercises(self, days: int) -> pd.DataFrame:
        return self._frame("exercise_list", self.today - timedelta(days=days))

    def plans(self) -> pd.DataFrame:
        return self._frame("plan_list")

    def plan_on(self, day: date) -> pd.DataFrame:
        return self._frame("plan_item_list", day)

    def injuries(self) -> pd.DataFrame:
        return self._frame("injury_list")

    def marks(self) -> pd.DataFrame:
        return self._frame("mark_list")

    def totals(self) -> pd.DataFrame:
        return self._frame("total_list")

    def imports(self) -> pd.DataFrame:
        return self._frame("import_list")

    # writes

    def record_self_test(self, test: Values, signs: Values) -> Receipt:
        """A test, the running signs of the same day, or both. A leg tested later joins the leg tested before."""
        entries: list[Entry] = []
        if test["parts"] or not _answered(signs):
            entries.append(parse(SelfTest, {**test, "parts": [*test["parts"], *self._other_leg(test)]}, self.door))
        if _answered(signs):
            entries.append(parse(RunningSigns, {**signs, "on_date": test["on_date"]}, self.door))
        return self._save(entries)

    def _other_leg(self, test: Values) -> list[dict[str, Any]]:
        """The stored legs of the same day and task that the form says nothing about."""
        stored = self.tests()
        same = stored[(stored["on_date"] == pd.Timestamp(test["on_date"])) & (stored["task"] == test["task"])]
        said = {leg["side"] for leg in test["parts"]}
        legs = [row for row in rows(same) if row["side"] not in said] if said else []
        return [{name: leg[name] for name in SideResult.model_fields} for leg in legs]

    def start_plan(self, proposal: PlanProposal) -> Receipt:
        """Put a proposed plan in force from today; from tomorrow when today's session was done by the plan before."""
        done_today = not self.sets_on(self.today).empty
        items = [
            {"exercise": item.exercise, "block": item.block, "side": item.side, "sets": item.sets}
            | {item.kind: item.low}  # start low in the range; repetitions are what grows first
            for item in proposal.items
        ]
        starts_on = self.today + timedelta(days=1) if done_today else self.today
        plan = {"starts_on": starts_on, "days_per_week": proposal.days_per_week, "parts": items}
        return self._save([parse(Plan, plan, self.door)])

    def end_plan(self) -> Receipt:
        """Prescribe nothing from today on; a plan that began today goes altogether."""
        items = self.plan_on(self.today)
        if items.empty:
            raise InvalidEntryError([Problem("plan", "No plan is in force today, so there is none to end.")])
        first = rows(items)[0]
        if first["starts_on"].date() == self.today:
            return self.delete("plan", first["plan_id"])
        parts = [{name: row[name] for name in PlanItem.model_fields} for row in rows(items)]
        plan = {"starts_on": first["starts_on"].date(), "days_per_week": first["days_per_week"], "parts": parts}
        return self._save([parse(Plan, plan | {"ends_on": self.today - timedelta(days=1)}, self.door)])

    def record_session(self, session: Values) -> Receipt:
        return self._save([parse(Session, session, self.door)])

    def record_week(self, week: WeekAnswers) -> Receipt:
        """What a runner says about one of their weeks, all of it or nothing."""
        monday = iso_week(week.first_day)
        pain = [parse(PainReport, {**report, "period": "week", "on_date": monday}, self.door) for report in week.pain]
        _refuse_contradiction(pain)
        entries: list[Entry] = [*pain]
        if week.distance_m is not None:
            entries.append(parse(WeeklyTotal, {"iso_week": monday, "distance_m": week.distance_m}, self.door))
        entries += [parse(WeekMark, {"iso_week": monday, "mark": mark}, self.door) for mark in week.marks]
        return self._save(entries, week.taken_back)

    def record_totals(self, totals: Mapping[date, float], taken_back: Sequence[tuple[str, int]]) -> Receipt:
        """Weekly totals in metres by the first day of the runner's week."""
        entries = [
            parse(WeeklyTotal, {"iso_week": iso_week(week), "distance_m": metres}, self.door)
            for week, metres in totals.items()
        ]
        return self._save(entries, taken_back)

    def typed_runs(self) -> list[str]:
        """The natural keys of the runs typed by hand so far."""
        runs = self.all_runs()
        return runs.loc[runs["source"] == TYPED, "source_id"].tolist()

    def record_run(self, run: Values, before: Collection[str]) -> Receipt:
        """A run typed by hand. One that was there `before` the form was opened is refused, neither counted twice nor
        dropped; the same form sent twice is one run."""
        entry = parse(Run, run, self.door)
        if entry.natural_key() in before:
            message = "This run is there already. If you ran it twice that day, give this one its start time."
            raise InvalidEntryError([Problem("local_date", message)])
        return self._save([entry])

    def record_injury(self, injury: Values) -> Receipt:
        return self._save([parse(Injury, injury, self.door)])

    def delete(self, kind: str, row_id: int) -> Receipt:
        return store.delete(cache.engine(), self.scope, kind, row_id)

    def undo(self, undo_id: int) -> None:
        store.undo(cache.engine(), self.scope, undo_id)

    def save_settings(self, settings: Values) -> None:
        runners.save_settings(cache.engine(), self.scope, parse(Settings, settings, self.door))

    def erase(self) -> Payload:
        return runners.erase(cache.engine(), self.scope)

    def restore(self, payload: Payload) -> None:
        runners.restore(cache.engine(), self.scope, payload)

    # imports

    def read_file(self, file_id: str, filename: str, content: Callable[[], bytes]) -> ImportResult:
        """What an upload holds, with starts on the days of the viewer's zone."""
        return cache.read_file(file_id, filename, self.zone, content)

    def parse_run(self, values: Values) -> Run:
        return parse(Run, values, self.door)

    def add_runs(self, found: Sequence[Run], filename: str) -> store.ImportReceipt:
        return store.add_runs(cache.engine(), self.scope, found, filename, self.now)

    def undo_import(self, import_id: int) -> Receipt:
        return store.undo_import(cache.engine(), self.scope, import_id)

    def _frame(self, reader: str, *arguments: date | int) -> pd.DataFrame:
        return cache.frame(reader, self.scope, self.runner.revision, *arguments)

    def _save(self, entries: Sequence[Entry], taken_back: Sequence[tuple[str, int]] = ()) -> Receipt:
        if not entries and not taken_back:
            raise InvalidEntryError([Problem("", "Nothing is filled in yet. Answer at least one question, then save.")])
        receipts = store.save(cache.engine(), self.scope, *entries, remove=taken_back)
        return next((receipt for receipt in receipts if receipt.undo_id), receipts[0])


def _answered(answers: Values) -> bool:
    return any(answer is not None for answer in answers.values())


def _refuse_contradiction(pain: Sequence[PainReport]) -> None:
    """'No pain anywhere' beside pain, or one place twice in one form: which is meant, only the runner knows."""
    places = [(report.site, report.side) for report in pain]
    twice = next((report for report in pain if places.count((report.site, report.side)) > 1), None)
    if twice is not None:
        where = place(twice.site, str(twice.side))
        raise InvalidEntryError([Problem("pain", f"{where} is answered twice. Keep one of the two answers.")])
    hurts = next((report for report in pain if _worst_of(report) > 0), None)
    if ("anywhere", "both") in places and hurts is not None:
        where = place(hurts.site, str(hurts.side))
        message = f"'No pain anywhere' is ticked, and '{where}' has an answer above 0. Untick it, or clear that answer."
        raise InvalidEntryError([Problem("pain", message)])


def _worst_of(report: PainReport) -> int:
    """The highest answer of any scale: pain, next morning, or the four questions."""
    answers = (report.worst_running, report.next_morning, report.participation, report.modified_training)
    return max(answer or 0 for answer in (*answers, report.performance, report.symptoms))
