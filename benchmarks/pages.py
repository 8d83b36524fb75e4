"""The pages on ten years of diary: how long the server needs from a browser's message to the end of its script.

Over the real server and its WebSocket, on loopback: building, drawing and serialising count, a network does not.
"""

import tempfile
from collections.abc import Iterator
from datetime import date
from functools import partial
from pathlib import Path
from types import TracebackType

from sqlalchemy import Engine
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.sync.client import connect

from benchmarks.diary import ten_years
from benchmarks.stores import stores
from benchmarks.timing import Timing, show, timed
from tests.app_server import AppServer

TARGETS = {"": 0.150, "trends": 0.150}  # s after the first view
REPEATS = 31  # the first one does not count
# What is shown, page, query; the usual window is half a year, and "All" draws all ten.
VIEWS = (
    ("Home, 6 months", "", ""),
    ("Home, all weeks", "", "home-window=All"),
    ("Trends, all weeks", "trends", "trends-window=All"),
    ("Log", "log", ""),
)


class BrowserTab:
    """One session of the app, as a browser tab opens it."""

    def __init__(self, server: str) -> None:
        self._socket = connect(
            f"{server.replace('http', 'ws', 1)}/_stcore/stream", subprotocols=["streamlit"], max_size=None
        )

    def __enter__(self) -> "BrowserTab":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._socket.close()

    def show(self, page: str, query: str) -> None:
        """Ask for a page, and wait until its script has ended."""
        message = BackMsg()
        message.rerun_script.page_name = page
        message.rerun_script.query_string = query
        self._socket.send(message.SerializeToString())
        while ForwardMsg.FromString(self._socket.recv()).WhichOneof("type") != "script_finished":
            pass


def pages(engine: Engine) -> Iterator[Timing]:
    """Timings on a database whose local runner has `benchmarks.diary.ten_years`; a server of its own serves it."""
    where, database = engine.dialect.name, engine.url.render_as_string(hide_password=False)
    with tempfile.TemporaryDirectory() as home:
        environment = {"PLUMBLINE_DATABASE_URL": database}
        with AppServer(Path(home), environment) as server:
            yield _first_view(server, where)
            for what, page, query in VIEWS:
                target = TARGETS.get(page)
                with BrowserTab(server.url) as tab:
                    yield timed(what, where, [partial(tab.show, page, query)] * REPEATS, target)


def _first_view(server: AppServer, where: str) -> Timing:
    with BrowserTab(server.url) as tab:
        # The action that is not counted does nothing: the very first view is the figure here.
        return timed("Home, first view of a new server", where, [int, partial(tab.show, "", "")])


def main() -> None:
    for engine in stores():
        ten_years(engine, date.today())
        show(pages(engine))


if __name__ == "__main__":
    main()
