"""Who may connect at all, and the addresses beside Streamlit's own: /ready, /c/<secret> and /leave.

Without sign-in the app answers this machine alone. A personal link is exchanged at once for a cookie that no script can
read, so that its secret does not stay in the address bar.
"""

import ipaddress
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from typing import Any, Final
from urllib.parse import urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import HTTPConnection, Request
from starlette.responses import JSONResponse, PlainTextResponse, RedirectResponse, Response
from starlette.routing import Route
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from data import links
from data.engine import Database, is_alive
from ui import link_cookie

_HERE: Final = ("localhost", "127.0.0.1", "::1")
_NOT_HERE: Final = (
    "Plumbline runs here for one machine, and answers that machine alone. To open it to others, set up sign-in: the "
    "README says how, under 'For a club'."
)
NO_SIGN_IN: Final = (
    "It would listen on {address}, where others can reach it, and no sign-in is configured. Leave out the address to "
    "keep it on this machine, or add an [auth] section to .streamlit/secrets.toml; the README says how, under 'For a "
    "club'."
)
_SHORTEST_SECRET: Final = 32  # letters, as Streamlit and RFC 7518 (3.2) ask of a key for HMAC-SHA-256
TOO_WEAK: Final = (
    "In .streamlit/secrets.toml, cookie_secret is the example's, or shorter than 32 letters: whoever guesses it could "
    'sign in as anybody. Make one with: python3 -c "import secrets; print(secrets.token_urlsafe(48))"'
)
_UNKNOWN_LINK: Final = (
    "This link opens nothing any more: it has ended, was taken back, or was not copied whole. Ask your coach for a new "
    "one."
)


def is_this_machine(address: str) -> bool:
    """Whether an address to listen on, or to come from, is this machine's own."""
    if address == "localhost":
        return True
    try:
        return ipaddress.ip_address(address).is_loopback
    except ValueError:
        return False


def is_weak(cookie_secret: str) -> bool:
    """Whether a secret that signs cookies can be guessed."""
    return cookie_secret.startswith("CHANGE") or len(cookie_secret) < _SHORTEST_SECRET


class OwnPagesOnly:
    """Refuses a WebSocket that a page of another site, or of another port of this machine, opens: through it that page
    would read the diary. Streamlit's own check lets every port of localhost in, and asks a machine on the web for this
    one's address before it refuses. `auth` says under which name a proxy is reached."""

    def __init__(self, app: ASGIApp, auth: Mapping[str, Any] | None) -> None:
        self._app = app
        self._outside = urlsplit(str(auth["redirect_uri"])).netloc if auth else None

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "websocket" and not self._is_ours(HTTPConnection(scope).headers):
            await send(_REFUSED)
        else:
            await self._app(scope, receive, send)

    def _is_ours(self, headers: Headers) -> bool:
        origin = headers.get("origin")  # every browser sends one with a WebSocket; programs need not
        try:
            return origin is None or urlsplit(origin).netloc in (headers.get("host"), self._outside)
        except ValueError:  # no address at all
            return False


class OnlyThisMachine:
    """Refuses whoever comes from elsewhere, and whoever came by another name: a page of the web that points a name of
    its own at this machine would otherwise read the diary (DNS rebinding). No page of another site frames it either."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "lifespan" or _is_here(HTTPConnection(scope)):
            await self._app(scope, receive, _with_headers(send))
        elif scope["type"] == "websocket":
            await send(_REFUSED)
        else:
            await PlainTextResponse(_NOT_HERE, status_code=403)(scope, receive, send)


_REFUSED: Final = {"type": "websocket.close", "code": 1008}


def _is_here(connection: HTTPConnection) -> bool:
    name = connection.url.hostname
    return connection.client is not None and is_this_machine(connection.client.host) and name in _HERE


def _with_headers(send: Send) -> Send:
    """What the proxy of deploy/ adds for a club."""

    async def sent(message: Message) -> None:
        if message["type"] == "http.response.start":
            headers = MutableHeaders(scope=message)
            headers["Content-Security-Policy"] = "frame-ancestors 'self'"
            headers["X-Content-Type-Options"] = "nosniff"
        await send(message)

    return sent


def routes(engine: Database, auth: Mapping[str, Any] | None) -> list[Route]:
    """The addresses that there are: those of links only where people sign in."""
    found = [Route("/ready", _ready(engine))]
    if auth is not None:
        found += [Route("/c/{secret}", _open_link(engine, auth)), Route("/leave", _leave)]
    return found


def _ready(engine: Database) -> Callable[[Request], Response]:
    def ready(_request: Request) -> Response:
        """For probes: the server runs and the database answers."""
        alive = is_alive(engine)
        return JSONResponse({"ready": alive}, status_code=200 if alive else 503)

    return ready


def _open_link(engine: Database, auth: Mapping[str, Any]) -> Callable[[Request], Response]:
    secure = str(auth["redirect_uri"]).startswith("https:")

    def open_link(request: Request) -> Response:
        """Exchange the secret for the cookie, and go where it opens, without the secret."""
        now = datetime.now(UTC)
        link = links.exchange(engine, request.path_params["secret"], now)
        if link is None:
            return PlainTextResponse(_UNKNOWN_LINK, status_code=404, headers=_PRIVATE)
        answer = RedirectResponse("/", status_code=303, headers=_PRIVATE)
        answer.set_cookie(
            link_cookie.NAME,
            link_cookie.sign(link.id, link.key, auth["cookie_secret"]),
            max_age=int((link.expires_at - now).total_seconds()),
            httponly=True,
            samesite="lax",
            secure=secure,
        )
        return answer

    return open_link


_PRIVATE: Final = {"Cache-Control": "no-store", "Referrer-Policy": "no-referrer"}


def _leave(_request: Request) -> Response:
    """Forget the personal link in this browser; the link itself stays good."""
    answer = RedirectResponse("/", status_code=303, headers=_PRIVATE)
    answer.delete_cookie(link_cookie.NAME, httponly=True, samesite="lax")
    return answer
