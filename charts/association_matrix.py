"""All pairs and lags at once: the coefficient of each, what is a finding, and which cells have no number and why."""

from collections.abc import Sequence
from typing import Any, Final

from analysis import trend_words
from analysis.association import PAIRS, Association
from analysis.comparisons import lag_profile
from analysis.evidence import LAGS_WEEKS
from charts.chart import INK, UNKNOWN, Chart, Figure, Theme, axis, frame, lined

ROW_HEIGHT: Final = 72
MARGINS: Final = 110
# Purple to orange by way of the page's own colour: told apart by every common kind of colour vision, and none of the
# hues that stand for pain, adherence or running.
COLOURS: Final[dict[Theme, list[str]]] = {
    "light": ["#542788", "#FCFCFA", "#B35806"],
    "dark": ["#9970D0", "#0F1519", "#E08214"],
}
LAGS: Final = [*(-lag for lag in reversed(LAGS_WEEKS) if lag), *LAGS_WEEKS]


def association_matrix(found: Sequence[Association], theme: Theme, *, chosen: Association | None = None) -> Chart:
    """`found` is the whole of `analysis.association.table`: a row a pair, a column a lag. The `chosen` one is dotted
    round. `customdata` of every cell is its link, such as 'adherence-pain-1'."""
    cells = [[one for _, one in lag_profile(found, x, y)] for x, y in PAIRS]
    figure = Figure(data=[_heat(cells, theme), _marks(cells, theme)], layout=_layout(cells, theme, chosen))
    return Chart(figure, trend_words.matrix_title(found), trend_words.matrix_text(found))


def _heat(cells: list[list[Association]], theme: Theme) -> dict[str, Any]:
    return {
        "type": "heatmap",
        "x": LAGS,
        "y": list(range(len(cells))),
        "z": [[one.r for one in row] for row in cells],
        "zmin": -1,
        "zmax": 1,
        "colorscale": [[at / 2, colour] for at, colour in enumerate(COLOURS[theme])],
        "showscale": False,
        "xgap": 3,
        "ygap": 3,
        "hoverongaps": False,
        "hoverinfo": "skip",
    }


def _marks(cells: list[list[Association]], theme: Theme) -> dict[str, Any]:
    """The number in each cell, in bold for a finding; a grey cross where there is none. The square behind a number is
    not drawn: it is there to be pointed at."""
    every = [(at, row, one) for row, line in enumerate(cells) for at, one in zip(LAGS, line, strict=True)]
    return {
        "type": "scatter",
        "mode": "markers+text",
        "x": [at for at, _, _ in every],
        "y": [row for _, row, _ in every],
        "text": ["" if one.r is None else _number(one) for _, _, one in every],
        "textfont": {"color": INK[theme], "size": 13},
        "marker": {
            "symbol": ["x-thin" if one.r is None else "square" for _, _, one in every],
            "size": [10 if one.r is None else 44 for _, _, one in every],
            "opacity": [1.0 if one.r is None else 0.0 for _, _, one in every],
            "line": {"color": UNKNOWN[theme], "width": 2},
        },
        "customdata": [trend_words.link(one) for _, _, one in every],
        "hovertext": lined(trend_words.cell(one) for _, _, one in every),
        "hoverinfo": "text",
    }


def _frames(cells: list[list[Association]], theme: Theme, chosen: Association | None) -> list[dict[str, Any]]:
    """Round each finding, and dotted outside that one round the chosen cell."""
    every = [(at, row, one) for row, line in enumerate(cells) for at, one in zip(LAGS, line, strict=True)]
    findings = [_rectangle(at, row, 0.40, theme, "solid") for at, row, one in every if one.is_finding]
    return findings + [_rectangle(at, row, 0.48, theme, "dot") for at, row, one in every if one is chosen]


def _rectangle(at: int, row: int, reach: float, theme: Theme, dash: str) -> dict[str, Any]:
    corners = {"x0": at - reach, "x1": at + reach, "y0": row - reach, "y1": row + reach}
    return {"type": "rect", **corners, "line": {"color": INK[theme], "width": 2, "dash": dash}}


def _number(one: Association) -> str:
    return f"<b>{one.r:+.2f}</b>" if one.is_finding else f"{one.r:+.2f}"


def _layout(cells: list[list[Association]], theme: Theme, chosen: Association | None) -> dict[str, Any]:
    names = [trend_words.matrix_row(x, y) for x, y in PAIRS]
    return frame(
        theme,
        MARGINS + ROW_HEIGHT * len(cells),
        margin={"l": 8, "r": 8, "t": 8, "b": 60},
        shapes=_frames(cells, theme, chosen),
        xaxis=axis(
            theme,
            range=[LAGS[0] - 0.5, LAGS[-1] + 0.5],
            tickvals=LAGS,
            ticktext=[trend_words.matrix_column(lag) for lag in LAGS],
            tickangle=0,
            tickfont={"size": 11},
            showgrid=False,
        ),
        yaxis=axis(
            theme,
            range=[len(cells) - 0.5, -0.5],
            tickvals=list(range(len(cells))),
            ticktext=names,
            tickfont={"size": 11},
            showgrid=False,
            automargin=True,
        ),
    )
