"""The first schema."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "coaches",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("simulated", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_coaches")),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "runners",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("subject", sa.String(), nullable=True),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("units", sa.String(), server_default="km", nullable=False),
        sa.Column("week_start", sa.Integer(), server_default="0", nullable=False),
        sa.Column("time_zone", sa.String(), nullable=True),
        sa.Column("simulated", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("revision", sa.Integer(), server_default="0", nullable=False),
        sa.CheckConstraint("units IN ('km', 'mi')", name=op.f("ck_runners_units")),
        sa.CheckConstraint("week_start BETWEEN 0 AND 6", name=op.f("ck_runners_week_start")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_runners")),
        sa.UniqueConstraint("subject", name=op.f("uq_runners_subject")),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "imports",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("runner_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("filename", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["runner_id"], ["runners.id"], name=op.f("fk_imports_runner_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_imports")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_imports_runner_id", "imports", ["runner_id"])

    op.create_table(
        "injuries",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("runner_id", sa.Integer(), nullable=False),
        sa.Column("onset", sa.Date(), nullable=False),
        sa.Column("site", sa.String(), nullable=False),
        sa.Column("side", sa.String(), nullable=False),
        sa.Column("returned_on", sa.Date(), nullable=True),
        sa.Column("seven_days", sa.Boolean(), nullable=True),
        sa.Column("three_sessions", sa.Boolean(), nullable=True),
        sa.Column("consulted", sa.Boolean(), nullable=True),
        sa.CheckConstraint("side IN ('left', 'right', 'both')", name=op.f("ck_injuries_side")),
        sa.CheckConstraint("returned_on >= onset", name=op.f("ck_injuries_returns_after_onset")),
        sa.ForeignKeyConstraint(["runner_id"], ["runners.id"], name=op.f("fk_injuries_runner_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_injuries")),
        sa.UniqueConstraint("runner_id", "onset", "site", "side", name=op.f("uq_injuries_runner_id_onset_site_side")),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "pain_reports",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("runner_id", sa.Integer(), nullable=False),
        sa.Column("period", sa.String(), nullable=False),
        sa.Column("on_date", sa.Date(), nullable=False),
        sa.Column("site", sa.String(), nullable=False),
        sa.Column("side", sa.String(), nullable=False),
        sa.Column("worst_running", sa.Integer(), nullable=True),
        sa.Column("next_morning", sa.Integer(), nullable=True),
        sa.Column("participation", sa.Integer(), nullable=True),
        sa.Column("modified_training", sa.Integer(), nullable=True),
        sa.Column("performance", sa.Integer(), nullable=True),
        sa.Column("symptoms", sa.Integer(), nullable=True),
        sa.CheckConstraint("period IN ('day', 'week')", name=op.f("ck_pain_reports_period")),
        sa.CheckConstraint("side IN ('left', 'right', 'both')", name=op.f("ck_pain_reports_side")),
        sa.CheckConstraint("modified_training IN (0, 8, 17, 25)", name=op.f("ck_pain_reports_modified_training")),
        sa.CheckConstraint("next_morning BETWEEN 0 AND 10", name=op.f("ck_pain_reports_next_morning")),
        sa.CheckConstraint("participation IN (0, 8, 17, 25)", name=op.f("ck_pain_reports_participation")),
        sa.CheckConstraint("performance IN (0, 8, 17, 25)", name=op.f("ck_pain_reports_performance")),
        sa.CheckConstraint("symptoms IN (0, 8, 17, 25)", name=op.f("ck_pain_reports_symptoms")),
        sa.CheckConstraint("worst_running BETWEEN 0 AND 10", name=op.f("ck_pain_reports_worst_running")),
        sa.ForeignKeyConstraint(
            ["runner_id"], ["runners.id"], name=op.f("fk_pain_reports_runner_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_pain_reports")),
        sa.UniqueConstraint(
            "runner_id",
            "period",
            "on_date",
            "site",
            "side",
            name=op.f("uq_pain_reports_runner_id_period_on_date_site_side"),
        ),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "plans",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("runner_id", sa.Integer(), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=True),
        sa.Column("days_per_week", sa.Integer(), nullable=False),
        sa.CheckConstraint("days_per_week BETWEEN 1 AND 7", name=op.f("ck_plans_days_per_week")),
        sa.CheckConstraint("ends_on >= starts_on", name=op.f("ck_plans_ends_after_start")),
        sa.ForeignKeyConstraint(["runner_id"], ["runners.id"], name=op.f("fk_plans_runner_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_plans")),
        sa.UniqueConstraint("runner_id", "starts_on", name=op.f("uq_plans_runner_id_starts_on")),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "running_signs",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("runner_id", sa.Integer(), nullable=False),
        sa.Column("on_date", sa.Date(), nullable=False),
        sa.Column("pelvis_swings", sa.Boolean(), nullable=True),
        sa.Column("knees_buckle", sa.Boolean(), nullable=True),
        sa.Column("x_legs", sa.Boolean(), nullable=True),
        sa.ForeignKeyConstraint(
            ["runner_id"], ["runners.id"], name=op.f("fk_running_signs_runner_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_running_signs")),
        sa.UniqueConstraint("runner_id", "on_date", name=op.f("uq_running_signs_runner_id_on_date")),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "self_tests",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("runner_id", sa.Integer(), nullable=False),
        sa.Column("on_date", sa.Date(), nullable=False),
        sa.Column("task", sa.String(), nullable=False),
        sa.CheckConstraint("task IN ('single-leg squat', 'step-down')", name=op.f("ck_self_tests_task")),
        sa.ForeignKeyConstraint(
            ["runner_id"], ["runners.id"], name=op.f("fk_self_tests_runner_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_self_tests")),
        sa.UniqueConstraint("runner_id", "on_date", "task", name=op.f("uq_self_tests_runner_id_on_date_task")),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "squad_members",
        sa.Column("coach_id", sa.Integer(), nullable=False),
        sa.Column("runner_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["coach_id"], ["coaches.id"], name=op.f("fk_squad_members_coach_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["runner_id"], ["runners.id"], name=op.f("fk_squad_members_runner_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("coach_id", "runner_id", name=op.f("pk_squad_members")),
    )
    op.create_table(
        "strength_sessions",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("runner_id", sa.Integer(), nullable=False),
        sa.Column("on_date", sa.Date(), nullable=False),
        sa.Column("ordinal", sa.Integer(), nullable=False),
        sa.Column("next_morning_pain", sa.Integer(), nullable=True),
        sa.CheckConstraint("next_morning_pain BETWEEN 0 AND 10", name=op.f("ck_strength_sessions_next_morning_pain")),
        sa.CheckConstraint("ordinal BETWEEN 1 AND 9", name=op.f("ck_strength_sessions_ordinal")),
        sa.ForeignKeyConstraint(
            ["runner_id"], ["runners.id"], name=op.f("fk_strength_sessions_runner_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_strength_sessions")),
        sa.UniqueConstraint(
            "runner_id", "on_date", "ordinal", name=op.f("uq_strength_sessions_runner_id_on_date_ordinal")
        ),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "trash",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("runner_id", sa.Integer(), nullable=False),
        sa.Column("payload", sa.JSON(), nullable=False),
        sa.Column("added", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(["runner_id"], ["runners.id"], name=op.f("fk_trash_runner_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_trash")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_trash_runner_id", "trash", ["runner_id"])

    op.create_table(
        "week_marks",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("runner_id", sa.Integer(), nullable=False),
        sa.Column("iso_week", sa.Date(), nullable=False),
        sa.Column("mark", sa.String(), nullable=False),
        sa.CheckConstraint("mark IN ('no running', 'no training')", name=op.f("ck_week_marks_mark")),
        sa.ForeignKeyConstraint(
            ["runner_id"], ["runners.id"], name=op.f("fk_week_marks_runner_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_week_marks")),
        sa.UniqueConstraint("runner_id", "iso_week", "mark", name=op.f("uq_week_marks_runner_id_iso_week_mark")),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "weekly_totals",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("runner_id", sa.Integer(), nullable=False),
        sa.Column("iso_week", sa.Date(), nullable=False),
        sa.Column("distance_m", sa.Float(), nullable=False),
        sa.CheckConstraint("distance_m BETWEEN 0 AND 3500000.0", name=op.f("ck_weekly_totals_distance_m")),
        sa.ForeignKeyConstraint(
            ["runner_id"], ["runners.id"], name=op.f("fk_weekly_totals_runner_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_weekly_totals")),
        sa.UniqueConstraint("runner_id", "iso_week", name=op.f("uq_weekly_totals_runner_id_iso_week")),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "plan_items",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("plan_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("exercise", sa.String(), nullable=False),
        sa.Column("block", sa.String(), nullable=False),
        sa.Column("side", sa.String(), nullable=False),
        sa.Column("sets", sa.Integer(), nullable=False),
        sa.Column("repetitions", sa.Integer(), nullable=True),
        sa.Column("seconds", sa.Integer(), nullable=True),
        sa.CheckConstraint("block IN ('warm-up', 'main')", name=op.f("ck_plan_items_block")),
        sa.CheckConstraint("side IN ('each', 'left', 'right', 'both')", name=op.f("ck_plan_items_side")),
        sa.CheckConstraint(
            "(repetitions IS NULL) <> (seconds IS NULL)", name=op.f("ck_plan_items_repetitions_or_seconds")
        ),
        sa.CheckConstraint("repetitions BETWEEN 1 AND 200", name=op.f("ck_plan_items_repetitions")),
        sa.CheckConstraint("seconds BETWEEN 1 AND 3600", name=op.f("ck_plan_items_seconds")),
        sa.CheckConstraint("sets BETWEEN 1 AND 20", name=op.f("ck_plan_items_sets")),
        sa.ForeignKeyConstraint(["plan_id"], ["plans.id"], name=op.f("fk_plan_items_plan_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_plan_items")),
        sa.UniqueConstraint("plan_id", "block", "exercise", name=op.f("uq_plan_items_plan_id_block_exercise")),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "runs",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("runner_id", sa.Integer(), nullable=False),
        sa.Column("start", sa.DateTime(), nullable=True),
        sa.Column("local_date", sa.Date(), nullable=False),
        sa.Column("distance_m", sa.Float(), nullable=True),
        sa.Column("duration_s", sa.Float(), nullable=True),
        sa.Column("effort", sa.Integer(), nullable=True),
        sa.Column("source", sa.String(), nullable=False),
        sa.Column("source_id", sa.String(), nullable=False),
        sa.Column("import_id", sa.Integer(), nullable=True),
        sa.CheckConstraint("distance_m BETWEEN 0 AND 500000.0", name=op.f("ck_runs_distance_m")),
        sa.CheckConstraint(
            "distance_m IS NOT NULL OR duration_s IS NOT NULL", name=op.f("ck_runs_distance_or_duration")
        ),
        sa.CheckConstraint("duration_s BETWEEN 0 AND 604800", name=op.f("ck_runs_duration_s")),
        sa.CheckConstraint("effort BETWEEN 0 AND 10", name=op.f("ck_runs_effort")),
        sa.ForeignKeyConstraint(["import_id"], ["imports.id"], name=op.f("fk_runs_import_id"), ondelete="SET NULL"),
        sa.ForeignKeyConstraint(["runner_id"], ["runners.id"], name=op.f("fk_runs_runner_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_runs")),
        sa.UniqueConstraint("runner_id", "source", "source_id", name=op.f("uq_runs_runner_id_source_source_id")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_runs_import_id", "runs", ["import_id"])
    op.create_index("ix_runs_runner_id_local_date", "runs", ["runner_id", "local_date"])

    op.create_table(
        "self_test_sides",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("self_test_id", sa.Integer(), nullable=False),
        sa.Column("side", sa.String(), nullable=False),
        sa.Column("repetitions", sa.Integer(), nullable=True),
        sa.Column("knee_inside", sa.Boolean(), nullable=True),
        sa.Column("pelvis_level", sa.Boolean(), nullable=True),
        sa.Column("trunk_upright", sa.Boolean(), nullable=True),
        sa.Column("steady", sa.Boolean(), nullable=True),
        sa.Column("pain", sa.Integer(), nullable=True),
        sa.Column("degrees", sa.Float(), nullable=True),
        sa.CheckConstraint("side IN ('left', 'right')", name=op.f("ck_self_test_sides_side")),
        sa.CheckConstraint("degrees BETWEEN -60 AND 60", name=op.f("ck_self_test_sides_degrees")),
        sa.CheckConstraint("pain BETWEEN 0 AND 10", name=op.f("ck_self_test_sides_pain")),
        sa.CheckConstraint("repetitions BETWEEN 0 AND 100", name=op.f("ck_self_test_sides_repetitions")),
        sa.ForeignKeyConstraint(
            ["self_test_id"],
            ["self_tests.id"],
            name=op.f("fk_self_test_sides_self_test_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_self_test_sides")),
        sa.UniqueConstraint("self_test_id", "side", name=op.f("uq_self_test_sides_self_test_id_side")),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "strength_sets",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("session_id", sa.Integer(), nullable=False),
        sa.Column("exercise", sa.String(), nullable=False),
        sa.Column("ordinal", sa.Integer(), nullable=False),
        sa.Column("side", sa.String(), nullable=False),
        sa.Column("repetitions", sa.Integer(), nullable=True),
        sa.Column("seconds", sa.Integer(), nullable=True),
        sa.Column("load_kg", sa.Float(), nullable=True),
        sa.Column("effort", sa.Integer(), nullable=True),
        sa.Column("pain", sa.Integer(), nullable=True),
        sa.CheckConstraint("side IN ('left', 'right', 'both')", name=op.f("ck_strength_sets_side")),
        sa.CheckConstraint("effort BETWEEN 0 AND 10", name=op.f("ck_strength_sets_effort")),
        sa.CheckConstraint("load_kg BETWEEN 0 AND 500", name=op.f("ck_strength_sets_load_kg")),
        sa.CheckConstraint("ordinal BETWEEN 1 AND 50", name=op.f("ck_strength_sets_ordinal")),
        sa.CheckConstraint("pain BETWEEN 0 AND 10", name=op.f("ck_strength_sets_pain")),
        sa.CheckConstraint("repetitions BETWEEN 0 AND 1000", name=op.f("ck_strength_sets_repetitions")),
        sa.CheckConstraint("seconds BETWEEN 0 AND 3600", name=op.f("ck_strength_sets_seconds")),
        sa.ForeignKeyConstraint(
            ["session_id"],
            ["strength_sessions.id"],
            name=op.f("fk_strength_sets_session_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_strength_sets")),
        sa.UniqueConstraint(
            "session_id",
            "exercise",
            "side",
            "ordinal",
            name=op.f("uq_strength_sets_session_id_exercise_side_ordinal"),
        ),
        sqlite_autoincrement=True,
    )
