"""How many of those who answered had a problem, week by week, above how many answered."""

from typing import Any, Final

import numpy as np

from analysis.phrases import short_day
from analysis.prevalence import Prevalence
from analysis.squad_chart_words import prevalence_text, prevalence_title, prevalence_week
from charts.chart import INK, PROBLEM, Chart, Figure, Theme, axis, frame, hatch, lined, row_label, translucent

HEIGHT: Final = 380
ROWS: Final = {"y": (0.40, 0.92), "y2": (0.0, 0.24)}
TICK_WEEKS: Final = 6


def prevalence_chart(found: Prevalence, theme: Theme) -> Chart:
    """Draw at least one week with enough answers."""
    says = lined(prevalence_week(found, week) for week in range(len(found.weeks)))
    traces = [
        _unknown(found, says, theme),
        _line("any problem", found.problem, found, says, "circle-open", "dash"),
        _line("substantial problem", found.substantial, found, says, "diamond", "solid"),
        _response(found, says, theme),
    ]
    return Chart(Figure(data=traces, layout=_layout(found, theme)), prevalence_title(found), prevalence_text(found))


def _line(name: str, counts: Any, found: Prevalence, says: list[str], symbol: str, dash: str) -> dict[str, Any]:  # noqa: ANN401  an array
    return {
        "type": "scatter",
        "mode": "lines+markers",
        "name": name,
        "x": np.arange(len(found.weeks)),
        "y": 100 * counts / np.maximum(found.answered, 1),
        "line": {"color": PROBLEM, "dash": dash, "width": 2},
        "marker": {"symbol": symbol, "color": PROBLEM, "size": 8, "line": {"color": PROBLEM, "width": 1.5}},
        "connectgaps": False,
        "cliponaxis": False,
        "hovertext": says,
        "hoverinfo": "text",
    }


def _unknown(found: Prevalence, says: list[str], theme: Theme) -> dict[str, Any]:
    weeks = np.flatnonzero(~found.known)
    return {
        "type": "bar",
        "name": "not known",
        "x": weeks,
        "y": np.full(len(weeks), 100.0),
        "width": 1.0,
        "marker": hatch(theme),
        "hovertext": [says[week] for week in weeks],
        "hoverinfo": "text",
    }


def _response(found: Prevalence, says: list[str], theme: Theme) -> dict[str, Any]:
    return {
        "type": "bar",
        "name": "answered",
        "yaxis": "y2",
        "x": np.arange(len(found.weeks)),
        "y": 100 * found.response,
        "width": 0.8,
        "marker": {"color": translucent(INK[theme], 0.45), "line": {"width": 0}},
        "hovertext": says,
        "hoverinfo": "text",
    }


def _layout(found: Prevalence, theme: Theme) -> dict[str, Any]:
    ticks = list(range(len(found.weeks) - 2, -1, -TICK_WEEKS))
    labels = {
        "y": "<b>Had a problem</b>, % of those who answered",
        "y2": f"<b>Answered</b>, % of {found.runners} runners",
    }
    scale = {"range": [0, 106], "tickvals": [0, 50, 100]}
    return frame(
        theme,
        HEIGHT,
        margin={"l": 34, "r": 8, "t": 4, "b": 36},
        barmode="overlay",
        bargap=0,
        xaxis=axis(
            theme,
            anchor="y2",
            range=[-0.6, len(found.weeks) - 0.4],
            tickvals=ticks,
            ticktext=[short_day(found.weeks[at].date(), year=False) for at in ticks],
            tickangle=0,
            showgrid=False,
        ),
        yaxis=axis(theme, domain=ROWS["y"], **scale),
        yaxis2=axis(theme, domain=ROWS["y2"], anchor="x", **scale),
        annotations=[row_label(label, ROWS[row][1] + 0.01) for row, label in labels.items()],
    )
