"""Notes of a coach on a runner: who may write them, who reads them, and that every cache sees it."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import Engine, insert

from data import notes, squads
from data.coach_entries import Note
from data.engine import transaction
from data.entries import parse
from data.errors import InvalidEntryError, NotAllowedError, NotFoundError
from data.runners import runner
from data.scope import EVERYTHING, Scope, SquadScope
from data.sharing_schema import MAX_NOTE, consents
from tests.data.examples import DOOR, TODAY

AT = datetime(2026, 3, 4, 9, tzinfo=UTC)
HOSTILE = ["**bold** [me](https://example.org)", "<script>alert(1)</script>", "'; DROP TABLE notes; --", "a\n\nb", "跑"]


def note(text: str = "Rest.", *, shown: bool = True) -> Note:
    return parse(Note, {"text": text, "shown": shown}, DOOR)


@pytest.fixture
def squad(engine: Engine, scope: Scope) -> SquadScope:
    """The squad of a coach on their own machine, with the runner of `scope` in it."""
    with engine.begin() as connection:
        found = SquadScope(squads.add_simulated_coach(connection, "Grace"))
        squads.join(connection, found, [scope.runner_id])
    return found


def with_accounts(squad: SquadScope) -> SquadScope:
    return SquadScope(squad.coach_id, TODAY)


def agree(engine: Engine, squad: SquadScope, scope: Scope, **terms: Any) -> None:
    """The runner's consent for notes."""
    whose = {"coach_id": squad.coach_id, "runner_id": scope.runner_id, "given_at": AT}
    with transaction(engine) as connection:
        connection.execute(insert(consents).values(whose | {"area": "notes"} | terms))


def read(engine: Engine, scope: Scope) -> list[str]:
    return notes.of_runner(engine, scope, TODAY)["text"].tolist()


def kept(engine: Engine, squad: SquadScope, scope: Scope) -> list[str]:
    return notes.of_coach(engine, squad, scope.runner_id)["text"].tolist()


def test_both_read_a_note_and_the_newest_stands_first(engine: Engine, squad: SquadScope, scope: Scope) -> None:
    notes.add(engine, squad, scope.runner_id, note("First."), AT)
    notes.add(engine, squad, scope.runner_id, note("Second."), AT + timedelta(days=1))
    assert read(engine, scope) == kept(engine, squad, scope) == ["Second.", "First."]
    found = notes.of_runner(engine, scope, TODAY)
    assert found["coach"].tolist() == ["Grace", "Grace"]
    assert found["at"].iloc[1] == AT


def test_the_frames_have_their_columns_when_they_are_empty(engine: Engine, squad: SquadScope, scope: Scope) -> None:
    empty = notes.of_runner(engine, scope, TODAY), notes.of_coach(engine, squad, scope.runner_id)
    notes.add(engine, squad, scope.runner_id, note(), AT)
    filled = notes.of_runner(engine, scope, TODAY), notes.of_coach(engine, squad, scope.runner_id)
    assert [list(frame.dtypes.items()) for frame in empty] == [list(frame.dtypes.items()) for frame in filled]


def test_every_write_changes_the_runners_revision(engine: Engine, squad: SquadScope, scope: Scope) -> None:
    revisions = [runner(engine, scope).revision]
    note_id = notes.add(engine, squad, scope.runner_id, note(), AT)
    revisions.append(runner(engine, scope).revision)
    notes.remove(engine, squad, note_id)
    revisions.append(runner(engine, scope).revision)
    assert revisions == sorted(set(revisions))
    assert read(engine, scope) == []


def test_the_same_form_sent_twice_is_one_note(engine: Engine, squad: SquadScope, scope: Scope) -> None:
    first = notes.add(engine, squad, scope.runner_id, note("Well done."), AT)
    assert notes.add(engine, squad, scope.runner_id, note("Well done."), AT + timedelta(seconds=2)) == first
    notes.add(engine, squad, scope.runner_id, note("Well done."), AT + timedelta(weeks=1))
    assert read(engine, scope) == ["Well done."] * 2


def test_a_note_needs_a_runner_of_the_squad(engine: Engine, squad: SquadScope, scope: Scope, other: Scope) -> None:
    for runner_id in (other.runner_id, 10**9):
        with pytest.raises(NotFoundError):
            notes.add(engine, squad, runner_id, note(), AT)
    before = runner(engine, other).revision
    with pytest.raises(NotFoundError):
        notes.add(engine, squad, other.runner_id, note(), AT)
    assert runner(engine, other).revision == before
    assert notes.of_coach(engine, squad, other.runner_id).empty
    with pytest.raises(NotFoundError):
        notes.right(engine, squad, other.runner_id)


def test_on_ones_own_machine_every_note_is_shown(engine: Engine, squad: SquadScope, scope: Scope) -> None:
    assert notes.right(engine, squad, scope.runner_id) == "shown"
    with pytest.raises(NotAllowedError):
        notes.add(engine, squad, scope.runner_id, note(shown=False), AT)
    assert kept(engine, squad, scope) == []


def test_with_accounts_a_note_takes_the_runners_consent(engine: Engine, squad: SquadScope, scope: Scope) -> None:
    coach = with_accounts(squad)
    assert notes.right(engine, coach, scope.runner_id) == "none"
    with pytest.raises(NotAllowedError):
        notes.add(engine, coach, scope.runner_id, note(), AT)
    agree(engine, squad, scope, area="training", may_write=True)  # of another area it says nothing
    assert notes.right(engine, coach, scope.runner_id) == "none"
    agree(engine, squad, scope)
    notes.add(engine, coach, scope.runner_id, note(), AT)
    assert read(engine, scope) == kept(engine, coach, scope) == ["Rest."]


@pytest.mark.parametrize(("ends_on", "right"), [(TODAY - timedelta(days=1), "none"), (TODAY, "shown"), (None, "shown")])
def test_a_consent_holds_until_its_last_day(
    engine: Engine, squad: SquadScope, scope: Scope, ends_on: date | None, right: str
) -> None:
    notes.add(engine, squad, scope.runner_id, note(), AT)
    agree(engine, squad, scope, ends_on=ends_on)
    assert notes.right(engine, with_accounts(squad), scope.runner_id) == right
    assert kept(engine, with_accounts(squad), scope) == ([] if right == "none" else ["Rest."])
    assert read(engine, scope) == ["Rest."]  # what was shown stays the runner's to read


def test_the_consent_of_another_runner_or_for_another_coach_is_none(
    engine: Engine, squad: SquadScope, scope: Scope, other: Scope
) -> None:
    with engine.begin() as connection:
        second = SquadScope(squads.add_simulated_coach(connection, "Second"), TODAY)
        squads.join(connection, second, [scope.runner_id, other.runner_id])
        squads.join(connection, squad, [other.runner_id])
    agree(engine, squad, scope, may_write=True)
    assert notes.right(engine, with_accounts(squad), scope.runner_id) == "hidden too"
    assert notes.right(engine, with_accounts(squad), other.runner_id) == "none"
    assert notes.right(engine, second, scope.runner_id) == "none"


def test_a_hidden_note_takes_the_runners_word_and_stays_hidden(
    engine: Engine, squad: SquadScope, scope: Scope, other: Scope
) -> None:
    coach = with_accounts(squad)
    with engine.begin() as connection:
        squads.join(connection, squad, [other.runner_id])
    agree(engine, squad, scope, may_write=True)
    agree(engine, squad, other)
    notes.add(engine, coach, scope.runner_id, note("Shown."), AT)
    notes.add(engine, coach, scope.runner_id, note("Hidden.", shown=False), AT)
    assert read(engine, scope) == ["Shown."]
    assert sorted(kept(engine, coach, scope)) == ["Hidden.", "Shown."]
    with pytest.raises(NotAllowedError):
        notes.add(engine, coach, other.runner_id, note("Hidden.", shown=False), AT)


def test_a_coach_reads_and_deletes_their_own_notes_alone(engine: Engine, squad: SquadScope, scope: Scope) -> None:
    with engine.begin() as connection:
        second = SquadScope(squads.add_simulated_coach(connection, "Second"))
        squads.join(connection, second, [scope.runner_id])
    note_id = notes.add(engine, squad, scope.runner_id, note(), AT)
    assert kept(engine, second, scope) == []
    with pytest.raises(NotFoundError):
        notes.remove(engine, second, note_id)
    assert read(engine, scope) == ["Rest."]
    notes.remove(engine, with_accounts(squad), note_id)  # whatever is shared now
    assert read(engine, scope) == []
    with pytest.raises(NotFoundError):
        notes.remove(engine, squad, note_id)


def test_notes_are_read_within_the_scope_alone(engine: Engine, squad: SquadScope, scope: Scope, other: Scope) -> None:
    notes.add(engine, squad, scope.runner_id, note(), AT)
    assert read(engine, other) == []
    looking = Scope(scope.runner_id, reads=EVERYTHING - {"notes"}, is_own=False)
    with pytest.raises(NotAllowedError):
        read(engine, looking)


@pytest.mark.parametrize("text", HOSTILE)
def test_a_text_is_kept_letter_by_letter(engine: Engine, squad: SquadScope, scope: Scope, text: str) -> None:
    notes.add(engine, squad, scope.runner_id, note(text), AT)
    assert read(engine, scope) == kept(engine, squad, scope) == [text]


def test_the_longest_text_fits(engine: Engine, squad: SquadScope, scope: Scope) -> None:
    notes.add(engine, squad, scope.runner_id, note("é" * MAX_NOTE), AT)
    assert read(engine, scope) == ["é" * MAX_NOTE]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "The note is empty. Write something, then save it."),
        (" \n\t ", "The note is empty. Write something, then save it."),
        ("x" * (MAX_NOTE + 1), f"The note has {MAX_NOTE + 1} letters. Use up to {MAX_NOTE}."),
        ("a\0b", "The note holds a character that cannot be kept. Type it again."),
    ],
)
def test_what_is_no_note_is_refused_in_words(text: str, message: str) -> None:
    with pytest.raises(InvalidEntryError) as refused:
        note(text)
    assert [problem.message for problem in refused.value.problems] == [message]
