"""The week's check-in links, personal links and invitations: made here, shown once, taken back here."""

from datetime import date, timedelta
from typing import Final
from urllib.parse import quote

import pandas as pd
import streamlit as st

from data import links
from ui import panels, saving, session, tables
from ui.squad import Squad

_SHOWN: Final = "links-made"  # session key: what was made in this tab just now, (name, address) each
_LASTS: Final = {"2 weeks": links.WEEKLY_LASTS, "3 months": links.PERSONAL_LASTS}


def manage(squad: Squad) -> None:
    """Only where people sign in: on one's own machine nobody else could open a link."""
    if squad.scope.is_own:
        return
    st.markdown("#### Links")
    with panels.readable():
        _personal(squad)
        _invitation(squad)
        _made()
        _list(squad)


def _personal(squad: Squad) -> None:
    without = {member.id: squad.names[member.id] for member in squad.members if not member.has_account}
    if not without:
        st.markdown("Add a runner above to make a personal link: it opens their check-in without an account.")
        return
    chosen = st.multiselect(
        "Check-in links for",
        list(without),
        default=list(without),
        format_func=without.__getitem__,
        key=f"links-for-{len(without)}-{max(without)}",  # all again when somebody joins or leaves
    )
    lasts = st.segmented_control("Good for", list(_LASTS), default="2 weeks", required=True, key="links-last")
    if st.button("Make the links", type="primary", icon=":material/link:", disabled=not chosen):
        _make(squad, {runner_id: without[runner_id] for runner_id in chosen}, _LASTS[lasts or "2 weeks"])
    st.caption(
        "Each link opens one runner's log, self-test, trends and sharing, and nothing else. Whoever has it can enter "
        "for that runner, so send it to nobody else."
    )


def _invitation(squad: Squad) -> None:
    if st.button("Make an invitation for runners with an account", icon=":material/group_add:"):
        _make(squad, {None: "Invitation"}, links.INVITATION_LASTS)


def _make(squad: Squad, names: dict[int, str] | dict[None, str], lasts: timedelta) -> None:
    runner_ids: list[int | None] = list(names)
    made: list[str] = []
    if saving.attempt(lambda: made.extend(squad.make_links(runner_ids, lasts))):
        addresses = [f"{session.address()}/c/{secret}" for secret in made]
        before = st.session_state.get(_SHOWN, [])  # not hidden yet, so perhaps not copied yet
        st.session_state[_SHOWN] = [*before, *zip(names.values(), addresses, strict=True)]


def _made() -> None:
    """Copied or mailed from here; after a reload nothing shows them again."""
    if not st.session_state.get(_SHOWN):
        return
    with st.container(border=True):
        st.markdown("**Copy or mail these now.** They are shown this once.")
        for name, address in st.session_state[_SHOWN]:
            st.text(name)
            st.code(address, language=None, wrap_lines=True)
            st.link_button("Write a mail with it", _mail(address), type="tertiary", icon=":material/mail:")
        if st.button("Done, hide them"):
            del st.session_state[_SHOWN]
            st.rerun()


def _mail(address: str) -> str:
    body = f"Here is your link for this week's check-in: {address}\n\nIt is yours alone; please do not pass it on."
    return f"mailto:?subject={quote('Your check-in')}&body={quote(body)}"


def _list(squad: Squad) -> None:
    found = squad.links()
    live = [one for one in found if one.is_live(squad.now)]
    if not found:
        return
    names = squad.names
    with st.expander(f"Links that were made ({len(live)} good now)", icon=":material/list:"):
        shown = pd.DataFrame(
            {
                "For": [_for(one, names) for one in found],
                "Made": [one.made_at.date() for one in found],
                "State": [_state(one, squad) for one in found],
                "Last opened": [None if one.opened_at is None else one.opened_at.date() for one in found],
            }
        )
        tables.table(
            shown,
            "squad-links",
            column_config=dict.fromkeys(("Made", "Last opened"), st.column_config.DateColumn(format="D MMM YYYY")),
            placeholder="never",
            alt="Links of this squad, the newest first",
        )
        labels = {one.id: _label(one, names) for one in live}
        chosen = st.multiselect("Take back", list(labels), format_func=labels.__getitem__, key="links-back")
        pressed = st.button("Take these links back", disabled=not chosen, icon=":material/link_off:")
        if pressed and saving.attempt(lambda: squad.revoke_links(chosen)):
            saving.announce("These links open nothing any more.")


def _for(one: links.Made, names: dict[int, str]) -> str:
    return "Invitation" if one.runner_id is None else names.get(one.runner_id, "no member now")


def _label(one: links.Made, names: dict[int, str]) -> str:
    return f"{_for(one, names)}, made {_day(one.made_at.date())} (number {one.id})"


def _state(one: links.Made, squad: Squad) -> str:
    if one.revoked_at is not None:
        return "taken back"
    return f"good until {_day(one.expires_at.date())}" if one.is_live(squad.now) else "ended"


def _day(day: date) -> str:
    return f"{day:%-d %b %Y}"
