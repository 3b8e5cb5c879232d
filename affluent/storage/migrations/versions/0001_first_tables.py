"""The catalog, the listings, the ledger, the orders and what reading needs."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "0001"
down_revision = None

WHOLE = sa.BigInteger().with_variant(sa.Integer, "sqlite")
AMOUNT = sa.Text().with_variant(sa.Numeric(), "postgresql")
DOCUMENT = sa.JSON().with_variant(JSONB(), "postgresql")
TIME = sa.DateTime(timezone=True)


def upgrade() -> None:
    create_catalog()
    create_listings()
    create_ledger()
    create_orders()
    create_what_reading_needs()


def text(*names: str) -> list[sa.Column[str]]:
    return [sa.Column(name, sa.Text, nullable=False) for name in names]


def documents(*names: str) -> list[sa.Column[object]]:
    return [sa.Column(name, DOCUMENT, nullable=False) for name in names]


def create_catalog() -> None:
    op.create_table(
        "variants",
        sa.Column("variant_id", WHOLE, nullable=False, autoincrement=False),
        sa.Column("product_id", WHOLE, nullable=False),
        *text("sku", "name", "description", "brand"),
        sa.Column("price_amount", AMOUNT, nullable=False),
        *text("price_currency"),
        sa.Column("quantity", WHOLE),
        *text("barcode", "mpn", "condition"),
        sa.Column("is_visible", sa.Boolean, nullable=False),
        *documents("category_ids"),
        sa.Column("modified_at", TIME, nullable=False),
        sa.Column("weight", sa.Text),
        *text("weight_unit"),
        *documents("size", "image_urls", "custom_fields", "options"),
        *text("content_hash"),
        sa.Column("seen_at", TIME, nullable=False),
        sa.Column("gone_at", TIME),
        sa.PrimaryKeyConstraint("variant_id", name="pk_variants"),
    )
    op.create_index("ix_variants_sku", "variants", ["sku"])
    op.create_index("ix_variants_product_id_variant_id", "variants", ["product_id", "variant_id"])


def create_listings() -> None:
    op.create_table(
        "listings",
        *text("account", "marketplace_id", "sku", "status", "selling_list", "store_sku"),
        sa.Column("variant_id", WHOLE),
        *text("asin", "product_type", "barcode"),
        sa.Column("created_by_us", sa.Boolean, nullable=False),
        *text("channel"),
        sa.Column("price_amount", AMOUNT),
        sa.Column("price_currency", sa.Text),
        sa.Column("quantity", WHOLE),
        sa.Column("buyable", sa.Boolean, nullable=False),
        *documents("reasons"),
        *text("fingerprint"),
        sa.Column("updated_at", TIME, nullable=False),
        sa.PrimaryKeyConstraint("account", "marketplace_id", "sku", name="pk_listings"),
        sa.CheckConstraint(
            "(price_amount IS NULL) = (price_currency IS NULL)",
            name=op.f("ck_listings_price_whole"),
        ),
    )
    op.create_index("ix_listings_sku", "listings", ["sku"])
    op.create_index("ix_listings_store_sku", "listings", ["store_sku"])
    op.create_table(
        "selling_lists",
        *text("name", "account", "marketplace_id", "offer_profile", "path"),
        *documents("creation_profiles", "category_ids", "brands", "skus"),
        *documents("excluded_category_ids", "excluded_skus", "asins"),
        sa.PrimaryKeyConstraint("name", name="pk_selling_lists"),
    )


def create_ledger() -> None:
    op.create_table(
        "effects",
        sa.Column("id", WHOLE, nullable=False),
        *text("operation", "account", "marketplace_id", "key", "revision", "state"),
        *documents("before", "after"),
        *text("why"),
        *documents("payload"),
        *text("payload_hash", "plan_hash", "run_id", "flow"),
        sa.Column("attempts", WHOLE, nullable=False),
        *text("reference"),
        *documents("messages"),
        sa.Column("parent_id", WHOLE),
        sa.Column("created_at", TIME, nullable=False),
        sa.Column("updated_at", TIME, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_effects"),
        sa.ForeignKeyConstraint(["parent_id"], ["effects.id"], name="fk_effects_parent_id"),
        sa.UniqueConstraint(
            "operation",
            "account",
            "marketplace_id",
            "key",
            "revision",
            name="uq_effects_operation_account_marketplace_id_key_revision",
        ),
    )
    op.create_index("ix_effects_key", "effects", ["key"])
    op.create_index("ix_effects_run_id", "effects", ["run_id"])
    op.create_index("ix_effects_parent_id", "effects", ["parent_id"])
    op.create_index(
        "ix_effects_operation_account_state", "effects", ["operation", "account", "state"]
    )
    op.create_table(
        "effect_transitions",
        sa.Column("id", WHOLE, nullable=False),
        sa.Column("effect_id", WHOLE, nullable=False),
        sa.Column("at", TIME, nullable=False),
        *text("state", "reference", "request_id"),
        *documents("issues", "messages"),
        sa.PrimaryKeyConstraint("id", name="pk_effect_transitions"),
        sa.ForeignKeyConstraint(
            ["effect_id"], ["effects.id"], name="fk_effect_transitions_effect_id"
        ),
    )
    op.create_index("ix_effect_transitions_effect_id", "effect_transitions", ["effect_id"])


def create_orders() -> None:
    op.create_table(
        "orders",
        *text("account", "order_id", "marketplace_id", "status", "fulfilled_by", "state"),
        sa.Column("created_at", TIME, nullable=False),
        sa.Column("last_updated_at", TIME, nullable=False),
        *documents("lines"),
        sa.Column("store_order_id", WHOLE),
        *text("reason"),
        sa.Column("ship_by", TIME),
        sa.Column("saved_at", TIME, nullable=False),
        sa.PrimaryKeyConstraint("account", "order_id", name="pk_orders"),
    )
    op.create_index("ix_orders_order_id", "orders", ["order_id"])
    op.create_index(
        "ix_orders_account_state_created_at", "orders", ["account", "state", "created_at"]
    )


def create_what_reading_needs() -> None:
    op.create_table(
        "cursors",
        *text("name"),
        sa.Column("value", TIME, nullable=False),
        sa.PrimaryKeyConstraint("name", name="pk_cursors"),
    )
    op.create_table(
        "definitions",
        *text("account", "marketplace_id", "product_type", "requirements", "checksum"),
        sa.Column("schema", sa.JSON, nullable=False),
        sa.Column("fetched_at", TIME, nullable=False),
        sa.PrimaryKeyConstraint(
            "account", "marketplace_id", "product_type", "requirements", name="pk_definitions"
        ),
    )
    op.create_table(
        "buckets",
        *text("bucket"),
        sa.Column("full_at", sa.Double, nullable=False),
        sa.PrimaryKeyConstraint("bucket", name="pk_buckets"),
    )
