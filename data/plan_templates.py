"""A coach's plan templates: kept by name, for as long as the coach wants them. No runner's row is touched here."""

from dataclasses import dataclass

from sqlalchemy import Engine, delete, select

from data.coach_entries import PlanTemplate
from data.engine import reading, transaction
from data.errors import NotFoundError
from data.plan_entries import PlanItem
from data.schema import coaches
from data.scope import SquadScope
from data.sharing_schema import plan_templates
from data.sql import insert_or


@dataclass(frozen=True)
class StoredTemplate:
    """A template as it is kept; `weekdays` are 0 Monday to 6 Sunday."""

    id: int
    name: str
    weekdays: tuple[int, ...]
    parts: tuple[PlanItem, ...]


def save(engine: Engine, scope: SquadScope, template: PlanTemplate) -> int:
    """Keep a template: its id. One of the same name is replaced and keeps its id. Raises NotFoundError."""
    scope.check_writes()
    content = {"weekdays": template.weekdays, "parts": [part.model_dump() for part in template.parts]}
    key = {"coach_id": scope.coach_id, "name": template.name}
    with transaction(engine) as connection:
        if connection.scalar(select(coaches.c.id).where(coaches.c.id == scope.coach_id)) is None:
            raise NotFoundError("This squad is not here any more.")
        put = insert_or(connection, plan_templates).values(key | content)
        put = put.on_conflict_do_update(index_elements=list(key), set_=content)
        return int(connection.execute(put.returning(plan_templates.c.id)).scalar_one())


def of_coach(engine: Engine, scope: SquadScope) -> tuple[StoredTemplate, ...]:
    """The coach's templates, by name."""
    c = plan_templates.c
    query = select(c.id, c.name, c.weekdays, c.parts).where(c.coach_id == scope.coach_id)
    with reading(engine) as connection:
        found = [
            StoredTemplate(row.id, row.name, row.weekdays, tuple(map(PlanItem.model_validate, row.parts)))
            for row in connection.execute(query)
        ]
    return tuple(sorted(found, key=lambda template: (template.name.casefold(), template.id)))


def remove(engine: Engine, scope: SquadScope, template_id: int) -> None:
    """Delete one of the coach's templates; plans that were given from it stay. Raises NotFoundError."""
    scope.check_writes()
    c = plan_templates.c
    with transaction(engine) as connection:
        gone = connection.execute(delete(plan_templates).where(c.id == template_id, c.coach_id == scope.coach_id))
        if gone.rowcount == 0:
            raise NotFoundError("This template is not there any more.")
