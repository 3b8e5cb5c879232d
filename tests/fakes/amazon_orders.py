"""Amazon's orders and the packages that it keeps, or drops."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import datetime

from affluent.domain.errors import NotFound, Refused
from affluent.domain.order import AmazonOrder, OrderPage, OrderStatus, Package
from affluent.domain.shipment import ShipmentConfirmation
from tests.fakes.clock import FakeClock
from tests.fakes.wire import Wire


class FakeAmazonOrders:
    """Orders by id.

    `asked` counts the questions for single orders; `catch_up` lets take effect what is due.
    `hidden` orders are shown by no search; the first page comes `repeats` times more than once, of
    the past a later one. The next `stale` tokens of the past are refused.
    `drops` is how many of the next confirmations are answered with 204 and forgotten. `failures`
    are raised in place of the next confirmations' answers. `kept` are those that took effect.
    """

    def __init__(self, clock: FakeClock, wire: Wire) -> None:
        self.orders: dict[str, AmazonOrder] = {}
        self.confirmations: list[ShipmentConfirmation] = []
        self.kept: list[ShipmentConfirmation] = []
        self.drops = 0
        self.failures: list[Exception] = []
        self.page_size = 2
        self.asked = 0
        self.hidden: set[str] = set()
        self.repeats = 0
        self.stale = 0
        self.catch_up: Callable[[], None] = lambda: None
        self._clock = clock
        self._wire = wire

    def place(self, *orders: AmazonOrder) -> None:
        """Buy, or let Amazon change an order."""
        for order in orders:
            self.orders[order.order_id] = replace(order, last_updated_at=self._clock.now())

    def updated_since(self, marketplace_ids: Sequence[str], since: datetime) -> Iterator[OrderPage]:
        with self._wire.request("search orders"):
            until = self._clock.now()
            found = [
                order
                for order in self.orders.values()
                if order.marketplace_id in marketplace_ids
                and order.last_updated_at >= since
                and order.order_id not in self.hidden
            ]
        for _ in range(self.repeats):
            yield OrderPage(tuple(found[: self.page_size]), until)
        for start in range(0, max(len(found), 1), self.page_size):
            yield OrderPage(tuple(found[start : start + self.page_size]), until)

    def bought_page(
        self, marketplace_ids: Sequence[str], since: datetime, until: datetime, token: str = ""
    ) -> OrderPage:
        with self._wire.request("search the past"):
            if self.stale and token:
                self.stale -= 1
                raise refused("The token expired.")
            found = sorted(
                (
                    order
                    for order in self.orders.values()
                    if order.marketplace_id in marketplace_ids
                    and since <= order.created_at <= until
                ),
                key=lambda order: (order.created_at, order.order_id),
            )
            start = int(token or 0)
            if self.repeats and token:
                self.repeats -= 1
                start -= self.page_size
            end = start + self.page_size
            next_token = str(end) if end < len(found) else ""
            return OrderPage(tuple(found[start:end]), until, next_token)

    def order(self, order_id: str) -> AmazonOrder:
        with self._wire.request("get order"):
            self.asked += 1
            self.catch_up()
            if order_id not in self.orders:
                raise NotFound("There is no such order.", vendor="Amazon", operation="getOrder")
            return self.orders[order_id]

    def confirm(self, confirmation: ShipmentConfirmation) -> str:
        with self._wire.request("confirm shipment"):
            self.confirmations.append(confirmation)
            if self.failures:
                raise self.failures.pop(0)
            if self.drops:
                self.drops -= 1
            else:
                self._keep(confirmation)
        return f"request-{len(self.confirmations)}"

    def _keep(self, confirmation: ShipmentConfirmation) -> None:
        order = self.orders[confirmation.order_id]
        if order.status is OrderStatus.CANCELLED:
            raise refused("The order cannot be shipped: it is CANCELLED.")
        package = Package(
            confirmation.reference_id,
            confirmation.carrier.name,
            confirmation.tracking_number,
            confirmation.quantities,
        )
        others = [one for one in order.packages if one.reference_id != package.reference_id]
        if len(others) == len(order.packages) and order.status is OrderStatus.SHIPPED:
            raise refused("The order is already fulfilled. (PackageToUpdateNotFound)")
        packages = (*others, package)
        ordered = {line.order_item_id: line.quantity for line in order.lines}
        shipped = Counter[str]()
        for one in packages:
            shipped.update(dict(one.quantities))
        if any(units > ordered[item] for item, units in shipped.items()):
            raise refused("orderItems: a quantity exceeds what is left to ship.")
        status = OrderStatus.SHIPPED if shipped == ordered else OrderStatus.PARTIALLY_SHIPPED
        self.orders[order.order_id] = replace(order, packages=packages, status=status)
        self.kept.append(confirmation)


def refused(words: str) -> Refused:
    return Refused(words, vendor="Amazon", operation="confirmShipment", status=400)
