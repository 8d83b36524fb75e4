"""Imports in the background: one after the other, each a sign of life while it waits."""

import io
import time
import zipfile
from collections.abc import Callable
from datetime import UTC, datetime
from functools import partial
from threading import Event

import pytest
from sqlalchemy import Engine

from data import import_jobs, imports, sharing, squads
from data.engine import transaction
from data.errors import StorageError
from data.import_jobs import Job, Reading
from data.importing import Choices
from data.imports import Progress
from data.lists import run_list
from data.runners import account
from data.scope import EVERYTHING, Guest, Scope, SquadScope
from tests.data.examples import DOOR
from tests.data.importers.samples import sample

WATCH = "fit/fitparse__activity-small-fenix2-run.fit"  # the watch's own file of Strava's 900001
TABLE = "strava/made_activities_103col.csv"


class Held:
    """A file that is read as soon as it is let go."""

    def __init__(self, name: str, content: bytes) -> None:
        self.name, self.go, self._content = name, Event(), content
        self.size = len(content)

    def getvalue(self) -> bytes:
        assert self.go.wait(10)
        return self._content


def begun(engine: Engine, scope: Scope, file: Held) -> int:
    import_id = imports.begin(engine, scope, file.name, datetime.now(UTC))
    reading = Reading("Europe/Berlin", "km", {})
    job = Job(engine, scope, import_id, DOOR, Choices(), reading, lambda _: {}, partial(datetime.now, UTC))
    import_jobs.start(job, [file])
    return import_id


def until(is_so: Callable[[], bool]) -> None:
    end = time.monotonic() + 10
    while not is_so():
        assert time.monotonic() < end, "it did not become so"
        time.sleep(0.02)


def test_one_that_waits_lives_and_then_knows_what_the_one_before_has_added(
    engine: Engine, scope: Scope, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(import_jobs, "_LIVES_EVERY", 0.02)
    first, second = Held("run.fit", sample(WATCH)), Held("activities.csv", sample(TABLE))
    first_id, second_id = begun(engine, scope, first), begun(engine, scope, second)
    late = datetime.now(UTC) + imports.SILENT_AFTER
    until(lambda: not any(imports.stored(engine, scope, one, late).is_silent for one in (first_id, second_id)))
    first.go.set()
    second.go.set()
    until(lambda: imports.stored(engine, scope, second_id, late).state == "done")
    assert sorted(run_list(engine, scope)["source"]) == ["fit", *["strava"] * 6]


def test_a_table_of_no_known_program_is_named_with_what_to_do(engine: Engine, scope: Scope) -> None:
    file = Held("laufbuch.csv", b"Tag;Strecke\n01.03.2026;8,5\n02.03.2026;10,2\n")
    import_id = begun(engine, scope, file)
    file.go.set()
    until(lambda: imports.stored(engine, scope, import_id, datetime.now(UTC)).state == "done")
    (line,) = imports.stored(engine, scope, import_id, datetime.now(UTC)).report
    assert (line.file, line.outcome) == ("laufbuch.csv", "failed")
    assert line.why.endswith("Choose it by itself, and say what its columns are.")


def test_a_database_that_is_busy_for_a_moment_does_not_end_the_signs_of_life(
    engine: Engine, scope: Scope, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(import_jobs, "_LIVES_EVERY", 0.02)
    signs: list[int] = []

    def live(*_: object) -> None:
        signs.append(1)
        raise StorageError("The database is busy.")

    monkeypatch.setattr(imports, "live", live)
    file = Held("run.fit", sample(WATCH))
    import_id = begun(engine, scope, file)
    until(lambda: len(signs) > 1)
    file.go.set()
    until(lambda: imports.stored(engine, scope, import_id, datetime.now(UTC)).state == "done")


def test_an_import_ends_with_the_right_to_it(engine: Engine, scope: Scope) -> None:
    """It was begun by a coach; the runner takes the consent back while it waits."""
    at = datetime.now(UTC)
    grace = account(engine, "https://id.example.org", f"grace {scope.runner_id}", "Grace")
    squad = SquadScope(squads.coach_of(engine, grace.id), at.date())
    with transaction(engine) as connection:
        squads.join(connection, squad, [scope.runner_id])
    sharing.share(engine, scope, squad.coach_id, dict.fromkeys(EVERYTHING, True), None, "Lin", at)
    coachs = Scope(scope.runner_id, is_own=False, may_share=False, guest=Guest(grace.id, at.date()))
    file = Held("run.fit", sample(WATCH))
    import_id = begun(engine, coachs, file)
    sharing.share(engine, scope, squad.coach_id, {}, None, "Lin", at)
    file.go.set()
    until(lambda: imports.stored(engine, scope, import_id, at).state == "failed")
    (line,) = imports.stored(engine, scope, import_id, at).report
    assert line.why == "You may not change this diary any more: the right to it was taken back."
    assert run_list(engine, scope).empty


def test_an_archive_says_how_far_it_is_before_it_is_read(
    engine: Engine, scope: Scope, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(import_jobs, "TELLS_EVERY", 0.0)
    told: list[Progress] = []
    monkeypatch.setattr(imports, "tell", lambda *args: told.append(args[3]))
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        for number in range(9):
            archive.writestr(f"{number}.fit", sample(WATCH))
    file = Held("watch.zip", packed.getvalue())
    import_id = begun(engine, scope, file)
    file.go.set()
    until(lambda: imports.stored(engine, scope, import_id, datetime.now(UTC)).state == "done")
    shares = [one.bytes / one.of_bytes for one in told]
    assert shares == sorted(shares)
    assert len([share for share in shares if 0.1 < share < 0.9]) > 5
