"""All guides at once: search and filters, a tile for each that fits, and what is known of the gluteus medius."""

from collections.abc import Sequence
from functools import partial
from typing import Final

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from analysis.muscle_activity import Activity
from analysis.phrases import count
from charts.chart import Theme
from charts.muscle_activity import muscle_activity
from guides import catalogue, search
from guides.schema import Exercise, Page
from guides.search import Wanted
from ui import drawing, panels

ADDRESS: Final = "guide"  # the query parameter that opens a guide
_HEADINGS: Final = {"main": "Main exercises", "warm-up": "Warm-up: release, then activate"}
_SIDES: Final = {"each": "one side at a time", "both": "both sides together"}
_LEVELS: Final = ("easy", "medium", "hard")
_ROLES: Final = ("main target", "helps", "not a target")
_TILE: Final = 300  # pixels: two side by side next to the chart, one on a phone
_OPENED: Final = "activity_opened"  # session key: how many guides were opened from the chart


def show(exercises: Sequence[Exercise], anatomy: Page, theme: Theme) -> None:
    """The list, and beside it the chart."""
    listed, beside = st.columns([3, 2], gap="large")
    with listed:
        with _tile("anatomy", anatomy.title):
            st.markdown(anatomy.summary)
        _tiles(search.fitting(exercises, _wanted(exercises)), len(exercises), theme)
    with beside:
        _activity(theme)


def _wanted(exercises: Sequence[Exercise]) -> Wanted:
    """What the reader looks for; kept while a guide is open."""
    words = st.text_input(
        "Search", key="guides-search", type="search", icon=":material/search:", live=True, persist_state="page"
    )
    with st.expander("Filter by equipment, muscle, side and level", icon=":material/tune:"):
        things = st.multiselect(
            "Equipment you have",
            search.equipment(exercises),
            key="guides-equipment",
            placeholder="Any",
            persist_state="page",
        )
        trains = st.multiselect(
            "What it trains", search.trained(exercises), key="guides-trains", placeholder="Any", persist_state="page"
        )
        pick = partial(st.pills, selection_mode="multi", persist_state="page")
        roles = pick("Gluteus medius", _ROLES, key="guides-medius")
        sides = pick("Side", list(_SIDES), key="guides-side", format_func=_SIDES.__getitem__)
        levels = pick("Level", _LEVELS, key="guides-level")
    return Wanted(words or "", tuple(things), tuple(trains), tuple(roles), tuple(sides), tuple(levels))


def _tiles(found: Sequence[Exercise], of: int, theme: Theme) -> None:
    if not found:
        st.markdown("No guide fits all of this. Take one filter away, or search for another word.")
        return
    st.caption(f"{count(of, 'guide')}" if len(found) == of else f"{len(found)} of {count(of, 'guide')}")
    for block, heading in _HEADINGS.items():
        tiles = [exercise for exercise in found if exercise.block == block]
        if tiles:
            st.markdown(f"#### {heading}")
        with st.container(horizontal=True):
            for exercise in tiles:
                with _tile(exercise.slug, exercise.name):
                    drawing.thumbnail(exercise.slug, theme, f"{exercise.name}: where the movement turns")
                    st.markdown(exercise.summary)
                    st.caption(_facts(exercise))


def _facts(exercise: Exercise) -> str:
    helps = f" ({', '.join(exercise.helps)} if you have it)" if exercise.helps else ""
    needs = f"{', '.join(exercise.needs) or 'no equipment needed'}{helps}"
    return f"{exercise.level} · {needs} · {_SIDES[exercise.sides]} · gluteus medius: {exercise.trains.gluteus_medius}"


def _tile(slug: str, name: str) -> DeltaGenerator:
    """A frame that opens with the way to the guide."""
    tile = st.container(border=True, width=_TILE)
    tile.page_link("../pages/guides.py", label=name, query_params={ADDRESS: slug})
    return tile


def _activity(theme: Theme) -> None:
    """Gluteus medius activity by exercise; choosing a mark opens its guide."""
    rows = [
        Activity(
            row.exercise or "", row.label, row.mean, row.sd, row.source, row.tag == "seen", row.method == "fine wire"
        )
        for row in catalogue.muscle_activity()
    ]
    # A new chart after every guide opened from it: the one that comes back has nothing chosen, and opens nothing.
    key = f"activity-{st.session_state.get(_OPENED, 0)}"
    panels.chart(
        muscle_activity(rows, theme), key, "Choose a mark to open its guide, if it has one.", partial(_open, key)
    )


def _open(key: str) -> None:
    """The guide of the chosen mark goes into the address; a mark without a guide opens nothing."""
    slugs = [point.get("customdata") for point in st.session_state[key].selection.points]
    if slugs and slugs[0]:
        st.query_params[ADDRESS] = slugs[0]
        st.session_state[_OPENED] = st.session_state.get(_OPENED, 0) + 1
