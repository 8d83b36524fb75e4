"""Doing something to the diary from a page: what went wrong in words, what went right as a line with an undo."""

from collections.abc import Callable
from typing import Protocol, TypeVar

import streamlit as st

from data.errors import InvalidEntryError, PlumblineError
from ui import inputs, resumed
from ui.diary import Diary

_DONE = "done"  # session key: the last thing done, shown once after the rerun
_ERASED = "erased"  # session key: a deleted diary, while the tab is open
_FORM = "form-"  # session keys: how often each form of this tab was saved
_UNDO = "undo"  # session key: how to take it back
_WHOSE = "undo-diary"  # session key: in whose diary that was

_Held = TypeVar("_Held")


class _Undoable(Protocol):
    @property
    def undo_id(self) -> int | None: ...


_Made = TypeVar("_Made", bound=_Undoable)


def attempt(action: Callable[[], object]) -> bool:
    """Run a write; True when it is saved. Otherwise say every problem here, and leave what was typed as it is."""
    try:
        action()
    except InvalidEntryError as error:
        for problem in error.problems:
            st.error(inputs.unlinked(problem.message), icon=":material/error:")
        return False
    except PlumblineError as error:
        st.error(inputs.unlinked(str(error)), icon=":material/error:")
        return False
    return True


def version(form: str) -> str:
    """The key of a form in this tab: another one after the form was saved here, and only then.

    Were it made of what is stored, a save on the phone would silently drop what is being typed on the laptop.
    """
    return f"{form}-{st.session_state.setdefault(f'{_FORM}{form}', resumed.version(form))}"


def held(version: str, name: str, read: Callable[[], _Held]) -> _Held:
    """What `read` answered when this tab began to fill the form, read once: it stays put while other tabs save."""
    key = f"{version}-{name}"
    if key not in st.session_state:
        st.session_state[key] = read()
    kept: _Held = st.session_state[key]
    return kept


def save(action: Callable[[], _Made], done: str | Callable[[_Made], str], form: str | None = None) -> None:
    """Run a write and, when it is saved, draw the page again with `done` on top and an undo where something went.
    `done` may be made of what the write answered."""

    def run() -> None:
        made = action()
        said = done if isinstance(done, str) else done(made)
        st.session_state[_UNDO] = None if made.undo_id is None else (made.undo_id, said, form)
        st.session_state[_DONE] = said
        if form is not None:
            begin_again(form)

    if attempt(run):
        st.rerun()


def begin_again(form: str) -> None:
    """The form is filled from what is stored the next time it is drawn; what was typed in it goes."""
    st.session_state[f"{_FORM}{form}"] += 1


def announce(done: str, begins: str | None = None) -> None:
    """Draw the page again with `done` on top. Forms whose name starts with `begins` begin again; all others keep what
    is typed in them."""
    for key in [key for key in st.session_state if begins is not None and str(key).startswith(f"{_FORM}{begins}")]:
        st.session_state[key] += 1
    st.session_state[_DONE] = done
    st.session_state[_UNDO] = None
    st.rerun()


def last_done(diary: Diary) -> None:
    """The line on top of the page: what was just done, once, with its undo."""
    done = st.session_state.pop(_DONE, None)
    if done:
        st.toast(done, icon=":material/check:")
    if st.session_state.get(_WHOSE) != diary.runner.id:
        st.session_state.update({_WHOSE: diary.runner.id, _UNDO: None})
    if st.session_state.get(_UNDO) is None:
        return
    undo_id, what, form = st.session_state[_UNDO]
    with st.container(horizontal=True, vertical_alignment="center"):
        st.caption(what, width="content")  # the button beside it, or the toast lies over it
        pressed = st.button("Undo", key="undo-last", icon=":material/undo:", type="tertiary")
        if pressed and attempt(lambda: diary.undo(undo_id)):
            announce("Undone.", form)


def delete_button(diary: Diary, kind: str, row_id: int, label: str, form: str | None = None) -> None:
    """A line with its delete button, which asks first; what went can be brought back by the undo on top."""
    with st.container(horizontal=True, horizontal_alignment="distribute", vertical_alignment="center"):
        st.markdown(label)
        with st.popover("Delete", type="tertiary", key=f"delete-{kind}-{row_id}"):
            st.markdown(f"Delete **{label}**? You can undo it.")
            if st.button("Delete", key=f"really-delete-{kind}-{row_id}", type="primary"):
                save(lambda: diary.delete(kind, row_id), f"Deleted: {label}.", form)


def erase(diary: Diary) -> None:
    """Delete the whole diary; what was in it is held in this browser tab alone, until it is closed."""

    def run() -> None:
        st.session_state[_ERASED] = (diary.runner.id, diary.erase())

    if attempt(run):
        announce("Everything is deleted.", "")


def undo_erase(diary: Diary) -> None:
    """Bring a deleted diary back, while the tab in which it was deleted is open."""
    runner_id, payload = st.session_state.get(_ERASED, (None, None))
    if runner_id != diary.runner.id or payload is None:
        return
    st.markdown("Your diary was deleted. Until you close or reload this tab, it can be brought back.")
    if st.button("Bring it back", icon=":material/undo:") and attempt(lambda: diary.restore(payload)):
        del st.session_state[_ERASED]
        announce("Your diary is back.", "")
