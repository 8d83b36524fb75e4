"""A coach's board: what is known of each runner of a squad, and which rules say to look.

Every runner is compared with their own weeks before. Nothing is scored, nobody is ranked by pain, and what was not
answered stays unknown.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final, Literal

import numpy as np
import numpy.typing as npt
import pandas as pd

from analysis.evidence import (
    ADHERENCE_LOW,
    BASELINE_WEEKS,
    PAIN_ACCEPTABLE_MAX,
    PAIN_CHANGE_POINTS,
)
from analysis.load import Spike, spikes
from analysis.ostrc import by_week, scores
from analysis.self_test import SelfTest, latest_by_runner
from analysis.weeks import with_adherence

Kind = Literal[
    "pain above 5",
    "substantial problem",
    "pain rising",
    "long run",
    "less training",
    "not answered",
    "pain not answered",
    "pain easing",
]
Level = Literal["stop", "care", "unknown", "note"]
Grid = npt.NDArray[np.float64]  # a row a runner, a column a week

COURSE_WEEKS: Final = 12  # of a sparkline, the running week among them
SILENT_WEEKS: Final = 2  # convention: finished weeks in a row without any entry, as long as a rating is news on Home
LEAST_KNOWN: Final = 2  # convention: weeks that a usual value, or a share of sessions, needs
BOARD_WEEKS: Final = 26  # what the page reads: half a year, as Home shows it
PROBLEM_WEEKS: Final = BASELINE_WEEKS + 2  # of answers about problems: this week, the last one, and what is usual
# What a runner may keep from a coach, in the order in which it is said; silence is asked of the first three.
AREAS: Final = ("training", "running", "pain", "self-tests", "notes")
DIARY: Final = AREAS[:3]

_ORDER: Final[dict[Level, int]] = {"stop": 0, "care": 1, "unknown": 2, "note": 3}
_NOTHING: Final = len(_ORDER)
_LEVEL: Final[dict[Kind, Level]] = {
    "pain above 5": "stop",
    "substantial problem": "care",
    "pain rising": "care",
    "long run": "care",
    "less training": "care",
    "not answered": "unknown",
    "pain not answered": "unknown",
    "pain easing": "note",
}
_SIDELESS: Final = ("anywhere", "lower back")  # sites without a left and a right; the first is no place at all


@dataclass(frozen=True)
class BoardRow:
    """One runner. None is not known throughout, which is not zero and not fine.

    `pain` is the worst of this week and the last finished one, `pain_usual` the median of the four weeks before them;
    `severity` (OSTRC-O2, 0 to 100, the worst body part) and `severity_usual` are of the same weeks, and `substantial`
    says whether a problem is.
    `done` is the share of prescribed sessions in the last four finished weeks, of which `answered` were logged;
    `done_before` that of the four before. `distance_m` is the last finished week's, `distance_change` in per cent of
    the one before. `silent` counts the last finished weeks without any entry while this week has none either, and
    `logged_before` how many of the `COURSE_WEEKS` weeks before those had one; `unrated` and `rated_before` are the same
    of pain alone (rated, or answered by OSTRC-O2), since the first entry that is read. Courses are week by week, to
    this one.
    `unshared` are the areas that this runner does not share: all of them are not known here.
    """

    runner: int
    name: str
    pain: float | None
    pain_usual: float | None
    place: str
    severity: float | None
    severity_usual: float | None
    substantial: bool | None
    problem_place: str
    done: float | None
    done_before: float | None
    answered: int
    distance_m: float | None
    distance_change: float | None
    spike: Spike
    test: SelfTest | None
    last_on: date | None
    silent: int
    logged_before: int
    unrated: int
    rated_before: int
    pain_course: tuple[float | None, ...]
    done_course: tuple[float | None, ...]
    distance_course: tuple[float | None, ...]
    unshared: tuple[str, ...] = ()

    @property
    def pain_change(self) -> float | None:
        """Points above (or under) what is usual for this runner."""
        return None if self.pain is None or self.pain_usual is None else self.pain - self.pain_usual

    @property
    def done_change(self) -> float | None:
        return None if self.done is None or self.done_before is None else self.done - self.done_before

    @property
    def shares_nothing(self) -> bool:
        """Whether no area is shared in which an entry of a week could stand: silence is then not theirs."""
        return set(DIARY) <= set(self.unshared)

    @property
    def flags(self) -> tuple[Kind, ...]:
        """The rules that hold, the most pressing first."""
        change, silent = self.pain_change, self.silent >= SILENT_WEEKS
        rules: dict[Kind, bool] = {
            "pain above 5": self.pain is not None and self.pain > PAIN_ACCEPTABLE_MAX,
            "substantial problem": self.substantial is True,
            "pain rising": change is not None and change >= PAIN_CHANGE_POINTS,
            "long run": self.spike.band is not None,
            "less training": self._trains_less(),
            "not answered": silent and not self.shares_nothing,
            # Runs that a watch brings in say nothing of how the runner is.
            "pain not answered": self.unrated >= SILENT_WEEKS and not silent and "pain" not in self.unshared,
            "pain easing": change is not None and change <= -PAIN_CHANGE_POINTS,
        }
        return tuple(kind for kind, holds in rules.items() if holds)

    @property
    def level(self) -> Level | None:
        """That of the most pressing flag; None where nothing stands out."""
        return min((_LEVEL[kind] for kind in self.flags), key=_ORDER.__getitem__, default=None)

    def _trains_less(self) -> bool:
        if self.done is None or self.done_before is None:
            return False
        return self.done < ADHERENCE_LOW <= self.done_before


def level_of(kind: Kind) -> Level:
    """How pressing a flag is; 'unknown' is neither good nor bad."""
    return _LEVEL[kind]


def board(
    names: Mapping[int, str],
    weeks: pd.DataFrame,
    pain: pd.DataFrame,
    ostrc: pd.DataFrame,
    runs: pd.DataFrame,
    tests: pd.DataFrame,
    last_entries: pd.DataFrame,
    today: date,
    shared: Mapping[int, Collection[str]],
) -> tuple[BoardRow, ...]:
    """A row for each runner, sorted by concern: the level of the flags, how many there are, then the name.

    `weeks` is the squad's weekly frame of the last `BOARD_WEEKS` weeks, the running one last, with the same weeks for
    every runner; `pain` has runner, week, site, side, worst_running; `ostrc` the same with q1 to q4, of all these
    weeks; `runs` runner, local_date, start, distance_m; `tests` the latest self-test of each, `last_entries` runner,
    last_on, of entries of any kind; `shared` the areas that each runner shares, of which these frames are. Runners are
    those of `weeks`, which are named.
    """
    if weeks.empty:
        return ()
    last = {
        int(runner): day.date() for runner, day in zip(last_entries["runner"], last_entries["last_on"], strict=True)
    }
    squad = _Squad(with_adherence(weeks), names, by_week(ostrc), last)
    places, problem_places = _places(pain, squad), _problem_places(ostrc, squad)
    longest = spikes(runs, today)
    tested = latest_by_runner(tests)
    rows = [
        BoardRow(
            runner=runner,
            name=names[runner],
            pain=_known(squad.pain_now[at]),
            pain_usual=_known(squad.pain_usual[at]),
            place=places.get(runner, ""),
            severity=_known(squad.severity[at]),
            severity_usual=_known(squad.severity_usual[at]),
            substantial=_said(squad.substantial[at]),
            problem_place=problem_places.get(runner, ""),
            done=_known(squad.done[at]),
            done_before=_known(squad.done_before[at]),
            answered=int(squad.answered[at]),
            distance_m=_known(squad.distance[at, -2]),
            distance_change=_known(squad.distance_change[at]),
            spike=longest.get(runner, Spike(reason="no recent run")),
            test=tested.get(runner),
            last_on=last.get(runner),
            silent=int(squad.silent[at]),
            logged_before=int(squad.logged_before[at]),
            unrated=int(squad.unrated[at]),
            rated_before=int(squad.rated_before[at]),
            pain_course=_course(squad.pain[at]),
            done_course=_course(squad.adherence[at]),
            distance_course=_course(squad.distance[at]),
            unshared=tuple(area for area in AREAS if area not in shared.get(runner, ())),
        )
        for at, runner in enumerate(squad.runners)
    ]
    return tuple(sorted(rows, key=_concern))


def _concern(row: BoardRow) -> tuple[int, int, str, int]:
    level = _NOTHING if row.level is None else _ORDER[row.level]
    return level, -len(row.flags), row.name.casefold(), row.runner


class _Squad:
    """Columns of the weekly frame as grids, and what follows from them for all runners at once."""

    def __init__(
        self, weeks: pd.DataFrame, names: Mapping[int, str], problems: pd.DataFrame, last: Mapping[int, date]
    ) -> None:
        weeks = weeks[weeks["runner"].isin(list(names))]
        self.runners = [int(runner) for runner in weeks["runner"].unique()]
        self.weeks = weeks["week"].unique()
        shape = (len(self.runners), len(self.weeks))
        self.pain, self.distance, self.adherence = (
            weeks[name].to_numpy("float64").reshape(shape) for name in ("pain", "distance_m", "adherence")
        )
        done, prescribed = (
            weeks[name].to_numpy("float64").reshape(shape) for name in ("sessions_done", "sessions_prescribed")
        )
        rated = weeks[["pain", "pain_morning"]].notna().any(axis=1)
        self.rated = rated.to_numpy(copy=True).reshape(shape)
        logged = rated | weeks[["distance_m", "sessions_done"]].notna().any(axis=1)
        self.logged = (logged | (weeks["sessions"] > 0) | (weeks["runs"] > 0)).to_numpy(copy=True).reshape(shape)
        # The running week is the last column; the one before it is the last that is over.
        self.pain_now = np.fmax(self.pain[:, -1], self.pain[:, -2])
        self.pain_usual = _median(self.pain[:, -2 - BASELINE_WEEKS : -2])
        self.done, self.answered = _share_done(done, prescribed, -1)
        self.done_before, _ = _share_done(done, prescribed, -1 - BASELINE_WEEKS)
        before = self.distance[:, -3]
        self.distance_change = 100 * (self.distance[:, -2] / np.where(before > 0, before, np.nan) - 1)
        asked = pd.MultiIndex.from_product([self.runners, self.weeks], names=["runner", "week"])
        answered = asked.isin(problems.index).reshape(shape)  # who answered the four questions alone is not silent
        self.logged |= answered | self._last_weeks(last)
        self.rated |= answered
        answers = problems.reindex(asked)
        self.silent, self.logged_before = _silence(self.logged)
        unrated, self.rated_before = _silence(self.rated)
        begun = np.where(self.logged.any(axis=1), len(self.weeks) - 1 - self.logged.argmax(axis=1), 0)
        self.unrated = np.minimum(unrated, begun)  # before the diary there was nothing to rate
        severity, substantial = (
            answers[name].to_numpy("float64").reshape(shape)[:, -PROBLEM_WEEKS:] for name in ("severity", "substantial")
        )
        self.severity = np.fmax(severity[:, -1], severity[:, -2])
        self.severity_usual = _median(severity[:, :-2])
        self.substantial = np.fmax(substantial[:, -1], substantial[:, -2])

    def _last_weeks(self, last: Mapping[int, date]) -> npt.NDArray[np.bool_]:
        """The week of each runner's last entry of any kind, self-tests and injuries too, which no column tells of."""
        days = np.array([last.get(runner) for runner in self.runners], "datetime64[D]")
        since = days[:, None] - np.array(self.weeks, "datetime64[D]")
        is_in_it: npt.NDArray[np.bool_] = (since >= np.timedelta64(0, "D")) & (since < np.timedelta64(7, "D"))
        return is_in_it


def _silence(logged: npt.NDArray[np.bool_]) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int64]]:
    """How many finished weeks in a row, up to now, have no entry; and how many of the twelve before those have."""
    backwards = logged[:, ::-1]
    ever = backwards.any(axis=1)
    last = np.where(ever, backwards.argmax(axis=1), backwards.shape[1])  # weeks since the last entry; 0 this week
    silent = np.maximum(last - 1, 0)
    ago = np.arange(backwards.shape[1])
    before = (ago >= last[:, None]) & (ago < last[:, None] + COURSE_WEEKS)
    return silent, (backwards & before).sum(axis=1)


def _share_done(done: Grid, prescribed: Grid, end: int) -> tuple[Grid, npt.NDArray[np.int64]]:
    """Sessions done of those prescribed in the four weeks before column `end`, in weeks that were logged and had a
    plan, capped week by week; and how many such weeks there were. Unknown under two of them."""
    span = slice(end - BASELINE_WEEKS, end)
    counts = ~np.isnan(done[:, span]) & (prescribed[:, span] > 0)
    did = np.where(counts, np.minimum(done[:, span], prescribed[:, span]), 0.0).sum(axis=1)
    asked = np.where(counts, prescribed[:, span], 0.0).sum(axis=1)
    answered = counts.sum(axis=1)
    return np.where(answered >= LEAST_KNOWN, did / np.maximum(asked, 1), np.nan), answered


def _median(values: Grid) -> Grid:
    """Of each row's known values, unknown under two of them."""
    frame = pd.DataFrame(values)
    return frame.median(axis=1).where(frame.count(axis=1) >= LEAST_KNOWN).to_numpy("float64")


def _places(pain: pd.DataFrame, squad: _Squad) -> dict[int, str]:
    """Where each runner's worst rating of now was given: 'left kneecap'."""
    now = dict(zip(squad.runners, squad.pain_now, strict=True))
    recent = pain[pain["week"] >= squad.weeks[-2]] if len(squad.weeks) > 1 else pain
    worst = recent[(recent["worst_running"] == recent["runner"].map(now)) & (recent["worst_running"] > 0)]
    latest = worst.groupby("runner").tail(1)
    return {
        int(runner): _place(str(site), str(side))
        for runner, site, side in zip(latest["runner"], latest["site"], latest["side"], strict=True)
    }


def _problem_places(ostrc: pd.DataFrame, squad: _Squad) -> dict[int, str]:
    """The body part of each runner's highest severity of now, where it is substantial; the latest of several."""
    recent = scores(ostrc[ostrc["week"] >= squad.weeks[-2]] if len(squad.weeks) > 1 else ostrc)
    substantial = recent[recent["substantial"] == 1].sort_values(["severity", "week"], na_position="first")
    worst = substantial.groupby("runner").tail(1)
    return {
        int(runner): _place(str(site), str(side))
        for runner, site, side in zip(worst["runner"], worst["site"], worst["side"], strict=True)
    }


def _place(site: str, side: str) -> str:
    if site in _SIDELESS:
        return "" if site == _SIDELESS[0] else site
    return f"{site}, both sides" if side == "both" else f"{side} {site}"


def _course(values: Grid) -> tuple[float | None, ...]:
    return tuple(_known(value) for value in values[-COURSE_WEEKS:])


def _known(value: float) -> float | None:
    return None if np.isnan(value) else float(value)


def _said(value: float) -> bool | None:
    return None if np.isnan(value) else bool(value)
