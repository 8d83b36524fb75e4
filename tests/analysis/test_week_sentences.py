from datetime import timedelta

import pytest

from analysis.units import Units
from analysis.week_words import adherence_sentences, distance_sentences, pain_sentences, pair_sentences
from analysis.weeks import with_adherence
from tests.analysis.weekly import MONDAY, NAN, weekly_frame

LATER = MONDAY.date() + timedelta(days=30)


@pytest.mark.parametrize(
    ("columns", "says"),
    [
        ({"distance_m": [42_000.0], "runs": 5}, "42.0 km from 5 runs"),
        ({"distance_m": [8_000.0], "runs": 1}, "8.0 km from 1 run"),
        ({"distance_m": [0.0]}, "no running, as you marked it"),
        ({"distance_m": [NAN]}, "running not logged"),
        ({"distance_m": [30_000.0], "distance_from": "typed"}, "30.0 km, the total you typed"),
        (
            {"distance_m": [30_000.0], "distance_from": "typed", "runs": 2, "runs_m": 21_000.0},
            "30.0 km, the total you typed (single runs add up to 21.0 km)",
        ),
    ],
)
def test_distance(columns, says):
    assert distance_sentences(weekly_frame(1, **columns), Units.KM, LATER) == [f"Week of 5 January: {says}."]


def test_distance_in_miles():
    weeks = weekly_frame(1, distance_m=[16_093.44], runs=1)
    assert distance_sentences(weeks, Units.MI, LATER) == ["Week of 5 January: 10.0 mi from 1 run."]


@pytest.mark.parametrize(
    ("done", "prescribed", "logged", "says"),
    [
        (2.0, 3, 2, "2 of 3 sessions done (67 %)"),
        (4.0, 3, 4, "4 sessions done, 3 prescribed (shown as 100 %)"),
        (0.0, 3, 0, "none of 3 sessions done, as you marked it"),
        (0.0, 3, 1, "none of 3 sessions done, 1 session begun"),
        (NAN, 3, 0, "3 sessions prescribed, not logged"),
        (NAN, 0, 0, "nothing prescribed"),
        (2.0, 0, 2, "2 sessions logged, nothing prescribed"),
    ],
)
def test_sessions(done, prescribed, logged, says):
    weeks = weekly_frame(1, sessions_done=[done], sessions_prescribed=prescribed, sessions=logged)
    assert adherence_sentences(with_adherence(weeks), LATER) == [f"Week of 5 January: {says}."]


@pytest.mark.parametrize(
    ("rating", "morning", "says"),
    [
        (4.0, 2.0, "worst pain while running on the left 4 of 10, next morning 2"),
        (4.0, NAN, "worst pain while running on the left 4 of 10"),
        (0.0, NAN, "no pain while running on the left"),
        (NAN, 3.0, "pain not logged"),
    ],
)
def test_pain(rating, morning, says):
    weeks = weekly_frame(1, pain_left=[rating], pain_morning=[morning])
    assert pain_sentences(weeks, LATER, "left") == [f"Week of 5 January: {says}."]


def test_the_running_week_and_other_years_are_named():
    weeks = weekly_frame(2, start=MONDAY - timedelta(days=7), pain=[1.0, 2.0])
    assert pain_sentences(weeks, MONDAY.date() + timedelta(days=6)) == [
        "Week of 29 December 2025: worst pain while running 1 of 10.",
        "This week so far: worst pain while running 2 of 10.",
    ]


def test_pairs_say_when_they_share_a_place():
    pairs = weekly_frame(2)[["week"]].assign(x=[0.75, 1.0], y=[3.0, 0.0], same_place=[1, 3])
    assert pair_sentences(pairs, "adherence", "pain", 0, Units.KM, LATER) == [
        "Week of 5 January: 75 % of sessions done, pain 3 of 10.",
        "Week of 12 January: 100 % of sessions done, pain 0 of 10 (3 weeks are at this place).",
    ]
    far = pairs.assign(y=30_000.0)
    assert "30.0 km" in pair_sentences(far, "adherence", "distance_m", 0, Units.KM, LATER)[0]


def test_pairs_of_a_later_week_say_how_much_later():
    pairs = weekly_frame(1)[["week"]].assign(x=[30_000.0], y=[3.0], same_place=[1])
    assert pair_sentences(pairs, "distance_m", "pain", 2, Units.KM, LATER) == [
        "Week of 5 January: 30.0 km, 2 weeks later pain 3 of 10."
    ]
