"""Which mark of a chart was tapped. Streamlit's own chart selections take every touch that begins on the chart, so a
thumb could not scroll past it; this listens to the drawn chart and takes nothing."""

from typing import Final

import streamlit as st

_LONGEST: Final = 200  # letters: what the browser sends is checked like anything else that comes in

# The chart may be drawn anew at any time, so it is found when it is pressed, just before it tells what was hit.
_JS: Final = """
export default function ({ parentElement, data, setTriggerValue }) {
  const tell = ({ points }) => {
    const tapped = points[0]?.customdata;
    if (tapped) setTriggerValue("tapped", String(tapped));
  };
  const listen = ({ target }) => {
    const chart = target.closest?.(`.st-key-${data.chart} .js-plotly-plot`);
    chart?.removeListener("plotly_click", tell);
    chart?.on("plotly_click", tell);
  };
  document.addEventListener("pointerdown", listen, true);
  return () => document.removeEventListener("pointerdown", listen, true);
}
"""

_taps = st.components.v2.component("plumbline_chart_taps", js=_JS)


def taps(key: str) -> str | None:
    """The `customdata` of the mark that was tapped or clicked just now in the chart with this key, else None.

    It stands anywhere on the chart's page, and shows nothing. The value comes from the browser: look it up, and
    ignore what is not there.
    """
    return tapped_mark(_taps(key=f"taps-{key}", data={"chart": key}, on_tapped_change=_ignore).get("tapped"))


def tapped_mark(sent: object) -> str | None:
    """What the browser sent, or None where it is no short text."""
    return sent if isinstance(sent, str) and 0 < len(sent) <= _LONGEST else None


def _ignore() -> None:
    """Streamlit keeps a value only for a component that names what it may send."""
