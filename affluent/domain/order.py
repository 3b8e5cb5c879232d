"""Orders: Amazon's, and what becomes of them in the store.

A buyer's name, address and e-mail live in `Recipient` and `Buyer` only. Neither shows itself in
a repr, so neither can slip into a log or an exception; neither is ever stored but sealed.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from enum import StrEnum

from affluent.domain.account import FulfilledBy
from affluent.domain.money import Money


class OrderStatus(StrEnum):
    """Amazon's fulfilment statuses, Orders API 2026-01-01."""

    PENDING_AVAILABILITY = "PENDING_AVAILABILITY"
    PENDING = "PENDING"
    UNSHIPPED = "UNSHIPPED"
    PARTIALLY_SHIPPED = "PARTIALLY_SHIPPED"
    SHIPPED = "SHIPPED"
    CANCELLED = "CANCELLED"
    UNFULFILLABLE = "UNFULFILLABLE"
    UNKNOWN = "UNKNOWN"

    @property
    def is_paid(self) -> bool:
        """Whether the order is paid and not cancelled: UNSHIPPED onward."""
        return self in (OrderStatus.UNSHIPPED, OrderStatus.PARTIALLY_SHIPPED, OrderStatus.SHIPPED)


@dataclass(frozen=True, slots=True, repr=False)
class Buyer:
    """Who bought, as far as Amazon tells; a business may name itself and its purchase order."""

    name: str = ""
    email: str = ""
    company: str = ""
    purchase_order: str = ""

    def __repr__(self) -> str:
        return "Buyer(…)"


@dataclass(frozen=True, slots=True, repr=False)
class Recipient:
    """Where the order goes, as far as Amazon tells. `country` is ISO 3166-1 alpha-2."""

    name: str = ""
    company: str = ""
    street_1: str = ""
    street_2: str = ""
    city: str = ""
    state: str = ""
    postal_code: str = ""
    country: str = ""
    phone: str = ""

    def __repr__(self) -> str:
        return "Recipient(…)"


@dataclass(frozen=True, slots=True)
class AmazonOrderLine:
    """One line of an Amazon order. `unit_price` is without tax; the rest is for the whole line.

    `quantity` leaves out what was cancelled. `item_total` is what the units cost together, where
    Amazon tells; `fees` are those for cash on delivery and whatever else Amazon names. Tax with a
    `tax_collector` is withheld and paid to the authority by that party; `tax_scheme` is the scheme
    that it is reported under, such as IOSS.
    """

    order_item_id: str
    sku: str
    asin: str
    title: str
    quantity: int
    unit_price: Money
    tax: Money
    shipping: Money
    shipping_tax: Money
    gift_wrap: Money
    discount: Money
    quantity_shipped: int = 0
    item_total: Money | None = None
    fees: Money | None = None
    tax_collector: str = ""
    tax_scheme: str = ""
    gift_wrap_level: str = ""
    gift_message: str = field(default="", repr=False)
    cancel_requested: bool = False

    @property
    def units_cost(self) -> Decimal:
        """What the units cost together without tax: their price is rounded, this is not."""
        if self.item_total is not None:
            return self.item_total.amount
        return self.unit_price.amount * self.quantity


@dataclass(frozen=True, slots=True)
class Package:
    """A package that Amazon has on record for an order."""

    reference_id: str
    carrier_code: str
    tracking_number: str
    quantities: tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True)
class AmazonOrder:
    """One Amazon order, as searchOrders and getOrder answer it."""

    order_id: str
    marketplace_id: str
    status: OrderStatus
    fulfilled_by: FulfilledBy
    created_at: datetime
    last_updated_at: datetime
    currency: str
    lines: tuple[AmazonOrderLine, ...]
    ship_by: datetime | None = None
    programs: tuple[str, ...] = ()
    buyer: Buyer = Buyer()
    recipient: Recipient = Recipient()
    packages: tuple[Package, ...] = ()


@dataclass(frozen=True, slots=True)
class OrderPage:
    """One page of searchOrders. `updated_before` is the lower bound of the next search,
    `next_token` what leads to the next page, if any."""

    orders: tuple[AmazonOrder, ...]
    updated_before: datetime
    next_token: str = ""


class OrderState(StrEnum):
    """Where an Amazon order stands with us.

    OLD is an order that was shipped before we first saw it: a backfill alone brings it in.
    """

    RECORDED = "recorded"
    IMPORTED = "imported"
    WAITING = "waiting"
    IGNORED = "ignored"
    SHIPPED = "shipped"
    CANCELLED = "cancelled"
    OLD = "old"


@dataclass(frozen=True, slots=True)
class RecordedLine:
    """What we keep of a line: enough to match, ship and explain it. `store_sku` is the SKU that the
    store's order shows for it, once it exists; `cancelled` are units cancelled since then."""

    order_item_id: str
    sku: str
    quantity: int
    store_sku: str = ""
    cancelled: int = 0
    cancel_requested: bool = False


@dataclass(frozen=True, slots=True)
class RecordedOrder:
    """What we keep of an Amazon order: no buyer's data.

    `store_order_id` is the BigCommerce order, once it exists. `reason` says why it waits or is
    ignored.
    """

    account: str
    order_id: str
    marketplace_id: str
    status: OrderStatus
    fulfilled_by: FulfilledBy
    state: OrderState
    created_at: datetime
    last_updated_at: datetime
    lines: tuple[RecordedLine, ...]
    store_order_id: int | None = None
    reason: str = ""
    ship_by: datetime | None = None


#: States of orders that are still to be created in the store.
TO_CREATE = frozenset({OrderState.RECORDED, OrderState.WAITING})


@dataclass(frozen=True, slots=True)
class OptionAnswer:
    """An answer to one modifier: the modifier's id, and a value id or a text."""

    modifier_id: int
    value: str


@dataclass(frozen=True, slots=True)
class DraftLine:
    """A line of an order to create: a catalog line with ids, or a custom line without.

    Prices are per unit. A catalog line is written by its ids, a custom line by its name and SKU.
    """

    name: str
    sku: str
    quantity: int
    price_ex_tax: Money
    price_inc_tax: Money
    product_id: int | None = None
    variant_id: int | None = None
    answers: tuple[OptionAnswer, ...] = ()


@dataclass(frozen=True, slots=True)
class OrderDraft:
    """An order to create in the store.

    The totals are what was paid, whatever the rounded prices of its units come to.
    """

    external_order_id: str
    lines: tuple[DraftLine, ...]
    recipient: Recipient
    email: str = field(repr=False)
    shipping_ex_tax: Money
    shipping_inc_tax: Money
    wrapping: Money
    fees: Money
    discount: Money
    total_ex_tax: Money
    total_inc_tax: Money
    status_id: int
    payment_method: str
    staff_notes: str = field(repr=False)
    created_at: datetime


@dataclass(frozen=True, slots=True)
class StoreOrderLine:
    """A line of a BigCommerce order; `line_id` is its order_product_id."""

    line_id: int
    sku: str
    name: str
    product_id: int
    quantity: int
    quantity_shipped: int


@dataclass(frozen=True, slots=True)
class StoreOrder:
    """A BigCommerce order, as far as we need it."""

    order_id: int
    status_id: int
    external_order_id: str
    modified_at: datetime
    currency: str = ""


@dataclass(frozen=True, slots=True)
class Shortage:
    """Why BigCommerce refused a line for its stock: a 409, in either shape."""

    kind: str
    product_id: int | None
    variant_id: int | None
    available: int | None
