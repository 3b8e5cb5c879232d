"""Which of Amazon's listings belong to which variant: SKU, account and marketplace must match.

Pure: a report of what is on Amazon against what the store sells.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

from affluent.domain.listing import Listing, ListingStatus, ReportRow, SellingList
from affluent.domain.marketplace import Marketplace
from affluent.domain.money import Money
from affluent.domain.product import Variant
from affluent.domain.selection import select


@dataclass(frozen=True, slots=True)
class Unlinked:
    """A listing on Amazon that no product of the store answers to, with the nearest candidates."""

    sku: str
    asin: str
    title: str
    reason: str
    candidates: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class LinkPlan:
    """What a download of Amazon's inventory leads to."""

    linked: tuple[Listing, ...]
    unlinked: tuple[Unlinked, ...]
    already: int
    migrated: SellingList | None


@dataclass(frozen=True)
class LinksKnown:
    """Everything that a plan of links follows from. `sku_mapping` maps Amazon's SKU to ours."""

    account: str
    marketplace: Marketplace
    variants: Mapping[str, Variant]
    listings: Mapping[str, Listing]
    lists: Sequence[SellingList]
    sku_mapping: Mapping[str, str]


def migrated_list_name(account: str, marketplace: Marketplace) -> str:
    """The list that takes what is linked but stands in no list of this account and marketplace."""
    return f"Migrated for {account} {marketplace.country}"


def plan_links(rows: Iterable[ReportRow], known: LinksKnown) -> LinkPlan:
    """Link every row whose SKU, or mapped SKU, is a variant's; name the reason for the others."""
    linked: list[Listing] = []
    unlinked: list[Unlinked] = []
    already = 0
    for row in rows:
        listing = known.listings.get(row.sku)
        if listing is not None and listing.status.is_taken:
            already += 1
            continue
        variant = known.variants.get(known.sku_mapping.get(row.sku, row.sku))
        if variant is None:
            unlinked.append(_unlinked(row, known))
        else:
            linked.append(_linked(row, variant, known))
    return LinkPlan(tuple(linked), tuple(unlinked), already, _migrated(linked, known))


def _migrated(linked: Sequence[Listing], known: LinksKnown) -> SellingList | None:
    """The list for what stands in no other. It names its SKUs: a list that names nothing takes
    every product in, and publishing it would put the whole store on Amazon."""
    name = migrated_list_name(known.account, known.marketplace)
    skus = frozenset(listing.store_sku for listing in linked if listing.selling_list == name)
    if not skus:
        return None
    return SellingList(
        name=name,
        account=known.account,
        marketplace_id=known.marketplace.marketplace_id,
        skus=skus,
    )


def _linked(row: ReportRow, variant: Variant, known: LinksKnown) -> Listing:
    chosen = select(known.lists, [variant])
    name = (
        chosen[0].selling_list.name
        if chosen
        else migrated_list_name(known.account, known.marketplace)
    )
    return Listing(
        account=known.account,
        marketplace_id=known.marketplace.marketplace_id,
        sku=row.sku,
        status=ListingStatus.LINKED,
        selling_list=name,
        store_sku=variant.sku,
        variant_id=variant.variant_id,
        asin=row.asin,
        barcode=variant.barcode,
        channel=row.channel,
        price=_price(row, known.marketplace),
        quantity=row.quantity,
        buyable=row.status.casefold() == "active",
    )


def _price(row: ReportRow, marketplace: Marketplace) -> Money | None:
    try:
        return Money(Decimal(row.price), marketplace.currency)
    except InvalidOperation:
        return None


def _unlinked(row: ReportRow, known: LinksKnown) -> Unlinked:
    mapped = known.sku_mapping.get(row.sku)
    reason = (
        f"the SKU mapping names {mapped}, which the store does not have"
        if mapped
        else "no product of the store has this SKU, and no SKU mapping names it"
    )
    return Unlinked(row.sku, row.asin, row.title, reason, _candidates(row, known))


def _candidates(row: ReportRow, known: LinksKnown) -> tuple[str, ...]:
    """The SKUs that a person would look at first: the same barcode, or the same SKU but for case
    and punctuation."""
    plain = _plain(row.sku)
    return tuple(
        variant.sku
        for variant in known.variants.values()
        if (row.barcode and variant.barcode.zfill(14) == row.barcode.zfill(14))
        or _plain(variant.sku) == plain
    )[:3]


def _plain(sku: str) -> str:
    return "".join(letter for letter in sku.casefold() if letter.isalnum())
