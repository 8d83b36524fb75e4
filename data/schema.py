"""The tables. SI units (m, s, kg), UTC instants, local dates; every limit of `entries.py` stands here again as a CHECK.

NULL means unknown (not asked, not answered, not logged); a stated zero is 0. Weekly rows are keyed by `iso_week`, the
Monday of the ISO week, whatever day the runner's own week starts on (`data.weeks` converts).
"""

from dataclasses import dataclass

from sqlalchemy import (
    JSON,
    Boolean,
    CheckConstraint,
    Column,
    Date,
    Float,
    ForeignKey,
    Index,
    Integer,
    String,
    Table,
    UniqueConstraint,
    false,
)

from data import sharing_schema as sharing_schema  # its tables are among them
from data.columns import LEFT_RIGHT, SIDES, UtcDateTime, between, came_with, child_of, one_of, runner, table
from data.columns import metadata as metadata  # with its tables: for the migrations, and for erasing
from data.plan_schema import exercise_videos, plan_items, plans, profiles, progress_offers

MAX_RUN_M = 500_000.0  # a day's running; the longest day recorded by anyone is well under it
MAX_WEEK_M = 7 * MAX_RUN_M

runners = table(
    "runners",
    Column("id", Integer, primary_key=True),
    Column("subject", String, unique=True),  # who signs in as this runner; 'local' on one's own machine
    Column("name", String, nullable=False),
    Column("units", String, nullable=False, server_default="km"),
    Column("week_start", Integer, nullable=False, server_default="0"),  # 0 Monday ... 6 Sunday
    Column("time_zone", String),  # IANA name; NULL: the browser's
    Column("simulated", Boolean, nullable=False, server_default=false()),
    Column("revision", Integer, nullable=False, server_default="0"),  # bumped by every write: part of cache keys
    one_of("units", ("km", "mi")),
    between("week_start", 0, 6),
)

coaches = table(
    "coaches",
    Column("id", Integer, primary_key=True),
    Column("name", String, nullable=False),
    Column("simulated", Boolean, nullable=False, server_default=false()),
    # whose squad it is; NULL: a simulated coach's
    Column("owner_id", ForeignKey("runners.id", ondelete="CASCADE"), unique=True, index=True),
)

squad_members = table(
    "squad_members",
    Column("coach_id", ForeignKey("coaches.id", ondelete="CASCADE"), primary_key=True),
    Column("runner_id", ForeignKey("runners.id", ondelete="CASCADE"), primary_key=True),
)

self_tests = table(
    "self_tests",
    Column("id", Integer, primary_key=True),
    runner(),
    Column("on_date", Date, nullable=False),
    Column("task", String, nullable=False),  # tasks are never mixed in one trend (Lewis 2015)
    UniqueConstraint("runner_id", "on_date", "task"),
    one_of("task", ("single-leg squat", "step-down")),
)

self_test_sides = table(
    "self_test_sides",
    Column("id", Integer, primary_key=True),
    child_of("self_tests", "self_test_id"),
    Column("side", String, nullable=False),
    Column("repetitions", Integer),
    Column("knee_inside", Boolean),
    Column("pelvis_level", Boolean),
    Column("trunk_upright", Boolean),
    Column("steady", Boolean),
    Column("pain", Integer),
    Column("degrees", Float),  # frontal-plane projection angle, positive = valgus
    UniqueConstraint("self_test_id", "side"),
    one_of("side", LEFT_RIGHT),
    between("repetitions", 0, 100),
    between("pain", 0, 10),
    between("degrees", -60, 60),
)

running_signs = table(
    "running_signs",
    Column("id", Integer, primary_key=True),
    runner(),
    Column("on_date", Date, nullable=False),
    Column("pelvis_swings", Boolean),
    Column("knees_buckle", Boolean),
    Column("x_legs", Boolean),
    UniqueConstraint("runner_id", "on_date"),
)

strength_sessions = table(
    "strength_sessions",
    Column("id", Integer, primary_key=True),
    runner(),
    Column("on_date", Date, nullable=False),
    Column("ordinal", Integer, nullable=False),  # 1 for the first session of the day
    Column("next_morning_pain", Integer),
    Column("source_id", String),  # an imported one's: the program's name and its own time of the workout
    came_with(),
    UniqueConstraint("runner_id", "on_date", "ordinal"),
    Index(None, "runner_id", "source_id", unique=True),
    between("ordinal", 1, 9),
    between("next_morning_pain", 0, 10),
)

strength_sets = table(
    "strength_sets",
    Column("id", Integer, primary_key=True),
    child_of("strength_sessions", "session_id"),
    Column("exercise", String, nullable=False),
    Column("ordinal", Integer, nullable=False),  # 1 for the first set of this exercise and side
    Column("side", String, nullable=False),
    Column("repetitions", Integer),
    Column("seconds", Integer),
    Column("load_kg", Float),
    Column("effort", Integer),
    Column("pain", Integer),
    UniqueConstraint("session_id", "exercise", "side", "ordinal"),
    one_of("side", SIDES),
    between("ordinal", 1, 50),
    between("repetitions", 0, 1000),
    between("seconds", 0, 3600),
    between("load_kg", 0, 500),
    between("effort", 0, 10),
    between("pain", 0, 10),
)

pain_reports = table(
    "pain_reports",
    Column("id", Integer, primary_key=True),
    runner(),
    Column("period", String, nullable=False),
    Column("on_date", Date, nullable=False),  # the day, or the week's iso_week
    Column("site", String, nullable=False),
    Column("side", String, nullable=False),
    Column("worst_running", Integer),
    Column("next_morning", Integer),
    # OSTRC-O2 answers as their scores 0, 8, 17, 25 (Clarsen 2020)
    Column("participation", Integer),
    Column("modified_training", Integer),
    Column("performance", Integer),
    Column("symptoms", Integer),
    came_with(),
    UniqueConstraint("runner_id", "period", "on_date", "site", "side"),
    one_of("period", ("day", "week")),
    one_of("side", SIDES),
    between("worst_running", 0, 10),
    between("next_morning", 0, 10),
    *(
        CheckConstraint(f"{question} IN (0, 8, 17, 25)", name=question)
        for question in ("participation", "modified_training", "performance", "symptoms")
    ),
)

injuries = table(
    "injuries",
    Column("id", Integer, primary_key=True),
    runner(),
    Column("onset", Date, nullable=False),
    Column("site", String, nullable=False),
    Column("side", String, nullable=False),
    Column("returned_on", Date),
    # the three criteria of a running-related injury (Yamato 2015); NULL: not answered
    Column("seven_days", Boolean),
    Column("three_sessions", Boolean),
    Column("consulted", Boolean),
    UniqueConstraint("runner_id", "onset", "site", "side"),
    one_of("side", SIDES),
    CheckConstraint("returned_on >= onset", name="returns_after_onset"),
)

imports = table(
    "imports",
    Column("id", Integer, primary_key=True),
    runner(),
    Column("at", UtcDateTime, nullable=False),
    Column("filename", String, nullable=False),  # of the files, as the list of imports shows them
    Column("state", String, nullable=False, server_default="done"),
    Column("seen_at", UtcDateTime),  # when its process last said that it is at work; a dead one stops saying so
    Column("progress", JSON(none_as_null=True)),  # while it is read: `data.imports.Progress`
    Column("report", JSON(none_as_null=True)),  # [[file, where, outcome, why]]; NULL: an import of before reports
    Column("replaced", JSON(none_as_null=True)),  # {table name: [rows]} that gave way, and come back with its undo
    Index(None, "runner_id"),
    one_of("state", ("reading", "done", "failed")),
)

runs = table(
    "runs",
    Column("id", Integer, primary_key=True),
    runner(),
    Column("start", UtcDateTime),  # NULL: the runner gave only the day
    Column("local_date", Date, nullable=False),
    Column("distance_m", Float),
    Column("duration_s", Float),
    Column("effort", Integer),
    Column("source", String, nullable=False),
    Column("source_id", String, nullable=False),
    Column("import_id", ForeignKey("imports.id", ondelete="SET NULL"), index=True),
    UniqueConstraint("runner_id", "source", "source_id"),
    Index(None, "runner_id", "local_date"),
    between("distance_m", 0, MAX_RUN_M),
    between("duration_s", 0, 7 * 24 * 3600),
    between("effort", 0, 10),
    CheckConstraint("distance_m IS NOT NULL OR duration_s IS NOT NULL", name="distance_or_duration"),
)

weekly_totals = table(
    "weekly_totals",
    Column("id", Integer, primary_key=True),
    runner(),
    Column("iso_week", Date, nullable=False),
    Column("distance_m", Float, nullable=False),
    came_with(),
    UniqueConstraint("runner_id", "iso_week"),
    between("distance_m", 0, MAX_WEEK_M),
)

# What the runner decided once about files, for the next ones: which exercise of ours a program's name means, what the
# columns of a table are (by its header), which of two tellings of a run counts, whether walks count.
import_choices = table(
    "import_choices",
    Column("id", Integer, primary_key=True),
    runner(),
    Column("what", String, nullable=False),
    Column("about", String, nullable=False),  # the program's name of the exercise, the table's header; else empty
    Column("choice", JSON, nullable=False),
    UniqueConstraint("runner_id", "what", "about"),
    one_of("what", ("exercise", "table", "duplicates", "walks")),
)

week_marks = table(
    "week_marks",
    Column("id", Integer, primary_key=True),
    runner(),
    Column("iso_week", Date, nullable=False),
    Column("mark", String, nullable=False),
    UniqueConstraint("runner_id", "iso_week", "mark"),
    one_of("mark", ("no running", "no training")),
)

trash = table(
    "trash",
    Column("id", Integer, primary_key=True),
    runner(),
    Column("payload", JSON, nullable=False),  # {table name: [rows]}: what was deleted or replaced, to bring it back
    Column("added", JSON, nullable=False),  # [[kind, id]]: what came with the same write, and goes when that is undone
    Index(None, "runner_id"),
)


@dataclass(frozen=True)
class Kind:
    """One sort of entry: its table, the areas of consent that it belongs to, the natural key (besides the runner) and
    the table of its parts, if any."""

    table: Table
    areas: tuple[str, ...]
    key: tuple[str, ...]
    parts: Table | None = None
    parent: str = ""  # the column of `parts` that points to `table`


KINDS: dict[str, Kind] = {
    "self-test": Kind(self_tests, ("self-tests",), ("on_date", "task"), self_test_sides, "self_test_id"),
    "running signs": Kind(running_signs, ("self-tests",), ("on_date",)),
    "plan": Kind(plans, ("training",), ("starts_on",), plan_items, "plan_id"),
    "session": Kind(strength_sessions, ("training",), ("on_date", "ordinal"), strength_sets, "session_id"),
    "pain": Kind(pain_reports, ("pain",), ("period", "on_date", "site", "side")),
    "injury": Kind(injuries, ("pain",), ("onset", "site", "side")),
    "run": Kind(runs, ("running",), ("source", "source_id")),
    "weekly total": Kind(weekly_totals, ("running",), ("iso_week",)),
    "week mark": Kind(week_marks, ("training", "running"), ("iso_week", "mark")),
    "offer": Kind(progress_offers, ("training",), ("exercise", "on_date")),
    "profile": Kind(profiles, ("training",), ("on_date",)),
    "video": Kind(exercise_videos, ("training",), ("exercise", "url")),
}
