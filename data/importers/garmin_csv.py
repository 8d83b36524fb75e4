"""Garmin Connect's Activities.csv, in the languages and layouts that formats.md lists."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import tzinfo
from itertools import islice
from typing import Final, Literal

from data.errors import UnreadableFileError
from data.importers import dates, sports, table_guess
from data.importers.cells import METRES, BadCellError, Unit, amount, moment_of, time_of
from data.importers.delimited import MAX_ROWS, headers, rows
from data.importers.result import UNKNOWN, Item, Note, Problem, Run, Skipped, echo, known, plain
from data.importers.strava_words import heading

SOURCE: Final = "garmin"
MAX_KIND: Final = 40  # characters of an activity type repeated in a sentence
SPORTS_LOOKED_AT: Final = 50  # rows
DATES_LOOKED_AT: Final = 1_000  # rows that show whether a spreadsheet wrote the day or the month first
LONGEST_TRACK_KM: Final = 400.0  # nobody has run further on a track in a day: a larger number there is metres

# Headings in English, German, French, Spanish, Swedish, Portuguese, Dutch, Italian, Norwegian, Japanese, Polish and
# Chinese, and the German ones of 2012.
TYPE: Final = {
    "activity type",
    "aktivitätstyp",
    "type d'activité",
    "tipo de actividad",
    "aktivitetstyp",
    "tipo de atividade",
    "activiteittype",
    "tipo di attività",
    "aktivitetstype",
    "アクティビティタイプ",
    "typ aktywności",
    "活动类型",
    "活動類型",
}
DATE: Final = {"date", "datum", "fecha", "data", "start", "dato", "日付", "日期"}
FAVORITE: Final = {"favorite", "favorit", "favori", "favorito", "favoriet", "preferita", "preferito", "favoritt"} | {
    *("お気に入り", "ulubiony", "我的最爱", "我的最愛"),
}
TITLE: Final = {"title", "titel", "titre", "título", "namn", "aktivitätsname", "titolo", "tittel", "タイトル"} | {
    *("tytuł", "标题", "標題"),
}
DISTANCE: Final = {"distance", "distanz", "distancia", "distans", "distância"} | {
    *("afstand", "distanza", "distanse", "距離", "dystans", "距离", "sträcka"),
}
TIME: Final = {"time", "activity time", "zeit", "durée", "tiempo", "tid", "tempo", "tempo total", "tijd", "タイム"} | {
    *("czas", "时间", "時間"),
}
MOVING: Final = {
    "moving time",
    "zeit in bewegung",
    "temps de déplacement",
    "tiempo en movimiento",
    "färdtid",
    "tempo em movimento",
    "tijd bewogen",
    "tempo in movimento",
    "tid i bevegelse",
    "移動時間",
    "czas ruchu",
    "移动时间",
}
ELAPSED: Final = {"elapsed time", "verstrichene zeit", "temps écoulé", "tiempo transcurrido", "total tid"} | {
    "tempo transcorrido",
    "duração",
    "verstreken tijd",
    "tempo trascorso",
    "medgått tid",
    "経過時間",
    "upłynęło czasu",
    "全程耗时",
    "全程耗時",
}

IN_BRACKETS: Final = re.compile(r" ?[(\[]([^()\[\]]*)[)\]]$")  # a unit that others' programs write behind a heading
UNITS: Final = {
    **dict.fromkeys(table_guess.KM, METRES["km"]),
    **dict.fromkeys(table_guess.MILES, METRES["mi"]),
    **dict.fromkeys(table_guess.METRE, METRES["m"]),
}
NOT_READ: Final = (
    "{} names a unit that is not known here, so the runs have no distance. Convert the column to km, mi or m, name "
    "that in the heading, and choose the file again."
)
NO_DISTANCE: Final = (
    "No heading is one of a distance that is known here, so the runs have none. Name the column 'Distance', and choose "
    "the file again."
)
STRENGTH: Final = "This table says no exercises. Log the session, or import it from the program that has its sets."


@dataclass(frozen=True, slots=True)
class Layout:
    """Where the columns are; the times in order of preference. `metres` are those of the unit that the heading of the
    distances names, None where it names none; `not_read` is a heading of distances in a unit that is not known."""

    delimiter: str
    width: int
    type: int
    date: int
    title: int | None
    distance: int | None
    times: tuple[int, ...]
    has_favorite: bool
    metres: float | None = None
    not_read: str = ""


def read_table(filename: str, text: str, zone: tzinfo, unit: Unit) -> Iterator[Item] | None:
    """The rows as items; None when this is not Garmin's table. Where its heading names no unit, distances are in
    the runner's `unit`. It names no zone, so times are those of the clock in `zone`.

    Raises UnreadableFileError when there is no row at all.
    """
    layout = next((found for header, by in headers(text) if (found := _layout(header, by))), None)
    if layout is None or not (layout.has_favorite or _names_sports(text, layout)):
        return None
    return _read(filename, text, layout, zone, unit)


def _names_sports(text: str, layout: "Layout") -> bool:
    """Whether most types are words for sports: newer tables have no column of favourites, which no other table has."""
    types = [row[layout.type] for row in islice(_rows(text, layout), SPORTS_LOOKED_AT)]
    return sum(sports.is_sport(name) or sports.kind_of(name) is not None for name in types) * 2 > len(types)


def _layout(header: list[str], delimiter: str) -> Layout | None:
    headings = [heading(name) for name in header]
    names = [IN_BRACKETS.sub("", name) for name in headings]

    def where(accepted: set[str]) -> list[int]:
        return [at for at, name in enumerate(names) if name in accepted]

    types, days, distances = where(TYPE), where(DATE), where(DISTANCE)
    times = where(TIME) + where(MOVING) + where(ELAPSED)
    if not (types and days and where(FAVORITE | TITLE) and (distances or times)):
        return None
    usable = [at for at in distances if _unit_in(headings[at]) in UNITS or not _unit_in(headings[at])]
    return Layout(
        delimiter=delimiter,
        width=len(names),
        type=types[0],
        date=days[0],
        title=next(iter(where(TITLE)), None),
        distance=next(iter(usable), None),
        times=tuple(times),
        has_favorite=bool(where(FAVORITE)),
        metres=UNITS.get(_unit_in(headings[usable[0]])) if usable else None,
        not_read="" if usable or not distances else header[distances[0]],
    )


def _unit_in(name: str) -> str:
    found = IN_BRACKETS.search(name)
    return found[1].strip() if found else ""


def _read(filename: str, text: str, layout: Layout, zone: tzinfo, unit: Unit) -> Iterator[Item]:
    order = dates.shown_order(row[layout.date] for row in islice(_rows(text, layout), DATES_LOOKED_AT))
    number, has_distance = 1, False
    for number, row in enumerate(_rows(text, layout), start=2):
        if number > MAX_ROWS + 1:
            yield Problem(f"row {number}", f"Only the first {MAX_ROWS:,} activities were read. Split the file.")
            break
        item = _item(f"row {number}", row, layout, zone, unit, order)
        has_distance = has_distance or (isinstance(item, Run) and item.distance_m > 0)
        yield item
    if number == 1:
        raise UnreadableFileError(f"{filename} has the columns of a Garmin export, but no activity in it.")
    if layout.distance is None and not layout.not_read:
        yield Note("the distances", NO_DISTANCE)
    if layout.not_read:
        yield Note("the distances", NOT_READ.format(echo(layout.not_read)))
    if has_distance and layout.metres is None:
        yield Note("the distances", _assumed(unit))


def _rows(text: str, layout: Layout) -> Iterator[list[str]]:
    return rows(text, layout.delimiter, layout.width)


def _assumed(unit: Unit) -> str:
    names = ("miles", "kilometres") if unit == "mi" else ("kilometres", "miles")
    return (
        f"Garmin's table names no unit. The distances were read as {names[0]}, the unit in your settings. "
        f"If your Garmin account shows {names[1]}, change the unit in Settings and choose the file again. "
        "What was added before can be undone."
    )


def _item(position: str, row: list[str], layout: Layout, zone: tzinfo, unit: Unit, order: dates.DateOrder) -> Item:
    name = plain(row[layout.type], MAX_KIND)
    kind = sports.kind_of(name)
    try:
        if any(row[layout.width :]):
            raise BadCellError(f"The row has {len(row)} values under {layout.width} headings: the row is broken.")
        if kind == "strength":
            return Skipped(position, f"{name}, not a run. {STRENGTH}")
        if kind is None and name:
            return Skipped(position, f"{name}, not a run.")
        if kind is None:
            raise BadCellError("The row does not say which sport it was.")
        return _run(position, row, layout, kind, dates.read(row[layout.date], order), zone, unit)
    except BadCellError as error:
        return Problem(position, f"{error} Add this run by hand.")


def _run(
    position: str,
    row: list[str],
    layout: Layout,
    sport: Literal["run", "walk"],
    moment: dates.Moment | None,
    zone: tzinfo,
    unit: Unit,
) -> Run:
    at = moment_of(row[layout.date], moment)
    start, day = dates.placed(at, zone)
    distance = 0.0 if layout.distance is None else amount(row[layout.distance], "distance", layout.delimiter == ";")
    in_metres = sports.is_on_track(row[layout.type]) and distance >= LONGEST_TRACK_KM
    duration = next((found for column in layout.times if (found := time_of(row[column]))), UNKNOWN)
    return Run(
        position=position,
        start=start,
        local_date=day,
        distance_m=known(distance * (1.0 if in_metres else layout.metres or METRES[unit])),
        duration_s=duration,
        effort=UNKNOWN,
        source=SOURCE,
        source_id=f"{day}T{at.clock or ''} {sport}",
        name="" if layout.title is None else plain(row[layout.title]),
        sport=sport,
    )
