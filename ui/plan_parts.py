"""Plans, answers and circumstances between their stored rows and the entries: plain values; nothing is saved."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

import pandas as pd

from analysis.progression import Offer
from data.entries import PlanItem
from guides import starting_plan
from guides.catalogue import conditions, exercise
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


def days_of(items: Items) -> dict[str, Any]:
    """How many days a week, and which, the plan of these items has."""
    return {name: items[0][name] for name in ("days_per_week", "weekdays")}


def until(items: Items, last: date) -> dict[str, Any]:
    """The plan of these items as it is, ending on a day."""
    ends = {"starts_on": items[0]["starts_on"].date(), "ends_on": last}
    return {"parts": of_rows(items), **days_of(items), **ends}


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
    """An `Offer` entry: what was offered, and what the runner said to it today."""
    said = {"answer": "accepted" if accepted else "declined", "on_date": today, "answered_on": today}
    after = "left out for now" if offer.leave_out else str(offer.after)
    steps = {"from_value": str(offer.before), "to_value": after, "step": offer.step, "reason": offer.reason}
    return {"exercise": offer.before.exercise, **said, **steps}


def circumstances(profiles: pd.DataFrame) -> Circumstances:
    """What the runner last said a plan has to fit, from a frame with the columns of `profile_list`."""
    said = next(iter(rows(profiles)), None)
    if said is None:
        return NOT_ASKED
    owned, ticked = said["equipment"], said["contraindications"]
    return Circumstances(
        None if owned is None else frozenset(owned), None if ticked is None else frozenset(ticked), said["experience"]
    )
