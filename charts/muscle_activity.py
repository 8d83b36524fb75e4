"""Gluteus medius activity by exercise, each study a mark with its spread; a tap on a mark opens its guide."""

from collections import Counter
from collections.abc import Sequence
from typing import Any, Final

from analysis.muscle_activity import HIGH, VERY_HIGH, Activity, activity_paragraph, activity_sentence, activity_title
from charts.chart import CARD, INK, UNKNOWN, Chart, Figure, Theme, axis, frame, lined, translucent

ROW: Final = 36  # pixels: a mark is easy to touch
_RIM: Final = 122  # pixels for the axis and the words above it
_SMALLEST: Final = 11
_LABEL_LENGTH: Final = 24  # characters of a label in one line, so that a phone keeps room for the marks
LEGEND: Final = "● checked<br>○ commonly quoted, not checked<br>line: spread between people (SD)"


def muscle_activity(rows: Sequence[Activity], theme: Theme) -> Chart:
    """One row each, in the order given, the first at the top. `customdata` holds the slug of the guide, or ""."""
    figure = Figure(data=[_marks(rows, theme)], layout=_layout(rows, theme))
    return Chart(figure, activity_title(rows), activity_paragraph(rows))


def _marks(rows: Sequence[Activity], theme: Theme) -> dict[str, Any]:
    """Ink alone: activity is neither pain nor adherence nor volume."""
    rims = [INK[theme] if row.checked else UNKNOWN[theme] for row in rows]
    fills = [INK[theme] if row.checked else CARD[theme] for row in rows]
    spread = {"type": "data", "array": [row.sd or 0 for row in rows], "color": translucent(INK[theme], 0.45)}
    return {
        "type": "scatter",
        "mode": "markers",
        "x": [row.mean for row in rows],
        "y": list(range(len(rows))),
        "error_x": spread | {"thickness": 1.5, "width": 4},
        "marker": {
            "color": fills,
            "opacity": 1,
            "size": _SMALLEST,
            "line": {"width": 2, "color": rims},
        },
        "customdata": [row.exercise for row in rows],
        "hovertext": lined(map(activity_sentence, rows)),
        "hoverinfo": "text",
        "cliponaxis": False,
    }


def _layout(rows: Sequence[Activity], theme: Theme) -> dict[str, Any]:
    widest = max([row.mean + (row.sd or 0) for row in rows], default=100.0)
    return frame(
        theme,
        _RIM + ROW * len(rows),
        margin={"l": 8, "r": 12, "t": 28, "b": 94},
        xaxis=axis(
            theme,
            range=[0, widest + 4],
            tickvals=[0, 20, 40, 60, 80, 100, 120],
            title={"text": f"% of maximum<br>{LEGEND}", "font": {"size": 12}},
        ),
        yaxis=axis(
            theme,
            range=[len(rows) - 0.4, -0.6],
            tickvals=list(range(len(rows))),
            ticktext=_labels(rows),
            automargin=True,
            tickfont={"size": 12},
        ),
        shapes=[_limit(at, theme) for at in (HIGH, VERY_HIGH)],
        annotations=[_limit_label(HIGH, "right", "commonly called high"), _limit_label(VERY_HIGH, "left", "very high")],
    )


def _limit(at: float, theme: Theme) -> dict[str, Any]:
    line = {"color": UNKNOWN[theme], "width": 1.5, "dash": "dot"}
    return {"type": "line", "x0": at, "x1": at, "yref": "paper", "y0": 0, "y1": 1, "line": line, "layer": "below"}


def _limit_label(at: float, anchor: str, text: str) -> dict[str, Any]:
    place = {"x": at, "y": 1, "yref": "paper", "xanchor": anchor, "yanchor": "bottom"}
    return {"text": f"{at:.0f} %: {text}", "showarrow": False, "font": {"size": 11}, **place}


def _labels(rows: Sequence[Activity]) -> list[str]:
    """A name each: what several studies measured has its study beside it."""
    often = Counter(row.label for row in rows)
    return [_broken(row.label) if often[row.label] == 1 else f"{row.label},<br>{row.source}" for row in rows]


def _broken(label: str) -> str:
    """A long label on two lines, broken at a space."""
    if len(label) <= _LABEL_LENGTH:
        return label
    space = label.rfind(" ", 0, _LABEL_LENGTH + 1)
    return f"{label[:space]}<br>{label[space + 1 :]}" if space > 0 else label
