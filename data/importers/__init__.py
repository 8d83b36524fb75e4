"""The one entrance for files with runs: `read_file`. Each format has its module; formats.md says what is accepted."""

from collections.abc import Iterator
from datetime import tzinfo
from itertools import chain
from typing import Final
from zoneinfo import ZoneInfo

from data.errors import UnreadableFileError
from data.importers import delimited, fit, fit_frames, strava, unpack
from data.importers.result import RUN_COLUMNS, ImportResult, Item, Problem, Skipped, gather, plain, within

__all__ = ["RUN_COLUMNS", "ImportResult", "Problem", "Skipped", "UnreadableFileError", "read_file"]

ACCEPTED: Final = (
    "You can upload a Strava export (the whole .zip, or the activities.csv in it), "
    "a .fit or .fit.gz file from a watch, or a .zip of such files."
)
STRAVA_TABLE: Final = "activities.csv"
FIT_ENDINGS: Final = (".fit", ".fit.gz")
OTHER_ENDINGS: Final = (".gpx", ".gpx.gz", ".tcx", ".tcx.gz")  # recordings in formats not read so far
MAX_MEMBERS: Final = 10_000  # FIT files read from one archive: three a day for nine years
MAX_FILENAME: Final = 80  # characters of a file's name repeated in a sentence


def read_file(filename: str, content: bytes, timezone: str = "UTC") -> ImportResult:
    """The runs in an uploaded file, and what else there is to say about it. The content decides what it is.

    `timezone` is the runner's IANA zone, for the local day of starts that a file states in UTC only.
    Raises UnreadableFileError when the file is none of the known formats or nothing in it can be read.
    """
    return gather(_items(plain(filename, MAX_FILENAME) or "The file", content, ZoneInfo(timezone)))


def _items(filename: str, content: bytes, zone: tzinfo) -> Iterator[Item]:
    if not content:
        raise UnreadableFileError(f"{filename} is empty. {ACCEPTED}")
    if content.startswith(unpack.ZIP_MAGIC):
        return _from_archive(filename, unpack.Archive(filename, content), zone)
    return _from_file(filename, content, zone)


def _from_file(filename: str, content: bytes, zone: tzinfo) -> Iterator[Item]:
    if content.startswith(unpack.GZIP_MAGIC):
        content = unpack.gunzip(filename, content)
    if fit_frames.is_fit(content):
        return fit.read(filename, content, zone)
    text = delimited.decode(content)
    layout = strava.find_layout(text)
    if layout is None:
        raise UnreadableFileError(f"{filename} is none of the formats that can be read here. {ACCEPTED}")
    return strava.read(filename, text, layout, zone)


def _from_archive(filename: str, archive: unpack.Archive, zone: tzinfo) -> Iterator[Item]:
    """Strava's table has every activity, so the recordings beside it are not read again."""
    table = archive.find(STRAVA_TABLE)
    if table:
        return _from_file(f"{table} in {filename}", archive.read(table), zone)
    members = [name for name in archive.names if name.lower().endswith(FIT_ENDINGS)]
    if not members:
        raise UnreadableFileError(f"{filename} holds neither an {STRAVA_TABLE} nor FIT files. {ACCEPTED}")
    return chain(_from_members(archive, members, zone), _not_read(archive, members))


def _not_read(archive: unpack.Archive, members: list[str]) -> Iterator[Item]:
    if len(members) > MAX_MEMBERS:
        yield Problem("the archive", f"Only the first {MAX_MEMBERS:,} FIT files were read. Split the archive.")
    others = sum(name.lower().endswith(OTHER_ENDINGS) for name in archive.names)
    if others:
        yield Problem("the archive", f"The GPX and TCX files in it, {others} in number, cannot be read here.")


def _from_members(archive: unpack.Archive, members: list[str], zone: tzinfo) -> Iterator[Item]:
    for name in members[:MAX_MEMBERS]:
        try:
            if not unpack.is_inside(name):
                raise UnreadableFileError("Its path leads out of the archive, so it was not read.")
            found = list(_from_file(name, archive.read(name), zone))
        except fit.NotAnActivityError as error:
            yield Skipped(plain(name), str(error))
        except UnreadableFileError as error:
            yield Problem(plain(name), str(error))
        else:
            yield from (within(item, plain(name)) for item in found)
