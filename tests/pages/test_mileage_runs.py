"""Mileage, single runs by hand: totals only, kept once, deleted and brought back."""

from datetime import UTC, datetime, time, timedelta

import pytest

from tests.pages.book import LAST_MONDAY, TODAY

ADD = "Add the run"


def typed(shown, **answers):
    for name, answer in answers.items():
        shown.set(next(key for key in shown.widgets() if key.startswith("run-") and key.endswith(f"-{name}")), answer)
    return shown


def test_a_distance_and_a_time(app, book):
    shown = typed(app("mileage"), distance=8.5, minutes=45.5).press(ADD)
    assert shown.errors == []
    (run,) = book.read("run")
    assert (run["local_date"], run["distance_m"], run["duration_s"]) == (TODAY.isoformat(), 8_500.0, 2_730.0)
    assert (run["start"], run["effort"], run["source"]) == (None, None, "manual")
    assert "8.50 km" in shown.text


def test_the_distance_alone_or_the_time_alone(app, book):
    typed(app("mileage"), distance=8.5).press(ADD)
    typed(app("mileage"), minutes=30.0).press(ADD)
    assert [(run["distance_m"], run["duration_s"]) for run in book.read("run")] == [(8_500.0, None), (None, 1_800.0)]


def test_neither_is_refused(app, book):
    shown = typed(app("mileage"), effort=4).press(ADD)
    assert shown.errors == ["The run has neither a distance nor a time. Enter at least one of them."]
    assert book.count("run") == 0


def test_a_refused_run_keeps_everything_typed(app, book):
    shown = typed(app("mileage"), day=LAST_MONDAY, distance=600.0, minutes=50.0, effort=11).press(ADD)
    assert sorted(error.split(".")[0] for error in shown.errors) == [
        "Effort is 11",
        "The distance is 600 km (373 miles)",
    ]
    assert [shown.value(f"run-1-0-{name}") for name in ("day", "distance", "minutes", "effort")] == [
        LAST_MONDAY,
        600.0,
        50.0,
        11,
    ]
    assert book.count("run") == 0


def test_the_form_is_empty_after_a_run_was_added(app):
    shown = typed(app("mileage"), distance=8.5).press(ADD)
    assert shown.value("run-1-1-distance") is None


def test_the_same_run_twice_is_kept_once(app, book):
    shown = app("mileage")
    for _ in range(2):
        typed(shown, distance=8.5, minutes=45.0).press(ADD)
    assert shown.errors == ["This run is there already. If you ran it twice that day, give this one its start time."]
    assert book.count("run") == 1


def test_two_runs_of_a_day_are_told_apart_by_their_start(app, book):
    shown = typed(app("mileage"), distance=5.0, at=time(7, 30)).press(ADD)
    typed(shown, distance=5.0, at=time(18, 0)).press(ADD)
    assert [run["start"] for run in book.read("run")] == ["2026-03-04T06:30:00+00:00", "2026-03-04T17:00:00+00:00"]


@pytest.mark.parametrize(
    ("source", "words"),
    [("garmin", "Garmin Connect"), ("tcx", "TCX file"), ("apple", "Apple Health"), ("table", "your own table")],
)
def test_a_run_names_the_file_or_program_that_it_is_from(app, book, source, words):
    book.put("run", local_date=TODAY, distance_m=8_020.0, **(IMPORTED | {"source": source}))
    assert f"Wed 4 Mar, 8.02 km, 45 min, {words}" in app("mileage").text


IMPORTED = {"source": "strava", "source_id": "7", "start": datetime(2026, 3, 4, 6, 30, tzinfo=UTC)}


@pytest.mark.parametrize("at", [None, time(7, 33)])
def test_a_run_that_was_imported_is_refused_by_name_and_what_was_typed_stays(app, book, at):
    book.put("run", local_date=TODAY, distance_m=8_020.0, **IMPORTED)
    shown = typed(app("mileage"), distance=8.0, at=at, effort=4).press(ADD)
    assert shown.errors == [
        "This run is there already: Wed 4 Mar, 8.02 km, 45 min, Strava. There is nothing to add."
        " If it was another run, give this one its own start time."
    ]
    assert [shown.value(f"run-1-0-{name}") for name in ("distance", "at", "effort")] == [8.0, at, 4]
    assert book.count("run") == 1


@pytest.mark.parametrize(("minutes", "added"), [(45.0, 0), (30.0, 1)])
def test_a_table_that_knows_only_the_clock_has_told_of_a_run_abroad(app, book, minutes, added):
    """Its start is off by whole hours; that it lasted as long says that it is the same run."""
    book.put("run", local_date=TODAY, distance_m=8_020.0, **(IMPORTED | {"source": "garmin"}))
    typed(app("mileage"), distance=8.02, at=time(9, 30), minutes=minutes).press(ADD)
    assert book.count("run") == 1 + added


@pytest.mark.parametrize("answers", [{"distance": 8.0, "at": time(18, 0)}, {"distance": 5.0}])
def test_another_run_of_the_day_of_an_import_is_added(app, book, answers):
    book.put("run", local_date=TODAY, **IMPORTED)
    assert typed(app("mileage"), **answers).press(ADD).errors == []
    assert book.count("run") == 2


def test_miles(app, book):
    book.settle(units="mi")
    shown = typed(app("mileage"), distance=10.0).press(ADD)
    assert book.read("run")[0]["distance_m"] == pytest.approx(16_093.44)
    assert "10.00 mi" in shown.text


def test_a_day_of_more_than_500_km_is_refused(app, book):
    book.put("run", local_date=TODAY, distance_m=499_000.0, duration_s=None)
    shown = typed(app("mileage"), distance=2.0).press(ADD)
    (error,) = shown.errors
    assert "4 March 2026 comes to 501 km" in error
    assert book.count("run") == 1


def test_a_run_is_deleted_and_brought_back(app, book):
    book.put("run")
    shown = app("mileage").press("really-delete-run-1")
    assert book.count("run") == 0
    assert book.weeks().empty
    shown.press("Undo")
    assert book.count("run") == 1


def test_runs_of_any_month_can_be_found(app, book):
    book.put("run", local_date=TODAY)
    book.put("run", local_date=TODAY - timedelta(days=400))
    shown = app("mileage")
    assert len([label for label in shown.widgets() if label.startswith("really-delete-run")]) == 1
    month = (TODAY - timedelta(days=400)).replace(day=1)
    shown.set("Month", month).run()
    assert f"{TODAY - timedelta(days=400):%a %-d %b}" in shown.text
