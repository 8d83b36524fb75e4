"""The sets of strength training in a FIT file, under the profile's names of the exercises."""

from collections.abc import Iterable
from typing import Final

from fitdecode.profile import FIELD_TYPES

from data.importers.fit_frames import Values
from data.importers.result import WorkoutSet

MAX_REPETITIONS: Final = 1000  # the door's own limits for a set
MAX_SECONDS: Final = 3600
MAX_LOAD_KG: Final = 500.0
CATEGORIES: Final = FIELD_TYPES["exercise_category"].enum
UNNAMED: Final = "Unnamed exercise"  # the watch has not recognised it


def workout_sets(messages: Iterable[Values]) -> tuple[WorkoutSet, ...]:
    """The sets done; what the watch calls a rest is none. Its time counts where it has no repetitions: a watch times
    every set, also one that is not a hold."""
    return tuple(_set(values) for values in messages if values.get("set_type") == "active")


def _set(values: Values) -> WorkoutSet:
    repetitions = _amount(values, "repetitions", MAX_REPETITIONS)
    seconds = None if repetitions else _amount(values, "duration", MAX_SECONDS)
    return WorkoutSet(
        exercise=_name(values),
        repetitions=None if repetitions is None else round(repetitions),
        seconds=None if seconds is None else max(1, round(seconds)),
        load_kg=_amount(values, "weight", MAX_LOAD_KG),
    )


def _name(values: Values) -> str:
    """'Single leg hip raise'; of an exercise that the watch knows by its kind alone, 'Lunge, not named'."""
    category = values.get("category")
    category = CATEGORIES.get(category, category)  # the decoder names one value, and leaves several as numbers
    if not isinstance(category, str) or category == "unknown":
        return UNNAMED
    names = FIELD_TYPES.get(f"{category}_exercise_name")
    name = None if names is None else names.enum.get(values.get("category_subtype"))
    return _words(name) if name else f"{_words(category)}, not named"


def _words(name: str) -> str:
    return name.replace("_", " ").capitalize()


def _amount(values: Values, name: str, most: float) -> float | None:
    """What no set can have means that the watch does not say."""
    value = values.get(name)
    return value if isinstance(value, int | float) and 0 < value <= most else None
