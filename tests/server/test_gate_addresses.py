"""Who may connect, and the addresses beside Streamlit's: this machine alone without sign-in, links only with it."""

import http.client
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from websockets.exceptions import InvalidStatus
from websockets.sync.client import connect

from data import links, runners, squads
from data.engine import make_engine
from data.entries import Door, NewRunner, parse
from data.scope import SquadScope
from tests.app_server import ROOT, AppServer
from tests.provider import write_secrets
from tests.server.visit import visit

WATCHED_SECONDS = 2  # Streamlit looks for a change of the file five times a second


def get(server: AppServer, path: str, host: str | None = None) -> http.client.HTTPResponse:
    connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=20)
    connection.request("GET", path, headers={"Host": host or f"127.0.0.1:{server.port}"})
    return connection.getresponse()


def stream(server: AppServer) -> str:
    """The address of its WebSocket."""
    return f"ws://127.0.0.1:{server.port}/_stcore/stream"


@pytest.fixture(scope="module")
def machine(tmp_path_factory: pytest.TempPathFactory) -> Iterator[AppServer]:
    with AppServer(tmp_path_factory.mktemp("machine")) as server:
        yield server


@pytest.fixture(scope="module")
def club(tmp_path_factory: pytest.TempPathFactory) -> Iterator[AppServer]:
    """With accounts; nobody signs in here, so no provider answers."""
    home = tmp_path_factory.mktemp("club")
    server = AppServer(home, {"PLUMBLINE_DATABASE_URL": f"sqlite:///{home}/club.sqlite3"})
    write_secrets(home, server.url, "http://localhost:9")
    with server:
        yield server


@pytest.mark.parametrize("name", ["localhost", "127.0.0.1", "[::1]"])
def test_this_machine_answers_to_its_own_names(machine, name):
    assert get(machine, "/ready", f"{name}:{machine.port}").status == 200


@pytest.mark.parametrize("name", ["plumbline.example.org", "evil.example.org:80", "127.0.0.1.evil.example.org", ""])
@pytest.mark.parametrize("path", ["/", "/ready", "/home", "/_stcore/health"])
def test_by_another_name_nothing_is_answered(machine, name, path):
    answer = get(machine, path, name or "x")
    assert answer.status == 403
    assert b"answers that machine alone" in answer.read()


def test_by_another_name_no_session_is_opened(machine):
    with (
        pytest.raises(InvalidStatus),
        connect(stream(machine), subprotocols=["streamlit"], additional_headers={"Host": "evil.example.org"}),
    ):
        pass


@pytest.mark.parametrize(
    "origin", ["https://evil.example.org", "http://localhost:9999", "http://127.0.0.1", "null", "http://["]
)
@pytest.mark.parametrize("kind", ["machine", "club"])
def test_a_page_of_another_site_or_port_opens_no_session(kind, origin, request):
    """And nobody on the web is asked for this machine's address first, as Streamlit does."""
    server = request.getfixturevalue(kind)
    with pytest.raises(InvalidStatus) as refused, connect(stream(server), subprotocols=["streamlit"], origin=origin):
        pass
    assert refused.value.response.status_code == 403
    assert "checkip" not in server.log_text()
    with connect(stream(server), subprotocols=["streamlit"], origin=server.url):
        pass


def test_no_other_site_frames_a_page_of_this_machine(machine):
    for path in ("/", "/log", "/ready"):
        answer = get(machine, path)
        assert answer.getheader("content-security-policy") == "frame-ancestors 'self'"
        assert answer.getheader("x-content-type-options") == "nosniff"


def test_without_accounts_there_are_no_links(machine):
    assert get(machine, "/c/anything").getheader("set-cookie") is None
    assert get(machine, "/leave").getheader("set-cookie") is None


def refusal(home, *options):
    """What the app says when it is started with these options and does not start."""
    command = [sys.executable, "-m", "streamlit", "run", "app.py", "--server.headless", "true", *options]
    environment = {**os.environ, "HOME": str(home)}
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, timeout=60)
    assert done.returncode != 0
    assert "Traceback" not in done.stderr
    return done.stderr


@pytest.mark.parametrize("address", ["0.0.0.0", "::"])
def test_another_address_without_sign_in_is_refused(tmp_path, address):
    said = refusal(tmp_path, "--server.address", address)
    assert f"It would listen on {address}" in said and "[auth]" in said


@pytest.mark.parametrize("secret", ["CHANGE-ME", "CHANGE-ME-but-long-enough-to-be-a-secret", "short", ""])
def test_a_secret_that_can_be_guessed_is_refused(tmp_path, secret):
    write_secrets(tmp_path, "http://localhost:8501", "http://localhost:9")
    file = tmp_path / ".streamlit" / "secrets.toml"
    kept = [line for line in file.read_text().splitlines() if not line.startswith("cookie_secret")]
    file.write_text("\n".join([*kept, f'cookie_secret = "{secret}"']))
    said = refusal(tmp_path, "--server.address", "0.0.0.0")
    assert "cookie_secret is the example's, or shorter than 32 letters" in said


@pytest.mark.parametrize("change", [lambda file: file.write_text(""), Path.unlink], ids=["emptied", "deleted"])
def test_without_its_settings_all_of_a_sudden_nobody_is_let_in(tmp_path, change):
    """Streamlit reads secrets.toml anew: whoever comes then would be taken for the machine's owner."""
    server = AppServer(tmp_path)
    write_secrets(tmp_path, server.url, "http://localhost:9")
    with server:
        before = visit(server.url, "")
        change(tmp_path / ".streamlit" / "secrets.toml")
        time.sleep(WATCHED_SECONDS)  # nothing says that the file was read anew
        after = visit(server.url, "")
    assert [page.url_pathname for page in after.pages] == [page.url_pathname for page in before.pages]
    assert len(after.pages) == 1


def personal_link(server: AppServer) -> str:
    engine = make_engine(f"sqlite:///{server.home}/club.sqlite3")
    owner = runners.account(engine, "https://id.example.org", "grace", "Grace")
    day = datetime.now(UTC).date()
    scope = SquadScope(squads.coach_of(engine, owner.id), day)
    runner_id = squads.add_member(
        engine, scope, parse(NewRunner, {"name": "Lin"}, Door(day)), "Grace", datetime.now(UTC)
    )
    (secret,) = links.make(engine, scope, [runner_id], "Grace", datetime.now(UTC), links.WEEKLY_LASTS)
    engine.dispose()
    return secret


def test_a_link_is_exchanged_for_a_cookie_that_no_script_reads_and_no_copy_keeps(club):
    secret = personal_link(club)
    answer = get(club, f"/c/{secret}")
    cookie = answer.getheader("set-cookie")
    assert (answer.status, answer.getheader("location")) == (303, "/")
    assert "HttpOnly" in cookie and "SameSite=lax" in cookie and "Max-Age=12" in cookie
    assert secret not in cookie
    assert answer.getheader("cache-control") == "no-store"
    assert answer.getheader("referrer-policy") == "no-referrer"
    assert secret not in club.log_text()


@pytest.mark.parametrize("secret", ["A" * 43, "%27%20OR%201=1", "x", "%00", "%2e%2e%2f"])
def test_a_secret_that_was_never_made_sets_no_cookie(club, secret):
    answer = get(club, f"/c/{secret}")
    assert answer.status in (400, 404)  # Streamlit refuses some paths before anybody looks at them
    assert answer.getheader("set-cookie") is None


def test_leaving_forgets_the_cookie(club):
    answer = get(club, "/leave")
    assert (answer.status, answer.getheader("location")) == (303, "/")
    assert 'plumbline-link=""' in answer.getheader("set-cookie")


def test_with_https_the_cookie_is_for_https_alone(tmp_path: Path):
    home = tmp_path
    server = AppServer(home, {"PLUMBLINE_DATABASE_URL": f"sqlite:///{home}/club.sqlite3"})
    write_secrets(home, "https://plumbline.example.org", "http://localhost:9")
    with server:
        assert "Secure" in get(server, f"/c/{personal_link(server)}").getheader("set-cookie")
