"""What the sellers have on Amazon, as last downloaded."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"

WHOLE = sa.BigInteger().with_variant(sa.Integer, "sqlite")
AMOUNT = sa.Text().with_variant(sa.Numeric(), "postgresql")


def upgrade() -> None:
    def texts(*names: str) -> list[sa.Column[str]]:
        return [sa.Column(name, sa.Text, nullable=False) for name in names]

    op.create_table(
        "amazon_inventory",
        *texts("account", "marketplace_id", "sku", "asin", "title"),
        sa.Column("price_amount", AMOUNT),
        sa.Column("price_currency", sa.Text),
        sa.Column("quantity", WHOLE),
        *texts("channel", "channel_code", "status", "barcode"),
        sa.Column("seen_at", sa.DateTime(timezone=True), nullable=False),
        *texts("state", "reason", "store_sku"),
        sa.Column("missed", WHOLE, nullable=False),
        sa.PrimaryKeyConstraint("account", "marketplace_id", "sku", name="pk_amazon_inventory"),
        sa.CheckConstraint(
            "(price_amount IS NULL) = (price_currency IS NULL)",
            name="ck_amazon_inventory_price_whole",
        ),
    )
    op.create_index("ix_amazon_inventory_sku", "amazon_inventory", ["sku"])
