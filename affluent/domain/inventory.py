"""What a seller has on Amazon, as the report of all listings tells it, and how it is linked."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Final

from affluent.domain.fulfilment import FulfilmentChannel, fulfilment_of
from affluent.domain.money import Money

#: So many complete reports in a row must lack a SKU before it is believed to have ended.
REPORTS_THAT_END: Final = 2
_ACTIVE: Final = "active"


class LinkState(StrEnum):
    """How an item on Amazon stands to the store.

    HELD: more than one product answers to it. ENDED: two complete reports in a row lack it.
    """

    LINKED = "linked"
    UNLINKED = "unlinked"
    HELD = "held"
    ENDED = "ended"


@dataclass(frozen=True, slots=True)
class ReportRow:
    """One row of the all-listings report. `quantity` is None for stock that Amazon keeps.

    `channel` is Amazon's own code; of a SKU that both channels ship it is that of Amazon's stock.
    """

    sku: str
    asin: str
    title: str
    price: str
    quantity: int | None
    channel: str
    status: str
    barcode: str = ""
    shipped_by_both: bool = False

    @property
    def fulfilment(self) -> FulfilmentChannel:
        """Who ships what is sold."""
        return fulfilment_of(self.channel, self.shipped_by_both)


@dataclass(frozen=True, slots=True)
class InventoryItem:
    """A seller's SKU on one marketplace as last downloaded, and how it is linked.

    `missed` counts the latest complete reports in a row that lacked it; `seen_at` is when a report
    last had it. `reason` says why it is not linked; `store_sku` names the product that it is
    linked to.
    """

    account: str
    marketplace_id: str
    sku: str
    asin: str
    title: str
    price: Money | None
    quantity: int | None
    channel: FulfilmentChannel
    channel_code: str
    status: str
    barcode: str
    seen_at: datetime = field(compare=False)
    state: LinkState
    reason: str = ""
    store_sku: str = ""
    missed: int = 0

    @property
    def is_active(self) -> bool:
        """Whether Amazon offered it to buyers when a report last had it."""
        return self.status.casefold() == _ACTIVE


@dataclass(frozen=True, slots=True)
class StoreSku:
    """What linking needs of a variant. Several may bear the same SKU."""

    variant_id: int
    product_id: int
    sku: str
    brand: str
    barcode: str
    price: Money
    quantity: int | None
    category_ids: tuple[int, ...]
    custom_fields: Mapping[str, str]
    is_visible: bool


def migrated_list_name(account: str, country: str) -> str:
    """The list that takes what is linked but stands in no list of this account and marketplace."""
    return f"Migrated for {account} {country}"
