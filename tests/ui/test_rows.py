"""Rows of a frame as plain Python: unknown is None, and no type of pandas or numpy gets out."""

from datetime import date

import numpy as np
import pandas as pd

from ui.rows import rows


def test_unknown_is_none():
    frame = pd.DataFrame(
        {
            "number": [np.nan],
            "day": pd.Series([pd.NaT], dtype="datetime64[s]"),
            "flag": pd.Series([pd.NA], dtype="boolean"),
            "whole": pd.Series([pd.NA], dtype="Int64"),
            "text": pd.Series([None], dtype="str"),
        }
    )
    assert rows(frame) == [{"number": None, "day": None, "flag": None, "whole": None, "text": None}]


def test_known_values_are_pythons_own():
    frame = pd.DataFrame(
        {"number": [1.5], "whole": np.array([2], dtype="int64"), "flag": pd.array([True]), "text": ["x"]}
    )
    (row,) = rows(frame)
    assert row == {"number": 1.5, "whole": 2, "flag": True, "text": "x"}
    assert [type(value) for value in row.values()] == [float, int, bool, str]


def test_text_that_looks_like_nothing_is_text():
    assert rows(pd.DataFrame({"text": ["", "nan", "None"]})) == [{"text": ""}, {"text": "nan"}, {"text": "None"}]


def test_days_stay_days_and_rows_stay_in_order():
    frame = pd.DataFrame({"day": [date(2026, 3, 4), date(2026, 3, 2)]})
    assert rows(frame) == [{"day": date(2026, 3, 4)}, {"day": date(2026, 3, 2)}]


def test_no_rows():
    assert rows(pd.DataFrame({"a": []})) == []
