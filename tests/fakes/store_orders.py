"""The store's orders: shown late, short of stock, created though the answer is an error."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from decimal import Decimal
from itertools import count
from typing import Any

from affluent.domain.cancellation import StoreRefund
from affluent.domain.errors import NotFound, Refused
from affluent.domain.order import DraftLine, OrderDraft, Shortage, StoreOrder, StoreOrderLine
from affluent.domain.product import Modifier
from affluent.domain.shipment import ShippedLine, StoreShipment
from affluent.ports.bigcommerce import OptionProblem
from tests.fakes.clock import FakeClock
from tests.fakes.wire import Wire

SHIPPED, PARTIALLY_SHIPPED, CANCELLED = 2, 3, 5


@dataclass
class KeptOrder:
    """An order as the store keeps it; it shows in searches from `shown_at` on."""

    order_id: int
    draft: OrderDraft
    status_id: int
    modified_at: datetime
    shown_at: datetime
    shipments: list[StoreShipment] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    has_stock: bool = True


class FakeStoreOrders:
    """Orders V2.

    `index_seconds` pass before a search finds a new order. `stock` counts units by variant id;
    what is not in it is not tracked; `settle_stock` brings what was adjusted.
    `deleted` orders are listed, and have no lines any more; `refunds` are those that were made.
    `changed` are the order ids of all changes that were written.
    `failures_before` are raised before an order is created, `failures_after` once it was.
    """

    def __init__(
        self, clock: FakeClock, wire: Wire, questions: Mapping[int, tuple[Modifier, ...]]
    ) -> None:
        self.kept: list[KeptOrder] = []
        self.index_seconds = 0.0
        self.stock: dict[int, int] = {}
        self.settle_stock: Callable[[], None] = lambda: None
        self.deleted: set[int] = set()
        self.refunds: list[StoreRefund] = []
        self.changed: list[int] = []
        self.failures_before: list[Exception] = []
        self.failures_after: list[Exception] = []
        self._clock = clock
        self._wire = wire
        self._questions = questions
        self._lock = threading.Lock()
        self._shipment_ids = count(1000)

    def find(self, external_order_id: str) -> list[StoreOrder]:
        with self._wire.request("find order"):
            return [
                _as_answered(one)
                for one in self.kept
                if one.draft.external_order_id == external_order_id
                and one.shown_at <= self._clock.now()
            ]

    def create(self, draft: OrderDraft) -> StoreOrder:
        with self._wire.request("create order"), self._lock:
            if self.failures_before:
                raise self.failures_before.pop(0)
            self._ask_questions(draft)
            self.settle_stock()
            self._take_stock(draft)
            now = self._clock.now()
            shown_at = now + timedelta(seconds=self.index_seconds)
            order_id = 100 + len(self.kept)
            self.kept.append(KeptOrder(order_id, draft, draft.status_id, now, shown_at))
            if self.failures_after:
                raise self.failures_after.pop(0)
        return _as_answered(self.kept[order_id - 100])

    def order(self, order_id: int) -> StoreOrder:
        with self._wire.request("store order"):
            return _as_answered(self._kept(order_id))

    def change(self, order_id: int, note: str, status_id: int | None = None) -> StoreOrder:
        with self._wire.request("change order"):
            order = self._kept(order_id)
            if self.failures_before:
                raise self.failures_before.pop(0)
            if note not in order.notes:
                order.notes.append(note)
            if status_id is not None:
                self.set_status(order_id, status_id)
            self.changed.append(order_id)
            if self.failures_after:
                raise self.failures_after.pop(0)
            return _as_answered(order)

    def refunds_since(self, since: datetime) -> Iterator[StoreRefund]:
        with self._wire.request("refunds"):
            yield from [one for one in self.refunds if one.created_at >= since]

    def refund(self, order_id: int, amount: str) -> None:
        """Give back an amount by hand."""
        now = self._clock.now()
        self.refunds.append(StoreRefund(len(self.refunds) + 1, order_id, Decimal(amount), now))
        self.set_status(order_id, 14)

    def modified_since(self, since: datetime) -> Iterator[StoreOrder]:
        with self._wire.request("modified orders"):
            yield from [_as_answered(one) for one in self.kept if one.modified_at >= since]

    def lines(self, order_id: int) -> tuple[StoreOrderLine, ...]:
        with self._wire.request("order lines"):
            if order_id in self.deleted:
                raise NotFound(
                    "It was deleted.", vendor="BigCommerce", operation="getOrderProducts"
                )
            return tuple(
                StoreOrderLine(number, line.sku, line.name, line.product_id or 0, line.quantity, 0)
                for number, line in enumerate(self.kept[order_id - 100].draft.lines)
            )

    def shipments(self, order_id: int) -> tuple[StoreShipment, ...]:
        with self._wire.request("order shipments"):
            return tuple(self.kept[order_id - 100].shipments)

    def ship(
        self,
        order_id: int,
        lines: Mapping[int, int],
        *,
        tracking_number: str = "1Z999",
        provider: str = "ups",
        tracking_carrier: str = "",
        method: str = "Ground",
    ) -> StoreShipment:
        """Ship so many units of each line, by its number in the order."""
        order = self.kept[order_id - 100]
        shipment = StoreShipment(
            shipment_id=next(self._shipment_ids),
            order_id=order_id,
            created_at=self._clock.now(),
            tracking_number=tracking_number,
            provider=provider,
            tracking_carrier=tracking_carrier,
            method=method,
            lines=tuple(ShippedLine(line, units) for line, units in lines.items()),
        )
        order.shipments.append(shipment)
        units = sum(line.quantity for one in order.shipments for line in one.lines)
        is_whole = units >= sum(line.quantity for line in order.draft.lines)
        order.status_id = SHIPPED if is_whole else PARTIALLY_SHIPPED
        order.modified_at = self._clock.now()
        return shipment

    def edit(self, shipment: StoreShipment, **changes: Any) -> StoreShipment:
        """Change tracking or carrier of a shipment; the order counts as modified."""
        edited = replace(shipment, **changes)
        order = self.kept[shipment.order_id - 100]
        order.shipments = [edited if one == shipment else one for one in order.shipments]
        order.modified_at = self._clock.now()
        return edited

    def delete(self, shipment: StoreShipment) -> None:
        """Take a shipment away; the order's status stays as it is."""
        order = self.kept[shipment.order_id - 100]
        order.shipments.remove(shipment)
        order.modified_at = self._clock.now()

    def set_status(self, order_id: int, status_id: int) -> None:
        """Set an order's status by hand."""
        order = self.kept[order_id - 100]
        order.status_id = status_id
        order.modified_at = self._clock.now()
        if status_id == CANCELLED and order.has_stock:
            order.has_stock = False
            for line in order.draft.lines:
                if line.variant_id in self.stock:
                    self.stock[line.variant_id] += line.quantity

    def _kept(self, order_id: int) -> KeptOrder:
        if order_id in self.deleted:
            raise NotFound("It was deleted.", vendor="BigCommerce", operation="getOrder")
        return self.kept[order_id - 100]

    def _ask_questions(self, draft: OrderDraft) -> None:
        problems = tuple(
            OptionProblem("MandatoryProductOptions", line.product_id or 0, (one.modifier_id,), ())
            for line in draft.lines
            for one in self._questions.get(line.product_id or 0, ())
            if one.required and one.modifier_id not in [a.modifier_id for a in line.answers]
        )
        if problems:
            raise _refused(400, "The options of one or more products are invalid.", problems)

    def _take_stock(self, draft: OrderDraft) -> None:
        tracked = [line for line in draft.lines if line.variant_id in self.stock]
        short = tuple(shortage for line in tracked for shortage in self._shortage(line))
        if short:
            raise _refused(409, "Quantities of one or more products are out of stock.", short)
        for line in tracked:
            self.stock[line.variant_id or 0] -= line.quantity

    def _shortage(self, line: DraftLine) -> tuple[Shortage, ...]:
        available = self.stock[line.variant_id or 0]
        if available >= line.quantity:
            return ()
        return (Shortage("OutOfStock", line.product_id, line.variant_id, available),)


def _refused(status: int, what: str, details: object) -> Refused:
    return Refused(
        what, vendor="BigCommerce", operation="createOrder", status=status, details=details
    )


def _as_answered(one: KeptOrder) -> StoreOrder:
    return StoreOrder(
        one.order_id, one.status_id, one.draft.external_order_id, one.modified_at, "USD"
    )
