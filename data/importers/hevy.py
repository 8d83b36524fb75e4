"""The export of Hevy: in kilograms or pounds."""

import re
from collections.abc import Iterator
from datetime import tzinfo
from typing import Final

from data.importers import set_log
from data.importers.cells import Unit
from data.importers.result import Item
from data.importers.set_log import KG_PER_LB, Headings, Program

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


def read_table(filename: str, text: str, zone: tzinfo, unit: Unit) -> Iterator[Item] | None:  # noqa: ARG001  a reader's
    """The workouts of the file; None when this is not Hevy's table. Raises UnreadableFileError when there is no row."""
    layout = set_log.find_layout(text, HEADINGS)
    return None if layout is None else set_log.read(filename, text, layout, PROGRAM, unit)
