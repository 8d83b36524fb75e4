"""How two series go together at each lag: what came first, what followed, and how sure each number is."""

from collections.abc import Sequence
from typing import Any, Final

from plotly import graph_objects as go

from analysis import trend_words
from analysis.association import Association
from analysis.trend_words import signed_lag
from charts.chart import INK, UNKNOWN, Chart, Theme, axis, frame, lined, row_label, translucent

HEIGHT: Final = 300
MARK: Final = 11


def lag_profile(found: Sequence[Association], theme: Theme) -> Chart:
    """The five lags of one pair, -2 to 2 weeks from the first series to the second, each with its plausible range.

    `found` are the pair's associations both ways round, in any order.
    """
    ordered = sorted(found, key=lambda one: signed_lag(one, found))
    shown = [one for one in ordered if one.r is not None]
    empty = [one for one in ordered if one.r is None]
    traces = [_ranges(shown, found, theme), _refused(empty, found, theme)]
    figure = go.Figure(data=traces, layout=_layout(ordered, found, theme))
    return Chart(figure, trend_words.profile_title(found), trend_words.profile_text(ordered))


def _ranges(shown: Sequence[Association], found: Sequence[Association], theme: Theme) -> dict[str, Any]:
    """Filled where the whole page calls it a finding, hollow where one cannot tell."""
    ink = INK[theme]
    return {
        "type": "scatter",
        "mode": "markers",
        "name": "coefficient",
        "x": [signed_lag(one, found) for one in shown],
        "y": [one.r for one in shown],
        "error_y": {
            "type": "data",
            "symmetric": False,
            "array": [(one.ci_high or 0) - (one.r or 0) for one in shown],
            "arrayminus": [(one.r or 0) - (one.ci_low or 0) for one in shown],
            "color": translucent(ink, 0.45),
            "thickness": 6,
            "width": 0,
        },
        "marker": {
            "symbol": ["circle" if one.is_finding else "circle-open" for one in shown],
            "size": MARK,
            "color": ink,
            "line": {"color": ink, "width": 2},
        },
        "hovertext": lined(trend_words.cell(one) for one in shown),
        "hoverinfo": "text",
    }


def _refused(empty: Sequence[Association], found: Sequence[Association], theme: Theme) -> dict[str, Any]:
    """A grey cross where there is no number; the hover says why."""
    return {
        "type": "scatter",
        "mode": "markers",
        "name": "no number",
        "x": [signed_lag(one, found) for one in empty],
        "y": [0] * len(empty),
        "marker": {"symbol": "x-thin", "size": MARK, "line": {"color": UNKNOWN[theme], "width": 2}},
        "hovertext": lined(trend_words.cell(one) for one in empty),
        "hoverinfo": "text",
    }


def _layout(ordered: Sequence[Association], found: Sequence[Association], theme: Theme) -> dict[str, Any]:
    names = {signed_lag(one, found): one for one in ordered}
    across = {"tickvals": list(names), "ticktext": [trend_words.tick(at, found) for at in names]}
    return frame(
        theme,
        HEIGHT,
        margin={"l": 34, "r": 12, "t": 30, "b": 70},
        xaxis=axis(theme, range=[-2.5, 2.5], showgrid=False, tickangle=0, tickfont={"size": 11}, **across),
        yaxis=axis(theme, range=[-1.02, 1.02], tickvals=[-1, -0.5, 0, 0.5, 1]),
        shapes=[_none(theme)],
        annotations=[row_label("<b>Spearman</b>, with its plausible range", 1)],
    )


def _none(theme: Theme) -> dict[str, Any]:
    """The line of no link."""
    line = {"color": translucent(INK[theme], 0.6), "width": 1, "dash": "dot"}
    return {"type": "line", "xref": "paper", "x0": 0, "x1": 1, "y0": 0, "y1": 0, "line": line}
