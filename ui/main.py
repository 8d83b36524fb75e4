"""The frame around every page: configuration, who is it, navigation, and whose diary is open."""

from pathlib import Path

import streamlit as st

from ui import ribbon, saving, session

ICON = Path(__file__).with_name("icon.svg")  # a Material icon here would be fetched from another machine

st.set_page_config(page_title="Plumbline", page_icon=str(ICON), layout="wide")

PAGES = [
    st.Page("../pages/home.py", title="Home", icon=":material/home:", url_path="home", default=True),
    st.Page("../pages/self_test.py", title="Self-test", icon=":material/accessibility_new:", url_path="self-test"),
    st.Page("../pages/plan.py", title="Plan", icon=":material/event_available:", url_path="plan"),
    st.Page("../pages/log.py", title="Log", icon=":material/edit_note:", url_path="log"),
    st.Page("../pages/mileage.py", title="Mileage", icon=":material/directions_run:", url_path="mileage"),
    st.Page("../pages/trends.py", title="Trends", icon=":material/show_chart:", url_path="trends"),
    st.Page("../pages/squad.py", title="Squad", icon=":material/groups:", url_path="squad"),
    st.Page("../pages/guides.py", title="Guides", icon=":material/menu_book:", url_path="guides"),
    st.Page("../pages/settings.py", title="Settings", icon=":material/settings:", url_path="settings"),
]

page = st.navigation(PAGES, position="top")
diary = session.diary()
if not session.is_own(diary):
    ribbon.whose(diary)
with st.container():  # there also when it is empty: tabs below keep their place, and so what is open
    saving.last_done(diary)
page.run()
