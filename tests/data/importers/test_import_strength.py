"""The logs of Strong and Hevy: the samples against their own rows, every layout by made rows, and hostile ones."""

import csv
import io
from collections import Counter
from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from data.errors import UnreadableFileError
from data.importers import ImportResult, dates, read_file
from data.importers.cells import Unit
from data.importers.result import Workout, WorkoutSet
from data.importers.set_log import KG_PER_LB, is_run, parse_time
from tests.data.importers.samples import sample

HEVY = "strength/strongstats__sample_hevy.csv"
STRONG = "strength/strongstats__sample_strong.csv"
LEGACY = "strength/strongstats__sample_strong_legacy.csv"


def read(text: str, unit: Unit = "km") -> ImportResult:
    return read_file("sets.csv", text.encode(), unit=unit)


def table(header: str, *rows: str) -> str:
    return "\n".join((header, *rows)) + "\n"


def only(result: ImportResult) -> Workout:
    assert result.problems == () and result.runs.empty
    (workout,) = result.workouts
    return workout


def sets_of(result: ImportResult) -> list[WorkoutSet]:
    return [one for workout in result.workouts for one in workout.sets]


# The samples


def test_the_sample_of_hevy_is_335_workouts_of_86_exercises() -> None:
    result = read_file("hevy.csv", sample(HEVY))
    assert result.problems == () and result.runs.empty
    assert len(result.workouts) == 335
    assert len({one.exercise for one in sets_of(result)}) == 86
    assert len(sets_of(result)) == 7211 - 2195  # the warm-ups
    assert [item.reason for item in result.skipped] == [
        "Warm-up sets, 2,195 in number, are left out: the diary counts work sets."
    ]
    days = [workout.local_date for workout in result.workouts]
    assert (min(days), max(days)) == (date(2024, 7, 3), date(2025, 9, 15))
    assert all(workout.source_id.startswith("hevy ") for workout in result.workouts)


def test_every_work_set_of_the_hevy_sample_is_what_its_row_says() -> None:
    rows = [row for row in csv.DictReader(io.StringIO(sample(HEVY).decode())) if row["set_type"] != "warmup"]
    said = Counter(
        (
            datetime.strptime(row["start_time"], "%d %b %Y, %H:%M").date(),
            row["exercise_title"],
            int(row["reps"] or 0) or None,
            int(row["duration_seconds"] or 0) or None,
            round(float(row["weight_kg"] or 0), 2) or None,
        )
        for row in rows
    )
    found = Counter(
        (workout.local_date, one.exercise, one.repetitions, one.seconds, one.load_kg)
        for workout in read_file("hevy.csv", sample(HEVY)).workouts
        for one in workout.sets
    )
    assert found == said


def test_the_first_workout_of_the_hevy_sample() -> None:
    first = read_file("hevy.csv", sample(HEVY)).workouts[0]
    assert first.position == "row 4"  # after two warm-ups
    assert first.source_id == "hevy 2025-09-15 07:48:00 Lower // Ramp // Strength // 1"
    assert first.sets[0] == WorkoutSet("Seated Leg Curl (Machine)", 12, None, 78.0, 9)


@pytest.mark.parametrize(("name", "workouts", "sets", "exercises"), [(STRONG, 15, 250, 19), (LEGACY, 3, 6, 3)])
def test_the_samples_of_strong(name: str, workouts: int, sets: int, exercises: int) -> None:
    result = read_file("strong.csv", sample(name))
    assert result.problems == () and result.skipped == ()
    assert len(result.workouts) == workouts
    assert len(sets_of(result)) == sets
    assert len({one.exercise for one in sets_of(result)}) == exercises
    assert result.workouts[0].source_id == "strong 2024-11-28 17:36:08 B"


def test_a_load_without_a_unit_is_noted() -> None:
    header = "Date,Workout Name,Exercise Name,Set Order,Weight,Reps"
    text = table(header, "2025-01-02 18:00:00,Legs,Squat,1,100,5")
    (note,) = read(text, "mi").notes
    assert note.position == "the loads"
    assert "read as pounds" in note.reason and "If they are kilograms" in note.reason
    assert "read as kilograms" in read(text).notes[0].reason
    assert read(text.replace(",100,", ",0,")).notes == ()
    assert read(text.replace("Weight", "Weight (kg)")).notes == ()


def test_a_file_without_a_unit_is_in_the_runners() -> None:
    metric, pounds = (read_file("strong.csv", sample(LEGACY), unit=unit) for unit in ("km", "mi"))
    assert [one.load_kg for one in sets_of(metric)][:2] == [10.0, 20.0]
    assert [one.load_kg for one in sets_of(pounds)][:2] == [4.54, 9.07]


# Every layout


LAYOUTS = {
    "classic": table(
        "Date,Workout Name,Duration,Exercise Name,Set Order,Weight,Reps,Distance,Seconds,Notes,Workout Notes,RPE",
        '2020-12-30 18:51:52,"Legs",2h 38m,"Split Squat",1,12.5,8,0,0,"","",8.5',
    ),
    "without notes": table(
        "Date,Workout Name,Duration,Exercise Name,Set Order,Weight,Reps,Distance,Seconds,RPE",
        "2020-12-30 18:51:52,Legs,35m,Split Squat,1,12.5,8.0,0,0.0,8.5",
    ),
    "with units": table(
        "Date,Workout Name,Duration,Exercise Name,Set Order,Weight,Weight Unit,Reps,RPE,Distance,Distance Unit,"
        "Seconds,Notes,Workout Notes",
        "2020-12-30 18:51:52,Legs,35m,Split Squat,1,12.5,kg,8,8.5,0,,0,,",
    ),
    "Android": table(
        "Date;Workout Name;Exercise Name;Set Order;Weight;Weight Unit;Reps;RPE;Distance;Distance Unit;Seconds;Notes;"
        "Workout Notes",
        "2020-12-30 18:51:52;Legs;Split Squat;1;12.5;kg;8;8.5;;;0;;",
    ),
    "Android with the duration": table(
        "Date;Workout Name;Exercise Name;Set Order;Weight;Weight Unit;Reps;RPE;Distance;Distance Unit;Seconds;Notes;"
        "Workout Notes;Workout Duration",
        "2020-12-30 18:51:52;Legs;Split Squat;1;12,5;kg;8;8,5;;;0;;;35m",
    ),
    "newest": table(
        "Workout #;Date;Workout Name;Duration (sec);Exercise Name;Set Order;Weight (kg);Reps;RPE;Distance (meters);"
        "Seconds;Notes;Workout Notes",
        '"1";"2020-12-30 18:51:52";"Legs";"2100";"Split Squat";"1";"12.5";"8";"8.5";"";"0.0";"";""',
    ),
    "newest with a time of twelve hours": table(
        "Workout #;Date;Workout Name;Duration (sec);Exercise Name;Set Order;Weight (kg);Reps;RPE;Distance (meters);"
        "Seconds;Notes;Workout Notes",
        '"1";"2020-12-30 6:51:52\u202fPM";"Legs";"2100";"Split Squat";"1";"12.5";"8";"8.5";"";"0.0";"";""',
    ),
    "German": table(
        "Datum; Workout-Name; Name der Übung; Reihenfolge festlegen; Gewicht; Wiederh.; RPE; Entfernung; Sekunden; "
        "Notizen; Workout-Notizen; Dauer",
        "2020-12-30 18:51:52;Legs;Split Squat;1;12,5;8;8,5;0;0;;;35m",
    ),
    "German on Android": table(
        "Datum;Workout-Name;Name der Übung;Reihenfolge festlegen;Gewicht;Wiederh.;RPE;Entfernung;Sekunden;Notizen;"
        "Workout-Notizen;Workout-Dauer",
        "2020-12-30 18:51:52;Legs;Split Squat;1;12,5;8;8,5;0;0;;;35m",
    ),
}


@pytest.mark.parametrize("text", LAYOUTS.values(), ids=LAYOUTS)
def test_every_layout_of_strong(text: str) -> None:
    workout = only(read(text))
    assert (workout.local_date, workout.name) == (date(2020, 12, 30), "Legs")
    assert workout.source_id == "strong 2020-12-30 18:51:52 Legs"
    assert workout.sets == (WorkoutSet("Split Squat", 8, None, 12.5, 9),)


@pytest.mark.parametrize(
    "text",
    [
        LAYOUTS["newest"].replace("(kg)", "(lb)"),
        LAYOUTS["with units"].replace(",kg,", ",lb,"),
        LAYOUTS["Android"].replace(";kg;", ";lbs;"),
    ],
)
def test_pounds_become_kilograms_whatever_the_runners_units(text: str) -> None:
    assert only(read(text, "km")).sets[0].load_kg == only(read(text, "mi")).sets[0].load_kg == round(12.5 * 0.45359, 2)


HEVY_HEADER = (
    '"title","start_time","end_time","description","exercise_title","superset_id","exercise_notes","set_index",'
    '"set_type","weight_kg","reps","distance_km","duration_seconds","rpe"'
)
HEVY_ROW = '"Legs","15 Sep 2025, 07:48","15 Sep 2025, 09:13","","Split Squat",,"",0,"normal",12.5,8,,0,8.5'


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("15 Sep 2025, 07:48", datetime(2025, 9, 15, 7, 48)),
        ("05.06.2026, 07:30", datetime(2026, 6, 5, 7, 30)),
        ("May 15, 2026, 7:26 PM", datetime(2026, 5, 15, 19, 26)),
        ("2026-05-15T19:26:00Z", datetime(2026, 5, 15, 19, 26)),
        ("2026-05-15T23:59:30.123+02:00", datetime(2026, 5, 15, 23, 59, 30)),
        ("2026-05-15 19:26", datetime(2026, 5, 15, 19, 26)),
    ],
)
def test_every_form_of_date_of_hevy(written: str, meant: datetime) -> None:
    workout = only(read(table(HEVY_HEADER, HEVY_ROW.replace("15 Sep 2025, 07:48", written))))
    assert (workout.local_date, workout.source_id) == (meant.date(), f"hevy {meant} Legs")


@pytest.mark.parametrize("written", ["", "yesterday", "2025-02-30 10:00:00", "2025-09-15", "10/11/2025, 07:48"])
def test_other_dates_are_no_guesses(written: str) -> None:
    assert parse_time(written, dates.shown_order([written])) is None


def test_one_day_past_the_twelfth_shows_the_order_of_the_whole_column() -> None:
    days = ("05/06/2025, 07:48", "13/06/2025, 07:48")
    result = read(table(HEVY_HEADER, *(HEVY_ROW.replace("15 Sep 2025, 07:48", day) for day in days)))
    assert [workout.local_date for workout in result.workouts] == [date(2025, 6, 5), date(2025, 6, 13)]
    assert result.problems == ()


@pytest.mark.parametrize(
    ("header", "cells", "load"),
    [
        (HEVY_HEADER, "12.5", 12.5),
        (HEVY_HEADER.replace("weight_kg", "weight_lbs").replace("distance_km", "distance_miles"), "12.5", 5.67),
        (HEVY_HEADER.replace('"weight_kg"', '"weight_kg","weight_lbs"'), "12.5,27.56", 12.5),
        (HEVY_HEADER.replace('"weight_kg"', '"weight_kg","weight_lbs"'), ",27.56", 12.5),
    ],
)
def test_kilograms_and_pounds_of_hevy(header: str, cells: str, load: float) -> None:
    row = HEVY_ROW.replace("12.5", cells)
    assert only(read(table(header, row), "mi")).sets == (WorkoutSet("Split Squat", 8, None, load, 9),)


# What counts


STRONG_HEADER = "Date,Workout Name,Duration,Exercise Name,Set Order,Weight,Reps,Distance,Seconds,RPE"
START = "2026-03-02 18:00:00"


def strong(order: str = "1", exercise: str = "Split Squat", title: str = "Legs", amounts: str = "10,8,0,0,") -> str:
    return f"{START},{title},35m,{exercise},{order},{amounts}"


@pytest.mark.parametrize("order", ["1", "12", "3.0", "D", "F"])
def test_drop_sets_and_sets_to_failure_are_work(order: str) -> None:
    assert len(only(read(table(STRONG_HEADER, strong(order)))).sets) == 1


def test_warm_ups_and_rest_timers_are_none_and_told_of_once() -> None:
    result = read(table(STRONG_HEADER, strong("W"), strong("W"), strong("1"), strong("Rest Timer"), strong("Note")))
    assert len(only(result).sets) == 1
    assert [(item.position, "2 in number" in item.reason) for item in result.skipped] == [("the file", True)]


def test_a_workout_of_warm_ups_alone_is_none() -> None:
    assert read(table(STRONG_HEADER, strong("W"))).workouts == ()


def test_rows_of_one_start_and_title_are_one_workout_wherever_they_stand() -> None:
    rows = (strong(title="A"), strong(title="B"), strong("2", title="A"))
    workouts = read(table(STRONG_HEADER, *rows)).workouts
    assert [(one.name, one.position, len(one.sets)) for one in workouts] == [("A", "row 2", 2), ("B", "row 3", 1)]


@pytest.mark.parametrize("name", ["Running", "Running (Treadmill)", "Treadmill", "Laufband", "Course à pied"])
def test_a_run_is_skipped_with_a_reason_and_is_no_set(name: str) -> None:
    result = read(table(STRONG_HEADER, strong(exercise=name, amounts="0,0,5000,1800,"), strong()))
    assert [one.exercise for one in only(result).sets] == ["Split Squat"]
    assert [item.position for item in result.skipped] == ["row 2"]
    assert name in result.skipped[0].reason


@pytest.mark.parametrize("name", ["Kettlebell Carry", "Running Man", "Cycling", "Walking Lunge"])
def test_other_distances_are_no_runs(name: str) -> None:
    assert not is_run(name)
    assert only(read(table(STRONG_HEADER, strong(exercise=name, amounts="16,0,40,30,")))).sets == (
        WorkoutSet(name, None, 30, 16.0),
    )


def test_zero_means_that_the_file_does_not_say_and_help_is_no_load() -> None:
    rows = [strong(amounts="0,8,0,0,"), strong(amounts="-20,8,0,0,"), strong(amounts=",,,40.4,")]
    assert only(read(table(STRONG_HEADER, *rows))).sets == (
        WorkoutSet("Split Squat", 8),
        WorkoutSet("Split Squat", 8),
        WorkoutSet("Split Squat", None, 40),
    )


@pytest.mark.parametrize(
    ("rpe", "effort"), [("9.5", 10), ("8.5", 9), ("8.4", 8), ("", None), ("11", None), ("x", None)]
)
def test_effort_is_whole_points_and_never_costs_the_set(rpe: str, effort: int | None) -> None:
    assert only(read(table(STRONG_HEADER, strong(amounts=f"10,8,0,0,{rpe}")))).sets[0].effort == effort


# Hostile rows


BAD = {
    "no date": (strong().replace(START, "soon"), "'soon'"),
    "a day that is none": (strong().replace(START, "2026-02-30 10:00:00"), "'2026-02-30 10:00:00'"),
    "no set": (strong(order=""), "which set"),
    "no exercise": (strong(exercise=" "), "which exercise"),
    "no number": (strong(amounts="heavy,8,0,0,"), "The load is 'heavy', which is not a number."),
    "half a repetition": (strong(amounts="10,8.5,0,0,"), "8.5"),
    "a million repetitions": (strong(amounts="10,1000000,0,0,"), "'1000000'"),
    "repetitions below zero": (strong(amounts="10,-3,0,0,"), "'-3'"),
    "a day of holding": (strong(amounts="0,0,0,86400,"), "'86400'"),
    "a tonne": (strong(amounts="1000,8,0,0,"), "'1000'"),
    "not a number": (strong(amounts="nan,8,0,0,"), "'nan'"),
    "too many values": (strong() + ",x,y", "12 values under 10 headings"),
}


@pytest.mark.parametrize(("row", "words"), BAD.values(), ids=BAD)
def test_a_bad_row_says_why_and_the_others_are_imported(row: str, words: str) -> None:
    result = read(table(STRONG_HEADER, strong("1"), row, strong("2")))
    assert [len(workout.sets) for workout in result.workouts] == [2]
    (problem,) = result.problems
    assert problem.position == "row 3" and words in problem.reason
    assert problem.reason.endswith("Add this set by hand.")


def test_an_unknown_unit_is_no_guess() -> None:
    (problem,) = read(LAYOUTS["with units"].replace(",kg,", ",stone,")).problems
    assert "'stone'" in problem.reason


@pytest.mark.parametrize("year", ["1970", "2101"])
def test_an_absurd_year_is_a_problem(year: str) -> None:
    result = read(table(STRONG_HEADER, strong().replace("2026", year)))
    assert result.workouts == () and year in result.problems[0].reason


def test_a_quotation_mark_that_is_never_closed_costs_its_own_row_only() -> None:
    result = read(table(STRONG_HEADER, strong("1"), strong("2").replace("Split", '"Split'), strong("3")))
    assert sum(len(workout.sets) for workout in result.workouts) == 2
    assert [problem.position for problem in result.problems] == ["row 3"]


def test_a_note_of_several_lines_is_one_row() -> None:
    text = LAYOUTS["classic"].replace('"","",8.5', '"one\ntwo, ""three""","",8.5')
    assert only(read(text)).sets[0].effort == 9


def test_a_log_without_rows_is_refused_with_its_name() -> None:
    with pytest.raises(UnreadableFileError, match=r"sets\.csv has the columns of Hevy's export, but no set in it"):
        read(HEVY_HEADER)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_encodings(encoding: str) -> None:
    content = LAYOUTS["German"].replace("Legs", "Hüfte").encode(encoding)
    assert only(read_file("strong.csv", content)).name == "Hüfte"


def test_a_long_title_is_cut_and_still_the_same_workout() -> None:
    rows = [strong("1", title="x" * 5000), strong("2", title="x" * 5000)]
    workout = only(read(table(STRONG_HEADER, *rows)))
    assert len(workout.sets) == 2 and len(workout.source_id) <= 200


def test_no_row_beyond_the_limit_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("data.importers.set_log.MAX_ROWS", 2)
    result = read(table(STRONG_HEADER, *(strong(str(n)) for n in range(1, 6))))
    assert sum(len(workout.sets) for workout in result.workouts) == 2
    assert "first 2 sets" in result.problems[0].reason


# Round trip


text = st.text(st.characters(min_codepoint=32, max_codepoint=0x2FF, categories=("L", "N", "P", "Zs")), max_size=30)
logged = st.builds(
    WorkoutSet,
    exercise=text.map(lambda name: " ".join(name.split())).filter(lambda name: name and not is_run(name)),
    repetitions=st.none() | st.integers(1, 1000),
    seconds=st.none() | st.integers(1, 3600),
    load_kg=st.none() | st.integers(1, 50_000).map(lambda grams: grams / 100),
    effort=st.none() | st.integers(1, 10),
)


def shown(value: object) -> str:
    return "" if value is None else str(value)


@given(st.lists(logged, min_size=1, max_size=8), st.datetimes(datetime(2000, 1, 1), datetime(2099, 12, 31)))
def test_what_is_written_as_hevy_does_comes_back(sets: list[WorkoutSet], start: datetime) -> None:
    out = io.StringIO()
    writer = csv.writer(out, quoting=csv.QUOTE_NONNUMERIC)
    writer.writerow(next(csv.reader([HEVY_HEADER])))
    for number, one in enumerate(sets):
        amounts = [shown(one.load_kg), shown(one.repetitions), "", shown(one.seconds), shown(one.effort)]
        when = f"{start.day} {start:%b %Y, %H:%M}"
        writer.writerow(["Legs", when, when, "", one.exercise, "", "", number, "normal", *amounts])
    workout = only(read(out.getvalue()))
    assert (workout.local_date, workout.sets) == (start.date(), tuple(sets))


@given(st.lists(logged, min_size=1, max_size=8))
def test_pounds_come_back_as_kilograms(sets: list[WorkoutSet]) -> None:
    rows = [["2026-03-02 18:00:00", one.exercise, n, one.load_kg or 0] for n, one in enumerate(sets, start=1)]
    out = io.StringIO()
    csv.writer(out, delimiter=";").writerows([["Date", "Exercise Name", "Set Order", "Weight (lb)"], *rows])
    loads = [one.load_kg for one in only(read(out.getvalue())).sets]
    assert loads == [one.load_kg and pytest.approx(one.load_kg * KG_PER_LB, abs=0.0051) for one in sets]


@given(st.sampled_from([STRONG_HEADER, HEVY_HEADER]), st.lists(st.lists(st.text(max_size=20), max_size=16), max_size=6))
def test_any_text_below_a_header_is_read_or_refused(header: str, rows: list[list[str]]) -> None:
    content = table(header, *(",".join(row) for row in rows)).encode(errors="replace")
    try:
        read_file("sets.csv", content)
    except UnreadableFileError as error:
        assert "sets.csv" in str(error)
