"""Every method of the doors, for every right: made from the doors' own lists, so a new one needs a rule here."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from functools import partial
from typing import Any, Literal

import pandas as pd
import pytest
import streamlit as st
from sqlalchemy import Engine

from analysis import progression
from data import links, runners, sharing, squads
from data.archive import Archive, SquadArchive
from data.engine import make_engine, migrate
from data.entries import Door, parse
from data.errors import NotAllowedError, NotFoundError, PlumblineError
from data.importing import Choices, Sorter
from data.known import Known
from data.scope import EVERYTHING, Area, Guest, Rights, Scope, SquadScope
from data.store import save
from guides.catalogue import one_sided
from guides.starting_plan import Circumstances, starting_plan
from tests.pages.book import NOW, ORDINARY, TODAY
from ui import session
from ui.access import Viewer
from ui.diary import Diary, WeekAnswers
from ui.machine import Machine
from ui.squad import Squad

NOTHING: frozenset[Area] = frozenset()


@dataclass(frozen=True)
class Rule:
    """How a method is called, and the areas that it takes; `by` who else may call it: 'anyone' with those areas, the
    'runner' alone (by a link too), or the runner in 'person'."""

    call: Callable[[Any], object]
    reads: tuple[Area, ...] = ()
    writes: tuple[Area, ...] = ()
    by: str = "anyone"


def ordinary(kind: str) -> dict[str, Any]:
    entry, values = ORDINARY[kind]
    return dict(values)


TARGET = progression.Target("split-squat", "repetitions", "each", 2, 8, 8)
NO_ENTRIES = Archive(NOW, "", {}, None)
NO_RUNNERS = SquadArchive(NOW, ())
OFFER = progression.Offer("hold", TARGET, TARGET, "It went well.", "Our convention", TODAY)
TEST = {"on_date": TODAY, "task": "single-leg squat", "parts": [{"side": "left", "repetitions": 5}]}
PART = {"exercise": "split-squat", "block": "main", "side": "each", "sets": 2, "repetitions": 8}
WEEK = WeekAnswers(TODAY - timedelta(days=2), distance_m=10_000.0)
PAIN_WEEK = {"site": "kneecap", "side": "left", "worst_running": 2}

NOTHING_FOUND = Sorter(Known(pd.DataFrame(columns=["id"])), Door(TODAY), Choices())

DIARY = {
    "units": Rule(lambda diary: diary.units),
    "week_of": Rule(lambda diary: diary.week_of(TODAY)),
    "remembered": Rule(lambda diary: diary.remembered("pain", diary.pain), ("pain",)),
    "weeks": Rule(lambda diary: diary.weeks(), ("training", "running", "pain")),
    "runs": Rule(lambda diary: diary.runs(), ("running",)),
    "pain": Rule(lambda diary: diary.pain(), ("pain",)),
    "tests": Rule(lambda diary: diary.tests(), ("self-tests",)),
    "signs": Rule(lambda diary: diary.signs(), ("self-tests",)),
    "sessions": Rule(lambda diary: diary.sessions(28), ("training",)),
    "sets_on": Rule(lambda diary: diary.sets_on(TODAY), ("training",)),
    "exercises": Rule(lambda diary: diary.exercises(28), ("training",)),
    "plans": Rule(lambda diary: diary.plans(), ("training",)),
    "plan_on": Rule(lambda diary: diary.plan_on(TODAY), ("training",)),
    "planned_exercises": Rule(lambda diary: diary.planned_exercises(), ("training",)),
    "spoken_against": Rule(lambda diary: diary.spoken_against(["split-squat"]), ("training",)),
    "training": Rule(lambda diary: diary.training(28), ("training",)),
    "offers": Rule(lambda diary: diary.offers(), ("training",)),
    "videos": Rule(lambda diary: diary.videos(), ("training",)),
    "circumstances": Rule(lambda diary: diary.circumstances(), ("training",)),
    "next_day": Rule(lambda diary: diary.next_day(), ("training",)),
    "injuries": Rule(lambda diary: diary.injuries(), ("pain",)),
    "marks": Rule(lambda diary: diary.marks(), ("running", "training")),
    "totals": Rule(lambda diary: diary.totals(), ("running",)),
    "imports": Rule(lambda diary: diary.imports(), ("running",)),
    "notes": Rule(lambda diary: diary.notes(), ("notes",), by="runner"),
    "record_self_test": Rule(lambda diary: diary.record_self_test(TEST, {}), ("self-tests",), ("self-tests",)),
    "tested_legs": Rule(lambda diary: diary.tested_legs(TEST), ("self-tests",)),
    "start_plan": Rule(lambda diary: diary.start_plan(starting_plan(None, None, 0)), ("training",), ("training",)),
    "change_plan": Rule(lambda diary: diary.change_plan([PART], (0, 3)), ("training",), ("training",)),
    "answer_offer": Rule(lambda diary: diary.answer_offer(OFFER, accepted=False), (), ("training",)),
    "end_plan": Rule(lambda diary: diary.end_plan(), ("training",), ("training",)),
    "save_profile": Rule(
        lambda diary: diary.save_profile({"equipment": ["mat"], "contraindications": [], "experience": None}),
        ("training",),
        ("training",),
    ),
    "plan_for": Rule(lambda diary: diary.plan_for(Circumstances()), ("training",)),
    "add_video": Rule(lambda diary: diary.add_video(ordinary("video")), (), ("training",)),
    "record_session": Rule(lambda diary: diary.record_session(ordinary("session")), (), ("training",)),
    "record_week": Rule(lambda diary: diary.record_week(WEEK), (), ("running",)),
    "record_totals": Rule(lambda diary: diary.record_totals({TODAY: 9_000.0}, ()), (), ("running",)),
    "typed_runs": Rule(lambda diary: diary.typed_runs(), ("running",)),
    "record_run": Rule(lambda diary: diary.record_run(ordinary("run"), ()), ("running",), ("running",)),
    "record_injury": Rule(lambda diary: diary.record_injury(ordinary("injury")), (), ("pain",)),
    "add_injury": Rule(lambda diary: diary.add_injury(ordinary("injury")), ("pain",), ("pain",)),
    "delete": Rule(lambda diary: diary.delete("pain", 1), (), ("pain",)),
    "undo": Rule(lambda diary: diary.undo(1), (), ("pain",)),
    "sharings": Rule(lambda diary: diary.sharings(), by="runner"),
    "log": Rule(lambda diary: diary.log(), by="runner"),
    "share": Rule(lambda diary: diary.share(1, {}, None), by="runner"),
    "leave": Rule(lambda diary: diary.leave(1), by="person"),
    "join": Rule(lambda diary: diary.join(1), by="person"),
    "save_settings": Rule(
        lambda diary: diary.save_settings({"name": "", "units": "km", "week_start": 0, "time_zone": None}), by="person"
    ),
    "erase": Rule(lambda diary: diary.erase(), by="person"),
    "restore": Rule(
        lambda diary: diary.restore({"runners": [{"name": "", "units": "km", "week_start": 0, "time_zone": None}]}),
        by="person",
    ),
    "archive": Rule(lambda diary: diary.archive(NOW), by="person"),
    "read_archive": Rule(lambda diary: diary.read_archive("1", lambda: b"")),
    "bring_in": Rule(lambda diary: diary.bring_in(NO_ENTRIES), by="person"),
    "reading": Rule(lambda diary: diary.reading(), ("running",)),
    "read_file": Rule(lambda diary: diary.read_file("1", "a.csv", lambda: b""), ("running",)),
    "sorter": Rule(lambda diary: diary.sorter(), ("running", "training", "pain")),
    "add_sorted": Rule(lambda diary: diary.add_sorted(NOTHING_FOUND, "a.csv"), (), ("running",)),
    "start_import": Rule(
        lambda diary: diary.start_import([], "a.csv", lambda found: {}, lambda: NOW),
        ("running", "training", "pain"),
        ("running",),
    ),
    "give_import_up": Rule(lambda diary: diary.give_import_up(1), (), ("running",)),
    "import_state": Rule(lambda diary: diary.import_state(1), ("running",)),
    "import_choices": Rule(lambda diary: diary.import_choices(), ("running",)),
    "choose_import": Rule(lambda diary: diary.choose_import("walks", {"": True}), (), ("running",)),
    "undo_import": Rule(lambda diary: diary.undo_import(1), (), ("running",)),
}


def methods(door: type) -> set[str]:
    """What a page can call or read of a door, fields aside."""
    return {name for name in vars(door) if not name.startswith("_")} - set(getattr(door, "__dataclass_fields__", ()))


def test_every_method_has_a_rule() -> None:
    assert set(DIARY) == methods(Diary)
    assert set(SQUAD) == methods(Squad)
    assert set(BY_CONSENT) | WHATEVER_IS_SHARED == methods(Squad)
    assert methods(Machine) == {"everyone", "is_a_file", "place", "copy"}


@pytest.mark.parametrize("door", ["diary", "squad", "machine"])
def test_without_a_session_there_is_no_door(door: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(session, "visitor", lambda: None)
    with pytest.raises(NotAllowedError, match="Sign in first"):
        getattr(session, door)()


@pytest.mark.parametrize("way", ["account", "link"])
def test_where_people_sign_in_nobody_has_the_whole_machine(way: Literal["account", "link"]) -> None:
    with session.looked_at_by(Viewer(way, 1, "UTC", "light")), pytest.raises(NotAllowedError):
        session.machine()
    with session.looked_at_by(Viewer("machine", 1, "UTC", "light")):
        assert session.machine().everyone() == runners.everyone(_engine())


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    made = make_engine(f"sqlite:///{tmp_path_factory.mktemp('rights')}/plumbline.sqlite3")
    migrate(made, NOW)
    yield made
    made.dispose()


@pytest.fixture(autouse=True)
def door_to(engine: Engine, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr("ui.cache.engine", lambda: engine)
    monkeypatch.setattr("ui.cache.read_file", lambda *_: None)  # holds nothing of anybody's diary
    monkeypatch.setattr("ui.cache.read_archive", lambda *_: NO_ENTRIES)
    monkeypatch.setattr("ui.cache.read_squad_archive", lambda *_: NO_RUNNERS)
    yield
    st.cache_resource.clear()


@pytest.fixture
def runner(engine: Engine) -> runners.Runner:
    """With an entry of every kind, and one of pain in the trash."""
    made = runners.add_runner(engine, "Ottilie", simulated=False)
    for entry, values in ORDINARY.values():
        save(engine, Scope(made.id), parse(entry, values, Door(TODAY, one_sided())))
    return runners.runner(engine, Scope(made.id))


def diary(runner: runners.Runner, scope: Scope) -> Diary:
    door = Door(TODAY, one_sided(), equipment=frozenset({"mat"}))
    return Diary(scope, runner, TODAY, "Europe/Vienna", "light", door, NOW, "Somebody")


def allowed(door: object, call: Callable[[Any], object]) -> bool:
    """Whether a call passes; that it finds nothing, or something wrong with what it is given, is no refusal."""
    try:
        call(door)
    except NotAllowedError:
        return False
    except (PlumblineError, KeyError):
        return True
    return True


@pytest.mark.parametrize("name", DIARY)
def test_a_coach_may_do_what_is_shared_and_nothing_else(runner: runners.Runner, name: str) -> None:
    rule = DIARY[name]
    reads, writes = frozenset(rule.reads), frozenset(rule.writes)
    if rule.by != "anyone":
        assert not allowed(diary(runner, Scope(runner.id, EVERYTHING, EVERYTHING, False, False)), rule.call)
        return
    foreign = partial(Scope, runner.id, is_own=False, may_share=False)
    for area in reads:
        scope = foreign(EVERYTHING - {area}, EVERYTHING)
        assert not allowed(diary(runner, scope), rule.call), f"without reading {area}"
    if name not in ("undo",):  # there is nothing in the trash whose areas it could ask for
        for area in writes:
            scope = foreign(EVERYTHING, EVERYTHING - {area})
            assert not allowed(diary(runner, scope), rule.call), f"without changing {area}"
    if writes:
        assert not allowed(diary(runner, foreign(EVERYTHING, NOTHING)), rule.call)
    assert allowed(diary(runner, foreign(reads, writes)), rule.call)


@pytest.mark.parametrize("name", DIARY)
def test_by_a_link_the_runner_may_do_all_but_what_is_for_the_person(runner: runners.Runner, name: str) -> None:
    by_link = Scope(runner.id, writes=EVERYTHING - {"notes"}, is_own=False)
    assert allowed(diary(runner, by_link), DIARY[name].call) == (DIARY[name].by != "person")


@pytest.mark.parametrize("name", DIARY)
def test_in_person_everything_is_allowed(runner: runners.Runner, name: str) -> None:
    rule = DIARY[name]
    assert name == "join" or allowed(diary(runner, Scope(runner.id)), rule.call)


def test_another_diary_has_nothing_of_this_one(engine: Engine, runner: runners.Runner) -> None:
    other = runners.add_runner(engine, "Other", simulated=False)
    theirs = diary(other, Scope(other.id))
    for name, rule in DIARY.items():
        if rule.reads and not rule.writes and rule.by == "anyone" and name not in NO_ROWS:
            found: Any = rule.call(theirs)
            assert len(found) == 0, name


NO_ROWS = {"circumstances", "next_day", "plan_for", "spoken_against", "tested_legs"}
NO_ROWS |= {"reading", "read_file", "sorter", "import_state"}


def test_an_undo_asks_for_the_areas_of_what_comes_back(engine: Engine, runner: runners.Runner) -> None:
    own = diary(runner, Scope(runner.id))
    row = int(own.pain()["id"].iloc[0])
    undo_id = own.delete("pain", row).undo_id
    without = Scope(runner.id, EVERYTHING, EVERYTHING - {"pain"}, False, False)
    assert not allowed(diary(runner, without), lambda door: door.undo(undo_id))
    now = diary(runners.runner(engine, Scope(runner.id)), Scope(runner.id))
    assert row not in now.pain()["id"].tolist()


@dataclass(frozen=True)
class Squads:
    """Two coaches: the first has a runner who shares, a link, a note and a template; the second has nothing."""

    first: Squad
    second: Squad
    runner_id: int


@pytest.fixture
def both(engine: Engine, runner: runners.Runner) -> Squads:
    doors = []
    for name in ("First", "Second"):
        own = runners.account(engine, "https://id.example.org", f"{name} {runner.id}", name)
        scope = SquadScope(squads.coach_of(engine, own.id), TODAY)
        doors.append(Squad(scope, squads.members(engine, scope), own, TODAY, "light", False, None, name, NOW))
    first, second = doors
    with engine.begin() as connection:
        squads.join(connection, first.scope, [runner.id])
    shared: dict[Area, bool] = dict.fromkeys(EVERYTHING, True)
    sharing.share(engine, Scope(runner.id), first.scope.coach_id, shared, None, "Ottilie", NOW)
    first.add_note(runner.id, "Eat well.", NOW, shown=True)
    first.save_template("Base", [PART], (0,))
    links.make(engine, first.scope, [runner.id], "First", NOW, links.PERSONAL_LASTS)
    return Squads(first, second, runner.id)


def empty(found: Any) -> bool:
    return len(found) == 0


# For a coach who has nothing: what a read holds, or that a write on somebody else's is refused.
SQUAD: dict[str, Callable[[Squads], bool]] = {
    "units": lambda both: True,
    "names": lambda both: empty(both.second.names),
    "shared": lambda both: empty(both.second.shared),
    "remembered": lambda both: (
        both.first.remembered("board", lambda: "first's") != both.second.remembered("board", lambda: "second's")
    ),
    "names_key": lambda both: "Ottilie" not in both.second.names_key,
    "as_of": lambda both: empty(both.second.as_of(NOW).members),
    "sharing": lambda both: empty(both.second.sharing("pain")),
    "give_up": lambda both: both.second.give_up() is None and len(squads.members(_engine(), both.first.scope)) == 1,
    "log_export": lambda both: both.second.log_export([]) is None,
    "weeks": lambda both: empty(both.second.weeks()),
    "finished_weeks": lambda both: empty(both.second.finished_weeks()),
    "problems": lambda both: both.second.problems().reason is not None,
    "injuries": lambda both: both.second.injuries().reason is not None,
    "board": lambda both: empty(both.second.board()),
    "others": lambda both: empty(both.second.others()) and empty(both.first.others()),
    "links": lambda both: empty(both.second.links()) and len(both.first.links()) == 1,
    "templates": lambda both: empty(both.second.templates()) and len(both.first.templates()) == 1,
    "notes_on": lambda both: empty(both.second.notes_on(both.runner_id)),
    "note_right": lambda both: refused(lambda: both.second.note_right(both.runner_id)),
    "save_template": lambda both: (
        both.second.save_template("Base", [PART], (2,)) is None and both.first.templates()[0].weekdays == (0,)
    ),
    "remove_template": lambda both: refused(lambda: both.second.remove_template(both.first.templates()[0].id)),
    "add_note": lambda both: refused(lambda: both.second.add_note(both.runner_id, "Mine.", NOW, shown=True)),
    "remove_note": lambda both: refused(
        lambda: both.second.remove_note(int(both.first.notes_on(both.runner_id)["id"][0]))
    ),
    "archive": lambda both: b"runner-001" in both.first.archive(NOW) and b"runner-001" not in both.second.archive(NOW),
    "read_archive": lambda both: both.second.read_archive("1", lambda: b"") == NO_RUNNERS,
    "bring_in": lambda both: refused(lambda: both.second.bring_in(NO_RUNNERS)),
    "add_runner": lambda both: (
        both.second.add_runner("Lin") is None
        and both.runner_id not in {member.id for member in squads.members(_engine(), both.second.scope)}
    ),
    "admit": lambda both: refused(lambda: both.second.admit(both.runner_id)),
    "rename": lambda both: refused(lambda: both.second.rename(both.runner_id, "Mine")),
    "make_links": lambda both: refused(lambda: both.second.make_links([both.runner_id], links.WEEKLY_LASTS)),
    "revoke_links": lambda both: refused(lambda: both.second.revoke_links([both.first.links()[0].id])),
    "delete_runner": lambda both: refused(lambda: both.second.delete_runner(both.runner_id)),
    "dismiss": lambda both: refused(lambda: both.second.dismiss(both.runner_id)),
}


def _engine() -> Engine:
    from ui import cache

    return cache.engine()


def refused(call: Callable[[], object]) -> bool:
    try:
        call()
    except (NotAllowedError, NotFoundError):
        return True
    return False


@pytest.mark.parametrize("name", SQUAD)
def test_a_coach_has_no_way_to_anothers_squad(both: Squads, name: str) -> None:
    assert SQUAD[name](both)


# What of a squad rests on the runner's consent, and whether it holds anything of theirs.
BY_CONSENT: dict[str, Callable[[Squad, int], bool]] = {
    "shared": lambda squad, runner: bool(squad.shared[runner]),
    "sharing": lambda squad, runner: runner in squad.sharing("pain"),
    "weeks": lambda squad, runner: _holds_any(squad.weeks()),
    "finished_weeks": lambda squad, runner: _holds_any(squad.finished_weeks()),
    "problems": lambda squad, runner: squad.problems().runners == 1,
    "injuries": lambda squad, runner: squad.injuries().runners == 1,
    "board": lambda squad, runner: any(
        known is not None
        for row in squad.board()
        for known in (row.pain, row.done, row.distance_m, row.test, row.last_on, *row.pain_course)
    ),
    "notes_on": lambda squad, runner: not empty(squad.notes_on(runner)),
    "note_right": lambda squad, runner: squad.note_right(runner) != "none",
    "add_note": lambda squad, runner: not refused(lambda: squad.add_note(runner, "Again.", squad.now, shown=True)),
    "archive": lambda squad, runner: b"pain" in squad.archive(squad.now),
}
# Of the squad, of the coach, or of a runner's place in it, none of which tells of a diary.
WHATEVER_IS_SHARED = {"units", "names", "names_key", "remembered", "as_of", "others", "links", "templates"}
WHATEVER_IS_SHARED |= {"save_template", "remove_template", "remove_note", "log_export", "read_archive", "bring_in"}
WHATEVER_IS_SHARED |= {"add_runner", "admit", "rename", "make_links", "revoke_links", "delete_runner", "dismiss"}
WHATEVER_IS_SHARED |= {"give_up"}


def _holds_any(weeks: pd.DataFrame) -> bool:
    measures = weeks.drop(columns=["runner", "week"]).select_dtypes("number")
    return bool((measures.fillna(0) != 0).any(axis=None))


@pytest.mark.parametrize("name", BY_CONSENT)
@pytest.mark.parametrize("consent", ["given", "never given", "withdrawn", "over"])
def test_a_coach_has_what_a_consent_gives_while_it_holds(
    engine: Engine, both: Squads, runner: runners.Runner, consent: str, name: str
) -> None:
    later = NOW + timedelta(days=1)
    whose, coach_id = Scope(both.runner_id), both.first.scope.coach_id
    if consent == "never given":
        with engine.begin() as connection:
            sharing.part(connection, coach_id, both.runner_id)
            squads.join(connection, both.first.scope, [both.runner_id])
    elif consent == "withdrawn":
        sharing.share(engine, whose, coach_id, {}, None, "Ottilie", NOW)
    elif consent == "over":
        sharing.share(engine, whose, coach_id, dict.fromkeys(EVERYTHING, True), TODAY, "Ottilie", NOW)
    seen = both.first.as_of(later if consent == "over" else NOW)
    assert BY_CONSENT[name](seen, both.runner_id) == (consent == "given")


@pytest.mark.parametrize("area", sorted(EVERYTHING))
def test_a_squad_shows_an_area_only_while_it_is_shared(engine: Engine, both: Squads, area: Area) -> None:
    rest: dict[Area, bool] = dict.fromkeys(EVERYTHING - {area}, False)
    sharing.share(engine, Scope(both.runner_id), both.first.scope.coach_id, rest, None, "Ottilie", NOW)
    members = squads.members(engine, both.first.scope)
    seen = Squad(both.first.scope, members, both.first.own, TODAY, "light", False, None, "First", NOW)
    (row,) = seen.board()
    known: dict[Area, object] = {
        "pain": row.pain,
        "self-tests": row.test,
        "notes": None if empty(seen.notes_on(both.runner_id)) else True,
    }
    assert all((known[name] is None) == (name == area) for name in known)
    weeks = seen.weeks()
    assert weeks["pain"].isna().all() == (area == "pain")
    assert weeks["distance_m"].isna().all() == (area == "running")
    assert (weeks["sessions"].sum() == 0) == (area == "training")


def test_a_page_left_open_past_the_last_day_downloads_nothing(engine: Engine, both: Squads) -> None:
    areas: dict[Area, bool] = {"pain": False}
    sharing.share(engine, Scope(both.runner_id), both.first.scope.coach_id, areas, TODAY, "Ottilie", NOW)
    assert both.first.as_of(NOW).shared == {both.runner_id: frozenset({"pain"})}
    tomorrow = both.first.as_of(NOW + timedelta(days=1))
    assert tomorrow.shared == {both.runner_id: frozenset()}
    assert (both.first.as_of(NOW).today, tomorrow.today) == (TODAY, TODAY + timedelta(days=1))  # weeks are counted back


def test_a_runner_with_an_account_is_renamed_and_linked_by_nobody_else(engine: Engine, both: Squads) -> None:
    person = runners.account(engine, "https://id.example.org", f"Person {both.runner_id}", "Person")
    with engine.begin() as connection:
        squads.join(connection, both.first.scope, [person.id])
    assert refused(lambda: both.first.rename(person.id, "Other"))
    assert refused(lambda: both.first.make_links([person.id], links.WEEKLY_LASTS))


def test_an_old_end_keeps_nothing_open(engine: Engine, both: Squads) -> None:
    areas: dict[Area, bool] = {"pain": True}
    sharing.share(engine, Scope(both.runner_id), both.first.scope.coach_id, areas, TODAY, "Ottilie", NOW)
    owner = both.first.own.id
    assert sharing.rights(engine, Guest(owner, TODAY), both.runner_id) == Rights(
        frozenset({"pain"}), frozenset({"pain"})
    )
    assert sharing.rights(engine, Guest(owner, TODAY + timedelta(days=1)), both.runner_id) == Rights()
