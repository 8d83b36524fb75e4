"""What is kept between runs: the same while nothing changed, another after a write, and never another reader's."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
import streamlit as st
from sqlalchemy import Engine

from data import runners
from data.engine import make_engine, migrate
from data.entries import Door
from data.errors import NotAllowedError
from data.scope import EVERYTHING, Scope
from guides.catalogue import one_sided
from tests.pages.book import NOW, ORDINARY, TODAY
from ui.diary import Diary


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
