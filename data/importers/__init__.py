"""The one entrance for files with runs: `read_file`. Each format has its module; formats.md says what is accepted."""

import io
from collections.abc import Callable, Iterator
from datetime import tzinfo
from itertools import chain
from typing import BinaryIO, Final
from zoneinfo import ZoneInfo

from data.errors import UnreadableFileError
from data.importers import apple_health, fit, fit_frames, gpx, markup, strava, tcx, unpack
from data.importers.result import RUN_COLUMNS, ImportResult, Item, Problem, Skipped, gather, plain, within

__all__ = ["RUN_COLUMNS", "ImportResult", "Problem", "Skipped", "UnreadableFileError", "read_file"]

ACCEPTED: Final = (
    "You can upload a Strava export (the whole .zip, or the activities.csv in it), an export of Apple Health "
    "(the .zip, or the export.xml in it), .fit, .gpx and .tcx files, also as .gz, or a .zip of such files."
)
STRAVA_TABLE: Final = "activities.csv"
RECORDINGS: Final = (".fit", ".fit.gz", ".gpx", ".gpx.gz", ".tcx", ".tcx.gz")
MAX_MEMBERS: Final = 10_000  # recordings read from one archive: three a day for nine years
MAX_XML: Final = 20  # members looked into for Apple Health's export; it has two
MAX_ZIPS_NAMED: Final = 20
MAX_FILENAME: Final = 80  # characters of a file's name repeated in a sentence
MAX_ROOT: Final = 40  # and of the name of an XML element

XML_READERS: Final[dict[str, Callable[[str, BinaryIO, tzinfo], Iterator[Item]]]] = {
    gpx.ROOT: gpx.read,
    tcx.ROOT: tcx.read,
    apple_health.ROOT: apple_health.read,
}


def read_file(filename: str, content: bytes | BinaryIO, timezone: str = "UTC") -> ImportResult:
    """The runs in an uploaded file, and what else there is to say about it. The content decides what it is.

    `content` is the bytes, or an open file that can be read from its beginning again: a zip and an export of Apple
    Health are read in place; anything else is read whole, up to `unpack.MAX_FILE_BYTES`.
    `timezone` is the runner's IANA zone, for the local day of starts that a file states in UTC only.
    Raises UnreadableFileError when the file is none of the known formats or nothing in it can be read.
    """
    file = io.BytesIO(content) if isinstance(content, bytes) else content
    return gather(_items(plain(filename, MAX_FILENAME) or "The file", file, ZoneInfo(timezone)))


def _items(filename: str, file: BinaryIO, zone: tzinfo) -> Iterator[Item]:
    head = unpack.peek(file, markup.HEAD)
    if not head:
        raise UnreadableFileError(f"{filename} is empty. {ACCEPTED}")
    if head.startswith(unpack.ZIP_MAGIC):
        return _from_archive(filename, unpack.Archive(filename, file), zone)
    if markup.root_of(filename, head) == apple_health.ROOT:
        return apple_health.read(filename, file, zone)
    return _from_file(filename, unpack.whole(filename, file), zone)


def _from_file(filename: str, content: bytes, zone: tzinfo) -> Iterator[Item]:
    if content.startswith(unpack.GZIP_MAGIC):
        content = unpack.gunzip(filename, content)
    if content.startswith(unpack.ZIP_MAGIC):
        raise UnreadableFileError(f"{filename} is a zip inside another file. Unpack the outer one and upload this one.")
    if fit_frames.is_fit(content):
        return fit.read(filename, content, zone)
    root = markup.root_of(filename, content)
    if root is not None:
        return _from_xml(filename, root, io.BytesIO(content), zone)
    text = strava.decode(content)
    layout = strava.find_layout(text)
    if layout is None:
        raise UnreadableFileError(f"{filename} is none of the formats that can be read here. {ACCEPTED}")
    return strava.read(filename, text, layout, zone)


def _from_xml(filename: str, root: str, file: BinaryIO, zone: tzinfo) -> Iterator[Item]:
    reader = XML_READERS.get(root)
    if reader is None:
        kind = plain(root, MAX_ROOT)
        raise UnreadableFileError(f"{filename} is none of the formats that can be read here, but <{kind}>. {ACCEPTED}")
    return reader(filename, file, zone)


def _from_archive(filename: str, archive: unpack.Archive, zone: tzinfo) -> Iterator[Item]:
    """Strava's table, and Apple Health's export, has every activity, so the recordings beside it are not read again."""
    table = archive.find(STRAVA_TABLE)
    if table:
        return _from_file(f"{table} in {filename}", archive.read(table), zone)
    health = _health_in(archive)
    if health:
        return _from_health(filename, archive, health, zone)
    members, zips = archive.ending(*RECORDINGS), archive.ending(".zip")
    if not members and zips:
        raise UnreadableFileError(f"{filename} holds nothing but other zips. Unpack it and upload those. {ACCEPTED}")
    if not members:
        holds = f"neither an {STRAVA_TABLE}, nor an export of Apple Health, nor FIT, GPX or TCX files"
        raise UnreadableFileError(f"{filename} holds {holds}. {ACCEPTED}")
    return chain(_from_members(archive, members, zone), _not_read(members, zips))


def _health_in(archive: unpack.Archive) -> str | None:
    """The member that is Apple Health's export: its name is a word of the phone's language, so its root tells."""
    for name in archive.ending(".xml")[:MAX_XML]:
        try:
            with archive.stream(name) as member:
                root = markup.root_of(plain(name), member.read(markup.HEAD))
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


def _not_read(members: list[str], zips: list[str]) -> Iterator[Item]:
    if len(members) > MAX_MEMBERS:
        yield Problem("the archive", f"Only the first {MAX_MEMBERS:,} recordings were read. Split the archive.")
    for name in zips[:MAX_ZIPS_NAMED]:
        yield Problem(plain(name), "A zip inside a zip is not read. Unpack the outer one and upload this one.")
    if len(zips) > MAX_ZIPS_NAMED:
        yield Problem("the archive", f"So are {len(zips) - MAX_ZIPS_NAMED:,} more zips in it.")


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
