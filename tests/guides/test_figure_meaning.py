"""What the figures say: the tempo and the turning point of the guide, the equipment, the faults, and the words."""

import re
from itertools import pairwise

import pytest

from guides import drawings
from guides.catalogue import exercise, exercises, self_test
from guides.drawings import marks
from guides.drawings.body import Point
from guides.drawings.palette import PALETTES
from tests.guides.bodies import MOVEMENTS, bend

SELF_TEST = "single-leg-squat-steps"
HALF_A_FOOT = 5.0


@pytest.mark.parametrize("slug", [item.slug for item in exercises() if item.dose.tempo])
def test_the_tempo_is_the_one_of_the_dose(slug):
    tempo, phases = exercise(slug).dose.tempo or "", drawings.motions()[slug].phases
    assert "3 seconds" in tempo
    assert [phase.seconds for phase in phases if "3 seconds" in phase.caption] == [3]
    moving = [phase.seconds for before, phase in pairwise((phases[-1], *phases)) if phase.to != before.to]
    assert sorted(moving) == [1.5, 3]  # the other way takes 1 to 2 seconds


def test_every_exercise_and_the_self_test_have_a_figure():
    variants = {step.figure for item in exercises() for step in item.progressions if step.figure}
    assert set(drawings.motions()) == {item.slug for item in exercises()} | {SELF_TEST} | variants


def test_the_figure_of_a_progression_shows_what_it_needs():
    for item in exercises():
        for step in item.progressions:
            if step.figure:
                shown = {gear.kind for gear in drawings.motions()[step.figure].gear} - {"wall"}  # a room has one
                assert shown == {*item.equipment, *step.needs}, step.figure


@pytest.mark.parametrize(
    ("slug", "figure", "changed"),
    [
        ("slide-cushion-hip-bridge", "slide-cushion-hip-bridge-slide", "both heels"),
        ("slide-cushion-hip-bridge", "slide-cushion-hip-bridge-slide-one", "one heel"),
        ("slide-cushion-hip-bridge", "single-leg-bridge-cushion", "one leg"),
        ("romanian-deadlift", "romanian-deadlift-kettlebell", "kettlebell"),
        ("romanian-deadlift", "romanian-deadlift-barbell", "bar"),
        ("romanian-deadlift", "single-leg-deadlift", "one leg"),
        ("slide-mat-side-lunge", "slide-mat-side-lunge-kettlebell", "kettlebell"),
        ("split-squat", "split-squat-kettlebell", "kettlebell"),
        ("split-squat", "split-squat-barbell", "bar"),
        ("split-squat", "split-squat-rear-foot-raised", "step"),
        ("suspension-split-squat", "suspension-split-squat-kettlebell", "kettlebell"),
    ],
)
def test_the_progressions_of_the_five_are_drawn(slug, figure, changed):
    (step,) = (step for step in exercise(slug).progressions if step.figure == figure)
    assert changed in step.text
    assert figure in drawings.motions()


def test_only_the_heel_on_the_cushion_slides_away():
    slide = drawings.motions()["slide-cushion-hip-bridge-slide-one"]
    start, turn = slide.keyframe("start"), slide.keyframe("turn")
    assert turn.right_leg.ankle.z - start.right_leg.ankle.z > 20
    assert turn.left_leg.ankle == start.left_leg.ankle
    assert turn.trunk.pelvis.y > start.trunk.pelvis.y - 5  # the hips stay up


def test_a_bar_is_carried_behind_the_neck():
    for name in ("start", "turn"):
        body = drawings.motions()["split-squat-barbell"].keyframe(name)
        bar = body.left_arm.hand.plus(body.right_arm.hand.minus(body.left_arm.hand), 0.5)
        assert bar.z < body.trunk.chest.z and abs(bar.y - body.trunk.chest.y) < 8


VIEWS = {
    "front": ("from the front",),
    "side": ("from the side",),
    "raised": ("from the side and a little above", "from the front and a little above"),
    "above": ("from above",),
}


@pytest.mark.parametrize("name", list(drawings.motions()))
def test_the_words_name_the_view_the_start_the_return_and_the_equipment(name):
    motion = drawings.motions()[name]
    assert any(view in motion.alt for view in VIEWS[motion.view])
    assert "Start: " in motion.alt
    assert re.search(r"\b(again|back|up again|goes down)\b", motion.alt)
    assert [gear.kind for gear in motion.gear if gear.kind not in motion.alt] == []
    assert motion.alt.partition(".")[0] != motion.alt  # the first sentence is the title


@pytest.mark.parametrize("name", list(drawings.faults()))
def test_a_fault_has_a_cross_and_the_good_one_a_tick_in_the_picture_and_in_words(name):
    fault = drawings.faults()[name]
    assert "Beside a tick: " in fault.alt and "Beside a cross, the fault: " in fault.alt
    assert any(view in fault.alt for view in VIEWS[fault.view])
    tick, cross = (marks.verdict(well, (0, 0), PALETTES["light"])[1].d for well in (True, False))
    for moving in (True, False):
        text = drawings.svg(name, "light", moving)
        for sign in (tick, cross):
            assert re.findall("l[^M]+", sign)[0] in text


def test_every_one_sided_standing_exercise_and_the_self_test_show_a_fault():
    one_sided = {item.slug for item in exercises() if item.sides == "each"}
    standing = {name for name, motion in drawings.motions().items() if motion.lies == "standing"}
    for name in (one_sided & standing) | {SELF_TEST, "single-leg-bridge"}:
        assert drawings.faults_of(name), name
    assert set(drawings.faults_of(SELF_TEST)) == {"single-leg-squat", "pelvis-drop"}
    assert drawings.faults_of("romanian-deadlift") == ()
    assert {SELF_TEST, *drawings.faults_of(SELF_TEST)} == set(self_test().drawings)


@pytest.mark.parametrize("name", [name for name, fault in drawings.faults().items() if fault.mark == "knee"])
def test_the_knee_goes_inside_the_big_toe_only_in_the_fault(name):
    fault = drawings.faults()[name]
    good, bad = (MOVEMENTS[f"{name}, {which}"].keyframe(fault.shown_at).right_leg for which in ("good", "bad"))
    assert abs(good.knee.x - good.toe.x) < HALF_A_FOOT
    assert bad.knee.x > bad.toe.x + HALF_A_FOOT  # the right leg's inner side is towards +x


def test_knees_do_not_cross_in_the_fault_of_the_sidestep():
    bad = MOVEMENTS["band-sidestep-knees-inside, bad"]
    for pose in bad.poses:
        body = bad.keyframe(pose)
        assert body.left_leg.knee.x - body.right_leg.knee.x > 10


def test_the_pelvis_drops_on_the_free_side_only_in_the_fault():
    good, bad = (MOVEMENTS[f"pelvis-drop, {which}"].keyframe("turn").trunk for which in ("good", "bad"))
    assert good.left_hip.y == pytest.approx(good.right_hip.y)
    assert bad.left_hip.y < bad.right_hip.y - 3


def test_the_hips_sink_below_the_line_only_in_the_fault():
    def below(which: str) -> float:
        body = MOVEMENTS[f"single-leg-bridge-hips-sink, {which}"].keyframe("turn")
        chest, hip, knee = body.trunk.chest, body.trunk.pelvis, body.right_leg.knee
        return chest.y + (knee.y - chest.y) * (hip.z - chest.z) / (knee.z - chest.z) - hip.y

    assert below("good") < 2
    assert below("bad") > 6


def test_turning_points_are_the_ones_the_guides_describe():
    turns = {name: motion.keyframe("turn") for name, motion in drawings.motions().items()}
    bridge = turns["slide-cushion-hip-bridge"]
    assert bend(bridge.trunk.chest, bridge.trunk.pelvis, bridge.right_leg.knee.plus(Point(9, 0, 0))) < 4
    assert abs(bend(bridge.right_leg.hip, bridge.right_leg.knee, bridge.right_leg.ankle) - 90) < 8
    for name in ("split-squat", "suspension-split-squat"):
        assert abs(turns[name].right_leg.knee.minus(turns[name].right_leg.hip).unit().y) < 0.2  # thigh parallel
    hinge = turns["romanian-deadlift"]
    assert hinge.right_arm.hand.y < hinge.right_leg.knee.y + 5
    slide = turns["slide-mat-side-lunge"].left_leg
    assert bend(slide.hip, slide.knee, slide.ankle) < 15
    squat = turns[SELF_TEST].right_leg
    assert 50 <= bend(squat.hip, squat.knee, squat.ankle) <= 75
    hitch = turns["hip-hitch"]
    assert hitch.trunk.left_hip.y < hitch.trunk.right_hip.y - 3
    assert bend(hitch.right_leg.hip, hitch.right_leg.knee, hitch.right_leg.ankle) < 20


@pytest.mark.parametrize("motion", MOVEMENTS.values(), ids=MOVEMENTS)
def test_seconds_that_are_named_are_the_seconds_that_pass(motion):
    for phase in motion.phases:
        for seconds in re.findall(r"(\d+) seconds", phase.caption):
            assert phase.seconds == int(seconds)
    for seconds in re.findall(r"in (\d+)(?: seconds|[.,])", motion.alt):
        assert int(seconds) in {phase.seconds for phase in motion.phases}
