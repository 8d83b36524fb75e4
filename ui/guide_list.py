"""All guides at once: search and filters, a tile for each that fits, and how hard the gluteus medius works."""

import re
from collections.abc import Collection, Sequence
from functools import partial
from typing import Final

import streamlit as st

from analysis.muscle_activity import Activity
from analysis.phrases import count
from charts.chart import Theme
from charts.muscle_activity import muscle_activity
from guides import catalogue, search
from guides.schema import Exercise, Page
from guides.search import Wanted
from ui import chart_taps, drawing, guide, panels

_GUESSED: Final = "exercise"  # what people type who guess it
_HEADINGS: Final = ("Main exercises", "Main exercise or warm-up", "Warm-up")
_SIDES: Final = {"each": "one side at a time", "both": "both sides together"}
_LEVELS: Final = ("easy", "medium", "hard")
_ROLES: Final = ("main target", "helps", "not a target")
_TILE: Final = 300  # pixels: three side by side, one on a phone
_ACTIVITY: Final = "Muscle activity"
_CHART: Final = "guides-activity"
_TAB: Final = "guides-tab"  # session key: the tab that is open
_BACK: Final = "guides-back"  # session key: the tab to come back to from a guide that was opened there


def unknown_address(names: Collection[str]) -> str | None:
    """What to say of an address that asks for what is no guide; None when it asks for nothing.

    Only what looks like the name of a guide is repeated: the rest of an address may be anything.
    """
    asked = [(name, value) for name in (guide.ADDRESS, _GUESSED) if (value := st.query_params.get(name))]
    strange = [f"{name}={value}" for name, value in asked if name != guide.ADDRESS or value not in names]
    if not strange:
        return None
    address = f"'{strange[0]}'" if re.fullmatch(r"[a-z]+=[a-zA-Z0-9-]{1,40}", strange[0]) else "this address"
    return f"There is no guide at {address}. All guides are below: choose one."


def show(exercises: Sequence[Exercise], anatomy: Page, theme: Theme) -> None:
    """The list, and behind its own tab the chart: on a phone it would come after all of the list."""
    if _BACK in st.session_state:
        st.session_state[_TAB] = st.session_state.pop(_BACK)
    listed, activity = st.tabs(["All guides", _ACTIVITY], key=_TAB, on_change="rerun")
    with listed:
        with st.container(border=True):
            guide.open_here(anatomy.title, anatomy)
            st.markdown(anatomy.summary)
        _tiles(search.fitting(exercises, _wanted(exercises)), len(exercises), theme)
    if activity.open:
        with activity, panels.readable():
            _activity(theme)


def _wanted(exercises: Sequence[Exercise]) -> Wanted:
    """What the reader looks for; kept while a guide is open."""
    words = st.text_input(
        "Search", key="guides-search", type="search", icon=":material/search:", live=True, persist_state="page"
    )
    with st.expander("Filter by equipment, muscle, side and level", icon=":material/tune:"):
        pick = partial(st.pills, selection_mode="multi", persist_state="page")
        things = pick("Equipment you have", search.equipment(exercises), key="guides-equipment")
        trains = pick("What it trains", search.trained(exercises), key="guides-trains")
        roles = pick("Gluteus medius", _ROLES, key="guides-medius")
        sides = pick("Side", list(_SIDES), key="guides-side", format_func=_SIDES.__getitem__)
        levels = pick("Level", _LEVELS, key="guides-level")
    return Wanted(words or "", tuple(things), tuple(trains), tuple(roles), tuple(sides), tuple(levels))


def _tiles(found: Sequence[Exercise], of: int, theme: Theme) -> None:
    if not found:
        st.markdown("No guide fits all of this. Take one filter away, or search for another word.")
        return
    st.caption(f"{count(of, 'guide')}" if len(found) == of else f"{len(found)} of {count(of, 'guide')}")
    for heading in _HEADINGS:
        tiles = [exercise for exercise in found if _heading(exercise) == heading]
        if tiles:
            st.markdown(f"#### {heading}")
        grid = st.grid(min_column_width=_TILE, border=True)
        for exercise in tiles:
            with grid.cell():
                guide.open_here(exercise.name, exercise)
                drawing.thumbnail(exercise.slug, theme, f"{exercise.name}: where the movement turns")
                st.markdown(exercise.summary)
                st.caption(_facts(exercise))


def _heading(exercise: Exercise) -> str:
    main, either, warm_up = _HEADINGS
    if exercise.block == "main":
        return main
    return either if exercise.main_dose else warm_up


def _facts(exercise: Exercise) -> str:
    helps = f" ({', '.join(exercise.helps)} if you have it)" if exercise.helps else ""
    needs = f"{', '.join(exercise.needs) or 'no equipment needed'}{helps}"
    return f"{exercise.level} · {needs} · {_SIDES[exercise.sides]} · gluteus medius: {exercise.trains.gluteus_medius}"


def _activity(theme: Theme) -> None:
    """Gluteus medius activity by exercise; choosing a mark opens its guide."""
    rows = [
        Activity(
            row.exercise or "", row.label, row.mean, row.sd, row.source, row.tag == "seen", row.method == "fine wire"
        )
        for row in catalogue.muscle_activity()
    ]
    panels.chart(muscle_activity(rows, theme), _CHART, hint="Choose a mark to open its guide, if it has one.")
    tapped = chart_taps.taps(_CHART)
    if tapped in {row.exercise for row in rows}:
        st.query_params[guide.ADDRESS] = tapped
        st.session_state[_BACK] = _ACTIVITY
        st.rerun()
