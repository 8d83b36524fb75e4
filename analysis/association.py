"""How two weekly series of one runner move together: a rank correlation that refuses when it cannot tell.

Description only. Weeks where either value is unknown are left out, never filled (evidence 6.1.1).
"""

from dataclasses import dataclass
from typing import Final, Literal

import pandas as pd
from scipy import stats

from analysis.evidence import GATE_PAIN_VALUES, GATE_PAIN_WEEKS, GATE_SHOW, LAGS_WEEKS
from analysis.weeks import WEEK

Reason = Literal["too few weeks", "x constant", "y constant", "pain varies too little"]

# Evidence 6.1.8: both directions of every pair, so that pain that keeps a runner from training is seen too.
PAIRS: Final = (("adherence", "pain"), ("adherence", "distance_m"), ("distance_m", "pain"))


@dataclass(frozen=True)
class Association:
    """`y` taken `lag` weeks after `x`, over `n` weeks where both are known.

    `r` is None when refused; then `reason` says why and `needed` how many more paired weeks it takes.
    """

    x: str
    y: str
    lag: int
    n: int
    r: float | None
    needed: int = 0
    reason: Reason | None = None


def within_runner(weeks: pd.DataFrame, x: str, y: str, *, lag: int = 0) -> Association:
    """Spearman's coefficient of column `x` with column `y` of `lag` calendar weeks later.

    `weeks` is the weekly frame (with adherence where it is asked for). Raises ValueError for a negative lag:
    swap the columns instead, so that what comes first is always named first.
    """
    if lag < 0:
        raise ValueError(f"The lag is {lag}. It counts weeks from the first column to the second.")
    pairs = paired(weeks, x, y, lag)
    reason = _refusal(pairs, x, y)
    if reason is not None:
        return Association(x, y, lag, len(pairs), None, max(0, GATE_SHOW - len(pairs)), reason)
    r = float(stats.spearmanr(pairs["x"], pairs["y"]).statistic)
    return Association(x, y, lag, len(pairs), r)


def paired(weeks: pd.DataFrame, x: str, y: str, lag: int = 0) -> pd.DataFrame:
    """Columns week, x, y: matched by date, so a week missing from the frame breaks a pair like an unknown one."""
    later = weeks.set_index("week")[y].reindex(weeks["week"] + lag * WEEK)
    pairs = pd.DataFrame({"week": weeks["week"], "x": weeks[x], "y": later.to_numpy()})
    return pairs.dropna().reset_index(drop=True)


def table(weeks: pd.DataFrame) -> tuple[Association, ...]:
    """Every pair at lags 0 to 2, and the other way round at lags 1 and 2: 15 rows, fixed before looking."""
    forward = [within_runner(weeks, x, y, lag=lag) for x, y in PAIRS for lag in LAGS_WEEKS]
    backward = [within_runner(weeks, y, x, lag=lag) for x, y in PAIRS for lag in LAGS_WEEKS if lag]
    return (*forward, *backward)


def _refusal(pairs: pd.DataFrame, x: str, y: str) -> Reason | None:
    if len(pairs) < GATE_SHOW:
        return "too few weeks"
    if pairs["x"].nunique() == 1:
        return "x constant"
    if pairs["y"].nunique() == 1:
        return "y constant"
    pain = [pairs[column] for column, name in (("x", x), ("y", y)) if name.startswith("pain")]
    return "pain varies too little" if any(map(_varies_too_little, pain)) else None


def _varies_too_little(pain: "pd.Series[float]") -> bool:
    return bool(pain.nunique() < GATE_PAIN_VALUES or (pain > 0).sum() < GATE_PAIN_WEEKS)
