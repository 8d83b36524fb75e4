"""The only reader of who is here, of the clock, and of the shared session keys."""

import secrets
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, date, datetime
from typing import Literal
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import streamlit as st

from data import runners, sharing
from data.entries import Door
from data.errors import NotAllowedError, NotFoundError
from data.links import Link
from data.scope import Guest, Rights, Scope
from guides.catalogue import conditions, one_sided
from guides.starting_plan import equipment_words
from ui import access, cache, link_cookie
from ui.access import Viewer
from ui.diary import Diary
from ui.machine import Machine
from ui.squad import Squad, aliases

_SHOWN = "shown_runner"  # session key: the diary that is open, when it is not one's own
_ADDRESS = "shown_address"  # session key: the query parameter that opens the same diary after a reload
_DEMO = "demo"  # query parameter: a link that opens the simulated diary, and nothing else
_RUNNER = "runner"  # query parameter: the id of the diary that was opened
_GONE = "diary_gone"  # session key: the diary that was open closed by itself, which is not said yet
_LOOKED = "looked"  # session key: which looks of this tab are in the log already
_LONGEST_NAME = 80
_ID_DIGITS = 10  # a longer number is no id, and some are none that a database takes
_NAMES = "names"  # query parameter and session key: 'hidden' shows letters in place of the squad's names
_SEED = "names_seed"  # session key: which runner has which letter
_SQUAD = "squad"  # query parameter and session key: 'demo' shows the simulated squad
_WHO: ContextVar[Viewer | None] = ContextVar("who", default=None)  # who is looking, for one run of the script


def now() -> datetime:
    """This moment, aware."""
    return datetime.now(UTC)


def has_accounts() -> bool:
    """Whether people sign in here; else this is somebody's own machine."""
    return bool(cache.sign_in())


def providers() -> dict[str, str | None]:
    """What one can sign in with: the words on the button, and the name that `st.login` asks for (None: the only one).
    A part of the configuration may carry a `label` of its own."""
    auth = cache.sign_in()
    named = {name: part for name, part in auth.items() if isinstance(part, Mapping) and "client_id" in part}
    buttons: dict[str, str | None] = {str(part.get("label", name.capitalize())): name for name, part in named.items()}
    return ({str(auth.get("label", "your account")): None} if "client_id" in auth else {}) | buttons


def visitor() -> Viewer | None:
    """Who is looking; None where people sign in and nobody has."""
    theme: Literal["light", "dark"] = "dark" if st.context.theme.type == "dark" else "light"
    zone = known_zone(st.context.timezone)
    if not has_accounts():
        return Viewer("machine", runners.local_runner(cache.engine()).id, zone, theme)
    link = opened_link()
    if st.user.get("is_logged_in", False):  # before any link: nobody is brought into another's diary by a click
        own = runners.account(cache.engine(), str(st.user["iss"]), str(st.user["sub"]), _first_name())
        name = runners.called(own.name, own.id)
        return Viewer("account", own.id, zone, theme, name, link.id if link else None)
    if link is None or link.runner_id is None:
        return None
    return Viewer("link", link.runner_id, zone, theme, link.holder, link.id)


def checks_in(shown: Diary) -> bool:
    """Whether somebody came by a link and has no plan: the week is what their coach asks for."""
    return viewer().way == "link" and shown.plan_on(shown.today).empty


def utc_day() -> date:
    """The day by which consents end: no browser's clock decides it."""
    return now().date()


def viewer() -> Viewer:
    """Who is looking. Raises NotAllowedError where nobody has signed in: the frame shows no page then."""
    who = _WHO.get() or visitor()
    if who is None:
        raise NotAllowedError("Sign in first.")
    return who


@contextmanager
def looked_at_by(who: Viewer) -> Iterator[None]:
    """A run of the script in which who is looking has been asked for. What they may do is asked for each time."""
    before = _WHO.set(who)
    try:
        yield
    finally:
        _WHO.reset(before)


def _first_name() -> str:
    """What the provider calls a person, for the first time here; in Settings it can be changed."""
    return " ".join(str(st.user.get("name") or "").split())[:_LONGEST_NAME]


def opened_link() -> Link | None:
    """The personal link or invitation that this browser was let in by, as long as it is good."""
    found = link_cookie.read(cookie(), cache.sign_in()["cookie_secret"])
    return None if found is None else cache.live_link(*found, now())


def address() -> str:
    """Where this app is reached from outside: scheme and host, as the sign-in provider knows it."""
    found = urlsplit(cache.sign_in()["redirect_uri"])
    return f"{found.scheme}://{found.netloc}"


def invitation() -> Link | None:
    """The invitation that this browser was let in by, for whoever signed in and has not joined yet."""
    link = opened_link()
    if link is None or link.runner_id is not None:
        return None
    mine = sharing.sharings(cache.engine(), Scope(viewer().own_runner_id), utc_day())
    return None if link.coach_id in {one.coach_id for one in mine} else link


def cookie() -> str | None:
    """What the browser sent when it opened the page."""
    return st.context.cookies.get(link_cookie.NAME)


def diary() -> Diary:
    """The open diary, with the rights of whoever is looking at it."""
    return _shown_diary(viewer())


def squad() -> Squad:
    """The squad that is shown, with the rights of whoever is looking: their own, or the simulated one. Raises
    NotAllowedError for who came by a link."""
    who = viewer()
    if who.way == "link":
        raise NotAllowedError("A personal link opens one diary, and no squad.")
    own, day = cache.runner(who.own_runner_id), today(who.browser_zone)
    simulated = _shows_demo_squad()
    coach_id = cache.squad_demo(day).coach_id if simulated else cache.coach_of(own.id)
    scope = access.squad_scope(who, coach_id, utc_day(), simulated=simulated)
    members = cache.members(scope)
    letters = aliases([member.id for member in members], _seed()) if names_hidden() else None
    return Squad(scope, members, own, day, who.theme, simulated, letters, who.name, now())


def machine() -> Machine:
    """All of this machine's database. Raises NotAllowedError where people sign in."""
    if viewer().way != "machine":
        raise NotAllowedError("Here people sign in, and nobody sees everything.")
    return Machine()


def diary_of(found: Squad, runner_id: int) -> Diary:
    """The diary of one runner of a squad. Raises NotFoundError for anybody else's."""
    member = next((member for member in found.members if member.id == runner_id), None)
    if member is None:
        raise NotFoundError("This runner is not in the squad any more.")
    return _diary(viewer(), member)


def shown_name(shown: Diary) -> str:
    """The name of the runner whose diary is open, or what stands for it while names are hidden."""
    if not names_hidden() or viewer().way == "link":  # by a link there is no squad
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
    scope = access.scope(who, shown, _rights(who, shown.id), utc_day())
    return Diary(scope, shown, today(zone), zone, who.theme, door, now(), who.name)


def _rights(who: Viewer, runner_id: int) -> Rights:
    """What the runner shares with whoever is looking, asked for anew each time."""
    if who.way != "account" or runner_id == who.own_runner_id:
        return Rights()
    return cache.rights(Guest(who.own_runner_id, utc_day()), runner_id)


def note_look(shown: Diary, page: str) -> None:
    """A look at a page of a diary by another person, or by whoever has a link, is in the diary's log, once a day."""
    who = viewer()
    if who.way == "link" or (who.way == "account" and not _is_of(who, shown.runner)):
        _note_looks([shown.runner], who, page)


def _is_of(who: Viewer, shown: runners.Runner) -> bool:
    """Whether a diary is the viewer's own, or nobody's."""
    return shown.simulated or shown.id == who.own_runner_id


def note_squad(found: Squad, what: str) -> None:
    """The same for everybody of a squad who shares anything."""
    if not found.scope.is_own:
        _note_looks([member for member in found.members if found.shared.get(member.id)], viewer(), what)


def _note_looks(seen: Sequence[runners.Runner], who: Viewer, what: str) -> None:
    """What this tab has told already of a diary as it is now is not told again: that would be a write with every
    click."""
    told: set[tuple[int, int]] = st.session_state.setdefault(_LOOKED, {}).setdefault((what, str(now().date())), set())
    new = {(runner.id, runner.revision) for runner in seen} - told
    if new:
        sharing.looked(cache.engine(), sorted(runner_id for runner_id, _ in new), who.name, what, now())
        told.update(new)


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


def has_gone() -> bool:
    """Whether the diary that was open closed because it is shared no more; said once."""
    return bool(st.session_state.pop(_GONE, False))


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


def _shown_diary(who: Viewer) -> Diary:
    """The diary that was opened, as long as this viewer may see anything of it; else their own."""
    if who.way == "link":
        return _diary(who, cache.runner(who.own_runner_id))
    if _SHOWN not in st.session_state:
        _open_what_the_address_says(who)
    chosen = st.session_state.get(_SHOWN, who.own_runner_id)
    try:
        found = _diary(who, cache.runner(chosen))
    except NotFoundError:
        found = None
    if found is None or not found.scope.reads:
        close_diary()
        st.session_state[_GONE] = True
        return _diary(who, cache.runner(who.own_runner_id))
    return found


def _open_what_the_address_says(who: Viewer) -> None:
    """An address is what anyone may type: it opens what its reader may see anyway, and nothing else."""
    asked = st.query_params.get(_RUNNER, "")
    if _DEMO in st.query_params:
        open_demo()
    elif asked.isascii() and asked.isdigit() and len(asked) < _ID_DIGITS and _may_open(who, int(asked)):
        open_diary(int(asked))


def _may_open(who: Viewer, runner_id: int) -> bool:
    if who.way == "machine":
        return runner_id in {runner.id for runner in machine().everyone()}
    return bool(_rights(who, runner_id).reads)
