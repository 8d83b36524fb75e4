"""What of a file is new, there already, not counted or wrong, by the rules that the runner chose."""

from collections import Counter
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import pandas as pd
import pytest

from data.importers.result import (
    RUN_COLUMNS,
    ImportResult,
    Note,
    PainNote,
    Problem,
    Skipped,
    WeekDistance,
    Workout,
    WorkoutSet,
    gather,
)
from data.importers.result import Run as FoundRun
from data.importing import Choices, Rule, Sorter
from data.known import Known
from tests.data.examples import DOOR

START = datetime(2026, 3, 3, 7, tzinfo=UTC)
DAY = START.date()
COLUMNS = ["id", "local_date", "start", "distance_m", "duration_s", "effort", "source", "source_id", "import_id"]


def stored(**values: Any) -> dict[str, Any]:
    row = {"id": 7, "local_date": pd.Timestamp(DAY), "start": pd.Timestamp(START), "distance_m": 10_000.0}
    row |= {"duration_s": 3_000.0, "effort": None, "source": "strava", "source_id": "1", "import_id": 1}
    return row | values


def known(*rows: dict[str, Any], **rest: Any) -> Known:
    return Known(pd.DataFrame(list(rows), columns=COLUMNS), **rest)


def run(**values: Any) -> FoundRun:
    usual = {"position": "row 2", "start": START, "local_date": DAY, "distance_m": 10_050.0, "duration_s": 3_000.0}
    usual |= {"effort": float("nan"), "source": "fit", "source_id": "a", "name": ""}
    return FoundRun(**(usual | values))


def sort(of: Known, *items: Any, rule: Rule = "keep", walks: bool = False) -> Sorter:
    sorter = Sorter(of, DOOR, Choices(rule, walks))
    sorter.name_exercises({"Clamshell": ("clamshell", "both")})
    sorter.take("runs.csv", gather(items))
    return sorter


def outcomes(sorter: Sorter) -> list[str]:
    return [line.outcome for line in sorter.lines]


def test_a_runner_of_miles_reads_miles() -> None:
    found = Sorter(known(weeks={date(2026, 3, 2): 30_000.0}), DOOR, Choices(unit="mi"))
    week = WeekDistance("row 3", date(2026, 3, 4), 31_000.0)
    found.take("runs.csv", gather([run(), run(source_id="b", distance_m=499_000.0, duration_s=500_000.0), week]))
    assert [line.why for line in found.lines] == [
        "2026-03-03, 6.24 mi, 50 min",
        "With this run, 3 March 2026 would come to 316 mi. A day has at most 311 mi.",
        "The week of 2026-03-02 has 18.64 mi already, the file says 19.26 mi. "
        "Change it in Mileage if the file is right.",
    ]


def test_a_new_run_is_added_and_said() -> None:
    found = sort(known(), run())
    assert [(line.file, line.place, line.outcome, line.why) for line in found.lines] == [
        ("runs.csv", "row 2", "added", "2026-03-03, 10.05 km, 50 min")
    ]
    (entry,) = found.entries
    assert entry.model_dump()["start"] == START


def test_the_same_id_of_the_same_source_is_there_already() -> None:
    assert outcomes(sort(known(stored()), run(source="strava", source_id="1", distance_m=1.0))) == ["there already"]


def test_another_id_of_the_same_source_is_new() -> None:
    later = run(source="strava", source_id="2", start=START.replace(hour=8))
    assert outcomes(sort(known(stored()), later)) == ["added"]


@pytest.mark.parametrize(
    ("rule", "said", "replaced"),
    [
        ("keep", "there already", []),
        ("replace", "added", [7]),
        ("both", "added", []),
    ],
)
def test_a_twin_of_another_source_goes_by_the_rule(rule: Rule, said: str, replaced: list[int]) -> None:
    found = sort(known(stored()), run(), rule=rule)
    assert (outcomes(found), found.replaced) == ([said], replaced)


def test_another_device_of_one_format_is_no_second_run() -> None:
    zwift = run(source_id="zwift", position="row 3", distance_m=10_010.0, start=START.replace(minute=1))
    assert outcomes(sort(known(), run(), zwift)) == ["added", "there already"]


@pytest.mark.parametrize("has_start", [False, True])
def test_a_table_that_is_read_with_its_starts_now_tells_the_same_runs(has_start: bool) -> None:
    days = [stored(id=at, source="table", source_id=f"{at}", start=pd.Timestamp(START)) for at in (1, 2)]
    again = [run(source="table", source_id=f"new {at}", position=f"row {at}", start=START) for at in (1, 2, 3)]
    if has_start:
        days = [row | {"start": None} for row in days]
        again = [replace(row, start=START.replace(hour=7 + at)) for at, row in enumerate(again)]
    else:
        again = [replace(row, start=None) for row in again]
    assert outcomes(sort(known(*days), *again)) == ["there already", "there already", "added"]


@pytest.mark.parametrize(("rule", "said"), [("keep", ["there already", "added"]), ("replace", ["added", "added"])])
def test_one_typed_run_is_one_of_the_two_of_its_day(rule: Rule, said: list[str]) -> None:
    typed = stored(start=None, source="manual", source_id=None, duration_s=None)
    commute = [run(), run(source_id="b", start=START.replace(hour=17), distance_m=9_960.0)]
    assert outcomes(sort(known(typed), *commute, rule=rule)) == said


@pytest.mark.parametrize("abroad", [0, 1, 3])
@pytest.mark.parametrize("rule", ["keep", "replace"])
@pytest.mark.parametrize("newest_first", [False, True])
def test_two_equal_runs_a_day_of_two_sources_are_two(abroad: int, rule: Rule, newest_first: bool) -> None:
    hours = (17, 7) if newest_first else (7, 17)
    there = [
        stored(id=hour, source="garmin", source_id=f"{hour}", start=pd.Timestamp(START.replace(hour=hour + abroad)))
        for hour in (7, 17)
    ]
    again = [run(source="tcx", source_id=f"{hour}", start=START.replace(hour=hour)) for hour in hours]
    found = sort(known(*there), *again, rule=rule)
    assert outcomes(found) == (["there already"] * 2 if rule == "keep" else ["added"] * 2)
    assert sorted(found.replaced) == ([] if rule == "keep" else [7, 17])


def test_a_third_telling_gives_way_to_nobody_twice() -> None:
    found = sort(known(stored()), run(), run(source="gpx", source_id="b", position="row 3"), rule="replace")
    assert (outcomes(found), found.replaced) == (["added", "there already"], [7])


def test_the_same_run_in_two_files_is_added_once() -> None:
    found = sort(known(), run())
    found.take("again.fit", gather([run(source="strava", source_id="9")]))
    assert outcomes(found) == ["added", "there already"]
    assert found.lines[1].why.endswith("as fit tells it.")


def test_a_day_has_up_to_fifty_runs() -> None:
    """Each is compared with those of its day, so a hundred thousand would take hours."""
    many = [
        run(position=f"row {at}", source_id=str(at), start=None, distance_m=4.0, source="table") for at in range(60)
    ]
    found = sort(known(), *many)
    assert Counter(outcomes(found)) == {"added": 50, "failed": 10}
    assert found.lines[-1].why == "3 March 2026 has 50 runs already, which is the most."


@pytest.mark.parametrize(("there_on", "said"), [(DAY, "added"), (date(2026, 3, 2), "failed")])
def test_one_that_takes_the_place_of_another_of_its_day_is_no_more(there_on: date, said: str) -> None:
    others = [stored(id=at, source_id=str(at), start=None, distance_m=4.0 + at) for at in range(49 + (there_on != DAY))]
    there = stored(id=99, source_id="99", local_date=pd.Timestamp(there_on))
    found = sort(known(*others, there), run(source="gpx"), rule="replace")
    assert outcomes(found) == [said]


def test_a_day_that_would_hold_more_than_500_km_is_refused_run_by_run() -> None:
    far = run(source_id="far", distance_m=490_001.0, duration_s=200_000.0)
    found = sort(known(stored()), far, run(source_id="near", start=START.replace(hour=18)))
    assert outcomes(found) == ["failed", "added"]
    assert found.lines[0].why == "With this run, 3 March 2026 would come to 500 km. A day has at most 500 km."


def test_what_gives_way_does_not_count_for_its_day() -> None:
    of = known(stored(distance_m=400_000.0))
    assert outcomes(sort(of, run(distance_m=401_000.0, duration_s=200_000.0), rule="replace")) == ["added"]


@pytest.mark.parametrize(("walks", "said"), [(False, "skipped"), (True, "added")])
def test_walks_count_by_choice(walks: bool, said: str) -> None:
    assert outcomes(sort(known(), run(sport="walk"), walks=walks)) == [said]


def test_a_run_of_tomorrow_is_refused_at_the_door() -> None:
    found = sort(known(), run(start=START.replace(day=5), local_date=START.replace(day=5).date()))
    assert outcomes(found) == ["failed"] and "in the future" in found.lines[0].why


def test_what_a_file_says_of_itself_is_in_the_report() -> None:
    found = sort(known(), Skipped("row 3", "Ride, not a run."), Problem("row 4", "No date."))
    assert [(line.outcome, line.place) for line in found.lines] == [("skipped", "row 3"), ("failed", "row 4")]
    found.refuse("x.fit", "x.fit is empty.")
    assert found.lines[-1].why == "x.fit is empty." and outcomes(found).count("failed") == 2


def test_what_is_to_check_is_no_failure() -> None:
    found = sort(known(), run(), Note("row 2", "No unit is named."))
    assert [(line.outcome, line.place) for line in found.lines] == [("to check", "row 2"), ("added", "row 2")]


def workout(source_id: str = "hevy 1", exercise: str = "Clamshell") -> Workout:
    return Workout("row 2", DAY, source_id, "Legs", (WorkoutSet(exercise, repetitions=12),))


def test_workouts_become_sessions_once() -> None:
    found = sort(known(), workout(), workout("hevy 2", "Bench press"), workout("hevy 3"))
    assert outcomes(found) == ["added", "skipped", "added"]
    (line,) = sort(known(workouts=frozenset({"hevy 1"})), workout()).lines
    assert (line.outcome, line.why) == ("there already", "2026-03-03, Legs: this workout was imported before.")
    assert outcomes(sort(known(sessions_on={DAY: 9}), workout())) == ["failed"]


def test_pain_and_weekly_totals_never_replace_what_was_entered() -> None:
    note, week = PainNote("row 2", DAY, 3, "kneecap", "left"), WeekDistance("row 3", DAY, 30_000.0)
    found = sort(known(), note, note, week)
    assert outcomes(found) == ["added", "there already", "added"]
    assert [entry.kind for entry in found.entries] == ["pain", "weekly total"]
    monday = DAY.replace(day=2)
    of = known(pain={(DAY, "kneecap", "left"): 3}, weeks={monday: 30_000.0})
    again = sort(of, note, week)
    assert [(line.outcome, line.why) for line in again.lines] == [
        ("there already", "The diary says the same."),
        ("there already", "The week of 2026-03-02 has 30.00 km already."),
    ]


@pytest.mark.parametrize("there", [3, None])
def test_that_the_diary_says_otherwise_is_in_the_reason(there: int | None) -> None:
    """Without the ratings, which whoever reads the report of runs may not see."""
    note, week = PainNote("row 2", DAY, 7, "kneecap", "left"), WeekDistance("row 3", DAY, 31_000.0)
    of = known(pain={(DAY, "kneecap", "left"): there}, weeks={DAY.replace(day=2): 30_000.0})
    found = sort(of, note, week)
    assert [line.why for line in found.lines] == [
        "The diary says something else of that day and place. Change it in Log if the file is right.",
        "The week of 2026-03-02 has 30.00 km already, the file says 31.00 km. "
        "Change it in Mileage if the file is right.",
    ]
    assert found.entries == []


@pytest.mark.parametrize("rows", [(3, 7), (7, 3)])
@pytest.mark.parametrize("files", [1, 2])
def test_of_pain_told_twice_in_an_import_the_worst_counts(rows: tuple[int, int], files: int) -> None:
    notes = [PainNote(f"row {worst}", DAY, worst, "kneecap", "left") for worst in rows]
    found = sort(known(), *notes[: 3 - files])
    if files == 2:
        found.take("again.csv", gather(notes[1:]))
    assert [entry.model_dump()["worst_running"] for entry in found.entries] == [7]
    assert outcomes(found) == ["added", "there already"]
    assert found.lines[1].why == "Another row is about the same day and place. The worst counts."


def test_an_empty_result_is_no_line() -> None:
    empty = ImportResult(pd.DataFrame({name: pd.Series(dtype=dtype) for name, dtype in RUN_COLUMNS.items()}), (), ())
    found = Sorter(known(), DOOR, Choices())
    found.take("a.csv", empty)
    assert (found.lines, found.entries) == ([], [])
