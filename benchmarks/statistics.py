"""`python -m benchmarks.statistics`: what Trends and a squad compute, beside what issue 4 asks for and other packages.

Ours always answers with an interval and a verdict, theirs with a coefficient and at most one p: the ratio is for what a
page would have to call.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from typing import Final

import numpy as np
import pandas as pd
import pingouin
from scipy import stats

from analysis.association import each_runner, repeated_measures, squad_table, table, within_runner
from analysis.comparisons import adjustment, before_and_after, direction
from analysis.effects import high_against_low, per_session
from analysis.evidence import LAGS_WEEKS
from analysis.mixed_model import mixed_model
from analysis.simulation import Diary, simulate
from benchmarks.timing import Timing, show, timed

TEN_YEARS: Final = 520
TABLE_TARGET: Final = 0.040  # s, so that the page keeps most of its time for drawing
TRENDS_TARGET: Final = 0.150  # s; issue 4
SQUAD_TARGET: Final = 1.0  # s, 200 runners and 3 years; issue 4
RM_CORR_RATIO: Final = 1_000  # at 1,000 runners and 156 weeks; issue 4
REPEATS: Final = 31
WHERE: Final = "in memory"


@dataclass(frozen=True)
class Comparison:
    """The same question put to us and to another package; `least` is the ratio that is asked for."""

    ours: Timing
    theirs: Timing
    least: float | None = None

    @property
    def ratio(self) -> float:
        return self.theirs.median / self.ours.median

    def __str__(self) -> str:
        said = f"{self.theirs.what}: {self.ratio:,.2f} times as long as {self.ours.what}"
        if self.least is None:
            return said
        return f"{said} (target {self.least:,.0f}{', missed' if self.ratio < self.least else ''})"


def statistics() -> Iterator[Timing]:
    """Timings of what pages compute."""
    weeks, squad = ten_years(), runners(200, 156)
    names = ("runner", "adherence", "pain")
    yield _timed("Trends' 15 pairs and lags, ten years", partial(table, weeks), TABLE_TARGET)
    yield _timed("everything of Trends, ten years", partial(trends, weeks), TRENDS_TARGET)
    yield _timed("squad of 200, 3 years", partial(squad_page, squad), SQUAD_TARGET, 4)
    yield _timed("its mixed model, where asked for", partial(mixed_model, squad, *names), None, 3)


def comparisons() -> Iterator[Comparison]:
    """Us and others, in the same run."""
    big, weeks = runners(1_000, 156), ten_years()
    names = {"subject": "runner", "x": "adherence", "y": "pain"}
    ours = _timed("repeated_measures, 1,000 x 156", partial(repeated_measures, big, **names))
    yield Comparison(ours, _once("pingouin rm_corr", partial(pingouin.rm_corr, big, **names)), RM_CORR_RATIO)
    centred = partial(_centred_corr, big)
    yield Comparison(ours, _timed("pandas, centred by runner and corr", centred))
    one = _timed("within_runner, 520 weeks", partial(within_runner, weeks, "adherence", "pain"))
    spearman = partial(stats.spearmanr, weeks["adherence"], weeks["pain"])
    yield Comparison(one, _timed("SciPy spearmanr", spearman))
    yield Comparison(one, _timed("pandas corr, spearman", partial(weeks["adherence"].corr, weeks["pain"], "spearman")))


def trends(weeks: pd.DataFrame) -> list[object]:
    """One of everything the page shows."""
    found = table(weeks)
    effects = [effect(weeks, lag=lag) for effect in (high_against_low, per_session) for lag in LAGS_WEEKS]
    adjusted = [adjustment(weeks, "adherence", "pain", lag=lag) for lag in LAGS_WEEKS]
    return [*found, direction(found, "adherence", "pain"), *adjusted, *effects, before_and_after(weeks)]


def squad_page(squad: pd.DataFrame) -> list[object]:
    """The numbers for the group, judged together, and every runner's own beside the one that is looked at."""
    return [*squad_table(squad, "runner"), *each_runner(squad, "runner", "adherence", "pain").values()]


def ten_years() -> pd.DataFrame:
    diary = simulate(Diary(TEN_YEARS, (0.6, 0.6, 0.6), linked=-0.3, later=1), np.random.default_rng(1))
    return diary.assign(sessions_prescribed=4.0, sessions_done=diary["adherence"] * 4)


def runners(number: int, weeks: int) -> pd.DataFrame:
    """Diaries of so many runners under one another."""
    rng = np.random.default_rng(2)
    diaries = [simulate(Diary(weeks, (0.6, 0.6, 0.6), linked=-0.3), rng).assign(runner=at) for at in range(number)]
    return pd.concat(diaries, ignore_index=True)


def _centred_corr(squad: pd.DataFrame) -> float:
    values = squad[["adherence", "pain"]]
    centred = values - values.groupby(squad["runner"]).transform("mean")
    return float(centred["adherence"].corr(centred["pain"]))


def _timed(what: str, action: Callable[[], object], target: float | None = None, repeats: int = REPEATS) -> Timing:
    return timed(what, WHERE, [action] * repeats, target)


def _once(what: str, action: Callable[[], object]) -> Timing:
    """For what takes half a minute: the action that is not counted does nothing."""
    return timed(what, WHERE, [int, action])


def main() -> None:
    show(statistics())
    print(*comparisons(), sep="\n")


if __name__ == "__main__":
    main()
