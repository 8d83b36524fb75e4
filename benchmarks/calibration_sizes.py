"""Do the ranges of everything that is no single coefficient hold? Sizes in points of pain, courses, and squads."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final

import numpy as np
import pandas as pd

from analysis.association import RepeatedMeasures, repeated_measures
from analysis.comparisons import before_and_after
from analysis.effects import high_against_low, per_session
from analysis.mixed_model import mixed_model
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
UNEQUAL_WEEKS: Final = (6, 51)
SAME_LINK: Final = (-0.45,)
TWO_LINKS: Final = (-0.6, 0.0)  # every other runner

RANGE_LEAST: Final = 0.92
CHANGE_MOST: Final = 0.08
SQUAD_LEAST: Final = 0.93
DIFFER_MOST: Final = 0.07
MIXED_MOST: Final = 0.08


def sizes(times: int) -> Iterator[Table]:
    """All of them, from so many diaries a cell, twice as many squads, and half as many mixed models."""
    yield _difference_table(times)
    yield _slope_table(times)
    yield _change_table(times)
    yield from _squad_tables(2 * times)
    yield _mixed_table(times // 2)


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
    done, after = SESSIONS * frame["adherence"].to_numpy()[: -kind.later], frame["pain"].to_numpy()[kind.later :]
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
    return frame.assign(sessions_prescribed=SESSIONS)


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


@dataclass(frozen=True)
class Squad:
    """Runners whose weeks carry over `carried` in both series, 26 weeks each or `unequal`ly many; `links` are what is
    new in pain correlated with what is new in adherence, of one runner after another."""

    runners: int
    carried: float
    unequal: bool = False
    links: tuple[float, ...] = (0.0,)


def squads(kind: Squad, times: int, seed: int = 8) -> Iterator[pd.DataFrame]:
    """The weeks of so many squads, each in one frame with column runner."""
    rng = np.random.default_rng([seed, kind.runners, round(100 * kind.carried), kind.unequal, len(kind.links)])
    low, high = UNEQUAL_WEEKS if kind.unequal else (SQUAD_WEEKS, SQUAD_WEEKS)
    carried = (kind.carried, kind.carried, 0.0)
    for _ in range(times):
        diaries = [
            Diary(int(rng.integers(low, high + 1)), carried, kind.links[at % len(kind.links)])
            for at in range(kind.runners)
        ]
        frames = [simulate(diary, rng).assign(runner=at) for at, diary in enumerate(diaries)]
        yield pd.concat(frames, ignore_index=True)


def correlated(kind: Squad, times: int) -> list[RepeatedMeasures]:
    """What is shown of them; a refusal is neither right nor wrong."""
    found = [repeated_measures(one, "runner", "adherence", "pain") for one in squads(kind, times)]
    return [one for one in found if one.verdict != "no number"]


def range_holds(found: Sequence[RepeatedMeasures]) -> Share:
    """Squads without a link whose range holds 0."""
    return Share(sum(one.resampled_low <= 0 <= one.resampled_high for one in found), len(found), least=SQUAD_LEAST)


def textbook_holds(found: Sequence[RepeatedMeasures]) -> Share:
    return Share(sum(one.ci_low <= 0 <= one.ci_high for one in found), len(found))


def differing(found: Sequence[RepeatedMeasures], most: float = DIFFER_MOST) -> Share:
    """Squads whose runners are said to differ too much for one number."""
    return Share(sum(one.runners_differ for one in found), len(found), most=most)


def _squad_tables(times: int) -> Iterator[Table]:
    columns = [f"AR {carried:g}" for carried in CARRIED]
    rows: dict[str, list[Share]] = {}
    differ: dict[str, list[Share]] = {}
    for runners in (5, 8, 20):
        equal, unequal = ([correlated(Squad(runners, one, kind), times) for one in CARRIED] for kind in (False, True))
        rows[f"{runners} runners"] = [range_holds(found) for found in equal]
        rows[f"{runners} runners, textbook"] = [textbook_holds(found) for found in equal]
        rows[f"{runners} runners, unequal weeks"] = [range_holds(found) for found in unequal]
        if runners > 5:
            differ[f"{runners} runners, no link"] = [differing(found) for found in equal]
            differ[f"{runners} runners, unequal weeks, no link"] = [differing(found) for found in unequal]
            differ |= _linked_rows(runners, times // 2)
    yield Table(
        "A squad",
        f"Ranges that hold 0 where nothing is linked, {SQUAD_WEEKS} weeks a runner, or {UNEQUAL_WEEKS[0]} to "
        f"{UNEQUAL_WEEKS[1]}: from leaving out runners in turn (at least {percent(SQUAD_LEAST)}), and the textbook's, "
        "which takes weeks for independent.",
        columns,
        rows,
    )
    yield Table(
        "Whether runners differ",
        "Squads whose runners are said to differ too much for one number. Where none is linked, or all are alike (what "
        f"is new is correlated {SAME_LINK[0]}), at most {percent(DIFFER_MOST)}; the last row of each is where every "
        f"other runner has a link of {TWO_LINKS[0]} and the rest none.",
        columns,
        differ,
    )


def _linked_rows(runners: int, times: int) -> dict[str, list[Share]]:
    same, two = (
        [correlated(Squad(runners, one, links=kind), times) for one in CARRIED] for kind in (SAME_LINK, TWO_LINKS)
    )
    return {
        f"{runners} runners, the same link": [differing(found) for found in same],
        f"{runners} runners, two links: found": [differing(found, most=1.0) for found in two],
    }


def _mixed_table(times: int) -> Table:
    rows: dict[str, list[Share]] = {}
    for unequal, name in ((False, "8 runners"), (True, "8 runners, unequal weeks")):
        found = [mixed_findings(Squad(8, carried, unequal), times) for carried in CARRIED]
        rows[f"{name}, within"] = [within for within, _ in found]
        rows[f"{name}, between"] = [between for _, between in found]
    return Table(
        "The mixed model",
        f"Squads without a link for which a part's range leaves out 0: nominal 5 %, at most {percent(MIXED_MOST)}.",
        [f"AR {carried:g}" for carried in CARRIED],
        rows,
    )


def mixed_findings(kind: Squad, times: int) -> tuple[Share, Share]:
    """Squads with a p under 5 % within runners, and between them."""
    found = [mixed_model(one, "runner", "adherence", "pain") for one in squads(kind, times)]
    parts = [(one.within, one.between) for one in found if one.within is not None and one.between is not None]
    within, between = (sum(part.p < 0.05 for part in side) for side in zip(*parts, strict=True))
    return Share(within, len(parts), most=MIXED_MOST), Share(between, len(parts), most=MIXED_MOST)


def _generator(kind: Diary, seed: int) -> np.random.Generator:
    return np.random.default_rng([seed, kind.weeks, round(100 * kind.carried[1])])
