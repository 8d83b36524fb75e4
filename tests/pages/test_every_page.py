"""Every page draws without an error, whatever the diary holds and however it is looked at."""

import re
from pathlib import Path

import pytest

from tests.pages.app import PAGES, SCRIPTS
from tests.pages.book import ORDINARY

# Never said about a runner's body or findings.
BANNED = ("prove", "proves", "proven", "prevent", "prevents", "causes", "safe", "safely", "risk score")
BANNED += ("weak muscle", "weak muscles", "imbalance", "imbalances")

everywhere = pytest.mark.parametrize("page", PAGES)


@pytest.mark.parametrize("page", SCRIPTS)
def test_a_page_has_tests_of_its_own(page):
    assert list(Path(__file__).parent.glob(f"test_{page}*.py"))


def test_an_empty_diary(app):
    shown = app()
    for page in PAGES:
        assert shown.open(page).title


@pytest.mark.parametrize("kind", ORDINARY)
def test_a_diary_with_one_kind_of_entry(app, book, kind):
    book.put(kind)
    shown = app()
    for page in PAGES:
        assert shown.open(page).title


@pytest.mark.parametrize(
    ("theme", "units", "week_start"), [("light", "km", 0), ("dark", "mi", 6), ("light", "mi", 5), ("dark", "km", 5)]
)
def test_a_full_diary_in_every_setting(app, book, theme, units, week_start):
    book.settle(name="Ada", units=units, week_start=week_start, time_zone="Pacific/Auckland")
    book.put_everything()
    shown = app(theme=theme)
    for page in PAGES:
        assert shown.open(page).title


@everywhere
def test_the_simulated_diary_says_so(app, page):
    shown = app(page, query={"demo": "1"})
    assert "Simulated data" in shown.text
    assert shown.has("Back to my own diary")


def test_ones_own_diary_does_not_say_so(app, book):
    book.put_everything()
    shown = app()
    for page in PAGES:
        assert "Simulated data" not in shown.open(page).text


@pytest.mark.parametrize("whose", ["simulated", "own", "empty"])
def test_no_page_claims_more_than_is_known(app, book, whose):
    if whose == "own":
        book.put_everything()
    shown = app(query={"demo": "1"} if whose == "simulated" else {})
    for page in PAGES:
        shown.open(page)
        words = f"{shown.text}\n{shown.chart_words}"
        assert [word for word in BANNED if re.search(rf"\b{word}\b", words, re.IGNORECASE)] == []
        assert [line for line in words.splitlines() if "!" in line] == []


def test_every_picture_has_words(app, book):
    book.put_everything()
    shown = app()
    for page in PAGES:
        shown.open(page)
        assert [chart.alt for chart in shown.charts if len(chart.alt) < 20] == []
        assert [picture.alt for picture in shown.pictures if len(picture.alt) < 20] == []


def test_units_and_theme_reach_the_pages(app, book):
    book.settle(units="mi")
    book.put("weekly total", distance_m=16_093.44)
    light, dark = app("home", theme="light"), app("home", theme="dark")
    assert "10.0 mi" in light.text
    assert " km" not in light.text
    assert light.charts[0].spec != dark.charts[0].spec
    assert light.open("self_test").pictures[0].url != dark.open("self_test").pictures[0].url


@pytest.mark.parametrize("zone", ["Mars/Olympus", "", "../../etc/passwd", "Europe"])
def test_a_time_zone_that_nobody_knows_is_utc(app, book, zone):
    book.put_everything()
    shown = app(timezone=zone)
    for page in PAGES:
        assert shown.open(page).title
