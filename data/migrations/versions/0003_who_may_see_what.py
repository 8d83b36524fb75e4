"""Who may see what: coaches with an account, consents, personal links, the audit log, notes, plan templates.

The coach of this machine becomes its runner's own.
"""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    _add_owner()
    op.execute(
        "UPDATE coaches SET owner_id = (SELECT id FROM runners WHERE subject = 'local')"
        " WHERE name = 'local' AND NOT simulated"
    )
    op.create_index("ix_coaches_owner_id", "coaches", ["owner_id"], unique=True)
    _make_consents()
    _make_links()
    _make_audit()
    _make_notes()
    _make_templates()


def _add_owner() -> None:
    """SQLite takes no named foreign key in place, so there the table is copied; its ids go on as they were."""
    with op.batch_alter_table("coaches", table_kwargs={"sqlite_autoincrement": True}) as coaches:
        coaches.add_column(sa.Column("owner_id", sa.Integer(), nullable=True))
        coaches.create_foreign_key("fk_coaches_owner_id", "runners", ["owner_id"], ["id"], ondelete="CASCADE")


def _make_consents() -> None:
    op.create_table(
        "consents",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("coach_id", sa.Integer(), nullable=False),
        sa.Column("runner_id", sa.Integer(), nullable=False),
        sa.Column("area", sa.String(), nullable=False),
        sa.Column("may_write", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("given_at", sa.DateTime(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=True),
        sa.CheckConstraint(
            "area IN ('training', 'running', 'pain', 'self-tests', 'notes')", name=op.f("ck_consents_area")
        ),
        _points_to("coaches", "consents", "coach_id"),
        _points_to("runners", "consents", "runner_id"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_consents")),
        sa.UniqueConstraint("coach_id", "runner_id", "area", name=op.f("uq_consents_coach_id_runner_id_area")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_consents_runner_id", "consents", ["runner_id"])


def _make_links() -> None:
    op.create_table(
        "links",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("coach_id", sa.Integer(), nullable=False),
        sa.Column("runner_id", sa.Integer(), nullable=True),
        sa.Column("token_hash", sa.String(), nullable=False),
        sa.Column("made_at", sa.DateTime(), nullable=False),
        sa.Column("expires_at", sa.DateTime(), nullable=False),
        sa.Column("opened_at", sa.DateTime(), nullable=True),
        sa.Column("revoked_at", sa.DateTime(), nullable=True),
        _points_to("coaches", "links", "coach_id"),
        _points_to("runners", "links", "runner_id"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_links")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_links_token_hash")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_links_runner_id", "links", ["runner_id"])
    op.create_index("ix_links_coach_id", "links", ["coach_id"])


def _make_audit() -> None:
    op.create_table(
        "audit",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("runner_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("who", sa.String(), nullable=False),
        sa.Column("what", sa.String(), nullable=False),
        _points_to("runners", "audit", "runner_id"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_audit")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_audit_runner_id_at", "audit", ["runner_id", "at"])


def _make_notes() -> None:
    op.create_table(
        "notes",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("coach_id", sa.Integer(), nullable=False),
        sa.Column("runner_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("text", sa.String(length=2000), nullable=False),
        sa.Column("shown", sa.Boolean(), server_default=sa.true(), nullable=False),
        _points_to("coaches", "notes", "coach_id"),
        _points_to("runners", "notes", "runner_id"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_notes")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_notes_runner_id", "notes", ["runner_id"])
    op.create_index("ix_notes_coach_id", "notes", ["coach_id"])


def _make_templates() -> None:
    op.create_table(
        "plan_templates",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("coach_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("weekdays", sa.Integer(), nullable=False),
        sa.Column("parts", sa.JSON(), nullable=False),
        sa.CheckConstraint("weekdays BETWEEN 1 AND 127", name=op.f("ck_plan_templates_weekdays")),
        _points_to("coaches", "plan_templates", "coach_id"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_plan_templates")),
        sa.UniqueConstraint("coach_id", "name", name=op.f("uq_plan_templates_coach_id_name")),
        sqlite_autoincrement=True,
    )


def _points_to(parent: str, table: str, column: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], [f"{parent}.id"], name=op.f(f"fk_{table}_{column}"), ondelete="CASCADE")
