"""One runner's diary as one viewer may see it: the only way from a page to the tables.

`ui.session.diary()` makes it. Reads are cached frames (columns in `data.frames` and `data.lists`); every write is
parsed at the door, saved in one transaction, and raises our own errors, which `ui.saving` puts into words.
"""

from collections.abc import Callable, Collection, Container, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from functools import cached_property
from typing import Any, Literal

import pandas as pd

from analysis import progression
from analysis.units import Units
from data import archive, archive_restore, import_jobs, imports, links, notes, runners, sharing, store
from data.archive import Archive
from data.archive_restore import Restored
from data.entries import (
    TYPED,
    Door,
    Entry,
    Injury,
    Offer,
    PainReport,
    Plan,
    Profile,
    Run,
    RunningSigns,
    SelfTest,
    Session,
    Settings,
    SideResult,
    Video,
    WeeklyTotal,
    WeekMark,
    parse,
)
from data.errors import InvalidEntryError, Problem
from data.import_jobs import Reading
from data.importers import ImportResult
from data.importers.tables import Mapping as TableMapping
from data.importers.twins import Told, Twins
from data.importing import RULES, Choices, Sorter
from data.imports import Import, ImportReceipt, What
from data.known import known
from data.scope import Area, Scope
from data.store import Receipt
from data.trash import Payload
from data.weeks import iso_week, week_of
from data.workouts import Names
from guides.catalogue import exercise
from guides.starting_plan import Circumstances, PlanProposal
from ui import cache, plan_parts, run_words
from ui.cache import Result
from ui.contradictions import refuse_contradiction, refuse_running_without_running
from ui.inputs import place
from ui.rows import Row, rows

Values = Mapping[str, Any]


@dataclass(frozen=True)
class WeekAnswers:
    """What the weekly form says: pain by site and side, what of it is new, a new total in metres, new stated zeros, and
    what it takes back (kind and id of rows whose answer was cleared)."""

    first_day: date
    pain: tuple[Values, ...] = ()
    pain_anew: tuple[Values, ...] = ()
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
    by: str = ""  # how the log calls whoever is looking

    @property
    def units(self) -> Units:
        return Units(self.runner.units)

    def week_of(self, day: date) -> date:
        """The first day of the runner's week that holds `day`."""
        return week_of(day, self.runner.week_start)

    # reads

    def weeks(self, site: str | None = None, exercise: str | None = None) -> pd.DataFrame:
        """All weeks; with the pain of one body site alone, or the sessions of one exercise alone."""
        return self._frame("weekly", self.runner.week_start, self.today, site, exercise)

    def runs(self, days: int | None = None) -> pd.DataFrame:
        """Of the last so many days, or all of them."""
        return self._frame("run_list", *self._since(days))

    def pain(self, days: int | None = None) -> pd.DataFrame:
        """Of the last so many days, or all of it."""
        return self._frame("pain_list", *self._since(days))

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
        """What the plan asks for on a day; from today on nothing that the runner ticked something against."""
        items = self._stored_plan(day)
        if day < self.today:
            return items
        return items[~items["exercise"].isin(self.spoken_against(items["exercise"]))].reset_index(drop=True)

    def _stored_plan(self, day: date) -> pd.DataFrame:
        return self._frame("plan_item_list", day)

    def planned_exercises(self) -> list[str]:
        """The main exercises of every plan there was."""
        return self._frame("planned_list")["exercise"].tolist()

    def spoken_against(self, exercises: Iterable[str]) -> list[str]:
        """Those that something ticked speaks against."""
        ticked = self.circumstances().contraindications or ()
        return [slug for slug in exercises if exercise(slug).contraindicated(ticked)]

    def training(self, days: int) -> pd.DataFrame:
        return self._frame("training_list", self.today - timedelta(days=days))

    def offers(self) -> pd.DataFrame:
        return self._frame("offer_list")

    def videos(self) -> pd.DataFrame:
        return self._frame("video_list")

    def circumstances(self) -> Circumstances:
        return self.remembered("circumstances", lambda: plan_parts.circumstances(self._frame("profile_list")))

    def next_day(self) -> date:
        """When a new plan begins: today, or tomorrow when today's session was done by the plan before."""
        return self.today if self.sets_on(self.today).empty else self.today + timedelta(days=1)

    def injuries(self) -> pd.DataFrame:
        return self._frame("injury_list")

    def marks(self) -> pd.DataFrame:
        return self._frame("mark_list")

    def totals(self) -> pd.DataFrame:
        return self._frame("total_list")

    def imports(self) -> pd.DataFrame:
        return self._frame("import_list")

    def notes(self) -> pd.DataFrame:
        """What coaches noted and show to the runner, newest first."""
        return notes.of_runner(cache.engine(), self.scope, self.now.date())  # not kept: a coach's name is in it

    # writes

    def record_self_test(self, test: Values, signs: Values) -> Receipt:
        """A test, the running signs of the same day, or both. The form begins empty, so what is left open in it keeps
        the answer that is stored for that day."""
        entries: list[Entry] = []
        if test["parts"] or not _answered(signs):
            entries.append(parse(SelfTest, {**test, "parts": self.tested_legs(test)}, self.door))
        if _answered(signs):
            signs_of_day = {**self._stored_signs(test["on_date"]), **_said(signs)}
            entries.append(parse(RunningSigns, {**signs_of_day, "on_date": test["on_date"]}, self.door))
        return self._save(entries)

    def tested_legs(self, test: Values) -> list[Values]:
        """The legs of a test as they will be stored: what it says of them, else what is stored of that day and task.
        None when it says nothing of either leg."""
        stored = self.tests()
        same = stored[(stored["on_date"] == pd.Timestamp(test["on_date"])) & (stored["task"] == test["task"])]
        legs = {row["side"]: {name: row[name] for name in SideResult.model_fields} for row in rows(same)}
        legs |= {leg["side"]: {**leg, **legs.get(leg["side"], {}), **_said(leg)} for leg in test["parts"]}
        return list(legs.values()) if test["parts"] else []

    def _stored_signs(self, day: date) -> Values:
        stored = self.signs()
        same = stored[stored["on_date"] == pd.Timestamp(day)].drop(columns="id")
        return next(iter(rows(same)), {})

    def start_plan(self, proposal: PlanProposal) -> Receipt:
        """Put a proposed plan in force."""
        return self.change_plan(plan_parts.of_proposal(proposal.items), proposal.weekdays)

    def change_plan(self, parts: Sequence[Values], weekdays: Sequence[int]) -> Receipt:
        """A new plan from `next_day` on, which ends the one before it."""
        if not weekdays:
            raise InvalidEntryError([Problem("weekdays", "No training day is chosen. Choose at least one.")])
        days = {"days_per_week": len(weekdays), "weekdays": weekdays}
        return self._put_in_force(self._plan({"parts": parts, **days}), [])

    def _put_in_force(self, plan: Plan, entries: Sequence[Entry]) -> Receipt:
        """Save a plan with what belongs to it; one that would begin later, and so end it, goes."""
        later = [("plan", row["id"]) for row in rows(self.plans()) if row["starts_on"].date() > plan.starts_on]
        return self._save([*entries, plan], later)

    def answer_offer(self, offer: progression.Offer, *, accepted: bool) -> Receipt:
        """The answer, and in the same save the plan that follows from it."""
        answer = parse(Offer, plan_parts.of_answer(offer, self.today, accepted=accepted), self.door)
        if not accepted or not plan_parts.changes_plan(offer):
            return self._save([answer])
        return self._follow(progression.plan_after(rows(self.plan_on(self.next_day())), offer), [answer])

    def _follow(self, parts: Sequence[Values], entries: Sequence[Entry]) -> Receipt:
        """The plan of the same days with these parts from `next_day` on; the end of it when no main part is left."""
        now = rows(self.plan_on(self.next_day()))
        if not now or not any(part["block"] == "main" for part in parts):
            ended, gone = self._ended(self.next_day())
            return self._save([*entries, *ended], gone)
        return self._put_in_force(self._plan({"parts": parts, **plan_parts.days_of(now)}), entries)

    def _plan(self, values: Values) -> Plan:
        """A plan from `next_day` on, which asks for nothing that is ticked against."""
        plan = parse(Plan, {"starts_on": self.next_day(), **values}, self.door)
        if against := self.spoken_against(part.exercise for part in plan.parts):
            runner = self.circumstances()
            raise InvalidEntryError([Problem("parts", plan_parts.refusal(slug, runner)) for slug in against])
        return plan

    def end_plan(self) -> Receipt:
        """Prescribe nothing from today on; a plan that begins today or later goes altogether."""
        if self._stored_plan(self.next_day()).empty and self._stored_plan(self.today).empty:
            raise InvalidEntryError([Problem("plan", "No plan is in force today, so there is none to end.")])
        return self._save(*self._ended(self.today))

    def _ended(self, day: date) -> tuple[list[Entry], list[tuple[str, int]]]:
        """What to save and what to remove so that nothing is prescribed from `day` on."""
        gone = [("plan", row["id"]) for row in rows(self.plans()) if row["starts_on"].date() >= day]
        eve = day - timedelta(days=1)
        before = rows(self._stored_plan(eve))  # as it was: what is ticked now says nothing of the weeks before
        return [parse(Plan, plan_parts.until(before, eve), self.door)] if before else [], gone

    def save_profile(self, profile: Values) -> Receipt:
        """What the runner says of themselves, and in the same save the plan without what it speaks against."""
        entry = parse(Profile, {"on_date": self.today, **profile}, self.door)
        now, then = self.plan_for(plan_parts.circumstances_of(profile))
        return self._save([entry]) if now == then else self._follow(then, [entry])

    def plan_for(self, about: Circumstances) -> tuple[list[plan_parts.Part], list[plan_parts.Part]]:
        """The parts of the plan as they are stored, and as they would be for a runner of whom this is known."""
        now = plan_parts.of_rows(rows(self._stored_plan(self.next_day())))
        return now, plan_parts.fitted(now, about)

    def add_video(self, video: Values) -> Receipt:
        return self._save([parse(Video, video, self.door)])

    def record_session(self, session: Values) -> Receipt:
        return self._save([parse(Session, session, self.door)])

    def record_week(self, week: WeekAnswers) -> Receipt:
        """What a runner says about one of their weeks, all of it or nothing. Only what is new is stored; whether it
        contradicts itself is asked of all that the form says."""
        monday = iso_week(week.first_day)
        pain = [parse(PainReport, {**report, "period": "week", "on_date": monday}, self.door) for report in week.pain]
        refuse_contradiction(pain)
        refuse_running_without_running(week.distance_m, week.marks, self.units)
        entries: list[Entry] = [one for one, said in zip(pain, week.pain, strict=True) if said in week.pain_anew]
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
        runs = self.runs()
        return runs.loc[runs["source"] == TYPED, "source_id"].tolist()

    def record_run(self, run: Values, before: Collection[str]) -> Receipt:
        """A run typed by hand. One that was there `before` the form was opened, or that another source has told of, is
        refused, neither counted twice nor dropped; the same form sent twice is one run."""
        entry = parse(Run, run, self.door)
        if entry.natural_key() in before:
            message = "This run is there already. If you ran it twice that day, give this one its start time."
            raise InvalidEntryError([Problem("local_date", message)])
        twin = next((row for row in rows(self.runs()) if _is_twin(row, entry)), None)
        if twin is not None:
            message = (
                f"This run is there already: {run_words.line(twin, self.units)}. There is nothing to add."
                " If it was another run, give this one its own start time."
            )
            raise InvalidEntryError([Problem("local_date", message)])
        return self._save([entry])

    def record_injury(self, injury: Values) -> Receipt:
        """An episode as its form now says; it replaces what is stored of it."""
        return self._save([parse(Injury, injury, self.door)])

    def add_injury(self, injury: Values) -> Receipt:
        """A new episode. One that is stored with other answers is refused: the form for a new one does not show them.
        The same form sent twice is one episode."""
        entry = parse(Injury, injury, self.door)
        stored = [_episode(row) for row in rows(self.injuries())]
        is_there = any(
            (one["onset"], one["site"], one["side"]) == (entry.onset, entry.site, entry.side) for one in stored
        )
        if is_there and entry.model_dump() not in stored:
            which = f"{place(entry.site, entry.side)}, from {entry.onset:%-d %B %Y}"
            message = f"This episode is there already: {which}. Open it above and change it there."
            raise InvalidEntryError([Problem("onset", message)])
        return self._save([entry])

    def delete(self, kind: str, row_id: int) -> Receipt:
        receipt = store.delete(cache.engine(), self.scope, kind, row_id)
        self._tell_changed([kind])
        self._refit()
        return receipt

    def undo(self, undo_id: int) -> None:
        store.undo(cache.engine(), self.scope, undo_id)
        self._tell("took a change back")
        self._refit()

    def _refit(self) -> None:
        """A plan that is in force again may be older than what was ticked since: what it asks for and what adherence
        counts have to be one thing. Nothing for whoever may not change plans: they have changed none."""
        if "training" not in self.scope.reads & self.scope.writes:
            return
        stored = replace(self, runner=runners.runner(cache.engine(), self.scope))
        now, then = stored.plan_for(stored.circumstances())
        if now != then:
            stored._follow(then, [])

    # who may see what

    def sharings(self) -> tuple[sharing.Sharing, ...]:
        """The coaches who have this runner, and what is shared with each."""
        return sharing.sharings(cache.engine(), self.scope, self.now.date())

    def log(self) -> tuple[sharing.Logged, ...]:
        """Who changed what others may see, and who looked."""
        return sharing.logged(cache.engine(), self.scope)

    def share(self, coach_id: int, areas: Mapping[Area, bool], ends_on: date | None) -> None:
        """The coach sees exactly these areas from now on, and changes those with True."""
        sharing.share(cache.engine(), self.scope, coach_id, areas, ends_on, self.by, self.now)

    def leave(self, coach_id: int) -> None:
        """Out of the coach's squad, and nothing shared."""
        sharing.leave(cache.engine(), self.scope, coach_id, self.by, self.now)

    def join(self, link_id: int) -> None:
        """Into the squad that an invitation is for."""
        links.join(cache.engine(), self.scope, link_id, self.by, self.now)

    def save_settings(self, settings: Values) -> None:
        runners.save_settings(cache.engine(), self.scope, parse(Settings, settings, self.door))

    def erase(self) -> Payload:
        return runners.erase(cache.engine(), self.scope)

    def restore(self, payload: Payload) -> None:
        runners.restore(cache.engine(), self.scope, payload)

    def archive(self, at: datetime) -> bytes:
        """Everything of the runner's as one zip, made at this moment."""
        return archive.write(cache.engine(), self.scope, at)

    def read_archive(self, file_id: str, content: Callable[[], bytes]) -> Archive:
        """What an uploaded archive holds, checked in full. Raises UnreadableFileError, and NotAllowedError for one that
        this diary would not take."""
        found = cache.read_archive(file_id, content)
        archive_restore.check_simulated(found, simulated=self.runner.simulated)
        plan_parts.refuse_strange(found)
        return found

    def bring_in(self, found: Archive) -> Restored:
        """An archive into this diary, where it replaces nothing."""
        done = archive_restore.restore(cache.engine(), self.scope, found)
        self._refit()
        return done

    # imports

    def reading(self) -> Reading:
        """How files are read: starts on the days of the viewer's zone, tables as the runner said before."""
        kept = {about: choice for (what, about), choice in self.import_choices().items() if what == "table"}
        mappings = {key: TableMapping.from_json(choice) for key, choice in kept.items()}
        return Reading(self.zone, self.units.value, mappings)

    def read_file(
        self, file_id: str, filename: str, content: Callable[[], bytes], asked_anew: Container[str] = ()
    ) -> ImportResult:
        """What an upload holds. Raises NeedsMappingError for a table of no known program, and for one whose key is in
        `asked_anew`; UnreadableFileError."""
        reading = self.reading()
        mappings = {key: None if key in asked_anew else mapping for key, mapping in reading.mappings.items()}
        reading = replace(reading, mappings=mappings)
        return cache.read_file(file_id, filename, repr(reading), reading, content)

    def sorter(self) -> Sorter:
        """Tells what of files is new here."""
        return Sorter(known(cache.engine(), self.scope), self.door, self._counting())

    def _counting(self) -> Choices:
        kept = self.import_choices()
        rule, walks = kept.get(("duplicates", ""), "keep"), kept.get(("walks", ""), False)
        return Choices(rule if rule in RULES else "keep", walks is True, self.units.value)

    def add_sorted(self, found: Sorter, filename: str) -> ImportReceipt:
        """What was looked at, with its report."""
        done = imports.add(cache.engine(), self.scope, found.entries, filename, self.now, found.lines, found.replaced)
        self._tell("imported files")
        return done

    def start_import(
        self,
        files: Sequence[import_jobs.Upload],
        filename: str,
        names: Callable[[ImportResult], Names],
        clock: Callable[[], datetime],
    ) -> int:
        """Read and add files in the background, whatever becomes of the page: the import's id. `names` says what the
        exercises of a file mean."""
        engine, scope = cache.engine(), self.scope
        import_id = imports.begin(engine, scope, filename, self.now)
        self._tell("imported files")
        job = import_jobs.Job(engine, scope, import_id, self.door, self._counting(), self.reading(), names, clock)
        import_jobs.start(job, files)
        return import_id

    def give_import_up(self, import_id: int) -> None:
        """One that has stopped is read no more: nothing of it was added."""
        imports.fail(cache.engine(), self.scope, import_id, [imports.Line("", "", "failed", import_jobs.STOPPED)])

    def import_state(self, import_id: int) -> Import:
        """How far an import is, and its report when it is done."""
        return imports.stored(cache.engine(), self.scope, import_id, self.now)

    def import_choices(self) -> dict[tuple[What, str], Any]:
        """What the runner decided about files, by what it is and what it is about."""
        return self._import_choices

    @cached_property
    def _import_choices(self) -> dict[tuple[What, str], Any]:
        """Asked for once a run: every file that is looked at needs them."""
        return imports.choices(cache.engine(), self.scope)

    def choose_import(self, what: What, chosen: dict[str, Any]) -> None:
        """Keep decisions of one sort for the next files, by what each is about."""
        imports.choose(cache.engine(), self.scope, what, chosen)

    def undo_import(self, import_id: int) -> Receipt:
        undone = imports.undo_import(cache.engine(), self.scope, import_id)
        self._tell("took an import back")
        return undone

    def _since(self, days: int | None) -> tuple[date, ...]:
        return () if days is None else (self.today - timedelta(days=days),)

    def remembered(self, what: str, compute: Callable[[], Result], *of: object) -> Result:
        """What `compute` makes of this diary as it is stored, for this viewer's day and theme, and of `of`: the same as
        the last time, where none of it has changed. Of nothing else, and nobody changes what it made."""
        return cache.result(repr((what, self.scope, self.runner, self.today, self.theme, of)), compute)

    def _frame(self, reader: str, *arguments: date | int | str | None) -> pd.DataFrame:
        return cache.frame(reader, self.scope, self.runner.revision, *arguments)

    def _save(self, entries: Sequence[Entry], taken_back: Sequence[tuple[str, int]] = ()) -> Receipt:
        if not entries and not taken_back:
            raise InvalidEntryError([Problem("", "Nothing is filled in yet. Answer at least one question, then save.")])
        receipts = store.save(cache.engine(), self.scope, *entries, remove=taken_back)
        self._tell_changed([*(entry.kind for entry in entries), *(kind for kind, _ in taken_back)])
        return receipts[0]  # one undo takes all of it back

    def _tell_changed(self, kinds: Iterable[str]) -> None:
        self._tell(f"changed {', '.join(sorted(store.areas_of(kinds)))}")

    def _tell(self, what: str) -> None:
        """The runner's log, where a coach or whoever has a link did it."""
        if self.scope.guest is not None:
            sharing.did(cache.engine(), self.scope, self.by, what, self.now)


def _answered(answers: Values) -> bool:
    return bool(_said(answers))


def _said(answers: Values) -> Values:
    """What is answered of a form."""
    return {name: answer for name, answer in answers.items() if answer is not None}


def _episode(row: Row) -> Values:
    """A stored episode as its entry's values."""
    dates = {name: value.date() for name, value in row.items() if isinstance(value, pd.Timestamp)}
    return {name: value for name, value in (row | dates).items() if name != "id"}


def _is_twin(row: Row, run: Run) -> bool:
    """Whether a stored run of another source is this one, as an import tells."""
    twins = Twins()
    twins.add(Told(row["local_date"].date(), row["start"], row["distance_m"], row["source"], None, row["duration_s"]))
    told = Told(run.local_date, run.start, run.distance_m, run.source, None, run.duration_s)
    return twins.twin_of(told) is not None
