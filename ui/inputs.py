"""Widgets that return plain values in SI; None is 'not answered', so no scale starts at a value."""

import re
from collections.abc import Mapping
from datetime import date, timedelta
from typing import Final, Literal

import streamlit as st

from analysis.phrases import place as place
from analysis.phrases import sentence as sentence
from analysis.units import Units, from_metres, to_metres
from data.entries import MIDLINE_SITES, SITES
from ui import resumed

PAIN_ENDS: Final = "0 is none, 10 is the worst imaginable. Leave it open if you did not notice."
EFFORT_ENDS: Final = "0 is rest, 10 is maximal. Leave it open if you did not notice."
SIDES: Final = ("left", "right", "both")
_SHORT_WIDTH: Final = 84  # pixels: room for three digits; three such fields stand side by side on a phone

# The four OSTRC-O2 key questions and the scores of their answers (Clarsen 2020, 10.1136/bjsports-2019-101337)
OSTRC_SOURCE: Final = "OSTRC-O2, Clarsen and others 2020, British Journal of Sports Medicine 54:390"
OSTRC_QUESTIONS: Final[Mapping[str, tuple[str, Mapping[int, str]]]] = {
    "participation": (
        "Have you had any difficulties participating in training and competition this past week?",
        {
            0: "Full participation without problems",
            8: "Full participation, but with problems",
            17: "Reduced participation",
            25: "Could not participate",
        },
    ),
    "modified_training": (
        "To what extent have you modified your training or competition?",
        {0: "No modification", 8: "To a minor extent", 17: "To a moderate extent", 25: "To a major extent"},
    ),
    "performance": (
        "To what extent has it affected your performance?",
        {0: "No effect", 8: "To a minor extent", 17: "To a moderate extent", 25: "To a major extent"},
    ),
    "symptoms": (
        "To what extent have you experienced symptoms or pain?",
        {0: "No symptoms or pain", 8: "To a mild extent", 17: "To a moderate extent", 25: "To a severe extent"},
    ),
}


def pain(label: str, key: str, value: int | None = None) -> int | None:
    """The 0-10 numeric rating scale as eleven targets that wrap on a phone."""
    return st.segmented_control(label, range(11), default=value, key=key, help=PAIN_ENDS, wrap=True)


def yes_no(label: str, key: str, value: bool | None = None, *, explain: str | None = None) -> bool | None:
    """Yes, no, or not answered."""
    default = None if value is None else ("Yes" if value else "No")
    answer = st.segmented_control(label, ("Yes", "No"), default=default, key=key, help=explain)
    return None if answer is None else answer == "Yes"


def choice(label: str, options: Mapping[int, str], key: str, value: int | None = None) -> int | None:
    """One of a few worded answers by its score, or None."""
    return st.pills(label, list(options), default=value, format_func=lambda score: options[score], key=key)


def site(label: str, key: str) -> str | None:
    """A body site, or None."""
    return st.selectbox(
        label, [name for name in SITES if name != "anywhere"], index=None, key=key, format_func=sentence
    )


def side(site_name: str | None, key: str) -> str | None:
    """Left, right or both; the midline has no sides to choose from."""
    chosen = st.segmented_control("Side", SIDES, key=key, format_func=sentence)
    return "both" if site_name in MIDLINE_SITES else chosen


def distance(label: str, units: Units, key: str, metres: float | None = None) -> float | None:
    """A distance typed in the runner's unit, as metres; None when left empty."""
    value = None if metres is None else round(from_metres(metres, units), 2)
    _start_at(key, value)
    typed = st.number_input(f"{label} ({units.value})", value=None, step=1.0, format="%.1f", key=key, placeholder="–")
    if typed == value:
        return metres  # untouched: what is stored stays what it was, to the metre
    return None if typed is None else to_metres(typed, units)


def whole(
    label: str, key: str, value: int | None = None, *, explain: str | None = None, kept: bool = False
) -> int | None:
    """A whole number, or None when left empty. `kept`: what is typed outlives a look at another page."""
    _start_at(key, value)
    persist: Literal["session"] | None = "session" if kept else None
    return st.number_input(
        label, value=None, step=1, key=key, help=explain, placeholder="–", width=_SHORT_WIDTH, persist_state=persist
    )


def minutes(label: str, key: str) -> float | None:
    """A duration in minutes, or None when left empty."""
    return st.number_input(label, value=None, step=1.0, format="%.1f", key=key, placeholder="–")


def kilograms(label: str, key: str, value: float | None = None, *, kept: bool = False) -> float | None:
    """A load, or None when left empty. `kept`: what is typed outlives a look at another page."""
    _start_at(key, value)
    persist: Literal["session"] | None = "session" if kept else None
    return st.number_input(
        label,
        value=None,
        step=1.0,
        format="%.1f",
        key=key,
        placeholder="–",
        width=_SHORT_WIDTH,
        persist_state=persist,
    )


def day(label: str, today: date, key: str, value: date | None = None) -> date:
    """A day up to today."""
    return st.date_input(label, value=value or today, max_value=today, key=key, format="YYYY-MM-DD")


def past_day_or_none(label: str, today: date, key: str, value: date | None) -> date | None:
    """A day up to today, or None when left empty."""
    _start_at(key, value)
    return st.date_input(label, value=None, max_value=today, key=key, format="YYYY-MM-DD")


def _start_at(key: str, value: float | date | None) -> None:
    """Let a widget begin with what is stored. A default of its own would come back whenever the field is emptied."""
    if value is not None and key not in st.session_state and not resumed.has(key):
        st.session_state[key] = value


def week(label: str, this_week: date, key: str, weeks_back: int = 26) -> date:
    """The first day of one of the runner's recent weeks."""
    weeks = [this_week - timedelta(weeks=back) for back in range(weeks_back)]
    return st.selectbox(label, weeks, key=key, format_func=lambda first: week_name(first, this_week))


def week_name(first: date, this_week: date) -> str:
    """'This week', 'Last week', or the week by its first day."""
    named = {this_week: "This week", this_week - timedelta(weeks=1): "Last week"}
    dates = f"{first:%-d %B} to {first + timedelta(days=6):%-d %B %Y}"
    return f"{named[first]} ({dates})" if first in named else dates


def unlinked(message: str) -> str:
    """A sentence of ours that repeats what somebody typed: no picture in it is fetched, and no link hides behind other
    words."""
    return message.replace("[", r"\[")


def plain(text: str) -> str:
    """What somebody typed, so that Markdown shows it as it is: no picture is fetched, no link is made."""
    return re.sub(r"([\\`*_{}\[\]()#+\-.!|<>~$:])", r"\\\1", text)
