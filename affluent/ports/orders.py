"""What we keep of Amazon's orders, and of who has shown them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Protocol

from affluent.domain.effect import Effect
from affluent.domain.order import OrderState, RecordedOrder
from affluent.domain.order_source import Sighting
from affluent.domain.order_window import OrderWindow
from affluent.domain.shipment import SeenCarrier


class Orders(Protocol):
    """The Amazon orders that we have recorded."""

    def save(self, orders: Sequence[RecordedOrder], at: datetime) -> None:
        """Insert or update in bulk; never forgets a store_order_id, nor what Amazon showed later
        than these orders: where another worker recorded that meanwhile, they are not kept."""
        ...

    def enter_store(self, order: RecordedOrder) -> bool:
        """Note the store_order_id; True where none was known yet, to one worker and once."""
        ...

    def get(self, account: str, order_id: str) -> RecordedOrder | None:
        """One order."""
        ...

    def in_states(self, account: str, states: Iterable[OrderState]) -> list[RecordedOrder]:
        """The account's orders in any of these states, oldest first."""
        ...

    def reserved(
        self,
        sku_mappings: Mapping[str, Mapping[str, str]],
        unpaid_since: datetime | None = None,
    ) -> dict[str, int]:
        """Units, by the store's SKU of now, of the orders of every account that the store does not
        know of yet; of the unpaid ones, those bought since then, where that is given.
        `sku_mappings` map Amazon's SKU to the store's, by account, where no listing does."""
        ...

    def named(self, account: str, order_ids: Sequence[str]) -> dict[str, RecordedOrder]:
        """The account's orders of these ids that are known, asked for in bulk."""
        ...

    def updated_since(self, account: str, since: datetime) -> list[RecordedOrder]:
        """The account's orders that Amazon updated since then, oldest update first."""
        ...

    def count_bought_since(self, account: str, since: datetime) -> int:
        """How many of the account's orders that we know were bought since then."""
        ...

    def by_id(self, order_id: str) -> list[RecordedOrder]:
        """The orders with this Amazon order id, whatever the account."""
        ...


class Cancellations(Protocol):
    """Which orders show a cancellation that is not followed yet."""

    def to_follow(self, account: str) -> list[RecordedOrder]:
        """Orders in the store of which Amazon shows a cancellation: of the whole, until their
        ledger has an end of it; of some lines or a wish for it, as long as they are not shipped."""
        ...

    def begun(self, account: str) -> list[tuple[RecordedOrder, Effect]]:
        """Orders that Amazon cancelled though their creation in the store had begun, and that are
        not known to be there: each with that creation."""
        ...


class CarrierNames(Protocol):
    """The names of carriers that shipments of the store have had."""

    def note(self, names: Sequence[str], at: datetime) -> None:
        """Keep names, in bulk; what was seen before keeps its time."""
        ...

    def all(self) -> list[SeenCarrier]:
        """Every name, by the alphabet."""
        ...


class OrderSources(Protocol):
    """Which source has shown which order in which status, and when first."""

    def note(self, sightings: Sequence[Sighting]) -> None:
        """Keep first sightings, in bulk; what was seen before keeps its time."""
        ...

    def of_orders(self, account: str, order_ids: Sequence[str]) -> list[Sighting]:
        """The sightings of these orders, oldest first."""
        ...


class OrderWindows(Protocol):
    """How far each window of a backfill has come."""

    def within(self, whole: OrderWindow) -> list[OrderWindow]:
        """The windows of the same account and marketplaces inside of this one, oldest first."""
        ...

    def save(self, windows: Sequence[OrderWindow]) -> None:
        """Insert or replace, in bulk."""
        ...

    def remove(self, window: OrderWindow) -> None:
        """Forget a window that others took the place of."""
        ...
