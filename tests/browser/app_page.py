"""What every test in a real browser does with a page: open it, wait until it stands still, read what it draws."""

import time
from collections.abc import Callable
from typing import Any

from playwright.sync_api import Locator, Page, expect

PAGES = ("", "self-test", "plan", "log", "mileage", "trends", "report", "squad", "guides", "settings")
SLOW_MS = 30_000  # the first page of a process loads and draws for seconds on a slow machine

STILL = (
    '[data-testid="stApp"][data-test-script-state="notRunning"][data-test-connection-state="CONNECTED"]'
    ':not(:has([data-stale="true"], [data-testid="stSkeleton"]))'
)
CHART = '[data-testid="stPlotlyChart"]'
DRAWN = f"{CHART} .main-svg"
# What the browser holds to draw, not what a test computed; null until it is there.
TRACE = """name => {
    const chart = document.querySelector('[data-testid="stPlotlyChart"] .js-plotly-plot');
    const trace = chart?._fullData?.find(trace => trace.name === name);
    return trace && Array.from(trace.x, (week, at) => ({week, value: trace.y[at], says: trace.hovertext[at]}));
}"""
# An opening expander slides its content for a while, and what is clicked meanwhile slides away under the mouse.
STANDS = """details => new Promise(done => {
    let height = null, since = 0;
    const look = now => {
        const next = details.getBoundingClientRect().height;
        if (next !== height) { height = next; since = now; }
        if (details.open && now - since > 300) done(); else requestAnimationFrame(look);
    };
    requestAnimationFrame(look);
})"""
SWIPE_PX = 150
SCROLLED = "() => document.querySelector('[data-testid=\"stMain\"]').scrollTop"
OVERFLOW = """() => Math.max(...['html', '[data-testid="stMain"]'].map(name => {
    const box = document.querySelector(name);
    return box.scrollWidth - box.clientWidth;
}))"""


def settle(page: Page) -> None:
    """Until the script has run and nothing on the page is of an earlier run."""
    expect(page.locator(STILL)).to_be_attached(timeout=SLOW_MS)


def visit(page: Page, url: str, address: str = "") -> None:
    """Open one page of the app by its address, and wait for its heading."""
    page.goto(f"{url}/{address}")
    expect(page.get_by_role("heading", level=1)).to_be_visible(timeout=SLOW_MS)
    settle(page)


def trace(page: Page, name: str) -> list[dict[str, Any]]:
    """The points of one trace of the page's first chart: week, value, and the sentence of its hover."""
    return page.wait_for_function(TRACE, arg=name, timeout=SLOW_MS).json_value()


def becomes(page: Page, read: Callable[[], object], expected: object) -> None:
    """A chart is drawn anew some time after its script has run, and gives no signal."""
    deadline = time.monotonic() + SLOW_MS / 1000
    while (found := read()) != expected and time.monotonic() < deadline:
        page.wait_for_timeout(100)
    assert found == expected


def overflow(page: Page) -> int:
    """How many pixels of the page lie outside the window, so that it scrolls sideways."""
    return page.evaluate(OVERFLOW)


def assert_swipe_scrolls(page: Page, over: Locator) -> None:
    """A thumb that moves up over this moves the page."""
    over.evaluate("plot => plot.scrollIntoView({block: 'center'})")
    before = page.evaluate(SCROLLED)
    swipe_up(page, over)
    page.wait_for_function(f"before => ({SCROLLED})() > before + {SWIPE_PX} / 2", arg=before)


def swipe_up(page: Page, over: Locator) -> None:
    """A thumb moves up by SWIPE_PX; these are the touch screen's own events, so whoever takes them keeps the page."""
    box, touch = over.bounding_box(), page.context.new_cdp_session(page)
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    touch.send("Input.dispatchTouchEvent", {"type": "touchStart", "touchPoints": [{"x": x, "y": y}]})
    for moved in range(10, SWIPE_PX + 1, 10):
        touch.send("Input.dispatchTouchEvent", {"type": "touchMove", "touchPoints": [{"x": x, "y": y - moved}]})
    touch.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})


def answer(scope: Page | Locator, question: str, said: str) -> None:
    """Choose one of a row of answers."""
    group = scope.get_by_role("radiogroup", name=question)
    group.get_by_role("radio", name=said, exact=True).click()


def tab(page: Page, name: str) -> Locator:
    """Open a tab; its panel."""
    page.get_by_role("tab", name=name).click()
    return page.get_by_role("tabpanel", name=name)


def unfold(page: Page, label: str) -> None:
    """Open an expander, and wait until what is in it stands where it stays."""
    expander = page.locator("details").filter(has=page.locator("summary", has_text=label)).first
    expander.locator("summary").first.click()
    expander.evaluate(STANDS)
