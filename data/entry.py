"""What every entry is, and the one way to make one."""

from collections.abc import Mapping
from typing import Any, ClassVar, TypeVar

from pydantic import BaseModel, ConfigDict, ValidationError

from data.errors import InvalidEntryError, Problem
from data.fields import Door, echo, plain


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
        raise InvalidEntryError([_problem(found, values) for found in error.errors()]) from None


def _problem(found: Any, values: Mapping[str, Any]) -> Problem:  # noqa: ANN401  pydantic's ErrorDetails
    field = ".".join(str(part) for part in found["loc"])
    if found["type"] == "value_error":
        return Problem(field, _which(found["loc"], values) + str(found["ctx"]["error"]))
    if found["type"] == "missing" or found["input"] is None:
        return Problem(field, f"{_label(field)} is missing. Fill it in.")
    return Problem(field, f"{_label(field)} is {echo(found['input'])}. {found['msg']}.")


def _which(loc: tuple[int | str, ...], values: Mapping[str, Any]) -> str:
    """'Split squat: ' where one field of several exercises is meant; a sentence about a whole part names it itself."""
    if len(loc) < 3 or loc[0] != "parts":
        return ""
    part = values["parts"][loc[1]]
    name = part.get("exercise") if isinstance(part, Mapping) else None
    return f"{plain(name).capitalize()}: " if isinstance(name, str) else ""


def _label(field: str) -> str:
    return field.replace("_", " ").replace(".", " ").capitalize() or "The entry"
