"""Python's collector of garbage, set for pages that make tens of thousands of objects a rerun."""

import gc
from typing import Final

_LOOK_AFTER: Final = 50_000  # new objects: a rerun makes as many, and after Python's own 700 it would look often


def settle() -> None:
    """When everything is loaded: none of it ever becomes garbage, and the rest is looked through less often."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(_LOOK_AFTER)
