"""How two series go together at each lag: what came first, what followed, and how sure each number is."""

from typing import Any, Final

from analysis import trend_words
from analysis.comparisons import Profile
from charts.chart import INK, UNKNOWN, Chart, Figure, Theme, axis, frame, lined, row_label, translucent

HEIGHT: Final = 300
MARK: Final = 11


def lag_profile(profile: Profile, theme: Theme) -> Chart:
    """The lags of one pair (`analysis.comparisons.lag_profile`), each with its plausible range."""
    shown = [(lag, one) for lag, one in profile if one.r is not None]
    empty = [(lag, one) for lag, one in profile if one.r is None]
    figure = Figure(data=[_ranges(shown, theme), _refused(empty, theme)], layout=_layout(profile, theme))
    return Chart(figure, trend_words.profile_title(profile), trend_words.profile_text(profile))


def _ranges(shown: Profile, theme: Theme) -> dict[str, Any]:
    """Filled where the whole page calls it a finding, hollow where one cannot tell."""
    ink = INK[theme]
    return {
        "type": "scatter",
        "mode": "markers",
        "name": "coefficient",
        "x": [lag for lag, _ in shown],
        "y": [one.r for _, one in shown],
        "error_y": {
            "type": "data",
            "symmetric": False,
            "array": [(one.ci_high or 0) - (one.r or 0) for _, one in shown],
            "arrayminus": [(one.r or 0) - (one.ci_low or 0) for _, one in shown],
            "color": translucent(ink, 0.45),
            "thickness": 6,
            "width": 0,
        },
        "marker": {
            "symbol": ["circle" if one.is_finding else "circle-open" for _, one in shown],
            "size": MARK,
            "color": ink,
            "line": {"color": ink, "width": 2},
        },
        "hovertext": lined(trend_words.cell(one) for _, one in shown),
        "hoverinfo": "text",
    }


def _refused(empty: Profile, theme: Theme) -> dict[str, Any]:
    """A grey cross where there is no number; the hover says why."""
    return {
        "type": "scatter",
        "mode": "markers",
        "name": "no number",
        "x": [lag for lag, _ in empty],
        "y": [0] * len(empty),
        "marker": {"symbol": "x-thin", "size": MARK, "line": {"color": UNKNOWN[theme], "width": 2}},
        "hovertext": lined(trend_words.cell(one) for _, one in empty),
        "hoverinfo": "text",
    }


def _layout(profile: Profile, theme: Theme) -> dict[str, Any]:
    lags = [lag for lag, _ in profile]
    across = {"tickvals": lags, "ticktext": [trend_words.tick(lag, profile) for lag in lags]}
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
