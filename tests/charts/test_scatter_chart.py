from datetime import timedelta

import numpy as np
import pytest

from analysis.association import pick, table
from analysis.finding_words import association
from analysis.trend_words import weeks_title
from analysis.units import Units
from analysis.weeks import with_adherence
from charts.scatter import RINGS, scatter
from tests.analysis.weekly import MONDAY, NAN, related_weeks, weekly_frame

WEEKS = related_weeks(30, -1)
AFTER = MONDAY.date() + timedelta(weeks=60)


def result(weeks=WEEKS, x="adherence", y="pain", lag=0):
    return pick(table(with_adherence(weeks)), x, y, lag)


def draw(weeks=WEEKS, x="adherence", y="pain", lag=0, units=Units.KM, theme="light", chosen=()):
    found = result(weeks, x, y, lag)
    return scatter(found, with_adherence(weeks), units, theme, today=AFTER, chosen=chosen)


def test_one_mark_for_each_week_where_both_are_known():
    weeks = weekly_frame(
        4, sessions_done=[0.0, 3.0, NAN, 3.0], sessions_prescribed=[3, 3, 3, 0], pain=[0.0, NAN, 2.0, 4.0]
    )
    (marks,) = draw(weeks).figure.data
    assert (list(marks.x), list(marks.y)) == ([0.0], [0.0])


def test_weeks_are_coloured_by_time_and_the_bar_says_dates():
    (marks,) = draw().figure.data
    assert np.all(np.diff(marks.marker.color) == 7)
    assert list(marks.marker.colorbar.ticktext) == ["5 Jan 2026", "20 Apr 2026", "27 Jul 2026"]
    assert marks.marker.colorbar.tickvals[0] == marks.marker.color[0]


def test_weeks_at_one_place_are_rings_with_the_latest_inside():
    weeks = weekly_frame(3, sessions_done=[3.0, 3.0, 0.0], sessions_prescribed=3, pain=[2.0, 2.0, 2.0])
    (marks,) = draw(weeks).figure.data
    assert marks.marker.size[0] > marks.marker.size[1] == marks.marker.size[2]
    assert "(2 weeks are at this place)" in marks.hovertext[0]
    assert "at this place" not in marks.hovertext[2]


@pytest.mark.parametrize("y", ["pain", "distance_m"])
def test_the_words_are_those_of_the_association(y):
    chart = draw(y=y)
    found = result(y=y)
    assert chart.title == weeks_title(found)
    assert chart.alt.startswith(association(found))
    assert "30 weeks" in chart.alt and RINGS in chart.alt
    assert "(30 weeks)" in chart.figure.layout.xaxis.title.text


def test_too_few_weeks_say_how_many_are_missing():
    chart = draw(weekly_frame(3))
    assert chart.title.startswith("8 more weeks with both")
    assert "empty" in chart.alt
    assert "Spearman" not in chart.alt


def test_distance_is_in_the_runners_unit():
    km, miles = (draw(y="distance_m", units=units).figure for units in Units)
    assert np.asarray(km.data[0].y) == pytest.approx(np.asarray(miles.data[0].y) * 1.609344)
    assert "miles a week" in miles.layout.annotations[0].text


def test_hover_is_a_sentence():
    (marks,) = draw().figure.data
    assert marks.hovertext[0].startswith("Week of 5 January 2026:<br>")
    assert all(" of sessions done" in text and text.endswith(".") for text in marks.hovertext)


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_the_page_shows_through(theme):
    layout = draw(theme=theme).figure.layout
    assert layout.plot_bgcolor == "rgba(0,0,0,0)" and layout.dragmode is False


@pytest.mark.parametrize("x", ["adherence", "pain", "distance_m"])
@pytest.mark.parametrize("lag", [1, 2])
def test_a_later_week_is_said_to_be_later(x, lag):
    y = "distance_m" if x == "pain" else "pain"
    chart = draw(x=x, y=y, lag=lag)
    (marks,) = chart.figure.data
    assert len(marks.x) == 30 - lag
    assert f"{lag} week" in chart.figure.layout.annotations[0].text
    assert all("later " in text for text in marks.hovertext)
    first = WEEKS if x != "adherence" else with_adherence(WEEKS)
    scale = {"adherence": 100, "pain": 1, "distance_m": 1 / 1000}[x]
    assert list(marks.x) == pytest.approx(list(first[x].iloc[: 30 - lag] * scale))


def test_chosen_weeks_stand_out_and_the_others_fade():
    week = MONDAY.date() + timedelta(weeks=3)
    (marks,) = draw(chosen=[week]).figure.data
    at = list(marks.customdata).index(week.isoformat())
    assert marks.marker.opacity[at] == 1
    assert marks.marker.line.width[at] > marks.marker.line.width[at - 1]
    assert max(opacity for number, opacity in enumerate(marks.marker.opacity) if number != at) < 0.5


def test_a_choice_outside_the_picture_fades_nothing():
    (marks,) = draw(chosen=[MONDAY.date() - timedelta(weeks=3)]).figure.data
    assert set(marks.marker.opacity) == {1.0}
