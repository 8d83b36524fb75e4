"""A table of no program that is known here, and how its columns are to be read: what the runner decides once."""

import hashlib
from collections.abc import Mapping as Dict
from dataclasses import asdict, dataclass, fields
from typing import Any, Final, Literal, get_args

from data.fields import SITES, Side
from data.importers.dates import ORDERS, DateOrder
from data.importers.result import plain

DistanceUnit = Literal["km", "mi", "m", "yd", "ft"]
TimeUnit = Literal["h:mm:ss", "h:mm", "m:ss as h:mm", "hours", "minutes", "seconds", "milliseconds"]
DecimalSign = Literal["as each file shows", "point", "comma"]
LoadUnit = Literal["kg", "lb"]
SIDES: Final[tuple[Side, ...]] = get_args(Side)

MAX_COLUMNS: Final = 500
MAX_CELLS: Final = 2_000_000  # 20,000 rows of 100 columns
LONGEST_KEY: Final = 200  # characters of the headings by which a table is remembered as they are
PREVIEW: Final = 20  # rows
MOST_WORDS: Final = 50  # for sports that the runner is asked about

_CHOICES: Final[dict[str, tuple[str, ...]]] = {
    "date_order": ORDERS,
    "distance_unit": get_args(DistanceUnit),
    "time_unit": get_args(TimeUnit),
    "decimal_sign": get_args(DecimalSign),
    "load_unit": get_args(LoadUnit),
    "site": SITES,
    "side": SIDES,
}
EARLIER: Final = frozenset({"decimal_comma"})  # in mappings of earlier versions: the sign of their first file


@dataclass(frozen=True)
class Mapping:
    """Which column says what, by its place from 0; None: no column does.

    `start` is the time of day at which a run began, where the date does not say it. `no_runs` are words of the column
    `sport` that name no sport known here, and no run either, says the runner.
    `distance` and `time` are a run's, `unit` what its distance is in where rows differ, `week_distance` that of a whole
    week, whose any day `date` is. A time in two parts is m:ss under 'h:mm:ss', and hours and minutes under 'h:mm';
    under 'm:ss as h:mm' a spreadsheet took minutes and seconds for hours and minutes. `site` and `side` are a column,
    or the word that holds for all rows; with a column `pain_right`, `pain` is that of the left side. `is_order_sure` is
    False where the dates do not show whether the day or the month comes first.
    """

    date: int | None = None
    start: int | None = None
    date_order: DateOrder = "year first"
    is_order_sure: bool = True
    decimal_sign: DecimalSign = "as each file shows"
    sport: int | None = None
    no_runs: tuple[str, ...] = ()
    distance: int | None = None
    distance_unit: DistanceUnit = "km"
    unit: int | None = None
    time: int | None = None
    time_unit: TimeUnit = "h:mm:ss"
    effort: int | None = None
    week_distance: int | None = None
    pain: int | None = None
    pain_right: int | None = None
    site: int | str = "anywhere"
    side: int | str = "both"
    exercise: int | None = None
    sets: int | None = None
    repetitions: int | None = None
    seconds: int | None = None
    load: int | None = None
    load_unit: LoadUnit = "kg"

    def __post_init__(self) -> None:
        """Raises ValueError for a value that no mapping has."""
        for field in fields(self):
            _check(field.name, getattr(self, field.name))

    @property
    def amounts(self) -> tuple[int | None, ...]:
        """The columns of which one at least has to say something, or the row says nothing."""
        return self.distance, self.time, self.week_distance, self.pain, self.pain_right, self.exercise

    def to_json(self) -> dict[str, Any]:
        """What to keep: names with numbers, words, True, False and None."""
        return asdict(self)

    @classmethod
    def from_json(cls, kept: Dict[str, Any]) -> "Mapping":
        """The mapping that was kept, also by an earlier version. Raises ValueError when it is none."""
        kept = {name: value for name, value in kept.items() if name not in EARLIER}
        unknown = kept.keys() - {field.name for field in fields(cls)}
        if unknown:
            raise ValueError(f"A mapping has no {', '.join(sorted(unknown))}.")
        return cls(**kept | {"no_runs": tuple(kept.get("no_runs", ()))})


def _check(name: str, value: object) -> None:
    is_column = isinstance(value, int) and not isinstance(value, bool) and 0 <= value < MAX_COLUMNS
    if name == "is_order_sure":
        fits = isinstance(value, bool)
    elif name == "no_runs":
        fits = isinstance(value, tuple) and len(value) <= MOST_WORDS and all(isinstance(word, str) for word in value)
    elif name in _CHOICES:
        fits = value in _CHOICES[name] or (name in ("site", "side") and is_column)
    else:
        fits = value is None or is_column
    if not fits:
        raise ValueError(f"{name} cannot be {value!r} in a mapping.")


@dataclass(frozen=True)
class Table:
    """A table as found: its headings, its rows below them as text, and a proposal for how to read it.

    key: by which the runner's mapping is remembered, the same for every table with these headings. rows: each as wide
    as the header. positions: where each row is in the file ('row 12', 'Feb, row 12'), as a spreadsheet counts. is_cut:
    there were more rows. other_sheets: names of sheets of the workbook that have other headings.
    """

    header: tuple[str, ...]
    key: str
    rows: tuple[tuple[str, ...], ...]
    positions: tuple[str, ...]
    guess: Mapping
    is_cut: bool = False
    other_sheets: tuple[str, ...] = ()

    @property
    def first_rows(self) -> tuple[tuple[str, ...], ...]:
        """For a preview."""
        return self.rows[:PREVIEW]

    def column(self, at: int) -> list[str]:
        """All cells of a column."""
        return [row[at] for row in self.rows]


def key_of(header: tuple[str, ...]) -> str:
    """The headings without case and spaces, or their hash where they are long."""
    key = " | ".join(plain(" ".join(name.split()).casefold()) for name in header)
    return key if len(key) <= LONGEST_KEY else f"sha256 {hashlib.sha256(key.encode(errors='replace')).hexdigest()}"
