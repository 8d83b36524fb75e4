"""Everything on one's own machine: the only way from a page to what is not of one diary or one squad.

`ui.session.machine()` makes it, and refuses where people sign in.
"""

from dataclasses import dataclass

from data import runners
from data.engine import copy_of
from ui import cache


@dataclass(frozen=True)
class Machine:
    """The database of whoever sits at this machine."""

    def everyone(self) -> tuple[runners.Runner, ...]:
        """All runners in it."""
        return runners.everyone(cache.engine())

    @property
    def is_a_file(self) -> bool:
        """Whether it is a SQLite file on this machine."""
        return cache.engine().url.get_backend_name() == "sqlite"

    @property
    def place(self) -> str:
        """Where it is, without any password."""
        url = cache.engine().url
        return url.database or "memory" if self.is_a_file else url.render_as_string(hide_password=True)

    def copy(self) -> bytes:
        """The SQLite file as it is at this moment, for a download."""
        return copy_of(cache.engine())
