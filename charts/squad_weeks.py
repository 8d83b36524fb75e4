"""Weeks by runner as a heat map: one hue for one measure, and a grey hatch where a week is not known."""

from collections.abc import Iterable
from typing import Any, Final

import numpy as np

from analysis.phrases import short_day
from analysis.squad_weeks import Measure, SquadWeeks, cell, text, title
from charts.chart import (
    ADHERENCE,
    INK,
    PAIN,
    UNKNOWN,
    Chart,
    Figure,
    Theme,
    axis,
    frame,
    lined,
    plain,
    short,
    translucent,
)

ROW_HEIGHT: Final = 24
MARGINS: Final = 70
_HUE: Final[dict[Measure, str]] = {"adherence": ADHERENCE, "pain": PAIN}
_TOP: Final[dict[Measure, float]] = {"adherence": 1.0, "pain": 10.0}


def squad_weeks_chart(found: SquadWeeks, theme: Theme) -> Chart:
    """Draw a squad of at least one runner."""
    figure = Figure(data=[_heat(found), _unknown(found, theme)], layout=_layout(found, theme))
    return Chart(figure, title(found), text(found))


def _heat(found: SquadWeeks) -> dict[str, Any]:
    """From nearly the page's own colour to the full hue; a stated zero is a cell of its own, not a gap."""
    return {
        "type": "heatmap",
        "z": found.values,
        "zmin": 0,
        "zmax": _TOP[found.measure],
        "colorscale": [[0, translucent(_HUE[found.measure], 0.12)], [1, _HUE[found.measure]]],
        "showscale": False,
        "xgap": 2,
        "ygap": 2,
        "hoverongaps": False,
        "hovertext": [_says(found, [at] * len(found.weeks), range(len(found.weeks))) for at in range(len(found.names))],
        "hoverinfo": "text",
    }


def _unknown(found: SquadWeeks, theme: Theme) -> dict[str, Any]:
    runners, weeks = np.nonzero(np.isnan(found.values) & found.asked)
    return {
        "type": "scatter",
        "mode": "markers",
        "name": "not logged",
        "x": weeks,
        "y": runners,
        "marker": {"symbol": "line-ne-open", "size": 9, "color": UNKNOWN[theme], "line": {"width": 1.5}},
        "hovertext": _says(found, runners, weeks),
        "hoverinfo": "text",
    }


def _layout(found: SquadWeeks, theme: Theme) -> dict[str, Any]:
    ticks = list(range(len(found.weeks) - 1, -1, -6))
    return frame(
        theme,
        MARGINS + ROW_HEIGHT * len(found.names),
        margin={"l": 8, "r": 8, "t": 8, "b": 44},
        xaxis=axis(
            theme,
            range=[-0.5, len(found.weeks) - 0.5],
            tickvals=ticks,
            ticktext=[short_day(found.weeks[at].date(), year=False) for at in ticks],
            tickangle=0,
            showgrid=False,
        ),
        yaxis=axis(
            theme,
            range=[len(found.names) - 0.5, -0.5],
            tickvals=list(range(len(found.names))),
            ticktext=[short(name) for name in found.names],
            tickfont={"size": 12, "color": INK[theme]},
            showgrid=False,
            automargin=True,
        ),
    )


def _says(found: SquadWeeks, runners: Iterable[int], weeks: Iterable[int]) -> list[str]:
    return lined(plain(cell(found, runner, week)) for runner, week in zip(runners, weeks, strict=True))
