"""A plan from acceptance to the next step and a step back, in a real browser, with the guide where it is logged."""

import re
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.app_server import AppServer
from tests.browser.app_page import overflow, settle, unfold, visit
from tests.browser.steps import said, start_plan, take_self_test
from tests.pages.book import BRIDGE, SPLIT_SQUAT, Book

HELD_MS = 2_500  # a hold that is stopped early
ASLEEP = "() => { const now = Date.now; Date.now = () => now() + 600_000; }"  # as after ten minutes of sleep


def today() -> date:
    return datetime.now(UTC).date()


def accept(page: Page, offer: str) -> None:
    """Accept the offer with these words: the innermost frame with both them and the button."""
    frames = page.get_by_test_id("stVerticalBlock").filter(has=page.get_by_text(offer))
    frames.filter(has=page.get_by_role("button", name="Accept")).last.get_by_role("button", name="Accept").click()
    said(page, "Your answer is saved.")
    settle(page)


def field(page: Page, exercise: str, name: str, number: int = 1) -> Locator:
    """One field of a set, by the number of the set, in the innermost frame with both the exercise's name and fields."""
    frames = page.get_by_test_id("stLayoutWrapper").filter(has=page.get_by_text(re.compile(f"^{exercise}")))
    card = frames.filter(has=page.get_by_role("spinbutton")).last
    return card.get_by_role("spinbutton", name=name).nth(number - 1)


def type_in(box: Locator, number: int) -> None:
    """Type into a field and leave it, so that the page hears of it."""
    box.fill(str(number))
    box.press("Enter")


def open_a_hold(page: Page, url: str, book: Book) -> Locator:
    """The log with its warm-up unfolded, for a runner with a roller: how long the first hold was on the left."""
    book.put("profile", on_date=today(), equipment=["roller"])
    take_self_test(page, url)
    start_plan(page)
    visit(page, url, "log")
    unfold(page, "Warm-up, filled in as planned")
    return page.get_by_role("spinbutton", name="Seconds left").first


@pytest.fixture
def book(app: AppServer) -> Iterator[Book]:
    """The diary of the running app, past its pages."""
    [database] = app.home.rglob("plumbline.sqlite3")
    with Book(f"sqlite:///{database}", today()) as opened:
        yield opened


def at_the_top(slug: str, side: str) -> list[dict[str, object]]:
    done = {"exercise": slug, "side": side, "repetitions": 12, "effort": 6, "pain": 1}
    return [done | {"ordinal": ordinal} for ordinal in (1, 2)]


def put_two_good_sessions(book: Book) -> None:
    """A plan since two weeks, and both its exercises twice at the top of the range, easy and painless enough."""
    parts = [
        {"exercise": SPLIT_SQUAT, "side": "each", "sets": 2, "repetitions": 8, "high": 12},
        {"exercise": BRIDGE, "side": "both", "sets": 2, "repetitions": 8, "high": 12},
    ]
    days = {"days_per_week": 2, "weekdays": [1, 4]}
    book.put("plan", starts_on=today() - timedelta(days=14), parts=parts, **days)
    done = [*at_the_top(SPLIT_SQUAT, "left"), *at_the_top(SPLIT_SQUAT, "right"), *at_the_top(BRIDGE, "both")]
    for before in (6, 3):
        book.put("session", on_date=today() - timedelta(days=before), parts=done, next_morning_pain=1)
    about = {"equipment": ["kettlebell"], "contraindications": [], "experience": "some"}
    book.put("profile", on_date=today(), **about)


def test_a_plan_is_accepted_and_a_session_with_unequal_sides_logged_from_it(app, page_at, book):
    page = page_at(390)
    take_self_test(page, app.url)
    start_plan(page)
    visit(page, app.url, "log")
    expect(page.get_by_role("img", name=re.compile("^Split squat from the side"))).to_be_visible()
    left, right = (field(page, "Split squat", f"Reps {side}", 2) for side in ("left", "right"))
    expect(left).to_have_value("8")
    type_in(left, 6)
    type_in(field(page, "Split squat", "Pain left", 2), 3)
    page.get_by_role("button", name="Save the session with your changes").click()
    said(page, "Session saved.")
    settle(page)
    expect(left).to_have_value("6")
    expect(right).to_have_value("8")
    [session] = book.read("session")
    second = {
        part["side"]: part for part in session["parts"] if (part["exercise"], part["ordinal"]) == (SPLIT_SQUAT, 2)
    }
    assert (second["left"]["repetitions"], second["left"]["pain"]) == (6, 3)
    assert (second["right"]["repetitions"], second["right"]["pain"]) == (8, None)
    assert overflow(page) == 0


def test_a_timer_fills_in_what_was_held(app, page_at, book):
    page = page_at(390)
    seconds = open_a_hold(page, app.url, book)
    expect(seconds).to_have_value("30")
    page.get_by_role("button", name=re.compile("^Start the timer: .* left")).first.click()
    page.wait_for_timeout(HELD_MS)
    expect(page.get_by_text(re.compile("2[0-9] s left"))).to_be_visible()
    page.get_by_role("button", name=re.compile("^Stop the timer")).click()
    expect(seconds).to_have_value(re.compile("^[2-9]$"))
    assert overflow(page) == 0


def test_a_hold_whose_time_ended_while_the_phone_slept_is_as_long_as_planned(app, page_at, book):
    page = page_at(390)
    seconds = open_a_hold(page, app.url, book)
    type_in(seconds, 10)
    settle(page)
    page.get_by_role("button", name=re.compile("^Start the timer: .* left")).first.click()
    page.evaluate(ASLEEP)
    expect(seconds).to_have_value("30")
    assert overflow(page) == 0


def test_a_next_step_is_offered_and_after_pain_a_step_back(app, page_at, book):
    put_two_good_sessions(book)
    page = page_at(390)
    visit(page, app.url, "plan")
    accept(page, "Next: hold 4 kg, and begin again at 8 repetitions.")

    visit(page, app.url, "log")
    expect(page.get_by_text("Split squat: 2 x 8 to 12 on each side, 4 kg")).to_be_visible()
    type_in(field(page, "Slide-cushion hip bridge", "Pain"), 7)
    stop = page.get_by_role("alert").filter(has_text="Pain was 7 of 10 in Slide-cushion hip bridge.")
    expect(stop).to_contain_text("Stop the exercise")
    assert book.count("session") == 2  # said while typing: nothing is saved yet
    expect(field(page, "Slide-cushion hip bridge", "Reps", 2)).to_have_count(0)
    page.get_by_role("button", name="Save session").click()
    said(page, "Session saved.")
    settle(page)

    visit(page, app.url, "plan")
    accept(page, "Step back: 2 x 6 to 10.")
    assert [(offer["step"], offer["answer"]) for offer in book.read("offer")] == [
        ("more load", "accepted"),
        ("step back", "accepted"),
    ]
    assert overflow(page) == 0
