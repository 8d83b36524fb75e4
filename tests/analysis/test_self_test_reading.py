from dataclasses import replace
from datetime import date

import pandas as pd
import pytest

from analysis.self_test import CONTROL, SelfTest, SideResult, angle_words, from_frame, previous, read, ticks_changed

GOOD = SideResult(knee_inside=False, pelvis_level=True, trunk_upright=True, steady=True)
INWARD = SideResult(knee_inside=True, pelvis_level=True, trunk_upright=True, steady=True)
POOR = SideResult(knee_inside=True, pelvis_level=False, trunk_upright=True, steady=False)
SQUAT = "single-leg squat"


def squat(left=GOOD, right=GOOD, on=date(2026, 8, 3), task=SQUAT):
    return SelfTest(on, task, left, right)


@pytest.mark.parametrize(
    ("left", "right", "headline"),
    [
        (GOOD, GOOD, "Both knees stayed over the foot."),
        (INWARD, INWARD, "Both knees moved inward."),
        (INWARD, GOOD, "The left knee moved inward; the right knee stayed over the foot."),
        (SideResult(), GOOD, "The left knee was not noted; the right knee stayed over the foot."),
        (SideResult(), SideResult(), "Where the knees went was not noted."),
    ],
)
def test_the_headline_is_what_was_seen(left, right, headline):
    assert read(squat(left, right)).headline == headline


def test_a_knee_that_moved_in_is_control_in_this_test():
    reading = read(squat(INWARD, GOOD))
    assert CONTROL in reading.left
    assert "control in this test" in CONTROL and "does not show that a muscle lacks strength" in CONTROL
    assert "fatigue" in CONTROL and "Ankle stiffness" in CONTROL
    assert CONTROL not in reading.right


def test_the_checklist_counts_yes_and_says_what_is_unknown():
    assert "3 of 4 ticks (our checklist, based on Crossley 2011)." in read(squat(INWARD)).left
    partly = SideResult(knee_inside=False, steady=False)
    assert "1 of 4 ticks, 2 not noted (our checklist, based on Crossley 2011)." in read(squat(partly)).left


def test_one_tick_apart_is_no_clear_difference():
    (line,) = read(squat(INWARD, GOOD)).sides
    assert "differ in 1 of 4 ticks" in line
    assert "no clear difference" in line and "0.68" in line and "0.58" in line


@pytest.mark.parametrize(
    ("both", "said"),
    [
        (SideResult(knee_inside=True, pelvis_level=True, trunk_upright=True, steady=True), "in all 4 points."),
        (SideResult(knee_inside=True, pelvis_level=True), "in the 2 points noted for both."),
        (SideResult(steady=False), "in the 1 point noted for both."),
    ],
)
def test_legs_that_are_alike_have_points_and_not_ticks_in_common(both, said):
    """With 3 of 4 ticks on each side, 'the same 4 ticks' would be wrong."""
    assert read(squat(both, both)).sides == (f"Left and right were rated alike {said}",)


def test_pain_that_was_not_entered_is_said_and_is_not_none():
    assert "Pain during the test was not entered." in read(squat(replace(GOOD, pain=None))).left
    assert "Pain during the test 0 of 10." in read(squat(replace(GOOD, pain=0))).left


def test_a_leg_with_pain_alone_has_no_ticks_to_count():
    assert read(squat(SideResult(pain=3))).left == ("The knee was not noted.", "Pain during the test 3 of 10.")


def test_a_leg_without_any_answer_says_so():
    assert read(squat(SideResult())).left == ("Nothing was entered for this leg.",)


def test_more_ticks_apart_is_a_reason_to_test_again():
    (line,) = read(squat(POOR, GOOD)).sides
    assert "differ in 3 of 4 ticks" in line
    assert "Test again" in line and "no clear" not in line


@pytest.mark.parametrize(("left", "right", "clear"), [(10, 18.9, False), (10, 19, True), (10, 10, False)])
def test_sides_in_degrees_against_the_error(left, right, clear):
    (line,) = read(squat(SideResult(degrees=left), SideResult(degrees=right))).sides
    assert ("no clear difference" in line) is not clear
    assert "±9 degrees" in line


def test_the_change_is_against_the_latest_earlier_test_of_the_same_task():
    others = [
        squat(on=date(2026, 5, 1)),
        squat(on=date(2026, 6, 1)),
        squat(on=date(2026, 7, 1), task="step-down"),
        squat(on=date(2026, 9, 1)),
    ]
    assert previous(squat(), others) == others[1]
    assert previous(squat(task="lateral"), others) is None
    assert read(squat(), others).change[0] == "Compared with your test on 1 June:"
    assert read(squat()).change == ()


def test_one_changed_tick_is_no_clear_change():
    change = read(squat(GOOD, GOOD), [squat(INWARD, GOOD, on=date(2026, 7, 1))]).change
    assert "1 tick gained, 0 lost" in change[1] and "no clear change" in change[1]
    assert change[2] == "Right: the same ticks."


def test_more_changed_ticks_may_be_a_change_or_only_technique():
    change = read(squat(GOOD, GOOD), [squat(POOR, GOOD, on=date(2026, 7, 1))]).change
    assert "3 ticks gained, 0 lost. This may be a change" in change[1]
    assert "better test technique" in change[1]


def test_a_tick_gained_and_one_lost_do_not_cancel_out():
    now = SideResult(knee_inside=False, pelvis_level=False, trunk_upright=True, steady=True)
    assert ticks_changed(now, INWARD) == (1, 1, 4)


def test_only_ticks_noted_both_times_are_compared():
    assert ticks_changed(GOOD, SideResult(steady=False)) == (1, 0, 1)
    assert read(squat(GOOD), [squat(SideResult(), SideResult(), on=date(2026, 7, 1))]).change == ()


@pytest.mark.parametrize(("now", "before", "clear"), [(8.1, 17, False), (8, 17, True), (17, 8, True), (12, 12, False)])
def test_degrees_change_only_beyond_the_error(now, before, clear):
    earlier = squat(SideResult(degrees=before), SideResult(), on=date(2026, 7, 1))
    change = read(squat(SideResult(degrees=now), SideResult()), [earlier]).change[1]
    assert ("no clear change" in change) is not clear


@pytest.mark.parametrize(
    ("degrees", "place"),
    [
        (-3, "typical of"),
        (8, "typical of"),
        (8.1, "upper typical"),
        (13, "upper typical"),
        (13.1, "larger than in most"),
    ],
)
def test_angle_bands_always_come_with_the_error(degrees, place):
    assert place in angle_words(degrees)
    assert "±9 degrees" in angle_words(degrees)


@pytest.mark.parametrize(("pain", "cares"), [(None, 0), (5, 0), (6, 1), (10, 1)])
def test_pain_above_five_is_a_reason_to_stop(pain, cares):
    reading = read(squat(right=SideResult(pain=pain)))
    assert len(reading.care) == cares
    if cares:
        assert f"Pain was {pain} of 10 on the right." in reading.care[0] and "clinician" in reading.care[0]


def test_from_the_stored_rows():
    rows = pd.DataFrame(
        {
            "on_date": pd.to_datetime(["2026-08-03", "2026-08-03", "2026-07-01"]),
            "task": [SQUAT] * 3,
            "side": ["right", "left", "left"],
            "repetitions": [5.0, float("nan"), 3.0],
            "knee_inside": pd.array([True, False, None], dtype="boolean"),
            "pelvis_level": pd.array([True, None, None], dtype="boolean"),
            "trunk_upright": pd.array([None, None, None], dtype="boolean"),
            "steady": pd.array([True, True, None], dtype="boolean"),
            "pain": [float("nan"), 2.0, float("nan")],
            "degrees": [11.4, float("nan"), float("nan")],
        }
    )
    assert from_frame(rows) == (
        SelfTest(date(2026, 7, 1), SQUAT, SideResult(reps=3), SideResult()),
        SelfTest(
            date(2026, 8, 3),
            SQUAT,
            SideResult(knee_inside=False, steady=True, pain=2),
            SideResult(reps=5, knee_inside=True, pelvis_level=True, steady=True, degrees=11.4),
        ),
    )
