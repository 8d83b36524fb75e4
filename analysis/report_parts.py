"""What a report is made from, and what it is made of: plain sentences and small tables, ready for any form."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

import pandas as pd

from analysis.units import Units

Picture = Literal["pain", "distance", "adherence"]
Line = tuple[float | None, ...]  # a value for each week; None is not known, which is not 0

NOT_LOGGED = "not logged"


@dataclass(frozen=True)
class Sources:
    """A diary as the report needs it, with the columns of the reading functions.

    `weeks` is the weekly frame, `by_site` the same with the pain of one body site alone; `training` reaches back to the
    beginning of the report. `exercises` and `signs` are the names of exercises and the questions about running signs by
    key, `ticked` what the runner says speaks against exercises (None: not asked), `videos` the names of their links.
    """

    who: str
    simulated: bool
    weeks: pd.DataFrame
    by_site: Mapping[str, pd.DataFrame]
    pain: pd.DataFrame
    runs: pd.DataFrame
    training: pd.DataFrame
    tests: pd.DataFrame
    running_signs: pd.DataFrame
    injuries: pd.DataFrame
    plan: pd.DataFrame
    exercises: Mapping[str, str]
    signs: Mapping[str, str]
    ticked: tuple[str, ...] | None = None
    videos: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class Stretch:
    """The finished weeks that a report is about, a weekly frame with adherence, in the runner's units."""

    weeks: pd.DataFrame
    today: date
    units: Units

    @property
    def first(self) -> date | None:
        return None if self.weeks.empty else self.weeks["week"].iloc[0].date()

    @property
    def last(self) -> date | None:
        """The first day of the last finished week."""
        return None if self.weeks.empty else self.weeks["week"].iloc[-1].date()

    def of(self, rows: pd.DataFrame, column: str) -> pd.DataFrame:
        """The rows of these weeks, by their day."""
        if self.weeks.empty:
            return rows.iloc[:0]
        last = self.weeks["week"].iloc[-1] + pd.Timedelta(days=6)
        return rows.loc[rows[column].between(self.weeks["week"].iloc[0], last)]

    def since(self, rows: pd.DataFrame, column: str) -> pd.DataFrame:
        """The rows from the first of these weeks up to today, the running week included."""
        if self.weeks.empty:
            return rows.loc[rows[column] <= pd.Timestamp(self.today)]
        return rows.loc[rows[column].between(self.weeks["week"].iloc[0], pd.Timestamp(self.today))]


@dataclass(frozen=True)
class Table:
    """`head` and every row have the same length; units stand in the head."""

    name: str
    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True)
class Question:
    """Something to discuss, and the rule by which it was asked."""

    text: str
    rule: str


@dataclass(frozen=True)
class Section:
    """Under a title: sentences, then pictures, tables and questions, then notes in small print."""

    title: str
    sentences: tuple[str, ...] = ()
    pictures: tuple[Picture, ...] = ()
    tables: tuple[Table, ...] = ()
    questions: tuple[Question, ...] = ()
    notes: tuple[str, ...] = ()


@dataclass(frozen=True)
class Course:
    """The weeks of the pictures, in the runner's own units; `adherence` is a share, capped at 1, None where nothing was
    prescribed or the sessions are not known (`prescribed` tells which)."""

    weeks: tuple[date, ...] = ()
    left: Line = ()
    right: Line = ()
    no_side: Line = ()
    distance: Line = ()
    adherence: Line = ()
    prescribed: tuple[int, ...] = ()
    unit: str = "km"


@dataclass(frozen=True)
class Report:
    """One printable document; `words` says each picture for whoever cannot see it."""

    title: str
    who: str
    made_on: date
    span: str
    sections: tuple[Section, ...]
    course: Course = field(default_factory=Course)
    words: Mapping[Picture, str] = field(default_factory=dict)
