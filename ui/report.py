"""The report on the screen: how many weeks, the same document as a page and as PDF, and the document itself."""

from datetime import date
from typing import Final

import streamlit as st

from analysis.report import report
from analysis.report_parts import Report, Sources
from analysis.units import Units
from analysis.weeks import complete_weeks, window
from guides.catalogue import conditions, exercise, exercises, self_test
from ui import cache, report_files, session
from ui.diary import Diary
from ui.report_page import html
from ui.report_pdf import Paper, PdfError

SPANS: Final = {"4 weeks": 4, "12 weeks": 12, "26 weeks": 26, "52 weeks": 52, "All": None}
_USUAL: Final = "12 weeks"
_ANYWHERE: Final = "anywhere"
# Whoever reads miles mostly prints on letter; the other paper is scaled by a few per cent.
_PAPER: Final[dict[Units, Paper]] = {Units.KM: "A4", Units.MI: "letter"}


def show(diary: Diary) -> None:
    """Choose the weeks, take the document away, and read it."""
    chosen = st.segmented_control(
        "Finished weeks in it", list(SPANS), default=_USUAL, required=True, key="report-weeks", bind="query-params"
    )
    made = of(diary, SPANS[chosen or _USUAL])  # `required` is asked of the browser alone
    document = html(made)
    with st.container(horizontal=True, vertical_alignment="center"):
        _take_away(document, _PAPER[diary.units], f"plumbline-report-{diary.today}")
        report_files.offer(made)
    st.caption("To print: make the PDF, or open the downloaded page and print it. It is one file that fetches nothing.")
    st.iframe(document, alt=f"{made.title}, {made.span}")


def _take_away(document: str, paper: Paper, name: str) -> None:
    """The page at once; the PDF when it is asked for, because printing takes some seconds."""
    st.download_button(
        "Download the page (HTML)",
        document,
        file_name=f"{name}.html",
        mime="text/html",
        icon=":material/download:",
        on_click="ignore",
    )
    asked = st.button("Make the PDF", type="primary", icon=":material/print:")
    printed = _printed(document, paper) if asked else None
    if printed is not None:
        st.download_button(
            "Download the PDF",
            printed,
            file_name=f"{name}.pdf",
            mime="application/pdf",
            icon=":material/download:",
            on_click="ignore",
        )


def _printed(document: str, paper: Paper) -> bytes | None:
    """The PDF, or None when it is said why there is none."""
    try:
        with st.spinner("Printing the PDF"):
            return cache.report_pdf(document, paper)
    except PdfError as error:
        st.error(str(error))
        return None


def of(diary: Diary, last: int | None) -> Report:
    """The report on the `last` so many finished weeks of a diary, or on all of them."""
    finished = window(complete_weeks(diary.weeks(), diary.today), last)
    first = diary.today if finished.empty else finished["week"].iloc[0].date()
    return report(_sources(diary, first), diary.units, diary.today, last)


def _sources(diary: Diary, first: date) -> Sources:
    """What a report since a day is made from."""
    pain, ticked = diary.pain(), diary.circumstances().contraindications
    labels = {condition.key: condition.label for condition in conditions()}
    sites = set(pain["site"]) - {_ANYWHERE}
    return Sources(
        who=session.shown_name(diary),
        simulated=diary.runner.simulated,
        weeks=diary.weeks(),
        by_site={site: diary.weeks(site) for site in sites},
        pain=pain,
        runs=diary.runs(),
        training=diary.training((diary.today - first).days + 1),
        tests=diary.tests(),
        running_signs=diary.signs(),
        injuries=diary.injuries(),
        plan=diary.plan_on(diary.today),
        exercises={guide.slug: guide.name for guide in exercises()},
        signs={sign.key: sign.question for sign in self_test().running_signs},
        ticked=None if ticked is None else tuple(sorted(labels[key] for key in ticked)),
        videos=tuple((exercise(slug).name, title) for slug, title in diary.videos()[["exercise", "title"]].to_numpy()),
    )
