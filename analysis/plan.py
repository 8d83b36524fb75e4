"""The plan against what was trained: which exercise is due, and how a plan reads."""

from dataclasses import dataclass

import pandas as pd

_NEVER = pd.Timestamp.min


def due_exercise(items: pd.DataFrame, trained: pd.DataFrame) -> str | None:
    """The main exercise of the plan that was trained longest ago (never counts as longest); None without a plan.

    `items` has exercise and block in the plan's order, `trained` has exercise and last_on.
    """
    main = items.loc[items["block"] == "main", "exercise"]
    if main.empty:
        return None
    last_on = dict(zip(trained["exercise"], trained["last_on"], strict=True))
    return str(min(main, key=lambda exercise: last_on.get(exercise, _NEVER)))


def target(
    sets: int,
    repetitions: float | None,
    seconds: float | None,
    side: str,
    high: float | None = None,
    load_kg: float | None = None,
    stage: str = "usual",
) -> str:
    """'3 x 8 on each side', '2 x 20 to 30 s', '2 x 8 to 12, 12.5 kg, more range'."""
    low, unit = (seconds, " s") if _missing(repetitions) else (repetitions, "")
    amount = f"{low:.0f}" if _missing(high) or high == low else f"{low:.0f} to {high:.0f}"
    where = {"each": " on each side", "both": ""}.get(side, f" on the {side}")
    load = "" if _missing(load_kg) else f", {load_kg:g} kg"
    return f"{sets} x {amount}{unit}{where}{load}{'' if stage == 'usual' else f', {stage}'}"


def _missing(value: float | None) -> bool:
    return value is None or pd.isna(value)


@dataclass(frozen=True)
class Neglected:
    """On how many days an exercise was trained in a stretch of days, and in the one of the same length before it."""

    exercise: str
    days: int
    days_before: int


def neglected(items: pd.DataFrame, trained: pd.DataFrame, over_both: pd.DataFrame) -> Neglected | None:
    """The main exercise of the plan whose days of training fell most; where none fell, the one with the fewest. None
    without a plan.

    `trained` has exercise and days for the later stretch of days, `over_both` for both.
    """
    now, both = (dict(zip(frame["exercise"], frame["days"], strict=True)) for frame in (trained, over_both))
    found = [
        Neglected(slug, now.get(slug, 0), both.get(slug, 0) - now.get(slug, 0))
        for slug in items.loc[items["block"] == "main", "exercise"]
    ]
    return min(found, key=lambda one: (min(one.days - one.days_before, 0), one.days), default=None)
