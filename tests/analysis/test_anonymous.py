"""What leaves the squad without names: no id, no date, no order that tells."""

import io

import numpy as np
import pandas as pd

from analysis.anonymous import anonymous
from data.spreadsheets import csv_bytes
from tests.analysis.squad_frames import squad_frame

CODES = {1: "Rff", 2: "Raa", 3: "Rcc"}
FRAME = squad_frame(3, 4, distance_m={(1, 3): np.nan}, pain={(2, 0): 0.0, (2, 1): np.nan})


def test_rows_stand_by_code_and_by_weeks_ago():
    table = anonymous(FRAME, CODES)
    assert table["code"].tolist() == ["Raa"] * 4 + ["Rcc"] * 4 + ["Rff"] * 4
    assert table["weeks_ago"].tolist() == [0, 1, 2, 3] * 3
    assert not {"runner", "week"} & set(table.columns)
    assert not any("datetime" in str(kind) for kind in table.dtypes)


def test_unknown_is_empty_and_a_stated_zero_is_zero():
    back = pd.read_csv(io.BytesIO(csv_bytes(anonymous(FRAME, CODES)))).set_index(["code", "weeks_ago"])
    assert back.loc[("Raa", 3), "pain"] == 0
    assert np.isnan(back.loc[("Raa", 2), "pain"])
    assert np.isnan(back.loc[("Rff", 0), "distance_km"])
    assert back.loc[("Rff", 1), "longest_run_km"] == 12.3  # no distance to the metre
    assert back.loc[("Rff", 1), "duration_min"] == 180


def test_runners_without_a_code_stay_out():
    assert set(anonymous(FRAME, {2: "Raa"})["code"]) == {"Raa"}
