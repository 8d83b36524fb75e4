"""One guide as a component: the same beside a chart, in the log and on its own page."""

from collections.abc import Sequence
from typing import Literal

import streamlit as st

from guides import drawings
from guides.catalogue import shared_advice
from guides.schema import Block, Exercise, Page
from ui import drawing, panels

Theme = Literal["light", "dark"]


def card(exercise: Exercise, theme: Theme, why: str | None = None, block: Block | None = None) -> None:
    """The short form: what it is, dose, steps, cues; the rest folded, and the way to the whole guide."""
    with st.container(border=True):
        st.markdown(f"#### {exercise.name}")
        if why:
            st.caption(why)
        st.markdown(exercise.summary)
        if exercise.slug in drawings.names():
            drawing.show(exercise.slug, theme)
        st.markdown(f"**Dose:** {exercise.dose_text(block)}")
        _steps(exercise)
        with st.expander("Faults, easier, harder, when not to"):
            _variants(exercise)
        st.page_link("../pages/guides.py", label="Open the guide", query_params={"guide": exercise.slug})


def short(exercise: Exercise) -> None:
    """A few lines: name, dose, first cues, and the way to the whole guide."""
    st.markdown(f"**{exercise.name}** {exercise.dose_text()}")
    panels.bullets(exercise.cues[:2])
    st.page_link("../pages/guides.py", label="Open the guide", query_params={"guide": exercise.slug})


def whole(exercise: Exercise, theme: Theme) -> None:
    """Everything the guide says."""
    st.markdown(f"## {exercise.name}")
    st.markdown(exercise.summary)
    steps, facts = st.columns([3, 2], gap="large")
    with steps:
        if exercise.slug in drawings.names():
            drawing.show(exercise.slug, theme)
        st.markdown("#### How to do it")
        _steps(exercise)
        _variants(exercise)
    with facts, st.container(border=True):
        _facts(exercise)
    st.markdown("#### What is known")
    panels.evidence(exercise.evidence)


def _steps(exercise: Exercise) -> None:
    st.markdown("\n".join(f"{number}. {step}" for number, step in enumerate(exercise.steps, 1)))
    st.markdown("**Cues**")
    panels.bullets(exercise.cues)


def _variants(exercise: Exercise) -> None:
    parts = {
        "Common faults": exercise.faults,
        "Easier": exercise.easier,
        "Harder": exercise.harder,
        "When not to, or adapt": exercise.avoid,
    }
    for heading, sentences in parts.items():
        if sentences:
            st.markdown(f"**{heading}**")
            panels.bullets(sentences)


def _facts(exercise: Exercise) -> None:
    st.markdown(f"**Dose**  \n{exercise.dose_text()}")
    if exercise.main_dose:
        st.markdown(f"**As a main exercise**  \n{exercise.dose_text('main')}")
    for label, span in (("Rest", exercise.dose.rest_seconds), ("Tempo", exercise.dose.tempo)):
        if span:
            st.markdown(f"**{label}**  \n{span}{' seconds' if label == 'Rest' else ''}")
    if exercise.dose.note:
        st.caption(exercise.dose.note)
    st.caption(f"Source of the dose: {exercise.dose.source}")
    st.markdown(f"**Equipment**  \n{', '.join(exercise.equipment) or 'None'}")
    st.markdown(f"**What it trains**  \n{', '.join(exercise.trains.primary)}")
    st.markdown(f"**Gluteus medius**  \n{exercise.trains.gluteus_medius}. {exercise.trains.note}")
    st.markdown("**Stop**")
    panels.bullets(shared_advice().stop_rule)


def overview(all_exercises: Sequence[Exercise], anatomy: Page) -> None:
    """Every guide with one sentence: the exercises, the warm-up, and why."""
    st.markdown("#### Why the hip")
    _tile("anatomy", anatomy.title, anatomy.summary)
    for heading, block in (("Main exercises", "main"), ("Warm-up: release, then activate", "warm-up")):
        st.markdown(f"#### {heading}")
        with st.container(horizontal=True):
            for exercise in all_exercises:
                if exercise.block == block:
                    _tile(exercise.slug, exercise.name, exercise.summary)


def _tile(slug: str, name: str, summary: str) -> None:
    with st.container(border=True, width=360):
        st.markdown(f"**{name}**")
        st.markdown(summary)
        st.page_link("../pages/guides.py", label="Open", query_params={"guide": slug})


def page(shown: Page, theme: Theme) -> None:
    """A page of sections with drawings and sources."""
    st.markdown(f"## {shown.title}")
    st.markdown(shown.summary)
    for section in shown.sections:
        st.markdown(f"#### {section.heading}")
        if section.drawing:
            drawing.show(section.drawing, theme)
        for paragraph in section.text:
            st.markdown(paragraph)
        panels.evidence(section.evidence)
