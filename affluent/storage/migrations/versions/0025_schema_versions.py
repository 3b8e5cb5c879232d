"""The schemas that others have taken the place of, and what the latest check found of each."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "0025"
down_revision = "0024"

MOMENT = sa.DateTime(timezone=True)
DOCUMENT = sa.JSON().with_variant(JSONB(), "postgresql")
PLACE = ("account", "marketplace_id", "product_type", "requirements")


def upgrade() -> None:
    unknown = sa.Column("version", sa.Text, nullable=False, server_default="")
    op.add_column("definitions", unknown)
    op.create_table(
        "definition_versions",
        *(sa.Column(name, sa.Text, nullable=False) for name in (*PLACE, "checksum", "version")),
        sa.Column("schema", sa.JSON, nullable=False),
        sa.Column("replaced_at", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint(*PLACE, "checksum", name="pk_definition_versions"),
    )
    op.create_table(
        "schema_drifts",
        *(sa.Column(name, sa.Text, nullable=False) for name in PLACE),
        sa.Column("drift", DOCUMENT, nullable=False),
        sa.PrimaryKeyConstraint(*PLACE, name="pk_schema_drifts"),
    )
