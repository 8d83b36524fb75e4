"""What a thumb meets on a phone: what was done is in sight, and nothing is cut off."""

from playwright.sync_api import expect

from tests.browser.app_page import SLOW_MS, overflow, settle, unfold, visit
from tests.browser.steps import said, take_self_test


def test_the_result_of_a_self_test_comes_into_sight(app, page_at):
    page = page_at(390)
    take_self_test(page, app.url)
    expect(page.get_by_role("heading", name="Your result of")).to_be_in_viewport()


def test_the_form_of_a_video_says_what_is_wrong_and_closes_once_it_is_saved(app, page_at):
    page = page_at(390)
    visit(page, app.url, "guides?guide=split-squat")
    unfold(page, "Add a link to your own video")
    link, save = page.get_by_role("textbox", name="Link"), page.get_by_role("button", name="Save the video")
    link.fill("http://example.org/squat")
    save.tap()
    error = page.get_by_role("alert")
    expect(error).to_contain_text("It has to start with https://.")
    expect(error).to_be_in_viewport()
    expect(link).to_be_in_viewport()
    link.fill("https://youtu.be/dQw4w9WgXcQ")
    save.tap()
    said(page, "Video saved.")
    settle(page)
    expect(page.get_by_role("switch", name="Play it here")).to_be_visible(timeout=SLOW_MS)
    expect(link).not_to_be_visible()


def test_the_place_of_the_diary_is_readable_in_full(app, page_at):
    page = page_at(390)
    visit(page, app.url, "settings")
    place = page.get_by_test_id("stCode").filter(has_text="plumbline.sqlite3").locator("pre")
    assert place.evaluate("shown => shown.scrollWidth - shown.clientWidth") == 0
    assert overflow(page) == 0
