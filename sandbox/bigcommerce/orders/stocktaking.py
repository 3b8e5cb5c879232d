"""What orders do to the stock: checked before an order, taken with it, given back after it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from sandbox.bigcommerce.behaviour import StoreBehaviour
from sandbox.bigcommerce.catalog.catalog import Catalog
from sandbox.bigcommerce.inventory.locations import DEFAULT_LOCATION_ID
from sandbox.bigcommerce.inventory.stock import Stock, StockKey
from sandbox.bigcommerce.orders.order import Order, OrderLine
from sandbox.bigcommerce.orders.problems import ProblemReporter
from sandbox.bigcommerce.orders.statuses import (
    CANCELLED,
    COMPLETED,
    DECLINED,
    INCOMPLETE,
    REFUNDED,
    SHIPPED,
)
from sandbox.bigcommerce.settings import StoreSettings

Json = dict[str, Any]

NEVER_TAKE = {INCOMPLETE, CANCELLED, DECLINED}
GIVE_BACK = {CANCELLED, REFUNDED}
DONE = {SHIPPED, COMPLETED}


class Stocktaking:
    """Moves stock between the shelves and the orders, at the default location."""

    def __init__(
        self,
        catalog: Catalog,
        stock: Stock,
        settings: StoreSettings,
        behaviour: StoreBehaviour,
        reporter: ProblemReporter,
    ) -> None:
        self._catalog = catalog
        self._stock = stock
        self._settings = settings
        self._behaviour = behaviour
        self._reporter = reporter

    def check(self, lines: list[OrderLine], channel_id: int, own: Order | None = None) -> None:
        """Refuse quantities that the store does not have or does not sell.

        What an order of its own already took may be used by it again.

        Raises:
            V2Refusal: 409 with every line that fails.
        """
        problems = self._limit_problems(lines)
        is_short = self._shortages(lines, own)
        if is_short:
            legacy = self._reporter.next_shape_is_legacy(self._behaviour.conflict_shape)
            problems = [self._shortage(*each, channel_id, legacy) for each in is_short] + problems
        if problems:
            raise self._reporter.quantities(problems)

    def _limit_problems(self, lines: list[OrderLine]) -> list[Json]:
        ordered: defaultdict[int, int] = defaultdict(int)
        for line in lines:
            ordered[line.product_id] += 0 if line.is_custom else line.quantity
        problems = []
        for product_id, quantity in ordered.items():
            product = self._catalog.index.get(product_id)
            if product is None:
                continue
            maximum = product.get("order_quantity_maximum")
            if maximum and quantity > maximum:
                problems.append(self._reporter.exceeds_maximum(product))
            if quantity < product.get("order_quantity_minimum"):
                problems.append(self._reporter.below_minimum(product))
        return problems

    def _shortages(self, lines: list[OrderLine], own: Order | None) -> list[tuple[OrderLine, int]]:
        wanted: defaultdict[StockKey, int] = defaultdict(int)
        short = []
        for line in lines:
            key = self._key(line)
            if key is None:
                continue
            wanted[key] += line.quantity
            available = self._stock.available(key) + self._taken(own, key)
            if wanted[key] > available:
                short.append((line, available))
        return short

    def _shortage(self, line: OrderLine, available: int, channel_id: int, legacy: bool) -> Json:
        variant = self._catalog.variant(line.variant_id)
        if legacy:
            product = self._catalog.product(line.product_id)
            return self._reporter.out_of_stock_legacy(product, variant, available)
        return self._reporter.out_of_stock(
            variant, available, channel_id=channel_id, location_id=DEFAULT_LOCATION_ID
        )

    def _taken(self, own: Order | None, key: StockKey) -> int:
        if own is None:
            return 0
        lines = (line for line in own.lines if self._key(line) == key)
        return sum(own.takes_stock_of.get(line.id, 0) for line in lines)

    def follow(self, order: Order) -> None:
        """Take or give back what the order's status and lines ask for."""
        if order.status_id in GIVE_BACK:
            if self._settings.refund_order_stock_adjustment:
                self._move(order, {})
        elif self._is_due(order):
            self._move(order, {line.id: line.quantity for line in order.lines})

    def _is_due(self, order: Order) -> bool:
        if order.status_id in NEVER_TAKE:
            return False
        return self._settings.takes_stock_when_placed or order.status_id in DONE

    def _move(self, order: Order, held: dict[int, int]) -> None:
        for line_id in order.takes_stock_of.keys() | held.keys():
            difference = held.get(line_id, 0) - order.takes_stock_of.get(line_id, 0)
            key = order.stock_keys.get(line_id) or self._key_of(order.lines, line_id)
            if key is None or self._catalog.index.get(key.product_id) is None:
                continue
            if difference:
                order.stock_keys[line_id] = key
                self._stock.set_on_hand(key, max(0, self._stock.on_hand(key) - difference))
        order.takes_stock_of = {line: n for line, n in held.items() if line in order.stock_keys}

    def _key_of(self, lines: Iterable[OrderLine], line_id: int) -> StockKey | None:
        line = next((each for each in lines if each.id == line_id), None)
        return None if line is None else self._key(line)

    def _key(self, line: OrderLine) -> StockKey | None:
        """Where the line's stock is counted; None for custom lines and untracked products."""
        product = None if line.is_custom else self._catalog.index.get(line.product_id)
        if product is None or product.tracking == "none":
            return None
        variant = product.variant(line.variant_id)
        if variant is None:
            return None
        return self._stock.key(product, variant, DEFAULT_LOCATION_ID)
