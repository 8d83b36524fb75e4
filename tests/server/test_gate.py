"""Nothing is shown past the frame, whatever address is asked for first.

Streamlit runs the scripts of a `pages/` folder beside its main script directly, until some session has reached
st.navigation. So an address of each kind is asked for as the first request after a start, of a server of its own; all
others of a server that is up.
"""

from pathlib import Path

import pytest

from tests.app_server import ROOT, AppServer
from tests.server.visit import Visit, visit

SCRIPTS = sorted(page.stem for page in (ROOT / "pages").glob("*.py"))
WITH_ACCOUNTS = ("sharing", "sign_in")  # pages that there are only where people sign in
HOME = "home"  # the default page: its address is the bare one

# The address of a page that is not the default one, as ui/main.py spells it.
ADDRESSES = [script.replace("_", "-") for script in SCRIPTS if script not in (HOME, *WITH_ACCOUNTS)]
# Where Streamlit would serve a script past the frame (it goes by file name), and an address of nothing at all.
UNKNOWN = [script for script in SCRIPTS if script not in ADDRESSES] + ["sign-in", "does-not-exist"]

HOLE = {
    "app.py": """
import streamlit as st
from starlette.responses import PlainTextResponse
from starlette.routing import Route

app = st.App("main.py", routes=[Route("/ready", lambda request: PlainTextResponse("ready"))])
""",
    "main.py": """
import streamlit as st

st.set_page_config(page_title="The frame")
st.navigation([st.Page("pages/home.py", default=True), st.Page("pages/secret.py")]).run()
""",
    "pages/home.py": "import streamlit as st; st.write('home')",
    "pages/secret.py": "import streamlit as st; st.write('secret')",
}


def first_visit(home: Path, address: str, folder: Path = ROOT) -> Visit:
    with AppServer(home, folder=folder) as server:
        return visit(server.url, address)


def went_through_the_frame(seen: Visit) -> bool:
    """The main script configured the page before anything was drawn; a page script never does."""
    kinds = [message.WhichOneof("type") for message in seen.messages]
    if "page_config_changed" not in kinds:
        return False
    by_the_frame = seen.first("page_config_changed").metadata.active_script_hash == seen.main_script
    return by_the_frame and kinds.index("page_config_changed") < kinds.index("delta")


@pytest.fixture(scope="module")
def up(tmp_path_factory):
    """A server for visits that need not be its first."""
    with AppServer(tmp_path_factory.mktemp("home")) as server:
        yield server


def test_the_first_visit_by_a_deep_link_goes_through_the_frame(tmp_path):
    assert_shows(first_visit(tmp_path, "log"), "log")


@pytest.mark.parametrize("address", ["", *ADDRESSES])
def test_a_deep_link_goes_through_the_frame(address, up):
    assert_shows(visit(up.url, address), address)


def assert_shows(seen: Visit, address: str) -> None:
    assert went_through_the_frame(seen)
    assert seen.page.url_pathname == address
    assert not seen.sent("page_not_found")
    assert seen.page.page_script_hash in seen.drawn_by
    assert sorted(page.url_pathname for page in seen.pages) == sorted(["", *ADDRESSES])


@pytest.mark.parametrize("address", ["self_test", "does-not-exist"])
def test_the_first_visit_to_an_unknown_address_goes_through_the_frame(address, tmp_path):
    assert_shows_home(first_visit(tmp_path, address))


@pytest.mark.parametrize("address", UNKNOWN)
def test_an_unknown_address_shows_home_through_the_frame(address, up):
    assert_shows_home(visit(up.url, address))


def assert_shows_home(seen: Visit) -> None:
    assert went_through_the_frame(seen)
    assert seen.sent("page_not_found")
    assert seen.page.is_default
    assert set(seen.drawn_by) <= {seen.main_script, seen.page.page_script_hash}


def test_the_hole_would_be_seen(tmp_path):
    """An app with `pages/` beside its main script lets the first visitor past the frame, and this test knows."""
    for name, source in HOLE.items():
        file = tmp_path / "app" / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(source)
    assert not went_through_the_frame(first_visit(tmp_path, "secret", tmp_path / "app"))
