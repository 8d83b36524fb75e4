"""A coach's notes on the chosen runner: what there is, one more, and who reads it."""

from typing import Final

import streamlit as st

from data.notes import Right
from data.sharing_schema import MAX_NOTE
from ui import coach_notes, panels, saving
from ui.diary import Diary
from ui.rows import Row, rows
from ui.squad import Squad

_IN_SIGHT: Final = 3
_SEEN: Final = "This runner reads it on their {page} page."
_HIDDEN: Final = "Only you see it"


def show(squad: Squad, diary: Diary) -> None:
    """The notes on one runner, newest first, and the form for another."""
    right = squad.note_right(diary.runner.id)
    st.markdown("#### Notes")
    if right == "none":
        st.markdown("This runner has not agreed that you keep notes on them. They can say so where they share.")
        return
    with panels.readable():
        found = rows(squad.notes_on(diary.runner.id))
        for note in found[:_IN_SIGHT]:
            _note(squad, diary, note)
        if earlier := found[_IN_SIGHT:]:
            with st.expander(f"Earlier notes ({len(earlier)})", icon=":material/history:"):
                for note in earlier:
                    _note(squad, diary, note)
        if not found:
            st.caption("No notes on this runner yet.")
        _form(squad, diary, right)


def _note(squad: Squad, diary: Diary, note: Row) -> None:
    with st.container(gap=None):
        with st.container(horizontal=True, horizontal_alignment="distribute", vertical_alignment="center"):
            seen = "" if note["shown"] else f" · {_HIDDEN.lower()}"
            st.caption(f"{coach_notes.day(note['at'], diary.zone)}{seen}")
            with st.popover("Delete", type="tertiary", key=f"delete-note-{note['id']}"):
                st.markdown("Delete this note? It cannot be brought back.")
                pressed = st.button("Delete the note", key=f"really-delete-note-{note['id']}", type="primary")
        st.text(note["text"])  # plain: a note is no markup
    if pressed and saving.attempt(lambda: squad.remove_note(note["id"])):
        saving.announce("Note deleted.")


def _form(squad: Squad, diary: Diary, right: Right) -> None:
    form = f"note-{squad.scope.coach_id}-{diary.runner.id}"
    version = saving.version(form)
    with st.form(version, border=False):
        text = st.text_area("Note something on this runner", max_chars=MAX_NOTE, key=f"{version}-text")
        hidden = right == "hidden too" and st.checkbox(_HIDDEN, key=f"{version}-hidden")
        # By a personal link there is no Home.
        comes_by_link = not squad.scope.is_own and not diary.runner.has_account
        seen = _SEEN.format(page="Sharing" if comes_by_link else "Home")
        st.caption(f"Unless you tick that. {seen}" if right == "hidden too" else seen)
        sent = st.form_submit_button("Save the note", icon=":material/edit_note:")
    if sent and saving.attempt(lambda: squad.add_note(diary.runner.id, text, diary.now, shown=not hidden)):
        saving.begin_again(form)
        saving.announce("Note saved.")
