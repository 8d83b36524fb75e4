"""What a plan has to fit: equipment, experience, and what speaks against exercises."""

from collections.abc import Collection
from typing import Final

import streamlit as st

from guides.catalogue import conditions
from guides.starting_plan import NOT_ASKED, equipment_words
from ui import inputs, plan_parts, saving
from ui.diary import Diary, Values

_EXPERIENCE: Final = {
    "new": "New to it",
    "some": "Some experience",
    "regular": "I train strength regularly",
}


def show(diary: Diary) -> None:
    """The form; nothing chosen is an answer of its own once it is saved."""
    form = f"profile-{diary.runner.id}"
    version, now = saving.version(form), diary.circumstances()
    known = {condition.key: condition for condition in conditions()}
    st.session_state.setdefault(f"{version}-equipment", _still(now.equipment, equipment_words()))
    st.session_state.setdefault(f"{version}-experience", now.experience)
    st.session_state.setdefault(f"{version}-ticked", _still(now.contraindications, known))
    with st.form(version, border=False):
        equipment = st.pills(
            "Equipment you have",
            equipment_words(),
            selection_mode="multi",
            key=f"{version}-equipment",
            format_func=inputs.sentence,
        )
        experience = st.segmented_control(
            "Strength training", list(_EXPERIENCE), key=f"{version}-experience", format_func=_EXPERIENCE.__getitem__
        )
        ticked = st.multiselect(
            "What hurts or is healing",
            list(known),
            key=f"{version}-ticked",
            format_func=lambda key: f"{known[key].label}: {known[key].meaning}",
            placeholder="Choose all that apply",
            help="A plan proposed to you never holds an exercise that one of these speaks against.",
        )
        if now == NOT_ASKED:
            st.caption("What you leave empty when you save counts as none.")
        sent = st.form_submit_button("Save this about me")
    if sent:
        profile = {"equipment": equipment, "experience": experience, "contraindications": ticked}
        saving.save(lambda: diary.save_profile(profile), _done(diary, profile), form)


def _done(diary: Diary, profile: Values) -> str:
    """What a save does to the plan, for the line on top of the page."""
    return f"Saved. {plan_parts.losses(*diary.plan_for(profile)) or 'The proposed plan fits it.'}"


def _still(chosen: Collection[str] | None, known: Collection[str]) -> list[str]:
    """Of what was stored, the words that are still on the list, in its order."""
    return [word for word in known if word in (chosen or ())]
