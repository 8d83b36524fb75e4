"""What a stretch of weeks shows, counted once and put into words elsewhere."""

from dataclasses import dataclass
from datetime import date

import numpy as np
import numpy.typing as npt
import pandas as pd

from analysis.evidence import BASELINE_WEEKS
from analysis.weeks import complete_weeks, with_adherence

Values = npt.NDArray[np.float64]


@dataclass(frozen=True)
class Known:
    """A column's known values: how many, the lowest, the highest and the latest (None when there is none)."""

    weeks: int
    low: float | None = None
    high: float | None = None
    latest: float | None = None


@dataclass(frozen=True)
class Overview:
    """Finished weeks only. `planned` counts those with sessions prescribed, `answered` those of them logged.

    `pain_before` and `pain_after` are medians of the first and the last four weeks with a rating, the entry week left
    out, and None under nine such weeks (evidence 6.1.9: a baseline is at least four weeks, never the entry week).
    """

    weeks: int
    first: date | None
    last: date | None
    distance: Known
    planned: int
    answered: int
    done: int
    prescribed: int
    pain: Known
    pain_left: Known
    pain_right: Known
    pain_before: float | None
    pain_after: float | None

    @property
    def share_done(self) -> float | None:
        """Sessions done of those prescribed in the weeks that were logged, capped week by week at 1."""
        return self.done / self.prescribed if self.prescribed else None


def overview(weeks: pd.DataFrame, today: date) -> Overview:
    """Count the finished weeks of a weekly frame."""
    finished = with_adherence(complete_weeks(weeks, today))
    answered = finished[finished["adherence"].notna()]
    pain = _values(finished, "pain")
    before, after = _baseline(pain)
    return Overview(
        weeks=len(finished),
        first=None if finished.empty else finished["week"].iloc[0].date(),
        last=None if finished.empty else finished["week"].iloc[-1].date(),
        distance=_known(_values(finished, "distance_m")),
        planned=int((finished["sessions_prescribed"] > 0).sum()),
        answered=len(answered),
        done=int(np.minimum(answered["sessions_done"], answered["sessions_prescribed"]).sum()),
        prescribed=int(answered["sessions_prescribed"].sum()),
        pain=_known(pain),
        pain_left=_known(_values(finished, "pain_left")),
        pain_right=_known(_values(finished, "pain_right")),
        pain_before=before,
        pain_after=after,
    )


def _values(weeks: pd.DataFrame, column: str) -> Values:
    return weeks[column].dropna().to_numpy(dtype="float64")


def _known(values: Values) -> Known:
    if not values.size:
        return Known(0)
    return Known(values.size, float(values.min()), float(values.max()), float(values[-1]))


def _baseline(pain: Values) -> tuple[float | None, float | None]:
    after_entry = pain[1:]
    if after_entry.size < 2 * BASELINE_WEEKS:
        return None, None
    return float(np.median(after_entry[:BASELINE_WEEKS])), float(np.median(after_entry[-BASELINE_WEEKS:]))
