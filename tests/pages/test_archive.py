"""Taking everything along and bringing it in again, on the pages Settings and Squad."""

from datetime import UTC, datetime

import pytest

from data import notes, plan_templates, squads
from data.archive import write, write_squad
from data.coach_entries import Note, PlanTemplate
from data.engine import make_engine
from data.entries import Door, NewRunner, parse
from data.runners import add_runner, erase
from data.scope import Scope, SquadScope
from tests.data.old_archives import FOLDER
from tests.pages.book import ORDINARY, TODAY

MADE = datetime(2026, 3, 4, 12, tzinfo=UTC)
BRING = "Bring the archive in"


@pytest.fixture
def content(url, book):
    """The archive of a diary with an entry of every kind, which is empty again."""
    book.settle(name="Ada", units="mi", time_zone="Europe/Vienna")
    book.put_everything()
    engine = make_engine(url)
    scope = Scope(book.runner.id)
    made = write(engine, scope, MADE)
    erase(engine, scope)
    engine.dispose()
    return made


def test_an_archive_is_looked_at_then_brought_in_then_taken_out(app, book, content):
    shown = app("settings").upload(("plumbline.zip", content))
    assert "Made on 4 March 2026 at 12:00 UTC. It is whole, and holds:" in shown.text
    (table,) = shown.tables()
    assert dict(zip(table["What"], table["Rows"], strict=True))["Pain"] == 1
    assert book.is_empty()
    shown.press(BRING)
    assert shown.toast == "Archive brought in: 12 added."
    assert {kind: book.count(kind) for kind in ORDINARY} == dict.fromkeys(ORDINARY, 1)
    assert (book.runner.name, book.runner.units, book.runner.time_zone) == ("Ada", "mi", "Europe/Vienna")
    assert not shown.has(BRING)
    shown.press("undo-last")
    assert book.is_empty()


def test_what_is_there_already_is_counted(app, book, content):
    app("settings").upload(("plumbline.zip", content)).press(BRING)
    shown = app("settings").upload(("plumbline.zip", content)).press(BRING)
    assert shown.toast == "Archive brought in: 0 added, 12 there already."
    assert not shown.has("undo-last")
    assert {kind: book.count(kind) for kind in ORDINARY} == dict.fromkeys(ORDINARY, 1)


def test_what_the_archive_tells_otherwise_is_named(app, book, content):
    book.put("pain", worst_running=9)
    shown = app("settings").upload(("plumbline.zip", content)).press(BRING)
    assert shown.toast == (
        "Archive brought in: 11 added, 1 there already. The archive says something else about some of these, which "
        "stayed: Pain 1."
    )


def test_a_deleted_diary_comes_back_from_its_archive(app, book, url):
    book.settle(name="Ada", units="mi", week_start=6)
    book.put_everything()
    before = {kind: len(book.read(kind)) for kind in ORDINARY}
    engine = make_engine(url)
    content = write(engine, Scope(book.runner.id), MADE)
    shown = app("settings").set("Type 'delete' to delete everything", "delete").run().press("Delete everything")
    assert book.is_empty()
    shown.upload(("plumbline.zip", content)).press(BRING)
    assert {kind: len(book.read(kind)) for kind in ORDINARY} == before
    assert write(engine, Scope(book.runner.id), MADE) == content
    engine.dispose()


def test_a_file_that_is_no_archive_is_refused_with_a_sentence(app, book):
    shown = app("settings").upload(("plumbline.zip", b"nothing"))
    assert shown.errors == ["This is no archive of Plumbline: it is no zip file. Choose the .zip as downloaded."]
    assert not shown.has(BRING)
    assert book.is_empty()


def test_a_simulated_diary_is_not_brought_into_a_real_one(app, book, url):
    engine = make_engine(url)
    content = write(engine, Scope(add_runner(engine, "Simulated runner", simulated=True).id), MADE)
    engine.dispose()
    shown = app("settings").upload(("plumbline.zip", content))
    assert shown.errors == [
        "The diary of Simulated runner in the archive is simulated: nobody ran it. Among true entries it could not be "
        "told from them, so it cannot be brought in here."
    ]
    assert not shown.has(BRING)


def test_a_plan_with_an_exercise_that_has_no_guide_is_refused(app, book):
    """The pages would not know how to show it."""
    shown = app("settings").upload(("plumbline.zip", (FOLDER / "0001.zip").read_bytes()))
    assert shown.errors == [
        "A plan in the archive asks for bridge, and this version of Plumbline has no such exercise. Update Plumbline, "
        "then bring it in."
    ]
    assert not shown.has(BRING)
    assert book.is_empty()


def test_deleting_everything_points_to_the_archive_first(app):
    shown = app("settings")
    assert "download your archive above first" in shown.text
    assert "Download the archive" in shown.text
    assert "takes it out of the squad, and deletes what was noted on it there" in shown.text
    assert "it brings the entries and the settings back at any later time" in shown.text


def test_the_archive_of_a_squad_is_brought_in_as_new_runners(app, book, url):
    engine = make_engine(url)
    scope = SquadScope(squads.coach_of(engine, book.runner.id))
    for name in ("Lin", "Mo"):
        squads.add_member(engine, scope, parse(NewRunner, {"name": name}, Door(TODAY)), "Coach", MADE)
    content = write_squad(engine, scope, "", MADE)
    shown = app("squad")
    assert "Download the archive of the squad" in shown.text
    shown.upload(("squad.zip", content))
    assert "It is whole, and holds 2 runners" in shown.text
    shown.press("Bring the runners in")
    assert shown.toast == "Brought in: 2 runners."
    assert [member.name for member in squads.members(engine, scope)] == ["Lin", "Mo", "Lin", "Mo"]
    engine.dispose()


def test_notes_and_templates_come_in_with_the_runners(app, book, url):
    engine = make_engine(url)
    scope = SquadScope(squads.coach_of(engine, book.runner.id))
    lin = squads.add_member(engine, scope, parse(NewRunner, {"name": "Lin"}, Door(TODAY)), "Coach", MADE)
    notes.add(engine, scope, lin, parse(Note, {"text": "Sleeps well."}, Door(TODAY)), MADE)
    part = {"exercise": "clam", "block": "main", "side": "each", "sets": 3, "repetitions": 8}
    base = {"name": "Base", "weekdays": (0, 3), "parts": [part]}
    plan_templates.save(engine, scope, parse(PlanTemplate, base, Door(TODAY)))
    content = write_squad(engine, scope, "", MADE)
    shown = app("squad")
    assert "What you noted on each runner is in it too." in shown.text
    (table,) = [one for one in shown.upload(("squad.zip", content)).tables() if "What" in one]
    assert dict(zip(table["What"], table["Rows"], strict=True)) == {"Plan templates": 1, "Notes": 1}
    shown.press("Bring the runners in")
    _, back = squads.members(engine, scope)
    assert notes.of_coach(engine, scope, back.id)["text"].tolist() == ["Sleeps well."]
    engine.dispose()


def test_a_template_with_an_exercise_that_has_no_guide_is_refused(app, book, url):
    engine = make_engine(url)
    scope = SquadScope(squads.coach_of(engine, book.runner.id))
    part = {"exercise": "cartwheel", "block": "main", "side": "each", "sets": 3, "repetitions": 8}
    base = {"name": "Base", "weekdays": (0, 3), "parts": [part]}
    plan_templates.save(engine, scope, parse(PlanTemplate, base, Door(TODAY)))
    content = write_squad(engine, scope, "", MADE)
    engine.dispose()
    (error,) = app("squad").upload(("squad.zip", content)).errors
    assert "asks for cartwheel, and this version of Plumbline has no such exercise" in error


def test_an_empty_squad_takes_an_archive_too(app, url, book):
    engine = make_engine(url)
    scope = SquadScope(squads.coach_of(engine, book.runner.id))
    lin = squads.add_member(engine, scope, parse(NewRunner, {"name": "Lin"}, Door(TODAY)), "Coach", MADE)
    content = write_squad(engine, scope, "", MADE)
    squads.delete_runner(engine, scope, lin)
    app("squad").upload(("squad.zip", content)).press("Bring the runners in")
    assert [member.name for member in squads.members(engine, scope)] == ["Lin"]
    engine.dispose()


def test_an_archive_of_a_runner_is_sent_to_its_own_page(app, content):
    shown = app("squad").upload(("plumbline.zip", content))
    assert shown.errors == ["This is the archive of one runner. Bring it in on the page Settings."]


def test_while_names_are_hidden_no_archive_with_names_is_offered(app, book, url):
    engine = make_engine(url)
    scope = SquadScope(squads.coach_of(engine, book.runner.id))
    squads.add_member(engine, scope, parse(NewRunner, {"name": "Lin"}, Door(TODAY)), "Coach", MADE)
    engine.dispose()
    assert "Download the archive of the squad" not in app("squad", query={"names": "hidden"}).text
