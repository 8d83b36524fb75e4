"""The app in this process, as one browser tab: what it shows, and what a hand can do."""

import json
import pickle
from collections.abc import Iterator
from pathlib import Path
from typing import Any, ClassVar

from google.protobuf.message import Message
from lxml import html
from streamlit.testing.v1 import AppTest
from streamlit.testing.v1.element_tree import Block, Dataframe, Node, Table, Widget

ROOT = Path(__file__).resolve().parents[2]
SCRIPTS = sorted(script.stem for script in (ROOT / "pages").glob("*.py"))
PAGES = [script for script in SCRIPTS if script not in ("sharing", "sign_in")]  # on one's own machine
RUN_SECONDS = 30

# Fields of Streamlit's messages that hold no words for people.
_NO_WORDS = {
    "id",
    "form_id",
    "element_id",
    "spec",
    "config",
    "url",
    "data",
    "icon",
    "page",
    "page_script_hash",
    "color",
    "html_content",
    "css_content",
    "js_content",
}


# What the keys of our own components hold.
_COMPONENTS = ("timer-", "place-of-", "taps-", "files-")


class App:
    """One tab. Every run must end without an exception and with nothing in the session that could not be pickled."""

    # What Streamlit finds in the metadata of every installed package: looked for once, not for every tab.
    _components: ClassVar[Any] = None

    def __init__(
        self,
        database_url: str,
        page: str = "home",
        *,
        query: dict[str, str] | None = None,
        session: dict[str, Any] | None = None,
        auth: dict[str, str] | None = None,
        user: dict[str, Any] | None = None,
        **context: Any,
    ) -> None:
        self._test = AppTest.from_file(ROOT / "ui" / "main.py", default_timeout=RUN_SECONDS)
        self._test._bidi_component_manager = App._components
        self._test.secrets["database_url"] = database_url
        self._test.secrets["sign_in"] = auth or {}
        if auth is not None:  # people sign in here
            self._test.user = user or {"is_logged_in": False}
        self._test.context = {"timezone": "Europe/Vienna", "theme": "light"} | context
        self._test.query_params = dict(query or {})
        for name, value in (session or {}).items():
            self._test.session_state[name] = value
        if (
            auth is not None or "_" in page
        ):  # until the first run a page is known by its file's name, and this one's address is another
            self._test.run()
        if page:
            self.open(page)
        App._components = self._test._bidi_component_manager

    def open(self, page: str) -> "App":
        """Go to a page by the name of its script."""
        self._test.switch_page(f"../pages/{page}.py")
        return self.run()

    @property
    def pages(self) -> list[str]:
        """The pages of the navigation, by the names of their scripts; none for who has to sign in first."""
        return list(self._test.session_state["pages"]) if "pages" in self._test.session_state else []

    def run(self) -> "App":
        self._test.run()
        assert not self._test.exception, self._test.exception[0].stack_trace or self._test.exception[0].value
        # What Streamlit keeps of its components cannot be pickled; what we keep has to be.
        state = self._test.session_state.to_dict()
        kept = {name: value for name, value in state.items() if not any(mark in name for mark in _COMPONENTS)}
        pickle.dumps(kept)
        return self

    def set(self, name: str, value: Any) -> "App":
        """Answer the one widget with this key or label, without sending it yet."""
        self.widget(name).set_value(value)
        return self

    def press(self, label: str, at: int = 0) -> "App":
        """Press the button with this key, start of a key, or label: the first of several, or the one at that place."""
        found = [
            button
            for button in self._test.button
            if label in (button.key, button.label) or str(button.key).startswith(f"{label}-")
        ]
        assert found, f"no button {label!r} among {[button.label for button in self._test.button]}"
        found[at].click()
        return self.run()

    def edit(self, column: str, *values: Any) -> "App":
        """Type down a column of the one editable table from its first row, as the browser reports it."""
        (table,) = (node for node in self._nodes() if isinstance(node, Dataframe) and node.editing_mode != "read_only")
        rows = {row: {column: value} for row, value in enumerate(values)}
        self._test.session_state[table.key] = {"edited_rows": rows, "added_rows": [], "deleted_rows": []}
        return self

    def open_tab(self, key: str, label: str) -> "App":
        """Open the tab with this label, of those with this key that are drawn when they are opened."""
        self._test.session_state[key] = label
        return self.run()

    def upload(self, *files: tuple[str, bytes]) -> "App":
        """Choose files in the one upload box."""
        (box,) = self._test.file_uploader
        box.set_value([(name, content, "application/octet-stream") for name, content in files])
        return self.run()

    def widget(self, name: str) -> Any:
        """The one widget with this key or label, or whose key ends in this name."""
        widgets = [node for node in self._nodes() if isinstance(node, Widget)]
        found = [node for node in widgets if name in (node.key, node.label)]
        found = found or [node for node in widgets if str(node.key).endswith(f"-{name}")]
        assert len(found) == 1, f"{len(found)} widgets are called {name!r}: {self.widgets()}"
        return found[0]

    def value(self, name: str) -> Any:
        return self.widget(name).value

    def widgets(self) -> list[str]:
        return [str(node.key or node.label) for node in self._nodes() if isinstance(node, Widget)]

    def has(self, label: str) -> bool:
        """Whether there is a button with this key or label."""
        return any(label in (button.key, button.label) for button in self._test.button)

    def is_enabled(self, label: str) -> bool:
        return not self.widget(label).disabled

    def tables(self) -> list[Any]:
        return [node.value for node in self._nodes() if isinstance(node, Dataframe | Table)]

    @property
    def errors(self) -> list[str]:
        return [error.value for error in self._test.error]

    @property
    def toast(self) -> str:
        return " ".join(toast.value for toast in self._test.toast)

    @property
    def title(self) -> str:
        return str(self._test.title[0].value)

    @property
    def query(self) -> dict[str, Any]:
        return self._test.query_params

    @property
    def text(self) -> str:
        """Every word on the page: text, labels, help, options, alternatives of pictures, tables."""
        return "\n".join(word for node in self._nodes() for word in _words(node))

    @property
    def sent(self) -> bytes:
        """All that the browser was sent for what is on the page: every message, tables and charts in it."""
        protos = (getattr(node, "proto", None) for node in self._nodes())
        return b"".join(proto.SerializeToString() for proto in protos if isinstance(proto, Message))

    def is_folded(self, text: str) -> bool:
        """Whether all that is said with this text in it lies in an expander, which may be closed."""
        folded = {id(node) for box in self._test.expander for node in box}
        return all(id(node) in folded for node in self._nodes() if text in "\n".join(_words(node)))

    @property
    def markup(self) -> str:
        """What is read as Markdown."""
        kinds = ("markdown", "caption", "title", "header", "subheader", "toast", "error", "warning", "info", "success")
        return "\n".join(str(node.value) for kind in kinds for node in self._test.get(kind))

    @property
    def charts(self) -> list[Any]:
        """The charts' protos: `alt` and `spec`."""
        return [chart.proto for chart in self._test.get("plotly_chart")]

    @property
    def chart_words(self) -> str:
        """Every text inside the charts: titles, ticks, hover."""
        return "\n".join(text for chart in self.charts for text in _texts(json.loads(chart.spec)))

    @property
    def pictures(self) -> list[Any]:
        """The drawings' protos, each with its `alt`."""
        return [picture for shown in self._test.get("image") for picture in shown.proto.imgs]

    @property
    def document(self) -> str:
        """The HTML of the one document that the page shows in a frame."""
        (frame,) = self._test.get("iframe")
        return str(frame.proto.srcdoc)

    @property
    def videos(self) -> list[Any]:
        """The players' protos."""
        return [video.proto for video in self._test.get("video")]

    def _nodes(self) -> Iterator[Node]:
        return iter(self._test._tree)


def _words(node: Node) -> Iterator[str]:
    if isinstance(node, Dataframe | Table):
        yield from map(str, [*node.value.columns, *node.value.to_numpy().ravel()])
    if isinstance(node, Block) and node.type in ("root", "main", "sidebar", "event"):
        return
    if isinstance(node.proto, Message):
        yield from _message_words(node.proto)


def _message_words(message: Message) -> Iterator[str]:
    for field, value in message.ListFields():
        if field.name in _NO_WORDS:
            continue
        for one in value if field.is_repeated else [value]:
            if field.name == "srcdoc":
                yield "\n".join(html.document_fromstring(one).find("body").itertext())
            elif isinstance(one, str):
                yield one
            elif isinstance(one, Message):
                yield from _message_words(one)


def _texts(spec: Any) -> Iterator[str]:
    if isinstance(spec, str):
        yield spec
    elif isinstance(spec, dict):
        for name, value in spec.items():
            if name != "template":
                yield from _texts(value)
    elif isinstance(spec, list):
        for value in spec:
            yield from _texts(value)
