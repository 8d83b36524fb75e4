"""A squad's weeks for whoever may not know the runners: codes for names, numbers of weeks for dates."""

from collections.abc import Mapping
from typing import Final

import pandas as pd

_METRES: Final = {"distance_m": "distance_km", "runs_m": "runs_km", "longest_run_m": "longest_run_km"}
_KEPT: Final = [
    "distance_from",
    "runs",
    "sessions",
    "sessions_done",
    "sessions_prescribed",
    "pain",
    "pain_left",
    "pain_right",
    "pain_morning",
]


def anonymous(weeks: pd.DataFrame, codes: Mapping[int, str]) -> pd.DataFrame:
    """A squad's weekly frame of finished weeks, a row for each code and week, sorted by them: code, weeks_ago (0 the
    last finished week), then the measures of the frame. Distances are in km to 100 m, times in whole minutes, since
    a distance to the metre is as good as a name. Unknown is empty, a stated zero 0."""
    ours = weeks[weeks["runner"].isin(list(codes))]
    ago = (weeks["week"].max() - ours["week"]).dt.days // 7
    columns = {"code": ours["runner"].map(dict(codes)), "weeks_ago": ago.astype("int64")}
    columns |= {name: (ours[metres] / 1000).round(1) for metres, name in _METRES.items()}
    columns["duration_min"] = (ours["duration_s"] / 60).round()
    table = pd.DataFrame(columns | {name: ours[name] for name in _KEPT})
    return table.sort_values(["code", "weeks_ago"]).reset_index(drop=True)
