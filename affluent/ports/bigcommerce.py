"""What we need of BigCommerce. Every port is bound to one store."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol

from affluent.domain.account import AccountState
from affluent.domain.cancellation import StoreRefund
from affluent.domain.category import Category
from affluent.domain.forecast import ForetoldCalls
from affluent.domain.held_variant import HeldVariant
from affluent.domain.order import OrderDraft, StoreOrder, StoreOrderLine
from affluent.domain.price_list import PriceRecord
from affluent.domain.product import Modifier, ResolvedSku, Variant
from affluent.domain.shipment import StoreShipment
from affluent.ports.hooks import StoreHooksPort


@dataclass(frozen=True, slots=True)
class StoreCheck:
    """What a store's credentials are good for.

    `missing_scopes` names the OAuth scopes that an operation of ours needs and does not have,
    `missing_parts` what the settings name and the store does not have (`channel 7`).
    """

    state: AccountState
    name: str = ""
    currency: str = ""
    missing_scopes: tuple[str, ...] = ()
    missing_parts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class NamedParts:
    """The parts of the store that the settings name by their numbers."""

    channel_id: int = 1
    location_ids: tuple[int, ...] = ()
    price_list_ids: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class OptionProblem:
    """Why BigCommerce refused a line for its options: a 400 that names the modifiers' ids."""

    kind: str
    product_id: int
    option_ids: tuple[int, ...]
    display_names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Shelf:
    """Where an order takes a product's units from, and how many it may take.

    `variant_id` is None where the product is counted as a whole, whatever variant is sold.
    """

    product_id: int
    variant_id: int | None
    location_id: int
    available: int

    @property
    def place(self) -> tuple[int, int | None]:
        """What tells one shelf from another."""
        return self.product_id, self.variant_id


@dataclass(frozen=True, slots=True)
class CatalogPage:
    """A page of the catalog: its sellable variants, and what of it could not be read."""

    variants: list[Variant]
    held: list[HeldVariant] = field(default_factory=list)


class StoreCatalogPort(Protocol):
    """Catalog v3, Inventory v3, settings."""

    def variants(self, modified_since: datetime | None = None) -> Iterator[CatalogPage]:
        """Every sellable variant (or those of products modified since), a page at a time."""
        ...

    def categories(self) -> Iterator[Category]:
        """Every category of every tree, in no promised order."""
        ...

    def resolve(self, skus: Sequence[str]) -> dict[str, ResolvedSku]:
        """Where SKUs stand, asked in bulk; unknown ones are left out."""
        ...

    def modifiers(self, product_id: int) -> tuple[Modifier, ...]:
        """The modifiers that an order line of this product must or may answer."""
        ...


class StorePriceListsPort(Protocol):
    """Price lists v3."""

    def records(
        self, price_list_id: int, currency: str, modified_since: datetime | None = None
    ) -> Iterator[list[PriceRecord]]:
        """The list's records in one currency, or those modified since, a page at a time. Raises
        NotFound where there is no such list."""
        ...


class StoreOrdersPort(Protocol):
    """Orders V2, and the refunds of V3."""

    def find(self, external_order_id: str) -> list[StoreOrder]:
        """The store's orders that carry this Amazon order id."""
        ...

    def create(self, draft: OrderDraft) -> StoreOrder:
        """Create an order. Raises Refused, with a tuple of Shortage in `details` on a 409 and of
        OptionProblem on a 400 for options; OutcomeUnknown where the answer is lost or 5xx: the
        order may exist."""
        ...

    def modified_since(self, since: datetime) -> Iterator[StoreOrder]:
        """Orders modified since then, oldest first."""
        ...

    def lines(self, order_id: int) -> tuple[StoreOrderLine, ...]:
        """The order's lines."""
        ...

    def order(self, order_id: int) -> StoreOrder:
        """One order as it is now. Raises NotFound."""
        ...

    def change(self, order_id: int, note: str, status_id: int | None = None) -> StoreOrder:
        """Add a sentence to the staff notes, once, and set the status if one is given; twice does
        no more than once. Raises NotFound."""
        ...

    def refunds_since(self, since: datetime) -> Iterator[StoreRefund]:
        """The refunds of all orders that were made since then."""
        ...

    def shipments(self, order_id: int) -> tuple[StoreShipment, ...]:
        """The order's shipments."""
        ...


class StoreStockPort(Protocol):
    """Inventory V3, as orders see it."""

    def available(self, skus: Sequence[str]) -> dict[str, int]:
        """How many units orders may take of each SKU that has an inventory item, in bulk."""
        ...

    def shelf(self, product_id: int, variant_id: int) -> Shelf | None:
        """What an order may take of a variant; None where the store has no inventory item."""
        ...

    def raise_by(self, shelf: Shelf, units: int, reason: str) -> str:
        """Add units with one request that is never repeated; answers the transaction's id. They
        show a moment later. Raises OutcomeUnknown where they may have been added."""
        ...


class StorePorts(Protocol):
    """Everything of one BigCommerce store."""

    @property
    def catalog(self) -> StoreCatalogPort:
        """The store's catalog."""
        ...

    @property
    def price_lists(self) -> StorePriceListsPort:
        """The store's price lists."""
        ...

    @property
    def orders(self) -> StoreOrdersPort:
        """The store's orders."""
        ...

    @property
    def stock(self) -> StoreStockPort:
        """The store's stock."""
        ...

    @property
    def hooks(self) -> StoreHooksPort:
        """The store's webhooks."""
        ...

    def forecast(self, calls: int) -> ForetoldCalls:
        """So many calls, and the seconds that the store's quota takes for them."""
        ...

    def check(self, parts: NamedParts) -> StoreCheck:
        """Whether the store accepts the credentials, for what, and whether it has these parts."""
        ...
