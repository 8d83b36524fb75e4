"""What another program's name of an exercise means here: the catalogue's own names and the `other_names` of its files.

Only the same movement counts. A hip thrust is no bridge, a step up is no lateral one, and a lunge no split squat: those
mean nothing here, and whoever knows better says so.
"""

import re
import unicodedata
from collections.abc import Iterable
from functools import cache
from typing import Final

from guides.catalogue import GuideFileError, exercises
from guides.schema import Exercise

# What a movement is done with, and is the same movement with. A machine, a cable or a sling make it another.
EQUIPMENT: Final = frozenset(
    {"band", "banded", "bands", "bar", "barbell", "body", "bodyweight", "bw", "db", "dumbbell", "dumbbells", "kb"}
    | {"kettlebell", "kettlebells", "loop", "mini", "plate", "resistance", "weight", "weighted", "weights"}
    | {"gewicht", "korpergewicht", "kurzhantel", "kurzhanteln", "langhantel", "widerstandsband"}
    | {"barre", "corps", "elastique", "haltere", "halteres", "poids"}
    | {"banda", "barra", "mancuerna", "mancuernas", "pesa"}
)
_LINKS: Final = frozenset({"with", "mit", "avec", "con"})  # what is left over once the equipment after it is gone
_NO_LETTER: Final = re.compile(r"[^a-z0-9]+")


def meant(name: str) -> str | None:
    """The slug of the exercise that the name means; None when it is none of ours, or not surely."""
    words = _words(name)
    return _known().get(words) or _known().get(_bare(words))


def _words(name: str) -> tuple[str, ...]:
    """The name's words without case, accents and signs, brackets included: 'Clamshell (Band)' is clamshell, band."""
    letters = unicodedata.normalize("NFKD", name.casefold()).encode("ascii", "ignore").decode()
    return tuple(_NO_LETTER.sub(" ", letters).split())


def _bare(words: tuple[str, ...]) -> tuple[str, ...]:
    """The words without equipment and what links it."""
    left = [word for word in words if word not in EQUIPMENT]
    while left and left[-1] in _LINKS:
        left.pop()
    return tuple(left)


@cache
def _known() -> dict[tuple[str, ...], str]:
    return table(exercises())


def table(found: Iterable[Exercise]) -> dict[tuple[str, ...], str]:
    """Every name's words with the slug of its exercise. Raises GuideFileError when a name stands for two."""
    known: dict[tuple[str, ...], str] = {}
    for item in found:
        for name in (item.name, *item.other_names.every):
            for words in _one_and_many(_words(name)):
                if known.setdefault(words, item.slug) != item.slug:
                    raise GuideFileError(f"{item.slug}.toml: other_names: '{name}' is {known[words]} already")
    return known


def _one_and_many(words: tuple[str, ...]) -> tuple[tuple[str, ...], ...]:
    """A name in the singular and the plural of its last word, as programs mix them."""
    if not words:  # none of its letters is Latin
        return ()
    return (words,) if words[-1].endswith("s") else (words, (*words[:-1], words[-1] + "s"))
