"""The parts of the settings page."""

from collections.abc import Mapping
from typing import Final, TypeVar

import streamlit as st

from data.entries import time_zones
from ui import saving, session
from ui.diary import Diary
from ui.squad import told_apart

_WEEK_STARTS: Final = {0: "Monday", 6: "Sunday", 5: "Saturday"}
_UNITS: Final = {"km": "Kilometres", "mi": "Miles"}
_ERASES: Final = (
    "This deletes every entry of this diary and its settings, takes it out of the squad, and deletes what was noted on "
    "it there. Copies of the file are not touched: neither yours, nor those made beside it before an update. You can "
    "bring all of it back until this tab is closed or reloaded, so download your archive above first: it brings the "
    "entries and the settings back at any later time. Notes are in the archive of the squad alone, which brings its "
    "runners back as new ones."
)
_ERASES_ACCOUNT: Final = (
    "This deletes every entry of your diary and its settings, what you share and with whom, what coaches noted on you, "
    "and the log of who looked. Backups that this club keeps are not touched. You can bring it back until this tab is "
    "closed or reloaded, so download your archive above first: it brings your entries back at any later time. How your "
    "provider calls you stays with the empty diary, so that you come back to it, and your name in the logs of runners "
    "whose diaries you looked at. A squad that you coach stays yours: give it up on its page first if you want to."
)
_WORD: Final = "delete"

_Choice = TypeVar("_Choice")


def preferences(diary: Diary) -> None:
    """Name, units, first day of the week, time zone."""
    runner = diary.runner
    zones = sorted(time_zones())
    form = f"settings-{runner.id}"
    version = saving.version(form)
    with st.form(version, border=False):
        name = st.text_input("Name", value=runner.name, max_chars=80, key=f"{version}-name")
        units = _one_of("Distances in", _UNITS, runner.units)
        week_start = _one_of("Your week starts on", _WEEK_STARTS, runner.week_start)
        st.session_state.setdefault(f"{version}-zone", runner.time_zone)  # not as a default: those cannot be emptied
        time_zone = st.selectbox(
            "Time zone",
            zones,
            index=None,
            key=f"{version}-zone",
            placeholder=f"The browser's: {diary.zone}",
            help="It decides on which day, and so in which week, an imported run counts.",
        )
        sent = st.form_submit_button("Save settings", type="primary")
    if sent:
        values = {"name": name, "units": units, "week_start": week_start, "time_zone": time_zone}
        if saving.attempt(lambda: diary.save_settings(values)):
            # A distance typed before would be read in the new unit.
            saving.announce("Settings saved.", form if units == runner.units else "")
    st.caption("Totals and pain typed for a whole week stay with that week when its first day changes.")


def _one_of(label: str, names: Mapping[_Choice, str], now: _Choice) -> _Choice:
    options = list(names)
    return st.radio(label, options, options.index(now), format_func=names.__getitem__, horizontal=True)


def account() -> None:
    """Whose account it is, and the way out."""
    st.markdown("You are signed in. This browser stays signed in for 30 days, or until you sign out here.")
    link = session.opened_link()
    if link is not None and link.runner_id is not None:
        st.markdown("This browser also holds a personal link: after you sign out it opens that runner's diary.")
        st.link_button("Forget the link", "/leave", icon=":material/link_off:")
    if st.button("Sign out", icon=":material/logout:"):
        st.logout()


def demo() -> None:
    """A look at the simulated diary, where there are accounts."""
    if st.button("Open the simulated demo runner", icon=":material/science:"):
        session.open_demo()
        st.rerun()


def diaries(diary: Diary) -> None:
    """Open another diary of this machine, the simulated ones among them."""
    everyone = session.machine().everyone()
    names = told_apart({runner.id: runner.name or "My diary" for runner in everyone})
    if len(names) > 1:
        chosen = st.selectbox(
            "Open", list(names), index=list(names).index(diary.runner.id), format_func=names.__getitem__
        )
        if chosen != diary.runner.id:
            session.open_diary(chosen)
            st.rerun()
    elif st.button("Open the simulated demo runner", icon=":material/science:"):
        session.open_demo()
        st.rerun()


def place(diary: Diary) -> None:
    """Where the diary is, and a copy of it to keep: the file alone, copied while the app runs, may lack the newest."""
    machine = session.machine()
    if not machine.is_a_file:
        st.markdown("Your diary is kept by this database server; back it up there:")
        st.code(machine.place, language=None, wrap_lines=True)
        return
    st.markdown("Your diary stays on this machine; nothing is sent anywhere. It is kept in:")
    st.code(machine.place, language=None, wrap_lines=True)
    st.download_button(
        "Download a copy",
        machine.copy,
        file_name=f"plumbline-{diary.today}.sqlite3",
        mime="application/vnd.sqlite3",
        icon=":material/download:",
    )
    st.caption(
        "The copy holds every diary on this machine. To put it back, stop Plumbline and give it to "
        "`.venv/bin/python -m data.backup --restore` in Plumbline's folder: that checks it, and keeps the file that it "
        "replaces."
    )


def erase(diary: Diary) -> None:
    """Everything of this runner's, after the word is typed."""
    st.markdown(_ERASES_ACCOUNT if session.has_accounts() else _ERASES)
    key = f"erase-{diary.runner.id}-{diary.runner.revision}"  # empty again at once: a second click deletes nothing more
    typed = st.text_input(f"Type '{_WORD}' to delete everything", key=key)
    if st.button("Delete everything", disabled=typed.strip().lower() != _WORD):
        saving.erase(diary)
