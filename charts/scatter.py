"""The weeks behind one result: one mark a week, coloured by time."""

from collections.abc import Collection
from datetime import date
from typing import Any, Final

import numpy as np
import numpy.typing as npt
import pandas as pd

from analysis.association import Association, paired
from analysis.evidence import PAIN_WORST
from analysis.finding_words import association, lag
from analysis.phrases import count, short_day
from analysis.trend_words import RINGS, weeks_title
from analysis.trend_words import chosen as chosen_words
from analysis.units import Units, as_read
from analysis.week_words import pair_sentences
from charts.chart import INK, Chart, Figure, Theme, axis, frame, lined, row_label, translucent

HEIGHT: Final = 400
MARK: Final = 9
FADED: Final = 0.25  # opacity of the weeks that were not chosen, while some are

# Time, from early to late: the ends of the colour-blind-safe cividis scale that stand out on each page. None of
# them is the hue of pain, adherence or volume.
TIME: Final[dict[Theme, list[str]]] = {
    "light": ["#00224E", "#575D6D", "#A59C74", "#D8C95B"],
    "dark": ["#44638F", "#7D7C78", "#BCAE6C", "#FEE838"],
}

Values = npt.NDArray[np.float64]


def scatter(
    found: Association,
    weeks: pd.DataFrame,
    units: Units,
    theme: Theme,
    *,
    today: date,
    chosen: Collection[date] = (),
) -> Chart:
    """The weeks behind a result of `analysis.association`: finished `weeks` (with adherence) in which both series are
    known, stated zeros among them. `chosen` weeks stand out."""
    pairs = _ringed(paired(weeks, found.x, found.y, found.lag))
    shown = sorted(set(chosen) & set(pairs["week"].dt.date))
    alt = " ".join([association(found), _picture(pairs, found, units), *([chosen_words(shown)] if shown else [])])
    figure = Figure(
        data=[_marks(pairs, found, units, theme, today, chosen)], layout=_layout(pairs, found, units, theme)
    )
    return Chart(figure, weeks_title(found), alt)


def _ringed(pairs: pd.DataFrame) -> pd.DataFrame:
    """With `ring`, 1 for the latest week at a place and more for each earlier one, and `same_place`."""
    places = pairs.groupby(["x", "y"])
    return pairs.assign(ring=places.cumcount(ascending=False) + 1, same_place=places["x"].transform("size"))


def _marks(
    pairs: pd.DataFrame, found: Association, units: Units, theme: Theme, today: date, chosen: Collection[date]
) -> dict[str, Any]:
    days = pairs["week"].to_numpy(dtype="datetime64[D]").astype("int64")
    stands_out = pairs["week"].dt.date.isin(chosen).to_numpy()
    marker = {
        "opacity": np.where(stands_out | ~stands_out.any(), 1.0, FADED),
        # The area grows with the number of weeks; the earliest is drawn first and so lies outermost.
        "size": MARK * np.sqrt(pairs["ring"].to_numpy(dtype="float64")),
        "color": days,
        "colorscale": [[at / 3, colour] for at, colour in enumerate(TIME[theme])],
        "line": {"color": translucent(INK[theme], 0.55), "width": np.where(stands_out, 3, 1)},
        "showscale": len(pairs) > 1,
        "colorbar": _time_bar(pairs),
    }
    return {
        "type": "scatter",
        "mode": "markers",
        "x": _shown(pairs["x"], found.x, units),
        "y": _shown(pairs["y"], found.y, units),
        "marker": marker,
        "cliponaxis": False,
        "customdata": pairs["week"].dt.strftime("%Y-%m-%d"),
        "hovertext": lined(pair_sentences(pairs, found.x, found.y, found.lag, units, today)),
        "hoverinfo": "text",
    }


def _shown(values: "pd.Series[float]", column: str, units: Units) -> Values:
    return np.asarray(as_read(values, column, units), dtype=np.float64)


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


def _layout(pairs: pd.DataFrame, found: Association, units: Units, theme: Theme) -> dict[str, Any]:
    later = f", {lag(found.lag)}" if found.lag else ""
    across = f"{_axis_title(found.x, units)} ({count(len(pairs), 'week')})"
    return frame(
        theme,
        HEIGHT,
        margin={"l": 34, "r": 12, "t": 30, "b": 96},
        xaxis=_axis(pairs["x"], found.x, units, theme, title={"text": across, "font": {"size": 13}}),
        yaxis=_axis(pairs["y"], found.y, units, theme),
        annotations=[row_label(f"<b>{_axis_title(found.y, units)}</b>{later}", 1)],
    )


def _axis_title(column: str, units: Units) -> str:
    return {
        "adherence": "Hip sessions, % of plan done",
        "distance_m": f"Running, {units.label} a week",
        "pain": "Pain while running, 0 to 10",
    }[column]


def _axis(values: "pd.Series[float]", column: str, units: Units, theme: Theme, **options: Any) -> dict[str, Any]:  # noqa: ANN401  plotly's own options
    """The whole scale of adherence and pain, distance from 0; zeros stand clear of the ticks beside them."""
    top = {"adherence": 100.0, "pain": float(PAIN_WORST)}.get(column)
    if top is None:
        top = float(np.max(_shown(values, column, units), initial=1.0)) * 1.05
    ticks = {"tickvals": [0, 25, 50, 75, 100]} if column == "adherence" else {"nticks": 6}
    return axis(theme, range=[-0.06 * top, top * (1.04 if column == "adherence" else 1)], **ticks, **options)


def _picture(pairs: pd.DataFrame, found: Association, units: Units) -> str:
    if pairs.empty:
        return "The chart is empty."
    first, last = (short_day(pairs["week"].iloc[at].date()) for at in (0, -1))
    spans = " against ".join(_span(pairs[of], column, units) for of, column in (("x", found.x), ("y", found.y)))
    return (
        f"The chart has one mark for each of {count(len(pairs), 'week')}, coloured by time from {first} to {last}: "
        f"{spans}. {RINGS}"
    )


def _span(values: "pd.Series[float]", column: str, units: Units) -> str:
    shown = _shown(values, column, units)
    unit = {"adherence": "% of sessions done", "distance_m": f"{units.label} a week", "pain": "of 10 for pain"}[column]
    return f"{shown.min():.0f} to {shown.max():.0f} {unit}"
