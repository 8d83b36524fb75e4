"""Made-up diaries whose true links are known: what the methods are measured on, and what shows a reader how they work.

Every function takes a seeded generator or a seed; the same one gives the same diaries.
"""

from dataclasses import dataclass
from typing import Final, Literal

import numpy as np
import pandas as pd
from scipy import signal, stats

from analysis.association import within_runner
from analysis.evidence import PAIN_NONE, PAIN_WORST
from analysis.prewhitening import Values

Leader = Literal["adherence", "distance_m"]

_FIRST_WEEK: Final = np.datetime64("2020-01-06")  # a Monday
_FORGOTTEN: Final = 100  # weeks after which an autoregression's start no longer shows

# What the hidden, normal values of a week become: adherence in quarters around 0.6, whole pain from 0, kilometres.
_ADHERENCE: Final = (0.6, 0.3)
_QUARTERS: Final = 4
_PAIN_SPREAD: Final = 2.0
_DISTANCE_M: Final = (40_000.0, 8_000.0)
# The usual value of a series that is hardly ever another one, and those others.
_RARE: Final = {
    "adherence": (1.0, (0.0, 0.25, 0.5, 0.75)),
    "pain": (0.0, (1.0, 2.0, 3.0, 4.0, 5.0)),
    "distance_m": (40_000.0, tuple(1_000.0 * kilometres for kilometres in range(20))),
}
_ROW: Final[dict[Leader, int]] = {"adherence": 0, "distance_m": 2}  # of the hidden values


@dataclass(frozen=True)
class Diary:
    """How a diary comes about.

    `carried` are the autoregressions' coefficients of adherence, pain and distance; `linked` the correlation of what
    is new in `leader` with what is new in pain `later` weeks on; `shared` the correlation of what is new in distance
    with what is new in adherence and in pain of the same week, which links the two by nothing of their own; `missing`
    the share of weeks not logged, by chance and for each series by itself; with `every` 2, every other week is logged;
    `drift` by how many standard deviations adherence and pain both rise from the first week to the last; `usual_pain`
    the middle of the pain scale (0: half of the weeks are without pain). With `rare`, every series is the same in all
    weeks but for this share, each by chance and by itself: all sessions done, no pain, one distance.
    With `shift`, adherence falls and pain rises by so many standard deviations in the middle of the diary; with
    `season`, they swing so far apart and back once a year. Neither has to do with the other.
    """

    weeks: int
    carried: tuple[float, float, float] = (0.0, 0.0, 0.0)
    linked: float = 0.0
    later: int = 0
    leader: Leader = "adherence"
    shared: float = 0.0
    missing: float = 0.0
    every: int = 1
    drift: float = 0.0
    usual_pain: float = 2.0
    rare: float = 0.0
    shift: float = 0.0
    season: float = 0.0


def simulate(diary: Diary, rng: np.random.Generator) -> pd.DataFrame:
    """A weekly frame: week, adherence (quarters, 0 to 1), pain (whole, 0 to 10), distance_m; NaN where not logged."""
    adherence, pain, distance = hidden(diary, rng)
    rise = diary.drift * np.linspace(-0.5, 0.5, diary.weeks)
    at = np.arange(diary.weeks)
    both = diary.shift * (at >= diary.weeks // 2) + diary.season * np.sin(2 * np.pi * at / 52)
    quarters = np.round((_ADHERENCE[0] + _ADHERENCE[1] * (adherence + rise - both)) * _QUARTERS) / _QUARTERS
    points = np.round(diary.usual_pain + _PAIN_SPREAD * (pain + rise + both))
    columns = {
        "adherence": np.clip(quarters, 0, 1),
        "pain": np.clip(points, PAIN_NONE, PAIN_WORST),
        "distance_m": np.clip(_DISTANCE_M[0] + _DISTANCE_M[1] * distance, 0, None),
    }
    if diary.rare:
        columns = {
            name: np.where(rng.random(diary.weeks) < diary.rare, rng.choice(odd, diary.weeks), usual)
            for name, (usual, odd) in _RARE.items()
        }
    weeks = (_FIRST_WEEK + 7 * np.arange(diary.weeks)).astype("datetime64[s]")
    logged = {name: _logged(values, diary, rng) for name, values in columns.items()}
    return pd.DataFrame({"week": weeks, **logged})


@dataclass(frozen=True)
class Demonstration:
    """Of so many diaries without any link: in how many the textbook's test finds one, and in how many ours does."""

    diaries: int
    textbook: int
    ours: int


def demonstration(seed: int, *, diaries: int = 100, weeks: int = 52, carried: float = 0.6) -> Demonstration:
    """Compare the textbook's test of Spearman's coefficient with `within_runner`, on adherence and pain from chance."""
    rng = np.random.default_rng(seed)
    plan = Diary(weeks, (carried, carried, carried))
    frames = [simulate(plan, rng) for _ in range(diaries)]
    found = [within_runner(frame, "adherence", "pain") for frame in frames]
    alpha = 1 - found[0].confidence
    textbook = [float(stats.spearmanr(frame["adherence"], frame["pain"]).pvalue) < alpha for frame in frames]
    return Demonstration(diaries, sum(textbook), sum(one.is_finding for one in found))


def hidden(diary: Diary, rng: np.random.Generator) -> tuple[Values, ...]:
    """Adherence, pain and distance before they are rounded: stationary normal autoregressions of variance 1, shape
    (weeks,) each. The same generator gives those behind `simulate`."""
    new = rng.standard_normal((3, diary.weeks + diary.later + _FORGOTTEN))
    new[:2] = diary.shared * new[2] + np.sqrt(1 - diary.shared**2) * new[:2]
    cause = np.roll(new[_ROW[diary.leader]], diary.later)
    new[1] = diary.linked * cause + np.sqrt(1 - diary.linked**2) * new[1]
    return tuple(_autoregression(row, carried)[-diary.weeks :] for row, carried in zip(new, diary.carried, strict=True))


def _autoregression(new: Values, carried: float) -> Values:
    series: Values = signal.lfilter([np.sqrt(1 - carried**2)], [1, -carried], new)
    return series


def _logged(values: Values, diary: Diary, rng: np.random.Generator) -> Values:
    known = (np.arange(len(values)) % diary.every == 0) & (rng.random(len(values)) >= diary.missing)
    return np.where(known, values, np.nan)
