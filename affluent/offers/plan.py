"""What each linked listing should cost and hold, against what Amazon shows: two pure plans.

Price and quantity are planned apart, so that a held price never holds a falling stock.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from affluent.domain import attributes as amazon
from affluent.domain.account import SyncSwitches
from affluent.domain.given import Overrides
from affluent.domain.listing import GENERIC_PRODUCT_TYPE, Listing, ListingStatus
from affluent.domain.marketplace import Marketplace
from affluent.domain.offer import (
    OfferedPrice,
    OfferProfile,
    QuantityMode,
    free_quantity,
    offered_price,
    offered_quantity,
    price_facts,
)
from affluent.domain.offer.override import NO_OVERRIDE, OfferOverride
from affluent.domain.plan import Change, Operation, Plan
from affluent.domain.product import Variant


@dataclass(frozen=True)
class OffersKnown:
    """Everything that a plan of offers follows from.

    `profiles` is keyed by selling list. `reserved` counts, by store SKU, the units that are sold
    on Amazon in orders that the store does not hold yet. `overrides` go before the profiles.
    """

    marketplace: Marketplace
    listings: Sequence[Listing]
    variants: Mapping[str, Variant]
    profiles: Mapping[str, OfferProfile]
    sync: SyncSwitches
    reserved: Mapping[str, int]
    overrides: Overrides = field(default_factory=dict)

    def override(self, listing: Listing, variant: Variant) -> OfferOverride:
        """What goes before the profile for this listing."""
        return self.overrides.get((listing.selling_list, variant.sku), NO_OVERRIDE)


def plan_quantities(known: OffersKnown) -> Plan:
    """Every quantity that differs, those that fall to zero first. FBA stock is Amazon's own."""
    if not known.sync.quantity:
        return Plan((), notes=("Quantity sync is switched off for this account.",))
    changes = [
        _quantity_change(listing, quantity, known.marketplace)
        for listing, variant, profile in _offered(known)
        for override in [known.override(listing, variant)]
        if not listing.fulfilled_by_amazon and _is_synced(profile, override)
        for free in [free_quantity(variant.quantity, known.reserved.get(variant.sku, 0))]
        for quantity in [offered_quantity(profile, free, override)]
        if quantity != listing.quantity and _may_become(listing, quantity)
    ]
    return Plan(tuple(sorted(changes, key=lambda one: (one.after["quantity"] > 0, one.key))))


def plan_prices(known: OffersKnown) -> Plan:
    """Every price that differs, of listings without an error."""
    if not known.sync.price:
        return Plan((), notes=("Price sync is switched off for this account.",))
    moved = [
        (listing, offered, profile)
        for listing, variant, profile in _offered(known)
        if listing.status is ListingStatus.LINKED
        for override in [known.override(listing, variant)]
        for offered in [offered_price(profile, variant, known.marketplace, override)]
        if offered.price is None or offered.price != listing.price
    ]
    changes = [_price_change(*one, known.marketplace) for one in moved]
    findings = [
        offered.problem.finding(listing.sku)
        for listing, offered, _ in moved
        if offered.problem is not None
    ]
    return Plan(tuple(sorted(changes, key=lambda one: one.key)), findings=tuple(findings))


def merge(changes: Iterable[Change]) -> tuple[Change, ...]:
    """One patch a SKU, where both its price and its quantity passed the gate, in their order."""
    by_key: dict[str, Change] = {}
    for change in changes:
        earlier = by_key.get(change.key)
        by_key[change.key] = change if earlier is None else _merged(earlier, change)
    return tuple(by_key.values())


def _merged(first: Change, second: Change) -> Change:
    return replace(
        first,
        before={**first.before, **second.before},
        after={**first.after, **second.after},
        payload={
            **first.payload,
            "patches": [*first.payload["patches"], *second.payload["patches"]],
        },
        why=f"{first.why}; {second.why}",
    )


def _offered(known: OffersKnown) -> Iterator[tuple[Listing, Variant, OfferProfile]]:
    """The listings that are sent or linked, each with its variant and profile."""
    by_id = {variant.variant_id: variant for variant in known.variants.values()}
    for listing in known.listings:
        # The merchant may have given the variant another SKU since.
        variant = known.variants.get(listing.store_sku) or by_id.get(listing.variant_id or 0)
        profile = known.profiles.get(listing.selling_list)
        if listing.status.is_taken and variant is not None and profile is not None:
            yield listing, variant, profile


def _is_synced(profile: OfferProfile, override: OfferOverride) -> bool:
    """A single unit that was sold does not come back by itself."""
    return override.quantity is not None or profile.quantity_mode is not QuantityMode.SINGLE


def _may_become(listing: Listing, quantity: int) -> bool:
    """A listing in error or on its way still gets its stock lowered, never raised."""
    if listing.status is ListingStatus.LINKED:
        return True
    return listing.quantity is not None and quantity < listing.quantity


def _quantity_change(listing: Listing, quantity: int, marketplace: Marketplace) -> Change:
    """A merge: the siblings of the quantity, such as the handling time, stay as they are."""
    return _change(
        listing,
        before={"quantity": listing.quantity},
        after={"quantity": quantity},
        patch={
            "op": "merge",
            "path": f"/attributes/{amazon.AVAILABILITY}",
            "value": amazon.fulfillment_availability(quantity, None),
        },
        why=f"the store has {quantity} to sell on {marketplace.country}",
    )


def _price_change(
    listing: Listing, offered: OfferedPrice, profile: OfferProfile, marketplace: Marketplace
) -> Change:
    """A price that stands below its floor is planned with that floor: it is urgent to raise it."""
    before = {"price": str(listing.price.amount) if listing.price else None}
    floor = offered.floor
    if listing.price is not None and floor is not None and listing.price.amount < floor.amount:
        before["floor"] = str(floor.amount)
    return _change(
        listing,
        before=before,
        after=price_facts(offered, profile),
        patch={
            "op": "merge",
            "path": f"/attributes/{amazon.OFFER}",
            "value": amazon.purchasable_offer(offered, marketplace.marketplace_id),
        },
        why=f"{offered.why} → {offered.price}",
    )


def _change(
    listing: Listing,
    *,
    before: Mapping[str, Any],
    after: Mapping[str, Any],
    patch: Mapping[str, Any],
    why: str,
) -> Change:
    return Change(
        operation=Operation.PATCH_OFFER,
        account=listing.account,
        marketplace_id=listing.marketplace_id,
        key=listing.sku,
        before=before,
        after={**after, "channel": listing.channel},
        payload={
            "productType": listing.product_type or GENERIC_PRODUCT_TYPE,
            "patches": [patch],
        },
        why=why,
    )
