"""Plan: what it has to fit, the proposal, steps to accept or decline, the week, and the plan changed by hand."""

from datetime import date, timedelta

import pytest
import streamlit as st

from data.plan_calendar import CalendarPlan, plan_calendar
from tests.pages.book import BRIDGE, LAST_MONDAY, MONDAY, NOW, RELEASE, SIDES, SPLIT_SQUAT, TODAY, WHOLE_SESSION

SAVE_PROFILE, SAVE_PLAN, START = "Save this about me", "Save as my plan", "Start this plan"
NONE = "None of these"
YESTERDAY = TODAY - timedelta(days=1)
TOMORROW = TODAY + timedelta(days=1)
RANGE = [
    {"exercise": SPLIT_SQUAT, "side": "each", "sets": 2, "repetitions": 8, "high": 12},
    {"exercise": BRIDGE, "side": "both", "sets": 2, "repetitions": 8, "high": 12},
]
DAYS = {"days_per_week": 3, "weekdays": (0, 2, 4)}


def plan(book, **changes):
    book.put("plan", **{"parts": RANGE, **DAYS, **changes})


def train(book, day, pain=1, amount=12, exercise=SPLIT_SQUAT, number=1, **changes):
    sides = SIDES if exercise == SPLIT_SQUAT else ("both",)
    common = {"exercise": exercise, "repetitions": amount, "effort": 6, "pain": pain} | changes
    parts = [common | {"ordinal": ordinal, "side": side} for ordinal in (1, 2) for side in sides]
    book.put("session", on_date=day, ordinal=number, next_morning_pain=pain, parts=parts)


def two_good_sessions(book, **changes):
    plan(book)
    for back in (5, 2):
        train(book, TODAY - timedelta(days=back), **changes)


def tick(shown, *conditions):
    for condition in conditions:
        shown.set(f"ticked-{condition}", True)
    return shown


def parts(book, at=-1):
    return {part["exercise"]: part for part in book.read("plan")[at]["parts"]}


# What it has to fit


def test_what_the_runner_says_of_themselves_is_kept(app, book):
    shown = app("plan").set("equipment", ["kettlebell", "mat"]).set("experience", "regular")
    tick(shown, "kneeling pain").press(SAVE_PROFILE)
    (profile,) = book.read("profile")
    assert (profile["equipment"], profile["contraindications"]) == (["kettlebell", "mat"], ["kneeling pain"])
    assert profile["experience"] == "regular"
    assert shown.value("ticked-kneeling pain") is True
    assert "You ticked 'Pain when kneeling', so this is left out: Split squat" in shown.text


def test_what_is_left_open_stays_not_asked(app, book):
    shown = app("plan").set("experience", "new").press(SAVE_PROFILE)
    (profile,) = book.read("profile")
    assert (profile["equipment"], profile["contraindications"]) == (None, None)
    assert "You have not said what equipment you have" in shown.text
    assert "You have not said whether anything is strained" in shown.text


def test_none_of_these_is_an_answer(app, book):
    shown = tick(app("plan").set("equipment", [NONE]), NONE).press(SAVE_PROFILE)
    (profile,) = book.read("profile")
    assert (profile["equipment"], profile["contraindications"], profile["experience"]) == ([], [], None)
    assert (shown.value("equipment"), shown.value(f"ticked-{NONE}")) == ([NONE], True)
    assert "You have not said what equipment you have" not in shown.text


def test_none_beside_something_is_refused_and_stays_as_it_was_chosen(app, book):
    shown = tick(app("plan").set("equipment", ["mat", NONE]), NONE, "toe pain").press(SAVE_PROFILE)
    assert shown.errors == [
        "Under equipment you chose 'None of these' and something else. Take one of the two away.",
        "Under what hurts or is healing you chose 'None of these' and something else. Take one of the two away.",
    ]
    assert shown.value("equipment") == ["mat", NONE]
    assert shown.value("ticked-toe pain") is True
    assert book.count("profile") == 0


def test_none_from_before_gives_way_to_what_is_chosen_now(app, book):
    book.put("profile", equipment=[], contraindications=[])
    shown = tick(app("plan").set("equipment", [NONE, "band"]), "toe pain").press(SAVE_PROFILE)
    assert shown.errors == []
    profile = book.read("profile")[-1]
    assert (profile["equipment"], profile["contraindications"]) == (["band"], ["toe pain"])
    assert shown.value(f"ticked-{NONE}") is False


def test_none_now_beside_what_was_chosen_before_is_refused(app, book):
    book.put("profile", equipment=["band"], contraindications=["toe pain"])
    shown = tick(app("plan"), NONE).press(SAVE_PROFILE)
    assert "Take one of the two away." in shown.errors[0]
    assert book.read("profile")[-1]["contraindications"] == ["toe pain"]


def test_nothing_answered_is_not_saved(app, book):
    assert app("plan").press(SAVE_PROFILE).errors == [
        "Nothing is answered yet. Answer at least one question, then save."
    ]
    assert book.count("profile") == 0


def test_no_reason_says_twice_whose_rule_it_is(app):
    assert "our convention. our convention" not in app("plan").text.lower()
    assert "our convention. our convention" not in app("self_test").text.lower()


def test_the_proposal_is_started_with_one_click(app, book):
    book.put("self-test")
    shown = tick(app("plan"), "kneeling pain").press(SAVE_PROFILE).press(START)
    assert SPLIT_SQUAT not in parts(book)
    assert parts(book)[BRIDGE]["high"] == 12
    assert book.read("plan")[0]["weekdays"] == [0, 2, 4]
    assert "In force since 4 March 2026" in shown.text
    assert not shown.has(START)


def test_when_nothing_fits_there_is_no_plan_to_start(app):
    ticked = ["outer hip pain", "kneecap pain flare", "hamstring strain"]
    shown = tick(app("plan"), *ticked).press(SAVE_PROFILE)
    assert "No plan of ours fits you now" in shown.text
    assert "leave no main exercise of ours" in shown.text
    assert not shown.has(START)


def test_what_is_ticked_later_leaves_the_plan_in_the_same_save(app, book):
    plan(book)
    shown = tick(app("plan"), "toe pain").press(SAVE_PROFILE)
    assert "Left out of your plan: Split squat" in shown.toast
    assert set(parts(book)) == {BRIDGE}
    assert set(parts(book, 0)) == {SPLIT_SQUAT, BRIDGE}


def test_a_plan_that_loses_its_last_main_exercise_ends(app, book):
    clam = {"exercise": "clam", "block": "warm-up", "side": "each", "sets": 1, "repetitions": 10}
    plan(book, parts=[clam, RANGE[0]])
    tick(app("plan"), "toe pain").press(SAVE_PROFILE)
    assert book.read("plan")[-1]["ends_on"] == YESTERDAY.isoformat()


def test_a_plan_ends_whatever_is_ticked_against_the_one_before(app, book):
    plan(book)
    shown = tick(app("plan"), "toe pain").press(SAVE_PROFILE).press("End it today")
    assert shown.errors == []
    (stored,) = book.read("plan")
    assert stored["ends_on"] == YESTERDAY.isoformat()
    assert {part["exercise"] for part in stored["parts"]} == {SPLIT_SQUAT, BRIDGE}


def test_the_editor_takes_no_exercise_that_is_ticked_against(app, book):
    plan(book)
    editor = app("plan")
    book.put("profile", contraindications=["toe pain"])  # on the phone, while the editor is open here
    editor.press(SAVE_PLAN)
    assert len(editor.errors) == 1
    assert "speaks against Split squat. Take the exercise out" in editor.errors[0]
    assert book.count("plan") == 1


@pytest.mark.parametrize("pain", [{"pain": 7}, {"next_morning_pain": 7}])
def test_pain_in_training_is_heeded_by_the_proposal(app, book, pain):
    parts = [{"exercise": BRIDGE, "ordinal": 1, "side": "both", "repetitions": 8, "pain": pain.get("pain")}]
    book.put("session", on_date=YESTERDAY, parts=parts, next_morning_pain=pain.get("next_morning_pain"))
    assert "Your pain is above 5 of 10" in app("plan").text


def test_a_plan_that_differs_in_its_days_is_not_the_one_proposed(app, book):
    shown = app("plan").press(START)
    assert "In force since 4 March 2026" in shown.text
    shown.set("days", [1, 3, 5]).press(SAVE_PLAN)
    assert "In force since" not in shown.text
    assert shown.has(START)


def test_the_form_of_an_exercise_is_chosen_in_the_editor(app, book):
    plan(book)
    book.put("profile", equipment=["step"], contraindications=[])
    app("plan").set(f"main: {SPLIT_SQUAT}-stage", "more range").press(SAVE_PLAN)
    assert parts(book)[SPLIT_SQUAT]["stage"] == "more range"
    assert parts(book)[BRIDGE]["stage"] == "usual"


def test_a_form_that_is_ticked_against_goes_back_to_the_usual_one(app, book):
    plan(book, parts=[RANGE[0] | {"stage": "more range"}, RANGE[1]])
    book.put("profile", equipment=["step"], contraindications=[])
    shown = tick(app("plan"), "poor balance").press(SAVE_PROFILE)
    assert "Back in its usual form: Split squat" in shown.toast
    assert parts(book)[SPLIT_SQUAT]["stage"] == "usual"


def test_an_activation_can_become_a_main_exercise(app, book):
    plan(book)
    shown = app("plan")
    shown.set("main", [*shown.value("main"), "main: clam"]).run().press(SAVE_PLAN)
    assert shown.errors == []
    assert parts(book)["clam"]["block"] == "main"


def test_a_plan_without_a_day_or_a_main_exercise_is_refused(app, book):
    shown = app("plan").set("warm-up", ["warm-up: clam"]).set("days", [0]).run().press(SAVE_PLAN)
    assert shown.errors == ["The plan has only a warm-up. Choose at least one main exercise."]
    shown = app("plan").set("main", ["main: clam"]).run().press(SAVE_PLAN)
    assert shown.errors == ["No training day is chosen. Choose at least one."]
    assert book.count("plan") == 0


# Steps


def test_an_accepted_step_is_recorded_and_becomes_the_plan(app, book):
    two_good_sessions(book)
    book.put("profile", equipment=["kettlebell"], contraindications=[])
    shown = app("plan")
    assert "Next: hold 4 kg" in shown.text
    shown.press("Accept")
    (offer,) = book.read("offer")
    assert (offer["exercise"], offer["step"], offer["answer"]) == (SPLIT_SQUAT, "more load", "accepted")
    assert offer["answered_on"] == TODAY.isoformat()
    assert offer["on_date"] == (TODAY - timedelta(days=2)).isoformat(), "the last day of training it rests on"
    assert [stored["starts_on"] for stored in book.read("plan")] == [LAST_MONDAY.isoformat(), TODAY.isoformat()]
    assert parts(book)[SPLIT_SQUAT]["load_kg"] == 4.0
    assert parts(book)[BRIDGE]["load_kg"] is None
    assert book.read("plan")[-1]["weekdays"] == [0, 2, 4]
    assert not shown.has("Accept")


def test_two_steps_on_one_day_are_both_in_the_plan_that_begins_tomorrow(app, book):
    plan(book)
    for back in (2, 0):
        day = TODAY - timedelta(days=back)
        both = [
            {"exercise": slug, "ordinal": n, "side": side, "repetitions": 12, "effort": 6, "pain": 1}
            for slug, sides in ((SPLIT_SQUAT, SIDES), (BRIDGE, ("both",)))
            for n in (1, 2)
            for side in sides
        ]
        book.put("session", on_date=day, next_morning_pain=1, parts=both)
    book.put("profile", equipment=["kettlebell", "step", "cushion", "slide mat"], contraindications=[])
    shown = app("plan").press(f"accept-{SPLIT_SQUAT}").press(f"accept-{BRIDGE}")
    assert [offer["answer"] for offer in book.read("offer")] == ["accepted", "accepted"]
    assert [stored["starts_on"] for stored in book.read("plan")] == [LAST_MONDAY.isoformat(), TOMORROW.isoformat()]
    before, after = parts(book, 0), parts(book)
    assert all(before[slug] != after[slug] for slug in (SPLIT_SQUAT, BRIDGE))
    assert not shown.has("Accept")


def test_a_declined_step_is_recorded_and_not_offered_again(app, book):
    two_good_sessions(book)
    book.put("profile", equipment=["kettlebell"], contraindications=[])
    shown = app("plan").press("Decline")
    assert book.read("offer")[0]["answer"] == "declined"
    assert book.count("plan") == 1
    assert not shown.has("Decline")
    assert "You declined" in shown.text


def test_a_session_after_the_mornings_answer_counts_and_its_pain_steps_back(app, book):
    two_good_sessions(book)
    book.put("profile", equipment=["kettlebell"], contraindications=[])
    shown = app("plan").press("Accept")
    assert "You accepted" in shown.text
    train(book, TODAY, pain=9)
    shown = app("plan")
    assert any("Pain reached 9 of 10 on 4 March 2026" in error for error in shown.errors)
    shown.press("Accept")
    assert [offer["step"] for offer in book.read("offer")] == ["more load", "step back"]
    assert not shown.has("Accept")


def test_two_sessions_on_one_day_bring_no_step(app, book):
    plan(book)
    train(book, YESTERDAY)
    train(book, YESTERDAY, number=2)
    assert book.count("session") == 2
    assert not app("plan").has("Accept")


@pytest.mark.parametrize(("ticked", "is_offered"), [([], True), (["poor balance"], False)])
def test_what_is_ticked_speaks_against_a_step_as_well(app, book, ticked, is_offered):
    two_good_sessions(book)
    book.put("profile", equipment=[], contraindications=ticked)
    shown = app("plan")
    assert ("Do it without any support" in shown.text) is is_offered
    assert shown.has("Accept") is is_offered


def test_the_next_exercise_is_named_when_no_step_is_left(app, book):
    hinge = "romanian-deadlift"
    plan(
        book,
        parts=[{"exercise": hinge, "side": "both", "sets": 2, "repetitions": 8, "high": 12, "stage": "more range"}],
    )
    for back in (5, 2):
        train(book, TODAY - timedelta(days=back), exercise=hinge)
    shown = app("plan")
    assert "The next exercise is Single-leg deadlift" in shown.text
    shown.press("Stay with this step")
    assert (book.read("offer")[0]["step"], book.count("plan")) == ("hold", 1)


def test_without_effort_it_says_what_to_log(app, book):
    two_good_sessions(book, effort=None)
    shown = app("plan")
    assert "Log the effort of" in shown.text
    assert not shown.has("Accept")


def test_pain_of_four_holds_and_changes_no_plan(app, book):
    plan(book)
    train(book, YESTERDAY, pain=4)
    app("plan").press("Stay with this step")
    assert (book.read("offer")[0]["step"], book.count("plan")) == ("hold", 1)


def test_pain_above_five_steps_back_beside_the_stop_rule(app, book):
    plan(book)
    train(book, YESTERDAY, pain=7)
    shown = app("plan")
    assert any("Pain reached 7 of 10" in error and "Step back" in error for error in shown.errors)
    assert any("Our convention, adapted from Silbernagel 2007" in error for error in shown.errors)
    shown.press("Accept")
    assert parts(book)[SPLIT_SQUAT]["repetitions"] < 8


@pytest.mark.parametrize("warm_up", [[], [{"exercise": "clam", "block": "warm-up", "side": "each", "sets": 1}]])
def test_leaving_the_only_main_exercise_out_ends_the_plan(app, book, warm_up):
    least = {"exercise": SPLIT_SQUAT, "side": "each", "sets": 1, "repetitions": 1, "high": 1}
    plan(book, parts=[*({**part, "repetitions": 10} for part in warm_up), least])
    train(book, YESTERDAY, pain=8)
    shown = app("plan").press("Leave it out for now")
    assert book.read("plan")[0]["ends_on"] == YESTERDAY.isoformat()
    assert "You have no plan yet" in shown.text
    shown.press("Undo")
    assert book.read("plan")[0]["ends_on"] is None
    assert book.count("offer") == 0


# The week


def test_the_week_says_day_by_day_what_was_planned_and_done(app, book):
    plan(book)
    book.put("session", on_date=MONDAY, parts=[{**done, "repetitions": 10} for done in WHOLE_SESSION])
    book.put("session", on_date=YESTERDAY)
    book.put("session", on_date=TODAY)
    text = app("plan").text
    for line in (
        "Monday, 2 March: planned and done",
        "Tuesday, 3 March: done, not planned",
        "Wednesday, 4 March: planned, and done in part",
        "Friday, 6 March: planned",
        "Nothing is planned on the other days.",
    ):
        assert line in text


def test_a_day_that_is_not_logged_is_not_called_missed(app, book):
    plan(book)
    assert "Monday, 2 March: planned, not logged" in app("plan").text


def test_a_week_marked_as_none_says_so(app, book):
    plan(book)
    book.put("week mark", iso_week=MONDAY)
    assert "Monday, 2 March: planned, not done, as you marked the week" in app("plan").text


@pytest.fixture
def downloads(monkeypatch):
    """What each download button holds, by its file's name: the browser alone would fetch it."""
    held, button = {}, st.download_button

    def hold(label, data, *, file_name, **options):
        held[file_name] = data
        return button(label, data, file_name=file_name, **options)

    monkeypatch.setattr(st, "download_button", hold)
    return held


def test_the_calendar_holds_the_sessions_of_the_plan(app, book, downloads):
    plan(book)
    app("plan")
    lines = ["Split squat: 2 x 8 to 12 on each side", "Slide-cushion hip bridge: 2 x 8 to 12"]
    expected = plan_calendar(
        CalendarPlan("Hip strength", lines, (0, 2, 4), LAST_MONDAY),
        since=TODAY,
        weeks=8,
        diary=f"runner {book.scope.runner_id}",
        at=NOW,
    )
    assert downloads == {f"plumbline-{TODAY}.ics": expected}
    assert expected.count(b"BEGIN:VEVENT") == 24


def test_without_days_there_is_no_calendar_but_a_way_to_choose_them(app, book):
    book.put("plan")
    text = app("plan").text
    assert "not which. Choose them" in text
    assert "for your calendar" not in text


# By hand


def test_the_plan_changed_by_hand_is_a_new_plan_from_today(app, book):
    plan(book)
    shown = app("plan").set(f"main: {SPLIT_SQUAT}-sets", 3).set(f"main: {SPLIT_SQUAT}-high", 10)
    shown.set(f"main: {BRIDGE}-load", 6.0).press(SAVE_PLAN)
    assert shown.errors == []
    assert [stored["starts_on"] for stored in book.read("plan")] == [LAST_MONDAY.isoformat(), TODAY.isoformat()]
    squat = parts(book)[SPLIT_SQUAT]
    assert (squat["sets"], squat["repetitions"], squat["high"]) == (3, 8, 10)
    assert parts(book)[BRIDGE]["load_kg"] == 6.0
    assert "Split squat: 3 x 8 to 10 on each side" in shown.text
    assert "Plan of 23 February 2026 to 3 March 2026" in shown.text


def test_exercises_and_days_are_added_and_taken_out(app, book):
    plan(book)
    shown = (
        app("plan").set("main", [f"main: {BRIDGE}"]).set("warm-up", [f"warm-up: {RELEASE}"]).set("days", [1, 2]).run()
    )
    assert "There is no day between Tuesday and Wednesday" in shown.text
    shown.press(SAVE_PLAN)
    assert set(parts(book)) == {BRIDGE, RELEASE}
    assert parts(book)[RELEASE]["seconds"] == 30
    assert book.read("plan")[-1]["weekdays"] == [1, 2]


def test_a_plan_of_ones_own_without_a_proposal(app, book):
    app("plan").set("main", [f"main: {BRIDGE}"]).set("days", [5]).run().press(SAVE_PLAN)
    assert (set(parts(book)), book.read("plan")[0]["weekdays"]) == ({BRIDGE}, [5])


def test_what_is_ticked_cannot_be_added(app, book):
    shown = tick(app("plan"), "toe pain").press(SAVE_PROFILE)
    assert not any(option.startswith("Split squat") for option in shown.widget("main").options)


def test_a_range_upside_down_is_refused_and_what_was_typed_stays(app, book):
    plan(book)
    shown = app("plan").set(f"main: {SPLIT_SQUAT}-high", 5).press(SAVE_PLAN)
    assert shown.errors == ["The range of split squat goes from 8 to 5. Enter a top that is 8 or more."]
    assert shown.value(f"main: {SPLIT_SQUAT}-high") == 5
    assert book.count("plan") == 1


def test_a_plan_can_be_ended_and_the_end_undone(app, book):
    book.put("plan", starts_on=LAST_MONDAY)
    shown = app("plan").press("End it today")
    assert book.read("plan")[0]["ends_on"] == YESTERDAY.isoformat()
    shown.press("Undo")
    assert book.read("plan")[0]["ends_on"] is None


def test_a_plan_from_today_takes_the_place_of_one_that_begins_tomorrow(app, book):
    plan(book)
    book.put("session", on_date=TODAY)
    shown = app("plan").set(f"main: {SPLIT_SQUAT}-sets", 4).press(SAVE_PLAN)
    shown.open("log").press("really-delete-session").open("plan")
    shown.set(f"main: {SPLIT_SQUAT}-sets", 1).press(SAVE_PLAN)
    assert [stored["starts_on"] for stored in book.read("plan")] == [LAST_MONDAY.isoformat(), TODAY.isoformat()]
    assert parts(book)[SPLIT_SQUAT]["sets"] == 1


@pytest.mark.parametrize("undone", [False, True])
def test_a_plan_that_is_in_force_again_asks_for_nothing_that_is_ticked(app, book, undone):
    plan(book)
    shown = app("plan").set("main", [f"main: {BRIDGE}"]).press(SAVE_PLAN)
    book.put("profile", contraindications=["toe pain"])
    shown.run().press("really-delete-plan", at=0)
    if undone:
        shown.press("Undo")
    assert set(parts(book)) == {BRIDGE}
    app("log").press("Done as prescribed")
    assert book.weeks()["sessions_done"].iloc[-1] == 1


def test_after_todays_session_a_changed_plan_begins_tomorrow(app, book):
    plan(book)
    book.put("session", on_date=TODAY)
    shown = app("plan").set(f"main: {SPLIT_SQUAT}-sets", 3).press(SAVE_PLAN)
    assert book.read("plan")[-1]["starts_on"] == TOMORROW.isoformat()
    assert "from 5 March 2026" in shown.toast
    assert "Your plan since 23 February 2026" in shown.text
    assert "Your plan from 5 March 2026" in shown.text
    shown.press("End it today")
    assert [stored["ends_on"] for stored in book.read("plan")] == [YESTERDAY.isoformat()]


def test_a_plan_started_in_this_tab_is_the_one_in_the_editor(app, book):
    book.put("self-test")
    shown = app("plan").press(START)
    assert f"main: {SPLIT_SQUAT}" in shown.value("main")


def test_another_tab_does_not_take_what_is_being_changed(app, book):
    plan(book)
    shown = app("plan").set("days", [1, 5]).run()
    app("plan").set(f"main: {BRIDGE}-sets", 4).set("main", [f"main: {BRIDGE}"]).press(SAVE_PLAN)
    assert shown.run().value("days") == [1, 5]
    assert shown.value(f"main: {SPLIT_SQUAT}-sets") == 2


@pytest.mark.parametrize("start", [date(2026, 1, 5), TODAY])
def test_an_earlier_plan_is_deleted_and_brought_back(app, book, start):
    plan(book, starts_on=start)
    shown = app("plan").press("Delete")
    assert book.count("plan") == 0
    shown.press("Undo")
    assert book.count("plan") == 1
