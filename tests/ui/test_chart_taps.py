"""What a browser may send as a tapped mark: text of some length, and nothing else."""

import pytest

from ui.chart_taps import tapped_mark


@pytest.mark.parametrize("sent", [None, "", 3, True, ["clam"], {"a": 1}, "a" * 201])
def test_what_is_no_mark_is_none(sent):
    assert tapped_mark(sent) is None


@pytest.mark.parametrize("sent", ["clam", "2026-03-02"])
def test_the_mark_is_what_was_sent(sent):
    assert tapped_mark(sent) == sent
