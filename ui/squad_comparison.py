"""The squad over weeks, a tab for each question: what a tab needs is read when it is opened, and not before."""

from collections.abc import Callable, Mapping, Sequence
from typing import Final

import pandas as pd
import streamlit as st

from analysis import finding_words, side_by_side, squad_words, trend_words
from analysis import squad_chart_words as words
from analysis.association import SQUAD_LINKS, Association, each_runner, followed, squad_table
from analysis.board import BoardRow
from analysis.evidence import GATE_RUNNERS
from analysis.mixed_model import mixed_model
from analysis.squad_changes import squad_changes
from analysis.squad_weeks import AREA_OF, MEASURES, Measure, squad_weeks
from analysis.weeks import with_adherence
from charts.chart import Chart
from charts.prevalence import prevalence_chart
from charts.side_by_side import side_by_side_chart
from charts.squad_changes import squad_changes_chart
from charts.squad_weeks import squad_weeks_chart
from ui import panels, tables
from ui.squad import YEAR_WEEKS, Squad

_MARKS: Final = {
    "adherence": "Grey stroke: not logged. Blank: nothing prescribed. Faintest cell: a stated zero.",
    "pain": "Grey stroke: not answered. Faintest cell: no pain.",
}


def show(squad: Squad, rows: Sequence[BoardRow]) -> None:
    """All comparisons; the first one is open."""
    st.markdown("### Compare")
    if any(row.unshared for row in rows):
        st.caption(words.UNSHARED)
    parts: dict[str, Callable[[], None]] = {
        "Week by week": lambda: _heat_map(squad),
        "Side by side": lambda: _side_by_side(squad),
        "Changes": lambda: _changes(squad, rows),
        "Problems": lambda: _problems(squad),
        "Injuries": lambda: _injuries(squad),
        "What goes with what": lambda: _associations(squad),
    }
    tabs = st.tabs(list(parts), key="squad-compare", on_change="rerun")
    for tab, part in zip(tabs, parts.values(), strict=True):
        if tab.open:
            with tab:
                part()


def _heat_map(squad: Squad) -> None:
    """Half a year of weeks by runner, runners by name."""
    measure = st.segmented_control(
        "Shown", list(MEASURES), default="adherence", required=True, key="squad-shown", format_func=MEASURES.__getitem__
    )
    shown: Measure = measure or "adherence"  # `required` is asked of the browser alone
    names = squad.sharing(AREA_OF[shown])
    if names:
        drawn = squad.remembered("week by week", lambda: _weeks_chart(squad, names, shown), shown)
        panels.chart(drawn, "squad-weeks", _MARKS[shown])
    without = [name for runner, name in squad.names.items() if runner not in names]
    if without:
        st.text(f"Not shared with you, so not drawn: {', '.join(sorted(without, key=str.casefold))}.")  # no markup


def _weeks_chart(squad: Squad, names: Mapping[int, str], shown: Measure) -> Chart:
    return squad_weeks_chart(squad_weeks(squad.weeks(), names, shown), squad.theme)


def _side_by_side(squad: Squad) -> None:
    """A dozen runners a page, by name."""
    names = squad.names
    pages = side_by_side.pages(names)
    shown = 0
    if len(pages) > 1:
        shown = st.selectbox(
            "Runners shown",
            range(len(pages)),
            format_func=lambda at: f"{at + 1} of {len(pages)}: {names[pages[at][0]]} to {names[pages[at][-1]]}",
            key=f"{squad.names_key}-squad-panels",
        )
    found = side_by_side.side_by_side(squad.weeks(), names, pages[min(shown, len(pages) - 1)])
    panels.chart(
        side_by_side_chart(found, squad.units, squad.theme, today=squad.today), "squad-panels-chart", words.PANEL_KEY
    )


def _changes(squad: Squad, rows: Sequence[BoardRow]) -> None:
    """Sessions against pain, a mark a runner."""
    found = squad_changes(rows)
    if found.changes:
        panels.chart(squad_changes_chart(found, squad.theme), "squad-changes", words.NO_LINE)
    else:
        st.markdown(f"{words.changes_title(found)}.")
    if not found.is_group:
        st.caption(words.FEW)
    if found.without:
        st.text(words.without(found))  # plain: a name is no markup


def _problems(squad: Squad) -> None:
    """Prevalence week by week, beside how many answered."""
    found = squad.problems()
    if found.reason is None:
        panels.chart(prevalence_chart(found, squad.theme), "squad-problems", words.PREVALENCE_KEY)
    else:
        st.markdown(f"{words.prevalence_title(found)}.")
    st.caption(words.PREVALENCE_MEANS)


def _injuries(squad: Squad) -> None:
    """Incidence and burden over a year."""
    found = squad.injuries()
    if found.reason is None:
        st.markdown(f"#### {words.rates_title(found)}")
    st.markdown(words.rates_text(found))
    st.caption(words.RATES_MEAN)


def _associations(squad: Squad) -> None:
    """What goes with what within runners: it reads a year of every runner."""
    is_group = len(squad.members) >= GATE_RUNNERS
    if not is_group:
        st.markdown(
            f"No group statistics: they take at least {GATE_RUNNERS} runners, and this squad has {len(squad.members)}. "
            "With fewer, a number for the group would be about single people."
        )
    x, y, lag = _link()
    weeks = with_adherence(squad.finished_weeks())
    st.caption(f"From the finished weeks among the last {YEAR_WEEKS}.")
    if is_group:
        _group(squad, weeks, x, y, lag)
    _each(squad, weeks, x, y, lag)
    if is_group:
        _mixed(squad, followed(weeks, "runner", y, lag), x, y, lag)


def _group(squad: Squad, weeks: pd.DataFrame, x: str, y: str, lag: int) -> None:
    """One number for all, where there are enough of them."""
    links = squad.remembered("links", lambda: squad_table(weeks, "runner"))
    found = links[SQUAD_LINKS.index((x, y, lag))]
    st.markdown(squad_words.squad(found, x, y, lag))
    if found.verdict != "no number":
        st.caption(f"{squad_words.TOGETHER} {squad_words.TWO_RANGES} {squad_words.DRIFT}")


def _link() -> tuple[str, str, int]:
    """Which of the links is looked at; all of them are judged together."""
    names = {trend_words.named(*link): link for link in SQUAD_LINKS}
    return names[st.selectbox("What with what", list(names), key="squad-pair")]


def _each(squad: Squad, weeks: pd.DataFrame, x: str, y: str, lag: int) -> None:
    """Every runner's own view belongs beside the number for the group."""
    own = squad.remembered("each runner", lambda: each_runner(weeks, "runner", x, y, lag=lag), x, y, lag)
    by_name = sorted(squad.names.items(), key=lambda item: (item[1].casefold(), item[0]))
    there = [(name, own[str(runner)]) for runner, name in by_name if str(runner) in own]  # who left meanwhile is not
    shown, found = pd.DataFrame([_row(name, one) for name, one in there]), [one for _, one in there]
    st.markdown("**Each runner by themselves**")
    tables.table(
        shown,
        "each-runner",
        plain=panels.with_numbers(shown.drop(columns="Spearman"), "Plausible range", found),
        placeholder="none yet",
        column_config={"Spearman": st.column_config.NumberColumn(format="%+.2f")},
        alt="Each runner's own correlation with its plausible range, by name",
    )
    st.caption(
        "By name. What is called a link is so for all rows together: among many runners, one would show one by chance."
    )


def _row(name: str, one: Association) -> dict[str, object]:
    return {
        "Runner": name,
        "Weeks": one.n,
        "Spearman": one.r,
        "Plausible range": finding_words.plausible_range(one.ci_low, one.ci_high),
        "Says": squad_words.says(one),
    }


def _mixed(squad: Squad, weeks: pd.DataFrame, x: str, y: str, lag: int) -> None:
    """Takes a second or two, so it is asked for."""
    if st.button("Separate within from between runners (mixed model)", key="squad-mixed", icon=":material/functions:"):
        with st.spinner("Fitting the model"):
            st.markdown(squad_words.mixed(mixed_model(weeks, "runner", x, y), x, y, squad.units, lag))
            if "distance_m" not in (x, y):
                beside = mixed_model(weeks, "runner", x, y, controls=("distance_m",))
                st.markdown(squad_words.mixed_beside_distance(beside, x, y, lag))
        st.caption("Pain is on a bounded scale, so the figures are approximate.")
