"""Guides: the exercises, the warm-up and the anatomy behind them. A guide has its own address."""

import streamlit as st

from guides.catalogue import anatomy, exercise, exercises
from ui import guide, session

diary = session.diary()
ANATOMY = "anatomy"
names = {found.slug: found.name for found in exercises()} | {ANATOMY: anatomy().title}

st.title("Guides")
chosen = st.selectbox(
    "Guide",
    list(names),
    index=None,
    key="guide",
    bind="query-params",
    format_func=names.__getitem__,
    placeholder="Choose a guide, or look through all of them below",
)
if chosen == ANATOMY:
    guide.page(anatomy(), diary.theme)
elif chosen:
    guide.whole(exercise(chosen), diary.theme)
else:
    guide.overview(exercises(), anatomy())
