"""A coach's plan templates: kept by name, the coach's alone, and checked at the door as a plan is."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

import pytest
from sqlalchemy import Engine

from data import plan_templates, squads
from data.coach_entries import PlanTemplate
from data.entries import parse
from data.errors import InvalidEntryError, NotFoundError
from data.scope import SquadScope
from tests.data.examples import DOOR, plan_item

PARTS = [plan_item(), plan_item("clam", block="warm-up", sets=1, high=12), plan_item("bridge", "both", load_kg=12.5)]
HOSTILE = [
    "**bold**",
    "<script>alert(1)</script>",
    "'; DROP TABLE plan_templates; --",
    "名前",
    ":material/home:",
    "x" * 80,
]


def template(**changes: Any) -> PlanTemplate:
    return parse(PlanTemplate, {"name": "Base", "weekdays": (0, 3), "parts": PARTS} | changes, DOOR)


@pytest.fixture
def squad(engine: Engine) -> SquadScope:
    """A squad of this test's own."""
    with engine.begin() as connection:
        return SquadScope(squads.add_simulated_coach(connection, "Coach"))


def names(engine: Engine, squad: SquadScope) -> list[str]:
    return [one.name for one in plan_templates.of_coach(engine, squad)]


def test_a_template_comes_back_as_it_was_kept(engine: Engine, squad: SquadScope) -> None:
    kept = template()
    template_id = plan_templates.save(engine, squad, kept)
    (found,) = plan_templates.of_coach(engine, squad)
    assert (found.id, found.name, found.weekdays, found.parts) == (template_id, "Base", (0, 3), kept.parts)


def test_the_same_name_again_replaces(engine: Engine, squad: SquadScope) -> None:
    first = plan_templates.save(engine, squad, template())
    again = plan_templates.save(engine, squad, template(name="  Base ", weekdays=(5,), parts=PARTS[:1]))
    (found,) = plan_templates.of_coach(engine, squad)
    assert (first, found.weekdays, len(found.parts)) == (again, (5,), 1)


def test_the_same_form_sent_by_many_at_once_is_one_template(own_engine: Engine) -> None:
    with own_engine.begin() as connection:
        squad = SquadScope(squads.add_simulated_coach(connection, "Coach"))
    threads = 4
    start = Barrier(threads)

    def send(_: int) -> int:
        start.wait()
        return plan_templates.save(own_engine, squad, template())

    with ThreadPoolExecutor(threads) as pool:
        assert len(set(pool.map(send, range(threads)))) == 1
    assert names(own_engine, squad) == ["Base"]


def test_templates_are_listed_by_name_and_deleted(engine: Engine, squad: SquadScope) -> None:
    ids = {name: plan_templates.save(engine, squad, template(name=name)) for name in ("Zoe", "anna", "Ben")}
    assert names(engine, squad) == ["anna", "Ben", "Zoe"]
    plan_templates.remove(engine, squad, ids["Ben"])
    assert names(engine, squad) == ["anna", "Zoe"]
    with pytest.raises(NotFoundError):
        plan_templates.remove(engine, squad, ids["Ben"])


def test_a_template_is_its_coachs_alone(engine: Engine, squad: SquadScope) -> None:
    with engine.begin() as connection:
        other = SquadScope(squads.add_simulated_coach(connection, "Other"))
    template_id = plan_templates.save(engine, squad, template())
    plan_templates.save(engine, other, template(weekdays=(6,)))
    with pytest.raises(NotFoundError):
        plan_templates.remove(engine, other, template_id)
    assert [one.weekdays for one in plan_templates.of_coach(engine, squad)] == [(0, 3)]
    with pytest.raises(NotFoundError):
        plan_templates.save(engine, SquadScope(10**9), template())


@pytest.mark.parametrize("name", HOSTILE)
def test_a_name_is_kept_letter_by_letter(engine: Engine, squad: SquadScope, name: str) -> None:
    plan_templates.save(engine, squad, template(name=name))
    assert names(engine, squad) == [name]


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"name": ""}, "The template has no name yet. Type one, to find it again."),
        ({"name": " \n "}, "The template has no name yet. Type one, to find it again."),
        ({"name": "x" * 81}, "The name has 81 letters. Use up to 80."),
        ({"name": "a\0b"}, "The name holds a character that cannot be kept. Type it again."),
        ({"weekdays": None}, "The template has no training days. Choose at least one."),
        ({"weekdays": ()}, "The training days are (). Choose at least one, from Monday (0) to Sunday (6)."),
        ({"weekdays": (7,)}, "The training days are (7,). Choose at least one, from Monday (0) to Sunday (6)."),
        ({"parts": []}, "The plan has no exercise. Choose at least one main exercise."),
        ({"parts": [PARTS[1]]}, "The plan has only a warm-up. Choose at least one main exercise."),
        (
            {"parts": [PARTS[0], PARTS[0]]},
            "Split squat is in the plan twice. Enter it once, with all its sets, in the warm-up or in the main part.",
        ),
        ({"parts": [plan_item(sets=21)]}, "Split squat: Sets are 21. A plan has from 1 to 20 sets of an exercise."),
    ],
)
def test_what_makes_no_template_is_refused_in_words(changes: dict[str, Any], message: str) -> None:
    with pytest.raises(InvalidEntryError) as refused:
        template(**changes)
    assert [problem.message for problem in refused.value.problems] == [message]
