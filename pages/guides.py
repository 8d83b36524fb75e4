"""Guides: the exercises, the warm-up and the anatomy behind them. A guide has its own address."""

import streamlit as st

from guides.catalogue import anatomy, exercise, exercises
from ui import guide, session

diary = session.diary()
ANATOMY = "anatomy"
names = {found.slug: found.name for found in exercises()} | {ANATOMY: anatomy().title}

st.title("Guides")
asked = st.query_params.get("guide")
chosen = st.selectbox(
    "Guide",
    list(names),
    index=list(names).index(asked) if asked in names else None,
    key=f"guide-{asked}",
    format_func=names.__getitem__,
    placeholder="Choose a guide, or look through all of them below",
)
if chosen is None:
    st.query_params.pop("guide", None)
else:
    st.query_params["guide"] = chosen  # the address stays when a guide is renamed
if chosen == ANATOMY:
    guide.page(anatomy(), diary.theme)
elif chosen:
    guide.whole(exercise(chosen), diary.theme)
else:
    guide.overview(exercises(), anatomy())
