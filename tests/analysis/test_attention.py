from datetime import date

import numpy as np
import pandas as pd
import pytest

from analysis.attention import attention, attention_in_training
from analysis.units import Units
from tests.analysis.test_single_run_spike import runs
from tests.analysis.weekly import NAN, weekly_frame

TODAY = date(2026, 8, 6)  # a Thursday
MONDAY = pd.Timestamp("2026-08-03")


def weeks(*pain, morning=NAN):
    """Consecutive weeks up to the one that holds today."""
    start = MONDAY - pd.Timedelta(weeks=len(pain) - 1)
    column = pd.Series(pain, dtype="float64")
    mornings = [NAN] * (len(pain) - 1) + [morning]
    return weekly_frame(len(pain), start=start, pain=column, pain_morning=mornings)


def reports(*rows):
    """(days ago, site, side, worst pain while running)."""
    days = [pd.Timestamp(TODAY) - pd.Timedelta(days=row[0]) for row in rows]
    frame = pd.DataFrame(rows, columns=["ago", "site", "side", "worst_running"])
    frame["on_date"] = pd.Series(days, dtype="datetime64[s]")
    frame["period"], frame["q1"] = "day", np.nan
    return frame.astype({"worst_running": "float64", "site": "str", "side": "str"}).drop(columns="ago")


def notices(weekly, pain=None, ran=None, units=Units.KM):
    found = attention(weekly, runs() if ran is None else ran, reports() if pain is None else pain, TODAY, units)
    return {notice.kind: notice for notice in found}


def test_nothing_known_is_nothing_to_say():
    assert notices(weeks(None, None, None)) == {}
    assert notices(weekly_frame(0)) == {}


def test_no_pain_needs_no_attention():
    assert notices(weeks(0, 0, 0)) == {}


@pytest.mark.parametrize(("pain", "level"), [(1, "note"), (2, "note"), (3, "care"), (5, "care"), (6, "stop")])
def test_the_band_of_the_latest_week(pain, level):
    notice = notices(weeks(None, pain))["pain band"]
    assert notice.level == level
    assert notice.headline == f"Pain was {pain} of 10 this week"
    assert "Thomee 1997" in notice.source and "convention" in notice.source
    assert "bone stress injury" in notice.detail


def test_the_band_names_the_place_the_week_and_the_next_morning():
    notice = notices(weeks(4, None, morning=NAN), reports((6, "kneecap", "left", 4), (5, "hip", "right", 2)))[
        "pain band"
    ]
    assert notice.headline == "Pain was 4 of 10 in the week of 27 July (left kneecap)"
    assert "The next morning it was 1." in notices(weeks(4, morning=1))["pain band"].detail


@pytest.mark.parametrize(
    ("site", "side", "place"),
    [
        ("kneecap", "both", " (kneecap, both sides)"),
        ("lower back", "both", " (lower back)"),
        ("anywhere", "both", ""),
    ],
)
def test_places_are_named_as_people_do(site, side, place):
    notice = notices(weeks(4), reports((1, site, side, 4)))["pain band"]
    assert notice.headline == f"Pain was 4 of 10 this week{place}"


def test_an_old_rating_is_no_news():
    assert "pain band" in notices(weeks(7, None, None))
    assert notices(weeks(7, None, None, None)) == {}
    assert (
        notices(weeks(7, 7, 7, None, None, None), reports((30, "kneecap", "left", 7), (33, "kneecap", "left", 7))) == {}
    )


def test_above_five_twice_in_a_row_is_for_a_professional():
    notice = notices(weeks(7), reports((1, "kneecap", "left", 6), (3, "kneecap", "left", 7)))["pain repeated"]
    assert notice.level == "stop"
    assert notice.headline == "Pain was above 5 twice in a row (left kneecap)"
    assert "see a professional" in notice.detail
    assert "convention" in notice.source


@pytest.mark.parametrize(
    "rows",
    [
        [(1, "kneecap", "left", 6)],
        [(1, "kneecap", "left", 5), (3, "kneecap", "left", 7)],
        [(1, "kneecap", "left", 6), (2, "kneecap", "left", 2), (3, "kneecap", "left", 7)],
        [(1, "kneecap", "left", 6), (3, "kneecap", "right", 7)],
        [(1, "kneecap", "left", 6), (3, "hip", "left", 7)],
        [(1, "kneecap", "left", 6), (1, "kneecap", "left", 7)],
        [(1, "kneecap", "left", NAN), (3, "kneecap", "left", 7)],
    ],
    ids=["once", "five is not above five", "not in a row", "another side", "another site", "one day", "unknown"],
)
def test_what_is_not_twice_in_a_row_at_one_place(rows):
    assert "pain repeated" not in notices(weeks(7), reports(*rows))


def test_an_unanswered_report_between_does_not_break_the_row():
    rows = [(1, "kneecap", "left", 6), (2, "kneecap", "left", NAN), (3, "kneecap", "left", 7)]
    assert "pain repeated" in notices(weeks(7), reports(*rows))


@pytest.mark.parametrize("pain", [(2, 2, 2), (3, 1, 3), (4, 5, 5), (2, 3, 2)])
def test_pain_over_two_weeks_without_improvement(pain):
    notice = notices(weeks(*pain))["pain lasting"]
    assert notice.level == "care"
    assert "see a professional" in notice.detail


@pytest.mark.parametrize("pain", [(3, 3, 2), (0, 1, 1), (2, 0, 2), (2, None, 2), (2, 2)])
def test_pain_that_eased_or_is_not_known_throughout_is_not_lasting(pain):
    assert "pain lasting" not in notices(weeks(*pain))


@pytest.mark.parametrize("pain", [(2, 3, 4), (0, 2, 2), (1, 2, 6)])
def test_pain_that_rose_over_two_weeks(pain):
    found = notices(weeks(*pain))
    assert found["pain rising"].headline == f"Pain rose from {pain[0]} to {pain[2]} over 2 weeks"
    assert "pain lasting" not in found


@pytest.mark.parametrize("pain", [(2, 2, 4), (2, 3, 3), (2, 4, 3), (2, None, 4), (4, 6)])
def test_what_is_within_the_wobble_or_too_short_is_not_rising(pain):
    assert "pain rising" not in notices(weeks(*pain))


@pytest.mark.parametrize(("km", "level"), [(12, "note"), (15, "care"), (25, "care")])
def test_the_spike(km, level):
    notice = notices(weekly_frame(0), ran=runs((40, 8), (20, 10), (3, km)))["spike"]
    assert notice.level == level
    assert "Frandsen 2025" in notice.source
    assert f"{km}.0 km on 3 August" in notice.detail
    assert "one exploratory study" in notice.detail


def test_no_spike_no_notice():
    assert notices(weekly_frame(0), ran=runs((40, 8), (20, 10), (3, 11))) == {}


def test_the_spike_is_told_in_the_runners_units():
    ran = runs((40, 8), (20, 10), (3, 16.09344))
    assert "(10.0 mi on 3 August)" in notices(weekly_frame(0), ran=ran, units=Units.MI)["spike"].detail


def test_the_most_pressing_comes_first():
    found = attention(
        weeks(4, 5, 7),
        runs((40, 8), (20, 10), (3, 12)),
        reports((1, "kneecap", "left", 7), (3, "kneecap", "left", 6)),
        TODAY,
        Units.KM,
    )
    assert [notice.level for notice in found] == ["stop", "stop", "care", "note"]


def test_pain_on_the_next_morning_is_seen_where_running_itself_did_not_hurt():
    weekly = weeks(0, 1, 0).assign(pain_morning=[0.0, 0.0, 9.0])
    assert notices(weekly)["pain next morning"].level == "stop"


def test_a_runner_who_could_not_run_is_not_passed_over_for_want_of_a_pain_rating():
    told = reports((1, "kneecap", "left", np.nan)).assign(q1=25.0)
    assert "left kneecap" in notices(weeks(np.nan), told)["could not run"].headline


def test_a_weeks_report_keyed_by_tomorrows_monday_is_news_already():
    told = reports((-1, "kneecap", "left", 8), (6, "kneecap", "left", 8)).assign(period="week")
    assert notices(weeks(8, 8), told)["pain repeated"].level == "stop"


NAMES = {"split-squat": "Split squat", "clam": "Clam"}


def in_training(*rows):
    """(days ago, exercise, pain in the set, pain of the morning after) to the kinds and notices."""
    frame = pd.DataFrame(rows, columns=["ago", "exercise", "pain", "next_morning_pain"])
    days = [pd.Timestamp(TODAY) - pd.Timedelta(days=ago) for ago in frame["ago"]]
    frame["on_date"] = pd.Series(days, dtype="datetime64[s]")
    found = attention_in_training(frame.astype({"pain": float, "next_morning_pain": float}), NAMES, TODAY)
    return {notice.kind: notice for notice in found}


def test_a_set_that_hurt_too_much_is_told():
    notice = in_training((2, "split-squat", 3, NAN), (2, "split-squat", 8, NAN), (2, "clam", 1, NAN))[
        "pain in training"
    ]
    assert notice.headline == "Pain was 8 of 10 in split squat on 4 August"
    assert notice.level == "stop"
    assert "convention" in notice.source


@pytest.mark.parametrize(
    ("during", "morning", "kinds"),
    [
        (4, 5, {"pain not settled"}),
        (4, 4, {"pain not settled"}),
        (4, 2, set()),
        (5, 3, set()),
        (2, 2, set()),
        (NAN, 3, {"pain not settled"}),
        (7, NAN, {"pain in training"}),
        (7, 7, {"pain in training", "pain not settled"}),
    ],
)
def test_pain_has_to_settle_by_the_next_morning(during, morning, kinds):
    assert set(in_training((1, "clam", during, morning))) == kinds


def test_only_the_last_rated_day_of_the_week_speaks():
    assert in_training((3, "clam", 8, NAN), (1, "clam", 1, 0)) == {}
    assert "pain in training" in in_training((3, "clam", 8, NAN), (1, "clam", NAN, NAN))
    assert in_training((7, "clam", 8, NAN)) == {}
    assert in_training() == {}


def test_carry_on_is_not_said_beside_pain_that_does_not_go():
    found = notices(weeks(2, 2, 2))
    assert "pain lasting" in found and "pain band" not in found
