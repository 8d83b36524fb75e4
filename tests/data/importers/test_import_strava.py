"""Strava's tables against the truth that the samples' manifest states, and the layouts no sample has."""

import math

import pandas as pd
import pytest

from data.importers import ImportResult, NeedsMappingError, UnreadableFileError, read_file
from tests.data.importers.samples import sample

# MANIFEST.md, and the rows' Moving Time: id, start UTC, metres, seconds.
TRUTH = [
    ("900001", "2015-08-15 14:45:08", 9008.22, 2832),
    ("900002", "2017-01-17 17:06:47", 6753.99, 3424),
    ("900003", "2013-02-06 12:11:14", 4835.38, 2625),
    ("900006", "2024-03-31 00:30:00", 8000.0, 3000),
    ("900007", "2024-12-31 23:50:00", 5000.0, 1800),
    ("900008", "2025-02-03 06:15:00", 11250.5, 5230),
    ("900011", "2025-02-09 09:00:00", 5200.0, 1800),
]
# The layout of 2019 has no moving time: row 900003 was paused for 75 seconds.
TRUTH_2019 = [row if row[0] != "900003" else (*row[:3], 2700) for row in TRUTH[:4]]
HEADER_2019 = (
    "Activity ID,Activity Date,Activity Name,Activity Type,Activity Description,Elapsed Time,Distance,Commute,"
    "Activity Gear,Filename"
)
ROW_2019 = '17,"Sep 12, 2018, 3:02:23 PM",Evening,Run,,1800,5.02,false,,a.fit'
SPAN = '<span class=""translation_missing"" title=""translation missing: en-US.lib.export.{0}"">{1}</span>'


def read(text: str, timezone: str = "UTC") -> ImportResult:
    return read_file("activities.csv", text.encode(), timezone)


def table(header: str, *rows: str) -> str:
    return "\n".join((header, *rows)) + "\n"


def amounts(result: ImportResult) -> list[tuple[str, str, float, float]]:
    frame = result.runs[result.runs["sport"] == "run"]
    starts = frame["start"].dt.strftime("%Y-%m-%d %H:%M:%S")
    return list(zip(frame["source_id"], starts, frame["distance_m"], frame["duration_s"], strict=True))


@pytest.mark.parametrize(
    "name", ["made_activities_103col.csv", "made_activities_de_92col.csv", "made_export_103col.zip"]
)
def test_a_sample_has_the_runs_that_the_manifest_states(name: str) -> None:
    result = read_file(name, sample(f"strava/{name}"))
    assert amounts(result) == TRUTH
    assert [entry.position for entry in result.skipped] == ["row 5", "row 10", "row 11"]
    assert list(result.runs["position"][result.runs["sport"] == "walk"]) == ["row 6"]
    assert result.problems == ()
    assert set(result.runs["source"]) == {"strava"}
    assert list(result.runs["name"])[:2] == ["Steady run", "Track, foot pod"]


def test_the_layout_of_2019_has_distances_to_ten_metres() -> None:
    result = read_file("a.csv", sample("strava/made_activities_2019_10col_crlf.csv"))
    for (found_id, found_start, metres, seconds), stated in zip(amounts(result), TRUTH_2019, strict=True):
        assert (found_id, found_start, seconds) == (stated[0], stated[1], stated[3])
        assert metres == pytest.approx(stated[2], rel=0.005)


def test_bad_rows_say_why_and_the_others_are_imported() -> None:
    result = read_file("a.csv", sample("strava/made_activities_bad_rows.csv"))
    assert amounts(result) == TRUTH[2:]
    assert [problem.position for problem in result.problems] == ["row 2", "row 3", "row 13"]
    for problem, value in zip(result.problems, ("'yesterday'", "'#error#'", "'Feb 30, 2025, 6:00:00 AM'"), strict=True):
        assert value in problem.reason


def test_a_zip_that_names_files_it_has_not_keeps_its_rows() -> None:
    result = read_file("export.zip", sample("malformed/made_strava_zip_missing_and_traversal.zip"))
    assert amounts(result) == [
        ("1", "2018-09-12 15:02:23", 5000.0, 1800.0),
        ("2", "2018-09-13 15:02:23", 5000.0, 1800.0),
    ]
    assert result.problems == ()


def test_the_runs_frame_has_the_same_columns_and_dtypes_when_it_is_empty() -> None:
    full = read(table(HEADER_2019, ROW_2019)).runs
    empty = read(table(HEADER_2019, ROW_2019.replace("Run", "Ride"))).runs
    assert empty.empty
    pd.testing.assert_series_equal(full.dtypes, empty.dtypes)
    assert str(full.dtypes["start"]) == "datetime64[s, UTC]"
    assert str(full.dtypes["local_date"]) == "datetime64[s]"


@pytest.mark.parametrize(
    ("timezone", "day"),
    [("UTC", "2024-12-31"), ("Europe/Berlin", "2025-01-01"), ("America/New_York", "2024-12-31")],
)
def test_the_local_day_is_the_one_in_the_runners_zone(timezone: str, day: str) -> None:
    runs = read_file("a.csv", sample("strava/made_activities_103col.csv"), timezone).runs
    assert runs.set_index("source_id").loc["900007", "local_date"] == pd.Timestamp(day)


def test_the_layout_before_july_2019_has_metres_and_iso_dates() -> None:
    header = "id,date,name,type,description,elapsed_time,distance,commute,gear,filename"
    result = read(table(header, "17,2018-09-12 15:02:23,Evening,Run,,1800,5020.5,false,,a.fit"))
    assert amounts(result) == [("17", "2018-09-12 15:02:23", 5020.5, 1800.0)]


def test_headings_in_html_spans_are_read() -> None:
    spans = [f'"{SPAN.format(label.lower(), label)}"' for label in ("Type", "Start Time")]
    header = f"{HEADER_2019},Elapsed Time,Moving Time,Distance,Perceived Exertion,{','.join(spans)},Media"
    result = read(table(header, f"{ROW_2019},1800.0,1750.0,5021.7,6.0,Run,0,"))
    assert amounts(result) == [("17", "2018-09-12 15:02:23", 5021.7, 1750.0)]
    assert list(result.runs["effort"]) == [6.0]


@pytest.mark.parametrize(
    ("header", "row"),
    [
        (
            "ID de l’activité,Date de l'activité,Nom de l'activité,Type d'activité,"
            "Description de l'activité,Temps écoulé,Distance,Temps écoulé,Durée de déplacement,Distance",
            '17,24 mai 2012 à 16:27:40,Tour,Course à pied,,1800,"5,02",1800.0,1750.0,5021.7',
        ),
        (
            "Activiteits-ID,Datum van activiteit,Naam activiteit,Activiteitstype,"
            "Verstreken tijd,Afstand,Beweegtijd,Afstand",
            '17,24 mei 2012 16:27:40,Ronde,Hardloopsessie,1800,"5,02",1750.0,5021.7',
        ),
        (
            "ID de actividad,Fecha de la actividad,Nombre de la actividad,Tipo de actividad,"
            "Tiempo transcurrido,Distancia,Tiempo en movimiento,Distancia",
            '17,"24 may. 2012, 16:27:40",Vuelta,Carrera,1800,"5,02",1750.0,5021.7',
        ),
    ],
)
def test_french_dutch_and_spanish(header: str, row: str) -> None:
    assert amounts(read(table(header, row))) == [("17", "2012-05-24 16:27:40", 5021.7, 1750.0)]


ITALIAN = (
    "ID attività,Data attività,Nome attività,Tipo di attività,Descrizione,Tempo trascorso,Distanza,Frequenza max,"
    "Sforzo relativo,Pendolarismo,Nota privata,Attrezzatura,Nome del file,Peso atleta,Peso bici,Tempo trascorso,"
    "Tempo in movimento,Distanza,Velocità max"
)
ITALIAN_ROW = '17,{},Giro,{},,1800,"5,02",,,false,,,activities/17.fit.gz,,,1800.0,1750.0,5021.7,3.1'
SHORT = "アクティビティ ID,日付,名前,種類,説明,経過時間,距離,通勤,ギア,ファイル名"


@pytest.mark.parametrize(
    ("written", "kind"),
    [
        ('"24 mag 2012, 16:27:40"', "Corsa"),
        ('"24 de mai. de 2012, 16:27:40"', "Corrida"),
        ('"24/05/2012, 16:27:40"', "Corrida"),
        ("2012/05/24 16:27:40", "ランニング"),
        ("2012年5月24日 16:27:40", "跑步"),
        ("2012年5月24日 下午4:27:40", "跑步"),
        ("2012/5/24 下午 4:27:40", "越野跑"),
        ("2012. 5. 24. 오후 4:27:40", "달리기"),
        ("2012년 5월 24일 오후 4:27:40", "러닝"),
        ('"24 maj 2012, 16:27:40"', "Bieg"),
        ('"24 мая 2012 г., 16:27:40"', "Бег"),
        ("24. maj 2012 16.27.40", "Løb"),
        ("24. 5. 2012 16:27:40", "Běh"),
        ("24.5.2012 klo 16.27.40", "Juoksu"),
    ],
)
def test_an_export_in_any_language_is_known_by_the_order_of_its_columns(written: str, kind: str) -> None:
    ride = ITALIAN_ROW.format(written, "Pedalata").replace("17", "18").replace("activities/18.fit.gz", "")
    result = read(table(ITALIAN, ITALIAN_ROW.format(written, kind), ride))
    assert amounts(result) == [("17", "2012-05-24 16:27:40", 5021.7, 1750.0)]
    assert [entry.reason for entry in result.skipped] == ["Pedalata, not a run."]
    assert result.problems == ()


@pytest.mark.parametrize(
    ("written", "clock"),
    [
        ("오전 12:05:00", "00:05:00"),
        ("오후 12:05:00", "12:05:00"),
        ("午前0:05:00", "00:05:00"),
        ("午後0:05:00", "12:05:00"),
    ],
)
def test_noon_and_midnight_in_the_east(written: str, clock: str) -> None:
    result = read(table(ITALIAN, ITALIAN_ROW.format(f"2012/5/24 {written}", "Run")))
    assert amounts(result) == [("17", f"2012-05-24 {clock}", 5021.7, 1750.0)]


def test_the_short_layout_is_known_by_its_order_too() -> None:
    result = read(table(SHORT, "17,2024/05/01 6:00:00,朝,ラン,,1800,5.02,false,,activities/17.gpx"), "Asia/Tokyo")
    assert amounts(result) == [("17", "2024-05-01 06:00:00", 5020.0, 1800.0)]
    assert list(result.runs["local_date"]) == [pd.Timestamp("2024-05-01")]


@pytest.mark.parametrize(
    "row",
    [
        "17,2024/05/01 6:00:00,a,Qwert,,1800,5.02,,,activities/17.gpx",
        "17,2024/05/01 6:00:00,a,Run,,1800,5.02,,,17.gpx",
        "a,2024/05/01 6:00:00,a,Run,,1800,5.02,,,activities/17.gpx",
        "17,soon,a,Run,,1800,5.02,,,activities/17.gpx",
    ],
    ids=["no known sport", "no file of an export", "no number", "no date"],
)
def test_a_table_that_only_looks_alike_is_not_taken_for_stravas(row: str) -> None:
    with pytest.raises(NeedsMappingError):
        read(table("a,b,c,d,e,f,g,h,i,j", row))


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("Sep 12, 2018, 3:02:23\u202fPM", "2018-09-12 15:02:23"),
        ("Sep 12, 2018, 12:02:23 AM", "2018-09-12 00:02:23"),
        ("12 Sept 2018, 15:02:23", "2018-09-12 15:02:23"),
        ("20.09.2026, 14:12:12", "2026-09-20 14:12:12"),
        ("6 mrt. 2024 14:23:15", "2024-03-06 14:23:15"),
        ("3 août 2023 à 07:00:01", "2023-08-03 07:00:01"),
        ("1 févr. 2023 à 07:00:01", "2023-02-01 07:00:01"),
        ("30 juin 2023 à 07:00:01", "2023-06-30 07:00:01"),
        ("14 juil. 2023 à 07:00:01", "2023-07-14 07:00:01"),
        ("12 de diciembre de 2020, 8:05:00", "2020-12-12 08:05:00"),
        ("24 may 2012 4:27:40 p. m.", "2012-05-24 16:27:40"),
        ("3 paź 2023, 07:00:01", "2023-10-03 07:00:01"),
        ("3 июня 2023 г., 07:00:01", "2023-06-03 07:00:01"),
        ("3 de set. de 2023 07:00:01", "2023-09-03 07:00:01"),
    ],
)
def test_dates_as_strava_writes_them(written: str, meant: str) -> None:
    result = read(table(HEADER_2019, ROW_2019.replace("Sep 12, 2018, 3:02:23 PM", written)))
    assert [start for _, start, *_ in amounts(result)] == [meant]


@pytest.mark.parametrize(
    "written", ["", "13:00", "Sep 31, 2018, 3:02:23 PM", "Sep 12, 2018, 13:02:23 PM", "12/09/2018 15:02:23"]
)
def test_other_dates_are_problems_not_guesses(written: str) -> None:
    result = read(table(HEADER_2019, ROW_2019.replace("Sep 12, 2018, 3:02:23 PM", written)))
    assert result.runs.empty
    assert f"'{written}'" in result.problems[0].reason


@pytest.mark.parametrize(
    "kind", ["Run", "Trail Run", "VirtualRun", "Lauf", "Traillauf", "Course à pied", "Hardloopsessie"]
)
def test_every_kind_of_run_counts(kind: str) -> None:
    assert len(read(table(HEADER_2019, ROW_2019.replace("Run", kind))).runs) == 1


@pytest.mark.parametrize("kind", ["Ride", "Skilanglauf", "Schwimmen", "Weight Training", "Vélo", "Workout"])
def test_other_kinds_do_not(kind: str) -> None:
    result = read(table(HEADER_2019, ROW_2019.replace("Run", kind)))
    assert result.runs.empty
    assert [entry.reason for entry in result.skipped] == [f"{kind}, not a run."]


@pytest.mark.parametrize("kind", ["Walk", "Hike", "Race Walk", "Spaziergang", "Wanderung", "Marche", "Wandeling"])
def test_a_walk_is_told_apart_and_left_to_the_runners_choice(kind: str) -> None:
    assert list(read(table(HEADER_2019, ROW_2019.replace("Run", kind))).runs["sport"]) == ["walk"]


@pytest.mark.parametrize(
    ("cell", "metres"),
    [("5.02", 5020), ('"5,02"', 5020), ('"1,073"', None), ('"0,158"', None), ("0.158", 158), ("0.00", math.nan)],
)
def test_display_distances_of_the_english_export(cell: str, metres: float | None) -> None:
    """A comma before three digits is a thousands sign there: 1,073 km is no run, and neither are 158 km in 30 min."""
    result = read(table(HEADER_2019, ROW_2019.replace("5.02", cell)))
    found = list(result.runs["distance_m"])
    assert found == ([] if metres is None else [pytest.approx(metres, nan_ok=True)])
    assert len(result.problems) == (metres is None)


def test_a_decimal_comma_in_the_german_export_is_a_decimal_comma() -> None:
    header = "Aktivitäts-ID,Aktivitätsdatum,Name der Aktivität,Aktivitätsart,Verstrichene Zeit,Distanz"
    result = read(table(header, '17,"20.09.2026, 14:12:12",Runde,Lauf,1800,"0,158"'))
    assert list(result.runs["distance_m"]) == [pytest.approx(158)]


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (("5.02", "501"), "501.00 km"),
        (("5.02", "-3"), "-3.00 km"),
        (("1800,5.02", "-60,"), "-60 seconds"),
        (("1800", "nan"), "'nan'"),
        (("5.02", "1e999"), "'1e999'"),
        (("1800,5.02", ","), "neither a distance nor a time"),
        (("2018", "1999"), "1999-09-12"),
        (("2018", "2101"), "2101-09-12"),
        (("17,", "=cmd(),"), "'=cmd()'"),
        (("Run", ""), "which sport"),
        (("a.fit", "a.fit,stray,cell"), "12 values under 10 headings"),
    ],
)
def test_absurd_values_are_problems_that_repeat_them(change: tuple[str, str], words: str) -> None:
    good = ROW_2019.replace("17,", "18,", 1)
    result = read(table(HEADER_2019, ROW_2019.replace(*change, 1), good))
    assert list(result.runs["source_id"]) == ["18"]
    assert words in result.problems[0].reason
    assert result.problems[0].position == "row 2"


def test_effort_outside_the_scale_is_unknown_and_keeps_the_run() -> None:
    header = f"{HEADER_2019},Perceived Exertion"
    result = read(
        table(header, f"{ROW_2019},40", f"{ROW_2019.replace('17', '18', 1)},", f"{ROW_2019.replace('17', '19', 1)},0")
    )
    assert [None if math.isnan(value) else value for value in result.runs["effort"]] == [None, None, 0]


def test_a_quotation_mark_that_is_never_closed_costs_its_own_row_only() -> None:
    broken = '16,"Sep 12, 2018, 3:02:23 PM",Evening,Run,"no end,1800,5.02,false,,a.fit'
    others = [ROW_2019.replace("17", str(number), 1) for number in range(20, 30)]
    result = read(table(HEADER_2019, broken, *others))
    assert list(result.runs["source_id"]) == [str(number) for number in range(20, 30)]
    assert [problem.position for problem in result.problems] == ["row 2"]


def test_a_repeated_activity_counts_once() -> None:
    result = read(table(HEADER_2019, ROW_2019, ROW_2019))
    assert len(result.runs) == 1
    assert result.skipped[0].reason == "The same run as row 2, so it counts once."


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
@pytest.mark.parametrize("line_end", ["\n", "\r\n", "\r"])
def test_encodings_and_line_ends(encoding: str, line_end: str) -> None:
    text = table(HEADER_2019, ROW_2019.replace("Evening", "Früh"), "", "").replace("\n", line_end)
    assert list(read_file("a.csv", text.encode(encoding)).runs["name"]) == ["Früh"]


@pytest.mark.parametrize("delimiter", [";", "\t"])
def test_a_table_saved_again_by_a_spreadsheet(delimiter: str) -> None:
    row = delimiter.join(["17", "2018-09-12 15:02:23", "Evening", "Run", "", "1800", "5,02", "", "", ""])
    assert amounts(read(table(HEADER_2019.replace(",", delimiter), row)))[0][2] == pytest.approx(5020)


def test_names_are_one_printable_line_of_bounded_length() -> None:
    name = '"a\x00b\nc' + "d" * 500 + '"'
    (kept,) = read(table(HEADER_2019, ROW_2019.replace("Evening", name))).runs["name"]
    assert kept.startswith("a b cddd")
    assert len(kept) == 200


def test_a_table_without_rows_is_refused_with_its_name() -> None:
    with pytest.raises(
        UnreadableFileError, match="^activities.csv has the columns of a Strava export, but no activity"
    ):
        read(table(HEADER_2019))
