"""A visit to one address of the running app, as a browser makes it: Streamlit's own messages over its WebSocket."""

from dataclasses import dataclass

from streamlit.proto.AppPage_pb2 import AppPage
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.sync.client import connect

ANSWER_SECONDS = 30


@dataclass(frozen=True)
class Visit:
    """Everything the server sent, from the request to the end of the script run."""

    messages: list[ForwardMsg]

    def first(self, kind: str) -> ForwardMsg:
        return next(message for message in self.messages if message.WhichOneof("type") == kind)

    def sent(self, kind: str) -> bool:
        return any(message.WhichOneof("type") == kind for message in self.messages)

    @property
    def main_script(self) -> str:
        """The hash of the script that the server was started with."""
        return self.first("new_session").new_session.main_script_hash

    @property
    def drawn_by(self) -> list[str]:
        """The hash of the script that drew each element, in order."""
        return [
            message.metadata.active_script_hash for message in self.messages if message.WhichOneof("type") == "delta"
        ]

    @property
    def pages(self) -> list[AppPage]:
        """The last word on which pages there are."""
        return list(self.messages[self._last_navigation].navigation.app_pages)

    @property
    def page(self) -> AppPage:
        """The page that was shown."""
        shown = self.messages[self._last_navigation].navigation.page_script_hash
        return next(page for page in self.pages if page.page_script_hash == shown)

    @property
    def _last_navigation(self) -> int:
        return max(at for at, sent in enumerate(self.messages) if sent.WhichOneof("type") == "navigation")


def visit(server: str, address: str, query: str = "") -> Visit:
    """One new session at `address` (a page's path without the slash) of the app at `server`."""
    request = BackMsg()
    request.rerun_script.page_name = address
    request.rerun_script.query_string = query
    stream = f"{server.replace('http', 'ws', 1)}/_stcore/stream"
    messages = []
    with connect(stream, subprotocols=["streamlit"], max_size=None) as socket:
        socket.send(request.SerializeToString())
        while not messages or messages[-1].WhichOneof("type") != "script_finished":
            messages.append(ForwardMsg.FromString(socket.recv(timeout=ANSWER_SECONDS)))
    return Visit(messages)
