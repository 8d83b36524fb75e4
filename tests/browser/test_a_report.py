"""The report in a real browser: the whole document stands on the page, fits a phone, and leaves as a PDF."""

from dataclasses import replace
from datetime import timedelta

import pytest
from playwright.sync_api import expect

from analysis.report import report
from analysis.units import Units
from tests.analysis.report_diaries import full
from tests.analysis.weekly import MONDAY, related_weeks
from tests.browser.app_page import SLOW_MS, becomes, overflow, visit
from tests.printed import at_many_heights, pages_of, torn
from ui.report_page import html

FRAME = "iframe[data-testid='stIFrame']"
HEIGHTS = """() => {
    const frame = document.querySelector("iframe[data-testid='stIFrame']");
    return Math.abs(frame.clientHeight - frame.contentDocument.querySelector('main').offsetHeight) < 3;
}"""
SIDEWAYS = "() => { const root = document.documentElement; return root.scrollWidth - root.clientWidth; }"


def test_the_whole_document_stands_on_the_page_and_fits_a_phone(shared_app, page_at):
    page = page_at(390)
    visit(page, shared_app.url, "report?demo=1")
    expect(page.frame_locator(FRAME).get_by_role("heading", name="Honest limits")).to_be_attached(timeout=SLOW_MS)
    becomes(page, lambda: page.evaluate(HEIGHTS), True)
    assert overflow(page) == 0
    assert page.locator(FRAME).element_handle().content_frame().evaluate(SIDEWAYS) == 0


def test_it_leaves_as_a_pdf(shared_app, page_at):
    page = page_at(1280)
    visit(page, shared_app.url, "report?demo=1")
    page.get_by_role("button", name="Make the PDF").click()
    button = page.get_by_role("button", name="Download the PDF")
    expect(button).to_be_visible(timeout=SLOW_MS)
    with page.expect_download() as download:
        button.click()
    assert download.value.path().read_bytes().startswith(b"%PDF")
    assert download.value.suggested_filename.endswith(".pdf")


def test_the_browsers_own_printer_parts_nothing_and_names_the_runner_on_every_sheet(page_at):
    page = page_at(1280)
    found = report(full(related_weeks(30, -1)), Units.KM, MONDAY.date() + timedelta(weeks=30, days=2), 12)
    document = html(replace(found, who='Ada "</style>'))
    page.set_content(at_many_heights(document))
    pages = pages_of(page.pdf(prefer_css_page_size=True))
    assert torn(found, document, pages) == []
    assert [sheet for sheet in pages if 'Ada"</style>,11Mayto2August2026,12finishedweeks' not in sheet] == []


PAPER = "() => getComputedStyle(document.querySelector('main')).backgroundColor"


@pytest.mark.parametrize(("scheme", "paper"), [("light", "rgb(255, 255, 255)"), ("dark", "rgb(232, 230, 224)")])
def test_the_sheet_is_calm_in_the_dark_and_white_on_paper(shared_app, page_at, scheme, paper):
    page = page_at(1280, scheme)
    visit(page, shared_app.url, "report?demo=1")
    becomes(page, lambda: page.evaluate(HEIGHTS), True)
    frame = page.locator(FRAME).element_handle().content_frame()
    assert frame.evaluate(PAPER) == paper
    page.emulate_media(media="print")
    assert frame.evaluate(PAPER) == "rgba(0, 0, 0, 0)"  # no ink where nothing is written


CUT = """() => [...document.querySelectorAll('h3, figcaption, svg')]
    .filter(one => one.getBoundingClientRect().right > innerWidth).length"""
LETTERS = """() => Math.min(...[...document.querySelectorAll('svg')].map(
    svg => 11 * svg.getBoundingClientRect().width / svg.viewBox.baseVal.width))"""


def test_on_a_phone_only_tables_go_on_to_the_side_and_a_shadow_says_so(shared_app, page_at):
    page = page_at(390)
    visit(page, shared_app.url, "report?demo=1")
    becomes(page, lambda: page.evaluate(HEIGHTS), True)
    frame = page.locator(FRAME).element_handle().content_frame()
    assert frame.evaluate(CUT) == 0
    assert frame.evaluate(LETTERS) > 9.5
    wide = frame.locator(".wide").first
    assert wide.evaluate("one => one.scrollWidth > one.clientWidth && getComputedStyle(one).overflowX") == "auto"
    assert wide.evaluate("one => getComputedStyle(one).backgroundAttachment") == "local, local, scroll, scroll"
