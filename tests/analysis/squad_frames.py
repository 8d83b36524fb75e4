"""A squad's weekly frame as the store gives it, small enough to count by hand."""

from datetime import date, timedelta

import numpy as np
import pandas as pd

FIRST = date(2026, 1, 5)  # a Monday

ORDINARY = {
    "distance_m": 30_000.0,
    "distance_from": "runs",
    "runs_m": 30_000.0,
    "runs": 3,
    "longest_run_m": 12_345.0,
    "duration_s": 10_800.0,
    "sessions": 3,
    "sessions_done": 3.0,
    "sessions_prescribed": 3,
    "pain": 1.0,
    "pain_left": 1.0,
    "pain_right": np.nan,
    "pain_morning": 0.0,
}


def monday(week: int) -> pd.Timestamp:
    return pd.Timestamp(FIRST + timedelta(weeks=week))


def squad_frame(runners: int, weeks: int, **changes: dict[tuple[int, int], object]) -> pd.DataFrame:
    """Runners 1, 2 and so on with ordinary weeks; `changes` gives a column's values at (runner, week)."""
    rows = [
        {"runner": runner, "week": monday(week)} | ORDINARY for runner in range(1, runners + 1) for week in range(weeks)
    ]
    frame = pd.DataFrame(rows).astype({"week": "datetime64[s]"}).set_index(["runner", "week"])
    for name, values in changes.items():
        for (runner, week), value in values.items():
            frame.loc[(runner, monday(week)), name] = value
    return frame.reset_index()


def answers(*rows: tuple[int, int, float, float, float, float]) -> pd.DataFrame:
    """(runner, week, q1, q2, q3, q4)."""
    questions = ["q1", "q2", "q3", "q4"]
    frame = pd.DataFrame(
        [(runner, monday(week), *given) for runner, week, *given in rows], None, ["runner", "week", *questions]
    )
    return frame.astype({"week": "datetime64[s]", "runner": "int64"} | dict.fromkeys(questions, "float64"))
