"""Where the diary is kept, as the settings page shows it: never with a password."""

import pytest

from data.engine import make_engine
from ui import cache
from ui.machine import Machine


@pytest.mark.parametrize(
    ("url", "place"),
    [
        ("sqlite:////home/ada/plumbline.sqlite3", "/home/ada/plumbline.sqlite3"),
        ("postgresql://ada:secret@db.example.org/diary", "postgresql+psycopg://ada:***@db.example.org/diary"),
    ],
)
def test_the_place_is_shown_without_a_password(monkeypatch, url, place):
    engine = make_engine(url)  # connects to nothing yet
    monkeypatch.setattr(cache, "engine", lambda: engine)
    assert Machine().place == place
