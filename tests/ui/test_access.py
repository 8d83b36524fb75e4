"""What a viewer may touch and see, decided in one place: by how they came, whose diary it is, and what is shared."""

from datetime import date

import pytest

from data.runners import Runner
from data.scope import EVERYTHING, Guest, LinkHolder, Rights
from ui import access, link_cookie
from ui.access import Viewer

ALL = Rights(EVERYTHING, EVERYTHING)
TODAY = date(2026, 3, 4)


def viewer(way, own=7):
    return Viewer(way, own, "UTC", "light", "Somebody")


def runner(number=7, *, simulated=False):
    return Runner(number, "Ada", "km", 0, None, simulated, 3)


@pytest.mark.parametrize("simulated", [True, False])
def test_on_ones_own_machine_everything_is_ones_own(simulated):
    scope = access.scope(viewer("machine", own=1), runner(simulated=simulated), Rights(), TODAY)
    assert (scope.runner_id, scope.reads, scope.writes, scope.is_own, scope.may_share) == (
        7,
        EVERYTHING,
        EVERYTHING,
        True,
        True,
    )
    for made_up in (True, False):
        squad = access.squad_scope(viewer("machine"), 3, None, simulated=made_up)
        assert squad.is_own and squad.may_write


def test_ones_own_account_is_ones_own():
    scope = access.scope(viewer("account"), runner(), Rights(), TODAY)
    assert (scope.reads, scope.writes, scope.is_own, scope.may_share) == (EVERYTHING, EVERYTHING, True, True)


def test_by_a_link_one_enters_and_shares_and_is_not_there_in_person():
    scope = access.scope(viewer("link"), runner(), Rights(), TODAY)
    assert scope.writes == EVERYTHING - {"notes"}
    assert scope.may_share and not scope.is_own
    assert isinstance(scope.guest, LinkHolder)
    assert access.pages(viewer("link"), scope) == access.BY_LINK


@pytest.mark.parametrize("rights", [Rights(), Rights(frozenset({"pain"})), ALL])
def test_anothers_diary_is_as_much_as_is_shared(rights):
    scope = access.scope(viewer("account", own=1), runner(), rights, TODAY)
    assert (scope.reads, scope.writes) == (rights.reads, rights.writes)
    assert scope.guest == Guest(1, TODAY)
    assert not scope.is_own and not scope.may_share
    assert not {"settings", "sharing"} & set(access.pages(viewer("account", own=1), scope))


def test_the_simulated_diary_of_all_visitors_is_read_only():
    scope = access.scope(viewer("account", own=1), runner(simulated=True), ALL, TODAY)
    assert (scope.reads, scope.writes, scope.may_share) == (EVERYTHING, frozenset(), False)


@pytest.mark.parametrize("value", [None, "", "7", "7.abc", "%00", link_cookie.sign(7, "key", "another secret"), "é"])
def test_a_cookie_that_nobody_here_signed_is_none(value):
    assert link_cookie.read(value, "secret") is None
    assert link_cookie.read(link_cookie.sign(7, "key", "secret"), "secret") == (7, "key")


def test_with_accounts_a_squad_is_what_is_shared_and_the_simulated_one_only_looked_at():
    shared = access.squad_scope(viewer("account"), 3, TODAY, simulated=False)
    assert (shared.today, shared.may_write) == (TODAY, True)
    assert not access.squad_scope(viewer("account"), 3, TODAY, simulated=True).may_write
