"""The one entrance for files with runs: `read_file`. Each format has its module; formats.md says what is accepted."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import tzinfo
from itertools import chain
from typing import Final
from zoneinfo import ZoneInfo

from data.errors import UnreadableFileError
from data.importers import (
    delimited,
    excel,
    fit,
    fit_frames,
    garmin_csv,
    hevy,
    intervals,
    mapping,
    polar,
    strava,
    strong,
    unpack,
)
from data.importers.cells import Unit
from data.importers.mapping import NeedsMappingError
from data.importers.result import RUN_COLUMNS, ImportResult, Item, Problem, Skipped, gather, plain, within

__all__ = ["RUN_COLUMNS", "ImportResult", "NeedsMappingError", "Problem", "Skipped", "UnreadableFileError", "read_file"]

ACCEPTED: Final = (
    "You can upload a Strava export (the whole .zip, or the activities.csv in it), "
    "a .fit or .fit.gz file from a watch, a .zip of such files, the .csv of Strong or "
    "Hevy, or any other table as CSV or Excel (.xlsx)."
)
STRAVA_TABLE: Final = "activities.csv"
FIT_ENDINGS: Final = (".fit", ".fit.gz")
OTHER_ENDINGS: Final = (".gpx", ".gpx.gz", ".tcx", ".tcx.gz")  # recordings in formats not read so far
MAX_MEMBERS: Final = 10_000  # FIT files read from one archive: three a day for nine years
MAX_FILENAME: Final = 80  # characters of a file's name repeated in a sentence


# Each takes its own program's table and says None to every other one; asked in this order.
TableReader = Callable[[str, str, tzinfo, Unit], Iterator[Item] | None]
TABLE_READERS: Final[tuple[TableReader, ...]] = (
    strava.read_table,
    strong.read_table,
    hevy.read_table,
    garmin_csv.read_table,
    intervals.read_table,
    polar.read_table,
)


@dataclass(frozen=True)
class _Runner:
    """What a file does not say: the runner's time zone and unit, and how the runner reads tables of other programs."""

    zone: tzinfo
    unit: Unit = "km"
    mappings: Mapping[str, mapping.Mapping] = field(default_factory=dict)


def read_file(
    filename: str,
    content: bytes,
    timezone: str = "UTC",
    *,
    unit: Unit = "km",
    mappings: Mapping[str, mapping.Mapping] | None = None,
) -> ImportResult:
    """The runs in an uploaded file, and what else there is to say about it. The content decides what it is.

    `timezone` is the runner's IANA zone, for the local day of starts that a file states in UTC only, and for times that
    are those of a clock; `unit` the runner's, for tables that name none; `mappings` those that the runner decided on
    before, by the table's key.
    Raises NeedsMappingError for a table that is in none of them, UnreadableFileError when the file is none of the known
    formats or nothing in it can be read.
    """
    runner = _Runner(ZoneInfo(timezone), unit, mappings or {})
    return gather(_items(plain(filename, MAX_FILENAME) or "The file", content, runner))


def _items(filename: str, content: bytes, runner: _Runner) -> Iterator[Item]:
    if not content:
        raise UnreadableFileError(f"{filename} is empty. {ACCEPTED}")
    if content.startswith(unpack.ZIP_MAGIC):
        archive = unpack.Archive(filename, content)
        if excel.is_workbook(archive.names):
            return _from_unknown_table(filename, content, runner)
        return _from_archive(filename, archive, runner)
    return _from_file(filename, content, runner)


def _from_file(filename: str, content: bytes, runner: _Runner) -> Iterator[Item]:
    if content.startswith(unpack.GZIP_MAGIC):
        content = unpack.gunzip(filename, content)
    if fit_frames.is_fit(content):
        return fit.read(filename, content, runner.zone)
    text = delimited.decode(content)
    for read_table in TABLE_READERS:
        items = read_table(filename, text, runner.zone, runner.unit)
        if items is not None:
            return items
    return _from_unknown_table(filename, content, runner)


def _from_unknown_table(filename: str, content: bytes, runner: _Runner) -> Iterator[Item]:
    try:
        table = mapping.look(filename, content, runner.unit)
    except mapping.NoTableError as error:
        raise UnreadableFileError(f"{filename} is none of the formats that can be read here. {ACCEPTED}") from error
    known = runner.mappings.get(table.key)
    if known is None:
        raise NeedsMappingError(filename, table)
    return mapping.read(filename, table, known, runner.zone)


def _from_archive(filename: str, archive: unpack.Archive, runner: _Runner) -> Iterator[Item]:
    """Strava's table has every activity, so the recordings beside it are not read again."""
    table = archive.find(STRAVA_TABLE)
    if table:
        return _from_file(f"{table} in {filename}", archive.read(table), runner)
    members = [name for name in archive.names if name.lower().endswith(FIT_ENDINGS)]
    if not members:
        raise UnreadableFileError(f"{filename} holds neither an {STRAVA_TABLE} nor FIT files. {ACCEPTED}")
    return chain(_from_members(archive, members, runner), _not_read(archive, members))


def _not_read(archive: unpack.Archive, members: list[str]) -> Iterator[Item]:
    if len(members) > MAX_MEMBERS:
        yield Problem("the archive", f"Only the first {MAX_MEMBERS:,} FIT files were read. Split the archive.")
    others = sum(name.lower().endswith(OTHER_ENDINGS) for name in archive.names)
    if others:
        yield Problem("the archive", f"The GPX and TCX files in it, {others} in number, cannot be read here.")


def _from_members(archive: unpack.Archive, members: list[str], runner: _Runner) -> Iterator[Item]:
    for name in members[:MAX_MEMBERS]:
        try:
            if not unpack.is_inside(name):
                raise UnreadableFileError("Its path leads out of the archive, so it was not read.")
            found = list(_from_file(name, archive.read(name), runner))
        except fit.NotAnActivityError as error:
            yield Skipped(plain(name), str(error))
        except UnreadableFileError as error:
            yield Problem(plain(name), str(error))
        else:
            yield from (within(item, plain(name)) for item in found)
