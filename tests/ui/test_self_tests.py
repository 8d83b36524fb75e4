"""Stored rows, one a side, as tests of both legs."""

import pandas as pd

from analysis.self_test import SideResult
from ui import self_tests as self_tests

ROW = {
    "id": 1,
    "on_date": pd.Timestamp("2026-03-02"),
    "task": "single-leg squat",
    "side": "left",
    "repetitions": 8.0,
    "knee_inside": True,
    "pelvis_level": pd.NA,
    "trunk_upright": False,
    "steady": pd.NA,
    "pain": 2.0,
    "degrees": 11.5,
}


def frame(*rows):
    flags = dict.fromkeys(("knee_inside", "pelvis_level", "trunk_upright", "steady"), "boolean")
    return pd.DataFrame(rows, columns=list(ROW)).astype(flags)


def test_a_side_keeps_its_answers_and_what_is_unknown():
    (test,) = self_tests.stored(frame(ROW))
    assert test.left == SideResult(reps=8, knee_inside=True, trunk_upright=False, pain=2, degrees=11.5)
    assert test.right == SideResult()


def test_two_sides_are_one_test_and_the_order_stays():
    right = {**ROW, "side": "right", "repetitions": 10.0}
    later = {**ROW, "id": 2, "on_date": pd.Timestamp("2026-03-04")}
    tests = self_tests.stored(frame(later, ROW, right))
    assert [(test.on.day, test.left.reps, test.right.reps) for test in tests] == [(4, 8, None), (2, 8, 10)]


def test_no_tests():
    assert self_tests.stored(frame()) == []


def test_whether_anything_was_said_of_a_leg():
    assert not self_tests.answered({"side": "left", "repetitions": None, "knee_inside": None})
    assert self_tests.answered({"side": "left", "repetitions": 0})
    assert self_tests.answered({"side": "left", "knee_inside": False})
