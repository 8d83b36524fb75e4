"""New running injuries and days lost for each 1,000 hours of running (Yamato 2015, Bahr 2020; evidence 2.4).

An injury counts where the hours of its week are known: a rate has both from the same weeks, or it is neither.
"""

from collections.abc import Collection
from dataclasses import dataclass, replace
from typing import Final, Literal

import numpy as np
import pandas as pd
from scipy import stats

from analysis.evidence import CONFIDENCE, GATE_HOURS, GATE_HOURS_SHARE, GATE_RUNNERS

Reason = Literal["too few runners", "too few weeks with hours", "too few hours"]
_CRITERIA: Final = ["seven_days", "three_sessions", "consulted"]
_NOT_A_LEG: Final = ("anywhere", "lower back", "other")  # the definition is about the lower limbs
_PER_HOURS: Final = 1_000


@dataclass(frozen=True)
class InjuryRates:
    """`injuries` new ones and the `days_lost` with them in `hours` of `runners` runners. `with_hours` of
    `running_weeks` have a duration for every run; the others have no hours and do not count.

    Left out are `without_hours`, which began in a week without known hours, and `not_counted`, which meet no criterion
    or are not of a leg. `still_out` are those without a return, whose days are counted to the end. The rates are for
    each 1,000 hours, the range that of the first one; all are None where there is a `reason`.
    """

    runners: int
    running_weeks: int = 0
    with_hours: int = 0
    hours: float = 0.0
    injuries: int = 0
    days_lost: int = 0
    without_hours: int = 0
    not_counted: int = 0
    still_out: int = 0
    reason: Reason | None = None

    @property
    def share(self) -> float:
        """Of the running weeks, those with hours."""
        return self.with_hours / max(self.running_weeks, 1)

    @property
    def incidence(self) -> float | None:
        return None if self.reason else _PER_HOURS * self.injuries / self.hours

    @property
    def incidence_range(self) -> tuple[float, float] | None:
        if self.reason:
            return None
        low, high = poisson_range(self.injuries)
        return _PER_HOURS * low / self.hours, _PER_HOURS * high / self.hours

    @property
    def burden(self) -> float | None:
        return None if self.reason else _PER_HOURS * self.days_lost / self.hours


def poisson_range(events: int, confidence: float = CONFIDENCE) -> tuple[float, float]:
    """The exact interval of a count (Garwood 1936)."""
    tail = (1 - confidence) / 2
    low = float(stats.chi2.ppf(tail, 2 * events)) / 2 if events else 0.0
    return low, float(stats.chi2.isf(tail, 2 * events + 2)) / 2


def injury_rates(
    weeks: pd.DataFrame, hours: pd.DataFrame, injuries: pd.DataFrame, runners: Collection[int]
) -> InjuryRates:
    """`weeks` is a squad's weekly frame of finished weeks, `hours` has runner, week, runs, timed, seconds; `injuries`
    runner, onset, site, returned_on and the criteria. `runners` are those who share their running and their pain."""
    if len(runners) < GATE_RUNNERS:
        return InjuryRates(len(runners), reason="too few runners")
    ran = _exposure(weeks[weeks["runner"].isin(list(runners))], hours)
    running, timed = ran["is_running"], ran["is_timed"]
    counted, without_hours, not_counted = _counted(injuries, ran)
    end = weeks["week"].max() + pd.Timedelta(weeks=1)
    lost = (counted["returned_on"].fillna(end).clip(upper=end) - counted["onset"]).dt.days
    found = InjuryRates(
        runners=int(ran.loc[timed, "runner"].nunique()),
        running_weeks=int(running.sum()),
        with_hours=int(timed.sum()),
        hours=float(ran.loc[timed, "seconds"].sum()) / 3600,
        injuries=len(counted),
        days_lost=int(lost.sum()),
        without_hours=without_hours,
        not_counted=not_counted,
        still_out=int(counted["returned_on"].isna().sum()),
    )
    return _refused(found)


def _refused(found: InjuryRates) -> InjuryRates:
    reason: Reason | None = None
    if found.runners < GATE_RUNNERS:
        reason = "too few runners"
    elif found.share < GATE_HOURS_SHARE:
        reason = "too few weeks with hours"
    elif found.hours < GATE_HOURS:
        reason = "too few hours"
    return replace(found, reason=reason)


def _exposure(weeks: pd.DataFrame, hours: pd.DataFrame) -> pd.DataFrame:
    """The weeks with `seconds`, whether there was running, and whether all of it is timed. A typed total stands for
    more than the runs that are there, so it has no hours."""
    ran = weeks[["runner", "week", "distance_m", "distance_from"]].merge(hours, on=["runner", "week"], how="left")
    is_running = (ran["distance_m"] > 0) | (ran["runs"] > 0)
    is_timed = is_running & (ran["distance_from"] != "typed") & (ran["timed"] == ran["runs"])
    return ran.assign(is_running=is_running, is_timed=is_timed, is_known=is_timed | (ran["distance_m"] == 0))


def _counted(injuries: pd.DataFrame, ran: pd.DataFrame) -> tuple[pd.DataFrame, int, int]:
    """The new injuries of weeks whose hours are known, how many were in other weeks, and how many are none."""
    ours = injuries[injuries["runner"].isin(ran["runner"].unique())].sort_values("onset", kind="stable")
    weeks = pd.DataFrame({"week": np.sort(ran["week"].unique())})
    placed = pd.merge_asof(ours, weeks, left_on="onset", right_on="week", tolerance=pd.Timedelta(days=6))
    placed = placed.dropna(subset="week")
    meets = placed[_CRITERIA].fillna(value=False).any(axis=1) & ~placed["site"].isin(_NOT_A_LEG)
    new = placed[meets].merge(ran[["runner", "week", "is_known"]], on=["runner", "week"], how="left")
    known = new["is_known"].fillna(value=False).astype(bool)
    return new[known], int((~known).sum()), int((~meets).sum())
