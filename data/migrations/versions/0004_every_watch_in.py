"""Imports of all kinds: sessions, pain and weekly totals know their import, an import has a state and a report, and
what the runner decided about files is kept.

Columns are added in place, never by copying the table: every row stays where it is.
"""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute(
        "ALTER TABLE imports ADD COLUMN state VARCHAR DEFAULT 'done' NOT NULL"
        " CONSTRAINT ck_imports_state CHECK (state IN ('reading', 'done', 'failed'))"
    )
    op.add_column("imports", sa.Column("seen_at", sa.DateTime()))
    for name in ("progress", "report", "replaced"):
        op.add_column("imports", sa.Column(name, sa.JSON()))
    op.add_column("strength_sessions", sa.Column("source_id", sa.String()))
    for table in ("strength_sessions", "pain_reports", "weekly_totals"):
        op.add_column(table, sa.Column("import_id", sa.Integer()))
        op.create_index(f"ix_{table}_import_id", table, ["import_id"])
    op.create_index(
        "ix_strength_sessions_runner_id_source_id", "strength_sessions", ["runner_id", "source_id"], unique=True
    )
    _make_choices()


def _make_choices() -> None:
    op.create_table(
        "import_choices",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("runner_id", sa.Integer(), nullable=False),
        sa.Column("what", sa.String(), nullable=False),
        sa.Column("about", sa.String(), nullable=False),
        sa.Column("choice", sa.JSON(), nullable=False),
        sa.CheckConstraint("what IN ('exercise', 'table', 'duplicates', 'walks')", name=op.f("ck_import_choices_what")),
        sa.ForeignKeyConstraint(
            ["runner_id"], ["runners.id"], name=op.f("fk_import_choices_runner_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_import_choices")),
        sa.UniqueConstraint("runner_id", "what", "about", name=op.f("uq_import_choices_runner_id_what_about")),
        sqlite_autoincrement=True,
    )
