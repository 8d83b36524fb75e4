"""A coach's look at the demo squad, wide and on a phone: a row by mouse, thumb and keyboard, a diary, and back."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.app_page import SLOW_MS, becomes, overflow, settle, unfold, visit
from tests.browser.conftest import PHONE

HEADER_PX, ROW_PX = 36, 40
NAME_PX = 90  # from the table's left edge to the names, past the boxes


def chosen(page: Page):
    return page.get_by_role("combobox", name="Runner", exact=True)


def press_row(page: Page, row: int, width: int) -> None:
    """With a mouse, or with a thumb on a phone."""
    table = page.get_by_test_id("stDataFrame").first
    table.evaluate("table => table.scrollIntoView({block: 'center'})")
    box = table.bounding_box()
    pressed = page.touchscreen.tap if width <= PHONE else page.mouse.click
    pressed(box["x"] + NAME_PX, box["y"] + HEADER_PX + ROW_PX * row + ROW_PX / 2)


@pytest.mark.parametrize("width", [1280, 390])
def test_the_demo_squad_a_row_its_diary_and_back(shared_app, page_at, width):
    page = page_at(width)
    visit(page, shared_app.url, "squad")
    page.get_by_role("button", name="Open the demo squad").click()
    expect(page.get_by_text("Look at 4 of 12 runners")).to_be_visible(timeout=SLOW_MS)
    settle(page)
    expect(chosen(page)).to_have_value("Aylin (demo)")

    press_row(page, 2, width)
    expect(chosen(page)).to_have_value("Priya (demo)", timeout=SLOW_MS)
    expect(page.get_by_text("Nothing logged for 3 finished weeks")).to_be_visible()
    settle(page)  # the table is drawn anew with the answer: a key pressed meanwhile is lost
    if width <= PHONE:
        press_row(page, 3, width)
    else:
        page.keyboard.press("ArrowDown")
    expect(chosen(page)).to_have_value("Tom (demo)", timeout=SLOW_MS)
    settle(page)
    expect(page.get_by_text("Pain fell to 1 from the usual 4.5")).to_be_visible()
    assert overflow(page) == 0

    page.get_by_role("button", name="Open the diary").click()
    whose = page.get_by_text("Diary of Tom (demo)")
    expect(whose).to_be_visible(timeout=SLOW_MS)
    settle(page)
    assert overflow(page) == 0
    page.reload()
    expect(whose).to_be_visible(timeout=SLOW_MS)
    settle(page)
    page.get_by_role("button", name="Back to the squad").click()
    expect(page.get_by_text("Look at 4 of 12 runners")).to_be_visible(timeout=SLOW_MS)
    settle(page)
    expect(whose).to_have_count(0)
    assert overflow(page) == 0


@pytest.mark.parametrize("width", [1280, 390])
def test_for_a_presentation_every_comparison_without_names(shared_app, page_at, width):
    page = page_at(width)
    visit(page, shared_app.url, "squad?squad=demo")
    page.get_by_text("Hide names").click()
    expect(chosen(page)).to_have_value(re.compile("^Runner [A-L]$"), timeout=SLOW_MS)
    settle(page)
    becomes(page, lambda: "(demo)" in page.content(), False)
    page.reload()
    expect(chosen(page)).to_have_value(re.compile("^Runner [A-L]$"), timeout=SLOW_MS)
    for tab in ("Side by side", "Changes", "Problems", "Injuries", "What goes with what"):
        page.get_by_role("tab", name=tab, exact=True).click()
        settle(page)
        expect(page.get_by_role("tabpanel", name=tab).get_by_role("paragraph").first).to_be_visible(timeout=SLOW_MS)
        becomes(page, lambda: "(demo)" in page.content(), False)
        assert overflow(page) == 0


def test_the_weeks_without_names_are_a_file(shared_app, page_at):
    page = page_at(1280)
    visit(page, shared_app.url, "squad?squad=demo")
    unfold(page, "Anonymised export")
    with page.expect_download() as download:
        page.get_by_role("button", name="Download the weeks without names").click()
    lines = download.value.path().read_text(encoding="utf-8-sig").splitlines()
    assert lines[0].startswith("code,weeks_ago,distance_km,")
    assert len(lines) == 1 + 12 * 26
    assert "(demo)" not in "".join(lines)
