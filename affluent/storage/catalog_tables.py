"""The tables of the snapshot of the store's catalog."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import Index
from sqlalchemy.orm import Mapped, mapped_column

from affluent.storage.columns import Document
from affluent.storage.schema import Base


class VariantContent:
    """What the store says of a variant: the columns of its present row and of what it was.

    `gone_at` is when a full reading no longer found it.
    """

    product_id: Mapped[int]
    sku: Mapped[str] = mapped_column(index=True)
    name: Mapped[str]
    description: Mapped[str]
    brand: Mapped[str]
    price_amount: Mapped[Decimal]
    price_currency: Mapped[str]
    regular_amount: Mapped[Decimal | None]
    cost_amount: Mapped[Decimal | None]
    map_amount: Mapped[Decimal | None]
    quantity: Mapped[int | None]
    barcode: Mapped[str]
    mpn: Mapped[str]
    condition: Mapped[str]
    is_visible: Mapped[bool]
    category_ids: Mapped[list[int]] = mapped_column(Document)
    modified_at: Mapped[datetime]
    weight: Mapped[str | None]
    weight_unit: Mapped[str]
    size: Mapped[dict[str, Any]] = mapped_column(Document)
    image_urls: Mapped[list[str]] = mapped_column(Document)
    custom_fields: Mapped[dict[str, str]] = mapped_column(Document)
    options: Mapped[dict[str, str]] = mapped_column(Document)
    metafields: Mapped[dict[str, str]] = mapped_column(Document)
    gone_at: Mapped[datetime | None]


class VariantRow(VariantContent, Base):
    """A sellable variant of the store, as last seen.

    `changed_at` is when the row last came to differ: by a reading, by being gone or back, or by an
    order of ours that took of its stock.
    """

    __tablename__ = "variants"
    __table_args__ = (Index(None, "product_id", "variant_id"),)

    variant_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    content_hash: Mapped[str]
    changed_at: Mapped[datetime] = mapped_column(index=True)
    seen_at: Mapped[datetime]


class VariantVersionRow(VariantContent, Base):
    """What a variant was from `valid_from` until just before `valid_until`.

    Written when its row comes to differ, so the row itself is the latest version.
    """

    __tablename__ = "variant_versions"

    variant_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    valid_from: Mapped[datetime] = mapped_column(primary_key=True)
    valid_until: Mapped[datetime] = mapped_column(index=True)


class CategoryRow(Base):
    """A category of the store; `path` holds the names from the top down, for a person."""

    __tablename__ = "categories"

    category_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    parent_id: Mapped[int] = mapped_column(index=True)
    name: Mapped[str]
    path: Mapped[str]


class PriceRecordRow(Base):
    """What a price list says of a variant; without amounts, it says so no longer."""

    __tablename__ = "price_list_records"

    price_list_id: Mapped[int] = mapped_column(primary_key=True)
    currency: Mapped[str] = mapped_column(primary_key=True)
    variant_id: Mapped[int] = mapped_column(primary_key=True)
    price: Mapped[Decimal | None]
    sale_price: Mapped[Decimal | None]
    changed_at: Mapped[datetime] = mapped_column(index=True)
    seen_at: Mapped[datetime]
