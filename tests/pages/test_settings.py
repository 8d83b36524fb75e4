"""Settings: what is the runner's own, other diaries, where the file is, and deleting everything."""

from pathlib import Path

import pytest

from tests.pages.app import PAGES
from tests.pages.book import ORDINARY

SAVE = "Save settings"
ERASE = "Delete everything"
WORD = "Type 'delete' to delete everything"
BACK = "Bring it back"
DEMO = "Open the simulated demo runner"


def settings(book):
    runner = book.runner
    return runner.name, runner.units, runner.week_start, runner.time_zone


def test_name_units_week_and_zone_are_saved(app, book):
    shown = app("settings").set("Name", "Ada").set("Distances in", "mi").set("Your week starts on", 6)
    shown.set("Time zone", "Pacific/Auckland").press(SAVE)
    assert shown.toast == "Settings saved."
    assert settings(book) == ("Ada", "mi", 6, "Pacific/Auckland")
    again = app("settings")
    assert [again.value(name) for name in ("Name", "Distances in", "Your week starts on", "Time zone")] == [
        "Ada",
        "mi",
        6,
        "Pacific/Auckland",
    ]


def test_the_time_zone_can_be_the_browsers_again(app, book):
    book.settle(time_zone="Pacific/Auckland")
    app("settings").set("Time zone", None).press(SAVE)
    assert book.runner.time_zone is None


def test_the_time_zone_decides_which_day_it_is(app, book):
    assert app("log", timezone="Pacific/Honolulu").value("log-day").isoformat() == "2026-03-04"
    assert app("log", timezone="Pacific/Auckland").value("log-day").isoformat() == "2026-03-05"
    book.settle(time_zone="Pacific/Auckland")
    assert app("log", timezone="Pacific/Honolulu").value("log-day").isoformat() == "2026-03-05"


def test_a_name_that_cannot_be_kept_is_refused_and_stays(app, book):
    shown = app("settings").set("Name", "A\0da").set("Distances in", "mi").press(SAVE)
    assert shown.errors == ["The name holds a character that cannot be kept. Type it again."]
    assert (shown.value("Name"), shown.value("Distances in")) == ("A\0da", "mi")
    assert settings(book) == ("", "km", 0, None)


@pytest.mark.parametrize(
    "name", ["**bold**", "<b>x</b>", "[me](https://example.org)", ":material/home:", "# Ada", "$x$"]
)
def test_a_name_is_text_and_not_markup(app, book, name):
    book.settle(name=name)
    book.put_everything()
    shown = app("home")
    assert name in shown.text
    for page in PAGES:
        assert name not in shown.open(page).markup


def test_where_the_data_file_is(app, url):
    assert url.removeprefix("sqlite:///") in app("settings").text


def test_deleting_everything_asks_for_the_word(app, book):
    book.put_everything()
    shown = app("settings")
    assert not shown.is_enabled(ERASE)
    shown.set(WORD, "yes").run()
    assert not shown.is_enabled(ERASE)


def test_everything_is_deleted(app, book):
    book.settle(name="Ada", units="mi")
    book.put_everything()
    shown = app("settings").set(WORD, "Delete ").run().press(ERASE)
    assert shown.toast == "Everything is deleted."
    assert book.is_empty()
    assert settings(book) == ("", "km", 0, None)
    assert shown.open("home").has(DEMO)


def test_a_deleted_diary_can_be_brought_back(app, book):
    book.settle(name="Ada", units="mi", week_start=6)
    book.put_everything()
    before = {kind: book.read(kind) for kind in ORDINARY}
    shown = app("settings").set(WORD, "delete").run().press(ERASE)
    assert "it can be brought back" in shown.text
    shown.press(BACK)
    assert shown.toast == "Your diary is back."
    assert {kind: book.read(kind) for kind in ORDINARY} == before
    assert settings(book) == ("Ada", "mi", 6, None)
    assert not shown.has(BACK)


def test_a_second_click_finds_nothing_to_delete(app, book):
    """It would put an empty diary in the place of the one that can be brought back."""
    book.put_everything()
    shown = app("settings").set(WORD, "delete").run().press(ERASE)
    assert not shown.is_enabled(ERASE)


def test_the_settings_of_a_deleted_diary_are_not_shown_any_more(app, book):
    book.settle(name="Ada", units="mi", time_zone="Pacific/Auckland")
    shown = app("settings").set(WORD, "delete").run().press(ERASE)
    assert [shown.value(name) for name in ("Name", "Distances in", "Time zone")] == ["", "km", None]


def test_a_deleted_diary_is_held_in_its_own_tab_alone(app, book):
    book.put_everything()
    app("settings").set(WORD, "delete").run().press(ERASE)
    assert not app("settings").has(BACK)


def test_the_simulated_diary_is_opened_and_left_from_here(app):
    shown = app("settings").press(DEMO)
    assert "Simulated data" in shown.text
    assert shown.widget("Open").options == ["My diary", "Simulated runner 1"]
    shown.set("Open", 1).run()
    assert "Simulated data" not in shown.text
    assert "demo" not in shown.query


def test_deleting_the_simulated_diary_leaves_ones_own(app, book):
    book.put_everything()
    app("settings", query={"demo": "1"}).set(WORD, "delete").run().press(ERASE)
    assert [kind for kind in ORDINARY if book.count(kind) == 0] == []


def test_the_file_named_is_really_there(app, url):
    place = next(line for line in app("settings").text.splitlines() if line.endswith(".sqlite3"))
    assert Path(place).is_file()


def test_the_demo_can_be_opened_again_after_it_was_deleted(app, book):
    app("settings", query={"demo": "1"}).set(WORD, "delete").run().press(ERASE)
    shown = app("home", query={"demo": "1"})
    assert len(shown.charts) == 1
