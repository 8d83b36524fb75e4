"""Any table by the runner's mapping: what is proposed, what comes out, and tables that were made to harm."""

import csv
import io
import json
import time
import zipfile
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from data.importers import ImportResult, NeedsMappingError, UnreadableFileError, mapping, read_file
from data.importers.cells import METRES
from data.importers.mapping import Mapping, Table, look
from data.importers.result import PainNote, WeekDistance, WorkoutSet

DIARY = (
    "Datum;Strecke (km);Dauer;Schmerz;Stelle\n"
    "05.03.2024;5,25;31:20;3;Knie links\n"
    "06.03.2024;;;2;Wade rechts\n"
    "27.03.2024;10,1;1:02:03;;\n"
)


def table(text: str | bytes) -> Table:
    return look("diary.csv", text.encode() if isinstance(text, str) else text)


def read(text: str | bytes, how: Mapping | None = None, timezone: str = "UTC") -> ImportResult:
    content = text.encode() if isinstance(text, str) else text
    found = table(content)
    return read_file("diary.csv", content, timezone, mappings={found.key: how or found.guess})


def workbook(*rows: tuple[object, ...], **sheets: list[tuple[object, ...]]) -> bytes:
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    for name, cells in sheets.items():
        sheet = book.create_sheet(name)
        for row in cells:
            sheet.append(row)
    packed = io.BytesIO()
    book.save(packed)
    return packed.getvalue()


def test_a_table_of_no_known_program_asks_once_and_is_remembered_by_its_headings() -> None:
    with pytest.raises(NeedsMappingError, match="^diary.csv is a table of no program") as asks:
        read_file("diary.csv", DIARY.encode())
    found = asks.value.table
    assert found.header == ("Datum", "Strecke (km)", "Dauer", "Schmerz", "Stelle")
    assert found.first_rows[0] == ("05.03.2024", "5,25", "31:20", "3", "Knie links")
    assert found.key == table(DIARY.upper().replace("05.03", "06.03")).key
    result = read_file("later.csv", DIARY.encode(), mappings={found.key: found.guess})
    assert list(result.runs["distance_m"]) == [5250.0, 10100.0]
    assert list(result.runs["duration_s"]) == [1880.0, 3723.0]
    assert result.pain == (
        PainNote("row 2", date(2024, 3, 5), 3, "kneecap", "left"),
        PainNote("row 3", date(2024, 3, 6), 2, "calf", "right"),
    )
    assert result.problems == ()


def test_a_mapping_survives_json_and_refuses_nonsense() -> None:
    how = table(DIARY).guess
    assert Mapping.from_json(json.loads(json.dumps(how.to_json()))) == how
    for nonsense in (
        {"date": -1},
        {"date": True},
        {"site": "elbow"},
        {"date_order": "any"},
        {"what": 1},
        {"load": "x"},
    ):
        with pytest.raises(ValueError, match="mapping"):
            Mapping.from_json(nonsense)


@pytest.mark.parametrize(
    ("days", "order", "is_sure"),
    [
        (["13/01/2024", "01/02/2024"], "day first", True),
        (["01/13/2024", "01/02/2024"], "month first", True),
        (["01/02/2024", "03/04/2024"], "day first", False),
        (["13/01/2024", "01/13/2024"], "day first", False),
        (["01.02.2024", "03.04.2024"], "day first", True),
        (["So 28.01.24", "Mo 29.01.24"], "day first", True),
        (["Mon 1/15/2024", "Wed 1/17/2024"], "month first", True),
        (["24/01/15", "24/01/17"], "year first", False),
        (["15/01/24", "17/01/24"], "day first", True),
        (["2024-01-02", "2024-01-03"], "year first", True),
        (["5 Mar 2024", "6 Mar 2024"], "year first", True),
    ],
)
def test_the_order_of_dates_is_taken_from_days_over_twelve_else_it_is_unsure(
    days: list[str], order: str, is_sure: bool
) -> None:
    guess = table("Date,Distance\n" + "".join(f"{day},5\n" for day in days)).guess
    assert (guess.date, guess.date_order, guess.is_order_sure) == (0, order, is_sure)


HOURS_IN_CAPITALS = {"date": 0, "distance": 1, "distance_unit": "m", "time": 2, "time_unit": "hours"}


@pytest.mark.parametrize(
    ("text", "fields"),
    [
        ("Date,Miles,Minutes\n2024-01-02,5,50\n", {"distance_unit": "mi", "time_unit": "minutes", "time": 2}),
        ("Date,Distance (m)\n2024-01-02,5000\n", {"distance": 1, "distance_unit": "m"}),
        ("Date,Distance\n2024-01-02,5000\n", {"distance": 1, "distance_unit": "m"}),
        ("Date,Distance,Time\n2024-01-02,5,0:45\n2024-01-03,9,1:05\n", {"time": 2, "time_unit": "h:mm"}),
        ("Date,Distance,Time\n2024-01-02,5,2700\n", {"time": 2, "time_unit": "seconds"}),
        ("Woche,km\nKW 5 2024,42\n", {"week_distance": 1, "distance": None, "date": 0}),
        ("Day,Weekly distance\n2024-01-01,42\n", {"week_distance": 1, "distance": None}),
        ("Date,Exercise,Reps,Weight (lb)\n2024-01-02,Clam,10,5\n", {"exercise": 1, "load": 3, "load_unit": "lb"}),
        ("Fecha,Dolor,Lado\n2024-01-02,4,izquierda\n", {"date": 0, "pain": 1, "side": 2}),
        ("Date,Pain left,Pain right\n2024-01-02,4,0\n", {"pain": 1, "pain_right": 2, "site": "anywhere"}),
        (
            "Datum;Knie rechts Schmerz;Knie links Schmerz\n2.1.2024;4;0\n",
            {"pain": 2, "pain_right": 1, "site": "kneecap"},
        ),
        ("Date,Hip pain L\n2024-01-02,4\n", {"pain": 1, "pain_right": None, "site": "outer hip", "side": "left"}),
        ("Date,pain_l,pain_r\n2024-01-02,4,0\n", {"pain": 1, "pain_right": 2}),
        ("Date,PainL,PainR\n2024-01-02,4,0\n", {"pain": 1, "pain_right": 2}),
        ("Datum;Schmerz li;Schmerz re\n2.1.2024;4;0\n", {"pain": 1, "pain_right": 2}),
        ("Date,Pain today,Pain tomorrow\n2024-01-02,4,3\n", {"pain": 1, "pain_right": None, "side": "both"}),
        ("Date,Bike km,Run km\n2024-01-02,40,5\n", {"distance": 2}),
        ("Datum;Rad km;Rad Zeit;Lauf km;Zeit\n02.01.2024;40;90;5;30\n", {"distance": 3, "time": 4}),
        ("Fecha,Natación km,Bici km\n2024-01-02,2,40\n", {"distance": None}),
        ("Date,Distance,Duration (h)\n2024-01-02,5,0.83\n", {"time": 2, "time_unit": "hours"}),
        ("Date,Distance,Hours\n2024-01-02,5,0.83\n", {"time": 2, "time_unit": "hours"}),
        ("Date,km,Time (min:sec)\n2024-01-02,1,4:10\n", {"time_unit": "h:mm:ss"}),
        ("Date,km,Time (hh:mm:ss)\n2024-01-02,1,4:10\n", {"time_unit": "h:mm:ss"}),
        ("Date,km,Time [h:mm]\n2024-01-02,90,8:10\n", {"time_unit": "h:mm"}),
        ("Date,Distance (yd)\n2024-01-02,5000\n", {"distance_unit": "yd"}),
        ("Date,Distance (ft)\n2024-01-02,15000\n", {"distance_unit": "ft"}),
        ("Date,Time,km,Duration\n2024-01-02,07:30,5,27:30\n2024-01-03,18:15,5,26:00\n", {"start": 1, "time": 3}),
        ("Date,Elapsed Time,Duration\n2024-01-02,0:31:30,27:30\n", {"start": None, "time": 2}),
        ("Date,Start time,km,Time\n2024-01-02,7:30 AM,5,27:30\n", {"start": 1, "time": 3}),
        ("Datum;Uhrzeit;km;Zeit\n02.01.2024;18.30 Uhr;5;27:30\n", {"start": 1, "time": 3}),
        ("Start,km\n2024-01-02 07:30,5\n", {"start": None, "date": 0}),
        ("what,when\nfar,2024-01-02\n", {"date": 1, "distance": None}),
        ("Date,km,Pace (min/km),Time\n2024-01-02,10,5:20,53:20\n", {"time": 3, "time_unit": "h:mm:ss"}),
        ("Datum;km;Tempo;Zeit\n2.1.2024;10;5:20;0:53:20\n", {"time": 3}),
        ("Datum;km;Tempo\n2.1.2024;10;5:20\n", {"time": None}),
        ("Data;km;Tempo\n2.1.2024;10;53:20\n", {"time": 2}),
        ("Datum;km/h;km;Zeit\n2.1.2024;10,8;8,1;45:00\n", {"distance": 2}),
        ("Date,Planned km,Actual km\n2024-01-02,10,8.2\n", {"distance": 2}),
        ("Date,Planned km\n2024-01-02,10\n", {"distance": None}),
        ("Date,Total Miles,Miles\n2024-01-02,510,5\n", {"distance": 2}),
        ("Date,Elapsed Time,Moving Time,km\n2024-01-02,1:10:00,52:10,10\n", {"time": 2}),
        ("Date Submitted,Workout Date,km\n2024-01-05,2024-01-02,10\n", {"date": 1}),
        ("WorkoutDay,DistanceInMeters,TimeTotalInHours,HRZone1Minutes\n2024-01-02,10023,0.9,12\n", HOURS_IN_CAPITALS),
        ("Date,km,Time\n2024-01-02,4,20:10:00\n2024-01-03,8,45:10:00\n", {"time_unit": "m:ss as h:mm"}),
        ("Date,km,Duration\n2024-01-02,4,1210000\n", {"time_unit": "milliseconds"}),
        ("Date,km,Seconds\n2024-01-02,4,1210\n", {"time": 2, "time_unit": "seconds"}),
        ("date,km\n20240102,4\n20240103,5\n", {"date": 0}),
        ("Date,Type,km\n2024-01-02,1,4\n2024-01-03,6,5\n", {"sport": 1}),
        ("Übung;Sätze;Wdh;Datum\nClam;3;10;2.1.2024\n", {"exercise": 0, "sets": 1, "repetitions": 2}),
        ("app.exercise.start,app.exercise.zone,km\n2024-01-02 06:00:00,UTC,5\n", {"exercise": None, "date": 0}),
        ("Datum;Strecke;Tempo\n2.1.2024;12,5;5:30\n3.1.2024;8;5:40\n", {"distance": 1, "time": None}),
        ("Date,Time,Distance\n2024-01-02,18:30,5\n2024-01-03,17:45,5\n2024-01-04,7:00,5\n", {"start": 1, "time": None}),
        (
            "Date,Time,Distance\n2024-01-02,18:31,5\n2024-01-03,27:45,5\n2024-01-04,25:00,5\n",
            {"start": None, "time": 1},
        ),
        ("Date,Pain right knee,Pain left hip\n2024-01-02,3,2\n", {"pain": 1, "pain_right": None, "side": "right"}),
        ("Datum;Schmerz in der Hüfte\n2.1.2024;3\n", {"pain": 1, "site": "outer hip", "side": "both"}),
        ("Date,Exercise,Time\n2024-01-02,Plank,60\n", {"time": 2, "time_unit": "seconds"}),
        ("Date,km,Time\n2024-01-02,3,20:00\n2024-01-03,2.2,15:00\n2024-01-04,3,20:00\n", {"time": 2, "start": None}),
        ("Date,Exercise,km,Sets,Reps\n2024-01-02,Run,5,,\n2024-01-03,Clam,,3,10\n", {"exercise": 1, "sport": None}),
        ("Date,Exercise,Weight,Weight Unit,Reps\n2024-01-02,Clam,5,lbs,10\n", {"load": 2, "load_unit": "lb"}),
        ("My diary\n\nDate,Distance\n2024-01-02,5\n", {"date": 0, "distance": 1}),
    ],
)
def test_what_is_proposed(text: str, fields: dict[str, object]) -> None:
    guess = table(text).guess.to_json()
    assert {name: guess[name] for name in fields} == fields


@pytest.mark.parametrize(
    ("text", "metres"),
    [
        ("Datum;Strecke (m);Zeit\n02.01.2025;5.123;27:30\n03.01.2025;12.876;50:00\n", [5123.0, 12876.0]),
        ("Datum;Strecke (m);RPE\n02.01.2025;5.123;7,5\n03.01.2025;876;6,5\n", [5123.0, 876.0]),
        ("Datum;Strecke km\n02.01.2025;5,125\n03.01.2025;12,5\n", [5125.0, 12500.0]),
        ("Datum;Strecke km\n02.01.2025;5,125\n03.01.2025;12\n", [5125.0, 12000.0]),
        ('Week,km\n2024-W05,"42,125"\n', []),
        ('Date,Distance (m)\n2025-01-02,"5,125"\n', [5125.0]),
        ("Date,Distance km\n2025-01-02,5.125\n", [5125.0]),
    ],
)
def test_three_digits_behind_a_sign_are_what_a_run_can_have(text: str, metres: list[float]) -> None:
    result = read(text)
    assert list(result.runs["distance_m"]) == metres
    assert [week.distance_m for week in result.weeks] == ([] if metres else [42125.0])
    assert result.problems == ()


def test_the_decimal_sign_is_that_of_each_file_unless_it_was_chosen() -> None:
    whole, parts = "Datum;Strecke km\n01.02.2026;5\n", "Datum;Strecke km\n02.02.2026;5,125\n03.02.2026;12,500\n"
    how = table(whole).guess
    assert list(read(parts, how).runs["distance_m"]) == [5125.0, 12500.0]
    earlier = {**how.to_json(), "decimal_comma": False}
    del earlier["decimal_sign"]
    assert Mapping.from_json(earlier) == how
    metres = "Date,Length\n2026-02-01,5.123\n2026-02-02,700\n"
    chosen = Mapping(date=0, distance=1, distance_unit="m", decimal_sign="comma")
    assert list(read(metres, chosen).runs["distance_m"]) == [5123.0, 700.0]


def test_units_of_amounts() -> None:
    text = "Date,Distance (yd),Duration (h)\n2024-01-02,5000,0.5\n"
    runs = read(text).runs
    assert (runs["distance_m"][0], runs["duration_s"][0]) == (4572.0, 1800.0)
    assert read("Date,km,Time (min:sec)\n2024-01-02,1,4:10\n").runs["duration_s"][0] == 250.0


def test_a_distance_is_read_by_the_unit_in_its_cell() -> None:
    text = "Date,Distance\n2024-01-02,5.1 km\n2024-01-03,3 mi\n2024-01-04,400m\n2024-01-05,7\n2024-01-06,5 bananas\n"
    result = read(text)
    assert list(result.runs["distance_m"]) == pytest.approx([5100.0, 4828.032, 400.0, 7000.0])
    assert "'5 bananas'" in result.problems[0].reason
    comma = read("Datum;Strecke\n02.01.2024;5,125 km\n03.01.2024;1.200 m\n04.01.2024;7,5 km\n")
    assert list(comma.runs["distance_m"]) == [5125.0, 1200.0, 7500.0]


def test_a_column_of_units_is_read_row_by_row() -> None:
    text = "Date,Distance,DistanceUnit\n2024-01-02,5.1,km\n2024-01-03,3,Mile\n2024-01-04,400,m\n2024-01-05,6,\n"
    assert list(read(text).runs["distance_m"]) == pytest.approx([5100.0, 4828.032, 400.0, 6000.0])


def test_the_start_on_the_clock_has_a_column_of_its_own() -> None:
    text = "Date,Start,km,Time\n2024-07-02,18:30,5,27:30\n2024-07-03,,5,27:30\n2024-07-04,soon,5,27:30\n"
    text += "2024-07-05,7:05,5,27:30\n"
    runs = read(text, timezone="Europe/Berlin").runs
    assert runs["source_id"][0] == "table 2024-07-02T16:30:00Z"
    assert list(runs["start"].isna()) == [False, True, True, False]
    earlier = table(text).guess.to_json()
    del earlier["start"]
    assert Mapping.from_json(earlier).start is None


def test_rows_are_numbered_as_in_a_spreadsheet() -> None:
    result = read("My diary\n\nDate,Distance\n2024-01-02,5\n\n2024-01-03,6\n")
    assert list(result.runs["position"]) == ["row 4", "row 6"]


def test_a_table_without_headings_has_columns_by_number() -> None:
    found = table("2024-01-02,5.2\n2024-01-03,6.1\n")
    assert found.header == ("Column 1", "Column 2")
    result = read("2024-01-02,5.2\n2024-01-03,6.1\n", Mapping(date=0, distance=1))
    assert list(result.runs["distance_m"]) == [5200.0, 6100.0]
    assert list(result.runs["position"]) == ["row 1", "row 2"]


def test_weeks() -> None:
    result = read("week,km\n2024-W05,42.5\nlater,9\n2024-W07,9999\n2024-W08,\n")
    assert result.weeks == (WeekDistance("row 2", date(2024, 1, 29), 42500.0),)
    assert [problem.position for problem in result.problems] == ["row 3", "row 4"]


def test_the_sets_of_a_day_are_one_workout() -> None:
    text = (
        "Date\tExercise\tReps\tkg\n3/25/2024\tClam\t3x10\t5\n3/26/2024\tBridge\t12\t\n3/25/2024\tBridge\t12\t10.5\n"
        "3/26/2024\tBridge\tmany\t\n3/26/2024\tBridge\t9999\t\n"
    )
    result = read(text)
    first, second = result.workouts
    assert (first.source_id, first.position, first.local_date) == ("table 2024-03-25", "row 2 to 4", date(2024, 3, 25))
    assert first.sets == (*[WorkoutSet("Clam", 10, None, 5.0)] * 3, WorkoutSet("Bridge", 12, None, 10.5))
    assert second.sets == (WorkoutSet("Bridge", 12),)
    assert ["many" in problem.reason or "9999" in problem.reason for problem in result.problems] == [True, True]


def test_runs_are_named_by_their_own_values_and_alike_ones_of_a_day_are_two() -> None:
    rows = "2024-01-02,5\n2024-01-02,5\n2024-01-03,5\n"
    runs = read("Date,Distance\n" + rows).runs
    assert len(set(runs["source_id"])) == 3
    wider = read("Date,Distance,Note\n" + rows).runs
    assert list(wider["source_id"]) == list(runs["source_id"])  # a new column later must not import all once more
    timed = read("Date,Distance\n2024-01-02 07:00,5\n", timezone="Europe/Berlin").runs
    assert list(timed["source_id"]) == ["table 2024-01-02T06:00:00Z"]


def test_a_row_of_another_sport_is_no_run() -> None:
    result = read("Date,Sport,Distance\n2024-01-02,Run,5\n2024-01-02,Cycling,50\n2024-01-02,Walking,3\n2024-01-02,,4\n")
    assert list(result.runs["sport"]) == ["run", "walk", "run"]
    assert result.skipped[0].reason == "Cycling, not a run."


@pytest.mark.parametrize(
    ("text", "sport"),
    [
        ("Date,Distance,Time,Type\n2024-01-02,5,30:00,Easy\n2024-01-03,20,2:00:00,Long run\n", None),
        ("Data,Nome dell'attività,Tipo di attività,Distanza\n2024-01-02,Corsa mattutina,Corsa,5\n", 2),
        ("Activiteittype,Datum,Afstand\nHardlopen,2024-01-02,5\nFietsen,2024-01-03,60\n", 0),
        ("Date,What,Distance\n2024-01-02,Run,5\n2024-01-03,Ride,60\n2024-01-04,Juggling,1\n", 1),
        ("Date,Exercise,Distance\n2024-01-02,Run,5\n2024-01-03,Ride,60\n", 1),
        ("Date,Name,Sport,Distance\n2024-01-02,Run,Run,5\n2024-01-03,Ride,Ride,60\n", 2),
        ("Date,Sport,Distance\n2024-01-02,,5\n", None),
        ("Date,Type,Distance\n2024-01-02,Easy,5\n2024-01-03,Bike,40\n2024-01-04,Tempo,8\n", 1),
        ("Date,What,Distance\n2024-01-02,Easy,5\n2024-01-03,Long ride,40\n2024-01-04,Tempo,8\n", 1),
        ("Date,Type,Distance\n2024-01-02,Easy,5\n2024-01-03,Workout,9\n2024-01-04,Long run,8\n", None),
        ("Date,Distance,Notes\n2024-01-02,5,\n2024-01-03,9,Yoga\n2024-01-04,8,\n", None),
        ("Date,Exercise,Reps\n2024-01-02,Clam,5\n2024-01-03,Row,9\n2024-01-04,Bridge,8\n", None),
    ],
)
def test_the_column_of_sports_is_told_by_what_stands_in_it(text: str, sport: int | None) -> None:
    assert table(text).guess.sport == sport


KINDS = ("Easy,5", "Bike,40", "Easy,6", "Tempo,7", "Long run,20", "easy bike,30", "Walk,4", "Workout,8", "Gym,1")


def test_a_ride_among_kinds_of_runs_is_left_out_and_counted() -> None:
    rows = "".join(f"2024-01-{at:02d},{row}\n" for at, row in enumerate(KINDS, start=1))
    result = read("Date,Type,Distance km\n" + rows)
    assert list(result.runs["distance_m"]) == [5000.0, 6000.0, 7000.0, 20000.0, 4000.0, 8000.0]
    assert list(result.runs["sport"]) == ["run", "run", "run", "run", "walk", "run"]
    assert [skipped.position for skipped in result.skipped] == ["row 3", "row 7", "row 10"]
    assert [note.reason for note in result.notes] == [
        "Left out, because they are no runs: 1 row of 'Bike', 1 row of 'easy bike', 1 row of 'Gym'.",
        "Counted as runs, because they name no one sport: 2 rows of 'Easy', 1 row of 'Tempo', 1 row of 'Workout'. "
        "Where a word is no run, say so under the columns of the table.",
    ]


def test_training_beside_runs_that_are_named_is_none() -> None:
    result = read("Date,Type,Distance\n2024-01-02,Run,5\n2024-01-03,Workout,5\n2024-01-04,Long run,9\n")
    assert list(result.runs["distance_m"]) == [5000.0, 9000.0]


def test_kinds_of_runs_cost_no_run() -> None:
    result = read("Date,Distance,Time,Type\n2024-01-02,5,30:00,Easy\n2024-01-03,20,2:00:00,Long run\n")
    assert list(result.runs["distance_m"]) == [5000.0, 20000.0]


@pytest.mark.parametrize(
    ("row", "words"),
    [
        ("31/02/2024,5,,", "'31/02/2024'"),
        ("1/1/1970,5,,", "1970-01-01"),
        ("1/1/2101,5,,", "2101-01-01"),
        ("13/1/2024,far,,", "'far'"),
        ("13/1/2024,5,soon,", "'soon'"),
        ("13/1/2024,501,,", "501.00 km"),
        ("13/1/2024,5,,11", "'11'"),
        ("13/1/2024,5,,3.5", "'3.5'"),
        ("13/1/2024,1e999,,", "'1e999'"),
    ],
)
def test_bad_rows_say_why_and_the_others_are_imported(row: str, words: str) -> None:
    how = Mapping(date=0, date_order="day first", distance=1, time=2, time_unit="minutes", pain=3)
    result = read(f"Date,Distance,Time,Pain\n{row}\n14/1/2024,5,30,2/10\n", how)
    assert words in result.problems[0].reason
    assert result.problems[0].position == "row 2"
    assert list(result.runs["position"])[-1] == "row 3"
    assert [note.worst_running for note in result.pain] == [2]


def test_a_cell_that_cannot_be_read_costs_what_it_says_and_not_the_rest_of_its_row() -> None:
    how = Mapping(date=0, distance=1, pain=2, exercise=3, repetitions=4)
    result = read("Date,km,Pain,Exercise,Reps\n2024-01-13,5,11,Clam,10\n2024-01-14,far,3,,\n", how)
    assert list(result.runs["distance_m"]) == [5000.0]
    assert [note.worst_running for note in result.pain] == [3]
    assert [workout.local_date for workout in result.workouts] == [date(2024, 1, 13)]
    assert [problem.reason for problem in result.problems] == [
        "The pain is '11', which is no whole number from 0 to 10. Add it by hand.",
        "The distance is 'far', which is not a number. Add it by hand.",
    ]


@pytest.mark.parametrize(
    "text", ["Date,Pain left,Pain right\n2024-01-13,4,0\n", "Date,Pain,Side\n2024-01-13,4,left\n2024-01-13,0,right\n"]
)
def test_a_side_stays_a_side_where_no_site_is_said(text: str) -> None:
    """'Anywhere' is the whole body, which has no sides."""
    assert [(note.site, note.side, note.worst_running) for note in read(text).pain] == [
        ("other", "left", 4),
        ("other", "right", 0),
    ]


def test_a_mapping_is_the_same_after_it_was_kept() -> None:
    how = Mapping(date=0, distance=1, sport=2, no_runs=("Juggling",), pain=3, pain_right=4)
    assert Mapping.from_json(json.loads(json.dumps(how.to_json()))) == how
    assert Mapping.from_json({"date": 0, "distance": 1}).no_runs == ()
    for wrong in (("x",) * 51, (1,), "Juggling"):
        with pytest.raises(ValueError, match="no_runs"):
            Mapping(no_runs=wrong)  # type: ignore[arg-type]  what must not get in


def test_a_time_without_a_distance_is_that_of_the_exercise() -> None:
    header = "Date,Exercise,Sets,Reps,km,Time\n"
    rows = "2024-01-13,Plank,2,,,0:01:00\n2024-01-14,Running (Treadmill),,,5,27:10\n2024-01-15,Clam,1,10,4,20:00\n"
    result = read(header + rows)
    assert list(result.runs["distance_m"]) == [5000.0, 4000.0]
    told = [
        (workout.local_date.day, [(one.exercise, one.seconds) for one in workout.sets]) for workout in result.workouts
    ]
    assert told == [(13, [("Plank", 60), ("Plank", 60)]), (15, [("Clam", None)])]


@pytest.mark.parametrize(
    ("written", "seconds"),
    [("47'30", 2850), ("1h02'30\"", 3750), ("1h52", 6720), ("0h47", 2820), ("1.58.20", 7100), ("55:10 min", 3310)]
    + [("45.10", 2710), ("2h 38m", 9480), ("58 min", 3480), ("1'250", None)],
)
def test_times_as_people_write_them(written: str, seconds: int | None) -> None:
    how = Mapping(date=0, date_order="day first", distance=1, time=2)
    result = read(f"Dato;km;Tid\n14-03-2024;8,5;{written}\n", how)
    assert list(result.runs["duration_s"]) == ([] if seconds is None else [seconds])


@pytest.mark.parametrize("name", ["Monster walk", "Lateral band walk", "Hip hike", "Walking lunge", "Farmer's walk"])
def test_an_exercise_that_is_called_a_walk_is_an_exercise(name: str) -> None:
    result = read(f"Date,Exercise,Sets,Reps,Time (s)\n2024-01-13,{name},2,15,\n2024-01-14,{name},1,,60\n")
    assert [[one.exercise for one in work.sets] for work in result.workouts] == [[name, name], [name]]
    assert result.runs.empty


def test_exercises_and_sports_in_one_column_are_told_apart() -> None:
    header = "Date,Exercise,Sets,Reps,Distance (km),Time\n"
    rows = (
        "2024-01-13,Clam,2,15,,\n2024-01-14,Running,,,,30:00\n2024-01-15,Plank,3,,,0:45\n"
        "2024-01-16,Easy run,,,8,50:00\n2024-01-17,Bike,,,20,60:00\n2024-01-18,Walk,,,3,40:00\n"
        "2024-01-19,Long run,,,,1:30:00\n2024-01-13,Clam,1,12,,\n2024-01-20,Clam,1,red,,\n"
    )
    result = read(header + rows)
    told = [(run.local_date.day, run.sport, run.duration_s) for run in result.runs.itertuples()]
    assert told == [(14, "run", 1800), (16, "run", 3000), (18, "walk", 2400), (19, "run", 5400)]
    assert [(work.local_date.day, len(work.sets)) for work in result.workouts] == [(13, 3), (15, 3)]
    assert [skipped.reason for skipped in result.skipped] == ["Bike, not a run."]
    assert [problem.reason[-16:] for problem in result.problems] == [" Add it by hand."]


def test_sets_of_so_many_may_stand_under_a_heading_of_sets() -> None:
    result = read("Datum;Laufstrecke;Laufzeit;Übung;Sätze\n13.1.2024;5,5 km;33:10;;\n14.1.2024;;;Clam;3x12\n")
    assert (list(result.runs["distance_m"]), list(result.runs["duration_s"])) == ([5500.0], [1990.0])
    assert [one.repetitions for work in result.workouts for one in work.sets] == [12, 12, 12]


def test_a_date_in_another_order_than_was_said_is_to_check() -> None:
    how = Mapping(date=0, date_order="day first", distance=1)
    result = read("Date,km\n01/05/2024,5\n01/13/2024,6\n", how)
    assert [note.reason for note in result.notes] == [
        "Not all are written with the day first, as this table is read. "
        "Check the order of its dates, under the columns of the table."
    ]
    assert read("Date,km\n01/05/2024,5\n13/01/2024,6\nTotal,11\n", how).notes == ()


def test_minutes_of_exercises_stay_minutes() -> None:
    result = read("Date,Exercise,Reps,Time (min)\n2024-01-13,Plank,,2\n2024-01-14,Plank,,60\n")
    assert [one.seconds for work in result.workouts for one in work.sets] == [120, 60]


def test_a_set_is_kept_without_what_cannot_be_read_of_it() -> None:
    result = read("Date,Exercise,Reps,Weight\n2024-01-13,Clam,10,red band\n2024-01-14,Clam,10,5\n2024-01-15,Clam,8,7\n")
    assert [one.load_kg for work in result.workouts for one in work.sets] == [None, 5.0, 7.0]
    assert result.problems[0].reason == "The load is 'red band', which is not a number. The set is added without it."


@pytest.mark.parametrize(
    ("reps", "load", "sets"),
    [
        ("10 each", "5 kg", [(10, None, 5.0)]),
        ("10 per side", "20 lbs", [(10, None, pytest.approx(9.07, abs=0.01))]),
        ("3x30s", "BW", [(None, 30, None)] * 3),
        ("2 x 8", "", [(8, None, None)] * 2),
        ("45 s", "7,5", [(None, 45, 7.5)]),
        ("10 pro Seite", "5 Kilo", [(10, None, 5.0)]),
        ("10 per leg", "BW+10", [(10, None, 10.0)]),
        ("3 x 30 s each", "", [(None, 30, None)] * 3),
        ("0:30", "", [(None, 30, None)]),
        ("1 min", "", [(None, 60, None)]),
    ],
)
def test_repetitions_and_loads_as_people_write_them(reps: str, load: str, sets: list[object]) -> None:
    result = read(f"Date;Exercise;Reps;Weight\n2024-01-13;Clam;{reps};{load}\n")
    (work,) = result.workouts
    assert [(one.repetitions, one.seconds, one.load_kg) for one in work.sets] == sets


@pytest.mark.parametrize(
    ("written", "site", "side"),
    [
        ("linkes Knie", "kneecap", "left"),
        ("Wade rechts", "calf", "right"),
        ("Schmerz in der Wade", "calf", "both"),
        ("l'aine", "groin", "both"),
        ("L'aine droite", "groin", "right"),
        ("genou droit", "kneecap", "right"),
        ("tobillo derecho", "ankle", "right"),
        ("tendon d'Achille gauche", "Achilles tendon", "left"),
        ("Hip L", "outer hip", "left"),
        ("R knee", "kneecap", "right"),
        ("knee r", "kneecap", "right"),
        ("knee (l)", "kneecap", "left"),
        ("Knie li.", "kneecap", "left"),
        ("Wade re", "calf", "right"),
        ("rodilla der.", "kneecap", "right"),
        ("knee l/r", "kneecap", "both"),
        ("Knee, when I sit", "kneecap", "both"),
        ("L’aine", "groin", "both"),
        ("Tendon D’Achille", "Achilles tendon", "both"),
    ],
)
def test_a_place_as_people_write_it(written: str, site: str, side: str) -> None:
    (note,) = read(f"Date;Pain;Where\n2024-01-13;3;{written}\n").pain
    assert (note.site, note.side) == (site, side)


def test_a_sled_pushed_20_m_is_no_run_and_an_unknown_unit_no_distance() -> None:
    result = read("Date,Exercise,Reps,Distance (m)\n2024-01-13,Sled push,3,20\n2024-01-14,Clam,10,5000\n")
    assert list(result.runs["distance_m"]) == [5000.0]
    result = read("Date,Distance,Unit\n2024-01-13,5,km\n2024-01-14,40,furlong\n2024-01-15,5,km\n")
    assert list(result.runs["distance_m"]) == [5000.0, 5000.0]
    assert "The unit is 'furlong', which is not known here." in result.problems[0].reason


def test_runs_slower_than_anybody_walks_are_to_check() -> None:
    how = Mapping(date=0, distance=1, time=2)
    (note,) = read("Date,km,Time\n2024-01-13,4,20:10:00\n2024-01-14,4,20:10\n", how).notes
    told = "1 are slower than 30 minutes a kilometre. Check what the times are in, under the columns of the table."
    assert note.reason == told.replace("1 are", "1 run is")


def test_an_offset_names_the_local_day() -> None:
    text = "Date,km\n2024-05-01T23:50:00-04:00,5\n2024-05-01T23:50:00Z,6\n"
    assert [day.day for day in read(text, timezone="Europe/Berlin").runs["local_date"]] == [1, 2]


def test_pain_of_each_side_has_its_column() -> None:
    result = read("Date,Knee pain left,Knee pain right\n2024-01-13,4,0\n2024-01-14,,2\n")
    assert [(note.local_date.day, note.site, note.side, note.worst_running) for note in result.pain] == [
        (13, "kneecap", "left", 4),
        (13, "kneecap", "right", 0),
        (14, "kneecap", "right", 2),
    ]


@pytest.mark.parametrize(
    ("how", "words"),
    [
        (Mapping(distance=1), "as the date"),
        (Mapping(date=0), "Nothing but the date"),
        (Mapping(date=0, distance=7), "2 columns"),
    ],
)
def test_a_mapping_that_does_not_fit_says_so(how: Mapping, words: str) -> None:
    with pytest.raises(UnreadableFileError, match=words):
        read("Date,Distance\n2024-01-02,5\n", how)


def test_a_sheet_for_each_month_is_one_table() -> None:
    header = ("Date", "km")
    content = workbook(
        header,
        (date(2024, 1, 3), 5),
        Feb=[("February",), header, (date(2024, 2, 3), 6), (date(2024, 2, 4), "far")],
        Shoes=[("Shoe", "Bought"), ("Pegasus", date(2024, 1, 1))],
        Mar=[header, (date(2024, 3, 3), 7)],
        Empty=[],
    )
    result = read(content)
    assert list(result.runs["distance_m"]) == [5000.0, 6000.0, 7000.0]
    assert list(result.runs["position"]) == ["Sheet, row 2", "Feb, row 3", "Mar, row 2"]
    assert [problem.position for problem in result.problems] == ["Feb, row 4"]
    assert [note.reason for note in result.notes] == [
        "Sheets with other headings were not read: 'Shoes'. Save one as a file of its own to bring it in."
    ]


def test_the_sheet_that_looks_like_a_diary_is_the_one() -> None:
    content = workbook(
        ("Summary", "Value"),
        ("Runs", 2),
        Readme=[("What", "This is"), ("my", "diary")],
        Runs=[("Date", "km"), (date(2024, 1, 3), 5), (date(2024, 1, 4), 6)],
    )
    result = read(content)
    assert list(result.runs["distance_m"]) == [5000.0, 6000.0]
    assert "'Sheet', 'Readme'" in result.notes[0].reason


def test_an_excel_workbook_comes_back_with_dates_times_and_kept_values() -> None:
    content = workbook(
        ("Date", "Distance (km)", "Time", "Pain"),
        (datetime(2024, 3, 5, 7, 30), 5.25, timedelta(minutes=31, seconds=20), 3),
        (date(2024, 3, 6), 10, datetime(2024, 1, 1, 1, 2, 3).time(), None),
        ("7.3.2024", "8,5", "50:00", "2"),
        (45360, 4, "20:00", None),
    )
    result = read(content, Mapping(date=0, date_order="day first", distance=1, time=2, pain=3), "Europe/Berlin")
    assert result.problems == ()
    assert list(result.runs["distance_m"]) == [5250.0, 10000.0, 8500.0, 4000.0]
    assert list(result.runs["duration_s"]) == [1880.0, 3723.0, 3000.0, 1200.0]
    assert [day.date() for day in result.runs["local_date"]] == [date(2024, 3, day) for day in (5, 6, 7, 9)]
    assert list(result.runs["start"].dt.hour.dropna()) == [6]
    assert [note.worst_running for note in result.pain] == [3, 2]


def test_a_formula_counts_by_its_kept_value_alone() -> None:
    content = workbook(("Date", "Distance"), (date(2024, 3, 5), "=2+3"), (date(2024, 3, 6), 6))
    parts = zipfile.ZipFile(io.BytesIO(content))
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as again:
        for name in parts.namelist():
            text = parts.read(name)
            again.writestr(
                name,
                text.replace(b"<f>2+3</f><v />", b"<f>2+3</f><v>5</v>").replace(
                    b"<f>2+3</f><v></v>", b"<f>2+3</f><v>5</v>"
                ),
            )
    assert list(read(packed.getvalue()).runs["distance_m"]) == [5000.0, 6000.0]
    assert list(read(content).runs["distance_m"]) == [6000.0]


def test_a_workbook_that_was_made_to_harm_is_refused() -> None:
    content = workbook(("Date", "Distance"), (date(2024, 3, 5), 5))
    parts = zipfile.ZipFile(io.BytesIO(content))
    names = ["a", *(f"a{number}" for number in range(1, 12))]
    grown = [
        '<!ENTITY {} "{}">'.format(name, f"&{before};" * 10) for before, name in zip(names, names[1:], strict=False)
    ]
    bomb = ('<!DOCTYPE a [<!ENTITY a "aaaaaaaaaa">' + "".join(grown)).encode()
    for name, text in (
        ("xl/worksheets/sheet1.xml", bomb + b"]><worksheet>&a11;</worksheet>"),
        ("xl/workbook.xml", bomb + b"]><workbook>&a11;</workbook>"),
        ("xl/worksheets/sheet1.xml", bytes(2**27)),
        ("xl/worksheets/sheet1.xml", b"<worksheet><sheetData><row"),
        ("xl/styles.xml", b"<a"),
        ("[Content_Types].xml", b""),
        ("xl/_rels/workbook.xml.rels", b"<x/>"),
    ):
        packed = io.BytesIO()
        with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as again:
            for part in parts.namelist():
                again.writestr(part, text if part == name else parts.read(part))
        start = time.perf_counter()
        with pytest.raises(UnreadableFileError):
            read(packed.getvalue())
        assert time.perf_counter() - start < 5


@pytest.mark.parametrize(
    "content",
    [
        ",".join(f"c{number}" for number in range(1_000_000)).encode() + b"\n1,2\n",
        b"Date,Distance\n" + b"," * 1_000_000 + b"\n2024-01-02,5\n",
        b'Date,Distance\n2024-01-02,"' + b"a" * 10_000_000 + b'"\n2024-01-03,5\n',
        b"Date,Distance\n2024-01-02," + b"a" * 10_000_000 + b"\n2024-01-03,5\n",
        b'a","\n' * 100_000,
        b'"' * 300_001,
        b"\0" * 1_000_000,
        b"Date,Distance\n2024-01-02,5\0\n",
        b"\xff\xfe" + b"a" * 99_999,
        b"a,b\n" * 150_000,
    ],
    ids=[
        "wide header",
        "wide row",
        "long cell",
        "long bare cell",
        "open marks",
        "marks",
        "NUL",
        "a NUL",
        "odd",
        "long",
    ],
)
def test_tables_made_to_harm_are_read_or_refused_soon(content: bytes) -> None:
    start = time.perf_counter()
    try:
        read(content, Mapping(date=0, distance=1))
    except UnreadableFileError as error:
        assert "diary.csv" in str(error)
    assert time.perf_counter() - start < 5


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252"])
def test_encodings(encoding: str) -> None:
    found = look("a.csv", "Datum;Länge (km)\n2024-01-02;5,5\n".encode(encoding))
    assert found.header == ("Datum", "Länge (km)")


FORMS = {
    "year first": ("%Y-%m-%d", "%Y/%m/%d"),
    "day first": ("%d/%m/%Y", "%d.%m.%Y", "%d-%m-%y"),
    "month first": ("%m/%d/%Y", "%m-%d-%Y"),
}
ENTRY = st.tuples(st.dates(date(2000, 1, 1), date(2100, 12, 31)), st.integers(1, 50_000), st.integers(1, 36_000)).map(
    lambda entry: (entry[0], min(entry[1], 7 * entry[2]), entry[2])  # nobody is faster for long
)


@given(
    entries=st.lists(ENTRY, min_size=1, max_size=8),
    delimiter=st.sampled_from(",;\t"),
    decimal_comma=st.booleans(),
    unit=st.sampled_from(["km", "mi", "m"]),
    order_and_form=st.sampled_from([(order, form) for order, forms in FORMS.items() for form in forms]),
    line_end=st.sampled_from(["\n", "\r\n"]),
    columns=st.permutations(range(3)),
)
@settings(max_examples=200, deadline=None)
def test_a_diary_in_any_dialect_comes_back_by_its_mapping(
    entries, delimiter, decimal_comma, unit, order_and_form, line_end, columns
) -> None:
    order, form = order_and_form
    if "%y" in form:  # a year of two digits is one from 1970 to 2069
        entries = [(day.replace(year=2000 + day.year % 70, day=min(day.day, 28)), *rest) for day, *rest in entries]
    written = io.StringIO()
    writer = csv.writer(written, delimiter=delimiter, lineterminator=line_end)
    for cells in [("when", "how far", "how long"), *(_cells(entry, form, unit, decimal_comma) for entry in entries)]:
        writer.writerow([cells[at] for at in columns])
    place = {what: columns.index(at) for at, what in enumerate(("date", "distance", "time"))}
    how = Mapping(**place, date_order=order, decimal_sign="comma" if decimal_comma else "point", distance_unit=unit)
    runs = read(written.getvalue(), how).runs
    assert [day.date() for day in runs["local_date"]] == [day for day, *_ in entries]
    assert list(runs["distance_m"]) == [pytest.approx(metres, abs=0.5) for _, metres, _ in entries]
    assert list(runs["duration_s"]) == [seconds for *_, seconds in entries]


def _cells(entry: tuple[date, int, int], form: str, unit: str, decimal_comma: bool) -> tuple[str, str, str]:
    day, metres, seconds = entry
    distance = f"{metres / METRES[unit]:.4f}"
    clock = f"{seconds // 3600}:{seconds // 60 % 60:02d}:{seconds % 60:02d}"
    return day.strftime(form), distance.replace(".", ",") if decimal_comma else distance, clock


@given(
    cells=st.lists(st.lists(st.text(max_size=12), min_size=2, max_size=4), min_size=1, max_size=6),
    how=st.builds(
        Mapping,
        date=st.integers(0, 1),
        date_order=st.sampled_from(["year first", "day first", "month first"]),
        decimal_sign=st.sampled_from(["as each file shows", "point", "comma"]),
        distance=st.integers(0, 1),
        time=st.integers(0, 1),
        pain=st.integers(0, 1),
        exercise=st.integers(0, 1),
        repetitions=st.integers(0, 1),
        load=st.integers(0, 1),
    ),
)
@settings(max_examples=150, deadline=None)
def test_any_cells_are_read_or_refused(cells: list[list[str]], how: Mapping) -> None:
    text = "\n".join(",".join(row) for row in [["Date", "What"], ["2024-01-02", "5"], *cells])
    try:
        found = look("a.csv", text.encode(errors="replace"))
    except UnreadableFileError:  # too many control characters for a text
        return
    list(mapping.read("a.csv", found, how, ZoneInfo("Europe/Berlin")))


def test_a_workbook_of_far_cells_and_huge_gaps_ends_soon() -> None:
    rows = "".join(f'<row r="{row}"><c r="SF{row}"><v>1</v></c></row>' for row in range(1, 60_000))
    last = '<row r="1048576"><c r="A1048576"><v>4</v></c></row>'
    xmlns = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    sheet = f'<worksheet xmlns="{xmlns}"><sheetData>{{}}{last}</sheetData></worksheet>'
    parts = zipfile.ZipFile(io.BytesIO(workbook(("a", "b"))))
    for filling in (rows, ""):
        packed = io.BytesIO()
        with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as again:
            for part in parts.namelist():
                again.writestr(part, sheet.format(filling) if part.endswith("sheet1.xml") else parts.read(part))
        start = time.perf_counter()
        with pytest.raises(UnreadableFileError):
            read(packed.getvalue())
        assert time.perf_counter() - start < 5
