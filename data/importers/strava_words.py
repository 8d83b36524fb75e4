"""The headings that Strava's exports use, by language, and their dates.

Headings are those of real exports (English, German, French, Dutch, Spanish as far as they were seen).
"""

import re
from datetime import UTC, datetime
from typing import Final

from data.importers import dates

OLD_ID: Final = "id"  # the layout before July 2019, whose distances are metres
ENGLISH_ID: Final = {"activity id", OLD_ID}
ID: Final = ENGLISH_ID | {
    "aktivitäts-id",
    "id de l'activité",
    "activiteits-id",
    "id de actividad",
}
DATE: Final = {
    "activity date",
    "date",
    "aktivitätsdatum",
    "date de l'activité",
    "datum van activiteit",
    "fecha de la actividad",
}
NAME: Final = {
    "activity name",
    "name",
    "name der aktivität",
    "nom de l'activité",
    "naam activiteit",
    "naam van activiteit",
    "nombre de la actividad",
}
TYPE: Final = {
    "activity type",
    "type",
    "aktivitätsart",
    "type d'activité",
    "activiteitstype",
    "tipo de actividad",
}
FILE: Final = {"filename", "dateiname", "nom du fichier", "bestandsnaam", "nombre del archivo"}
ELAPSED: Final = {"elapsed time", "elapsed_time", "verstrichene zeit", "temps écoulé", "verstreken tijd"} | {
    "tiempo transcurrido"
}
MOVING: Final = {"moving time", "bewegungszeit", "durée de déplacement", "beweegtijd", "tiempo en movimiento"}
DISTANCE: Final = {"distance", "distanz", "afstand", "distancia"}
EFFORT: Final = {"perceived exertion", "gefühlte anstrengung"}

TAG: Final = re.compile(r"<[^<>]*>")  # headings of 2023 are wrapped in spans


def heading(text: str) -> str:
    """A column's heading as our tables have it: without tags and typographic signs, in lower case."""
    return " ".join(TAG.sub("", text).replace("’", "'").split()).casefold()


def parse_date(text: str, order: dates.DateOrder) -> datetime | None:
    """The instant that an Activity Date names, which is UTC; None when it is no date with a time."""
    moment = dates.read(text, order)
    return None if moment is None else dates.placed(moment, UTC)[0]
