"""ASINs and overrides that a merchant gives for single SKUs."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"

WHOLE = sa.BigInteger().with_variant(sa.Integer, "sqlite")
AMOUNT = sa.Text().with_variant(sa.Numeric(), "postgresql")
TIME = sa.DateTime(timezone=True)


def upgrade() -> None:
    asin_words = ("account", "marketplace_id", "store_sku", "asin", "source")
    op.create_table(
        "given_asins",
        *(sa.Column(name, sa.Text, nullable=False) for name in asin_words),
        sa.Column("at", TIME, nullable=False),
        sa.PrimaryKeyConstraint("account", "marketplace_id", "store_sku", name="pk_given_asins"),
    )
    override_words = ("selling_list", "store_sku", "source")
    op.create_table(
        "offer_overrides",
        *(sa.Column(name, sa.Text, nullable=False) for name in override_words),
        *(sa.Column(name, AMOUNT) for name in ("price", "floor", "ceiling")),
        *(sa.Column(name, WHOLE) for name in ("quantity", "lead_time_days")),
        sa.Column("at", TIME, nullable=False),
        sa.PrimaryKeyConstraint("selling_list", "store_sku", name="pk_offer_overrides"),
    )
