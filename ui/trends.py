"""The parts of Trends: a closer look at a part of the diary, one link and the weeks behind it, how the method works."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import Final, Literal

import pandas as pd
import streamlit as st

from analysis import comparison_words, comparisons, trend_words
from analysis.association import PAIRS, Association, paired, pick, table, unclaimed
from analysis.comparisons import adjustment, before_and_after, direction
from analysis.effects import high_against_low, per_session
from analysis.evidence import MAIN_LINK
from analysis.finding_words import MANY_PAIRS, METHOD, association, three_numbers
from analysis.units import as_read
from analysis.weeks import between, complete_weeks, of_side, with_adherence
from analysis.words import CHART_KEY
from charts.association_matrix import association_matrix
from charts.chart import Chart
from charts.lag_profile import lag_profile
from charts.scatter import scatter
from guides.catalogue import exercise
from ui import cache, inputs, linked_weeks, overview, panels, tables
from ui.chart_taps import taps
from ui.diary import Diary

Side = Literal["left", "right"]

_SIDES: Final[tuple[Side, Side]] = ("left", "right")
_TIMELINE: Final = "trends-timeline"
_MATRIX: Final = "trends-matrix"
_SCATTER: Final = "trends-scatter"
_OPENED: Final = "trends-link"  # widget key: which link is looked at
_UNFOLDED: Final = "trends-unfolded"  # session key: the link whose weeks a finding above was opened for
_FILTERS: Final = ("trends-site", "trends-side", "trends-exercise", "trends-first", "trends-last")  # widget keys
_DEMONSTRATIONS: Final = "trends-demonstrations"  # session key: how often the method was tried on noise


@dataclass(frozen=True)
class Look:
    """The part of the diary that a reader picks; all of it where nothing is picked."""

    site: str | None = None
    side: Side | None = None
    exercise: str | None = None
    first: date | None = None
    last: date | None = None

    @property
    def is_whole(self) -> bool:
        return self == Look()


def closer_look(diary: Diary) -> Look:
    """Filters for body site, side, exercise and dates, folded until they are wanted."""
    with (
        st.expander("A closer look: body site, side, exercise, dates", icon=":material/tune:"),
        st.container(horizontal=True, vertical_alignment="bottom"),
    ):
        site = _select("Body site", sorted(diary.pain()["site"].unique()), "site", inputs.sentence)
        side = st.segmented_control("Side of the pain", _SIDES, key="trends-side", format_func=inputs.sentence)
        slug = _select("Exercise", diary.planned_exercises(), "exercise", lambda name: exercise(name).name)
        first = inputs.past_day_or_none("Weeks from", diary.today, "trends-first", None)
        last = inputs.past_day_or_none("Weeks to", diary.today, "trends-last", None)
    return Look(site, side, slug, first, last)


def of_part(look: Look, *, part: bool) -> None:
    """Above everything that is said: that a part is described and not judged, and the way back to the whole."""
    if part:
        st.info(trend_words.PART, icon=":material/filter_alt:")
    if not look.is_whole:
        st.button("Take all filters away", on_click=_take_filters_away, icon=":material/filter_alt_off:")


def _take_filters_away() -> None:
    for name in _FILTERS:
        st.session_state[name] = None


def _select(label: str, options: Sequence[str], name: str, words: Callable[[str], str]) -> str | None:
    return st.selectbox(
        label, options, index=None, key=f"trends-{name}", format_func=words, placeholder="All", width=220
    )


def weeks_of(diary: Diary, look: Look) -> pd.DataFrame:
    """The weekly frame with adherence, of the part that is looked at."""
    weeks = with_adherence(diary.weeks(look.site, look.exercise))
    if look.side:
        weeks = of_side(weeks, look.side)
    if weeks.empty or (look.first is None and look.last is None):
        return weeks
    return between(weeks, look.first or weeks["week"].iloc[0].date(), look.last or diary.today)


def nothing_fits(look: Look) -> None:
    """Why no finished week is left, and what to do."""
    if look == Look():
        st.markdown(trend_words.FIRST_WEEK)
        return
    reversed_ = look.first is not None and look.last is not None and look.first > look.last
    st.markdown(trend_words.REVERSED if reversed_ else trend_words.NOTHING_FITS)


def is_part(finished: pd.DataFrame, look: Look, diary: Diary) -> bool:
    """Whether the filters leave anything out of what is compared: of a diary with one sore knee, that knee is all."""
    if look.is_whole:
        return False
    whole = complete_weeks(with_adherence(diary.weeks()), diary.today)
    compared = ["week", *dict.fromkeys(name for pair in PAIRS for name in pair)]
    return not finished[compared].equals(whole[compared])


def compare(finished: pd.DataFrame, look: Look, diary: Diary, *, part: bool) -> tuple[Association, ...]:
    """Everything that the page compares; a part of the diary is described and not judged."""
    found = diary.remembered("links", lambda: table(finished), look)
    return unclaimed(found) if part else found


def heed_taps(found: Sequence[Association], weeks: pd.DataFrame, diary: Diary) -> None:
    """What was tapped in a chart just now: a week is chosen, or chosen no more; a link is opened. Before the charts are
    drawn, so that all of them show it."""
    first_days = {str(week.date()): week.date() for week in weeks["week"]}
    for chart in (_TIMELINE, _SCATTER):
        if (day := taps(chart)) in first_days:
            linked_weeks.toggle(diary, first_days[day])
    if (link := taps(_MATRIX)) in {trend_words.link(one) for one in found}:
        st.session_state[_OPENED] = link


def headline(found: Sequence[Association]) -> None:
    """What it means: the findings, or that one cannot tell, with the same weight."""
    without = [pick(found, *MAIN_LINK), *(one for one in found if one.lag == 0)]
    findings = _findings(found)
    with st.container(border=True):
        st.markdown(f"**{trend_words.matrix_title(found)}**")
        panels.described(association(one) for one in (findings or without))
        for one in findings:
            key = f"trends-weeks-behind-{trend_words.link(one)}"
            label = f"{trend_words.weeks_behind(one)}: {trend_words.link_name(one)}"
            st.button(label, key=key, type="tertiary", icon=":material/table_rows:", on_click=_open, args=(one,))
        if trend_words.is_judged(found):
            st.caption(MANY_PAIRS)


def _open(one: Association) -> None:
    """Below, with its weeks unfolded."""
    st.session_state[_OPENED] = trend_words.link(one)
    st.session_state[_UNFOLDED] = trend_words.link(one)


def _findings(found: Sequence[Association]) -> list[Association]:
    """The clearest first."""
    return sorted((one for one in found if one.is_finding), key=lambda one: one.p or 0.0)


def matrix(found: Sequence[Association], opened: Association, look: Look, diary: Diary) -> None:
    """All links at once, as a picture in which the one looked at stands out, and as a table."""
    drawn = diary.remembered("matrix", lambda: association_matrix(found, diary.theme, chosen=opened), look, opened)
    key = trend_words.MATRIX_KEY if trend_words.is_judged(found) else trend_words.MATRIX_KEY_OF_PART
    panels.chart(drawn, _MATRIX, key, trend_words.MATRIX_HINT)
    with st.expander("All of them as a table", icon=":material/table:"):
        panels.associations(found)


def opened(found: Sequence[Association]) -> Association:
    """The link that is looked at: the chosen one, else the clearest finding, else the page's main question."""
    usual = (*_findings(found), pick(found, *MAIN_LINK))[0]
    links = {trend_words.link(one): one for one in found}
    if st.session_state.get(_OPENED) not in links:
        st.session_state[_OPENED] = trend_words.link(usual)
    return links[st.session_state[_OPENED]]


def choose_link(found: Sequence[Association]) -> None:
    """The same choice as a tap in the matrix, by name."""
    names = {trend_words.link(one): trend_words.link_name(one) for one in found}
    st.selectbox("Link to look at", list(names), key=_OPENED, format_func=names.__getitem__)


def one_link(one: Association, found: Sequence[Association], finished: pd.DataFrame, look: Look, diary: Diary) -> None:
    """A link with its weeks, its lags, its direction and its size in the runner's own units."""
    weeks, lags = st.columns(2, gap="large")
    with weeks:
        drawn = _scatter(one, finished, look, diary)
        panels.chart(drawn, _SCATTER, trend_words.scatter_key(one), trend_words.scatter_hint(one))
        _weeks_behind(one, finished, diary)
    with lags:
        drawn = diary.remembered("lags", lambda: _lags(one, found, diary), look, one)
        key = trend_words.LAGS_KEY if trend_words.is_judged(found) else trend_words.LAGS_KEY_OF_PART
        panels.chart(drawn, "trends-lags", key)
    with panels.readable():
        panels.described(diary.remembered("link", lambda: _more(one, found, finished), look, one))


def _scatter(one: Association, finished: pd.DataFrame, look: Look, diary: Diary) -> Chart:
    chosen = linked_weeks.chosen(diary)

    def draw() -> Chart:
        return scatter(one, finished, diary.units, diary.theme, today=diary.today, chosen=chosen)

    return diary.remembered("scatter", draw, look, one, chosen)


def _lags(one: Association, found: Sequence[Association], diary: Diary) -> Chart:
    return lag_profile(comparisons.lag_profile(found, *_as_listed(one, found)), diary.theme)


def _as_listed(one: Association, found: Sequence[Association]) -> tuple[str, str]:
    """The pair's columns in the order of its same-week result."""
    listed = {(same.x, same.y) for same in found if same.lag == 0}
    return (one.x, one.y) if (one.x, one.y) in listed else (one.y, one.x)


def _more(one: Association, found: Sequence[Association], finished: pd.DataFrame) -> tuple[str, ...]:
    """The number in three ways, which came first, what volume has to do with it, how large it is, and the course of
    pain."""
    x, y = _as_listed(one, found)
    sentences = [] if one.r is None else [three_numbers(one)]
    sentences.append(comparison_words.direction(direction(found, x, y, one.lag or 1)))
    if "distance_m" not in (x, y):
        sentences.append(comparison_words.adjustment(adjustment(finished, one.x, one.y, lag=one.lag), one))
    if (one.x, one.y) == ("adherence", "pain"):
        sentences.append(comparison_words.difference(high_against_low(finished, lag=one.lag), one))
        sentences.append(comparison_words.slope(per_session(finished, lag=one.lag), one))
    if "pain" in (x, y):
        sentences.append(comparison_words.before_and_after(before_and_after(finished)))
    return tuple(sentences)


def _weeks_behind(one: Association, finished: pd.DataFrame, diary: Diary) -> None:
    """The pairs of weeks that a result is made of; choosing rows highlights those weeks in the charts."""
    pairs = paired(finished, one.x, one.y, one.lag)
    is_asked_for = st.session_state.get(_UNFOLDED) == trend_words.link(one)
    with st.expander(trend_words.weeks_behind(one), icon=":material/table_rows:", expanded=is_asked_for):
        shown = pd.DataFrame(
            {
                "Week of": pairs["week"].dt.date,
                trend_words.column(one.x, diary.units): as_read(pairs["x"], one.x, diary.units).round(1),
                trend_words.column(one.y, diary.units, one.lag): as_read(pairs["y"], one.y, diary.units).round(1),
            }
        )
        tables.table(
            shown,
            "weeks-behind-the-link",
            key="trends-weeks",
            on_select=lambda: _choose_rows(diary, shown["Week of"].tolist()),
            selection_mode="multi-row",
            alt=trend_words.weeks_behind(one),
        )
        st.caption("Choose rows here to see the same weeks in the charts.")


def _choose_rows(diary: Diary, weeks: Sequence[date]) -> None:
    chosen = st.session_state["trends-weeks"].selection.rows
    linked_weeks.choose(diary, [weeks[row] for row in chosen if row < len(weeks)])


def time_chart(weeks: pd.DataFrame, look: Look, diary: Diary) -> None:
    """The weeks on one axis, with those that are chosen."""
    shown = overview.chosen_window(weeks, "trends-window")
    drawn = overview.time_chart(diary, shown, linked_weeks.chosen(diary), look)
    panels.chart(drawn, _TIMELINE, CHART_KEY, trend_words.TIMELINE_KEY)
    _chosen_weeks(diary, shown)


def _chosen_weeks(diary: Diary, shown: pd.DataFrame) -> None:
    """Which weeks are marked, those too that the chart above does not show, and the way to choose none."""
    chosen = linked_weeks.chosen(diary)
    if not chosen:
        return
    outside = len(set(chosen) - set(shown["week"].dt.date))
    with st.container(horizontal=True, vertical_alignment="center"):
        st.caption(" ".join([trend_words.chosen(chosen), *([trend_words.not_shown(outside)] if outside else [])]))
        st.button("Choose none", type="tertiary", on_click=partial(linked_weeks.choose, diary, ()))


def how_do_you_know() -> None:
    """The method in plain words, and a demonstration on diaries in which nothing is linked."""
    with st.expander("How do you know?", icon=":material/help:"), panels.readable():
        st.markdown(METHOD)
        panels.bullets(trend_words.HOW)
        tried = st.session_state.get(_DEMONSTRATIONS, 0)
        if st.button("Try it on 100 diaries of pure chance", icon=":material/casino:"):
            tried = st.session_state[_DEMONSTRATIONS] = tried + 1
        if tried:
            st.markdown(trend_words.demonstration(cache.demonstrated(tried)))
