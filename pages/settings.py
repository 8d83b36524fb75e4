"""Settings: name, units, week, time zone, whose account or where the data is, archives, delete everything."""

import streamlit as st

from ui import archive_form, panels, saving, session, settings_form

diary = session.diary()

st.title("Settings")
with panels.readable():
    settings_form.preferences(diary)

    if session.has_accounts():
        st.markdown("#### Your account")
        settings_form.account()
        settings_form.demo()
    else:
        st.markdown("#### Diaries on this machine")
        settings_form.diaries(diary)

        st.markdown("#### Where your data is")
        settings_form.place(diary)

    st.markdown("#### Take your data with you")
    archive_form.take(diary)

    st.markdown("#### Bring an archive in")
    archive_form.bring(diary)

    st.markdown("#### Delete everything")
    settings_form.erase(diary)
    saving.undo_erase(diary)
