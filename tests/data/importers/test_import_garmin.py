"""Garmin Connect's table against the truth that the samples' manifest states, and the layouts that no sample has."""

import unicodedata
from datetime import UTC, datetime

import pandas as pd
import pytest

from data.importers import ImportResult, NeedsMappingError, UnreadableFileError, read_file
from tests.data.importers.samples import sample

LONG_RUN = ("2026-02-01 08:10:05", 21130.0, 7120.0)
TREADMILL = ("2026-02-03 19:00:00", 8000.0, 2710.0)
TRUTH = {  # MANIFEST.md, and the rows' Time: start on the clock, metres, seconds
    "made_english_metric": [LONG_RUN, TREADMILL, ("2026-02-08 09:00:00", 15020.0, 6019.6)],
    "made_english_decimal_comma": [LONG_RUN, ("2026-02-06 18:00:00", 9330.0, 2659.6)],
    "made_german": [LONG_RUN, TREADMILL],
    "made_french": [LONG_RUN, TREADMILL],
    "made_spanish": [LONG_RUN, TREADMILL],
}
HEADER = "Activity Type,Date,Favorite,Title,Distance,Calories,Time"
ROW = "Running,2025-01-01 08:00:00,false,Morning,10.00,600,00:50:00"


def read(*lines: str, **settings: str) -> ImportResult:
    return read_file("Activities.csv", "\n".join(lines).encode(), **settings)


def amounts(result: ImportResult) -> list[tuple[str, float, float]]:
    starts = result.runs["start"].dt.strftime("%Y-%m-%d %H:%M:%S")
    return list(zip(starts, result.runs["distance_m"], result.runs["duration_s"], strict=True))


@pytest.mark.parametrize("name", TRUTH)
def test_a_sample_has_the_runs_that_the_manifest_states(name: str) -> None:
    result = read_file(f"{name}.csv", sample(f"garmin_csv/{name}.csv"))
    assert amounts(result) == TRUTH[name]
    assert [note.position for note in result.notes] == ["the distances"] and result.problems == ()
    assert set(result.runs["source"]) == {"garmin"}


def test_the_written_day_is_the_local_day_and_the_start_is_in_the_runners_zone() -> None:
    runs = read(HEADER, ROW.replace("08:00:00", "00:30:00"), timezone="Europe/Berlin").runs
    assert list(runs["start"]) == [pd.Timestamp(datetime(2024, 12, 31, 23, 30, tzinfo=UTC))]
    assert list(runs["local_date"]) == [pd.Timestamp("2025-01-01")]


def test_the_runners_unit_is_that_of_the_distances_and_is_said() -> None:
    result = read(HEADER, ROW, unit="mi")
    assert list(result.runs["distance_m"]) == [pytest.approx(16093.44)]
    assert "read as miles" in result.notes[0].reason
    assert "read as kilometres" in read(HEADER, ROW).notes[0].reason


@pytest.mark.parametrize(
    ("name", "metres"),
    [("Distance (km)", 10_000), ("Distanz [km]", 10_000), ("Distance (mi)", 16_093.44), ("distancia(m)", 10)],
)
@pytest.mark.parametrize("unit", ["km", "mi"])
def test_a_unit_in_the_heading_is_that_of_the_distances(name: str, metres: float, unit: str) -> None:
    result = read(HEADER.replace("Distance", name).replace("Time", "Time (h:m:s)"), ROW, unit=unit)
    assert amounts(result) == [("2025-01-01 08:00:00", pytest.approx(metres), 3000.0)]
    assert not result.notes


def test_distances_in_a_unit_that_is_not_known_are_said() -> None:
    result = read(HEADER.replace("Distance", "Distance (yd)"), ROW)
    assert list(result.runs["distance_m"].isna()) == [True]
    assert [note.reason.partition(",")[0] for note in result.notes] == [
        "'Distance (yd)' names a unit that is not known here"
    ]
    both = read(HEADER.replace("Distance", "Distance (yd)") + ",Distance (km)", ROW + ",9")
    assert list(both.runs["distance_m"]) == [9_000]


def test_the_same_run_has_the_same_name_in_every_language() -> None:
    english = read_file("a.csv", sample("garmin_csv/made_english_metric.csv")).runs["source_id"]
    german = read_file("a.csv", sample("garmin_csv/made_german.csv")).runs["source_id"]
    assert list(english)[:2] == list(german)


def test_strength_and_rides_are_skipped_and_walks_are_walks() -> None:
    result = read(
        HEADER,
        ROW.replace("Running", "Strength Training"),
        ROW.replace("Running", "Cycling"),
        ROW.replace("Running", "Walking"),
        ROW.replace("Running", "Hiking").replace("08:00", "09:00"),
        ROW.replace("Running", ""),
    )
    assert list(result.runs["sport"]) == ["walk", "walk"]
    assert [entry.position for entry in result.skipped] == ["row 2", "row 3"]
    assert "Log the session" in result.skipped[0].reason
    assert "which sport" in result.problems[0].reason


@pytest.mark.parametrize(
    ("header", "kind"),
    [
        ("Aktivitetstyp,Datum,Favorit,Namn,Distans,Kalorier,Tid", "Löpning"),
        ("Tipo de atividade,Data,Favorito,Título,Distância,Calorias,Tempo", "Corrida em esteira"),
        ("Tipo de atividade,Data,Favorito,Título,Distância,Calorias,Tempo total", "Corrida"),
        ("Type d’activité,Date,Favori,Titre,Distance,Calories,Durée", "Course à pied sur piste"),
        ("Activity Type,Date,Favorite,Title,Distance,Calories,Activity Time", "Virtual Running"),
        ("Activiteittype,Datum,Favoriet,Titel,Afstand,Calorieën,Tijd", "Hardlopen"),
        ("Tipo di attività,Data,Preferita,Titolo,Distanza,Calorie,Tempo", "Corsa"),
        ("Aktivitetstype,Dato,Favoritt,Tittel,Distanse,Totale kalorier,Tid", "Løping"),
        ("アクティビティタイプ,日付,お気に入り,タイトル,距離,カロリー,タイム", "ラン"),
    ],
)
def test_further_languages_and_headings(header: str, kind: str) -> None:
    assert amounts(read(header, ROW.replace("Running", kind))) == [("2025-01-01 08:00:00", 10000.0, 3000.0)]


def test_a_dutch_ride_is_no_run() -> None:
    header = "Activiteittype,Datum,Favoriet,Titel,Afstand,Calorieën,Tijd"
    result = read(header, ROW.replace("Running", "Fietsen").replace("10.00", '"60,12"'))
    assert result.runs.empty
    assert [entry.reason for entry in result.skipped] == ["Fietsen, not a run."]


def test_the_german_layout_of_2012() -> None:
    header = "Favorit,Aktivitätsname,Aktivitätstyp,Course,Start,Zeit,Distanz,Positiver Höhenunterschied,"
    result = read(header, 'false,Runde,Laufen,--,"Sa, 17. Nov 2012 8:09",57:07,"10,05",12,')
    assert amounts(result) == [("2012-11-17 08:09:00", 10050.0, 3427.0)]


@pytest.mark.parametrize("whole_header", [True, False])
def test_rows_that_are_quoted_as_a_whole(whole_header: bool) -> None:
    row = '"Running,2025-01-0{} 08:00:00,false,Morning,""10,0"",600,00:50:00"'
    result = read(f'"{HEADER}"' if whole_header else HEADER, row.format(1), row.format(2))
    assert list(result.runs["distance_m"]) == [10000.0, 10000.0]


def test_a_track_run_of_thousands_is_in_metres() -> None:
    result = read(HEADER, ROW.replace("Running", "Track Running").replace("10.00", '"9,330"'))
    assert list(result.runs["distance_m"]) == [9330.0]


def test_missing_amounts_are_unknown_and_a_row_without_any_is_a_problem() -> None:
    result = read(HEADER, ROW.replace("10.00", "--"), ROW.replace("10.00", "--").replace("00:50:00", "--"))
    assert result.runs["distance_m"].isna().tolist() == [True]
    assert "neither a distance nor a time" in result.problems[0].reason


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (("2025-01-01 08:00:00", "3/4/2025 8:00"), "'3/4/2025 8:00'"),
        (("10.00", "ten"), "'ten'"),
        (("00:50:00", "soon"), "'soon'"),
        (("2025", "1970"), "1970-01-01"),
        (("2025", "2101"), "2101-01-01"),
        (("10.00", "999"), "999.00 km"),
        (("600,", "600,7,8,"), "9 values under 7 headings"),
    ],
)
def test_bad_rows_say_why_and_the_others_are_imported(change: tuple[str, str], words: str) -> None:
    good = ROW.replace("2025-01-01", "2025-02-01")
    result = read(HEADER, ROW.replace(*change), good)
    assert list(result.runs["source_id"]) == ["2025-02-01T08:00:00 run"]
    assert words in result.problems[0].reason
    assert result.problems[0].position == "row 2"


def test_a_spreadsheets_dates_are_read_when_the_column_shows_their_order() -> None:
    result = read(
        HEADER, ROW.replace("2025-01-01", "3/14/2025"), ROW.replace("2025-01-01 08:00:00", "3/4/2025 6:10 PM")
    )
    assert [start for start, *_ in amounts(result)] == ["2025-03-14 08:00:00", "2025-03-04 18:10:00"]


def test_a_table_without_rows_is_refused() -> None:
    with pytest.raises(UnreadableFileError, match="Garmin export, but no activity"):
        read(HEADER)


def test_intervals_icu() -> None:
    header = "id,start_date_local,name,type,moving_time,distance,elapsed_time,icu_rpe"
    result = read(
        header,
        "i1,2024-07-01T07:30:00,Easy,Run,3000,10000.5,3100,4",
        "i2,2024-07-02T07:30:00,Belt,VirtualRun,,5000,1800,",
        "i3,2024-07-03T07:30:00,Stroll,Walk,600,900,600,",
        "i4,2024-07-04T07:30:00,Spin,Ride,3600,30000,3600,",
        "i5,someday,Lost,Run,3600,9000,3600,",
        "i6,2024-07-06T07:30:00,Laps,TrackRun,1500,5000,1500,",
        "i7,2024-07-07T07:30:00,Hills,Hike,7200,8000,7200,",
        "i8,2024-07-08T07:30:00,Gym,WeightTraining,1800,,1800,",
        timezone="Europe/Berlin",
    )
    assert amounts(result)[:2] == [("2024-07-01 05:30:00", 10000.5, 3000.0), ("2024-07-02 05:30:00", 5000.0, 1800.0)]
    assert list(result.runs["sport"]) == ["run", "run", "walk", "run", "walk"]
    assert list(result.runs["source_id"]) == ["i1", "i2", "i3", "i6", "i7"]
    assert list(result.runs["effort"])[0] == 4
    assert [item.reason for item in result.skipped] == ["Ride, not a run.", "WeightTraining, not a run."]
    assert "'someday'" in result.problems[0].reason


@pytest.mark.parametrize(
    ("sport", "runs"),
    [
        ("RUNNING", 1),
        ("TREADMILL_RUNNING", 1),
        ("TRACK_AND_FIELD_RUNNING", 1),
        ("Trail running", 1),
        ("HIKING", 1),
        ("CYCLING", 0),
        ("STRENGTH_TRAINING", 0),
    ],
)
def test_a_session_of_polar_flow(sport: str, runs: int) -> None:
    result = read(
        "Name,Sport,Date,Start time,Duration,Total distance (km),Average heart rate (bpm),Notes,",
        f'A runner,{sport},20-06-2018,11:17:03,00:30:08,4.48,156,"Warm, slow",',
        "Sample rate,Time,HR (bpm),Speed (km/h),",
        "1,00:00:00,95,3.7,",
    )
    assert len(result.runs) == runs
    assert len(result.skipped) == 1 - runs
    assert amounts(result) == [("2018-06-20 11:17:03", 4480.0, 1808.0)][:runs]


@pytest.mark.parametrize(
    ("name", "written", "day", "is_noted"),
    [
        ("session.csv", "20-06-2018", "2018-06-20", False),
        ("session.csv", "05-06-2018", "2018-06-05", False),
        ("session.csv", "06/20/2018", "2018-06-20", False),
        ("session.csv", "05/06/2018", "2018-06-05", True),
        ("Ada_Runner_2018-05-06_11-17-03.CSV", "05/06/2018", "2018-05-06", False),
        ("Ada_Runner_2018-06-05_11-17-03.CSV", "05/06/2018", "2018-06-05", False),
        ("session.csv", "2018-05-06", "2018-05-06", False),
        ("session.csv", "05/05/2018", "2018-05-05", False),
    ],
)
def test_polar_writes_dates_as_the_account_does(name: str, written: str, day: str, is_noted: bool) -> None:
    row = f"RUNNING,{written},11:17:03,00:30:08,4.48"
    result = read_file(name, f"Sport,Date,Start time,Duration,Total distance (km)\n{row}\n".encode())
    assert [str(found.date()) for found in result.runs["local_date"]] == [day]
    assert [note.reason for note in result.notes] == is_noted * [
        "The date is '05/06/2018', which was read with the day first: 5 June 2018. Check it."
    ]


@pytest.mark.parametrize("sep", ["sep=,\n", '"sep=,"\r\n', "SEP=,\n"])
def test_a_line_for_excel_is_no_heading(sep: str) -> None:
    told = f"{sep}Sport,Date,Start time,Duration,Total distance (km)\nRUNNING,20-06-2018,11:17:03,00:30:08,4.48\n"
    assert len(read_file("a.csv", told.encode()).runs) == 1


def test_letters_may_be_apart_from_their_accents() -> None:
    headings, row = (
        "Type d'activité,Date,Favori,Distance,Durée",
        "Course à pied,2024-07-01 07:30:00,false,5.01,00:25:00",
    )
    told = f"{headings}\n{row}\n"
    whole, apart = (read_file("a.csv", unicodedata.normalize(form, told).encode()) for form in ("NFC", "NFD"))
    assert list(whole.runs["distance_m"]) == list(apart.runs["distance_m"]) == [5010.0]


RUNKEEPER = (
    "Activity Id,Date,Type,Route Name,Distance ({}),Duration,Average Pace,Notes,GPX File\n"
    'a1,2019-05-04 16:35:09,Running,River,3.10,28:30,9:11,"Easy, with ""strides""",2019-05-04-163509.gpx\n'
    "a2,2019-05-06 06:10:00,Strength Training,,0.00,45:00,,,\n"
    "a3,someday,Running,,3.10,28:30,9:11,,\n"
    "a4,2019-05-07 06:10:00,Walking,,1.00,1:02:10,,,\n"
)


@pytest.mark.parametrize(("unit", "metres"), [("km", 1000.0), ("mi", 1609.344)])
def test_the_table_of_runkeeper(unit: str, metres: float) -> None:
    result = read_file("cardioActivities.csv", RUNKEEPER.format(unit).encode(), "America/New_York")
    assert list(result.runs["start"]) == [
        datetime(2019, 5, 4, 20, 35, 9, tzinfo=UTC),
        datetime(2019, 5, 7, 10, 10, tzinfo=UTC),
    ]
    assert list(result.runs["distance_m"]) == [3.1 * metres, metres]
    assert list(result.runs["duration_s"]) == [1710.0, 3730.0]
    assert list(result.runs["sport"]) == ["run", "walk"]
    assert [skipped.reason for skipped in result.skipped] == ["Strength Training, not a run."]
    assert "'someday'" in result.problems[0].reason


@pytest.mark.parametrize(
    "table",
    [
        "Activity Type,Date,Title,Distance,Calories,Time\nRunning,2024-07-01 07:30:00,Easy,5.02,400,00:25:00\n",
        "Typ aktywności;Data;Tytuł;Dystans;Kalorie;Czas\nBieganie;01.07.2024 07:30;Bieg;5,02;400;00:25:00\n",
        "活动类型,日期,我的最爱,标题,距离,热量消耗,时间\n跑步,2024-07-01 07:30:00,false,跑,5.02,364,00:25:00\n",
        "アクティビティタイプ,日付,タイトル,距離,カロリー,タイム\nラン,2024-07-01 07:30:00,ラン,5.02,600,00:25:00\n",
        'Aktivitetstyp,Datum,Favorit,Namn,Sträcka,Tid\nLöpning,2024-07-01 07:30:00,false,Lund,"5,02",00:25:00\n',
    ],
)
def test_garmins_table_in_more_languages_and_without_favourites(table: str) -> None:
    result = read_file("Activities.csv", table.encode())
    assert amounts(result) == [("2024-07-01 07:30:00", 5020.0, 1500.0)]
    assert list(result.runs["source"]) == ["garmin"]


def test_a_runners_own_words_under_such_headings_are_no_table_of_garmin() -> None:
    rows = "".join(f"{word},2024-07-0{at},Home,5.02,00:25:00\n" for at, word in enumerate(("Easy", "Tempo", "Run"), 1))
    with pytest.raises(NeedsMappingError):
        read_file("diary.csv", f"Activity Type,Date,Title,Distance,Time\n{rows}".encode())


def test_a_heading_of_distances_that_is_not_known_is_said() -> None:
    result = read(
        "Activity Type,Date,Favorite,Title,Länge,Time", "Running,2024-07-01 07:30:00,false,Easy,5.02,00:25:00"
    )
    assert [note.reason for note in result.notes] == [
        "No heading is one of a distance that is known here, so the runs have none. Name the column 'Distance', and "
        "choose the file again."
    ]
