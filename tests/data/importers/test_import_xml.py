"""GPX, TCX and Apple Health against the truth that the samples' manifest states, and what no sample says."""

import codecs
import gzip
import io
import math
import re
import zipfile
from collections.abc import Callable

import gpxpy
import pandas as pd
import pytest

from data.importers import ImportResult, UnreadableFileError, apple_health, fit_frames, read_file, unpack
from tests.data.importers import fit_writer as fw
from tests.data.importers.samples import SAMPLES, sample

# MANIFEST.md: file, then (start UTC, metres, seconds, sport) of each activity that is a run or a walk. A track that
# names no sport is what its speed says.
LAKE = ("2010-08-05 14:23:59", 4575, 7190, "walk")
APPLE = ("2016-11-14 14:25:41", 800.13, 311.65, "run")
TRUTH = {
    "gpx/gpxpy__cerknicko-jezero.gpx": [LAKE],
    "gpx/gpxpy__korita-zbevnica.gpx": [("2010-10-03 09:36:30", 14897.1, 13381, "walk")],
    "gpx/gpxpy__track-with-less-sec-time.gpx": [("2015-12-11 14:43:13", 1.6, 0.994, "run")],
    "malformed/gpxpy__cerknicko-jezero-no-creator.gpx": [LAKE],
    "malformed/gpxpy__cerknicko-jezero-without-elevations.gpx": [("2010-08-05 14:23:59", 4575, 7176, "walk")],
    "malformed/gpxpy__track-with-empty-segment.gpx": [("2013-07-06 17:26:26", 85.9, 76, "walk")],
    "tcx/made_three_activities_no_gps.tcx": [
        ("2026-03-28 22:40:00", 7000, 2120.5, "run"),
        ("2026-03-29 09:00:00", 6000, 1800, "run"),
    ],
    "malformed/made_truncated.tcx": [("2026-03-28 22:40:00", 7000, 2120.5, "run")],
    "apple_health/healthkit__export.xml": [APPLE],
    "apple_health/healthkit__export_with_routes.zip": [APPLE],
}
SKIPPED = {
    "tcx/made_three_activities_no_gps.tcx": "Biking, not a run.",
    "tcx/tcxreader__sup_activity_1.tcx": "The sport is 'Other', not a run.*1.16 km and a time of 18:32",
    "malformed/gpxpy__first_and_last_elevation.gpx": "At 97.7 km/h it was taken for a ride.*195.50 km.*2:00:00",
}
PROBLEMS = {
    "malformed/made_truncated.tcx": "cut off or damaged at line 8",
    "malformed/gpxpy__Mojstrovka.gpx": "1901-12-13",
    "malformed/gpxpy__cerknicko-without-times.gpx": "Only 5 of 296 points have a time.*4.58 km",
    "malformed/gpxpy__gpx-with-node-with-comments.gpx": "neither a distance nor a time",
    "malformed/gpxpy__gpx1.0_with_all_fields.gpx": "neither a distance nor a time",
    "malformed/gpxpy__track-with-extremes.gpx": "no date.*2.20 km",
    "malformed/gpxpy__track-with-small-floats.gpx": "no date.*9.47 km",
}
REFUSED = {
    "apple_health/ahanalyzer__export.xml": "holds no workout",
    "malformed/gpxpy__route.gpx": "a planned route, but no recorded track",
    "malformed/gpxpy__unicode2.gpx": "no track in it has a point",
    "malformed/gpxpy__unicode_with_bom.gpx": "waypoints, but no recorded track",
    "malformed/gpxpy__unicode_with_bom_noencoding.gpx": "waypoints, but no recorded track",
    "malformed/made_entity_bomb.gpx": "declares XML entities",
}
GPX = '<?xml version="1.0"?><gpx version="1.1" xmlns="http://www.topografix.com/GPX/1/1">{}</gpx>'
TCX = '<TrainingCenterDatabase xmlns="http://x/v2"><Activities>{}</Activities></TrainingCenterDatabase>'
LAP = "<Lap StartTime='{}'><TotalTimeSeconds>600</TotalTimeSeconds><DistanceMeters>2000</DistanceMeters></Lap>"
HEALTH = "<HealthData locale='de_DE'>{}</HealthData>"
WORKOUT = (
    "<Workout workoutActivityType='HKWorkoutActivityType{}' duration='30' durationUnit='min' sourceName='Watch' "
    "startDate='2024-03-31 00:30:00 +0200' endDate='2024-03-31 01:00:00 +0200'>{}</Workout>"
)
SUM = "<WorkoutStatistics type='HKQuantityTypeIdentifierDistanceWalkingRunning' sum='5.5' unit='km'/>"


def read(content: str | bytes, timezone: str = "UTC") -> ImportResult:
    return read_file("upload", content.encode() if isinstance(content, str) else content, timezone)


def track(speed: float, sport: str = "", start: str = "2024-05-01T06:00:00", points: int = 61) -> str:
    """Ten minutes to the north at that many metres a second, a point every ten seconds."""
    began = pd.Timestamp(start)
    step = math.degrees(10 * speed / 6_371_000)
    told = "".join(
        f'<trkpt lat="{50 + at * step:.9f}" lon="8"><time>{(began + pd.Timedelta(seconds=10 * at)).isoformat()}Z</time>'
        "</trkpt>"
        for at in range(points)
    )
    return f"<trk>{f'<type>{sport}</type>' if sport else ''}<trkseg>{told}</trkseg></trk>"


HONOLULU, TOKYO, LISBON, WATOPIA = (21.3, -157.86), (35.68, 139.77), (38.72, -9.14), (-11.64, 166.95)


def gpx_at(place: tuple[float, float], start: str) -> str:
    latitude, longitude = place
    north = re.sub(r'lat="50(.\d+)"', lambda found: f'lat="{latitude + float(found[1])}"', track(3.0, "running", start))
    return GPX.format(north.replace('lon="8"', f'lon="{longitude}"'))


def tcx_at(place: tuple[float, float], start: str) -> str:
    latitude, longitude = place
    point = f"<Position><LatitudeDegrees>{latitude}</LatitudeDegrees><LongitudeDegrees>{longitude}</LongitudeDegrees>"
    point = f"<Trackpoint><Time>{start}Z</Time>{point}</Position></Trackpoint>"
    lap = LAP.format(f"{start}Z").replace("</Lap>", f"<Track>{point}</Track></Lap>")
    return TCX.format(f"<Activity Sport='Running'><Id>{start}Z</Id>{lap}</Activity>")


def fit_at(place: tuple[float, float], start: str) -> bytes:
    began = fit_time(start)
    return fw.fit_file(fw.file_id(), fw.session(began, place=place), fw.activity(began + 60, began + 60))


def fit_records_at(place: tuple[float, float], start: str) -> bytes:
    began = fit_time(start)
    points = [fw.record(began, 0), fw.record(began + 60, 200, place), fw.record(began + 600, 2000, place)]
    return fw.fit_file(fw.file_id(), fw.sport(fw.RUNNING), *points)


def fit_session_and_records_at(place: tuple[float, float], start: str) -> bytes:
    """As Coros and phones write it: the session says no place."""
    began = fit_time(start)
    return fw.fit_file(fw.file_id(), fw.record(began, 0), fw.record(began + 5, 9, place), fw.session(began))


def fit_time(start: str) -> int:
    return int((pd.Timestamp(start) - pd.Timestamp("1989-12-31")).total_seconds())


@pytest.mark.parametrize("file_at", [gpx_at, tcx_at, fit_at, fit_records_at, fit_session_and_records_at])
@pytest.mark.parametrize(
    ("place", "start", "day", "zone"),
    [
        (HONOLULU, "2024-05-02T04:00:00", "2024-05-01", "Pacific/Honolulu"),  # at 18:00, for a runner from Berlin
        (TOKYO, "2024-05-01T20:00:00", "2024-05-02", "Asia/Tokyo"),  # at 5:00
        (HONOLULU, "2024-05-01T20:00:00", "2024-05-01", None),  # the same day in both
        (LISBON, "2024-05-01T22:30:00", "2024-05-01", "Europe/Lisbon"),  # at 23:30, half past midnight at home
        (LISBON, "2024-01-01T22:30:00", "2024-01-01", None),  # at 22:30
    ],
)
def test_a_run_abroad_is_of_the_day_where_it_was(
    file_at: Callable[[tuple[float, float], str], str | bytes],
    place: tuple[float, float],
    start: str,
    day: str,
    zone: str | None,
) -> None:
    result = read(file_at(place, start), "Europe/Berlin")
    assert list(result.runs["local_date"]) == [pd.Timestamp(day)]
    told = [note.reason for note in result.notes if "It began in" in note.reason]
    assert told == ([] if zone is None else [f"It began in {zone}, so its day is the one there, not the one at home."])


@pytest.mark.parametrize("file_at", [tcx_at, fit_at, fit_records_at])
def test_a_receiver_that_does_not_know_yet_is_at_home(
    file_at: Callable[[tuple[float, float], str], str | bytes],
) -> None:
    result = read(file_at((0.0, 0.0), "2024-05-01T22:30:00"), "Europe/Berlin")  # a place in the sea
    assert list(result.runs["local_date"]) == [pd.Timestamp("2024-05-02")]


@pytest.mark.parametrize("sign", ["name", "creator", "type"])
def test_the_island_of_a_game_is_no_place_abroad(sign: str) -> None:
    told = gpx_at(WATOPIA, "2024-05-01T20:00:00")
    changed = {
        "name": told.replace("<trk>", "<trk><name>Zwift - Tempo Run in Watopia</name>"),
        "creator": told.replace("<gpx ", '<gpx creator="Zwift" '),
        "type": told.replace("<type>running", "<type>VirtualRun"),
    }
    assert list(read(changed[sign], "Europe/Berlin").runs["local_date"]) == [pd.Timestamp("2024-05-01")]
    assert list(read(told, "Europe/Berlin").runs["local_date"]) == [pd.Timestamp("2024-05-02")]


@pytest.mark.parametrize(("maker", "sub_sport"), [(None, fw.VIRTUAL), (fw.ZWIFT, 0), (fw.ZWIFT, fw.TREADMILL)])
def test_a_virtual_run_of_a_fit_file_is_at_home(maker: int | None, sub_sport: int) -> None:
    began = fit_time("2024-05-01T20:00:00")
    content = fw.fit_file(fw.file_id(maker=maker), fw.session(began, sub_sport=sub_sport, place=WATOPIA))
    assert list(read(content, "Europe/Berlin").runs["local_date"]) == [pd.Timestamp("2024-05-01")]


def test_a_virtual_run_of_a_tcx_file_is_at_home() -> None:
    told = tcx_at(WATOPIA, "2024-05-01T20:00:00").replace("</Lap>", "</Lap><Creator><Name>Zwift</Name></Creator>")
    assert list(read(told, "Europe/Berlin").runs["local_date"]) == [pd.Timestamp("2024-05-01")]


def test_of_very_many_records_without_a_position_the_first_are_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fit_frames, "LOOKED_AT", 2)
    began = fit_time("2024-05-01T20:00:00")
    records = [fw.record(began + at, at, TOKYO if at == 2 else None) for at in range(3)]
    for content, day in ((records, "2024-05-01"), (records[1:], "2024-05-02")):
        told = fw.fit_file(fw.file_id(), *content, fw.session(began))
        assert list(read(told, "Europe/Berlin").runs["local_date"]) == [pd.Timestamp(day)]


def activity(sport: str = "Running", start: str = "2024-05-01T06:00:00Z") -> str:
    return f'<Activity Sport="{sport}"><Id>{start}</Id>{LAP.format(start)}</Activity>'


def reasons(result: ImportResult) -> str:
    return " ".join(entry.reason for entry in (*result.skipped, *result.problems, *result.notes))


# The samples


@pytest.mark.parametrize("name", TRUTH)
def test_a_sample_has_the_activities_that_the_manifest_states(name: str) -> None:
    frame = read_file(name, sample(name)).runs
    assert list(frame["start"].dt.strftime("%Y-%m-%d %H:%M:%S")) == [start for start, *_ in TRUTH[name]]
    for row, (_, metres, seconds, sport) in zip(frame.itertuples(), TRUTH[name], strict=True):
        assert row.distance_m == pytest.approx(metres, rel=0.0015, abs=0.05)
        assert row.duration_s == pytest.approx(seconds, abs=0.01)
        assert row.sport == sport
        assert row.local_date.date() == row.start.date()


@pytest.mark.parametrize("name", SKIPPED)
def test_what_is_no_run_in_a_sample_is_skipped_with_the_reason(name: str) -> None:
    result = read_file(name, sample(name))
    assert len(result.skipped) == 1
    assert pd.Series([result.skipped[0].reason]).str.contains(SKIPPED[name]).all()
    assert len(result.runs) == len(TRUTH.get(name, []))


@pytest.mark.parametrize("name", PROBLEMS)
def test_what_is_wrong_with_a_sample_is_a_problem(name: str) -> None:
    result = read_file(name, sample(name))
    assert pd.Series([problem.reason for problem in result.problems]).str.contains(PROBLEMS[name]).any()
    assert len(result.runs) == len(TRUTH.get(name, []))


@pytest.mark.parametrize("name", REFUSED)
def test_a_sample_without_a_run_is_refused_with_the_reason(name: str) -> None:
    with pytest.raises(UnreadableFileError, match=f"^my file.*{REFUSED[name]}"):
        read_file("my file", sample(name))


def test_every_sample_of_these_kinds_is_judged_here() -> None:
    kinds = (".gpx", ".tcx", ".xml")
    there = {str(path.relative_to(SAMPLES)) for path in SAMPLES.rglob("*") if path.suffix in kinds}
    there |= {f"apple_health/{path.name}" for path in (SAMPLES / "apple_health").iterdir()}
    assert there == {*TRUTH, *SKIPPED, *PROBLEMS, *REFUSED}


@pytest.mark.parametrize("name", [name for name in TRUTH if name.endswith(".gpx")])
def test_distances_are_those_of_another_reader(name: str) -> None:
    """gpxpy takes the radius of the equator, which is 0.11 % longer."""
    other = gpxpy.parse(sample(name).decode()).length_2d() * 6_371_000 / 6_378_137
    # it takes tracks of a kilometre and more to be nearly flat between points
    assert read_file(name, sample(name)).runs["distance_m"].sum() == pytest.approx(other, rel=0.0001)


@pytest.mark.parametrize("name", [*TRUTH])
def test_the_ids_are_the_same_when_read_again_in_another_zone(name: str) -> None:
    once, again = read_file(name, sample(name)), read_file("b", sample(name), "Asia/Tokyo")
    assert list(once.runs["source_id"]) == list(again.runs["source_id"])
    assert set(once.runs["source"]) == {"apple" if "health" in name else name.rpartition(".")[2]}


# GPX


@pytest.mark.parametrize(
    ("speed", "sport"), [(1.0, ["walk"]), (1.7, ["walk"]), (1.9, ["run"]), (4.9, ["run"]), (5.1, []), (20.0, [])]
)
def test_a_track_that_names_no_sport_is_judged_by_its_speed(speed: float, sport: list[str]) -> None:
    result = read(GPX.format(track(speed)))
    assert list(result.runs["sport"]) == sport
    assert ("does not say which sport" in reasons(result)) == (sport != ["run"])


def test_a_slow_average_with_fast_stretches_is_a_ride() -> None:
    stop_and_go = track(8.0, points=20) + track(0.5, start="2024-05-01T06:03:20", points=40)
    result = read(GPX.format(stop_and_go))
    assert result.runs.empty
    assert "A tenth of it was faster" in result.skipped[0].reason


@pytest.mark.parametrize("word", ["run", "running", "trail_running", "Running", "9", "treadmill_running", "Laufen"])
def test_a_track_of_a_run_is_one_at_any_speed(word: str) -> None:
    assert list(read(GPX.format(track(1.0, word))).runs["sport"]) == ["run"]


@pytest.mark.parametrize(("word", "sport"), [("hiking", ["walk"]), ("4", ["walk"]), ("cycling", []), ("1", [])])
def test_a_track_of_another_sport_is_no_run_at_any_speed(word: str, sport: list[str]) -> None:
    result = read(GPX.format(track(3.0, word)))
    assert list(result.runs["sport"]) == sport
    assert [entry.reason for entry in result.skipped] == ([] if sport else [f"{word}, not a run."])


@pytest.mark.parametrize(
    ("later", "metres"),
    [("2024-05-01T06:40:00", [3600.0]), ("2024-05-01T18:00:00", [1800.0, 1800.0])],
)
def test_tracks_less_than_an_hour_apart_are_one_run(later: str, metres: list[float]) -> None:
    tracks = track(3.0, "run", later) + track(3.0, "run")
    result = read(GPX.format(tracks))
    assert list(result.runs["distance_m"]) == pytest.approx(metres)
    assert result.runs["start"][0] == pd.Timestamp("2024-05-01T06:00:00Z")


@pytest.mark.parametrize("later", ["2024-05-01T06:00:00", "2024-05-01T06:00:02", "2024-05-01T06:09:59"])
def test_of_tracks_at_the_same_time_the_longer_is_the_run(later: str) -> None:
    for tracks in (track(3.0, "run") + track(2.9, "run", later), track(2.9, "run") + track(3.0, "run", later)):
        result = read(GPX.format(tracks))
        assert list(result.runs["distance_m"]) == pytest.approx([1800])
        (note,) = result.notes
        kept = result.runs["position"][0]
        assert {note.position, kept} == {"track 1", "track 2"}
        assert note.reason == f"It tells the same as {kept} once more, so it is not counted."


@pytest.mark.parametrize("points", [61, 25, 90])
@pytest.mark.parametrize("is_reversed", [False, True])
@pytest.mark.parametrize("east", ["8", "8.002"])
def test_the_planned_way_beside_a_run_is_no_second_one(points: int, is_reversed: bool, east: str) -> None:
    told = re.sub("<time>.*?</time>", "", track(3.0, "run", points=points)).replace('lon="8"', f'lon="{east}"')
    places = re.findall("<trkpt.*?</trkpt>", told)
    planned = told.replace("".join(places), "".join(reversed(places))) if is_reversed else told
    result = read(GPX.format(planned + track(3.0, "run")))
    assert list(result.runs["distance_m"]) == pytest.approx([1800])
    assert [(note.position, "it is not counted" in note.reason) for note in result.notes] == [("track 1", True)]


def test_a_way_without_times_that_counts_is_to_check() -> None:
    elsewhere = re.sub("<time>.*?</time>", "", track(3.0, "run", points=31)).replace('lon="8"', 'lon="8.1"')
    result = read(GPX.format(elsewhere + track(3.0, "run")))
    assert list(result.runs["distance_m"]) == pytest.approx([2700])
    assert [note.reason for note in result.notes] == ["What has no times (track 1) counts with its distance. Check it."]


def test_a_second_device_that_ran_through_a_pause_tells_the_whole_run() -> None:
    first, second = track(3.0, "run", points=21), track(3.0, "run", "2024-05-01T06:05:00", points=21)
    result = read(GPX.format(first + second + track(3.0, "run", "2024-05-01T06:00:01")))
    assert list(result.runs["distance_m"]) == pytest.approx([1800])
    assert [note.position for note in result.notes] == ["track 1", "track 2"]


def test_a_track_that_begins_when_one_ends_goes_on() -> None:
    result = read(GPX.format(track(3.0, "run") + track(3.0, "run", "2024-05-01T06:10:00")))
    assert list(result.runs["distance_m"]) == pytest.approx([3600])
    assert not result.notes


def test_tracks_of_different_sports_stay_apart() -> None:
    result = read(GPX.format(track(3.0, "run") + track(6.0, "cycling", "2024-05-01T06:11:00")))
    assert list(result.runs["distance_m"]) == pytest.approx([1800])
    assert len(result.skipped) == 1


def test_a_gap_between_segments_is_no_distance() -> None:
    parts = track(3.0, points=31).replace("</trk>", "") + track(3.0, start="2024-05-01T06:06:00").replace("<trk>", "")
    assert read(GPX.format(parts)).runs["distance_m"][0] == pytest.approx(900 + 1800)


def test_points_without_a_position_are_left_out_and_said() -> None:
    broken = (
        track(3.0).replace('lat="50.000000000" lon="8"', 'lon="8"').replace("</trkseg>", '<trkpt lat="x"/></trkseg>')
    )
    result = read(GPX.format(broken))
    assert result.runs["distance_m"][0] == pytest.approx(1770)
    assert "2 of 62 points have no position" in result.notes[0].reason


def away(told: str, number: int, degrees: float) -> str:
    """The track with one of its points so far further north."""
    latitudes = re.findall(r'lat="([^"]+)"', told)
    return told.replace(latitudes[number], f"{float(latitudes[number]) + degrees:.9f}")


@pytest.mark.parametrize(("number", "metres"), [(0, 1770), (1, 1800), (30, 1800), (60, 1770)])
@pytest.mark.parametrize("sport", ["run", ""])
def test_a_point_that_nobody_can_have_run_to_is_left_out_and_said(number: int, metres: float, sport: str) -> None:
    result = read(GPX.format(away(track(3.0, sport), number, 0.5)))
    assert list(result.runs["distance_m"]) == pytest.approx([metres])
    (note,) = result.notes
    assert note.reason == "1 of 61 points are further away than a runner gets at 45 km/h. They were left out."


def test_a_drive_home_is_no_part_of_a_run() -> None:
    drive = track(20.0, start="2024-05-01T06:10:10", points=20).removeprefix("<trk><trkseg>").replace('"50.', '"49.')
    result = read(GPX.format(track(3.0, "run").removesuffix("</trkseg></trk>") + drive))
    assert result.runs["distance_m"][0] == pytest.approx(1800)
    assert "20 of 81 points" in result.notes[0].reason


def test_a_receiver_that_catches_up_has_run_all_the_way() -> None:
    """What a sample says of a wood: 184 m in 2 s, and on from there."""
    told = track(3.0, "run")
    for latitude in re.findall(r'lat="([^"]+)"', told)[31:]:
        told = told.replace(latitude, f"{float(latitude) + math.degrees(205 / 6_371_000):.9f}")
    result = read(GPX.format(told))
    assert result.runs["distance_m"][0] == pytest.approx(2005)
    assert not result.notes


def test_two_points_of_one_second_are_no_jump() -> None:
    twice = re.sub(r"06:(\d\d):\d0Z", r"06:\1:00Z", track(0.5, "run"))
    result = read(GPX.format(twice))
    assert result.runs["distance_m"][0] == pytest.approx(300)
    assert not result.notes


def test_a_track_that_is_nowhere_at_a_runners_speed_is_a_problem() -> None:
    result = read(GPX.format(track(100.0, "run")))
    assert result.runs.empty
    assert "60.00 km in 10:00" in result.problems[0].reason


def test_a_track_that_is_cut_off_keeps_what_comes_before() -> None:
    whole = GPX.format(track(3.0, "run"))
    result = read(whole[: whole.index("06:05:00")])
    assert result.runs["distance_m"][0] == pytest.approx(870, abs=31)
    assert "cut off or damaged at line 1" in result.notes[0].reason


@pytest.mark.parametrize(
    ("time", "day"),
    [("23:30:00Z", "2024-05-02"), ("23:30:00+01:00", "2024-05-01"), ("23:30:00", "2024-05-01")],
)
def test_the_local_day_is_that_of_the_stated_offset_or_the_runners(time: str, day: str) -> None:
    points = f'<trkpt lat="52" lon="13"><time>2024-05-01T{time}</time></trkpt><trkpt lat="52.01" lon="13"/>'
    told = GPX.format(f"<trk><type>run</type><trkseg>{points}</trkseg></trk>")
    assert str(read(told, "Europe/Berlin").runs["local_date"][0].date()) == day


@pytest.mark.parametrize(
    ("name", "speed", "sport"),
    [
        ("Running 8/21/20 2:53 pm", 1.2, "run"),
        ("Trail Running", 1.5, "run"),
        ("suuntoapp-Running-2024-05-01T06-00-00Z-track", 3.0, "run"),
        ("Walking 5/1/24", 1.9, "walk"),
        ("Cycling 5/1/24", 4.5, None),
        ("Lunch Ride", 4.5, None),
        ("By bike to the start of the run", 3.0, "run"),  # what people write says little: the speed decides
        ("Savile Row", 3.0, "run"),
        ("Berlin Cycling", 4.2, None),
        ("Bike ride to work", 4.2, None),
        ("Cycle path loop", 3.0, "run"),
        ("Marche", 3.0, "run"),  # a walk in French, and a place
        ("Sunday", 1.2, "walk"),
    ],
)
def test_without_a_type_the_name_may_say_the_sport(name: str, speed: float, sport: str | None) -> None:
    result = read(GPX.format(track(speed).replace("<trk>", f"<trk><name>{name}</name>")))
    assert list(result.runs["sport"]) == [sport] * (sport is not None)
    assert [entry.reason for entry in result.skipped] == ([] if sport else [f"{name}, not a run."])


@pytest.mark.parametrize("cut", range(262_130, 262_146, 3))  # the reader takes the file in pieces
def test_a_bare_and_is_no_damage(cut: int) -> None:
    name = "Tom & Anna&nbsp;&amp; &#38; R&D"
    told = GPX.format(f"{'<!-- -->':<{cut}}" + track(3.0, "run").replace("<trk>", f"<trk><name>{name}</name>"))
    result = read(told)
    assert list(result.runs["name"]) == ["Tom & Anna&nbsp;& & R&D"]
    assert not result.notes


@pytest.mark.parametrize("cut", range(262_020, 262_060, 3))  # the parts of the mark come in two pieces
def test_what_is_meant_literally_stays(cut: int) -> None:
    name = "<![CDATA[Tom & Jerry &amp; <b>]]> &#11;&#x1F;&#x41;&#55357;&#xFFFE;&#1114112;&#00000011;"
    told = GPX.format(f"{'<!-- -->':<{cut}}" + track(3.0, "run").replace("<trk>", f"<trk><name>{name}</name>"))
    result = read(told)
    assert list(result.runs["name"]) == ["Tom & Jerry &amp; <b>   A"]
    assert not result.notes


# TCX


@pytest.mark.parametrize(
    ("sport", "found"), [("Running", ["run"]), ("Walking", ["walk"]), ("Biking", []), ("Other", []), ("", [])]
)
def test_the_sport_of_an_activity_decides(sport: str, found: list[str]) -> None:
    result = read(TCX.format(activity(sport)))
    assert list(result.runs["sport"]) == found
    assert bool(reasons(result)) == (not found)


def test_laps_add_up_and_points_do_not() -> None:
    point = "<Track><Trackpoint><DistanceMeters>1999</DistanceMeters></Trackpoint></Track></Lap>"
    laps = activity().replace("</Lap>", point).replace("</Activity>", LAP.format("x") + "</Activity>")
    runs = read(TCX.format(laps)).runs
    assert (runs["distance_m"][0], runs["duration_s"][0]) == (4000, 1200)


@pytest.mark.parametrize("sport", ["Running", "Walking"])
def test_a_date_that_is_none_is_a_problem_with_the_amounts(sport: str) -> None:
    result = read(TCX.format(activity(sport, "yesterday")))
    assert "'yesterday', which is no date" in reasons(result)
    assert "2.00 km and a time of 10:00" in reasons(result)


def test_an_amount_that_is_none_is_a_problem() -> None:
    result = read(TCX.format(activity().replace(">2000<", ">far<")))
    assert result.runs.empty
    assert "A lap states 'far'" in reasons(result)


def test_the_years_that_cannot_be_are_problems() -> None:
    dates = ("1970-01-01T00:00:00Z", "2101-01-01T00:00:00Z", "0001-01-01T00:00:00+14:00")
    result = read(TCX.format("".join(activity(start=date) for date in dates)))
    assert result.runs.empty
    assert len(result.problems) == 3


def test_a_course_is_refused_as_what_it_is() -> None:
    with pytest.raises(UnreadableFileError, match="a planned course, not a recorded activity"):
        read("<TrainingCenterDatabase><Courses><Course/></Courses></TrainingCenterDatabase>")


def test_an_activity_that_is_cut_off_before_anything_is_whole_is_refused() -> None:
    whole = TCX.format(activity())
    with pytest.raises(UnreadableFileError, match="^upload holds no whole activity. The file is cut off"):
        read(whole[: whole.index("</Lap>")])


def test_an_activity_that_is_cut_off_keeps_its_whole_laps() -> None:
    whole = TCX.format(activity().replace("</Activity>", LAP.format("x") + "</Activity>"))
    result = read(whole[: whole.rindex("</Lap>")])
    assert list(result.runs[["distance_m", "duration_s"]].iloc[0]) == [2000, 600]
    (note,) = result.notes
    assert note.position == "activity 1"
    assert "cut off or damaged at line 1. Only its whole laps were read (1)." in note.reason


def points(*reached: float, minute: int = 0) -> str:
    """The track of a lap: a point a minute, with the metres since the activity began."""
    point = "<Trackpoint><Time>2024-05-01T06:{:02d}:00Z</Time><DistanceMeters>{}</DistanceMeters></Trackpoint>"
    return f"<Track>{''.join(point.format(minute + at, metres) for at, metres in enumerate(reached))}</Track>"


@pytest.mark.parametrize("stated", ["<DistanceMeters>0</DistanceMeters>", ""])
@pytest.mark.parametrize("second", [points(400, 600, 850, minute=2), points(0, 200, 450, minute=2)])
def test_laps_that_state_no_amount_have_those_of_their_points(stated: str, second: str) -> None:
    first = f"<Lap StartTime='2024-05-01T06:00:00Z'>{stated}{points(0, 200, 400)}</Lap>"
    told = f"<Activity Sport='Running'>{first}<Lap>{stated}{second}</Lap></Activity>"
    runs = read(TCX.format(told)).runs
    assert (runs["distance_m"][0], runs["duration_s"][0]) == (850, 240)


def test_a_lap_that_states_no_distance_goes_on_from_the_one_before() -> None:
    first = f"<Lap StartTime='2024-05-01T06:00:00Z'><DistanceMeters>410</DistanceMeters>{points(0, 200, 400)}</Lap>"
    second = f"<Lap><TotalTimeSeconds>130</TotalTimeSeconds>{points(400, 600, 850, minute=2)}</Lap>"
    runs = read(TCX.format(f"<Activity Sport='Running'>{first}{second}</Activity>")).runs
    assert (runs["distance_m"][0], runs["duration_s"][0]) == (860, 250)


def placed_points(*metres: float, minute: int = 0, stated: str = "") -> str:
    """The track of a lap: a point a minute, so far north."""
    point = (
        "<Trackpoint><Time>2024-05-01T06:{:02d}:00Z</Time><Position><LatitudeDegrees>{:.9f}</LatitudeDegrees>"
        "<LongitudeDegrees>8</LongitudeDegrees></Position>{}</Trackpoint>"
    )
    norths = (50 + math.degrees(north / 6_371_000) for north in metres)
    return f"<Track>{''.join(point.format(minute + at, north, stated) for at, north in enumerate(norths))}</Track>"


@pytest.mark.parametrize("stated", ["", "<DistanceMeters>0</DistanceMeters>", "<DistanceMeters>far</DistanceMeters>"])
def test_a_distance_that_no_point_states_is_measured_along_the_positions(stated: str) -> None:
    first = f"<Lap StartTime='2024-05-01T06:00:00Z'>{placed_points(0, 200, 400, stated=stated)}</Lap>"
    second = f"<Lap>{placed_points(600, 9_000, 850, minute=3, stated=stated)}</Lap>"
    result = read(TCX.format(f"<Activity Sport='Running'>{first}{second}</Activity>"))
    assert result.runs["distance_m"][0] == pytest.approx(850)
    assert [note.reason for note in result.notes if "'far'" not in note.reason] == [
        "The file states no distance for its laps, so it was measured along the positions. "
        "1 of 6 points are further away than a runner gets at 45 km/h. They were left out."
    ]


def test_a_distance_of_the_points_that_is_none_is_said() -> None:
    lap = f"<Lap StartTime='2024-05-01T06:00:00Z'>{points(0, 200).replace('>200<', '>far<')}</Lap>"
    result = read(TCX.format(f"<Activity Sport='Running'>{lap}</Activity>"))
    assert math.isnan(result.runs["distance_m"][0])
    assert [note.reason for note in result.notes] == [
        "The file states 'far', which is no amount. Check the distance and the time."
    ]


def test_a_rest_of_less_than_nothing_costs_no_run_and_is_said() -> None:
    lap = LAP.format("2024-05-01T06:00:00Z")
    result = read(TCX.format(f"<Activity Sport='Running'>{lap}{lap.replace('>2000<', '>-1<')}</Activity>"))
    assert list(result.runs["distance_m"]) == [2000.0]
    assert [note.reason for note in result.notes] == [
        "The file states '-1', which is no amount. Check the distance and the time."
    ]


def test_a_lap_that_is_no_amount_is_measured_by_its_points() -> None:
    lap = f"<Lap StartTime='2024-05-01T06:00:00Z'><DistanceMeters>NaN</DistanceMeters>{points(0, 400)}</Lap>"
    result = read(TCX.format(f"<Activity Sport='Running'>{lap}</Activity>"))
    assert list(result.runs["distance_m"]) == [400.0]
    assert "'NaN'" in result.notes[0].reason


@pytest.mark.parametrize(
    ("laps", "metres"),
    [
        ([(2000, 0, 2000), (0, 1999.97, 2001), (0, 2001, 2001), (3000, 2001, 5001)], 5001),  # rests of a watch
        ([(0, 0, 2000), (0, 3, 1500)], 3500),  # each lap from nothing
        ([(-296_816, 0, 2000), (2000, 2000, 4000)], 4000),  # a converter
        ([(0, 40_330, 42_330)], 2000),  # a leg of a triathlon
        ([(2800, 0, 0), (0, 2800, 3600)], 3600),  # the points count on from what the first lap states
    ],
)
def test_laps_of_0_m_are_measured_by_what_their_points_reach(
    laps: list[tuple[float, float, float]], metres: float
) -> None:
    lap = "<Lap><TotalTimeSeconds>900</TotalTimeSeconds><DistanceMeters>{}</DistanceMeters>{}</Lap>"
    told = "<Id>2024-05-01T06:00:00Z</Id>"
    told += "".join(lap.format(stated, points(left, reached)) for stated, left, reached in laps)
    result = read(TCX.format(f"<Activity Sport='Running'>{told}</Activity>"))
    assert result.runs["distance_m"][0] == pytest.approx(metres, abs=1.1)


def test_laps_that_say_no_distance_at_all_are_said() -> None:
    silent, rest = "<Lap><TotalTimeSeconds>60</TotalTimeSeconds></Lap>", "<Lap><DistanceMeters>0</DistanceMeters></Lap>"
    lap = LAP.format("2024-05-01T06:00:00Z")
    result = read(TCX.format(f"<Activity Sport='Running'>{lap}{silent}{rest}{lap}</Activity>"))
    assert result.runs["distance_m"][0] == 4000
    (note,) = result.notes
    assert note.reason == "1 of 4 laps have neither a distance nor positions. Check the distance."


def test_a_pause_in_a_lap_is_no_distance() -> None:
    tracks = placed_points(0, 200) + placed_points(500, 700, minute=9)
    result = read(
        TCX.format(f"<Activity Sport='Running'><Lap StartTime='2024-05-01T06:00:00Z'>{tracks}</Lap></Activity>")
    )
    assert result.runs["distance_m"][0] == pytest.approx(400)


def test_a_stated_distance_is_kept_beside_positions() -> None:
    first = (
        f"<Lap StartTime='2024-05-01T06:00:00Z'><DistanceMeters>410</DistanceMeters>{placed_points(0, 200, 400)}</Lap>"
    )
    second = f"<Lap>{placed_points(400, 600, 800, minute=2)}</Lap>"
    result = read(TCX.format(f"<Activity Sport='Running'>{first}{second}</Activity>"))
    assert result.runs["distance_m"][0] == pytest.approx(810)
    assert "no distance for 1 of 2 laps" in result.notes[0].reason


# Apple Health


def test_distances_are_read_in_both_layouts() -> None:
    old = WORKOUT.format("Running' totalDistance='3.1' totalDistanceUnit='mi", "")
    new = WORKOUT.format("Running", SUM).replace("00:30:00", "10:30:00")
    result = read(HEALTH.format(old + new))
    assert list(result.runs["distance_m"]) == pytest.approx([3.1 * 1609.344, 5500])
    assert list(result.runs["duration_s"]) == [1800, 1800]


def test_statistics_of_a_part_are_not_those_of_the_workout() -> None:
    part = f"<WorkoutActivity>{SUM.replace('5.5', '1.5')}</WorkoutActivity>"
    assert read(HEALTH.format(WORKOUT.format("Running", SUM + part))).runs["distance_m"][0] == 5500


def test_without_a_duration_it_lasts_from_start_to_end() -> None:
    told = WORKOUT.format("Running", SUM).replace("duration=", "was=")
    assert read(HEALTH.format(told)).runs["duration_s"][0] == 1800


@pytest.mark.parametrize(
    ("zone", "note", "day"),
    [
        ("Europe/Berlin", "", "2024-03-30"),  # +0200 is the summer's offset, of the day of the export
        ("UTC", "", "2024-03-30"),
        ("Asia/Tokyo", "", "2024-03-31"),
        ("UTC", "<MetadataEntry key='HKTimeZone' value='Asia/Tokyo'/>", "2024-03-31"),
        ("UTC", "<MetadataEntry key='HKTimeZone' value='../Nowhere'/>", "2024-03-30"),
    ],
)
def test_the_offset_of_the_export_says_nothing_about_the_day(zone: str, note: str, day: str) -> None:
    runs = read(HEALTH.format(WORKOUT.format("Running", SUM + note)), zone).runs
    assert runs["start"][0] == pd.Timestamp("2024-03-30T22:30:00Z")
    assert str(runs["local_date"][0].date()) == day


def test_an_indoor_run_counts() -> None:
    note = "<MetadataEntry key='HKIndoorWorkout' value='1'/>"
    runs = read(HEALTH.format(WORKOUT.format("Running", note))).runs
    assert list(runs["name"]) == ["Indoor run"]
    assert math.isnan(runs["distance_m"][0])


@pytest.mark.parametrize(
    ("kind", "sport", "words"),
    [
        ("Walking", ["walk"], ""),
        ("Hiking", ["walk"], ""),
        ("TraditionalStrengthTraining", [], "Traditional strength training of 30:00, not a run. Log it as a session"),
        ("FunctionalStrengthTraining", [], "Functional strength training of 30:00, not a run. Log it as a session"),
        ("Cycling", [], "Cycling, not a run."),
    ],
)
def test_other_workouts_are_told_apart(kind: str, sport: list[str], words: str) -> None:
    result = read(HEALTH.format(WORKOUT.format(kind, SUM)))
    assert list(result.runs["sport"]) == sport
    assert reasons(result).startswith(words)


def test_a_run_that_an_app_and_the_watch_told_counts_once() -> None:
    app = WORKOUT.format("Running", SUM.replace("5.5", "5.45")).replace("'Watch'", "'App'").replace("00:30:", "00:32:")
    other = app.replace("2024-03-31", "2024-04-01")
    result = read(HEALTH.format(WORKOUT.format("Running", SUM) + app + other))
    assert len(result.runs) == 2
    assert result.skipped[0].reason == "The same run as the one that 'Watch' recorded, so it counts once."


def test_a_day_has_no_end_of_runs_to_compare_with() -> None:
    day = [
        WORKOUT.format("Running", SUM.replace("5.5", f"{1.5 * 1.04**at:.3f}")).replace("00:30:00", f"00:30:{at:02}")
        for at in range(52)
    ]
    result = read(HEALTH.format("".join(day) + WORKOUT.format("Running", SUM).replace("2024-03-31", "2024-04-02")))
    assert len(result.runs) == 51
    assert [problem.position for problem in result.problems] == ["workout 51", "workout 52"]
    assert result.problems[0].reason == (
        "2024-03-30 has more than 50 runs and walks, so this one was left out. "
        "If you ran, add the run by hand with 10.66 km and a time of 30:00."
    )


@pytest.mark.parametrize("name", ["apple_health_export/export.xml", "apple_health_export/Exportar.xml", "导出.xml"])
def test_the_export_is_found_in_its_zip_in_any_language(name: str) -> None:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as writer:
        writer.writestr("apple_health_export/export_cda.xml", "<ClinicalDocument/>")
        writer.writestr("apple_health_export/workout-routes/1.gpx", GPX.format(track(3.0)))
        writer.writestr(name, HEALTH.format(WORKOUT.format("Running", SUM)))
    assert list(read(packed.getvalue()).runs["source"]) == ["apple"]


def test_an_export_that_is_cut_off_keeps_whole_workouts() -> None:
    told = HEALTH.format(WORKOUT.format("Running", SUM) + WORKOUT.format("Walking", SUM))
    result = read(told[: told.rindex("</Workout>")])
    assert len(result.runs) == 1
    assert "after workout 1" in result.problems[0].position
    with pytest.raises(UnreadableFileError, match="no whole workout"):
        read(told[: told.index("</Workout>")])


def stored_zip(content: str) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_STORED) as writer:
        writer.writestr("export.xml", content)
    return packed.getvalue()


def test_a_zip_that_goes_wrong_in_the_middle_keeps_what_comes_before() -> None:
    """A byte that does not fit the checksum: found out at the end, with the last piece."""
    export = stored_zip(HEALTH.format(WORKOUT.format("Running", SUM) + "<Record value='7'/>" * 40_000))
    at = len(export) // 2
    result = read(export[:at] + export[at:].replace(b"'7'", b"'8'", 1))
    assert len(result.runs) == 1
    assert "What comes before was read" in result.problems[-1].reason


def test_a_zip_that_is_wrong_from_the_start_is_refused_as_damaged() -> None:
    export = stored_zip(HEALTH.format(WORKOUT.format("Running", SUM)))
    with pytest.raises(UnreadableFileError, match="export.xml in upload is damaged"):
        read(export.replace(b"5.5", b"6.5", 1))


def test_an_export_is_not_unpacked_without_end(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(unpack, "MAX_STREAM_BYTES", 2**20)
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as writer:
        writer.writestr("export.xml", HEALTH.format(" " * 2**20))
    with pytest.raises(UnreadableFileError, match="unpacks to more than 1 MB"):
        read(packed.getvalue())


def test_an_export_has_a_last_workout(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(apple_health, "MAX_WORKOUTS", 3)
    workouts = "".join(WORKOUT.format("Running", SUM).replace("2024", str(2000 + at)) for at in range(5))
    assert "Only about 3 workouts" in read(HEALTH.format(workouts)).problems[-1].reason


# XML of any kind


@pytest.mark.parametrize("content", [GPX.format(track(3.0, "run")), TCX.format(activity()), HEALTH.format(WORKOUT)])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "latin-1", "cp1252"])
def test_the_encoding_is_told_by_the_bytes_not_by_what_they_declare(content: str, encoding: str) -> None:
    content = content.format("Running", SUM).replace("<?xml version='1.0'?>", "")
    for declared in ("", "utf-8", "UTF-16", "iso-8859-1", "no-such-thing"):
        told = f'<?xml version="1.0" encoding="{declared}"?>\n' if declared else ""
        assert len(read((told + content.replace('<?xml version="1.0"?>', "")).encode(encoding)).runs) == 1


def test_letters_of_an_old_code_page_are_read() -> None:
    named = GPX.format(track(3.0, "run").replace("<type>", "<name>Früh</name><type>"))
    declared = named.replace('version="1.0"?', 'version="1.0" encoding="windows-1251"?').replace("Früh", "Утро")
    assert list(read(named.encode("latin-1")).runs["name"]) == ["Früh"]
    assert list(read(declared.encode("cp1251")).runs["name"]) == ["Утро"]


@pytest.mark.parametrize("root", ["gpx", "HealthData", "TrainingCenterDatabase"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_entities_are_refused_before_anything_unfolds(root: str, encoding: str) -> None:
    bomb = f'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY a "{"x" * 1000}">]><{root}>{"&a;" * 100}</{root}>'
    with pytest.raises(UnreadableFileError, match="declares XML entities"):
        read(bomb.encode(encoding))


def test_nothing_outside_the_file_is_fetched(tmp_path) -> None:
    secret = tmp_path / "secret.dtd"
    secret.write_text("<!ELEMENT gpx ANY>")
    told = GPX.format(track(3.0, "run")).replace("<gpx", f'<!DOCTYPE gpx SYSTEM "{secret.as_uri()}"><gpx', 1)
    assert len(read(told).runs) == 1


def test_a_document_type_may_even_be_wrong() -> None:
    """Apple's of 2022 is."""
    broken = (
        "<!DOCTYPE HealthData [\n<!-- HealthKit Export Version: 12 -->\n<!ELEMENT HealthData (a|>\n<!ATTLIST a b>\n]>\n"
    )
    content = '<?xml version="1.0"?>\n' + broken + HEALTH.format(WORKOUT.format("Running", SUM))
    assert len(read(content).runs) == 1


def test_characters_that_xml_forbids_cost_nothing_else() -> None:
    told = HEALTH.format("<Record value='\x0b\x01'/>" + WORKOUT.format("Running", SUM))
    assert len(read(told).runs) == 1


@pytest.mark.parametrize("root", ["kml", "html", "ClinicalDocument", "svg:svg"])
def test_other_xml_is_refused_by_name(root: str) -> None:
    with pytest.raises(UnreadableFileError, match=f"but <{root.rpartition(':')[2]}>"):
        read(f"<!-- made by --><{root} xmlns:svg='x'></{root}>")


@pytest.mark.parametrize(
    "content", [b"<", b"<?xml", b"<?xml?>", b"<!DOCTYPE gpx [", b"<!-- <gpx>", codecs.BOM_UTF16_LE]
)
def test_a_beginning_alone_is_refused(content: bytes) -> None:
    with pytest.raises(UnreadableFileError, match="^upload is none of the formats"):
        read(content)


@pytest.mark.parametrize("name", ["gpx/gpxpy__cerknicko-jezero.gpx", "tcx/made_three_activities_no_gps.tcx"])
def test_a_gzipped_recording_reads_as_what_is_inside(name: str) -> None:
    plain, packed = read(sample(name)), read(gzip.compress(sample(name)))
    assert plain.runs.equals(packed.runs)


@pytest.mark.parametrize(("kind", "is_vague"), [("Other", True), ("SwimBikeRun", True), ("Cycling", False)])
def test_what_may_have_been_a_run_is_told_with_its_amounts(kind: str, is_vague: bool) -> None:
    (skipped,) = read(HEALTH.format(WORKOUT.format(kind, SUM))).skipped
    assert ("If you ran, add the run by hand with 5.50 km" in skipped.reason) is is_vague
