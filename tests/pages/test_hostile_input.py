"""What comes from an address or a browser is only ever input: it picks what is shown, and breaks nothing."""

import pytest

from tests.pages.app import PAGES
from tests.pages.book import MONDAY, ORDINARY

NASTY = ["", "<script>alert(1)</script>", "../../etc/passwd", "0 OR 1=1", "\0", "x" * 5000, "1e999"]


@pytest.mark.parametrize("value", NASTY)
def test_no_address_breaks_a_page(app, book, value):
    book.put_everything()
    names = ("demo", "guide", "home-window", "trends-window", "report-weeks", "shown_runner", "runner", "page", "undo")
    shown = app(query={name: value for name in names if name != "demo"})
    for page in PAGES:
        assert shown.open(page).title
        assert "alert(1)" not in shown.text
    assert [kind for kind in ORDINARY if book.count(kind) != 1] == []


@pytest.mark.parametrize("value", NASTY)
def test_a_link_to_the_demo_opens_the_simulated_diary_and_nothing_else(app, book, value):
    book.put("run")
    shown = app("mileage", query={"demo": value})
    assert "Simulated data" in shown.text
    assert shown.query["demo"] == "1"
    assert book.count("run") == 1


@pytest.mark.parametrize("runner", [99, -1, 0, "abc", None, 1.5, "1 OR 1=1"])
def test_a_diary_that_is_not_there_is_ones_own(app, book, runner):
    book.put("run", local_date=MONDAY)
    shown = app("mileage", session={"shown_runner": runner})
    assert "Simulated data" not in shown.text
    assert "8.00 km" in shown.text


@pytest.mark.parametrize("undo", [99, -1, 0, "abc", 1.5])
def test_an_undo_that_is_not_there_is_said(app, book, undo):
    book.put("run")
    shown = app("mileage", session={"undo": (undo, "Session saved.", None), "undo-diary": book.scope.runner_id})
    shown.press("Undo")
    assert shown.errors == ["There is nothing to bring back."]
    assert book.count("run") == 1


def test_only_light_and_dark_are_themes(app):
    assert app("self_test", theme=None).pictures[0].url == app("self_test", theme="light").pictures[0].url
