"""Every page, light and dark, wide and narrow, with a full and an empty diary: `python -m tests.browser.screenshots`.

All go to build/screenshots/ to be looked at; the one that the README shows goes to docs/screenshots/home.png.
"""

import sys
import tempfile
from itertools import product
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

from tests.app_server import ROOT, AppServer
from tests.browser import chromium
from tests.browser.app_page import DRAWN, PAGES, SLOW_MS, settle, visit

ALL = ROOT / "build" / "screenshots"
README = ROOT / "docs" / "screenshots" / "home.png"
README_SIZE = {"width": 1280, "height": 1210}  # down to the buttons below the chart

DIARIES = {"demo": "?demo=1", "empty": ""}
SCHEMES = ("light", "dark")
WIDTHS = {1280: 900, 390: 844}
# A tab's panel is drawn when it is chosen: these are looked at too.
TABS = {
    "log": ["The week: pain and running", "Injury"],
    "mileage": ["Weekly totals", "Add a run", "Runs and imports"],
    "guides": ["Muscle activity"],
}
SQUAD_TABS = ("Week by week", "Side by side", "Changes", "Problems", "Injuries", "What goes with what")


def main() -> None:
    """Start the app on an empty folder and go through all pages."""
    ALL.mkdir(parents=True, exist_ok=True)
    README.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as home, AppServer(Path(home)) as server, sync_playwright() as playwright:
        browser = chromium.launch(playwright)
        # The empty diary first: opening the demo makes a second runner.
        for diary, scheme, width in product(reversed(DIARIES), SCHEMES, WIDTHS):
            everything(browser, server.url, diary, scheme, width)
        for_readme(browser, server.url)
        browser.close()
    sys.stdout.write(f"{len(list(ALL.glob('*.png')))} screenshots in {ALL.relative_to(ROOT)}, 1 in {README}\n")


def everything(browser: Browser, url: str, diary: str, scheme: str, width: int) -> None:
    """One diary in one scheme at one width: every page, and every tab of it."""
    page = browser.new_page(viewport={"width": width, "height": WIDTHS[width]}, color_scheme=scheme)
    for address in PAGES:
        visit(page, url, f"{address}{DIARIES[diary]}")
        name = f"{diary}-{address or 'home'}"
        shoot(page, f"{name}-{scheme}-{width}", width)
        for tab in TABS.get(address, []):
            page.get_by_role("tab", name=tab).click()
            settle(page)
            shoot(page, f"{name}-{tab.split()[0].lower()}-{scheme}-{width}", width)
    if diary == "demo":
        visit(page, url, f"guides{DIARIES[diary]}&guide=split-squat")
        shoot(page, f"{diary}-one-guide-{scheme}-{width}", width)
        visit(page, url, "squad?squad=demo")
        for tab in SQUAD_TABS:
            page.get_by_role("tab", name=tab, exact=True).click()
            settle(page)
            shoot(page, f"{diary}-squad-{tab.lower().replace(' ', '-')}-{scheme}-{width}", width)
    page.close()


def shoot(page: Page, name: str, width: int) -> None:
    """The whole page at once: the window is made as high as what scrolls in it."""
    stand_still(page)
    height = page.evaluate("() => document.querySelector('[data-testid=\"stMain\"]').scrollHeight")
    page.set_viewport_size({"width": width, "height": max(height, WIDTHS[width])})
    stand_still(page)
    page.screenshot(path=ALL / f"{name}.png")
    page.set_viewport_size({"width": width, "height": WIDTHS[width]})


def stand_still(page: Page) -> None:
    """Charts arrive after the script has ended, and no signal says that their last frame is drawn."""
    settle(page)
    if page.get_by_test_id("stPlotlyChart").count():
        page.locator(DRAWN).first.wait_for(timeout=SLOW_MS)
    page.wait_for_timeout(400)


def for_readme(browser: Browser, url: str) -> None:
    """Home of the simulated runner: what a visitor sees first."""
    page = browser.new_page(viewport=README_SIZE, color_scheme="light")
    visit(page, url, DIARIES["demo"])
    stand_still(page)
    page.screenshot(path=README)
    page.close()


if __name__ == "__main__":
    main()
