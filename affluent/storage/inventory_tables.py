"""The table of what the sellers have on Amazon."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal

from sqlalchemy import CheckConstraint
from sqlalchemy.orm import Mapped, mapped_column

from affluent.domain.fulfilment import FulfilmentChannel
from affluent.domain.inventory import LinkState
from affluent.storage.columns import Word
from affluent.storage.schema import Base


class InventoryRow(Base):
    """One SKU of one account on one marketplace, as last downloaded. `missed` counts the complete
    reports in a row that lacked it; until the first one, `seen_at` is not moved on."""

    __tablename__ = "amazon_inventory"
    __table_args__ = (
        CheckConstraint("(price_amount IS NULL) = (price_currency IS NULL)", name="price_whole"),
    )

    account: Mapped[str] = mapped_column(primary_key=True)
    marketplace_id: Mapped[str] = mapped_column(primary_key=True)
    sku: Mapped[str] = mapped_column(primary_key=True, index=True)
    asin: Mapped[str]
    title: Mapped[str]
    price_amount: Mapped[Decimal | None]
    price_currency: Mapped[str | None]
    quantity: Mapped[int | None]
    channel: Mapped[FulfilmentChannel] = mapped_column(Word(FulfilmentChannel))
    channel_code: Mapped[str]
    status: Mapped[str]
    barcode: Mapped[str]
    seen_at: Mapped[datetime]
    state: Mapped[LinkState] = mapped_column(Word(LinkState))
    reason: Mapped[str]
    store_sku: Mapped[str]
    missed: Mapped[int]
