"""Just enough FIT to say what no sample says: messages with the fields a test needs, in one file."""

import struct

UINT32, UINT8, ENUM = 0x86, 0x02, 0x00
FORMATS = {UINT32: "I", UINT8: "B", ENUM: "B"}
ACTIVITY_FILE, RUNNING, CYCLING, FITNESS_EQUIPMENT, TREADMILL = 4, 1, 2, 4, 1

Fields = list[tuple[int, int, int]]  # number in the profile, base type, raw value


def message(number: int, fields: Fields) -> bytes:
    definition = struct.pack("<BBBHB", 0x40, 0, 0, number, len(fields))
    for field, base, _ in fields:
        definition += struct.pack("<BBB", field, struct.calcsize(FORMATS[base]), base)
    return definition + b"\0" + b"".join(struct.pack("<" + FORMATS[base], raw) for _, base, raw in fields)


def file_id(kind: int = ACTIVITY_FILE, serial: int = 77) -> bytes:
    return message(0, [(0, ENUM, kind), (3, UINT32, serial)])


def session(
    start: int | None,
    seconds: float = 1800,
    metres: float | None = 5000,
    sport: int | None = RUNNING,
    sub_sport: int = 0,
    effort: int = 255,
) -> bytes:
    fields = [(8, UINT32, round(seconds * 1000)), (6, ENUM, sub_sport), (193, UINT8, effort)]
    fields += [] if start is None else [(2, UINT32, start)]
    fields += [] if metres is None else [(9, UINT32, round(metres * 100))]
    fields += [] if sport is None else [(5, ENUM, sport)]
    return message(18, fields)


def activity(saved: int, saved_local: int) -> bytes:
    return message(34, [(253, UINT32, saved), (5, UINT32, saved_local)])


def record(at: int, metres: float) -> bytes:
    return message(20, [(253, UINT32, at), (5, UINT32, round(metres * 100))])


def sport(kind: int) -> bytes:
    return message(12, [(0, ENUM, kind)])


def fit_file(*messages: bytes) -> bytes:
    body = b"".join(messages)
    return struct.pack("<BBHI4s", 12, 0x20, 2132, len(body), b".FIT") + body + b"\0\0"
