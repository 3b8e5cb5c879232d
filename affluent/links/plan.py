"""Which of Amazon's listings belong to which product: SKU, account and marketplace must match.

Pure: some rows of a report against what is known of just these. A row is judged by itself, so the
same rows lead to the same links however they are cut into pages.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from decimal import Decimal, InvalidOperation
from typing import Final

from affluent.domain.inventory import (
    InventoryItem,
    LinkState,
    ReportRow,
    StoreSku,
    migrated_list_name,
)
from affluent.domain.listing import Listing, ListingStatus, SellingList
from affluent.domain.marketplace import Marketplace
from affluent.domain.money import Money
from affluent.domain.selection import first_list
from affluent.ports.inventory import KnownLink

#: Why a listing ended that two reports in a row lack. One that ended so comes back by itself.
VANISHED: Final = "Amazon's inventory lacked it in two complete reports in a row."
_NOT_IN_STORE: Final = "no product of the store has this SKU, and no SKU mapping names it"
_ENDED_HERE: Final = "its listing was ended here; `affluent relist` offers it again"


@dataclass(frozen=True)
class LinkRules:
    """What the merchant says: his lists of this account and marketplace, in their order, and
    Amazon's SKU to the store's, where they differ."""

    account: str
    marketplace: Marketplace
    lists: Sequence[SellingList]
    sku_mapping: Mapping[str, str]

    def store_sku(self, sku: str) -> str:
        """The store's SKU of one of Amazon's."""
        return self.sku_mapping.get(sku, sku)


@dataclass(frozen=True)
class LinksKnown:
    """What is known of the rows of one page.

    `links` are the listings that are sent or linked, `listings` whatever else is known of them and
    of those whose channel is another now. `products` is keyed by the store's SKU, `earlier` by the
    id of the variant that an ended listing was linked to.
    """

    items: Mapping[str, InventoryItem]
    links: Mapping[str, KnownLink]
    listings: Mapping[str, Listing]
    products: Mapping[str, Sequence[StoreSku]]
    earlier: Mapping[int, StoreSku]


@dataclass(frozen=True, slots=True)
class LinkPlan:
    """What some rows of a report lead to. `items` are those that differ from what was known;
    `returned` are the SKUs among `linked` that had ended, `moved` the links whose stock is kept by
    somebody else now."""

    items: tuple[InventoryItem, ...]
    linked: tuple[Listing, ...]
    returned: tuple[str, ...]
    moved: tuple[Listing, ...]
    already: int
    unlinked: tuple[InventoryItem, ...]
    held: tuple[InventoryItem, ...]


def plan_links(
    rows: Iterable[ReportRow], rules: LinkRules, known: LinksKnown, at: datetime
) -> LinkPlan:
    """Link every row whose SKU, or mapped SKU, is one product's; name the reason for the others."""
    items: list[InventoryItem] = []
    linked: list[Listing] = []
    moved: list[Listing] = []
    for row in rows:
        link = known.links.get(row.sku)
        if link is None:
            item, listing = link_row(row, rules, known, at)
            linked += [listing] if listing else []
        else:
            item = _item(row, rules, at, LinkState.LINKED, store_sku=link.store_sku)
            moved += _moved(row, link, known)
        items.append(item)
    by_state = {state: tuple(one for one in items if one.state is state) for state in LinkState}
    return LinkPlan(
        items=tuple(item for item in items if item != known.items.get(item.sku)),
        linked=tuple(linked),
        returned=tuple(one.sku for one in linked if _vanished(known.listings.get(one.sku))),
        moved=tuple(moved),
        already=len(by_state[LinkState.LINKED]) - len(linked),
        unlinked=by_state[LinkState.UNLINKED],
        held=by_state[LinkState.HELD],
    )


def link_row(
    row: ReportRow, rules: LinkRules, known: LinksKnown, at: datetime
) -> tuple[InventoryItem, Listing | None]:
    """The rule: what becomes of one row that is not linked yet."""
    listing = known.listings.get(row.sku)
    if listing is not None and listing.status is ListingStatus.ENDED and not _vanished(listing):
        return _item(row, rules, at, LinkState.UNLINKED, _ENDED_HERE), None
    products = known.products.get(rules.store_sku(row.sku), ())
    if not products and listing is not None and _vanished(listing):
        earlier = known.earlier.get(listing.variant_id or 0)
        products = (earlier,) if earlier else ()
    match products:
        case []:
            return _item(row, rules, at, LinkState.UNLINKED, _why_unlinked(row, rules)), None
        case [product]:
            item = _item(row, rules, at, LinkState.LINKED, store_sku=product.sku)
            return item, linked_listing(item, product, rules, listing)
        case _:
            return _item(row, rules, at, LinkState.HELD, why_ambiguous(products)), None


def linked_listing(
    item: InventoryItem, product: StoreSku, rules: LinkRules, known: Listing | None
) -> Listing:
    """The listing of an item that is linked to a product now; of a known one that had ended, what
    we brought about stays ours."""
    chosen = first_list(rules.lists, product)
    fresh = Listing(
        account=rules.account,
        marketplace_id=rules.marketplace.marketplace_id,
        sku=item.sku,
        status=ListingStatus.LINKED,
        selling_list=(
            chosen.name if chosen else migrated_list_name(rules.account, rules.marketplace.country)
        ),
        store_sku=product.sku,
        variant_id=product.variant_id,
        asin=item.asin,
        barcode=product.barcode,
        channel=item.channel_code,
        price=item.price,
        quantity=item.quantity,
        buyable=item.is_active,
    )
    if known is None or not _vanished(known):
        return fresh
    return replace(
        fresh,
        product_type=known.product_type,
        created_by_us=known.created_by_us,
        fingerprint=known.fingerprint,
    )


def why_ambiguous(products: Sequence[StoreSku]) -> str:
    """Which products of the store bear one and the same SKU."""
    named = ", ".join(f"variant {one.variant_id} of product {one.product_id}" for one in products)
    return f"the SKU {products[0].sku} stands for {named} in the store; give each its own"


def _why_unlinked(row: ReportRow, rules: LinkRules) -> str:
    mapped = rules.sku_mapping.get(row.sku)
    if mapped is None:
        return _NOT_IN_STORE
    return f"the SKU mapping names {mapped}, which the store does not have"


def _moved(row: ReportRow, link: KnownLink, known: LinksKnown) -> list[Listing]:
    """The link with its new channel, where another keeps the stock now."""
    listing = known.listings.get(row.sku)
    if listing is None or row.shipped_by_both or row.channel == link.channel:
        return []
    return [replace(listing, channel=row.channel)]


def _item(
    row: ReportRow,
    rules: LinkRules,
    at: datetime,
    state: LinkState,
    reason: str = "",
    store_sku: str = "",
) -> InventoryItem:
    return InventoryItem(
        account=rules.account,
        marketplace_id=rules.marketplace.marketplace_id,
        sku=row.sku,
        asin=row.asin,
        title=row.title,
        price=_price(row.price, rules.marketplace.currency),
        quantity=row.quantity,
        channel=row.fulfilment,
        channel_code=row.channel,
        status=row.status,
        barcode=row.barcode,
        seen_at=at,
        state=state,
        reason=reason,
        store_sku=store_sku,
    )


def _price(text: str, currency: str) -> Money | None:
    try:
        return Money(Decimal(text), currency)
    except InvalidOperation:
        return None


def _vanished(listing: Listing | None) -> bool:
    return (
        listing is not None
        and listing.status is ListingStatus.ENDED
        and VANISHED in listing.reasons
    )
