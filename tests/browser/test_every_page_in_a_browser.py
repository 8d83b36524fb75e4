"""What holds on every page: it fits a phone, scrolls under a thumb, can be dark, and hides its insides."""

import re
import sqlite3
from pathlib import Path

from playwright.sync_api import Page, expect

from tests.app_server import AppServer
from tests.browser.app_page import DRAWN, PAGES, SLOW_MS, assert_swipe_scrolls, overflow, settle, tab, visit

# Relative luminance of the page's background and of its text, as WCAG 2 defines it.
LUMINANCE = """() => {
    const app = getComputedStyle(document.querySelector('[data-testid="stApp"]'));
    return [app.backgroundColor, app.color].map(colour => {
        const part = value => value <= 0.03928 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
        const [red, green, blue] = colour.match(/[\\d.]+/g).map(value => part(value / 255));
        return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
    });
}"""
ENHANCED_CONTRAST = 7  # WCAG 2.2, 1.4.6


def look(page: Page, server: AppServer, address: str) -> None:
    """Open a page of the simulated diary."""
    visit(page, server.url, f"{address}?demo=1")
    expect(page.get_by_text("Simulated data.")).to_be_visible()


def test_every_page_fits_a_phone_is_dark_for_who_prefers_it_and_hides_its_insides(shared_app, page_at):
    page = page_at(390, "dark")
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    for address in PAGES:
        look(page, shared_app, address)
        assert overflow(page) == 0, address
        for one in page.get_by_role("tab").all():
            one.click()
            assert overflow(page) == 0, f"{address}, {one.inner_text()}"
        background, text = page.evaluate(LUMINANCE)
        assert background < 0.05, address
        assert (text + 0.05) / (background + 0.05) > ENHANCED_CONTRAST, address
        expect(page.get_by_role("button", name="Deploy")).to_have_count(0)
        expect(page.get_by_test_id("stException")).to_have_count(0)
        expect(page.get_by_text("Something went wrong")).to_have_count(0)
    assert errors == []


def test_a_swipe_over_a_chart_scrolls_the_page(shared_app, page_at):
    page = page_at(390)
    look(page, shared_app, "trends")
    expect(page.locator(DRAWN).first).to_be_visible(timeout=SLOW_MS)
    for plot in page.locator(".nsewdrag").filter(visible=True).all():
        assert_swipe_scrolls(page, plot)


def test_an_open_popover_says_its_name_in_the_dark_too(shared_app, page_at):
    page = page_at(1280, "dark")
    look(page, shared_app, "mileage")
    opener = tab(page, "Runs and imports").get_by_role("button", name="Report").first
    opener.click()
    expect(opener).to_have_attribute("aria-expanded", "true")
    expect(opener).to_have_css("color", page.get_by_test_id("stApp").evaluate("app => getComputedStyle(app).color"))


def test_a_guide_opens_from_the_plan_and_has_an_address_of_its_own(shared_app, page_at):
    page = page_at(1280)
    look(page, shared_app, "")
    page.get_by_role("link", name="Open the guide").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Guides")
    guide = page.get_by_role("heading", level=2)
    expect(guide).to_be_visible()
    name = guide.inner_text()
    page.goto(page.url)
    expect(guide).to_have_text(name)
    page.get_by_role("combobox", name="Guide").click()
    page.get_by_role("option", name="Clam").click()
    expect(guide).to_have_text("Clam")
    expect(page).to_have_url(re.compile("guide=clam"))


def test_what_breaks_is_said_without_a_trace_and_logged_under_the_same_id(app, page_at):
    page = page_at(1280)
    visit(page, app.url)
    spoil(app.home)
    page.goto(f"{app.url}/mileage")
    alert = page.get_by_role("alert")
    expect(alert).to_be_visible(timeout=SLOW_MS)
    settle(page)
    shown = page.get_by_test_id("stMain").inner_text()
    assert not re.search(r"traceback|sqlalchemy|error:|no such table|\.py", shown, re.IGNORECASE)
    [name] = re.findall(r"report ([0-9a-f]{8})", alert.inner_text())
    assert f"error {name}" in app.log_text()


def spoil(home: Path) -> None:
    """A broken diary: the app never does this, a disk or a hand may."""
    [database] = home.rglob("plumbline.sqlite3")
    with sqlite3.connect(database) as connection:
        connection.execute("PRAGMA foreign_keys = OFF")
        connection.execute("DROP TABLE runs")
