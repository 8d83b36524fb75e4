"""Just enough FIT to say what no sample says: messages with the fields a test needs, in one file."""

import struct

UINT32, UINT16, UINT8, ENUM, SINT32 = 0x86, 0x84, 0x02, 0x00, 0x85
FORMATS = {UINT32: "I", UINT16: "H", UINT8: "B", ENUM: "B", SINT32: "i"}
ACTIVITY_FILE, RUNNING, CYCLING, FITNESS_EQUIPMENT, TREADMILL = 4, 1, 2, 4, 1
GENERIC, INDOOR_RUNNING, TRACK, VIRTUAL = 0, 45, 4, 58
TRAINING, STRENGTH_TRAINING = 10, 20
ACTIVE, REST = 1, 0
ZWIFT = 260
HIP_RAISE, LUNGE, SINGLE_LEG_HIP_RAISE, NO_NAME = 10, 17, 30, 65535

Place = tuple[float, float]  # degrees
Fields = list[tuple[int, int, int | tuple[int, ...]]]  # number in the profile, base type, raw value or several


def message(number: int, fields: Fields) -> bytes:
    definition = struct.pack("<BBBHB", 0x40, 0, 0, number, len(fields))
    data = b""
    for field, base, raw in fields:
        values = raw if isinstance(raw, tuple) else (raw,)
        definition += struct.pack("<BBB", field, len(values) * struct.calcsize(FORMATS[base]), base)
        data += struct.pack(f"<{len(values)}{FORMATS[base]}", *values)
    return definition + b"\0" + data


def file_id(kind: int = ACTIVITY_FILE, serial: int = 77, maker: int | None = None) -> bytes:
    return message(0, [(0, ENUM, kind), (3, UINT32, serial), *([] if maker is None else [(1, UINT16, maker)])])


def session(
    start: int | None,
    seconds: float = 1800,
    metres: float | None = 5000,
    sport: int | None = RUNNING,
    sub_sport: int = 0,
    effort: int = 255,
    ended: int | None = None,
    place: Place | None = None,
) -> bytes:
    fields = [(8, UINT32, round(seconds * 1000)), (6, ENUM, sub_sport), (193, UINT8, effort)]
    fields += [] if start is None else [(2, UINT32, start)]
    fields += [] if metres is None else [(9, UINT32, round(metres * 100))]
    fields += [] if sport is None else [(5, ENUM, sport)]
    fields += [] if ended is None else [(253, UINT32, ended)]
    return message(18, fields + _position(3, place))


def activity(saved: int, saved_local: int) -> bytes:
    return message(34, [(253, UINT32, saved), (5, UINT32, saved_local)])


def record(at: int, metres: float, place: Place | None = None) -> bytes:
    return message(20, [(253, UINT32, at), (5, UINT32, round(metres * 100)), *_position(0, place)])


def _position(first: int, place: Place | None) -> Fields:
    """Latitude and longitude in degrees, in the fields from that number on."""
    return [] if place is None else [(first + at, SINT32, int(part / 180 * 2**31)) for at, part in enumerate(place)]


def sport(kind: int) -> bytes:
    return message(12, [(0, ENUM, kind)])


def fit_file(*messages: bytes) -> bytes:
    body = b"".join(messages)
    return struct.pack("<BBHI4s", 12, 0x20, 2132, len(body), b".FIT") + body + b"\0\0"


def strength_set(
    start: int,
    category: int,
    name: int = NO_NAME,
    *,
    kind: int = ACTIVE,
    repetitions: int = 65535,
    kilograms: float | None = None,
    seconds: float = 30,
) -> bytes:
    return message(
        225,
        [
            (254, UINT32, start),
            (0, UINT32, round(seconds * 1000)),
            (3, UINT16, repetitions),
            (4, UINT16, 65535 if kilograms is None else round(kilograms * 16)),
            (5, UINT8, kind),
            (6, UINT32, start),
            (7, UINT16, (category, NO_NAME)),  # the watch's first guess and its second
            (8, UINT16, (name, NO_NAME)),
        ],
    )
