"""The diary behind the pages: ordinary entries to put in, and what the store holds afterwards."""

from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pandas as pd

from data import frames, imports
from data.engine import make_engine
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
    Video,
    WeeklyTotal,
    WeekMark,
    parse,
)
from data.runners import Runner, local_runner, save_settings
from data.scope import Scope
from data.store import save
from guides.catalogue import one_sided
from tests.data.examples import settings, stored

NOW = datetime(2026, 3, 4, 12, tzinfo=UTC)
TODAY = NOW.date()  # a Wednesday
MONDAY = date(2026, 3, 2)
LAST_MONDAY = MONDAY - timedelta(weeks=1)

RELEASE, SPLIT_SQUAT, BRIDGE = "release-outer-hip", "split-squat", "slide-cushion-hip-bridge"
SIDES = ("left", "right")
LEFT_LEG = {"side": "left", "repetitions": 8, "knee_inside": True, "pelvis_level": False, "pain": 2}
RIGHT_LEG = {"side": "right", "repetitions": 10, "knee_inside": False, "pelvis_level": True, "pain": 0}
TEST = {"on_date": MONDAY, "parts": [LEFT_LEG, RIGHT_LEG]}
PLAN = {
    "starts_on": LAST_MONDAY,
    "days_per_week": 3,
    "parts": [
        {"exercise": RELEASE, "block": "warm-up", "side": "each", "sets": 1, "seconds": 30},
        {"exercise": SPLIT_SQUAT, "side": "each", "sets": 2, "repetitions": 8},
        {"exercise": BRIDGE, "side": "both", "sets": 2, "repetitions": 10},
    ],
}
SETS = [{"exercise": SPLIT_SQUAT, "ordinal": 1, "side": side, "repetitions": 8} for side in SIDES]
WHOLE_SESSION = [
    *({"exercise": SPLIT_SQUAT, "ordinal": n, "side": side, "repetitions": 8} for n in (1, 2) for side in SIDES),
    *({"exercise": BRIDGE, "ordinal": n, "side": "both", "repetitions": 10} for n in (1, 2)),
    *({"exercise": RELEASE, "ordinal": 1, "side": side, "seconds": 30} for side in SIDES),
]
RUN = {"local_date": MONDAY, "distance_m": 8_000.0, "duration_s": 2_700.0}
WEEK_OF_PAIN = {"period": "week", "on_date": MONDAY, "site": "kneecap", "side": "left", "worst_running": 4}

# One ordinary entry of each kind.
ORDINARY: Mapping[str, tuple[type[Entry], Mapping[str, Any]]] = {
    "self-test": (SelfTest, TEST),
    "running signs": (RunningSigns, {"on_date": MONDAY, "pelvis_swings": True}),
    "plan": (Plan, PLAN),
    "session": (Session, {"on_date": TODAY, "parts": SETS}),
    "pain": (PainReport, WEEK_OF_PAIN),
    "injury": (Injury, {"onset": LAST_MONDAY, "site": "shin", "side": "right", "seven_days": True}),
    "run": (Run, RUN),
    "weekly total": (WeeklyTotal, {"iso_week": MONDAY, "distance_m": 42_000.0}),
    "offer": (
        Offer,
        {"exercise": SPLIT_SQUAT, "on_date": MONDAY, "step": "hold", "from_value": "2 x 8", "to_value": "2 x 8"}
        | {"reason": "Pain reached 4 of 10.", "answer": "accepted", "answered_on": MONDAY},
    ),
    "profile": (Profile, {"on_date": MONDAY, "equipment": ["mat"], "contraindications": [], "experience": "some"}),
    "video": (Video, {"exercise": SPLIT_SQUAT, "url": "https://youtu.be/dQw4w9WgXcQ", "title": "My squat"}),
    "week mark": (WeekMark, {"iso_week": LAST_MONDAY, "mark": "no training"}),
}


class Book:
    """The local runner's diary in the database at `url`, as of a day."""

    def __init__(self, url: str, today: date = TODAY) -> None:
        self._today = today
        self._engine = make_engine(url)
        self.scope = Scope(local_runner(self._engine).id)

    def __enter__(self) -> "Book":
        return self

    def __exit__(self, *_: object) -> None:
        self._engine.dispose()

    def put(self, kind: str, **changes: Any) -> None:
        """Store the ordinary entry of a kind, or a version of it."""
        entry, values = ORDINARY[kind]
        save(self._engine, self.scope, parse(entry, {**values, **changes}, Door(self._today, one_sided())))

    def put_everything(self) -> None:
        for kind in ORDINARY:
            self.put(kind)

    def settle(self, **settings_changed: Any) -> None:
        """Change settings; those not named are the ordinary ones."""
        plain = {"name": "", "units": "km", "week_start": 0, "time_zone": None}
        save_settings(self._engine, self.scope, settings(**plain | settings_changed))

    @property
    def runner(self) -> Runner:
        return local_runner(self._engine)

    def read(self, kind: str) -> list[dict[str, Any]]:
        """The stored rows of a kind, without ids; parts stand under 'parts'."""
        return stored(self._engine, self.scope, kind)

    def begin_import(self, filename: str, at: datetime) -> int:
        """An import that is about to be read."""
        return imports.begin(self._engine, self.scope, filename, at)

    def tell_import(self, import_id: int, progress: imports.Progress, at: datetime) -> None:
        """How far it is."""
        imports.tell(self._engine, self.scope, import_id, progress, at)

    def report(self, import_id: int) -> tuple[imports.Line, ...]:
        """What became of everything in the files of an import."""
        return imports.stored(self._engine, self.scope, import_id, NOW).report

    def count(self, kind: str) -> int:
        return len(self.read(kind))

    def is_empty(self) -> bool:
        return not any(self.count(kind) for kind in ORDINARY)

    def weeks(self) -> pd.DataFrame:
        return frames.weekly(self._engine, self.scope, self.runner.week_start, self._today)
