"""Does the whole page of Trends hold? All its pairs and lags together, on made-up diaries with one link or none."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

import numpy as np
import pandas as pd

from analysis.association import PAIRS, Association, pick, table
from analysis.comparisons import direction
from analysis.correlation import fisher, holm
from analysis.effects import high_against_low, is_claimed, per_session
from analysis.evidence import CONFIDENCE, LAGS_WEEKS, MAIN_LINK
from analysis.phrases import percent
from analysis.simulation import Diary, hidden, simulate
from benchmarks.shares import Share, Table

Page = tuple[Association, ...]

PAGE_WEEKS: Final = (52, 78, 104)
CHANCE: Final = Diary(52, (0.6, 0.6, 0.6))
PLANTED: Final = replace(CHANCE, linked=-0.5, later=1)
OTHER_PLANTED: Final = replace(PLANTED, leader="distance_m")
OTHER_LINK: Final = ("distance_m", "pain", 1)

FIRST_LOOK: Final = 12  # weeks
LOOKS_APART: Final = 2

SELDOM: Final = Diary(52, rare=0.06)
EQUAL: Final = 0.4
SESSIONS: Final = 4  # a week, so that quarters are whole sessions

LEADER_MOST: Final = 0.06
ANY_MOST: Final = 0.07
TARGET: Final = 0.85
# At a year the target is out of reach (see the table); less than this would be a worse page than the one measured.
FOUND_LEAST: Final = {52: 0.70, 78: TARGET, 104: TARGET}


def whole_page(times: int) -> Table:
    """Chance, the main link and another one, on so many pages of each length."""
    return Table(
        "The whole page",
        "Trends compares 15 pairs and lags (AR 0.6 in all three series). Of pages of pure chance, at most "
        f"{percent(ANY_MOST)} may show any finding. That is for one look: whoever looks again while the diary grows "
        "sees one by chance in more of them, which the page says, and which has no bound. The main question of the "
        "page, hip sessions and pain a week later, has half of that (weighted Holm), the other 14 share the rest. "
        "Where what is new in the first and in the second of a link is correlated "
        f"{PLANTED.linked:g}, it is found at its place on so many pages; the target for the main one is "
        f"{percent(TARGET)}. It is met from {PAGE_WEEKS[1]} weeks on, and missed at {PAGE_WEEKS[0]} (bound there: "
        f"{percent(FOUND_LEAST[PAGE_WEEKS[0]])}). No way of sharing meets it there: even with nothing else compared, "
        "the most that sharing can give it, the main link is found on fewer pages than that. What is lost by quarters, "
        "whole points and a carry-over that has to be estimated is seen from its last row. The other links pay for its "
        "share. A claim is a finding, a direction that leads, or a size that is said as one, at any lag that a reader "
        "may open. Where pain and adherence drive each other equally (each takes so much off the other a week later: "
        f"{EQUAL:g}), at most {percent(LEADER_MOST)} of pages may say that one came first.",
        [f"{weeks} weeks" for weeks in PAGE_WEEKS],
        _rows(times),
    )


def _rows(times: int) -> dict[str, list[Share]]:
    main = {weeks: pages(replace(PLANTED, weeks=weeks), times, seed=6) for weeks in PAGE_WEEKS}
    other = {weeks: pages(replace(OTHER_PLANTED, weeks=weeks), times, seed=10) for weeks in PAGE_WEEKS}
    return {
        "pure chance: any finding": [
            any_finding(pages(replace(CHANCE, weeks=weeks), times, seed=5)) for weeks in PAGE_WEEKS
        ],
        "pure chance: any claim": [any_claim(replace(CHANCE, weeks=weeks), times, seed=5) for weeks in PAGE_WEEKS],
        f"pure chance, looked at every {LOOKS_APART} weeks from week {FIRST_LOOK} on: any finding ever": [
            any_look(replace(CHANCE, weeks=weeks), times // 3, seed=15) for weeks in PAGE_WEEKS
        ],
        "pure chance, each the same but for 6 % of weeks: any claim": [
            any_claim(replace(SELDOM, weeks=weeks), times // 2, seed=5) for weeks in PAGE_WEEKS
        ],
        "equal both ways: one is said to come first": [equally_strong(weeks, times, seed=13) for weeks in PAGE_WEEKS],
        "main link: found": [found_at(MAIN_LINK, main[weeks], FOUND_LEAST[weeks]) for weeks in PAGE_WEEKS],
        "main link, equal shares (plain Holm)": [
            found_at(MAIN_LINK, equal_shares(main[weeks])) for weeks in PAGE_WEEKS
        ],
        "main link, nothing else compared": [found_at(MAIN_LINK, alone(main[weeks])) for weeks in PAGE_WEEKS],
        "main link, nothing else compared, hidden values and carry-over known": [
            known_to_an_oracle(replace(PLANTED, weeks=weeks), times, seed=6) for weeks in PAGE_WEEKS
        ],
        "distance, then pain: found": [found_at(OTHER_LINK, other[weeks]) for weeks in PAGE_WEEKS],
        "distance, then pain, equal shares (plain Holm)": [
            found_at(OTHER_LINK, equal_shares(other[weeks])) for weeks in PAGE_WEEKS
        ],
    }


def pages(diary: Diary, times: int, seed: int) -> list[Page]:
    """What Trends says of so many diaries of one kind."""
    return [table(simulate(diary, _generator(diary, seed, at))) for at in range(times)]


def any_claim(diary: Diary, times: int, seed: int) -> Share:
    """Pages that say anything as more than chance, whichever link and lag is opened on them."""
    frames = (simulate(diary, _generator(diary, seed, at)) for at in range(times))
    claimed = sum(_claims(frame.assign(sessions_prescribed=SESSIONS)) for frame in frames)
    return Share(claimed, times, most=ANY_MOST)


def _claims(frame: pd.DataFrame) -> bool:
    found = table(frame)
    effects = ((effect(frame, lag=lag), lag) for effect in (high_against_low, per_session) for lag in LAGS_WEEKS)
    return (
        any(one.is_finding for one in found)
        or any(direction(found, x, y, lag).leading in ("x", "y", "both") for x, y in PAIRS for lag in LAGS_WEEKS if lag)
        or any(is_claimed(effect, pick(found, "adherence", "pain", lag)) for effect, lag in effects)
    )


def any_look(diary: Diary, times: int, seed: int) -> Share:
    """Diaries that show a finding at any of the looks that a reader takes while they grow. No bound: it is said."""
    frames = (simulate(diary, _generator(diary, seed, at)) for at in range(times))
    looks = range(FIRST_LOOK, diary.weeks + 1, LOOKS_APART)
    seen = sum(any(any(one.is_finding for one in table(frame[:weeks])) for weeks in looks) for frame in frames)
    return Share(seen, times)


def equally_strong(weeks: int, times: int, seed: int, strength: float = EQUAL) -> Share:
    """Pages that name a leader where pain and adherence drive each other alike."""
    shown = [direction(table(_both_ways(weeks, strength, seed, at)), "adherence", "pain") for at in range(times)]
    return Share(sum(one.leading in ("x", "y") for one in shown), times, most=LEADER_MOST)


def _both_ways(weeks: int, strength: float, seed: int, at: int) -> pd.DataFrame:
    """Hidden adherence and pain that carry 0.3 over and take so much off each other a week later, then rounded."""
    rng = np.random.default_rng([seed, weeks, at])
    new = 0.8 * rng.standard_normal((weeks + 50, 2))
    series = np.zeros((weeks + 50, 2))
    carried = np.array([[0.3, -strength], [-strength, 0.3]])
    for week in range(1, len(series)):
        series[week] = carried @ series[week - 1] + new[week]
    adherence, pain = series[50:].T
    frame = simulate(replace(CHANCE, weeks=weeks), rng)
    return frame.assign(
        adherence=np.clip(np.round((0.6 + 0.3 * adherence) * SESSIONS) / SESSIONS, 0, 1),
        pain=np.clip(np.round(2 + 2 * pain), 0, 10),
    )


def any_finding(shown: Sequence[Page]) -> Share:
    """Pages on which any of the pairs and lags is called a finding."""
    return Share(sum(any(one.is_finding for one in page) for page in shown), len(shown), most=ANY_MOST)


def found_at(link: tuple[str, str, int], shown: Sequence[Page], least: float = 0.0) -> Share:
    """Pages on which the planted link is found at its own pair and lag, with its own sign."""
    found = [pick(page, *link) for page in shown]
    return Share(sum(one.is_finding and one.r < 0 for one in found), len(shown), least=least)


def equal_shares(shown: Sequence[Page]) -> list[Page]:
    """The same pages, adjusted by plain Holm. Every link has a number on pages as long and as complete as these."""
    together = [holm([one.p for one in page]) for page in shown]
    return [
        tuple(replace(one, p_adjusted=p) for one, p in zip(page, adjusted, strict=True))
        for page, adjusted in zip(shown, together, strict=True)
    ]


def alone(shown: Sequence[Page]) -> list[Page]:
    """The same pages, each link judged as if it were the only one."""
    return [tuple(replace(one, p_adjusted=None) for one in page) for page in shown]


def known_to_an_oracle(diary: Diary, times: int, seed: int) -> Share:
    """The same diaries before they were rounded: Pearson's coefficient of what is new, the carry-over known."""
    found = [_oracle(diary, _generator(diary, seed, at)) for at in range(times)]
    return Share(sum(r < 0 and p < 1 - CONFIDENCE for r, p in found), times)


def _oracle(diary: Diary, rng: np.random.Generator) -> tuple[float, float]:
    """(r, p) of adherence and pain of `later` weeks on."""
    adherence, pain, _ = (
        values[1:] - carried * values[:-1] for values, carried in zip(hidden(diary, rng), diary.carried, strict=True)
    )
    first, second = adherence[: -diary.later], pain[diary.later :]
    r = float(np.corrcoef(first, second)[0, 1])
    return r, fisher(r, 1 / np.sqrt(len(first) - 3), CONFIDENCE)[2]


def _generator(diary: Diary, seed: int, at: int) -> np.random.Generator:
    """The one of the diary number `at`, so that its hidden values can be had as well."""
    return np.random.default_rng([seed, diary.weeks, at])
