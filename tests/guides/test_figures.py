"""The moving figures at every moment: limbs of one length, human joints, feet that stand still where they stand."""

import re
from itertools import pairwise
from math import acos, degrees
from xml.etree import ElementTree

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import ValidationError

from guides import contact_sheet, drawings
from guides.drawings.body import (
    FOREARM,
    HIP_HALF_WIDTH,
    NECK,
    SHANK,
    SHOULDER_HALF_WIDTH,
    THIGH,
    TRUNK,
    UPPER_ARM,
    Body,
)
from guides.drawings.motion import Motion
from guides.drawings.pose import blended
from tests.guides.bodies import MOVEMENTS, bend, legs, length

SVG = "{http://www.w3.org/2000/svg}"
# Our limits, in degrees: a little beyond the ranges of motion that textbooks give for healthy adults.
KNEE_BEND, ELBOW_BEND, HIP_BEND, HIP_STRETCH, HIP_ASIDE, NECK_BEND = 150, 155, 130, 35, 95, 60
ANKLE_UP, ANKLE_DOWN = 45, 65


EVERY = pytest.mark.parametrize("motion", MOVEMENTS.values(), ids=MOVEMENTS)


def moments(motion: Motion) -> list[float]:
    """Even steps through the whole movement, and every keyframe."""
    return [*(motion.seconds * step / 24 for step in range(24)), *motion.ends]


def check_lengths(body: Body) -> None:
    for leg in legs(body):
        assert length(leg.hip, leg.knee) == pytest.approx(THIGH)
        assert length(leg.knee, leg.ankle) == pytest.approx(SHANK)
        assert length(leg.heel, leg.toe) == pytest.approx(20)
    for arm in (body.left_arm, body.right_arm):
        assert length(arm.shoulder, arm.elbow) == pytest.approx(UPPER_ARM)
        assert length(arm.elbow, arm.hand) == pytest.approx(FOREARM)
    torso = body.trunk
    assert length(torso.pelvis, torso.chest) == pytest.approx(TRUNK)
    assert length(torso.chest, torso.head) == pytest.approx(NECK)
    assert length(torso.left_hip, torso.right_hip) == pytest.approx(2 * HIP_HALF_WIDTH)
    assert length(torso.left_shoulder, torso.right_shoulder) == pytest.approx(2 * SHOULDER_HALF_WIDTH)


def check_joins(body: Body) -> None:
    assert (body.left_leg.hip, body.right_leg.hip) == (body.trunk.left_hip, body.trunk.right_hip)
    assert body.left_arm.shoulder == body.trunk.left_shoulder
    assert body.right_arm.shoulder == body.trunk.right_shoulder


def check_joints(body: Body) -> None:
    torso = body.trunk
    spine = torso.chest.minus(torso.pelvis).unit()
    across = torso.left_hip.minus(torso.right_hip).unit()
    ahead = across.cross(spine).unit()
    for leg in legs(body):
        thigh, shank = leg.knee.minus(leg.hip).unit(), leg.ankle.minus(leg.knee).unit()
        assert bend(leg.hip, leg.knee, leg.ankle) <= KNEE_BEND
        forward, down = thigh.dot(ahead), -thigh.dot(spine)
        lifted = degrees(acos(max(-1.0, min(1.0, down / max(1e-9, (forward**2 + down**2) ** 0.5)))))
        assert lifted <= (HIP_BEND if forward >= 0 else HIP_STRETCH), f"hip {lifted:.0f}"
        assert degrees(acos(max(-1.0, min(1.0, thigh.dot(across))))) >= 90 - HIP_ASIDE
        foot = leg.toe.minus(leg.heel).unit()
        point = degrees(acos(max(-1.0, min(1.0, foot.dot(shank)))))  # 90 when the sole is square to the shank
        assert 90 - ANKLE_DOWN <= point <= 90 + ANKLE_UP, f"ankle {point:.0f}"
        if bend(leg.hip, leg.knee, leg.ankle) > 12:  # a straight knee has no direction
            # From thigh to shank the leg turns one way, from shank to foot the other.
            assert thigh.cross(shank).unit().dot(shank.cross(foot)) < 0.35, "the knee bends the wrong way"
    for arm in (body.left_arm, body.right_arm):
        assert bend(arm.shoulder, arm.elbow, arm.hand) <= ELBOW_BEND
    assert bend(torso.pelvis, torso.chest, torso.head) <= NECK_BEND


def check_floor(body: Body) -> None:
    """Joints keep the flesh around them above the floor."""
    for leg in legs(body):
        assert all(point.y > 1.5 for point in (leg.hip, leg.knee, leg.ankle, leg.heel, leg.toe))
    for arm in (body.left_arm, body.right_arm):
        assert arm.elbow.y > 2.5 and arm.hand.y > 2.5
    assert body.trunk.head.y > 8


@EVERY
@pytest.mark.parametrize("check", [check_lengths, check_joins, check_joints, check_floor])
def test_the_body_is_human_at_every_moment(motion, check):
    for at in moments(motion):
        check(motion.body_at(at))


@settings(max_examples=150, deadline=None)
@given(st.sampled_from(sorted(MOVEMENTS)), st.floats(0, 100))
def test_the_body_is_human_at_any_moment(name, seconds):
    body = MOVEMENTS[name].body_at(seconds)
    for check in (check_lengths, check_joins, check_joints, check_floor):
        check(body)


@EVERY
def test_feet_that_stand_do_not_move(motion):
    start = motion.keyframe("start")
    for at in moments(motion):
        body = motion.body_at(at)
        for side in motion.stands:
            leg, first = getattr(body, f"{side}_leg"), getattr(start, f"{side}_leg")
            for part in ("ankle", "heel", "toe"):
                assert length(getattr(leg, part), getattr(first, part)) == pytest.approx(0, abs=1e-9), part


def sliding(motion: Motion) -> set[str]:
    """Sides whose foot may slide: on a mat or a cushion, or because the whole body moves over a roller."""
    under = {"": {"left", "right"}, "feet": {"left", "right"}, "left foot": {"left"}, "right foot": {"right"}}
    return {side for item in motion.gear if item.kind in {"slide mat", "cushion", "roller"} for side in under[item.on]}


@EVERY
def test_a_foot_on_the_floor_slides_only_on_something_that_slides(motion):
    free = sliding(motion)
    bodies = [motion.body_at(share / 10) for share in range(round(motion.seconds * 10))]
    for one, other in pairwise(bodies):
        for side in {"left", "right"} - free:
            a, b = (getattr(body, f"{side}_leg").toe for body in (one, other))
            if max(a.y, b.y) < 3.01:  # the ball of the foot is on the floor in both
                assert length(a, b) < 0.05


def test_a_foot_on_the_floor_is_seen_as_such():
    """So that the test above has something to say: these feet stand on the floor, all the time or in turn."""
    standing = dict.fromkeys(("romanian-deadlift", "split-squat", "band-sidestep"), ("left", "right"))
    standing |= {"slide-cushion-hip-bridge-slide-one": ("left",)}  # the other one lies on the cushion
    for name, sides in standing.items():
        motion = drawings.motions()[name]
        bodies = [motion.body_at(at) for at in moments(motion)]
        for side in sides:
            assert min(getattr(body, f"{side}_leg").toe.y for body in bodies) < 3.01, (name, side)


@EVERY
def test_every_standing_runner_names_a_foot_that_stands_or_steps(motion):
    assert motion.stands or motion.lies != "standing" or {phase.to for phase in motion.phases} >= {"lift"}


@EVERY
def test_the_turning_point_is_another_picture_than_the_start(motion):
    start, turn = (motion.keyframe(name) for name in ("start", "turn"))
    spots = [
        (body.trunk.pelvis, body.trunk.head, *(p for leg in legs(body) for p in (leg.knee, leg.ankle)))
        for body in (start, turn)
    ]
    moved = max(length(a, b) for a, b in zip(*spots, strict=True))
    assert moved > (2.5 if motion.mark == "hips" or "hips" in motion.alt else 6)


@EVERY
def test_the_movement_ends_where_it_begins_and_never_jumps(motion):
    assert motion.body_at(motion.seconds) == motion.body_at(0) == motion.keyframe("start")
    assert motion.ends[-1] == pytest.approx(motion.seconds) == pytest.approx(sum(p.seconds for p in motion.phases))
    step = 0.02
    for at in range(int(motion.seconds / step)):
        one, other = motion.body_at(at * step), motion.body_at((at + 1) * step)
        for a, b in zip(legs(one), legs(other), strict=True):
            assert length(a.knee, b.knee) < 4 and length(a.ankle, b.ankle) < 4  # 2 m/s


@EVERY
def test_the_times_drawn_begin_at_the_start_and_hold_every_end_of_a_phase(motion):
    times = motion.times(4)
    assert times == sorted(set(times))
    assert times[0] == 0
    assert set(motion.ends) <= set(times)


MOVING = [name for name in drawings.names() if drawings.moves(name)]


@pytest.mark.parametrize("name", MOVING)
def test_a_moving_drawing_moves_in_step_and_is_hidden_for_reduced_motion(name):
    root = ElementTree.fromstring(drawings.svg(name, "light"))
    moving, still = root.findall(f"{SVG}g[@class]")
    assert (moving.get("class"), still.get("class")) == ("moving", "still")
    assert not list(still.iter(f"{SVG}animate"))
    style = root.findtext(f"{SVG}style") or ""
    assert re.search(r"prefers-reduced-motion:reduce\)\{\.moving\{display:none\}\.still\{display:inline\}", style)
    outlines = [item for item in moving.iter(f"{SVG}animate") if item.get("attributeName") == "d"]
    assert len(outlines) >= 2
    assert len({(item.get("dur"), item.get("keyTimes")) for item in outlines}) == 1
    for item in outlines:
        times = [float(time) for time in (item.get("keyTimes") or "").split(";")]
        values = (item.get("values") or "").split(";")
        assert (times[0], times[-1], len(times)) == (0, 1, len(values))
        assert times == sorted(times)
        assert values[0] == values[-1]
        assert len({re.sub(r"[-\d. ]+", "", value) for value in values}) == 1, "outlines have to lead to each other"


@pytest.mark.parametrize("name", MOVING)
def test_arcs_keep_their_flags_so_that_an_outline_does_not_flip(name):
    root = ElementTree.fromstring(drawings.svg(name, "light"))
    for item in root.iter(f"{SVG}animate"):
        if item.get("attributeName") == "d":
            flags = {tuple(re.findall(r" ([01]) ([01]) ", value)) for value in (item.get("values") or "").split(";")}
            assert len(flags) == 1


@pytest.mark.parametrize("name", MOVING)
def test_a_still_drawing_has_no_animation_and_two_different_panels(name):
    text = drawings.svg(name, "light", moving=False)
    assert "<animate" not in text and "<style" not in text
    outlines = re.findall(r' d="([^"]+)"', text)
    assert len(outlines) % 2 == 0
    half = len(outlines) // 2
    assert outlines[:half] != outlines[half:]


@pytest.mark.parametrize("name", MOVING)
def test_the_moments_of_the_contact_sheet_differ(name):
    turn = drawings.turning_point(name)
    assert 0 < turn < 1
    assert len({drawings.moment(name, "light", share) for share in (0, turn / 2, turn)}) == 3


def test_the_contact_sheet_shows_every_drawing_in_both_themes(tmp_path):
    page = contact_sheet.write(tmp_path / "figures")
    shown = re.findall(r'src="([^"]+)"', page.read_text(encoding="utf-8"))
    assert all((page.parent / file).is_file() for file in shown)
    for name in drawings.names():
        for theme in ("light", "dark"):
            assert f"{name}-{theme}-moving.svg" in shown
            assert drawings.moves(name) == (f"{name}-{theme}-middle.svg" in shown)


def test_a_figure_file_says_only_what_differs_from_the_start():
    content = {
        "view": "side",
        "shows": "side",
        "captions": ["Start", "Low"],
        "alt": "A squat",
        "poses": {
            "start": {
                "pelvis": [0, 88, 0],
                "legs": {"ankle": [9, 8, 0]},
                "arms": {"hand": [4, -50, 14], "from": "chest", "elbow": [0, 0, -1]},
            },
            "turn": {"pelvis": [0, 60, 0]},
        },
        "phases": [{"to": "turn", "seconds": 3, "caption": "Down"}, {"to": "start", "seconds": 1, "caption": "Up"}],
    }
    motion = Motion.model_validate(content)
    assert motion.poses["turn"].right_leg.ankle == (-9, 8, 0) == motion.poses["start"].right_leg.ankle
    assert motion.pose_at(1.5).pelvis == pytest.approx((0, 74, 0))  # halfway in time is halfway down
    assert motion.pose_at(3).pelvis == (0, 60, 0)
    with pytest.raises(ValidationError, match="no pose called middle"):
        Motion.model_validate(content | {"phases": [content["phases"][0] | {"to": "middle"}, content["phases"][1]]})
    with pytest.raises(ValidationError, match="come back to the start"):
        Motion.model_validate(content | {"phases": content["phases"][::-1]})


def test_what_is_no_number_cannot_be_halfway():
    with pytest.raises(ValueError, match="halfway between hip and chest"):
        blended({"from": "hip"}, {"from": "chest"}, 0.5)
