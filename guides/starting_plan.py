"""A first plan from the self-test and pain. The rules are data, in starting_plan.toml: what, why and whose rule."""

from dataclasses import dataclass
from functools import cache
from typing import Annotated

from pydantic import Field

from guides.catalogue import FOLDER, exercise, read
from guides.schema import Block, Kind, Part, Sides, Status, Text, Texts

WORST_PAIN = 10  # top of the 0-10 scale


class Reason(Part):
    """A sentence for the runner, and where the rule behind it comes from."""

    why: Text
    source: Text
    status: Status


class _PainBand(Reason):
    highest: Annotated[int, Field(ge=0, le=WORST_PAIN)]
    days: Annotated[int, Field(ge=1, le=7)]
    only: tuple[Text, ...] = ()


class _PainUnknown(Reason):
    days: Annotated[int, Field(ge=1, le=7)]


class _Found(Part):
    main: Texts
    knee_inside: Reason
    pelvis_drop: Reason


class _MainChoice(Reason):
    main: Texts


class _WarmUp(Reason):
    exercises: Texts


class _Target(Part):
    sets: int
    low: int
    high: int


class _Doses(Part):
    main: _Target
    release: _Target
    activation: _Target


class Rules(Part):
    pain: tuple[_PainBand, ...]
    pain_unknown: _PainUnknown
    found: _Found
    untested: _MainChoice
    steady: _MainChoice
    warm_up: _WarmUp
    always: tuple[Reason, ...]
    dose: _Doses


@dataclass(frozen=True)
class PlanItem:
    """One line of a plan; `low` and `high` are repetitions or seconds (`kind`), per side when side is 'each'."""

    exercise: str
    block: Block
    kind: Kind
    side: Sides
    sets: int
    low: int
    high: int


@dataclass(frozen=True)
class PlanProposal:
    items: tuple[PlanItem, ...]
    days_per_week: int
    why: tuple[Reason, ...]
    see_clinician: bool


@cache
def rules() -> Rules:
    return read(FOLDER / "starting_plan.toml", Rules)


def starting_plan(knee_inside: bool | None, pelvis_drop: bool | None, worst_pain: int | None) -> PlanProposal:
    """The plan to propose. None is unknown; a finding on either leg counts. ValueError when pain is off the scale."""
    band = _pain_band(worst_pain)
    if isinstance(band, _PainBand) and band.only:
        return _without_warm_up(band)
    main, findings = _main_block(knee_inside, pelvis_drop)
    known = rules()
    items = [_item(slug, "warm-up") for slug in known.warm_up.exercises] + [_item(slug, "main") for slug in main]
    why = (_reason(band), *findings, *known.always, _reason(known.warm_up))
    return PlanProposal(tuple(items), band.days, why, see_clinician=False)


def _pain_band(worst_pain: int | None) -> _PainBand | _PainUnknown:
    if worst_pain is None:
        return rules().pain_unknown
    if not 0 <= worst_pain <= WORST_PAIN:
        raise ValueError(f"Pain is {worst_pain}. The scale goes from 0 (none) to 10 (worst imaginable).")
    return next(band for band in rules().pain if worst_pain <= band.highest)


def _without_warm_up(band: _PainBand) -> PlanProposal:
    items = tuple(_item(slug, "main") for slug in band.only)
    return PlanProposal(items, band.days, (_reason(band),), see_clinician=True)


def _main_block(knee_inside: bool | None, pelvis_drop: bool | None) -> tuple[tuple[str, ...], list[Reason]]:
    """Slugs of the main block and the reasons for them: a finding outranks a missing answer."""
    known = rules()
    seen = [
        reason
        for was_seen, reason in ((knee_inside, known.found.knee_inside), (pelvis_drop, known.found.pelvis_drop))
        if was_seen
    ]
    if seen:
        return known.found.main, seen
    choice = known.untested if knee_inside is None or pelvis_drop is None else known.steady
    return choice.main, [_reason(choice)]


def _reason(rule: Reason) -> Reason:
    """Only the sentence and its source, without the rule's own settings."""
    return Reason(why=rule.why, source=rule.source, status=rule.status)


def _item(slug: str, block: Block) -> PlanItem:
    guide, doses = exercise(slug), rules().dose
    warm_up = doses.release if guide.kind == "seconds" else doses.activation
    target = doses.main if block == "main" else warm_up
    return PlanItem(slug, block, guide.kind, guide.sides, target.sets, target.low, target.high)
