"""The zip of an archive: its files, its manifest, and the bounds of both, which hold when it is written as when it is
read: what leaves comes back.

What a file holds is read row by row. A zip of a few kilobytes unpacks to a thousand times as much, so the header of a
file is looked at before its rows, and no more rows are made than the manifest says; each of them has its number in it,
which no zip packs to nothing.
"""

import hashlib
import io
import json
import re
import zipfile
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from datetime import datetime
from typing import Any, Final

from data.archive_cells import Cells, Row, as_csv, instant, read_csv
from data.archive_files import FORMAT, MANIFEST, VERSION
from data.errors import TooLargeError, UnreadableFileError
from data.fields import echo
from data.importers import unpack
from data.importers.result import plain

Values = dict[str, Any]

PRODUCT: Final = "Plumbline"
README: Final = "README.txt"
AGAIN: Final = "Download the archive again."
MAX_BYTES: Final = 512 * 2**20  # unpacked; reports of a whole export that was brought in each week for 20 years
MAX_ROWS: Final = 4_000_000  # of all files; a squad of 200 runners has as many sets in ten years
_SMALL: Final = 64 * 2**20  # bytes to which any zip may unpack, however well it is packed
_MAX_RATIO: Final = 100  # of larger ones, unpacked to packed; reports that repeat each other come to 17
_MAX_MANIFEST: Final = 8 * 2**20  # bytes; that of a thousand runners has 3 MB, and JSON takes ten times its length
_ZIP_TIME: Final = (1980, 1, 1, 0, 0, 0)  # the earliest that a zip knows: when it was made stands in the manifest
_HASH: Final = re.compile(r"[0-9a-f]{64}")
_CHUNK: Final = 2**20  # bytes


# Writing


def pack(contents: Mapping[str, Iterable[Cells]], about: Values, made: datetime, words: str, version: str) -> bytes:
    """The zip: the files (their headers first), a README and a manifest of them. Raises TooLargeError for one that
    could not be read again."""
    packed: dict[str, bytes] = {}
    listed: dict[str, Values] = {}
    for name, rows in contents.items():
        packed[name], written = as_csv(rows)
        listed[name] = {"rows": written - 1, "sha256": hashlib.sha256(packed[name]).hexdigest()}
    began = {"product": PRODUCT, "format": FORMAT, "schema": version, "made": instant(made)}
    manifest = began | about | {"files": listed}
    said = {README: words.encode(), MANIFEST: json.dumps(manifest, indent=1, ensure_ascii=False).encode()}
    files = said | packed
    content = _zipped(files)
    unpacked, rows_in_all = sum(map(len, files.values())), sum(file["rows"] for file in listed.values())
    if unpacked > _most_bytes(len(content)) or rows_in_all > MAX_ROWS:
        raise TooLargeError(
            f"The archive would have {rows_in_all:,} rows in {unpacked // 2**20:,} MB, and Plumbline could not bring it"
            " in again. Keep a copy of the database instead."
        )
    return content


def _zipped(files: Mapping[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, content in files.items():
            info = zipfile.ZipInfo(name, _ZIP_TIME)
            info.external_attr = 0o600 << 16  # health data, wherever it is unpacked
            archive.writestr(info, content, zipfile.ZIP_DEFLATED)
    return out.getvalue()


def _most_bytes(packed: int) -> int:
    """What a zip of this length may unpack to."""
    return min(MAX_BYTES, max(_SMALL, _MAX_RATIO * packed))


# Reading


def opened(content: bytes) -> tuple[unpack.Archive, Values]:
    """The zip, of which nothing but the manifest was read, and that. Raises UnreadableFileError."""
    if not content.startswith(unpack.ZIP_MAGIC):
        raise UnreadableFileError("This is no archive of Plumbline: it is no zip file. Choose the .zip as downloaded.")
    try:
        archive = unpack.Archive("the archive", io.BytesIO(content))
    except UnreadableFileError as error:
        raise UnreadableFileError(
            f"The archive is damaged or incomplete, or has far more files in it than Plumbline writes. {AGAIN}"
        ) from error
    if MANIFEST not in archive.names:
        raise UnreadableFileError(
            f"This is no archive of Plumbline: it has no {MANIFEST}. Choose the .zip as downloaded. Exports of Strava, "
            "watches and other programs are brought in under Mileage."
        )
    most = _most_bytes(len(content))
    if archive.unpacked_size > most:
        raise UnreadableFileError(
            f"The archive unpacks to more than {most // 2**20:,} MB, which none that was downloaded does. {AGAIN}"
        )
    with archive.stream(MANIFEST) as stream:
        return archive, _manifest(stream.read(_MAX_MANIFEST + 1))


def _manifest(content: bytes) -> Values:
    if len(content) > _MAX_MANIFEST:
        raise UnreadableFileError(f"{MANIFEST} in the archive is longer than {_MAX_MANIFEST // 2**20} MB. {AGAIN}")
    try:
        manifest = json.loads(content)
    except (ValueError, RecursionError) as error:
        raise UnreadableFileError(f"{MANIFEST} in the archive cannot be read. {AGAIN}") from error
    if not isinstance(manifest, dict) or manifest.get("product") != PRODUCT:
        raise UnreadableFileError("This is no archive of Plumbline. Choose the .zip as downloaded.")
    version = manifest.get("schema")
    if not isinstance(version, str) or not re.fullmatch("[0-9]{4}", version) or version == "0000":
        raise UnreadableFileError(
            f"The archive's schema is {echo(version)}, which no version of Plumbline has. {AGAIN}"
        )
    form = manifest.setdefault("format", 1)
    if type(form) is not int or form < 1:
        raise UnreadableFileError(f"The archive's format is {echo(form)}, which no version of Plumbline has. {AGAIN}")
    if version > VERSION:
        raise _newer("schema", version, VERSION)
    if form > FORMAT:
        raise _newer("format", form, FORMAT)
    if not isinstance(manifest.get("files"), dict):
        raise UnreadableFileError(f"{MANIFEST} in the archive lists no files. {AGAIN}")
    return manifest


def _newer(what: str, said: str | int, known: str | int) -> UnreadableFileError:
    return UnreadableFileError(
        f"The archive was made by a newer version of Plumbline ({what} {said}; this one knows up to {known})."
        " Update Plumbline, then bring it in."
    )


def sheets(archive: unpack.Archive, listed: Values, known: Set[str], strange: str) -> dict[str, Iterator[Row]]:
    """The rows of every file that the manifest lists, the header first, each read when it is asked for. None is, before
    all their names are `known`; of one that is not, the `strange` words are said. Raises UnreadableFileError, here and
    from each of the files."""
    names = [name for name in archive.names if name not in (MANIFEST, README)]
    _check_names(names, listed)
    if unknown := next((name for name in names if name not in known), None):
        raise UnreadableFileError(f"{plain(unknown)} in the archive {strange}. {AGAIN}")
    said = {name: _said_of(name, listed[name]) for name in names}
    if (rows := sum(count for count, _ in said.values())) > MAX_ROWS:
        raise UnreadableFileError(
            f"{MANIFEST} in the archive speaks of {rows:,} rows, and Plumbline writes up to {MAX_ROWS:,}. {AGAIN}"
        )
    return {name: _rows(archive, name, *said[name]) for name in names}


def _check_names(names: Sequence[str], listed: Mapping[str, Any]) -> None:
    there = Counter(names)
    if twice := next((name for name, times in there.items() if times > 1), None):
        raise UnreadableFileError(f"{plain(twice)} is in the archive twice. {AGAIN}")
    if missing := next((name for name in listed if name not in there), None):
        raise UnreadableFileError(f"{plain(missing)} is missing from the archive. {AGAIN}")
    if extra := next((name for name in names if name not in listed), None):
        raise UnreadableFileError(f"{plain(extra)} is in the archive, and its manifest does not list it. {AGAIN}")


def _said_of(name: str, said: Any) -> tuple[int, str]:  # noqa: ANN401  JSON
    """How many rows a file has, and its checksum."""
    match said:
        case {"rows": int(rows), "sha256": str(expected)} if rows >= 0 and _HASH.fullmatch(expected):
            return int(rows), expected
    raise UnreadableFileError(f"{MANIFEST} in the archive has no checksum or no number of rows for {name}. {AGAIN}")


def _rows(archive: unpack.Archive, name: str, expected: int, checksum: str) -> Iterator[Row]:
    """The header, then just as many rows as the manifest says."""
    _check_intact(archive, name, checksum)
    number = 0
    with archive.stream(name) as stream:
        try:
            for number, row in enumerate(read_csv(stream)):
                if number > expected:
                    raise UnreadableFileError(f"{name} has more than the {counted(expected)} of the manifest. {AGAIN}")
                yield row
        except ValueError as error:
            raise UnreadableFileError(f"{name} in the archive is no CSV file in UTF-8 ({error}). {AGAIN}") from error
    if number < expected:
        raise UnreadableFileError(f"{name} has {counted(number)}, and the manifest says {expected}. {AGAIN}")


def _check_intact(archive: unpack.Archive, name: str, checksum: str) -> None:
    """Looked at from end to end before any of it is taken for rows."""
    found = hashlib.sha256()
    with archive.stream(name) as stream:
        while chunk := stream.read(_CHUNK):
            found.update(chunk)
    if found.hexdigest() != checksum:
        raise UnreadableFileError(
            f"{name} was changed after the archive was made: its checksum differs. Use the archive as downloaded."
        )


def counted(rows: int) -> str:
    """'1 row', '2 rows'."""
    return f"{rows:,} row{'' if rows == 1 else 's'}"
