"""Zip and gzip, unpacked in memory and within bounds. Nothing is ever written to disk."""

import io
import struct
import zipfile
import zlib
from contextlib import suppress
from pathlib import PurePosixPath, PureWindowsPath
from typing import IO, BinaryIO, Final

from data.errors import UnreadableFileError
from data.importers.result import plain

ZIP_MAGIC: Final = (b"PK\x03\x04", b"PK\x05\x06")
GZIP_MAGIC: Final = b"\x1f\x8b"
MAX_FILE_BYTES: Final = 64 * 2**20  # a day-long FIT file has 10 MB, 20,000 Strava activities 20 MB
MAX_STREAM_BYTES: Final = 8 * 2**30  # Apple Health's export.xml, which is read as a stream; ten years have 2 GB
MAX_ARCHIVE_BYTES: Final = 512 * 2**20  # all that is unpacked from one archive: thousands of FIT files
MAX_DIRECTORY: Final = 6 * 2**20  # bytes of a zip's list of members, which zipfile makes objects of: 50,000 of them
BOUNDED: Final = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)  # zipfile unpacks the others without a limit
NOT_NEEDED: Final = "which no export of runs needs. Export it again, or a shorter time."
CHUNK: Final = 64 * 2**10  # what is decompressed before a fault is kept, to this grain

# What zipfile and the decompressors below it raise on damaged, encrypted or exotic archives.
ZIP_ERRORS: Final = (
    zipfile.BadZipFile,
    zlib.error,
    struct.error,
    OSError,
    EOFError,
    RuntimeError,  # encrypted; NotImplementedError for an unknown compression is one too
    ValueError,
    LookupError,
    OverflowError,
)


def peek(file: BinaryIO, size: int) -> bytes:
    """The first bytes of the file, which then stands at its beginning again."""
    file.seek(0)
    head = file.read(size)
    file.seek(0)
    return head


def whole(filename: str, file: BinaryIO) -> bytes:
    """The bytes of the file from its beginning. Raises UnreadableFileError when there are too many."""
    file.seek(0)
    content = file.read(MAX_FILE_BYTES + 1)
    if len(content) > MAX_FILE_BYTES:
        raise UnreadableFileError(f"{filename} is larger than {MAX_FILE_BYTES // 2**20} MB, {NOT_NEEDED}")
    return content


def gunzip(filename: str, content: bytes) -> bytes:
    """The unpacked bytes, as far as they can be read: what follows a fault is missing.

    Raises UnreadableFileError when nothing comes out, or too much.
    """
    unpacked = _gunzipped(content, MAX_FILE_BYTES)
    if len(unpacked) > MAX_FILE_BYTES:
        raise _too_large(filename, MAX_FILE_BYTES)
    if not unpacked:
        raise _nothing_in(filename)
    return unpacked


def _gunzipped(content: bytes, most: int) -> bytes:
    """The unpacked bytes up to a fault, or one more than `most`."""
    unpacked = bytearray()
    stream = zlib.decompressobj(wbits=16 + zlib.MAX_WBITS)
    with suppress(zlib.error):  # what came out before the fault is kept; its reader tells what is missing
        for at in range(0, len(content), CHUNK):
            unpacked += stream.decompress(content[at : at + CHUNK], most + 1 - len(unpacked))
            if len(unpacked) > most:
                break
    return bytes(unpacked)


def unpacked_size(content: bytes) -> int:
    """How many bytes a zip or gzip says that it unpacks to; those of any other file. Cheap, and only as true as the
    file: what is read is bounded by what comes out."""
    if content.startswith(GZIP_MAGIC):
        return max(len(content), int.from_bytes(content[-4:], "little"))
    if not content.startswith(ZIP_MAGIC):
        return len(content)
    try:
        return Archive("", io.BytesIO(content)).unpacked_size
    except UnreadableFileError:
        return len(content)


class Archive:
    """A zip's members by name; reading all of them together stays within MAX_ARCHIVE_BYTES."""

    def __init__(self, filename: str, file: BinaryIO) -> None:
        self._filename = filename
        self._left = MAX_ARCHIVE_BYTES
        try:
            if _directory_bytes(file) > MAX_DIRECTORY:
                raise UnreadableFileError(f"{filename} has more than about 50,000 files in it, {NOT_NEEDED}")
            self._zip = zipfile.ZipFile(file)
            self.names = [info.filename for info in self._zip.infolist() if _is_file(info)]
        except ZIP_ERRORS as error:
            raise UnreadableFileError(
                f"{filename} is a damaged or incomplete zip file. Download or export it again."
            ) from error

    @property
    def unpacked_size(self) -> int:
        """The bytes of all members together; none unpacks to more than the list of members says."""
        return sum(info.file_size for info in self._zip.infolist())

    def find(self, basename: str) -> str | None:
        """The member of that name that is least deep in folders, whatever its case."""
        found = [n for n in self.names if PurePosixPath(n).name.lower() == basename and is_inside(n)]
        return min(found, key=lambda name: name.count("/"), default=None)

    def ending(self, *endings: str) -> list[str]:
        """The members whose names end so, whatever their case."""
        return [name for name in self.names if name.lower().endswith(endings)]

    def read(self, name: str) -> bytes:
        """The member's bytes, those inside where it is a .gz.

        Raises UnreadableFileError when it is damaged, encrypted or too large.
        """
        allowed = min(MAX_FILE_BYTES, self._left)
        try:
            with self._open(name) as member:
                packed = member.read(allowed + 1)
        except ZIP_ERRORS as error:
            raise self._damaged(name) from error
        content = _gunzipped(packed, allowed) if packed.startswith(GZIP_MAGIC) else packed
        size = max(len(packed), len(content))
        self._left = max(0, self._left - size)
        if size > allowed:
            raise _too_large(f"{plain(name)} in {self._filename}", allowed)
        if packed and not content:
            raise _nothing_in(f"{plain(name)} in {self._filename}")
        return content

    def head(self, name: str, most: int) -> bytes:
        """The first bytes of the member, or of what is inside where it is a .gz; none where it cannot be read."""
        try:
            with self._open(name) as member:
                packed = member.read(most)
        except ZIP_ERRORS:
            return b""
        return _gunzipped(packed, most - 1) if packed.startswith(GZIP_MAGIC) else packed

    def stream(self, name: str) -> BinaryIO:
        """The member as a file to read piece by piece, which ends where a fault begins: its reader tells what is
        missing. Raises UnreadableFileError when it leads out of the archive, is encrypted or larger than
        MAX_STREAM_BYTES, which zipfile holds it to."""
        try:
            if not is_inside(name):
                raise LookupError
            if self._zip.getinfo(name).file_size > MAX_STREAM_BYTES:
                raise _too_large(f"{plain(name)} in {self._filename}", MAX_STREAM_BYTES)
            return io.BufferedReader(_UpToFault(self._open(name), self._damaged(name)))
        except ZIP_ERRORS as error:
            raise self._damaged(name) from error

    def _open(self, name: str) -> IO[bytes]:
        if self._zip.getinfo(name).compress_type not in BOUNDED:
            raise NotImplementedError
        return self._zip.open(name)

    def _damaged(self, name: str) -> UnreadableFileError:
        return UnreadableFileError(
            f"{plain(name)} in {self._filename} is damaged, has a password or is packed in an unusual way."
        )


class _UpToFault(io.RawIOBase):
    """A member that is over where it cannot be read any further. Raises `nothing` when that is at its beginning."""

    def __init__(self, member: IO[bytes], nothing: UnreadableFileError) -> None:
        self._member, self._nothing, self._began = member, nothing, False

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]  # what io.BufferedReader hands over
        try:
            content = self._member.read(len(buffer))
        except ZIP_ERRORS as error:
            if not self._began:
                raise self._nothing from error
            return 0
        self._began = True
        buffer[: len(content)] = content
        return len(content)

    def close(self) -> None:
        self._member.close()
        super().close()


def is_inside(name: str) -> bool:
    """Whether a member's path stays in the archive's own folder."""
    path = PureWindowsPath(name)  # which knows both kinds of slash, and drives
    return not path.anchor and ".." not in path.parts


def _directory_bytes(file: BinaryIO) -> int:
    """The length of the list of members as zipfile goes by it: what the zip says of their number, it does not ask."""
    end = zipfile._EndRecData(file)  # type: ignore[attr-defined]  # a search of our own might find another end
    return int(end[zipfile._ECD_SIZE]) if end else 0  # type: ignore[attr-defined]


def _is_file(info: zipfile.ZipInfo) -> bool:
    path = PurePosixPath(info.filename)
    # macOS puts a shadow of every file beside it
    return bool(path.name) and not info.is_dir() and "__MACOSX" not in path.parts and path.name[:2] != "._"


def _nothing_in(what: str) -> UnreadableFileError:
    return UnreadableFileError(f"{what} is compressed, and nothing comes out of it. Export it again.")


def _too_large(what: str, limit: int) -> UnreadableFileError:
    return UnreadableFileError(f"{what} unpacks to more than {limit // 2**20} MB, {NOT_NEEDED}")
