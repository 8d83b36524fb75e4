"""What a report is made from, and what it is made of: plain sentences and small tables, ready for any form."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

import pandas as pd

from analysis.units import Units

Picture = Literal["pain", "distance", "adherence"]
By = Literal["week", "month", "quarter"]
Line = tuple[float | None, ...]  # a value for each part of the course; None is not known, which is not 0

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

    @property
    def short(self) -> str:
        """The name up to its first comma or bracket, for files: 'Worst pain while running'."""
        return re.split(r",| \(", self.name, maxsplit=1)[0]


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
    """What the pictures show, week by week or in longer parts, in the runner's own units. `begins` has each part's
    first day. Pain is the worst of a part, distance the sum of its known weeks, `adherence` the share of the sessions
    that were done in its logged weeks, at most 1; None where nothing is known, or nothing was prescribed. `unknown` has
    for each part the share of its weeks that was not logged; for the sessions, of its weeks with a plan."""

    by: By = "week"
    begins: tuple[date, ...] = ()
    left: Line = ()
    right: Line = ()
    no_side: Line = ()
    distance: Line = ()
    adherence: Line = ()
    unknown: Mapping[Picture, tuple[float, ...]] = field(default_factory=dict)
    unit: str = "km"

    def has(self, name: Picture) -> bool:
        """Whether there is anything to draw: of a single week, the sentence says all that a picture could."""
        lines = {"pain": self.left + self.right + self.no_side, "distance": self.distance, "adherence": self.adherence}
        return len(self.begins) > 1 and any(value is not None for value in lines[name])


@dataclass(frozen=True)
class Report:
    """One printable document; `words` says each of its pictures for whoever cannot see it."""

    title: str
    who: str
    made_on: date
    span: str
    sections: tuple[Section, ...]
    course: Course = field(default_factory=Course)
    words: Mapping[Picture, str] = field(default_factory=dict)
