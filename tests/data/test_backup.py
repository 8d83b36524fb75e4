"""A copy of a database in use is whole, private and checked; nothing damaged or newer is ever restored."""

import shutil
import sqlite3
import stat
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import closing
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import Engine, make_url, text

from data import backup, copies
from data.backup import remove_older, restore
from data.copies import BackupError, version_of
from data.engine import copy_of, make_engine, migrate, reading, settle, transaction
from data.errors import DatabaseTooNewError
from data.lists import run_list
from data.runners import add_runner, everyone
from data.scope import Scope
from data.store import save
from tests.data.examples import EXAMPLES, run
from tests.postgres import PostgresServer

NOW = datetime(2026, 3, 4, 9, 30, 15)


@pytest.fixture
def scope(own_engine: Engine) -> Scope:
    scope = Scope(add_runner(own_engine, "Ada", simulated=False).id)
    save(own_engine, scope, *(example.entry() for example in EXAMPLES.values()))
    return scope


@pytest.fixture
def empty(request: pytest.FixtureRequest, own_engine: Engine, tmp_path: Path) -> Iterator[Engine]:
    """A second place, of the same kind, with nothing in it."""
    if own_engine.dialect.name == "sqlite":
        (tmp_path / "second").mkdir()
        engine = make_engine(f"sqlite:///{tmp_path}/second/plumbline.sqlite3", makes_file=False)
    else:
        server: PostgresServer = request.getfixturevalue("postgres")
        engine = make_engine(server.create_database())
    yield engine
    engine.dispose()


def contents(engine: Engine) -> dict[str, list[object]]:
    with reading(engine) as connection:
        names = ("runners", "runs", "plan_items", "strength_sets", "pain_reports", "alembic_version")
        return {name: list(connection.execute(text(f"SELECT * FROM {name} ORDER BY 1"))) for name in names}


def address(engine: Engine) -> str:
    return engine.url.render_as_string(hide_password=False)


def command(url: str, *arguments: object, folder: Path) -> subprocess.CompletedProcess[str]:
    root = str(Path(__file__).parents[2])
    environment = {"PLUMBLINE_DATABASE_URL": url, "PYTHONPATH": root, "PATH": "/usr/bin:/bin"}
    line = [sys.executable, "-m", "data.backup", *map(str, arguments)]
    return subprocess.run(line, env=environment, cwd=folder, capture_output=True, text=True)


def test_a_copy_restored_into_an_empty_place_is_the_same(
    own_engine: Engine, scope: Scope, empty: Engine, tmp_path: Path
) -> None:
    file = tmp_path / "copies" / "copy"
    assert backup.backup(own_engine, file) == "0004"
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert list(file.parent.iterdir()) == [file]
    assert restore(empty, file, NOW) is None
    assert contents(empty) == contents(own_engine)
    assert migrate(empty, NOW) is None
    added = save(empty, scope, run(metres=4_321.0))[0].row_id
    assert added > run_list(own_engine, scope)["id"].max()


def test_a_copy_made_while_another_writes_is_whole(
    own_engine: Engine, scope: Scope, empty: Engine, tmp_path: Path
) -> None:
    """Each write is of two runs: a copy holds both or none, and all that was confirmed before it began."""
    done, written = threading.Event(), threading.Semaphore(0)
    confirmed = 0

    def write() -> None:
        number = 0
        while not done.is_set():
            number += 1
            save(own_engine, scope, *(run(metres=10.0, source="watch", source_id=f"{number}-{half}") for half in "ab"))
            written.release()

    writer = threading.Thread(target=write)
    writer.start()
    try:
        for number in range(3):
            for _ in range(10):
                assert written.acquire(timeout=30)
                confirmed += 1
            file = tmp_path / f"copy-{number}"
            backup.backup(own_engine, file)
            restore(empty, file, NOW, replace=True)
            found = pairs(empty)
            empty.dispose()
            assert len(found) >= confirmed
            assert set(found.values()) == {2}
    finally:
        done.set()
        writer.join()


def pairs(engine: Engine) -> dict[str, int]:
    """How many halves of each write there are."""
    counts: dict[str, int] = {}
    with reading(engine) as connection:
        for name in connection.scalars(text("SELECT source_id FROM runs WHERE source = 'watch'")):
            counts[name[:-2]] = counts.get(name[:-2], 0) + 1
    return counts


def test_a_diary_is_replaced_only_when_that_is_said(
    own_engine: Engine, scope: Scope, empty: Engine, tmp_path: Path
) -> None:
    file = tmp_path / "copy"
    backup.backup(own_engine, file)
    migrate(empty, NOW)
    add_runner(empty, "Somebody", simulated=False)
    with pytest.raises(BackupError, match=r"holds a diary\. .* say --yes\. Nothing was changed"):
        restore(empty, file, NOW)
    assert [runner.name for runner in everyone(empty)] == ["Somebody"]
    empty.dispose()
    kept = restore(empty, file, NOW, replace=True)
    assert contents(empty) == contents(own_engine)
    assert kept is not None
    if own_engine.dialect.name == "sqlite":
        assert kept == Path(str(empty.url.database)).with_name("plumbline-before-restore-2026-03-04T093015.sqlite3")
        assert names(kept) == ["Somebody"]
    else:
        assert kept == tmp_path / "plumbline-before-restore-2026-03-04T093015.dump"
        assert stat.S_IMODE(kept.stat().st_mode) == 0o600
        restore(empty, kept, NOW + timedelta(1), replace=True)
        assert [runner.name for runner in everyone(empty)] == ["Somebody"]


def test_a_copy_of_an_older_version_takes_the_place_of_a_newer_one(
    own_engine: Engine, scope: Scope, empty: Engine, tmp_path: Path
) -> None:
    """The way back after an update: a table that came with it keeps none in place that it points to."""
    with transaction(own_engine) as connection:
        for change in ("DROP TABLE import_choices", "UPDATE alembic_version SET version_num = '0003'"):
            connection.execute(text(change))
    file = tmp_path / "copy"
    assert backup.backup(own_engine, file) == "0003"
    migrate(empty, NOW)
    add_runner(empty, "Somebody", simulated=False)
    empty.dispose()
    restore(empty, file, NOW, replace=True)
    assert contents(empty) == contents(own_engine)


def test_the_tables_of_others_stay(own_engine: Engine, scope: Scope, empty: Engine, tmp_path: Path) -> None:
    file = tmp_path / "copy"
    backup.backup(own_engine, file)
    with transaction(empty) as connection:
        connection.execute(text("CREATE TABLE guests (name VARCHAR)"))
    empty.dispose()
    with pytest.raises(BackupError, match="Nothing was changed"):
        restore(empty, file, NOW)
    kept = restore(empty, file, NOW, replace=True)
    place = make_engine(f"sqlite:///{kept}") if empty.dialect.name == "sqlite" else empty
    with reading(place) as connection:
        assert connection.scalar(text("SELECT count(*) FROM guests")) == 0
    place.dispose()


def test_a_damaged_copy_is_refused_and_nothing_is_touched(own_engine: Engine, scope: Scope, tmp_path: Path) -> None:
    file = tmp_path / "copy"
    backup.backup(own_engine, file)
    whole = file.read_bytes()
    third = len(whole) // 3
    before = contents(own_engine)
    for damaged in (whole[: 2 * third], whole[:third] + bytes(third) + whole[2 * third :], b"nothing" + whole[7:], b""):
        file.write_bytes(damaged)
        with pytest.raises(BackupError):
            restore(own_engine, file, NOW, replace=True)
    assert contents(own_engine) == before


def test_a_dump_with_flipped_bytes_is_said_to_be_damaged(postgres: PostgresServer, tmp_path: Path) -> None:
    """PostgreSQL's programs say what they found, byte by byte; some they find only as they restore it."""
    engine = make_engine(postgres.create_database())
    migrate(engine, NOW)
    add_runner(engine, "Ada", simulated=False)
    file = tmp_path / "copy.dump"
    backup.backup(engine, file)
    whole, before, said = file.read_bytes(), contents(engine), []
    for found in (b"UTF8", b"TABLE DATA", b"CREATE TABLE public.runners", b"COPY public.runners"):
        at = whole.index(found)
        flipped = bytes(letter ^ 0xFF for letter in found)
        file.write_bytes(whole[:at] + flipped + whole[at + len(found) :])
        with pytest.raises(BackupError, match="failed|holds no diary") as caught:
            restore(engine, file, NOW, replace=True)
        said.append(str(caught.value))
        assert said[-1].isprintable()
    assert any("\N{REPLACEMENT CHARACTER}" in sentence for sentence in said)
    assert contents(engine) == before
    engine.dispose()


def test_a_copy_of_a_newer_version_is_refused(own_engine: Engine, scope: Scope, empty: Engine, tmp_path: Path) -> None:
    file = tmp_path / "copy"
    with transaction(own_engine) as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '0999'"))
    with pytest.raises(DatabaseTooNewError, match="schema 0999"):
        backup.backup(own_engine, file)
    assert not file.exists()
    with pytest.MonkeyPatch.context() as patched:  # a copy that the newer version made
        patched.setattr(copies, "check_version", lambda _: None)
        backup.backup(own_engine, file)
    with pytest.raises(DatabaseTooNewError, match=r"newer version of Plumbline .*Update"):
        restore(empty, file, NOW)
    if empty.dialect.name == "sqlite":
        assert not Path(str(empty.url.database)).exists()
    else:
        with reading(empty) as connection:
            assert connection.scalar(text("SELECT to_regclass('runners')")) is None


def test_a_copy_that_fails_leaves_the_one_before(own_engine: Engine, scope: Scope, tmp_path: Path) -> None:
    file = tmp_path / "copy"
    backup.backup(own_engine, file)
    before = file.read_bytes()
    with transaction(own_engine) as connection:
        connection.execute(text("DELETE FROM alembic_version"))
    with pytest.raises(BackupError, match="holds no diary of Plumbline"):
        backup.backup(own_engine, file)
    assert file.read_bytes() == before


def test_the_command_line_copies_keeps_the_last_and_restores(
    own_engine: Engine, scope: Scope, empty: Engine, tmp_path: Path
) -> None:
    folder = tmp_path / "copies"
    folder.mkdir()
    ending = ".sqlite3" if own_engine.dialect.name == "sqlite" else ".dump"
    old = [folder / f"plumbline-2026-01-0{day}T030000{ending}" for day in (1, 2, 3)]
    for file in (*old, folder / f"plumbline-notes{ending}"):
        file.write_bytes(b"SQLite format 3\0" if ending == ".sqlite3" else b"PGDMP")
    done = command(address(own_engine), folder, "--keep", 2, folder=tmp_path)
    assert done.returncode == 0, done.stderr
    assert "Copied and checked: " in done.stdout
    left = sorted(file.name for file in folder.iterdir())
    assert left[0] == old[2].name
    assert left[2] == f"plumbline-notes{ending}"
    assert len(left) == 3

    back = command(address(empty), "--restore", folder / left[1], folder=tmp_path)
    assert back.returncode == 0, back.stderr
    assert contents(empty) == contents(own_engine)
    again = command(address(empty), "--restore", folder / left[1], folder=tmp_path)
    assert again.returncode == 1
    assert "say --yes" in again.stderr


def test_no_password_is_among_the_arguments(
    own_engine: Engine, scope: Scope, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Everybody on a machine may read those of every program."""
    seen: list[list[str]] = []
    run_it = subprocess.run

    def spy(line: list[str], **more: object) -> subprocess.CompletedProcess[str]:
        seen.append(line)
        done: subprocess.CompletedProcess[str] = run_it(line, **more)  # type: ignore[call-overload]
        return done

    monkeypatch.setattr(subprocess, "run", spy)
    backup.backup(own_engine, tmp_path / "copy")
    password = make_url(address(own_engine)).password
    assert bool(seen) == (own_engine.dialect.name == "postgresql")
    assert [line for line in seen if password is not None and password in " ".join(line)] == []


def test_a_place_without_a_diary_is_not_copied(tmp_path: Path) -> None:
    done = command(f"sqlite:///{tmp_path}/none.sqlite3", tmp_path / "copy", folder=tmp_path)
    assert done.returncode == 1
    assert done.stderr.startswith("There is no diary in ")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--keep", "0"], "--keep is 0. It must be 1 or more."),
        (["copy.db", "--keep", "3"], "copy.db has none. Name a folder that is there, one with / at its end, or"),
        (["cron2", "--keep", "14"], "--keep tells older copies by the date in their names, and cron2 has none."),
        (["copy-2026-02-30.db", "--keep", "14"], "a file with a date such as 2026-03-04."),
        ([f"{__file__}/"], f"{__file__} is a file. Leave out the / at its end, or name a folder."),
        (["--yes"], "--yes belongs to --restore."),
        (["copy", "--restore", "other"], "--restore takes one file"),
    ],
)
def test_the_command_line_says_what_is_wrong_with_it(tmp_path: Path, arguments: list[str], said: str) -> None:
    done = command("sqlite://", *arguments, folder=tmp_path)
    assert done.returncode == 2
    assert said in done.stderr


def test_a_database_in_use_is_not_put_aside(tmp_path: Path) -> None:
    place, copy = tmp_path / "plumbline.sqlite3", tmp_path / "copy"
    engine = make_engine(f"sqlite:///{place}")
    migrate(engine, NOW)
    add_runner(engine, "Ada", simulated=False)
    backup.backup(engine, copy)
    with closing(sqlite3.connect(place)) as app:
        app.execute("SELECT * FROM runners").fetchall()
        with pytest.raises(BackupError, match=r"is in use .* Stop Plumbline first\. Nothing was changed"):
            restore(engine, copy, NOW, replace=True)
    engine.dispose()
    assert restore(engine, copy, NOW + timedelta(1), replace=True) is not None


@pytest.fixture
def server_diary(postgres: PostgresServer) -> Iterator[Engine]:
    engine = make_engine(postgres.create_database())
    migrate(engine, NOW)
    add_runner(engine, "Ada", simulated=False)
    yield engine
    engine.dispose()


def test_a_database_that_others_are_connected_to_is_not_replaced(server_diary: Engine, tmp_path: Path) -> None:
    file = tmp_path / "copies" / "copy"
    backup.backup(server_diary, file)
    app = make_engine(address(server_diary))
    assert [runner.name for runner in everyone(app)] == ["Ada"]  # and the app keeps its connection, as every app does
    with pytest.raises(BackupError, match=r"is in use: .*process \d+.* Stop Plumbline first\. Nothing was changed"):
        restore(server_diary, file, NOW, replace=True)
    assert list(file.parent.iterdir()) == [file]
    app.dispose()
    assert restore(server_diary, file, NOW, replace=True) is not None


def test_who_is_connected_shows_to_a_user_without_rights_on_the_server(server_diary: Engine, tmp_path: Path) -> None:
    """Of others' sessions such a user sees little."""
    database = server_diary.url.database
    with transaction(server_diary) as connection:
        connection.execute(text("CREATE ROLE plain LOGIN PASSWORD 'plain'"))
        connection.execute(text(f"ALTER DATABASE {database} OWNER TO plain"))
    file = tmp_path / "copy"
    backup.backup(server_diary, file)
    url = server_diary.url.set(username="plain", password="plain")
    engine = make_engine(url.render_as_string(hide_password=False))
    with pytest.raises(BackupError, match="is in use"):
        restore(engine, file, NOW, replace=True)
    engine.dispose()


def test_nothing_is_replaced_that_cannot_be_kept(server_diary: Engine, tmp_path: Path) -> None:
    file = tmp_path / "copy"
    backup.backup(server_diary, file)
    (tmp_path / "plumbline-before-restore-2026-03-04T093015.dump" / "in the way").mkdir(parents=True)
    before = contents(server_diary)
    with pytest.raises(BackupError, match=r"before-restore-.*\.dump cannot be written .*Nothing was changed"):
        restore(server_diary, file, NOW, replace=True)
    assert contents(server_diary) == before


def test_a_damaged_database_is_replaced_and_kept(tmp_path: Path) -> None:
    place, copy = tmp_path / "plumbline.sqlite3", tmp_path / "copy"
    engine = make_engine(f"sqlite:///{place}")
    migrate(engine, NOW)
    backup.backup(engine, copy)
    engine.dispose()
    place.write_bytes(b"damaged" * 1000)
    kept = restore(engine, copy, NOW, replace=True)
    assert kept is not None
    assert kept.read_bytes() == b"damaged" * 1000
    assert version_of(place) == "0004"


@pytest.fixture
def place(tmp_path: Path) -> Path:
    return tmp_path / "place" / "plumbline.sqlite3"


@pytest.fixture
def taken(tmp_path: Path) -> Path:
    """The files of an app that ran as they were copied: its runner stands in the log alone."""
    running = tmp_path / "running"
    engine = make_engine(f"sqlite:///{running}/plumbline.sqlite3")
    migrate(engine, NOW)
    settle(engine)
    add_runner(engine, "Ada", simulated=False)
    copied = Path(shutil.copytree(running, tmp_path / "taken"))
    engine.dispose()
    return copied / "plumbline.sqlite3"


def read_all(folder: Path) -> dict[str, bytes]:
    return {file.name: file.read_bytes() for file in folder.iterdir()}


def names(url: object) -> list[str]:
    engine = make_engine(f"sqlite:///{url}")
    found = [runner.name for runner in everyone(engine)]
    engine.dispose()
    return found


def test_what_stands_in_the_log_beside_a_copy_is_restored_too(taken: Path, place: Path) -> None:
    before = read_all(taken.parent)
    assert sorted(before) == [f"plumbline.sqlite3{ending}" for ending in ("", "-shm", "-wal")]
    restore(make_engine(f"sqlite:///{place}", makes_file=False), taken, NOW)
    assert [file.name for file in place.parent.iterdir()] == [place.name]
    assert names(place) == ["Ada"]
    assert read_all(taken.parent) == before


def test_what_was_not_confirmed_goes_out_of_a_copy_of_a_file_with_a_journal(taken: Path, place: Path) -> None:
    """Other programs may have taken the diary's own log away: then what is undone stands beside it."""
    with closing(sqlite3.connect(taken, isolation_level=None)) as other:
        for statement in ("PRAGMA journal_mode=DELETE", "PRAGMA cache_size=1", "BEGIN", "CREATE TABLE more (x)"):
            other.execute(statement)
        other.execute("UPDATE runners SET name = 'Nobody'")
        other.executemany("INSERT INTO more VALUES (?)", [("x" * 1000,)] * 100)  # more than fits: into the file
        copied = Path(shutil.copytree(taken.parent, taken.parent.with_name("again"))) / taken.name
    before = read_all(copied.parent)
    assert sorted(before) == ["plumbline.sqlite3", "plumbline.sqlite3-journal"]
    assert b"Nobody" in before["plumbline.sqlite3"]
    restore(make_engine(f"sqlite:///{place}", makes_file=False), copied, NOW)
    assert names(place) == ["Ada"]
    assert read_all(copied.parent) == before


def test_a_copy_that_is_written_to_meanwhile_is_refused(
    taken: Path, place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    copy = shutil.copyfile

    def written_to(source: Path, target: Path) -> None:
        copy(source, target)
        with source.open("ab") as app:
            app.write(b"more")

    monkeypatch.setattr(shutil, "copyfile", written_to)
    with pytest.raises(BackupError, match=r"plumbline\.sqlite3 is being written to\. Stop .* Nothing was changed"):
        restore(make_engine(f"sqlite:///{place}", makes_file=False), taken, NOW)
    assert not place.exists()


def test_a_copy_is_not_written_beside_the_log_of_another_file(taken: Path) -> None:
    """SQLite would read the two as one: such a name is often that of the diary itself."""
    engine = make_engine(f"sqlite:///{taken}")
    before = taken.read_bytes()
    with pytest.raises(BackupError, match=r"plumbline\.sqlite3-wal .* Give the copy another name"):
        backup.backup(engine, taken)
    assert taken.read_bytes() == before


def test_reading_a_copy_leaves_nothing_beside_it(taken: Path, tmp_path: Path) -> None:
    """Settings gives copies that SQLite, where it opens them, keeps a log of."""
    engine = make_engine(f"sqlite:///{taken}")
    file = tmp_path / "downloads" / "copy.sqlite3"
    file.parent.mkdir()
    file.write_bytes(copy_of(engine))
    engine.dispose()
    assert version_of(file) == "0004"
    assert list(file.parent.iterdir()) == [file]


def test_what_an_app_left_that_was_killed_is_kept_in_one_file(taken: Path, tmp_path: Path) -> None:
    copy = tmp_path / "copy"
    engine = make_engine(f"sqlite:///{tmp_path}/other.sqlite3")
    migrate(engine, NOW)
    backup.backup(engine, copy)
    engine.dispose()
    kept = restore(make_engine(f"sqlite:///{taken}"), copy, NOW, replace=True)
    assert kept is not None
    assert sorted(file.name for file in taken.parent.iterdir()) == [kept.name, taken.name]
    assert names(kept) == ["Ada"]
    assert names(taken) == []


def test_a_log_without_its_file_is_not_read_into_the_one_restored(taken: Path, tmp_path: Path) -> None:
    copy = tmp_path / "copy"
    engine = make_engine(f"sqlite:///{tmp_path}/other.sqlite3")
    migrate(engine, NOW)
    add_runner(engine, "Grace", simulated=False)
    backup.backup(engine, copy)
    engine.dispose()
    taken.unlink()
    assert restore(make_engine(f"sqlite:///{taken}", makes_file=False), copy, NOW) is None
    assert names(taken) == ["Grace"]


def write_all(folder: Path, named: list[str], start: bytes = b"SQLite format 3\0") -> None:
    for name in named:
        (folder / name).write_bytes(start + b"more")


@pytest.mark.parametrize("start", [b"SQLite format 3\0", b"PGDMP"])
def test_older_copies_are_those_whose_names_differ_in_the_date_alone(tmp_path: Path, start: bytes) -> None:
    old = ["a-2026-01-01.x", "a-2026-01-02.x"]
    others = ["a-2026-01-03.x", "a-2026-1.x", "a-2026-13-01.x", "a-2026-01-02T030000.x", "b-2026-01-01.x", "a-2026.x"]
    write_all(tmp_path, old + others, start)
    assert [file.name for file in remove_older(tmp_path / others[0], 1)] == old
    assert sorted(file.name for file in tmp_path.iterdir()) == sorted(others)


def test_the_time_in_a_name_is_part_of_its_date(tmp_path: Path) -> None:
    days = [f"plumbline-2026-01-0{day}T030000.sqlite3" for day in (1, 2, 3)]
    write_all(tmp_path, [*days, "plumbline-2026-01-01T250000.sqlite3", "plumbline-before-restore-2026-01-01T030000.x"])
    assert [file.name for file in remove_older(tmp_path / days[2], 2)] == days[:1]


def test_what_is_no_copy_stays_whatever_its_name(tmp_path: Path) -> None:
    """Nor does it count: the one copy before is kept."""
    write_all(tmp_path, ["a-2026-01-01", "a-2026-01-05"])
    write_all(tmp_path, ["a-2026-01-02"], b"\x89PNG\r\n")
    (tmp_path / "a-2026-01-03").mkdir()
    (tmp_path / "a-2026-01-04").symlink_to(tmp_path / "nothing")
    assert remove_older(tmp_path / "a-2026-01-05", 2) == []
    assert remove_older(tmp_path / "a-2026-01-05", 1) == [tmp_path / "a-2026-01-01"]


def test_a_name_without_a_date_has_no_older_copies(tmp_path: Path) -> None:
    write_all(tmp_path, ["photos1", "photos2", "photos3"])
    assert remove_older(tmp_path / "photos3", 1) == []


def test_a_slash_at_the_end_names_a_folder(own_engine: Engine, scope: Scope, tmp_path: Path) -> None:
    done = command(address(own_engine), f"{tmp_path}/new/folder/", "--keep", 3, folder=tmp_path)
    assert done.returncode == 0, done.stderr
    made = list((tmp_path / "new" / "folder").iterdir())
    assert [file.name[:12] for file in made] == ["plumbline-20"]
