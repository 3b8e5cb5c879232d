"""An order and its packages, and the book of all orders."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from decimal import Decimal

from sandbox.amazon.wire import BadRequest, Json, NotFound

PENDING_AVAILABILITY = "PENDING_AVAILABILITY"
PENDING = "PENDING"
UNSHIPPED = "UNSHIPPED"
PARTIALLY_SHIPPED = "PARTIALLY_SHIPPED"
SHIPPED = "SHIPPED"
CANCELLED = "CANCELLED"
UNFULFILLABLE = "UNFULFILLABLE"
FULFILLMENT_STATUSES = (
    PENDING_AVAILABILITY,
    PENDING,
    UNSHIPPED,
    PARTIALLY_SHIPPED,
    SHIPPED,
    CANCELLED,
    UNFULFILLABLE,
)

MERCHANT = "MERCHANT"
AMAZON = "AMAZON"
BUYER = "BUYER"
CANCELLERS = (BUYER, MERCHANT, AMAZON)


@dataclass(frozen=True)
class OrderLine:
    """One item of an order; the amounts beside the unit price are for the whole line."""

    order_item_id: str
    sku: str
    asin: str
    title: str
    quantity: int
    unit_price: Decimal
    shipping: Decimal
    tax: Decimal

    @property
    def total(self) -> Decimal:
        """What the line brings, with shipping and tax."""
        return self.unit_price * self.quantity + self.shipping + self.tax


@dataclass(frozen=True)
class Package:
    """A confirmed package; `quantities` is by order item id."""

    reference_id: str
    created_at: datetime
    carrier: str
    shipping_method: str | None
    tracking_number: str
    shipped_at: datetime
    quantities: dict[str, int]


@dataclass
class Order:
    """One order. `recipient` is an address, `buyer` holds buyerName and buyerEmail.

    `cancel_requested` holds the ids of the items that the buyer asked to cancel, `cancelled_items`
    who cancelled single items, `cancelled_by` who cancelled the whole. Each change is told in so
    many `notices`, and shows in searches `index_seconds` later.
    """

    order_id: str
    marketplace_id: str
    currency: str
    fulfilled_by: str
    status: str
    created_at: datetime
    updated_at: datetime
    programs: tuple[str, ...]
    buyer: Json
    recipient: Json
    lines: tuple[OrderLine, ...]
    packages: dict[str, Package] = field(default_factory=dict)
    cancel_reason: str | None = None
    cancelled_by: str = BUYER
    cancel_requested: set[str] = field(default_factory=set)
    cancelled_items: dict[str, str] = field(default_factory=dict)
    notices: int = 1
    index_seconds: float = 0.0
    on_change: Callable[[Order], None] | None = field(default=None, repr=False, compare=False)

    @property
    def is_paid(self) -> bool:
        """Whether the payment is through; before, there are no prices and no address."""
        return self.status not in (PENDING, PENDING_AVAILABILITY)

    def shipped_quantity(self, order_item_id: str, *, without: str | None = None) -> int:
        """How many of the item have left, leaving out the package with the id `without`."""
        if self.status == SHIPPED and not self.packages:
            return self.line(order_item_id).quantity
        return sum(
            package.quantities.get(order_item_id, 0)
            for package in self.packages.values()
            if package.reference_id != without
        )

    def line(self, order_item_id: str) -> OrderLine:
        """The line with this order item id. Raises StopIteration."""
        return next(line for line in self.lines if line.order_item_id == order_item_id)

    def to_ship(self, line: OrderLine) -> int:
        """How many of the item are to leave in all: none of one that was cancelled."""
        return 0 if line.order_item_id in self.cancelled_items else line.quantity

    def request_cancellation(self, moment: datetime) -> None:
        """Let the buyer ask for the cancellation of all items; the status stays as it is."""
        self.cancel_requested = {line.order_item_id for line in self.lines}
        self.change_to(self.status, moment)

    def cancel_items(self, order_item_ids: Collection[str], by: str, moment: datetime) -> None:
        """Cancel single items; once all of them are, the order is."""
        self.cancelled_items |= dict.fromkeys(order_item_ids, by)
        is_whole = all(line.order_item_id in self.cancelled_items for line in self.lines)
        self.change_to(CANCELLED if is_whole else self.status, moment)

    def add_package(self, package: Package, moment: datetime) -> None:
        """Add the package, or replace the one with its id, and move the status on."""
        self.packages[package.reference_id] = package
        is_complete = all(
            self.shipped_quantity(line.order_item_id) >= self.to_ship(line) for line in self.lines
        )
        self.change_to(SHIPPED if is_complete else PARTIALLY_SHIPPED, moment)

    def change_to(self, status: str, moment: datetime) -> None:
        """Move the order on, and let who listens know of it."""
        self.status = status
        self.updated_at = moment
        if self.on_change is not None:
            self.on_change(self)

    def is_searchable(self, moment: datetime) -> bool:
        """Whether searches show the order's latest change by then."""
        return self.updated_at + timedelta(seconds=self.index_seconds) <= moment


class OrderBook:
    """All orders by their id."""

    def __init__(self, on_change: Callable[[Order], None]) -> None:
        self._orders: dict[str, Order] = {}
        self._on_change = on_change

    def add(self, order: Order) -> None:
        """Add a new order. 400 where the id is taken."""
        if order.order_id in self._orders:
            raise BadRequest(f"Order {order.order_id} exists already.")
        self._orders[order.order_id] = order
        order.on_change = self._on_change
        self._on_change(order)

    def get(self, order_id: str) -> Order:
        """The order, or 404."""
        try:
            return self._orders[order_id]
        except KeyError:
            raise NotFound(f"Order {order_id} was not found.") from None

    def __iter__(self) -> Iterator[Order]:
        return iter(self._orders.values())

    def __len__(self) -> int:
        return len(self._orders)
