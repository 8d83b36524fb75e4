"""With accounts, from end to end: a coach signs in at a provider, runners come by link and decide what is seen."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.app_server import AppServer
from tests.browser.app_page import SLOW_MS, overflow, settle, visit
from tests.browser.steps import log_week
from tests.provider import club, provider, sign_in

RUNNERS = ("Ada", "Lin", "Noor")


@pytest.fixture
def app(tmp_path: Path) -> Iterator[AppServer]:
    with provider("Grace") as address, club(tmp_path, address) as server:
        yield server


def window(browser: Browser, width: int) -> Page:
    """Somebody else's browser: with cookies of its own."""
    context = browser.new_context(
        viewport={"width": width, "height": 844}, has_touch=width < 640, reduced_motion="reduce", timezone_id="UTC"
    )
    return context.new_page()


def share(page: Page, url: str, *areas: str) -> None:
    visit(page, url, "sharing")
    for area in ("Strength training", "Running", "Pain", "Self-tests"):
        page.get_by_role("checkbox", name=area, exact=True).set_checked(area in areas, force=True)
    page.get_by_role("button", name="Save what I share").click()
    expect(page.get_by_test_id("stToast")).to_be_visible(timeout=SLOW_MS)
    settle(page)


def test_a_coach_invites_by_link_and_sees_what_is_shared_while_it_is(app, browser):
    coach = window(browser, 1280)
    sign_in(coach, app.url, "Grace")
    visit(coach, app.url, "squad")
    for name in RUNNERS:
        coach.get_by_role("textbox", name="Name of the runner").fill(name)
        coach.get_by_role("button", name="Add a runner").click()
        # Not the toast: that of the runner before may still be there.
        chosen = coach.get_by_test_id("stMultiSelect").filter(has_text="Check-in links for")
        expect(chosen.get_by_text(name, exact=True)).to_be_visible(timeout=SLOW_MS)  # 'links' has a 'lin', too
        settle(coach)
    coach.get_by_role("button", name="Make the links").click()
    made = coach.get_by_text(re.compile(rf"^{app.url}/c/"))
    expect(made).to_have_count(len(RUNNERS), timeout=SLOW_MS)
    address = made.first.inner_text()

    runner = window(browser, 390)
    runner.goto(address)
    expect(runner.get_by_text("You are here by a personal link.")).to_be_visible(timeout=SLOW_MS)
    settle(runner)
    assert "/c/" not in runner.url and address.rsplit("/", 1)[1] not in runner.content()
    (cookie,) = (one for one in runner.context.cookies() if one["name"] == "plumbline-link")
    assert cookie["httpOnly"] and cookie["sameSite"] == "Lax"
    assert overflow(runner) == 0
    share(runner, app.url, "Running", "Pain")
    assert overflow(runner) == 0
    log_week(runner, app.url, "21.5", pain="7")

    visit(coach, app.url, "squad")
    expect(coach.get_by_text("Pain is 7 of 10 (right kneecap)")).to_be_visible(timeout=SLOW_MS)

    share(runner, app.url, "Running")
    visit(coach, app.url, "squad")
    settle(coach)
    assert "kneecap" not in coach.content() and "7 of 10" not in coach.content()

    visit(runner, app.url, "sharing")
    expect(runner.get_by_text("Who looked, and what was changed")).to_be_visible()

    visit(coach, app.url, "settings")
    coach.get_by_role("button", name="Sign out").click()
    coach.get_by_role("button", name="End session").click()  # the provider asks, too
    expect(coach.get_by_role("button", name="Sign in with the club's account")).to_be_visible(timeout=SLOW_MS)
    coach.goto(f"{app.url}/squad")
    expect(coach.get_by_role("button", name="Sign in with the club's account")).to_be_visible(timeout=SLOW_MS)
    expect(coach.get_by_text("Ada")).to_have_count(0)


def test_a_link_that_ended_says_so_and_shows_nothing(app, browser):
    page = window(browser, 390)
    answer = page.goto(f"{app.url}/c/{'A' * 43}")
    assert answer.status == 404
    assert "This link opens nothing any more" in page.content()
    page.goto(app.url)
    expect(page.get_by_role("button", name="Sign in with the club's account")).to_be_visible(timeout=SLOW_MS)
