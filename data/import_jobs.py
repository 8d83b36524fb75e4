"""Imports that go on when the page that began them is closed: read in this process, their progress in the database."""

import io
import logging
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor, wait
from dataclasses import dataclass
from datetime import datetime
from typing import Any, BinaryIO, Final, Protocol

from sqlalchemy import Engine

from data import imports
from data.entries import Door
from data.errors import NotFoundError, PlumblineError, StorageError, UnreadableFileError
from data.importers import TABLE_ALONE, ImportResult, Mappings, NeedsMappingError, read_file
from data.importers.cells import Unit
from data.importing import Choices, Sorter
from data.imports import Line, Progress
from data.known import known
from data.scope import Scope

TELLS_EVERY: Final = 1.0  # s between two words of how far it is
_LIVES_EVERY: Final = 20.0  # s between two signs of life, while it waits and while a large file is read
_TOO_MANY_LINES: Final = 100_000  # of a report
STOPPED: Final = "The import stopped before its end, and nothing of it was added. Choose the files again."
_BROKE: Final = "Something went wrong inside Plumbline while this import was read. Nothing of it was added."
_pool = ThreadPoolExecutor(max_workers=1, thread_name_prefix="import")  # one after another: pages come first


class Upload(Protocol):
    """A file that a browser sent."""

    name: str
    size: int

    def getvalue(self) -> bytes: ...


@dataclass(frozen=True)
class Reading:
    """What a file does not say, and the runner does."""

    zone: str
    unit: Unit
    mappings: Mappings

    def __call__(self, filename: str, content: bytes | BinaryIO) -> ImportResult:
        """What the file holds. Raises UnreadableFileError."""
        return read_file(filename, content, self.zone, unit=self.unit, mappings=self.mappings)


@dataclass(frozen=True)
class Job:
    """One import: whose, what of, and how its files are read and sorted. `names` asks what exercises of a file mean."""

    engine: Engine
    scope: Scope
    import_id: int
    door: Door
    choices: Choices
    reading: Reading
    names: Callable[[ImportResult], Mapping[str, Any]]
    clock: Callable[[], datetime]


def start(job: Job, files: Sequence[Upload]) -> None:
    """Read and add the files, after the imports that this process has begun before."""
    done = _pool.submit(_work, job, list(files))
    done.add_done_callback(_log)
    threading.Thread(target=_live, args=(job, done), name="import-lives", daemon=True).start()


def _live(job: Job, done: "Future[None]") -> None:
    """Say that the import has not been forgotten, until it has ended."""
    while wait([done], _LIVES_EVERY).not_done:
        try:
            imports.live(job.engine, job.scope, job.import_id, job.clock())
        except NotFoundError:  # everything of the runner's was deleted meanwhile
            return
        except StorageError as error:  # busy for a moment: the next sign comes before anybody misses this one
            logging.getLogger("plumbline").warning("An import could not say that it lives: %s", error)


def _log(done: "Future[None]") -> None:
    if (error := done.exception()) is not None:
        logging.getLogger("plumbline").error("An import failed.", exc_info=error)


def _work(job: Job, files: list[Upload]) -> None:
    """All of it or nothing; whatever happens, the import does not stay a promise."""
    ended = False
    try:
        sorter = _sorted(job, files)
        imports.finish(
            job.engine, job.scope, job.import_id, sorter.entries, sorter.lines[:_TOO_MANY_LINES], sorter.replaced
        )
        ended = True
    except NotFoundError:
        ended = True  # everything of the runner's was deleted meanwhile, and so was this
    except PlumblineError as error:
        imports.fail(job.engine, job.scope, job.import_id, [Line("", "", "failed", str(error))])
        ended = True
    finally:
        if not ended:
            imports.fail(job.engine, job.scope, job.import_id, [Line("", "", "failed", _BROKE)])


def _sorted(job: Job, files: list[Upload]) -> Sorter:
    sorter = Sorter(known(job.engine, job.scope), job.door, job.choices)  # with what the import before has added
    teller = _Teller(job, files)
    while files:
        file = files.pop(0)  # its bytes go with it: of a thousand files one is in memory twice
        teller.tell(file)
        try:
            found = job.reading(file.name, _Watched(file.getvalue(), teller.tell_within))
        except NeedsMappingError:
            sorter.refuse(file.name, TABLE_ALONE)
        except UnreadableFileError as error:
            sorter.refuse(file.name, str(error))
        else:
            sorter.name_exercises(job.names(found))
            sorter.take(file.name, found)
        teller.read()
    return sorter


class _Watched(io.BytesIO):
    """A file that says how much of it has been read: one archive may hold ten years."""

    def __init__(self, content: bytes, told: Callable[[int], None]) -> None:
        super().__init__(content)
        self._told, self._so_far = told, 0

    def read(self, size: int | None = -1, /) -> bytes:
        content = super().read(size)
        self._so_far += len(content)
        self._told(self._so_far)
        return content


class _Teller:
    """Says once a second how far it is."""

    def __init__(self, job: Job, files: Sequence[Upload]) -> None:
        self._job = job
        self._of_files, self._of_bytes = len(files), sum(file.size for file in files)
        self._files = self._bytes = 0
        self._at: Upload | None = None
        self._began = time.monotonic()
        self._told = -TELLS_EVERY

    def tell(self, file: Upload) -> None:
        """The file that is read now."""
        self._at = file
        self.tell_within(0)

    def tell_within(self, read: int) -> None:
        """How many of its bytes are; its beginning and its list of members are read more than once."""
        seconds = time.monotonic() - self._began
        if self._at is None or seconds - self._told < TELLS_EVERY:
            return
        self._told = seconds
        done = self._bytes + min(read, self._at.size)
        progress = Progress(self._at.name, self._files, self._of_files, done, self._of_bytes, seconds)
        imports.tell(self._job.engine, self._job.scope, self._job.import_id, progress, self._job.clock())

    def read(self) -> None:
        """It is done."""
        assert self._at is not None
        self._files += 1
        self._bytes += self._at.size
