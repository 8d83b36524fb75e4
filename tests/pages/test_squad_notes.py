"""Notes on a runner: the coach writes and deletes them on the squad's page, and the runner reads them on Home."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import insert

from data import squads
from data.engine import make_engine, transaction
from data.runners import local_runner
from data.scope import SquadScope
from data.sharing_schema import MAX_NOTE, consents
from tests.pages.book import NOW, TODAY
from tests.pages.test_squad import choose
from tests.pages.test_squad_plans import of
from ui import access

FIELD, SAVE = "Note something on this runner", "Save the note"
HEADING = "Notes from your coach"
HOSTILE = ["**bold**", "<script>alert(1)</script>", "[me](https://example.org)", "![](https://example.org/a.png)"]


@pytest.fixture
def squad(squad_of):
    return squad_of("Ada", "Bea")


def write(shown, text):
    return shown.set(FIELD, text).press(SAVE)


def home_of(app, url, name):
    return app("home", query={"runner": str(of(url, name))})


def plain(shown):
    """What stands on the page as plain text."""
    return [text.value for text in shown._test.text]


def with_accounts(monkeypatch, url, name=None, **terms):
    """As on a server: the local coach sees what runners share, and this one has agreed to notes."""
    engine = make_engine(url)
    coach_id = squads.coach_of(engine, local_runner(engine).id)
    if name is not None:
        whose = {"coach_id": coach_id, "runner_id": of(url, name), "area": "notes", "given_at": NOW}
        with transaction(engine) as connection:
            connection.execute(insert(consents).values(whose | terms))
    engine.dispose()
    monkeypatch.setattr(access, "squad_scope", lambda who, coach, today, simulated: SquadScope(coach, TODAY))


def test_who_has_no_account_reads_it_where_their_link_leads(visit, club, url):
    lin = club.add("Coach", "Lin")
    club.share(lin, "Coach", "notes")
    club.share(club.join("Coach", "Ada"), "Coach", "notes")
    shown = visit("Coach", "squad")
    choose(shown, url, "Lin")
    assert "This runner reads it on their Sharing page." in shown.text
    choose(shown, url, "Ada")
    assert "This runner reads it on their Home page." in shown.text


def test_a_note_is_written_and_the_runner_reads_it_on_home(squad, app, url):
    assert "No notes on this runner yet." in squad.text
    assert "This runner reads it on their Home page." in squad.text
    write(squad, "Easy week, please.")
    assert squad.toast == "Note saved."
    assert "Easy week, please." in plain(squad)
    assert "4 March 2026" in squad.text
    assert squad.value(FIELD) == ""
    shown = home_of(app, url, "Ada")
    assert HEADING in shown.text
    assert "Easy week, please." in plain(shown)


def test_a_note_is_on_its_runner_alone(squad, app, url):
    write(squad, "For Ada.")
    assert "For Ada." not in plain(choose(squad, url, "Bea"))
    assert HEADING not in home_of(app, url, "Bea").text
    assert HEADING not in app("home").text


@pytest.mark.parametrize("text", HOSTILE)
def test_a_note_is_text_and_not_markup(squad, app, url, text):
    write(squad, text)
    for shown in (squad, home_of(app, url, "Ada")):
        assert text in plain(shown)
        assert text not in shown.markup


@pytest.mark.parametrize("text", ["", "  \n "])
def test_an_empty_note_is_refused(squad, text):
    write(squad, text)
    assert squad.errors == ["The note is empty. Write something, then save it."]


def test_a_note_is_never_longer_than_its_column(squad):
    write(squad, "x" * (MAX_NOTE + 1))  # the field itself cuts it; the door is asked in tests/data
    assert "x" * MAX_NOTE in plain(squad)


def test_the_same_note_from_two_tabs_is_one(squad, app):
    other = app("squad").set(FIELD, "Rest.")
    write(squad, "Rest.")
    other.press(SAVE)
    assert plain(other).count("Rest.") == 1


def test_a_note_is_deleted_after_a_question(squad, app, url):
    write(write(squad, "First."), "Second.")
    assert "Delete this note? It cannot be brought back." in squad.text
    squad.press("really-delete-note")  # the newest
    assert squad.toast == "Note deleted."
    assert ("First." in plain(squad), "Second." in plain(squad)) == (True, False)
    assert "Second." not in plain(home_of(app, url, "Ada"))


def test_the_newest_stands_first_and_more_than_three_are_folded(squad, app, url, monkeypatch):
    for number in range(5):
        monkeypatch.setattr("ui.session.now", lambda days=number: NOW + timedelta(days=days))
        write(squad, f"Note {number}.")
    for shown in (squad.run(), home_of(app, url, "Ada")):
        assert [text for text in plain(shown) if text.startswith("Note ")] == [f"Note {n}." for n in (4, 3, 2, 1, 0)]
        assert "Earlier notes (2)" in shown.text
        assert [shown.is_folded(f"Note {n}.") for n in range(5)] == [True, True, False, False, False]


def test_notes_stand_beside_a_diary_that_has_weeks(app, book):
    book.put("pain", worst_running=2)
    squad = app("squad").press("Add this diary")
    write(squad, "Well done.")
    shown = app("home")
    assert shown.title == "This week"
    assert "Well done." in plain(shown)


def test_with_accounts_it_takes_the_runners_consent(squad, url, monkeypatch):
    with_accounts(monkeypatch, url)
    shown = squad.run()
    assert "This runner has not agreed that you keep notes on them." in shown.text
    assert not shown.has(SAVE)


def test_a_consent_withdrawn_meanwhile_refuses_the_note(squad, url, monkeypatch):
    squad.set(FIELD, "Rest.")
    monkeypatch.setattr("ui.squad.Squad.note_right", lambda self, runner_id: "shown")
    with_accounts(monkeypatch, url)
    squad.press(SAVE)
    assert squad.errors == ["This runner has not agreed that you keep notes on them."]


def test_with_consent_a_note_is_shown(squad, app, url, monkeypatch):
    with_accounts(monkeypatch, url, "Ada")
    write(squad.run(), "Rest.")
    assert not any("hidden" in key for key in squad.widgets())
    assert "Rest." in plain(home_of(app, url, "Ada"))


def test_a_hidden_note_takes_the_runners_word(squad, app, url, monkeypatch):
    with_accounts(monkeypatch, url, "Ada", may_write=True)
    write(squad.run().set("hidden", True), "Between us.")
    assert "only you see it" in squad.text
    write(squad, "For you.")
    shown = home_of(app, url, "Ada")
    assert ("Between us." in plain(shown), "For you." in plain(shown)) == (False, True)


def test_only_the_runner_in_person_reads_them_on_home(squad, app, url, monkeypatch):
    write(squad, "Rest.")
    usual = access.scope
    monkeypatch.setattr(access, "scope", lambda *asked: replace(usual(*asked), may_share=False))
    assert HEADING not in home_of(app, url, "Ada").text
