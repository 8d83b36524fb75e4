"""Each runner's change of sessions against their change of pain: one mark a runner, and no line through them."""

from typing import Any, Final

from analysis.phrases import count
from analysis.squad_changes import Change, SquadChanges
from analysis.squad_chart_words import change, changes_text, changes_title
from charts.chart import INK, Chart, Figure, Theme, axis, frame, lined, plain, row_label, short, translucent

HEIGHT: Final = 400
MARK: Final = 11
LEAST_SESSIONS: Final = 50.0  # the axes reach at least so far on either side, so that small changes look small
LEAST_PAIN: Final = 4.0
MOST_NAMES: Final = 12  # beside marks; the rest says its name when it is pointed at
MOST_SAID: Final = 8  # of the runners at one place


def squad_changes_chart(found: SquadChanges, theme: Theme) -> Chart:
    """Draw at least one runner with both changes."""
    figure = Figure(data=[_marks(found, theme)], layout=_layout(found, theme))
    return Chart(figure, changes_title(found), changes_text(found))


def _places(found: SquadChanges) -> dict[tuple[float, float], list[Change]]:
    """The runners at each place: many have the same changes, and all of them shall be found there."""
    places: dict[tuple[float, float], list[Change]] = {}
    for one in found.changes:
        places.setdefault((round(one.sessions, 6), one.pain), []).append(one)
    return places


def _marks(found: SquadChanges, theme: Theme) -> dict[str, Any]:
    places = _places(found)
    are_named = sum(one.is_flagged for one in found.changes) <= MOST_NAMES
    return {
        "type": "scatter",
        "mode": "markers+text",
        "x": [x for x, _ in places],
        "y": [y for _, y in places],
        "text": [_label(runners, are_named=are_named) for runners in places.values()],
        "textposition": [_beside(x, runners) for (x, _), runners in places.items()],
        "textfont": {"size": 12, "color": INK[theme]},
        "marker": {
            "size": [MARK * len(runners) ** 0.5 for runners in places.values()],  # the area says how many
            "color": translucent(INK[theme], 0.35),
            "line": {"color": INK[theme], "width": 1},
        },
        "cliponaxis": False,
        "hovertext": [_says(runners) for runners in places.values()],
        "hoverinfo": "text",
    }


def _label(runners: list[Change], *, are_named: bool) -> str:
    """The runner for whom a rule holds, or how many are here."""
    if len(runners) > 1:
        return f"{len(runners)}"
    return short(runners[0].name) if are_named and runners[0].is_flagged else ""


def _beside(x: float, runners: list[Change]) -> str:
    """How many are here stands in the mark; a name towards the middle, so that it never leaves the chart."""
    if len(runners) > 1:
        return "middle center"
    return "top right" if x < 0 else "top left"


def _says(runners: list[Change]) -> str:
    more = len(runners) - MOST_SAID
    said = lined(f"{plain(change(one))}." for one in runners[:MOST_SAID])
    return "<br>".join([*said, *([f"and {count(more, 'more runner')}"] if more > 0 else [])])


def _layout(found: SquadChanges, theme: Theme) -> dict[str, Any]:
    across = max(LEAST_SESSIONS, *(abs(one.sessions) for one in found.changes)) * 1.08
    up = max(LEAST_PAIN, *(abs(one.pain) for one in found.changes)) * 1.12
    usual = {"type": "line", "line": {"color": translucent(INK[theme], 0.45), "width": 1}, "layer": "below"}
    ends = ({"x0": 0, "x1": 0, "y0": -up, "y1": up}, {"x0": -across, "x1": across, "y0": 0, "y1": 0})
    return frame(
        theme,
        HEIGHT,
        margin={"l": 34, "r": 12, "t": 30, "b": 52},
        xaxis=axis(
            theme,
            range=[-across, across],
            nticks=7,
            title={"text": "<b>Hip sessions</b>, percentage points", "font": {"size": 13}},
        ),
        yaxis=axis(theme, range=[-up, up], nticks=7),
        shapes=[usual | end for end in ends],
        annotations=[row_label("<b>Pain</b>, points against usual", 1)],
    )
