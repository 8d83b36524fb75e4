from datetime import date, timedelta

import numpy as np
import pandas as pd
import pytest

from analysis.overview import overview
from analysis.units import Units
from analysis.words import overview_paragraph, overview_title
from charts.chart import CONFIG, Mark, Span
from charts.timeline import timeline
from tests.analysis.weekly import MONDAY, NAN, related_weeks, weekly_frame

AFTER = MONDAY.date() + timedelta(days=400)

WEEKS = weekly_frame(
    5,
    distance_m=[42_000.0, 0.0, NAN, 30_000.0, 0.0],
    distance_from=["runs", "stated zero", "unknown", "typed", "typed"],
    runs=[5, 0, 0, 0, 0],
    sessions_done=[2.0, 0.0, NAN, 6.0, 1.0],
    sessions=[2, 0, 0, 6, 1],
    sessions_prescribed=[3, 3, 3, 3, 0],
    pain=[4.0, 0.0, NAN, 3.0, 5.0],
    pain_left=[4.0, 0.0, NAN, NAN, 2.0],
    pain_right=[1.0, NAN, NAN, NAN, 5.0],
)


def draw(weeks=WEEKS, units=Units.KM, theme="light", today=AFTER, **events):
    return timeline(weeks, units, theme, today=today, **events)


def traces(chart):
    return {trace.name: trace for trace in chart.figure.data if trace.name}


def starts(trace):
    """The weeks a trace has something in, by number."""
    days = pd.to_datetime(list(trace.x)) - MONDAY
    return [int(day.days // 7) for day in days]


def test_three_rows_share_one_week_axis():
    figure = draw().figure
    assert {trace.yaxis for trace in figure.data} == {"y", "y2", "y3"}
    assert {trace.xaxis for trace in figure.data} <= {None, "x"}
    axes = [figure.layout[name] for name in ("yaxis", "yaxis2", "yaxis3")]
    assert all(axis.anchor == "x" and axis.overlaying is None for axis in axes)
    assert axes[2].domain[1] < axes[1].domain[0] < axes[1].domain[1] < axes[0].domain[0]


def test_a_short_diary_stands_at_the_end_of_eight_weeks():
    end = MONDAY + pd.Timedelta(weeks=5)
    assert [pd.Timestamp(edge) for edge in draw().figure.layout.xaxis.range] == [end - pd.Timedelta(weeks=8), end]


def test_a_longer_one_fills_the_axis():
    weeks = pd.concat([WEEKS, WEEKS.assign(week=WEEKS["week"] + pd.Timedelta(weeks=5))], ignore_index=True)
    end = MONDAY + pd.Timedelta(weeks=10)
    assert [pd.Timestamp(edge) for edge in draw(weeks).figure.layout.xaxis.range] == [MONDAY, end]


def test_a_value_a_stated_zero_and_unknown_are_three_different_marks():
    found = traces(draw())
    assert starts(found["summed runs"]) == [0]
    assert starts(found["typed total"]) == [3]
    assert starts(found["no running"]) == [1, 4]
    assert starts(found["running not logged"]) == [2]
    assert starts(found["adherence"]) == [0, 3]
    assert starts(found["no sessions"]) == [1]
    assert starts(found["sessions not logged"]) == [2]
    assert starts(found["nothing prescribed"]) == [4]
    assert starts(found["pain not logged"]) == [2]


def test_unknown_is_one_hatched_trace_a_row_and_no_shapes():
    chart = draw()
    hatched = [trace for trace in chart.figure.data if trace.type == "bar" and trace.marker.pattern.shape]
    assert [trace.yaxis for trace in hatched] == ["y", "y2", "y3"]
    assert all(trace.marker.pattern.shape == "/" for trace in hatched)
    assert not chart.figure.layout.shapes


def test_stated_zeros_are_hollow_and_lie_on_the_baseline():
    found = traces(draw())
    for name in ("no running", "no sessions"):
        assert found[name].marker.symbol == "circle-open"
        assert set(found[name].y) == {0.0}
    left = found["pain left"]
    assert left.marker.symbol[1] == "circle-open" and left.y[1] == 0
    assert left.marker.symbol[0] == "circle"


def test_an_unknown_week_breaks_the_pain_line():
    left = traces(draw())["pain left"]
    assert left.connectgaps is False
    assert np.isnan(left.y[2]) and len(left.y) == 5


def test_left_and_right_differ_by_shape_and_line():
    found = traces(draw())
    left, right = found["pain left"], found["pain right"]
    assert (left.line.dash, right.line.dash) == ("solid", "dash")
    assert left.marker.symbol[0] == "circle" and right.marker.symbol == "diamond-open"
    assert left.line.color == right.line.color


def test_pain_without_a_side_has_a_mark_of_its_own():
    plain = traces(draw())["pain"]
    assert [week for week, value in enumerate(plain.y) if not np.isnan(value)] == [3]
    assert plain.marker.symbol[3] == "square"
    assert "pain" not in traces(draw(weekly_frame(2, pain=[1.0, 2.0], pain_left=[1.0, 2.0])))


def test_the_row_label_names_only_the_sides_that_are_there():
    label = draw(weekly_frame(2, pain=[1.0, 2.0], pain_left=[1.0, 2.0])).figure.layout.annotations[2].text
    assert "● left" in label and "right" not in label and "side not given" not in label


def test_adherence_is_shown_capped_and_told_raw():
    bars = traces(draw())["adherence"]
    assert list(bars.y) == pytest.approx([200 / 3, 100])
    assert bars.hovertext[1] == "Week of 26 January 2026:<br>6 sessions done,<br>3 prescribed (shown as 100 %)."


def test_hover_is_a_sentence_for_every_mark():
    found = traces(draw())
    assert found["summed runs"].hovertext[0] == "Week of 5 January 2026:<br>42.0 km from 5 runs."
    assert found["typed total"].hovertext[0].endswith("30.0 km,<br>the total you typed.")
    assert found["running not logged"].hovertext[0].endswith("running not logged.")
    for trace in draw().figure.data:
        assert trace.hoverinfo == "text"
        assert len(trace.hovertext) == len(trace.x) == len(trace.y)
        assert all(sentence.endswith(".") for sentence in trace.hovertext)
        weeks = [MONDAY + pd.Timedelta(weeks=int(number)) for number in starts(trace)]
        assert list(trace.customdata) == [str(week.date()) for week in weeks]


def test_distances_are_in_the_runners_unit():
    assert traces(draw(units=Units.MI))["summed runs"].y[0] == pytest.approx(26.0976, abs=1e-4)
    assert "miles a week" in draw(units=Units.MI).figure.layout.annotations[0].text
    assert traces(draw())["summed runs"].y[0] == 42.0


def test_the_running_week_is_marked():
    today = MONDAY.date() + timedelta(days=30)
    chart = draw(today=today)
    assert [note.text for note in chart.figure.layout.annotations][-1] == "this week so far"
    (shade,) = chart.figure.layout.shapes
    assert pd.Timestamp(shade.x0) == MONDAY + pd.Timedelta(weeks=4)
    assert "This week so far" in traces(chart)["nothing prescribed"].hovertext[0]
    assert "this week so far" not in [note.text for note in draw().figure.layout.annotations]


def test_the_words_are_those_of_the_finding():
    chart = draw()
    found = overview(WEEKS, AFTER)
    assert chart.title == overview_title(found)
    assert chart.alt == overview_paragraph(found, Units.KM)
    assert chart.figure.layout.title.text is None


def day(days):
    return MONDAY.date() + timedelta(days=days)


def test_plans_tests_and_injuries_are_labelled_and_told():
    chart = draw(
        plans=[Span("Starting plan", day(7)), Span("Over before", day(-60), day(-30))],
        tests=[Mark("self-test", day(8)), Mark("self-test", day(22)), Mark("self-test", day(99))],
        episodes=[Span("left kneecap", day(14), day(20))],
    )
    plan, episode, tests = chart.figure.data[-3:]
    assert (plan.yaxis, list(plan.text), list(plan.x)) == ("y2", ["Starting plan"], [day(7).isoformat()])
    assert (episode.yaxis, list(episode.text)) == ("y3", ["left kneecap"])
    assert [text.strip() for text in tests.text] == ["", "self-test"]
    assert list(tests.x) == [day(8).isoformat(), day(22).isoformat()]
    assert "Plans: Starting plan: from 12 January 2026 on." in chart.alt
    assert "Self-tests: self-test on 13 January 2026; self-test on 27 January 2026." in chart.alt
    assert "Injuries: left kneecap: from 19 January 2026 to 25 January 2026." in chart.alt
    assert "Over before" not in chart.alt


def test_bands_end_after_their_last_day_and_within_the_chart():
    chart = draw(plans=[Span("plan", day(-30))], episodes=[Span("knee", day(14), day(20))])
    plan, episode = (shape.path for shape in chart.figure.layout.shapes)
    assert str(day(-21)) in plan and str(day(35)) in plan and str(day(-30)) not in plan
    assert str(day(14)) in episode and str(day(21)) in episode


def test_a_label_without_room_is_shortened_and_still_told():
    spans = [Span("A plan with a long name", day(7), day(13)), Span("The next one", day(14))]
    labels = draw(plans=spans).figure.data[-1]
    assert labels.text[0].endswith("…") and len(labels.text[0]) < 12
    assert labels.hovertext[0].startswith("A plan with a long name")


def test_a_band_that_begins_at_the_edge_is_labelled_before_it():
    labels = draw(episodes=[Span("right outer knee", day(34))]).figure.data[-1]
    assert labels.textposition == ("middle left",)
    assert labels.text == ("right outer knee",)


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_the_page_shows_through_and_nothing_drags(theme):
    layout = draw(theme=theme).figure.layout
    assert layout.paper_bgcolor == layout.plot_bgcolor == "rgba(0,0,0,0)"
    assert layout.dragmode is False
    assert all(layout[axis].fixedrange for axis in ("xaxis", "yaxis", "yaxis2", "yaxis3"))
    assert layout.font.family is None
    assert CONFIG == {"displayModeBar": False, "scrollZoom": False}


def test_the_two_themes_differ_in_ink_alone():
    light, dark = draw(theme="light"), draw(theme="dark")
    assert light.figure.layout.font.color != dark.figure.layout.font.color
    assert light.figure.data[1].marker.color == dark.figure.data[1].marker.color
    assert (light.title, light.alt) == (dark.title, dark.alt)


def test_ten_years_are_few_traces_and_few_shapes():
    weeks = related_weeks(520, -1)
    tests = [Mark("self-test", day(30 * month)) for month in range(120)]
    plans = [Span(f"plan {year}", day(365 * year), day(365 * year + 300)) for year in range(10)]
    figure = draw(weeks, today=date(2036, 1, 1), tests=tests, plans=plans, episodes=plans).figure
    assert len(figure.data) <= 16
    assert len(figure.layout.shapes) <= 4


def test_one_unknown_week_can_be_drawn():
    chart = draw(weekly_frame(1))
    assert chart.title == "No finished week shown here has anything logged"
    assert starts(traces(chart)["running not logged"]) == [0]
