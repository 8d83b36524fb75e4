"""The only reader of who is here, of the clock, and of the shared session keys."""

import secrets
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
from ui.squad import Squad, aliases

_SHOWN = "shown_runner"  # session key: the diary that is open, when it is not one's own
_ADDRESS = "shown_address"  # session key: the query parameter that opens the same diary after a reload
_DEMO = "demo"  # query parameter: a link that opens the simulated diary, and nothing else
_RUNNER = "runner"  # query parameter: the id of the diary that was opened
_NAMES = "names"  # query parameter and session key: 'hidden' shows letters in place of the squad's names
_SEED = "names_seed"  # session key: which runner has which letter
_SQUAD = "squad"  # query parameter and session key: 'demo' shows the simulated squad


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
    return _diary(who, _shown_runner(who))


def squad() -> Squad:
    """The squad that is shown, with the rights of whoever is looking: on one's own machine its runners, or the
    simulated ones."""
    who = viewer()
    own, day = cache.runner(who.own_runner_id), today(who.browser_zone)
    simulated = _shows_demo_squad()
    scope = cache.squad_demo(day) if simulated else access.squad_scope(cache.local_coach())
    members = cache.members(scope)
    letters = aliases([member.id for member in members], _seed()) if names_hidden() else None
    return Squad(scope, members, own, day, who.theme, simulated, letters)


def diary_of(found: Squad, runner_id: int) -> Diary:
    """The diary of one runner of a squad. Raises NotFoundError for anybody else's."""
    member = next((member for member in found.members if member.id == runner_id), None)
    if member is None:
        raise NotFoundError("This runner is not in the squad any more.")
    return _diary(viewer(), member)


def shown_name(shown: Diary) -> str:
    """The name of the runner whose diary is open, or what stands for it while names are hidden."""
    if not names_hidden():
        return shown.runner.name
    return squad().names.get(shown.runner.id, "")


def names_hidden() -> bool:
    """Whether the squad's names stay off the screen; the address says so too, so that a reload shows none."""
    return bool(st.session_state.get(_NAMES, st.query_params.get(_NAMES)) == "hidden")


def hide_names(*, hidden: bool) -> None:
    """From the next run on."""
    st.session_state[_NAMES] = "hidden" if hidden else "shown"


def keep_names_in_address() -> None:
    """A reload never brings back names that were hidden."""
    if names_hidden():
        hide_names(hidden=True)  # on the other pages too, when it was the address that said so
        st.query_params[_NAMES] = "hidden"
    else:
        st.query_params.pop(_NAMES, None)


def _seed() -> int:
    return int(st.session_state.setdefault(_SEED, secrets.randbits(32)))


def is_in_squad(shown: Diary) -> bool:
    """Whether the open diary is that of a runner of the squad that is shown."""
    return shown.runner.id in {member.id for member in squad().members}


def _diary(who: Viewer, shown: runners.Runner) -> Diary:
    zone = known_zone(shown.time_zone) if shown.time_zone else who.browser_zone
    door = _door(today(zone), shown.week_start)
    return Diary(access.scope(shown), shown, today(zone), zone, who.theme, door, now())


def is_own(shown: Diary) -> bool:
    """Whether the diary is that of whoever is looking."""
    return shown.runner.id == viewer().own_runner_id


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
    _open(cache.demo_runner(today(viewer().browser_zone)), (_DEMO, "1"))


def open_diary(runner_id: int) -> None:
    """Show another diary of this machine."""
    close_diary()
    _open(runner_id, (_RUNNER, str(runner_id)))


def _open(runner_id: int, address: tuple[str, str]) -> None:
    st.session_state.update({_SHOWN: runner_id, _ADDRESS: address})


def keep_in_address() -> None:
    """A reload shows the same diary again: never another one without a word."""
    if _ADDRESS in st.session_state:
        name, value = st.session_state[_ADDRESS]
        st.query_params[name] = value
    if _shows_demo_squad():
        keep_squad_in_address()


def close_diary() -> None:
    """Back to one's own diary."""
    for key in (_SHOWN, _ADDRESS):
        st.session_state.pop(key, None)
    for name in (_DEMO, _RUNNER):
        st.query_params.pop(name, None)


def open_demo_squad() -> None:
    """Show the simulated squad."""
    st.session_state[_SQUAD] = _DEMO


def close_demo_squad() -> None:
    """Back to one's own squad."""
    st.session_state[_SQUAD] = "own"
    st.query_params.pop(_SQUAD, None)


def keep_squad_in_address() -> None:
    """A reload, or a link sent to a friend, shows the simulated squad again."""
    open_demo_squad()  # in this tab too, when it was the address that said so
    st.query_params[_SQUAD] = _DEMO


def _shows_demo_squad() -> bool:
    return bool(st.session_state.get(_SQUAD, st.query_params.get(_SQUAD)) == _DEMO)


def _shown_runner(who: Viewer) -> runners.Runner:
    if _SHOWN not in st.session_state:
        _open_what_the_address_says()
    chosen = st.session_state.get(_SHOWN, who.own_runner_id)
    try:
        return cache.runner(chosen)
    except NotFoundError:
        close_diary()
        return cache.runner(who.own_runner_id)


def _open_what_the_address_says() -> None:
    """An address is what anyone may type: an id of this machine opens its diary, as the list in Settings does."""
    asked = st.query_params.get(_RUNNER, "")
    if _DEMO in st.query_params:
        open_demo()
    elif asked.isascii() and asked.isdigit() and int(asked) in {runner.id for runner in cache.everyone()}:
        open_diary(int(asked))
