"""What needs attention on Home. Each notice names its rule; what is not known raises none, and nothing is scored."""

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

import pandas as pd

from analysis.bands import BANDS_LIMIT, BANDS_SOURCE, STOP, Level, pain_band
from analysis.evidence import (
    OSTRC_ANSWERS,
    PAIN_CHANGE_POINTS,
    PAIN_CHANGE_WEEKS,
    PAIN_SEE_SOMEONE_ABOVE,
    PAIN_SEE_SOMEONE_REPORTS,
)
from analysis.load import single_run_spike
from analysis.phrases import SIDELESS, day, number
from analysis.units import Units
from analysis.weeks import WEEK
from analysis.words import spike as spike_words

# Convention: a rating older than the two weeks before this one is no news, and says nothing about today.
NEWS_WEEKS: Final = 2

_ORDER: Final[dict[Level, int]] = {"stop": 0, "care": 1, "note": 2}
_PROFESSIONAL_SOURCE: Final = "Our convention"  # evidence 2.5
_CHANGE_SOURCE: Final = "Our convention, from the smallest change worth naming (2 points)"  # evidence 2.1, 2.2
_STOPPED_SOURCE: Final = "Yamato 2015, Journal of Orthopaedic and Sports Physical Therapy 45:375"  # evidence 2.4
_SPIKE_SOURCE: Final = "Frandsen 2025, British Journal of Sports Medicine 59:1203"  # evidence 3


@dataclass(frozen=True)
class Notice:
    """One thing to look at: what it is, what to do, and which rule says so."""

    kind: str
    headline: str
    detail: str
    source: str
    level: Level


def attention(
    weeks: pd.DataFrame, runs: pd.DataFrame, pain_reports: pd.DataFrame, today: date, units: Units
) -> tuple[Notice, ...]:
    """Every notice that holds today, the most pressing first.

    `weeks` is the weekly frame, `runs` has local_date, distance_m and start, `pain_reports` has period, on_date,
    site, side, worst_running and q1 (participation).
    """
    # A week's report is keyed by a Monday, which for weeks that start on Saturday or Sunday may be yet to come.
    now = pd.Timestamp(today)
    begun = pain_reports[(pain_reports["period"] == "week") | (pain_reports["on_date"] <= now)]
    reports = begun.assign(on_date=begun["on_date"].where(begun["on_date"] <= now, now))
    notices = [
        *_stopped(reports, today),
        *_repeated(reports, today),
        *_band(weeks, pain_reports, today),
        *_morning(weeks, today),
        *_course(weeks, today),
        *_spike(runs, today, units),
    ]
    # A rating that is fine by itself is no reason to carry on with pain that does not go.
    lasts = any(notice.kind in ("pain rising", "pain lasting") for notice in notices)
    told = [notice for notice in notices if not (lasts and (notice.kind, notice.level) == ("pain band", "note"))]
    return tuple(sorted(told, key=lambda notice: _ORDER[notice.level]))


def attention_in_training(training: pd.DataFrame, names: Mapping[str, str], today: date) -> tuple[Notice, ...]:
    """What the last day of training with a pain rating asks for: a set that hurt too much, or pain that had not settled
    by the next morning.

    `training` has on_date, exercise, pain and next_morning_pain; `names` the exercises' names by slug.
    """
    rated = training[training["pain"].notna() | training["next_morning_pain"].notna()]
    recent = rated[rated["on_date"] > pd.Timestamp(today) - WEEK]
    last = recent[recent["on_date"] == recent["on_date"].max()]
    return (*_set_pain(last, names, today), *_unsettled(last, today))


def _set_pain(last: pd.DataFrame, names: Mapping[str, str], today: date) -> Iterator[Notice]:
    for slug, pain in last.groupby("exercise", sort=False)["pain"].max().items():
        if (band := pain_band(float(pain))) is STOP:
            where = f"in {names[str(slug)].lower()} on {day(last['on_date'].iloc[0].date(), today)}"
            headline = f"Pain was {number(float(pain))} of 10 {where}"
            yield Notice("pain in training", headline, f"{band.advice} {BANDS_LIMIT}", BANDS_SOURCE, band.level)


def _unsettled(last: pd.DataFrame, today: date) -> Iterator[Notice]:
    """Evidence 2.2: pain of 3 to 5 is acceptable only when it has settled by the next morning."""
    morning, during = last["next_morning_pain"].max(), last["pain"].max()
    band = pain_band(float(morning))
    if band is None or band.level == "note" or morning < during:
        return
    headline = f"Pain was {number(float(morning))} of 10 on the morning after your session of "
    yield Notice(
        "pain not settled",
        headline + day(last["on_date"].iloc[0].date(), today),
        f"It had not settled by the next morning: do less of it. {BANDS_LIMIT}",
        BANDS_SOURCE,
        band.level,
    )


def _band(weeks: pd.DataFrame, reports: pd.DataFrame, today: date) -> Iterator[Notice]:
    rated = _recent(weeks[weeks["pain"].notna()], "week", today)
    if rated.empty:
        return
    week, pain = rated["week"].iloc[-1], float(rated["pain"].iloc[-1])
    band = pain_band(pain)
    if band is None or pain == 0:
        return
    name = "this week" if week + WEEK > pd.Timestamp(today) else f"in the week of {day(week.date(), today)}"
    headline = f"Pain was {number(pain)} of 10 {name}{_place(reports, week, pain)}"
    morning = float(rated["pain_morning"].iloc[-1])
    after = "" if pd.isna(morning) else f" The next morning it was {number(morning)}."
    yield Notice("pain band", headline, f"{band.advice}{after} {BANDS_LIMIT}", BANDS_SOURCE, band.level)


def _morning(weeks: pd.DataFrame, today: date) -> Iterator[Notice]:
    """The bands hold for the next morning too; said on its own where it was worse than during running."""
    rated = _recent(weeks[weeks["pain_morning"].notna()], "week", today)
    if rated.empty:
        return
    last = rated.iloc[-1]
    morning, during = float(last["pain_morning"]), float(last["pain"])
    band = pain_band(morning)
    if band is None or band.level == "note" or during >= morning:
        return
    headline = f"Pain was {number(morning)} of 10 on the next morning, week of {day(last['week'].date(), today)}"
    yield Notice("pain next morning", headline, f"{band.advice} {BANDS_LIMIT}", BANDS_SOURCE, band.level)


def _stopped(reports: pd.DataFrame, today: date) -> Iterator[Notice]:
    """A place of the body that kept the runner from running at all, by the latest answer about it."""
    answered = _recent(reports[reports["q1"].notna()], "on_date", today)
    for _, rows in answered.groupby(["site", "side"], sort=False):
        if rows["q1"].iloc[-1] == OSTRC_ANSWERS[-1]:
            yield Notice(
                "could not run",
                f"You could not take part in running{_at(rows)}",
                "If it lasts a week or three planned runs, it counts as a running-related injury: see a professional.",
                _STOPPED_SOURCE,
                "care",
            )


def _repeated(reports: pd.DataFrame, today: date) -> Iterator[Notice]:
    """Above 5 on the last two days with a rating, at one place of the body."""
    rated = _recent(reports[reports["worst_running"].notna()], "on_date", today)
    for _, rows in rated.groupby(["site", "side"], sort=False):
        last = rows.groupby("on_date")["worst_running"].max().tail(PAIN_SEE_SOMEONE_REPORTS)
        if len(last) == PAIN_SEE_SOMEONE_REPORTS and (last > PAIN_SEE_SOMEONE_ABOVE).all():
            yield Notice(
                "pain repeated",
                f"Pain was above {PAIN_SEE_SOMEONE_ABOVE} twice in a row{_at(rows)}",
                "Stop running on it for now and see a professional, such as a doctor or a physiotherapist.",
                _PROFESSIONAL_SOURCE,
                "stop",
            )


def _course(weeks: pd.DataFrame, today: date) -> Iterator[Notice]:
    """Pain that rose over two weeks, or else did not get better in them; unknown weeks break the row."""
    course = _latest_course(weeks, today)
    if len(course) <= PAIN_CHANGE_WEEKS or any(math.isnan(value) for value in course):
        return
    if course[0] < course[1] <= course[-1] and course[-1] - course[0] >= PAIN_CHANGE_POINTS:
        yield _rising(course[0], course[-1])
    elif min(course) > 0 and course[0] <= course[-1]:
        yield _lasting(len(course))


def _latest_course(weeks: pd.DataFrame, today: date) -> list[float]:
    """Pain in the latest rated week and the two before it, NaN where unknown; empty when that is no news."""
    rated = _recent(weeks[weeks["pain"].notna()], "week", today)
    if rated.empty:
        return []
    last = rated["week"].iloc[-1]
    span = [last - ago * WEEK for ago in range(PAIN_CHANGE_WEEKS, -1, -1)]
    return [float(value) for value in weeks.set_index("week")["pain"].reindex(span)]


def _rising(first: float, last: float) -> Notice:
    return Notice(
        "pain rising",
        f"Pain rose from {number(first)} to {number(last)} over 2 weeks",
        "Cut the load until it stops rising. If it does not settle, see a professional.",
        _CHANGE_SOURCE,
        "care",
    )


def _lasting(weeks: int) -> Notice:
    return Notice(
        "pain lasting",
        f"Pain has not eased over {weeks} weeks in a row",
        "Pain for more than 2 weeks without improvement is a reason to see a professional.",
        _PROFESSIONAL_SOURCE,
        "care",
    )


def _spike(runs: pd.DataFrame, today: date, units: Units) -> Iterator[Notice]:
    spike = single_run_spike(runs, today)
    if spike.band is None or spike.percent is None:
        return
    yield Notice(
        "spike",
        f"Your longest run of the last 7 days was {spike.percent:.0f} % longer than any in the 30 days before it",
        spike_words(spike, today, units),
        _SPIKE_SOURCE,
        "note" if spike.band == "small" else "care",
    )


def _recent(rows: pd.DataFrame, column: str, today: date) -> pd.DataFrame:
    """Rows up to today and no older than the news: a week row counts from its first day."""
    now = pd.Timestamp(today)
    oldest = now - (NEWS_WEEKS + 1) * WEEK
    return rows[(rows[column] > oldest) & (rows[column] <= now)].sort_values(column, kind="stable")


def _place(reports: pd.DataFrame, week: pd.Timestamp, pain: float) -> str:
    """Where the week's worst rating was given, when a report says so."""
    in_week = (reports["on_date"] >= week) & (reports["on_date"] < week + WEEK)
    worst = reports[in_week & (reports["worst_running"] == pain)]
    return "" if worst.empty else _at(worst)


def _at(reports: pd.DataFrame) -> str:
    """' (left kneecap)', ' (kneecap, both sides)', ' (lower back)'."""
    site, side = str(reports["site"].iloc[0]), str(reports["side"].iloc[0])
    if site in SIDELESS:
        return f" ({site})" if site != SIDELESS[0] else ""
    return f" ({site}, both sides)" if side == "both" else f" ({side} {site})"
