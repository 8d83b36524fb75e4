from datetime import date

import pandas as pd
import pytest

from analysis.load import single_run_spike, spike_band

TODAY = date(2026, 8, 6)


def runs(*rows):
    """(days ago, km) or (days ago, km, hour it started)."""
    days = [pd.Timestamp(TODAY) - pd.Timedelta(days=row[0]) for row in rows]
    hours = [pd.Timedelta(hours=row[2]) if len(row) > 2 else pd.NaT for row in rows]
    starts = [day.tz_localize("UTC") + hour for day, hour in zip(days, hours, strict=True)]
    return pd.DataFrame(
        {
            "local_date": pd.Series(days, dtype="datetime64[s]"),
            "distance_m": pd.Series([row[1] * 1000.0 for row in rows], dtype="float64"),
            "start": pd.Series(starts, dtype="datetime64[s, UTC]"),
        }
    )


@pytest.mark.parametrize(
    ("percent", "band"),
    [
        (-20, None),
        (10, None),
        (10.1, "small"),
        (30, "small"),
        (30.1, "moderate"),
        (100, "moderate"),
        (100.1, "large"),
    ],
)
def test_the_bands_of_the_study(percent, band):
    assert spike_band(percent) == band


def test_the_longest_recent_run_against_the_month_before_it():
    spike = single_run_spike(runs((40, 8), (20, 10), (12, 9), (3, 15), (1, 6)), TODAY)
    assert spike.percent == pytest.approx(50)
    assert spike.band == "moderate"
    assert (spike.distance_m, spike.on) == (15000, date(2026, 8, 3))
    assert (spike.previous_m, spike.previous_on) == (10000, date(2026, 7, 17))
    assert spike.reason is None


def test_ten_per_cent_is_still_the_reference():
    spike = single_run_spike(runs((40, 8), (20, 10), (3, 11)), TODAY)
    assert spike.percent == 10
    assert spike.band is None


def test_a_shorter_run_is_no_spike():
    spike = single_run_spike(runs((40, 8), (20, 20), (3, 15)), TODAY)
    assert spike.percent == -25
    assert spike.band is None


def test_only_the_30_days_before_the_run_count():
    inside = single_run_spike(runs((60, 5), (33, 30), (20, 10), (3, 15)), TODAY)
    outside = single_run_spike(runs((60, 5), (34, 30), (20, 10), (3, 15)), TODAY)
    assert inside.previous_m == 30000
    assert outside.previous_m == 10000


def test_an_earlier_run_of_the_same_day_counts_when_both_starts_are_known():
    spike = single_run_spike(runs((40, 5), (3, 14, 7), (3, 15, 18)), TODAY)
    assert spike.previous_m == 14000
    untimed = single_run_spike(runs((40, 5), (20, 5), (3, 14), (3, 15)), TODAY)
    assert untimed.previous_m == 5000


@pytest.mark.parametrize(
    ("rows", "reason"),
    [
        ((), "no recent run"),
        (((40, 8), (7, 20)), "no recent run"),
        (((20, 10), (3, 15)), "short history"),
        (((32, 10), (3, 15)), "short history"),
        (((50, 10), (3, 15)), "no earlier run"),
    ],
)
def test_refusals(rows, reason):
    spike = single_run_spike(runs(*rows), TODAY)
    assert spike.reason == reason
    assert spike.percent is None
    assert spike.band is None


def test_runs_without_a_distance_and_runs_to_come_do_not_count():
    frame = runs((40, 8), (20, 10), (3, 11), (2, float("nan")), (2, 0), (-1, 50))
    assert single_run_spike(frame, TODAY).distance_m == 11000


def test_the_order_of_the_rows_does_not_matter():
    frame = runs((40, 8), (20, 10), (12, 9), (3, 15), (1, 6))
    assert single_run_spike(frame.iloc[::-1], TODAY) == single_run_spike(frame, TODAY)
