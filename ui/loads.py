"""How running changed of late: each description with its formula, and why there is none where there is none."""

from collections.abc import Iterator

import pandas as pd
import streamlit as st

from analysis import load_change, load_words, words
from analysis.load import single_run_spike
from analysis.session_load import week_load
from analysis.weeks import complete_weeks
from ui.diary import Diary

_WEEKS = 17  # the longest history that any of these needs, and some more


def show(diary: Diary) -> None:
    """A line for each description; the formulas are folded below. Of the whole diary, whatever part of it the page
    looks at: with other weeks than its runs, a week of running would read as one of rest."""
    finished = complete_weeks(diary.weeks(), diary.today)
    if finished.empty:
        return
    st.markdown("### How your running changed")
    described = diary.remembered("loads", lambda: tuple(_descriptions(diary, finished.tail(_WEEKS))))
    for name, sentence in described:
        st.markdown(f"**{load_words.title(name)}.** {sentence}")
    st.caption(load_words.RATIO_LIMIT)
    with st.expander("How these are made, and what they need", icon=":material/functions:"):
        st.markdown("\n".join(f"- **{load_words.title(name)}:** {how}" for name, how in load_words.FORMULAS.items()))
        st.caption(load_words.REST_IS_STATED)


def _descriptions(diary: Diary, finished: pd.DataFrame) -> Iterator[tuple[str, str]]:
    runs = diary.runs(7 * (_WEEKS + 1))  # with those of the running week
    daily = load_change.daily_distance(runs, finished)
    last = week_load(runs, finished, finished["week"].iloc[-1].date())
    spike, change, uncoupled, ewma = load_words.NAMES
    longest = single_run_spike(diary.runs(), diary.today)  # after a break the last weeks hide how far a log reaches
    yield spike, words.spike(longest, diary.today, diary.units)
    yield change, load_words.week_to_week(load_change.week_to_week(finished), diary.units)
    yield uncoupled, _uncoupled(finished, diary)
    yield ewma, load_words.ewma_ratio(load_change.ewma_ratio(daily))
    yield load_words.SESSION_LOAD, load_words.week_load(last)


def _uncoupled(finished: pd.DataFrame, diary: Diary) -> str:
    found, coupled = load_change.uncoupled_ratio(finished), load_change.coupled_ratio(finished)
    return load_words.uncoupled_ratio(found, coupled, diary.units)
