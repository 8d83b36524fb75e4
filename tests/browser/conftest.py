"""Chromium, and pages of a given width in it."""

from collections.abc import Callable, Generator, Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Page, Playwright, sync_playwright

from tests.app_server import ROOT, AppServer
from tests.browser import chromium

HEIGHTS = {390: 844}  # the phone the pages are made for; wider windows are 900 high
PHONE = 640  # Streamlit stacks its columns at this width and below
SCREENSHOTS = ROOT / "build" / "failed"

failed = pytest.StashKey[bool]()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    report = yield
    item.stash[failed] = item.stash.get(failed, False) or report.failed
    return report


@pytest.fixture(scope="module")
def playwright() -> Iterator[Playwright]:
    """Its event loop claims the thread for as long as it runs, so it must not outlive the tests of a module."""
    with sync_playwright() as running:
        yield running


@pytest.fixture(scope="module")
def browser(playwright: Playwright) -> Iterator[Browser]:
    """One Chromium a module."""
    running = chromium.launch(playwright)
    yield running
    running.close()


@pytest.fixture
def app(tmp_path: Path) -> Iterator[AppServer]:
    """The app on an empty home folder."""
    with AppServer(tmp_path) as server:
        yield server


@pytest.fixture(scope="session")
def shared_app(tmp_path_factory: pytest.TempPathFactory) -> Iterator[AppServer]:
    """One app for all tests that only look at simulated diaries."""
    with AppServer(tmp_path_factory.mktemp("home")) as server:
        yield server


@pytest.fixture
def page_at(browser: Browser, request: pytest.FixtureRequest) -> Iterator[Callable[..., Page]]:
    """`page_at(390, "dark")`: a new, empty page. Saves a screenshot to build/failed/ when the test fails,
    and fails the test when a page asked any other machine for anything."""
    pages: list[Page] = []
    asked: list[str] = []

    def open_page(width: int = 1280, scheme: str = "light") -> Page:
        size = {"width": width, "height": HEIGHTS.get(width, 900)}
        context = browser.new_context(
            viewport=size,
            color_scheme=scheme,
            has_touch=width <= PHONE,
            reduced_motion="reduce",
            timezone_id="UTC",  # the app's today is the browser's
        )
        context.on("request", lambda sent: asked.append(sent.url))
        page = context.new_page()
        page.on("websocket", lambda opened: asked.append(opened.url))
        pages.append(page)
        return page

    yield open_page
    if request.node.stash.get(failed, False):
        for number, page in enumerate(pages, start=1):
            page.screenshot(path=_screenshot(request.node.name, number), full_page=True)
    for page in pages:
        page.context.close()
    assert [url for url in asked if _leaves_the_machine(url)] == []


def _screenshot(test: str, number: int) -> Path:
    SCREENSHOTS.mkdir(parents=True, exist_ok=True)
    return SCREENSHOTS / f"{test.replace('/', '-')}-{number}.png"


def _leaves_the_machine(url: str) -> bool:
    parts = urlsplit(url)
    return parts.scheme in {"http", "https", "ws", "wss"} and parts.hostname not in {"127.0.0.1", "localhost"}
