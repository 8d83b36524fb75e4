"""An archive is read in full, and checked in full, before anything is touched.

Every file is held to the manifest, and what a zip may unpack to is bounded (`archive_zip`); every value is held to its
column, every entry to the same checks as one that is typed; and all of it is put into an empty database in memory,
which holds it to the rest.
"""

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any, Final

from sqlalchemy import JSON, Connection, insert
from sqlalchemy.exc import IntegrityError

from data.archive import Archive, SquadArchive, holds
from data.archive_cells import from_text, moment
from data.archive_files import (
    BY_NAME,
    FILES,
    IMPORTS,
    LINES,
    LOG,
    MANIFEST,
    NOTES,
    NUMBER,
    REPLACED,
    REPORT_LINES,
    SETTINGS,
    TEMPLATES,
    ArchiveFile,
)
from data.archive_upgrades import Sheet, Sheets, upgrade
from data.archive_zip import AGAIN, Values, counted, opened, sheets
from data.coach_entries import Note, PlanTemplate
from data.engine import make_engine, transaction
from data.entries import (
    TYPED,
    Door,
    Entry,
    Injury,
    Offer,
    PainReport,
    Plan,
    Profile,
    Run,
    RunningSigns,
    SelfTest,
    Session,
    Settings,
    Video,
    WeeklyTotal,
    WeekMark,
    parse,
)
from data.errors import InvalidEntryError, UnreadableFileError
from data.fields import echo
from data.schema import KINDS, metadata, runners
from data.sharing_schema import AREAS, Area

# Whatever a runner could ever store passes here: it was checked when it was entered, by the lists and the day of then.
_DOOR: Final = Door(date(2100, 12, 31))
_ENTRIES: Final[dict[str, type[Entry]]] = {
    kind.kind: kind
    for kind in (
        Injury,
        Offer,
        PainReport,
        Plan,
        Profile,
        Run,
        RunningSigns,
        SelfTest,
        Session,
        Video,
        WeeklyTotal,
        WeekMark,
    )
}
_MOST_RUNNERS: Final = 1_000
_TRIED: Final = 1_000  # rows at a time: one by one, to find the wrong one, takes thirty times as long
_MOST_JSON: Final = 32 * 2**20  # letters; a thousand runners, who each brought twenty sorts of tables in, have 23 MB
_CONTAINER: Final = 20  # letters that a list or an object counts for: an empty one takes 64 bytes
_WHOLE_FOLDER: Final = re.compile(r"runner-[0-9]{3,4}")


def read(content: bytes) -> Archive:
    """The archive of one runner. Raises UnreadableFileError with a sentence that names the file and the row."""
    archive, manifest = opened(content)
    if manifest.get("kind") != "diary":
        raise UnreadableFileError("This is the archive of a squad. Bring it in on the page Squad.")
    made = _made(manifest)
    found = sheets(archive, manifest["files"], {file.name for file in FILES}, "is no file of Plumbline's")
    checked = _checked(found, manifest, made, FILES, "", _Room())
    return replace(checked, simulated=_is_simulated(manifest))


def read_squad(content: bytes) -> SquadArchive:
    """The archive of a squad. Raises UnreadableFileError with a sentence that names the file and the row."""
    archive, manifest = opened(content)
    if manifest.get("kind") != "squad":
        raise UnreadableFileError("This is the archive of one runner. Bring it in on the page Settings.")
    made, own = _made(manifest), manifest.get("own") is True
    has_coachs = manifest["format"] >= 2  # the first one had nothing of the coach's own
    has_notes = has_coachs and own
    people = [
        (person, tuple(file for file in FILES if holds(file, person.areas, own=own))) for person in _people(manifest)
    ]
    known = {person.folder + file.name for person, files in people for file in files}
    known |= {person.folder + NOTES.name for person, _ in people if has_notes}
    known |= {TEMPLATES.name} if has_coachs else set()
    found = sheets(archive, manifest["files"], known, "belongs to none of its runners")
    archives, room = [], _Room()
    for person, files in people:
        paths = {file.name: person.folder + file.name for file in files}
        inside = {name: found[path] for name, path in paths.items() if path in found}
        checked = _checked(inside, manifest, made, files, person.name, room, person.folder)
        notes = _of_coach(NOTES, Note, found, manifest, room, person.folder) if has_notes else ()
        archives.append(replace(checked, simulated=person.simulated, notes=notes))
    templates = _of_coach(TEMPLATES, PlanTemplate, found, manifest, room) if has_coachs else ()
    return SquadArchive(made, tuple(archives), templates)


# The manifest


def _made(manifest: Values) -> datetime:
    try:
        return moment(manifest["made"])
    except (KeyError, TypeError, ValueError) as error:
        raise UnreadableFileError(f"The archive does not say when it was made. {AGAIN}") from error


def _is_simulated(said: Values) -> bool:
    """Archives of before do not say it."""
    return said.get("simulated") is True


@dataclass(frozen=True)
class _Person:
    """A runner of a squad: the folder of their files, the areas that are shared."""

    folder: str
    name: str
    areas: frozenset[Area]
    simulated: bool


def _people(manifest: Values) -> list[_Person]:
    people = manifest.get("runners")
    if not isinstance(people, list) or len(people) > _MOST_RUNNERS:
        raise UnreadableFileError(f"{MANIFEST} in the archive lists no runners, or too many. {AGAIN}")
    found = [_person(one) for one in people]
    if len({person.folder for person in found}) < len(found):
        raise UnreadableFileError(f"{MANIFEST} in the archive has two runners in one folder. {AGAIN}")
    return found


def _person(said: Any) -> _Person:  # noqa: ANN401  JSON
    match said:
        case {"folder": str(folder), "name": str(name), "not_shared": list(hidden)} if _WHOLE_FOLDER.fullmatch(folder):
            _parsed(Settings, {"name": name}, f"{MANIFEST}, {folder}")
            areas = frozenset(area for area in AREAS if area not in hidden)
            return _Person(f"{folder}/", name, areas, _is_simulated(said))
    raise UnreadableFileError(f"{MANIFEST} in the archive does not say which folder is whose. {AGAIN}")


# What the files hold


def _checked(
    found: Sheets,
    manifest: Values,
    made: datetime,
    files: Sequence[ArchiveFile],
    name: str,
    room: "_Room",
    folder: str = "",
) -> Archive:
    upgraded = upgrade(found, manifest["schema"], manifest["format"])
    tables: dict[str, list[Values]] = {}
    for file in files:
        if file.name not in upgraded:
            raise UnreadableFileError(f"{folder}{file.name} is missing from the archive. {AGAIN}")
        tables[file.name] = _values(file, upgraded[file.name], tables, room, folder)
    for file in files:
        _check_entries(file, tables, folder)
    _check_together(tables, folder)
    settings = tables[SETTINGS][0] if SETTINGS in tables else None
    return Archive(made, settings["name"] if settings else name, tables, settings)


def _of_coach(
    file: ArchiveFile, kind: type[Entry], found: Sheets, manifest: Values, room: "_Room", folder: str = ""
) -> Sequence[Values]:
    """The rows of a file of the coach's own, each as it could have been typed."""
    path = folder + file.name
    if path not in found:
        raise UnreadableFileError(f"{path} is missing from the archive. {AGAIN}")
    upgraded = upgrade({file.name: found[path]}, manifest["schema"], manifest["format"])
    rows = _values(file, upgraded[file.name], {}, room, folder)
    for number, row in enumerate(rows, start=1):
        _parsed(kind, {name: row[name] for name in kind.model_fields}, f"{path}, row {number}")
    names = Counter(row["name"] for row in rows if "name" in row)
    if twice := next((name for name, times in names.items() if times > 1), None):
        raise UnreadableFileError(f"{path} has the name {echo(twice)} twice. {AGAIN}")
    return rows


class _Room:
    """How much JSON one archive may still have: a letter of it becomes twenty times as much, and packs to nothing."""

    def __init__(self) -> None:
        self._left = _MOST_JSON

    def take(self, cells: Iterable[str]) -> None:
        """Raises ValueError when there is too much of it."""
        for cell in cells:
            self._left -= len(cell) + _CONTAINER * (cell.count("[") + cell.count("{"))
        if self._left < 0:
            raise ValueError("up to here the archive has more JSON in it than Plumbline writes")


def _values(
    file: ArchiveFile, sheet: Sheet, before: Mapping[str, Sequence[Values]], room: _Room, folder: str
) -> list[Values]:
    """The rows as values, in the schema's order of columns whatever that of the file."""
    header = next(sheet, [])
    if sorted(header, key=str) != sorted([NUMBER, *file.columns]):
        known = ", ".join([NUMBER, *file.columns])
        raise UnreadableFileError(f"{folder}{file.name} has other columns than this version of Plumbline: {known}.")
    columns = {name: file.column(name) for name in file.columns}
    json = [name for name, column in columns.items() if isinstance(column.type, JSON)]
    rows: list[Values] = []
    for number, cells in enumerate(sheet, start=1):
        try:
            said = _said(header, cells, number)
            room.take(said[name] or "" for name in json)
            row = {name: from_text(said[name], column) for name, column in columns.items()}
            _check_points(file, row, before)
        except ValueError as error:
            raise UnreadableFileError(f"{folder}{file.name}, row {number}: {error}. {AGAIN}") from error
        rows.append(row)
    if file.name == SETTINGS and len(rows) != 1:
        raise UnreadableFileError(f"{folder}{file.name} has {counted(len(rows))}, and the settings are one. {AGAIN}")
    return rows


def _said(header: Sequence[str | None], cells: Sequence[str | None], number: int) -> dict[str | None, str | None]:
    """The cells of a row by their columns."""
    if len(cells) != len(header):
        raise ValueError(f"it has {len(cells)} cells, and the header {len(header)}")
    said = dict(zip(header, cells, strict=True))
    if said[NUMBER] != str(number):
        raise ValueError(f"its number is {echo(said[NUMBER])}")
    return said


def _check_points(file: ArchiveFile, row: Values, before: Mapping[str, Sequence[Values]]) -> None:
    for column, to in file.points.items():
        there = len(before.get(to, ()))
        if row[column] is not None and not 1 <= row[column] <= there:
            raise ValueError(f"{column} is {row[column]}, and {to} has {counted(there)}")


def _check_entries(file: ArchiveFile, tables: Mapping[str, Sequence[Values]], folder: str) -> None:
    """Every entry passes the checks at the door, with its parts."""
    if file.name == SETTINGS:
        _parsed(Settings, tables[SETTINGS][0], f"{folder}{file.name}, row 1")
    elif file.name == REPLACED:
        for number, row in enumerate(tables[file.name], start=1):
            run = {name: value for name, value in row.items() if name != "replaced_by"}
            _parsed(Run, _typed("run", run), f"{folder}{file.name}, row {number}")
    elif file.name == IMPORTS:
        _check_reports(tables, folder)
    elif file.kind and not file.parent:
        parts = _parts(file, tables)
        for number, row in enumerate(tables[file.name], start=1):
            inside = {"parts": parts.get(number, [])} if KINDS[file.kind].parts is not None else {}
            _parsed(_ENTRIES[file.kind], _typed(file.kind, row) | inside, f"{folder}{file.name}, row {number}")


def _check_reports(tables: Mapping[str, Sequence[Values]], folder: str) -> None:
    counts = Counter(line["import_id"] for line in tables[LINES])
    for number, row in enumerate(tables[IMPORTS], start=1):
        if (row[REPORT_LINES] or 0) != counts[number]:
            said = f"{folder}{IMPORTS}, row {number}: it says {row[REPORT_LINES]} lines of report"
            raise UnreadableFileError(f"{said}, and {LINES} has {counts[number]}. {AGAIN}")


def _parts(file: ArchiveFile, tables: Mapping[str, Sequence[Values]]) -> dict[int, list[Values]]:
    """By row of the file, its parts as the door knows them."""
    kind = KINDS[file.kind]
    parts: dict[int, list[Values]] = {}
    for row in tables[f"{kind.parts.name}.csv"] if kind.parts is not None else ():
        values = {name: value for name, value in row.items() if name not in (kind.parent, "position")}
        parts.setdefault(row[kind.parent], []).append(values)
    return parts


def _typed(kind: str, row: Values) -> Values:
    """A row as the door knows it: which import it came with is not said there, and a typed run's id is made of it."""
    made_up = {"import_id"} | ({"source_id"} if kind == "run" and row["source"] == TYPED else set())
    return {name: value for name, value in row.items() if name not in made_up}


def _parsed(kind: type[Entry], values: Values, where: str) -> None:
    try:
        parse(kind, values, _DOOR)
    except InvalidEntryError as error:
        raise UnreadableFileError(f"{where}: {error}") from error


def _check_together(tables: Mapping[str, Sequence[Values]], folder: str) -> None:
    """An empty database in memory takes all of it: nothing is there twice, and every limit holds."""
    engine = make_engine("sqlite://")
    try:
        metadata.create_all(engine)
        with transaction(engine) as connection:
            connection.execute(insert(runners).values(id=1, name=""))
            for file in (BY_NAME[name] for name in tables):
                if file.table.name in metadata.tables and file.name not in (SETTINGS, LOG):
                    _try(connection, file, tables[file.name], folder)
    finally:
        engine.dispose()


def _try(connection: Connection, file: ArchiveFile, rows: Sequence[Values], folder: str) -> None:
    owner = {} if file.parent else {"runner_id": 1}
    kept = [name for name in file.columns if name in file.table.c]
    for start in range(0, len(rows), _TRIED):
        some = enumerate(rows[start : start + _TRIED], start=start + 1)
        numbered = [{name: row[name] for name in kept} | owner | {"id": number} for number, row in some]
        _try_some(connection, file, numbered, folder)


def _try_some(connection: Connection, file: ArchiveFile, numbered: Sequence[Values], folder: str) -> None:
    try:
        with connection.begin_nested():
            connection.execute(insert(file.table), numbered)
    except IntegrityError:
        for row in numbered:  # which one it is
            _try_one(connection, file, row, folder)


def _try_one(connection: Connection, file: ArchiveFile, row: Values, folder: str) -> None:
    try:
        connection.execute(insert(file.table), row)
    except IntegrityError as error:
        rule, _, what = str(error.orig).partition(" constraint failed: ")
        why = "it is there twice" if rule == "UNIQUE" else f"it breaks the rule {what}"
        raise UnreadableFileError(f"{folder}{file.name}, row {row['id']}: {why}. {AGAIN}") from error
