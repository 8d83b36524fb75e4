"""The frame around every page: configuration, who is it, navigation, and whose diary is open."""

from pathlib import Path

import streamlit as st

from ui import access, nav, resumed, ribbon, saving, session

ICON = Path(__file__).with_name("icon.svg")  # a Material icon here would be fetched from another machine
# Streamlit darkens the label of an open one, in the dark theme out of sight.
OPEN_POPOVER = '<style>[data-testid="stPopover"] button[kind="tertiary"][aria-expanded="true"] {color: inherit}</style>'

st.set_page_config(page_title="Plumbline", page_icon=str(ICON), layout="wide")
st.html(OPEN_POPOVER)
resumed.begin()

who = session.visitor()
if who is None:
    st.navigation([st.Page("../pages/sign_in.py", title="Sign in", default=True)], position="hidden").run()
    st.stop()
with session.looked_at_by(who):
    diary = session.diary()
    page = st.navigation(nav.listed(access.pages(who, diary.scope)), position="top")
    if nav.is_of_a_diary(page.title):
        session.note_look(diary, page.title)
    if who.way != "link":
        session.keep_names_in_address()
    ribbon.whose(who, diary)
    with st.container():  # there also when it is empty: tabs below keep their place, and so what is open
        saving.last_done(diary)
    page.run()
    resumed.say()
