"""Trends: what goes with what by week, never under eight paired weeks, and never a claim of cause."""

import re
from datetime import timedelta

import pytest

from analysis.simulation import Demonstration
from analysis.trend_words import PART
from tests.pages.book import BRIDGE, MONDAY, SPLIT_SQUAT, TODAY, WHOLE_SESSION

REFUSAL = (
    "with both hip sessions and pain {verb} needed before there is a picture, and {number} before we show a number"
)


SPEARMAN = "Spearman (plausible range)"
SAME_WEEK, WEEK_LATER = "Hip sessions and pain in the same week", "Hip sessions, then pain 1 week later"


def put_weeks(book, number):
    """So many finished weeks, each with adherence, pain and distance known and none of them constant."""
    first = MONDAY - timedelta(weeks=number)
    book.put("plan", starts_on=first, days_per_week=1)
    for week in range(number):
        monday = first + timedelta(weeks=week)
        book.put("pain", on_date=monday, worst_running=week % 5)
        book.put("weekly total", iso_week=monday, distance_m=10_000.0 + 1_000 * week)
        if week % 2:
            book.put("session", on_date=monday, parts=WHOLE_SESSION)
        else:
            book.put("week mark", iso_week=monday, mark="no training")


def coefficients(shown):
    table = shown.tables()[0]
    return dict(zip(table["Link"], table[SPEARMAN], strict=True))


def said(shown):
    table = shown.tables()[0]
    return dict(zip(table["Link"], table["Says"], strict=True))


def test_with_no_weeks_it_says_what_to_do_first(app):
    shown = app("trends")
    assert "There are no weeks to compare yet." in shown.text
    assert shown.charts == []


@pytest.mark.parametrize(
    ("weeks", "missing", "verb", "number"), [(1, "7 more weeks", "are", 11), (7, "1 more week", "is", 5)]
)
def test_under_eight_paired_weeks_it_says_how_many_are_missing(app, book, weeks, missing, verb, number):
    put_weeks(book, weeks)
    shown = app("trends")
    assert f"{missing} {REFUSAL.format(verb=verb, number=number)}" in shown.text
    assert "Spearman +" not in shown.text
    assert "Spearman -" not in shown.text
    assert not any(value.startswith(("+", "-")) for value in coefficients(shown).values())


def test_from_eight_paired_weeks_on_there_is_a_picture_only(app, book):
    put_weeks(book, 8)
    shown = app("trends")
    assert "Too early, picture only: 4 more weeks with both hip sessions and pain are needed" in shown.text
    assert (coefficients(shown)[SAME_WEEK], said(shown)[SAME_WEEK]) == ("none", "4 more weeks needed")


def test_from_twelve_paired_weeks_on_there_is_a_number_with_its_range(app, book):
    put_weeks(book, 12)
    shown = app("trends")
    assert coefficients(shown)[SAME_WEEK].startswith(("+", "-")) and " to " in coefficients(shown)[SAME_WEEK]
    assert "needed" in said(shown)[WEEK_LATER]


def test_every_pair_and_lag_is_in_the_table(app):
    shown = app("trends", query={"demo": "1"})
    table = shown.tables()[0]
    assert len(table) == len(set(table["Link"])) == 15
    assert table["Weeks"].astype(int).between(40, 59).all()
    assert set(table["Says"]) <= {"a finding", "we cannot tell"}


def test_the_running_week_does_not_count(app, book):
    put_weeks(book, 7)
    book.put("pain", worst_running=9)
    book.put("session", parts=WHOLE_SESSION)
    assert "(7 so far)" in app("trends").text


def test_unknown_weeks_are_left_out(app, book):
    put_weeks(book, 8)
    book.put("weekly total", iso_week=MONDAY - timedelta(weeks=20))
    table = app("trends").set("trends-window", "All").run().tables()[0]
    assert table["Weeks"].astype(int).iloc[0] == 8


def test_no_claim_of_cause(app):
    shown = app("trends", query={"demo": "1"})
    assert "the words are for all of them together" in shown.text
    assert "This does not show that one brought about the other." in shown.text
    for word in ("because of your training", "thanks to", "leads to", "reduces", "effect of"):
        assert word not in shown.text.lower()


def test_four_charts_each_with_its_finding(app):
    shown = app("trends", query={"demo": "1"})
    timeline, matrix, scatter, lags = shown.charts
    assert "in three rows on one time axis" in timeline.alt
    assert "15 pairs and lags" in matrix.alt or "compared" in matrix.alt
    assert "one mark for each of" in scatter.alt
    assert lags.alt.count("plausible range") == 5


@pytest.fixture
def exported(monkeypatch):
    """What each chart's file says beneath its picture, by the name of the file."""
    marks = {}
    monkeypatch.setattr("ui.panels.chart_files.offer", lambda chart, _title, said: marks.update({chart: said}))
    return marks


@pytest.mark.parametrize("site", [None, "kneecap"])
@pytest.mark.parametrize("link", ["adherence-pain-1", "pain-adherence-2"])
def test_a_charts_file_speaks_of_nothing_that_is_not_in_it(app, exported, link, site):
    shown = app("trends", query={"demo": "1"})
    (shown.set("trends-site", site) if site else shown).set("trends-link", link).run()
    assert set(exported) == {"trends-timeline", "trends-matrix", "trends-scatter", "trends-lags"}
    for said in exported.values():
        assert not re.search(r"\b(below|above|tap|this page|see it)\b|“", said, re.IGNORECASE)


def test_the_page_says_below_the_chart_what_the_file_cannot(app):
    shown = app("trends", query={"demo": "1"})
    assert "Tap one to see it below, or why it has none." in shown.text
    assert "“Spearman in three ways” below says what was taken out." in shown.text


def test_a_part_of_the_diary_is_a_closer_look_and_no_finding(app):
    shown = app("trends", query={"demo": "1"})
    assert PART not in shown.text
    shown.set("trends-site", "kneecap").set("trends-exercise", "split-squat").run()
    assert "The exercise that you look at" in shown.text


CLAIMS = ("stands out", "stand out", "one in twenty", "We cannot tell", "we cannot tell", "tended to be", "a finding,")
CLAIMS += (
    "came first more often",
    "sessions in a week went with",
    "Pain fell",
    "Pain rose",
    "Pain was lower",
    "Pain was higher",
    ", a finding.",
    "tentative",
)


@pytest.mark.parametrize(
    "picked",
    [
        {"trends-side": "left"},
        {"trends-last": TODAY - timedelta(weeks=4)},
    ],
    ids=lambda picked: next(iter(picked)),
)
def test_of_a_part_of_the_diary_nothing_is_claimed_on_the_whole_page(app, picked):
    shown = app("trends", query={"demo": "1"})
    for name, value in picked.items():
        shown.set(name, value)
    shown.run()
    for link in ("adherence-pain-1", "pain-adherence-1", "distance_m-pain-0"):
        shown.set("trends-link", link).run()
        said = f"{shown.text}{shown.chart_words}".replace("nothing on the page is called a finding", "")
        said = said.replace("under 26 a finding is called tentative", "")
        assert "described and not judged" in said
        assert [claim for claim in CLAIMS if claim in said] == []


def test_a_filter_that_leaves_nothing_out_takes_no_finding_away(app):
    """The demo runner's pain is of one kneecap, on one side."""
    shown = app("trends", query={"demo": "1"})
    before = said(shown)
    shown.set("trends-site", "kneecap").set("trends-side", "right").run()
    assert said(shown) == before and "a finding" in before.values()
    assert PART not in shown.text


def test_all_filters_go_with_one_button(app):
    shown = app("trends", query={"demo": "1"}).set("trends-side", "left").run()
    shown.set("trends-first", TODAY - timedelta(weeks=30)).run()
    assert PART in shown.text
    shown.press("Take all filters away")
    assert PART not in shown.text
    assert (shown.value("trends-side"), shown.value("trends-first")) == (None, None)


def test_that_a_part_is_not_judged_is_seen_before_anything_is_said(app):
    shown = app("trends", query={"demo": "1"}).set("trends-side", "left").run()
    assert shown.text.index(PART) < shown.text.index("pairs and lags of this part, described and not judged")
    assert not shown.is_folded(PART)


def test_the_weeks_behind_a_link_are_listed_with_their_units(app):
    shown = app("trends", query={"demo": "1"})
    shown.set("trends-link", "adherence-pain-0").run()
    assert list(shown.tables()[1].columns) == ["Week of", "Hip sessions done (%)", "Worst pain (0 to 10)"]
    shown.set("trends-link", "distance_m-pain-1").run()
    assert list(shown.tables()[1].columns) == ["Week of", "Distance (km)", "Worst pain (0 to 10), 1 week later"]


def test_the_method_is_shown_on_diaries_of_chance(app):
    shown = app("trends", query={"demo": "1"}).press("Try it on 100 diaries of pure chance")
    assert "The textbook's test found a link in" in shown.text


def test_how_running_changed_says_a_number_or_what_is_missing(app, book):
    put_weeks(book, 5)
    shown = app("trends")
    assert "in the one before" in shown.text
    assert "How these are made, and what they need" in shown.text


def test_after_a_long_break_a_log_still_reaches_back_as_far_as_it_does(app, book):
    """The comparison looks at the last months; a run of before the break says that the month before it was empty."""
    for day in (TODAY - timedelta(days=400), TODAY - timedelta(days=2)):
        book.put("run", local_date=day, distance_m=8_000.0)
    shown = app("trends")
    assert "No single run is known in the 30 days before your longest recent run" in shown.text
    assert "does not reach back that far yet" not in shown.text


def test_a_finding_opens_the_weeks_behind_it(app):
    shown = app("trends", query={"demo": "1"})
    (button,) = [name for name in shown.widgets() if name.startswith("trends-weeks-behind-")]
    shown.set("trends-link", "adherence-distance_m-0").run()
    shown.press(button)
    assert button.endswith(shown.value("trends-link"))


def test_the_weeks_shown_change_the_picture_and_not_what_is_compared(app):
    shown = app("trends", query={"demo": "1"})
    before = shown.tables()[0]["Weeks"].tolist()
    shown.set("trends-window", "8 weeks").run()
    assert shown.tables()[0]["Weeks"].tolist() == before
    assert "The chart shows 7 finished weeks" in shown.charts[0].alt


def test_the_guide_is_beside_it(app, book):
    book.put("plan")
    assert "Trained least: in the last 4 weeks not once" in app("trends").text


def test_the_guide_is_of_the_exercise_that_is_trained_less_than_before(app, book):
    book.put("plan")
    for back in (1, 10, 30, 35, 40, 45, 50):
        exercises = (BRIDGE,) if back < 28 else (BRIDGE, SPLIT_SQUAT)
        parts = [{"exercise": slug, "ordinal": 1, "side": "left", "repetitions": 8} for slug in exercises]
        book.put("session", on_date=TODAY - timedelta(days=back), parts=parts)
    text = app("trends").text
    assert "Trained less than before: in the last 4 weeks not once, in the 4 weeks before on 5 days" in text
    assert "Your plan:** 2 x 8 on each side" in text


def loads(shown):
    """What is said of running, as it is read."""
    return [line for line in shown.markup.splitlines() if line.startswith("**") and ".** " in line]


def test_how_running_changed_is_of_the_whole_diary_whatever_part_is_looked_at(app, book):
    """With older weeks than its runs, weeks of running would read as weeks of rest: a load of 0."""
    for back in range(1, 40):
        for day in (0, 3):
            on = MONDAY - timedelta(weeks=back) + timedelta(days=day)
            book.put("run", local_date=on, distance_m=8_000.0 + 500 * day, effort=4)
    shown = app("trends")
    whole = loads(shown)
    assert len(whole) == 5 and "finished week 360" in whole[-1] and "1.00 times as much" in whole[2]
    shown.set("trends-last", TODAY - timedelta(weeks=24)).run()
    assert PART in shown.text
    assert loads(shown) == whole


def test_the_oldest_week_of_the_loads_has_all_its_runs(app, book):
    """The longest run of the history lies in its first week: the weighted ratio is not 1 where it is left out."""
    for back in range(1, 19):
        for day in range(7):
            book.put("run", local_date=MONDAY - timedelta(weeks=back) + timedelta(days=day), distance_m=5_000.0)
    assert "was 1.00 times that of four weeks" in app("trends").text


def test_dates_the_wrong_way_round_are_called_that(app, book):
    put_weeks(book, 10)
    shown = app("trends").set("trends-first", TODAY - timedelta(weeks=2)).set("trends-last", TODAY - timedelta(weeks=6))
    assert "The first day is after the last." in shown.run().text
    assert "Take one filter away" not in shown.text


def test_no_sentence_stands_above_two_charts(app, book):
    shown = app("trends", query={"demo": "1"})
    titles = [line for line in shown.markup.splitlines() if line.startswith("#### ")]
    assert len(titles) == len(set(titles))
    said = shown.markup
    assert said.count("tended to be followed") <= 1 and said.count("We cannot tell from") <= 4


def test_the_demonstration_runs_once_for_each_try(app, monkeypatch):
    tried = []
    monkeypatch.setattr("ui.cache.demonstration", lambda seed: tried.append(seed) or Demonstration(100, 12, 5))
    shown = app("trends", query={"demo": "1"}).press("Try it on 100 diaries of pure chance")
    shown.set("trends-link", "pain-adherence-1").run()
    shown.set("trends-window", "All").run()
    assert "found a link in **12**" in shown.text
    assert tried == [1]


def test_a_marked_week_that_the_chart_does_not_show_is_said(app, book):
    put_weeks(book, 20)
    old, new = MONDAY - timedelta(weeks=15), MONDAY - timedelta(weeks=2)
    session = {f"linked-weeks-{book.runner.id}": [old.isoformat(), new.isoformat()]}
    shown = app("trends", query={"trends-window": "8 weeks"}, session=session)
    marked = "2 weeks are marked: 17 November 2025, 16 February 2026."
    assert f"{marked} 1 marked week is not in the chart above" in shown.text
    assert "1 week is marked: 16 February 2026." in shown.charts[0].alt
    assert marked in shown.charts[2].alt
    shown.set("trends-window", "All").run()
    assert "not in the chart above" not in shown.text
    assert marked in shown.charts[0].alt
