"""The time chart: volume, adherence and pain in three rows over one shared week axis."""

import math
from collections.abc import Collection, Iterator, Sequence
from datetime import date
from typing import Any, Final

import numpy as np
import numpy.typing as npt
import pandas as pd

from analysis import trend_words
from analysis.evidence import PAIN_ACCEPTABLE_MAX, PAIN_NONE, PAIN_WORST
from analysis.overview import overview
from analysis.phrases import short_day
from analysis.units import METRES_IN, Units
from analysis.week_words import adherence_sentences, distance_sentences, pain_sentences
from analysis.weeks import WEEK, with_adherence
from analysis.words import overview_paragraph, overview_title
from charts.chart import (
    ADHERENCE,
    INK,
    PAIN,
    SIDE_DASH,
    SIDE_GLYPH,
    SIDE_SYMBOL,
    VOLUME,
    Chart,
    Figure,
    Mark,
    Span,
    Theme,
    axis,
    frame,
    hatch,
    lined,
    row_label,
    translucent,
)
from charts.events import Events, Stretch

HEIGHT: Final = 540
# Bottom and top of each row as shares of the height; the gaps hold the row labels.
ROWS: Final = {"y": (0.70, 0.945), "y2": (0.395, 0.61), "y3": (0.0, 0.305)}
# Room above the highest value of each row for the labels of tests, plans and injuries.
HEADROOM: Final = 1.28
WEEK_MS: Final = WEEK / pd.Timedelta(milliseconds=1)
BAR_WIDTH_MS: Final = 0.86 * WEEK_MS
LEAST_WEEKS: Final = 8  # a diary of one week is not drawn as one wide column
# Up to a season the ticks name days, up to two and a half years months, then years.
DAILY_TICKS_WEEKS: Final = 16
MONTHLY_TICKS_WEEKS: Final = 130

Trace = dict[str, Any]
Mask = npt.NDArray[np.bool_]


def timeline(
    weeks: pd.DataFrame,
    units: Units,
    theme: Theme,
    *,
    today: date,
    plans: Sequence[Span] = (),
    tests: Sequence[Mark] = (),
    episodes: Sequence[Span] = (),
    chosen: Collection[date] = (),
) -> Chart:
    """Draw a weekly frame that is not empty; the page answers for an empty one.

    The title and the text speak of finished weeks only; the running week is drawn and marked. `chosen` weeks stand in
    a frame through all three rows. `customdata` of every mark is the first day of its week, such as '2026-03-02'.
    """
    rows = _Rows(with_adherence(weeks), units, theme, today)
    events = Events.within(rows.stretch, plans, tests, episodes)
    traces = [*rows.distance(), *rows.adherence(), *rows.pain(), *events.labels(rows.tops, theme)]
    found = overview(weeks, today)
    shown = sorted(set(chosen) & set(weeks["week"].dt.date))
    marked = [trend_words.chosen(shown)] if shown else []
    alt = " ".join([overview_paragraph(found, units), *events.sentences(), *marked])
    shapes = [*events.shapes(ROWS, theme), *(_chosen_week(rows, week) for week in shown)]
    figure = Figure(data=traces, layout=_layout(rows, shapes))
    return Chart(figure, overview_title(found), alt)


class _Rows:
    """The traces of the three rows, each a handful of whole columns."""

    def __init__(self, weeks: pd.DataFrame, units: Units, theme: Theme, today: date) -> None:
        self.weeks, self.units, self.theme, self.today = weeks, units, theme, today
        # Marks stand in the middle of their week, which runs from its first midnight to its last.
        middle = (weeks["week"] + WEEK / 2).to_numpy(dtype="datetime64[s]")
        self.middle = np.datetime_as_string(middle).astype(object)
        self.first_days = np.datetime_as_string(weeks["week"].to_numpy(dtype="datetime64[D]")).astype(object)
        self.mark = _mark_size(len(weeks))
        end = weeks["week"].iloc[-1] + WEEK
        self.stretch = Stretch(min(weeks["week"].iloc[0], end - LEAST_WEEKS * WEEK), end)
        self.volume = self.column("distance_m") / METRES_IN[units]
        highest = float(np.nanmax(self.volume, initial=0.0)) or 10.0
        self.tops = {"y": highest * HEADROOM, "y2": 100 * HEADROOM, "y3": PAIN_WORST * HEADROOM}
        self.full = {"y": highest, "y2": 100.0, "y3": float(PAIN_WORST)}

    @property
    def running(self) -> bool:
        """Whether the last week is still going on."""
        return self.stretch.end > pd.Timestamp(self.today)

    def column(self, name: str) -> npt.NDArray[np.float64]:
        return self.weeks[name].to_numpy(dtype="float64")

    def distance(self) -> Iterator[Trace]:
        says = _Sentences(distance_sentences(self.weeks, self.units, self.today))
        source = self.weeks["distance_from"].to_numpy(dtype=object)
        typed, zero, unknown = source == "typed", self.volume == 0, np.isnan(self.volume)
        yield self._unknown("y", unknown, says, "running not logged")
        yield self._bars("y", self.volume, ~typed & ~zero & ~unknown, says, VOLUME, "summed runs")
        yield self._bars("y", self.volume, typed & ~zero, says, VOLUME, "typed total", pale=True)
        yield self._zeros("y", zero, says, VOLUME, "no running")

    def adherence(self) -> Iterator[Trace]:
        says = _Sentences(adherence_sentences(self.weeks, self.today))
        share = self.column("adherence") * 100
        planned = self.column("sessions_prescribed") > 0
        yield self._unknown("y2", planned & np.isnan(share), says, "sessions not logged")
        yield self._bars("y2", share, share > 0, says, ADHERENCE, "adherence")
        yield self._zeros("y2", share == 0, says, ADHERENCE, "no sessions")
        yield self._blank("y2", ~planned, says, "nothing prescribed")

    def pain(self) -> Iterator[Trace]:
        overall, left, right = (self.column(name) for name in ("pain", "pain_left", "pain_right"))
        sideless = ~np.isnan(overall) & np.isnan(left) & np.isnan(right)
        says = _Sentences(pain_sentences(self.weeks, self.today))
        yield self._unknown("y3", np.isnan(overall), says, "pain not logged")
        for side, values in (("", np.where(sideless, overall, np.nan)), ("left", left), ("right", right)):
            if not np.isnan(values).all():
                yield self._points(values, side)

    def sides(self) -> list[str]:
        """The sides of which there is pain to show, as the row label names them."""
        rated = {"left": self.column("pain_left"), "right": self.column("pain_right")}
        named = [side for side, values in rated.items() if not np.isnan(values).all()]
        sideless = ~np.isnan(self.column("pain")) & np.isnan(rated["left"]) & np.isnan(rated["right"])
        return [SIDE_GLYPH[side] for side in (*named, *([""] if sideless.any() else []))]

    def _bars(
        self,
        row: str,
        values: npt.NDArray[np.float64],
        where: Mask,
        says: "_Sentences",
        colour: str,
        name: str,
        *,
        pale: bool = False,
    ) -> Trace:
        fill = translucent(colour, 0.3) if pale else colour
        marker = {"color": fill, "line": {"color": colour, "width": self.mark / 5 if pale else 0}}
        return self._trace("bar", row, values, where, says, name) | {"width": BAR_WIDTH_MS, "marker": marker}

    def _unknown(self, row: str, where: Mask, says: "_Sentences", name: str) -> Trace:
        """One hatched bar a week, as high as the row: no value is drawn that could be read as one."""
        heights = np.full(len(where), self.full[row])
        return self._trace("bar", row, heights, where, says, name) | {"width": WEEK_MS, "marker": hatch(self.theme)}

    def _blank(self, row: str, where: Mask, says: "_Sentences", name: str) -> Trace:
        """Nothing to see, but a sentence to find for whoever points there."""
        heights = np.full(len(where), self.full[row])
        return self._trace("bar", row, heights, where, says, name) | {"width": BAR_WIDTH_MS, "opacity": 0}

    def _zeros(self, row: str, where: Mask, says: "_Sentences", colour: str, name: str) -> Trace:
        marker = {"symbol": "circle-open", "color": colour, "size": self.mark, "line": {"width": self.mark / 5}}
        shape = {"mode": "markers", "marker": marker, "cliponaxis": False}
        return self._trace("scatter", row, np.zeros(len(where)), where, says, name) | shape

    def _points(self, values: npt.NDArray[np.float64], side: str) -> Trace:
        """Every week in the list, so that an unknown one breaks the line; a rating of 0 is hollow."""
        symbol = SIDE_SYMBOL[side]
        hollow = symbol if symbol.endswith("-open") else f"{symbol}-open"
        marker = {
            # One name instead of a list where it may: Plotly looks up every name among some five hundred.
            "symbol": symbol if hollow == symbol else np.where(values == PAIN_NONE, hollow, symbol),
            "color": PAIN,
            # The open diamond is the larger: on equal ratings the circle shows inside it.
            "size": self.mark + 2 if side == "right" else self.mark,
            "line": {"color": PAIN, "width": self.mark / 5},
        }
        return {
            "type": "scatter",
            "mode": "lines+markers",
            "x": self.middle,
            "y": values,
            "customdata": self.first_days,
            "yaxis": "y3",
            "name": f"pain {side}".strip(),
            "line": {"color": PAIN, "dash": SIDE_DASH[side], "width": self.mark / 5},
            "marker": marker,
            "connectgaps": False,
            "cliponaxis": False,
            "hovertext": lined(pain_sentences(self.weeks, self.today, side)),
            "hoverinfo": "text",
        }

    def _trace(
        self, kind: str, row: str, values: npt.NDArray[np.float64], where: Mask, says: "_Sentences", name: str
    ) -> Trace:
        return {
            "type": kind,
            "x": self.middle[where],
            "y": values[where],
            "customdata": self.first_days[where],
            "yaxis": row,
            "name": name,
            "hovertext": says.at(where),
            "hoverinfo": "text",
        }


def _mark_size(weeks: int) -> float:
    """Pixels: on a phone a week is 12 px wide in half a year, and less than one in ten years."""
    return float(np.interp(weeks, [40, 160], [7.0, 3.5]))


class _Sentences:
    """A sentence for every week, of which each trace takes its own."""

    def __init__(self, sentences: list[str]) -> None:
        self.lines = np.array(lined(sentences), dtype=object)

    def at(self, where: Mask) -> npt.NDArray[np.object_]:
        return self.lines[where]


def _layout(rows: _Rows, shapes: list[dict[str, Any]]) -> dict[str, Any]:
    theme = rows.theme
    scales = {
        "y": {"range": [0, rows.tops["y"]], "nticks": 4},
        "y2": {"range": [0, rows.tops["y2"]], "tickvals": [0, 50, 100], "ticktext": ["0", "50", "100"]},
        # A little below zero, so that hollow zeros do not sit on the tick labels of the weeks.
        "y3": {"range": [-0.7, rows.tops["y3"]], "tickvals": [PAIN_NONE, PAIN_ACCEPTABLE_MAX, PAIN_WORST]},
    }
    vertical = {
        name.replace("y", "yaxis"): axis(theme, domain=ROWS[name], anchor="x", **scale)
        for name, scale in scales.items()
    }
    return frame(
        theme,
        HEIGHT,
        margin={"l": 34, "r": 8, "t": 4, "b": 40},
        barmode="overlay",
        bargap=0,
        xaxis=_week_axis(rows),
        shapes=[*shapes, _running_week(rows)] if rows.running else shapes,
        annotations=_labels(rows),
        **vertical,
    )


def _week_axis(rows: _Rows) -> dict[str, Any]:
    """Few and short ticks, so that they stay readable at 390 px."""
    start, weeks = rows.stretch.start, len(rows.weeks)
    ticks: dict[str, Any] = {"tickformat": "%Y", "nticks": 6}
    if weeks <= DAILY_TICKS_WEEKS:
        every = slice(None, None, math.ceil(weeks / 5))
        names = [short_day(week, year=False) for week in rows.weeks["week"].iloc[every]]
        ticks = {"tickvals": rows.middle[every], "ticktext": names}
    elif weeks <= MONTHLY_TICKS_WEEKS:
        ticks = {"tickformat": "%b\n%Y", "nticks": 7}
    return axis(
        rows.theme, type="date", range=[str(start), str(rows.stretch.end)], anchor="y3", showgrid=False, **ticks
    )


def _running_week(rows: _Rows) -> dict[str, Any]:
    place = {"x0": str(rows.stretch.end - WEEK), "x1": str(rows.stretch.end), "y0": 0, "y1": ROWS["y"][1]}
    shade = {"fillcolor": translucent(INK[rows.theme], 0.07), "line": {"width": 0}, "layer": "below"}
    return {"type": "rect", "xref": "x", "yref": "paper", **place, **shade}


def _chosen_week(rows: _Rows, week: date) -> dict[str, Any]:
    first = pd.Timestamp(week)
    place = {"x0": str(first), "x1": str(first + WEEK), "y0": 0, "y1": ROWS["y"][1]}
    look = {"fillcolor": translucent(INK[rows.theme], 0.12), "line": {"width": 1.5, "color": INK[rows.theme]}}
    return {"type": "rect", "xref": "x", "yref": "paper", **place, **look, "layer": "below"}


def _labels(rows: _Rows) -> list[dict[str, Any]]:
    """Each row says what it is, in its own words instead of a legend."""
    sides = "".join(f"   {glyph}" for glyph in rows.sides())
    texts = {
        "y": f"<b>Running</b>, {rows.units.label} a week",
        "y2": "<b>Hip sessions</b>, % of plan done",
        "y3": f"<b>Pain</b> while running, 0 to 10{sides}",
    }
    labels = [row_label(text, ROWS[row][1]) for row, text in texts.items()]
    return [*labels, row_label("this week so far", ROWS["y"][1], 1, "right")] if rows.running else labels
