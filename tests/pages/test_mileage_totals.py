"""Mileage, weekly totals: typed in a table, checked past the table, and taken back by emptying a cell."""

import math

import pytest

from tests.pages.book import LAST_MONDAY, MONDAY

SAVE = "Save totals"


def totals(book):
    return {row["iso_week"]: row["distance_m"] for row in book.read("weekly total")}


def origins(shown):
    return shown.tables()[0]["origin"].tolist()


def test_totals_are_typed_and_saved(app, book):
    shown = app("mileage").edit("typed", 32.5, 28.0).press(SAVE)
    assert shown.errors == []
    assert totals(book) == {MONDAY.isoformat(): 32_500.0, LAST_MONDAY.isoformat(): 28_000.0}
    assert shown.tables()[0]["typed"].tolist()[:3] == pytest.approx([32.5, 28.0, math.nan], nan_ok=True)


def test_the_page_says_which_number_counts(app, book):
    book.put("run")
    shown = app("mileage")
    assert origins(shown)[:2] == ["Sum of single runs", "Not logged"]
    shown.edit("typed", 40.0).press(SAVE)
    table = shown.tables()[0].iloc[0]
    assert (table["typed"], table["runs"], table["counts"], table["origin"]) == (40.0, 8.0, 40.0, "Typed total")


def test_zero_is_a_stated_zero(app, book):
    app("mileage").edit("typed", 0).press(SAVE)
    assert totals(book) == {MONDAY.isoformat(): 0.0}
    assert book.weeks()["distance_m"].iloc[-1] == 0.0


def test_miles_are_converted_once(app, book):
    book.settle(units="mi")
    shown = app("mileage").edit("typed", 10).press(SAVE)
    assert totals(book)[MONDAY.isoformat()] == pytest.approx(16_093.44)
    assert shown.tables()[0]["typed"].iloc[0] == 10.0


def test_a_cell_not_touched_stays_to_the_metre(app, book):
    book.put("weekly total", distance_m=42_195.4)
    app("mileage").edit("typed", 42.2, 30.0).press(SAVE)
    assert totals(book) == {MONDAY.isoformat(): 42_195.4, LAST_MONDAY.isoformat(): 30_000.0}


def test_an_emptied_cell_takes_the_total_back(app, book):
    book.put("weekly total")
    shown = app("mileage").edit("typed", None).press(SAVE)
    assert totals(book) == {}
    shown.press("Undo")
    assert totals(book) == {MONDAY.isoformat(): 42_000.0}


def test_nothing_changed_is_refused(app, book):
    book.put("weekly total")
    shown = app("mileage").press(SAVE)
    assert shown.errors == ["Nothing is filled in yet. Answer at least one question, then save."]


@pytest.mark.parametrize("typed", [999_999, -5, 1e308, float("inf"), float("-inf")])
def test_a_number_that_cannot_be_is_refused(app, book, typed):
    shown = app("mileage").edit("typed", typed).press(SAVE)
    (error,) = shown.errors
    assert error.startswith("The week's distance is ")
    assert "A week's running is from 0 to 3500 km" in error
    assert totals(book) == {}


@pytest.mark.parametrize("typed", ["abc", "<b>12</b>", "", float("nan"), [1], {"a": 1}])
def test_what_is_no_number_is_refused(app, book, typed):
    shown = app("mileage").edit("typed", typed).press(SAVE)
    assert len(shown.errors) == 1
    assert totals(book) == {}


def test_a_refused_table_stores_nothing_and_keeps_what_was_typed(app, book):
    shown = app("mileage").edit("typed", 30.0, -5).press(SAVE)
    assert len(shown.errors) == 1
    assert totals(book) == {}
    shown.edit("typed", 30.0, 5.0).press(SAVE)
    assert totals(book) == {MONDAY.isoformat(): 30_000.0, LAST_MONDAY.isoformat(): 5_000.0}


def test_the_other_columns_cannot_be_edited(app, book):
    for column in ("runs", "counts", "week"):
        app("mileage").edit(column, 999).press(SAVE)
    assert book.is_empty()


@pytest.mark.parametrize("first_day", [0, 5, 6])
def test_a_total_belongs_to_the_runners_own_week(app, book, first_day):
    book.settle(week_start=first_day)
    shown = app("mileage").edit("typed", 12.0).press(SAVE)
    assert shown.tables()[0]["typed"].iloc[0] == 12.0
    assert book.weeks()["distance_m"].tolist() == [12_000.0]


def test_the_same_table_from_two_tabs_is_one_total(app, book):
    first, second = app("mileage"), app("mileage")
    first.edit("typed", 20.0).press(SAVE)
    second.edit("typed", 20.0).press(SAVE)
    assert totals(book) == {MONDAY.isoformat(): 20_000.0}
