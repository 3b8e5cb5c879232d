"""SKU mappings of our own, beside those of the settings."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"


def upgrade() -> None:
    words = ("account", "amazon_sku", "store_sku", "source")
    op.create_table(
        "sku_mappings",
        *(sa.Column(name, sa.Text, nullable=False) for name in words),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("account", "amazon_sku", name="pk_sku_mappings"),
    )
    op.create_index("ix_sku_mappings_store_sku", "sku_mappings", ["store_sku"])
