"""What people write into a table of strength training: how often, how long, with what load."""

import re
from typing import Final, Literal

from data.importers.cells import BadCellError, amount, duration, is_missing, seconds, ungrouped
from data.importers.result import echo

MOST_SETS: Final = 50  # of one row
LIMITS: Final = {"repetitions": 1_000.0, "seconds": 3_600.0, "load": 500.0}  # the door's own for a set
LONGEST_IN_MINUTES: Final = 600.0  # a hold above it is one whose number was of seconds; a convention
KG: Final = {"kg": 1.0, "lb": 0.45359237}
SETS: Final = re.compile(r"(\d{1,2}) ?x ?(.+)")  # 3x10, 3 x 30 s
HELD: Final = re.compile(r"(\d{1,4}) ?(?:s|secs?|sek|seconds|sekunden|\"|″)\.?")  # 30s among repetitions
EACH_SIDE: Final = re.compile(
    r" ?(?:reps?|wdh\.?)?,? ?"
    r"(?:each(?: side| leg)?|(?:per|/|pro|je|par|por) ?(?:side|leg|seite|bein|jambe|côté|lado|pierna))?$"
)
LOAD: Final = re.compile(r"(?:bw ?\+ ?)?(-?[\d.,']+) ?(kgs?|kilos?|lbs?|pounds?)?\.?")
BODYWEIGHT: Final = frozenset(("bw", "bodyweight", "body weight", "körpergewicht", "poids du corps"))


def number_of_sets(text: str, comma: bool) -> int:
    """The sets that a cell of its own states; 1 where it says nothing. Raises BadCellError."""
    if is_missing(text):
        return 1
    value = _number(text, "sets", comma)
    if value % 1 or not 1 <= value <= MOST_SETS:
        raise BadCellError(f"The sets are {echo(text)}, which is no whole number from 1 to {MOST_SETS}.")
    return int(value)


def repetitions(text: str, comma: bool) -> tuple[int | None, int | None, int | None]:
    """Sets, repetitions and seconds held that a cell states: "3x10" is three sets of ten, "3x30s" three of 30 seconds,
    and "10 each" ten on each side. None for what it does not say. Raises BadCellError."""
    said = text.casefold().replace("×", "x").strip()
    found = SETS.fullmatch(said)
    sets, each = (int(found[1]), found[2]) if found else (None, said)
    if sets is not None and not 1 <= sets <= MOST_SETS:
        raise BadCellError(f"The sets are {echo(text)}, which is no number from 1 to {MOST_SETS}.")
    done = EACH_SIDE.sub("", each)
    if is_missing(done):
        return sets, None, None
    held = HELD.fullmatch(done)
    lasted = float(held[1]) if held else seconds(done)
    if lasted is not None:
        return sets, None, within("seconds", lasted)
    return sets, within("repetitions", _number(done, "number of repetitions", comma)), None


def held(text: str, unit: str, comma: bool) -> int | None:
    """The seconds that a column of times states, in that unit (`tables.TimeUnit`) where it is a number: but of 60 in a
    column of minutes, in which runs are told too, nobody holds a plank. Raises BadCellError."""
    if is_missing(text):
        return None
    stated = duration(text, unit, comma)
    if stated is None or (stated > LONGEST_IN_MINUTES and seconds(text) is None):
        stated = _number(text, "seconds", comma)
    return within("seconds", stated)


def load(text: str, unit: Literal["kg", "lb"], comma: bool) -> float | None:
    """Kilograms; None for no load but the body's own. Raises BadCellError."""
    said = text.casefold().strip()
    if is_missing(said) or said in BODYWEIGHT:
        return None
    found = LOAD.fullmatch(said)
    named = found[2] if found else None
    number, of = (found[1], "lb" if named and named[0] in "lp" else "kg" if named else unit) if found else (text, unit)
    kilograms = _number(number, "load", comma) * KG[of]
    if not 0 <= kilograms <= LIMITS["load"]:
        raise BadCellError(f"The load is {echo(text)}, which is not from 0 to {LIMITS['load']:.0f} kg.")
    return kilograms


def is_sets(text: str) -> bool:
    """Whether a cell may state a number of sets, alone or with what each has."""
    said = text.casefold().replace("×", "x").strip()
    return said.isdecimal() or SETS.fullmatch(said) is not None


def is_load(text: str) -> bool:
    """Whether a cell may state a load, or that there is none but the body's own."""
    said = text.casefold().strip()
    return said in BODYWEIGHT or LOAD.fullmatch(said) is not None


def within(what: Literal["repetitions", "seconds"], value: float) -> int:
    """The whole number. Raises BadCellError where no set can have it."""
    if value % 1 or not 0 <= value <= LIMITS[what]:
        raise BadCellError(f"The {what} are {value:g}, which is no whole number from 0 to {LIMITS[what]:,.0f}.")
    return int(value)


def _number(text: str, what: str, comma: bool) -> float:
    return amount(ungrouped(text) if comma else text, what, comma)
