"""Random diaries over every table that an archive holds, and a picture of what is stored, without ids."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any

from hypothesis import strategies as st
from sqlalchemy import Engine, insert, select

from data import trash
from data.engine import reading, transaction
from data.entries import (
    MIDLINE_SITES,
    SITES,
    Door,
    Entry,
    Injury,
    Offer,
    PainReport,
    Plan,
    Profile,
    Run,
    RunningSigns,
    SelfTest,
    Session,
    Video,
    WeeklyTotal,
    WeekMark,
    parse,
)
from data.plan_schema import EXPERIENCE, OFFER_ANSWERS, OFFER_STEPS, PLAN_STAGES
from data.schema import KINDS, import_choices, imports, runners
from data.scope import Scope
from data.store import insert_row, parts_of, values_of

SETTINGS = ("name", "units", "week_start", "time_zone", "simulated")
DOOR = Door(date(2030, 1, 1))
Values = dict[str, Any]

letters = st.characters(exclude_categories=["Cs"], exclude_characters="\0")
odd = ["=1+1", "'=1", "'", "\t@x", 'a,"b"\r\nc', " ", "-", "ä 走"]
words = st.one_of(st.text(letters, min_size=1, max_size=20), st.sampled_from(odd))
any_words = st.one_of(st.just(""), words)
days = st.dates(date(1970, 1, 5), date(2029, 12, 1))
mondays = days.map(lambda day: day - timedelta(days=day.weekday()))
moments = st.datetimes(datetime(1971, 1, 1), datetime(2029, 12, 1), timezones=st.just(UTC))
flags = st.none() | st.booleans()
pain = st.none() | st.integers(0, 10)


def amounts(most: float) -> st.SearchStrategy[float]:
    return st.floats(0, most, allow_subnormal=False)


def values(**columns: st.SearchStrategy[Any]) -> st.SearchStrategy[Values]:
    return st.fixed_dictionaries(columns)


def unique(one: st.SearchStrategy[Values], *key: str, most: int = 3, least: int = 0) -> st.SearchStrategy[list[Values]]:
    """Up to so many, no two with the same key."""
    return st.lists(one, min_size=least, max_size=most, unique_by=lambda found: tuple(found[name] for name in key))


legs = unique(
    values(
        side=st.sampled_from(["left", "right"]),
        repetitions=st.integers(0, 100),
        knee_inside=flags,
        pelvis_level=flags,
        trunk_upright=flags,
        steady=flags,
        pain=pain,
        degrees=st.none() | st.floats(-60, 60),
    ),
    "side",
    least=1,
    most=2,
)
sets = unique(
    values(
        exercise=words,
        ordinal=st.integers(1, 50),
        side=st.sampled_from(["left", "right", "both"]),
        repetitions=st.integers(0, 1000),
        seconds=st.none() | st.integers(0, 3600),
        load_kg=st.none() | amounts(500),
        effort=pain,
        pain=pain,
    ),
    "exercise",
    least=1,
)
items = unique(
    values(
        exercise=words,
        block=st.just("main"),
        side=st.sampled_from(["each", "left", "right", "both"]),
        sets=st.integers(1, 20),
        seconds=st.integers(1, 100),
        high=st.none() | st.integers(100, 3600),
        load_kg=st.none() | amounts(500),
        stage=st.sampled_from(PLAN_STAGES),
    ),
    "exercise",
    least=1,
)


def _with_end(name: str, start: str) -> Callable[[Values], Values]:
    """A length of days becomes the day it ends on."""
    return lambda found: found | {name: None if found[name] is None else found[start] + timedelta(days=found[name])}


def _sided(found: Values) -> Values:
    return found | ({"side": "both"} if found["site"] in MIDLINE_SITES else {})


def _on_a_monday(found: Values) -> Values:
    day: date = found["on_date"]
    return found | ({"on_date": day - timedelta(days=day.weekday())} if found["period"] == "week" else {})


def _on_its_day(run: Values) -> Values:
    return run | {"start": run["start"] and datetime.combine(run["local_date"], run["start"], UTC)}


lengths = st.none() | st.integers(0, 400)
scores = st.none() | st.sampled_from([0, 8, 17, 25])
places = {"site": st.sampled_from(SITES), "side": st.sampled_from(["left", "right", "both"])}
choices = st.none() | st.lists(st.sampled_from(["mat", "kettlebell", "low back pain"]), unique=True).map(sorted).map(
    tuple
)

ENTRIES: Mapping[type[Entry], st.SearchStrategy[list[Values]]] = {
    SelfTest: unique(
        values(on_date=days, task=st.sampled_from(["single-leg squat", "step-down"]), parts=legs), "on_date", "task"
    ),
    RunningSigns: unique(values(on_date=days, pelvis_swings=flags, knees_buckle=flags, x_legs=flags), "on_date"),
    Plan: unique(
        values(
            starts_on=days, ends_on=lengths, days_per_week=st.just(2), weekdays=st.none() | st.just((0, 6)), parts=items
        ).map(_with_end("ends_on", "starts_on")),
        "starts_on",
    ),
    Session: unique(
        values(
            on_date=st.sampled_from([date(2026, 3, 2), date(2026, 3, 3)]),
            ordinal=st.integers(1, 9),
            next_morning_pain=pain,
            source_id=st.none(),
            parts=sets,
        ),
        "on_date",
        "ordinal",
    ),
    PainReport: unique(
        values(
            period=st.sampled_from(["day", "week"]),
            on_date=days,
            **places,
            worst_running=st.integers(0, 10),
            next_morning=pain,
            participation=scores,
            modified_training=scores,
            performance=scores,
            symptoms=scores,
        )
        .map(_sided)
        .map(_on_a_monday),
        "period",
        "on_date",
        "site",
        "side",
    ),
    Injury: unique(
        values(onset=days, **places, returned_on=st.none() | st.integers(0, 20)).map(_with_end("returned_on", "onset")),
        "onset",
        "site",
        "side",
    ),
    WeeklyTotal: unique(values(iso_week=mondays, distance_m=amounts(3_500_000)), "iso_week"),
    WeekMark: unique(values(iso_week=mondays, mark=st.sampled_from(["no running", "no training"])), "iso_week", "mark"),
    Offer: unique(
        values(
            exercise=words,
            on_date=days,
            step=st.sampled_from(OFFER_STEPS),
            from_value=any_words,
            to_value=any_words,
            reason=any_words,
            answer=st.sampled_from(OFFER_ANSWERS),
            answered_on=st.integers(0, 9),
        ).map(_with_end("answered_on", "on_date")),
        "exercise",
        "on_date",
    ),
    Profile: unique(
        values(
            on_date=days,
            equipment=choices,
            contraindications=choices,
            experience=st.none() | st.sampled_from(EXPERIENCE),
        ),
        "on_date",
    ),
    Video: unique(
        values(
            exercise=words,
            url=st.sampled_from(["https://youtu.be/dQw4w9WgXcQ", "https://example.org/squat.mp4"]),
            title=any_words,
        ),
        "exercise",
        "url",
    ),
}
runs = unique(
    values(
        local_date=days,
        start=st.none() | st.times(),
        distance_m=amounts(100_000),
        duration_s=st.none() | amounts(86_400),
        effort=pain,
        source=st.sampled_from(["fit", "strava", "=x"]),
        source_id=words,
    ).map(
        lambda run: (
            run | {"start": run["start"] and datetime.combine(run["local_date"], run["start"].replace(tzinfo=UTC))}
        )
    ),
    "source",
    "source_id",
    most=8,
)
some_json = st.none() | st.dictionaries(words, words | st.integers() | st.floats(0, 1) | st.none(), max_size=3)
reports = st.none() | st.lists(st.lists(any_words, min_size=4, max_size=4), max_size=3)
headers = st.lists(
    values(
        at=moments,
        filename=any_words,
        state=st.sampled_from(["reading", "done", "failed"]),
        seen_at=st.none() | moments,
        progress=some_json,
        report=reports,
    ),
    max_size=3,
)
decisions = unique(
    values(
        what=st.sampled_from(["exercise", "table", "duplicates", "walks"]),
        about=any_words,
        choice=some_json | words | st.booleans(),
    ),
    "what",
    "about",
)
settings = values(
    name=any_words,
    units=st.sampled_from(["km", "mi"]),
    week_start=st.sampled_from([0, 5, 6]),
    time_zone=st.none() | st.just("Europe/Vienna"),
    simulated=st.booleans(),
)


@dataclass(frozen=True)
class Diary:
    """What a runner has: settings, imports, choices, entries. Of the runs the first few gave way to the others. Each
    entry came with the import of this number, where there is one."""

    settings: Values
    imports: list[Values]
    choices: list[Values]
    entries: Mapping[type[Entry], list[Values]]
    runs: list[Values]
    gave_way: int
    came_with: int


def diaries() -> st.SearchStrategy[Diary]:
    entries = st.fixed_dictionaries(dict(ENTRIES))
    return st.builds(Diary, settings, headers, decisions, entries, runs, st.integers(0, 3), st.integers(0, 3))


def store(engine: Engine, scope: Scope, diary: Diary) -> None:
    """Put it in the database, just as it is: what the door would say of the whole is no matter here."""
    owner = {"runner_id": scope.runner_id}
    with transaction(engine) as connection:
        connection.execute(runners.update().where(runners.c.id == scope.runner_id).values(diary.settings))
        ids = [insert_row(connection, imports, owner | header) for header in diary.imports]
        if diary.choices:
            connection.execute(insert(import_choices), [owner | choice for choice in diary.choices])
        came = {"import_id": ids[diary.came_with]} if diary.came_with < len(ids) else {}
        stored = [(Run, found) for found in diary.runs] + [
            (kind, found) for kind, several in diary.entries.items() for found in several
        ]
        row_ids = {}
        for number, (of_kind, found) in enumerate(stored):
            entry = parse(of_kind, found, DOOR)
            kind = KINDS[entry.kind]
            with_import = came if "import_id" in kind.table.c else {}
            extra = {"source_id": f"strong {number}"} if of_kind is Session and came else {}
            row_ids[number] = insert_row(connection, kind.table, values_of(entry) | owner | with_import | extra)
            if kind.parts is not None:
                connection.execute(insert(kind.parts), parts_of(entry, kind, row_ids[number]))
        gone = [row_ids[number] for number in range(min(diary.gave_way, len(diary.runs)))]
        if ids and gone:
            payload = trash.dump(connection, KINDS["run"], gone)
            trash.remove(connection, KINDS["run"], gone)
            connection.execute(imports.update().where(imports.c.id == ids[-1]).values(replaced=payload))


def picture(engine: Engine, scope: Scope) -> dict[str, Any]:
    """Everything stored that is the runner's own, without ids: what points to an import or an entry says which one."""
    with reading(engine) as connection:

        def rows(table: Any, *where: Any) -> list[Values]:
            return [
                dict(row) for row in connection.execute(select(table).where(*where).order_by(table.c.id)).mappings()
            ]

        found: dict[str, Any] = {}
        mine = rows(runners, runners.c.id == scope.runner_id)[0]
        found["settings"] = {name: mine[name] for name in SETTINGS}
        headers = sorted(rows(imports, imports.c.runner_id == scope.runner_id), key=lambda row: (row["at"], row["id"]))
        places = {row["id"]: place for place, row in enumerate(headers)}
        found["imports"] = [_header(row, places) for row in headers]
        several = rows(import_choices, import_choices.c.runner_id == scope.runner_id)
        found["choices"] = sorted((_bare(row, places) for row in several), key=lambda row: (row["what"], row["about"]))
        for name, kind in KINDS.items():
            entries = rows(kind.table, kind.table.c.runner_id == scope.runner_id)
            parts = [] if kind.parts is None else rows(kind.parts)
            whole = [
                _bare(row, places)
                | {"parts": [_bare(part, places, kind.parent) for part in parts if part[kind.parent] == row["id"]]}
                for row in entries
            ]
            found[name] = sorted(whole, key=lambda row, kind=kind: tuple(row[column] for column in kind.key))
        return found


def _bare(row: Values, places: Mapping[int, int], *names: str) -> Values:
    kept = {name: value for name, value in row.items() if name not in ("id", "runner_id", *names)}
    return kept | ({"import_id": places.get(row["import_id"])} if "import_id" in row else {})


def _header(row: Values, places: Mapping[int, int]) -> Values:
    replaced = row["replaced"] and {
        name: [_bare(one, places) for one in gone] for name, gone in row["replaced"].items()
    }
    return _bare(row, places) | {"replaced": replaced}
