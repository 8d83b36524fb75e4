"""The week in under a minute: pain by site and side, distance, and what was not done. Nothing starts at a value."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

import pandas as pd
import streamlit as st

from analysis.ostrc import score
from analysis.units import format_distance
from data.weeks import iso_week
from ui import inputs, saving
from ui.diary import Diary, WeekAnswers
from ui.rows import Row, rows

_TRACKED_DAYS: Final = 60  # a site that hurt this recently is asked about again
_ANYWHERE: Final = {"site": "anywhere", "side": "both"}
_RUNNING: Final = "no running"
_TRAINING: Final = "no training"


@dataclass(frozen=True)
class Stored:
    """What the week held when this tab began to fill the form."""

    reports: tuple[Row, ...]
    total: Row | None
    marks: dict[str, int]
    places: tuple[tuple[str, str], ...]

    @property
    def is_empty(self) -> bool:
        return not (self.reports or self.total or self.marks)


def show(diary: Diary, day: date) -> None:
    """The form for the week that holds `day`."""
    first_day = diary.week_of(day)
    form = f"week-{diary.runner.id}-{first_day}"
    version = saving.version(form)
    stored = saving.held(version, "stored", lambda: _stored(diary, first_day))
    st.markdown(f"#### {inputs.week_name(first_day, diary.week_of(diary.today))}")
    with st.form(version, border=False):
        pain = _pain(stored, version)
        distance_m = _distance(diary, first_day, stored.total, version)
        stated = {
            _RUNNING: st.checkbox("No running this week", value=_RUNNING in stored.marks, key=f"{version}-no-running"),
            _TRAINING: st.checkbox(
                "No strength training this week", value=_TRAINING in stored.marks, key=f"{version}-rest"
            ),
        }
        sent = st.form_submit_button("Save the week", type="primary", width="stretch")
    if sent:
        typed_anew = None if stored.total and distance_m == stored.total["distance_m"] else distance_m
        marks = tuple(mark for mark, ticked in stated.items() if ticked and _said_anew(mark, stored.marks, typed_anew))
        taken_back = _taken_back(stored, _stored(diary, first_day), pain, distance_m, stated)
        answers = WeekAnswers(first_day, tuple(pain), _pain_anew(pain, stored.reports), typed_anew, marks, taken_back)
        if _is_new(answers) or stored.is_empty:
            saving.save(lambda: diary.record_week(answers), "Week saved.", form)
        else:
            st.info("Nothing has changed here since the week was saved.", icon=":material/check:")


def _is_new(answers: WeekAnswers) -> bool:
    return bool(answers.pain_anew or answers.marks or answers.taken_back) or answers.distance_m is not None


def _stored(diary: Diary, first_day: date) -> Stored:
    monday = pd.Timestamp(iso_week(first_day))
    reports, marks, totals = diary.pain(), diary.marks(), diary.totals()
    of_week = rows(reports[(reports["period"] == "week") & (reports["on_date"] == monday)])
    recent = diary.pain(_TRACKED_DAYS)
    recent = recent[(recent["site"] != "anywhere") & (recent["worst_running"] > 0)]
    places = dict.fromkeys((row["site"], row["side"]) for row in (*of_week, *rows(recent)) if row["site"] != "anywhere")
    return Stored(
        tuple(of_week),
        next(iter(rows(totals[totals["iso_week"] == monday])), None),
        {row["mark"]: row["id"] for row in rows(marks[marks["iso_week"] == monday])},
        tuple(places),
    )


def _taken_back(
    shown: Stored, now: Stored, pain: list[Row], distance_m: float | None, stated: dict[str, bool]
) -> tuple[tuple[str, int], ...]:
    """What the form showed as answered and now is not, as far as it is still stored."""
    cleared = [("pain", row["id"]) for row in shown.reports if not _answered(_report(row, pain))]
    if shown.total and distance_m is None:
        cleared.append(("weekly total", shown.total["id"]))
    cleared += [("week mark", shown.marks[mark]) for mark, on in stated.items() if not on and mark in shown.marks]
    there = {("pain", row["id"]) for row in now.reports} | {("week mark", row_id) for row_id in now.marks.values()}
    there |= {("weekly total", now.total["id"])} if now.total else set()
    return tuple(row for row in cleared if row in there)


def _pain_anew(pain: list[Row], stored: Sequence[Row]) -> tuple[Row, ...]:
    """The answers that were changed in this tab: one that only stands there may have been changed in another."""
    shown = [_as_answered(row) for row in stored]
    return tuple(answer for answer in pain if answer not in shown)


def _as_answered(stored: Row) -> Row:
    """A stored report as the form says it."""
    if stored["site"] == _ANYWHERE["site"]:
        return {**_ANYWHERE, "worst_running": stored["worst_running"]}
    questions = {name: stored[f"q{number}"] for number, name in enumerate(inputs.OSTRC_QUESTIONS, 1)}
    return {name: stored[name] for name in ("site", "side", "worst_running", "next_morning")} | questions


def _said_anew(mark: str, marks: dict[str, int], typed: float | None) -> bool:
    """Whether a ticked mark is to be saved: a new one, and 'no running' beside a new distance, which contradicts it."""
    return mark not in marks or (mark == _RUNNING and bool(typed))


def _pain(stored: Stored, version: str) -> list[Row]:
    """What is answered: one scale for every site that hurt lately, one for another site, and 'none anywhere'."""
    by_place = {(row["site"], row["side"]): row for row in stored.reports}
    st.markdown("**Worst pain while running this week**")
    asked = [_place(site, side, by_place.get((site, side), {}), version) for site, side in stored.places]
    answers = [answer for answer in asked if _answered(answer)]
    none_anywhere = st.checkbox("No pain anywhere", value=("anywhere", "both") in by_place, key=f"{version}-none")
    with st.expander(
        "Another place" if stored.places else "Where it hurt", expanded=not stored.places and not stored.reports
    ):
        site = inputs.site("Body site", f"{version}-site")
        side = inputs.side(site, f"{version}-side")
        another = _answers(f"{version}-another", {}, "Worst pain while running")
    if site is not None or any(value is not None for value in another.values()):
        answers.append({"site": site, "side": side, **another})
    if none_anywhere:
        answers.append({**_ANYWHERE, "worst_running": 0})
    return answers


def _place(site: str, side: str, stored: Row, version: str) -> Row:
    return {"site": site, "side": side, **_answers(f"{version}-{site}-{side}", stored, inputs.place(site, side))}


def _answers(key: str, stored: Row, label: str) -> Row:
    answers: dict[str, Any] = {"worst_running": inputs.pain(label, f"{key}-worst", stored.get("worst_running"))}
    with st.expander("More: next morning, and what it kept you from"):
        morning = stored.get("next_morning")
        answers["next_morning"] = inputs.pain("Worst pain the next morning", f"{key}-morning", morning)
        st.caption(
            "If your first answer below is 'without problems' or 'could not participate', leave the other three open. "
            f"{inputs.OSTRC_SOURCE}."
        )
        for number, (name, (question, options)) in enumerate(inputs.OSTRC_QUESTIONS.items(), 1):
            answers[name] = inputs.choice(question, options, f"{key}-{name}", stored.get(f"q{number}"))
        _severity(stored)
    return answers


def _severity(stored: Row) -> None:
    found = score(*(stored.get(f"q{number}") for number in range(1, 5)))
    if found.severity is not None:
        substantial = ", a substantial problem" if found.substantial else ""
        st.caption(f"Severity {found.severity} of 100{substantial}, from the answers saved for this week.")


def _distance(diary: Diary, first_day: date, total: Row | None, version: str) -> float | None:
    weeks = diary.weeks()
    week = next(iter(rows(weeks[weeks["week"] == pd.Timestamp(first_day)])), None)
    st.markdown("**Running**")
    if week and week["runs"]:
        summed = format_distance(week["runs_m"], diary.units) if week["runs_m"] is not None else "no distance"
        st.caption(f"Single runs add up to {summed} ({week['runs']}). A total typed here replaces them for this week.")
    metres = total["distance_m"] if total else None
    return inputs.distance("Distance of the whole week", diary.units, f"{version}-total", metres)


def _answered(report: Row) -> bool:
    return any(value is not None for name, value in report.items() if name not in ("site", "side"))


def _report(stored: Row, answers: list[Row]) -> Row:
    """What the form now says about a stored site and side; an empty answer when it says nothing any more."""
    place = (stored["site"], stored["side"])
    return next((answer for answer in answers if (answer["site"], answer["side"]) == place), {})
