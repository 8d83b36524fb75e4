"""Reading files: 20,000 activities of Strava's table, and 1,000 FIT files beside the bare library that reads them."""

import csv
import io
from collections.abc import Iterator
from datetime import datetime, timedelta
from functools import partial
from typing import Final

import fitdecode

from benchmarks.timing import Timing, show, timed
from data.importers import read_file
from tests.data.importers.samples import sample

ACTIVITIES: Final = 20_000
FIT_FILES: Final = 1_000
REPEATS: Final = 6  # the first one does not count
TABLE_TARGET: Final = 1.0  # s; issue 6
SLOWER_THAN_BARE: Final = 1.25  # times; issue 6
WHERE: Final = "no database"
HEADER_OF: Final = "strava/made_activities_103col.csv"
FIT_SAMPLE: Final = "fit/fitparse__garmin-fenix-5-run.fit"


def imports() -> Iterator[Timing]:
    """Timings of what an import reads before anything is stored."""
    table = strava_table(ACTIVITIES)
    read_table = partial(read_file, "activities.csv", table, "Europe/Berlin")
    yield timed(f"read {ACTIVITIES:,} activities of Strava", WHERE, [read_table] * REPEATS, TABLE_TARGET)
    recording = sample(FIT_SAMPLE)
    bare = timed(f"a FIT file of {FIT_FILES:,}, bare fitdecode", WHERE, [partial(_bare, recording)] * FIT_FILES)
    yield bare
    ours = [partial(read_file, "run.fit", recording)] * FIT_FILES
    yield timed(f"a FIT file of {FIT_FILES:,}, read", WHERE, ours, bare.median * SLOWER_THAN_BARE)


def strava_table(activities: int) -> bytes:
    """An activities.csv of 103 columns: a run or a ride every nine hours, most of its columns filled."""
    header = next(csv.reader([sample(HEADER_OF).decode().splitlines()[0]]))
    written = io.StringIO()
    writer = csv.writer(written)
    writer.writerow(header)
    for number in range(activities):
        start = datetime(2005, 1, 1, 6) + timedelta(hours=9 * number)
        row = [f"{number * column % 1000 / 7:.6f}" if column % 3 else "" for column in range(len(header))]
        row[0], row[1] = str(10**9 + number), start.strftime("%b %-d, %Y, %-I:%M:%S %p")
        row[2:5] = "Morning, easy", "Ride" if number % 4 == 0 else "Run", ""
        row[5:7] = str(1800 + number % 900), f"{5 + number % 90 / 10:.2f}"
        row[15:18] = row[5], f"{1750 + number % 900}.0", f"{5000 + number % 9000}.5"
        writer.writerow(row)
    return written.getvalue().encode()


def _bare(recording: bytes) -> None:
    with fitdecode.FitReader(io.BytesIO(recording)) as reader:
        for _ in reader:
            pass


if __name__ == "__main__":
    show(imports())
