"""Plans that adapt: ranges, loads and days of a plan, offers of a next step, the runner's circumstances, videos.

Columns are added in place, never by copying the table: every row stays where it is.
"""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    _add("plans", "weekdays INTEGER", weekdays="weekdays BETWEEN 1 AND 127")
    _add(
        "plan_items",
        "high INTEGER",
        high="high BETWEEN 1 AND 3600",
        high_is_the_top="high >= coalesce(repetitions, seconds)",
        high_of_repetitions="repetitions IS NULL OR high <= 200",
    )
    _add("plan_items", "load_kg FLOAT", load_kg="load_kg BETWEEN 0 AND 500")
    _add(
        "plan_items",
        "stage VARCHAR DEFAULT 'usual' NOT NULL",
        stage="stage IN ('usual', 'more range', 'less stable')",
    )
    _make_offers()
    _make_profiles()
    _make_videos()


def _add(table: str, column: str, **checks: str) -> None:
    """A column with its CHECKs. Both databases take them named and together; SQLite takes a CHECK no other way."""
    named = " ".join(f"CONSTRAINT ck_{table}_{name} CHECK ({rule})" for name, rule in checks.items())
    op.execute(f"ALTER TABLE {table} ADD COLUMN {column} {named}")


def _make_offers() -> None:
    op.create_table(
        "progress_offers",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("runner_id", sa.Integer(), nullable=False),
        sa.Column("exercise", sa.String(), nullable=False),
        sa.Column("on_date", sa.Date(), nullable=False),
        sa.Column("step", sa.String(), nullable=False),
        sa.Column("from_value", sa.String(), nullable=False),
        sa.Column("to_value", sa.String(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("answer", sa.String(), nullable=True),
        sa.Column("answered_on", sa.Date(), nullable=True),
        sa.CheckConstraint(
            "step IN ('more repetitions', 'more load', 'more range', 'less stable', 'hold', 'step back')",
            name=op.f("ck_progress_offers_step"),
        ),
        sa.CheckConstraint("answer IN ('accepted', 'declined')", name=op.f("ck_progress_offers_answer")),
        sa.CheckConstraint(
            "(answer IS NULL) = (answered_on IS NULL)", name=op.f("ck_progress_offers_answer_has_a_day")
        ),
        sa.CheckConstraint("answered_on >= on_date", name=op.f("ck_progress_offers_answered_after_offer")),
        _runner("progress_offers"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_progress_offers")),
        sa.UniqueConstraint(
            "runner_id", "exercise", "on_date", name=op.f("uq_progress_offers_runner_id_exercise_on_date")
        ),
        sqlite_autoincrement=True,
    )


def _make_profiles() -> None:
    op.create_table(
        "profiles",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("runner_id", sa.Integer(), nullable=False),
        sa.Column("on_date", sa.Date(), nullable=False),
        sa.Column("equipment", sa.JSON(), nullable=True),
        sa.Column("contraindications", sa.JSON(), nullable=True),
        sa.Column("experience", sa.String(), nullable=True),
        sa.CheckConstraint("experience IN ('new', 'some', 'regular')", name=op.f("ck_profiles_experience")),
        _runner("profiles"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_profiles")),
        sa.UniqueConstraint("runner_id", "on_date", name=op.f("uq_profiles_runner_id_on_date")),
        sqlite_autoincrement=True,
    )


def _make_videos() -> None:
    op.create_table(
        "exercise_videos",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("runner_id", sa.Integer(), nullable=False),
        sa.Column("exercise", sa.String(), nullable=False),
        sa.Column("url", sa.String(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        _runner("exercise_videos"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_exercise_videos")),
        sa.UniqueConstraint("runner_id", "exercise", "url", name=op.f("uq_exercise_videos_runner_id_exercise_url")),
        sqlite_autoincrement=True,
    )


def _runner(table: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        ["runner_id"], ["runners.id"], name=op.f(f"fk_{table}_runner_id"), ondelete="CASCADE"
    )
