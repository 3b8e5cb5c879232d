"""Amazon's answers to what is asked before sending: pages of its catalog, and permissions."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "0024"
down_revision = "0023"

MOMENT = sa.DateTime(timezone=True)
WHOLE = sa.BigInteger().with_variant(sa.Integer, "sqlite")
DOCUMENT = sa.JSON().with_variant(JSONB(), "postgresql")


def upgrade() -> None:
    op.create_table(
        "catalog_matches",
        *(sa.Column(name, sa.Text, nullable=False) for name in ("marketplace_id", "barcode")),
        sa.Column("matches", DOCUMENT, nullable=False),
        sa.Column("asked_at", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("marketplace_id", "barcode", name="pk_catalog_matches"),
    )
    key = ("account", "marketplace_id", "asin", "condition")
    op.create_table(
        "permissions",
        *(sa.Column(name, sa.Text, nullable=False) for name in key),
        sa.Column("restrictions", DOCUMENT, nullable=False),
        sa.Column("asked_at", MOMENT, nullable=False),
        sa.Column("ask_again_at", MOMENT, nullable=False),
        sa.Column("refusals", WHOLE, nullable=False),
        sa.PrimaryKeyConstraint(*key, name="pk_permissions"),
    )
    op.create_index(
        "ix_permissions_refused",
        "permissions",
        ["account", "marketplace_id"],
        sqlite_where=sa.text("refusals > 0"),
        postgresql_where=sa.text("refusals > 0"),
    )
