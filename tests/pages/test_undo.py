"""Undo: what was deleted or replaced comes back with one click, in the diary it came from."""

LOST = {"run": "mileage", "session": "log", "injury": "log", "self-test": "self_test"}


def test_whatever_can_be_deleted_comes_back_as_it_was(app, book):
    book.put_everything()
    for kind, page in LOST.items():
        before = book.read(kind)
        shown = app(page).press(f"really-delete-{kind}-1")
        assert (kind, book.count(kind)) == (kind, 0)
        shown.press("Undo")
        assert book.read(kind) == before


def test_a_delete_button_asks_first(app, book):
    book.put("run")
    shown = app("mileage")
    assert "You can undo it." in shown.text
    assert book.count("run") == 1


def test_undo_stays_when_another_page_is_opened(app, book):
    book.put("run")
    shown = app("mileage").press("really-delete-run-1").open("home")
    shown.press("Undo")
    assert book.count("run") == 1


def test_undo_is_of_the_diary_it_came_from(app, book):
    book.put("run")
    shown = app("mileage").press("really-delete-run-1").open("settings")
    shown.press("Open the simulated demo runner")
    assert not shown.has("Undo")


def test_there_is_nothing_to_undo_after_adding(app, book):
    shown = app("log").set("Distance of the whole week (km)", 10.0).press("Save the week")
    assert not shown.has("Undo")


def test_a_replaced_total_comes_back(app, book):
    book.put("weekly total")
    shown = app("log").set("Distance of the whole week (km)", 10.0).press("Save the week")
    shown.press("Undo")
    assert [total["distance_m"] for total in book.read("weekly total")] == [42_000.0]


def test_deleting_the_same_row_in_two_tabs_is_harmless(app, book):
    book.put("run")
    first, second = app("mileage"), app("mileage")
    first.press("really-delete-run-1")
    second.press("really-delete-run-1")
    assert second.errors == []
    assert book.count("run") == 0
