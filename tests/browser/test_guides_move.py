"""Guides in a real browser: found by filter and by chart, opened by address, moving until they are asked not to."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Locator, Page, Playwright, expect

from tests.browser import chromium
from tests.browser.app_page import DRAWN, SLOW_MS, assert_swipe_scrolls, overflow, settle, unfold, visit
from tests.browser.conftest import PHONE

GUIDE = "guides?guide=split-squat"
PICTURE = re.compile("^Split squat from the side. Start")
MOMENTS = 5
APART_MS = 700  # a movement lasts some seconds, so it passes several poses in these moments
# The device's own setting: Playwright's emulation of it does not reach a drawing inside an <img>.
REDUCED_MOTION = "--force-prefers-reduced-motion"


def figure(page: Page) -> Locator:
    shown = page.get_by_role("img", name=PICTURE)
    expect(shown).to_be_visible(timeout=SLOW_MS)
    return shown


def moments(page: Page) -> int:
    """How many different pictures the figure shows over some seconds."""
    shots = set()
    for _ in range(MOMENTS):
        shots.add(figure(page).screenshot())
        page.wait_for_timeout(APART_MS)
    return len(shots)


@pytest.fixture
def calm_page(playwright: Playwright) -> Iterator[Page]:
    """A page of somebody whose device asks for reduced motion."""
    calm = chromium.launch(playwright, REDUCED_MOTION)
    yield calm.new_page()
    calm.close()


def test_a_figure_moves_until_it_is_told_to_stand_still(shared_app, page_at):
    page = page_at(390)
    visit(page, shared_app.url, GUIDE)
    assert moments(page) > 1
    moving = figure(page).get_attribute("src")
    page.get_by_text("Stand still").click()
    expect(figure(page)).not_to_have_attribute("src", moving)
    settle(page)
    assert moments(page) == 1
    page.get_by_text("Stand still").click()
    expect(figure(page)).to_have_attribute("src", moving)
    assert overflow(page) == 0


def test_a_figure_stands_still_by_itself_under_reduced_motion(shared_app, calm_page):
    visit(calm_page, shared_app.url, GUIDE)
    assert moments(calm_page) == 1


def test_filters_leave_the_guides_that_fit_and_stay_while_one_is_open(shared_app, page_at):
    page = page_at(390)
    visit(page, shared_app.url, "guides")
    unfold(page, "Filter by equipment")
    page.get_by_role("button", name="hard", exact=True).click()
    page.get_by_role("button", name="main target", exact=True).click()
    expect(page.get_by_text("1 of 16 guides")).to_be_visible()
    page.get_by_role("button", name="Side plank with abduction", exact=True).click()
    expect(page.get_by_role("heading", level=2)).to_have_text("Side plank with abduction")
    expect(page).to_have_url(re.compile("guide=side-plank-abduction$"))
    page.get_by_role("button", name="All guides").click()
    expect(page.get_by_text("1 of 16 guides")).to_be_visible()
    expect(page).to_have_url(re.compile("guides$"))
    assert overflow(page) == 0


def test_a_guide_opened_in_the_list_or_in_a_guide_has_its_address_and_a_way_back(shared_app, page_at):
    page = page_at(390)
    visit(page, shared_app.url, "guides")
    page.get_by_role("button", name="Clam", exact=True).click()
    expect(page).to_have_url(re.compile("guide=clam$"))
    page.get_by_role("button", name="Harder: Band sidestep").click()
    expect(page.get_by_role("heading", level=2)).to_have_text("Band sidestep")
    expect(page).to_have_url(re.compile("guide=band-sidestep$"))
    page.go_back()
    expect(page.get_by_role("heading", level=2)).to_have_text("Clam")
    page.go_back()
    expect(page.get_by_text("16 guides")).to_be_visible()


def open_chart(page: Page, url: str) -> None:
    visit(page, url, "guides")
    page.get_by_role("tab", name="Muscle activity").click()


def press_first_mark(page: Page, width: int) -> None:
    """With a mouse, or with a thumb on a phone."""
    expect(page.locator(DRAWN).first).to_be_visible(timeout=SLOW_MS)
    settle(page)
    mark = page.locator('[data-testid="stPlotlyChart"] path.point').first
    mark.scroll_into_view_if_needed()
    box = mark.bounding_box()
    press = page.touchscreen.tap if width <= PHONE else page.mouse.click
    press(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)


@pytest.mark.parametrize("width", [1280, 390])
def test_a_mark_of_the_chart_opens_its_guide_every_time_and_never_by_itself(shared_app, page_at, width):
    page = page_at(width)
    open_chart(page, shared_app.url)
    for _ in range(2):
        press_first_mark(page, width)
        expect(page.get_by_role("heading", level=2)).to_have_text("Side plank with abduction")
        expect(page).to_have_url(re.compile("guide=side-plank-abduction"))
        page.get_by_role("button", name="All guides").click()
        expect(page.get_by_role("tab", name="Muscle activity")).to_have_attribute("aria-selected", "true")
        settle(page)
        expect(page.get_by_role("heading", level=2)).to_have_count(0)


def test_a_swipe_over_the_chart_scrolls_the_page_and_opens_nothing(shared_app, page_at):
    page = page_at(390)
    open_chart(page, shared_app.url)
    expect(page.locator(DRAWN).first).to_be_visible(timeout=SLOW_MS)
    settle(page)
    assert_swipe_scrolls(page, page.locator(".nsewdrag"))
    expect(page).to_have_url(re.compile("guides$"))
