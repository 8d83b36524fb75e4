"""The next step of one exercise: more, the same, or less, one thing at a time, from what was done and how it felt.

The order of the steps is evidence 4.2 (repetitions, load, range, a less steady surface), the pain bands are 2.2. An
answer is about the training up to a day, so that no step is offered twice for the same work: later sessions alone count
for the next offer. A pain that asks for a step back counts until a step back was answered.
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, Final, Literal, Protocol

import pandas as pd

from analysis.evidence import (
    LOAD_UP_LEAST,
    LOAD_UP_MOST,
    PAIN_ACCEPTABLE_MAX,
    PAIN_CARRY_ON_MAX,
    PAIN_CHANGE_POINTS,
    PROGRESS_EFFORT_MAX,
    PROGRESS_SESSIONS,
    REPETITIONS_LEAST,
    REPETITIONS_STEP,
    RISE_DAYS_LEAST,
    RISE_DAYS_MOST,
    SECONDS_LEAST,
    SECONDS_STEP,
)
from analysis.phrases import day, listed, percent
from analysis.training import Session, Target, item_of, target_of

Step = Literal["more repetitions", "more load", "more range", "less stable", "hold", "step back"]

UP_SOURCE: Final = "ACSM 2009 for the load; two sessions, effort and the order of steps are our convention"
PAIN_SOURCE: Final = "Our convention, adapted from Silbernagel 2007 and Thomee 1997"
_ABOUT: Final = 1e-9  # loads are sums of steps such as 2.5 kg: rounding may not cost a whole step


class Ladder(Protocol):
    """What an exercise has room for; `guides.ladders.Ladder` is one, and says what each field means."""

    @property
    def ceiling(self) -> int: ...
    @property
    def first_kg(self) -> float | None: ...
    @property
    def step_kg(self) -> float | None: ...
    @property
    def most_kg(self) -> float | None: ...
    @property
    def more_range(self) -> str | None: ...
    @property
    def less_stable(self) -> str | None: ...
    @property
    def beyond(self) -> str: ...


@dataclass(frozen=True)
class Offer:
    """A step to accept or decline. `before` and `after` differ in one thing, in none when the plan stays as it is.

    `until` is the last day of training that it rests on. `stop`: the stop rule belongs beside it. `leave_out`: nothing
    smaller is left, so the exercise goes for now.
    """

    step: Step
    before: Target
    after: Target
    reason: str
    source: str
    until: date
    stop: bool = False
    leave_out: bool = False


@dataclass(frozen=True)
class NotLogged:
    """The work is there, but what it felt like is not known: what to log before a next step can be offered."""

    what: tuple[str, ...]
    reason: str


@dataclass(frozen=True)
class Answered:
    """The last day of training that an answer was about: to any offer, and to a step back. `date.min`: none yet."""

    until: date = date.min
    back_until: date = date.min


def next_step(
    target: Target, sessions: Sequence[Session], ladder: Ladder, said: Answered = Answered()
) -> Offer | NotLogged | None:
    """What to offer for an exercise of the plan in force, if anything.

    `sessions` are those in which it was done, one a day, oldest first; `said` is what the runner answered for it.
    """
    last = _after(said.until, sessions)[-PROGRESS_SESSIONS:]
    return (
        _back(target, sessions, ladder, said.back_until) or _hold(target, last) or _up_or_unknown(target, last, ladder)
    )


def _after(day: date, sessions: Sequence[Session]) -> list[Session]:
    return [done for done in sessions if done.on_date > day]


def plan_after(items: Sequence[Mapping[str, Any]], offer: Offer) -> list[dict[str, Any]]:
    """The items of the plan in force (rows of `plan_item_list`, missing values as None) with an accepted offer in it:
    the items of the plan that follows. Empty when no main exercise is left: a warm-up alone is no plan."""
    after = [
        item_of(offer.after if _is_offered(item, offer) else target_of(item)) | {"block": item["block"]}
        for item in items
        if not (offer.leave_out and _is_offered(item, offer))
    ]
    return after if any(item["block"] == "main" for item in after) else []


def _is_offered(item: Mapping[str, Any], offer: Offer) -> bool:
    return (item["block"], item["exercise"]) == ("main", offer.before.exercise)


def answered(offers: pd.DataFrame, exercise: str) -> Answered:
    """What was answered for an exercise, from a frame with the columns of `offer_list`."""
    mine = offers[(offers["exercise"] == exercise) & offers["answered_on"].notna()]
    return Answered(_latest(mine), _latest(mine[mine["step"] == "step back"]))


def _latest(offers: pd.DataFrame) -> date:
    return date.min if offers.empty else offers["on_date"].max().date()


def changed(before: Target, after: Target) -> tuple[str, ...]:
    """Which of 'repetitions', 'load', 'stage' and 'sets' differ. The range moves as one thing."""
    differs = {
        "repetitions": (before.low, before.high) != (after.low, after.high),
        "load": before.load_kg != after.load_kg,
        "stage": before.stage != after.stage,
        "sets": before.sets != after.sets,
    }
    return tuple(name for name, is_different in differs.items() if is_different)


def _back(target: Target, sessions: Sequence[Session], ladder: Ladder, answered_until: date) -> Offer | None:
    """A step back for pain that no step back was answered for; unknown pain says nothing here."""
    new = _after(answered_until, sessions)
    if not new:
        return None
    why = _high_pain(new[-PROGRESS_SESSIONS:]) or _rise([done for done in sessions if done.on_date >= answered_until])
    return _step_back(target, ladder, why, new[-1].on_date) if why else None


def _high_pain(sessions: Sequence[Session]) -> str | None:
    """A pain above 5 (2.2: 'step back') in one of them, the latest first."""
    for done in reversed(sessions):
        if (pain := done.worst_pain or 0) > PAIN_ACCEPTABLE_MAX:
            return f"Pain reached {pain} of 10 on {day(done.on_date)}."
    return None


def _rise(sessions: Sequence[Session]) -> str | None:
    """A last session that hurt above 2, and 2 points more than the least painful one of 7 to 14 days before it.

    'Not rising over 2 weeks' (2.2), with the points that are more than noise (2.1). Within a week nothing is compared:
    a sore day passes. The least, not the first: the cautious reading, and a step back may be declined.
    """
    last = sessions[-1]
    earlier = [
        (done.worst_pain, done.on_date)
        for done in sessions
        if RISE_DAYS_LEAST <= (last.on_date - done.on_date).days <= RISE_DAYS_MOST and done.worst_pain is not None
    ]
    pain = last.worst_pain or 0
    if pain <= PAIN_CARRY_ON_MAX or not earlier:
        return None
    least, since = min(earlier)
    if pain - least < PAIN_CHANGE_POINTS:
        return None
    return f"Pain rose from {least} of 10 on {day(since)} to {pain} of 10 on {day(last.on_date)}."


def _hold(target: Target, last: Sequence[Session]) -> Offer | None:
    """Stay at pain of 3 to 5; what is above has its step back."""
    worst = max(last, key=lambda done: done.worst_pain or 0, default=None)
    if worst is None or (worst.worst_pain or 0) <= PAIN_CARRY_ON_MAX:
        return None
    reason = (
        f"Pain reached {worst.worst_pain} of 10 on {day(worst.on_date)}, so stay with this step:"
        f" {target}. The next one can come after two sessions with pain of {PAIN_CARRY_ON_MAX} or less."
    )
    return Offer("hold", target, target, reason, PAIN_SOURCE, last[-1].on_date)


def _up_or_unknown(target: Target, last: Sequence[Session], ladder: Ladder) -> Offer | NotLogged | None:
    """An offer up when the last sessions were all at the top, not too hard and known not to hurt."""
    if len(last) < PROGRESS_SESSIONS or not all(done.is_at_the_top(target) for done in last):
        return None
    if any((done.hardest or 0) > PROGRESS_EFFORT_MAX for done in last):
        return None
    for done in last:
        if what := done.not_logged(target):
            return NotLogged(what, _what_to_log(done, what))
    return _up(target, last, ladder)


def _what_to_log(done: Session, what: Sequence[str]) -> str:
    return (
        f"You were at the top of the range twice. Log the {listed(what)} of {day(done.on_date)}:"
        " without it nobody can say whether the next step fits."
    )


def _up(target: Target, last: Sequence[Session], ladder: Ladder) -> Offer:
    """One thing more: the first in the order of 4.2 that has room."""
    step, after, words = _larger(target, last, ladder)
    twice = f"You reached {target.high}{_unit(target)} in every set twice, with effort and pain low enough."
    return Offer(step, target, after, f"{twice} {words}", UP_SOURCE, last[-1].on_date)


def _larger(target: Target, last: Sequence[Session], ladder: Ladder) -> tuple[Step, Target, str]:
    if target.high < ladder.ceiling:
        step = min(_amount_step(target), ladder.ceiling - target.high)
        after = replace(target, low=target.low + step, high=target.high + step)
        return "more repetitions", after, f"Next: {after}."
    if (load := _heavier(target, last, ladder)) is not None:
        return "more load", replace(target, load_kg=load), _load_words(target, last, load)
    if target.stage == "usual" and ladder.more_range:
        return "more range", replace(target, stage="more range"), ladder.more_range
    if target.stage != "less stable" and ladder.less_stable:
        return "less stable", replace(target, stage="less stable"), ladder.less_stable
    return "hold", target, ladder.beyond


def _heavier(target: Target, last: Sequence[Session], ladder: Ladder) -> float | None:
    """The next load, in whole steps of what the runner has; None when there is none, or it would be too heavy."""
    if ladder.first_kg is None or ladder.step_kg is None or ladder.most_kg is None:
        return None
    now = _load_now(target, last)
    load = max(ladder.first_kg, _next_load(now or 0.0, ladder.step_kg))
    return load if load <= ladder.most_kg else None


def _load_now(target: Target, last: Sequence[Session]) -> float | None:
    """The plan's load; where it names none, the lightest that was logged; None without any."""
    if target.load_kg:
        return target.load_kg
    return min((done.load_kg for session in last for done in session.sets if done.load_kg), default=None)


def _next_load(now: float, step: float) -> float:
    """The most within 2 to 10 % more; where no step of the bells or plates falls in there, the next one above."""
    most = math.floor(now * (1 + LOAD_UP_MOST) / step + _ABOUT) * step
    least = math.ceil(now * (1 + LOAD_UP_LEAST) / step - _ABOUT) * step
    return max(most, least)


def _load_words(target: Target, last: Sequence[Session], load: float) -> str:
    now = _load_now(target, last)
    if now is None:
        return f"Next: hold {load:g} kg, and begin again at {target.low}{_unit(target)}."
    rise = (load - now) / now
    words = f"Next: {load:g} kg, {percent(rise)} more, and begin again at {target.low}{_unit(target)}."
    if rise <= LOAD_UP_MOST + _ABOUT:
        return words
    return f"{words} The guideline is 2 to 10 %, but there is no smaller step: decline it if it feels too much."


def _step_back(target: Target, ladder: Ladder, why: str, until: date) -> Offer:
    """One thing less, the last one that grew first: stage, load, repetitions, then sets."""
    after = _smaller(target, ladder)
    if after is None:
        reason = f"{why} Leave this exercise out until it has settled, and ask a professional if it does not."
        return Offer("step back", target, target, reason, PAIN_SOURCE, until, stop=True, leave_out=True)
    return Offer("step back", target, after, f"{why} Step back: {after}.", PAIN_SOURCE, until, stop=True)


def _smaller(target: Target, ladder: Ladder) -> Target | None:
    if target.stage != "usual":
        has_range = target.stage == "less stable" and ladder.more_range
        return replace(target, stage="more range" if has_range else "usual")
    if target.load_kg:
        return replace(target, load_kg=_lighter(target.load_kg, ladder))
    least = REPETITIONS_LEAST if target.kind == "repetitions" else SECONDS_LEAST
    step = min(_amount_step(target), target.low - least)
    if step > 0:
        return replace(target, low=target.low - step, high=target.high - step)
    return replace(target, sets=target.sets - 1) if target.sets > 1 else None


def _lighter(now: float, ladder: Ladder) -> float | None:
    """At least 10 % less, in whole steps of what the runner has (not known: kilograms); None, no load at all, where
    that would be lighter than the lightest."""
    step = ladder.step_kg or 1.0
    load = math.floor(now * (1 - LOAD_UP_MOST) / step + _ABOUT) * step
    return load if load >= (ladder.first_kg or step) else None


def _amount_step(target: Target) -> int:
    return REPETITIONS_STEP if target.kind == "repetitions" else SECONDS_STEP


def _unit(target: Target) -> str:
    return " repetitions" if target.kind == "repetitions" else " seconds"
