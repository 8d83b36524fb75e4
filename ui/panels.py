"""What pages are made of: a chart with its finding and text alternative, notices, and the states without data."""

from collections.abc import Iterable, Sequence

import pandas as pd
import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from analysis import finding_words as words
from analysis import trend_words
from analysis.association import Association
from analysis.attention import Notice
from analysis.bands import Level
from charts.chart import CONFIG, Chart
from guides.catalogue import shared_advice
from guides.schema import Evidence, RedFlags, Status
from ui import chart_files, nav, tables

_READABLE_WIDTH = 720  # pixels: about 80 letters a line
_LOOK = {"stop": st.error, "care": st.warning, "note": st.info}
_ICON = {"stop": ":material/front_hand:", "care": ":material/visibility:", "note": ":material/info:"}


def chart(shown: Chart, key: str, marks: str | None = None, hint: str = "") -> None:
    """The finding, the picture, what its marks mean and what can be done with them, the picture as a file, and the same
    said for whoever cannot see it."""
    st.markdown(f"#### {shown.title}")
    st.plotly_chart(shown.figure, key=key, config=CONFIG, alt=shown.alt, width="stretch")
    if marks or hint:
        st.caption(f"{marks or ''} {hint}".strip())
    chart_files.offer(key, shown.title, marks)
    with st.expander("This chart in words", icon=":material/record_voice_over:"):
        st.text(shown.alt)


def notices(found: Iterable[Notice]) -> None:
    """What needs attention, each with the rule that says so."""
    for notice in found:
        tell(notice.level, f"**{notice.headline}**  \n{notice.detail}  \n:small[{notice.source}]")


def tell(level: Level, words: str) -> None:
    """Words in the look of how pressing they are."""
    _LOOK[level](words, icon=_ICON[level])


def empty(sentence: str, page: str, label: str) -> None:
    """Nothing to draw yet: what to do first, and the way there."""
    st.markdown(sentence)
    nav.link(page, label, ":material/arrow_forward:")


def readable() -> DeltaGenerator:
    """A column for forms and lists: as wide as lines stay easy to read, and the whole width of a phone."""
    return st.container(width=_READABLE_WIDTH)


def bullets(sentences: Iterable[str], heading: str = "") -> None:
    """A plain list, below its heading where it has one."""
    top = [f"**{heading}**\n"] if heading else []
    st.markdown("\n".join([*top, *(f"- {sentence}" for sentence in sentences)]))


def described(sentences: Iterable[str]) -> None:
    """Sentences about what goes with what, and once below them what none of them shows."""
    bullets(sentence.removesuffix(f" {words.NOT_CAUSE}") for sentence in sentences)
    st.caption(words.NOT_CAUSE)


def red_flags(flags: RedFlags, *, expanded: bool = False) -> None:
    """Reasons to stop and see a clinician: always there, never behind analysis."""
    with st.expander("When to stop and see a clinician", icon=":material/medical_services:", expanded=expanded):
        bullets(flags.emergency, heading="At once, as an emergency")
        bullets(flags.see_clinician, heading="Stop running and see a clinician")
        st.caption(f"Source: {flags.source}")


def evidence(found: Iterable[Evidence]) -> None:
    """Statements with who says them; our own conventions are called that."""
    for item in found:
        number = f" ({item.number})" if item.number and item.number not in item.statement else ""
        st.markdown(f"- {item.statement}{number} {attribution(item.source, item.status, item.link)}")


def stop_rule() -> None:
    """When to stop an exercise, and who says the numbers."""
    bullets(shared_advice().stop_rule)
    evidence([shared_advice().pain_limits])


def stop_rule_words() -> str:
    """The stop rule and its source in one paragraph, for a notice."""
    limits = shared_advice().pain_limits
    return f"{' '.join(shared_advice().stop_rule)} {attribution(limits.source, limits.status, limits.link)}"


def attribution(source: str, status: Status, link: str | None = None) -> str:
    """Who says it, small; our own conventions are called that, once."""
    ours = " Our convention." if status == "convention" and "our convention" not in source.lower() else ""
    return f":small[{f'[{source}]({link})' if link else source}.{ours}]"


def associations(found: Sequence[Association]) -> None:
    """All pairs and lags as a table; a refusal says what is missing."""
    shown = {
        "Link": [trend_words.link_name(one) for one in found],
        "Weeks": [one.n for one in found],
        "Spearman (plausible range)": [_coefficient(one) for one in found],
        "Says": [trend_words.says(one) for one in found],
    }
    frame = pd.DataFrame(shown)
    alt = "Spearman correlations by link, with their plausible ranges, the number of paired weeks and what they say"
    tables.wrapped(frame, "links", plain=with_numbers(frame, "Spearman (plausible range)", found), alt=alt)


def with_numbers(frame: pd.DataFrame, said: str, found: Sequence[Association]) -> pd.DataFrame:
    """For a file: in place of the column `said`, which is text, the coefficient and the two ends of its range."""
    ends = [
        (None, None) if one.ci_low is None or one.ci_high is None else words.range_ends(one.ci_low, one.ci_high)
        for one in found
    ]
    numbers = {
        "Spearman": pd.Series([one.r for one in found], frame.index, float).round(2),
        "Plausible range from": pd.Series([low for low, _ in ends], frame.index, float),
        "Plausible range to": pd.Series([high for _, high in ends], frame.index, float),
    }
    order = [column for name in frame.columns for column in (numbers if name == said else [name])]
    return frame.assign(**numbers)[order]


def _coefficient(one: Association) -> str:
    if one.r is None:
        return "none"
    return f"{one.r:+.2f} ({words.plausible_range(one.ci_low, one.ci_high)})"
