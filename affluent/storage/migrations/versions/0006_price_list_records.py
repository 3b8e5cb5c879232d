"""The records of the store's price lists."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"

WHOLE = sa.BigInteger().with_variant(sa.Integer, "sqlite")
AMOUNT = sa.Text().with_variant(sa.Numeric(), "postgresql")
TIME = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.create_table(
        "price_list_records",
        sa.Column("price_list_id", WHOLE, nullable=False),
        sa.Column("currency", sa.Text, nullable=False),
        sa.Column("variant_id", WHOLE, nullable=False),
        sa.Column("price", AMOUNT),
        sa.Column("sale_price", AMOUNT),
        sa.Column("changed_at", TIME, nullable=False),
        sa.Column("seen_at", TIME, nullable=False),
        sa.PrimaryKeyConstraint(
            "price_list_id", "currency", "variant_id", name="pk_price_list_records"
        ),
    )
    op.create_index("ix_price_list_records_changed_at", "price_list_records", ["changed_at"])
