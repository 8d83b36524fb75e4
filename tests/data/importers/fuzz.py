"""Broken files for every reader: `python -m tests.data.importers.fuzz --each 10000` tries so many of each kind.

A kind is a folder of the samples, and "tables" are those of programs and runners that have none. Whatever the bytes, a
file is read or refused with UnreadableFileError, in less than 5 seconds and a bounded memory. One in 30 is packed and
unpacks to tens of megabytes, which may take 20 seconds. What breaks this is kept in build/fuzz/.
"""

import argparse
import faulthandler
import gzip
import io
import resource
import sys
import time
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from random import Random

import openpyxl

from data.importers import NeedsMappingError, UnreadableFileError, read_file
from tests.data.importers.samples import SAMPLES

KEPT = Path(__file__).parents[3] / "build" / "fuzz"
MOST_SECONDS = 5.0
MOST_PACKED_SECONDS = 20.0  # two days second by second are read in ten
HANG_SECONDS = 60.0  # after which the process is ended, with what it was doing
FILE_MB = 400  # that one file may add to the most this process has had
MEMORY_MB = 600  # of the whole process of a long run, with pandas and the seeds in it
LARGEST_SEED = 200_000  # bytes; larger ones only take longer
LARGEST = 4_000_000  # bytes of a mutated file
PACKED_EVERY = 30  # files, one is packed repetition: each takes a second
PACKED = 32 * 2**20  # bytes that one unpacks to, at most
# What a format gives a meaning to; numbers and dates at their limits.
TOKENS = (
    *(b"\0", b"\xff\xfe", b"\xef\xbb\xbf", b"<", b">", b"&", b"&#0;", b"]]>", b"<!--", b"<![CDATA[", b'"', b"'", b"\r"),
    *(b"<!DOCTYPE a [", b'<!ENTITY a "b">', b"<?xml?>", b"\n", b",", b";", b"\t", b"=cmd|' /C calc'!A0", b"PK\x03\x04"),
    *(
        b"-1",
        b"0",
        b"1e308",
        b"1e999",
        b"nan",
        b"inf",
        b"9" * 40,
        b"1970-01-01T00:00:00Z",
        b"2100-12-31 23:59:59 +1400",
    ),
    *(b"0001-01-01T00:00:00+14:00", b"9999-12-31T23:59:59-12:00", b"99:99:99", "à\u202f٣".encode(), b"\x1f\x8b\x08"),
)
# What a pattern or a parser may try in another way each time it comes again.
REPEATED = (
    *(b"<!--a-->", b"<!--", b"<!DOCTYPE[", b"<!DOCTYPE a [", b"]  ", b"<?xml ", b"<?a?>", b"encoding = ", b"<", b"<a>"),
    *(b'"', b'"\n', b'x","y\n', b'x","y' + b"z" * 600 + b"\n", b"'", b" ", b"\n", b",", b"(", b"-", b"1", b"<font/>"),
    *(b"<si/>", b"<row/>", b"\0"),
)

NAMES = ("a.fit", "b.gpx", "c.tcx.gz", "export.xml", "activities.csv")  # of members of a zip

DIARY = (
    ("Datum", "km", "Dauer", "Typ", "Schmerz links", "Schmerz rechts", "Stelle", "Übung", "Sätze", "Wdh", "Gewicht kg"),
    ("05.03.2026", "5,25", "31:20", "Easy", "3", "0", "Knie", "", "", "", ""),
    ("Do 12.03.2026", "42,2 km", "1h52", "Rad", "", "2/10", "", "Clam", "3", "3x10", "7,5"),
)
TABLES = (
    "\n".join(";".join(row) for row in DIARY),
    "Date,Week km,Unit\n2026-W05,42,mi\nKW 6 2026,13,km\n",
    "Sport,Date,Start time,Duration,Total distance (km),Notes,\nRUNNING,20-06-2018,11:17:03,00:30:08,4.48,,\n",
    "id,start_date_local,type,moving_time,distance,icu_rpe\ni1,2024-07-01T07:30:00,Run,3000,10000.5,4\n",
    "Activity Id,Date,Type,Distance (mi),Duration\na1,2019-05-04 16:35:09,Running,3.10,28:30\n",
)

Mutation = Callable[[bytes, Random, list[bytes]], bytes]


@dataclass(frozen=True)
class Failure:
    """A file that broke the promise, and how."""

    content: bytes
    why: str


def seeds() -> dict[str, list[bytes]]:
    """The samples that are not too large, by their folder."""
    found: dict[str, list[bytes]] = {}
    for path in sorted(path for path in SAMPLES.rglob("*") if path.is_file()):
        kind = path.relative_to(SAMPLES).parts[0]
        if path.parent != SAMPLES and path.stat().st_size <= LARGEST_SEED:
            found.setdefault(kind, []).append(path.read_bytes())
    return found | {"tables": [*(table.encode() for table in TABLES), _workbook()]}


def _workbook() -> bytes:
    book, packed = openpyxl.Workbook(), io.BytesIO()
    for sheet in (book.active, book.create_sheet("February")):
        for row in DIARY:
            sheet.append(row)
    book.save(packed)
    return packed.getvalue()


def mutated(seed: bytes, random: Random, others: list[bytes]) -> bytes:
    """The seed after one to four mutations, now and then packed."""
    content = seed
    for _ in range(random.randint(1, 4)):
        content = random.choice(MUTATIONS)(content, random, others)[:LARGEST]
    return random.choice(WRAPPERS)(content)


def repeated(seed: bytes, random: Random) -> bytes:
    """The seed with a piece of it, or of what is looked at each time it comes, repeated in it and packed: a small file
    that unpacks to as much as fits."""
    start, end = _span(seed, random)
    piece = random.choice((seed[start:end], random.choice(REPEATED))) or b"\0"
    content = seed[:end] + piece * int(PACKED * random.uniform(0.1, 0.9) / len(piece)) + seed[end:]
    if random.random() < 0.5:
        return gzip.compress(content, compresslevel=1)
    return _zip({random.choice(NAMES): content})


def _flip(content: bytes, random: Random, _: list[bytes]) -> bytes:
    changed = bytearray(content)
    for _ in range(random.randint(1, 8) if changed else 0):
        changed[random.randrange(len(changed))] = random.randrange(256)
    return bytes(changed)


def _truncate(content: bytes, random: Random, _: list[bytes]) -> bytes:
    return content[: random.randint(0, len(content))]


def _cut(content: bytes, random: Random, _: list[bytes]) -> bytes:
    start, end = _span(content, random)
    return content[:start] + content[end:]


def _splice(content: bytes, random: Random, others: list[bytes]) -> bytes:
    other = random.choice(others)
    start, end = _span(other, random)
    at = random.randint(0, len(content))
    return content[:at] + other[start:end] + content[at:]


def _repeat(content: bytes, random: Random, _: list[bytes]) -> bytes:
    start, end = _span(content, random)
    times = random.choice((2, 10, 300))
    return content[:start] + content[start:end] * min(times, LARGEST // (end - start + 1) + 1) + content[end:]


def _insert(content: bytes, random: Random, _: list[bytes]) -> bytes:
    at = random.randint(0, len(content))
    return content[:at] + random.choice(TOKENS) + content[at:]


def _insert_often(content: bytes, random: Random, _: list[bytes]) -> bytes:
    """Up to 16,000 times the same, at the beginning half of the times: what stands there is looked at most."""
    at = random.choice((0, random.randint(0, len(content))))
    return content[:at] + random.choice(REPEATED) * int(2 ** random.uniform(4, 14)) + content[at:]


def _replace_number(content: bytes, random: Random, _: list[bytes]) -> bytes:
    """A run of digits gives way to something else."""
    at = next(
        (at for at in range(random.randint(0, len(content)), len(content)) if content[at : at + 1].isdigit()), None
    )
    if at is None:
        return content
    end = next((end for end in range(at, len(content)) if not content[end : end + 1].isdigit()), len(content))
    return content[:at] + random.choice(TOKENS) + content[end:]


def _span(content: bytes, random: Random) -> tuple[int, int]:
    start = random.randint(0, len(content))
    return start, min(len(content), start + int(2 ** random.uniform(0, 14)))


def _zipped(content: bytes) -> bytes:
    return _zip(dict.fromkeys(NAMES, content))


def _zip(members: dict[str, bytes]) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as writer:
        for name, content in members.items():
            writer.writestr(name, content)
    return packed.getvalue()


MUTATIONS: tuple[Mutation, ...] = (_flip, _truncate, _cut, _splice, _repeat, _insert, _insert_often, _replace_number)
WRAPPERS: tuple[Callable[[bytes], bytes], ...] = (*(bytes,) * 8, gzip.compress, _zipped)


def failure(content: bytes, timezone: str = "Europe/Berlin", most_seconds: float = MOST_SECONDS) -> Failure | None:
    """Read the file, and say what was wrong with how that went."""
    faulthandler.dump_traceback_later(HANG_SECONDS, exit=True)
    had, began = peak_mb(), time.perf_counter()
    try:
        _read(content, timezone)
    except UnreadableFileError as error:
        if "upload" not in str(error):
            return Failure(content, f"The refusal does not name the file: {error}")
    except BaseException as error:  # whatever escapes is what is looked for
        return Failure(content, f"{type(error).__name__} escaped: {error}")
    finally:
        faulthandler.cancel_dump_traceback_later()
    seconds = time.perf_counter() - began
    if seconds > most_seconds:
        return Failure(content, f"It took {seconds:.1f} seconds.")
    if peak_mb() - had > FILE_MB:
        return Failure(content, f"It took {peak_mb() - had:.0f} MB of memory.")
    return None


def _read(content: bytes, timezone: str) -> None:
    """As the page does: an unknown table by its proposal."""
    try:
        read_file("upload", content, timezone)
    except NeedsMappingError as error:
        read_file("upload", content, timezone, mappings={error.table.key: error.table.guess})


def peak_mb() -> float:
    """The most memory this process has had."""
    status = Path("/proc/self/status")  # which forgets what the parent had, as the resource module does not
    if status.exists():
        return next(int(line.split()[1]) for line in status.read_text().splitlines() if line.startswith("VmHWM")) / 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**20


def failures(kind: str, each: int, run: int) -> Iterator[Failure]:
    """What goes wrong among so many mutated files of a kind; the same for the same run."""
    found = seeds()
    everything = [seed for several in found.values() for seed in several]
    for number in range(each):
        random = Random(f"{run} {kind} {number}")
        seed = random.choice(found[kind])
        if number % PACKED_EVERY:
            wrong = failure(mutated(seed, random, everything))
        else:
            wrong = failure(repeated(seed, random), most_seconds=MOST_PACKED_SECONDS)
        if wrong:
            yield wrong


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--each", type=int, default=1_000, help="files of each kind")
    parser.add_argument("--run", type=int, default=0, help="another number makes other files")
    parser.add_argument("--kind", choices=sorted(seeds()), action="append", help="folders of the samples; all of them")
    chosen = parser.parse_args()
    broken = 0
    for kind in chosen.kind or sorted(seeds()):
        began = time.perf_counter()
        for wrong in failures(kind, chosen.each, chosen.run):
            broken += 1
            KEPT.mkdir(parents=True, exist_ok=True)
            path = KEPT / f"{kind}-{chosen.run}-{broken}.bin"
            path.write_bytes(wrong.content)
            sys.stdout.write(f"{kind}: {wrong.why} {path}\n")
        seconds = time.perf_counter() - began
        sys.stdout.write(f"{kind}: {chosen.each:,} files in {seconds:.0f} s, at most {peak_mb():.0f} MB\n")
        sys.stdout.flush()
    return 1 if broken or peak_mb() > MEMORY_MB else 0


if __name__ == "__main__":
    sys.exit(main())
