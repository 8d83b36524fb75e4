"""The parts of Sharing: an invitation, what each coach may see, and the log of who looked."""

from collections.abc import Sequence
from typing import Final
from zoneinfo import ZoneInfo

import streamlit as st

from data.scope import Area
from data.sharing import Logged, Sharing
from ui import panels, saving, session
from ui.diary import Diary

_IN_SIGHT: Final = 10  # entries of the log
_AREAS: Final[dict[Area, tuple[str, str]]] = {
    "training": ("Strength training", "Plans, sessions and sets, and what you said about equipment and what hurts."),
    "running": ("Running", "Runs, weekly distances and imports."),
    "pain": ("Pain", "Ratings, body sites, the four questions on health problems, and injuries."),
    "self-tests": ("Self-tests", "What you saw in the squats, left and right, and while running."),
    "notes": ("Notes", "The coach may note something about you."),
}


def invitation(diary: Diary) -> None:
    """To join with one's own diary, where a link invites to that."""
    link = session.invitation()
    if link is None:
        return
    with st.container(border=True):
        st.markdown(":material/group_add: **You are invited to the squad of**")
        st.text(link.coach)
        st.markdown(
            "Joining shows your name to the coach, and nothing else. What you share you decide below, area by area."
        )
        if st.button("Join the squad", type="primary") and saving.attempt(lambda: diary.join(link.id)):
            saving.announce("You are in the squad. Now decide what you share.")


_OPENS: Final = (
    "The coach can give you a plan when training may be changed. To enter in your log for you they need all four areas "
    "to see, and training, running and pain to change."
)


def coaches(diary: Diary) -> None:
    """What each coach may see, with the switches to change it."""
    found = diary.sharings()
    if not found:
        st.markdown("You are in no squad, and nobody but you sees this diary.")
        return
    for sharing in found:
        with st.container(border=True), panels.readable():
            _coach(diary, sharing)


def _coach(diary: Diary, sharing: Sharing) -> None:
    st.markdown("**What may your coach see?**")
    st.text(f"Coach: {sharing.coach}")  # plain: a name is no markup
    now = {consent.area: consent for consent in sharing.consents}
    form = f"sharing-{diary.runner.id}-{sharing.coach_id}"
    version = saving.version(form)
    with st.form(version, border=False):
        chosen = {
            area: st.checkbox(name, value=area in now, help=about, key=f"{version}-{area}")
            for area, (name, about) in _AREAS.items()
        }
        with st.expander("May also change it, and until when"):
            writes = {
                area: st.checkbox(
                    _write_label(area), value=area in now and now[area].may_write, key=f"{version}-w-{area}"
                )
                for area in _AREAS
            }
            st.caption(_OPENS)
            ends_on = st.date_input(
                "Last day, in UTC (none: until you take it back)",
                value=next((consent.ends_on for consent in sharing.consents), None),
                key=f"{version}-ends",
            )
        sent = st.form_submit_button("Save what I share", type="primary")
    if sent:
        areas = {area: writes[area] for area, yes in chosen.items() if yes}
        if saving.attempt(lambda: diary.share(sharing.coach_id, areas, ends_on)):
            saving.begin_again(form)  # this one alone: those of other coaches keep what is ticked
            saving.announce(_said(areas))
    st.caption(
        "What you take back is gone for the coach at the next click. Notes are shown to you, too, unless you tick "
        "otherwise."
    )
    if not diary.scope.is_own:
        st.caption(
            "Your coach made the link that brought you here and could open it, too. What is done with it is in the log "
            "below, under its number."
        )
        st.caption(
            "To leave the squad altogether, ask your coach: nobody else could open a diary without an account, so it "
            "is deleted then."
        )
        return
    with st.popover("Leave this squad", type="tertiary"):
        st.markdown("The coach sees nothing of yours any more. Your diary stays as it is.")
        left = st.button("Leave the squad", key=f"leave-{sharing.coach_id}", type="primary")
        if left and saving.attempt(lambda: diary.leave(sharing.coach_id)):
            saving.announce("You have left the squad.")


def _write_label(area: Area) -> str:
    if area == "notes":
        return "The coach may keep notes that are not shown to me"
    return f"The coach may change my {_AREAS[area][0].lower()}"


def _said(areas: dict[Area, bool]) -> str:
    if not areas:
        return "Nothing is shared with this coach now."
    return f"Shared now: {', '.join(_AREAS[area][0].lower() for area in areas)}."


def log(diary: Diary) -> None:
    """Every change of rights, and every look by another person, as plain lines: names are no markup."""
    found = diary.log()
    st.markdown("#### Who looked, and what was changed")
    if not found:
        st.markdown("Nobody but you has looked at this diary.")
        return
    with panels.readable():
        st.caption("A page that was looked at, and a sort of entry that was changed, stand here once a day.")
        st.text(_lines(found[:_IN_SIGHT], diary.zone))
        if earlier := found[_IN_SIGHT:]:
            with st.expander(f"Earlier ({len(earlier)})", icon=":material/history:"):
                st.text(_lines(earlier, diary.zone))


def _lines(found: Sequence[Logged], zone: str) -> str:
    """'26 November 2026, 14:02: Grace looked at Trends'."""
    place = ZoneInfo(zone)
    return "\n".join(f"{entry.at.astimezone(place):%-d %B %Y, %H:%M}: {entry.who} {entry.what}" for entry in found)
