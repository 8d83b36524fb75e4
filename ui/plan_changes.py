"""Giving a plan template to one runner: what it would change in words for a coach, doing it, and taking it back.

Nothing is drawn here. Everything goes through the runner's own diary, so it is fitted to what they ticked, refused
where they do not share their training for writing, and saved in a transaction of its own.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final, Literal

from data.errors import PlumblineError
from guides.catalogue import conditions, exercise
from guides.starting_plan import Circumstances, starting_plan
from ui import plan_parts, timetables
from ui.diary import Diary
from ui.plan_parts import Part
from ui.rows import rows

_GENTLE_PAIN: Final = 4  # of 10: the band of two days a week
NO_READING: Final = "This runner does not share their training with you."
NO_WRITING: Final = "This runner does not let you change their plan."
NOTHING_LEFT: Final = "Nothing to give: what this runner ticked speaks against every main exercise of it."
CHANGED_SINCE: Final = "The plan has been changed since, so it stays as it is now."


@dataclass(frozen=True)
class Template:
    """A plan to give. `own_id` is the stored row's; None: ready-made."""

    name: str
    weekdays: tuple[int, ...]
    parts: tuple[Part, ...]
    own_id: int | None = None


@dataclass(frozen=True)
class Change:
    """What giving a template does to one runner's plan: `lines` say it, `parts` would be saved from `starts_on` on."""

    kind: Literal["changes", "same", "impossible"]
    lines: tuple[str, ...]
    parts: tuple[Part, ...] = ()
    starts_on: date | None = None


@dataclass(frozen=True)
class Given:
    """What became of giving a template to one runner. `receipt` is the row's id and the undo's, None when nothing was
    saved; `starts_on` and `parts` tell whether the plan is still the one that was given."""

    runner_id: int
    said: str
    receipt: tuple[int, int | None] | None = None
    starts_on: date | None = None
    parts: tuple[Part, ...] = ()


def ready_made() -> tuple[Template, ...]:
    """The starting plan for a few common circumstances. Nobody's self-test is known here, and nothing is ticked."""
    nothing, equipped = frozenset[str](), frozenset({"kettlebell", "band", "roller"})
    trained = Circumstances(equipped, nothing, "regular")
    return (
        _starting("No equipment, 3 days", None, 0, Circumstances(nothing, nothing, "new")),
        _starting("No equipment, some pain, 2 days", None, _GENTLE_PAIN, Circumstances(nothing, nothing, "new")),
        _starting("Used to strength work, roller and weights, 3 days", False, 0, trained),
    )


def _starting(name: str, findings: bool | None, pain: int, runner: Circumstances) -> Template:
    proposal = starting_plan(findings, findings, pain, runner)
    return Template(name, proposal.weekdays, tuple(plan_parts.of_proposal(proposal.items)))


def change(diary: Diary, template: Template) -> Change:
    """What giving the template now would do to this runner's plan."""
    if refusal := _refusal(diary):
        return Change("impossible", (refusal,))
    about = diary.circumstances()
    parts = tuple(plan_parts.fitted(template.parts, about))
    left_out = _left_out(template.parts, parts, about)
    if not any(part["block"] == "main" for part in parts):
        return Change("impossible", (NOTHING_LEFT, *left_out))
    now = rows(diary.plan_on(diary.next_day()))
    changes = (*_exercises(plan_parts.of_rows(now), parts), *_days(now, template.weekdays))
    if not changes:
        return Change("same", left_out)
    return Change("changes", (*changes, *left_out, *_equipment(parts, about)), parts, diary.next_day())


def _refusal(diary: Diary) -> str | None:
    if "training" not in diary.scope.reads:
        return NO_READING
    return None if "training" in diary.scope.writes else NO_WRITING


def _exercises(now: Sequence[Part], then: Sequence[Part]) -> list[str]:
    before = {part["exercise"]: part for part in now}
    after = {part["exercise"]: part for part in then}
    added = [_full(part) for slug, part in after.items() if slug not in before]
    dropped = [_full(part) for slug, part in before.items() if slug not in after]
    said = [f"**{what}:** {'; '.join(of)}." for what, of in (("Added", added), ("Dropped", dropped)) if of]
    both = [(before[slug], part) for slug, part in after.items() if slug in before]
    return said + [_changed(was, will) for was, will in both if not _is_same(was, will)]


def _is_same(one: Part, other: Part) -> bool:
    """Whether two parts ask the same: a range that ends where it begins is that one number."""
    return one | {"high": _top(one)} == other | {"high": _top(other)}


def _top(part: Part) -> int:
    return int(part["high"] or part["repetitions"] or part["seconds"])


def _changed(was: Part, will: Part) -> str:
    moved = was["block"] != will["block"]
    ways = [f"{plan_parts.asks(part)}{_where(part) if moved else ''}" for part in (will, was)]
    return (
        f"**Changed:** {exercise(will['exercise']).name}{'' if moved else _where(will)}, {' instead of '.join(ways)}."
    )


def _full(part: Part) -> str:
    """'Clam (warm-up), 1 x 10 to 12 on each side'."""
    return f"{exercise(part['exercise']).name}{_where(part)}, {plan_parts.asks(part)}"


def _where(part: Part) -> str:
    return " (warm-up)" if part["block"] == "warm-up" else ""


def _days(now: Sequence[Mapping[str, Any]], weekdays: tuple[int, ...]) -> list[str]:
    then = timetables.day_names(weekdays)
    if not now:
        return [f"**Days:** {then}. There is no plan now."]
    known = now[0]["weekdays"]
    if known == weekdays:
        return []
    before = f"{now[0]['days_per_week']} days a week" if known is None else timetables.day_names(known)
    return [f"**Days:** {then} instead of {before}."]


def _left_out(whole: Sequence[Part], parts: Sequence[Part], about: Circumstances) -> tuple[str, ...]:
    """What of the template does not fit this runner, with what they ticked against it."""
    kept = {part["exercise"]: part for part in parts}
    labels, ticked = {one.key: one.label for one in conditions()}, about.contraindications or ()
    said = []
    for part in whole:
        guide = exercise(part["exercise"])
        if guide.slug not in kept:
            against = " and ".join(f"'{labels[one.condition]}'" for one in guide.contraindicated(ticked))
            said.append(f"**Left out:** {guide.name}, because this runner ticked {against}.")
        elif kept[guide.slug] != part:
            said.append(f"**In its usual form:** {guide.name}, because the harder one does not fit this runner.")
    return tuple(said)


def _equipment(parts: Sequence[Part], about: Circumstances) -> list[str]:
    """What the plan cannot be done without and the runner has not said to have."""
    owned = about.equipment or frozenset()
    needs = sorted({thing for part in parts for thing in exercise(part["exercise"]).needs} - owned)
    return [f"**Needs** equipment that this runner has not named: {', '.join(needs)}."] if needs else []


def give(diary: Diary, template: Template, found: Change) -> Given:
    """Put the template in force as its `change` says; nothing is written where it changes nothing."""
    whose = diary.runner.id
    if found.kind == "same":
        return Given(whose, "No change: this plan is in force already.")
    if found.kind == "impossible":
        return Given(whose, f"Not given. {found.lines[0]}")
    try:
        receipt = diary.change_plan(found.parts, template.weekdays)
    except PlumblineError as error:
        return Given(whose, f"Not given. {error}")
    saved = (receipt.row_id, receipt.undo_id)
    return Given(whose, f"Given, from {found.starts_on:%-d %B %Y}.", saved, found.starts_on, found.parts)


def take_back(diary: Diary, given: Given) -> str:
    """The plan of before is in force again: what happened, in words. One that was changed since is left alone."""
    if given.receipt is None or given.starts_on is None:
        return given.said
    row_id, undo_id = given.receipt
    try:
        if plan_parts.of_rows(rows(diary.plan_on(given.starts_on))) != list(given.parts):
            return CHANGED_SINCE
        if undo_id is None:  # it took nothing's place: without it the plan before goes on
            diary.delete("plan", row_id)
        else:
            diary.undo(undo_id)
    except PlumblineError as error:
        return f"Not taken back. {error}"
    return "Taken back."
