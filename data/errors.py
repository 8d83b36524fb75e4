"""Our exceptions. Nothing above `data` sees a driver's or a validator's own errors."""

from dataclasses import dataclass


class PlumblineError(Exception):
    """The root of the errors that carry a sentence a runner can read."""


@dataclass(frozen=True)
class Problem:
    """One thing that is wrong with what was entered: where, and a sentence that echoes the value."""

    field: str
    message: str


class InvalidEntryError(PlumblineError):
    """What was entered cannot be kept; `problems` says what and why."""

    def __init__(self, problems: list[Problem]) -> None:
        super().__init__(" ".join(problem.message for problem in problems))
        self.problems = problems


class NotFoundError(PlumblineError):
    """The row is not there, or not this runner's: the two are told apart to nobody."""


class NotAllowedError(PlumblineError):
    """The viewer may look but not change."""


class StorageError(PlumblineError):
    """The database could not be opened, is busy, or refused a write."""


class DatabaseTooNewError(StorageError):
    """The database was written by a newer version of the product."""


class MigrationFailedError(StorageError):
    """A migration failed and was rolled back; the message says where the copy is."""


class UnreadableFileError(PlumblineError):
    """The uploaded file is none of the known formats, or nothing in it can be read."""


class TooLargeError(PlumblineError):
    """What was asked for is larger than what the product could take back."""
