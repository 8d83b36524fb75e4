"""Weekly frames as the storage hands them over, with only the columns a test cares about filled in."""

import numpy as np
import pandas as pd

NAN = float("nan")
MONDAY = pd.Timestamp("2026-01-05")


def weekly_frame(weeks=1, start=MONDAY, **columns):
    """Consecutive unknown weeks from `start`; distance, sessions and pain as given by `columns`."""
    frame = pd.DataFrame({"week": pd.date_range(start, periods=weeks, freq="7D").astype("datetime64[s]")})
    for name in ("distance_m", "runs_m", "longest_run_m", "duration_s", "sessions_done"):
        frame[name] = NAN
    for name in ("pain", "pain_left", "pain_right", "pain_morning"):
        frame[name] = NAN
    for name in ("runs", "sessions", "sessions_prescribed"):
        frame[name] = np.zeros(weeks, dtype="int64")
    frame["distance_from"] = pd.Series(["unknown"] * weeks, dtype="str")
    frame = frame.assign(**columns)
    if "distance_m" in columns and "distance_from" not in columns:
        metres = frame["distance_m"]
        source = np.where(metres.isna(), "unknown", np.where(metres == 0, "stated zero", "runs"))
        frame["distance_from"] = pd.Series(source, dtype="str")
    return frame


def related_weeks(weeks, slope, seed=1):
    """Adherence in thirds and a pain that follows it (slope -1: less pain with more sessions), never constant."""
    rng = np.random.default_rng(seed)
    done = rng.integers(0, 4, weeks).astype("float64")
    pain = np.clip(np.round(5 + slope * 1.5 * (done - 1.5) + rng.normal(0, 0.5, weeks)), 0, 10)
    metres = rng.integers(10, 60, weeks) * 1000.0
    return weekly_frame(weeks, sessions_done=done, sessions_prescribed=3, sessions=3, pain=pain, distance_m=metres)
