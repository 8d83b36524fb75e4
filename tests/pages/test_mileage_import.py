"""Mileage, import: looked at before it is stored, added once, told apart from what is there, undone as a whole."""

import gzip
import io
import re
import time
import zipfile
from datetime import timedelta

import pytest

from data import imports
from data.imports import Progress
from tests.data.importers.samples import sample
from tests.pages.book import NOW

TABLE = "strava/made_activities_103col.csv"
EXPORT = "strava/made_export_103col.zip"
BAD_ROWS = "strava/made_activities_bad_rows.csv"
WATCH = "fit/fitparse__activity-small-fenix2-run.fit"  # the watch's own file of Strava's 900001
RUNS = 7  # in the Strava samples, as shared/samples/MANIFEST.md states
UNDO = "Take them out"


def upload(shown, *names):
    return shown.upload(*((name.rpartition("/")[2], sample(name)) for name in names))


def heading(shown):
    return next(line for line in shown.text.splitlines() if "there already" in line)


def test_nothing_is_stored_before_the_button(app, book):
    shown = upload(app("mileage"), TABLE)
    assert heading(shown) == "**7 runs to add**, 0 there already, 4 not counted, 0 to check, 0 with a problem."
    assert book.is_empty()


@pytest.mark.parametrize("name", [TABLE, EXPORT])
def test_a_strava_export_is_added(app, book, name):
    shown = upload(app("mileage"), name).press("Add 7 runs")
    assert shown.toast == "7 runs added."
    runs = {run["source_id"]: run["distance_m"] for run in book.read("run")}
    assert len(runs) == RUNS
    assert sum(runs.values()) == pytest.approx(9008.22 + 6753.99 + 4835.38 + 8000 + 5000 + 11250.5 + 5200)


def test_the_box_is_empty_afterwards(app):
    shown = upload(app("mileage"), TABLE).press("Add 7 runs")
    assert not shown.has("Add 7 runs")
    assert "to add" not in shown.text


def test_the_second_time_everything_is_there_already(app, book):
    upload(app("mileage"), TABLE).press("Add 7 runs")
    shown = upload(app("mileage"), EXPORT)
    assert heading(shown) == "**0 runs to add**, 7 there already, 4 not counted, 0 to check, 0 with a problem."
    assert "There is nothing new to add." in shown.text
    assert book.count("run") == RUNS


def test_the_button_pressed_in_two_tabs_adds_once(app, book):
    first, second = upload(app("mileage"), TABLE), upload(app("mileage"), TABLE)
    first.press("Add 7 runs")
    second.press("Add 7 runs")
    assert book.count("run") == RUNS


def test_a_run_from_a_watch(app, book):
    upload(app("mileage"), WATCH).press("Add 1 run")
    (run,) = book.read("run")
    assert (run["source"], run["distance_m"], run["duration_s"]) == ("fit", 9008.22, 2832.0)


def test_the_same_run_of_another_source_is_recognised(app, book):
    upload(app("mileage"), WATCH).press("Add 1 run")
    shown = upload(app("mileage"), TABLE)
    assert heading(shown).startswith("**6 runs to add**, 1 there already")
    shown.press("Add 6 runs")
    assert sorted(run["source"] for run in book.read("run")) == ["fit", *["strava"] * 6]


def test_the_same_run_in_two_of_the_chosen_files_is_added_once(app, book):
    shown = upload(app("mileage"), TABLE, WATCH).press("Add 7 runs")
    assert shown.errors == []
    assert book.count("run") == RUNS


def test_bad_rows_never_block_the_others(app, book):
    shown = upload(app("mileage"), BAD_ROWS)
    assert "with a problem" in heading(shown)
    assert "yesterday" in shown.text
    added = next(label for label in ("Add 7 runs", "Add 6 runs", "Add 5 runs") if shown.has(label))
    shown.press(added)
    assert book.count("run") >= 5
    assert "900003" in {run["source_id"] for run in book.read("run")}


@pytest.mark.parametrize("name", ["malformed/made_empty.fit", "malformed/fitparse__Settings.fit"])
def test_a_file_that_holds_no_run_says_why_and_stores_nothing(app, book, name):
    shown = upload(app("mileage"), name)
    assert heading(shown).startswith("**0 runs to add**")
    assert "There is nothing new to add." in shown.text
    assert name.rpartition("/")[2] in shown.text
    assert book.is_empty()


def test_a_bad_file_does_not_block_a_good_one(app, book):
    shown = upload(app("mileage"), "malformed/made_empty.fit", WATCH)
    assert heading(shown) == "**1 run to add**, 0 there already, 0 not counted, 0 to check, 1 with a problem."
    shown.press("Add 1 run")
    assert book.count("run") == 1


def test_what_is_to_check_is_no_problem(app, book):
    garmin = ("Activities.csv", sample("garmin_csv/made_english_metric.csv"))
    shown = app("mileage").upload(garmin)
    assert "1 to check, 0 with a problem." in heading(shown)
    assert "Activities.csv, the distances: Garmin's table names no unit." in shown.text
    added = next(label for label in (f"Add {number} runs" for number in range(2, 99)) if shown.has(label))
    shown.press(added)
    (import_id,) = {run["import_id"] for run in book.read("run")}
    shown.open_tab(f"report-{import_id}", True)
    assert "1 to check." in shown.text and "with a problem" not in shown.text


def test_a_run_of_tomorrow_is_refused_at_the_door(app, book):
    table = sample(TABLE).replace(b"Feb 9, 2025, 9:00:00 AM", b"Mar 9, 2026, 9:00:00 AM")
    shown = app("mileage").upload(("activities.csv", table))
    assert heading(shown).startswith("**6 runs to add**")
    assert "which is in the future" in shown.text


def test_an_import_is_undone_as_a_whole(app, book):
    shown = upload(app("mileage"), TABLE).press("Add 7 runs")
    assert "7 runs in your diary" in shown.text
    shown.press(UNDO)
    assert book.count("run") == 0
    assert "(nothing of it is in your diary)" in shown.text
    assert not shown.has(UNDO)


def test_an_undone_import_comes_back(app, book):
    shown = upload(app("mileage"), TABLE).press("Add 7 runs").press(UNDO).press("Undo")
    assert book.count("run") == RUNS
    assert "7 runs in your diary" in shown.text


def test_an_undone_import_can_be_imported_again(app, book):
    upload(app("mileage"), TABLE).press("Add 7 runs").press(UNDO)
    upload(app("mileage"), TABLE).press("Add 7 runs")
    assert book.count("run") == RUNS


def test_undoing_one_import_leaves_the_other_and_the_typed_runs(app, book):
    book.put("run")
    upload(app("mileage"), WATCH).press("Add 1 run")
    upload(app("mileage"), TABLE).press("Add 6 runs").press(UNDO)  # the newest import stands first
    assert sorted(run["source"] for run in book.read("run")) == ["fit", "manual"]


def test_the_local_day_is_the_runners(app, book):
    book.settle(time_zone="Pacific/Auckland")
    upload(app("mileage"), TABLE).press("Add 7 runs")
    assert {run["source_id"]: run["local_date"] for run in book.read("run")}["900007"] == "2025-01-01"


def test_the_preview_is_in_the_runners_unit(app, book):
    book.settle(units="mi")
    shown = upload(app("mileage"), WATCH)
    assert "Distance (mi)" in shown.text
    assert shown.tables()[0]["Distance (mi)"].iloc[0] == pytest.approx(5.5975, abs=0.001)


def test_a_file_name_is_text_and_not_markup(app):
    name = "**a** <img src=x> [b](https://example.org) :material/home:.fit"
    shown = app("mileage").upload((name, sample(WATCH)))
    assert "example.org" not in shown.markup
    shown.press("Add 1 run")
    assert "example.org" in shown.text
    assert "example.org" not in shown.markup


def test_a_bad_files_name_is_text_and_not_markup(app):
    shown = app("mileage").upload(("[b](https://example.org).fit", b"nothing"))
    assert "example.org" in shown.text
    assert "example.org" not in shown.markup


# In the background


def many(*names):
    """More files than are looked at while one waits: the samples, and tables that hold a run each."""
    tables = [(f"run-{day}.csv", f"Date,Distance (km)\n2026-02-{day:02d},7.{day}\n".encode()) for day in range(1, 20)]
    return [*((name.rpartition("/")[2], sample(name)) for name in names), *tables]


def wait(shown):
    """Until the import that was begun is over."""
    for _ in range(200):
        if "being read" not in shown.run().text:
            return shown
        time.sleep(0.05)
    raise AssertionError("the import never ended")


def test_many_files_are_imported_in_the_background_with_a_report(app, book):
    begun = app("mileage").upload(*many(TABLE, WATCH, "malformed/made_empty.fit"))
    assert "**22 files," in begun.text and book.is_empty()
    shown = wait(begun.press("Import 22 files"))
    assert book.count("run") == RUNS  # tables of no known program are asked about one by one
    assert "7 runs in your diary" in shown.text
    assert book.read("run")[0]["import_id"] is not None


def test_a_small_file_that_unpacks_to_much_is_imported_in_the_background_too(app):
    content = gzip.compress(sample(TABLE) + b"\n" + b" " * 20 * 2**20)
    assert "Import 1 file" in app("mileage").upload(("activities.csv.gz", content)).widgets()


def test_many_files_can_be_looked_at_first(app, book):
    shown = app("mileage").upload(*many(TABLE)[:1], *[(f"{at}.fit", sample(WATCH)) for at in range(20)])
    shown.press("Look first")
    assert heading(shown).startswith("**7 runs to add**, 20 there already")
    assert book.is_empty()


def test_a_report_says_what_became_of_each_file(app, book):
    shown = upload(app("mileage"), TABLE, "malformed/made_empty.fit").press("Add 7 runs")
    (import_id,) = {run["import_id"] for run in book.read("run")}
    found = book.report(import_id)
    said = {outcome: sum(line.outcome == outcome for line in found) for outcome in imports.OUTCOMES}
    assert said == {"added": 7, "there already": 0, "skipped": 4, "to check": 0, "failed": 1}
    shown.open_tab(f"report-{import_id}", True)
    assert "7 added, 4 not counted, 1 with a problem." in shown.text


def test_where_files_are_chosen_the_last_import_says_what_became_of_it(app):
    assert "Last import" not in app("mileage").text
    shown = wait(app("mileage").upload(*many(TABLE, WATCH)).press("Import 21 files"))
    told = next(line for line in shown.text.splitlines() if line.startswith("Last import"))
    assert told.startswith("Last import, 4 March 2026, ")
    assert ": 7 runs in your diary, 19 with a problem. Its report and its undo are under “Runs and imports”." in told
    shown.press(UNDO)
    assert "nothing of it is in your diary, 19 with a problem. Its report is under" in shown.text


@pytest.mark.parametrize(
    ("progress", "seconds", "said"),
    [
        (Progress("b.fit", 4, 9, 40, 90, 2.0), 1, "Reading file 5 of 9, 2.0 files a second, about 2 s left."),
        (
            imports.Progress("a.zip", 0, 1, 2**20, 2**22, 2.0),
            1,
            "Reading file 1 of 1, 0.5 MB a second, about 6 s left.",
        ),
        (Progress("a.zip", 0, 1, 2**20, 2**22, 2.0), 60, "Reading file 1 of 1."),  # its process may be gone
    ],
)
def test_how_far_an_import_is_is_told_also_within_one_archive(app, book, progress, seconds, said):
    at = NOW - timedelta(seconds=seconds)
    book.tell_import(book.begin_import("a.zip", at), progress, at)
    assert f"{said} You may close this page." in app("mileage").text


def test_of_very_many_lines_the_page_shows_the_first_and_says_so(app):
    rides = "".join(f"{at},2024-05-01 06:00:00,Ride,Ride,,1800,5.02,false,,\n" for at in range(1, 251))
    header = "Activity ID,Activity Date,Activity Name,Activity Type,Activity Description,Elapsed Time,Distance,Commute"
    shown = app("mileage").upload(("activities.csv", f"{header},Activity Gear,Filename\n{rides}".encode()))
    assert "The first 200 of 250; the CSV and Excel files have all of them." in shown.text


def test_an_import_whose_process_died_says_so_and_is_closed(app, book):
    import_id = book.begin_import("a.fit", NOW - imports.SILENT_AFTER - timedelta(seconds=1))
    shown = app("mileage")
    assert "a.fit: The import stopped before its end, and nothing of it was added." in shown.text
    shown.press("give-import-up")
    assert "The import stopped" not in shown.text and "nothing was added" in shown.text
    assert [line.outcome for line in book.report(import_id)] == ["failed"]


# Rules, tables, workouts


def test_the_file_of_the_watch_takes_the_place_of_stravas_row_and_gives_it_back(app, book):
    upload(app("mileage"), TABLE).press("Add 7 runs")
    shown = upload(app("mileage"), WATCH)
    assert heading(shown).startswith("**0 runs to add**, 1 there already")
    shown.set("import-rule", "replace").run()
    assert heading(shown).startswith("**1 run to add**, 0 there already")
    shown.press("Add 1 run")
    assert sorted(run["source"] for run in book.read("run")) == ["fit", *["strava"] * 6]
    shown.press(UNDO)
    assert sorted(run["source"] for run in book.read("run")) == ["strava"] * 7


def test_what_comes_besides_runs_is_listed(app):
    table = b"Tag;Strecke;Schmerz\n01.03.2026;8,5;2\n"
    shown = app("mileage").upload(("laufbuch.csv", table)).press("Read it so")
    assert "Besides runs (1)" in shown.text and "2 of 10, anywhere, both" in shown.text
    shown = upload(app("mileage"), "strength/strongstats__sample_hevy.csv")
    assert re.search(r"\d+ sets: ", shown.text)


def test_an_archive_of_plumbline_is_sent_to_settings(app, book):
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("manifest.json", "{}")
    shown = app("mileage").upload(("diary.zip", packed.getvalue()))
    assert "diary.zip looks like an archive of Plumbline. Bring it in on the Settings page." in shown.text
    assert "diary.zip: diary.zip" not in shown.text


def test_a_table_of_no_known_program_is_asked_about_once(app, book):
    table = b"Tag;Strecke;Schmerz\n01.03.2026;8,5;2\n02.03.2026;10,2;0\n"
    shown = app("mileage").upload(("laufbuch.csv", table))
    assert "What are the columns of laufbuch.csv?" in shown.text
    shown.press("Read it so")
    assert "2 runs and 2 pain reports to add" in shown.text
    shown.press("Add 2 runs and 2 pain reports")
    assert [run["distance_m"] for run in book.read("run")] == [8_500.0, 10_200.0]
    assert sorted(pain["worst_running"] for pain in book.read("pain")) == [0, 2]
    again = app("mileage").upload(("laufbuch.csv", table + b"03.03.2026;5;1\n"))
    assert "1 run and 1 pain report to add" in again.text


def test_tables_with_the_same_headings_are_asked_about_together(app, book):
    march = ("march.csv", b"Tag;Strecke\n01.03.2026;8,5\n02.03.2026;10,2\n")
    february = ("february.csv", b"TAG;STRECKE\n13.02.2026;7\n")
    other = ("pain.csv", b"Tag;Schmerz\n01.03.2026;2\n")
    shown = app("mileage").upload(march, february, other)
    assert "What are the columns of march.csv, february.csv?" in shown.text
    assert "What are the columns of pain.csv?" in shown.text
    shown.press("Read it so").press("Read it so")
    assert "3 runs and 1 pain report to add" in shown.text
    assert "march.csv, february.csv: as you said, Tag is the date" in shown.text
    assert "Schmerz is the pain; its site is 'anywhere'; its side is 'both'." in shown.text


def test_what_the_columns_of_a_table_are_can_be_changed(app, book):
    table = ("laufbuch.csv", b"Tag;Geplant;Strecke\n01.03.2026;8;8,5\n02.03.2026;10;10,2\n")
    shown = app("mileage").upload(table).set("Distance of the run", 1).press("Read it so")
    assert "laufbuch.csv: as you said, Tag is the date, day first; Geplant is the distance in km." in shown.text
    again = app("mileage").upload(table).press("Change its columns")
    assert again.value("Distance of the run") == 1
    again.set("Distance of the run", 2).press("Read it so")
    assert "laufbuch.csv: as you said, Tag is the date, day first; Strecke is the distance in km." in again.text
    again.press("Add 2 runs")
    assert [run["distance_m"] for run in book.read("run")] == [8_500.0, 10_200.0]


def test_the_start_of_a_row_tells_it_from_another_run_of_its_day(app, book):
    book.settle(time_zone="Europe/Berlin")
    upload(app("mileage"), WATCH).press("Add 1 run")
    table = b"Date,Start,km\n2015-08-15,4:45 PM,9.01\n2015-08-15,5:10 AM,9.01\n"
    shown = app("mileage").upload(("laps.csv", table)).press("Read it so")
    assert heading(shown).startswith("**1 run to add**, 1 there already")


def test_rows_of_other_sports_are_counted_in_the_preview(app):
    table = b"Date,Type,km\n2026-03-01,Easy,8\n2026-03-02,Bike,40\n2026-03-03,Tempo,9\n"
    shown = app("mileage").upload(("laps.csv", table)).press("Read it so")
    assert heading(shown).startswith("**2 runs to add**, 0 there already, 1 not counted")
    assert "laps.csv, the sports: Left out, because they are no runs: 1 row of 'Bike'." in shown.text


def test_the_decimal_sign_can_be_chosen(app, book):
    table = ("laufbuch.csv", b"Tag;Geschafft\n01.03.2026;5.123\n02.03.2026;700\n")
    shown = app("mileage").upload(table).set("Distance of the run", 1).run()
    shown.set("Distances are in", "m").set("Decimal sign", "comma").press("Read it so")
    assert "Geschafft is the distance in m; the decimal sign is a comma." in shown.text
    shown.press("Add 2 runs")
    assert [run["distance_m"] for run in book.read("run")] == [5_123.0, 700.0]


def test_the_columns_can_be_left_as_they_were(app):
    table = ("laufbuch.csv", b"Tag;Strecke\n01.03.2026;8,5\n")
    shown = app("mileage").upload(table).press("Read it so").press("Change its columns")
    assert "1 run to add" in shown.press("Leave it as it was").text


def test_a_word_that_is_no_sport_is_no_run_where_the_runner_says_so(app, book):
    days = b"2026-03-01,5,Easy\n2026-03-02,3,Juggling\n2026-03-03,40,Bike\n2026-03-04,9,Run\n"
    shown = app("mileage").upload(("log.csv", b"Date,km,Type\n" + days))
    shown.press("Read it so")
    assert "3 runs to add" in shown.text
    shown.press("Change its columns").set("Words that are no run", ["Juggling"]).press("Read it so")
    assert "without Juggling" in shown.text
    shown.press("Add 2 runs")
    assert [run["distance_m"] for run in book.read("run")] == [5_000.0, 9_000.0]
    again = app("mileage").upload(("more.csv", b"Date,km,Type\n2026-02-05,3,Juggling\n2026-02-06,7,Easy\n"))
    assert "1 run to add" in again.text


def test_columns_that_are_not_read_are_named(app):
    table = ("diary.csv", b"Date,km,Knee pain,Hip pain,Shoes,Pace\n2026-03-01,5,3,2,Old,5:20\n")
    shown = app("mileage").upload(table).press("Read it so")
    assert "Knee pain is the pain; its site is 'kneecap'" in shown.text
    assert "Not read: Hip pain, Shoes, Pace." in shown.text


def test_headings_are_text_and_not_markup(app):
    table = ("runs.csv", b"Date,[b](https://example.org)\n2026-03-01,8.5\n")
    shown = app("mileage").upload(table).set("Distance of the run", 1).run().press("Read it so")
    assert "[b](https://example.org) is the distance in km" in shown.text
    assert "example.org" not in shown.markup


def test_a_strength_log_becomes_sessions_by_what_its_names_mean(app, book):
    log = (
        b"title,start_time,end_time,description,exercise_title,superset_id,exercise_notes,set_index,set_type,weight_kg,"
        b"reps,distance_km,duration_seconds,rpe\n"
        b'Legs,"2 Mar 2026, 07:00","2 Mar 2026, 08:00",,Clamshell,,,0,normal,,12,,,\n'
        b'Legs,"2 Mar 2026, 07:00","2 Mar 2026, 08:00",,Bench Press,,,0,normal,60,8,,,\n'
    )
    shown = app("mileage").upload(("hevy.csv", log))
    shown.press("Add 1 session")
    (session,) = book.read("session")
    assert {(part["exercise"], part["side"], part["repetitions"]) for part in session["parts"]} == {
        ("clam", "left", 12),
        ("clam", "right", 12),
    }
    shown.press(UNDO)
    assert book.count("session") == 0
