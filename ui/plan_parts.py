"""Plans, answers and circumstances between their stored rows and the entries: plain values; nothing is saved."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import Any

import pandas as pd

from analysis.plan import target
from analysis.progression import Offer
from data.archive import Archive, SquadArchive
from data.entries import PlanItem
from data.errors import UnreadableFileError
from data.importers.result import plain
from guides import starting_plan
from guides.catalogue import conditions, exercise, exercises
from guides.ladders import ladder
from guides.starting_plan import NOT_ASKED, Circumstances
from ui.rows import rows

Part = dict[str, Any]  # one row of `data.entries.PlanItem`
Items = Sequence[Mapping[str, Any]]  # rows of `plan_item_list`, missing values as None


def of_proposal(items: Iterable[starting_plan.PlanItem]) -> list[Part]:
    """Start low in the range: repetitions are what grows first."""
    return [new(item.exercise, item.block, item.side, item.sets, item.kind, item.low, item.high) for item in items]


def new(exercise: str, block: str, side: str, sets: int, kind: str, low: int, high: int) -> Part:
    """An exercise as it is done usually, without a load. `kind` is repetitions or seconds."""
    amounts = {"repetitions": None, "seconds": None} | {kind: low, "high": high}
    where = {"exercise": exercise, "block": block, "side": side, "sets": sets}
    return where | amounts | {"load_kg": None, "stage": "usual"}


def of_rows(items: Items) -> list[Part]:
    return [{name: item[name] for name in PlanItem.model_fields} for item in items]


def asks(part: Mapping[str, Any]) -> str:
    """What a plan asks of an exercise: '3 x 8 on each side'."""
    amounts = (part["sets"], part["repetitions"], part["seconds"], part["side"])
    return target(*amounts, part["high"], part["load_kg"], part["stage"] or "usual")


def line(part: Mapping[str, Any]) -> str:
    """'Split squat: 3 x 8 on each side'."""
    return f"{exercise(part['exercise']).name}: {asks(part)}"


def days_of(items: Items) -> dict[str, Any]:
    """How many days a week, and which, the plan of these items has."""
    return {name: items[0][name] for name in ("days_per_week", "weekdays")}


def until(items: Items, last: date) -> dict[str, Any]:
    """The plan of these items as it is, ending on a day."""
    ends = {"starts_on": items[0]["starts_on"].date(), "ends_on": last}
    return {"parts": of_rows(items), **days_of(items), **ends}


def forms(slug: str, runner: Circumstances) -> dict[str, str]:
    """The forms of an exercise that a plan may hold for this runner: stage, and what to do then."""
    steps = ladder(slug, runner)
    harder = {"more range": steps.more_range, "less stable": steps.less_stable}
    return {"usual": "The usual form"} | {stage: text for stage, text in harder.items() if text}


def fitted(parts: Iterable[Part], runner: Circumstances) -> list[Part]:
    """The parts of a plan that nothing ticked speaks against, each in a form that nothing speaks against."""
    ticked = runner.contraindications or ()
    return [
        part if part["stage"] in forms(part["exercise"], runner) else part | {"stage": "usual"}
        for part in parts
        if not exercise(part["exercise"]).contraindicated(ticked)
    ]


def losses(now: Sequence[Part], then: Sequence[Part]) -> str:
    """What a plan loses when it becomes the other one: 'Left out of your plan: Split squat.'; '' for nothing."""
    kept = {part["exercise"]: part for part in then}
    gone = [part for part in now if part["exercise"] not in kept]
    easier = [part for part in now if part["exercise"] in kept and part != kept[part["exercise"]]]
    said = (("Left out of your plan", gone), ("Back in its usual form", easier))
    return " ".join(f"{what}: {', '.join(exercise(part['exercise']).name for part in of)}." for what, of in said if of)


def refusal(slug: str, runner: Circumstances) -> str:
    """Why a plan may not hold an exercise that something ticked speaks against."""
    labels = {condition.key: condition.label for condition in conditions()}
    guide = exercise(slug)
    ticked = " and ".join(
        f"'{labels[item.condition]}'" for item in guide.contraindicated(runner.contraindications or ())
    )
    return f"You ticked {ticked}, which speaks against {guide.name}. Take the exercise out, or change what you ticked."


def changes_plan(offer: Offer) -> bool:
    return offer.leave_out or offer.after != offer.before


def of_answer(offer: Offer, today: date, *, accepted: bool) -> dict[str, Any]:
    """An `Offer` entry: what was offered for the training until a day, and what the runner said to it today."""
    said = {"answer": "accepted" if accepted else "declined", "on_date": offer.until, "answered_on": today}
    after = "left out for now" if offer.leave_out else str(offer.after)
    steps = {"from_value": str(offer.before), "to_value": after, "step": offer.step, "reason": offer.reason}
    return {"exercise": offer.before.exercise, **said, **steps}


def circumstances(profiles: pd.DataFrame) -> Circumstances:
    """What the runner last said a plan has to fit, from a frame with the columns of `profile_list`."""
    said = next(iter(rows(profiles)), None)
    return NOT_ASKED if said is None else circumstances_of(said)


def circumstances_of(said: Mapping[str, Any]) -> Circumstances:
    """The same from one profile's values."""
    owned, ticked = said["equipment"], said["contraindications"]
    return Circumstances(
        None if owned is None else frozenset(owned), None if ticked is None else frozenset(ticked), said["experience"]
    )


def refuse_strange(found: Archive | SquadArchive) -> None:
    """Raises UnreadableFileError for an archive with a plan, or a template of one, that asks for an exercise without a
    guide."""
    known = {one.slug for one in exercises()}
    for item in _plan_items(found):
        if item["exercise"] not in known:
            raise UnreadableFileError(
                f"A plan in the archive asks for {plain(item['exercise'])}, and this version of Plumbline has no such"
                " exercise. Update Plumbline, then bring it in."
            )


def _plan_items(found: Archive | SquadArchive) -> Iterator[Mapping[str, Any]]:
    if isinstance(found, Archive):
        yield from found.tables.get("plan_items.csv", ())
        return
    for one in found.runners:
        yield from _plan_items(one)
    for template in found.templates:
        yield from template["parts"]
