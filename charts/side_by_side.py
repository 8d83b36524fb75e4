"""Small multiples of a squad's runners. All panels lie in one pair of axes, lane by lane, so that a page of twelve is
seven traces: distance, sessions and pain of a runner stand over one another, on the same scales for everyone."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

import numpy as np
import numpy.typing as npt
import pandas as pd

from analysis.evidence import PAIN_NONE, PAIN_WORST
from analysis.phrases import short_day
from analysis.side_by_side import SideBySide
from analysis.squad_chart_words import longest, side_by_side_text, side_by_side_title
from analysis.units import Units
from analysis.week_words import adherence_sentences, distance_sentences, pain_sentences
from charts.chart import (
    ADHERENCE,
    GRID,
    INK,
    PAIN,
    VOLUME,
    Chart,
    Figure,
    Theme,
    axis,
    frame,
    hatch,
    lined,
    plain,
    short,
    translucent,
)

COLUMNS: Final = 2  # a phone has room for two
PANEL_PX: Final = 148
GAP_WEEKS: Final = 3  # between the columns
TICK_WEEKS: Final = 8
# Bottom and height of each lane within a panel; the rest above them is the name's.
LANES: Final = {"pain": (0.35, 1.0), "adherence": (1.65, 0.6), "distance": (2.6, 1.0)}
PANEL: Final = 4.4
_MARK: Final = 4.5

Trace = dict[str, Any]
Values = npt.NDArray[np.float64]
Mask = npt.NDArray[np.bool_]


def side_by_side_chart(found: SideBySide, units: Units, theme: Theme, *, today: date) -> Chart:
    """Draw a page of at least one runner."""
    panels = [_Panel(found, at, units, today) for at in range(len(found.names))]
    figure = Figure(data=list(_traces(panels, theme)), layout=_layout(found, panels, units, theme))
    return Chart(figure, side_by_side_title(found), side_by_side_text(found, units))


class _Panel:
    """One runner's weeks, each as a share of its lane (0 to 1), with what is said of it."""

    def __init__(self, found: SideBySide, at: int, units: Units, today: date) -> None:
        weeks, self.name = found.weeks[at], found.names[at]
        row, column = divmod(at, COLUMNS)
        self.bottom = -(row + 1) * PANEL
        self.x = column * (len(weeks) + GAP_WEEKS) + np.arange(len(weeks), dtype=np.float64)
        tops = {"distance": found.longest_m or 1.0, "adherence": 1.0, "pain": float(PAIN_WORST)}
        columns = {"distance": "distance_m", "adherence": "adherence", "pain": "pain"}
        self.shares: dict[str, Values] = {
            lane: weeks[columns[lane]].to_numpy("float64") / top for lane, top in tops.items()
        }
        self.asked: Mask = weeks["sessions_prescribed"].to_numpy("float64") > 0
        self.typed: Mask = (weeks["distance_from"] == "typed").to_numpy()
        self.says = {
            "distance": self._named(distance_sentences(weeks, units, today)),
            "adherence": self._named(adherence_sentences(weeks, today)),
            "pain": self._named(pain_sentences(weeks, today)),
        }

    def _named(self, sentences: list[str]) -> "npt.NDArray[np.object_]":
        return np.array(lined(f"{plain(self.name)}: {sentence}" for sentence in sentences), dtype=object)

    def foot(self, lane: str) -> float:
        return self.bottom + LANES[lane][0]

    def y(self, lane: str) -> Values:
        return self.foot(lane) + LANES[lane][1] * self.shares[lane]

    def unknown(self, lane: str) -> Mask:
        found = np.isnan(self.shares[lane])
        return found & self.asked if lane == "adherence" else found


@dataclass(frozen=True)
class _Marks:
    """What one trace shows of one panel's lane: the weeks at `where`."""

    panel: _Panel
    lane: str
    where: Mask

    @property
    def x(self) -> Values:
        return self.panel.x[self.where]

    @property
    def says(self) -> "npt.NDArray[np.object_]":
        return self.panel.says[self.lane][self.where]


def _traces(panels: list[_Panel], theme: Theme) -> Iterator[Trace]:
    yield _baselines(panels, theme)
    lanes = [_Marks(panel, lane, panel.unknown(lane)) for panel in panels for lane in LANES]
    yield _bars("not known", lanes, hatch(theme), full=True)
    ran = [_Marks(panel, "distance", (panel.shares["distance"] > 0) & ~panel.typed) for panel in panels]
    yield _bars("distance", ran, {"color": VOLUME})
    typed = [_Marks(panel, "distance", (panel.shares["distance"] > 0) & panel.typed) for panel in panels]
    yield _bars("typed total", typed, {"color": translucent(VOLUME, 0.3), "line": {"color": VOLUME, "width": 1}})
    done = [_Marks(panel, "adherence", panel.shares["adherence"] > 0) for panel in panels]
    yield _bars("sessions", done, {"color": ADHERENCE})
    yield _zeros(panels)
    yield _pain(panels)


def _bars(name: str, marks: list[_Marks], marker: dict[str, Any], *, full: bool = False) -> Trace:
    feet = [np.full(int(mark.where.sum()), mark.panel.foot(mark.lane)) for mark in marks]
    heights = [
        np.full(len(foot), LANES[mark.lane][1]) if full else mark.panel.y(mark.lane)[mark.where] - foot
        for mark, foot in zip(marks, feet, strict=True)
    ]
    return {
        "type": "bar",
        "name": name,
        "x": np.concatenate([mark.x for mark in marks]),
        "y": np.concatenate(heights),
        "base": np.concatenate(feet),
        "width": 1.0 if full else 0.8,
        "marker": {"line": {"width": 0}} | marker,
        "hovertext": np.concatenate([mark.says for mark in marks]),
        "hoverinfo": "text",
    }


def _zeros(panels: list[_Panel]) -> Trace:
    """Stated zeros of distance and sessions: hollow, on the baseline."""
    marks = [_Marks(panel, lane, panel.shares[lane] == 0) for panel in panels for lane in ("distance", "adherence")]
    colours = {"distance": VOLUME, "adherence": ADHERENCE}
    return {
        "type": "scatter",
        "mode": "markers",
        "name": "stated zero",
        "x": np.concatenate([mark.x for mark in marks]),
        "y": np.concatenate([mark.panel.y(mark.lane)[mark.where] for mark in marks]),
        "marker": {
            "symbol": "circle-open",
            "size": _MARK + 1,
            "line": {"width": 1.2},
            "color": np.concatenate([np.full(int(mark.where.sum()), colours[mark.lane]) for mark in marks]),
        },
        "hovertext": np.concatenate([mark.says for mark in marks]),
        "hoverinfo": "text",
    }


def _pain(panels: list[_Panel]) -> Trace:
    """One line with a gap at every unknown week and between runners; a rating of 0 is hollow."""
    shares = np.concatenate([np.append(panel.shares["pain"], np.nan) for panel in panels])
    return {
        "type": "scatter",
        "mode": "lines+markers",
        "name": "pain",
        "x": np.concatenate([np.append(panel.x, np.nan) for panel in panels]),
        "y": np.concatenate([np.append(panel.y("pain"), np.nan) for panel in panels]),
        "line": {"color": PAIN, "width": 1.2},
        "marker": {
            "symbol": np.where(shares == PAIN_NONE, "circle-open", "circle"),
            "color": PAIN,
            "size": _MARK,
            "line": {"color": PAIN, "width": 1},
        },
        "connectgaps": False,
        "hovertext": np.concatenate([np.append(panel.says["pain"], "") for panel in panels]),
        "hoverinfo": "text",
    }


def _baselines(panels: list[_Panel], theme: Theme) -> Trace:
    ends = [(panel.x[0] - 0.5, panel.x[-1] + 0.5, panel.foot(lane)) for panel in panels for lane in LANES]
    return {
        "type": "scatter",
        "mode": "lines",
        "name": "baselines",
        "x": [place for first, last, _ in ends for place in (first, last, None)],
        "y": [place for *_, foot in ends for place in (foot, foot, None)],
        "line": {"color": GRID[theme], "width": 1},
        "hoverinfo": "skip",
    }


def _layout(found: SideBySide, panels: list[_Panel], units: Units, theme: Theme) -> dict[str, Any]:
    rows = -(-len(panels) // COLUMNS)
    left = panels[::COLUMNS]
    ends = {"distance": longest(found, units), "adherence": "100 %", "pain": f"{PAIN_WORST}"}
    ticks = {panel.foot(lane) + LANES[lane][1]: says for panel in left for lane, says in ends.items()}
    ticks |= {panel.foot(lane): "0" for panel in left for lane in ("distance", "pain")}
    return frame(
        theme,
        PANEL_PX * rows + 30,
        margin={"l": 46, "r": 6, "t": 2, "b": 28},
        barmode="overlay",
        bargap=0,
        xaxis=axis(
            theme, range=[-0.8, max(panel.x[-1] for panel in panels) + 0.8], showgrid=False, **_weeks(found, panels)
        ),
        yaxis=axis(
            theme,
            range=[-rows * PANEL, 0],
            tickvals=list(ticks),
            ticktext=list(ticks.values()),
            tickfont={"size": 10},
            showgrid=False,
        ),
        annotations=[_name(panel, theme) for panel in panels],
    )


def _name(panel: _Panel, theme: Theme) -> dict[str, Any]:
    return {
        "text": f"<b>{short(panel.name)}</b>",
        "x": panel.x[0] - 0.5,
        "y": panel.bottom + PANEL - 0.05,
        "xanchor": "left",
        "yanchor": "top",
        "showarrow": False,
        "font": {"size": 13, "color": INK[theme]},
    }


def _weeks(found: SideBySide, panels: list[_Panel]) -> dict[str, Any]:
    """The same few days below each column."""
    days = found.weeks[0]["week"].tolist()
    at = list(range(len(days) - 1 - TICK_WEEKS // 2, -1, -TICK_WEEKS))  # none at an end, beside the next column's
    places = [panel.x[week] for panel in panels[:COLUMNS] for week in at]
    names = [short_day(pd.Timestamp(days[week]).date(), year=False) for _ in panels[:COLUMNS] for week in at]
    return {"tickvals": places, "ticktext": names, "tickangle": 0, "tickfont": {"size": 10}}
