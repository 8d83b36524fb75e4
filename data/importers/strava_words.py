"""The headings and dates that Strava's exports use, by language.

Headings and dates are those of real exports (English, German, French, Dutch, Spanish as far as they were seen).
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
ELAPSED: Final = {"elapsed time", "elapsed_time", "verstrichene zeit", "temps écoulé", "verstreken tijd"} | {
    "tiempo transcurrido"
}
MOVING: Final = {"moving time", "bewegungszeit", "durée de déplacement", "beweegtijd", "tiempo en movimiento"}
DISTANCE: Final = {"distance", "distanz", "afstand", "distancia"}
EFFORT: Final = {"perceived exertion", "gefühlte anstrengung"}


_TIME = r",?(?: à| om| um| a las)? (?P<hour>\d{1,2}):(?P<minute>\d\d)(?::(?P<second>\d\d))?(?: ?(?P<half>[ap])\.?m\.?)?"
_DATES = (
    r"(?P<month>[^\W\d_]+)\.? (?P<day>\d{1,2}), (?P<year>[12]\d{3})",  # Sep 12, 2018, 3:02:23 PM
    r"(?P<day>\d{1,2})\.(?P<month>\d{1,2})\.(?P<year>[12]\d{3})",  # 20.09.2026, 14:12:12
    r"(?P<year>[12]\d{3})-(?P<month>\d{1,2})-(?P<day>\d{1,2})",  # 2018-09-12 15:02:23
    r"(?P<day>\d{1,2})\.? (?:de )?(?P<month>[^\W\d_]+)\.? (?:de )?(?P<year>[12]\d{3})",  # 24 mai 2012 à 16:27:40
)
DATE_PATTERNS: Final = tuple(re.compile(date + _TIME, re.IGNORECASE) for date in _DATES)
TAG: Final = re.compile(r"<[^<>]*>")  # headings of 2023 are wrapped in spans


def heading(text: str) -> str:
    """A column's heading as our tables have it: without tags and typographic signs, in lower case."""
    return " ".join(TAG.sub("", text).replace("’", "'").split()).casefold()


def parse_date(text: str) -> datetime | None:
    """The instant that an Activity Date names, which is UTC; None when it is no date."""
    text = " ".join(text.split())  # also the narrow no-break spaces before AM and PM
    for pattern in DATE_PATTERNS:
        if found := pattern.fullmatch(text):
            return _instant(found)
    return None


def _instant(found: re.Match[str]) -> datetime | None:
    month, hour = dates.month(found["month"]), dates.hour(int(found["hour"]), found["half"])
    if month is None or hour is None:
        return None
    try:
        return datetime(
            int(found["year"]),
            month,
            int(found["day"]),
            hour,
            int(found["minute"]),
            int(found["second"] or 0),
            tzinfo=UTC,
        )
    except ValueError:
        return None
