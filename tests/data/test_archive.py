"""An archive holds everything, comes back identical wherever it is brought in, and is checked before it does."""

import hashlib
import io
import json
import time
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from alembic.script import ScriptDirectory
from hypothesis import HealthCheck, given
from hypothesis import settings as profile
from hypothesis import strategies as st
from sqlalchemy import Engine, insert, select

import data.engine
from data import archive_cells, archive_restore, archive_zip, plan_templates, sharing, squads
from data.archive import write, write_squad
from data.archive_cells import as_csv, read_csv
from data.archive_check import read, read_squad
from data.archive_files import (
    BY_NAME,
    FILES,
    FORMAT,
    INSIDE,
    LEFT_OUT,
    LEFT_OUT_OF_SQUAD,
    NOT_OWN,
    NOTES,
    TEMPLATES,
    VERSION,
)
from data.archive_restore import restore, restore_squad
from data.archive_upgrades import STEPS
from data.coach_entries import Note, PlanTemplate
from data.engine import make_engine, migrate, reading, transaction
from data.entries import NewRunner, WeekMark, parse
from data.errors import InvalidEntryError, NotAllowedError, TooLargeError, UnreadableFileError
from data.imports import Line, begin, finish, stored, undo_import
from data.lists import import_list, run_list, video_list
from data.notes import add as add_note
from data.notes import of_coach
from data.plan_templates import StoredTemplate
from data.runners import account, add_runner, erase, runner, save_settings
from data.schema import metadata, runs
from data.scope import EVERYTHING, Area, Scope, SquadScope
from data.sharing_schema import notes
from data.store import save, undo
from tests.data.diaries import Diary, diaries, moments, picture, store, words
from tests.data.examples import DOOR, EXAMPLES, TODAY, run
from tests.data.examples import settings as chosen
from tests.data.old_archives import FOLDER, NAMES, NOTE, SQUADS, TEMPLATE, VERSIONS, archive_of, database_of
from tests.postgres import PostgresServer

MADE = datetime(2026, 3, 4, 12, tzinfo=UTC)


@pytest.fixture(scope="module")
def sqlite_engine(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    engine = make_engine(f"sqlite:///{tmp_path_factory.mktemp('archive')}/plumbline.sqlite3")
    migrate(engine, MADE)
    yield engine
    engine.dispose()


@pytest.fixture(scope="module")
def postgres_engine(postgres: PostgresServer) -> Iterator[Engine]:
    engine = make_engine(postgres.create_database())
    migrate(engine, MADE)
    yield engine
    engine.dispose()


@pytest.fixture
def filled(engine: Engine, scope: Scope) -> Scope:
    """With an entry of every kind, and an import that a run gave way to."""
    save(engine, scope, *(example.entry() for example in EXAMPLES.values()))
    gave_way = run_list(engine, scope)["id"].tolist()
    import_id = begin(engine, scope, "watch.zip", MADE)
    twin = run(metres=8_010.0, source="fit", source_id="a")
    finish(engine, scope, import_id, [twin], [Line("watch.zip", "a.fit", "added", "")], gave_way)
    return scope


def new_runner(engine: Engine, *, simulated: bool = False) -> Scope:
    return Scope(add_runner(engine, "", simulated=simulated).id)


# There and back


@profile(max_examples=50, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(diaries())
def test_any_diary_comes_back_identical_on_sqlite(sqlite_engine: Engine, diary: Diary) -> None:
    comes_back(sqlite_engine, sqlite_engine, diary)


@profile(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(diaries())
def test_any_diary_comes_back_identical_on_postgresql(postgres_engine: Engine, diary: Diary) -> None:
    comes_back(postgres_engine, postgres_engine, diary)


@profile(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(diaries())
def test_any_diary_moves_between_the_databases(sqlite_engine: Engine, postgres_engine: Engine, diary: Diary) -> None:
    comes_back(sqlite_engine, postgres_engine, diary)
    comes_back(postgres_engine, sqlite_engine, diary)


def comes_back(engine: Engine, other: Engine, diary: Diary) -> None:
    """Written, wiped and brought in again, into its own place and into another."""
    scope = new_runner(engine)
    store(engine, scope, diary)
    before = picture(engine, scope)
    written = write(engine, scope, MADE)
    erase(engine, scope)
    restore(engine, scope, read(written))
    assert picture(engine, scope) == before
    assert write(engine, scope, MADE) == written
    again = restore(engine, scope, read(written))
    assert sum(again.added.values()) == 0
    assert [name for name, count in again.differ.items() if count and name != "week_marks.csv"] == []
    elsewhere = new_runner(other, simulated=diary.settings["simulated"])
    restore(other, elsewhere, read(written))
    assert picture(other, elsewhere) == before
    assert write(other, elsewhere, MADE) == written


def test_an_empty_diary_has_an_archive_too(engine: Engine, scope: Scope) -> None:
    before = picture(engine, scope)
    done = restore(engine, scope, read(write(engine, scope, MADE)))
    assert (sum(done.added.values()), done.undo_id) == (0, None)
    assert picture(engine, scope) == before


def test_what_is_there_stays_and_the_rest_is_added(engine: Engine, filled: Scope, other: Scope) -> None:
    content = read(write(engine, filled, MADE))
    changed = EXAMPLES["pain"].changed()
    mine = run(metres=1_234.0, source="fit", source_id="mine")
    save(engine, other, changed, mine)
    done = restore(engine, other, content)
    assert (done.already["pain_reports.csv"], done.added["pain_reports.csv"]) == (1, 0)
    assert {name: count for name, count in done.differ.items() if count} == {"pain_reports.csv": 1}
    assert (done.already["runs.csv"], done.added["runs.csv"]) == (0, 1)
    assert not done.settings
    after = picture(engine, other)
    assert [row["worst_running"] for row in after["pain"]] == [0]
    assert [row["source_id"] for row in after["run"]] == ["a", "mine"]
    assert after["settings"]["name"] == "Grace"
    again = restore(engine, other, content)
    assert (sum(again.added.values()), again.undo_id) == (0, None)
    assert again.differ == done.differ
    assert picture(engine, other) == after


def test_what_is_the_same_does_not_differ(engine: Engine, filled: Scope) -> None:
    done = restore(engine, filled, read(write(engine, filled, MADE)))
    assert (sum(done.added.values()), sum(done.differ.values())) == (0, 0)
    assert sum(done.already.values()) >= len(EXAMPLES)


def test_another_session_at_the_same_place_of_its_day_differs(engine: Engine, scope: Scope, other: Scope) -> None:
    kind, values = EXAMPLES["session"].kind, EXAMPLES["session"].values
    (part, *_) = values["parts"]
    save(engine, scope, parse(kind, values | {"parts": [part | {"exercise": "clam"}]}, DOOR))
    save(engine, other, parse(kind, values, DOOR))
    before = picture(engine, other)
    done = restore(engine, other, read(write(engine, scope, MADE)))
    assert (done.already["strength_sessions.csv"], done.differ["strength_sessions.csv"]) == (1, 1)
    assert picture(engine, other) == before


def test_a_day_of_both_holds_no_more_than_a_day_may(engine: Engine, scope: Scope, other: Scope) -> None:
    save(engine, scope, run(metres=300_000.0, source="fit", source_id="a"))
    save(engine, other, run(metres=300_000.0, source="fit", source_id="b"))
    content, before = read(write(engine, scope, MADE)), picture(engine, other)
    with pytest.raises(InvalidEntryError, match="With the runs of the archive, 2 March 2026 comes to 600 km"):
        restore(engine, other, content)
    assert picture(engine, other) == before


def test_a_week_of_nothing_in_which_the_diary_has_a_run_is_not_added(
    engine: Engine, scope: Scope, other: Scope
) -> None:
    mark = parse(WeekMark, {"iso_week": TODAY - timedelta(days=TODAY.weekday(), weeks=1), "mark": "no running"}, DOOR)
    save(engine, scope, mark)
    save(engine, other, run(mark.iso_week))
    done = restore(engine, other, read(write(engine, scope, MADE)))
    assert (done.added["week_marks.csv"], done.already["week_marks.csv"], done.differ["week_marks.csv"]) == (0, 1, 1)
    assert picture(engine, other)["week mark"] == []


def test_the_same_workout_at_another_place_of_its_day_is_there_already(
    engine: Engine, scope: Scope, other: Scope
) -> None:
    session = {**EXAMPLES["session"].values, "source_id": "strong 1"}
    kind = EXAMPLES["session"].kind
    save(engine, scope, parse(kind, session | {"ordinal": 2}, DOOR))
    save(engine, other, parse(kind, session, DOOR))
    done = restore(engine, other, read(write(engine, scope, MADE)))
    assert (done.already["strength_sessions.csv"], done.added["strength_sessions.csv"]) == (1, 0)
    assert [row["ordinal"] for row in picture(engine, other)["session"]] == [1]


def test_what_was_brought_in_can_be_taken_out_at_once(engine: Engine, filled: Scope, other: Scope) -> None:
    save(engine, other, run(metres=1_234.0, source="fit", source_id="mine"))
    before = picture(engine, other)
    done = restore(engine, other, read(write(engine, filled, MADE)))
    assert done.undo_id is not None
    there = picture(engine, other)
    back = undo(engine, other, done.undo_id)
    after = picture(engine, other)
    assert [row["source_id"] for row in after["run"]] == ["mine"]
    assert {kind: after[kind] for kind in EXAMPLES} == {kind: before[kind] for kind in EXAMPLES}
    assert back is not None
    undo(engine, other, back)
    assert picture(engine, other) == there


def test_an_import_that_was_brought_in_has_its_report_and_can_be_undone(engine: Engine, filled: Scope) -> None:
    elsewhere = new_runner(engine)
    restore(engine, elsewhere, read(write(engine, filled, MADE)))
    import_id = int(import_list(engine, elsewhere)["id"].iloc[0])
    assert stored(engine, elsewhere, import_id, MADE).report == (Line("watch.zip", "a.fit", "added", ""),)
    undo_import(engine, elsewhere, import_id)
    assert run_list(engine, elsewhere)["source"].tolist() == ["strava"]
    assert run_list(engine, filled)["source"].tolist() == ["fit"]


def test_the_order_in_which_videos_and_sets_were_entered_comes_back(engine: Engine, scope: Scope) -> None:
    kind, values = EXAMPLES["video"].kind, EXAMPLES["video"].values
    for exercise in ("split-squat", "bridge", "clam"):
        save(engine, scope, parse(kind, {**values, "exercise": exercise}, DOOR))
    elsewhere = new_runner(engine)
    restore(engine, elsewhere, read(write(engine, scope, MADE)))
    assert video_list(engine, elsewhere)["exercise"].tolist() == ["split-squat", "bridge", "clam"]


def test_a_restore_that_fails_leaves_everything_as_it_was(
    engine: Engine, filled: Scope, other: Scope, monkeypatch: pytest.MonkeyPatch
) -> None:
    content, before = read(write(engine, filled, MADE)), picture(engine, other)

    def fail(*_: object) -> None:
        raise RuntimeError

    monkeypatch.setattr(archive_restore, "_keep_undo", fail)
    with pytest.raises(RuntimeError):
        restore(engine, other, content)
    assert picture(engine, other) == before


def test_a_simulated_diary_comes_back_as_one_and_into_no_other(engine: Engine) -> None:
    made_up, real = new_runner(engine, simulated=True), new_runner(engine)
    save(engine, made_up, run())
    content = write(engine, made_up, MADE)
    erase(engine, made_up)
    restore(engine, made_up, read(content))
    assert runner(engine, made_up).simulated
    with pytest.raises(NotAllowedError, match="The diary in the archive is simulated: nobody ran it"):
        restore(engine, real, read(content))
    assert picture(engine, real)["run"] == []
    with opened(content) as found:
        assert found.read("README.txt").startswith(b"This is what a simulated runner entered")


def test_an_archive_of_before_does_not_say_that_it_is_simulated(engine: Engine, content: bytes) -> None:
    """It comes into any diary, a simulated one too."""
    assert not read(content).simulated
    restore(engine, new_runner(engine, simulated=True), read(content))


def test_only_the_runner_writes_and_restores(engine: Engine, filled: Scope) -> None:
    coach = Scope(filled.runner_id, EVERYTHING, EVERYTHING, is_own=False, may_share=False)
    content = write(engine, filled, MADE)
    with pytest.raises(NotAllowedError):
        write(engine, coach, MADE)
    with pytest.raises(NotAllowedError):
        restore(engine, coach, read(content))


# What is in it


def test_every_table_and_column_is_in_the_archive_or_said_to_be_left_out() -> None:
    there = {file.table.name: set(file.columns) for file in FILES}
    assert set(metadata.tables) == {name for name in there if name in metadata.tables} | set(LEFT_OUT)
    for name, table in metadata.tables.items():
        if name not in LEFT_OUT:
            elsewhere = set(INSIDE.get(name, ())) | {"id", "runner_id"}
            extra = {file.more.name for file in FILES if file.table is table and file.more is not None}
            assert there[name] - extra == set(table.c.keys()) - elsewhere, name


def test_an_archive_is_of_the_newest_schema_and_every_older_one_is_kept() -> None:
    """A new migration needs a step in archive_upgrades.py, and an archive of the version before in archives/."""
    newest = ScriptDirectory(str(Path(data.engine.__file__).parent / "migrations")).get_current_head()
    assert newest == VERSION == VERSIONS[-1]
    assert tuple(STEPS) == VERSIONS[:-1]
    assert sorted(file.stem for file in FOLDER.iterdir()) == list(VERSIONS)


def test_the_readme_says_what_every_file_and_column_is(engine: Engine, filled: Scope) -> None:
    with opened(write(engine, filled, MADE)) as found:
        words = found.read("README.txt").decode()
        listed = json.loads(found.read("manifest.json"))["files"]
        for name in BY_NAME:
            header, *rows = found.read(name).decode().split("\r\n")[:-1]
            assert name in words
            assert all(f"  {column}: " in words for column in header.split(",")[1:])
            assert listed[name]["rows"] == len(rows)
            assert listed[name]["sha256"] == hashlib.sha256(found.read(name)).hexdigest()
    assert all(why in words for why in LEFT_OUT.values())


@pytest.mark.parametrize(
    ("title", "cell"),
    [
        ('=HYPERLINK("https://example.org","Me, too")', '"\'=HYPERLINK(""https://example.org"",""Me, too"")"'),
        ("'tis", "''tis"),
        ("- easy", "'- easy"),
        ("\u2066=1", "'\u2066=1"),
        ("3 - 4", "3 - 4"),
    ],
)
def test_a_text_like_a_formula_is_none_in_the_file_and_comes_back(
    engine: Engine, scope: Scope, title: str, cell: str
) -> None:
    kind, values = EXAMPLES["video"].kind, EXAMPLES["video"].values
    save(engine, scope, parse(kind, {**values, "title": title}, DOOR))
    content = write(engine, scope, MADE)
    with opened(content) as found:
        assert found.read("exercise_videos.csv").decode().endswith(f",{cell}\r\n")
    assert read(content).tables["exercise_videos.csv"][0]["title"] == title


@pytest.mark.parametrize("title", ["=1+1", "'=1", "''", "'"])
def test_a_text_of_the_first_format_is_read_as_it_stands(content: bytes, title: str) -> None:
    with opened(content) as found:
        assert "format" not in json.loads(found.read("manifest.json"))
    changed = rebuilt(content, replaced("settings.csv", "1,Ada,", f"1,{title},"))
    assert read(changed).name == title


def test_unknown_is_empty_and_a_stated_zero_is_zero(engine: Engine, scope: Scope) -> None:
    save(engine, scope, EXAMPLES["pain"].changed())
    with opened(write(engine, scope, MADE)) as found:
        header, row, _ = found.read("pain_reports.csv").decode().split("\r\n")
    said = dict(zip(header.split(","), row.split(","), strict=True))
    assert (said["worst_running"], said["participation"], said["on_date"]) == ("0", "", "2026-03-02")


def test_coaches_notes_stay_out_and_the_log_is_for_reading(engine: Engine, filled: Scope) -> None:
    coach = account(engine, "https://id.example.org", f"coach {filled.runner_id}", "Coach")
    squad = SquadScope(squads.coach_of(engine, coach.id))
    with transaction(engine) as connection:
        squads.join(connection, squad, [filled.runner_id])
    add_note(engine, squad, filled.runner_id, parse(Note, {"text": "Eats well.", "shown": True}, DOOR), MADE)
    sharing.looked(engine, [filled.runner_id], "Coach", "Home", MADE)
    content = write(engine, filled, MADE)
    with opened(content) as found:
        assert found.read("log.csv") == b"number,at,who,what\r\n1,2026-03-04T12:00:00Z,Coach,looked at Home\r\n"
        assert not any(b"Eats well" in found.read(name) for name in found.namelist())
    elsewhere = new_runner(engine)
    restore(engine, elsewhere, read(content))
    assert sharing.logged(engine, elsewhere) == ()


# Older schemas


@pytest.mark.parametrize("version", VERSIONS)
def test_the_archive_of_an_older_version_is_what_its_database_became(sqlite_engine: Engine, version: str) -> None:
    scope = new_runner(sqlite_engine)
    restore(sqlite_engine, scope, read((FOLDER / f"{version}.zip").read_bytes()))
    with database_of(version) as old:
        migrate(old, MADE)
        assert picture(sqlite_engine, scope) == picture(old, Scope(1))
    assert picture(sqlite_engine, scope)["run"][0]["import_id"] == 0


@pytest.mark.parametrize("version", VERSIONS)
def test_the_kept_archives_are_truly_of_their_versions(version: str) -> None:
    with opened((FOLDER / f"{version}.zip").read_bytes()) as kept, opened(archive_of(version)) as made:
        assert kept.namelist() == made.namelist()
        names = [name for name in kept.namelist() if name.endswith(".csv")]
        assert {name: kept.read(name) for name in names} == {name: made.read(name) for name in names}


@pytest.mark.parametrize("form", range(1, FORMAT + 1))
def test_the_archive_of_a_squad_in_every_format_is_read(form: int) -> None:
    """A new format needs an archive of it in squads/."""
    found = read_squad((SQUADS / f"{form}.zip").read_bytes())
    assert tuple(one.name for one in found.runners) == NAMES
    assert [one["name"] for one in found.templates] == ([TEMPLATE] if form > 1 else [])
    assert [[note["text"] for note in one.notes] for one in found.runners] == [[NOTE] if form > 1 else []] * len(NAMES)


# What is refused


def opened(content: bytes) -> zipfile.ZipFile:
    return zipfile.ZipFile(io.BytesIO(content))


Change = Callable[[dict[str, bytes]], None]


def rebuilt(content: bytes, change: Change, *, manifest: bool = True) -> bytes:
    """The archive with its files changed, and with `manifest` its checksums and rows as they then are."""
    with opened(content) as found:
        files = {name: found.read(name) for name in found.namelist()}
    change(files)
    if manifest:
        said = json.loads(files["manifest.json"])
        said["files"] = {
            name: {"rows": max(0, text.count(b"\r\n") - 1), "sha256": hashlib.sha256(text).hexdigest()}
            for name, text in files.items()
            if name.endswith(".csv")
        }
        files["manifest.json"] = json.dumps(said).encode()
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made:
        for name, text in files.items():
            made.writestr(name, text)
    return out.getvalue()


@pytest.fixture(scope="module")
def content() -> bytes:
    return (FOLDER / f"{VERSION}.zip").read_bytes()


def replaced(name: str, old: str, new: str) -> Change:
    def change(files: dict[str, bytes]) -> None:
        assert old.encode() in files[name], files[name]
        files[name] = files[name].replace(old.encode(), new.encode(), 1)

    return change


def told(**what: Any) -> Change:
    def change(files: dict[str, bytes]) -> None:
        files["manifest.json"] = json.dumps(json.loads(files["manifest.json"]) | what).encode()

    return change


def twice(name: str) -> Change:
    def change(files: dict[str, bytes]) -> None:
        header, row, *_ = files[name].split(b"\r\n")
        files[name] = b"\r\n".join([header, row, b"2" + row[1:], b""])

    return change


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (replaced("runs.csv", "8000.0", "8000.5"), "runs.csv was changed after the archive was made"),
        (lambda files: files.pop("runs.csv"), "runs.csv is missing from the archive"),
        (lambda files: files.update({"more.csv": b"a\r\n"}), "more.csv is in the archive, and its manifest"),
        (lambda files: files.pop("manifest.json"), "it has no manifest.json"),
        (told(schema="0999"), r"newer version of Plumbline \(schema 0999; .* Update Plumbline"),
        (told(schema="0000"), "schema is 0000, which no version"),
        (told(schema=4), "schema is 4, which no version"),
        (told(format=3), r"newer version of Plumbline \(format 3; this one knows up to 2\)"),
        (told(format="2"), "format is 2, which no version"),
        (told(format=0), "format is 0, which no version"),
        (told(product="Other"), "no archive of Plumbline"),
        (told(made="yesterday"), "does not say when it was made"),
        (told(files=[]), "lists no files"),
        (told(kind="squad"), "archive of a squad"),
        (lambda files: files.update({"manifest.json": b"[" * 100_000}), "manifest.json in the archive cannot be read"),
    ],
)
def test_an_archive_that_was_tampered_with_is_refused(content: bytes, change: Change, said: str) -> None:
    with pytest.raises(UnreadableFileError, match=said):
        read(rebuilt(content, change, manifest=False))


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (replaced("runs.csv", "8000.0", "far"), "runs.csv, row 1: distance_m is far, which is not a number"),
        (replaced("runs.csv", "8000.0", "nan"), "runs.csv, row 1: distance_m is nan"),
        (replaced("runs.csv", "8000.0", "800000.0"), "runs.csv, row 1: The distance is 800 km .497 miles"),
        (replaced("runs.csv", "8000.0", "-5.0"), "runs.csv, row 1: The distance is -0.005 km .-0.0031 miles"),
        (replaced("runs.csv", "T06:30:00Z", "T06:30:00"), "runs.csv, row 1: start is .* a moment such as"),
        (replaced("runs.csv", "2026-03-02,", "02.03.2026,"), "runs.csv, row 1: local_date is 02.03.2026"),
        (
            replaced("runs.csv", ",1\r\n", ",7\r\n"),
            "runs.csv, row 1: import_id is 7, and imports.csv has 1 row. Download",
        ),
        (replaced("runs.csv", "\r\n1,", "\r\n2,"), "runs.csv, row 1: its number is 2"),
        (replaced("runs.csv", "2700.0,", "2700.0,,"), "runs.csv, row 1: it has 10 cells, and the header 9"),
        (replaced("runs.csv", "effort", "exertion"), "runs.csv has other columns"),
        (replaced("runs.csv", "strava", '"strava'), "runs.csv in the archive is no CSV file"),
        (replaced("pain_reports.csv", "kneecap", "elbow"), "pain_reports.csv, row 1: "),
        (replaced("strength_sets.csv", ",8,", ",-8,"), "strength_sessions.csv, row 1: Split squat: Repetitions are -8"),
        (replaced("strength_sets.csv", "1,1,", "1,,"), "strength_sets.csv, row 1: session_id is empty"),
        (replaced("exercise_videos.csv", "https", "javascript"), "exercise_videos.csv, row 1: The link is"),
        (replaced("imports.csv", "done", "over"), "imports.csv, row 1: it breaks the rule ck_imports_state"),
        (replaced("imports.csv", ",done,,,", ",done,,,5"), "imports.csv, row 1: it says 5 lines of report"),
        (replaced("settings.csv", "Europe/Vienna", "Europe/Atlantis"), "settings.csv, row 1: The time zone"),
        (replaced("self_test_sides.csv", "true", "yes"), "self_test_sides.csv, row 1: knee_inside is yes"),
        (replaced("profiles.csv", "[", "{"), "profiles.csv, row 1: equipment is .* not JSON"),
        (twice("injuries.csv"), "injuries.csv, row 2: it is there twice"),
        (twice("settings.csv"), "settings.csv has 2 rows"),
        (lambda files: files.update({"runs.csv": b"\xff\xfe"}), "runs.csv in the archive is no CSV file in UTF-8"),
        (lambda files: files.pop("runs.csv"), "runs.csv is missing from the archive"),
        (lambda files: files.update({"more.csv": b"a\r\n"}), "more.csv in the archive is no file of Plumbline's"),
    ],
)
def test_a_wrong_value_is_named_by_file_and_row(content: bytes, change: Change, said: str) -> None:
    with pytest.raises(UnreadableFileError, match=said):
        read(rebuilt(content, change))


@pytest.mark.parametrize("whole", [b"", b"PK\x03\x04", b"not a zip", b"\x1f\x8b123"])
def test_what_is_no_zip_is_refused(whole: bytes) -> None:
    with pytest.raises(UnreadableFileError):
        read(whole)


def test_a_truncated_archive_is_refused(content: bytes) -> None:
    for length in range(0, len(content) - 1, 97):
        with pytest.raises(UnreadableFileError):
            read(content[:length])


def test_a_zip_bomb_is_refused_before_it_is_unpacked(content: bytes) -> None:
    def bomb(files: dict[str, bytes]) -> None:
        files["runs.csv"] = bytes(65 * 2**20)

    with pytest.raises(UnreadableFileError, match="The archive unpacks to more than 64 MB"):
        read(rebuilt(content, bomb, manifest=False))


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        (b",,,,,,,,,\r\n" * 3, "runs.csv has other columns"),
        (b"," * 1_000 + b"\r\n", "runs.csv in the archive is no CSV file in UTF-8 .row 0 has more than 100 cells"),
        (b"{runs.csv}" + b"2,x\r\n" * 3, "runs.csv, row 2: it has 2 cells"),
    ],
)
def test_what_a_file_begins_with_is_refused_before_the_rest_is_read(content: bytes, rows: bytes, said: str) -> None:
    """The rest is no CSV file, and nothing is said about that."""

    def change(files: dict[str, bytes]) -> None:
        files["runs.csv"] = rows.replace(b"{runs.csv}", files["runs.csv"]) + b'"broken\r\n'

    with pytest.raises(UnreadableFileError, match=said):
        read(rebuilt(content, change))


@pytest.mark.parametrize(
    ("rows", "said"), [(0, "has more than the 0 rows of"), (3, "has 1 row, and the manifest says 3")]
)
def test_a_file_has_as_many_rows_as_the_manifest_says(content: bytes, rows: int, said: str) -> None:
    with pytest.raises(UnreadableFileError, match=f"runs.csv {said}"):
        read(rebuilt(content, told_of("runs.csv", rows=rows), manifest=False))


@pytest.mark.parametrize("rows", [-1, "1", None, 1.5])
def test_a_number_of_rows_that_is_none_is_refused(content: bytes, rows: Any) -> None:
    with pytest.raises(UnreadableFileError, match="no number of rows for runs.csv"):
        read(rebuilt(content, told_of("runs.csv", rows=rows), manifest=False))


def test_more_rows_than_plumbline_writes_are_refused_before_any_is_read(content: bytes) -> None:
    with pytest.raises(UnreadableFileError, match="speaks of 4,000,0.. rows, and Plumbline writes up to 4,000,000"):
        read(rebuilt(content, told_of("runs.csv", rows=4_000_000), manifest=False))


def told_of(name: str, **what: Any) -> Change:
    def change(files: dict[str, bytes]) -> None:
        listed = json.loads(files["manifest.json"])["files"]
        told(files=listed | {name: listed[name] | what})(files)

    return change


def test_reports_that_no_import_could_have_in_one_file_come_back(
    engine: Engine, filled: Scope, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A whole export that is brought in each week says of each run that it is there already."""
    monkeypatch.setattr("data.importers.unpack.MAX_FILE_BYTES", 1_000)
    lines = [Line("export.zip", f"activities/{number}.fit", "there already", "") for number in range(100)]
    finish(engine, filled, begin(engine, filled, "export.zip", MADE), [], lines)
    before = picture(engine, filled)
    content = write(engine, filled, MADE)
    erase(engine, filled)
    restore(engine, filled, read(content))
    assert picture(engine, filled) == before


@pytest.mark.parametrize("bound", ["MAX_BYTES", "MAX_ROWS"])
def test_what_could_not_be_read_is_not_written(
    engine: Engine, filled: Scope, monkeypatch: pytest.MonkeyPatch, bound: str
) -> None:
    content = write(engine, filled, MADE)
    with opened(content) as found:
        listed = json.loads(found.read("manifest.json"))["files"]
        sizes = {"MAX_BYTES": sum(one.file_size for one in found.infolist())}
    sizes["MAX_ROWS"] = sum(one["rows"] for one in listed.values())
    monkeypatch.setattr(archive_zip, bound, sizes[bound])
    assert read(write(engine, filled, MADE)).counts
    monkeypatch.setattr(archive_zip, bound, sizes[bound] - 1)
    with pytest.raises(TooLargeError, match="could not bring it in again"):
        write(engine, filled, MADE)
    with pytest.raises(UnreadableFileError):
        read(content)


@pytest.mark.parametrize("size", [1, 2, 3, 7, 1_000])
def test_rows_are_the_same_in_pieces_of_any_size(monkeypatch: pytest.MonkeyPatch, size: int) -> None:
    rows = [["number", "ä"], ["1", 'a,"b"\r\nc'], ["2", None], ["3", ""], ["4", '"'], ["5", "走"]]
    content, number = as_csv(rows)
    monkeypatch.setattr(archive_cells, "_CHUNK", size)
    assert (list(read_csv(io.BytesIO(content))), number) == (rows, 6)


@pytest.mark.parametrize("folder", ["", "runner-001/"])
def test_thousands_of_files_are_refused_before_any_is_read(content: bytes, folder: str) -> None:
    """They are damaged as well, and nothing is said about that."""
    names = [f"{folder}{number}.csv" for number in range(16_000)]
    people = [{"folder": f"runner-{number:03}", "name": "A", "not_shared": []} for number in range(1, 1_001)]

    def more(files: dict[str, bytes]) -> None:
        if folder:
            files |= {f"{folder}{name}": files.pop(name) for name in list(files) if name.endswith(".csv")}
            told(kind="squad", own=True, runners=people)(files)
        listed = json.loads(files["manifest.json"])["files"]
        told(files=dict.fromkeys(names, {}) | {f"{folder}{name}": said for name, said in listed.items()})(files)
        files |= dict.fromkeys(names, b"")

    made = rebuilt(content, more, manifest=False)
    began = time.process_time()
    with pytest.raises(UnreadableFileError, match=f"^{folder}0.csv in the archive"):
        (read_squad if folder else read)(made)
    assert time.process_time() - began < 2


def test_a_squad_of_hundreds_of_folders_is_sorted_in_a_moment(content: bytes) -> None:
    people = [{"folder": f"runner-{number:03}", "name": "A", "not_shared": []} for number in range(1, 401)]

    def more(files: dict[str, bytes]) -> None:
        files |= {f"runner-{at:03}/{file.name}": b"number\r\n" for at in range(1, 401) for file in FILES}
        for file in FILES:
            files.pop(file.name)
        told(kind="squad", own=True, runners=people)(files)

    made = rebuilt(content, more)
    began = time.process_time()
    with pytest.raises(UnreadableFileError, match="^runner-001/.* has other columns"):
        read_squad(made)
    assert time.process_time() - began < 2


def test_a_manifest_that_is_too_long_is_refused(content: bytes) -> None:
    with pytest.raises(UnreadableFileError, match="manifest.json in the archive is longer than 8 MB"):
        read(rebuilt(content, told(more=" " * 2**23), manifest=False))


@profile(max_examples=300, deadline=None)
@given(st.lists(st.tuples(st.floats(0, 1, exclude_max=True), st.integers(0, 255)), min_size=1, max_size=4))
def test_a_mutated_archive_is_read_or_refused(changes: list[tuple[float, int]]) -> None:
    whole = bytearray((FOLDER / f"{VERSION}.zip").read_bytes())
    for place, byte in changes:
        whole[int(place * len(whole))] = byte
    try:
        read(bytes(whole))
    except UnreadableFileError as error:
        assert str(error)


# Squads


@pytest.fixture
def own_squad(engine: Engine, filled: Scope, other: Scope) -> SquadScope:
    coach = add_runner(engine, "Coach", simulated=False)
    scope = SquadScope(squads.coach_of(engine, coach.id))
    save(engine, other, run(metres=1_234.0))
    with transaction(engine) as connection:
        squads.join(connection, scope, [filled.runner_id, other.runner_id])
    return scope


def test_a_squad_of_ones_own_comes_back_as_new_runners(
    engine: Engine, own_squad: SquadScope, filled: Scope, other: Scope
) -> None:
    found = read_squad(write_squad(engine, own_squad, "Coach", MADE))
    assert [one.name for one in found.runners] == ["Ada", "Grace"]
    assert restore_squad(engine, own_squad, found) == 2
    there = [member.id for member in squads.members(engine, own_squad)]
    assert there[:2] == [filled.runner_id, other.runner_id]
    for before, after in zip(there[:2], there[2:], strict=True):
        assert picture(engine, Scope(after)) == picture(engine, Scope(before))
    assert sharing.logged(engine, filled) == ()


def template(name: str, *exercises: str) -> PlanTemplate:
    values = {"name": name, "weekdays": (0, 3), "parts": [plan_item(exercise) for exercise in exercises]}
    return parse(PlanTemplate, values, DOOR)


def plan_item(exercise: str) -> dict[str, Any]:
    return {"exercise": exercise, "block": "main", "side": "each", "sets": 3, "repetitions": 8}


def test_notes_and_templates_of_ones_own_squad_come_back(
    engine: Engine, own_squad: SquadScope, filled: Scope, other: Scope
) -> None:
    add_note(engine, own_squad, filled.runner_id, parse(Note, {"text": "=Eats well."}, DOOR), MADE)
    add_note(engine, own_squad, filled.runner_id, parse(Note, {"text": "'Sleeps well."}, DOOR), MADE)
    plan_templates.save(engine, own_squad, template("Base", "clam", "bridge"))
    plan_templates.save(engine, own_squad, template("-Peak", "split-squat"))
    content = write_squad(engine, own_squad, "Coach", MADE)
    found = read_squad(content)
    assert [one.counts.get("Notes") for one in found.runners] == [2, None]

    mine = SquadScope(squads.coach_of(engine, add_runner(engine, "Home", simulated=False).id))
    restore_squad(engine, mine, found)
    assert write_squad(engine, mine, "Coach", MADE) == content
    assert bare(plan_templates.of_coach(engine, mine)) == bare(plan_templates.of_coach(engine, own_squad))
    first, second = (member.id for member in squads.members(engine, mine))
    assert of_coach(engine, mine, first)["text"].tolist() == ["'Sleeps well.", "=Eats well."]
    assert of_coach(engine, mine, second).empty


def bare(templates: tuple[StoredTemplate, ...]) -> list[StoredTemplate]:
    return [replace(one, id=0) for one in templates]


@profile(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(st.lists(diaries(), max_size=2), st.lists(st.tuples(words, moments, st.booleans()), max_size=3))
def test_any_squad_comes_back_identical(
    sqlite_engine: Engine, several: list[Diary], noted: list[tuple[str, datetime, bool]]
) -> None:
    first, second = (SquadScope(squads.coach_of(sqlite_engine, new_runner(sqlite_engine).runner_id)) for _ in "ab")
    for number, diary in enumerate(several):
        scope = new_runner(sqlite_engine)
        store(sqlite_engine, scope, replace(diary, settings=diary.settings | {"simulated": False}))
        keys = {"coach_id": first.coach_id, "runner_id": scope.runner_id}
        rows = [keys | {"text": f"{number}{text}", "at": at, "shown": shown} for text, at, shown in noted]
        with transaction(sqlite_engine) as connection:
            squads.join(connection, first, [scope.runner_id])
            if rows:
                connection.execute(insert(notes), rows)
    written = write_squad(sqlite_engine, first, "", MADE)
    restore_squad(sqlite_engine, second, read_squad(written))
    assert write_squad(sqlite_engine, second, "", MADE) == written
    there, back = (squads.members(sqlite_engine, scope) for scope in (first, second))
    for before, after in zip(there, back, strict=True):
        assert picture(sqlite_engine, Scope(after.id)) == picture(sqlite_engine, Scope(before.id))


def test_a_template_whose_name_is_there_stays(engine: Engine, own_squad: SquadScope) -> None:
    plan_templates.save(engine, own_squad, template("Base", "clam"))
    found = read_squad(write_squad(engine, own_squad, "Coach", MADE))
    plan_templates.save(engine, own_squad, template("Base", "bridge"))
    restore_squad(engine, own_squad, found)
    (kept,) = plan_templates.of_coach(engine, own_squad)
    assert [part.exercise for part in kept.parts] == ["bridge"]


@pytest.mark.parametrize(
    ("name", "old", "new", "said"),
    [
        ("runner-001/notes.csv", "Eats well.", '" "', "runner-001/notes.csv, row 1: The note is empty"),
        ("plan_templates.csv", ",0 3,", ",0 9,", "plan_templates.csv, row 1: The training days are"),
        ("plan_templates.csv", "\r\n2,Peak,", "\r\n2,Base,", "plan_templates.csv has the name Base twice"),
        ("plan_templates.csv", '""sets"": 3', '""sets"": -3', "plan_templates.csv, row 1: Clam: "),
    ],
)
def test_what_is_the_coachs_is_checked_too(
    engine: Engine, own_squad: SquadScope, filled: Scope, name: str, old: str, new: str, said: str
) -> None:
    add_note(engine, own_squad, filled.runner_id, parse(Note, {"text": "Eats well."}, DOOR), MADE)
    plan_templates.save(engine, own_squad, template("Base", "clam"))
    plan_templates.save(engine, own_squad, template("Peak", "clam"))
    content = write_squad(engine, own_squad, "Coach", MADE)
    with pytest.raises(UnreadableFileError, match=said):
        read_squad(rebuilt(content, replaced(name, old, new)))
    with pytest.raises(UnreadableFileError, match=f"{name} is missing from the archive"):
        read_squad(rebuilt(content, lambda files: files.pop(name)))


def test_a_squads_archive_of_the_first_format_has_nothing_of_the_coachs(engine: Engine, own_squad: SquadScope) -> None:
    def as_before(files: dict[str, bytes]) -> None:
        for name in [name for name in files if name.endswith(("notes.csv", "plan_templates.csv"))]:
            del files[name]
        told(format=1)(files)

    found = read_squad(rebuilt(write_squad(engine, own_squad, "Coach", MADE), as_before))
    assert [one.name for one in found.runners] == ["Ada", "Grace"]
    assert (found.templates, [one.notes for one in found.runners]) == ((), [(), ()])


def test_the_squads_readme_says_what_its_files_are(engine: Engine, own_squad: SquadScope, filled: Scope) -> None:
    ones_own = readme_of(write_squad(engine, own_squad, "Coach", MADE))
    clubs = readme_of(write_squad(engine, shared_squad(engine, filled, {"running": False})[0], "Coach", MADE))
    for file in (NOTES, TEMPLATES):
        assert set(file.columns) == set(file.table.c.keys()) - {"id", "coach_id", "runner_id"}
        assert all(f"  {column}: " in ones_own for column in file.columns)
    assert (NOT_OWN in ones_own, NOT_OWN in clubs) == (False, True)
    assert ("notes.csv" in ones_own, "notes.csv" in clubs) == (True, False)
    assert all(why in ones_own and why in clubs for why in LEFT_OUT_OF_SQUAD.values())


def readme_of(content: bytes) -> str:
    with opened(content) as found:
        return found.read("README.txt").decode()


def test_simulated_runners_come_back_into_a_simulated_squad_alone(engine: Engine, own_squad: SquadScope) -> None:
    made = add_runner(engine, "Simulated Lin", simulated=True).id
    with transaction(engine) as connection:
        made_up = SquadScope(squads.add_simulated_coach(connection, "Simulated coach"))
        squads.join(connection, made_up, [made])
    archives = read_squad(write_squad(engine, made_up, "", MADE))
    restore_squad(engine, made_up, archives)
    assert [member.simulated for member in squads.members(engine, made_up)] == [True, True]
    with pytest.raises(NotAllowedError, match="The diary of Simulated Lin in the archive is simulated"):
        restore_squad(engine, own_squad, archives)
    assert [member.name for member in squads.members(engine, own_squad)] == ["Ada", "Grace"]


def test_with_accounts_only_what_is_shared_is_in_it_and_each_look_is_logged(engine: Engine, filled: Scope) -> None:
    scope, closed = shared_squad(engine, filled, {"running": False, "notes": False})
    content = write_squad(engine, scope, "Coach (account 1)", MADE)
    with opened(content) as found:
        manifest = json.loads(found.read("manifest.json"))
        names = {name for name in found.namelist() if name.startswith("runner-")}
    first, second = manifest["runners"]
    assert first["not_shared"] == ["pain", "self-tests", "training"]
    assert second["not_shared"] == ["pain", "running", "self-tests", "training"]
    running = ("imports", "import_lines", "replaced_runs", "import_choices", "runs", "weekly_totals")
    assert names == {f"runner-001/{name}.csv" for name in running}
    assert read_squad(content).runners[0].notes == ()
    assert [entry.what for entry in sharing.logged(engine, filled)][0] == "looked at the diary, to take it away"
    assert "looked" not in str(sharing.logged(engine, closed))

    mine = SquadScope(squads.coach_of(engine, add_runner(engine, "Home", simulated=False).id))
    restore_squad(engine, mine, read_squad(content))
    there = squads.members(engine, mine)
    assert [member.name for member in there] == ["Ada", "Closed"]
    kept = picture(engine, Scope(there[0].id))
    assert kept["run"] == picture(engine, filled)["run"]
    assert (kept["pain"], kept["session"]) == ([], [])
    with pytest.raises(NotAllowedError):
        restore_squad(engine, scope, read_squad(content))


def shared_squad(engine: Engine, filled: Scope, areas: dict[Area, bool]) -> tuple[SquadScope, Scope]:
    """A coach with an account, whose first runner shares these areas, and whose second nothing."""
    coach = account(engine, "https://id.example.org", f"coach {filled.runner_id}", "Coach")
    scope = SquadScope(squads.coach_of(engine, coach.id), TODAY)
    closed = Scope(squads.add_member(engine, scope, parse(NewRunner, {"name": "Closed"}, DOOR), "Coach", MADE))
    with transaction(engine) as connection:
        squads.join(connection, scope, [filled.runner_id])
    sharing.share(engine, filled, scope.coach_id, areas, None, "Ada", MADE)
    return scope, closed


def test_each_kind_of_archive_is_read_at_its_own_door(engine: Engine, own_squad: SquadScope, filled: Scope) -> None:
    with pytest.raises(UnreadableFileError, match="the page Squad"):
        read(write_squad(engine, own_squad, "", MADE))
    with pytest.raises(UnreadableFileError, match="the page Settings"):
        read_squad(write(engine, filled, MADE))


@pytest.mark.parametrize(
    ("people", "said"),
    [
        ([], "belongs to none of its runners"),
        (None, "lists no runners"),
        ([{"folder": "../runner-001", "name": "A", "not_shared": []}], "does not say which folder is whose"),
        ([{"folder": "runner-001", "name": "A" * 99, "not_shared": []}], "The name has 99 letters"),
        ([{"folder": "runner-001", "name": "A", "not_shared": []}] * 2, "two runners in one folder"),
    ],
)
def test_a_squads_manifest_is_checked(engine: Engine, own_squad: SquadScope, people: Any, said: str) -> None:
    content = write_squad(engine, own_squad, "", MADE)
    with pytest.raises(UnreadableFileError, match=said):
        read_squad(rebuilt(content, told(runners=people), manifest=False))


def test_settings_of_an_archive_are_the_runners_again(engine: Engine, scope: Scope) -> None:
    save_settings(engine, scope, chosen())
    save(engine, scope, run(TODAY - timedelta(days=1)))
    content = write(engine, scope, MADE)
    erase(engine, scope)
    assert restore(engine, scope, read(content)).settings
    found = runner(engine, scope)
    assert (found.name, found.units, found.week_start, found.time_zone) == ("Ada", "mi", 6, "Europe/Vienna")


def test_no_row_is_anybody_elses(engine: Engine, filled: Scope, other: Scope) -> None:
    with opened(write(engine, other, MADE)) as found:
        rows = {name: found.read(name).count(b"\r\n") - 1 for name in BY_NAME}
    assert {name: count for name, count in rows.items() if count} == {"settings.csv": 1}
    with reading(engine) as connection:
        assert connection.scalar(select(runs.c.id).where(runs.c.runner_id == filled.runner_id)) is not None
