"""What a plan has to fit: equipment, experience, and what speaks against exercises."""

from collections.abc import Collection, Mapping
from typing import Any, Final

import streamlit as st

from data.errors import InvalidEntryError, Problem
from guides.catalogue import conditions, exercise
from guides.starting_plan import equipment_words
from ui import inputs, saving
from ui.diary import Diary

_EXPERIENCE: Final = {
    "new": "New to it",
    "some": "Some experience",
    "regular": "I train strength regularly",
}
_NONE: Final = "None of these"
_CALLED: Final = {"roller": "roller or ball"}  # either does what the guides ask of a roller


def show(diary: Diary) -> None:
    """The form. A question left open stays not asked; to have none is an answer of its own."""
    form = f"profile-{diary.runner.id}"
    version, now = saving.version(form), diary.circumstances()
    with st.form(version, border=False):
        equipment = _equipment(version, now.equipment)
        st.session_state.setdefault(f"{version}-experience", now.experience)
        experience = st.segmented_control(
            "Strength training", list(_EXPERIENCE), key=f"{version}-experience", format_func=_EXPERIENCE.__getitem__
        )
        ticked = _conditions(version, now.contraindications)
        st.caption("What you leave open counts as not answered, and the plan says what it does not know.")
        sent = st.form_submit_button("Save this about me")
    if sent:
        said = {"equipment": equipment, "experience": experience, "contraindications": ticked}
        saving.save(lambda: diary.save_profile(_profile(said)), _done(diary, ticked), form)


def _done(diary: Diary, ticked: Collection[str]) -> str:
    """What a save does to the plan, for the line on top of the page."""
    planned = diary.plan_on(diary.next_day())["exercise"]
    gone = ", ".join(exercise(slug).name for slug in diary.spoken_against(planned, ticked))
    return f"Saved. Left out of your plan: {gone}." if gone else "Saved. The proposed plan fits it."


def _equipment(version: str, stored: Collection[str] | None) -> list[str]:
    """The words chosen, `_NONE` among them."""
    key = f"{version}-equipment"
    st.session_state.setdefault(key, _words(stored, equipment_words()))
    return st.pills(
        "Equipment you have",
        [*equipment_words(), _NONE],
        selection_mode="multi",
        key=key,
        format_func=_called,
    )


def _called(word: str) -> str:
    return inputs.sentence(_CALLED.get(word, word))


def _conditions(version: str, stored: Collection[str] | None) -> list[str]:
    """The keys ticked, `_NONE` among them: a list that stands open, because one that unfolds over the button that
    saves takes the thumb's next tap for itself."""
    meant = {found.key: f"**{found.label}.** {found.meaning}" for found in conditions()} | {_NONE: f"**{_NONE}**"}
    chosen = _words(stored, meant)
    st.markdown("What hurts or is healing")
    st.caption("A plan proposed to you never holds an exercise that one of these speaks against.")
    for key in meant:
        st.session_state.setdefault(f"{version}-ticked-{key}", key in chosen)
    return [key for key, label in meant.items() if st.checkbox(label, key=f"{version}-ticked-{key}")]


def _words(stored: Collection[str] | None, known: Collection[str]) -> list[str]:
    """What was stored as the form shows it, in the order of its list and without words that are no longer on it."""
    return [_NONE] if stored is not None and not stored else [word for word in known if word in (stored or ())]


def _profile(said: Mapping[str, Any]) -> dict[str, Any]:
    """The answers as they are stored: none is an empty list, not answered is None. Raises InvalidEntryError."""
    if not any(said.values()):
        raise InvalidEntryError([Problem("", "Nothing is answered yet. Answer at least one question, then save.")])
    lists = {"equipment": "equipment", "contraindications": "what hurts or is healing"}
    mixed = [name for name in lists if _NONE in said[name] and len(said[name]) > 1]
    if mixed:
        raise InvalidEntryError([Problem(name, _contradiction(lists[name])) for name in mixed])
    return dict(said) | {name: [word for word in said[name] if word != _NONE] if said[name] else None for name in lists}


def _contradiction(about: str) -> str:
    return f"Under {about} you chose '{_NONE}' and something else. Take one of the two away."
