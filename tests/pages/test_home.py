"""Home: what to do first, and then the week, the chart, what needs attention, and the latest self-test."""

from datetime import timedelta

from tests.pages.book import LAST_MONDAY, MONDAY, TODAY, WHOLE_SESSION

DEMO = "Open the simulated demo runner"


def test_with_no_data_it_says_what_to_do_first(app):
    shown = app("home")
    assert "Take the self-test" in shown.text
    assert "gives you a starting plan" in shown.text
    assert shown.charts == []
    assert "When to stop and see a clinician" in shown.text


def test_one_button_opens_the_simulated_diary(app, book):
    shown = app("home").press(DEMO)
    assert "Simulated data" in shown.text
    assert shown.charts
    assert book.is_empty()


def test_the_simulated_diary_can_be_left(app):
    shown = app("home").press(DEMO).press("Back to my own diary")
    assert "Simulated data" not in shown.text
    assert shown.has(DEMO)
    assert "demo" not in shown.query


def test_the_simulated_diary_survives_a_reload(app):
    address = app("home").press(DEMO).query
    assert "Simulated data" in app("home", query=address).text


def test_the_simulated_runner_is_made_once(app):
    app("home").press(DEMO)
    shown = app("home").press(DEMO).open("settings")
    assert sum(name.startswith("Simulated runner") for name in shown.widget("Open").options) == 1


def test_sessions_left_of_the_plan(app, book):
    book.put("plan")
    assert "none logged yet, 3 left until Sunday 8 March" in app("home").text
    book.put("session", parts=WHOLE_SESSION)
    assert "1 of 3 sessions done, 2 left until Sunday 8 March" in app("home").text


def test_a_complete_week_says_so(app, book):
    book.put("plan", days_per_week=1)
    book.put("session", parts=WHOLE_SESSION)
    assert "the week's plan is complete" in app("home").text


def test_a_begun_session_is_not_a_session_done(app, book):
    book.put("plan")
    book.put("session")
    assert "0 of 3 sessions done, 3 left" in app("home").text


def test_what_is_not_logged_is_not_zero(app, book):
    book.put("injury", onset=TODAY)
    book.put("self-test")
    shown = app("home")
    assert "No plan is in force" in shown.text
    assert "0.0 km" not in shown.text


def test_a_typed_total_is_called_that(app, book):
    book.put("run")
    assert "8.0 km" in app("home").text
    book.put("weekly total")
    assert "42.0 km (typed total)" in app("home").text


def test_a_stated_zero_is_shown(app, book):
    book.put("week mark", iso_week=MONDAY, mark="no running")
    assert "**Running:** 0.0 km" in app("home").text


def test_the_chart_has_its_finding_in_words(app, book):
    book.put_everything()
    (chart,) = app("home").charts
    assert "The chart shows 1 finished week" in chart.alt


def test_hovering_reads_as_a_sentence(app, book):
    book.put("run")
    assert "This week so far:<br>8.0 km from 1 run." in app("home").chart_words


def test_the_weeks_shown_are_chosen(app):
    shown = app("home", query={"demo": "1"})
    assert "25 finished weeks" in shown.charts[0].alt
    shown.set("home-window", "8 weeks").run()
    assert "7 finished weeks" in shown.charts[0].alt


def test_the_choice_is_taken_from_the_address(app):
    shown = app("home", query={"demo": "1", "home-window": "8 weeks"})
    assert "7 finished weeks" in shown.charts[0].alt


def test_an_unknown_choice_in_the_address_is_the_usual_one(app):
    shown = app("home", query={"demo": "1", "home-window": "<script>"})
    assert shown.value("home-window") == "6 months"


def test_no_choice_at_all_is_the_usual_one(app):
    shown = app("home", query={"demo": "1"}).set("home-window", None).run()
    assert "25 finished weeks" in shown.charts[0].alt


def test_pain_above_five_asks_to_stop(app, book):
    book.put("pain", worst_running=7)
    shown = app("home")
    assert "Pain was 7 of 10 this week (left kneecap)" in shown.text
    assert any("Pain was 7 of 10" in error for error in shown.errors)


def test_pain_that_is_none_raises_no_notice(app, book):
    book.put("pain", worst_running=0)
    shown = app("home")
    assert "0 of 10 at worst" in shown.text
    assert shown.errors == []


def test_a_much_longer_single_run_is_named_with_its_study(app, book):
    for week in range(1, 6):
        book.put("run", local_date=TODAY - timedelta(days=7 * week + 1), distance_m=8_000.0)
    book.put("run", local_date=TODAY, distance_m=16_000.0)
    shown = app("home")
    assert "100 % longer than any in the 30 days before it" in shown.text
    assert "Frandsen 2025" in shown.text


def test_the_latest_self_test_of_both_sides(app, book):
    book.put("self-test", on_date=LAST_MONDAY)
    shown = app("home")
    assert "23 February 2026, single-leg squat" in shown.text
    assert "The left knee moved inward; the right knee stayed over the foot." in shown.text


def test_the_guide_that_is_due_is_the_one_trained_longest_ago(app, book):
    book.put("plan")
    assert "#### Split squat" in app("home").text
    book.put("session")
    assert "#### Slide-cushion hip bridge" in app("home").text
