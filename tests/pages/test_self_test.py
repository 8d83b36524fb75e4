"""Self-test: the form for both legs, the result as control and not as strength, and the plan that follows."""

from datetime import timedelta

from tests.pages.book import LAST_MONDAY, MONDAY, TODAY

SEND = "Show my result"
SQUAT = "single-leg squat"


def leg(shown, side, task=SQUAT, **answers):
    for name, answer in answers.items():
        shown.set(f"test-{side}-{task}-{name}", answer)
    return shown


def both_legs(shown):
    leg(shown, "left", repetitions=8, knee_inside="Yes", pelvis_level="No", pain=2)
    return leg(shown, "right", repetitions=10, knee_inside="No", pelvis_level="Yes", pain=0)


def test_it_shows_how_with_a_drawing_and_says_when_to_stop(app):
    shown = app("self_test")
    assert "How to do it" in shown.text
    assert len(shown.pictures) == 2
    assert "Our convention, adapted from Silbernagel 2007" in shown.text
    assert "**Stop running and see a clinician**" in shown.text


def test_both_legs_are_kept_apart(app, book):
    shown = both_legs(app("self_test")).press(SEND)
    assert shown.errors == []
    (test,) = book.read("self-test")
    assert test["on_date"] == TODAY.isoformat()
    left, right = test["parts"]
    assert (left["side"], left["repetitions"], left["knee_inside"], left["pain"]) == ("left", 8, True, 2)
    assert (right["side"], right["repetitions"], right["knee_inside"], right["pain"]) == ("right", 10, False, 0)


def test_what_is_not_answered_stays_unknown(app, book):
    leg(app("self_test"), "left", knee_inside="No").press(SEND)
    (only,) = book.read("self-test")[0]["parts"]
    unknown = {name: only[name] for name in only if name not in ("side", "knee_inside")}
    assert set(unknown.values()) == {None}


def test_a_leg_without_its_pain_is_saved_and_says_so(app, book):
    shown = leg(app("self_test"), "left", repetitions=8, knee_inside="No")
    shown = leg(shown, "right", repetitions=8, knee_inside="No", pain=0).press(SEND)
    assert shown.toast == "Self-test saved. Pain is not entered for the left leg."
    assert "Pain during the test was not entered." in shown.text
    assert "Pain during the test 0 of 10." in shown.text
    assert book.count("self-test") == 1


def test_pain_alone_is_an_answer(app, book):
    shown = leg(app("self_test"), "left", pain=3).press(SEND)
    assert shown.errors == []
    assert book.read("self-test")[0]["parts"][0]["pain"] == 3
    assert "Pain during the test 3 of 10." in shown.text


def test_the_result_speaks_of_control_and_not_of_strength(app):
    shown = both_legs(app("self_test")).press(SEND)
    assert "The left knee moved inward; the right knee stayed over the foot." in shown.text
    assert "describes control in this test; it does not show that a muscle lacks strength" in shown.text
    assert "Your result of 4 March 2026, single-leg squat" in shown.text


def test_nothing_answered_is_refused_with_a_sentence(app, book):
    shown = app("self_test").press(SEND)
    assert shown.errors == ["No leg is answered. Answer for the left leg, the right leg, or both."]
    assert book.count("self-test") == 0


def test_a_refused_form_keeps_everything_typed(app, book):
    shown = app("self_test").set("test-day", MONDAY).set("sign-pelvis_swings", "Yes")
    leg(shown, "left", repetitions=101, knee_inside="Yes", pain=3, degrees=12.5)
    shown.press(SEND)
    assert shown.errors == ["Repetitions are 101. Repetitions in a test go from 0 to 100."]
    kept = {
        name: shown.value(f"test-left-{SQUAT}-{name}") for name in ("repetitions", "knee_inside", "pain", "degrees")
    }
    assert kept == {"repetitions": 101, "knee_inside": "Yes", "pain": 3, "degrees": 12.5}
    assert shown.value("test-day") == MONDAY
    assert shown.value("sign-pelvis_swings") == "Yes"
    assert book.is_empty()


def test_every_problem_is_said_at_once(app):
    shown = leg(app("self_test"), "left", repetitions=-1, degrees=75.0)
    shown.press(SEND)
    assert shown.errors == [
        "Repetitions are -1. Repetitions in a test go from 0 to 100.",
        "The knee angle is 75. It goes from -60 to 60 degrees.",
    ]


def test_a_past_day_is_allowed(app, book):
    both_legs(app("self_test").set("test-day", LAST_MONDAY)).press(SEND)
    assert book.read("self-test")[0]["on_date"] == LAST_MONDAY.isoformat()


def test_a_future_day_is_not_kept(app, book):
    both_legs(app("self_test").set("test-day", TODAY + timedelta(days=1))).press(SEND)
    assert [test["on_date"] for test in book.read("self-test")] in ([], [TODAY.isoformat()])


def test_the_same_form_twice_is_one_test(app, book):
    both_legs(app("self_test")).press(SEND).press(SEND)
    assert book.count("self-test") == 1


def test_the_same_form_from_two_tabs_is_one_test(app, book):
    both_legs(app("self_test")).press(SEND)
    both_legs(app("self_test")).press(SEND)
    assert book.count("self-test") == 1


def test_what_a_second_test_of_the_day_leaves_open_keeps_its_answer(app, book):
    both_legs(app("self_test").set("sign-pelvis_swings", "Yes")).press(SEND)
    again = leg(app("self_test"), "left", knee_inside="No").set("sign-x_legs", "No").press(SEND)
    assert again.toast == "Self-test saved."
    left, right = book.read("self-test")[0]["parts"]
    assert (left["repetitions"], left["knee_inside"], left["pelvis_level"], left["pain"]) == (8, False, False, 2)
    assert (right["repetitions"], right["knee_inside"], right["pain"]) == (10, False, 0)
    (signs,) = book.read("running signs")
    assert (signs["pelvis_swings"], signs["x_legs"], signs["knees_buckle"]) == (True, False, None)


def test_another_task_the_same_day_is_another_test(app, book):
    both_legs(app("self_test")).press(SEND)
    shown = app("self_test").set("test-task", "step-down").run()
    leg(shown, "left", task="step-down", knee_inside="No").press(SEND)
    assert sorted(test["task"] for test in book.read("self-test")) == ["single-leg squat", "step-down"]


def test_running_signs_are_kept_when_answered(app, book):
    shown = both_legs(app("self_test")).set("sign-pelvis_swings", "Yes").set("sign-x_legs", "No")
    shown.press(SEND)
    (signs,) = book.read("running signs")
    assert (signs["pelvis_swings"], signs["knees_buckle"], signs["x_legs"]) == (True, None, False)


def test_no_sign_answered_is_no_row(app, book):
    both_legs(app("self_test")).press(SEND)
    assert book.count("running signs") == 0


def test_the_change_since_last_time_minds_the_measurement_error(app, book):
    book.put("self-test", on_date=LAST_MONDAY, parts=[{"side": "left", "knee_inside": False, "degrees": 10.0}])
    shown = leg(app("self_test"), "left", knee_inside="No", degrees=12.0).press(SEND)
    assert "Compared with your test on 23 February" in shown.text
    assert "knee angle 12 degrees, 10 last time: no clear change" in shown.text


def test_one_click_puts_the_plan_in_force(app, book):
    shown = both_legs(app("self_test")).press(SEND).press("Start this plan")
    assert ":material/check: In force since 4 March 2026." in shown.text
    assert not shown.has("Start this plan")
    (plan,) = book.read("plan")
    assert plan["starts_on"] == TODAY.isoformat()
    assert plan["days_per_week"] == 3  # pain 0 to 2
    targets = {
        part["exercise"]: (part["block"], part["side"], part["sets"], part["repetitions"]) for part in plan["parts"]
    }
    assert targets["split-squat"] == ("main", "each", 2, 8)
    assert targets["slide-cushion-hip-bridge"] == ("main", "both", 2, 8)
    assert "Hip strength" in app("home").text


def test_the_plan_is_not_started_by_taking_the_test(app, book):
    shown = both_legs(app("self_test")).press(SEND)
    assert shown.has("Start this plan")
    assert book.count("plan") == 0


def test_a_second_plan_says_that_it_ends_the_first(app, book):
    book.put("plan")
    shown = both_legs(app("self_test")).press(SEND)
    assert "Starting it ends the plan that is in force now" in shown.text
    shown.press("Start this plan")
    assert [plan["starts_on"] for plan in book.read("plan")] == [LAST_MONDAY.isoformat(), TODAY.isoformat()]
    assert "Starting it ends" not in shown.text


def test_pain_above_five_sends_to_a_clinician_first(app):
    shown = leg(app("self_test"), "left", knee_inside="Yes", pain=7).press(SEND)
    assert "See a clinician before you start" in shown.text
    assert "Pain was 7 of 10 on the left" in shown.text
    assert "Split squat: " not in shown.text


def test_pain_reported_lately_counts_for_the_plan(app, book):
    book.put("pain", worst_running=8)
    shown = leg(app("self_test"), "left", knee_inside="No", pain=0).press(SEND)
    assert "See a clinician before you start" in shown.text


def test_an_earlier_test_is_deleted_and_brought_back(app, book):
    book.put("self-test")
    shown = app("self_test").press("Delete")
    assert book.count("self-test") == 0
    assert shown.has("Undo")
    shown.press("Undo")
    assert book.count("self-test") == 1
    assert "Your result of 2 March 2026" in shown.text


def test_no_task_at_all_is_the_usual_one(app, book):
    leg(app("self_test").set("test-task", None).run(), "left", knee_inside="Yes").press(SEND)
    assert [test["task"] for test in book.read("self-test")] == [SQUAT]


def test_two_tests_are_drawn_with_left_and_right(app, book):
    book.put("self-test", on_date=LAST_MONDAY)
    book.put("self-test", on_date=MONDAY)
    shown = app("self_test")
    assert "Your tests over time: single-leg squat" in shown.text
    assert "eft" in shown.charts[0].alt
    shown.set("test-measure", None).run()
    assert shown.charts


def test_a_leg_tested_later_joins_the_first(app, book):
    leg(app("self_test"), "left", repetitions=8, knee_inside="No").press(SEND)
    leg(app("self_test"), "right", repetitions=9, knee_inside="Yes").press(SEND)
    (test,) = book.read("self-test")
    assert {part["side"]: part["repetitions"] for part in test["parts"]} == {"left": 8, "right": 9}


def test_running_signs_alone_are_kept_and_shown(app, book):
    app("self_test").set("sign-x_legs", "Yes").press(SEND)
    assert book.read("running signs")[0]["x_legs"] is True
    shown = both_legs(app("self_test")).press(SEND)
    assert "My legs form an X: yes" in shown.text


def test_a_new_plan_leaves_todays_session_to_the_plan_it_was_done_by(app, book):
    book.put("plan", starts_on=LAST_MONDAY)
    book.put("session", on_date=TODAY)
    both_legs(app("self_test")).press(SEND).press("Start this plan")
    assert [plan["starts_on"] for plan in book.read("plan")][-1] == (TODAY + timedelta(days=1)).isoformat()
