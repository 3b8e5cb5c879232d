"""Which offers have to be planned anew, and the indexes that find them and their variants."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"

#: SQLite counts its own ids only where the type says INTEGER.
WHOLE = sa.BigInteger().with_variant(sa.Integer, "sqlite")
PLACE = ("account", "marketplace_id")


def upgrade() -> None:
    op.create_table(
        "due_offers",
        sa.Column("id", WHOLE, nullable=False),
        *(sa.Column(name, sa.Text, nullable=False) for name in (*PLACE, "sku")),
        sa.PrimaryKeyConstraint("id", name="pk_due_offers"),
    )
    op.create_index("ix_due_offers_account_marketplace_id_sku", "due_offers", [*PLACE, "sku"])
    op.create_table(
        "offer_rules",
        *(sa.Column(name, sa.Text, nullable=False) for name in (*PLACE, "selling_list", "digest")),
        sa.PrimaryKeyConstraint(*PLACE, "selling_list", name="pk_offer_rules"),
    )
    op.create_index("ix_listings_variant_id", "listings", ["variant_id"])
    op.create_index(
        "ix_listings_account_marketplace_id_selling_list", "listings", [*PLACE, "selling_list"]
    )
    in_stock = sa.text("quantity > 0")
    op.create_index(
        "ix_listings_in_stock",
        "listings",
        [*PLACE, "status"],
        sqlite_where=in_stock,
        postgresql_where=in_stock,
    )
    op.create_index("ix_orders_state_status", "orders", ["state", "status"])
