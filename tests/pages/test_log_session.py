"""Log, the strength session: one tap for 'done as prescribed', then each side of each set to change."""

from datetime import timedelta

import pytest

from guides import drawings
from guides.catalogue import exercise
from tests.data.importers.samples import sample
from tests.pages.book import BRIDGE, LAST_MONDAY, MONDAY, RELEASE, SPLIT_SQUAT, TODAY, WHOLE_SESSION
from ui import hold_timer

AS_PRESCRIBED = "Done as prescribed"
SEND = "Save session"
TUESDAY = TODAY - timedelta(days=1)


def test_figures_are_told_to_stand_still_where_there_are_some(app, book):
    assert "Stand still" not in app("log").text
    book.put("plan")
    assert "Stand still" in app("log").text


def sets(book, at=0):
    """exercise, ordinal and side of each stored set, with its row."""
    return {(row["exercise"], row["ordinal"], row["side"]): row for row in book.read("session")[at]["parts"]}


def test_one_tap_logs_every_prescribed_set(app, book):
    book.put("plan")
    shown = app("log").press(AS_PRESCRIBED)
    assert shown.errors == []
    (session,) = book.read("session")
    assert session["on_date"] == TODAY.isoformat()
    done = sets(book)
    assert set(done) == {(part["exercise"], part["ordinal"], part["side"]) for part in WHOLE_SESSION}
    assert done[SPLIT_SQUAT, 2, "right"]["repetitions"] == 8
    assert done[RELEASE, 1, "left"]["seconds"] == 30
    assert done[BRIDGE, 1, "both"]["repetitions"] == 10


def test_one_tap_makes_up_no_effort_and_no_pain(app, book):
    book.put("plan")
    app("log").press(AS_PRESCRIBED)
    assert {row[name] for row in sets(book).values() for name in ("effort", "pain", "load_kg")} == {None}
    assert book.read("session")[0]["next_morning_pain"] is None


def test_one_tap_twice_is_one_session(app, book):
    book.put("plan")
    first, second = app("log"), app("log")
    first.press(AS_PRESCRIBED)
    second.press(AS_PRESCRIBED)
    assert book.count("session") == 1


def test_the_session_counts_as_done(app, book):
    book.put("plan")
    app("log").press(AS_PRESCRIBED)
    assert book.weeks()["sessions_done"].iloc[-1] == 1


def test_without_a_plan_there_is_nothing_to_tap(app):
    shown = app("log")
    assert not shown.has(AS_PRESCRIBED)
    assert "No plan is in force on this day" in shown.text


def test_left_and_right_may_differ(app, book):
    book.put("plan")
    shown = app("log").press(AS_PRESCRIBED)
    shown.set("split-squat-2-left", 6).set("split-squat-2-left-pain", 3).set("split-squat-2-effort", 8)
    shown.set("split-squat-2-load", 7.5).press(SEND)
    assert shown.errors == []
    done = sets(book)
    left, right = done[SPLIT_SQUAT, 2, "left"], done[SPLIT_SQUAT, 2, "right"]
    assert (left["repetitions"], left["pain"], left["effort"], left["load_kg"]) == (6, 3, 8, 7.5)
    assert (right["repetitions"], right["pain"], right["effort"], right["load_kg"]) == (8, None, 8, 7.5)
    assert book.count("session") == 1


def test_what_was_changed_is_shown_again(app, book):
    book.put("plan")
    app("log").press(AS_PRESCRIBED).set("split-squat-2-left", 6).set("split-squat-2-left-pain", 3).press(SEND)
    shown = app("log")
    assert (shown.value("split-squat-2-left"), shown.value("split-squat-2-left-pain")) == (6, 3)
    assert (shown.value("split-squat-2-right"), shown.value("split-squat-2-right-pain")) == (8, None)


def test_a_side_left_empty_was_not_done(app, book):
    book.put("plan")
    app("log").set("split-squat-2-right", None).press(SEND)
    assert (SPLIT_SQUAT, 2, "right") not in sets(book)
    assert (SPLIT_SQUAT, 2, "left") in sets(book)


def test_a_set_that_was_not_done_stays_empty_when_it_is_changed_again(app, book):
    book.put("plan")
    app("log").set("split-squat-2-right", None).press(SEND)
    shown = app("log")
    assert shown.value("split-squat-2-right") is None
    shown.press(SEND)
    assert (SPLIT_SQUAT, 2, "right") not in sets(book)


def test_pain_without_a_number_is_refused_and_kept(app, book):
    book.put("plan")
    shown = app("log").set("split-squat-1-left", None).set("split-squat-1-left-pain", 4).press(SEND)
    assert shown.errors == ["Set 1 of split squat has neither repetitions nor seconds. Enter one."]
    assert shown.value("split-squat-1-left-pain") == 4
    assert book.count("session") == 0


def test_no_set_at_all_is_refused(app, book):
    shown = app("log").press(SEND)
    assert shown.errors == ["No set has repetitions or seconds. Enter at least one, or mark the week as no training."]
    assert book.count("session") == 0


def test_pain_off_the_scale_is_refused_and_kept(app, book):
    book.put("plan")
    shown = app("log").set("split-squat-1-left-pain", 12).press(SEND)
    assert shown.errors == ["Split squat: Pain is 12. The scale goes from 0 (none) to 10 (worst imaginable)."]
    assert shown.value("split-squat-1-left-pain") == 12
    assert book.count("session") == 0


def test_pain_above_five_shows_the_stop_rule(app, book):
    book.put("plan")
    shown = app("log").press(AS_PRESCRIBED)
    assert shown.errors == []
    shown.set("split-squat-1-left-pain", 6).press(SEND)
    (stop,) = shown.errors
    assert stop.startswith("Pain was 6 of 10 in Split squat.")
    assert "5" in stop


def test_pain_of_five_does_not(app, book):
    book.put("plan")
    shown = app("log").set("split-squat-1-left-pain", 5).press(SEND)
    assert shown.errors == []


def test_an_exercise_outside_the_plan(app, book):
    shown = app("log").set("extra-session-1-2026-03-04-1-0", ["clam"]).run()
    assert shown.value("clam-1-left") is None
    shown.set("clam-1-left", 12).set("clam-1-right", 10).press(SEND)
    done = sets(book)
    assert done["clam", 1, "left"]["repetitions"] == 12
    assert done["clam", 1, "right"]["repetitions"] == 10
    assert len(done) == 2
    assert app("log").value("clam-1-right") == 10


def test_holds_are_in_seconds(app, book):
    book.put("plan")
    app("log").set("release-outer-hip-1-left", 45).press(SEND)
    hold = sets(book)[RELEASE, 1, "left"]
    assert (hold["seconds"], hold["repetitions"]) == (45, None)


def test_a_second_session_of_the_day(app, book):
    book.put("plan")
    shown = app("log").press(AS_PRESCRIBED)
    shown.set("Session of the day", 2).run()
    shown.press(AS_PRESCRIBED)
    assert [session["ordinal"] for session in book.read("session")] == [1, 2]
    shown.set("Session of the day", 1).run()
    shown.set("split-squat-1-left", 5).press(SEND)
    by_ordinal = {session["ordinal"]: at for at, session in enumerate(book.read("session"))}
    assert sets(book, by_ordinal[1])[SPLIT_SQUAT, 1, "left"]["repetitions"] == 5
    assert sets(book, by_ordinal[2])[SPLIT_SQUAT, 1, "left"]["repetitions"] == 8


def test_no_choice_of_a_session_is_the_first(app, book):
    book.put("plan")
    shown = app("log").press(AS_PRESCRIBED).set("Session of the day", None).run()
    assert shown.value("split-squat-1-left") == 8


def test_a_past_day_has_its_own_plan_and_session(app, book):
    book.put("plan")
    shown = app("log").set("log-day", LAST_MONDAY).run().press(AS_PRESCRIBED)
    assert [session["on_date"] for session in book.read("session")] == [LAST_MONDAY.isoformat()]
    shown.set("log-day", LAST_MONDAY - timedelta(days=1)).run()
    assert not shown.has(AS_PRESCRIBED)


def test_the_next_morning_is_asked_the_day_after(app, book):
    book.put("session", on_date=TUESDAY)
    shown = app("log").set("Worst pain the morning after your session of Tuesday", 2).run()
    (session,) = book.read("session")
    assert session["next_morning_pain"] == 2
    assert len(session["parts"]) == 2
    assert "the morning after" not in shown.text


def test_the_morning_is_not_taken_back_by_the_form_of_that_day(app, book):
    book.put("session", on_date=TUESDAY)
    shown = app("log").set("log-day", TUESDAY).run()
    shown.set("Worst pain the morning after your session of Tuesday", 4).run().press(SEND)
    assert book.read("session")[0]["next_morning_pain"] == 4


def test_each_morning_that_is_not_answered_is_asked_for(app, book):
    for back in (1, 2):
        book.put("session", on_date=TODAY - timedelta(days=back))
    shown = app("log").set(f"morning-after-1-{TODAY - timedelta(days=1)}", 0).run()
    shown.set(f"morning-after-1-{TODAY - timedelta(days=2)}", 4).run()
    assert [row["next_morning_pain"] for row in book.read("session")] == [0, 4]


def test_the_morning_of_a_session_is_not_asked_the_same_day(app, book):
    book.put("session")
    assert "the morning after" not in app("log").text


def test_the_next_morning_can_be_entered_with_the_session(app, book):
    book.put("session", on_date=MONDAY)
    shown = app("log").set("log-day", MONDAY).run()
    key = next(key for key in shown.widgets() if key.startswith("morning-session"))
    shown.set(key, 4).press(SEND)
    assert book.read("session")[0]["next_morning_pain"] == 4


def test_a_deleted_session_comes_back_with_undo(app, book):
    book.put("session")
    before = book.read("session")
    shown = app("log").press("Delete")
    assert book.count("session") == 0
    assert "Deleted: Session of 4 March 2026." in shown.text
    shown.press("Undo")
    assert book.read("session") == before
    assert not shown.has("Undo")


def test_a_change_can_be_undone(app, book):
    book.put("plan")
    app("log").press(AS_PRESCRIBED).set("split-squat-1-left", 3).press(SEND).press("Undo")
    assert sets(book)[SPLIT_SQUAT, 1, "left"]["repetitions"] == 8


def test_each_exercise_has_its_moving_guide_beside_its_sets(app, book):
    book.put("plan")
    shown = app("log")
    for slug in (RELEASE, SPLIT_SQUAT, BRIDGE):
        assert drawings.alt(slug) in [picture.alt for picture in shown.pictures]
        assert exercise(slug).cues[0] in shown.text
    assert "Split squat**: 2 x 8 on each side" in shown.text


def test_pain_above_five_shows_the_stop_rule_before_anything_is_saved(app, book):
    book.put("plan")
    shown = app("log").set("split-squat-1-right-pain", 6).run()
    (stop,) = shown.errors
    assert stop.startswith("Pain was 6 of 10 in Split squat.")
    assert "above 5 of 10" in stop
    assert "Our convention, adapted from Silbernagel 2007" in stop
    assert book.count("session") == 0


def test_after_a_set_that_hurt_no_more_of_the_exercise_is_asked_for(app, book):
    book.put("plan")
    shown = app("log").set("split-squat-1-right-pain", 6).run()
    assert not any("split-squat-2" in key for key in shown.widgets())
    shown.press(SEND)
    assert {number for slug, number, _ in sets(book) if slug == SPLIT_SQUAT} == {1}


def test_after_a_set_that_hurt_the_rest_of_the_plan_is_not_taken_for_done(app, book):
    book.put("plan")
    shown = app("log").set("split-squat-1-right-pain", 6).run()
    assert not shown.value("slide-cushion-hip-bridge-after-a-stop")
    shown.press(SEND)
    assert {slug for slug, _, _ in sets(book)} == {SPLIT_SQUAT, RELEASE}


def test_after_a_set_that_hurt_what_was_done_all_the_same_is_one_tap_away(app, book):
    book.put("plan")
    shown = app("log").set("split-squat-1-right-pain", 6).run()
    shown.set("slide-cushion-hip-bridge-after-a-stop", True).run().press(SEND)
    assert {number for slug, number, _ in sets(book) if slug == BRIDGE} == {1, 2}


def test_what_was_typed_before_a_stop_further_up_is_kept(app, book):
    book.put("plan")
    shown = app("log").set("slide-cushion-hip-bridge-1-both", 7).run()
    shown.set("split-squat-2-left", 5).set("split-squat-1-right-pain", 6).run()
    shown.press(SEND)
    assert sets(book)[SPLIT_SQUAT, 2, "left"]["repetitions"] == 5
    assert sets(book)[BRIDGE, 1, "both"]["repetitions"] == 7


def test_sets_after_a_stop_are_not_filled_in(app, book):
    book.put("plan")
    shown = app("log").set("split-squat-1-right-pain", 6).run().set("I did more sets", True).run()
    assert shown.value("split-squat-2-left") is None
    shown.press(SEND)
    assert {number for slug, number, _ in sets(book) if slug == SPLIT_SQUAT} == {1}


def test_two_sets_that_hurt_each_stop_the_exercise(app, book):
    book.put("plan", parts=[{"exercise": SPLIT_SQUAT, "side": "each", "sets": 3, "repetitions": 8}])
    shown = app("log").set("split-squat-1-right-pain", 6).run().set("I did more sets", True).run()
    shown.set("split-squat-2-left", 5).set("split-squat-2-left-pain", 7).run()
    assert sum("Pain was" in error for error in shown.errors) == 2
    assert not any("split-squat-3" in key for key in shown.widgets())


def test_a_session_that_was_stopped_is_shown_as_it_was(app, book):
    book.put("plan")
    app("log").set("split-squat-1-left-pain", 7).run().press(SEND)
    shown = app("log")
    assert "Split squat**: 2 x 8 on each side" in shown.text
    assert shown.value("split-squat-done")
    assert not shown.value("slide-cushion-hip-bridge-done")
    assert not any("slide-cushion-hip-bridge-1" in key for key in shown.widgets())
    shown.set("I did more sets", True).run().set("split-squat-2-left", 4).press(SEND)
    assert sets(book)[SPLIT_SQUAT, 2, "left"]["repetitions"] == 4


def test_an_exercise_that_was_switched_off_stays_off_after_a_stop_elsewhere(app, book):
    book.put("plan")
    shown = app("log").set("slide-cushion-hip-bridge-1-both", 3).run().set("slide-cushion-hip-bridge-done", False).run()
    shown.set("split-squat-1-left-pain", 7).run()
    assert not shown.value("slide-cushion-hip-bridge-after-a-stop")
    shown.press(SEND)
    assert BRIDGE not in {slug for slug, _, _ in sets(book)}


def test_after_a_stop_elsewhere_only_the_typed_sets_of_an_exercise_are_taken(app, book):
    book.put("plan")
    shown = app("log").set("slide-cushion-hip-bridge-1-both", 7).run().set("split-squat-1-left-pain", 7).run()
    assert shown.value("slide-cushion-hip-bridge-2-both") is None
    shown.press(SEND)
    assert {number for slug, number, _ in sets(book) if slug == BRIDGE} == {1}


def test_sets_typed_after_a_stop_stay_when_the_pain_is_corrected(app, book):
    book.put("plan")
    shown = app("log").set("split-squat-1-left-pain", 7).run().set("I did more sets", True).run()
    shown.set("split-squat-2-left", 6).set("split-squat-2-right", 5).run()
    shown.set("split-squat-1-left-pain", 3).run().press(SEND)
    stored = sets(book)
    assert [stored[SPLIT_SQUAT, 2, side]["repetitions"] for side in ("left", "right")] == [6, 5]


def test_a_tab_in_which_nothing_is_typed_takes_up_what_was_logged_elsewhere(app, book):
    book.put("plan")
    stale = app("log")
    hard = [{"exercise": SPLIT_SQUAT, "ordinal": 1, "side": "left", "repetitions": 5, "pain": 4, "effort": 9}]
    book.put("session", parts=hard)
    stale.press(AS_PRESCRIBED)
    assert set(sets(book)) == {(SPLIT_SQUAT, 1, "left")}
    assert stale.value("split-squat-1-left") == 5


@pytest.mark.parametrize("elsewhere", ["import", "undo", "settings"])
def test_what_is_typed_outlives_what_is_saved_elsewhere(app, book, elsewhere):
    book.put("plan")
    shown = app("log").set("split-squat-1-left", 4).set("split-squat-1-left-pain", 3).run()
    if elsewhere == "import":
        shown.open("mileage").upload(("a.csv", sample("strava/made_activities_103col.csv"))).press("Add 7 runs")
    elif elsewhere == "undo":
        book.put("run")
        shown.open("mileage").press("Delete").press("Undo")
    else:
        shown.open("settings").set("Name", "Ada").press("Save settings")
    shown.open("log")
    assert (shown.value("split-squat-1-left"), shown.value("split-squat-1-left-pain")) == (4, 3)


def test_an_exercise_that_was_not_done_is_left_out_in_one_tap(app, book):
    book.put("plan")
    app("log").set("split-squat-done", False).run().press(SEND)
    assert {slug for slug, _, _ in sets(book)} == {BRIDGE, RELEASE}


def test_an_exercise_added_by_hand_is_asked_how_it_felt(app, book):
    shown = app("log").set("Exercises you did", ["clam"]).run()
    shown.set("clam-1-left", 10).set("clam-1-left-pain", 3).set("clam-1-effort", 4).press(SEND)
    stored = sets(book)["clam", 1, "left"]
    assert (stored["repetitions"], stored["pain"], stored["effort"]) == (10, 3, 4)
    assert app("log").value("clam-1-left-pain") == 3


def test_the_form_follows_a_plan_that_changes_in_between(app, book):
    book.put("plan")
    shown = app("log")
    assert shown.value("split-squat-1-left") == 8
    book.put("plan", starts_on=TODAY, parts=[{"exercise": SPLIT_SQUAT, "side": "each", "sets": 2, "repetitions": 10}])
    shown.open("plan").open("log")
    assert shown.value("split-squat-1-left") == 10


def test_what_is_ticked_against_is_not_asked_for(app, book):
    book.put("plan")
    book.put("profile", contraindications=["kneeling pain"])
    app("log").press(AS_PRESCRIBED)
    assert {slug for slug, _, _ in sets(book)} == {BRIDGE, RELEASE}


def test_sets_that_were_done_all_the_same_can_be_logged(app, book):
    book.put("plan")
    shown = app("log").set("split-squat-1-right-pain", 6).run().set("I did more sets", True).run()
    shown.set("split-squat-2-left", 5).press(SEND)
    assert sets(book)[SPLIT_SQUAT, 2, "left"]["repetitions"] == 5
    assert app("log").value("split-squat-2-left") == 5


def test_a_mistyped_pain_takes_nothing_away(app, book):
    book.put("plan")
    shown = app("log").set("split-squat-2-left", 5).set("split-squat-1-right-pain", 6).run()
    shown.set("split-squat-1-right-pain", 3).run()
    assert shown.errors == []
    assert shown.value("split-squat-2-left") == 5


def test_the_button_on_top_saves_what_stands_below(app, book):
    book.put("plan")
    shown = app("log").set("split-squat-2-left", 6).run()
    assert not shown.has(AS_PRESCRIBED)
    shown.press("Save the session with your changes")
    assert sets(book)[SPLIT_SQUAT, 2, "left"]["repetitions"] == 6
    assert len(sets(book)) == len(WHOLE_SESSION)


def test_the_load_of_the_plan_is_filled_in(app, book):
    book.put("plan", parts=[{"exercise": SPLIT_SQUAT, "side": "each", "sets": 1, "repetitions": 8, "load_kg": 7.5}])
    shown = app("log")
    assert shown.value("split-squat-1-load") == 7.5
    shown.press(AS_PRESCRIBED)
    assert {row["load_kg"] for row in sets(book).values()} == {7.5}


def test_what_is_typed_outlives_a_look_at_another_page(app, book):
    book.put("plan")
    shown = app("log").set("split-squat-2-left", 6).set("split-squat-2-effort", 9).run()
    shown.open("guides").open("log")
    assert (shown.value("split-squat-2-left"), shown.value("split-squat-2-effort")) == (6, 9)


def test_an_exercise_that_hurt_above_five_is_asked_for_no_more_that_day(app, book):
    book.put("plan")
    hurt = [{"exercise": SPLIT_SQUAT, "ordinal": 1, "side": "left", "repetitions": 4, "pain": 7}]
    book.put("session", on_date=TODAY, parts=hurt)
    shown = app("log")
    assert any("Pain was 7 of 10 in Split squat" in error and "no more today" in error for error in shown.errors)
    shown.set(f"session-ordinal-{TODAY}", 2).run().press(AS_PRESCRIBED)
    assert {exercise for exercise, _, _ in sets(book, at=1)} == {BRIDGE, RELEASE}


def test_the_next_day_it_is_asked_for_again(app, book):
    book.put("plan")
    hurt = [{"exercise": SPLIT_SQUAT, "ordinal": 1, "side": "left", "repetitions": 4, "pain": 7}]
    book.put("session", on_date=TUESDAY, parts=hurt)
    app("log").press(AS_PRESCRIBED)
    assert SPLIT_SQUAT in {exercise for exercise, _, _ in sets(book, at=1)}


@pytest.mark.parametrize(
    ("sent", "held"),
    [(30, 30), (1, 1), (3600, 3600), (29.0, 29), (0, None), (3601, None), (-1, None), (1.5, None), (True, None)]
    + [("30", None), (None, None), ([30], None), (float("inf"), None), (float("nan"), None)],
)
def test_the_timer_takes_whole_seconds_up_to_an_hour(sent, held):
    assert hold_timer.held_seconds(sent) == held
