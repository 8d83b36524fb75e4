"""The only reader of who is here, of the clock, and of the shared session keys."""

from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Literal
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import streamlit as st

from data import runners
from data.entries import Door
from data.errors import NotFoundError
from guides.catalogue import conditions, one_sided
from guides.starting_plan import equipment_words
from ui import access, cache
from ui.diary import Diary

_SHOWN = "shown_runner"  # session key: the diary that is open, when it is not one's own
_DEMO = "demo"  # query parameter: a link that opens the simulated diary, and nothing else


@dataclass(frozen=True)
class Viewer:
    """Who is looking, and through what: their own runner, time zone and theme."""

    own_runner_id: int
    browser_zone: str
    theme: Literal["light", "dark"]


def now() -> datetime:
    """This moment, aware."""
    return datetime.now(UTC)


def viewer() -> Viewer:
    """On one's own machine there are no accounts: whoever opens the page is its runner."""
    theme: Literal["light", "dark"] = "dark" if st.context.theme.type == "dark" else "light"
    return Viewer(runners.local_runner(cache.engine()).id, known_zone(st.context.timezone), theme)


def diary() -> Diary:
    """The open diary, with the rights of whoever is looking at it."""
    who = viewer()
    shown = _shown_runner(who)
    scope = access.scope(shown)
    zone = known_zone(shown.time_zone) if shown.time_zone else who.browser_zone
    return Diary(scope, shown, today(zone), zone, who.theme, _door(today(zone), shown.week_start), now())


def _door(day: date, first_day: int) -> Door:
    """What the checks at the door need to know, from the guides among others."""
    ticks = frozenset(condition.key for condition in conditions())
    return Door(day, one_sided(), first_day, frozenset(equipment_words()), ticks)


def known_zone(name: str | None) -> str:
    """The name of a time zone, or UTC where this machine does not know it: a browser may send anything."""
    try:
        return ZoneInfo(name or "UTC").key
    except (ZoneInfoNotFoundError, ValueError, OSError):  # OSError: a folder of zones, such as Europe
        return "UTC"


def today(zone: str) -> date:
    """The date in a time zone."""
    return now().astimezone(ZoneInfo(zone)).date()


def open_demo() -> None:
    """Show the simulated diary, made on first use."""
    st.session_state[_SHOWN] = cache.demo_runner(today(viewer().browser_zone))


def open_diary(runner_id: int) -> None:
    """Show another diary of this machine."""
    close_diary()
    st.session_state[_SHOWN] = runner_id


def keep_demo_in_address() -> None:
    """A reload, or a link sent to a friend, shows the simulated diary again."""
    st.query_params[_DEMO] = "1"


def close_diary() -> None:
    """Back to one's own diary."""
    st.session_state.pop(_SHOWN, None)
    st.query_params.pop(_DEMO, None)


def _shown_runner(who: Viewer) -> runners.Runner:
    if _SHOWN not in st.session_state and _DEMO in st.query_params:
        open_demo()
    chosen = st.session_state.get(_SHOWN, who.own_runner_id)
    try:
        return cache.runner(chosen)
    except NotFoundError:
        close_diary()
        return cache.runner(who.own_runner_id)
