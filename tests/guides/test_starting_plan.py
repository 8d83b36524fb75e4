"""The starting plan over its whole input range: known exercises, doses in range, nothing twice, a reason each."""

from itertools import product

import pytest

from guides.catalogue import exercise
from guides.schema import Span
from guides.starting_plan import Circumstances, starting_plan

ANSWERS = (True, False, None)
PAINS = (None, *range(11))
EVERY_INPUT = list(product(ANSWERS, ANSWERS, PAINS))


def main_block(*answers: bool | int | None) -> list[str]:
    return [item.exercise for item in starting_plan(*answers).items if item.block == "main"]


@pytest.mark.parametrize(("knee_inside", "pelvis_drop", "pain"), EVERY_INPUT)
def test_every_plan_is_one_that_can_be_done(knee_inside, pelvis_drop, pain):
    plan = starting_plan(knee_inside, pelvis_drop, pain)
    slugs = [item.exercise for item in plan.items]
    assert len(slugs) == len(set(slugs))
    assert 1 <= len([item for item in plan.items if item.block == "main"]) <= 3
    for item in plan.items:
        guide = exercise(item.exercise)
        dose = guide.dose_in(item.block)
        assert dose is not None, "the exercise has no place in that block"
        assert Span(low=item.low, high=item.high) in dose.amount
        assert dose.sets.low <= item.sets <= dose.sets.high
        assert dose.days.low <= plan.days_per_week <= dose.days.high
        assert (item.kind, item.side) == (guide.kind, guide.sides)
    assert plan.why
    assert all(reason.why and reason.source for reason in plan.why)


@pytest.mark.parametrize(("knee_inside", "pelvis_drop", "pain"), EVERY_INPUT)
def test_the_warm_up_comes_before_the_main_block(knee_inside, pelvis_drop, pain):
    blocks = [item.block for item in starting_plan(knee_inside, pelvis_drop, pain).items]
    assert blocks == sorted(blocks, key=["warm-up", "main"].index)


@pytest.mark.parametrize(("pain", "days"), [(0, 3), (2, 3), (3, 2), (5, 2), (6, 2), (10, 2), (None, 2)])
def test_three_days_a_week_only_when_pain_is_known_to_be_low(pain, days):
    assert starting_plan(True, True, pain).days_per_week == days


@pytest.mark.parametrize("pain", range(6, 11))
def test_pain_above_five_leaves_the_two_legged_bridge_and_sends_to_a_clinician_first(pain):
    plan = starting_plan(True, True, pain)
    assert [(item.exercise, item.side) for item in plan.items] == [("slide-cushion-hip-bridge", "both")]
    assert plan.see_clinician
    assert "See a clinician first" in plan.why[0].why


@pytest.mark.parametrize("pain", [None, 0, 5])
def test_pain_up_to_five_or_unknown_does_not_send_to_a_clinician(pain):
    assert not starting_plan(True, False, pain).see_clinician


def test_a_finding_brings_one_leg_control_and_the_gluteus_medius():
    assert main_block(True, False, 0) == ["side-lying-hip-abduction", "split-squat", "slide-cushion-hip-bridge"]
    assert main_block(None, True, 0) == main_block(True, False, 0)


def test_a_steady_test_starts_with_the_hinge():
    assert main_block(False, False, 0) == ["side-lying-hip-abduction", "split-squat", "romanian-deadlift"]


def test_an_incomplete_test_starts_with_what_is_easiest_to_learn():
    assert main_block(None, False, 0) == main_block(None, None, 0) == main_block(True, True, 0)


def test_each_finding_is_a_reason_of_its_own_and_none_is_invented():
    def spoken(*answers: bool | int | None) -> str:
        return " ".join(reason.why for reason in starting_plan(*answers).why)

    both = spoken(True, True, 1)
    assert "knee moved inward" in both and "pelvis dropped" in both
    assert "pelvis dropped" not in spoken(True, False, 1)
    assert "not complete" in spoken(None, False, 1)
    assert "kept their line" in spoken(False, False, 1)


def test_the_warm_up_is_short():
    runner = Circumstances(equipment=frozenset({"roller"}))
    warm_up = [item for item in starting_plan(True, True, 0, runner).items if item.block == "warm-up"]
    assert [(item.kind, item.sets, item.low, item.high) for item in warm_up] == [
        ("seconds", 1, 30, 30),
        ("seconds", 1, 30, 30),
        ("seconds", 1, 30, 30),
        ("repetitions", 1, 10, 12),
    ]


@pytest.mark.parametrize("pain", [-1, 11, 12])
def test_pain_off_the_scale_is_refused_with_the_scale(pain):
    with pytest.raises(ValueError, match=rf"Pain is {pain}\. The scale goes from 0"):
        starting_plan(True, True, pain)
