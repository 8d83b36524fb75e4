"""A club as deploy/ sets it up: PostgreSQL, two processes, the proxy's own configuration, and people who sign in.

What a runner typed is saved once, also when the process that served them dies under the form.
"""

import gzip
import socket
import ssl
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import UTC, date, datetime
from http.client import HTTPResponse

import pytest
from playwright.sync_api import Browser, Page, Playwright, expect
from sqlalchemy import Engine, func, select

from data import links
from data.engine import make_engine
from data.schema import pain_reports, runs, weekly_totals
from data.scope import SquadScope
from data.squads import coach_of
from tests.app_server import AppServer
from tests.browser import chromium
from tests.browser.app_page import answer, becomes, settle, tab, visit
from tests.browser.steps import SAMPLES, choose_files, said
from tests.nginx import Proxy
from tests.pages.accounts import Club
from tests.postgres import PostgresServer
from tests.provider import provider, sign_in, write_secrets

CONNECTED_ANEW = "You were connected anew."


@dataclass
class Running:
    """The whole of it, for the tests of this module; each restarts what it killed."""

    engine: Engine
    apps: tuple[AppServer, AppServer]
    proxy: Proxy

    def app_of(self, page: Page) -> AppServer:
        """The process that serves this browser."""
        (named,) = [cookie for cookie in page.context.cookies() if cookie["name"] == "plumbline_process"]
        return self.apps[int(named["value"]) - 1]

    def link(self, name: str) -> str:
        """A personal link's secret, for a new runner."""
        club = Club(self.engine)
        squad = SquadScope(coach_of(self.engine, club.account("Coach")), date.today())
        runner_id, now = club.add("Coach", name), datetime.now(UTC)
        (secret,) = links.make(self.engine, squad, [runner_id], "Coach", now, links.PERSONAL_LASTS)
        return secret

    def ask(self, address: str, **headers: str) -> HTTPResponse:
        """One request through the proxy, whatever its status."""
        context = ssl.create_default_context(cafile=str(self.proxy.folder / "fullchain.pem"))
        opener = urllib.request.build_opener(urllib.request.HTTPSHandler(context=context), NoRedirects())
        try:
            return opener.open(urllib.request.Request(f"{self.proxy.url}{address}", headers=headers), timeout=30)
        except urllib.error.HTTPError as refused:
            return refused


class NoRedirects(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *_: object) -> None:
        return None


@pytest.fixture(scope="module")
def browser(playwright: Playwright) -> Iterator[Browser]:
    running = chromium.launch(playwright, "--ignore-certificate-errors")  # the proxy's certificate is its own
    yield running
    running.close()


@pytest.fixture(scope="module")
def club(postgres: PostgresServer, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    with ExitStack() as stack:
        people = stack.enter_context(provider("Ines"))
        database = postgres.create_database()
        stack.callback(postgres.drop_database, database)
        homes = [tmp_path_factory.mktemp(name) for name in ("app1", "app2")]
        first, second = (AppServer(home, {"PLUMBLINE_DATABASE_URL": database}) for home in homes)
        proxy = Proxy(tmp_path_factory.mktemp("proxy"), (first.port, second.port))
        for home in homes:
            write_secrets(home, proxy.url, people)
        for server in (first, second, proxy):
            stack.enter_context(server)
        engine = make_engine(database)
        stack.callback(engine.dispose)
        yield Running(engine, (first, second), proxy)


def kill_its_process(club: Running, page: Page) -> AppServer:
    """Without a warning, and the page is connected again afterwards."""
    app = club.app_of(page)
    app.kill()
    becomes(page, lambda: club.app_of(page) is app, False)  # the other one has answered
    settle(page)
    return app


def rows(engine: Engine, table, value) -> list:
    with engine.connect() as connection:
        return list(connection.scalars(select(value).select_from(table)))


def test_a_runner_by_link_saves_what_was_typed_when_the_process_died(club: Running, page_at):
    page, secret = page_at(390), club.link("Runa")
    visit(page, club.proxy.url, f"c/{secret}")
    assert secret not in page.url
    week = tab(page, "The week: pain and running")
    distance = week.get_by_role("spinbutton", name="Distance of the whole week (km)")
    week.get_by_role("combobox", name="Body site").click()
    page.get_by_role("option", name="Lower back").click()
    answer(week, "Worst pain while running", "3")
    distance.fill("12")
    week.get_by_role("button", name="Save the week").click()
    said(page, "Week saved.")
    settle(page)
    answer(week, "Lower back", "5")
    distance.fill("34")
    expect(page.get_by_text(CONNECTED_ANEW)).not_to_be_attached()

    killed = kill_its_process(club, page)
    expect(distance).to_have_value("34")
    page.get_by_role("button", name="Save the week").click()
    said(page, "Week saved.")
    said(page, CONNECTED_ANEW)
    settle(page)
    expect(distance).to_have_value("34.0")

    assert club.app_of(page) is not killed
    assert rows(club.engine, weekly_totals, weekly_totals.c.distance_m) == [34_000.0]
    assert rows(club.engine, pain_reports, pain_reports.c.worst_running) == [5]
    killed.start()
    for log in (club.proxy.access_log, club.proxy.error_log, *(app.log for app in club.apps)):
        assert secret not in log.read_text(), log


def test_who_signed_in_stays_signed_in_and_their_files_follow_them(club: Running, page_at):
    page = page_at(1280)
    sign_in(page, club.proxy.url, "Ines")
    visit(page, club.proxy.url, "mileage")
    tab(page, "Add a run").get_by_role("spinbutton", name="Distance (km)").fill("10.5")

    ours = [one for one in page.context.cookies() if one["name"].startswith(("_streamlit", "plumbline"))]
    assert len(ours) > 1 and all(one["secure"] for one in ours)

    killed = kill_its_process(club, page)
    page.get_by_role("button", name="Add the run").click()
    said(page, "Run added.")
    settle(page)
    with club.engine.connect() as connection:
        assert connection.scalar(select(func.count()).select_from(runs)) == 1

    killed.start()  # and now the first one is there again, while the session is in the second
    choose_files(page, club.proxy.url, SAMPLES / "strava" / "made_activities_103col.csv")
    serving = kill_its_process(club, page)
    page.get_by_role("button", name="Add 7 runs").click()
    said(page, CONNECTED_ANEW)
    with club.engine.connect() as connection:
        assert connection.scalar(select(func.count()).select_from(runs)) == 1
    choose_files(page, club.proxy.url, SAMPLES / "strava" / "made_activities_103col.csv")
    page.get_by_role("button", name="Add 7 runs").click()
    said(page, "7 runs added")
    serving.start()


def test_the_proxy_sends_programs_small_and_keeps_what_is_not_for_visitors(club: Running):
    page = club.ask("/")
    assert page.headers["Strict-Transport-Security"]
    assert page.headers["Set-Cookie"].startswith("plumbline_process=")
    script = page.read().decode().partition('src="./')[2].partition('"')[0]
    packed = club.ask(f"/{script}", **{"Accept-Encoding": "gzip"})
    assert packed.headers["Content-Encoding"] == "gzip"
    body = packed.read()
    assert len(body) < len(gzip.decompress(body)) / 2
    assert club.ask("/ready").read() == b'{"ready":true}'
    for closed in ("/_stcore/metrics", "/_stcore/agent/sessions", "/_stcore/../_stcore/metrics"):
        assert club.ask(closed).status == 404
    with pytest.raises(OSError, match=r"nothing|closed|reset|EOF|violation|without"):
        club.ask("/", Host="another.example")


def test_the_proxy_speaks_no_old_tls(club: Running):
    address = ("localhost", club.proxy.port)
    context = ssl.create_default_context(cafile=str(club.proxy.folder / "fullchain.pem"))
    with socket.create_connection(address) as raw, context.wrap_socket(raw, server_hostname="localhost") as spoken:
        assert spoken.version() == "TLSv1.3"
    context.maximum_version = ssl.TLSVersion.TLSv1_2
    context.set_ciphers("ECDHE-ECDSA-AES128-SHA")  # CBC with SHA-1
    with socket.create_connection(address) as raw, pytest.raises(ssl.SSLError):
        context.wrap_socket(raw, server_hostname="localhost")


def test_what_the_proxy_hands_on_is_framed_guessed_and_kept_by_nobody(club: Running):
    page = club.ask("/")
    assert page.headers["Content-Security-Policy"] == "frame-ancestors 'self'"
    assert page.headers["X-Content-Type-Options"] == "nosniff"
    assert page.headers["Cache-Control"] != "no-store"
    assert club.ask("/media/nothing.zip").headers.get_all("Cache-Control")[-1] == "no-store"


def test_while_no_process_is_up_the_secret_of_a_link_is_in_no_log(club: Running):
    for app in club.apps:
        app.kill()
    assert club.ask("/c/the-secret").status == 502
    assert club.ask("/oauth2callback?code=the-secret&state=the-secret").status == 502
    assert club.ask("/media/the-secret.zip").status == 502
    assert club.ask("/_stcore/upload_file/the-secret/1").status == 502
    assert "/c/-" in club.proxy.access_log.read_text()
    for log in (club.proxy.access_log, club.proxy.error_log):
        assert "the-secret" not in log.read_text()
    for app in club.apps:
        app.start()


def test_a_plain_address_leads_to_the_encrypted_one(club: Running):
    configuration = (club.proxy.folder / "nginx.conf").read_text()
    plain = configuration.partition("listen 127.0.0.1:")[2].partition(";")[0]
    with pytest.raises(urllib.error.HTTPError) as answer:
        urllib.request.build_opener(NoRedirects()).open(f"http://127.0.0.1:{plain}/log", timeout=30)
    assert answer.value.code == 301
    assert answer.value.headers["Location"] == "https://127.0.0.1/log"


def test_whoever_tries_out_links_is_slowed_down(club: Running):
    answers = [club.ask(f"/c/{number}").status for number in range(40)]
    assert answers[0] == 404 and answers[-1] == 429
