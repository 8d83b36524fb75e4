"""Bringing files in: 20,000 activities of Strava's table on the page, and 1,000 FIT files in one import beside the bare
library that reads them.
"""

import csv
import io
import time
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import partial
from itertools import cycle, islice
from typing import Final

import fitdecode
import streamlit as st
from sqlalchemy import Engine

from benchmarks.stores import stores
from benchmarks.timing import Timing, show, timed
from data import import_jobs, imports
from data.entries import Door
from data.import_jobs import Job, Reading
from data.importers import UnreadableFileError, read_file
from data.importing import Choices
from data.lists import import_list
from data.runners import add_runner, local_runner
from data.scope import Scope
from tests.data.importers.fuzz import peak_mb
from tests.data.importers.samples import SAMPLES, sample
from tests.pages.app import App
from ui import garbage

ACTIVITIES: Final = 20_000
FIT_FILES: Final = 1_000
REPEATS: Final = 4  # the first one does not count
PREVIEW_TARGET: Final = 1.0  # s; issue 6
STORED_TARGET: Final = 2.0  # s; issue 6
SLOWER_THAN_BARE: Final = 1.25  # times; issue 6
MEMORY_MB: Final = 100  # that the import of many files may add; a convention: "bounded"
HEADER_OF: Final = "strava/made_activities_103col.csv"
LARGEST_FIT: Final = 200_000  # bytes: a run of three hours


@dataclass(frozen=True)
class Upload:
    """A file as a browser sends it."""

    name: str
    content: bytes

    @property
    def size(self) -> int:
        return len(self.content)

    def getvalue(self) -> bytes:
        return self.content


def on_the_page(engine: Engine) -> Iterator[Timing]:
    """Mileage with a table of 20,000 activities, by the script's time: looked at, and added to this machine's diary."""
    where, scope = engine.dialect.name, Scope(local_runner(engine).id)
    url, table = engine.url.render_as_string(hide_password=False), strava_table(ACTIVITIES)
    previews, stored = [], []
    st.cache_resource.clear()  # the engine of the database before
    App(url, "mileage")
    garbage.settle()  # as the app does once it is up
    for _ in range(REPEATS):
        tab = App(url, "mileage")
        previews += timed("", where, [int, partial(tab.upload, ("activities.csv", table))]).seconds
        (label,) = (name for name in tab.widgets() if name.startswith("Add ") and name.endswith(" runs"))
        stored += timed("", where, [int, partial(tab.press, label)]).seconds
        imports.undo_import(engine, scope, int(import_list(engine, scope)["id"].iloc[0]))
    yield Timing(f"look at {ACTIVITIES:,} activities", where, tuple(previews[1:]), PREVIEW_TARGET)
    yield Timing(f"add {ACTIVITIES:,} activities", where, tuple(stored[1:]), STORED_TARGET)


def many_files(engine: Engine) -> Iterator[Timing]:
    """1,000 FIT files in one import, from its beginning to its end, beside the bare library that reads them."""
    files = list(islice(cycle(_recordings()), FIT_FILES))
    bare = timed(f"{FIT_FILES:,} FIT files, bare fitdecode", "no database", [int, partial(_bare, files)])
    yield bare
    scope = Scope(add_runner(engine, "Import", simulated=True).id)
    before, action = peak_mb(), partial(_import, engine, scope, files)
    yield timed(
        f"{FIT_FILES:,} FIT files, one import", engine.dialect.name, [int, action], bare.median * SLOWER_THAN_BARE
    )
    print(f"{FIT_FILES:,} FIT files added {peak_mb() - before:.0f} MB of memory (at most {MEMORY_MB}).")


def _recordings() -> Iterator[Upload]:
    """The samples that can be read and are not those of a whole day."""
    for path in sorted((SAMPLES / "fit").glob("*.fit")):
        content = path.read_bytes()
        if len(content) <= LARGEST_FIT and _is_readable(content):
            yield Upload(path.name, content)


def _is_readable(content: bytes) -> bool:
    try:
        read_file("a.fit", content)
    except UnreadableFileError:
        return False
    return True


def _import(engine: Engine, scope: Scope, files: list[Upload]) -> None:
    now = datetime.now(UTC)
    import_id = imports.begin(engine, scope, "a thousand files", now)
    reading, door = Reading("Europe/Berlin", "km", {}), Door(now.date())
    job = Job(engine, scope, import_id, door, Choices(), reading, lambda _: {}, partial(datetime.now, UTC))
    import_jobs.start(job, files)
    while imports.stored(engine, scope, import_id, now).state == "reading":
        time.sleep(0.05)


def _bare(files: list[Upload]) -> None:
    for file in files:
        with fitdecode.FitReader(io.BytesIO(file.content)) as reader:
            for _ in reader:
                pass


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


def main() -> None:
    show(timing for engine in stores() for timing in (*on_the_page(engine), *many_files(engine)))


if __name__ == "__main__":
    main()
