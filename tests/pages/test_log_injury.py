"""Log, injury episodes: when, where, the way back, and the criteria of a running-related injury."""

from datetime import date, timedelta

from tests.pages.book import LAST_MONDAY, TODAY

SEND = "Save the episode"


def test_an_episode_with_its_criteria(app, book):
    shown = (
        app("log")
        .set("new-injury-1-0-site", "shin")
        .set("new-injury-1-0-side", "right")
        .set("new-injury-1-0-onset", LAST_MONDAY)
    )
    shown.set("new-injury-1-0-seven_days", "Yes").set("new-injury-1-0-three_sessions", "No").press(SEND)
    (episode,) = book.read("injury")
    assert (episode["site"], episode["side"], episode["onset"]) == ("shin", "right", LAST_MONDAY.isoformat())
    assert episode["returned_on"] is None
    assert (episode["seven_days"], episode["three_sessions"], episode["consulted"]) == (True, False, None)
    assert "Right shin, from 23 February 2026, not back yet" in shown.text


def episode(shown, **answers):
    """Fill in the form for a new one: a shin, since last Monday."""
    for name, answer in ({"site": "shin", "side": "right", "onset": LAST_MONDAY} | answers).items():
        shown.set(next(key for key in shown.widgets() if key.startswith("new-injury") and key.endswith(name)), answer)
    return shown


def press_new(shown):
    """The form for a new one stands below all stored ones."""
    return shown.press(SEND, at=-1)


def test_the_form_for_a_new_one_is_empty_after_it_was_saved(app, book):
    shown = press_new(episode(app("log"), consulted="Yes"))
    assert (shown.value("new-injury-1-1-site"), shown.value("new-injury-1-1-consulted")) == (None, None)


def test_a_new_episode_that_is_there_already_is_refused_and_both_are_kept(app, book):
    book.put("injury", returned_on=date(2026, 3, 1))
    before = book.read("injury")
    shown = press_new(episode(app("log"), consulted="No"))
    assert shown.errors == [
        "This episode is there already: Right shin, from 23 February 2026. Open it above and change it there."
    ]
    assert book.read("injury") == before
    assert (shown.value("new-injury-1-0-site"), shown.value("new-injury-1-0-consulted")) == ("shin", "No")


def test_the_same_new_episode_from_two_tabs_is_one(app, book):
    tabs = [episode(app("log"), consulted="No") for _ in range(2)]
    assert [press_new(tab).errors for tab in tabs] == [[], []]
    assert book.count("injury") == 1


def test_nothing_filled_in_is_refused(app, book):
    shown = app("log").press(SEND)
    assert shown.errors == ["Site is missing. Fill it in.", "Side is missing. Fill it in."]
    assert book.is_empty()


def test_the_lower_back_has_no_side(app, book):
    app("log").set("new-injury-1-0-site", "lower back").press(SEND)
    assert book.read("injury")[0]["side"] == "both"


def test_a_return_before_the_start_is_refused_and_kept(app, book):
    shown = app("log").set("new-injury-1-0-site", "shin").set("new-injury-1-0-side", "left")
    shown.set("new-injury-1-0-onset", LAST_MONDAY).set("new-injury-1-0-return", LAST_MONDAY - timedelta(days=1)).press(
        SEND
    )
    (error,) = shown.errors
    assert error.startswith("The return (22 February 2026) is before the start (23 February 2026).")
    assert shown.value("new-injury-1-0-site") == "shin"
    assert book.count("injury") == 0


def test_the_return_is_added_later_and_can_be_taken_back(app, book):
    book.put("injury")
    shown = app("log").set("injury-1-return", TODAY).press(SEND)
    assert [episode["returned_on"] for episode in book.read("injury")] == [TODAY.isoformat()]
    assert "back 4 March 2026" in shown.text
    again = app("log")
    returned = next(key for key in again.widgets() if key.endswith("-return") and "new" not in key)
    assert again.value(returned) == TODAY
    again.set(returned, None).press(SEND)
    assert [episode["returned_on"] for episode in book.read("injury")] == [None]


def test_a_stored_answer_stays_when_another_is_changed(app, book):
    book.put("injury", consulted=True)
    app("log").set("injury-1-three_sessions", "Yes").press(SEND)
    (episode,) = book.read("injury")
    assert (episode["seven_days"], episode["three_sessions"], episode["consulted"]) == (True, True, True)


def test_an_episode_is_deleted_and_brought_back(app, book):
    book.put("injury")
    shown = app("log").press("really-delete-injury-1")
    assert book.count("injury") == 0
    shown.press("Undo")
    assert book.count("injury") == 1


def test_the_episode_is_on_the_time_axis(app, book):
    book.put("run", local_date=LAST_MONDAY)
    book.put("injury", returned_on=date(2026, 3, 1))
    assert "Right shin" in app("home").charts[0].alt
