"""Consents and personal links on both databases: what holds, until when, and that the database alone opens nothing."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import Engine, func, insert, select, text, update

from data import links, notes, plan_templates, sharing, squads
from data.coach_entries import Note
from data.engine import reading, transaction
from data.entries import NewRunner, parse
from data.errors import InvalidEntryError, NotAllowedError, NotFoundError, StorageError
from data.runners import account, runner
from data.schema import metadata
from data.scope import EVERYTHING, LINK_WRITES, Area, Guest, LinkHolder, Rights, Scope, SquadScope
from data.sharing_schema import AREAS, consents
from data.sharing_schema import links as links_table
from data.sharing_schema import plan_templates as templates_table
from data.store import delete, save, undo
from tests.data.examples import DOOR, EXAMPLES, TODAY, stored

NOW = datetime(2026, 3, 4, 12, tzinfo=UTC)
ISSUER = "https://id.example.org"


@pytest.fixture
def coach(engine: Engine, request: pytest.FixtureRequest) -> SquadScope:
    owner = account(engine, ISSUER, f"coach of {request.node.name}", "Grace")
    return SquadScope(squads.coach_of(engine, owner.id), TODAY)


@pytest.fixture
def member(engine: Engine, coach: SquadScope) -> Scope:
    """A runner without an account."""
    return Scope(squads.add_member(engine, coach, parse(NewRunner, {"name": "Lin"}, DOOR), "Grace", NOW))


def owner(engine: Engine, coach: SquadScope) -> int:
    with reading(engine) as connection:
        query = select(text("owner_id")).select_from(text("coaches")).where(text(f"id = {coach.coach_id}"))
        return int(connection.scalar(query))


def grace(engine: Engine, coach: SquadScope) -> str:
    """The coach as others read it: two of the same name are told apart."""
    return f"Grace (account {owner(engine, coach)})"


def give(engine: Engine, scope: Scope, coach: SquadScope, areas: dict[Area, bool], ends_on: date | None = None) -> None:
    sharing.share(engine, scope, coach.coach_id, areas, ends_on, "Lin", NOW)


def test_a_coach_is_made_once_and_is_its_owners(engine: Engine, coach: SquadScope) -> None:
    assert squads.coach_of(engine, owner(engine, coach)) == coach.coach_id


def test_at_first_nothing_is_shared(engine: Engine, coach: SquadScope, member: Scope) -> None:
    assert sharing.shared(engine, coach) == {member.runner_id: frozenset()}
    assert sharing.rights(engine, Guest(owner(engine, coach), TODAY), member.runner_id) == Rights()


def test_a_change_replaces_what_was_shared_and_moves_the_revision(
    engine: Engine, coach: SquadScope, member: Scope
) -> None:
    before = runner(engine, member).revision
    give(engine, member, coach, {"pain": False, "running": True})
    found = sharing.rights(engine, Guest(owner(engine, coach), TODAY), member.runner_id)
    assert found == Rights(frozenset({"pain", "running"}), frozenset({"running"}))
    give(engine, member, coach, {"training": False})
    assert sharing.rights(engine, Guest(owner(engine, coach), TODAY), member.runner_id).reads == {"training"}
    assert runner(engine, member).revision == before + 2
    assert [entry.what for entry in sharing.logged(engine, member)] == [
        f"shares with {grace(engine, coach)}: training",
        f"shares with {grace(engine, coach)}: pain, running (may change it)",
        "began this diary for you",
    ]


def test_the_last_day_holds_and_the_next_does_not(engine: Engine, coach: SquadScope, member: Scope) -> None:
    give(engine, member, coach, dict.fromkeys(EVERYTHING, True), TODAY)
    for days, areas in ((0, EVERYTHING), (1, frozenset())):
        day = TODAY + timedelta(days=days)
        assert sharing.rights(engine, Guest(owner(engine, coach), day), member.runner_id).reads == areas
        assert sharing.shared(engine, SquadScope(coach.coach_id, day)) == {member.runner_id: areas}
    with pytest.raises(InvalidEntryError, match="3 March 2026, which is over"):
        give(engine, member, coach, {}, TODAY - timedelta(days=1))


def test_the_right_to_hidden_notes_is_none_to_write(engine: Engine, coach: SquadScope, member: Scope) -> None:
    give(engine, member, coach, {"notes": True})
    assert sharing.rights(engine, Guest(owner(engine, coach), TODAY), member.runner_id) == Rights(frozenset({"notes"}))


def test_sharing_with_a_coach_of_another_squad_is_not_found(engine: Engine, coach: SquadScope, other: Scope) -> None:
    with pytest.raises(NotFoundError):
        give(engine, other, coach, {"pain": False})
    with pytest.raises(NotFoundError):
        sharing.leave(engine, other, coach.coach_id, "Lin", NOW)


def test_nobody_but_the_runner_decides(engine: Engine, coach: SquadScope, member: Scope) -> None:
    coachs = Scope(member.runner_id, is_own=False, may_share=False)
    with pytest.raises(NotAllowedError):
        give(engine, coachs, coach, {"pain": True})
    with pytest.raises(NotAllowedError):
        sharing.logged(engine, coachs)
    with pytest.raises(NotAllowedError):
        sharing.sharings(engine, coachs, TODAY)
    with pytest.raises(NotAllowedError):
        sharing.leave(engine, coachs, coach.coach_id, "Grace", NOW)


def test_what_was_withdrawn_is_refused_in_the_write_itself(engine: Engine, coach: SquadScope, member: Scope) -> None:
    """The page was drawn, or the form opened, while it was still allowed."""
    give(engine, member, coach, {"pain": True, "training": True})
    guest = Guest(owner(engine, coach), TODAY)
    rights = sharing.rights(engine, guest, member.runner_id)
    coachs = Scope(member.runner_id, rights.reads, rights.writes, is_own=False, may_share=False, guest=guest)
    pain, session = EXAMPLES["pain"].entry(), EXAMPLES["session"].entry()
    (saved,) = save(engine, coachs, pain)
    undo_id = delete(engine, coachs, "pain", saved.row_id).undo_id
    give(engine, member, coach, {"pain": False, "training": True})
    for write in (
        lambda: save(engine, coachs, pain),
        lambda: undo(engine, coachs, undo_id),
    ):
        with pytest.raises(NotAllowedError, match="any more"):
            write()
    assert stored(engine, member, "pain") == []
    save(engine, coachs, session)


def test_a_link_that_was_taken_back_writes_no_more(engine: Engine, coach: SquadScope, member: Scope) -> None:
    """The page is still open, or the import it began still waits."""
    links.make(engine, coach, [member.runner_id], "Grace", NOW, links.WEEKLY_LASTS)
    number = links.of_squad(engine, coach)[0].id
    holder = Scope(member.runner_id, writes=LINK_WRITES, is_own=False, guest=LinkHolder(number))
    save(engine, holder, EXAMPLES["pain"].entry())
    links.revoke(engine, coach, [number], "Grace", NOW)
    for write in (
        lambda: save(engine, holder, EXAMPLES["session"].entry()),
        lambda: give(engine, holder, coach, {"pain": False}),
    ):
        with pytest.raises(NotAllowedError, match="taken back"):
            write()


def test_who_is_taken_out_shares_no_more_and_reads_so_in_the_log(engine: Engine, coach: SquadScope) -> None:
    person = account(engine, ISSUER, f"person out of {coach.coach_id}", "Ada")
    scope = Scope(person.id)
    with transaction(engine) as connection:
        squads.join(connection, coach, [person.id])
    give(engine, scope, coach, {"pain": False})
    before = runner(engine, scope).revision
    squads.dismiss(engine, coach, person.id, "Grace (account 1)", NOW)
    assert sharing.rights(engine, Guest(owner(engine, coach), TODAY), person.id) == Rights()
    assert runner(engine, scope).revision == before + 1
    assert sharing.logged(engine, scope)[0].what == "took you out of the squad"


def test_who_could_come_back_by_nothing_is_not_taken_out(engine: Engine, coach: SquadScope, member: Scope) -> None:
    with pytest.raises(NotAllowedError, match="Delete the runner instead"):
        squads.dismiss(engine, coach, member.runner_id, "Grace", NOW)
    with pytest.raises(NotAllowedError):
        sharing.leave(engine, replace(member, is_own=False), coach.coach_id, "Lin", NOW)


def test_a_link_ends_with_the_squad(engine: Engine, coach: SquadScope, member: Scope) -> None:
    (secret,) = links.make(engine, coach, [member.runner_id], "Grace", NOW, links.WEEKLY_LASTS)
    sharing.leave(engine, member, coach.coach_id, "Lin", NOW)
    assert links.exchange(engine, secret, NOW) is None


def test_what_is_done_with_links_is_in_the_log(engine: Engine, coach: SquadScope, member: Scope, other: Scope) -> None:
    (secret,) = links.make(engine, coach, [member.runner_id], "Grace", NOW, links.WEEKLY_LASTS)
    for hours in (0, 1):
        assert links.exchange(engine, secret, NOW + timedelta(hours=hours)) is not None
    number = links.of_squad(engine, coach)[0].id
    links.revoke(engine, coach, [number], "Grace", NOW + timedelta(hours=2))
    assert [(entry.who, entry.what) for entry in sharing.logged(engine, member)] == [
        ("Grace", f"revoked personal link {number}"),
        (f"Whoever has link {number}, made by {grace(engine, coach)},", "opened it"),  # once a day
        ("Grace", f"made personal link {number}, good until 18 March 2026"),
        ("Grace", "began this diary for you"),
    ]
    (secret,) = links.make(engine, coach, [None], "Grace", NOW, links.WEEKLY_LASTS)
    link = links.exchange(engine, secret, NOW)
    assert link is not None
    links.join(engine, other, link.id, "Ada", NOW)
    sharing.leave(engine, other, coach.coach_id, "Ada", NOW)
    assert [entry.what for entry in sharing.logged(engine, other)] == [
        f"left the squad of {grace(engine, coach)}",
        f"joined the squad of {grace(engine, coach)}",
    ]


def test_a_look_is_logged_once_a_day_on_one_line(engine: Engine, member: Scope) -> None:
    for hours in (0, 1, 24):
        at = NOW + timedelta(hours=hours)
        sharing.looked(engine, [member.runner_id], "X\n1 May 2026: Lin shares all", "Home", at)
    assert [entry.who for entry in sharing.logged(engine, member)] == [*["X 1 May 2026: Lin shares all"] * 2, "Grace"]


def test_no_number_of_looks_pushes_a_change_of_rights_out_of_the_log(
    engine: Engine, coach: SquadScope, member: Scope, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sharing, "_LOOKS_SHOWN", 2)
    give(engine, member, coach, {"pain": False})
    for page in ("Home", "Log", "Trends"):
        sharing.looked(engine, [member.runner_id], "Grace", page, NOW)
    assert [entry.what for entry in sharing.logged(engine, member)] == [
        "looked at Trends",
        "looked at Log",
        f"shares with {grace(engine, coach)}: pain",
        "began this diary for you",
    ]


def test_who_joins_anew_has_shared_nothing_yet(engine: Engine, coach: SquadScope, other: Scope) -> None:
    """A consent that slipped past a leaving holds no more after joining again."""
    values = {"coach_id": coach.coach_id, "runner_id": other.runner_id, "area": "pain", "given_at": NOW}
    with transaction(engine) as connection:
        connection.execute(insert(consents).values(values))
    (secret,) = links.make(engine, coach, [None], "Grace", NOW, links.WEEKLY_LASTS)
    link = links.exchange(engine, secret, NOW)
    assert link is not None
    links.join(engine, other, link.id, "Ada", NOW)
    assert sharing.shared(engine, coach) == {other.runner_id: frozenset()}


def test_the_squad_of_all_visitors_is_only_looked_at(engine: Engine, coach: SquadScope, member: Scope) -> None:
    looking = SquadScope(coach.coach_id, may_write=False)
    new = parse(NewRunner, {"name": "Mallory"}, DOOR)
    for write in (
        lambda: squads.add_member(engine, looking, new, "M", NOW),
        lambda: squads.admit(engine, looking, member.runner_id),
        lambda: squads.rename(engine, looking, member.runner_id, new, "M", NOW),
        lambda: squads.dismiss(engine, looking, member.runner_id, "M", NOW),
        lambda: squads.delete_runner(engine, looking, member.runner_id),
        lambda: links.make(engine, looking, [None], "M", NOW, links.WEEKLY_LASTS),
        lambda: notes.add(engine, looking, member.runner_id, parse(Note, {"text": "Hi.", "shown": True}, DOOR), NOW),
        lambda: notes.remove(engine, looking, 1),
        lambda: plan_templates.remove(engine, looking, 1),
    ):
        with pytest.raises(NotAllowedError):
            write()


def test_a_hidden_note_is_shown_when_the_runner_takes_the_right_back(
    engine: Engine, coach: SquadScope, member: Scope
) -> None:
    give(engine, member, coach, {"notes": True})
    notes.add(engine, coach, member.runner_id, parse(Note, {"text": "Between us.", "shown": False}, DOOR), NOW)
    assert notes.of_runner(engine, member, TODAY).empty
    give(engine, member, coach, {"notes": False})
    assert notes.of_runner(engine, member, TODAY)["text"].tolist() == ["Between us."]
    with pytest.raises(NotAllowedError):
        notes.of_runner(engine, replace(member, may_share=False), TODAY)


def test_a_link_opens_until_its_end_and_only_its_hash_is_stored(
    engine: Engine, coach: SquadScope, member: Scope
) -> None:
    (secret,) = links.make(engine, coach, [member.runner_id], "Grace", NOW, timedelta(days=14))
    with reading(engine) as connection:
        stored = connection.execute(select(links_table).where(links_table.c.coach_id == coach.coach_id)).all()
    assert len(secret) >= 43 and secret not in str(stored)
    found = links.exchange(engine, secret, NOW + timedelta(days=13))
    assert found is not None and found.runner_id == member.runner_id and found.coach == grace(engine, coach)
    assert links.live(engine, found.id, found.key, NOW + timedelta(days=13)) == found
    assert links.live(engine, found.id, "another link's", NOW) is None
    for over in (timedelta(days=14), timedelta(days=15)):
        assert links.exchange(engine, secret, NOW + over) is None
        assert links.live(engine, found.id, found.key, NOW + over) is None


def test_secrets_that_were_never_made_open_nothing(engine: Engine, coach: SquadScope, member: Scope) -> None:
    (secret,) = links.make(engine, coach, [member.runner_id], "Grace", NOW, timedelta(days=14))
    for typed in ("", secret[:-1], secret + "A", "' OR 1=1 --", "\x00", "ä" * 50):
        assert links.exchange(engine, typed, NOW) is None


def test_a_revoked_link_opens_nothing_and_only_its_coach_revokes_it(
    engine: Engine, coach: SquadScope, member: Scope
) -> None:
    (secret,) = links.make(engine, coach, [member.runner_id], "Grace", NOW, timedelta(days=14))
    (made,) = links.of_squad(engine, coach)
    stranger = SquadScope(coach.coach_id + 10**6, TODAY)
    with pytest.raises(NotFoundError):
        links.revoke(engine, stranger, [made.id], "Stranger", NOW)
    assert links.exchange(engine, secret, NOW) is not None
    links.revoke(engine, coach, [made.id], "Grace", NOW)
    assert links.exchange(engine, secret, NOW) is None
    assert not links.of_squad(engine, coach)[0].is_live(NOW)


def test_a_link_is_for_a_runner_of_the_squad_without_an_account(
    engine: Engine, coach: SquadScope, other: Scope
) -> None:
    with pytest.raises(NotAllowedError):
        links.make(engine, coach, [other.runner_id], "Grace", NOW, timedelta(days=14))
    person = account(engine, ISSUER, f"person {coach.coach_id}", "Ada")
    with transaction(engine) as connection:
        squads.join(connection, coach, [person.id])
    with pytest.raises(NotAllowedError):
        links.make(engine, coach, [person.id], "Grace", NOW, timedelta(days=14))
    with pytest.raises(NotAllowedError):
        links.make(engine, SquadScope(coach.coach_id), [None], "Grace", NOW, timedelta(days=14))


def test_an_invitation_is_joined_once_in_person(engine: Engine, coach: SquadScope, other: Scope) -> None:
    (secret,) = links.make(engine, coach, [None], "Grace", NOW, links.INVITATION_LASTS)
    link = links.exchange(engine, secret, NOW)
    assert link is not None and link.runner_id is None
    for _ in range(2):
        links.join(engine, other, link.id, "Ada", NOW)
    assert [one.id for one in squads.members(engine, coach)] == [other.runner_id]
    assert sharing.shared(engine, coach) == {other.runner_id: frozenset()}
    with pytest.raises(NotAllowedError):
        links.join(engine, Scope(other.runner_id, is_own=False), link.id, "Ada", NOW)
    with pytest.raises(NotFoundError):
        links.join(engine, other, link.id, "Ada", NOW + links.INVITATION_LASTS)


def test_a_personal_link_is_no_invitation(engine: Engine, coach: SquadScope, member: Scope, other: Scope) -> None:
    (secret,) = links.make(engine, coach, [member.runner_id], "Grace", NOW, links.WEEKLY_LASTS)
    link = links.exchange(engine, secret, NOW)
    assert link is not None
    with pytest.raises(NotFoundError):
        links.join(engine, other, link.id, "Ada", NOW)


@pytest.mark.parametrize("area", [*AREAS, "everything", ""])
def test_the_database_knows_the_areas(engine: Engine, coach: SquadScope, member: Scope, area: str) -> None:
    values = {"coach_id": coach.coach_id, "runner_id": member.runner_id, "area": area, "given_at": NOW}
    if area in AREAS:
        with transaction(engine) as connection:
            connection.execute(insert(consents).values(values))
    else:
        with pytest.raises(StorageError), transaction(engine) as connection:
            connection.execute(insert(consents).values(values))


@pytest.mark.parametrize(("bits", "fits"), [(0, False), (1, True), (127, True), (128, False)])
def test_the_database_knows_the_days_of_a_template(engine: Engine, coach: SquadScope, bits: int, fits: bool) -> None:
    values = {"coach_id": coach.coach_id, "name": f"Days {bits}", "weekdays": (0,), "parts": []}
    with transaction(engine) as connection:
        made = connection.execute(insert(templates_table).values(values).returning(templates_table.c.id)).scalar_one()
    change = text(f"UPDATE plan_templates SET weekdays = {bits} WHERE id = {made}")
    if fits:
        with transaction(engine) as connection:
            connection.execute(change)
    else:
        with pytest.raises(StorageError), transaction(engine) as connection:
            connection.execute(change)


def test_the_coach_is_called_as_they_call_themselves_now(engine: Engine, coach: SquadScope, member: Scope) -> None:
    from data.schema import runners

    with transaction(engine) as connection:
        connection.execute(update(runners).where(runners.c.id == owner(engine, coach)).values(name="Grace H."))
    (found,) = sharing.sharings(engine, member, TODAY)
    assert found.coach == f"Grace H. (account {owner(engine, coach)})"


def test_a_runner_without_an_account_is_deleted_with_everything(
    engine: Engine, coach: SquadScope, member: Scope, other: Scope
) -> None:
    save(engine, member, *(example.entry() for example in EXAMPLES.values()))
    give(engine, member, coach, dict.fromkeys(EVERYTHING, True))
    (secret,) = links.make(engine, coach, [member.runner_id], "Grace", NOW, links.WEEKLY_LASTS)
    with pytest.raises(NotFoundError):
        squads.delete_runner(engine, coach, other.runner_id)
    squads.delete_runner(engine, coach, member.runner_id)
    with reading(engine) as connection:
        for table in metadata.sorted_tables:
            if "runner_id" in table.c:
                left = select(func.count()).select_from(table).where(table.c.runner_id == member.runner_id)
                assert connection.scalar(left) == 0, table.name
    assert links.exchange(engine, secret, NOW) is None


def test_who_comes_in_by_themselves_or_has_another_coach_is_not_deleted(
    engine: Engine, coach: SquadScope, member: Scope
) -> None:
    person = account(engine, ISSUER, f"person of {coach.coach_id}", "Ada")
    second = SquadScope(squads.coach_of(engine, account(engine, ISSUER, f"second {coach.coach_id}", "H.").id), TODAY)
    with transaction(engine) as connection:
        squads.join(connection, coach, [person.id])
        squads.join(connection, second, [member.runner_id])
    for runner_id in (person.id, member.runner_id):
        with pytest.raises(NotAllowedError):
            squads.delete_runner(engine, coach, runner_id)
