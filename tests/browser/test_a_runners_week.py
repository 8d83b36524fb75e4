"""A runner's first week in a real browser, from an empty home folder to figures that outlive the server."""

import time
from datetime import UTC, date, datetime, timedelta

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.app_page import answer, becomes, overflow, settle, tab, trace, unfold, visit
from tests.browser.steps import (
    SAMPLES,
    SAVED_AS_PRESCRIBED,
    choose_files,
    import_files,
    log_as_prescribed,
    log_week,
    said,
    start_plan,
    take_self_test,
)

EXPORT = SAMPLES / "strava" / "made_export_103col.zip"
SAME_RUN = SAMPLES / "fit" / "fitparse__activity-small-fenix2-run.fit"  # the export's run of 15 August 2015
OTHER_RUN = SAMPLES / "fit" / "fitparse__garmin-fenix-5-run.fit"

# Kilometres by week, from the distances in shared/samples/MANIFEST.md: the last week holds two runs.
IMPORTED = {
    "2013-02-04": 4.83538,
    "2015-08-10": 9.00822,
    "2017-01-16": 6.75399,
    "2017-06-05": 0.15756,
    "2024-03-25": 8.0,
    "2024-12-30": 5.0,
    "2025-02-03": 11.2505 + 5.2,
}
TYPED = "21.5"
WEEKDAYS = (0, 2, 4)  # of the plan that is proposed
RIGHT_OF_SET_1 = 1  # the second field of its name: the warm-up's clam is the first

# A tap or a field each: to the form and back, the session, site, side and level of the pain, the distance, two saves.
TAPS = 12
SECONDS = 60


def today() -> date:
    return datetime.now(UTC).date()


def monday() -> date:
    return today() - timedelta(days=today().weekday())


def prescribed() -> int:
    """The plan's days that are left of the week in which it begins."""
    return sum(day >= today().weekday() for day in WEEKDAYS)


def by_week(page: Page, name: str) -> dict[str, float]:
    """The values of a trace by the first day of their week; the marks stand in its middle."""
    middle = timedelta(days=3.5)
    return {str((datetime.fromisoformat(point["week"]) - middle).date()): point["value"] for point in trace(page, name)}


def sessions_done() -> str:
    if prescribed() == 0:
        return "your plan begins in full with the coming week"
    left = max(0, prescribed() - 1)
    return f"1 of {prescribed()} sessions done, " + (f"{left} left until" if left else "the week's plan is complete")


def read_chart(page: Page) -> None:
    """Every figure of the time chart is what was logged and imported."""
    answer(page, "Weeks shown", "All")
    settle(page)
    expect(page.get_by_role("radio", name="All")).to_be_checked()
    becomes(page, lambda: by_week(page, "summed runs"), pytest.approx(IMPORTED, rel=1e-6))
    becomes(page, lambda: by_week(page, "typed total"), {str(monday()): float(TYPED)})
    assert by_week(page, "pain right")[str(monday())] == 3
    if prescribed():
        assert by_week(page, "adherence") == pytest.approx({str(monday()): min(100, 100 / prescribed())})


def read_home(page: Page, url: str) -> None:
    visit(page, url)
    expect(page.get_by_text(f"Running: {TYPED} km (typed total).")).to_be_visible()
    expect(page.get_by_text("Pain: 3 of 10 at worst.")).to_be_visible()
    expect(page.get_by_text(sessions_done())).to_be_visible()
    expect(page.get_by_text("the right knee moved inward")).to_be_visible()
    read_chart(page)


def read_trends(page: Page, url: str) -> None:
    visit(page, url, "trends")
    read_chart(page)
    # Of all these weeks none has two values and is over: every coefficient is refused, with what it takes.
    unfold(page, "All of them as a table")
    rows = page.get_by_role("table").get_by_role("row")
    expect(rows.nth(1)).to_have_text("Hip sessions and pain in the same week0none12 more weeks needed")
    expect(rows.filter(has_text="12 more weeks needed")).to_have_count(15)


def read_log(page: Page, url: str) -> None:
    """The session as it was corrected: one side changed, the other not."""
    visit(page, url, "log")
    expect(page.get_by_role("spinbutton", name="Reps left").nth(RIGHT_OF_SET_1)).to_have_value("8")
    expect(page.get_by_role("spinbutton", name="Reps right").nth(RIGHT_OF_SET_1)).to_have_value("6")
    expect(page.get_by_role("spinbutton", name="Pain right").first).to_have_value("2")
    expect(page.get_by_role("spinbutton", name="Pain left").first).to_have_value("")
    week = tab(page, "The week: pain and running")
    kneecap = week.get_by_role("radiogroup", name="Right kneecap")
    expect(kneecap.get_by_role("radio", name="3", exact=True)).to_be_checked()
    expect(week.get_by_role("spinbutton", name="Distance of the whole week (km)")).to_have_value(TYPED)


def read_imports(page: Page, url: str) -> None:
    visit(page, url, "mileage")
    stored = tab(page, "Runs and imports")
    expect(stored.get_by_text("made_export_103col.zip")).to_contain_text("8 runs in your diary")


def correct_one_side(page: Page) -> None:
    page.get_by_role("spinbutton", name="Reps right").nth(RIGHT_OF_SET_1).fill("6")
    page.get_by_role("spinbutton", name="Pain right").first.fill("2")
    page.get_by_role("button", name="Save session").click()
    said(page, "Session saved.")
    settle(page)


def test_a_first_week_from_an_empty_folder_outlives_the_server(app, page_at):
    page = page_at(1280)
    visit(page, app.url)
    expect(page.get_by_role("heading", level=1)).to_have_text("Train the hip, log the week, see what goes with what")
    take_self_test(page, app.url)
    expect(page.get_by_text("The left knee stayed over the foot; the right knee moved inward.")).to_be_visible()
    start_plan(page)
    expect(page.get_by_text("In force since")).to_be_visible()
    log_as_prescribed(page, app.url)
    correct_one_side(page)
    log_week(page, app.url, TYPED)
    choose_files(page, app.url, EXPORT, SAME_RUN, OTHER_RUN)
    found = "8 runs to add, 1 there already, 4 not counted, 0 to check, 0 with a problem."
    expect(page.get_by_text(found)).to_be_visible()
    import_files(page, app.url, EXPORT, SAME_RUN, OTHER_RUN)

    readings = (read_home, read_trends, read_log, read_imports)
    for read in readings:
        read(page, app.url)
    app.restart()
    for read in readings:
        read(page, app.url)


class Thumb:
    """One hand on a phone: every tap counts, and so does every field that is typed into."""

    def __init__(self) -> None:
        self.moves = 0

    def tap(self, target: Locator) -> None:
        self.moves += 1
        target.tap()

    def type(self, target: Locator, text: str) -> None:
        self.moves += 1
        target.fill(text)


def test_an_ordinary_week_takes_a_dozen_taps_on_a_phone(app, page_at):
    page, thumb = page_at(390), Thumb()
    take_self_test(page, app.url)
    start_plan(page)
    visit(page, app.url)

    started = time.monotonic()
    thumb.tap(page.get_by_role("main").get_by_role("link", name="Log"))
    thumb.tap(page.get_by_role("button", name="Done as prescribed"))
    said(page, SAVED_AS_PRESCRIBED)
    thumb.tap(page.get_by_role("tab", name="The week: pain and running"))
    week = page.get_by_role("tabpanel", name="The week: pain and running")
    thumb.tap(week.get_by_role("combobox", name="Body site"))
    thumb.tap(page.get_by_role("option", name="Kneecap", exact=True))
    thumb.tap(week.get_by_role("radiogroup", name="Side").get_by_role("radio", name="Right", exact=True))
    pain = week.get_by_role("radiogroup", name="Worst pain while running")
    thumb.tap(pain.get_by_role("radio", name="3", exact=True))
    thumb.type(week.get_by_role("spinbutton", name="Distance of the whole week (km)"), TYPED)
    assert overflow(page) == 0
    thumb.tap(week.get_by_role("button", name="Save the week"))
    said(page, "Week saved.")
    elapsed = time.monotonic() - started

    assert thumb.moves <= TAPS
    assert elapsed < SECONDS
    visit(page, app.url)
    expect(page.get_by_text(f"Running: {TYPED} km (typed total).")).to_be_visible()
    expect(page.get_by_text("Pain: 3 of 10 at worst.")).to_be_visible()
    expect(page.get_by_text(sessions_done())).to_be_visible()
