"""`python -m benchmarks.apple_health`: time and memory that 2 GB of Apple Health take, as a file and in a zip.

The file is made up: measurements as a watch writes them, a run every so many. It is read in a process of its own, whose
greatest memory is that of the whole interpreter with pandas in it.
"""

import json
import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

ROOT = Path(__file__).parents[1]
MEGABYTES = 2_000
MEMORY_MB = 300  # what it may need
FIRST_RUN = datetime(2015, 1, 1, 6, tzinfo=UTC)
RECORDS = 1_000  # between two runs
HEADER = """<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE HealthData [
<!ELEMENT HealthData (ExportDate,Me,(Record|Workout)*)>
<!ATTLIST HealthData locale CDATA #REQUIRED>
]>
<HealthData locale="en_US">
"""
RECORD = """ <Record type="HKQuantityTypeIdentifierHeartRate" sourceName="Watch" sourceVersion="10.1" \
device="&lt;&lt;HKDevice: 0x282a45810&gt;, name:Apple Watch, manufacturer:Apple, model:Watch, hardware:Watch6,1&gt;" \
unit="count/min" creationDate="{day} 05:{minute:02}:{second:02} +0000" \
startDate="{day} 05:{minute:02}:{second:02} +0000" endDate="{day} 05:{minute:02}:{second:02} +0000" value="{value}">
  <MetadataEntry key="HKMetadataKeyHeartRateMotionContext" value="0"/>
 </Record>
"""
WORKOUT = """ <Workout workoutActivityType="HKWorkoutActivityTypeRunning" duration="30" durationUnit="min" \
sourceName="Watch" startDate="{day} 06:00:00 +0000" endDate="{day} 06:30:00 +0000">
  <WorkoutStatistics type="HKQuantityTypeIdentifierDistanceWalkingRunning" sum="5" unit="km"/>
 </Workout>
"""
READ = """
import json, resource, sys, time
from pathlib import Path
from data.importers import read_file

def peak():
    status = Path("/proc/self/status")  # which forgets what the parent had, as the resource module does not
    if status.exists():
        return next(int(line.split()[1]) for line in status.read_text().splitlines() if line.startswith("VmHWM")) / 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**20

before, began = peak(), time.perf_counter()
with open(sys.argv[1], "rb") as file:
    result = read_file("export", file)
print(json.dumps([len(result.runs), len(result.problems), time.perf_counter() - began, before, peak()]))
"""


@dataclass(frozen=True)
class Reading:
    """What reading an export took: seconds, and megabytes of memory before it and at most."""

    runs: int
    problems: int
    seconds: float
    before_mb: float
    peak_mb: float


def write_export(path: Path, megabytes: float, zipped: bool) -> int:
    """Write an export of about that size before packing; how many runs it holds."""
    runs = written = 0
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=1) if zipped else path.open("wb") as target:
        member = target.open("apple_health_export/export.xml", "w", force_zip64=True) if zipped else target
        member.write(HEADER.encode())
        for day in _days():
            if written > megabytes * 1e6:
                break
            written += member.write(day)
            runs += 1
        member.write(b"</HealthData>\n")
        if zipped:
            member.close()
    return runs


def _days() -> Iterator[bytes]:
    """Day by day, a day's measurements and its run."""
    template = "".join(
        RECORD.format(day="{day}", minute=at // 60 % 60, second=at % 60, value=50 + at * 7 % 97)
        for at in range(RECORDS)
    )
    at = FIRST_RUN
    while True:
        yield (template.replace("{day}", f"{at:%Y-%m-%d}") + WORKOUT.format(day=f"{at:%Y-%m-%d}")).encode()
        at += timedelta(days=1)


def read_apart(path: Path) -> Reading:
    """Read the export in a process of its own."""
    done = subprocess.run([sys.executable, "-c", READ, str(path)], cwd=ROOT, capture_output=True, text=True, check=True)
    return Reading(*json.loads(done.stdout))


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        for zipped in (False, True):
            path = Path(folder) / ("export.zip" if zipped else "export.xml")
            runs = write_export(path, MEGABYTES, zipped)
            reading = read_apart(path)
            assert (reading.runs, reading.problems) == (runs, 0), reading
            told = f"{path.name} of {MEGABYTES:,} MB, {path.stat().st_size / 1e6:,.0f} MB on disk, {runs:,} runs: "
            memory = f"{reading.peak_mb:.0f} MB of memory ({reading.before_mb:.0f} before it)"
            print(f"{told}{reading.seconds:.0f} s, {memory}{'  missed' if reading.peak_mb > MEMORY_MB else ''}")
            path.unlink()


if __name__ == "__main__":
    main()
