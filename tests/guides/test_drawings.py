"""The drawings: well-formed, legible in both themes, and of bodies whose limbs never change their length."""

import re
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guides import drawings
from guides.catalogue import exercises
from guides.drawings import poses
from guides.drawings.body import (
    FOREARM,
    FORWARD,
    HIP_HALF_WIDTH,
    SHANK,
    SHOULDER_HALF_WIDTH,
    THIGH,
    TRUNK,
    UPPER_ARM,
    Body,
    Point,
    middle_joint,
)
from guides.drawings.canvas import WIDTH
from guides.drawings.palette import PALETTES

SVG = "{http://www.w3.org/2000/svg}"
BACKGROUND = {"light": "#FFFFFF", "dark": "#0F1519"}
EVERY = [(name, theme) for name in drawings.names() for theme in ("light", "dark")]
BODIES = {
    "before the squat": poses.before_squat(),
    "squat, knee over the foot": poses.squatting(),
    "squat, knee inside": poses.squatting(inward=0.5, pelvis_tip=5, shift=2),
    "pelvis level": poses.standing(),
    "pelvis dropped": poses.standing(pelvis_tip=11, aside=-4, shift=-3),
    "bridge, start": poses.bridging(lifted=False),
    "bridge, lifted": poses.bridging(lifted=True),
    "deadlift, start": poses.hinging(low=False),
    "deadlift, low": poses.hinging(low=True),
    "split squat, start": poses.split_squatting(low=False),
    "split squat, low": poses.split_squatting(low=True),
    "hanging split squat, start": poses.hanging_split_squat(low=False),
    "hanging split squat, low": poses.hanging_split_squat(low=True),
    "side lunge, start": poses.side_lunging(low=False),
    "side lunge, low": poses.side_lunging(low=True),
}


def length(a: Point, b: Point) -> float:
    return b.minus(a).length()


def bend(a: Point, joint: Point, b: Point) -> float:
    """1 for a straight joint, 0 at a right angle."""
    return joint.minus(a).unit().dot(b.minus(joint).unit())


def contrast(one: str, other: str) -> float:
    """WCAG 2.2 contrast ratio."""
    high, low = sorted((luminance(one), luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def luminance(colour: str) -> float:
    shares = [int(colour[start : start + 2], 16) / 255 for start in (1, 3, 5)]
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in shares)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


@pytest.mark.parametrize(("name", "theme"), EVERY)
def test_a_drawing_is_well_formed_has_a_title_and_no_id_twice(name, theme):
    root = ElementTree.fromstring(drawings.svg(name, theme))
    assert root.tag == f"{SVG}svg"
    assert root.findtext(f"{SVG}title")
    ids = [element.get("id") for element in root.iter() if element.get("id")]
    assert len(ids) == len(set(ids))


@pytest.mark.parametrize(("name", "theme"), EVERY)
def test_a_drawing_needs_nothing_from_outside(name, theme):
    text = drawings.svg(name, theme)
    assert not re.search(r"href|url\(|var\(|<script|<style|currentColor|\$\w", text)
    assert set(re.findall(r"#[0-9A-Fa-f]{3,8}", text)) <= set(vars(PALETTES[theme]).values())


@pytest.mark.parametrize("name", drawings.names())
def test_a_drawing_differs_by_theme_in_colour_only(name):
    shapes = [re.sub(r"#[0-9A-F]{6}", "#", drawings.svg(name, theme)) for theme in ("light", "dark")]
    assert shapes[0] == shapes[1]


@pytest.mark.parametrize("name", drawings.names())
def test_text_is_at_least_14_px_at_the_width_of_a_phone(name):
    root = ElementTree.fromstring(drawings.svg(name, "light"))
    inherited = root.get("font-size")
    sizes = {element.get("font-size", inherited) for element in root.iter(f"{SVG}text")}
    column = 390 - 2 * 16  # Streamlit keeps a rim of 16 px on a phone
    assert sizes
    assert all(float(str(size)) * column / WIDTH >= 14 for size in sizes)


@pytest.mark.parametrize(("name", "theme"), EVERY)
def test_shapes_stay_inside_the_picture(name, theme):
    root = ElementTree.fromstring(drawings.svg(name, theme))
    _, _, width, height = map(float, root.get("viewBox", "").split())
    for shape in (element for element in root if element.tag == f"{SVG}path" and " A" not in element.get("d", "")):
        for x, y in re.findall(r"(-?[\d.]+),(-?[\d.]+)", shape.get("d", "")):
            assert 0 <= float(x) <= width
            assert 0 <= float(y) <= height


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_colours_stand_out_from_the_page(theme):
    colours, page = PALETTES[theme], BACKGROUND[theme]
    assert contrast(colours.text, page) >= 4.5
    for mark in (colours.near, colours.far, colours.shirt, colours.shorts, colours.look, colours.gear, colours.quiet):
        assert contrast(mark, page) >= 3, mark
    for muscle in (colours.maximus, colours.medius, colours.minimus, colours.tensor):
        assert contrast(colours.on_muscle, muscle) >= 4.5


def test_every_drawing_says_in_words_what_it_shows():
    assert all(len(drawings.alt(name)) > 60 for name in drawings.names())


def test_every_main_exercise_has_a_drawing_under_its_slug():
    assert {item.slug for item in exercises() if item.block == "main"} <= set(drawings.names())


def test_an_unknown_drawing_is_named():
    with pytest.raises(drawings.UnknownDrawingError, match=r"'burpee'.*pelvis-drop"):
        drawings.svg("burpee", "light")
    with pytest.raises(drawings.UnknownDrawingError, match="burpee"):
        drawings.alt("burpee")


@pytest.mark.parametrize("body", BODIES.values(), ids=BODIES)
def test_limbs_have_one_length_left_and_right_in_every_pose(body: Body):
    for leg in (body.left_leg, body.right_leg):
        assert length(leg.hip, leg.knee) == pytest.approx(THIGH)
        assert length(leg.knee, leg.ankle) == pytest.approx(SHANK)
    for arm in (body.left_arm, body.right_arm):
        assert length(arm.shoulder, arm.elbow) == pytest.approx(UPPER_ARM)
        assert length(arm.elbow, arm.hand) == pytest.approx(FOREARM)
    assert length(body.trunk.pelvis, body.trunk.chest) == pytest.approx(TRUNK)
    assert length(body.trunk.left_hip, body.trunk.right_hip) == pytest.approx(2 * HIP_HALF_WIDTH)
    assert length(body.trunk.left_shoulder, body.trunk.right_shoulder) == pytest.approx(2 * SHOULDER_HALF_WIDTH)


@pytest.mark.parametrize("body", BODIES.values(), ids=BODIES)
def test_limbs_hang_on_the_trunk_and_nothing_is_under_the_floor(body: Body):
    assert (body.left_leg.hip, body.right_leg.hip) == (body.trunk.left_hip, body.trunk.right_hip)
    assert body.left_arm.shoulder == body.trunk.left_shoulder
    assert body.right_arm.shoulder == body.trunk.right_shoulder
    for leg in (body.left_leg, body.right_leg):
        assert all(point.y > 2 for point in (leg.knee, leg.ankle, leg.heel, leg.toe))


@pytest.mark.parametrize(
    ("start", "end"),
    [
        (poses.before_squat().right_leg, poses.squatting().right_leg),
        (poses.before_squat().right_leg, poses.squatting(inward=0.5, pelvis_tip=5, shift=2).right_leg),
        (poses.bridging(False).left_leg, poses.bridging(True).left_leg),
        (poses.hinging(False).right_leg, poses.hinging(True).right_leg),
        (poses.split_squatting(False).right_leg, poses.split_squatting(True).right_leg),
        (poses.hanging_split_squat(False).right_leg, poses.hanging_split_squat(True).right_leg),
        (poses.side_lunging(False).right_leg, poses.side_lunging(True).right_leg),
    ],
)
def test_a_standing_foot_does_not_slide(start, end):
    assert (start.ankle, start.heel, start.toe) == (end.ankle, end.heel, end.toe)


def test_the_rear_foot_of_the_split_squat_turns_on_its_ball():
    start, end = (poses.split_squatting(low).left_leg.toe for low in (False, True))
    assert length(start, end) == pytest.approx(0, abs=1e-9)


def test_the_fault_is_on_the_inner_side_of_the_big_toe_and_the_good_squat_is_over_the_foot():
    half_a_foot = 5.0
    good, fault = poses.squatting().right_leg, poses.squatting(inward=0.5, pelvis_tip=5, shift=2).right_leg
    assert abs(good.knee.x - good.toe.x) < half_a_foot
    assert fault.knee.x > fault.toe.x + half_a_foot  # the right leg's inner side is towards +x


def test_the_dropped_pelvis_is_lower_on_the_free_side():
    assert poses.standing().trunk.left_hip.y == poses.standing().trunk.right_hip.y
    dropped = poses.standing(pelvis_tip=11).trunk
    assert dropped.left_hip.y < dropped.right_hip.y - 3


def test_turning_points_are_the_ones_the_article_describes():
    bridge = poses.bridging(lifted=True)
    assert bend(bridge.trunk.chest, bridge.trunk.pelvis, bridge.right_leg.knee.plus(Point(9, 0, 0))) > 0.999
    assert abs(bend(bridge.right_leg.hip, bridge.right_leg.knee, bridge.right_leg.ankle)) < 0.1  # 90 degrees
    for lunge in (poses.split_squatting(low=True), poses.hanging_split_squat(low=True)):
        thigh = lunge.right_leg.knee.minus(lunge.right_leg.hip).unit()
        assert abs(thigh.y) < 0.2  # near parallel with the floor
    hinge = poses.hinging(low=True)
    assert hinge.right_arm.hand.y < hinge.right_leg.knee.y + 5  # the weight below it is at or under the knee
    slide = poses.side_lunging(low=True).left_leg
    assert bend(slide.hip, slide.knee, slide.ankle) > 0.97  # the sliding leg is straight


@given(
    st.floats(-1, 1),
    st.floats(-1, 1),
    st.floats(5, 82),
)
def test_a_joint_between_two_ends_keeps_both_segments(x, z, reach):
    end = Point(x, -2, z).unit()
    end = Point(end.x * reach, end.y * reach, end.z * reach)
    knee = middle_joint(Point(0, 0, 0), end, THIGH, SHANK, FORWARD)
    assert length(Point(0, 0, 0), knee) == pytest.approx(THIGH)
    assert length(knee, end) == pytest.approx(SHANK)
    assert knee.z >= end.z / 2 - SHANK


def test_ends_out_of_reach_are_refused():
    with pytest.raises(ValueError, match=r"84\.0 apart"):
        middle_joint(Point(0, 0, 0), Point(0, -84, 0), THIGH, SHANK, FORWARD)
