"""What a plan has to fit: equipment, experience, and what speaks against exercises."""

from collections.abc import Collection
from typing import Any, Final

import streamlit as st

from data.errors import InvalidEntryError, Problem
from guides.catalogue import conditions
from guides.starting_plan import equipment_words
from ui import inputs, plan_parts, saving
from ui.diary import Diary, Values

_EXPERIENCE: Final = {
    "new": "New to it",
    "some": "Some experience",
    "regular": "I train strength regularly",
}
_NONE: Final = "None of these"
_LISTS: Final = {"equipment": "equipment", "contraindications": "what hurts or is healing"}
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
        said = {
            "equipment": _newest(equipment, now.equipment),
            "experience": experience,
            "contraindications": _newest(ticked, now.contraindications),
        }
        if saving.attempt(lambda: _check(said)):
            profile = _profile(said)
            saving.save(lambda: diary.save_profile(profile), _done(diary, profile), form)


def _done(diary: Diary, profile: Values) -> str:
    """What a save does to the plan, for the line on top of the page."""
    lost = plan_parts.losses(*diary.plan_for(plan_parts.circumstances_of(profile)))
    return f"Saved. {lost or 'The proposed plan fits it.'}"


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


def _newest(chosen: list[str], stored: Collection[str] | None) -> list[str]:
    """'None of these' that stood there from before gives way to what is chosen now."""
    had_none = stored is not None and not stored
    return [word for word in chosen if word != _NONE] if had_none and len(chosen) > 1 else chosen


def _check(said: Values) -> None:
    """Raises InvalidEntryError with what cannot be meant."""
    if not any(said.values()):
        raise InvalidEntryError([Problem("", "Nothing is answered yet. Answer at least one question, then save.")])
    mixed = [name for name in _LISTS if _NONE in said[name] and len(said[name]) > 1]
    if mixed:
        raise InvalidEntryError([Problem(name, _contradiction(_LISTS[name])) for name in mixed])


def _profile(said: Values) -> dict[str, Any]:
    """The answers as they are stored: none is an empty list, not answered is None."""
    chosen = {name: [word for word in said[name] if word != _NONE] if said[name] else None for name in _LISTS}
    return {**said, **chosen}


def _contradiction(about: str) -> str:
    return f"Under {about} you chose '{_NONE}' and something else. Take one of the two away."
