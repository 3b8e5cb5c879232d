"""What buyers order in a campaign, as fast as the workers come by with it."""

from __future__ import annotations

import random
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, Final

from connectors.sandbox_admin import SandboxAdmin

Json = dict[str, Any]

#: What Amazon lists already, and so what the offers are of.
LISTED: Final = ("OLD-MOKA-3", "OLD-MOKA-6", "OLD-TUMBLER", "OLD-BOTTLE", "OLD-LUNCHBOX")
SOLD: Final = (*LISTED, "KIT-MUG-BLUE", "KIT-SCALE", "FOOD-JAM", "FOOD-SALT")
SCARCE: Final = "FOOD-SAFFRON-LAST"
STRANGER: Final = "NOT-IN-THE-STORE"

#: So many orders may be placed and not be in the store: what one search or two bring.
_BACKLOG: Final = 250
_LOOKS_EVERY: Final = 20
_PAUSE_SECONDS: Final = 0.2
#: Longer than two searches overlap: only a notification or the sweep shows such an order.
_NEVER_SEARCHED_SECONDS: Final = 700.0

#: Shares of the orders, and what is peculiar to them.
_PECULIAR: Final[tuple[tuple[str, float, Json], ...]] = (
    ("notification lost", 0.04, {"notices": 0}),
    ("notification twice", 0.04, {"notices": 2}),
    ("search late", 0.03, {"indexSeconds": _NEVER_SEARCHED_SECONDS}),
    ("neither told nor searched", 0.01, {"indexSeconds": _NEVER_SEARCHED_SECONDS, "notices": 0}),
    ("paid later", 0.02, {"status": "PENDING"}),
    ("never paid", 0.005, {"status": "PENDING"}),
    ("shipped by Amazon", 0.01, {"fulfilledBy": "AMAZON"}),
)
#: Of these nothing may come into the store.
_NOT_TO_IMPORT: Final = ("never paid", "shipped by Amazon")


@dataclass
class Placed:
    """What was ordered: units by SKU of each order, and how many orders were of each kind."""

    to_import: dict[str, Counter[str]] = field(default_factory=dict)
    not_to_import: set[str] = field(default_factory=set)
    kinds: Counter[str] = field(default_factory=Counter)
    last_at: float = 0.0


class Buyers:
    """They order at random, by seed."""

    def __init__(self, admin: SandboxAdmin, seed: int, orders: int) -> None:
        self._admin = admin
        self._chance = random.Random(seed)
        self._orders = orders
        self._unpaid: list[str] = []
        self.placed = Placed()

    def order_all(self) -> Iterator[int]:
        """Place every order; yields how many there are whenever the workers may need time."""
        for number in range(1, self._orders + 1):
            self._order(f"{700 + number % 7}-{number:07}-{self._chance.randrange(10**7):07}")
            if number % _LOOKS_EVERY == 0:
                self._pay()
                yield number
                while len(self.placed.to_import) - self.in_store() > _BACKLOG:
                    time.sleep(_PAUSE_SECONDS)
                    yield number
        self._pay()
        self.placed.last_at = time.time()

    def in_store(self) -> int:
        """How many orders the store has."""
        count: int = self._admin.summary()["bigcommerce"]["orders"]
        return count

    def _order(self, order_id: str) -> None:
        kind, fields = self._draw_kind()
        items = [self._item() for _ in range(self._chance.choice((1, 1, 1, 2)))]
        self._admin.place_order({"orderId": order_id, "items": items, **fields})
        self.placed.kinds[kind] += 1
        if kind == "paid later":
            self._unpaid.append(order_id)
        if kind in _NOT_TO_IMPORT:
            self.placed.not_to_import.add(order_id)
            return
        units = self.placed.to_import[order_id] = Counter()
        for item in items:
            units[item["sku"]] += item["quantity"]

    def _item(self) -> Json:
        drawn = self._chance.random()
        sku = SCARCE if drawn < 0.002 else STRANGER if drawn < 0.02 else self._chance.choice(SOLD)
        return {"sku": sku, "quantity": self._chance.choice((1, 1, 2)), "price": "20.00"}

    def _draw_kind(self) -> tuple[str, Json]:
        drawn = self._chance.random()
        for kind, share, fields in _PECULIAR:
            drawn -= share
            if drawn < 0:
                return kind, fields
        return "plain", {}

    def _pay(self) -> None:
        for order_id in self._unpaid:
            self._admin.change_order(order_id, status="UNSHIPPED")
        self._unpaid.clear()
