"""One ordinary entry of every kind, and the same entry (by its natural key) with something changed."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from operator import itemgetter
from typing import Any

from sqlalchemy import Engine, select

from data.engine import reading
from data.entries import (
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
    Settings,
    Video,
    WeeklyTotal,
    WeekMark,
    parse,
)
from data.schema import KINDS
from data.scope import Scope
from data.trash import dump

TODAY = date(2026, 3, 4)  # a Wednesday
MONDAY = date(2026, 3, 2)
DOOR = Door(
    TODAY,
    one_sided=frozenset({"split-squat"}),
    equipment=frozenset({"kettlebell", "mat"}),
    contraindications=frozenset({"low back pain", "hamstring strain"}),
)

Values = Mapping[str, Any]


@dataclass(frozen=True)
class Example:
    """`values` make an entry of `kind`; with `change` it is another version of the same entry."""

    kind: type[Entry]
    values: Values
    change: Values

    def entry(self) -> Entry:
        return parse(self.kind, self.values, DOOR)

    def changed(self) -> Entry:
        return parse(self.kind, {**self.values, **self.change}, DOOR)


def strength_set(exercise: str = "split-squat", side: str = "left", ordinal: int = 1, **more: Any) -> dict[str, Any]:
    return {"exercise": exercise, "ordinal": ordinal, "side": side, "repetitions": 8} | more


def plan_item(exercise: str = "split-squat", side: str = "each", sets: int = 3, **more: Any) -> dict[str, Any]:
    return {"exercise": exercise, "side": side, "sets": sets, "repetitions": 8} | more


LEFT_LEG = {"side": "left", "repetitions": 8, "knee_inside": True, "pelvis_level": False, "pain": 2, "degrees": 11.5}
RIGHT_LEG = {"side": "right", "repetitions": 10, "knee_inside": False, "trunk_upright": True, "steady": True, "pain": 0}

EXAMPLES: dict[str, Example] = {
    "self-test": Example(
        SelfTest,
        {"on_date": MONDAY, "task": "single-leg squat", "parts": [LEFT_LEG, RIGHT_LEG]},
        {"parts": [LEFT_LEG]},
    ),
    "running signs": Example(
        RunningSigns, {"on_date": MONDAY, "pelvis_swings": True, "knees_buckle": False}, {"x_legs": True}
    ),
    "plan": Example(
        Plan,
        {
            "starts_on": MONDAY,
            "days_per_week": 3,
            "parts": [
                plan_item(),
                plan_item("clam", block="warm-up", sets=1, high=12),
                plan_item("bridge", "both", load_kg=12.5, stage="more range"),
            ],
        },
        {"days_per_week": 2, "weekdays": (0, 3), "ends_on": date(2026, 6, 1)},
    ),
    "session": Example(
        Session,
        {
            "on_date": MONDAY,
            "parts": [strength_set(effort=7, pain=1, load_kg=12.5), strength_set(side="right")],
        },
        {"next_morning_pain": 3, "parts": [strength_set(repetitions=None, seconds=30)]},
    ),
    "pain": Example(
        PainReport,
        {"period": "week", "on_date": MONDAY, "site": "kneecap", "side": "left", "worst_running": 4, "symptoms": 17},
        {"worst_running": 0, "next_morning": 2},
    ),
    "injury": Example(
        Injury,
        {"onset": date(2026, 2, 1), "site": "shin", "side": "right", "seven_days": True},
        {"returned_on": date(2026, 2, 20)},
    ),
    "run": Example(
        Run,
        {
            "local_date": MONDAY,
            "start": datetime(2026, 3, 2, 6, 30, tzinfo=UTC),
            "distance_m": 8_000.0,
            "duration_s": 2_700.0,
            "effort": 4,
            "source": "strava",
            "source_id": "1234567",
        },
        {"distance_m": 8_100.0, "effort": None},
    ),
    "weekly total": Example(WeeklyTotal, {"iso_week": MONDAY, "distance_m": 42_000.0}, {"distance_m": 0.0}),
    "week mark": Example(WeekMark, {"iso_week": date(2026, 2, 2), "mark": "no training"}, {}),
    "offer": Example(
        Offer,
        {
            "exercise": "split-squat",
            "on_date": MONDAY,
            "step": "more load",
            "from_value": "3 x 8 to 12 on each side",
            "to_value": "3 x 8 to 12 on each side, 4 kg",
            "reason": "The top of the range felt easy twice.",
        },
        {"answer": "accepted", "answered_on": TODAY},
    ),
    "profile": Example(
        Profile,
        {"on_date": MONDAY, "equipment": ("kettlebell", "mat"), "contraindications": (), "experience": "some"},
        {"equipment": None, "contraindications": ("low back pain",)},
    ),
    "video": Example(
        Video,
        {"exercise": "split-squat", "url": "https://youtu.be/dQw4w9WgXcQ", "title": "From the side"},
        {"title": "From the front"},
    ),
}

SETTINGS = {"name": "Ada", "units": "mi", "week_start": 6, "time_zone": "Europe/Vienna"}


def run(day: date = MONDAY, metres: float | None = 5_000.0, seconds: float | None = None, **more: Any) -> Run:
    return parse(Run, {"local_date": day, "distance_m": metres, "duration_s": seconds} | more, DOOR)


def imported(number: int, metres: float = 5_000.0) -> Run:
    """The run of one row of an import: run 0 is today's, run 1 yesterday's."""
    day = TODAY - timedelta(days=number)
    return run(day, metres, source="strava", source_id=str(number))


def settings(**changes: Any) -> Settings:
    return parse(Settings, SETTINGS | changes, DOOR)


def stored(engine: Engine, scope: Scope, kind: str) -> list[dict[str, Any]]:
    """What the store holds of one kind, without ids: the parts stand under 'parts'."""
    entries, table, parent = KINDS[kind], KINDS[kind].table, KINDS[kind].parent
    with reading(engine) as connection:
        ids = connection.scalars(select(table.c.id).where(table.c.runner_id == scope.runner_id))
        rows = dump(connection, entries, list(ids))
    parts = rows.get(entries.parts.name, []) if entries.parts is not None else []
    without_ids = [
        {**row, "parts": [_without(part, "id", parent) for part in parts if part[parent] == row["id"]]}
        for row in sorted(rows[table.name], key=itemgetter("id"))
    ]
    return [_without(row, "id", "runner_id") for row in without_ids]


def _without(row: Values, *names: str) -> dict[str, Any]:
    return {name: value for name, value in row.items() if name not in names}
