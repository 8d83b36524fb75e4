"""Each test has a database file of its own, migrated, and the same moment: Wednesday 4 March 2026, noon in London."""

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import streamlit as st
from streamlit import config

from data import squads
from data.engine import make_engine, migrate
from data.entries import Door, NewRunner, parse
from data.runners import local_runner
from data.scope import SquadScope
from tests.pages.accounts import AUTH, Club, user
from tests.pages.app import App
from tests.pages.book import NOW, Book


@pytest.fixture(scope="session")
def empty_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A migrated database, to copy: migrating one for each test would be most of the time."""
    file = tmp_path_factory.mktemp("empty") / "plumbline.sqlite3"
    engine = make_engine(f"sqlite:///{file}")
    migrate(engine, NOW)
    engine.dispose()
    return file


@pytest.fixture
def url(empty_file: Path, tmp_path: Path) -> str:
    return f"sqlite:///{shutil.copy(empty_file, tmp_path / 'plumbline.sqlite3')}"


@pytest.fixture
def book(url: str) -> Iterator[Book]:
    """What is stored, past the app."""
    with Book(url) as opened:
        yield opened


@pytest.fixture
def app(url: str) -> Callable[..., App]:
    """Opens a tab: `app("log")`."""
    return lambda *page, **options: App(url, *page, **options)


@pytest.fixture
def squad_of(url: str, app: Callable[..., App]) -> Callable[..., App]:
    """Opens the squad of this machine with new runners in it: `squad_of("Ada", "Grace")`."""

    def opened(*names: str) -> App:
        engine = make_engine(url)
        mine = SquadScope(squads.coach_of(engine, local_runner(engine).id))
        for name in names:
            squads.add_member(engine, mine, parse(NewRunner, {"name": name}, Door(NOW.date())), "Coach", NOW)
        engine.dispose()
        return app("squad")

    return opened


@pytest.fixture
def club(url: str) -> Iterator[Club]:
    """People with accounts, past the app."""
    engine = make_engine(url)
    yield Club(engine)
    engine.dispose()


@pytest.fixture
def visit(url: str, monkeypatch: pytest.MonkeyPatch) -> Callable[..., App]:
    """Opens a tab where people sign in: `visit("Ada", "home")`, or with the value of a link's cookie."""
    monkeypatch.setattr("ui.session.cookie", lambda: st.session_state.get("test-cookie"))

    def tab(name: str | None, page: str = "", cookie: str | None = None, **options: object) -> App:
        return App(url, page, auth=AUTH, user=user(name), session={"test-cookie": cookie}, **options)

    return tab


@pytest.fixture(autouse=True)
def one_moment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ui.session.now", lambda: NOW)


@pytest.fixture(autouse=True)
def fresh_process() -> Iterator[None]:
    """Caches live as long as the process; a page's error is shown to the test as it is."""
    # AppTest keeps functions of its own in the session, so that App.run checks the rest in its place.
    settings = {"runner.enforceSerializableSessionState": False, "client.showErrorDetails": "full"}
    settings["runner.postScriptGC"] = False  # a full collection after each run
    before = {name: config.get_option(name) for name in settings}
    for name, value in settings.items():
        config.set_option(name, value)
    yield
    for name, value in before.items():
        config.set_option(name, value)
    st.cache_data.clear()
    st.cache_resource.clear()
