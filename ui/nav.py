"""Which pages there are, and links between them: only to pages that this viewer has."""

from collections.abc import Mapping, Sequence
from typing import Final

import streamlit as st
from streamlit.navigation.page import StreamlitPage

_LISTED: Final = "pages"  # session key: the pages of this run
_HOME: Final = "home"
LEADS_ON: Final = "Plumbline"  # the title of the page that only leads to the first one

_TITLES: Final = {
    "home": ("Home", ":material/home:"),
    "self_test": ("Self-test", ":material/accessibility_new:"),
    "plan": ("Plan", ":material/event_available:"),
    "log": ("Log", ":material/edit_note:"),
    "mileage": ("Mileage", ":material/directions_run:"),
    "trends": ("Trends", ":material/show_chart:"),
    "report": ("Report", ":material/print:"),
    "squad": ("Squad", ":material/groups:"),
    "guides": ("Guides", ":material/menu_book:"),
    "sharing": ("Sharing", ":material/shield_person:"),
    "settings": ("Settings", ":material/settings:"),
}


def listed(names: Sequence[str]) -> list[StreamlitPage]:
    """These pages for the navigation; a bare address opens the first of them. The default page has no address of its
    own, so where it is not Home, a hidden one leads on: /log is the log for everybody."""
    st.session_state[_LISTED] = list(names)
    pages = [_page(name, default=name == _HOME) for name in names]
    if _HOME in names:
        return pages
    first = pages[0]
    return [*pages, st.Page(lambda: st.switch_page(first), title=LEADS_ON, default=True, visibility="hidden")]


def _page(name: str, *, default: bool) -> StreamlitPage:
    title, icon = _TITLES[name]
    return st.Page(f"../pages/{name}.py", title=title, icon=icon, url_path=name.replace("_", "-"), default=default)


def is_of_a_diary(title: str) -> bool:
    """Whether a page shows the diary that is open."""
    return title not in (LEADS_ON, _TITLES["squad"][0])


def has(name: str) -> bool:
    """Whether this viewer has a page."""
    return name in st.session_state[_LISTED]


def link(name: str, label: str, icon: str | None = None, query: Mapping[str, str] | None = None) -> None:
    """The way to another page; nothing where this viewer has not got it."""
    if has(name):
        st.page_link(f"../pages/{name}.py", label=label, icon=icon, query_params=query)
