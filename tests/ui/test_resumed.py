"""Which forms stand in a browser whose session is gone, from the keys of the widgets that it sends."""

from typing import Any

import pytest

from ui import inputs, resumed, saving

SENT = {"week-7-2026-11-23-3-total", "save-session-7-2026-11-24-0-2", "totals-7-2026-11-23-1", "run-71-9-day"}


@pytest.fixture
def state(monkeypatch: pytest.MonkeyPatch) -> dict[str, Any]:
    """A session's first run, in which the browser has sent these widgets."""
    made: dict[str, Any] = {}
    monkeypatch.setattr("streamlit.session_state", made)
    monkeypatch.setattr(resumed, "_sent", lambda: frozenset(SENT))
    resumed.begin()
    return made


@pytest.mark.parametrize(
    ("form", "version"),
    [
        ("week-7-2026-11-23", 3),
        ("session-7-2026-11-24-0", 2),
        ("totals-7-2026-11-23", 1),
        ("run-71", 9),
        ("run-7", 0),
        ("week-7-2026-11-30", 0),
    ],
)
def test_a_form_goes_on_as_it_stands_in_the_browser(state, form, version):
    assert saving.version(form) == f"{form}-{version}"


def test_a_field_that_stands_in_the_browser_keeps_what_was_typed_there(state):
    for key in ("week-7-2026-11-23-3-total", "week-7-2026-11-30-0-total"):
        inputs._start_at(key, 12.0)
    assert "week-7-2026-11-23-3-total" not in state
    assert state["week-7-2026-11-30-0-total"] == 12.0


def test_only_the_first_run_of_a_session_finds_what_another_session_drew(state):
    assert resumed.has("run-71-9-day")
    resumed.begin()
    assert not resumed.has("run-71-9-day")
    assert saving.version("run-71") == "run-71-0"  # first asked for in a later run: its page was not there, it is new
