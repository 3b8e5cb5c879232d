"""A person says which product a SKU of Amazon's stands for, or takes that back."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final

from affluent.domain.effect import Run
from affluent.domain.errors import AffluentError
from affluent.domain.fulfilment import FulfilmentChannel
from affluent.domain.inventory import InventoryItem, LinkState, ReportRow, StoreSku
from affluent.domain.listing import Listing, ListingStatus
from affluent.domain.sku_mapping import SkuPair
from affluent.links.apply import keep_links
from affluent.links.candidates import nearest_candidates
from affluent.links.plan import LinkRules, LinksKnown, link_row, linked_listing, why_ambiguous
from affluent.ports.storage import UnitOfWork
from affluent.submissions.endings import forget_endings
from affluent.submissions.item_log import tell_log

_BY_HAND: Final = "by hand"

#: The rules of an item's account and marketplace.
RulesOf = Callable[[InventoryItem], LinkRules]


@dataclass(frozen=True, slots=True)
class _Wanted:
    """A SKU of the store's as somebody wrote it."""

    sku: str
    barcode: str = ""


def find_product(store_sku: str, work: UnitOfWork) -> StoreSku:
    """The one product of the store's SKU. Raises AffluentError, with what it might have been."""
    products = work.store_skus.named([store_sku]).get(store_sku, [])
    if not products:
        wanted = _Wanted(store_sku)
        nearest = nearest_candidates([wanted], work.store_skus)[store_sku]
        raise AffluentError(
            f"The store has no product of the SKU {store_sku}.",
            fix=f"Did you mean {', '.join(nearest)}?"
            if nearest
            else "Check its spelling; run `affluent run extract_catalog` if the product is new.",
        )
    if len(products) > 1:
        raise AffluentError(f"{why_ambiguous(products)}.".capitalize())
    return products[0]


def assign(
    items: Sequence[InventoryItem],
    product: StoreSku,
    rules_of: RulesOf,
    work: UnitOfWork,
    run: Run,
    at: datetime,
) -> list[Listing]:
    """Link the items of one account to a product now, and keep the pair for every download."""
    pairs = {SkuPair(one.sku, product.sku, one.account, _BY_HAND) for one in items}
    work.sku_mappings.save(list(pairs), at)
    linked = []
    for item in items:
        listing = _assigned(item, product, rules_of(item), work)
        _keep(item, listing, rules_of(item), work, at)
        forget_endings(item.account, item.marketplace_id, [item.sku], work)
        linked.append(listing)
    tell_log(linked, f"It was linked to {product.sku} by hand.", work, run, at)
    return linked


def forget(items: Sequence[InventoryItem], work: UnitOfWork) -> None:
    """Forget that the items were linked by hand. Raises AffluentError where they were not."""
    keys = {(item.account, item.sku) for item in items}
    pairs = [one for one in work.sku_mappings.all() if (one.account, one.amazon_sku) in keys]
    if not pairs:
        raise AffluentError(
            f"{items[0].sku} was not linked by hand.",
            why="Its link follows from its SKU, or from a pair of the settings or of all accounts.",
            fix="Change the SKU or that pair, or link it to another product with --to.",
        )
    work.sku_mappings.remove(pairs)


def link_anew(
    items: Sequence[InventoryItem],
    rules_of: RulesOf,
    work: UnitOfWork,
    run: Run,
    at: datetime,
) -> list[Listing]:
    """Let the rule decide again about items that were linked by hand; what it does not link is a
    draft from now on, of which nothing is kept in step."""
    changed = []
    for item in items:
        rules = rules_of(item)
        products = work.store_skus.named([rules.store_sku(item.sku)])
        known = LinksKnown(items={}, links={}, listings={}, products=products, earlier={})
        decided, listing = link_row(_row_of(item), rules, known, at)
        before = work.listings.named(item.account, item.marketplace_id, [item.sku])
        if listing is None:
            work.inventory.save([decided])
            changed += [_unlinked(one) for one in before.values()]
        else:
            [product] = products[listing.store_sku]
            changed.append(_assigned(decided, product, rules, work))
            _keep(decided, changed[-1], rules, work, at)
    work.listings.save(changed, at)
    tell_log(changed, "Its link by hand was taken back.", work, run, at)
    return changed


def _assigned(
    item: InventoryItem, product: StoreSku, rules: LinkRules, work: UnitOfWork
) -> Listing:
    """The item's listing; one that is in use keeps all but its product and list."""
    known = work.listings.named(item.account, item.marketplace_id, [item.sku]).get(item.sku)
    fresh = linked_listing(item, product, rules, known)
    if known is None or not known.status.is_taken:
        return fresh
    return replace(
        known,
        store_sku=fresh.store_sku,
        variant_id=fresh.variant_id,
        barcode=fresh.barcode,
        selling_list=fresh.selling_list,
    )


def _keep(
    item: InventoryItem, listing: Listing, rules: LinkRules, work: UnitOfWork, at: datetime
) -> None:
    linked = replace(item, state=LinkState.LINKED, reason="", store_sku=listing.store_sku)
    work.inventory.save([linked])
    keep_links([listing], rules, work, at)


def _unlinked(listing: Listing) -> Listing:
    return replace(
        listing, status=ListingStatus.DRAFT, selling_list="", store_sku="", variant_id=None
    )


def _row_of(item: InventoryItem) -> ReportRow:
    """The item as a report would tell it."""
    return ReportRow(
        sku=item.sku,
        asin=item.asin,
        title=item.title,
        price=str(item.price.amount) if item.price else "",
        quantity=item.quantity,
        channel=item.channel_code,
        status=item.status,
        barcode=item.barcode,
        shipped_by_both=item.channel is FulfilmentChannel.BOTH,
    )
