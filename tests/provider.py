"""An OpenID provider on loopback, and the app in front of it: people sign in for real."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from oidc_provider_mock import User, run_server_in_thread
from playwright.sync_api import Page

from tests.app_server import AppServer

_SECRETS = """
[auth]
redirect_uri = "{app}/oauth2callback"
cookie_secret = "only-for-tests-0123456789abcdef"
client_id = "plumbline"
client_secret = "plumbline"
server_metadata_url = "{provider}/.well-known/openid-configuration"
label = "the club's account"
"""


@contextmanager
def provider(*names: str) -> Iterator[str]:
    """Its address; whoever is named can sign in there."""
    people = [User(sub=name.lower(), claims={"name": name, "email": f"{name.lower()}@example.org"}) for name in names]
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


def without_the_web(page: Page) -> Page:
    """The provider's own page asks for a style sheet of the web."""
    page.route("https://cdn.jsdelivr.net/**", lambda route: route.abort())
    return page


def sign_in(page: Page, app: str, name: str) -> None:
    """From the app's first page by way of the provider, and back."""
    page.goto(app)
    page.get_by_role("button", name="Sign in with the club's account").click()
    page.get_by_role("button", name=name.lower(), exact=True).click()
