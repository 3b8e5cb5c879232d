"""Absolute and relative adjustments: checked at once, effective a moment later."""

from __future__ import annotations

import random
import uuid
from collections import deque
from typing import Any, NamedTuple

from sandbox.bigcommerce.behaviour import StoreBehaviour
from sandbox.bigcommerce.catalog.catalog import Catalog
from sandbox.bigcommerce.catalog.products import Product
from sandbox.bigcommerce.inventory.stock import Stock, StockKey
from sandbox.bigcommerce.refusals import PROBLEM, V3Refusal
from sandbox.clock import SandboxClock

Json = dict[str, Any]

MAXIMUM_ITEMS = 2000


class PendingChange(NamedTuple):
    """A quantity, absolute or to be added, that takes effect when it is due."""

    due: float
    key: StockKey
    quantity: int
    is_relative: bool


class Adjustments:
    """The queue between an accepted adjustment and its effect."""

    def __init__(
        self,
        clock: SandboxClock,
        behaviour: StoreBehaviour,
        catalog: Catalog,
        stock: Stock,
        chance: random.Random,
    ) -> None:
        self._clock = clock
        self._catalog = catalog
        self._stock = stock
        self._chance = chance
        self._behaviour = behaviour
        self._pending: deque[PendingChange] = deque()

    def absolute(self, items: list[Json]) -> str:
        """Set quantities; never refused for the quantity. The transaction's id.

        Raises:
            V3Refusal: 422 for unknown items or those that are tracked otherwise.
        """
        return self._accept(self._read(items), is_relative=False)

    def relative(self, items: list[Json]) -> str:
        """Add to quantities, all or nothing. The transaction's id.

        Raises:
            V3Refusal: 422 also for items without a quantity yet, and below the safety stock.
        """
        changes = self._read(items)
        for item, (key, quantity) in zip(items, changes, strict=True):
            if not self._stock.is_initialised(key):
                raise refused(
                    f"Items with identity: [{_identity(item)}] "
                    "requires absolute adjustment before relative"
                )
            if self._foreseen(key) + quantity < self._stock.safety_stock(key):
                raise refused(f"Items with identity: [{_identity(item)}] have insufficient stock")
        return self._accept(changes, is_relative=True)

    def settle(self) -> None:
        """Let what is due take effect."""
        now = self._clock.seconds()
        while self._pending and self._pending[0].due <= now:
            change = self._pending.popleft()
            if self._catalog.index.get(change.key.product_id) is None:
                continue
            before = self._stock.on_hand(change.key) if change.is_relative else 0
            self._stock.set_on_hand(change.key, before + change.quantity)

    def _foreseen(self, key: StockKey) -> int:
        quantity = self._stock.on_hand(key)
        for change in self._pending:
            if change.key == key:
                quantity = change.quantity + (quantity if change.is_relative else 0)
        return quantity

    def _accept(self, changes: list[tuple[StockKey, int]], *, is_relative: bool) -> str:
        due = self._clock.seconds() + self._behaviour.inventory_lag_seconds
        self._pending.extend(
            PendingChange(due, key, quantity, is_relative) for key, quantity in changes
        )
        return self.transaction_id()

    def transaction_id(self) -> str:
        """A new id for an accepted change."""
        return str(uuid.UUID(int=self._chance.getrandbits(128), version=4))

    def _read(self, items: list[Json]) -> list[tuple[StockKey, int]]:
        if len(items) > MAXIMUM_ITEMS:
            raise refused(f"The number of items must not exceed {MAXIMUM_ITEMS}")
        return [(self._key(item), self._quantity(item)) for item in items]

    def _quantity(self, item: Json) -> int:
        quantity = item.get("quantity")
        if not isinstance(quantity, int) or isinstance(quantity, bool):
            raise refused("Payload contains invalid fields", {"items.quantity": "must be integer"})
        return quantity

    def _key(self, item: Json) -> StockKey:
        if item.get("location_id") not in self._stock.locations:
            raise refused(f"Location with id {item.get('location_id')} not found")
        return stock_key(self._catalog, self._stock, item, item["location_id"])


def stock_key(catalog: Catalog, stock: Stock, identity: Json, location_id: int) -> StockKey:
    """The key of the item that sku, variant_id or product_id names.

    Raises:
        V3Refusal: 422, the item is unknown or counted by the other of product and variant.
    """
    product, variant = _item(catalog, identity)
    if variant is None:
        if product.tracking == "variant" and not product.is_simple:
            raise refused(
                f"[Item with product_id {product.id} is tracked by variant, "
                "please update stock by variant id]"
            )
        return stock.key(product, product.variants[0], location_id)
    if product.tracking == "product" and not product.is_simple:
        raise refused(
            f"[Item with variant_id {variant['id']} is tracked by product, "
            "please update stock by product id]"
        )
    return stock.key(product, variant, location_id)


def _item(catalog: Catalog, identity: Json) -> tuple[Product, Json | None]:
    if identity.get("product_id") is not None:
        product = catalog.index.get(identity["product_id"])
        if product is not None:
            return product, None
    variant_id = identity.get("variant_id")
    if identity.get("sku") is not None:
        variant_id = catalog.index.id_by_variant_sku(str(identity["sku"]))
    variant = None if variant_id is None else catalog.index.variant(variant_id)
    if variant is None:
        raise refused(f"Items with identity: [{_identity(identity)}] not found")
    return catalog.index.product_of(variant), variant


def _identity(item: Json) -> str:
    named = [name for name in ("sku", "variant_id", "product_id") if item.get(name) is not None]
    return ", ".join(f"{name} {item[name]}" for name in named)


def refused(title: str, errors: Json | None = None) -> V3Refusal:
    """The Inventory API's 422."""
    return V3Refusal(422, title, errors or {}, media_type=PROBLEM)
