"""What a runner does, step by step; each ends when the app has said that it is done."""

from pathlib import Path

from playwright.sync_api import Page, expect

from tests.app_server import ROOT
from tests.browser.app_page import SLOW_MS, answer, settle, tab, visit

SAMPLES = ROOT.parent / "shared" / "samples"
SAVED_AS_PRESCRIBED = "Session saved as prescribed"


def said(page: Page, words: str) -> None:
    """Wait for the line that confirms what was done."""
    expect(page.get_by_test_id("stToast").filter(has_text=words)).to_be_visible(timeout=SLOW_MS)


def take_self_test(page: Page, url: str) -> None:
    """The right knee goes inside the big toe; everything else is steady and without pain."""
    visit(page, url, "self-test")
    for leg, inside in enumerate(("No", "Yes")):
        page.get_by_role("spinbutton", name="Repetitions").nth(leg).fill("5")
        answers = {
            "Does the knee go inside the big toe?": inside,
            "Does the pelvis stay level?": "Yes",
            "Does the trunk stay upright?": "Yes",
            "Are you steady?": "Yes",
            "Pain during the test": "0",
        }
        for question, reply in answers.items():
            group = page.get_by_role("radiogroup", name=question).nth(leg)
            group.get_by_role("radio", name=reply, exact=True).click()
    page.get_by_role("button", name="Show my result").click()
    said(page, "Self-test saved.")
    settle(page)


def start_plan(page: Page) -> None:
    page.get_by_role("button", name="Start this plan").click()
    said(page, "Your plan is in force.")
    settle(page)


def log_as_prescribed(page: Page, url: str) -> None:
    visit(page, url, "log")
    page.get_by_role("button", name="Done as prescribed").click()
    said(page, SAVED_AS_PRESCRIBED)
    settle(page)


def log_week(page: Page, url: str, kilometres: str, pain: str = "3") -> None:
    """Pain in the right kneecap, and a typed distance."""
    visit(page, url, "log")
    week = tab(page, "The week: pain and running")
    week.get_by_role("combobox", name="Body site").click()
    page.get_by_role("option", name="Kneecap", exact=True).click()
    answer(week, "Side", "Right")
    answer(week, "Worst pain while running", pain)
    week.get_by_role("spinbutton", name="Distance of the whole week (km)").fill(kilometres)
    week.get_by_role("button", name="Save the week").click()
    said(page, "Week saved.")
    settle(page)


def choose_files(page: Page, url: str, *files: Path) -> None:
    """Until the preview is there; nothing is stored yet."""
    visit(page, url, "mileage")
    page.get_by_role("region", name="Files").locator("input[type=file]").set_input_files(files)
    expect(page.get_by_text("to add,")).to_be_visible(timeout=SLOW_MS)
    settle(page)


def import_files(page: Page, url: str, *files: Path) -> None:
    choose_files(page, url, *files)
    page.get_by_role("button", name="Add ").filter(has_text="run").click()
    expect(page.get_by_test_id("stToast").filter(has_text="added")).to_be_visible(timeout=SLOW_MS)
    settle(page)
