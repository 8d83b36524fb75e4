"""Who is in the squad: the first steps, adding, renaming, and taking out without deleting anything."""

from typing import Final

import streamlit as st

from ui import panels, saving, session
from ui.squad import Squad

_KEPT: Final = "A runner who is taken out keeps the diary on this machine, and can be added again."
_ENDED: Final = "A runner who is taken out keeps the diary, shares nothing with you any more, and their links end."
_WORD: Final = "delete"
_HIDE: Final = "squad-hide-names"
_GIVE_UP: Final = "squad-give-up"  # the form's name


_OWN: Final = "You enter or import for a runner in their diary, which is a diary like your own."
_SHARED: Final = (
    "Each runner decides what you see, area by area, and may take it back at any time. They see when you looked."
)


def first_steps(squad: Squad) -> None:
    """An empty squad: what it is for, and a look at a simulated one."""
    where = "Keep the diaries of the runners you coach on this machine, and see" if squad.scope.is_own else "See"
    st.markdown(
        f"{where} on one board who asks for a look: whose pain rose, who ran much further than usual, who trains less, "
        "and who has not answered."
    )
    panels.bullets(
        (
            "Every runner is compared with their own weeks. Nobody is ranked by pain.",
            "What was not logged stays unknown. It is never counted as zero, and never as fine.",
            _OWN if squad.scope.is_own else _SHARED,
        )
    )
    st.markdown("Look around first? Twelve simulated runners show what a board tells. Your own squad stays empty.")
    if st.button("Open the demo squad", type="primary", icon=":material/science:"):
        with st.spinner("Making twelve simulated runners"):
            session.open_demo_squad()
            session.squad()
        st.rerun()


def simulated(squad: Squad) -> None:
    """Said above the board of the simulated squad."""
    if not squad.simulated:
        return
    session.keep_squad_in_address()
    with st.container(border=True, horizontal=True, vertical_alignment="center"):
        st.markdown(":material/science: **Simulated data.** These runners are made up: no real persons.")
        if st.button("Back to my own squad", key="close-demo-squad"):
            session.close_demo_squad()
            st.rerun()


def hide_names(squad: Squad) -> None:
    """For a presentation: letters in place of names, everywhere on the page."""
    st.toggle(
        "Hide names",
        value=squad.letters is not None,
        key=_HIDE,
        on_change=lambda: session.hide_names(hidden=st.session_state[_HIDE]),
        help="Runners are called by letters, drawn anew for each visit: in the table and its download, in charts and "
        "in words. A diary's own settings still show its name.",
    )


def manage(squad: Squad) -> None:
    """Add, rename, take out."""
    if squad.simulated:
        return
    if squad.letters is not None:
        st.caption(
            "Runners are added, renamed and taken out by name, and notes and plans may name somebody: show names again "
            "for that."
        )
        return
    st.markdown("#### Runners")
    with panels.readable():
        _add(squad)
        _admit(squad)
        if squad.members:
            _change(squad)
        if not squad.scope.is_own:
            _give_up(squad)


def _add(squad: Squad) -> None:
    version = saving.version("squad-add")
    with st.form(version, border=False):
        name = st.text_input("Name of the runner", max_chars=80, key=f"{version}-name")
        sent = st.form_submit_button("Add a runner", icon=":material/person_add:")
    if sent and saving.attempt(lambda: squad.add_runner(name)):
        saving.announce("Runner added.", "squad-add")


def _admit(squad: Squad) -> None:
    others = squad.others()
    if not others:
        return
    with st.expander("Add a diary that is on this machine already", icon=":material/person_search:"):
        chosen = st.selectbox("Diary", list(others), format_func=others.__getitem__)
        if st.button("Add this diary") and saving.attempt(lambda: squad.admit(chosen)):
            saving.announce("Runner added.")


def _change(squad: Squad) -> None:
    """One runner at a time: a row of buttons for each of 200 would be most of the page's time."""
    with st.expander("Rename a runner, or take one out of the squad", icon=":material/manage_accounts:"):
        names = squad.names
        runner = st.selectbox("Runner to change", list(names), format_func=names.__getitem__, key="squad-change")
        version = saving.version(f"squad-rename-{runner}")
        stored = next(member.name for member in squad.members if member.id == runner)
        new = st.text_input("New name", value=stored, max_chars=80, key=f"{version}-rename")
        if st.button("Save the name", icon=":material/edit:") and saving.attempt(lambda: squad.rename(runner, new)):
            saving.announce("Name saved.")
        st.caption(_KEPT if squad.scope.is_own else _ENDED)
        if st.button("Take out of the squad", icon=":material/person_remove:") and saving.attempt(
            lambda: squad.dismiss(runner)
        ):
            saving.announce("Taken out of the squad. The diary is kept.")
        _delete(squad, runner)


def _delete(squad: Squad, runner: int) -> None:
    """Asked for by a word, because nothing brings it back."""
    if next(member.has_account for member in squad.members if member.id == runner):
        return
    typed = st.text_input(f"Type '{_WORD}' to delete this runner's diary", key=f"squad-delete-{runner}")
    st.caption(
        "Everything of this runner's goes, for good: entries, plans, consents, links, notes and the log of looks. "
        "Backups keep it until they are thrown away."
    )
    pressed = st.button("Delete the runner", disabled=typed.strip().lower() != _WORD, icon=":material/delete_forever:")
    if pressed and saving.attempt(lambda: squad.delete_runner(runner)):
        saving.announce("The runner and everything of theirs is deleted.")


def _give_up(squad: Squad) -> None:
    """The end of being a coach, which nothing brings back."""
    with st.expander("Give up this squad", icon=":material/group_off:"):
        st.markdown(
            "Everybody is out of your squad and shares nothing with you any more. Your invitations, links, notes and "
            "plan templates are deleted; plans that you gave stay with the runners."
        )
        version = saving.version(_GIVE_UP)
        typed = st.text_input(f"Type '{_WORD}' to give it up", key=f"{version}-word")
        pressed = st.button("Give up the squad", disabled=typed.strip().lower() != _WORD)
        if pressed and saving.attempt(squad.give_up):
            saving.announce("You have no squad any more.", _GIVE_UP)
