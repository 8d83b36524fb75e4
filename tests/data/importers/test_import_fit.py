"""FIT files against the truth that the samples' manifest states, and what no sample says."""

import math
from datetime import UTC, date, datetime

import fitdecode
import pandas as pd
import pytest

from data.importers import ImportResult, UnreadableFileError, read_file
from data.importers.fit_frames import Room, split, summary
from tests.data.importers import fit_writer as fw
from tests.data.importers.samples import SAMPLES, sample

# MANIFEST.md: file, then (start UTC, metres, seconds) of each running session; None where the file does not say.
RUNS: dict[str, list[tuple[str, float | None, float]]] = {
    "fit/fitparse__2013-02-06-12-11-14.fit": [("2013-02-06 12:11:14", 4835.38, 2625.14)],
    "fit/fitparse__activity-large-fenxi2-multisport.fit": [
        ("2015-08-29 10:36:00", 2245.23, 2294.84),
        ("2015-08-29 11:14:21", 12740.37, 6764.48),
    ],
    "fit/fitparse__activity-small-fenix2-run.fit": [("2015-08-15 14:45:08", 9008.22, 2832)],
    "fit/fitparse__developer-types-sample.fit": [("2017-01-17 17:06:47", 6753.99, 3424)],
    "fit/fitparse__garmin-fenix-5-run.fit": [("2017-06-11 14:34:09", 157.56, 56.887)],
    "fit/fitparse__sample_mulitple_header.fit": [("2018-05-27 09:23:41", 9805.92, 2850.694)],
    "malformed/fitparse__Activity.fit": [("2012-04-09 21:22:26", 5.73, 13.749)],
    "malformed/fitparse__activity-activity-filecrc.fit": [("2012-04-09 21:22:26", 5.73, 13.749)],
    "malformed/fitparse__activity-settings-corruptheader.fit": [("2012-04-09 21:22:26", 5.73, 13.749)],
    "malformed/fitparse__activity-settings-nodata.fit": [("2012-04-09 21:22:26", 5.73, 13.749)],
    "malformed/fitparse__activity-settings.fit": [("2012-04-09 21:22:26", 5.73, 13.749)],
    "malformed/fitparse__activity-unexpected-eof.fit": [("2012-04-09 21:22:26", 5.73, 13.749)],
    "malformed/fitparse__strava-android-app-201.10-b1218918.fit": [("2021-09-27 14:13:10", 11274.04, 3558)],
}
# The local_timestamp of both is 12:21:03 on 2012-02-13, in UTC as these tests ask; the starts are counters.
CLOCK_UNSET: dict[str, list[tuple[str, float | None, float]]] = {
    "fit/fitparse__antfs-dump.63.fit": [("2012-02-13 11:23:51", None, 3426.898)],
    "fit/fitparse__compressed-speed-distance.fit": [("2012-02-13 11:16:16", 10248.67, 3772.75)],
}
WALKS: dict[str, list[tuple[str, float | None, float]]] = {
    "fit/fitparse__garmin-fenix-5-walk.fit": [("2017-06-11 14:32:51", 67.85, 45.379)]
}
NOT_RUNS = {
    "fit/fitparse__2015-10-13-08-43-15.fit": ["Cycling"],
    "fit/fitparse__20170518-191602-1740899583.fit": ["Fitness equipment"],
    "fit/fitparse__coros-pace-2-cycling-misaligned-fields.fit": ["Cycling"],
    "fit/fitparse__event_timestamp.fit": ["Swimming"],
    "fit/fitparse__null_compressed_speed_dist.fit": ["Cycling"],
    "fit/fitparse__sample-activity-indoor-trainer.fit": ["Cycling"],
    "malformed/fitparse__nick.fit": ["Cycling"],
    "fit/fitparse__activity-large-fenxi2-multisport.fit": [
        "Generic",
        "Transition",
        "Transition",
        "Transition",
        "Cycling",
    ],
    "fit/fitparse__sample_mulitple_header.fit": ["Swimming", "Transition", "Cycling", "Transition"],
}
DAMAGED = {
    "malformed/fitparse__activity-settings-corruptheader.fit": "byte 771",
    "malformed/fitparse__activity-settings-nodata.fit": "cut off",
    "malformed/fitparse__activity-unexpected-eof.fit": "cut off",
    "malformed/fitparse__nick.fit": "no summary",
    "malformed/fitparse__strava-android-app-201.10-b1218918.fit": "cut off",
}
NOT_ACTIVITIES = {
    "malformed/fitparse__DeveloperData.fit": "no activity with a time",
    "malformed/fitparse__MonitoringFile.fit": "monitoring",
    "malformed/fitparse__Settings.fit": "settings",
    "malformed/fitparse__WeightScaleSingleUser.fit": "weight",
    "malformed/fitparse__WorkoutRepeatSteps.fit": "workout",
}
MARCH_2024 = 1_080_000_000  # raw FIT time of 2024-03-22 00:00:00 UTC
UNSET_CLOCK = 16_441_241


def read(content: bytes, timezone: str = "UTC") -> ImportResult:
    return read_file("watch.fit", content, timezone)


def amounts(result: ImportResult) -> list[tuple[str, float | None, float]]:
    frame = result.runs
    starts = frame["start"].dt.strftime("%Y-%m-%d %H:%M:%S")
    metres = [None if math.isnan(value) else value for value in frame["distance_m"]]
    return list(zip(starts, metres, frame["duration_s"], strict=True))


@pytest.mark.parametrize("name", RUNS | CLOCK_UNSET | WALKS)
def test_a_sample_has_the_runs_that_the_manifest_states(name: str) -> None:
    result = read(sample(name))
    found, stated = amounts(result), (RUNS | CLOCK_UNSET | WALKS)[name]
    assert set(result.runs["sport"]) == {"walk" if name in WALKS else "run"}
    assert [start for start, _, _ in found] == [start for start, _, _ in stated]
    assert [metres for _, metres, _ in found] == [
        metres if metres is None else pytest.approx(metres, abs=0.01) for _, metres, _ in stated
    ]
    assert [seconds for *_, seconds in found] == pytest.approx([seconds for *_, seconds in stated], abs=0.01)


@pytest.mark.parametrize("name", NOT_RUNS)
def test_other_sports_are_skipped_with_their_name(name: str) -> None:
    result = read(sample(name))
    reasons = [entry.reason.partition(" If you ran")[0] for entry in result.skipped]
    assert reasons == [f"{sport}, not a run." for sport in NOT_RUNS[name]]
    assert len(result.runs) == len(RUNS.get(name, []))


def test_every_fit_sample_is_judged_here() -> None:
    judged = {
        *RUNS,
        *CLOCK_UNSET,
        *WALKS,
        *NOT_RUNS,
        *NOT_ACTIVITIES,
        "malformed/made_empty.fit",
        "malformed/made_png_named.fit",
    }
    assert {str(path.relative_to(SAMPLES)) for path in SAMPLES.rglob("*.fit")} == judged


@pytest.mark.parametrize("name", DAMAGED)
def test_a_damaged_file_says_what_is_missing(name: str) -> None:
    found = read(sample(name))
    reasons = " ".join(entry.reason for entry in (*found.notes, *found.problems))
    assert DAMAGED[name] in reasons


@pytest.mark.parametrize("name", sorted({*RUNS} - {*DAMAGED}))
def test_a_whole_file_has_no_problems(name: str) -> None:
    found = read(sample(name))
    assert (found.problems, found.notes) == ((), ())


@pytest.mark.parametrize("name", NOT_ACTIVITIES)
def test_another_kind_of_fit_file_is_refused_by_name(name: str) -> None:
    with pytest.raises(UnreadableFileError, match=f"^watch.fit is a FIT file.*{NOT_ACTIVITIES[name]}"):
        read(sample(name))


def test_a_chained_copy_counts_once_and_has_the_same_id_as_the_original() -> None:
    once = read(sample("malformed/fitparse__Activity.fit"))
    twice = read(sample("malformed/fitparse__activity-activity-filecrc.fit"))
    assert list(twice.runs["source_id"]) == list(once.runs["source_id"])
    assert [entry.position for entry in twice.skipped] == ["session 2"]
    assert "same run as session 1" in twice.skipped[0].reason


def test_ids_of_different_recordings_differ() -> None:
    names = ["fit/fitparse__activity-small-fenix2-run.fit", "fit/fitparse__activity-large-fenxi2-multisport.fit"]
    ids = [source_id for name in names for source_id in read(sample(name)).runs["source_id"]]
    assert len(ids) == len(set(ids)) == 3


def test_damage_in_one_chained_part_leaves_the_next_readable() -> None:
    first = fw.fit_file(fw.file_id(), b"\x0b\x0b\x0b")  # data of a local message that nobody defined
    result = read(first + fw.fit_file(fw.file_id(), fw.session(MARCH_2024)))
    assert list(result.runs["distance_m"]) == [5000.0]
    assert "damaged" in result.problems[0].reason


@pytest.mark.parametrize(
    "name",
    [
        "fit/fitparse__20170518-191602-1740899583.fit",  # 33 developer fields
        "fit/fitparse__developer-types-sample.fit",
        "fit/fitparse__coros-pace-2-cycling-misaligned-fields.fit",
        "fit/fitparse__compressed-speed-distance.fit",  # compressed timestamps
        "fit/fitparse__sample_mulitple_header.fit",
    ],
)
def test_leaving_out_the_second_by_second_messages_changes_no_summary(name: str) -> None:
    content = sample(name)
    reader = fitdecode.FitReader(content, error_handling=fitdecode.ErrorHandling.IGNORE)
    frames = [frame for frame in reader if isinstance(frame, fitdecode.FitDataMessage)]
    whole = [frame.get_raw_value("start_time") for frame in frames if frame.name == "session"]
    kept = [
        message for part in split(content) for message in summary(part.body, Room())[0] if message.name == "session"
    ]
    assert [message.values["start_time"] for message in kept] == whole


@pytest.mark.parametrize("name", CLOCK_UNSET)
def test_a_clock_that_was_never_set_is_dated_by_its_local_time_and_asks_for_a_check(name: str) -> None:
    result = read(sample(name), "Europe/Berlin")
    assert list(result.runs["local_date"]) == [pd.Timestamp(2012, 2, 13)]
    assert "2012-02-13" in result.notes[0].reason


def test_a_clock_without_any_date_gives_the_amounts_to_enter_by_hand() -> None:
    result = read(fw.fit_file(fw.file_id(), fw.session(UNSET_CLOCK, seconds=3427, metres=None)))
    assert result.runs.empty
    (problem,) = result.problems
    assert problem.position == "session 1"
    assert problem.reason.endswith("If you ran, add the run by hand with a time of 57:07.")


@pytest.mark.parametrize(
    ("offset", "day"),
    [
        (2 * 3600, 21),
        (-7 * 3600, 21),
        (5 * 3600 + 1800, 22),
        (0, 22),  # may be a watch that writes UTC: the runner's zone decides, here and below
        (1 * 3600 + 1, 22),
        (-13 * 3600, 22),
        (-876_096_000, 22),  # a virtual ride among the samples
    ],
)
def test_the_local_day_follows_the_files_offset_only_when_it_is_a_zone(offset: int, day: int) -> None:
    start = MARCH_2024 - 3 * 3600  # 2024-03-21 21:00 UTC, which is midnight in Moscow
    content = fw.fit_file(fw.file_id(), fw.session(start), fw.activity(start + 60, start + 60 + offset))
    (local,) = read(content, "Europe/Moscow").runs["local_date"]
    assert local == pd.Timestamp(2024, 3, day)


def test_the_start_is_utc_whatever_the_zone() -> None:
    content = sample("fit/fitparse__garmin-fenix-5-run.fit")
    for zone in ("UTC", "Pacific/Kiritimati", "America/Los_Angeles"):
        assert list(read(content, zone).runs["start"]) == [datetime(2017, 6, 11, 14, 34, 9, tzinfo=UTC)]
        assert read(content, zone).runs["local_date"][0].date() == date(2017, 6, 11)


@pytest.mark.parametrize(
    ("sport", "sub_sport", "name"),
    [
        (fw.FITNESS_EQUIPMENT, fw.INDOOR_RUNNING, ["Indoor run"]),
        (fw.GENERIC, fw.TREADMILL, ["Treadmill run"]),
        (fw.GENERIC, fw.INDOOR_RUNNING, ["Indoor run"]),
        (fw.GENERIC, fw.TRACK, ["Track run"]),
        (fw.GENERIC, 0, []),
        (fw.FITNESS_EQUIPMENT, fw.TRACK, []),
    ],
)
def test_a_sub_sport_of_running_tells_a_run(sport: int, sub_sport: int, name: list[str]) -> None:
    result = read(fw.fit_file(fw.file_id(), fw.session(MARCH_2024, sport=sport, sub_sport=sub_sport)))
    assert list(result.runs["name"]) == name
    assert bool(result.skipped) == (not name)


def test_indoor_running_counts_and_a_zero_distance_is_unknown() -> None:
    content = fw.fit_file(
        fw.file_id(),
        fw.session(MARCH_2024, metres=0, sub_sport=fw.TREADMILL, effort=70),
        fw.session(MARCH_2024 + 9000, sport=fw.FITNESS_EQUIPMENT, sub_sport=fw.TREADMILL),
    )
    runs = read(content).runs
    assert list(runs["name"]) == ["Treadmill run", "Treadmill run"]
    assert math.isnan(runs["distance_m"][0])
    assert runs["duration_s"][0] == 1800
    assert runs["effort"][0] == 7
    assert math.isnan(runs["effort"][1])


def test_a_session_without_a_sport_takes_that_of_the_sport_message() -> None:
    content = fw.fit_file(fw.file_id(), fw.sport(fw.RUNNING), fw.session(MARCH_2024, sport=None))
    assert len(read(content).runs) == 1


def test_a_session_without_any_sport_is_a_problem_not_a_guess() -> None:
    result = read(fw.fit_file(fw.file_id(), fw.session(MARCH_2024, sport=None)))
    assert result.runs.empty
    assert "5.00 km and a time of 30:00" in result.problems[0].reason


def test_without_a_session_the_records_say_distance_and_time() -> None:
    points = [fw.record(MARCH_2024 + second, second * 3.0) for second in range(0, 601, 60)]
    broken = fw.record(MARCH_2024 + 61 * 365 * 86400, 90_000)  # sixty years ahead, as in the sample of a phone app
    content = fw.fit_file(fw.file_id(), fw.sport(fw.RUNNING), *points, broken)
    result = read(content)
    assert amounts(result) == [("2024-03-22 00:00:00", 1800.0, 600.0)]
    assert "no summary" in result.notes[0].reason


@pytest.mark.parametrize("metres", [None, 0])
@pytest.mark.parametrize(("stated", "seconds"), [(540, 540), (0, 600)])
def test_a_session_without_an_amount_takes_that_of_the_records(metres: float | None, stated: int, seconds: int) -> None:
    points = [fw.record(MARCH_2024 + second, second * 3.0) for second in range(0, 601, 60)]
    result = read(fw.fit_file(fw.file_id(), *points, fw.session(MARCH_2024, stated, metres)))
    assert amounts(result) == [("2024-03-22 00:00:00", 1800.0, seconds)]
    assert result.problems == ()


def test_of_several_sessions_each_takes_its_own_records() -> None:
    points = [fw.record(MARCH_2024 + second, second * 3.0) for second in range(0, 1201, 60)]
    sessions = [
        fw.session(MARCH_2024 + start, 600, None, sport, ended=MARCH_2024 + start + 600)
        for start, sport in ((0, fw.CYCLING), (600, fw.RUNNING))
    ]
    result = read(fw.fit_file(fw.file_id(), *points, *sessions))
    assert amounts(result) == [("2024-03-22 00:10:00", 1800.0, 600.0)]


def test_a_device_that_stopped_before_it_wrote_the_size_is_read_to_the_end() -> None:
    content = bytearray(fw.fit_file(fw.file_id(), fw.session(MARCH_2024)))
    content[4:8] = bytes(4)
    assert list(read(bytes(content)).runs["distance_m"]) == [5000.0]


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (fw.session(MARCH_2024, metres=500_001), "500.00 km"),
        (fw.session(MARCH_2024, seconds=8 * 86400), "691,200 seconds"),
        (fw.session(0xFFFFFFF0), "2126"),
        (fw.session(0x10000001), "1998"),
        (fw.session(MARCH_2024, seconds=0, metres=0), "neither a distance nor a time"),
    ],
)
def test_absurd_values_are_problems(content: bytes, words: str) -> None:
    result = read(fw.fit_file(fw.file_id(), content))
    assert result.runs.empty
    assert words in result.problems[0].reason


@pytest.mark.parametrize(("sport", "is_vague"), [(fw.GENERIC, True), (fw.TRAINING, True), (fw.CYCLING, False)])
def test_a_session_that_may_have_been_a_run_is_told_with_its_amounts(sport: int, is_vague: bool) -> None:
    (skipped,) = read(fw.fit_file(fw.file_id(), fw.session(MARCH_2024, sport=sport))).skipped
    assert ("add the run by hand with 5.00 km" in skipped.reason) is is_vague
