"""Log, the week: pain by place, distance, what was not done. Unanswered is unknown; answers can be taken back."""

import math
from datetime import date, timedelta

import pytest

from tests.pages.book import LAST_MONDAY, MONDAY, TODAY

SEND = "Save the week"
TOTAL = "Distance of the whole week (km)"
NO_RUNNING = "No running this week"
NO_TRAINING = "No strength training this week"
NO_PAIN = "No pain anywhere"
KNEE = "kneecap-left"


def week_form(shown):
    """The key under which the week's form stands in this tab."""
    return next(key for key in shown.widgets() if key.startswith("week-") and key.endswith("-none"))[: -len("-none")]


def place(shown, site, side, **answers):
    form = week_form(shown)
    shown.set(f"{form}-site", site).set(f"{form}-side", side)
    for name, answer in answers.items():
        shown.set(f"another-{name}", answer)
    return shown


def test_an_ordinary_week(app, book):
    shown = place(app("log"), "kneecap", "left", worst=4).set(TOTAL, 32.5).press(SEND)
    assert shown.errors == []
    assert shown.toast == "Week saved."
    (pain,) = book.read("pain")
    assert (pain["period"], pain["on_date"], pain["site"], pain["side"]) == ("week", "2026-03-02", "kneecap", "left")
    assert (pain["worst_running"], pain["next_morning"], pain["symptoms"]) == (4, None, None)
    (total,) = book.read("weekly total")
    assert (total["iso_week"], total["distance_m"]) == ("2026-03-02", 32_500.0)
    assert book.count("week mark") == 0


def test_nothing_starts_at_a_value(app):
    shown = app("log")
    answers = [name for name in shown.widgets() if name.endswith(("-worst", "-morning", "-total", "-symptoms"))]
    assert len(answers) == 4
    assert [shown.value(name) for name in answers] == [None] * 4


def test_nothing_filled_in_is_refused(app, book):
    shown = app("log").press(SEND)
    assert shown.errors == ["Nothing is filled in yet. Answer at least one question, then save."]
    assert book.is_empty()


def test_an_unanswered_scale_stores_nothing(app, book):
    app("log").set(TOTAL, 10.0).press(SEND)
    assert book.count("pain") == 0
    assert math.isnan(book.weeks()["pain"].iloc[-1])


def test_a_place_without_an_answer_is_asked_for(app, book):
    shown = place(app("log"), "shin", "left").set(TOTAL, 10.0).press(SEND)
    assert shown.errors == ["Nothing is answered for the shin. Enter a pain value, or leave the site out."]
    assert shown.value(TOTAL) == 10.0
    assert book.is_empty()


def test_a_scale_without_a_place_is_refused_and_kept(app, book):
    shown = app("log").set("another-worst", 3).press(SEND)
    assert "Site is missing. Fill it in." in shown.errors
    assert shown.value("another-worst") == 3
    assert book.is_empty()


def test_a_place_without_a_side_is_refused(app, book):
    shown = place(app("log"), "kneecap", None, worst=3).press(SEND)
    assert shown.errors == ["The kneecap has no side. Enter left, right or both."]
    assert book.is_empty()


def test_next_morning_and_the_four_questions(app, book):
    shown = place(app("log"), "kneecap", "left", worst=4, morning=2, participation=17)
    shown.set("another-modified_training", 8).set("another-performance", 0).set("another-symptoms", 17).press(SEND)
    assert shown.errors == []
    (pain,) = book.read("pain")
    assert pain["next_morning"] == 2
    answers = [pain[name] for name in ("participation", "modified_training", "performance", "symptoms")]
    assert answers == [17, 8, 0, 17]
    assert "Severity 42 of 100" in shown.text


def test_a_place_that_hurt_lately_is_asked_about_again(app, book):
    book.put("pain", on_date=LAST_MONDAY)
    shown = app("log").set(f"{KNEE}-worst", 1).press(SEND)
    assert shown.errors == []
    assert [(pain["on_date"], pain["worst_running"]) for pain in book.read("pain")] == [
        (LAST_MONDAY.isoformat(), 4),
        (MONDAY.isoformat(), 1),
    ]


def test_a_place_asked_about_and_left_open_stores_nothing(app, book):
    book.put("pain", on_date=LAST_MONDAY)
    app("log").set(TOTAL, 10.0).press(SEND)
    assert book.count("pain") == 1


def test_no_pain_anywhere_is_a_stated_zero(app, book):
    app("log").set(NO_PAIN, True).press(SEND)
    (pain,) = book.read("pain")
    assert (pain["site"], pain["side"], pain["worst_running"]) == ("anywhere", "both", 0)
    assert book.weeks()["pain"].iloc[-1] == 0


def test_no_pain_anywhere_can_be_taken_back(app, book):
    shown = app("log").set(NO_PAIN, True).press(SEND)
    assert shown.value(NO_PAIN) is True
    shown.set(NO_PAIN, False).press(SEND)
    assert book.count("pain") == 0


def test_no_pain_anywhere_and_pain_somewhere_contradict(app, book):
    shown = place(app("log"), "kneecap", "left", worst=4).set(NO_PAIN, True).press(SEND)
    assert shown.errors == [
        "'No pain anywhere' is ticked, and 'Left kneecap' has an answer above 0. Untick it, or clear that answer."
    ]
    assert shown.value("another-worst") == 4
    assert book.is_empty()


def test_no_pain_anywhere_and_a_sore_morning_contradict(app, book):
    shown = place(app("log"), "kneecap", "left", morning=7).set(NO_PAIN, True).press(SEND)
    assert shown.errors[0].startswith("'No pain anywhere' is ticked, and 'Left kneecap' has an answer above 0.")
    assert book.is_empty()


def test_a_place_that_is_asked_about_already_is_not_answered_twice(app, book):
    book.put("pain", next_morning=2)
    shown = place(app("log"), "kneecap", "left", worst=5).press(SEND)
    assert shown.errors == ["Left kneecap is answered twice. Keep one of the two answers."]
    assert [(pain["worst_running"], pain["next_morning"]) for pain in book.read("pain")] == [(4, 2)]


def test_a_distance_and_no_running_contradict_before_anything_is_saved(app, book):
    shown = app("log").set("total", 23.5).set("no-running", True).press(SEND)
    assert shown.errors == [
        "'No running this week' is ticked, and the distance is 23.5 km. Untick it, or clear the distance."
    ]
    assert (book.count("weekly total"), book.count("week mark")) == (0, 0)


def test_a_tab_that_changed_no_pain_takes_none_back(app, book):
    book.put("pain")
    stale, newer = app("log"), app("log")
    newer.set(f"{KNEE}-worst", 7).press(SEND)
    stale.set("rest", True).press(SEND)
    assert book.read("pain")[0]["worst_running"] == 7
    assert book.read("week mark")[0]["mark"] == "no training"


def test_a_week_that_was_not_changed_says_so(app, book):
    book.put("pain")
    shown = app("log").press(SEND)
    assert "Nothing has changed here" in shown.text
    assert shown.errors == []


def test_what_one_tab_types_is_saved_after_another_tab_saved_the_same_week(app, book):
    laptop, phone = app("log"), app("log")
    laptop.set(TOTAL, 32.5)
    place(phone, "kneecap", "left", worst=4).press(SEND)
    laptop.press(SEND)
    assert [total["distance_m"] for total in book.read("weekly total")] == [32_500.0]
    assert [pain["worst_running"] for pain in book.read("pain")] == [4]
    assert laptop.toast == "Week saved."


def test_what_two_tabs_take_back_is_taken_back_once(app, book):
    """The second tab still shows what the first one has removed, and saves the rest of its form all the same."""
    book.put("pain")
    book.put("weekly total", distance_m=0.0)
    book.put("week mark", iso_week=MONDAY)
    laptop, phone = app("log"), app("log")
    for tab in (phone, laptop.set(NO_RUNNING, True)):
        tab.set(f"{KNEE}-worst", None).set(TOTAL, None).set(NO_TRAINING, False).press(SEND)
    assert laptop.errors == []
    assert (book.count("pain"), book.count("weekly total")) == (0, 0)
    assert [mark["mark"] for mark in book.read("week mark")] == ["no running"]


def test_clearing_an_answer_takes_it_back(app, book):
    book.put("pain", next_morning=2)
    shown = app("log")
    assert shown.value(f"{KNEE}-worst") == 4
    shown.set(f"{KNEE}-worst", None).press(SEND)
    assert [(pain["worst_running"], pain["next_morning"]) for pain in book.read("pain")] == [(None, 2)]
    shown.set(f"{KNEE}-morning", None).press(SEND)
    assert book.count("pain") == 0


def test_taking_an_answer_back_can_be_undone(app, book):
    book.put("pain")
    shown = app("log").set(f"{KNEE}-worst", None).press(SEND).press("Undo")
    assert book.read("pain")[0]["worst_running"] == 4
    assert shown.value(f"{KNEE}-worst") == 4


def test_a_typed_total_replaces_the_runs_and_says_so(app, book):
    book.put("run")
    shown = app("log")
    assert "Single runs add up to 8.0 km (1). A total typed here replaces them for this week." in shown.text
    shown.set(TOTAL, 40.0).press(SEND)
    assert book.weeks()[["distance_m", "distance_from"]].iloc[-1].tolist() == [40_000.0, "typed"]


def test_a_typed_total_can_be_taken_back(app, book):
    book.put("weekly total")
    shown = app("log")
    assert shown.value(TOTAL) == 42.0
    shown.set(TOTAL, None).press(SEND)
    assert book.count("weekly total") == 0


def test_a_total_left_as_it_is_stays_to_the_metre(app, book):
    book.put("weekly total", distance_m=42_195.4)
    app("log").set(NO_TRAINING, True).press(SEND)
    assert book.read("weekly total")[0]["distance_m"] == 42_195.4


def test_a_total_in_miles(app, book):
    book.settle(units="mi")
    app("log").set("Distance of the whole week (mi)", 10.0).press(SEND)
    assert book.read("weekly total")[0]["distance_m"] == pytest.approx(16_093.44)


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        (-1.0, "The week's distance is -1 km"),
        (9999.0, "The week's distance is 9999 km"),
        (1e300, "The week's distance is"),
    ],
)
def test_an_impossible_total_is_refused_and_kept(app, book, typed, said):
    shown = app("log").set(TOTAL, typed).set("another-worst", None).press(SEND)
    (error,) = shown.errors
    assert error.startswith(said)
    assert "A week's running is from 0 to 3500 km" in error
    assert shown.value(TOTAL) == typed
    assert book.is_empty()


def test_a_stated_zero_of_running_and_of_training(app, book):
    app("log").set(NO_RUNNING, True).set(NO_TRAINING, True).press(SEND)
    week = book.weeks().iloc[-1]
    assert (week["distance_m"], week["distance_from"], week["sessions_done"]) == (0.0, "stated zero", 0.0)


def test_a_mark_can_be_taken_back(app, book):
    shown = app("log").set(NO_RUNNING, True).press(SEND)
    assert shown.value(NO_RUNNING) is True
    shown.set(NO_RUNNING, False).press(SEND)
    assert book.count("week mark") == 0


def test_no_running_although_there_are_runs_is_refused(app, book):
    book.put("run")
    shown = app("log").set(NO_RUNNING, True).press(SEND)
    (error,) = shown.errors
    assert error.startswith("The week of 2 March has runs or a weekly distance (1).")
    assert shown.value(NO_RUNNING) is True
    assert book.count("week mark") == 0


def test_no_running_together_with_a_distance_is_refused(app, book):
    shown = app("log").set(NO_RUNNING, True).set(TOTAL, 12.0).press(SEND)
    assert len(shown.errors) == 1
    assert book.is_empty()


def test_a_distance_in_a_week_marked_as_no_running_is_refused(app, book):
    book.put("week mark", iso_week=MONDAY, mark="no running")
    shown = app("log").set(TOTAL, 12.0).press(SEND)
    assert len(shown.errors) == 1
    assert book.count("weekly total") == 0


def test_no_training_although_there_are_sessions_is_refused(app, book):
    book.put("session")
    shown = app("log").set(NO_TRAINING, True).press(SEND)
    (error,) = shown.errors
    assert error.startswith("The week of 2 March has strength sessions (1).")
    assert book.count("week mark") == 0


def test_all_of_a_week_or_nothing(app, book):
    book.put("run")
    place(app("log"), "kneecap", "left", worst=4).set(NO_RUNNING, True).press(SEND)
    assert book.count("pain") == 0


def test_the_same_week_twice_is_one_week(app, book):
    first, second = app("log"), app("log")
    for shown in (first, second):
        place(shown, "kneecap", "left", worst=4).set(TOTAL, 30.0).set(NO_TRAINING, True).press(SEND)
    assert [book.count(kind) for kind in ("pain", "weekly total", "week mark")] == [1, 1, 1]


def test_what_is_typed_for_the_week_survives_saving_a_session(app, book):
    """A browser keeps what is typed in a form that is not sent as long as the same widgets are drawn again."""
    book.put("plan")
    shown = app("log")
    names = ("another-worst", f"{week_form(shown)}-site", TOTAL, NO_RUNNING)
    before = [shown.widget(name).id for name in names]
    shown.press("Done as prescribed")
    assert book.count("session") == 1
    assert [shown.widget(name).id for name in names] == before


def test_a_past_week(app, book):
    shown = app("log").set("log-day", LAST_MONDAY + timedelta(days=6)).run()
    assert "Last week (23 February to 1 March 2026)" in shown.text
    shown.set(TOTAL, 20.0).press(SEND)
    assert [total["iso_week"] for total in book.read("weekly total")] == [LAST_MONDAY.isoformat()]


@pytest.mark.parametrize(("first_day", "named"), [(6, "1 March to 7 March"), (5, "28 February to 6 March")])
def test_the_runners_own_week(app, book, first_day, named):
    book.settle(week_start=first_day)
    shown = app("log")
    assert f"This week ({named} 2026)" in shown.text
    shown.set(TOTAL, 20.0).press(SEND)
    assert shown.value(TOTAL) == 20.0
    assert book.weeks()["distance_m"].tolist() == [20_000.0]
    assert book.weeks()["week"].iloc[-1].date() in (date(2026, 3, 1), date(2026, 2, 28))


def test_todays_week_holds_today(app, book):
    book.settle(week_start=6)
    app("log").set("log-day", TODAY).run().set(NO_TRAINING, True).press(SEND)
    assert book.weeks()["sessions_done"].tolist() == [0.0]
