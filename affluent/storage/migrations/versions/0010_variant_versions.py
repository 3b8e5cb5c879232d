"""What each variant was before it came to be what it is."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "0010"
down_revision = "0009"

WHOLE = sa.BigInteger().with_variant(sa.Integer, "sqlite")
AMOUNT = sa.Text().with_variant(sa.Numeric(), "postgresql")
DOCUMENT = sa.JSON().with_variant(JSONB(), "postgresql")
TIME = sa.DateTime(timezone=True)


def upgrade() -> None:
    texts = ("sku", "name", "description", "brand", "price_currency", "barcode", "mpn")
    documents = ("category_ids", "size", "image_urls", "custom_fields", "options", "metafields")
    op.create_table(
        "variant_versions",
        sa.Column("variant_id", WHOLE, nullable=False, autoincrement=False),
        sa.Column("valid_from", TIME, nullable=False),
        sa.Column("valid_until", TIME, nullable=False),
        sa.Column("product_id", WHOLE, nullable=False),
        *(sa.Column(name, sa.Text, nullable=False) for name in (*texts, "condition")),
        sa.Column("price_amount", AMOUNT, nullable=False),
        sa.Column("quantity", WHOLE),
        sa.Column("is_visible", sa.Boolean, nullable=False),
        sa.Column("modified_at", TIME, nullable=False),
        sa.Column("weight", sa.Text),
        sa.Column("weight_unit", sa.Text, nullable=False),
        *(sa.Column(name, DOCUMENT, nullable=False) for name in documents),
        sa.Column("gone_at", TIME),
        sa.PrimaryKeyConstraint("variant_id", "valid_from", name="pk_variant_versions"),
    )
    op.create_index("ix_variant_versions_sku", "variant_versions", ["sku"])
    op.create_index("ix_variant_versions_valid_until", "variant_versions", ["valid_until"])
