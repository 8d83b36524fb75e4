"""The pain of a report: by site and side, as levels and not as verdicts."""

from collections.abc import Iterator
from typing import Any, Final, Literal

import pandas as pd

from analysis.bands import BANDS_LIMIT, BANDS_SOURCE
from analysis.evidence import BASELINE_WEEKS
from analysis.ostrc import scores
from analysis.overview import Overview, overview
from analysis.phrases import SIDELESS, count, day, number, place
from analysis.report_parts import NOT_LOGGED, Section, Sources, Stretch, Table
from analysis.weeks import between, of_side
from analysis.words import ENTRY_WEEKS, overview_title

ANYWHERE: Final = SIDELESS[0]
OSTRC_SOURCE: Final = (
    "Severity, 0 to 100, is the sum of the four weekly questions about one part of the body; a substantial problem is "
    "a moderate or greater effect on training or performance, or no participation (OSTRC-O2, Clarsen 2020, British "
    "Journal of Sports Medicine 54:390). Moves of 8 to 17 points are noise."
)
BANDS: Final = (
    "0 to 2 is read as carry on, 3 to 5 as acceptable only if settled by the next morning and not rising over 2 weeks, "
    f"6 to 10 as stop. {BANDS_SOURCE}. {BANDS_LIMIT}"
)
COURSE: Final = (
    f"The last column has the median of the first {BASELINE_WEEKS} and of the last {BASELINE_WEEKS} known weeks, "
    "without the very first one: two levels and no verdict. A week in which no pain anywhere was stated is a 0 for "
    "every place."
)


def section(found: Sources, stretch: Stretch) -> Section:
    """Worst pain of each week while running, by site and side; next mornings and the weekly questions as answered."""
    of_all = overview(stretch.weeks, stretch.today)
    reports = stretch.of(found.pain, "on_date")
    running = tuple(_rows(found, stretch, reports))
    tables = [Table(_WHILE, _WHILE_HEAD, running)] if running else []
    after = tuple(_after(reports))
    tables += [Table(_AFTER, _AFTER_HEAD, after)] if after else []
    notes = [*([COURSE] if running else []), BANDS, *([OSTRC_SOURCE] if reports["q1"].notna().any() else [])]
    return Section("Pain", tuple(_sentences(of_all, running)), ("pain",), tuple(tables), notes=tuple(notes))


_WHILE: Final = "Worst pain while running, by week (0 to 10)"
_WHILE_HEAD: Final = ("Place", "Weeks known", "Worst", "Median", "Latest", "First 4, then last 4")
_AFTER: Final = "The next morning (0 to 10), and the four weekly questions (severity 0 to 100)"
_AFTER_HEAD: Final = (
    "Place",
    "Morning, worst",
    "Morning, latest",
    "Severity, highest",
    "Severity, latest",
    "Substantial",
)


def _sentences(of_all: Overview, rows: tuple[tuple[str, ...], ...]) -> Iterator[str]:
    if not of_all.pain.weeks:
        yield f"Pain while running was {NOT_LOGGED} in any of these weeks; that does not say there was none."
        return
    yield f"{overview_title(of_all)}."
    if (of_all.pain_before or 0) > (of_all.pain_after or 0):
        yield ENTRY_WEEKS
    if not rows:
        yield "No place of the body was named."


def _rows(found: Sources, stretch: Stretch, reports: pd.DataFrame) -> Iterator[tuple[str, ...]]:
    """A row for each side of a site that was reported; one for a site without sides."""
    for site in sorted(set(reports["site"]) - {ANYWHERE}):
        if stretch.first is None or stretch.last is None:
            continue
        weeks = between(found.by_site[site], stretch.first, stretch.last)
        if site in SIDELESS:
            yield _row(place(site, "both"), weeks, stretch)
            continue
        sides: tuple[Literal["left", "right"], ...] = ("left", "right")
        for side in sides:
            if reports.loc[reports["site"] == site, "side"].isin([side, "both"]).any():
                yield _row(place(site, side), of_side(weeks, side), stretch)


def _row(name: str, weeks: pd.DataFrame, stretch: Stretch) -> tuple[str, ...]:
    known = weeks[weeks["pain"].notna()]
    of_weeks = f"{len(known)} of {len(stretch.weeks)}"
    if known.empty:
        return (name, of_weeks, *(NOT_LOGGED,) * 4)
    return (
        name,
        of_weeks,
        _worst(known, stretch),
        number(float(known["pain"].median())),
        _dated(known.iloc[-1], stretch),
        _levels(overview(weeks, stretch.today), len(known)),
    )


def _worst(known: pd.DataFrame, stretch: Stretch) -> str:
    """'0', '5 (week of 3 August)', '5 (3 weeks, last 3 August)'."""
    worst = known[known["pain"] == known["pain"].max()]
    last = worst.iloc[-1]
    if not last["pain"]:
        return "0"
    if len(worst) == 1:
        return _dated(last, stretch)
    return f"{number(float(last['pain']))} ({len(worst)} weeks, last {_week(last, stretch)})"


def _dated(row: "pd.Series[Any]", stretch: Stretch) -> str:
    """'5 (week of 3 August)'."""
    return f"{number(float(row['pain']))} (week of {_week(row, stretch)})"


def _week(row: "pd.Series[Any]", stretch: Stretch) -> str:
    return day(pd.Timestamp(row["week"]).date(), stretch.today)


def _levels(found: Overview, known: int) -> str:
    if found.pain_before is None or found.pain_after is None:
        return f"{count(1 + 2 * BASELINE_WEEKS - known, 'more week')} needed"
    return f"{number(found.pain_before)}, then {number(found.pain_after)}"


def _after(reports: pd.DataFrame) -> Iterator[tuple[str, ...]]:
    """Next mornings and severities of each place, as far as anything was answered."""
    told = scores(reports[reports["site"] != ANYWHERE].sort_values("on_date", kind="stable"))
    for (site, side), rows in told.groupby(["site", "side"], sort=True):
        mornings, answered = rows["next_morning"].dropna(), rows[rows["q1"].notna()]
        if mornings.empty and answered.empty:
            continue
        severity = answered["severity"].dropna()
        yield (
            place(str(site), str(side)),
            _highest(mornings),
            _latest(mornings),
            _highest(severity),
            _latest(severity),
            f"{int((answered['substantial'] == 1).sum())} of {len(answered)}" if len(answered) else "not answered",
        )


def _highest(values: "pd.Series[float]") -> str:
    return "not answered" if values.empty else number(float(values.max()))


def _latest(values: "pd.Series[float]") -> str:
    return "not answered" if values.empty else number(float(values.iloc[-1]))
