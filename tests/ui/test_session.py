"""Today and the time zone, as far as they need no browser."""

from datetime import UTC, datetime

import pytest

from ui import session


@pytest.mark.parametrize(
    ("zone", "day"),
    [("UTC", 4), ("Pacific/Auckland", 5), ("Pacific/Honolulu", 4), ("Europe/Vienna", 4), ("Asia/Kathmandu", 4)],
)
def test_today_is_the_date_where_the_runner_is(monkeypatch, zone, day):
    monkeypatch.setattr(session, "now", lambda: datetime(2026, 3, 4, 12, tzinfo=UTC))
    assert session.today(zone).day == day


@pytest.mark.parametrize(("name", "known"), [("Europe/Vienna", "Europe/Vienna"), (None, "UTC"), ("", "UTC")])
def test_the_zone_of_a_browser(name, known):
    assert session.known_zone(name) == known


@pytest.mark.parametrize("name", ["Mars/Olympus", "Europe", "../../etc/passwd", "/etc/passwd", "\0", "Europe/Vienna "])
def test_a_zone_that_nobody_knows_is_utc(name):
    assert session.known_zone(name) == "UTC"


def test_now_is_an_instant():
    assert session.now().utcoffset() is not None
