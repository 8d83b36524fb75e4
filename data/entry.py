"""What every entry is, and the one way to make one."""

from collections.abc import Mapping
from typing import Any, ClassVar, TypeVar

from pydantic import BaseModel, ConfigDict, ValidationError

from data.errors import InvalidEntryError, Problem
from data.fields import Door, echo


class Entry(BaseModel):
    """One thing a runner recorded. `kind` names it in the store and in messages."""

    model_config = ConfigDict(frozen=True, extra="forbid", arbitrary_types_allowed=True)
    kind: ClassVar[str]


AnyEntry = TypeVar("AnyEntry", bound=Entry)


def parse(kind: type[AnyEntry], values: Mapping[str, Any], door: Door) -> AnyEntry:
    """`values` as an entry of this kind; raises InvalidEntryError with one sentence for every problem."""
    try:
        return kind.model_validate(dict(values), context=door)
    except ValidationError as error:
        raise InvalidEntryError([_problem(found) for found in error.errors()]) from None


def _problem(found: Any) -> Problem:  # noqa: ANN401  pydantic's ErrorDetails
    field = ".".join(str(part) for part in found["loc"])
    if found["type"] == "value_error":
        return Problem(field, str(found["ctx"]["error"]))
    if found["type"] == "missing" or found["input"] is None:
        return Problem(field, f"{_label(field)} is missing. Fill it in.")
    return Problem(field, f"{_label(field)} is {echo(found['input'])}. {found['msg']}.")


def _label(field: str) -> str:
    return field.replace("_", " ").replace(".", " ").capitalize() or "The entry"
