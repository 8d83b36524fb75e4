"""What a coach keeps: plan templates to give to many runners, and notes on one of them."""

from typing import Annotated

from pydantic import AfterValidator, model_validator

from data.entry import Entry
from data.fields import Days, text
from data.plan_entries import PlanItem, check_parts
from data.sharing_schema import MAX_NOTE


def _filled(missing: str) -> AfterValidator:
    """Without the space around it; raises ValueError with this sentence when nothing is left."""

    def check(value: str) -> str:
        if not value.strip():
            raise ValueError(missing)
        return value.strip()

    return AfterValidator(check)


class PlanTemplate(Entry):
    """The days and parts of a plan, under a name by which the coach finds it again."""

    kind = "plan template"
    name: Annotated[str, _filled("The template has no name yet. Type one, to find it again."), text("The name")]
    weekdays: Days
    parts: tuple[PlanItem, ...]

    @model_validator(mode="after")
    def _holds_together(self) -> "PlanTemplate":
        if self.weekdays is None:
            raise ValueError("The template has no training days. Choose at least one.")
        check_parts(self.parts)
        return self


class Note(Entry):
    """What a coach writes about a runner; `shown` to the runner, or kept by the coach."""

    kind = "note"
    text: Annotated[str, _filled("The note is empty. Write something, then save it."), text("The note", MAX_NOTE)]
    shown: bool = True
