"""An order as it is kept: lines, addresses, money in Decimal, shipments."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from typing import Any

from sandbox.bigcommerce.inventory.stock import StockKey
from sandbox.bigcommerce.money import ZERO

Json = dict[str, Any]

COSTS = ("shipping_cost", "handling_cost", "wrapping_cost")


@dataclass
class Price:
    """An amount without and with tax."""

    ex_tax: Decimal = ZERO
    inc_tax: Decimal = ZERO

    @property
    def tax(self) -> Decimal:
        """The difference of the two."""
        return self.inc_tax - self.ex_tax

    def times(self, quantity: int) -> Price:
        """The price of so many."""
        return Price(self.ex_tax * quantity, self.inc_tax * quantity)

    def plus(self, other: Price) -> Price:
        """Both together."""
        return Price(self.ex_tax + other.ex_tax, self.inc_tax + other.inc_tax)


@dataclass
class OrderLine:
    """One product of an order; a custom line has product_id and variant_id 0."""

    id: int
    product_id: int
    variant_id: int
    name: str
    sku: str
    upc: str
    quantity: int
    price: Price
    options: list[Json] = field(default_factory=list)
    dimensions: dict[str, Decimal] = field(default_factory=dict)
    brand: str = ""
    cost_price: Decimal = ZERO
    quantity_shipped: int = 0
    quantity_refunded: int = 0

    @property
    def is_custom(self) -> bool:
        """Whether the line is not of the catalog."""
        return self.product_id == 0

    @property
    def unshipped(self) -> int:
        """How many are still to be shipped."""
        return self.quantity - self.quantity_shipped


@dataclass
class OrderAddress:
    """A shipping address of an order."""

    id: int
    fields: Json
    shipping_method: str = ""


@dataclass
class Shipment:
    """A parcel: some quantities of some lines to one address."""

    id: int
    order_address_id: int
    created_at: datetime
    items: dict[int, int]
    fields: Json


@dataclass(frozen=True)
class Refund:
    """What was given back at once: the items and payments as they were sent."""

    id: int
    created_at: datetime
    total: Decimal
    reason: str
    items: list[Json]
    payments: list[Json]


@dataclass
class Order:
    """One order; `texts` are the plain fields that are shown as they were sent."""

    id: int
    status_id: int
    created_at: datetime
    modified_at: datetime
    channel_id: int
    currency: str
    billing_address: Json
    lines: list[OrderLine]
    addresses: list[OrderAddress]
    texts: Json = field(default_factory=dict)
    costs: dict[str, Price] = field(default_factory=dict)
    given_subtotal: Price | None = None
    given_total: Price | None = None
    discount: Decimal = ZERO
    fees: list[Json] = field(default_factory=list)
    shipments: dict[int, Shipment] = field(default_factory=dict)
    refunds: list[Refund] = field(default_factory=list)
    shipped_at: datetime | None = None
    is_archived: bool = False
    takes_stock_of: dict[int, int] = field(default_factory=dict)
    """By line id, how many were taken from the stock."""
    stock_keys: dict[int, StockKey] = field(default_factory=dict)
    """By line id, where they were taken from."""
    found_by_external_id_from: float = 0.0
    """The clock's second from which the external_order_id filter finds the order."""

    def line(self, line_id: int) -> OrderLine | None:
        """The line of that order_product_id."""
        return next((line for line in self.lines if line.id == line_id), None)

    def address(self, address_id: int) -> OrderAddress | None:
        """The shipping address of that order_address_id."""
        return next((each for each in self.addresses if each.id == address_id), None)

    def cost(self, name: str) -> Price:
        """One of the costs beside the products."""
        return self.costs.get(name, Price())

    @property
    def refunded(self) -> Decimal:
        """All that was given back."""
        return sum((refund.total for refund in self.refunds), ZERO)

    @property
    def subtotal(self) -> Price:
        """The products together, or what the caller said they are."""
        if self.given_subtotal is not None:
            return self.given_subtotal
        subtotal = Price()
        for line in self.lines:
            subtotal = subtotal.plus(line.price.times(line.quantity))
        return subtotal

    @property
    def total(self) -> Price:
        """All that is to be paid, or what the caller said it is."""
        if self.given_total is not None:
            return self.given_total
        total = self.subtotal
        for name in COSTS:
            total = total.plus(self.cost(name))
        for fee in self.fees:
            total = total.plus(fee["cost"])
        return total.plus(Price(-self.discount, -self.discount))
