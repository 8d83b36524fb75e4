"""Readers under broken and made-up files: a short run of the fuzzer, and documents that only have the right words."""

import re
import subprocess
import sys
from pathlib import Path
from random import Random
from xml.sax.saxutils import escape, quoteattr

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from benchmarks.apple_health import MEMORY_MB, read_apart, write_export
from tests.data.importers import fuzz

ROOT = Path(__file__).parents[3]
EACH = 30  # files of every kind here; a long run is `python -m tests.data.importers.fuzz --each 10000`
NAMES = (
    *("gpx", "trk", "trkseg", "trkpt", "rte", "rtept", "wpt", "time", "type", "name", "ele", "extensions"),
    *("TrainingCenterDatabase", "Activities", "Activity", "Id", "Lap", "TotalTimeSeconds", "DistanceMeters", "Notes"),
    *("HealthData", "Record", "Workout", "WorkoutStatistics", "WorkoutActivity", "MetadataEntry"),
)
ATTRIBUTES = (
    *("lat", "lon", "Sport", "StartTime", "workoutActivityType", "duration", "durationUnit", "totalDistance"),
    *("totalDistanceUnit", "startDate", "endDate", "type", "sum", "unit", "key", "value", "sourceName"),
)
VALUES = st.sampled_from(
    [
        *(
            "run",
            "Running",
            "9",
            "HKWorkoutActivityTypeRunning",
            "HKWorkoutActivityTypeWalking",
            "km",
            "mi",
            "min",
            "s",
        ),
        *("2024-05-01T06:00:00Z", "2024-05-01 06:00:00 +0200", "2024-03-31T02:30:00", "0001-01-01T00:00:00+14:00"),
        *("9999-12-31T23:59:59-12:00", "50.1", "8", "-90", "181", "1e308", "-1e308", "nan", "5", "0", "HKTimeZone"),
        *("HKIndoorWorkout", "America", "../etc/passwd", "HKQuantityTypeIdentifierDistanceWalkingRunning"),
    ]
)
TEXTS = VALUES | st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"]), max_size=20)


def element(children: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    attributes = st.dictionaries(st.sampled_from(ATTRIBUTES), TEXTS, max_size=6)
    return st.builds(_written, st.sampled_from(NAMES), attributes, st.lists(children, max_size=6))


def _written(name: str, attributes: dict[str, str], children: list[str]) -> str:
    told = "".join(f" {key}={quoteattr(value)}" for key, value in attributes.items())
    return f"<{name}{told}>{''.join(children)}</{name}>"


@given(root=st.sampled_from(["gpx", "TrainingCenterDatabase", "HealthData"]), data=st.data())
@settings(max_examples=150, deadline=None)
def test_any_document_of_the_right_words_is_read_or_refused(root: str, data: st.DataObject) -> None:
    inside = st.recursive(TEXTS.map(escape), element, max_leaves=25)
    content = f"<{root}>{''.join(data.draw(st.lists(inside, max_size=4)))}</{root}>"
    assert fuzz.failure(content.encode()) is None


@given(kind=st.sampled_from(sorted(fuzz.seeds())), number=st.integers(0, 2**32))
@settings(max_examples=50, deadline=None)
def test_any_mutated_sample_is_read_or_refused(kind: str, number: int) -> None:
    random, found = Random(number), fuzz.seeds()
    content = fuzz.mutated(random.choice(found[kind]), random, [seed for several in found.values() for seed in several])
    assert fuzz.failure(content) is None


def test_a_short_run_of_the_fuzzer_finds_nothing_and_stays_within_its_memory() -> None:
    command = [sys.executable, "-m", "tests.data.importers.fuzz", "--each", str(EACH), "--run", "6"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr
    assert set(re.findall(r"^(\w+): ", done.stdout, re.MULTILINE)) == set(fuzz.seeds())


def test_the_fuzzer_would_tell(monkeypatch: pytest.MonkeyPatch) -> None:
    def escape_from(*_: object) -> None:
        raise ValueError("not ours")

    monkeypatch.setattr(fuzz, "read_file", escape_from)
    failure = fuzz.failure(b"")
    assert failure is not None
    assert "ValueError escaped: not ours" in failure.why


@pytest.mark.parametrize("zipped", [False, True])
def test_a_large_export_of_apple_health_needs_no_more_memory_than_a_small_one(tmp_path: Path, zipped: bool) -> None:
    path = tmp_path / "export"
    runs = write_export(path, 200, zipped)
    reading = read_apart(path)
    assert (reading.runs, reading.problems) == (runs, 0)
    assert reading.peak_mb < MEMORY_MB
    assert reading.peak_mb - reading.before_mb < 40
