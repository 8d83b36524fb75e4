"""The squad over weeks: a heat map of who logged what, and what goes with what within runners."""

from typing import Final

import pandas as pd
import streamlit as st

from analysis import finding_words, squad_words
from analysis.association import PAIRS, Association, each_runner, repeated_measures
from analysis.evidence import GATE_RUNNERS
from analysis.mixed_model import mixed_model
from analysis.phrases import count
from analysis.squad_weeks import MEASURES, squad_weeks
from analysis.weeks import complete_weeks, with_adherence
from charts.squad_weeks import squad_weeks_chart
from ui import panels
from ui.squad import YEAR_WEEKS, Squad

_MARKS: Final = {
    "adherence": "Grey stroke: not logged. Blank: nothing prescribed. Faintest cell: a stated zero.",
    "pain": "Grey stroke: not answered. Faintest cell: no pain.",
}


def heat_map(squad: Squad) -> None:
    """Half a year of weeks by runner, runners by name."""
    st.markdown("### Week by week")
    measure = st.segmented_control(
        "Shown", list(MEASURES), default="adherence", required=True, key="squad-shown", format_func=MEASURES.__getitem__
    )
    found = squad_weeks(squad.weeks(), squad.names, measure or "adherence")  # `required` is asked of the browser alone
    panels.chart(squad_weeks_chart(found, squad.theme), "squad-weeks", _MARKS[found.measure])


def associations(squad: Squad) -> None:
    """What goes with what within runners, once it is asked for: it reads a year of every runner."""
    st.markdown("### What goes with what, within runners")
    if len(squad.members) < GATE_RUNNERS:
        st.markdown(
            f"No group statistics: they take at least {GATE_RUNNERS} runners, and this squad has {len(squad.members)}. "
            "With fewer, a number for the group would be about single people."
        )
        return
    if not st.toggle(f"Compare the last {YEAR_WEEKS} weeks", key="squad-compare"):
        return
    x, y = _pair()
    weeks = _year(squad)
    found = repeated_measures(weeks, "runner", x, y)
    st.markdown(squad_words.squad(found, x, y))
    if found.verdict != "no number":
        st.caption(squad_words.TWO_RANGES)
    _each(squad, weeks, x, y)
    _mixed(squad, weeks, x, y)


def _pair() -> tuple[str, str]:
    pairs = {f"{finding_words.NAMES[x].capitalize()} and {finding_words.NAMES[y]}": (x, y) for x, y in PAIRS}
    chosen = st.selectbox("What with what, in the same week", list(pairs), key="squad-pair")
    return pairs[chosen]


def _year(squad: Squad) -> pd.DataFrame:
    """Finished weeks."""
    return with_adherence(complete_weeks(squad.weeks(YEAR_WEEKS), squad.today))


def _each(squad: Squad, weeks: pd.DataFrame, x: str, y: str) -> None:
    """Every runner's own view belongs beside the number for the group."""
    own = each_runner(weeks, "runner", x, y)
    by_name = sorted(squad.names.items(), key=lambda item: (item[1].casefold(), item[0]))
    shown = pd.DataFrame([_row(name, own[str(runner)]) for runner, name in by_name])
    st.markdown("**Each runner by themselves**")
    st.dataframe(
        shown,
        hide_index=True,
        placeholder="none yet",
        column_config={"Spearman": st.column_config.NumberColumn(format="%+.2f")},
        alt="Each runner's own correlation with its plausible range, by name",
    )
    st.caption(
        "By name. What is called a link is so for all rows together: among many runners, one would show one by chance."
    )


def _row(name: str, one: Association) -> dict[str, object]:
    says = f"{count(one.needed, 'more week')} needed" if one.needed else one.reason
    return {
        "Runner": name,
        "Weeks": one.n,
        "Spearman": one.r,
        "Plausible range": finding_words.plausible_range(one.ci_low, one.ci_high),
        "Says": says
        if one.r is None
        else {"clear": "a link", "tentative": "a link, tentative"}.get(one.verdict, "cannot tell"),
    }


def _mixed(squad: Squad, weeks: pd.DataFrame, x: str, y: str) -> None:
    """Takes a second or two, so it is asked for."""
    if st.button("Separate within from between runners (mixed model)", key="squad-mixed", icon=":material/functions:"):
        with st.spinner("Fitting the model"):
            st.markdown(squad_words.mixed(mixed_model(weeks, "runner", x, y), x, y, squad.units))
        st.caption("Pain is on a bounded scale, so the figures are approximate.")
