"""Telling formats apart, archives, and that nothing but our own error leaves the entrance, whatever the bytes."""

import gzip
import io
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime

import openpyxl
import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from data.importers import ImportResult, NeedsMappingError, Problem, UnreadableFileError, mapping, read_file, unpack
from data.importers.fit import FIT_EPOCH
from data.importers.result import Run, gather
from tests.data.importers import fit_writer as fw
from tests.data.importers.samples import SAMPLES, sample

RUN = "fit/fitparse__garmin-fenix-5-run.fit"
WALK = "fit/fitparse__garmin-fenix-5-walk.fit"
TABLE = "strava/made_activities_103col.csv"
SMALL = ["malformed/fitparse__Activity.fit", TABLE, "malformed/made_strava_zip_missing_and_traversal.zip"]
UNKNOWN = ["malformed/made_png_named.fit"]


def archive(members: dict[str, bytes], compression: int = zipfile.ZIP_DEFLATED) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", compression) as writer:
        for name, content in members.items():
            writer.writestr(name, content)
    return packed.getvalue()


def read_or_refuse(content: bytes) -> ImportResult | None:
    """Any exception but ours fails the test that asks."""
    try:
        return read_file("upload", content)
    except UnreadableFileError as error:
        assert "upload" in str(error)
        return None


@pytest.mark.parametrize("name", UNKNOWN)
def test_an_unknown_format_is_refused_with_what_is_accepted(name: str) -> None:
    with pytest.raises(UnreadableFileError) as refusal:
        read_file("my file.fit", sample(name))
    assert str(refusal.value).startswith("my file.fit is none of the formats")
    assert "activities.csv" in str(refusal.value)
    assert ".gpx and .tcx files, also as .gz" in str(refusal.value)


def test_an_empty_file_says_so() -> None:
    with pytest.raises(UnreadableFileError, match="^made_empty.fit is empty"):
        read_file("made_empty.fit", sample("malformed/made_empty.fit"))


@pytest.mark.parametrize("name", [RUN, TABLE, "strava/made_export_103col.zip"])
def test_the_content_decides_not_the_name(name: str) -> None:
    assert not read_file("picture.png", sample(name)).runs.empty


@pytest.mark.parametrize("name", [RUN, TABLE])
def test_a_gzipped_file_reads_as_what_is_inside(name: str) -> None:
    plain, packed = read_file("a", sample(name)), read_file("a.gz", gzip.compress(sample(name)))
    assert plain.runs.equals(packed.runs)


def test_a_gzipped_file_that_is_cut_off_keeps_what_can_be_read() -> None:
    whole = gzip.compress(sample("malformed/fitparse__Activity.fit"))
    result = read_file("a.fit.gz", whole[:-8])
    assert list(result.runs["distance_m"]) == [5.73]


def test_the_recordings_beside_a_strava_table_are_not_counted_again() -> None:
    with_extra = {"export_1/activities.csv": sample(TABLE), "export_1/activities/1.fit.gz": gzip.compress(sample(RUN))}
    with_extra["__MACOSX/export_1/._activities.csv"] = b"\0\5\26\7"
    result = read_file("export.zip", archive(with_extra))
    assert len(result.runs) == 8
    assert set(result.runs["source"]) == {"strava"}


EXPORT_HEADER = (
    "Activity ID,Activity Date,Activity Name,Activity Type,Activity Description,Elapsed Time,Distance,Commute,"
    "Activity Gear,Filename"
)
EVENING_UTC = datetime(2024, 5, 1, 21, 0, tzinfo=UTC)  # the morning of the next day in Tokyo


def strava_zip(kind: str, *messages: bytes, folder: str = "export_1/") -> bytes:
    row = f'17,"May 1, 2024, 9:00:00 PM",Abroad,{kind},,1800,5.02,false,,activities/9.fit.gz'
    recording = gzip.compress(fw.fit_file(fw.file_id(), *messages))
    table = f"{EXPORT_HEADER}\n{row}\n".encode()
    return archive({f"{folder}activities.csv": table, f"{folder}activities/9.fit.gz": recording})


@pytest.mark.parametrize(("hours_away", "day"), [(0, "2024-05-02"), (13, "2024-05-01")])
def test_the_recording_beside_a_run_tells_the_local_day_of_a_run_abroad(hours_away: int, day: str) -> None:
    """Only where it is a recording of that run."""
    at = int((EVENING_UTC - FIT_EPOCH).total_seconds()) + hours_away * 3600
    in_tokyo = fw.activity(at + 1800, at + 1800 + 9 * 3600)
    runs = read_file("export.zip", strava_zip("Run", fw.session(at), in_tokyo), "Europe/Berlin").runs
    assert list(runs["local_date"]) == [pd.Timestamp(day)]
    assert list(runs["source_id"]) == ["17"]
    assert list(runs["distance_m"]) == [5020.0]


@pytest.mark.parametrize("name", ["9.gpx", "9.gpx.gz"])
@pytest.mark.parametrize(("longitude", "day"), [(139.77, "2024-05-02"), (13.4, "2024-05-01")])
def test_the_beginning_of_a_track_tells_the_day_of_a_run_abroad(name: str, longitude: float, day: str) -> None:
    point = '<trkpt lat="{}" lon="{}"><time>2024-05-01T21:{:02}:{:02}Z</time></trkpt>'
    points = "".join(point.format(35.68 + at / 20_000, longitude, *divmod(at, 60)) for at in range(0, 3_000, 2))
    track = f"<gpx><trk><name>Abroad</name><type>running</type><trkseg>{points}</trkseg></trk></gpx>".encode()
    row = f'17,"May 1, 2024, 9:00:00 PM",Abroad,Run,,1800,5.02,false,,activities/{name}'
    content = gzip.compress(track) if name.endswith("gz") else track
    members = {"activities.csv": f"{EXPORT_HEADER}\n{row}\n".encode(), f"activities/{name}": content}
    result = read_file("export.zip", archive(members), "Europe/Berlin")
    assert list(result.runs["local_date"]) == [pd.Timestamp(day)]
    assert list(result.runs["distance_m"]) == [5020.0]
    assert result.notes == ()


@pytest.mark.parametrize(("kind", "creator"), [("Virtual Run", "StravaGPX"), ("Run", "Zwift")])
def test_the_island_of_a_game_beside_a_row_is_no_place_abroad(kind: str, creator: str) -> None:
    point = '<trkpt lat="-11.64" lon="166.95"><time>2024-05-01T21:00:00Z</time></trkpt>'
    track = f'<gpx creator="{creator}"><trk><type>running</type><trkseg>{point}</trkseg></trk></gpx>'.encode()
    row = f'17,"May 1, 2024, 3:00:00 PM",Jungle,{kind},,1800,5.02,false,,activities/9.gpx'
    members = {"activities.csv": f"{EXPORT_HEADER}\n{row}\n".encode(), "activities/9.gpx": track}
    result = read_file("export.zip", archive(members), "Europe/Berlin")
    assert list(result.runs["local_date"]) == [pd.Timestamp("2024-05-01")]


def test_a_recording_that_every_row_names_is_read_once(monkeypatch: pytest.MonkeyPatch) -> None:
    opened: list[str] = []
    read = unpack.Archive.read
    monkeypatch.setattr(unpack.Archive, "read", lambda self, name: (opened.append(name), read(self, name))[1])
    rows = "".join(f'{at},"May 1, 2024, 9:00:00 PM",A,Run,,1800,5.02,,,activities/9.fit\n' for at in range(1, 50))
    members = {"activities.csv": f"{EXPORT_HEADER}\n{rows}".encode(), "activities/9.fit": sample(RUN)}
    assert len(read_file("export.zip", archive(members)).runs) == 49
    assert opened == ["activities.csv", "activities/9.fit"]


def test_the_recording_beside_a_strength_session_has_its_sets() -> None:
    at = int((EVENING_UTC - FIT_EPOCH).total_seconds())
    sets = fw.strength_set(at + 10, fw.LUNGE, seconds=40)
    session = fw.session(at, metres=None, sport=fw.TRAINING, sub_sport=fw.STRENGTH_TRAINING)
    result = read_file("export.zip", strava_zip("Weight Training", sets, session))
    (workout,) = result.workouts
    assert (workout.position, workout.source_id, workout.name) == ("row 2", "strava 17", "Abroad")
    assert (workout.local_date, len(workout.sets)) == (date(2024, 5, 1), 1)
    assert result.skipped == ()


def test_a_strength_session_without_sets_is_skipped() -> None:
    at = int((EVENING_UTC - FIT_EPOCH).total_seconds())
    result = read_file("export.zip", strava_zip("Weight Training", fw.session(at, sport=fw.TRAINING)))
    assert [entry.reason for entry in result.skipped] == ["Weight Training, not a run."]


def test_a_recording_that_cannot_be_read_costs_the_run_nothing_but_is_said() -> None:
    table = f'{EXPORT_HEADER}\n17,"May 1, 2024, 9:00:00 PM",A,Run,,1800,5.02,,,activities/9.fit\n'.encode()
    result = read_file("export.zip", archive({"activities.csv": table, "activities/9.fit": b"no"}), "Europe/Berlin")
    assert list(result.runs["local_date"]) == [pd.Timestamp("2024-05-01")]
    assert [note.reason[:15] for note in result.notes] == ["1 of the FIT fi"]


UNKNOWN_TABLE = b"a,b,c,d,e,f,g\n17,2024-05-01 06:00:00,Qwert,,1800,5.02,activities/1.fit.gz\n"


def test_a_zip_whose_table_is_not_known_is_read_by_its_recordings() -> None:
    members = {"activities.csv": UNKNOWN_TABLE, "activities/1.fit.gz": gzip.compress(sample(RUN))}
    result = read_file("export.zip", archive(members))
    assert list(result.runs["source"]) == ["fit"]
    assert [problem.position for problem in result.problems] == ["activities.csv"]
    assert "recordings beside it were read" in result.problems[0].reason


def test_a_table_in_a_zip_is_asked_about_where_there_is_nothing_else() -> None:
    with pytest.raises(NeedsMappingError):
        read_file("export.zip", archive({"activities.csv": UNKNOWN_TABLE}))


GARMIN = b"Activity Type,Date,Favorite,Title,Distance,Time\nRunning,2024-05-0%d 06:00:00,false,A,5.02,00:25:00\n"


def test_a_zip_with_another_programs_activities_csv_is_read_whole() -> None:
    members = {"Activities.csv": GARMIN % 1, "Activities (1).csv": GARMIN % 2, "run.fit": sample(RUN), "a.json": b"{}"}
    result = read_file("export.zip", archive(members))
    assert sorted(result.runs["source"]) == ["fit", "garmin", "garmin"]
    told = "1 .json file is not read. Runs that only they tell of are missing: add them by hand."
    assert told in [note.reason for note in result.notes]


def test_an_opendocument_sheet_says_what_to_do() -> None:
    with pytest.raises(UnreadableFileError, match=r"log.ods is an OpenDocument file. Save it as .xlsx or .csv"):
        read_file("log.ods", archive({"mimetype": b"x", "content.xml": b"<x/>", "META-INF/manifest.xml": b"<x/>"}))


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("export.xml", b"<!DOCTYPE a [<!ENTITY b 'c'>]><HealthData/>"),
        ("activities.csv", gzip.compress(b"", mtime=0)),
        ("cardioActivities.csv", gzip.compress(b"", mtime=0)),
        ("diary.csv", gzip.compress(b"", mtime=0)),
        ("diary.xlsx", b"PK"),
    ],
)
def test_what_is_wrong_with_a_member_names_the_zip(name: str, content: bytes) -> None:
    with pytest.raises(UnreadableFileError, match=f"^{name} in export.zip "):
        read_file("export.zip", archive({name: content}))


def test_tables_in_a_zip_are_read_as_the_runner_said() -> None:
    diary = b"Tag;Strecke\n01.03.2026;8,5\n"
    table = mapping.look("diary.csv", diary)
    book = openpyxl.Workbook()
    for row in (("Tag", "Strecke"), ("02.03.2026", "9,5"), ("03.03.2026", "7,5")):
        book.active.append(row)
    packed = io.BytesIO()
    book.save(packed)
    members = {"a.csv": diary, "b.xlsx": packed.getvalue(), "c.csv": b"x,y\n1,2\n", "run.fit": sample(RUN)}
    result = read_file("all.zip", archive(members), mappings={table.key: table.guess})
    assert list(result.runs["distance_m"]) == [157.56, 8500.0, 9500.0, 7500.0]
    assert [problem.position for problem in result.problems] == ["c.csv"]


def test_what_the_runner_said_of_a_table_goes_before_what_it_looks_like() -> None:
    told = b"Activity Type,Date,Title,Distance,Moving Time\nRunning,2024-05-01,A,5,45:00\n"
    table = mapping.look("log.csv", told)
    in_miles = replace(table.guess, distance_unit="mi")
    assert list(read_file("log.csv", told).runs["source"]) == ["garmin"]
    assert list(read_file("log.csv", told, mappings={table.key: in_miles}).runs["distance_m"]) == [8046.72]


def test_runkeepers_zip_is_its_table() -> None:
    table = b"Activity Id,Date,Type,Distance (km),Duration\na1,2024-05-01 06:00:00,Running,5.02,25:00\n"
    result = read_file(
        "export.zip", archive({"x/cardioActivities.csv": table, "x/a.gpx": b"<gpx/>", "m.csv": b"a,b\n"})
    )
    assert list(result.runs["source"]) == ["runkeeper"]
    assert result.problems == ()


def test_a_zip_of_recordings_is_read_file_by_file() -> None:
    members = {
        "a/run.fit": sample(RUN),
        "a/copy.FIT.GZ": gzip.compress(sample(RUN)),
        "a/walk.fit": sample(WALK),
        "a/settings.fit": sample("malformed/fitparse__Settings.fit"),
        "a/broken.fit": b"not at all",
        "../outside.fit": sample("malformed/fitparse__Activity.fit"),
        "a/route.gpx": b"<gpx/>",
        "a/older.zip": archive({"run.fit": sample(RUN)}),
    }
    result = read_file("watch.zip", archive(members))
    assert list(result.runs["distance_m"]) == [157.56, 67.85]
    assert list(result.runs["sport"]) == ["run", "walk"]
    assert [(entry.position, entry.reason) for entry in result.skipped[:1]] == [
        ("a/copy.FIT.GZ, session 1", "The same run as a/run.fit, session 1, so it counts once."),
    ]
    assert result.skipped[1].position == "a/settings.fit"
    assert [problem.position for problem in result.problems] == [
        "a/broken.fit",
        "../outside.fit",
        "a/route.gpx",
        "a/older.zip",
    ]
    assert "path leads out" in result.problems[1].reason
    assert "no track in it has a point" in result.problems[2].reason
    assert "Unpack the outer one" in result.problems[3].reason


def test_a_zip_of_nothing_but_zips_says_to_unpack_it() -> None:
    inner = archive({"run.fit": sample(RUN)})
    with pytest.raises(UnreadableFileError, match="nothing but other zips. Unpack it"):
        read_file("all.zip", archive({"1.zip": inner, "2.zip": inner}))


def test_a_zip_packed_once_more_says_to_unpack_it() -> None:
    with pytest.raises(UnreadableFileError, match="a zip inside another file"):
        read_file("all.zip.gz", gzip.compress(archive({"run.fit": sample(RUN)})))


def test_a_zip_of_mixed_recordings_is_read_whatever_they_are() -> None:
    tcx, nike = "tcx/made_three_activities_no_gps.tcx", "gpx/gpxpy__track-with-less-sec-time.gpx"
    members = {
        "1.fit": sample(RUN),
        "2.TCX.gz": gzip.compress(sample(tcx)),
        "3.tcx": sample(tcx),
        "4.gpx": sample(nike),
    }
    result = read_file("mixed.zip", archive(members))
    assert list(result.runs["source"]) == ["fit", "tcx", "tcx", "gpx"]
    assert [entry.position for entry in result.skipped if "counts once" in entry.reason] == [
        "3.tcx, activity 1",
        "3.tcx, activity 3",
    ]


def test_an_open_file_reads_as_its_bytes() -> None:
    for name in (RUN, TABLE, "strava/made_export_103col.zip", "tcx/made_three_activities_no_gps.tcx"):
        with (SAMPLES / name).open("rb") as file:
            file.seek(3)
            assert read_file("a", file).runs.equals(read_file("a", sample(name)).runs)


def test_a_zip_of_tables_and_recordings_is_read_whole() -> None:
    mixed = {
        "1.fit": sample(RUN),
        "log/hevy.csv": sample("strength/strongstats__sample_hevy.csv"),
        "a.csv": b"a,b\n1,2\n",
    }
    result = read_file("all.zip", archive(mixed | {"b.xlsx": b"PK"}))
    assert len(result.runs) == 1
    assert result.workouts and result.workouts[0].position.startswith("log/hevy.csv, ")
    assert [(problem.position, problem.reason[:38]) for problem in result.problems] == [
        ("a.csv", "A table of no program that is known he"),
        ("b.xlsx", "A table of no program that is known he"),
    ]


def test_a_file_larger_than_any_export_is_refused_unread(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(unpack, "MAX_FILE_BYTES", 2**20)
    with pytest.raises(UnreadableFileError, match="^big.csv is larger than 1 MB"):
        read_file("big.csv", bytes(2**20 + 1))


@pytest.mark.parametrize("name", ["../activities.csv", "/activities.csv", "C:\\activities.csv", "..\\activities.csv"])
def test_a_table_outside_the_archive_is_not_read(name: str) -> None:
    with pytest.raises(UnreadableFileError, match=r"holds neither an activities.csv, nor"):
        read_file("export.zip", archive({name: sample(TABLE)}))


def test_bombs_are_refused_before_they_unfold(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(unpack, "MAX_FILE_BYTES", 2**20)
    bomb = bytes(2**24)
    for content in (archive({"activities.csv": bomb}), gzip.compress(bomb)):
        with pytest.raises(UnreadableFileError, match="unpacks to more than 1 MB"):
            read_file("bomb", content)


def test_an_archive_has_one_budget_for_all_of_its_files(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(unpack, "MAX_ARCHIVE_BYTES", len(sample(RUN)) + 100)
    result = read_file("watch.zip", archive({"1.fit": sample(RUN), "2.fit": sample(WALK)}))
    assert len(result.runs) == 1
    assert "unpacks to more than" in result.problems[0].reason


def test_what_is_inside_the_gz_of_an_archive_counts_in_its_budget(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(unpack, "MAX_ARCHIVE_BYTES", 2**20)
    spaces = gzip.compress(b"<gpx>" + b" " * 600_000)
    result = read_file("watch.zip", archive({"1.gpx.gz": spaces, "2.gpx.gz": spaces, "3.fit": sample(RUN)}))
    assert [problem.position for problem in result.problems] == ["1.gpx.gz", "2.gpx.gz", "3.fit"]
    assert "unpacks to more than" not in result.problems[0].reason
    assert all("unpacks to more than" in problem.reason for problem in result.problems[1:])


def test_a_gz_inside_a_gz_of_an_archive_is_not_unpacked() -> None:
    content = archive({"1.fit.gz": gzip.compress(gzip.compress(sample(RUN))), "2.fit.gz": gzip.compress(sample(RUN))})
    assert len(read_file("watch.zip", content).runs) == 1


def test_an_archive_has_one_budget_of_elements_for_all_of_its_files(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("data.importers.MAX_ELEMENTS", 3)
    track = b"<gpx><trk><trkseg></trkseg></trk></gpx>"
    result = read_file("watch.zip", archive({f"{number}.gpx": track for number in range(3)} | {"run.fit": sample(RUN)}))
    assert result.problems[-1] == Problem("the archive", "Only the first 2 recordings were read. Split the archive.")


def test_a_zip_and_a_gz_say_what_they_unpack_to() -> None:
    content = b"a" * 100_000
    assert unpack.unpacked_size(content) == len(content)
    assert unpack.unpacked_size(gzip.compress(content)) == len(content)
    assert unpack.unpacked_size(archive({"1.csv": content, "2.csv": content})) == 2 * len(content)
    broken = archive({"1.csv": content})[:-10]
    assert unpack.unpacked_size(broken) == len(broken)


def test_a_compression_that_cannot_be_bounded_is_refused() -> None:
    with pytest.raises(UnreadableFileError, match="packed in an unusual way"):
        read_file("export.zip", archive({"activities.csv": sample(TABLE)}, zipfile.ZIP_BZIP2))


def test_an_encrypted_member_is_refused() -> None:
    content = bytearray(archive({"activities.csv": sample(TABLE)}))
    for flags in (6, content.find(b"PK\x01\x02") + 8):  # in the member's own header and in the directory
        content[flags] |= 1
    with pytest.raises(UnreadableFileError, match="activities.csv in export.zip is damaged, has a password"):
        read_file("export.zip", bytes(content))


def test_a_zip_that_is_cut_off_is_refused() -> None:
    with pytest.raises(UnreadableFileError, match="damaged or incomplete zip"):
        read_file("export.zip", sample("strava/made_export_103col.zip")[:-100])


def cuts(content: bytes, pieces: int) -> Iterator[bytes]:
    return (content[:at] for at in range(0, len(content), max(1, len(content) // pieces)))


@pytest.mark.parametrize("name", [*SMALL, RUN, "fit/fitparse__event_timestamp.fit"])
def test_a_file_cut_anywhere_is_read_or_refused(name: str) -> None:
    for content in cuts(sample(name), 60):
        read_or_refuse(content)


def test_what_was_read_before_a_cut_stays_when_more_is_there() -> None:
    """The session stands just before the end of this file: every longer piece has its run."""
    content = sample("malformed/fitparse__Activity.fit")
    counts = [
        0 if (result := read_or_refuse(piece)) is None else len(result.runs) for piece in cuts(content, len(content))
    ]
    assert counts == sorted(counts)
    assert counts[-1] == 1


@given(
    content=st.binary(max_size=400),
    magic=st.sampled_from([b"", b"PK\x03\x04", b"\x1f\x8b\x08", b"\x0e\x10\0\0\0\0\0\0.FIT"]),
)
@settings(max_examples=300, deadline=None)
def test_random_bytes_are_read_or_refused(content: bytes, magic: bytes) -> None:
    read_or_refuse(magic + content)


@pytest.mark.parametrize("name", SMALL)
@given(data=st.data())
@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_mutated_samples_are_read_or_refused(name: str, data: st.DataObject) -> None:
    content = bytearray(sample(name))
    for _ in range(data.draw(st.integers(1, 6))):
        content[data.draw(st.integers(0, len(content) - 1))] = data.draw(st.integers(0, 255))
    read_or_refuse(bytes(content))


@given(rows=st.lists(st.lists(st.text(max_size=12), max_size=12), max_size=5))
@settings(max_examples=150, deadline=None)
def test_any_text_below_a_strava_header_is_read_or_refused(rows: list[list[str]]) -> None:
    header = sample("strava/made_activities_2019_10col_crlf.csv").split(b"\r\n")[0].decode()
    text = "\n".join([header, *(",".join(row) for row in rows)])
    read_or_refuse(text.encode("utf-8", errors="replace"))


def test_every_sample_of_any_kind_is_read_or_refused() -> None:
    paths = [path for path in SAMPLES.rglob("*") if path.is_file()]
    assert len(paths) > 60
    for path in paths:
        read_or_refuse(path.read_bytes())


# km, seconds: the 100 m and 5,000 m records, a 48-hour race, 800 m and 100 m whose times were cut to minutes, none
@pytest.mark.parametrize(
    ("km", "seconds"),
    [
        (0.1, 9.58),
        (5.0, 755.36),
        (473.5, 172_800),
        (0.8, 60),
        (0.1, 60),
        (10, float("nan")),
        (10, 0),
        (float("nan"), 9),
    ],
)
def test_what_somebody_has_run_is_a_run(km: float, seconds: float) -> None:
    assert len(gather([timed_run(km, seconds)]).runs) == 1


@pytest.mark.parametrize(("km", "seconds"), [(400, 2), (300, 2_400), (0.2, 15), (5.1, 660.5), (60, 600), (10, 60)])
def test_what_nobody_can_have_run_is_a_problem_that_says_what_to_do(km: float, seconds: float) -> None:
    found = gather([timed_run(km, seconds)])
    assert found.runs.empty
    (problem,) = found.problems
    assert f"{km:,.2f} km in " in problem.reason
    assert problem.reason.endswith("Check the distance, and add it by hand.")


def timed_run(km: float, seconds: float) -> Run:
    start = datetime(2026, 3, 4, 7, tzinfo=UTC)
    return Run("row 2", start, start.date(), km * 1000, seconds, float("nan"), "fit", "1", "")
