"""What a viewer may see and do: pure. `data.store` asks for the scope made here in every call."""

from data.runners import Runner
from data.scope import Scope, SquadScope


def scope(shown: Runner) -> Scope:
    """On one's own machine everything is one's own, the simulated diaries too."""
    return Scope(shown.id)


def squad_scope(coach_id: int) -> SquadScope:
    """On one's own machine the squad kept there is one's own, and so are the simulated ones."""
    return SquadScope(coach_id)
