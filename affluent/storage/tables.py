"""The tables beside those of the catalog and the selling lists, one class a row.

What the columns mean stands with the domain's dataclasses.
"""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import (
    JSON,
    CheckConstraint,
    Double,
    ForeignKey,
    Index,
    UniqueConstraint,
    text,
)
from sqlalchemy.orm import Mapped, mapped_column

from affluent.domain.account import FulfilledBy
from affluent.domain.difference import Cause
from affluent.domain.effect import EffectState
from affluent.domain.listing import ListingStatus, Requirements
from affluent.domain.order import OrderState, OrderStatus
from affluent.domain.plan import Operation
from affluent.domain.variation import Parentage
from affluent.storage.columns import Document, Word
from affluent.storage.schema import Base


class ListingRow(Base):
    """One SKU of one account on one marketplace."""

    __tablename__ = "listings"
    __table_args__ = (
        CheckConstraint("(price_amount IS NULL) = (price_currency IS NULL)", name="price_whole"),
        Index(None, "account", "marketplace_id", "selling_list"),
        Index(
            "ix_listings_in_stock",
            "account",
            "marketplace_id",
            "status",
            sqlite_where=text("quantity > 0"),
            postgresql_where=text("quantity > 0"),
        ),
    )

    account: Mapped[str] = mapped_column(primary_key=True)
    marketplace_id: Mapped[str] = mapped_column(primary_key=True)
    sku: Mapped[str] = mapped_column(primary_key=True, index=True)
    status: Mapped[ListingStatus] = mapped_column(Word(ListingStatus))
    selling_list: Mapped[str]
    store_sku: Mapped[str] = mapped_column(index=True)
    variant_id: Mapped[int | None] = mapped_column(index=True)
    asin: Mapped[str]
    product_type: Mapped[str]
    barcode: Mapped[str]
    created_by_us: Mapped[bool]
    channel: Mapped[str]
    price_amount: Mapped[Decimal | None]
    price_currency: Mapped[str | None]
    quantity: Mapped[int | None]
    buyable: Mapped[bool]
    reasons: Mapped[list[str]] = mapped_column(Document)
    fingerprint: Mapped[str]
    beside_price: Mapped[str]
    lead_time_days: Mapped[int | None]
    updated_at: Mapped[datetime]
    changed_on_amazon_at: Mapped[datetime | None]
    parentage: Mapped[Parentage] = mapped_column(Word(Parentage))
    parent_sku: Mapped[str]
    theme: Mapped[str]


class EffectRow(Base):
    """The ledger: one write to the outside.

    `revision` is the change's own where the operation happens once, else the run: the constraint
    below is what makes an order exist once, whoever asks for it.
    """

    __tablename__ = "effects"
    __table_args__ = (
        UniqueConstraint("operation", "account", "marketplace_id", "key", "revision"),
        Index(None, "operation", "account", "state"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    operation: Mapped[Operation] = mapped_column(Word(Operation))
    account: Mapped[str]
    marketplace_id: Mapped[str]
    key: Mapped[str] = mapped_column(index=True)
    revision: Mapped[str]
    state: Mapped[EffectState] = mapped_column(Word(EffectState))
    before: Mapped[dict[str, Any]] = mapped_column(Document)
    after: Mapped[dict[str, Any]] = mapped_column(Document)
    why: Mapped[str]
    payload: Mapped[dict[str, Any]] = mapped_column(Document)
    payload_hash: Mapped[str]
    plan_hash: Mapped[str]
    run_id: Mapped[str] = mapped_column(index=True)
    flow: Mapped[str]
    attempts: Mapped[int]
    reference: Mapped[str]
    messages: Mapped[list[str]] = mapped_column(Document)
    parent_id: Mapped[int | None] = mapped_column(ForeignKey("effects.id"), index=True)
    created_at: Mapped[datetime]
    updated_at: Mapped[datetime]


class TransitionRow(Base):
    """One step of an effect from state to state; only ever added."""

    __tablename__ = "effect_transitions"

    id: Mapped[int] = mapped_column(primary_key=True)
    effect_id: Mapped[int] = mapped_column(ForeignKey("effects.id"), index=True)
    at: Mapped[datetime] = mapped_column(index=True)
    state: Mapped[EffectState] = mapped_column(Word(EffectState))
    reference: Mapped[str]
    request_id: Mapped[str]
    issues: Mapped[list[dict[str, Any]]] = mapped_column(Document)
    messages: Mapped[list[str]] = mapped_column(Document)


class OrderRow(Base):
    """An Amazon order that we recorded; it has no column for a buyer's data."""

    __tablename__ = "orders"
    __table_args__ = (
        Index(None, "account", "state", "created_at"),
        Index(None, "state", "status"),
    )

    account: Mapped[str] = mapped_column(primary_key=True)
    order_id: Mapped[str] = mapped_column(primary_key=True, index=True)
    marketplace_id: Mapped[str]
    status: Mapped[OrderStatus] = mapped_column(Word(OrderStatus))
    fulfilled_by: Mapped[FulfilledBy] = mapped_column(Word(FulfilledBy))
    state: Mapped[OrderState] = mapped_column(Word(OrderState))
    created_at: Mapped[datetime]
    last_updated_at: Mapped[datetime]
    lines: Mapped[list[dict[str, Any]]] = mapped_column(Document)
    store_order_id: Mapped[int | None]
    reason: Mapped[str]
    ship_by: Mapped[datetime | None]
    saved_at: Mapped[datetime]
    has_cancellations: Mapped[bool]


class DifferenceRow(Base):
    """One field in which Amazon shows something else than is intended; open until resolved."""

    __tablename__ = "differences"

    account: Mapped[str] = mapped_column(primary_key=True)
    marketplace_id: Mapped[str] = mapped_column(primary_key=True)
    sku: Mapped[str] = mapped_column(primary_key=True, index=True)
    field: Mapped[str] = mapped_column(primary_key=True)
    intended: Mapped[str]
    shown: Mapped[str]
    cause: Mapped[Cause] = mapped_column(Word(Cause))
    first_seen: Mapped[datetime]
    last_seen: Mapped[datetime]
    resolved_at: Mapped[datetime | None]


class CursorRow(Base):
    """How far one reading has come."""

    __tablename__ = "cursors"

    name: Mapped[str] = mapped_column(primary_key=True)
    value: Mapped[datetime]


class DefinitionRow(Base):
    """Amazon's schema of a product type. Plain JSON keeps the order of the attributes."""

    __tablename__ = "definitions"

    account: Mapped[str] = mapped_column(primary_key=True)
    marketplace_id: Mapped[str] = mapped_column(primary_key=True)
    product_type: Mapped[str] = mapped_column(primary_key=True)
    requirements: Mapped[Requirements] = mapped_column(Word(Requirements), primary_key=True)
    checksum: Mapped[str]
    version: Mapped[str]
    schema: Mapped[dict[str, Any]] = mapped_column(JSON)
    fetched_at: Mapped[datetime]


class BucketRow(Base):
    """A token bucket: the moment, in seconds of the wall clock, at which it is full again.

    `rate` is believed instead of the published one until `rate_until`.
    """

    __tablename__ = "buckets"

    bucket: Mapped[str] = mapped_column(primary_key=True)
    full_at: Mapped[float] = mapped_column(Double)
    rate: Mapped[float | None] = mapped_column(Double)
    rate_until: Mapped[float | None] = mapped_column(Double)


class WindowRow(Base):
    """A window of requests; its fields are those of affluent.ports.windows.WindowState."""

    __tablename__ = "request_windows"

    window: Mapped[str] = mapped_column(primary_key=True)
    quota: Mapped[int]
    length: Mapped[float] = mapped_column(Double)
    left: Mapped[int]
    ends_at: Mapped[float] = mapped_column(Double)
    is_told: Mapped[bool]
    on_way: Mapped[int]
    has_others: Mapped[bool]
    closed_until: Mapped[float] = mapped_column(Double)
    turn: Mapped[int]


class HookCallRow(Base):
    """What a call of the store's webhooks is recognised by when it comes again."""

    __tablename__ = "hook_calls"

    key: Mapped[str] = mapped_column(primary_key=True)
    seen_at: Mapped[datetime] = mapped_column(index=True)
