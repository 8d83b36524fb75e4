"""What is kept between runs: the same while nothing changed, another after a write, and never another reader's."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
import streamlit as st
from sqlalchemy import Engine

from data import runners, sharing, squads
from data.engine import make_engine, migrate
from data.entries import Door
from data.errors import NotAllowedError
from data.scope import EVERYTHING, Scope, SquadScope
from guides.catalogue import one_sided
from tests.pages.book import NOW, ORDINARY, TODAY
from ui.diary import Diary
from ui.squad import Squad

ISSUER = "https://id.example.org"


@pytest.fixture
def engine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Engine]:
    made = make_engine(f"sqlite:///{tmp_path}/plumbline.sqlite3")
    migrate(made, NOW)
    monkeypatch.setattr("ui.cache.engine", lambda: made)
    yield made
    made.dispose()
    st.cache_resource.clear()


def opened(engine: Engine, scope: Scope) -> Diary:
    runner = runners.runner(engine, Scope(scope.runner_id))
    return Diary(scope, runner, TODAY, "UTC", "light", Door(TODAY, one_sided()), NOW)


@pytest.fixture
def diary(engine: Engine) -> Diary:
    return opened(engine, Scope(runners.local_runner(engine).id))


def test_what_was_computed_is_the_same_until_the_next_entry(engine, diary):
    def look():
        return opened(engine, diary.scope).remembered("runs", lambda: tuple(diary.runs()["distance_m"]))

    first = look()
    assert look() is first
    _, run = ORDINARY["run"]
    diary.record_run(run, ())
    diary = opened(engine, diary.scope)
    assert look() == (run["distance_m"],)


def test_what_it_follows_from_tells_results_apart(diary):
    kept = [diary.remembered("weeks shown", object, shown) for shown in (8, 26)]
    dark = replace(diary, theme="dark").remembered("weeks shown", object, 8)
    tomorrow = replace(diary, today=TODAY.replace(year=TODAY.year + 1)).remembered("weeks shown", object, 8)
    assert len({*kept, dark, tomorrow}) == 4
    assert diary.remembered("weeks shown", object, 8) is kept[0]


def test_a_reader_is_not_shown_what_was_computed_for_another(engine, diary):
    assert diary.remembered("pain", lambda: len(diary.pain())) == 0
    coach = opened(engine, Scope(diary.runner.id, reads=EVERYTHING - {"pain"}, is_own=False))
    with pytest.raises(NotAllowedError):
        coach.remembered("pain", lambda: len(coach.pain()))


def test_a_frame_that_a_page_changes_is_its_own(engine, diary):
    diary.record_run(ORDINARY["run"][1], ())
    diary = opened(engine, diary.scope)
    frame = diary.runs()
    frame.loc[0, "distance_m"] = 0.0
    frame["local_date"] = None
    assert diary.runs()["distance_m"].tolist() == [ORDINARY["run"][1]["distance_m"]]
    assert diary.runs()["local_date"].notna().all()


def squad_of(engine: Engine, scope: SquadScope, **more: object) -> Squad:
    own = runners.account(engine, ISSUER, "grace", "Grace")
    values = {"theme": "light", "simulated": False} | more
    return Squad(scope, squads.members(engine, scope), own, TODAY, by="Grace", now=NOW, **values)


@pytest.fixture
def coached(engine: Engine) -> tuple[SquadScope, Scope]:
    """A coach, and a runner who shares pain and running with them."""
    scope = SquadScope(squads.coach_of(engine, runners.account(engine, ISSUER, "grace", "Grace").id), TODAY)
    ada = Scope(runners.account(engine, ISSUER, "ada", "Ada").id)
    with engine.begin() as connection:
        squads.join(connection, scope, [ada.runner_id])
    sharing.share(engine, ada, scope.coach_id, {"pain": False, "running": False}, None, "Ada", NOW)
    return scope, ada


def test_a_squad_is_read_anew_after_a_write_and_after_a_consent_is_gone(engine, coached):
    scope, ada = coached

    def look() -> float:
        return squad_of(engine, scope).remembered("km", lambda: squad_of(engine, scope).weeks()["distance_m"].sum())

    assert look() == 0
    opened(engine, ada).record_run(ORDINARY["run"][1], ())
    assert look() == ORDINARY["run"][1]["distance_m"]
    sharing.share(engine, ada, scope.coach_id, {"pain": False}, None, "Ada", NOW)
    assert look() == 0


def test_what_was_computed_of_a_squad_is_for_its_names_its_day_and_its_coach(engine, coached):
    scope, ada = coached
    first = squad_of(engine, scope)
    kept = first.remembered("board", object)
    assert squad_of(engine, scope).remembered("board", object) is kept
    hidden = squad_of(engine, scope, letters={ada.runner_id: "Runner A"}).remembered("board", object)
    tomorrow = replace(first, scope=replace(scope, today=TODAY + timedelta(days=1))).remembered("board", object)
    others = replace(first, scope=replace(scope, coach_id=scope.coach_id + 1)).remembered("board", object)
    assert len({kept, hidden, tomorrow, others, first.remembered("board", object, "week")}) == 5
