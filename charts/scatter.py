"""Adherence against pain or against volume: one mark a week, coloured by time."""

from datetime import date
from typing import Any, Final, Literal

import numpy as np
import pandas as pd
from plotly import graph_objects as go

from analysis.association import paired, pick, table
from analysis.evidence import PAIN_WORST
from analysis.finding_words import association, association_title
from analysis.phrases import count, short_day
from analysis.units import METRES_IN, Units
from analysis.week_words import pair_sentences
from analysis.weeks import complete_weeks, with_adherence
from charts.chart import INK, Chart, Theme, axis, frame, lined, row_label, translucent

HEIGHT: Final = 400
MARK: Final = 9

# Time, from early to late: the ends of the colour-blind-safe cividis scale that stand out on each page. None of
# them is the hue of pain, adherence or volume.
TIME: Final[dict[Theme, list[str]]] = {
    "light": ["#00224E", "#575D6D", "#A59C74", "#D8C95B"],
    "dark": ["#44638F", "#7D7C78", "#BCAE6C", "#FEE838"],
}
RINGS: Final = "Weeks at the same place are drawn as rings, the latest in the middle: more rings, more weeks."

Outcome = Literal["pain", "distance_m"]


def scatter(weeks: pd.DataFrame, y: Outcome, units: Units, theme: Theme, *, today: date) -> Chart:
    """Finished weeks where adherence and `y` are both known, stated zeros among them."""
    finished = with_adherence(complete_weeks(weeks, today))
    found = pick(table(finished), "adherence", y)  # its verdict is the one of all that Trends compares
    pairs = _ringed(paired(finished, "adherence", y))
    alt = f"{association(found)} {_picture(pairs, y, units)}"
    figure = go.Figure(data=[_marks(pairs, y, units, theme, today)], layout=_layout(pairs, y, units, theme))
    return Chart(figure, association_title(found), alt)


def _ringed(pairs: pd.DataFrame) -> pd.DataFrame:
    """With `ring`, 1 for the latest week at a place and more for each earlier one, and `same_place`."""
    places = pairs.groupby(["x", "y"])
    return pairs.assign(ring=places.cumcount(ascending=False) + 1, same_place=places["x"].transform("size"))


def _marks(pairs: pd.DataFrame, y: Outcome, units: Units, theme: Theme, today: date) -> dict[str, Any]:
    days = pairs["week"].to_numpy(dtype="datetime64[D]").astype("int64")
    marker = {
        "opacity": 1,
        # The area grows with the number of weeks; the earliest is drawn first and so lies outermost.
        "size": MARK * np.sqrt(pairs["ring"].to_numpy(dtype="float64")),
        "color": days,
        "colorscale": [[at / 3, colour] for at, colour in enumerate(TIME[theme])],
        "line": {"color": translucent(INK[theme], 0.55), "width": 1},
        "showscale": len(pairs) > 1,
        "colorbar": _time_bar(pairs),
    }
    return {
        "type": "scatter",
        "mode": "markers",
        "x": pairs["x"].to_numpy() * 100,
        "y": _shown(pairs, y, units),
        "marker": marker,
        "cliponaxis": False,
        "hovertext": lined(pair_sentences(pairs, y, units, today)),
        "hoverinfo": "text",
    }


def _shown(pairs: pd.DataFrame, y: Outcome, units: Units) -> np.ndarray[Any, np.dtype[np.float64]]:
    values = pairs["y"].to_numpy(dtype="float64")
    return values / METRES_IN[units] if y == "distance_m" else values


def _time_bar(pairs: pd.DataFrame) -> dict[str, Any]:
    """Under the chart, because a phone has no width to give away."""
    ticks = [] if pairs.empty else sorted({pairs["week"].iloc[at] for at in (0, len(pairs) // 2, -1)})
    return {
        "orientation": "h",
        "thickness": 10,
        "len": 0.8,
        "y": -0.2,
        "yanchor": "top",
        "outlinewidth": 0,
        "tickvals": [(tick - pd.Timestamp(0)).days for tick in ticks],
        "ticktext": [short_day(tick.date()) for tick in ticks],
    }


def _layout(pairs: pd.DataFrame, y: Outcome, units: Units, theme: Theme) -> dict[str, Any]:
    title = f"<b>Running</b>, {units.label} a week" if y == "distance_m" else "<b>Pain</b> while running, 0 to 10"
    top = PAIN_WORST if y == "pain" else float(np.max(_shown(pairs, y, units), initial=1.0)) * 1.05
    across = {"text": f"Hip sessions, % of plan done ({count(len(pairs), 'week')})", "font": {"size": 13}}
    return frame(
        theme,
        HEIGHT,
        margin={"l": 34, "r": 12, "t": 30, "b": 96},
        xaxis=axis(theme, range=[-4, 104], tickvals=[0, 25, 50, 75, 100], title=across),
        # Zeros stand clear of the ticks below them.
        yaxis=axis(theme, range=[-0.06 * top, top], nticks=6),
        annotations=[row_label(title, 1)],
    )


def _picture(pairs: pd.DataFrame, y: Outcome, units: Units) -> str:
    if pairs.empty:
        return "The chart is empty."
    values = _shown(pairs, y, units)
    unit = f"{units.label} a week" if y == "distance_m" else "of 10 for pain"
    low, high = round(pairs["x"].min() * 100), round(pairs["x"].max() * 100)
    first, last = (short_day(pairs["week"].iloc[at].date()) for at in (0, -1))
    return (
        f"The chart has one mark for each of {count(len(pairs), 'week')}, coloured by time from {first} to {last}: "
        f"{low} to {high} % of sessions done, {values.min():.0f} to {values.max():.0f} {unit}. {RINGS}"
    )
