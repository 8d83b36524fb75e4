"""The runners themselves: the one of this machine, their settings, deleting everything and taking that back."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from threading import Barrier

import pytest
from pandas.testing import assert_frame_equal
from sqlalchemy import Engine, insert, select

from data.engine import make_engine, reading, transaction
from data.errors import NotAllowedError, NotFoundError
from data.imports import add as add_runs
from data.lists import set_list
from data.runners import Runner, add_runner, erase, everyone, local_runner, restore, runner, save_settings
from data.schema import coaches, import_choices, metadata, squad_members
from data.scope import Scope
from data.sharing_schema import audit, consents, links, notes, plan_templates
from data.store import delete, save
from data.trash import Payload, rows_of
from tests.data.examples import EXAMPLES, imported, run, settings

AT = datetime(2026, 3, 4, tzinfo=UTC)
THE_COACHS = ("runners", "coaches", "plan_templates")  # what a runner who deletes everything leaves there


def test_the_runner_of_this_machine_is_made_once(own_engine: Engine) -> None:
    made = local_runner(own_engine)
    assert made == Runner(made.id, "", "km", 0, None, simulated=False, revision=0, has_account=True)
    assert local_runner(own_engine) == made
    assert everyone(own_engine) == (made,)


def test_the_runner_of_this_machine_is_made_once_by_many_at_the_same_time(own_engine: Engine) -> None:
    threads = 6
    start = Barrier(threads)

    def first_visit(_: int) -> Runner:
        start.wait()
        return local_runner(own_engine)

    with ThreadPoolExecutor(threads) as pool:
        assert len(set(pool.map(first_visit, range(threads)))) == 1
    assert len(everyone(own_engine)) == 1


def test_settings_are_kept_and_are_ones_own(engine: Engine, scope: Scope, other: Scope) -> None:
    save_settings(engine, scope, settings(name="Ada L."))
    now = runner(engine, scope)
    assert (now.name, now.units, now.week_start, now.time_zone) == ("Ada L.", "mi", 6, "Europe/Vienna")
    assert runner(engine, other) == Runner(other.runner_id, "Grace", "km", 0, None, simulated=False, revision=0)


def test_a_runner_who_is_not_there_is_not_found(engine: Engine) -> None:
    with pytest.raises(NotFoundError, match="not here any more"):
        runner(engine, Scope(10**9))
    with pytest.raises(NotFoundError, match="not here any more"):
        erase(engine, Scope(10**9))


def everything(engine: Engine) -> Payload:
    """All rows of all tables, but for the runners' revisions."""
    with reading(engine) as connection:
        tables = {table: rows_of(connection, select(table)) for table in metadata.sorted_tables}
    return {
        table.name: sorted(({**row, "revision": 0} for row in rows), key=lambda row: list(map(str, row.values())))
        for table, rows in tables.items()
    }


def fill(engine: Engine, name: str) -> Scope:
    """A runner with an entry of every kind, an import, something in the trash, and a coach."""
    scope = Scope(add_runner(engine, name, simulated=False).id)
    save_settings(engine, scope, settings(name=name))
    save(engine, scope, *(example.entry() for example in EXAMPLES.values()))
    add_runs(engine, scope, [imported(10), imported(11)], "activities.csv", AT)
    delete(engine, scope, "run", save(engine, scope, run())[0].row_id)
    with transaction(engine) as connection:
        coach_id = connection.execute(insert(coaches).values(name="Coach").returning(coaches.c.id)).scalar_one()
        whose = {"coach_id": coach_id, "runner_id": scope.runner_id}
        connection.execute(insert(squad_members).values(whose))
        connection.execute(insert(consents).values(whose | {"area": "pain", "given_at": AT}))
        kept = {"runner_id": scope.runner_id, "what": "walks", "about": "", "choice": True}
        connection.execute(insert(import_choices).values(kept))
        link = {"token_hash": name, "made_at": AT, "expires_at": AT}
        connection.execute(insert(links).values(whose | link))
        connection.execute(insert(notes).values(whose | {"at": AT, "text": "Rest."}))
        connection.execute(insert(audit).values(runner_id=scope.runner_id, at=AT, who="Coach", what="looked"))
        connection.execute(insert(plan_templates).values(coach_id=coach_id, name="Base", weekdays=(0,), parts=[]))
    return scope


def test_deleting_everything_leaves_nothing_and_can_be_taken_back(own_engine: Engine) -> None:
    theirs = fill(own_engine, "Grace")
    only_theirs = everything(own_engine)
    mine = fill(own_engine, "Ada")
    both = everything(own_engine)
    grown = {name for name, rows in both.items() if len(rows) > len(only_theirs[name])}
    assert grown == {table.name for table in metadata.sorted_tables}

    payload = erase(own_engine, mine)
    left = everything(own_engine)
    assert {name: left[name] for name in only_theirs if name not in THE_COACHS} == {
        name: rows for name, rows in only_theirs.items() if name not in THE_COACHS
    }
    emptied = runner(own_engine, mine)
    assert (emptied.name, emptied.units, emptied.week_start, emptied.time_zone) == ("", "km", 0, None)
    assert runner(own_engine, theirs).name == "Grace"

    restore(own_engine, mine, payload)
    decided_anew = {"consents", "links"}
    back = everything(own_engine)
    assert {name: back[name] for name in back if name not in decided_anew} == {
        name: rows for name, rows in both.items() if name not in decided_anew
    }
    assert all(row["runner_id"] == theirs.runner_id for name in decided_anew for row in back[name])
    assert runner(own_engine, mine).revision > emptied.revision


def test_what_was_deleted_comes_back_over_the_same_entered_since(engine: Engine, scope: Scope) -> None:
    save(engine, scope, EXAMPLES["session"].entry())
    day = EXAMPLES["session"].entry().on_date
    before = set_list(engine, scope, day)
    payload = erase(engine, scope)
    save(engine, scope, EXAMPLES["session"].changed())
    assert not set_list(engine, scope, day).equals(before)
    restore(engine, scope, payload)
    assert_frame_equal(set_list(engine, scope, day), before)


def test_what_was_deleted_comes_back_after_joining_again_and_without_a_coach_who_is_gone(own_engine: Engine) -> None:
    mine = fill(own_engine, "Ada")
    with transaction(own_engine) as connection:
        (coach_id,) = connection.scalars(select(squad_members.c.coach_id)).all()
    payload = erase(own_engine, mine)
    with transaction(own_engine) as connection:
        connection.execute(insert(squad_members).values(coach_id=coach_id, runner_id=mine.runner_id))
    restore(own_engine, mine, payload)
    again = erase(own_engine, mine)
    with transaction(own_engine) as connection:
        connection.execute(coaches.delete())
    restore(own_engine, mine, again)
    assert everything(own_engine)["notes"] == []
    assert len(everything(own_engine)["pain_reports"]) == 1


def test_who_may_only_look_deletes_nothing(engine: Engine, scope: Scope) -> None:
    looking = Scope(scope.runner_id, writes=frozenset(), is_own=False)
    before = runner(engine, scope)
    with pytest.raises(NotAllowedError):
        erase(engine, looking)
    with pytest.raises(NotAllowedError):
        restore(engine, looking, {"runners": [{"name": "", "units": "km", "week_start": 0, "time_zone": None}]})
    assert runner(engine, scope) == before


def test_an_id_is_never_given_again(engine: Engine, scope: Scope) -> None:
    (first,) = save(engine, scope, run())
    delete(engine, scope, "run", first.row_id)
    second = make_engine(engine.url.render_as_string(hide_password=False))
    (again,) = save(second, scope, run())
    second.dispose()
    assert again.row_id > first.row_id
