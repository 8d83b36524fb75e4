"""Trends: a week tapped in one chart stands out in the others, and a tapped cell opens its link."""

import re

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.app_page import SLOW_MS, settle, unfold, visit
from tests.browser.conftest import PHONE


def marks(page: Page, chart: str) -> Locator:
    return page.locator(f".st-key-{chart} path.point, .st-key-{chart} .bars path")


def press(page: Page, mark: Locator, width: int) -> None:
    """With a mouse, or with a thumb on a phone."""
    expect(mark).to_be_visible(timeout=SLOW_MS)
    mark.evaluate("mark => mark.scrollIntoView({block: 'center'})")
    settle(page)
    box = mark.bounding_box()
    pressed = page.touchscreen.tap if width <= PHONE else page.mouse.click
    pressed(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    settle(page)


@pytest.mark.parametrize("width", [1280, 390])
def test_a_week_tapped_in_one_chart_stands_out_in_the_others(shared_app, page_at, width):
    page = page_at(width)
    visit(page, shared_app.url, "trends?demo=1")
    frames = page.locator(".st-key-trends-timeline .shapelayer path")
    expect(frames.first).to_be_attached(timeout=SLOW_MS)
    before = frames.count()
    week = marks(page, "trends-timeline").nth(5)
    press(page, week, width)
    expect(page.get_by_text(re.compile("^1 week is marked: .*2026.$"))).to_be_visible()
    expect(frames).to_have_count(before + 1)
    press(page, marks(page, "trends-timeline").nth(5), width)
    expect(page.get_by_text(re.compile("^1 week is marked: .*2026.$"))).to_have_count(0)
    expect(frames).to_have_count(before)


@pytest.mark.parametrize("width", [1280, 390])
def test_a_tapped_cell_opens_its_link(shared_app, page_at, width):
    page = page_at(width)
    visit(page, shared_app.url, "trends?demo=1")
    press(page, marks(page, "trends-matrix").last, width)
    chosen = page.get_by_role("combobox", name="Link to look at")
    opened = chosen.input_value()
    press(page, marks(page, "trends-matrix").first, width)
    expect(chosen).not_to_have_value(opened)


def test_filters_change_the_numbers_and_the_opened_link_stays(shared_app, page_at):
    """A choice is kept by its label, so a label that held the number was one that no list had any more."""
    page = page_at(1280)
    visit(page, shared_app.url, "trends?demo=1")
    chosen = page.get_by_role("combobox", name="Link to look at")
    usual = chosen.input_value()
    press(page, marks(page, "trends-matrix").last, 1280)
    expect(chosen).not_to_have_value(usual)
    opened = chosen.input_value()
    unfold(page, "A closer look")
    for side in ("Left", "Right", "Right"):  # the last press takes it off again
        page.get_by_test_id("stExpanderDetails").get_by_role("radio", name=side, exact=True).click()
        settle(page)
        expect(chosen).to_have_value(opened)
    expect(page.get_by_text("Something went wrong")).to_have_count(0)
