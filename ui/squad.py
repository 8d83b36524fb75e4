"""One squad as one viewer may see it: the only way from a page to more than one runner's data.

`ui.session.squad()` makes it. Reads are cached frames (columns in `data.frames` and `data.squad_lists`); what is
entered for one runner goes through that runner's `ui.diary.Diary`.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from functools import cached_property
from itertools import count, islice, product
from string import ascii_uppercase
from typing import Final, Literal
from zlib import crc32

import numpy as np
import pandas as pd

from analysis.board import BOARD_WEEKS, BoardRow, board
from analysis.evidence import SPIKE_HISTORY_DAYS, SPIKE_RECENT_DAYS
from analysis.injury_rates import InjuryRates, injury_rates
from analysis.prevalence import Prevalence, prevalence
from analysis.units import Units
from analysis.weeks import complete_weeks
from data import archive, archive_restore, links, notes, plan_templates, runners, sharing, squads
from data.archive import SquadArchive
from data.coach_entries import Note, PlanTemplate
from data.entries import Door, NewRunner, parse
from data.plan_templates import StoredTemplate
from data.scope import Area, SquadScope
from data.weeks import week_of
from ui import cache, plan_parts
from ui.cache import Result
from ui.plan_parts import Part

_LETTERS: Final = ascii_uppercase
YEAR_WEEKS: Final = 52  # what the comparison over weeks reads
RUN_DAYS: Final = SPIKE_RECENT_DAYS + SPIKE_HISTORY_DAYS  # what the single-run spike looks at


def told_apart(names: Mapping[int, str]) -> dict[int, str]:
    """Runners of the same name are told apart by the number of their diary: a list on a page knows its lines by their
    words alone, and would take one runner for the other. So does a name that ends like such a number."""
    often = Counter(names.values())
    return {
        runner: f"{name} (diary {runner})" if often[name] > 1 or name.endswith(")") and "(diary " in name else name
        for runner, name in names.items()
    }


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
    by: str = ""  # how the log calls the coach
    now: datetime = datetime.min

    @property
    def units(self) -> Units:
        return Units(self.own.units)

    @cached_property
    def names(self) -> dict[int, str]:
        """By id, no two alike; a runner without a name is called by the number of the diary."""
        if self.letters is not None:
            return dict(self.letters)
        return told_apart({member.id: member.name.strip() or self._nameless(member) for member in self.members})

    @property
    def names_key(self) -> str:
        """For the key of a widget that lists names: a browser keeps what a list with the same key has chosen, name and
        all, so a list of other names is another list."""
        return f"{crc32(repr(sorted(self.names.items())).encode()):08x}"

    def _nameless(self, member: runners.Runner) -> str:
        return "My diary" if member.id == self.own.id else f"Runner {member.id}"

    # reads

    @cached_property
    def shared(self) -> dict[int, frozenset[Area]]:
        """By runner, what the coach may read."""
        return cache.shared(self.scope)

    def weeks(self, last: int = BOARD_WEEKS) -> pd.DataFrame:
        """The last so many weeks of every runner, the running one among them."""
        return self._frame("squad_weekly", self.own.week_start, self.today, last)

    def finished_weeks(self) -> pd.DataFrame:
        """The finished weeks of the last year."""
        return complete_weeks(self.weeks(YEAR_WEEKS), self.today)

    def problems(self) -> Prevalence:
        """Who had a problem, in the finished weeks of half a year, among those who share their pain."""
        weeks = complete_weeks(self.weeks(), self.today)
        return prevalence(self._ostrc(), set(self.sharing("pain")), list(weeks["week"].unique()))

    def _ostrc(self) -> pd.DataFrame:
        return self._frame("squad_ostrc", self.own.week_start, self._week() - timedelta(weeks=BOARD_WEEKS - 1))

    def injuries(self) -> InjuryRates:
        """New injuries and days lost in the finished weeks of a year, among those who share both running and pain."""
        first = self._week() - timedelta(weeks=YEAR_WEEKS - 1)
        hours = self._frame("squad_hours", self.own.week_start, first)
        found = self._frame("squad_injuries", first)
        return injury_rates(self.finished_weeks(), hours, found, set(self.sharing("running", "pain")))

    def sharing(self, *areas: Area) -> dict[int, str]:
        """The names, by id, of those who share all of these areas."""
        nothing: frozenset[Area] = frozenset()  # of who joined between two questions
        names = self.names.items()
        return {runner: name for runner, name in names if self.shared.get(runner, nothing).issuperset(areas)}

    def _week(self) -> date:
        return week_of(self.today, self.own.week_start)

    def as_of(self, now: datetime) -> "Squad":
        """The same squad with who is in it, and what they share, asked for anew: for a download, which is made without
        the page, perhaps days after it was drawn."""
        scope = self.scope if self.scope.is_own else replace(self.scope, today=now.date())
        today = self.today + (now.date() - self.now.date())
        return replace(self, scope=scope, members=cache.members(scope), today=today, now=now)

    def board(self) -> tuple[BoardRow, ...]:
        """A row for each runner, sorted by concern."""
        return self.remembered("board", self._board)

    def _board(self) -> tuple[BoardRow, ...]:
        last_week = self._week() - timedelta(weeks=1)
        return board(
            self.names,
            self.weeks(),
            self._frame("squad_pain", self.own.week_start, last_week),
            self._ostrc(),
            self._frame("squad_runs", self.today - timedelta(days=RUN_DAYS)),
            self._frame("latest_tests"),
            self._frame("last_entries"),
            self.today,
            self.shared,
        )

    def others(self) -> dict[int, str]:
        """Diaries of this machine that could join, by id: names."""
        here = {member.id for member in self.members}
        everyone = runners.everyone(cache.engine()) if self.scope.is_own and self.scope.may_write else ()
        return told_apart(
            {
                runner.id: runner.name.strip() or self._nameless(runner)
                for runner in everyone
                if not runner.simulated and runner.id not in here
            }
        )

    def links(self) -> tuple[links.Made, ...]:
        """The links that the coach made, the newest first."""
        return links.of_squad(cache.engine(), self.scope)

    def templates(self) -> tuple[StoredTemplate, ...]:
        """The coach's own plan templates, by name."""
        return plan_templates.of_coach(cache.engine(), self.scope)

    def notes_on(self, runner_id: int) -> pd.DataFrame:
        """The coach's notes on a runner, newest first; read each time, because a consent may have gone meanwhile."""
        return notes.of_coach(cache.engine(), self.scope, runner_id)

    def note_right(self, runner_id: int) -> notes.Right:
        """Which notes the coach may keep on a runner."""
        return notes.right(cache.engine(), self.scope, runner_id)

    # writes

    def save_template(self, name: str, parts: Sequence[Part], weekdays: Sequence[int]) -> None:
        """Keep a plan under a name; a template of the same name is replaced."""
        values = {"name": name, "parts": parts, "weekdays": weekdays}
        plan_templates.save(cache.engine(), self.scope, parse(PlanTemplate, values, Door(self.today)))

    def remove_template(self, template_id: int) -> None:
        """Plans that were given from it stay."""
        plan_templates.remove(cache.engine(), self.scope, template_id)

    def add_note(self, runner_id: int, text: str, at: datetime, *, shown: bool) -> None:
        """A note on a runner; the same one sent twice is one."""
        note = parse(Note, {"text": text, "shown": shown}, Door(self.today))
        notes.add(cache.engine(), self.scope, runner_id, note, at)

    def remove_note(self, note_id: int) -> None:
        """One of the coach's own notes."""
        notes.remove(cache.engine(), self.scope, note_id)

    def log_export(self, runner_ids: Iterable[int]) -> None:
        """In the log of everybody whose weeks left as a table, without a name."""
        if not self.scope.is_own:
            what = "the squad's weeks, to take away without names"
            sharing.looked(cache.engine(), list(runner_ids), self.by, what, self.now)

    def archive(self, at: datetime) -> bytes:
        """The diaries of all runners, as far as they share them at this moment, as one zip; it is in their logs."""
        scope = self.scope if self.scope.is_own else replace(self.scope, today=at.date())
        return archive.write_squad(cache.engine(), scope, self.by, at)

    def read_archive(self, file_id: str, content: Callable[[], bytes]) -> SquadArchive:
        """What the uploaded archive of a squad holds, checked in full. Raises UnreadableFileError, and NotAllowedError
        for one that this squad would not take."""
        found = cache.read_squad_archive(file_id, content)
        for one in found.runners:
            archive_restore.check_simulated(one, simulated=self.simulated)
        plan_parts.refuse_strange(found)
        return found

    def bring_in(self, found: SquadArchive) -> None:
        """Each runner of an archive as a new one of the squad, on one's own machine."""
        archive_restore.restore_squad(cache.engine(), self.scope, found)

    def add_runner(self, name: str) -> None:
        """A new runner with an empty diary."""
        new = parse(NewRunner, {"name": name}, Door(self.today))
        squads.add_member(cache.engine(), self.scope, new, self.by, self.now)

    def admit(self, runner_id: int) -> None:
        """A diary that is on this machine already joins the squad."""
        squads.admit(cache.engine(), self.scope, runner_id)

    def rename(self, runner_id: int, name: str) -> None:
        """Another name for a runner; everything else of theirs stays."""
        new = parse(NewRunner, {"name": name}, Door(self.today))
        squads.rename(cache.engine(), self.scope, runner_id, new, self.by, self.now)

    def make_links(self, runner_ids: Sequence[int | None], lasts: timedelta) -> list[str]:
        """The secrets of new links, which nothing shows a second time."""
        return links.make(cache.engine(), self.scope, runner_ids, self.by, self.now, lasts)

    def revoke_links(self, link_ids: Sequence[int]) -> None:
        links.revoke(cache.engine(), self.scope, link_ids, self.by, self.now)

    def delete_runner(self, runner_id: int) -> None:
        """A runner without an account, with everything of theirs."""
        squads.delete_runner(cache.engine(), self.scope, runner_id)

    def give_up(self) -> None:
        """No squad any more: everybody is out of it, and nothing is shared with the coach."""
        squads.give_up(cache.engine(), self.scope, self.by, self.now)

    def dismiss(self, runner_id: int) -> None:
        """Out of the squad; the diary stays as it is."""
        squads.dismiss(cache.engine(), self.scope, runner_id, self.by, self.now)

    def remembered(self, what: str, compute: Callable[[], Result], *of: object) -> Result:
        """What `compute` makes of this squad as it is stored and shown, and of `of`, as `Diary.remembered` does."""
        return cache.result(repr((what, of, self._as_it_is)), compute)

    @cached_property
    def _as_it_is(self) -> str:
        shares = [(runner, sorted(areas)) for runner, areas in self.shared.items()]
        return repr((self.scope, self._revisions, shares, self.names, self.own, self.today, self.theme))

    def _frame(self, reader: str, *arguments: date | int | None) -> pd.DataFrame:
        return cache.squad_frame(reader, self.scope, self._revisions, *arguments)

    @cached_property
    def _revisions(self) -> str:
        return repr([(member.id, member.revision) for member in self.members])
