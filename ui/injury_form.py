"""Injury episodes: when it began, where, when running was back, and the criteria of a running-related injury."""

from typing import Final

import streamlit as st

from ui import inputs, saving
from ui.diary import Diary
from ui.rows import Row, rows

# Yamato 2015, 10.2519/jospt.2015.5741: one yes makes it a running-related injury
CRITERIA: Final = {
    "seven_days": "Did it restrict or stop your running for at least 7 days?",
    "three_sessions": "Did it restrict or stop 3 planned sessions in a row?",
    "consulted": "Did you see a physician or another health professional for it?",
}
SOURCE: Final = "Definition of a running-related injury: Yamato 2015, J Orthop Sports Phys Ther 45:375."


def show(diary: Diary) -> None:
    """Stored episodes, each to edit or delete, and a form for a new one."""
    for row in rows(diary.injuries()):
        name = _name(row)
        with st.expander(name):
            _stored(diary, row)
            saving.delete_button(diary, "injury", row["id"], name)
    st.markdown("#### A new episode")
    _new(diary)
    st.caption(SOURCE)


def _name(row: Row) -> str:
    until = f"back {row['returned_on']:%-d %B %Y}" if row["returned_on"] else "not back yet"
    return f"{inputs.place(row['site'], row['side'])}, from {row['onset']:%-d %B %Y}, {until}"


def _stored(diary: Diary, row: Row) -> None:
    key = f"injury-{row['id']}"
    with st.form(key, border=False):
        place = {"site": row["site"], "side": row["side"], "onset": row["onset"].date()}
        injury = place | _answers(diary, row, key)
        sent = _send()
    if sent:
        saving.save(lambda: diary.record_injury(injury), "Episode saved.")


def _new(diary: Diary) -> None:
    form = f"new-injury-{diary.runner.id}"
    key = saving.version(form)
    with st.form(key, border=False):
        site = inputs.site("Body site", f"{key}-site")
        side = inputs.side(site, f"{key}-side")
        onset = inputs.day("When it began", diary.today, f"{key}-onset")
        injury = {"site": site, "side": side, "onset": onset} | _answers(diary, {}, key)
        sent = _send()
    if sent:
        saving.save(lambda: diary.add_injury(injury), "Episode saved.", form)


def _answers(diary: Diary, stored: Row, key: str) -> Row:
    """When running was back, and the criteria; each begins with what is stored."""
    back = stored.get("returned_on")
    returned = inputs.past_day_or_none(
        "Running normally again since", diary.today, f"{key}-return", back.date() if back else None
    )
    criteria = {name: inputs.yes_no(words, f"{key}-{name}", stored.get(name)) for name, words in CRITERIA.items()}
    return {**criteria, "returned_on": returned}


def _send() -> bool:
    return st.form_submit_button("Save the episode", width="stretch")
