"""Every page for every way to come in. The matrix is made from the list of page scripts: a new one needs a rule."""

from datetime import timedelta

import pytest

from data import links
from data.entries import Door, parse
from data.scope import Scope
from data.store import save
from guides.catalogue import one_sided
from tests.pages.accounts import ALL, AUTH
from tests.pages.app import SCRIPTS
from tests.pages.book import NOW, ORDINARY, TODAY
from ui import link_cookie

DIARY = frozenset({"training", "running", "pain", "self-tests"})

# Which areas of a diary a coach needs to see its pages, and which of them to change; None: nobody but the runner.
RULES = {
    "home": (DIARY, frozenset()),
    "self_test": (DIARY, {"self-tests", "training"}),
    "plan": (DIARY, {"training"}),
    "log": (DIARY, {"training", "running", "pain"}),
    "mileage": ({"training", "running", "pain"}, {"running"}),
    "trends": (DIARY, frozenset()),
    "report": (DIARY, frozenset()),
    "guides": ({"training"}, frozenset()),
    "sharing": None,
    "settings": None,
    "sign_in": None,  # for whoever has not signed in, and for nobody else
}
OWN_PAGES = {
    "home",
    "self_test",
    "plan",
    "log",
    "mileage",
    "trends",
    "report",
    "squad",
    "guides",
    "sharing",
    "settings",
}
COACHS = {"squad"}


def test_every_page_has_a_rule():
    assert set(RULES) | COACHS == set(SCRIPTS)


@pytest.fixture
def ottilie(club):
    """A runner with an account and an entry of every kind, in the squad of Coach."""
    runner_id = club.join("Coach", "Ottilie")
    club.fill(runner_id)
    return runner_id


def sees(shares):
    """The pages of a diary of which so much is shared: areas, with True to change them too."""
    reads, writes = set(shares), {area for area, may_write in shares.items() if may_write}
    return {page for page, rule in RULES.items() if rule and rule[0] <= reads and rule[1] <= writes}


def at(runner_id):
    return {"runner": str(runner_id)}


def is_open(shown):
    return "Another runner's diary is open." in shown.text


@pytest.mark.parametrize("page", sorted(OWN_PAGES))
def test_ones_own_pages(visit, club, ottilie, page):
    shown = visit("Ottilie", page)
    assert set(shown.pages) == OWN_PAGES
    assert not is_open(shown)


@pytest.mark.parametrize("who", ["Coach", "Stranger"])
@pytest.mark.parametrize("given", ["nothing", "withdrawn", "expired", "to another coach"])
def test_without_a_consent_that_holds_a_typed_address_opens_ones_own_diary(visit, club, ottilie, who, given):
    if given == "withdrawn":
        club.share(ottilie, "Coach", *ALL, write=True)
        club.share(ottilie, "Coach")
    if given == "expired":
        club.share(ottilie, "Coach", *ALL, ends_on=TODAY - timedelta(days=1), now=NOW - timedelta(days=9))
    if given == "to another coach":
        club.join("Other", "Ottilie")
        club.share(ottilie, "Other", *ALL)
    for page in ("home", "trends", "settings"):
        shown = visit(who, page, query=at(ottilie))
        assert set(shown.pages) == OWN_PAGES
        assert not is_open(shown) and "Ottilie" not in shown.text


@pytest.mark.parametrize("page", sorted(page for page, rule in RULES.items() if rule))
def test_a_coach_sees_the_pages_of_what_is_shared(visit, club, ottilie, page):
    reads, writes = RULES[page]
    shares = {area: area in writes for area in reads}
    club.give(ottilie, "Coach", shares)
    shown = visit("Coach", page, query=at(ottilie))
    assert is_open(shown)
    assert set(shown.pages) == sees(shares) | COACHS
    for area in reads:  # with any of it missing the page is not there
        club.give(ottilie, "Coach", {name: write for name, write in shares.items() if name != area})
        assert page not in visit("Coach", query=at(ottilie)).pages or not is_open(visit("Coach", query=at(ottilie)))
    if writes:
        club.give(ottilie, "Coach", dict.fromkeys(reads, False))
        assert page not in visit("Coach", query=at(ottilie)).pages


def test_a_withdrawn_consent_holds_no_more_at_the_next_click(visit, club, ottilie):
    club.share(ottilie, "Coach", *ALL)
    shown = visit("Coach", "home", query=at(ottilie))
    assert is_open(shown)
    club.share(ottilie, "Coach", "running")
    shown.run()
    assert not is_open(shown) or set(shown.pages) == COACHS


def test_the_board_shows_what_is_shared_and_calls_the_rest_not_shared(visit, club, ottilie):
    club.share(ottilie, "Coach", "running")
    shown = visit("Coach", "squad")
    board = shown.tables()[0]
    assert board["Pain"].isna().all()
    club.share(ottilie, "Coach", "pain")
    shown.run()
    assert shown.tables()[0]["Pain"].notna().any()


def test_an_end_that_is_over_ends_it(visit, club, ottilie, monkeypatch):
    club.share(ottilie, "Coach", *ALL, ends_on=TODAY)
    assert is_open(visit("Coach", "home", query=at(ottilie)))
    monkeypatch.setattr("ui.session.now", lambda: NOW + timedelta(days=1))
    assert not is_open(visit("Coach", "home", query=at(ottilie)))


@pytest.mark.parametrize("page", sorted(SCRIPTS))
def test_a_personal_link_opens_its_pages_alone(visit, club, page):
    lin = club.add("Coach", "Lin")
    shown = visit(None, cookie=signed(club.link("Coach", lin)))
    if page in ("log", "self_test", "trends", "sharing"):
        assert shown.open(page).title
    else:
        with pytest.raises(ValueError, match="Could not find a navigation page"):
            shown.open(page)


def signed(link, secret=AUTH["cookie_secret"]):
    return link_cookie.sign(link.id, link.key, secret)


@pytest.mark.parametrize(
    "case", ["revoked", "expired", "forged", "of another secret", "of no link", "of another link", "garbage"]
)
def test_a_link_that_does_not_hold_opens_nothing(visit, club, case, monkeypatch):
    lin = club.add("Coach", "Lin")
    link = club.link("Coach", lin)
    value = signed(link)
    if case == "revoked":
        links.revoke(club.engine, club.squad("Coach"), [link.id], "Coach", NOW)
    if case == "expired":
        monkeypatch.setattr("ui.session.now", lambda: NOW + links.PERSONAL_LASTS)
    if case == "forged":
        said, signature = value.rsplit(".", 1)  # its first letter: the last one holds bits that mean nothing
        value = f"{said}.{'A' if signature[0] != 'A' else 'B'}{signature[1:]}"
    if case == "of another secret":
        value = signed(link, "another-secret")
    if case == "of no link":
        value = link_cookie.sign(10**9, link.key, AUTH["cookie_secret"])
    if case == "of another link":  # as after a database was restored
        value = link_cookie.sign(link.id, "0" * 16, AUTH["cookie_secret"])
    if case == "garbage":
        value = "%00<script>"
    shown = visit(None, cookie=value)
    assert shown.pages == [] and shown.title == "Plumbline"
    assert "Lin" not in shown.text


def test_a_link_beats_an_address_that_names_another_diary(visit, club, ottilie):
    club.share(ottilie, "Coach", *ALL)
    lin = club.add("Coach", "Lin")
    query = at(ottilie) | {"demo": "1", "squad": "demo"}
    shown = visit(None, "trends", cookie=signed(club.link("Coach", lin)), query=query)
    assert "Diary of Lin" in shown.text and "Simulated" not in shown.text


@pytest.mark.parametrize(
    "query",
    [
        {"runner": "1 OR 1=1"},
        {"runner": "-1"},
        {"runner": "99999999999999999999"},
        {"runner": "１"},
        {"runner": ""},
        {"squad": "1"},
        {"guide": "../../etc/passwd"},
    ],
)
def test_tampered_addresses_show_ones_own_diary(visit, club, ottilie, query):
    shown = visit("Stranger", "home", query=query)
    assert not is_open(shown) and "Ottilie" not in shown.text


def test_the_simulated_diary_is_read_only_where_people_sign_in(visit):
    shown = visit("Ottilie", "home", query={"demo": "1"})
    assert "Simulated data" in shown.text
    assert set(shown.pages) == {"home", "trends", "report", "guides", "squad"}


def test_who_has_not_signed_in_sees_nothing_whatever_the_address(visit, club, ottilie):
    for query in ({"demo": "1"}, at(ottilie), {"squad": "demo"}):
        shown = visit(None, query=query)
        assert shown.pages == [] and shown.title == "Plumbline"


def test_a_link_brings_nobody_who_signed_in_into_anothers_diary(visit, club, ottilie):
    lin = club.add("Coach", "Lin")
    for name in ("Ottilie", "Coach"):
        shown = visit(name, "home", cookie=signed(club.link("Coach", lin)))
        assert set(shown.pages) == OWN_PAGES and "Diary of Lin" not in shown.text
        assert "A personal link was opened in this browser." in shown.text


def test_a_look_by_link_is_in_the_log(visit, club):
    lin = club.add("Coach", "Lin")
    link = club.link("Coach", lin)
    shown = visit(None, "trends", cookie=signed(link)).open("sharing")
    assert (
        f"Whoever has link {link.id}, made by Coach (account {club.account('Coach')}), looked at Trends" in shown.text
    )


def test_the_simulated_squad_is_only_looked_at_where_people_sign_in(visit, club):
    shown = visit("Mallory", "squad", query={"squad": "demo"})
    assert "Simulated data" in shown.text
    for button in ("Add a runner", "Save the note", "Make the links"):
        assert not shown.has(button)
    assert not [key for key in shown.widgets() if "template" in str(key)]


def test_hidden_names_stay_hidden_in_an_opened_diary_and_a_reload(visit, club, ottilie):
    club.share(ottilie, "Coach", *ALL)
    shown = visit("Coach", "home", query=at(ottilie) | {"names": "hidden"})
    assert is_open(shown) and "Ottilie" not in shown.text
    by_link = visit(None, "log", cookie=signed(club.link("Coach", club.add("Coach", "Lin"))), query={"names": "hidden"})
    assert "You are here by a personal link." in by_link.text


def test_a_download_holds_what_is_shared_when_it_is_made(visit, club, monkeypatch):
    made = {}
    monkeypatch.setattr("ui.squad_export.st.download_button", lambda label, data, **_: made.update({label: data}))
    runners = [club.join("Coach", f"Runner {number}") for number in range(5)]
    for runner_id in runners:
        club.fill(runner_id)
        club.share(runner_id, "Coach", *ALL)
    visit("Coach", "squad")
    monkeypatch.setattr("ui.squad.cache.engine", lambda: club.engine)
    weeks, whole = made["Download the weeks without names"], made["Download the archive of the squad"]
    before, all_of_it = weeks().decode(), whole()
    for runner_id in runners:
        club.share(runner_id, "Coach", "running")
    assert before != weeks().decode()
    assert b"runner-001/pain_reports.csv" in all_of_it
    less = whole()
    assert b"runner-001/runs.csv" in less
    assert b"pain_reports.csv" not in less


def test_a_diary_that_is_shared_no_more_closes_with_a_word(visit, club):
    ada = club.join("Coach", "Ada")
    club.share(ada, "Coach", "training", "running", "pain", "self-tests")
    shown = visit("Coach", "trends", query={"runner": str(ada)})
    assert "Another runner's diary is open." in shown.text
    club.share(ada, "Coach")
    said = "The diary that was open is not shared with you any more. This is yours."
    assert said in shown.run().text
    assert said not in shown.run().text


def test_who_comes_by_a_link_reads_where_they_log_that_it_hurts_too_much(visit, club):
    """Home says it to everybody else."""
    lin = club.add("Coach", "Lin")
    link = club.link("Coach", lin)
    entry, values = ORDINARY["pain"]
    save(club.engine, Scope(lin), parse(entry, {**values, "worst_running": 8}, Door(TODAY, one_sided())))
    assert "Pain was 8 of 10" in visit(None, "log", cookie=signed(link)).text
