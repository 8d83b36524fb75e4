"""What every chart is made of: the figure with its words, the marks that always mean the same, the two themes.

A figure has no title, no font and no background of its own: the page shows the title, Streamlit's theme the rest.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any, Final, Literal

from plotly import graph_objects as go

Theme = Literal["light", "dark"]

# A swipe over the chart scrolls the page instead of zooming (with dragmode False and fixed axes below).
CONFIG: Final = {"displayModeBar": False, "scrollZoom": False}

# Okabe and Ito: told apart by every common kind of colour vision.
VOLUME: Final = "#0072B2"
ADHERENCE: Final = "#009E73"
PAIN: Final = "#D55E00"
PROBLEM: Final = "#CC79A7"  # what the four weekly questions call a problem: more than pain, so not its colour

INK: Final[dict[Theme, str]] = {"light": "#31333F", "dark": "#FAFAFA"}
# The box of a hover sentence, which lies over marks of any colour.
CARD: Final[dict[Theme, str]] = {"light": "#FFFFFF", "dark": "#262730"}
# Unknown: at 3:1 against either page, and grey, so that 'not answered' never reads as a value.
UNKNOWN: Final[dict[Theme, str]] = {"light": "#8C8C94", "dark": "#7C7F8A"}
GRID: Final[dict[Theme, str]] = {"light": "rgba(49,51,63,0.12)", "dark": "rgba(250,250,250,0.14)"}

LONGEST_NAME: Final = 14  # letters

# Left and right differ by shape and line, never by colour alone.
SIDE_SYMBOL: Final = {"left": "circle", "right": "diamond-open", "": "square"}
SIDE_DASH: Final = {"left": "solid", "right": "dash", "": "dot"}
SIDE_GLYPH: Final = {"left": "● left", "right": "◇ right", "": "■ side not given"}


class Figure(go.Figure):  # type: ignore[misc]  # Plotly has no types
    """A figure that is complete when it is made, so what a browser gets of it is put together once: Plotly copies and
    packs all of it whenever it is shown."""

    def to_dict(self) -> dict[str, Any]:
        """The figure as the browser gets it, the same object each time."""
        return self._packed

    @cached_property
    def _packed(self) -> dict[str, Any]:
        packed: dict[str, Any] = super().to_dict()
        return packed


@dataclass(frozen=True)
class Chart:
    """A figure, the finding that stands above it, and the same finding in full for whoever cannot see it."""

    figure: Figure
    title: str
    alt: str


@dataclass(frozen=True)
class Span:
    """Something that lasts, such as a plan or an injury; `end` is None while it does."""

    label: str
    start: date
    end: date | None = None


@dataclass(frozen=True)
class Mark:
    """Something that happened on one day, such as a self-test."""

    label: str
    on: date


def plain(text: str) -> str:
    """A name is text, and Plotly reads tags."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def short(name: str) -> str:
    """A name beside marks, cut where a phone has no more width to give away."""
    return plain(name if len(name) <= LONGEST_NAME else f"{name[: LONGEST_NAME - 1]}…")


def hatch(theme: Theme) -> dict[str, Any]:
    """The marker of a bar where something is not known."""
    pattern = {"shape": "/", "size": 6, "solidity": 0.25, "fgcolor": UNKNOWN[theme], "bgcolor": "rgba(0,0,0,0)"}
    return {"color": "rgba(0,0,0,0)", "line": {"width": 0}, "pattern": pattern}


def translucent(colour: str, opacity: float) -> str:
    """A hex colour as the same hue, see-through."""
    red, green, blue = (int(colour[at : at + 2], 16) for at in (1, 3, 5))
    return f"rgba({red},{green},{blue},{opacity})"


def lined(sentences: Iterable[str]) -> list[str]:
    """Hover sentences broken after their first colon and comma, so that they fit beside a thumb."""
    return [sentence.replace(": ", ":<br>", 1).replace(", ", ",<br>", 1) for sentence in sentences]


def row_label(text: str, y: float, x: float = 0, anchor: str = "left") -> dict[str, Any]:
    """What a row shows, written above it: `x` and `y` are shares of the figure."""
    place = {"xref": "paper", "yref": "paper", "x": x, "y": y, "xanchor": anchor, "yanchor": "bottom"}
    return {"text": text, "align": "left", "showarrow": False, **place}


def frame(theme: Theme, height: int, **layout: Any) -> dict[str, Any]:  # noqa: ANN401  plotly's own options
    """The layout that all figures share."""
    return {
        "height": height,
        "showlegend": False,
        "dragmode": False,
        "paper_bgcolor": "rgba(0,0,0,0)",
        "plot_bgcolor": "rgba(0,0,0,0)",
        "font": {"color": INK[theme]},
        "hovermode": "closest",
        "hoverlabel": {"align": "left", "bgcolor": CARD[theme], "font": {"color": INK[theme]}},
        **layout,
    }


def axis(theme: Theme, **options: Any) -> dict[str, Any]:  # noqa: ANN401  plotly's own options
    """An axis that cannot be dragged, with a quiet grid."""
    return {"fixedrange": True, "zeroline": False, "gridcolor": GRID[theme], "tickcolor": GRID[theme], **options}
