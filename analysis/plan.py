"""The plan against what was trained: which exercise is due, and how a plan reads."""

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


def least_trained(items: pd.DataFrame, trained: pd.DataFrame) -> tuple[str, int] | None:
    """The main exercise of the plan that was trained on the fewest days, and on how many; None without a plan.

    `trained` has exercise and days, over the days that the caller looks back.
    """
    main = items.loc[items["block"] == "main", "exercise"]
    if main.empty:
        return None
    days = dict(zip(trained["exercise"], trained["days"], strict=True))
    slug = str(min(main, key=lambda exercise: days.get(exercise, 0)))
    return slug, int(days.get(slug, 0))
