"""The app where people sign in: who is looking is chosen by each test."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from sqlalchemy import Engine

from data import links, runners, sharing, squads
from data.entries import Door, NewRunner, parse
from data.scope import Area, Scope, SquadScope
from data.store import save
from guides.catalogue import one_sided
from tests.pages.book import NOW, ORDINARY, TODAY

AUTH = {
    "redirect_uri": "http://localhost:8501/oauth2callback",
    "cookie_secret": "a-secret-of-the-tests",
    "client_id": "plumbline",
    "client_secret": "shared",
    "server_metadata_url": "http://localhost:9/.well-known/openid-configuration",
}
ISSUER = "https://id.example.org"
ALL: tuple[Area, ...] = ("training", "running", "pain", "self-tests", "notes")


@dataclass
class Club:
    """People with accounts, past the app."""

    engine: Engine

    def account(self, name: str) -> int:
        """The runner of somebody who signs in."""
        return runners.account(self.engine, ISSUER, name, name).id

    def squad(self, coach: str) -> SquadScope:
        return SquadScope(squads.coach_of(self.engine, self.account(coach)), TODAY)

    def add(self, coach: str, name: str) -> int:
        """A runner without an account in the coach's squad."""
        return squads.add_member(
            self.engine, self.squad(coach), parse(NewRunner, {"name": name}, Door(TODAY)), coach, NOW
        )

    def join(self, coach: str, name: str) -> int:
        """An account in the coach's squad."""
        runner_id = self.account(name)
        with self.engine.begin() as connection:
            squads.join(connection, self.squad(coach), [runner_id])
        return runner_id

    def share(self, runner_id: int, coach: str, *areas: Area, write: bool = False, **more: Any) -> None:
        given = dict.fromkeys(areas, write)
        values = {"ends_on": None, "who": "The runner", "now": NOW} | more
        sharing.share(self.engine, Scope(runner_id), self.squad(coach).coach_id, given, **values)

    def give(self, runner_id: int, coach: str, areas: dict[Area, bool]) -> None:
        """Share these areas, with True to change them too."""
        coach_id = self.squad(coach).coach_id
        sharing.share(self.engine, Scope(runner_id), coach_id, areas, None, "The runner", NOW)

    def fill(self, runner_id: int) -> None:
        """An entry of every kind."""
        for entry, values in ORDINARY.values():
            save(self.engine, Scope(runner_id), parse(entry, values, Door(TODAY, one_sided())))

    def link(self, coach: str, runner_id: int | None, lasts: timedelta = links.PERSONAL_LASTS) -> links.Link:
        """A personal link that was opened, or an invitation."""
        (secret,) = links.make(self.engine, self.squad(coach), [runner_id], coach, NOW, lasts)
        found = links.exchange(self.engine, secret, NOW)
        assert found is not None
        return found


def user(name: str | None) -> dict[str, Any]:
    """What Streamlit knows of a visitor."""
    if name is None:
        return {"is_logged_in": False}
    return {"is_logged_in": True, "iss": ISSUER, "sub": name, "name": name}
