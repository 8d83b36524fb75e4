"""FIT bytes to messages: one file may be several chained ones, each read on its own so that a fault stays in its part.

fitdecode does the decoding. It takes about 35 µs a message, so the second-by-second messages are cut out before it
sees a part; `records` decodes them when a part has no summary. What is left is counted first: see `Room`.
"""

import math
import struct
from collections.abc import Iterator, Set
from contextlib import suppress
from dataclasses import dataclass
from typing import Final, NamedTuple

import fitdecode

MAGIC: Final = b".FIT"
MIN_HEADER: Final = 12
CRC_SIZE: Final = 2
VERSIONS: Final = (0x20, 2132)  # of protocol and profile, for the headers we write; the decoder does not act on them
MAX_PARTS: Final = 100  # real files chain up to five
# By their numbers in the FIT profile; a set is one of strength training.
SUMMARY_MESSAGES: Final = {0: "file_id", 12: "sport", 18: "session", 34: "activity", 225: "set"}
RECORD: Final = 20
LOOKED_AT: Final = 600  # records for the first position: a receiver finds its place within minutes, or is indoors
FIELD_DESCRIPTIONS: Final = {206, 207}  # what developer fields in a summary refer to
# Decoding is counted in fields, at about 4 µs each; a message takes as long as some more of them.
MESSAGE: Final = 10
MAX_SUMMARY: Final = 500_000  # a triathlon has 5,000
MAX_RECORDED: Final = 5_000_000  # two days second by second, with a dozen values each
MAX_MESSAGES: Final = 3_000_000  # looked at, at 0.3 µs each: two days of everything that a watch can write

# What fitdecode raises, besides its own, when the bytes contradict their definitions.
DECODER_ERRORS: Final = (
    fitdecode.FitError,
    ValueError,
    LookupError,
    TypeError,
    AttributeError,
    ArithmeticError,
    AssertionError,
    struct.error,
)

Values = dict[str, float | str]  # a message's fields by name: amounts in profile units, enumerations as words


@dataclass(frozen=True, slots=True)
class Part:
    """One of the FIT files chained in a file: its messages' bytes, and what is missing from it, if anything."""

    body: bytes
    damage: str | None


@dataclass(frozen=True, slots=True)
class Message:
    """A decoded message."""

    name: str
    values: Values


class TooMuchError(Exception):
    """There is more in the file than any recording needs."""


@dataclass(slots=True)
class Room:
    """How much more may be read of a file, of all its chained parts together, or of an archive."""

    messages: int = MAX_MESSAGES
    summary: int = MAX_SUMMARY
    recorded: int = MAX_RECORDED

    @classmethod
    def of_archive(cls) -> "Room":
        """Twice what 10,000 files have, an hour each, and the records of 1,000 of them."""
        return cls(messages=200_000_000, summary=30_000_000, recorded=100_000_000)


class _Definition(NamedTuple):
    """What data messages of a local number are: where their definition ends, their bytes, fields and global number."""

    end: int
    size: int
    fields: int
    number: int


def is_fit(content: bytes) -> bool:
    """Whether the bytes begin as a FIT file does."""
    return content[8:12] == MAGIC and content[0] >= MIN_HEADER


def split(content: bytes) -> Iterator[Part]:
    """The chained parts in order; bytes that belong to none of them are a part without a body."""
    at, filled = 0, len(content.rstrip(b"\0"))  # some programs pad with zeros
    for _ in range(MAX_PARTS):
        if at >= filled:
            return
        if not is_fit(content[at : at + MIN_HEADER]):
            break
        start, end = _body(content, at)
        yield Part(content[start:end], _missing(len(content), end))
        at = end + CRC_SIZE
    yield Part(b"", f"What follows byte {at} is not FIT data and was left out.")


def _body(content: bytes, at: int) -> tuple[int, int]:
    start, size = at + content[at], int.from_bytes(content[at + 4 : at + 8], "little")
    if size or is_fit(content[start + CRC_SIZE : start + CRC_SIZE + MIN_HEADER]):
        return start, start + size
    return start, len(content)  # the device stopped before it wrote the size


def _missing(length: int, end: int) -> str | None:
    if length >= end:
        return None
    return f"The file is cut off ({end - length} bytes missing). What comes before was read."


def summary(body: bytes, room: Room) -> tuple[list[Message], bool]:
    """The messages that sum up a part, and whether all of its bytes made sense. Raises TooMuchError."""
    kept, fields = _kept(body, SUMMARY_MESSAGES.keys() | FIELD_DESCRIPTIONS, room)
    room.summary -= fields
    if room.summary < 0:
        raise TooMuchError
    return _decoded(kept, set(SUMMARY_MESSAGES.values()))


def records(body: bytes, room: Room) -> list[Message]:
    """The second-by-second messages of a part, up to the first that cannot be read. Raises TooMuchError."""
    kept, fields = _kept(body, {RECORD}, room)
    room.recorded -= fields
    if room.recorded < 0:
        raise TooMuchError
    return _decoded(kept, {"record"})[0]


def early_records(body: bytes, room: Room) -> Iterator[Values]:
    """The first second-by-second messages of a part, up to one that cannot be read, or none where there is no more
    room: what is looked for in them is not worth refusing the file."""
    kept, fields = _kept(body, {RECORD}, room, LOOKED_AT)
    if fields > room.recorded:
        return
    room.recorded -= fields
    with suppress(*DECODER_ERRORS):
        for message in _frames(kept, {"record"}):
            yield message.values


def _decoded(body: bytes, wanted: set[str]) -> tuple[list[Message], bool]:
    messages: list[Message] = []
    try:
        messages.extend(_frames(body, wanted))
    except DECODER_ERRORS:
        return messages, False
    return messages, True


def _frames(body: bytes, wanted: set[str]) -> Iterator[Message]:
    """The messages as they are decoded. Raises one of DECODER_ERRORS."""
    header = struct.pack("<BBHI4s", MIN_HEADER, *VERSIONS, len(body), MAGIC)
    for frame in fitdecode.FitReader(
        header + body + bytes(CRC_SIZE),
        processor=None,  # dates stay numbers: an unset clock is told from a date by its size
        check_crc=fitdecode.CrcCheck.DISABLED,  # several apps write a wrong one
        error_handling=fitdecode.ErrorHandling.IGNORE,
    ):
        if isinstance(frame, fitdecode.FitDataMessage) and frame.name in wanted:
            yield Message(frame.name, _values(frame))


def _values(frame: fitdecode.FitDataMessage) -> Values:
    """The first usable value of each field; a developer's field never stands in for one of the profile. Of several
    values in one field, such as guesses at an exercise, the first is the likeliest."""
    values: Values = {}
    for field in frame.fields:
        if field.field_def is not None and field.field_def.is_dev:
            continue
        value = field.value[0] if isinstance(field.value, tuple) and field.value else field.value
        if isinstance(value, str) or (isinstance(value, int | float) and math.isfinite(value)):
            values.setdefault(field.name, value)
    return values


def _kept(body: bytes, wanted: Set[int], room: Room, most: int | None = None) -> tuple[bytes, int]:
    """The body without the data messages that are not wanted, from the first oddity on all of it; and how many fields
    that is to decode. Of what is wanted, up to `most`. Raises TooMuchError for a body of too many messages."""
    kept = bytearray()
    known: dict[int, _Definition] = {}  # by local number
    at = seen = fields = found = 0
    try:
        while at < len(body) and seen <= room.messages:
            seen += 1
            head = body[at]
            if head & 0xC0 == 0x40:
                known[head & 0xF] = defined = _defined(body, at)
                end = defined.end
                fields += MESSAGE + defined.fields
                kept += body[at:end]
            else:
                defined = known[(head >> 5) & 0x3 if head & 0x80 else head & 0xF]
                end = at + 1 + defined.size
                if defined.number in wanted or end > len(body):
                    fields += _cost(defined.fields)
                    kept += body[at:end]
                    found += 1
                    if found == most:
                        break
            at = end
    except LookupError:  # at which the decoder stops, too
        kept += body[at:]
    room.messages -= seen
    if room.messages < 0:
        raise TooMuchError
    return bytes(kept), fields


def _cost(fields: int) -> int:
    """Of a data message: the decoder looks through all its fields for the meaning of some of them."""
    return MESSAGE + fields + fields**2 // 16


def _defined(body: bytes, at: int) -> _Definition:
    """What a definition message defines. Raises IndexError when the body ends first."""
    head, fields = body[at], body[at + 5]
    number = int.from_bytes(body[at + 3 : at + 5], "big" if body[at + 2] else "little")
    end = at + 6 + 3 * fields
    size = sum(body[at + 7 : end : 3])
    if head & 0x20:
        fields += body[end]
        end, developer = end + 1 + 3 * body[end], end + 1
        size += sum(body[developer + 1 : end : 3])
    if end > len(body):
        raise IndexError(end)
    return _Definition(end, size, fields, number)
