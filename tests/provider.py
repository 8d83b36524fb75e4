"""An OpenID provider on loopback, and the app in front of it: people sign in for real."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from oidc_provider_mock import User, _app, run_server_in_thread
from playwright.sync_api import Page, expect

from tests.app_server import AppServer
from tests.browser.app_page import SLOW_MS, settle

_STYLES = "https://cdn.jsdelivr.net"
_SECRETS = """
[auth]
redirect_uri = "{app}/oauth2callback"
cookie_secret = "only-for-the-tests-0123456789abcdef"
client_id = "plumbline"
client_secret = "plumbline"
server_metadata_url = "{provider}/.well-known/openid-configuration"
label = "the club's account"
"""


@contextmanager
def provider(*names: str) -> Iterator[str]:
    """Its address; whoever is named can sign in there. Its pages ask the web for a style sheet, and do without here."""
    people = [User(sub=name.lower(), claims={"name": name, "email": f"{name.lower()}@example.org"}) for name in names]
    shown = _app.flask.render_template
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(
            _app.flask, "render_template", lambda *names, **values: shown(*names, **values).replace(_STYLES, "")
        )
        with run_server_in_thread(user_claims=people) as server:
            yield f"http://localhost:{server.server_port}"


@contextmanager
def club(home: Path, provider: str) -> Iterator[AppServer]:
    """The app on an empty home folder, with accounts."""
    server = AppServer(home)
    write_secrets(home, server.url, provider)
    with server:
        yield server


def write_secrets(home: Path, app: str, provider: str) -> None:
    """What an app at this address needs to let people sign in there."""
    folder = home / ".streamlit"
    folder.mkdir(exist_ok=True)
    (folder / "secrets.toml").write_text(_SECRETS.format(app=app, provider=provider))


def sign_in(page: Page, app: str, name: str) -> None:
    """From the app's first page by way of the provider, and back."""
    page.goto(app)
    page.get_by_role("button", name="Sign in with the club's account").click(timeout=SLOW_MS)
    page.get_by_role("button", name=name.lower(), exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Train the hip", timeout=SLOW_MS)
    settle(page)
