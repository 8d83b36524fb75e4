"""Shares of made-up diaries with their bounds, and tables of them in Markdown."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Share:
    """In how many of `of` diaries something held, and what the bounds ask for; no bound where none is given."""

    hits: int
    of: int
    least: float = 0.0
    most: float = 1.0

    @property
    def measured(self) -> float:
        return self.hits / self.of if self.of else 0.0

    @property
    def holds(self) -> bool:
        return not self.of or self.least <= self.measured <= self.most

    def __str__(self) -> str:
        if not self.of:
            return "no number"
        shown = f"{self.measured:.1%}".replace("%", " %")
        return shown if self.holds else f"**{shown}**"


@dataclass(frozen=True)
class Table:
    """A heading, what its figures are, and a row of figures for each kind of diary."""

    title: str
    about: str
    columns: Sequence[str]
    rows: Mapping[str, Sequence[Share]]

    @property
    def holds(self) -> bool:
        return all(share.holds for row in self.rows.values() for share in row)

    def __str__(self) -> str:
        head = [_line(["diary", *self.columns]), "|---" * (len(self.columns) + 1) + "|"]
        body = [_line([name, *map(str, row)]) for name, row in self.rows.items()]
        return "\n".join([f"## {self.title}", "", self.about, "", *head, *body])


def _line(cells: Iterable[str]) -> str:
    return f"| {' | '.join(cells)} |"
