"""From a proposal through the diary to the next step and the plan after it: the layers take what the others give."""

from datetime import date, timedelta

import pytest
from sqlalchemy import Engine

from analysis.progression import Offer, answered, next_step, plan_after
from analysis.training import sessions_of, target_of
from data import entries, lists
from data.entries import Plan, Session, parse
from data.scope import Scope
from data.store import save
from guides.ladders import ladder
from guides.starting_plan import Circumstances, starting_plan
from tests.data.examples import DOOR, TODAY
from ui.rows import rows

START = TODAY - timedelta(days=20)
RUNNER = Circumstances(frozenset({"kettlebell"}), frozenset(), "new")


def start(engine: Engine, scope: Scope) -> None:
    proposal = starting_plan(True, False, 1, RUNNER)
    parts = [
        {"exercise": item.exercise, "block": item.block, "side": item.side, "sets": item.sets}
        | {item.kind: item.low, "high": item.high}
        for item in proposal.items
    ]
    days = {"days_per_week": proposal.days_per_week, "weekdays": proposal.weekdays}
    save(engine, scope, parse(Plan, {"starts_on": START, "parts": parts, **days}, DOOR))


def train(engine: Engine, scope: Scope, day: date, pain: int, left: int = 12, right: int = 12) -> None:
    sets = [
        {"exercise": "split-squat", "ordinal": ordinal, "side": side, "repetitions": done, "effort": 6, "pain": pain}
        for ordinal in (1, 2)
        for side, done in (("left", left), ("right", right))
    ]
    session = {"on_date": day, "next_morning_pain": pain, "parts": sets}
    save(engine, scope, parse(Session, session, DOOR))


def offered(engine: Engine, scope: Scope) -> Offer | None:
    items = rows(lists.plan_item_list(engine, scope, TODAY))
    target = target_of(next(item for item in items if item["exercise"] == "split-squat"))
    sessions = sessions_of(lists.training_list(engine, scope, START), target)
    said = answered(lists.offer_list(engine, scope), "split-squat")
    found = next_step(target, sessions, ladder("split-squat", RUNNER), said)
    assert found is None or isinstance(found, Offer)
    return found


def answer(engine: Engine, scope: Scope, offer: Offer, said: str, on: date) -> None:
    values = {"exercise": offer.before.exercise, "on_date": offer.until, "step": offer.step, "reason": offer.reason}
    values |= {"from_value": str(offer.before), "to_value": str(offer.after), "answer": said, "answered_on": on}
    save(engine, scope, parse(entries.Offer, values, DOOR))


def test_two_good_sessions_bring_a_step_that_becomes_the_next_plan(engine: Engine, scope: Scope) -> None:
    start(engine, scope)
    for back in (8, 5):
        train(engine, scope, TODAY - timedelta(days=back), pain=1)
    offer = offered(engine, scope)
    assert offer is not None
    assert (offer.step, offer.after.load_kg) == ("more load", 4.0)

    answer(engine, scope, offer, "accepted", TODAY)
    items = rows(lists.plan_item_list(engine, scope, TODAY))
    days = {"days_per_week": items[0]["days_per_week"], "weekdays": items[0]["weekdays"]}
    save(engine, scope, parse(Plan, {"starts_on": TODAY, "parts": plan_after(items, offer), **days}, DOOR))
    now = rows(lists.plan_item_list(engine, scope, TODAY))
    assert [item["load_kg"] for item in now if item["exercise"] == "split-squat"] == [4.0]
    assert [item["exercise"] for item in now] == [item["exercise"] for item in items]
    assert now[0]["weekdays"] == (0, 2, 4)
    assert offered(engine, scope) is None, "the same two sessions bring no second step"
    before = rows(lists.plan_item_list(engine, scope, TODAY - timedelta(days=1)))
    assert {item["load_kg"] for item in before} == {None}, "past weeks keep the plan of their time"


def test_the_leg_that_did_less_counts(engine: Engine, scope: Scope) -> None:
    start(engine, scope)
    for back in (8, 5):
        train(engine, scope, TODAY - timedelta(days=back), pain=1, right=11)
    assert offered(engine, scope) is None


@pytest.mark.parametrize(("pain", "step"), [(4, "hold"), (6, "step back")])
def test_pain_holds_or_steps_back_and_a_declined_offer_is_not_repeated(
    engine: Engine, scope: Scope, pain: int, step: str
) -> None:
    start(engine, scope)
    train(engine, scope, TODAY - timedelta(days=1), pain)
    offer = offered(engine, scope)
    assert offer is not None and offer.step == step
    answer(engine, scope, offer, "declined", TODAY)
    assert offered(engine, scope) is None
    assert lists.offer_list(engine, scope)["to_value"].tolist() == [str(offer.after)]
