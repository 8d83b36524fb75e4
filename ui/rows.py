"""Rows of a frame as plain dictionaries: NaN, NaT and NA become None, numpy scalars Python's own."""

from typing import Any

import numpy as np
import pandas as pd

Row = dict[str, Any]


def rows(frame: pd.DataFrame) -> list[Row]:
    """One dictionary a row, in order."""
    if frame.empty:  # most are, and pandas takes as long for none as for ten
        return []
    return [{str(name): _plain(value) for name, value in row.items()} for row in frame.to_dict("records")]


def _plain(value: Any) -> Any:  # noqa: ANN401  a cell
    if value is None or (not isinstance(value, str) and pd.isna(value)):
        return None
    return value.item() if isinstance(value, np.generic) else value
