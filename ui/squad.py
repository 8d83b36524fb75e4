"""One squad as one viewer may see it: the only way from a page to more than one runner's data.

`ui.session.squad()` makes it. Reads are cached frames (columns in `data.frames` and `data.squad_lists`); what is
entered for one runner goes through that runner's `ui.diary.Diary`.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import count, islice, product
from string import ascii_uppercase
from typing import Final, Literal
from zlib import crc32

import numpy as np
import pandas as pd

from analysis.board import BOARD_WEEKS, PROBLEM_WEEKS, BoardRow, board
from analysis.injury_rates import InjuryRates, injury_rates
from analysis.prevalence import Prevalence, prevalence
from analysis.units import Units
from analysis.weeks import complete_weeks
from data import runners, squads
from data.entries import Door, NewRunner, Settings, parse
from data.errors import NotFoundError
from data.scope import EVERYTHING, Area, Scope, SquadScope
from data.weeks import week_of
from ui import cache

_LETTERS: Final = ascii_uppercase
YEAR_WEEKS: Final = 52  # what the comparison over weeks reads
_RUN_DAYS: Final = 90  # as Home looks back for the longest run


def aliases(runner_ids: Sequence[int], seed: int) -> dict[int, str]:
    """'Runner A', 'Runner B' by id, in an order that the seed alone decides: neither the board nor the alphabet can be
    read from it. All have as many letters, so that they sort as they read."""
    drawn = np.random.default_rng(seed).permutation(np.array(runner_ids, np.int64))
    width = next(width for width in count(1) if len(_LETTERS) ** width >= len(drawn))
    words = islice(product(_LETTERS, repeat=width), len(drawn))
    return {int(runner): f"Runner {''.join(word)}" for runner, word in zip(drawn, words, strict=True)}


@dataclass(frozen=True)
class Squad:
    """`own` is the viewer's runner, whose units and first day of the week the whole squad is shown in; `today` and
    `theme` are the viewer's. `letters` stand for the members' names while those are hidden."""

    scope: SquadScope
    members: tuple[runners.Runner, ...]
    own: runners.Runner
    today: date
    theme: Literal["light", "dark"]
    simulated: bool
    letters: Mapping[int, str] | None = None

    @property
    def units(self) -> Units:
        return Units(self.own.units)

    @property
    def names(self) -> dict[int, str]:
        """By id; a runner without a name is called by the number of the diary."""
        if self.letters is not None:
            return dict(self.letters)
        return {member.id: member.name.strip() or self._nameless(member) for member in self.members}

    @property
    def names_key(self) -> str:
        """For the key of a widget that lists names: a browser keeps what a list with the same key has chosen, name and
        all, so a list of other names is another list."""
        return f"{crc32(repr(sorted(self.names.items())).encode()):08x}"

    @property
    def shared(self) -> dict[int, frozenset[Area]]:
        """The areas that each member shares with the viewer, by id."""
        return {member.id: EVERYTHING for member in self.members}

    def _nameless(self, member: runners.Runner) -> str:
        return "My diary" if member.id == self.own.id else f"Runner {member.id}"

    # reads

    def weeks(self, last: int = BOARD_WEEKS) -> pd.DataFrame:
        """The last so many weeks of every runner, the running one among them."""
        return self._frame("squad_weekly", self.own.week_start, self.today, last)

    def finished_weeks(self) -> pd.DataFrame:
        """The finished weeks of the last year."""
        return complete_weeks(self.weeks(YEAR_WEEKS), self.today)

    def problems(self) -> Prevalence:
        """Who had a problem, in the finished weeks of half a year, among those who share their pain."""
        weeks = complete_weeks(self.weeks(), self.today)
        first = self._week() - timedelta(weeks=BOARD_WEEKS - 1)
        answers = self._frame("squad_ostrc", self.own.week_start, first)
        return prevalence(answers, self._sharing("pain"), list(weeks["week"].unique()))

    def injuries(self) -> InjuryRates:
        """New injuries and days lost in the finished weeks of a year, among those who share both running and pain."""
        first = self._week() - timedelta(weeks=YEAR_WEEKS - 1)
        hours = self._frame("squad_hours", self.own.week_start, first)
        found = self._frame("squad_injuries", first)
        return injury_rates(self.finished_weeks(), hours, found, self._sharing("running", "pain"))

    def _sharing(self, *areas: Area) -> set[int]:
        return {runner for runner, shared in self.shared.items() if shared.issuperset(areas)}

    def _week(self) -> date:
        return week_of(self.today, self.own.week_start)

    def board(self) -> tuple[BoardRow, ...]:
        """A row for each runner, sorted by concern."""
        last_week = self._week() - timedelta(weeks=1)
        return board(
            self.names,
            self.weeks(),
            self._frame("squad_pain", self.own.week_start, last_week),
            self._frame("squad_ostrc", self.own.week_start, last_week - timedelta(weeks=PROBLEM_WEEKS - 2)),
            self._frame("squad_runs", self.today - timedelta(days=_RUN_DAYS)),
            self._frame("latest_tests"),
            self._frame("last_entries"),
            self.today,
            self.shared,
        )

    def others(self) -> dict[int, str]:
        """Diaries of this machine that could join, by id: names."""
        here = {member.id for member in self.members}
        return {
            runner.id: runner.name.strip() or self._nameless(runner)
            for runner in cache.everyone()
            if not runner.simulated and runner.id not in here
        }

    # writes

    def add_runner(self, name: str) -> None:
        """A new runner with an empty diary."""
        squads.add_member(cache.engine(), self.scope, parse(NewRunner, {"name": name}, Door(self.today)))

    def admit(self, runner_id: int) -> None:
        """A diary that is on this machine already joins the squad."""
        squads.admit(cache.engine(), self.scope, runner_id)

    def rename(self, runner_id: int, name: str) -> None:
        """Another name for a runner; everything else of theirs stays."""
        member = self._member(runner_id)
        kept = {"units": member.units, "week_start": member.week_start, "time_zone": member.time_zone}
        new = parse(NewRunner, {"name": name}, Door(self.today)).name
        settings = parse(Settings, {"name": new, **kept}, Door(self.today))
        runners.save_settings(cache.engine(), Scope(member.id), settings)

    def dismiss(self, runner_id: int) -> None:
        """Out of the squad; the diary stays as it is."""
        squads.dismiss(cache.engine(), self.scope, runner_id)

    def _member(self, runner_id: int) -> runners.Runner:
        found = next((member for member in self.members if member.id == runner_id), None)
        if found is None:
            raise NotFoundError("This runner is not in the squad any more.")
        return found

    def _frame(self, reader: str, *arguments: date | int | None) -> pd.DataFrame:
        revisions = tuple((member.id, member.revision) for member in self.members)
        return cache.squad_frame(reader, self.scope, revisions, *arguments)
