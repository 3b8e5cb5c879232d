"""One BigCommerce store in memory."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime

from affluent.domain.account import AccountState
from affluent.domain.category import Category
from affluent.domain.errors import NotFound
from affluent.domain.forecast import ForetoldCalls
from affluent.domain.held_variant import HeldVariant
from affluent.domain.price_list import PriceRecord
from affluent.domain.product import Modifier, ResolvedSku, Variant
from affluent.ports.bigcommerce import CatalogPage, NamedParts, StoreCheck
from tests.fakes.clock import FakeClock
from tests.fakes.store_orders import FakeStoreOrders
from tests.fakes.store_stock import FakeStoreStock
from tests.fakes.wire import Wire


class FakeStoreCatalog:
    """The store's variants, in pages of `page_size`, then what is `held`; `asked_since` keeps what
    was asked for."""

    def __init__(self) -> None:
        self.products: list[Variant] = []
        self.tree: list[Category] = []
        self.questions: dict[int, tuple[Modifier, ...]] = {}
        self.asked_since: list[datetime | None] = []
        self.page_size = 2
        self.held: list[HeldVariant] = []

    def variants(self, modified_since: datetime | None = None) -> Iterator[CatalogPage]:
        self.asked_since.append(modified_since)
        found = [
            one
            for one in self.products
            if modified_since is None or one.modified_at >= modified_since
        ]
        for start in range(0, len(found), self.page_size):
            yield CatalogPage(found[start : start + self.page_size])
        if self.held:
            yield CatalogPage([], self.held)

    def categories(self) -> Iterator[Category]:
        yield from self.tree

    def resolve(self, skus: Sequence[str]) -> dict[str, ResolvedSku]:
        return {
            one.sku: ResolvedSku(one.sku, one.product_id, one.variant_id)
            for one in self.products
            if one.sku in skus
        }

    def modifiers(self, product_id: int) -> tuple[Modifier, ...]:
        return self.questions.get(product_id, ())


class FakeStorePriceLists:
    """The store's price lists by id, each with the records in all currencies.

    `asked` keeps what was asked for; `modified` holds the variants that a reading of changes
    finds.
    """

    def __init__(self) -> None:
        self.lists: dict[int, list[PriceRecord]] = {}
        self.modified: set[int] = set()
        self.asked: list[tuple[int, str, datetime | None]] = []

    def records(
        self, price_list_id: int, currency: str, modified_since: datetime | None = None
    ) -> Iterator[list[PriceRecord]]:
        self.asked.append((price_list_id, currency, modified_since))
        if price_list_id not in self.lists:
            raise NotFound("No list.", vendor="BigCommerce", operation="getPriceListRecords")
        for record in self.lists[price_list_id]:
            is_asked = modified_since is None or record.variant_id in self.modified
            if record.currency == currency and is_asked:
                yield [record]


class FakeStore:
    """Satisfies StorePorts."""

    def __init__(self, clock: FakeClock, wire: Wire) -> None:
        self.catalog = FakeStoreCatalog()
        self.price_lists = FakeStorePriceLists()
        self.orders = FakeStoreOrders(clock, wire, self.catalog.questions)
        self.stock = FakeStoreStock(clock, wire, self.orders, self.catalog)

    def forecast(self, calls: int) -> ForetoldCalls:
        return ForetoldCalls("calls of the store", calls, calls / 5)

    def check(self, parts: NamedParts) -> StoreCheck:
        return StoreCheck(AccountState.ACTIVE)
