"""The export of Hevy: in kilograms or pounds."""

import re
from collections.abc import Iterator
from typing import Final

from data.importers import set_log
from data.importers.result import Item
from data.importers.set_log import KG_PER_LB, Headings, Layout, Program, Units

HEADINGS: Final = Headings(
    start={"start_time"},
    title={"title"},
    exercise={"exercise_title"},
    kind={"set_type"},
    repetitions={"reps"},
    seconds={"duration_seconds"},
    effort={"rpe"},
    loads={"weight_kg": 1.0, "weight_lbs": KG_PER_LB, "weight_lb": KG_PER_LB},
)
WARM_UP: Final = re.compile(r"warm[ _-]?up", re.IGNORECASE)
PROGRAM: Final = Program("Hevy", re.compile(".*", re.DOTALL), WARM_UP)  # normal, failure, dropset


def find_layout(text: str) -> Layout | None:
    """The layout that the first line announces; None when this is not Hevy's table."""
    return set_log.find_layout(text, HEADINGS)


def read(filename: str, text: str, layout: Layout, units: Units) -> Iterator[Item]:
    """The workouts of the file. Raises UnreadableFileError when there is no row at all."""
    return set_log.read(filename, text, layout, PROGRAM, units)
