"""The one entrance for files with runs: `read_file`. Each format has its module; formats.md says what is accepted."""

import io
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import tzinfo
from itertools import chain
from pathlib import PurePosixPath
from typing import BinaryIO, Final
from zoneinfo import ZoneInfo

from data.archive_files import MANIFEST
from data.errors import UnreadableFileError
from data.importers import (
    apple_health,
    delimited,
    excel,
    fit,
    fit_frames,
    garmin_csv,
    gpx,
    hevy,
    intervals,
    mapping,
    markup,
    polar,
    runkeeper,
    strava,
    strong,
    tables,
    tcx,
    unpack,
)
from data.importers.cells import Unit
from data.importers.mapping import NeedsMappingError
from data.importers.result import (
    HEADINGS,
    RUN_COLUMNS,
    ImportResult,
    Item,
    Mapped,
    Note,
    Problem,
    Skipped,
    gather,
    plain,
    within,
)

__all__ = [
    "RUN_COLUMNS",
    "TABLE_ALONE",
    "ImportResult",
    "NeedsMappingError",
    "Problem",
    "Skipped",
    "UnreadableFileError",
    "read_file",
]

ACCEPTED: Final = (
    "You can upload a Strava export (the whole .zip, or the activities.csv in it), an export of Apple Health (the "
    ".zip, or the export.xml in it), .fit, .gpx and .tcx files, also as .gz, a .zip of such files, the .csv of Garmin "
    "Connect, intervals.icu, Polar, Runkeeper, Strong or Hevy, or any other table as CSV or Excel (.xlsx)."
)
OPEN_DOCUMENT: Final = "META-INF/manifest.xml"  # the part that makes a zip one, by its standard
STRAVA_TABLE: Final = "activities.csv"
RUNKEEPER_TABLE: Final = "cardioactivities.csv"
TABLE_NOT_KNOWN: Final = (
    "The table is in a language or form that is not known here, so the recordings beside it were read instead. "
    "Activities without a recording are missing: add them by hand, or upload this table alone and say what its "
    "columns are."
)
FIT_FILES: Final = (".fit", ".fit.gz")
GPX_FILES: Final = (".gpx", ".gpx.gz")
RECORDINGS: Final = (*FIT_FILES, *GPX_FILES, ".tcx", ".tcx.gz")
GPX_HEAD: Final = 16_384  # bytes that say where a run began
MAX_MEMBERS: Final = 10_000  # recordings read from one archive: three a day for nine years
# XML elements in them, at 6 µs each: one of GPX with heart rate and cadence has 40 bytes, so that is all 512 MB.
MAX_ELEMENTS: Final = 13_000_000
MAX_XML: Final = 20  # members looked into for Apple Health's export; it has two
MAX_ZIPS_NAMED: Final = 20
WORKBOOK: Final = ".xlsx"
TABLES: Final = (".csv", WORKBOOK)
MAX_TABLES: Final = 20
TABLE_ALONE: Final = "A table of no program that is known here. Choose it by itself, and say what its columns are."
MAX_FILENAME: Final = 80  # characters of a file's name repeated in a sentence
MAX_ROOT: Final = 40  # and of the name of an XML element

XML_READERS: Final[dict[str, Callable[[str, BinaryIO, tzinfo], Iterator[Item]]]] = {
    gpx.ROOT: gpx.read,
    tcx.ROOT: tcx.read,
    apple_health.ROOT: apple_health.read,
}


# By the keys of tables, what the runner has said of their columns; None where that is being changed.
Mappings = Mapping[str, mapping.Mapping | None]

# Each takes its own program's table and says None to every other one; asked in this order.
TableReader = Callable[[str, str, tzinfo, Unit], Iterator[Item] | None]
TABLE_READERS: Final[tuple[TableReader, ...]] = (
    strava.read_table,
    strong.read_table,
    hevy.read_table,
    garmin_csv.read_table,
    intervals.read_table,
    polar.read_table,
    runkeeper.read_table,
)


@dataclass(frozen=True)
class _Runner:
    """What a file does not say: the runner's time zone and unit, how the runner reads tables of other programs, and how
    much is read."""

    zone: tzinfo
    unit: Unit = "km"
    mappings: Mappings = field(default_factory=dict)
    room: fit_frames.Room = field(default_factory=fit_frames.Room)  # for all FIT files of the upload


def read_file(
    filename: str,
    content: bytes | BinaryIO,
    timezone: str = "UTC",
    *,
    unit: Unit = "km",
    mappings: Mappings | None = None,
) -> ImportResult:
    """What an uploaded file holds, and what else there is to say about it. The content decides what it is.

    `content` is the bytes, or an open file that can be read from its beginning again: a zip and an export of Apple
    Health are read in place; anything else is read whole, up to `unpack.MAX_FILE_BYTES`.
    `timezone` is the runner's IANA zone, for the local day of starts that a file states in UTC only, and for times that
    are those of a clock; `unit` the runner's, for tables that name none; `mappings` those that the runner decided on
    before, by the table's key, and None for one that is to be decided on anew.
    Raises NeedsMappingError for a table that is in none of them, UnreadableFileError when the file is none of the known
    formats or nothing in it can be read.
    """
    runner = _Runner(ZoneInfo(timezone), unit, mappings or {})
    file = io.BytesIO(content) if isinstance(content, bytes) else content
    return gather(_items(plain(filename, MAX_FILENAME) or "The file", file, runner))


def _items(filename: str, file: BinaryIO, runner: _Runner) -> Iterator[Item]:
    head = unpack.peek(file, markup.HEAD)
    if not head:
        raise UnreadableFileError(f"{filename} is empty. {ACCEPTED}")
    if head.startswith(unpack.ZIP_MAGIC):
        archive = unpack.Archive(filename, file)
        if excel.is_workbook(archive.names):
            return _from_unknown_table(filename, unpack.whole(filename, file), runner)
        if OPEN_DOCUMENT in archive.names:
            raise UnreadableFileError(f"{filename} is an OpenDocument file. Save it as .xlsx or .csv, and choose that.")
        return _from_archive(filename, archive, replace(runner, room=fit_frames.Room.of_archive()))
    if markup.root_of(filename, head) == apple_health.ROOT:
        return apple_health.read(filename, file, runner.zone)
    content = unpack.whole(filename, file)
    if content.startswith(unpack.GZIP_MAGIC):
        content = unpack.gunzip(filename, content)
    return _from_file(filename, content, runner)


def _from_file(filename: str, content: bytes, runner: _Runner) -> Iterator[Item]:
    """What a file of one format has, unpacked already."""
    if content.startswith(unpack.ZIP_MAGIC):
        raise UnreadableFileError(f"{filename} is a zip inside another file. Unpack the outer one and upload this one.")
    if fit_frames.is_fit(content):
        return fit.read(filename, content, runner.zone, runner.room)
    root = markup.root_of(filename, content)
    if root is not None:
        return _from_xml(filename, root, io.BytesIO(content), runner.zone)
    items = _from_known_table(filename, delimited.decode(filename, content), runner)
    return _from_unknown_table(filename, content, runner) if items is None else items


def _from_xml(filename: str, root: str, file: BinaryIO, zone: tzinfo) -> Iterator[Item]:
    reader = XML_READERS.get(root)
    if reader is None:
        kind = plain(root, MAX_ROOT)
        raise UnreadableFileError(f"{filename} is none of the formats that can be read here, but <{kind}>. {ACCEPTED}")
    return reader(filename, file, zone)


def _is_mapped(text: str, runner: _Runner) -> bool:
    """Whether the runner has said what the columns below these headings are, which goes before what they look like."""
    return bool(runner.mappings) and any(
        tables.key_of(tuple(plain(cell) for cell in header)) in runner.mappings for header, _ in delimited.headers(text)
    )


def _from_known_table(filename: str, text: str, runner: _Runner) -> Iterator[Item] | None:
    if _is_mapped(text, runner):
        return None
    found = (read_table(filename, text, runner.zone, runner.unit) for read_table in TABLE_READERS)
    return next((items for items in found if items is not None), None)


def _from_unknown_table(filename: str, content: bytes, runner: _Runner) -> Iterator[Item]:
    try:
        table = mapping.look(filename, content, runner.unit)
    except mapping.NoTableError as error:
        raise UnreadableFileError(f"{filename} is none of the formats that can be read here. {ACCEPTED}") from error
    known = runner.mappings.get(table.key)
    if known is None:
        raise NeedsMappingError(filename, table)
    mapped = Mapped(HEADINGS, table.key, table.header)
    return chain([mapped], mapping.read(filename, table, known, runner.zone))


def _from_archive(filename: str, archive: unpack.Archive, runner: _Runner) -> Iterator[Item]:
    """What says every activity, so that the recordings beside it are none of their own; else all that can be read."""
    whole = _from_strava(filename, archive, runner) or _from_runkeeper(filename, archive, runner)
    if whole is not None:
        return whole
    health = _health_in(filename, archive)
    if health:
        return _from_health(filename, archive, health, runner.zone)
    members, zips = archive.ending(*RECORDINGS), archive.ending(".zip")
    texts = [name for name in archive.ending(*TABLES) if unpack.is_inside(name)]
    if not members and MANIFEST in archive.names:
        raise UnreadableFileError(f"{filename} looks like an archive of Plumbline. Bring it in on the Settings page.")
    if not members and not texts and zips:
        raise UnreadableFileError(f"{filename} holds nothing but other zips. Unpack it and upload those. {ACCEPTED}")
    if not members and not texts:
        holds = f"neither an {STRAVA_TABLE}, nor an export of Apple Health, nor FIT, GPX or TCX files"
        raise UnreadableFileError(f"{filename} holds {holds}. {ACCEPTED}")
    if not members and len(texts) == 1:  # so that the runner can say what its columns are
        return chain(_from_table_in(archive, texts[0], f"{texts[0]} in {filename}", runner), _not_read(archive))
    return chain(_from_members(archive, members, runner), _from_tables(archive, texts, runner), _not_read(archive))


def _from_strava(filename: str, archive: unpack.Archive, runner: _Runner) -> Iterator[Item] | None:
    """The table, with what the recordings beside it add; or as the runner has said that it is to be read."""
    table = archive.find(STRAVA_TABLE)
    if table is None:
        return None
    name, content = f"{table} in {filename}", archive.read(table)
    text = delimited.decode(name, content)
    if _is_mapped(text, runner):
        return _from_unknown_table(name, content, runner)
    beside = _Beside(archive, table.removesuffix(PurePosixPath(table).name), runner)
    items = strava.read_table(name, text, runner.zone, runner.unit, beside.recorded)
    return None if items is None else chain(items, beside.told())


def _from_runkeeper(filename: str, archive: unpack.Archive, runner: _Runner) -> Iterator[Item] | None:
    table = archive.find(RUNKEEPER_TABLE)
    if table is None:
        return None
    name = f"{table} in {filename}"
    return runkeeper.read_table(name, delimited.decode(name, archive.read(table)), runner.zone, runner.unit)


class _Beside:
    """The recordings that Strava's table names, for what it does not say: the place, whose zone dates the run, and
    sets. Of a GPX file the beginning says it; TCX files, of which there are few, are not asked."""

    def __init__(self, archive: unpack.Archive, folder: str, runner: _Runner) -> None:
        self._archive, self._folder, self._runner = archive, folder, runner
        self._names = set(archive.ending(*FIT_FILES, *GPX_FILES))
        self._known: dict[str, strava.Recording] = {}  # a table may name one file in each of its rows
        self._unread = 0

    def recorded(self, name: str) -> strava.Recording:
        """What the file says; nothing when it is none of these or cannot be read."""
        path = self._folder + name
        if path not in self._names or not unpack.is_inside(path):
            return strava.Recording()
        if path not in self._known:
            self._known[path] = self._read(path)
        return self._known[path]

    def _read(self, path: str) -> strava.Recording:
        if path.lower().endswith(GPX_FILES):
            return strava.Recording(place=gpx.first_place(self._archive.head(path, GPX_HEAD)))
        try:
            return strava.Recording(tuple(_from_file(path, self._archive.read(path), self._runner)))
        except UnreadableFileError:
            self._unread += 1
            return strava.Recording()

    def told(self) -> Iterator[Item]:
        """How many could not be read, once all rows are."""
        if self._unread:
            yield Note(
                "the recordings",
                f"{self._unread:,} of the FIT files beside the table could not be read. Runs of theirs are dated by "
                "your time zone: check those that were abroad.",
            )


def _health_in(filename: str, archive: unpack.Archive) -> str | None:
    """The member that is Apple Health's export: its name is a word of the phone's language, so its root tells."""
    for name in archive.ending(".xml")[:MAX_XML]:
        try:
            with archive.stream(name) as member:
                root = markup.root_of(f"{plain(name)} in {filename}", member.read(markup.HEAD))
        except UnreadableFileError:
            if archive.ending(*RECORDINGS):  # what can be read is
                continue
            raise
        if root == apple_health.ROOT:
            return name
    return None


def _from_health(filename: str, archive: unpack.Archive, name: str, zone: tzinfo) -> Iterator[Item]:
    with archive.stream(name) as member:
        yield from apple_health.read(f"{plain(name)} in {filename}", member, zone)


def _not_read(archive: unpack.Archive) -> Iterator[Item]:
    """What may hold runs and is not opened."""
    zips = archive.ending(".zip")
    for name in zips[:MAX_ZIPS_NAMED]:
        yield Problem(plain(name), "A zip inside a zip is not read. Unpack the outer one and upload this one.")
    if len(zips) > MAX_ZIPS_NAMED:
        yield Problem("the archive", f"So are {len(zips) - MAX_ZIPS_NAMED:,} more zips in it.")
    if others := len(archive.ending(".json")):
        files = "file is" if others == 1 else "files are"
        told = f"{others:,} .json {files} not read. Runs that only they tell of are missing: add them by hand."
        yield Note("the archive", told)


def _from_tables(archive: unpack.Archive, names: list[str], runner: _Runner) -> Iterator[Item]:
    """The tables that are known, by their program or by the runner; what the columns of others are is asked of one at a
    time, outside a zip."""
    for name in names[:MAX_TABLES]:
        found: list[Item]
        if name.lower().endswith(WORKBOOK) and not runner.mappings:  # none can be known
            yield Problem(plain(name), TABLE_ALONE)
            continue
        try:
            found = [within(item, plain(name)) for item in _from_table_in(archive, name, plain(name), runner)]
        except NeedsMappingError:
            found = [Problem(plain(name), _unknown(name))]
        except UnreadableFileError as error:
            found = [Problem(plain(name), str(error))]
        yield from found
    if len(names) > MAX_TABLES:
        yield Problem("the archive", f"Only the first {MAX_TABLES} tables were looked at. Choose the others alone.")


def _unknown(name: str) -> str:
    return TABLE_NOT_KNOWN if PurePosixPath(name).name.lower() == STRAVA_TABLE else TABLE_ALONE


def _from_table_in(archive: unpack.Archive, name: str, told: str, runner: _Runner) -> Iterator[Item]:
    read = _from_unknown_table if name.lower().endswith(WORKBOOK) else _from_file
    return read(told, archive.read(name), runner)


def _from_members(archive: unpack.Archive, members: list[str], runner: _Runner) -> Iterator[Item]:
    elements = 0
    for number, name in enumerate(members):
        if number == MAX_MEMBERS or elements > MAX_ELEMENTS:
            yield Problem("the archive", f"Only the first {number:,} recordings were read. Split the archive.")
            return
        try:
            if not unpack.is_inside(name):
                raise UnreadableFileError("Its path leads out of the archive, so it was not read.")
            content = archive.read(name)
            elements += content.count(b"<") - content.count(b"</")
            found = list(_from_file(name, content, runner))
        except fit.NotAnActivityError as error:
            yield Skipped(plain(name), str(error))
        except UnreadableFileError as error:
            yield Problem(plain(name), str(error))
        else:
            yield from (within(item, plain(name)) for item in found)
