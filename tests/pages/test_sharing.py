"""Sharing: what a coach may see is said, changed, taken back and logged; a link lets in whoever has no account."""

from datetime import timedelta

import pytest

from data import sharing
from data.scope import Guest, Rights, Scope
from tests.pages.accounts import ALL, AUTH
from tests.pages.book import TODAY
from ui import link_cookie


def cookie(link):
    return link_cookie.sign(link.id, link.key, AUTH["cookie_secret"])


def test_without_a_coach_nobody_sees_anything(visit):
    shown = visit("Ada", "sharing")
    assert "nobody but you sees this diary" in shown.text
    assert "Nobody but you has looked" in shown.text


def test_at_first_nothing_is_shared_and_each_area_is_asked_for(visit, club):
    ada = club.join("Coach", "Ada")
    shown = visit("Ada", "sharing")
    assert "What may your coach see?" in shown.text and "Coach" in shown.text
    for area in ("Strength training", "Running", "Pain", "Self-tests", "Notes"):
        assert shown.value(area) is False
    shown.set("Pain", True).set("Running", True).press("Save what I share")
    (found,) = sharing.sharings(club.engine, Scope(ada), TODAY)
    assert [(one.area, one.may_write, one.ends_on) for one in found.consents] == [
        ("running", False, None),
        ("pain", False, None),
    ]
    assert (
        f"4 March 2026, 13:00: Ada (account {ada}) shares with Coach (account {club.account('Coach')}): running, pain"
        in shown.text
    )


def test_an_end_in_the_past_is_refused_and_nothing_changes(visit, club):
    ada = club.join("Coach", "Ada")
    club.share(ada, "Coach", "pain")
    shown = visit("Ada", "sharing").set("Last day, in UTC (none: until you take it back)", TODAY - timedelta(days=1))
    shown.press("Save what I share")
    assert "The last day is 3 March 2026, which is over." in shown.text
    (found,) = sharing.sharings(club.engine, Scope(ada), TODAY)
    assert [one.ends_on for one in found.consents] == [None]


def test_leaving_a_squad_ends_everything(visit, club):
    ada = club.join("Coach", "Ada")
    club.share(ada, "Coach", *ALL)
    shown = visit("Ada", "sharing").press("Leave the squad")
    assert "You are in no squad" in shown.text
    assert sharing.rights(club.engine, Guest(club.account("Coach"), TODAY), ada) == Rights()


def test_an_invitation_is_joined_with_ones_own_diary(visit, club):
    ada, link = club.account("Ada"), club.link("Coach", None)
    shown = visit("Ada", "sharing", cookie=cookie(link)).press("Join the squad")
    assert "What may your coach see?" in shown.text
    assert sharing.shared(club.engine, club.squad("Coach"))[ada] == frozenset()


def test_every_look_of_a_coach_is_in_the_log(visit, club):
    ada = club.join("Coach", "Ada")
    club.share(ada, "Coach", *ALL)
    visit("Coach", "squad")
    visit("Coach", "home", query={"runner": str(ada)})
    said, coach = visit("Ada", "sharing").text, club.account("Coach")
    for look in ("Home", "the squad's board"):
        assert f"4 March 2026, 13:00: Coach (account {coach}) looked at {look}" in said


def test_a_tab_logs_one_look_a_day_at_a_page(visit, club):
    ada = club.join("Coach", "Ada")
    club.share(ada, "Coach", *ALL)
    visit("Coach", "home", query={"runner": str(ada)}).run().run()
    said = [entry.what for entry in sharing.logged(club.engine, Scope(ada))]
    assert said.count("looked at Home") == 1


@pytest.mark.parametrize("page", ["log", "self_test", "trends", "sharing"])
def test_a_personal_link_opens_the_check_in_and_nothing_else(visit, club, page):
    lin = club.add("Coach", "Lin")
    shown = visit(None, cookie=cookie(club.link("Coach", lin)))
    assert shown.pages == ["log", "self_test", "trends", "sharing"]
    shown.open(page)
    assert "You are here by a personal link." in shown.text and "Diary of Lin" in shown.text


def test_a_runner_files_a_week_by_link_and_shares_it(visit, club):
    lin = club.add("Coach", "Lin")
    shown = visit(None, "sharing", cookie=cookie(club.link("Coach", lin)))
    shown.set("Pain", True).press("Save what I share")
    assert sharing.rights(club.engine, Guest(club.account("Coach"), TODAY), lin).reads == {"pain"}


def test_the_coach_makes_links_and_takes_them_back(visit, club):
    club.add("Coach", "Lin")
    shown = visit("Coach", "squad").press("Make the links")
    assert "http://localhost:8501/c/" in shown.text
    secret = shown.text.split("http://localhost:8501/c/")[1].split()[0]
    assert len(secret) >= 43
    shown.press("Done, hide them")
    assert secret not in shown.text


def test_what_a_coach_changes_is_in_the_runners_log(visit, club):
    ada = club.join("Coach", "Ada")
    club.share(ada, "Coach", "training", "running", "pain", "self-tests", write=True)
    shown = visit("Coach", "mileage", query={"runner": str(ada)})
    shown.set(f"run-{ada}-0-distance", 8.5).press("Add the run")
    assert shown.errors == []
    log = visit("Ada", "sharing").text
    assert f"Coach (account {club.account('Coach')}) changed running" in log
