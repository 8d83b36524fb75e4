"""Guides: the exercises, the warm-up and the anatomy behind them. A guide has its own address."""

import streamlit as st

from guides.catalogue import anatomy, exercise, exercises
from ui import guide, guide_list, session

diary = session.diary()
names = {found.slug: found.name for found in exercises()} | {guide.ANATOMY: anatomy().title}

st.title("Guides")


def to_address() -> None:
    """A chosen guide goes into the address, so that it can be shared."""
    if st.session_state["guide"]:
        st.query_params["guide"] = st.session_state["guide"]
    else:
        st.query_params.pop("guide", None)


def to_the_list() -> None:
    """A link to this page would leave the guide in the browser's address."""
    st.query_params.pop("guide", None)


asked = st.query_params.get("guide")
st.session_state["guide"] = asked if asked in names else None  # the address decides
chosen = st.selectbox(
    "Guide",
    list(names),
    index=None,
    key="guide",
    on_change=to_address,
    format_func=names.__getitem__,
    placeholder="Choose a guide, or look through all of them below",
)
if chosen:
    st.button("All guides", icon=":material/arrow_back:", on_click=to_the_list)
if chosen == guide.ANATOMY:
    guide.page(anatomy(), diary.theme)
elif chosen:
    guide.whole(exercise(chosen), diary)
else:
    if strange := guide_list.unknown_address(names):
        st.warning(strange)
    guide_list.show(exercises(), anatomy(), diary.theme)
