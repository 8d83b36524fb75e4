"""Left and right of one self-test measure over time, with the band that two tests of an unchanged leg fill."""

from typing import Any, Final

from analysis.evidence import CHECKLIST_ITEMS
from analysis.self_test import SIDES, Side
from analysis.self_test_history import History, Measure, error_words, history_paragraph, history_title, point_sentence
from charts.chart import (
    INK,
    SIDE_DASH,
    SIDE_GLYPH,
    SIDE_SYMBOL,
    Chart,
    Figure,
    Theme,
    axis,
    frame,
    lined,
    row_label,
    translucent,
)

HEIGHT: Final = 280
TITLE: Final[dict[Measure, str]] = {
    "ticks": "<b>Checklist</b>, ticks of 4",
    "degrees": "<b>Knee angle</b>, degrees inward",
    "reps": "<b>Repetitions</b>",
}


def self_test_history(found: History, theme: Theme) -> Chart:
    """Draw a history that has at least one value. Ink alone: a self-test is neither good nor bad."""
    shown: list[Side] = [side for side in SIDES if found.side(side)]
    bands = [_band(found, side, found.error, theme) for side in shown if found.error is not None]
    lines = [_line(found, side, theme) for side in shown]
    figure = Figure(data=[*bands, *lines], layout=_layout(found, shown, theme))
    return Chart(figure, history_title(found), history_paragraph(found))


def _line(found: History, side: Side, theme: Theme) -> dict[str, Any]:
    points = found.side(side)
    return {
        "type": "scatter",
        "mode": "lines+markers",
        "name": side,
        "x": [point.on.isoformat() for point in points],
        "y": [point.value for point in points],
        "line": {"color": INK[theme], "dash": SIDE_DASH[side], "width": 1.5},
        "marker": {"symbol": SIDE_SYMBOL[side], "color": INK[theme], "size": 7 if side == "left" else 10},
        "cliponaxis": False,
        "hovertext": lined(point_sentence(side, point, found) for point in points),
        "hoverinfo": "text",
    }


def _band(found: History, side: Side, error: float, theme: Theme) -> dict[str, Any]:
    points = found.side(side)
    days, values = [point.on.isoformat() for point in points], [point.value for point in points]
    upper, lower = [value + error for value in values], [value - error for value in values]
    return {
        "type": "scatter",
        "mode": "lines",
        "name": f"{side}, measurement error",
        "x": [*days, *reversed(days)],
        "y": [*upper, *reversed(lower)],
        "fill": "toself",
        "fillcolor": translucent(INK[theme], 0.08),
        "line": {"width": 0},
        "hoverinfo": "skip",
    }


def _layout(found: History, shown: list[Side], theme: Theme) -> dict[str, Any]:
    sides = "".join(f"   {SIDE_GLYPH[side]}" for side in shown)
    band = "" if found.error is None else f"   band: {error_words(found.error, found.measure)}"
    scale = {"range": [-0.3, CHECKLIST_ITEMS + 0.3], "dtick": 1} if found.measure == "ticks" else {"nticks": 6}
    return frame(
        theme,
        HEIGHT,
        margin={"l": 34, "r": 12, "t": 44, "b": 36},
        xaxis=axis(theme, type="date", showgrid=False, nticks=5, tickformat="%-d %b\n%Y"),
        yaxis=axis(theme, **scale),
        annotations=[row_label(f"{TITLE[found.measure]}<br>{(sides + band).strip()}", 1)],
    )
