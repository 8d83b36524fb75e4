"""Python imports this at its start where this folder is on PYTHONPATH: how long an app waits for its database.

The sums so far are in the file that PLUMBLINE_DATABASE_CLOCK names, so that they can be read while the app runs.
"""

import os
import struct
import time
from threading import Lock
from typing import Any

from sqlalchemy import Connection, Engine, event

SUMS = struct.Struct("dq")  # seconds, statements

_file = os.open(os.environ["PLUMBLINE_DATABASE_CLOCK"], os.O_CREAT | os.O_WRONLY, 0o600)
_lock, _seconds, _statements = Lock(), 0.0, 0


@event.listens_for(Engine, "before_cursor_execute")
def _starts(connection: Connection, *_: Any) -> None:  # noqa: ANN401  SQLAlchemy's signature
    connection.info["started"] = time.perf_counter()


@event.listens_for(Engine, "after_cursor_execute")
def _ends(connection: Connection, *_: Any) -> None:  # noqa: ANN401  the same
    global _seconds, _statements
    with _lock:
        _seconds += time.perf_counter() - connection.info["started"]
        _statements += 1
        os.pwrite(_file, SUMS.pack(_seconds, _statements), 0)
