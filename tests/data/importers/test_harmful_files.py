"""Files made to keep a process busy: each is read or refused in a moment, whatever its size was meant to cost."""

import gzip
import io
import time
import tracemalloc
import zipfile
from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, datetime, timedelta

import fitdecode
import openpyxl
import pytest

from data.importers import NeedsMappingError, UnreadableFileError, delimited, excel, read_file
from data.importers.fit_frames import Room
from data.importers.twins import Twins
from tests.data.importers import fit_writer as fw

MOST_SECONDS = 3.0  # of the processor, which does other things too
GPX = b'<gpx><trk><type>run</type><trkseg><trkpt lat="1" lon="1"/></trkseg></trk></gpx>'


def seconds_of(content: bytes) -> float:
    """What it takes of the processor to read the file, or to refuse it."""
    began = time.process_time()
    with suppress(UnreadableFileError, NeedsMappingError):
        read_file("upload", content)
    return time.process_time() - began


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


@pytest.mark.parametrize("end", [b"\n", b"\r", b"\r\n"])
@pytest.mark.parametrize("headings", [STRAVA, b'Date,Distance\n"'])
def test_a_table_of_too_many_lines_is_refused_before_they_become_objects(headings: bytes, end: bytes) -> None:
    content = gzip.compress(headings + (b"a" + end) * 1_000_000)
    tracemalloc.start()
    with pytest.raises(UnreadableFileError, match=r"^upload has more than 500,000 lines\. Split the file\.$"):
        read_file("upload", content)
    most = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert most < 16 * 2**20  # a few copies of its 3 MB; its lines as objects are 60 MB


def test_a_table_takes_few_times_the_memory_of_its_text() -> None:
    """One letter of four bytes makes all of a text's letters as wide."""
    rows = (b"2026-01-01,5," + b"x" * 1_000 + b"\n") * 4_000
    content = b"Date,Distance,Name\n" + rows + "2026-01-02,5,\N{RUNNER}".encode()
    tracemalloc.start()
    with pytest.raises(NeedsMappingError):
        read_file("upload", content)
    most = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert most < 8 * len(content)  # the text and its lines, and what is kept of them


ENDLESS: dict[str, Made] = {
    "a line of cells": lambda: STRAVA + b"85.),2," * 1_000_000 + b"\n",
    "a row of open lines": lambda: STRAVA + (b'x","' * 20_000 + b"\n") * 80,
}


@pytest.mark.parametrize("made", ENDLESS.values(), ids=ENDLESS)
def test_a_row_without_end_does_not_become_cells_at_once(made: Made) -> None:
    content = made()
    tracemalloc.start()
    with suppress(UnreadableFileError):
        read_file("upload", content)
    most = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert most < 4 * len(content)  # the text, its lines, and the cells of one row


def workbook(part: str, at: bytes, more: bytes, sheets: int = 1) -> bytes:
    """A diary in Excel, with more of something written before `at` in one of its parts."""
    book = openpyxl.Workbook()
    for _ in range(sheets - 1):
        book.create_sheet()
    for sheet in book:
        sheet.append(["Date", "Distance"])
    whole, changed = io.BytesIO(), io.BytesIO()
    book.save(whole)
    with zipfile.ZipFile(whole) as found, zipfile.ZipFile(changed, "w", zipfile.ZIP_DEFLATED) as made:
        for name in found.namelist():
            content = found.read(name)
            if name.startswith(part):
                assert at in content
                content = content.replace(at, more + at, 1)
            made.writestr(name, content)
    return changed.getvalue()


ROW = b'<row><c t="inlineStr"><is><t>2024-03-31</t></is></c><c><v>5</v></c></row>'


def with_strings() -> bytes:
    """A workbook whose texts stand in a part with the name of a sheet."""
    name = b"/xl/worksheets/sheet9.xml"
    kind = b"application/vnd.openxmlformats-officedocument.spreadsheetml.sharedStrings+xml"
    told = b'<Override PartName="' + name + b'" ContentType="' + kind + b'"/>'
    packed = io.BytesIO(workbook("[Content_Types].xml", b"<Override", told))
    with zipfile.ZipFile(packed, "a", zipfile.ZIP_DEFLATED) as made:
        space = b'<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
        made.writestr(name.decode()[1:], space + b"<si/>" * 400_000 + b"</sst>")
    return packed.getvalue()


WORKBOOKS: dict[str, Made] = {
    "fonts": lambda: workbook("xl/styles.xml", b"<fonts", b"<fonts>" + b"<font/>" * 200_000 + b"</fonts>"),
    "formats": lambda: workbook("xl/styles.xml", b"<cellXfs", b"<cellXfs>" + b"<xf/>" * 200_000 + b"</cellXfs>"),
    "types": lambda: workbook(
        "[Content_Types].xml", b"<Override", b'<Override PartName="/a" ContentType="b"/>' * 200_000
    ),
    "texts": with_strings,
}


@pytest.mark.parametrize("made", WORKBOOKS.values(), ids=WORKBOOKS)
def test_a_workbook_with_too_much_beside_its_sheets_is_refused(made: Made) -> None:
    content = made()
    assert seconds_of(content) < MOST_SECONDS
    with pytest.raises(UnreadableFileError, match="^upload has more than [35]0,000 .* Save the one sheet"):
        read_file("upload", content)


def test_empty_rows_of_a_workbook_count_too() -> None:
    content = workbook("xl/worksheets/sheet", b"</sheetData>", b"<row/>" * 150_000, sheets=6)
    assert seconds_of(content) < MOST_SECONDS
    with pytest.raises(UnreadableFileError, match="^upload has more than 250,000 rows or 2,000,000 cells"):
        read_file("upload", content)


MARCH_2024 = 1_078_000_000  # in seconds since 1989-12-31
WIDE = b"\x40\0\0\x14\0\xff" + b"\1\1\2" * 255  # the definition of a record of 255 values
RECORDINGS: dict[str, Made] = {
    "definitions": lambda: WIDE * 4_000,
    "records": lambda: WIDE + (b"\0" + b"\1" * 255) * 2_000,
    "messages of no bytes": lambda: b"\x41\0\0\x14\0\0" + b"\1" * 4_000_000,
    "sessions": lambda: fw.session(MARCH_2024) * 101,
    "sets": lambda: fw.session(MARCH_2024) + fw.strength_set(MARCH_2024, fw.LUNGE) * 10_001,
    "names of the file": lambda: WIDE.replace(b"\x14", b"\0", 1).replace(b"\1\1\2", b"\2\1\2") + b"\0" * 256 * 200,
}


@pytest.mark.parametrize("made", RECORDINGS.values(), ids=RECORDINGS)
def test_a_recording_of_more_than_days_is_refused_before_it_is_decoded(
    made: Made, monkeypatch: pytest.MonkeyPatch
) -> None:
    decoded = []
    whole = fitdecode.FitReader._read_record
    monkeypatch.setattr(fitdecode.FitReader, "_read_record", lambda reader: decoded.append(0) or whole(reader))
    with pytest.raises(UnreadableFileError, match="^upload has more in it than a recording of days"):
        read_file("upload", fw.fit_file(fw.file_id(), made()))
    assert len(decoded) < 25_000


def test_the_parts_of_a_recording_share_what_may_be_decoded() -> None:
    with pytest.raises(UnreadableFileError, match="^upload has more in it than a recording of days"):
        read_file("upload", fw.fit_file(WIDE * 50) * 50)


def test_the_recordings_of_an_archive_share_what_may_be_decoded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Room, "of_archive", lambda: Room(summary=100))
    run, packed = fw.fit_file(fw.file_id(), fw.session(MARCH_2024)), io.BytesIO()
    with zipfile.ZipFile(packed, "w") as made:
        for number in range(3):
            made.writestr(f"{number}.fit", run)
    result = read_file("upload", packed.getvalue())
    assert len(result.runs) == 1
    assert [problem.position for problem in result.problems] == ["1.fit", "2.fit"]


def test_a_day_of_20_000_workouts_is_compared_with_no_more_than_a_day_has(monkeypatch: pytest.MonkeyPatch) -> None:
    asked = []
    twin_of = Twins.twin_of
    monkeypatch.setattr(Twins, "twin_of", lambda twins, run: asked.append(run) or twin_of(twins, run))
    start = datetime(2024, 3, 31, tzinfo=UTC)
    workout = (
        "<Workout workoutActivityType='HKWorkoutActivityTypeRunning' duration='2' durationUnit='s' startDate='{}'/>"
    )
    workouts = "".join(workout.format(start + timedelta(seconds=4 * at)) for at in range(20_000))
    assert len(read_file("upload", f"<HealthData>{workouts}</HealthData>".encode()).problems) > 19_900
    assert len(asked) <= 20_000 // 100


def test_rows_of_a_workbook_are_parsed_as_far_as_they_are_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(delimited, "MAX_ROWS", 100)
    parsed = []
    cells = excel._cells
    monkeypatch.setattr(excel, "_cells", lambda row: parsed.append(0) or cells(row))
    with pytest.raises(NeedsMappingError) as asked:
        read_file("upload", workbook("xl/worksheets/sheet", b"</sheetData>", ROW * 1_000))
    assert (len(asked.value.table.rows), asked.value.table.is_cut) == (100, True)
    assert len(parsed) <= excel.TOP + 102  # looked at for their width, and the header, the rows and one more


def test_a_zip_of_too_many_files_is_refused_before_they_are_listed() -> None:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as made:
        for number in range(3_000):
            made.writestr(f"{number:04}{'a' * 2_100}", b"")
    began = time.process_time()
    with pytest.raises(UnreadableFileError, match="^upload has more than about 50,000 files"):
        read_file("upload", packed.getvalue())
    assert time.process_time() - began < 0.01 * MOST_SECONDS


def test_a_zip_of_a_long_diarys_files_is_read_in_a_moment() -> None:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as made:
        for number in range(20_000):
            made.writestr(f"activities/{number}.txt", b"")
    assert seconds_of(packed.getvalue()) < MOST_SECONDS


def test_elements_inside_each_other_are_bounded() -> None:
    """98 kB that unpack to millions of them took 330 MB."""
    run = "<Workout workoutActivityType='HKWorkoutActivityTypeRunning' startDate='2024-03-31 06:00:00 +0200' "
    whole = f"<HealthData>{run} duration='30' totalDistance='5' totalDistanceUnit='km'></Workout>"
    deep = f"{whole}{'<a>' * 199}{'</a>' * 199}</HealthData>", f"{whole}{'<a>' * 100_000}"
    inside, beyond = (read_file("upload", content.encode()) for content in deep)
    assert len(inside.runs) == len(beyond.runs) == 1
    assert inside.problems == ()
    assert "more elements inside each other than any recording needs" in beyond.problems[0].reason
