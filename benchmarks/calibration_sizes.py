"""Do the ranges of everything that is no single coefficient hold? Sizes in points of pain, courses, and squads."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Final

import numpy as np
import pandas as pd

from analysis.association import repeated_measures
from analysis.comparisons import before_and_after
from analysis.effects import high_against_low, per_session
from analysis.phrases import percent
from analysis.simulation import Diary, simulate
from benchmarks.shares import Share, Table

WEEKS: Final = (12, 26, 52, 104, 156)
CARRIED: Final = (0.0, 0.5, 0.8)
LINKED: Final = {
    f"AR {carried:g} in both": Diary(52, (carried, carried, 0.0), linked=-0.45, later=1) for carried in CARRIED
}
LARGE_SAMPLE: Final = 200_000  # weeks
PAIRS_OF_WEEKS: Final = 2_000_000
SESSIONS: Final = 4  # a week, so that quarters are whole sessions
BAD_WEEK: Final = 5  # pain at which a runner begins a diary
BEFORE_A_BAD_WEEK: Final = 60  # weeks
SQUAD_WEEKS: Final = 26

RANGE_LEAST: Final = 0.92
CHANGE_MOST: Final = 0.08
SQUAD_LEAST: Final = 0.90


def sizes(times: int) -> Iterator[Table]:
    """All of them, from so many diaries a cell, fewer for squads."""
    yield _difference_table(times)
    yield _slope_table(times)
    yield _change_table(times)
    yield _squad_table(times // 2)


def _difference_table(times: int) -> Table:
    return Table(
        "The difference between high and low weeks",
        "Ranges for the difference in pain a week after weeks of high and of low adherence, in points, that hold its "
        f"large-sample value; nominal 95 %, at least {percent(RANGE_LEAST)}. What is new in the two is correlated "
        "-0.45.",
        [f"{weeks} weeks" for weeks in WEEKS[1:]],
        {name: _differences(kind, times) for name, kind in LINKED.items()},
    )


def _differences(kind: Diary, times: int) -> list[Share]:
    truth = high_against_low(simulate(replace(kind, weeks=LARGE_SAMPLE), np.random.default_rng(9))).difference
    return [difference_coverage(replace(kind, weeks=weeks), times, truth) for weeks in WEEKS[1:]]


def difference_coverage(kind: Diary, times: int, truth: float, seed: int = 7) -> Share:
    """Ranges of `high_against_low` that hold its large-sample value."""
    rng = _generator(kind, seed)
    found = [high_against_low(simulate(kind, rng), lag=kind.later) for _ in range(times)]
    shown = [one for one in found if one.difference is not None]
    return Share(sum(one.ci_low <= truth <= one.ci_high for one in shown), len(shown), least=RANGE_LEAST)


def _slope_table(times: int) -> Table:
    return Table(
        "One more session",
        "The same for the Theil-Sen slope: points of pain a week after one more session of four.",
        [f"{weeks} weeks" for weeks in WEEKS[1:]],
        {name: _slopes(kind, times) for name, kind in LINKED.items()},
    )


def _slopes(kind: Diary, times: int) -> list[Share]:
    truth = large_sample_slope(kind)
    return [slope_coverage(replace(kind, weeks=weeks), times, truth) for weeks in WEEKS[1:]]


def large_sample_slope(kind: Diary, seed: int = 9) -> float:
    """The median slope between two weeks of a very long diary, from pairs of weeks drawn at random."""
    rng = np.random.default_rng(seed)
    frame = _with_sessions(simulate(replace(kind, weeks=LARGE_SAMPLE), rng))
    done, after = frame["sessions_done"].to_numpy()[: -kind.later], frame["pain"].to_numpy()[kind.later :]
    one, other = rng.integers(0, len(done), (2, PAIRS_OF_WEEKS))
    run = done[one] - done[other]
    return float(np.median((after[one] - after[other])[run != 0] / run[run != 0]))


def slope_coverage(kind: Diary, times: int, truth: float, seed: int = 11) -> Share:
    """Ranges of `per_session` that hold its large-sample value."""
    rng = _generator(kind, seed)
    found = [per_session(_with_sessions(simulate(kind, rng)), lag=kind.later) for _ in range(times)]
    shown = [one for one in found if one.per_session is not None]
    return Share(sum(one.ci_low <= truth <= one.ci_high for one in shown), len(shown), least=RANGE_LEAST)


def _with_sessions(frame: pd.DataFrame) -> pd.DataFrame:
    return frame.assign(sessions_done=SESSIONS * frame["adherence"])


def _change_table(times: int) -> Table:
    rows = {}
    for carried in CARRIED:
        kind = Diary(52, (0.0, carried, 0.0))
        each = [replace(kind, weeks=weeks) for weeks in WEEKS]
        rows[f"AR {carried:g} in pain"] = [false_changes(one, times) for one in each]
        rows[f"AR {carried:g} in pain, begun in a bad week"] = [false_changes(one, times, bad=True) for one in each]
    return Table(
        "Before and after",
        "Diaries in which pain did not change and is said to have: nominal 5 %, at most "
        f"{percent(CHANGE_MOST)}. A bad week is one with a pain of {BAD_WEEK} or more.",
        [f"{weeks} weeks" for weeks in WEEKS],
        rows,
    )


def false_changes(kind: Diary, times: int, *, bad: bool = False, seed: int = 12) -> Share:
    """Findings of `before_and_after` where the level stayed the same."""
    rng = _generator(kind, seed)
    frames = (_begun_badly(kind, rng) if bad else simulate(kind, rng) for _ in range(times))
    shown = [one for one in map(before_and_after, frames) if one.change is not None]
    return Share(sum(one.is_finding for one in shown), len(shown), most=CHANGE_MOST)


def _begun_badly(kind: Diary, rng: np.random.Generator) -> pd.DataFrame:
    """A diary that began in the first bad week of a longer course; empty where there was none."""
    course = simulate(replace(kind, weeks=kind.weeks + BEFORE_A_BAD_WEEK), rng)
    bad = np.flatnonzero(course["pain"][: BEFORE_A_BAD_WEEK + 1] >= BAD_WEEK)
    return course[bad[0] : bad[0] + kind.weeks] if len(bad) else course[:0]


def _squad_table(times: int) -> Table:
    return Table(
        "A squad",
        f"Ranges that hold 0 where nothing is linked, {SQUAD_WEEKS} weeks a runner: from resampling runners (at least "
        f"{percent(SQUAD_LEAST)}), and the textbook's, which takes weeks for independent.",
        [f"AR {carried:g}" for carried in CARRIED],
        dict(row for runners in (8, 20) for row in _squads(runners, times)),
    )


def _squads(runners: int, times: int) -> Iterator[tuple[str, list[Share]]]:
    pairs = [squad_coverage(runners, carried, times) for carried in CARRIED]
    yield f"{runners} runners, resampled", [resampled for resampled, _ in pairs]
    yield f"{runners} runners, textbook", [textbook for _, textbook in pairs]


def squad_coverage(runners: int, carried: float, times: int, seed: int = 8) -> tuple[Share, Share]:
    """Ranges that hold 0 in squads without a link: from resampling runners, and the textbook's."""
    rng = np.random.default_rng([seed, runners, round(100 * carried)])
    kind = Diary(SQUAD_WEEKS, (carried, carried, 0.0))
    squads = [[simulate(kind, rng).assign(runner=at) for at in range(runners)] for _ in range(times)]
    found = [repeated_measures(pd.concat(one), "runner", "adherence", "pain") for one in squads]
    resampled = sum(one.resampled_low <= 0 <= one.resampled_high for one in found)
    textbook = sum(one.ci_low <= 0 <= one.ci_high for one in found)
    return Share(resampled, times, least=SQUAD_LEAST), Share(textbook, times)


def _generator(kind: Diary, seed: int) -> np.random.Generator:
    return np.random.default_rng([seed, kind.weeks, round(100 * kind.carried[1])])
