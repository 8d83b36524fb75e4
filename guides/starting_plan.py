"""A first plan from the self-test, pain and the runner's circumstances. The rules are data, in starting_plan.toml."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from functools import cache
from itertools import takewhile
from typing import Literal, get_args

from guides.catalogue import FOLDER, conditions, exercise, read
from guides.plan_rules import WORST_PAIN, NamingReason, PainBand, PainUnknown, Reason, Rules, Slots
from guides.schema import Block, Equipment, Kind, Sides

Experience = Literal["new", "some", "regular"]


@dataclass(frozen=True)
class Circumstances:
    """What a plan has to fit. None is not asked, which is not the same as none."""

    equipment: frozenset[str] | None = None
    contraindications: frozenset[str] | None = None
    experience: Experience | None = None


NOT_ASKED = Circumstances()


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
    """`items` is empty when nothing of ours fits; `weekdays` are 0 Monday to 6 Sunday, and do not touch."""

    items: tuple[PlanItem, ...]
    days_per_week: int
    why: tuple[Reason, ...]
    see_clinician: bool
    weekdays: tuple[int, ...] = ()


@cache
def rules() -> Rules:
    return read(FOLDER / "starting_plan.toml", Rules)


def equipment_words() -> tuple[str, ...]:
    """What a runner may say they have."""
    return get_args(Equipment)


def fits(slug: str, runner: Circumstances) -> bool:
    """Whether the plan may hold this exercise: nothing ticked against it, and all that it needs known to be there."""
    return _is_allowed(slug, runner) and _is_equipped(slug, runner)


def propose_weekdays(days: int) -> tuple[int, ...]:
    """Which days of the week to propose for that many; up to 3 never touch. ValueError when a week has not as many."""
    if not 1 <= days <= len(rules().weekdays.days):
        raise ValueError(f"Days a week are {days}. A week has from 1 to 7 days.")
    return rules().weekdays.days[days - 1]


def starting_plan(
    knee_inside: bool | None, pelvis_drop: bool | None, worst_pain: int | None, runner: Circumstances = NOT_ASKED
) -> PlanProposal:
    """The plan to propose. None is unknown; a finding on either leg counts. ValueError when pain is off the scale."""
    band = _pain_band(worst_pain)
    if isinstance(band, PainBand) and band.only:
        return _without_warm_up(band, runner)
    known, level = rules(), rules().level(runner.experience)
    slots, findings = _main_block(knee_inside, pelvis_drop)
    main = _choose(slots, runner)
    warm_up = [slug for slug in known.warm_up.exercises if fits(slug, runner) and slug not in main]
    passed_over = _passed_over(slots, main) + [slug for slug in known.warm_up.exercises if slug not in warm_up]
    if not main:
        return _proposal([], band.days, [*_fitting(runner, passed_over), known.nothing_left], see_clinician=True)
    items = [_warm_up_item(slug) for slug in warm_up] + [_main_item(slug, level.sets) for slug in main]
    why = [band, *(finding.about(main) for finding in findings), level, *_fitting(runner, passed_over)]
    why += [known.nothing_fits] if len(main) < len(slots) else []
    why += [*known.always, known.weekdays, *([known.warm_up] if warm_up else [])]
    return _proposal(items, band.days, why, see_clinician=False)


def _proposal(items: Iterable[PlanItem], days: int, why: Iterable[Reason], *, see_clinician: bool) -> PlanProposal:
    reasons = tuple(Reason(why=rule.why, source=rule.source, status=rule.status) for rule in why)
    return PlanProposal(tuple(items), days, reasons, see_clinician, propose_weekdays(days))


def _pain_band(worst_pain: int | None) -> PainBand | PainUnknown:
    if worst_pain is None:
        return rules().pain_unknown
    if not 0 <= worst_pain <= WORST_PAIN:
        raise ValueError(f"Pain is {worst_pain}. The scale goes from 0 (none) to 10 (worst imaginable).")
    return next(band for band in rules().pain if worst_pain <= band.highest)


def _without_warm_up(band: PainBand, runner: Circumstances) -> PlanProposal:
    items = [_main_item(slug, band.sets) for slug in band.only if fits(slug, runner)]
    left_out = [slug for slug in band.only if not fits(slug, runner)]
    nothing = [rules().nothing_left] if not items else []
    return _proposal(items, band.days, [band, *_fitting(runner, left_out), *nothing], see_clinician=True)


def _main_block(knee_inside: bool | None, pelvis_drop: bool | None) -> tuple[Slots, list[NamingReason]]:
    """Slugs to choose from for each main exercise, and the reasons: a finding outranks a missing answer."""
    known = rules()
    seen = [
        reason
        for was_seen, reason in ((knee_inside, known.found.knee_inside), (pelvis_drop, known.found.pelvis_drop))
        if was_seen
    ]
    if seen:
        return known.found.main, seen
    choice = known.untested if knee_inside is None or pelvis_drop is None else known.steady
    return choice.main, [choice]


def _choose(slots: Iterable[tuple[str, ...]], runner: Circumstances) -> list[str]:
    """The first exercise of each slot that fits and is not taken yet."""
    chosen: list[str] = []
    for slot in slots:
        chosen += [slug for slug in slot if fits(slug, runner) and slug not in chosen][:1]
    return chosen


def _passed_over(slots: Iterable[tuple[str, ...]], chosen: Collection[str]) -> list[str]:
    """What stood before the chosen exercise of each slot; all of the slot where none was chosen."""
    return [slug for slot in slots for slug in takewhile(lambda slug: slug not in chosen, slot)]


def _is_allowed(slug: str, runner: Circumstances) -> bool:
    return not exercise(slug).contraindicated(runner.contraindications or ())


def _is_equipped(slug: str, runner: Circumstances) -> bool:
    return (runner.equipment or frozenset()).issuperset(exercise(slug).needs)


def _left_out(runner: Circumstances, passed_over: Collection[str]) -> list[Reason]:
    """For each thing ticked, which exercises went because of it; what changed nothing is not told."""
    ticked, whose = runner.contraindications or frozenset(), rules().ticked
    reasons = []
    for condition in conditions():
        hit = [slug for slug in passed_over if exercise(slug).contraindicated(ticked & {condition.key})]
        if hit:
            names = ", ".join(exercise(slug).name for slug in hit)
            why = f"You ticked '{condition.label}', so this is left out: {names}."
            reasons.append(Reason(why=why, source=whose.source, status=whose.status))
    return reasons


def _fitting(runner: Circumstances, passed_over: Collection[str]) -> list[Reason]:
    """Why exercises that stood first are not in the plan, and what was not asked."""
    known = rules()
    reasons = _left_out(runner, passed_over)
    if runner.contraindications is None:
        reasons.append(known.contraindications_unknown)
    if runner.equipment is None:
        reasons.append(known.equipment.unknown)
    elif any(_is_allowed(slug, runner) and not _is_equipped(slug, runner) for slug in passed_over):
        reasons.append(known.equipment.missing)
    return reasons


def _main_item(slug: str, sets: int) -> PlanItem:
    guide, target = exercise(slug), rules().dose.main
    return PlanItem(slug, "main", guide.kind, guide.sides, sets, target.low, target.high)


def _warm_up_item(slug: str) -> PlanItem:
    guide, doses = exercise(slug), rules().dose
    target = doses.release if guide.kind == "seconds" else doses.activation
    return PlanItem(slug, "warm-up", guide.kind, guide.sides, target.sets, target.low, target.high)
