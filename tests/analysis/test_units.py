import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.units import Units, as_read, format_distance, from_metres, to_metres


def test_the_mile_is_exact():
    assert to_metres(1.0, Units.MI) == 1609.344
    assert from_metres(1609.344, Units.MI) == 1.0
    assert to_metres(1.0, Units.KM) == 1000.0


def test_a_marathon_in_miles():
    assert from_metres(42195.0, Units.MI) == pytest.approx(26.2188, abs=5e-5)
    assert from_metres(42195.0, Units.KM) == 42.195


@given(st.floats(0, 1e7), st.sampled_from(Units))
def test_there_and_back(metres, units):
    assert to_metres(from_metres(metres, units), units) == pytest.approx(metres, rel=1e-12)


def test_whole_columns_convert_and_unknown_stays_unknown():
    column = from_metres(pd.Series([1609.344, np.nan]), Units.MI)
    assert column[0] == 1.0
    assert np.isnan(column[1])


@pytest.mark.parametrize(
    ("metres", "units", "digits", "text"),
    [
        (12345.0, Units.KM, 1, "12.3 km"),
        (42195.0, Units.MI, 1, "26.2 mi"),
        (0.0, Units.KM, 1, "0.0 km"),
        (1234567.0, Units.KM, 0, "1,235 km"),
        (None, Units.KM, 1, "unknown"),
        (float("nan"), Units.MI, 1, "unknown"),
    ],
)
def test_distances_as_people_write_them(metres, units, digits, text):
    assert format_distance(metres, units, digits) == text


def test_labels():
    assert [units.label for units in Units] == ["km", "miles"]


@pytest.mark.parametrize(("column", "read"), [("adherence", 50.0), ("pain", 0.5), ("distance_m", 0.0005)])
def test_a_column_is_read_in_its_own_unit(column, read):
    assert as_read(pd.Series([0.5]), column, Units.KM).tolist() == pytest.approx([read])
