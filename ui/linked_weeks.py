"""Weeks that are chosen in a list or a chart, and stand out in every chart."""

from collections.abc import Iterable
from datetime import date

import streamlit as st

from ui.diary import Diary


def chosen(diary: Diary) -> tuple[date, ...]:
    """The first days of the chosen weeks, in order."""
    return tuple(sorted(date.fromisoformat(day) for day in st.session_state.get(_key(diary), ())))


def choose(diary: Diary, weeks: Iterable[date]) -> None:
    """These weeks and no others."""
    st.session_state[_key(diary)] = sorted(week.isoformat() for week in weeks)


def toggle(diary: Diary, week: date) -> None:
    """One week more, or one less where it was chosen already."""
    choose(diary, set(chosen(diary)) ^ {week})


def _key(diary: Diary) -> str:
    return f"linked-weeks-{diary.runner.id}"
