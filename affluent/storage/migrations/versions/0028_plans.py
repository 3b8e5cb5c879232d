"""Plans with their approvals, and where sent values came from."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "0028"
down_revision = "0027"

MOMENT = sa.DateTime(timezone=True)
WHOLE = sa.BigInteger().with_variant(sa.Integer, "sqlite")
DOCUMENT = sa.JSON().with_variant(JSONB(), "postgresql")


def upgrade() -> None:
    op.create_table(
        "plans",
        sa.Column("id", WHOLE, nullable=False),
        *(
            sa.Column(name, sa.Text, nullable=False)
            for name in ("plan_hash", "flow", "account", "marketplace_id", "run_id")
        ),
        sa.Column("changes", WHOLE, nullable=False),
        sa.Column("objections", DOCUMENT, nullable=False),
        sa.Column("moved", sa.Text, nullable=False),
        sa.Column("state", sa.Text, nullable=False),
        sa.Column("proposed_at", MOMENT, nullable=False),
        sa.Column("expires_at", MOMENT, nullable=False),
        sa.Column("decided_by", sa.Text, nullable=False),
        sa.Column("decided_at", MOMENT, nullable=True),
        sa.Column("comment", sa.Text, nullable=False),
        sa.Column("applied_by", sa.Text, nullable=False),
        sa.Column("applied_at", MOMENT, nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_plans"),
    )
    op.create_index("ix_plans_plan_hash", "plans", ["plan_hash"])
    op.create_index("ix_plans_run_id", "plans", ["run_id"])
    place = ["state", "flow", "account", "marketplace_id"]
    op.create_index("ix_plans_state_flow_account_marketplace_id", "plans", place)
    op.create_table(
        "planned_fields",
        sa.Column("plan_id", WHOLE, nullable=False),
        sa.Column("position", WHOLE, nullable=False),
        *(
            sa.Column(name, sa.Text, nullable=False)
            for name in ("operation", "key", "field", "before", "after", "why")
        ),
        sa.PrimaryKeyConstraint("plan_id", "position", name="pk_planned_fields"),
        sa.ForeignKeyConstraint(["plan_id"], ["plans.id"], name="fk_planned_fields_plan_id"),
    )
    op.create_table(
        "provenance",
        sa.Column("effect_id", WHOLE, nullable=False),
        sa.Column("origins", DOCUMENT, nullable=False),
        sa.PrimaryKeyConstraint("effect_id", name="pk_provenance"),
        sa.ForeignKeyConstraint(["effect_id"], ["effects.id"], name="fk_provenance_effect_id"),
    )
