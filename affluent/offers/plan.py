"""What each linked listing should cost and hold, against what Amazon shows: two pure plans.

Price and quantity are planned apart, so that a held price never holds a falling stock.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field, replace
from decimal import Decimal
from functools import cached_property
from typing import Any

from affluent.domain.account import SyncSwitches
from affluent.domain.collecting import few_collections
from affluent.domain.given import Overrides
from affluent.domain.listing import Listing, ListingStatus
from affluent.domain.marketplace import Marketplace, find_marketplace
from affluent.domain.money import Money
from affluent.domain.offer import (
    OfferedPrice,
    OfferProfile,
    QuantityMode,
    WhenGone,
    allowed_price_notes,
    beside_price,
    free_quantity,
    gone_origin,
    handling_origin,
    offered_price,
    offered_quantity,
    price_facts,
    price_origin,
    quantity_origin,
)
from affluent.domain.offer.override import NO_OVERRIDE, OfferOverride
from affluent.domain.plan import Change, Plan
from affluent.domain.product import Variant
from affluent.domain.provenance import Provenance
from affluent.offers.patch import handling_change, price_change, quantity_change


@dataclass(frozen=True)
class OffersKnown:
    """Everything that a plan of offers follows from.

    `profiles` is keyed by selling list. `reserved` counts, by store SKU, the units that are sold
    on Amazon in orders of any account that the store does not hold yet. `gone` are the ids of
    variants that the store has no longer. `decided_elsewhere` maps a SKU to the marketplace that
    decides its quantity. `lost_lists` are lists that exist no longer though offers stand in them.
    `in_stock` counts all offers of the account and marketplace with a quantity above 0, or is 0
    where too few are planned for it to matter. `overrides` go before the profiles. `riding` are the
    fields, by SKU, that feeds will bring which Amazon has not ended yet.
    """

    marketplace: Marketplace
    listings: Sequence[Listing]
    variants: Mapping[str, Variant]
    profiles: Mapping[str, OfferProfile]
    sync: SyncSwitches
    reserved: Mapping[str, int]
    overrides: Overrides = field(default_factory=dict)
    gone: AbstractSet[int] = frozenset()
    decided_elsewhere: Mapping[str, str] = field(default_factory=dict)
    lost_lists: tuple[str, ...] = ()
    in_stock: int = 0
    riding: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)

    def override(self, listing: Listing, variant: Variant | None) -> OfferOverride:
        """What goes before the profile for this listing."""
        if variant is None:
            return NO_OVERRIDE
        return self.overrides.get((listing.selling_list, variant.sku), NO_OVERRIDE)

    @cached_property
    def _by_id(self) -> Mapping[int, Variant]:
        return {variant.variant_id: variant for variant in self.variants.values()}

    def sold_by(self, listing: Listing) -> Variant | None:
        """The variant that a listing sells; the merchant may have given it another SKU since."""
        return self.variants.get(listing.store_sku) or self._by_id.get(listing.variant_id or 0)

    def set_aside(self) -> set[str]:
        """The SKUs of which units are set aside for orders that the store does not hold yet."""
        sold = ((listing.sku, self.sold_by(listing)) for listing in self.listings)
        return {sku for sku, variant in sold if variant and variant.sku in self.reserved}


@few_collections()
def plan_quantities(known: OffersKnown) -> Plan:
    """Every quantity of the merchant's own that differs, those that fall to zero first, and the
    handling times that Amazon was not told yet."""
    if not known.sync.quantity:
        return Plan((), notes=("Quantity sync is switched off for this account.",))
    changes = [
        change
        for listing, profile in _ruled(known)
        if profile.offers_own_units(listing) and listing.sku not in known.decided_elsewhere
        for change in merge(_stock_changes(listing, profile, known))
    ]
    ordered = sorted(changes, key=lambda one: (one.after.get("quantity") != 0, one.key))
    return Plan(tuple(ordered), notes=tuple(_notes(known)))


@few_collections()
def plan_prices(known: OffersKnown) -> Plan:
    """Every price that differs, or what stands beside it, of listings without an error."""
    if not known.sync.price:
        return Plan((), notes=("Price sync is switched off for this account.",))
    moved = [
        (listing, offered, profile, variant, override)
        for listing, variant, profile in _offered(known)
        if listing.status is ListingStatus.LINKED
        for override in [known.override(listing, variant)]
        for offered in [offered_price(profile, variant, known.marketplace, override)]
        if _differs(listing, offered, profile) or _comes_otherwise(listing, offered, known)
    ]
    changes = [
        price_change(
            listing,
            offered,
            profile,
            price_origin(offered, variant, profile, override),
            known.marketplace.marketplace_id,
        )
        for listing, offered, profile, variant, override in moved
    ]
    findings = [
        offered.problem.finding(listing.sku)
        for listing, offered, *_ in moved
        if offered.problem is not None
    ]
    return Plan(
        tuple(sorted(changes, key=lambda one: one.key)),
        notes=allowed_price_notes(offered for _, offered, *_ in moved),
        findings=tuple(findings),
    )


def merge(changes: Iterable[Change]) -> tuple[Change, ...]:
    """One patch a SKU, where both its quantity and its price passed the gate, in their order.

    The channel is then that of the quantity, which comes first.
    """
    by_key: dict[str, Change] = {}
    for change in changes:
        earlier = by_key.get(change.key)
        by_key[change.key] = change if earlier is None else _merged(earlier, change)
    return tuple(by_key.values())


def _merged(first: Change, second: Change) -> Change:
    return replace(
        first,
        before={**first.before, **second.before},
        after={**second.after, **first.after},
        payload={
            **first.payload,
            "patches": [*first.payload["patches"], *second.payload["patches"]],
        },
        why=f"{first.why}; {second.why}",
        remarks=tuple(dict.fromkeys((*first.remarks, *second.remarks))),
        provenance=(*first.provenance, *second.provenance),
    )


def _ruled(known: OffersKnown) -> Iterator[tuple[Listing, OfferProfile]]:
    """The listings that are sent or linked, each with its profile."""
    for listing in known.listings:
        profile = known.profiles.get(listing.selling_list)
        if listing.status.is_taken and profile is not None:
            yield listing, profile


def _offered(known: OffersKnown) -> Iterator[tuple[Listing, Variant, OfferProfile]]:
    """The listings that are sent or linked, each with its variant and profile."""
    for listing, profile in _ruled(known):
        variant = known.sold_by(listing)
        if variant is not None:
            yield listing, variant, profile


def _is_synced(profile: OfferProfile, override: OfferOverride) -> bool:
    """A single unit that was sold does not come back by itself."""
    return override.quantity is not None or profile.quantity_mode is not QuantityMode.SINGLE


def _wanted_quantity(
    listing: Listing, profile: OfferProfile, known: OffersKnown
) -> tuple[int, str] | None:
    """The quantity to offer and why; None where it is not ours to say."""
    variant = known.sold_by(listing)
    if variant is None or not variant.is_visible:
        is_known = variant is not None or listing.variant_id in known.gone
        if not is_known or profile.when_gone is WhenGone.LEAVE:
            return None
        return 0, f"the store {'has' if variant is None else 'shows'} the product no longer"
    override = known.override(listing, variant)
    if not _is_synced(profile, override):
        return None
    free = free_quantity(variant.quantity, known.reserved.get(variant.sku, 0))
    quantity = offered_quantity(profile, free, override)
    return quantity, f"the store has {quantity} to sell on {known.marketplace.country}"


def _stock_changes(listing: Listing, profile: OfferProfile, known: OffersKnown) -> Iterator[Change]:
    wanted = _wanted_quantity(listing, profile, known)
    coming = known.riding.get(listing.sku, {}).get("quantity")
    if wanted is not None and _may_become(listing, wanted[0], coming):
        yield quantity_change(listing, *wanted, _quantity_origin(listing, profile, known))
    days = _wanted_days(listing, profile, known)
    if days not in (None, listing.lead_time_days) and listing.status is ListingStatus.LINKED:
        override = known.override(listing, known.sold_by(listing))
        yield handling_change(listing, days, handling_origin(profile, override))


def _quantity_origin(listing: Listing, profile: OfferProfile, known: OffersKnown) -> Provenance:
    variant = known.sold_by(listing)
    if variant is None or not variant.is_visible:
        return gone_origin(profile, is_deleted=variant is None)
    reserved = known.reserved.get(variant.sku, 0)
    return quantity_origin(variant.quantity, reserved, profile, known.override(listing, variant))


def _wanted_days(listing: Listing, profile: OfferProfile, known: OffersKnown) -> int | None:
    """The handling time of what the store still sells; None leaves Amazon's own."""
    variant = known.sold_by(listing)
    if variant is None or not variant.is_visible:
        return None
    own = known.override(listing, variant).lead_time_days
    return profile.lead_time_days if own is None else own


def _differs(listing: Listing, offered: OfferedPrice, profile: OfferProfile) -> bool:
    if offered.price is None or offered.price != listing.price:
        return True
    return beside_price(price_facts(offered, profile)) != listing.beside_price


def _comes_otherwise(listing: Listing, offered: OfferedPrice, known: OffersKnown) -> bool:
    """Whether a feed will bring another price, though Amazon shows the right one now."""
    coming = known.riding.get(listing.sku, {}).get("price")
    return coming is not None and offered.price != Money(Decimal(coming), offered.currency)


def _may_become(listing: Listing, quantity: int, coming: int | None) -> bool:
    """A listing in error or on its way still gets its stock lowered, never raised.

    `coming` is the quantity that a feed will bring, whatever Amazon shows now.
    """
    if listing.status is ListingStatus.LINKED:
        return quantity != listing.quantity or coming not in (None, quantity)
    return any(one is not None and quantity < one for one in (listing.quantity, coming))


def _notes(known: OffersKnown) -> Iterator[str]:
    for name in known.lost_lists:
        yield f"Offers stand in the selling list '{name}', which exists no longer: none is synced."
    by_place = Counter(known.decided_elsewhere.values())
    for marketplace_id, count in sorted(by_place.items()):
        place = find_marketplace(marketplace_id)
        name = place.country if place else marketplace_id
        yield (
            f"The quantities of {count} SKUs are decided on {name}: the account's marketplaces "
            "share their stock."
        )
