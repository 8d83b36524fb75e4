"""Any other table: `look` finds its headings and proposes what they are, `read` reads it as the runner decided."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, tzinfo
from itertools import chain, islice
from typing import Any, Final, Literal

from data.errors import UnreadableFileError
from data.fields import Side
from data.importers import dates, delimited, excel, set_cells, sports, unpack
from data.importers.cells import (
    METRES,
    SECONDS,
    BadCellError,
    Unit,
    amount,
    duration,
    is_missing,
    moment_of,
    ungrouped,
    unit_of,
    with_unit,
)
from data.importers.result import (
    MAX_EFFORT,
    UNKNOWN,
    Item,
    Note,
    PainNote,
    Problem,
    Run,
    Skipped,
    WeekDistance,
    Workout,
    WorkoutSet,
    echo,
    known,
    plain,
)
from data.importers.side_words import placed, side_of, site_of
from data.importers.table_guess import LOOKED_AT, guess, has_decimal_comma
from data.importers.tables import MAX_CELLS, MAX_COLUMNS, MOST_WORDS, SIDES, Mapping, Table, key_of
from data.schema import MAX_WEEK_M

__all__ = ["Mapping", "NeedsMappingError", "NoTableError", "Table", "look", "read", "unnamed"]

SOURCE: Final = "table"
MOST_LINES: Final = 2 * delimited.MAX_ROWS  # with blank ones
HEADER_WITHIN: Final = 20  # rows above which a title may stand
VERY_SLOW: Final = 1800  # seconds a kilometre, slower than a hike; a convention
LEAST_BESIDE_M: Final = 1_000.0  # of a run in the row of an exercise; a convention
WORDS: Final = 12  # for sports that a note counts one by one


class NoTableError(UnreadableFileError):
    """The file is readable, but there is no table with headings and rows in it."""


class NeedsMappingError(UnreadableFileError):
    """A table that can be read once the runner has said what its columns are; `table` has it."""

    def __init__(self, filename: str, table: Table) -> None:
        super().__init__(f"{filename} is a table of no program that is known here. Say what its columns are.")
        self.table = table


# Finding the table


def look(filename: str, content: bytes, unit: Unit = "km") -> Table:
    """The table in a text file; of an Excel workbook, that of the first sheet that looks like a diary and of those with
    the same headings. Raises NoTableError when there is none."""
    found = (_sheet(name, rows) for name, rows in _candidates(filename, content))
    sheets = [sheet for sheet in found if sheet is not None]
    diary = next((sheet for sheet in sheets if sheet.is_diary(unit)), None)
    for first in sheets if diary is None else [diary]:
        alike = [sheet for sheet in sheets if key_of(sheet.header) == key_of(first.header)]
        rows = _Rows(first.header)
        for sheet in alike:
            rows.take(sheet)
        if rows.rows:
            return rows.table(unit, [sheet.name for sheet in sheets if sheet not in alike])
    raise NoTableError(f"{filename} has no table with headings and rows below them.")


def _candidates(filename: str, content: bytes) -> Iterator[tuple[str, Iterator[list[str]]]]:
    """The names and rows of the sheets, or the rows of a text."""
    if content.startswith(unpack.ZIP_MAGIC):
        yield from excel.sheets(filename, content, MAX_COLUMNS)
    elif _is_text(text := delimited.decode(filename, content)):
        yield "", (row[:MAX_COLUMNS] for row in delimited.unknown_rows(text))


def _is_text(text: str) -> bool:
    """Whether it can be a table: neither markup nor the bytes of something else."""
    start = text[:4096]
    odd = sum(not c.isprintable() and not c.isspace() for c in start) + start.count("\ufffd")
    return bool(start) and start[0] not in "<{[" and odd * 50 <= len(start)


def _header_at(top: list[list[str]]) -> int | None:
    """The first row that is about as full as the fullest one; what stands above it is a title."""
    filled = [sum(not is_missing(cell) for cell in row) for row in top]
    fullest = max(filled, default=0)
    return next((at for at, cells in enumerate(filled) if cells > 1 and cells * 2 >= fullest), None)


@dataclass(frozen=True, eq=False)
class _Sheet:
    """A sheet, or a text, with headings: their row, the first rows below them, and all of those."""

    name: str
    header: tuple[str, ...]
    number: int
    top: list[list[str]]
    below: Iterable[list[str]]

    def is_diary(self, unit: Unit) -> bool:
        """Whether its first rows say something of days."""
        width = len(self.header)
        rows = tuple(tuple(plain(cell) for cell in (row + [""] * width)[:width]) for row in self.top)
        proposed = guess(self.header, rows, unit)
        return proposed.date is not None and any(column is not None for column in proposed.amounts)


def _sheet(name: str, rows: Iterator[list[str]]) -> _Sheet | None:
    """The sheet with its first row that is a header, or without one where that is already one of the values."""
    top = list(islice(rows, HEADER_WITHIN))
    at = _header_at(top)
    if at is None:
        return None
    header = tuple(plain(cell) for cell in top[at][:MAX_COLUMNS])
    has_header = not any(dates.is_date(cell) for cell in header)  # which no heading is
    header = header if has_header else tuple(f"Column {place + 1}" for place in range(len(header)))
    first = top[at + has_header :]
    return _Sheet(name, header, at + has_header, first, chain(first, rows))


class _Rows:
    """The rows with something in them of one sheet after another, up to what can be kept."""

    def __init__(self, header: tuple[str, ...]) -> None:
        self.header = header
        self.rows: list[tuple[str, ...]] = []
        self._places: list[tuple[str, int]] = []  # the sheet, and the row in it
        self._is_cut = False

    def take(self, sheet: _Sheet) -> None:
        width = len(self.header)
        most = min(delimited.MAX_ROWS, MAX_CELLS // width)
        for number, row in enumerate(sheet.below, start=sheet.number + 1):
            if len(self.rows) == most or number > MOST_LINES:
                self._is_cut = True
                return
            cells = tuple(plain(cell) for cell in row[:width])
            if any(cells):
                self.rows.append(cells + ("",) * (width - len(cells)))
                self._places.append((sheet.name, number))

    def table(self, unit: Unit, others: list[str]) -> Table:
        rows, are_several = tuple(self.rows), len({name for name, _ in self._places}) > 1
        return Table(
            header=self.header,
            key=key_of(self.header),
            rows=rows,
            positions=tuple(f"{name}, row {at}" if are_several else f"row {at}" for name, at in self._places),
            guess=guess(self.header, rows, unit),
            is_cut=self._is_cut,
            other_sheets=tuple(others),
        )


def unnamed(table: Table, column: int) -> list[str]:
    """The words in a column of sports that name no sport known here, the most frequent first."""
    found = Counter(cell.strip() for cell in table.column(column) if not is_missing(cell))
    unknown = [word for word, _ in found.most_common() if sports.kind_in(word) in ("unknown", "training")]
    return unknown[:MOST_WORDS]


# Reading it


def read(filename: str, table: Table, mapping: Mapping, zone: tzinfo) -> Iterator[Item]:
    """The rows as items. Times without a zone are those of the clock in `zone`; a row that says nothing is none.

    Raises UnreadableFileError when the mapping does not fit the table or takes nothing from it.
    """
    _check(filename, table, mapping)
    named = () if mapping.sport is None else table.column(mapping.sport)
    reader = _Reader(
        mapping,
        zone,
        has_decimal_comma(table.rows, mapping),
        names_runs=any(map(sports.is_run, named)),
    )
    for position, row in zip(table.positions, table.rows, strict=True):
        yield from reader.items(position, row)
    yield from reader.workouts()
    yield from reader.notes()
    if mapping.date is not None and dates.contradicts(table.column(mapping.date)[:LOOKED_AT], mapping.date_order):
        told = f"Not all are written with the {mapping.date_order}, as this table is read."
        yield Note("the dates", f"{told} Check the order of its dates, under the columns of the table.")
    if table.is_cut:
        yield Problem(f"after {table.positions[-1]}", f"Only the first {len(table.rows):,} rows were read.")
    if table.other_sheets:
        told = f"Sheets with other headings were not read: {', '.join(map(echo, table.other_sheets))}."
        yield Note("the workbook", f"{told} Save one as a file of its own to bring it in.")


def _check(filename: str, table: Table, mapping: Mapping) -> None:
    columns = [value for value in mapping.to_json().values() if isinstance(value, int) and not isinstance(value, bool)]
    if max(columns, default=0) >= len(table.header):
        raise UnreadableFileError(f"{filename} has {len(table.header)} columns, fewer than were chosen. Choose again.")
    if mapping.date is None:
        raise UnreadableFileError(f"No column of {filename} is chosen as the date. Choose it.")
    if all(column is None for column in mapping.amounts):
        raise UnreadableFileError(
            f"Nothing but the date is chosen in {filename}. Choose a distance, a time, pain or an exercise."
        )


class _Reader:
    """Rows to items by one mapping. It remembers the sets of each day, runs of a day that look the same, and what the
    words for sports came to. `names_runs`: the column of sports calls runs so."""

    def __init__(self, mapping: Mapping, zone: tzinfo, decimal_comma: bool, *, names_runs: bool) -> None:
        self._is = mapping
        self._zone = zone
        self._has_comma = decimal_comma
        self._names_runs = names_runs
        self._left_out: Counter[str] = Counter()
        self._taken_for_runs: Counter[str] = Counter()
        self._alike: Counter[str] = Counter()
        self._slow = 0
        self._sets: dict[date, tuple[list[str], list[WorkoutSet]]] = {}

    def items(self, position: str, row: tuple[str, ...]) -> Iterator[Item]:
        """What the row says. A cell that cannot be read costs what it says, and not the rest of the row."""
        if all(is_missing(self._cell(row, at)) for at in self._is.amounts):
            return
        try:
            moment = self._moment(row)
        except BadCellError as error:
            yield Problem(position, f"{error} Add this row by hand.")
            return
        for part in (self._activity, self._week, self._pain, self._add_sets):
            try:
                yield from part(position, row, moment)
            except BadCellError as error:
                yield Problem(position, f"{error} Add it by hand.")

    def _moment(self, row: tuple[str, ...]) -> dates.Moment:
        """The day, with the time of day from its own column where there is one that can be read."""
        assert self._is.date is not None, "read() has checked it"
        written = row[self._is.date]
        moment = moment_of(written, dates.read(written, self._is.date_order))
        start = dates.clock(self._cell(row, self._is.start))
        return moment if start is None else dates.Moment(moment.day, start)

    def workouts(self) -> Iterator[Workout]:
        """The sets of each day as one workout."""
        for day, (positions, sets) in self._sets.items():
            where = positions[0] if len(positions) == 1 else f"{positions[0]} to {positions[-1].removeprefix('row ')}"
            yield Workout(where, day, f"{SOURCE} {day}", "", tuple(sets))

    def notes(self) -> Iterator[Note]:
        """How many rows of which word were left out, or taken for runs though the word is no sport."""
        if self._left_out:
            yield Note("the sports", f"Left out, because they are no runs: {_counted(self._left_out)}.")
        if self._taken_for_runs:
            told = f"Counted as runs, because they name no one sport: {_counted(self._taken_for_runs)}."
            yield Note("the sports", f"{told} Where a word is no run, say so under the columns of the table.")
        if self._slow:
            are = "run is" if self._slow == 1 else "runs are"
            told = f"{self._slow:,} {are} slower than {VERY_SLOW // 60} minutes a kilometre."
            yield Note("the times", f"{told} Check what the times are in, under the columns of the table.")

    def _cell(self, row: tuple[str, ...], column: int | None) -> str:
        return "" if column is None else row[column].strip()

    def _metres(self, row: tuple[str, ...], column: int | None) -> float:
        """The distance by the unit in its cell, or beside it, or else by that of the column."""
        text, unit = with_unit(self._cell(row, column))
        if is_missing(text):
            return 0.0
        beside = None if unit else self._unit_beside(row)
        return self._number(text, "distance") * METRES[unit or beside or self._is.distance_unit]

    def _unit_beside(self, row: tuple[str, ...]) -> str | None:
        written = self._cell(row, self._is.unit)
        unit = unit_of(written)
        if unit is None and not is_missing(written):
            raise BadCellError(f"The unit is {echo(written)}, which is not known here.")
        return unit

    def _number(self, text: str, what: str) -> float:
        return amount(ungrouped(text) if self._has_comma else text, what, self._has_comma)

    def _sport(self, row: tuple[str, ...]) -> Literal["run", "walk"] | None:
        """A table without a sport is one of runs; so is a row without one, or with a word that names no known sport:
        runners write Easy and Tempo. Training is a hard run where runs have no name of their own."""
        name = self._cell(row, self._is.sport)
        if is_missing(name):
            return "run"
        kind = sports.kind_in(name)
        if name in self._is.no_runs:
            return None
        if kind == "unknown" or (kind == "training" and not self._names_runs):
            self._taken_for_runs[name] += 1
            return "run"
        return kind if kind in ("run", "walk") else None

    def _activity(self, position: str, row: tuple[str, ...], moment: dates.Moment) -> Iterator[Item]:
        """A run or walk; in the row of an exercise, one that is called so or goes a kilometre."""
        name, sport = self._cell(row, self._is.exercise), self._exercise_sport(row)
        if sport is None:
            if not is_missing(name) and not self._is_beside_a_run(row):
                return
            name, sport = self._cell(row, self._is.sport), self._sport(row)
        if sport in ("run", "walk"):
            yield from self._run(position, row, moment, "walk" if sport == "walk" else "run")
        else:
            self._left_out[name] += 1
            yield Skipped(position, f"{name}, not a run.")

    def _exercise_sport(self, row: tuple[str, ...]) -> str | None:
        """The sport that stands among the exercises: any kind of run, or the very word for another, as nobody calls an
        exercise; but "Monster walk" is one."""
        exercise = self._cell(row, self._is.exercise)
        if is_missing(exercise):
            return None
        if sports.kind_in(exercise) == "run":
            return "run"
        return sports.sport_itself(exercise)

    def _is_set(self, row: tuple[str, ...]) -> bool:
        return not is_missing(self._cell(row, self._is.exercise)) and self._exercise_sport(row) is None

    def _is_beside_a_run(self, row: tuple[str, ...]) -> bool:
        """Sleds are pushed 20 m."""
        return self._metres(row, self._is.distance) >= LEAST_BESIDE_M

    def _run(
        self, position: str, row: tuple[str, ...], moment: dates.Moment, sport: Literal["run", "walk"]
    ) -> Iterator[Item]:
        metres = known(self._metres(row, self._is.distance))
        lasted = self._seconds(row)
        if metres != metres and lasted != lasted:  # neither is known: a day without a run
            return
        self._slow += lasted > metres / 1000 * VERY_SLOW
        start, day = dates.placed(moment, self._zone)
        yield Run(
            position=position,
            start=start,
            local_date=day,
            distance_m=metres,
            duration_s=lasted,
            effort=self._effort(row),
            source=SOURCE,
            source_id=f"{SOURCE} {start:%Y-%m-%dT%H:%M:%SZ}" if start else self._named(day, metres, lasted),
            name="",
            sport=sport,
        )

    def _named(self, day: date, metres: float, lasted: float) -> str:
        """The run's own amounts name it where it has no time; a second one like it on its day is another run."""
        name = f"{SOURCE} {day} {metres:.0f} m {lasted:.0f} s"
        self._alike[name] += 1
        return name if self._alike[name] == 1 else f"{name}, {self._alike[name]}"

    def _seconds(self, row: tuple[str, ...]) -> float:
        text = self._cell(row, self._is.time)
        if is_missing(text):
            return UNKNOWN
        stated = duration(text, self._is.time_unit, self._has_comma)
        if stated is None:
            likes = "a time like 1:02:52" if self._is.time_unit not in SECONDS else "a number"
            raise BadCellError(f"The time is {echo(text)}, which is not {likes}.")
        return known(stated)

    def _effort(self, row: tuple[str, ...]) -> float:
        """The effort, 0-10; unknown when it is anything else, which is no reason to lose the run."""
        text = self._cell(row, self._is.effort).partition("/")[0]
        if is_missing(text):
            return UNKNOWN
        try:
            value = self._number(text, "effort")
        except BadCellError:
            return UNKNOWN
        return value if 0 <= value <= MAX_EFFORT else UNKNOWN

    def _week(self, position: str, row: tuple[str, ...], moment: dates.Moment) -> Iterator[Item]:
        if is_missing(self._cell(row, self._is.week_distance)):
            return
        metres = self._metres(row, self._is.week_distance)
        if not 0 <= metres <= MAX_WEEK_M:
            raise BadCellError(f"The week's distance is {metres / 1000:,.0f} km. A week is from 0 to 3,500 km.")
        yield WeekDistance(position, moment.day, metres)

    def _pain(self, position: str, row: tuple[str, ...], moment: dates.Moment) -> Iterator[Item]:
        has_sides = self._is.pain_right is not None
        yield from self._pain_in(position, row, moment.day, self._is.pain, "left" if has_sides else None)
        yield from self._pain_in(position, row, moment.day, self._is.pain_right, "right")

    def _pain_in(
        self, position: str, row: tuple[str, ...], day: date, column: int | None, of: Side | None
    ) -> Iterator[Item]:
        """What a column says that is of one side, or leaves the side to the rest of the row."""
        text = self._cell(row, column)
        if is_missing(text):
            return
        value = self._number(text.removesuffix("/10"), "pain")
        if value not in range(11):
            raise BadCellError(f"The pain is {echo(text)}, which is no whole number from 0 to 10.")
        site, side = self._place(row)
        yield PainNote(position, day, int(value), *placed(site, of or side))

    def _place(self, row: tuple[str, ...]) -> tuple[str, Side]:
        """Where the pain is. A cell of sites may name the side too; an empty one is anywhere, or both sides."""
        written = row[self._is.site] if isinstance(self._is.site, int) else ""
        site = (
            self._is.site if isinstance(self._is.site, str) else "anywhere" if is_missing(written) else site_of(written)
        )
        fixed = next((side for side in SIDES if side == self._is.side), None)
        stated = side_of(row[self._is.side]) if isinstance(self._is.side, int) else fixed
        if stated is None or (fixed and written):
            stated = side_of(written) or stated or "both"
        return site, stated

    def _add_sets(self, position: str, row: tuple[str, ...], moment: dates.Moment) -> Iterator[Item]:
        """Keep the sets until their day is whole; one is kept without what cannot be read of it."""
        if not self._is_set(row):
            return
        said: dict[str, Any] = {}
        wrong: list[str] = []
        for read in (self._repeated, self._held, self._loaded):
            try:
                said |= {name: value for name, value in read(row).items() if value is not None}
            except BadCellError as error:
                wrong.append(str(error))
        is_lost = bool(wrong) and not said.keys() & {"repetitions", "seconds"}
        what_to_do = "Add it by hand." if is_lost else "The set is added without it."
        yield from (Problem(position, f"{why} {what_to_do}") for why in wrong)
        if is_lost:
            return
        effort = self._effort(row)
        one = WorkoutSet(
            exercise=plain(self._cell(row, self._is.exercise)),
            repetitions=said.get("repetitions"),
            seconds=said.get("seconds"),
            load_kg=said.get("load_kg"),
            effort=None if effort != effort else round(effort),
        )
        positions, sets = self._sets.setdefault(moment.day, ([], []))
        positions.append(position)
        sets.extend([one] * said.get("sets", 1))

    def _repeated(self, row: tuple[str, ...]) -> dict[str, int | None]:
        stated, each = self._cell(row, self._is.sets), self._cell(row, self._is.repetitions)
        if is_missing(each) and not stated.isdecimal():  # 3x10, under a heading of sets
            stated, each = "", stated
        sets, repetitions, held = set_cells.repetitions(each, self._has_comma)
        sets = sets or set_cells.number_of_sets(stated, self._has_comma)
        return {"sets": sets, "repetitions": repetitions, "seconds": held}

    def _held(self, row: tuple[str, ...]) -> dict[str, int | None]:
        """The seconds; or the time, where some programs have one column for runs and exercises."""
        if self._is.seconds is not None:
            return {"seconds": set_cells.held(self._cell(row, self._is.seconds), "seconds", self._has_comma)}
        if self._is_beside_a_run(row):
            return {}
        return {"seconds": set_cells.held(self._cell(row, self._is.time), self._is.time_unit, self._has_comma)}

    def _loaded(self, row: tuple[str, ...]) -> dict[str, float | None]:
        return {"load_kg": set_cells.load(self._cell(row, self._is.load), self._is.load_unit, self._has_comma)}


def _counted(words: Counter[str]) -> str:
    """'3 rows of Bike, 1 row of Swim'; the rarest are counted together."""
    most = [
        f"{number:,} {'row' if number == 1 else 'rows'} of {echo(word)}" for word, number in words.most_common(WORDS)
    ]
    rest = words.total() - sum(number for _, number in words.most_common(WORDS))
    return ", ".join([*most, f"{rest:,} of other words"] if rest else most)
