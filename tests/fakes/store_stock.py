"""The store's stock, item by item: adjusted at once, shown a moment later."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Protocol

from affluent.domain.product import ResolvedSku
from affluent.ports.bigcommerce import Shelf
from tests.fakes.clock import FakeClock
from tests.fakes.store_orders import FakeStoreOrders
from tests.fakes.wire import Wire


class Resolver(Protocol):
    """Knows where SKUs stand."""

    def resolve(self, skus: Sequence[str]) -> dict[str, ResolvedSku]: ...


class FakeStoreStock:
    """Inventory V3, over the stock of the store's orders.

    `lag_seconds` pass before an adjustment shows. `failures_before` are raised before one is
    taken, `failures_after` once it was.
    """

    def __init__(
        self, clock: FakeClock, wire: Wire, orders: FakeStoreOrders, catalog: Resolver
    ) -> None:
        self.lag_seconds = 0.0
        self.raised: list[int] = []
        self.failures_before: list[Exception] = []
        self.failures_after: list[Exception] = []
        self._clock = clock
        self._wire = wire
        self._orders = orders
        self._catalog = catalog
        orders.settle_stock = self.settle
        self._pending: list[tuple[datetime, int, int]] = []

    def available(self, skus: Sequence[str]) -> dict[str, int]:
        with self._wire.request("read stock"):
            ids = {one.sku: one.variant_id for one in self._catalog.resolve(skus).values()}
            return {
                sku: self._orders.stock[number]
                for sku, number in ids.items()
                if number in self._orders.stock
            }

    def shelf(self, product_id: int, variant_id: int) -> Shelf | None:
        with self._wire.request("read stock"):
            self.settle()
            if variant_id not in self._orders.stock:
                return None
            return Shelf(product_id, variant_id, 1, self._orders.stock[variant_id])

    def raise_by(self, shelf: Shelf, units: int, reason: str) -> str:
        with self._wire.request("raise stock"):
            if self.failures_before:
                raise self.failures_before.pop(0)
            due = self._clock.now() + timedelta(seconds=self.lag_seconds)
            self._pending.append((due, shelf.variant_id or 0, units))
            self.raised.append(units)
            self.settle()
            if self.failures_after:
                raise self.failures_after.pop(0)
        return f"transaction-{len(self.raised)}"

    def settle(self) -> None:
        """Let what is due show."""
        now = self._clock.now()
        for _due, variant_id, units in [one for one in self._pending if one[0] <= now]:
            self._orders.stock[variant_id] += units
        self._pending = [one for one in self._pending if one[0] > now]
