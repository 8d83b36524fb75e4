"""The export of Strong: commas or semicolons, English or German, with a unit or without."""

import re
from collections.abc import Iterator
from typing import Final

from data.importers import set_log
from data.importers.result import Item
from data.importers.set_log import KG_PER_LB, Headings, Layout, Program, Units

HEADINGS: Final = Headings(
    start={"date", "datum"},
    title={"workout name", "workout-name"},
    exercise={"exercise name", "name der übung"},
    kind={"set order", "reihenfolge festlegen"},
    repetitions={"reps", "wiederh.", "wiederholungen"},
    seconds={"seconds", "sekunden"},
    effort={"rpe"},
    loads={
        "weight (kg)": 1.0,
        "weight (kgs)": 1.0,
        "weight (lb)": KG_PER_LB,
        "weight (lbs)": KG_PER_LB,
        "gewicht (kg)": 1.0,
        "gewicht (lb)": KG_PER_LB,
        "weight": None,
        "gewicht": None,
    },
    load_unit={"weight unit", "gewichtseinheit"},
)
# W is a warm-up, D a drop set, F a set to failure; longer words are rest timers and notes, and no sets.
PROGRAM: Final = Program("Strong", re.compile(r"\d{1,3}(\.0+)?|[A-Z]", re.ASCII), re.compile("[Ww]"))


def find_layout(text: str) -> Layout | None:
    """The layout that the first line announces; None when this is not Strong's table."""
    return set_log.find_layout(text, HEADINGS)


def read(filename: str, text: str, layout: Layout, units: Units) -> Iterator[Item]:
    """The workouts of the file. Raises UnreadableFileError when there is no row at all."""
    return set_log.read(filename, text, layout, PROGRAM, units)
