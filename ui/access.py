"""Who is looking, and what they may see and do: pure. `data.store` asks for the scope made here in every call."""

from dataclasses import dataclass
from datetime import date
from typing import Final, Literal

from data.runners import Runner
from data.scope import EVERYTHING, LINK_WRITES, Area, Guest, LinkHolder, Rights, Scope, SquadScope

NOTHING: Final[frozenset[Area]] = frozenset()
_DIARY: Final[frozenset[Area]] = EVERYTHING - {"notes"}


@dataclass(frozen=True)
class Viewer:
    """Who is looking, and how they came: on their own machine, signed in, or by a personal link. `name` is theirs in
    the audit log; `link_id` that of the link that brought them, or that invites them."""

    way: Literal["machine", "account", "link"]
    own_runner_id: int
    browser_zone: str
    theme: Literal["light", "dark"]
    name: str = ""
    link_id: int | None = None


@dataclass(frozen=True)
class Needs:
    """What a page shows and changes of a diary, by areas of consent; all of it must be shared, or the page is not
    there: half a page would call unknown what is only not shared."""

    reads: frozenset[Area] = NOTHING
    writes: frozenset[Area] = NOTHING


# Every page of a diary. A page that is missing here is nobody's but the runner's own.
NEEDS: Final[dict[str, Needs]] = {
    "home": Needs(_DIARY),
    "self_test": Needs(_DIARY, frozenset({"self-tests", "training"})),
    "plan": Needs(_DIARY, frozenset({"training"})),
    "log": Needs(_DIARY, frozenset({"training", "running", "pain"})),
    "mileage": Needs(frozenset({"training", "running", "pain"}), frozenset({"running"})),
    "trends": Needs(_DIARY),
    "report": Needs(_DIARY),
    "guides": Needs(frozenset({"training"})),
}
ORDER: Final = (
    "home",
    "self_test",
    "plan",
    "log",
    "mileage",
    "trends",
    "report",
    "squad",
    "guides",
    "sharing",
    "settings",
)
BY_LINK: Final = ("log", "self_test", "trends", "sharing")  # a personal link opens these, and nothing else


def scope(who: Viewer, shown: Runner, rights: Rights, today: date) -> Scope:
    """What this viewer may do in the diary that is shown; `rights` are what its runner shares with them today (UTC's
    day)."""
    if who.way == "machine":  # on one's own machine everything is one's own, the simulated diaries too
        return Scope(shown.id)
    if shown.id == who.own_runner_id:
        if who.way == "account":
            return Scope(shown.id)
        return Scope(shown.id, writes=LINK_WRITES, is_own=False, guest=LinkHolder(who.link_id))
    if shown.simulated:  # one for all visitors, so none of them writes in it
        return Scope(shown.id, writes=NOTHING, is_own=False, may_share=False)
    guest = Guest(who.own_runner_id, today)
    return Scope(shown.id, rights.reads, rights.writes, is_own=False, may_share=False, guest=guest)


def squad_scope(who: Viewer, coach_id: int, today: date, *, simulated: bool) -> SquadScope:
    """On one's own machine every squad is one's own. With accounts the simulated one is for all visitors to look at,
    and one's own is what its runners share today."""
    if who.way == "machine":
        return SquadScope(coach_id)
    return SquadScope(coach_id, may_write=False) if simulated else SquadScope(coach_id, today)


def pages(who: Viewer, shown: Scope) -> tuple[str, ...]:
    """The pages that there are for this viewer while this diary is open, in their order."""
    if who.way == "link":
        return BY_LINK
    if who.way == "machine":
        return tuple(page for page in ORDER if page != "sharing")
    if shown.is_own:
        return ORDER
    return tuple(page for page in ORDER if page == "squad" or is_shared(page, shown))


def enters(who: Viewer, shown: Scope) -> bool:
    """Whether any page lets this viewer change the diary that is open."""
    return any(NEEDS[page].writes <= shown.writes and NEEDS[page].writes for page in pages(who, shown) if page in NEEDS)


def is_shared(page: str, shown: Scope) -> bool:
    """Whether a scope holds all that a page of a diary needs."""
    needs = NEEDS.get(page)
    return needs is not None and needs.reads <= shown.reads and needs.writes <= shown.writes
