"""Files made to keep a process busy: each is read or refused in a moment, whatever its size was meant to cost."""

import time
from collections.abc import Callable
from contextlib import suppress

import pytest

from data.importers import NeedsMappingError, UnreadableFileError, read_file

MOST_SECONDS = 2.0  # of a machine that does other things too
GPX = b'<gpx><trk><type>run</type><trkseg><trkpt lat="1" lon="1"/></trkseg></trk></gpx>'


def seconds_of(content: bytes) -> float:
    """How long it takes to read the file, or to refuse it."""
    began = time.perf_counter()
    with suppress(UnreadableFileError, NeedsMappingError):
        read_file("upload", content)
    return time.perf_counter() - began


Made = Callable[[], bytes]

PROLOGS: dict[str, Made] = {
    "comments and no root": lambda: b"<!--a-->" * 20_000 + b"<1",
    "comments and spaces": lambda: b"<!--a--> \n" * 20_000 + b"<1",
    "instructions and no root": lambda: b"<?a?>" * 40_000 + b"<1",
    "comments that never end": lambda: b"<!--a" * 50_000,
    "document types": lambda: b"<!DOCTYPE[" * 26_000,
    "document types that nearly end": lambda: b"<!DOCTYPE a [" + b"]  " * 80_000,
    "declarations": lambda: b"<?xml " * 43_000,
    "declarations of an old code page": lambda: b"\xff<?xml " + b"encoding = " * 23_000,
    "a name without an end": lambda: b"<" + b"a" * 250_000,
    "document types in a recording": lambda: GPX + b"<!DOCTYPE[" * 26_000,
}


@pytest.mark.parametrize("made", PROLOGS.values(), ids=PROLOGS)
def test_what_stands_before_the_root_is_looked_at_once(made: Made) -> None:
    assert seconds_of(made()) < MOST_SECONDS


def test_headings_of_opened_tags_alone_take_no_longer_than_others() -> None:
    assert seconds_of(b"a" + b"<" * 19_990 + b",b\n1,2\n") < MOST_SECONDS


STRAVA = b"Activity ID,Activity Date,Activity Name,Activity Type,Elapsed Time,Distance\n"
QUOTED: dict[str, Made] = {
    "open from either state": lambda: STRAVA + (b'x","y' + b"z" * 600 + b"\n") * 20_000,
    "short lines": lambda: STRAVA + b'"\n' * 40_000,
    "short lines open from either state": lambda: STRAVA + b'x","y\n' * 40_000,
    "rows that end too late": lambda: STRAVA + (b'x","y\n' + b"z" * 1000 + b"\n") * 4_000,
    "cells that are too long": lambda: STRAVA + (b'"' + b"z" * 10_000 + b"\n") * 1_000,
}


@pytest.mark.parametrize("made", QUOTED.values(), ids=QUOTED)
def test_quotation_marks_that_are_never_closed_cost_no_more_than_their_text(made: Made) -> None:
    assert seconds_of(made()) < MOST_SECONDS


def test_after_too_many_open_quotation_marks_each_line_is_a_row() -> None:
    row = b'18,"Sep 12, 2018, 3:02:23 PM",Evening,Run,1800,5.02\n'
    content = STRAVA + (b'x","y' + b"z" * 600 + b"\n") * 1_000 + row
    assert list(read_file("upload", content).runs["source_id"]) == ["18"]
