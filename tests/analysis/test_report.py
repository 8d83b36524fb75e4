"""The report: what it says of simulated diaries, and of diaries made by hand that hold one thing each."""

import inspect
import re
from datetime import date, timedelta

import pandas as pd
import pytest

from analysis import attention
from analysis.evidence import BANNED_WORDS
from analysis.report import TITLE, report
from analysis.report_questions import _ABOUT
from analysis.units import Units
from data import demo
from data.engine import make_engine, migrate
from data.scope import Scope
from tests.analysis.report_diaries import made, read, section, texts
from tests.analysis.weekly import MONDAY, NAN, related_weeks, weekly_frame
from tests.pages.book import NOW, TODAY

SPANS = (4, 12, 26, 52, None)
SECTIONS = [
    "What this is made of",
    "Open questions",
    "Pain",
    "Running load",
    "Hip-strength sessions",
    "The exercise plan",
    "Self-tests",
    "Injuries",
    "What goes with what",
    "Honest limits",
]


@pytest.fixture(scope="module")
def diaries(tmp_path_factory):
    """Simulated runners of three, twenty and sixty weeks."""
    engine = make_engine(f"sqlite:///{tmp_path_factory.mktemp('report') / 'demo.sqlite3'}")
    migrate(engine, NOW)
    made_up = [
        demo.fill(engine, runners=2, weeks=weeks, seed=seed, today=TODAY) for weeks, seed in ((3, 1), (20, 2), (60, 7))
    ]
    yield [read(engine, Scope(runner.id), TODAY) for pair in made_up for runner in pair]
    engine.dispose()


def after(weeks):
    """The Wednesday after so many weeks from MONDAY."""
    return MONDAY.date() + timedelta(weeks=weeks, days=2)


def of(found, weeks, last=None, units=Units.KM):
    return report(found, units, after(weeks), last)


def questions(found, weeks, last=None):
    return [one.text for one in section(of(found, weeks, last), "Open questions").questions]


@pytest.mark.parametrize("last", SPANS)
@pytest.mark.parametrize("units", list(Units))
def test_simulated_diaries_read_well(diaries, last, units):
    for diary in diaries:
        found = report(diary, units, TODAY, last)
        assert [one.title for one in found.sections] == SECTIONS
        words = texts(found)
        assert [text for text in words if re.search(r"\b(nan|None|NaT)\b|<NA>", text)] == []
        assert [word for word in BANNED_WORDS if re.search(rf"\b{word}\b", " ".join(words), re.IGNORECASE)] == []
        assert [text for text in words if not text.strip() or "!" in text or "  " in text or ".." in text] == []
        other = {Units.KM: r"\d (mi|miles)\b", Units.MI: r"\d km\b"}[units]
        assert [text for text in words if re.search(other, text)] == []


@pytest.mark.parametrize("last", SPANS)
def test_tables_have_as_many_cells_as_their_head(diaries, last):
    for diary in diaries:
        for one in report(diary, Units.KM, TODAY, last).sections:
            assert [row for table in one.tables for row in table.rows if len(row) != len(table.head)] == []


def test_the_span_is_in_finished_weeks(diaries):
    found = report(diaries[-1], Units.KM, TODAY, 12)
    assert found.title == TITLE
    assert found.span == "8 December 2025 to 1 March 2026, 12 finished weeks"
    assert len(found.course.begins) == 12
    assert len(report(diaries[-1], Units.KM, TODAY, None).course.begins) == 59


def test_the_links_are_those_of_the_whole_diary_whatever_the_span(diaries):
    short, whole = (section(report(diaries[-1], Units.KM, TODAY, last), "What goes with what") for last in (4, None))
    assert short == whole
    assert "Of all 59 finished weeks of the diary" in short.sentences[0]
    assert re.search(r"plausible range .\d\.\d\d to .\d\.\d\d", short.sentences[1])
    assert "This does not show that one brought about the other." in short.sentences


def test_too_few_weeks_for_a_link_are_counted():
    said = section(of(made(related_weeks(7, -1)), 7), "What goes with what").sentences
    assert said[1] == (
        "2 more weeks with both hip sessions and pain are needed before there is a picture, and 6 before we show a "
        "number (6 so far)."
    )


def test_a_diary_that_is_younger_than_asked_says_so():
    said = section(of(made(weekly_frame(3, pain=[1.0, 2.0, 3.0])), 3, 12), "What this is made of").sentences
    assert "The diary has 3 finished weeks of the 12 asked for." in said


@pytest.mark.parametrize("weeks", [0, 1])
def test_without_a_finished_week_there_is_a_report_all_the_same(weeks):
    found = of(made(weekly_frame(weeks)), 0)
    assert found.span == "no finished week"
    assert "No week of this diary is finished yet, so there is little to report." in found.sections[0].sentences
    assert found.course.begins == ()


def test_not_logged_is_never_a_zero():
    found = of(made(weekly_frame(4, sessions_prescribed=3)), 4)
    rows = dict(section(found, "What this is made of").tables[0].rows)
    assert set(rows.values()) == {"0 of 4", "0 of 4 with a plan"}
    assert "Weekly distance: not logged in any of these weeks." in section(found, "Running load").sentences
    assert "Sessions: prescribed in 4 weeks, logged in none." in section(found, "Hip-strength sessions").sentences
    assert section(found, "Pain").tables == ()
    assert [text for text in texts(found) if re.search(r"\b0(\.0)? (km|%|of 10|of 12)", text)] == []
    course = found.course
    for line in (course.left, course.right, course.no_side, course.distance, course.adherence):
        assert line == (None,) * 4
    assert set(course.unknown.values()) == {(1.0,) * 4}
    assert found.words == {} and all(one.pictures == () for one in found.sections)  # nothing is drawn of nothing


def test_a_stated_zero_is_a_zero():
    weeks = weekly_frame(
        2, distance_m=[0.0, 10_000.0], pain=[0.0, 1.0], sessions_done=[0.0, 3.0], sessions_prescribed=3
    )
    found = of(made(weeks), 2)
    assert found.course.distance == (0.0, 10.0)
    assert found.course.adherence == (0.0, 1.0)
    assert found.course.no_side == (0.0, 1.0)
    assert "from 0.0 km to 10.0 km" in section(found, "Running load").sentences[0]


def test_distances_are_in_the_runners_units():
    weeks = weekly_frame(1, distance_m=[16_093.44])
    runs = [{"local_date": MONDAY, "distance_m": 8_046.72, "start": pd.NaT}]
    found = of(made(weeks, runs=runs), 1, units=Units.MI)
    assert found.course.distance == (pytest.approx(10.0),)
    assert found.course.unit == "miles"
    assert section(found, "Running load").sentences[1] == "Longest run: 5.0 mi on 5 January."


def kneecap(weeks, left, right):
    """A diary whose left and right kneecap hurt so much in each week, and its weekly frame."""
    pain = [max(one, other) for one, other in zip(left, right, strict=True)]
    frame = weekly_frame(weeks, pain=pain, pain_left=left, pain_right=right)
    rows = [
        {"period": "week", "on_date": week, "site": "kneecap", "side": side, "worst_running": value}
        for side, values in (("left", left), ("right", right))
        for week, value in zip(frame["week"], values, strict=True)
        if value == value
    ]
    return frame, rows


def test_pain_by_site_and_side():
    frame, rows = kneecap(4, [1.0, 6.0, NAN, 3.0], [0.0, 0.0, NAN, NAN])
    found = section(of(made(frame, by_site={"kneecap": frame}, pain=rows), 4), "Pain")
    left, right = found.tables[0].rows
    assert left == (
        "Left kneecap",
        "3 of 4",
        "6 (week of 12 January)",
        "3",
        "3 (week of 26 January)",
        "6 more weeks needed",
    )
    assert right[:2] == ("Right kneecap", "2 of 4") and right[3] == "0"


@pytest.mark.parametrize(
    ("left", "worst"),
    [
        ([0.0, 0.0, 0.0], "0"),
        ([NAN, 4.0, 3.0], "4 (week of 12 January)"),
        ([4.0, 4.0, 3.0], "4 (2 weeks, last 12 January)"),
    ],
)
def test_the_worst_week_is_named_where_there_is_one(left, worst):
    frame, rows = kneecap(3, left, [NAN] * 3)
    found = section(of(made(frame, by_site={"kneecap": frame}, pain=rows), 3), "Pain")
    assert found.tables[0].rows[0][2] == worst


@pytest.mark.parametrize(
    ("days", "said"), [(2, "not back to running yet"), (9, "not back to running after 1 week"), (20, "after 2 weeks")]
)
def test_an_injury_of_this_week_is_not_zero_weeks_old(days, said):
    onset = pd.Timestamp(after(2)) - pd.Timedelta(days=days)
    found = made(weekly_frame(2), injuries=[{"onset": onset, "site": "shin", "side": "right"}])
    (asked,) = [one for one in questions(found, 2) if one.startswith("Right shin")]
    assert f"{said}. What" in asked


def test_one_week_is_said_as_one():
    found = of(made(weekly_frame(1, distance_m=[12_000.0])), 1)
    assert section(found, "What goes with what").sentences[0] == (
        "Of the one finished week of the diary, not of the weeks of this report alone."
    )
    assert section(found, "Running load").sentences[0] == "Weekly distance, known in 1 of 1 week: 12.0 km."
    assert found.words == {} and section(found, "Running load").pictures == ()
    later = of(made(weekly_frame(2, distance_m=[NAN, 12_000.0])), 2)
    assert later.words == {"distance": "Running: known in 1 of 2 weeks, 12.0 km a week."}
    tested = of(made(weekly_frame(1), tests=[leg("left", pain=0.0)]), 1)
    assert section(tested, "Self-tests").tables[0].name == "Single-leg squat, the latest test"


def test_levels_are_medians_of_the_first_and_last_known_weeks():
    frame, rows = kneecap(10, [9.0, 5, 5, 5, 5, 2, 2, 2, 2, 2], [NAN] * 10)
    found = section(of(made(frame, by_site={"kneecap": frame}, pain=rows), 10), "Pain")
    assert [row[0] for row in found.tables[0].rows] == ["Left kneecap"]
    assert found.tables[0].rows[0][-1] == "5, then 2"
    assert "Pain was 5 of 10 in the first 4 rated weeks shown and 2 in the last 4." in found.sentences


def test_next_mornings_and_severity():
    frame, rows = kneecap(2, [4.0, 5.0], [NAN, NAN])
    rows[0] |= {"next_morning": 3, "q1": 17, "q2": 17, "q3": 8, "q4": 8}
    rows[1] |= {"next_morning": 1, "q1": 8, "q2": 8}
    found = section(of(made(frame, by_site={"kneecap": frame}, pain=rows), 2), "Pain")
    assert found.tables[1].rows == (("Left kneecap", "3", "1", "50", "50", "1 of 2"),)


def test_pain_of_other_weeks_is_not_in_it():
    frame, rows = kneecap(8, [9.0, 1, 1, 1, 1, 1, 1, 1], [NAN] * 8)
    found = section(of(made(frame, by_site={"kneecap": frame}, pain=rows), 8, 4), "Pain")
    assert found.tables[0].rows[0][2].startswith("1 ")


def test_the_plan_in_full():
    items = [
        {"starts_on": MONDAY, "days_per_week": 2, "weekdays": (0, 3), "exercise": "clam", "block": "warm-up"}
        | {"side": "each", "sets": 1, "repetitions": 10.0, "high": NAN, "seconds": NAN, "load_kg": NAN},
        {"starts_on": MONDAY, "days_per_week": 2, "weekdays": (0, 3), "exercise": "split-squat", "block": "main"}
        | {"side": "left", "sets": 3, "repetitions": 8.0, "high": 12.0, "load_kg": 12.5, "stage": "more range"},
    ]
    found = section(of(made(weekly_frame(1), plan=items, ticked=("Pain when kneeling",)), 1), "The exercise plan")
    assert found.sentences == (
        "In force since 5 January, 2 days a week: Monday, Thursday.",
        "Ticked as speaking against exercises: Pain when kneeling.",
    )
    assert found.tables[0].rows == (
        ("Clam", "warm-up", "1 x 10", "left and right", "none named", "usual"),
        ("Split squat", "main", "3 x 8 to 12", "left only", "12.5", "more range"),
    )


def test_what_was_trained():
    sets = [
        {"on_date": MONDAY, "exercise": "split-squat", "load_kg": 8, "effort": 6, "pain": 2},
        {"on_date": MONDAY + pd.Timedelta(days=2), "exercise": "split-squat", "load_kg": 10, "effort": 8},
        {"on_date": MONDAY, "exercise": "clam"},
    ]
    found = section(of(made(weekly_frame(1), training=sets), 1), "Hip-strength sessions")
    assert found.tables[0].rows == (
        ("Clam", "1", "5 January", "none logged", "not logged", "not logged"),
        ("Split squat", "2", "7 January", "10", "7", "2"),
    )


def test_injuries_with_their_criteria():
    rows = [
        {"onset": MONDAY, "site": "shin", "side": "right", "seven_days": True, "three_sessions": False},
        {"onset": MONDAY - pd.Timedelta(days=30), "site": "lower back", "side": "both"}
        | {"returned_on": MONDAY - pd.Timedelta(days=20), "consulted": True},
    ]
    found = section(of(made(weekly_frame(1), injuries=rows), 1), "Injuries")
    assert found.tables[0].rows == (
        ("Right shin", "5 January", "not back yet", "yes", "no", "not answered"),
        ("Lower back", "6 December 2025", "16 December 2025, after 10 days", "not answered", "not answered", "yes"),
    )


def leg(side, days_ago=0, **answers):
    return {"on_date": MONDAY - pd.Timedelta(days=days_ago), "task": "single-leg squat", "side": side} | answers


def test_self_tests_left_and_right_by_task():
    rows = [
        leg("left", repetitions=8.0, knee_inside=True, pain=2.0),
        leg("left", 9) | {"task": "step-down", "pain": 1.0},
    ]
    found = section(of(made(weekly_frame(1), tests=rows), 1), "Self-tests")
    squat, step_down = found.tables
    assert squat.rows[0] == ("5 January", "left", "8", "moved inward", "0, 3 not noted", "not measured", "2")
    assert squat.rows[1] == (
        "5 January",
        "right",
        "not entered",
        "not noted",
        "not noted",
        "not measured",
        "not entered",
    )
    assert step_down.name.startswith("Step-down")
    assert any("does not show that a muscle lacks strength" in said for said in found.sentences)


SESSIONS = [
    {"on_date": MONDAY + pd.Timedelta(days=days), "exercise": "split-squat", "next_morning_pain": pain}
    for days, pain in ((2, 1), (5, 2), (12, 4))
]
PLAN = [
    {"starts_on": MONDAY, "days_per_week": 1, "exercise": "split-squat", "block": "main", "side": "each", "sets": 1}
    | {"repetitions": 8.0, "weekdays": None}
]


@pytest.mark.parametrize(
    ("weeks", "more", "asked"),
    [
        (weekly_frame(2, pain=[7.0, 1.0]), {}, "Pain was above 5 of 10 in the week of 5 January, 7 at worst."),
        (weekly_frame(2, pain=[1.0, NAN]), {}, "Pain was not answered in the week of 12 January."),
        (weekly_frame(2, distance_m=[NAN, 0.0]), {}, "The running of the week of 5 January is not known."),
        (
            weekly_frame(2, sessions_done=[1.0, NAN], sessions_prescribed=3),
            {},
            "1 of 3 prescribed sessions were done in the weeks that were logged.",
        ),
        (weekly_frame(2), {}, "No plan is in force."),
        (weekly_frame(2), {"ticked": None}, "What speaks against an exercise at present?"),
        (weekly_frame(2), {}, "No self-test was taken."),
        (
            weekly_frame(2),
            {"tests": [leg("left", 50, pain=0.0)]},
            "The last self-test is 9 weeks old (16 November 2025).",
        ),
        (weekly_frame(2), {"tests": [leg("left", pain=0.0)]}, "The right leg was never tested."),
        (weekly_frame(2), {"plan": PLAN}, "In the plan, and in no session logged: Split squat."),
        (
            weekly_frame(2),
            {"injuries": [{"onset": MONDAY, "site": "shin", "side": "right"}]},
            "Right shin, since 5 January: not back to running after 2 weeks.",
        ),
        (
            weekly_frame(2),
            {"training": SESSIONS},
            "The morning after the session of 17 January hurt 4 of 10, after 1 on 7 January.",
        ),
        (weekly_frame(3, pain=[1.0, 2.0, 4.0]), {}, "Pain rose from 1 to 4 over 2 weeks."),
    ],
)
def test_a_question_is_asked_with_its_rule(weeks, more, asked):
    found = section(of(made(weeks, **more), len(weeks)), "Open questions").questions
    (one,) = [one for one in found if one.text.startswith(asked)]
    assert one.text.endswith("?") and one.rule.startswith("Rule: ") and one.rule.endswith(".")


def test_what_no_rule_asks_about_is_said_to_be_no_answer():
    quiet = weekly_frame(2, pain=[0.0, 0.0], distance_m=[9_000.0] * 2, sessions_done=[3.0] * 2, sessions_prescribed=3)
    tests = [leg("left", pain=0.0), leg("right", pain=0.0)]
    trained = [{"on_date": MONDAY, "exercise": "split-squat", "next_morning_pain": 0}]
    found = section(of(made(quiet, tests=tests, plan=PLAN, training=trained), 2), "Open questions")
    assert found.questions == ()
    assert found.sentences == ("No rule asks anything. That says nothing about what was not logged.",)


def test_every_notice_of_home_has_a_question():
    """A new kind of notice without one would end the report with an error."""
    kinds = set(re.findall(r'Notice\(\s*"([a-z ]+)"', inspect.getsource(attention)))
    assert len(kinds) == 9
    assert kinds == set(_ABOUT)


def test_dates_are_written_out(diaries):
    words = " ".join(texts(report(diaries[-1], Units.KM, TODAY, None)))
    assert not re.search(r"\d{4}-\d\d-\d\d", words)
    assert report(diaries[-1], Units.KM, TODAY, None).made_on == date(2026, 3, 4)
