"""Where people sign in: nothing is shown before, a diary of one's own after, and the way out."""

import pytest

from data import runners
from tests.pages.accounts import AUTH
from tests.pages.app import SCRIPTS, App
from ui import link_cookie


def test_who_has_not_signed_in_sees_the_way_in_and_no_other_page(visit, club):
    club.account("Ada")
    shown = visit(None)
    assert shown.pages == []
    assert shown.title == "Plumbline"
    assert shown.has("Sign in with your account")
    for page in SCRIPTS:
        if page != "sign_in":
            with pytest.raises(ValueError, match="Could not find a navigation page"):
                shown.open(page)


def test_several_ways_to_sign_in_have_a_button_each(url, visit, monkeypatch):
    common = {name: AUTH[name] for name in ("redirect_uri", "cookie_secret")}
    one = {name: AUTH[name] for name in ("client_id", "client_secret", "server_metadata_url")}
    auth = common | {"google": one, "club": one | {"label": "the club's account"}}
    monkeypatch.setattr("ui.session.cookie", lambda: None)
    shown = App(url, "", auth=auth, user={"is_logged_in": False})
    assert shown.has("Sign in with Google") and shown.has("Sign in with the club's account")


def test_the_first_time_makes_an_empty_diary_and_the_next_finds_it(visit, club):
    shown = visit("Ada", "home")
    assert "Train the hip, log the week" in shown.title
    first = club.account("Ada")
    visit("Ada", "home")
    assert club.account("Ada") == first
    assert club.account("Grace") != first


def test_the_same_subject_of_another_provider_is_another_person(visit, club):
    assert runners.account(club.engine, "https://other.example.org", "Ada", "Ada").id != club.account("Ada")


def test_the_diary_of_a_machine_is_nobodys_who_signs_in(visit, club, book):
    book.put_everything()
    book.settle(name="Private")
    shown = visit("Ada", "home", query={"runner": str(book.runner.id)})
    assert "Private" not in shown.text
    assert "Train the hip" in shown.title


def test_one_may_sign_out(visit):
    shown = visit("Ada", "settings")
    assert shown.has("Sign out")
    assert "Diaries on this machine" not in shown.text


def test_an_invitation_is_named_before_signing_in(visit, club):
    link = club.link("Coach", None)
    shown = visit(None, cookie=link_cookie.sign(link.id, link.key, AUTH["cookie_secret"]))
    assert "You are invited to a squad." in shown.text and "Coach" in shown.text
