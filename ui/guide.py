"""One guide as a component: the same beside a chart, in the log and on its own page."""

from collections.abc import Callable, Iterable
from typing import Final

import streamlit as st

from guides import drawings
from guides.catalogue import conditions, shared_advice
from guides.catalogue import exercise as by_slug
from guides.schema import Block, Dose, Exercise, Page, Progression
from ui import drawing, nav, panels, videos
from ui.diary import Diary
from ui.drawing import Theme

ADDRESS: Final = "guide"  # the query parameter that opens a guide
ANATOMY: Final = "anatomy"  # its value for the page about the muscles


def card(
    exercise: Exercise, diary: Diary, why: str | None = None, block: Block | None = None, asks: str | None = None
) -> None:
    """The short form: what it is, what the plan asks or else the usual dose, steps, cues; the rest folded, and the way
    to the whole guide."""
    with st.container(border=True):
        st.markdown(f"#### {exercise.name}")
        if why:
            st.caption(why)
        st.markdown(exercise.summary)
        drawing.show(exercise.slug, diary.theme, "card")
        videos.players(diary, exercise, "card")
        st.markdown(f"**Your plan:** {asks}" if asks else f"**Dose:** {exercise.dose_text(block)}")
        _steps(exercise)
        with st.expander("Faults, easier, harder, when not to"):
            _variants(exercise, diary.theme, _link)
        _link("Open the guide", exercise)


def beside(exercise: Exercise, diary: Diary) -> None:
    """Next to the sets being logged: the movement and two cues, the rest folded. The name stands above already."""
    drawing.picture(exercise.slug, diary.theme)
    panels.bullets(exercise.cues[:2])
    videos.players(diary, exercise, "beside")
    with st.expander("Steps, faults, easier, harder"):
        _steps(exercise)
        _variants(exercise, diary.theme, _link)
        _link("Open the guide", exercise)


def whole(exercise: Exercise, diary: Diary) -> None:
    """Everything the guide says, and the reader's own videos of it."""
    theme = diary.theme
    st.markdown(f"## {exercise.name}")
    st.markdown(exercise.summary)
    steps, facts = st.columns([3, 2], gap="large")
    with steps:
        drawing.show(exercise.slug, theme, "whole")
        videos.show(diary, exercise)
        st.markdown("#### How to do it")
        _steps(exercise)
        _variants(exercise, theme, open_here)
    with facts, st.container(border=True):
        _facts(exercise)
    st.markdown("#### What is known")
    panels.evidence(exercise.evidence)


def _steps(exercise: Exercise) -> None:
    st.markdown("\n".join(f"{number}. {step}" for number, step in enumerate(exercise.steps, 1)))
    panels.bullets(exercise.cues, heading="Cues")


def _variants(exercise: Exercise, theme: Theme, way: Callable[[str, Exercise], None]) -> None:
    """What goes wrong, the steps down and up, and when to leave it out; `way` opens another guide."""
    panels.bullets(exercise.faults, heading="Common faults")
    for fault in drawings.faults_of(exercise.slug):
        drawing.picture(fault, theme)
    panels.bullets(exercise.easier, heading="Easier")
    _guides("Easier", exercise.easier_guides, way)
    if exercise.progressions or exercise.harder_guides:
        st.markdown("**Harder**")
    for step in exercise.progressions:
        _progression(step, theme)
    _guides("Harder", exercise.harder_guides, way)
    panels.bullets(exercise.avoid, heading="When not to, or adapt")
    coaching = shared_advice().coaching
    st.caption(f"{coaching.statement} {panels.attribution(coaching.source, coaching.status)}")


def _progression(step: Progression, theme: Theme) -> None:
    labels = {condition.key: condition.label for condition in conditions()}
    limits = {"Needs": step.needs, "Not with": [labels[key] for key in step.not_with]}
    small = " ".join(f"{word}: {'; '.join(things)}." for word, things in limits.items() if things)
    st.markdown(f"- {step.name}: {step.text}{f' :small[{small}]' if small else ''}")
    if step.figure:
        drawing.picture(step.figure, theme)


def _guides(how: str, slugs: Iterable[str], way: Callable[[str, Exercise], None]) -> None:
    """The way to exercises that are a step down or up from this one."""
    for slug in slugs:
        way(f"{how}: {by_slug(slug).name}", by_slug(slug))


def _link(label: str, exercise: Exercise) -> None:
    """From another page to the guide."""
    nav.link("guides", label, query={ADDRESS: exercise.slug})


def open_here(label: str, found: Exercise | Page) -> None:
    """From a guide, or the list of them, to another one: a link to the page that is open already would leave the
    browser's address as it is, and its way back too."""
    slug = found.slug if isinstance(found, Exercise) else ANATOMY
    st.button(label, key=f"open-{slug}-{label}", type="tertiary", on_click=_to_address, args=(slug,))


def _to_address(slug: str) -> None:
    st.query_params[ADDRESS] = slug


def _facts(exercise: Exercise) -> None:
    if exercise.main_dose:
        _dose("Dose as a main exercise", exercise.dose_text("main"), exercise.main_dose)
        _dose("Dose as a warm-up", exercise.dose_text(), exercise.dose)
    else:
        _dose("Dose", exercise.dose_text(), exercise.dose)
    if exercise.sides == "each":
        st.caption(shared_advice().sides)
    st.markdown(f"**Equipment**  \n{_equipment(exercise)}")
    if exercise.equipment_note:
        st.caption(exercise.equipment_note)
    st.markdown(f"**Level**  \n{exercise.level}")
    st.markdown(f"**What it trains**  \n{', '.join(exercise.trains.primary)}")
    st.markdown(f"**Gluteus medius**  \n{exercise.trains.gluteus_medius}. {exercise.trains.note}")
    st.markdown("**Stop**")
    panels.stop_rule()


def _dose(heading: str, amount: str, dose: Dose) -> None:
    """How much, how, and who says so."""
    st.markdown(f"**{heading}**  \n{amount}")
    for label, span in (("Rest", dose.rest_seconds and f"{dose.rest_seconds} seconds"), ("Tempo", dose.tempo)):
        if span:
            st.markdown(f"**{label}**  \n{span}")
    if dose.note:
        st.caption(dose.note)
    st.caption(f"Source of the dose: {panels.attribution(dose.source, dose.status)}")


def _equipment(exercise: Exercise) -> str:
    kinds = {"Needed": exercise.needs, "Helpful": exercise.helps}
    return ". ".join(f"{word}: {', '.join(things)}" for word, things in kinds.items() if things) or "None"


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
