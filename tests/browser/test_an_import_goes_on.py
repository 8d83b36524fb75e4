"""Fifty files at once, the tab closed in the middle: the import goes on, its report is there, and it is undone."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.app_page import SLOW_MS, overflow, settle, visit
from tests.data.importers.samples import SAMPLES

KINDS = ("fit", "gpx", "tcx", "malformed", "strava", "garmin_csv", "strength")


def fifty() -> list[dict[str, object]]:
    """Files of every kind, good and bad; tables of one run each make up the number."""
    paths = sorted(path for kind in KINDS for path in (SAMPLES / kind).iterdir() if path.stat().st_size < 500_000)
    files = [
        {"name": path.name, "mimeType": "application/octet-stream", "buffer": path.read_bytes()} for path in paths[:50]
    ]
    assert len(files) == 50
    return files


@pytest.mark.parametrize("width", [1280, 390])
def test_fifty_files_a_closed_tab_a_report_an_undo(app, page_at, width):
    page: Page = page_at(width)
    visit(page, app.url, "mileage")
    page.get_by_test_id("stFileUploaderDropzoneInput").set_input_files(fifty())
    page.get_by_role("button", name="Import 50 files").click(timeout=SLOW_MS)
    expect(page.get_by_text("You may close this page.")).to_be_visible(timeout=SLOW_MS)
    assert overflow(page) == 0
    context = page.context
    page.close()

    page = context.new_page()
    visit(page, app.url, "mileage")
    expect(page.get_by_text("You may close this page.")).to_have_count(0, timeout=3 * SLOW_MS)
    settle(page)
    page.get_by_role("tab", name="Runs and imports").click()
    stored = page.get_by_text(re.compile(r"\(\d+ runs in your diary\)"))
    expect(stored).to_be_visible(timeout=SLOW_MS)
    page.get_by_role("button", name="Report").click()
    expect(page.get_by_text(re.compile(r"\d+ added, .* to check, .*with a problem"))).to_be_visible(timeout=SLOW_MS)
    with page.expect_download() as download:
        page.get_by_role("button", name="Download the report").click()
    lines = download.value.path().read_text(encoding="utf-8-sig").splitlines()
    assert lines[0] == "File,Where,Outcome,Why"
    assert {"added", "there already", "skipped", "to check", "failed"} <= {
        cell for line in lines for cell in line.split(",")
    }
    page.keyboard.press("Escape")
    page.get_by_role("button", name="Undo this import").click()
    page.get_by_role("button", name="Take them out").click()
    expect(page.get_by_text("(nothing of it is in your diary)")).to_be_visible(timeout=SLOW_MS)
    undo = page.get_by_role("button", name="Undo", exact=True)
    assert undo.bounding_box()["x"] < width / 2  # beside its line: at the right end the toast lies over it
    assert overflow(page) == 0
