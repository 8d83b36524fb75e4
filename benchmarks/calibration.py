"""`python -m benchmarks.calibration`: do the findings hold? Made-up diaries whose links are known, and what is found.

Prints docs/calibration.md, and ends with status 1 when a figure is out of its bounds.
"""

import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date
from typing import Final

import numpy as np

from analysis.association import Association, within_runner
from analysis.phrases import percent
from analysis.simulation import Diary, simulate
from benchmarks.calibration_page import whole_page
from benchmarks.calibration_sizes import sizes
from benchmarks.shares import Share, Table

WEEKS: Final = (12, 26, 52, 104, 156)
COLUMNS: Final = tuple(f"{weeks} weeks" for weeks in WEEKS)
CARRIED: Final = (0.0, 0.5, 0.8)
LINKED: Final = -0.45
LARGE_SAMPLE: Final = 200_000  # weeks
TIMES: Final = 2_000
PAGES: Final = 600

POWER_WEEKS: Final = 52
NOISE: Final = {f"AR {carried:g} in both": Diary(52, (carried, carried, 0.0)) for carried in CARRIED}
HARDER: Final = {
    "AR 0 in adherence, 0.8 in pain": Diary(52, (0.0, 0.8, 0.0)),
    "AR 0.8, a quarter of the weeks missing in each": Diary(52, (0.8, 0.8, 0.0), missing=0.25),
    "AR 0.8, every other week logged": Diary(52, (0.8, 0.8, 0.0), every=2),
    "AR 0.8, both rise by two standard deviations": Diary(52, (0.8, 0.8, 0.0), drift=2.0),
    "AR 0.8, half of the weeks without pain": Diary(52, (0.8, 0.8, 0.0), usual_pain=0.0),
}
RARE: Final = {
    "the same but for 6 % of weeks in each": Diary(52, rare=0.06),
    "the same but for 10 % of weeks in each": Diary(52, rare=0.1),
    "the same but for 20 % of weeks in each": Diary(52, rare=0.2),
}
UNSEEN: Final = {
    "both step by one standard deviation in the middle": Diary(52, (0.5, 0.5, 0.0), shift=1.0),
    "both step by two standard deviations": Diary(52, (0.5, 0.5, 0.0), shift=2.0),
    "both swing by one standard deviation with the season": Diary(52, (0.5, 0.5, 0.0), season=1.0),
    "both swing by two standard deviations": Diary(52, (0.5, 0.5, 0.0), season=2.0),
}
RARE_LEAST: Final = 100  # numbers, under which a share of them is not held against its bound
CONTROLLED: Final = {
    "AR 0.5, distance has to do with neither": Diary(52, (0.5, 0.5, 0.5)),
    "AR 0.8, distance has to do with neither": Diary(52, (0.8, 0.8, 0.8)),
    "AR 0.5, distance is behind both": Diary(52, (0.5, 0.5, 0.5), shared=0.5),
    "AR 0.8, distance is behind both": Diary(52, (0.8, 0.8, 0.8), shared=0.5),
}
ABOUT: Final = """
Made-up weekly diaries (analysis/simulation.py): adherence in quarters, whole pain from 0 to 10 with a floor at 0, each
from a normal first-order autoregression behind it. A figure out of its bounds is bold, and the command then fails. With
2,000 diaries the standard error of a share of 5 % is 0.5 %. Harder diaries and those with distance accounted for take
half as many, sizes and courses a third, squads two thirds (a third where linked), mixed models a sixth."""

FALSE_POSITIVES_MOST: Final = 0.06
SHARED_MOST: Final = 0.07
COVERAGE_LEAST: Final = 0.93
STRONG: Final = -0.9
STRONG_LEAST: Final = 0.91
POWER_LEAST: Final = {0.5: 0.76, 0.8: 0.62}


def answers(diary: Diary, times: int, seed: int, controls: Sequence[str] = ()) -> list[Association]:
    """What `within_runner` says of adherence and pain (of `later` weeks on), in so many diaries of one kind."""
    rng = np.random.default_rng([seed, diary.weeks, *(round(100 * carried) for carried in diary.carried)])
    frames = (simulate(diary, rng) for _ in range(times))
    return [within_runner(frame, "adherence", "pain", lag=diary.later, controls=controls) for frame in frames]


def numbers(found: Iterable[Association]) -> list[Association]:
    """Those that have a number: a refusal is neither right nor wrong."""
    return [one for one in found if one.r is not None]


def false_positives(diary: Diary, times: int, controls: Sequence[str] = (), seed: int = 1) -> Share:
    """Findings among the numbers, in diaries without a link (but for what the controls explain)."""
    found = numbers(answers(diary, times, seed, controls))
    most = SHARED_MOST if diary.shared else FALSE_POSITIVES_MOST
    return Share(sum(one.is_finding for one in found), len(found), most=most)


def power(found: Sequence[Association], least: float = 0.0) -> Share:
    """Diaries with a link in which it is found; a refusal finds nothing."""
    return Share(sum(one.is_finding for one in found), len(found), least=least)


def coverage(found: Sequence[Association], truth: float) -> Share:
    """Intervals that hold the coefficient's own large-sample value."""
    shown = numbers(found)
    return Share(sum(one.ci_low <= truth <= one.ci_high for one in shown), len(shown), least=COVERAGE_LEAST)


def large_sample_value(diary: Diary, seed: int = 4) -> float:
    """The coefficient of a very long diary of this kind, without drift."""
    rng = np.random.default_rng(seed)
    frame = simulate(replace(diary, weeks=LARGE_SAMPLE, drift=0.0), rng)
    return within_runner(frame, "adherence", "pain", lag=diary.later).r


def tables(times: int, pages: int) -> Iterator[Table]:
    """Everything that is measured, with so many diaries in a cell and so many whole pages."""
    yield from _chance(times)
    yield from _links(times)
    yield whole_page(pages)
    yield from sizes(times // 3)


def _chance(times: int) -> Iterator[Table]:
    yield Table(
        "False positives",
        "Findings among the diaries that get a number, where adherence and pain have nothing to do with each other; "
        f"nominal 5 %, bound {percent(FALSE_POSITIVES_MOST)}. AR is how much of a week is in the next one.",
        COLUMNS,
        {name: _unlinked(kind, times) for name, kind in NOISE.items()},
    )
    yield Table(
        "The same on harder diaries",
        "As above. Where weeks are missing, the diary is longer, so that about as many pairs are left. Where both "
        f"series are nearly always the same, most diaries get no number; a share of under {RARE_LEAST} numbers is said "
        "without a bound.",
        COLUMNS,
        {name: _unlinked(kind, times // 2) for name, kind in HARDER.items()}
        | {name: [_if_enough(share) for share in _unlinked(kind, times)] for name, kind in RARE.items()},
    )
    yield Table(
        "What the method cannot see",
        "Findings where nothing links adherence and pain but a level or a season that both share (AR 0.5). Only a "
        "straight drift is taken out of each series, so a step in both at the same time, or a swing of both over the "
        "year, looks like a link. There is no bound: the page says so in words.",
        COLUMNS,
        {name: [replace(share, most=1.0) for share in _unlinked(kind, times // 4)] for name, kind in UNSEEN.items()},
    )
    yield Table(
        "With distance accounted for",
        "The same for the partial coefficient. Where distance is behind both, what is new in each of the two is "
        "correlated 0.5 with what is new in distance, and nothing else links them. Ranks and rounding leave a little "
        f"of that (a coefficient of about 0.02), so the bound is {percent(SHARED_MOST)} there.",
        COLUMNS,
        {name: _unlinked(kind, times // 2, ("distance_m",)) for name, kind in CONTROLLED.items()},
    )


def _links(times: int) -> Iterator[Table]:
    linked = {name: replace(kind, linked=LINKED) for name, kind in NOISE.items()}
    found = {name: [answers(replace(kind, weeks=weeks), times, 2) for weeks in WEEKS] for name, kind in linked.items()}
    yield Table(
        "Coverage of the 95 % interval",
        "Intervals that hold the coefficient's own large-sample value, where what is new in pain is correlated "
        f"{LINKED} with what is new in adherence; at least {percent(COVERAGE_LEAST)}.",
        COLUMNS,
        {name: _covered(large_sample_value(kind), found[name]) for name, kind in linked.items()},
    )
    yield Table(
        "Coverage where the link is strong",
        f"The same where what is new is correlated {STRONG}. Fisher's z of a strong rank correlation varies more than "
        f"that of a weak one, and the intervals allow for it; at least {percent(STRONG_LEAST)}.",
        COLUMNS,
        {f"{name}, {STRONG}": _strong(replace(kind, linked=STRONG), times // 2) for name, kind in NOISE.items()},
    )
    yield Table(
        "Power",
        f"The same diaries: in how many that link is found. Bounds at 52 weeks: {percent(POWER_LEAST[0.5])} (AR 0.5), "
        f"{percent(POWER_LEAST[0.8])} (AR 0.8).",
        COLUMNS,
        {name: _powers(kind.carried[0], found[name]) for name, kind in linked.items()},
    )


def _strong(kind: Diary, times: int) -> list[Share]:
    found = [answers(replace(kind, weeks=weeks), times, 3) for weeks in WEEKS]
    return [replace(share, least=STRONG_LEAST) for share in _covered(large_sample_value(kind), found)]


def main(show: Callable[[object], None] = print) -> int:
    """Print every table as it is ready; 1 when a figure is out of bounds, which is then in bold."""
    show(f"# Calibration\n\n`make calibration`, {date.today().isoformat()}: {TIMES:,} diaries a cell, {PAGES:,} pages.")
    show(ABOUT)
    holds = True
    for measured in tables(TIMES, PAGES):
        show(f"\n{measured}")
        holds = holds and measured.holds
    return 0 if holds else 1


def _unlinked(kind: Diary, times: int, controls: Sequence[str] = ()) -> list[Share]:
    return [false_positives(_lasting(kind, weeks), times, controls) for weeks in WEEKS]


def _if_enough(share: Share) -> Share:
    return share if share.of >= RARE_LEAST else replace(share, most=1.0)


def _lasting(kind: Diary, weeks: int) -> Diary:
    """The same kind, long enough for about so many pairs of logged weeks."""
    return replace(kind, weeks=round(weeks * kind.every / (1 - kind.missing) ** 2))


def _covered(truth: float, found: Sequence[Sequence[Association]]) -> list[Share]:
    return [coverage(one, truth) for one in found]


def _powers(carried: float, found: Sequence[Sequence[Association]]) -> list[Share]:
    least = {POWER_WEEKS: POWER_LEAST.get(carried, 0.0)}
    return [power(one, least.get(weeks, 0.0)) for weeks, one in zip(WEEKS, found, strict=True)]


if __name__ == "__main__":
    sys.exit(main())
