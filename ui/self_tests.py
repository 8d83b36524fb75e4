"""Self-tests on the screen: stored rows as tests, the form, and the result in words."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, Final, Literal

import pandas as pd
import streamlit as st

from analysis.self_test import Reading, SelfTest, from_frame
from analysis.self_test_history import MEASURES, history
from charts.self_tests import self_test_history
from guides.catalogue import self_test
from ui import inputs, panels
from ui.diary import Diary
from ui.rows import rows

TASKS: Final = ("single-leg squat", "step-down")


def stored(sides: pd.DataFrame) -> list[SelfTest]:
    """Stored rows (one a side) as tests, newest first."""
    return list(reversed(from_frame(sides)))


def chosen_task() -> str:
    """Which test is taken; the usual one when the browser sends none (`required` is asked of it alone)."""
    chosen = st.segmented_control(
        "Which test", TASKS, default=TASKS[0], required=True, key="test-task", format_func=inputs.sentence
    )
    return chosen or TASKS[0]


def leg(side: Literal["left", "right"], task: str, form: str) -> dict[str, Any]:
    """What was seen on one leg: plain values, None where not answered."""
    key = f"{form}-test-{side}-{task}"
    st.markdown(f"#### {side.capitalize()} leg")
    answers: dict[str, Any] = {"side": side, "repetitions": inputs.whole("Repetitions", f"{key}-repetitions")}
    for question in self_test().questions:
        answers[question.key] = inputs.yes_no(question.question, f"{key}-{question.key}", explain=question.look_for)
    answers["pain"] = inputs.pain("Pain during the test", f"{key}-pain")
    with st.expander("More: the knee angle, if you measured it"):
        answers["degrees"] = st.number_input(
            "Frontal-plane projection angle in degrees",
            value=None,
            step=1.0,
            format="%.1f",
            key=f"{key}-degrees",
            placeholder="–",
            help="From a video at the lowest point: hip, knee, ankle. Positive means the knee is inside (valgus).",
        )
    return answers


def signs(form: str) -> dict[str, bool | None]:
    """The signs seen while running, each yes, no, or not answered."""
    guide = self_test()
    st.markdown("#### While you run")
    st.caption(guide.running_signs_note)
    return {
        sign.key: inputs.yes_no(sign.question, f"{form}-sign-{sign.key}", explain=sign.look_for)
        for sign in guide.running_signs
    }


def answered(values: Mapping[str, Any]) -> bool:
    """Whether anything was said about a leg."""
    return any(value is not None for name, value in values.items() if name != "side")


def saved(legs: Sequence[Mapping[str, Any]]) -> str:
    """What to say of a test that was saved: pain that is not entered is not none."""
    without = [str(leg["side"]) for leg in legs if leg["pain"] is None]
    if not without:
        return "Self-test saved."
    return f"Self-test saved. Pain is not entered for the {' and the '.join(without)} leg."


def both_legs(words: Reading) -> None:
    """What the test says of each leg, side by side, and of the two beside each other."""
    for column, heading, sentences in zip(
        st.columns(2, gap="medium"), ("Left", "Right"), (words.left, words.right), strict=True
    ):
        with column:
            st.markdown(f"**{heading}**")
            panels.bullets(sentences)
    panels.bullets((*words.sides, *words.change, *words.care))


def named(test_day: date, task: str) -> str:
    """'12 August 2026, single-leg squat'."""
    return f"{test_day:%-d %B %Y}, {task}"


def histories(found: list[SelfTest], theme: Literal["light", "dark"]) -> None:
    """Left and right over time for the task of the latest test, one measure at a time, with the measurement error."""
    task = found[0].task
    drawn = {measure: history(found, task, measure) for measure in MEASURES}
    known = [measure for measure, values in drawn.items() if values.left or values.right]
    if len(found) < 2 or not known:
        return
    st.markdown(f"#### Your tests over time: {task}")
    measure = st.segmented_control(
        "Measure", known, default=known[0], required=True, key="test-measure", format_func=MEASURES.__getitem__
    )
    panels.chart(self_test_history(drawn[measure or known[0]], theme), "test-history")


def latest_signs(diary: Diary) -> None:
    """The signs that were last seen while running, each as answered."""
    latest = next(iter(rows(diary.signs())), None)
    if latest is None:
        return
    words = {True: "yes", False: "no", None: "not answered"}
    st.markdown(f"**While you run**, {latest['on_date']:%-d %B %Y}")
    panels.bullets(f"{sign.question}: {words[latest[sign.key]]}" for sign in self_test().running_signs)
