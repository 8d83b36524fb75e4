"""A timer for one hold. It counts in the browser, which needs no line to the server, and fills in the seconds."""

from typing import Final

import streamlit as st

_LONGEST: Final = 3600  # seconds: what the browser sends is checked like anything else that comes in

_HTML: Final = '<button type="button"><span class="face" role="timer" aria-live="off"></span></button>'
_CSS: Final = """
button { min-height: 40px; min-width: 84px; padding: 0 12px; cursor: pointer; font: inherit;
  color: var(--st-text-color); background: var(--st-background-color);
  border: 1px solid var(--st-border-color); border-radius: var(--st-button-radius); }
button:hover, button:focus-visible { border-color: var(--st-primary-color); }
button.runs { border-color: var(--st-primary-color); box-shadow: inset 0 0 0 1px var(--st-primary-color); }
.face { font-variant-numeric: tabular-nums; white-space: nowrap; }
"""
_JS: Final = """
export default function ({ parentElement, data, setTriggerValue }) {
  const button = parentElement.querySelector("button");
  const face = parentElement.querySelector(".face");
  const hold = (button.hold ??= {});
  hold.data = data;

  const passed = () => Math.round((Date.now() - hold.since) / 1000);
  // A phone that sleeps ticks no more: the hold ended with its time, not when the phone was woken.
  const held = () => Math.min(passed(), hold.data.target ?? Infinity);
  const say = (text, does) => {
    face.textContent = text;
    button.setAttribute("aria-label", `${does}: ${hold.data.what}`);
  };
  const rest = () => say(hold.data.target ? `Time ${hold.data.target} s` : "Time it", "Start the timer");
  const beep = () => {
    navigator.vibrate?.(300);
    const tone = hold.sound.createOscillator();
    tone.connect(hold.sound.destination);
    tone.start();
    tone.stop(hold.sound.currentTime + 0.3);
  };
  const stop = () => {
    clearInterval(hold.ticking);
    hold.ticking = null;
    button.classList.remove("runs");
    if (held() > 0) setTriggerValue("held", held());
    rest();
  };
  const tick = () => {
    const { target } = hold.data;
    if (target && passed() >= target) { beep(); stop(); return; }
    say(target ? `${target - passed()} s left` : `${passed()} s`, "Stop the timer");
  };
  button.onclick = () => {
    if (hold.ticking) { stop(); return; }
    hold.sound ??= new AudioContext();
    hold.since = Date.now();
    hold.ticking = setInterval(tick, 200);
    button.classList.add("runs");
    tick();
  };
  if (!hold.ticking) rest();
}
"""

_timer = st.components.v2.component("plumbline_hold_timer", html=_HTML, css=_CSS, js=_JS)


def show(what: str, target: int | None, field: str) -> None:
    """A button that times a hold up to `target` seconds, or until it is stopped, and writes what was held into the
    widget with the key `field`. It stands after that widget's place in the code or before it: it writes first."""
    key = f"timer-{field}"

    def fill_in() -> None:
        if (held := held_seconds(st.session_state[key].get("held"))) is not None:
            st.session_state[field] = held

    _timer(key=key, data={"what": what, "target": target}, on_held_change=fill_in, width="content")


def held_seconds(sent: object) -> int | None:
    """The seconds that the browser sent, or None where they are no whole number from 1 to an hour."""
    if isinstance(sent, bool) or not isinstance(sent, int | float) or not 1 <= sent <= _LONGEST:
        return None
    return int(sent) if sent == int(sent) else None
