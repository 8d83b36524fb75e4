"""What the columns of an unknown table may be, by the words in their headings and by what stands in them."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from statistics import median
from typing import Any, Final, get_args

from data.importers import dates, set_cells
from data.importers.cells import (
    COLONS,
    GROUPED,
    METRES,
    THOUSANDS,
    Unit,
    duration,
    is_missing,
    number,
    seconds,
    unit_of,
    with_unit,
)
from data.importers.side_words import side_of, site_of, words_of
from data.importers.sports import is_no_run, is_sport
from data.importers.tables import DistanceUnit, Mapping, TimeUnit

LOOKED_AT: Final = 500  # rows
MOST: Final = 0.6  # share of the cells with something in them that must be what the column is taken for
ANY: Final = 1 / LOOKED_AT  # share that one cell is at the least
LONGEST_RUN_KM: Final = 250.0  # a usual distance above it is in metres
LONGEST_RUN_MIN: Final = 600.0  # a usual time above it is in seconds
FASTEST, SLOWEST = 120, 1000  # seconds a kilometre, of usual runs and walks; a convention
QUICK: Final = 240  # and of a diary of usual runs
LONGEST_RUN_S: Final = 100_000.0  # and one above that in milliseconds
MOST_CODES: Final = 20  # different sports that a program has numbers for, in one diary
COMPACT: Final = 8  # digits of a date without signs, 20240502
STARTS_SHOWN: Final = 3  # times that are all on five minutes, as runners write when they began
EARLIEST_START: Final = 4  # o'clock: few runs begin before, and few take longer
LONGEST_HOURS: Final = 5  # usual times in two parts are hours and minutes when the first part is never higher
DECIMAL_COMMA: Final = re.compile(r"-?\d{1,3}(\.\d{3})*,(\d{1,2}|\d{4,})", re.ASCII)
DECIMAL_POINT: Final = re.compile(r"-?\d{1,3}(,\d{3})*\.\d+", re.ASCII)

# Words of headings by what they say, in English, German, French, Spanish, Italian, Portuguese, Dutch and Swedish. The
# first that fits takes the column.
WORDS: Final = {
    "pain": "pain schmerz schmerzen douleur dolor dolore dor pijn smärta nrs vas",
    "site": "site location bodypart körperstelle stelle ort zone lieu sitio lugar zona sede local plek ställe where wo",
    "side": "side seite côté lado lato kant zijde sida leg bein jambe pierna",
    "effort": "effort rpe exertion anstrengung effortperçu ressenti esfuerzo sforzo esforço inspanning borg",
    "exercise": "exercise übung exercice ejercicio esercizio exercício oefening övning",
    "sets": "sets sätze satz séries series serie serier",
    "repetitions": "reps rep repetitions wiederholungen wdh répétitions repeticiones ripetizioni repetições",
    "load": "load weight kg lb lbs gewicht last poids charge peso carga carico vikt",
    "unit": "unit units einheit einheiten unité unités unidad unità unidade eenheid enhet",
    "start": "start started startzeit uhrzeit beginn heure hora ora orario tijdstip starttid klockslag clock",
    "date": "date day datum tag jour fecha día data giorno dia dag week woche semaine semana settimana vecka",
    "distance": "distance dist km miles mile mi ran distanz strecke laufstrecke laufdistanz kilometer kilometres "
    "kilometers distancia distanza distância afstand sträcka distans mileage umfang",
    "duration": "duration laufzeit laufdauer trainingszeit dauer durée duración durata duração duur",
    "time": "time zeit temps tiempo tempo tijd tid min minutes hours stunden",
    "seconds": "seconds sec hold sekunden sek haltezeit secondes segundos secondi seconden sekunder",
}
# Amounts that are none of a run: how fast it was.
SPEED: Final = re.compile(
    r"/ ?(km|mi|mile|meile|meter|metre|h)\b|\bper (km|mile)|\b(mph|kmh|pace|ritmo|allure|rythme|passo|speed|"
    r"geschwindigkeit|vitesse|velocidad|velocità|velocidade|snelheid)\b"
)
# What was not run.
PLANNED: Final = words_of(
    "planned plan goal target soll ziel geplant geplante geplanter prévu prévue objectif previsto prevista objetivo"
)
# Columns that are taken only where no other fits: what adds up, and what is beside the run.
LAST: Final = words_of(
    "total gesamt cumulative kumuliert cumul cum ytd remaining shoe shoes schuh schuhe warmup cooldown warm cool "
    "elapsed zone zones hr heart submitted created upload uploaded modified updated end ended finish finished tempo"
)
EXERCISE, SETS = words_of(WORDS["exercise"]), words_of(f"{WORDS['sets']} {WORDS['repetitions']}")
OF_A_RUN: Final = ("distance", "duration", "time", "effort")  # not where the heading names another sport: Bike km
ALL_WORDS: Final = words_of(" ".join(WORDS.values()))
SPORT: Final = words_of(
    "sport type activity activité aktivität sportart art tipo deporte attività atividade aktivitet soort"
)
WEEK: Final = words_of("week weekly weeks woche wochen wochenkilometer semaine hebdo semana settimana vecka kw cw")
MILES: Final = words_of("mi mile miles mileage meilen milles millas miglia milhas")
METRE: Final = words_of("m metres meters meter mètres metros metri")
KM: Final = words_of("km kms kilometer kilometres kilometers kilometre kilometros")
POUNDS: Final = words_of("lb lbs pounds pound pfund")
MINUTES: Final = words_of("min mins minutes minuten minuti minutos minuter")
HOURS: Final = words_of("h hr hrs hour hours std stunde stunden heure heures hora horas ora ore uur timmar")
UNIT_HEADINGS: Final = words_of(WORDS["unit"])
YARDS: Final = words_of("yd yds yard yards")
FEET: Final = words_of("ft foot feet")
M_SS: Final = re.compile(r"\b(mm?|mins?|minutes|minuten):(ss?|secs?|seconds|sekunden|sek)\b")  # also within h:mm:ss
H_MM: Final = re.compile(r"\b(hh?|hrs?|hours?|std|stunden):(mm?|mins?|minutes|minuten)\b")
SECONDS: Final = words_of("s sec secs seconds sekunden sek secondes segundos")


@dataclass
class _Columns:
    """The columns with what stands in them, and those that are not taken yet."""

    headings: tuple[str, ...]
    words: list[frozenset[str]]
    cells: list[list[str]]
    rows: int
    taken: set[int] = field(default_factory=set)

    def first(self, name: str, fits: Callable[[list[str]], bool]) -> int | None:
        """The first free column whose heading has one of the words for this and whose cells fit, one of the LAST only
        where there is no other; it is taken now."""
        words = words_of(WORDS[name])
        fitting = [
            at
            for at, found in enumerate(self.words)
            if at not in self.taken and found & words and self._may_be(name, at) and fits(self.cells[at])
        ]
        best = min(fitting, key=lambda at: (bool(self.words[at] & LAST), at), default=None)
        if best is not None:
            self.taken.add(best)
        return best

    def _may_be(self, name: str, at: int) -> bool:
        """Whether the heading names no other sport, no speed and no plan, where an amount of a run is looked for."""
        heading = self.headings[at]
        is_none = is_no_run(heading) or SPEED.search(heading.casefold()) or self.words[at] & PLANNED
        return name not in OF_A_RUN or not is_none


def guess(header: tuple[str, ...], rows: tuple[tuple[str, ...], ...], unit: Unit) -> Mapping:
    """A proposal; where nothing tells the unit of distances it is the runner's."""
    looked = rows[:LOOKED_AT]
    cells = [[row[at] for row in looked if not is_missing(row[at])] for at in range(len(header))]
    columns = _Columns(header, [words_of(name) for name in header], cells, len(looked))
    comma = _has_decimal_comma(cells)
    found = _assigned(columns, comma)
    return _at_a_runners_pace(_with_units(Mapping(**found), header, cells, unit, comma), looked, comma)


def has_decimal_comma(rows: tuple[tuple[str, ...], ...], mapping: Mapping) -> bool:
    """Whether a comma is the decimal sign: where the mapping leaves that to the file, as most of its numbers show.

    No run has 5,125 km, and none 5.123 m: three digits behind the sign are decimals there, and thousands here.
    """
    if mapping.decimal_sign != "as each file shows":
        return mapping.decimal_sign == "comma"
    looked = rows[:LOOKED_AT]
    at = mapping.distance if mapping.distance is not None else mapping.week_distance
    cells = [] if at is None else [with_unit(row[at]) for row in looked if not is_missing(row[at])]
    distances = [number.strip() for number, unit in cells if unit in (None, mapping.distance_unit)]
    if mapping.distance_unit in ("m", "yd", "ft"):
        shows = bool(distances) and all(map(GROUPED.fullmatch, distances))
    else:
        has_commas = any(map(THOUSANDS.fullmatch, distances)) or any(map(DECIMAL_COMMA.fullmatch, distances))
        shows = has_commas and not any(map(DECIMAL_POINT.fullmatch, distances))
    return shows or _has_decimal_comma([list(column) for column in zip(*looked, strict=True)])


def _has_decimal_comma(cells: list[list[str]]) -> bool:
    commas = sum(bool(DECIMAL_COMMA.fullmatch(cell.strip())) for column in cells for cell in column)
    points = sum(bool(DECIMAL_POINT.fullmatch(cell.strip())) for column in cells for cell in column)
    return commas > points


def _assigned(columns: _Columns, comma: bool) -> dict[str, Any]:
    """The fields of a mapping that a column was found for."""

    def numbers(cells: list[str]) -> bool:
        return _share(cells, lambda cell: number(cell, comma) is not None) >= MOST

    def up_to_ten(cells: list[str]) -> bool:
        return _share(cells, lambda cell: 0 <= _leading(cell, comma) <= 10) >= MOST

    def distances(cells: list[str]) -> bool:
        return numbers([with_unit(cell)[0] for cell in cells])

    def times(cells: list[str]) -> bool:
        return numbers(cells) or _share(cells, lambda cell: seconds(cell) is not None) >= MOST

    fits: dict[str, Callable[[list[str]], bool]] = {
        "pain": up_to_ten,
        "site": lambda cells: not numbers(cells) and not _are_dates(cells),
        "side": lambda cells: _share(cells, lambda cell: side_of(cell) is not None) >= MOST,
        "effort": up_to_ten,
        "exercise": lambda cells: bool(cells) and not numbers(cells) and not _are_dates(cells),
        "sets": lambda cells: _share(cells, set_cells.is_sets) >= MOST,
        "repetitions": lambda cells: _share(cells, lambda cell: cell.strip()[:1].isdigit()) >= MOST,
        "load": lambda cells: _share(cells, set_cells.is_load) >= MOST,
        "date": _are_dates,
        "distance": distances,
        "start": lambda cells: _share(cells, lambda cell: dates.clock(cell) is not None) >= MOST,
        "unit": lambda cells: _share(cells, lambda cell: unit_of(cell) is not None) >= MOST,
        "duration": times,
        "time": times,
        "seconds": numbers,
    }
    found = {"sport": _sport(columns)}
    found |= {name: columns.first(name, fits[name]) for name in WORDS}
    found["pain_right"] = columns.first("pain", up_to_ten)
    found |= _times(found.pop("duration"), found["time"], found["start"], found["distance"], columns)
    if found["date"] is None:
        found["date"] = next(
            (at for at, cells in enumerate(columns.cells) if at not in columns.taken and _are_dates(cells)), None
        )
    return _consistent(found, columns)


def _times(
    duration: int | None, time: int | None, start: int | None, distance: int | None, columns: _Columns
) -> dict[str, int | None]:
    """The time of a run, and its start: a column headed "Time" alone may say when it began, beside a duration, or where
    all are like 18:30 and 7:45 and nobody runs the distance in so many minutes."""
    is_alone = start is None and time is not None and len(columns.words[time]) == 1
    if is_alone and _are_late(columns, time) and (duration is not None or _are_no_times(columns, time, distance)):
        start, time = time, None
    return {"time": time if duration is None else duration, "start": start}


def _are_late(columns: _Columns, time: int | None) -> bool:
    clocks = [] if time is None else [dates.clock(cell) for cell in columns.cells[time]]
    return sum(clock is not None and clock.hour >= EARLIEST_START for clock in clocks) >= MOST * len(clocks)


def _are_no_times(columns: _Columns, time: int | None, distance: int | None) -> bool:
    if time is None or distance is None:
        return False
    clocks = [dates.clock(cell) for cell in columns.cells[time]]
    whole = [clock for clock in clocks if clock is not None and clock.minute % 5 == 0 and not clock.second]
    if not len(whole) == len(clocks) >= STARTS_SHOWN:
        return False
    far = [number(with_unit(cell)[0]) or 0.0 for cell in columns.cells[distance]]
    paces = [(seconds(cell) or 0.0) / km for cell, km in zip(columns.cells[time], far, strict=False) if km > 0]
    return bool(paces) and (min(paces) < FASTEST or median(paces) < QUICK)


def _sport(columns: _Columns) -> int | None:
    """The column of sports; it is taken now.

    What stands in it tells. The heading decides between columns that are alike. Under "Type" may stand Easy and Long
    run, which are runs; one Bike among them makes it a column of sports. A few words in an else empty column are notes.
    Numbers are codes of a program: the runner knows which are runs.
    """
    headed = {at for at, words in enumerate(columns.words) if words & SPORT}
    of_sets = any(words & SETS for words in columns.words)  # then its exercises are no sports
    full = {
        at
        for at, cells in enumerate(columns.cells)
        if len(cells) >= MOST * columns.rows and not (of_sets and columns.words[at] & EXERCISE)
    }
    unnamed = {at for at in full if not columns.words[at] & ALL_WORDS}
    found = _fullest(columns, headed | full, is_sport, MOST)
    if found is None:
        found = _fullest(columns, headed | unnamed, is_no_run, ANY)
    if found is None:
        found = next((at for at in sorted(headed & full) if _are_codes(columns.cells[at])), None)
    if found is not None:
        columns.taken.add(found)
    return found


def _are_codes(cells: list[str]) -> bool:
    return all(map(str.isdecimal, cells)) and 1 < len(set(cells)) <= MOST_CODES


def _fullest(columns: _Columns, among: set[int], holds: Callable[[str], bool], least: float) -> int | None:
    """Of these columns the one of which the greatest share holds; None where that is less than the `least`."""
    shares = {at: _share(columns.cells[at], holds) for at in sorted(among)}
    best = max(shares, key=lambda at: (shares[at], bool(columns.words[at] & SPORT)), default=None)
    return None if best is None or shares[best] < least else best


def _consistent(found: dict[str, int | None], columns: _Columns) -> dict[str, Any]:
    """Sets need an exercise and a place needs a pain; the distance of weeks is not that of runs."""
    if found["sets"] is not None and found["repetitions"] is None and _share(columns.cells[found["sets"]], _says_both):
        found["repetitions"], found["sets"] = found["sets"], None
    is_of_sets = any(found[name] is not None for name in ("sets", "repetitions", "load", "seconds"))
    if not is_of_sets and found["distance"] is not None:  # it has the word in its heading alone
        found["exercise"] = None
    if found["exercise"] is None:
        found["time"] = found["seconds"] if found["time"] is None else found["time"]
        found["sets"] = found["repetitions"] = found["load"] = found["seconds"] = None
    found |= _pain(found, columns)
    distance, day = found["distance"], found["date"]
    of_weeks = day is not None and (bool(columns.words[day] & WEEK) or _are_weeks(columns.cells[day]))
    if distance is not None and (of_weeks or columns.words[distance] & WEEK):
        found["week_distance"], found["distance"], found["time"] = distance, None, None
    return {name: at for name, at in found.items() if at is not None}


def _says_both(cell: str) -> bool:
    """3x10, under whatever heading."""
    return set_cells.is_sets(cell) and not cell.strip().isdecimal()


def _pain(found: dict[str, int | None], columns: _Columns) -> dict[str, Any]:
    """The columns of pain, and its place: that of a column, or what the heading says."""
    if found["pain"] is None:
        return {"site": None, "side": None}
    first, second = found["pain"], found["pain_right"]
    headings = [columns.headings[at] for at in (first, second) if at is not None]
    sites, sides = [site_of(heading) for heading in headings], [side_of(heading) for heading in headings]
    site = sites[0]
    place: dict[str, Any] = {
        "site": found["site"] if site == "other" or found["site"] is not None else site,
        "side": sides[0] if found["side"] is None else found["side"],
    }
    if sides in (["left", "right"], ["right", "left"]) and sites[0] == sites[1]:
        left, right = (first, second) if sides[0] == "left" else (second, first)
        return place | {"pain": left, "pain_right": right, "side": None}
    return place | {"pain_right": None}


def _with_units(mapping: Mapping, header: tuple[str, ...], cells: list[list[str]], unit: Unit, comma: bool) -> Mapping:
    order, is_sure = dates.order_of([] if mapping.date is None else cells[mapping.date])
    mapping = replace(mapping, date_order=order, is_order_sure=is_sure)
    distance = mapping.distance if mapping.distance is not None else mapping.week_distance
    if distance is not None:
        numbers = _numbers([with_unit(cell)[0] for cell in cells[distance]], comma)
        mapping = replace(mapping, distance_unit=_distance_unit(words_of(header[distance]), numbers, unit))
    if mapping.time is not None:
        of_exercises = mapping.exercise is not None and mapping.distance is None
        usual: TimeUnit = "seconds" if of_exercises else "minutes"
        mapping = replace(mapping, time_unit=_time_unit(header[mapping.time], cells[mapping.time], usual))
    if mapping.load is not None and _are_pounds(header, cells, mapping.load):
        mapping = replace(mapping, load_unit="lb")
    return mapping


def _at_a_runners_pace(mapping: Mapping, rows: tuple[tuple[str, ...], ...], comma: bool) -> Mapping:
    """The mapping with the first unit of times in which its runs are as fast as runs are; without the times where there
    is none, such as those of a kilometre."""
    if mapping.distance is None or mapping.time is None:
        return mapping
    distances = [with_unit(row[mapping.distance]) for row in rows]
    metres = [(number(text, comma) or 0.0) * METRES[unit or mapping.distance_unit] for text, unit in distances]
    paces: list[float] = []
    for unit in (mapping.time_unit, *get_args(TimeUnit)):
        times = [duration(row[mapping.time], unit, comma) for row in rows]
        paces = [time / far * 1000 for time, far in zip(times, metres, strict=True) if time and far > 0]
        if paces and FASTEST <= median(paces) <= SLOWEST:
            return replace(mapping, time_unit=unit)
    return replace(mapping, time=None) if paces else mapping


def _are_pounds(header: tuple[str, ...], cells: list[list[str]], load: int) -> bool:
    """Whether the heading of the loads says so, or a column of units."""
    beside = [column for name, column in zip(header, cells, strict=True) if words_of(name) & UNIT_HEADINGS]
    named = words_of(" ".join([header[load], *(cell for column in beside for cell in column)]))
    return bool(named & POUNDS)


def _distance_unit(words: frozenset[str], numbers: list[float], unit: Unit) -> DistanceUnit:
    if words & MILES:
        return "mi"
    if words & KM:
        return "km"
    if words & YARDS:
        return "yd"
    if words & FEET:
        return "ft"
    return "m" if words & METRE or (numbers and median(numbers) > LONGEST_RUN_KM) else unit


def _time_unit(written: str, cells: list[str], usual_unit: TimeUnit) -> TimeUnit:
    heading = written.casefold()
    clocks = [found for cell in cells if (found := COLONS.fullmatch(cell.strip()))]
    if clocks and M_SS.search(heading):
        return "h:mm:ss"
    if clocks and H_MM.search(heading):
        return "h:mm"
    if clocks:
        in_two = [int(found[2]) for found in clocks if not found[1]]
        are_hours = len(in_two) == len(clocks) and max(in_two) <= LONGEST_HOURS
        return "h:mm" if are_hours else "h:mm:ss"
    words, numbers = words_of(written), _numbers(cells, False)
    if words & MINUTES:
        return "minutes"
    if words & HOURS:
        return "hours"
    usual = median(numbers) if numbers else 0.0
    if usual > LONGEST_RUN_S:
        return "milliseconds"
    return "seconds" if words & SECONDS or usual > LONGEST_RUN_MIN else usual_unit


def _numbers(cells: list[str], comma: bool) -> list[float]:
    return [value for cell in cells if (value := number(cell, comma))]


def _leading(cell: str, comma: bool) -> float:
    """The number before a slash, as in 3/10; -1 when there is none."""
    value = number(cell.partition("/")[0], comma)
    return -1.0 if value is None else value


def _are_dates(cells: list[str]) -> bool:
    # Digits alone may be anything: a heading must say what.
    counts = _share(cells, lambda cell: cell.isdecimal() and len(cell) != COMPACT) >= MOST
    return not counts and _share(cells, dates.is_date) >= MOST


def _are_weeks(cells: list[str]) -> bool:
    return _share(cells, dates.is_week) >= MOST


def _share(cells: list[str], holds: Callable[[str], bool]) -> float:
    return sum(map(holds, cells)) / len(cells) if cells else 0.0
