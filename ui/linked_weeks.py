"""Weeks that are chosen in one chart or list and stand out in all of them."""

from collections.abc import Iterable
from datetime import date

import streamlit as st

from ui.diary import Diary


def chosen(diary: Diary) -> tuple[date, ...]:
    """The first days of the chosen weeks, in order."""
    return tuple(sorted(date.fromisoformat(day) for day in st.session_state.get(_key(diary), ())))


def tap(diary: Diary, chart: str) -> None:
    """What a chart's selection means: each week in it is chosen, or no longer chosen when it was.

    For a chart whose points carry the first day of their week as `customdata`, shown under the key `chart`.
    """
    points = st.session_state[chart].selection.points
    tapped = {str(point["customdata"]) for point in points if point.get("customdata")}
    st.session_state[_key(diary)] = sorted(tapped ^ set(st.session_state.get(_key(diary), ())))


def choose(diary: Diary, weeks: Iterable[date]) -> None:
    """These weeks and no others."""
    st.session_state[_key(diary)] = sorted(week.isoformat() for week in weeks)


def _key(diary: Diary) -> str:
    return f"linked-weeks-{diary.runner.id}"
