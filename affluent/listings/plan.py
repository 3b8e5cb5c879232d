"""What should be listed, against what is known to be: a pure plan of puts.

A product that Amazon's catalog knows gets an offer on its ASIN; one that it does not know is
created through the creation profile of its category, or held where there is none.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from typing import Any

from affluent.domain import attributes as amazon
from affluent.domain.listing import (
    MERCHANT_CHANNEL,
    CatalogMatch,
    CreationProfile,
    Definition,
    Listing,
    ListingStatus,
    Requirements,
)
from affluent.domain.marketplace import Marketplace
from affluent.domain.offer import Offer, OfferProfile, offered_price, offered_quantity
from affluent.domain.plan import Change, Operation, Plan
from affluent.domain.product import Variant
from affluent.domain.selection import Selected
from affluent.listings.attributes import render_attributes

#: Amazon's generic product type, good for offers on what its catalog knows.
GENERIC_PRODUCT_TYPE = "PRODUCT"


@dataclass(frozen=True)
class ListingsKnown:
    """Everything that a plan of listings follows from.

    `on_amazon` names SKUs that the seller has on Amazon though we never listed them. `matches`
    is keyed by barcode. `definitions` holds the LISTING schema of each profile's product type.
    """

    account: str
    marketplace: Marketplace
    listings: Mapping[str, Listing]
    on_amazon: AbstractSet[str]
    matches: Mapping[str, tuple[CatalogMatch, ...]]
    offer_profiles: Mapping[str, OfferProfile]
    creation_profiles: Mapping[str, CreationProfile]
    definitions: Mapping[str, Definition]


def plan_listings(selected: Sequence[Selected], known: ListingsKnown) -> Plan:
    """One put for each selected variant that is not on Amazon as it should be."""
    changes = []
    unchanged = already = 0
    for one in selected:
        if one.variant.sku in known.on_amazon and one.variant.sku not in known.listings:
            already += 1
            continue
        change = _change(one, known)
        if _stands(known.listings.get(one.variant.sku), content_fingerprint(change)):
            unchanged += 1
        else:
            changes.append(change)
    notes = (
        (f"{already} SKUs were on Amazon before: link_inventory links them.",) if already else ()
    )
    return Plan(tuple(changes), unchanged, notes)


def content_fingerprint(change: Change) -> str:
    """SHA-256 of what a put says about the product; price and quantity are the offers' affair,
    and the product type may be a generic one that Amazon replaces by its own."""
    attributes = {
        name: value
        for name, value in change.payload["attributes"].items()
        if name not in (amazon.OFFER, amazon.AVAILABILITY)
    }
    content = [change.payload["requirements"], attributes]
    return hashlib.sha256(json.dumps(content, sort_keys=True).encode()).hexdigest()


def _stands(listing: Listing | None, fingerprint: str) -> bool:
    """Whether the listing needs no put: it was sent as it is now, or it is not ours to write."""
    if listing is None:
        return False
    if listing.status is ListingStatus.LINKED and not listing.fingerprint:
        return True
    sent = (ListingStatus.LINKED, ListingStatus.ERROR)
    return listing.status in sent and listing.fingerprint == fingerprint


def _change(selected: Selected, known: ListingsKnown) -> Change:
    variant, selling_list = selected.variant, selected.selling_list
    marketplace_id = known.marketplace.marketplace_id
    matches = _matches(variant, known)
    chosen = selling_list.asins.get(variant.sku, "")
    asin = chosen or (matches[0].asin if len(matches) == 1 else "")
    profile = _creation_profile(selected, known)
    content: dict[str, Any] = {}
    if asin or matches or profile is None:
        product_type = matches[0].product_type if matches else GENERIC_PRODUCT_TYPE
        requirements = Requirements.LISTING_OFFER_ONLY
        why = f"Amazon's catalog has it as {asin}" if asin else "Amazon's catalog has no match"
    else:
        product_type, requirements = profile.product_type, Requirements.LISTING
        definition = known.definitions[product_type]
        content = render_attributes(profile, variant, known.marketplace, definition)
        why = f"new on Amazon, by creation profile {profile.name}"
    offer = _offer(selected, known)
    lead_time_days = known.offer_profiles[selling_list.offer_profile].lead_time_days
    payload = {
        "productType": product_type,
        "requirements": requirements.value,
        "attributes": content
        | _identity(variant, asin, marketplace_id)
        | {
            amazon.CONDITION: amazon.condition_type(variant.condition, marketplace_id),
            amazon.OFFER: amazon.purchasable_offer(offer.price, marketplace_id),
            amazon.AVAILABILITY: amazon.fulfillment_availability(offer.quantity, lead_time_days),
        },
    }
    return Change(
        operation=Operation.PUT_LISTING,
        account=known.account,
        marketplace_id=marketplace_id,
        key=variant.sku,
        after={
            "name": variant.name,
            "brand": variant.brand,
            "barcode": variant.barcode,
            "asin": asin,
            "candidates": 0 if chosen else len(matches),
            "price": str(offer.price.amount),
            "currency": offer.price.currency,
            "quantity": offer.quantity,
            "channel": MERCHANT_CHANNEL,
            "product_type": product_type,
            "requirements": requirements.value,
            "selling_list": selling_list.name,
        },
        payload=payload,
        why=f"{selling_list.name}: {why}",
    )


def _matches(variant: Variant, known: ListingsKnown) -> tuple[CatalogMatch, ...]:
    """What Amazon's catalog has for the variant. What we created or tied to an ASIN stays so:
    Amazon's catalog knows the barcodes of our own creations, too."""
    listing = known.listings.get(variant.sku)
    if listing is None or not (listing.asin or listing.created_by_us):
        return known.matches.get(variant.barcode, ())
    if listing.created_by_us:
        return ()
    tied = CatalogMatch(
        variant.barcode, listing.asin, listing.product_type, variant.brand, variant.name
    )
    return (tied,)


def _creation_profile(selected: Selected, known: ListingsKnown) -> CreationProfile | None:
    by_category = selected.selling_list.creation_profiles
    names = [by_category[one] for one in selected.variant.category_ids if one in by_category]
    name = names[0] if names else by_category.get(0, "")
    profile = known.creation_profiles.get(name)
    return profile if profile is not None and profile.creates else None


def _offer(selected: Selected, known: ListingsKnown) -> Offer:
    profile = known.offer_profiles[selected.selling_list.offer_profile]
    variant = selected.variant
    return Offer(
        offered_price(profile, variant.price, known.marketplace.currency),
        offered_quantity(profile, variant.quantity),
    )


def _identity(variant: Variant, asin: str, marketplace_id: str) -> dict[str, Any]:
    """What ties the listing to a page of Amazon's catalog: the ASIN, else the barcode."""
    if asin:
        return {amazon.ASIN: amazon.suggested_asin(asin, marketplace_id)}
    if variant.barcode:
        return {amazon.IDENTIFIER: amazon.product_identifier(variant.barcode, marketplace_id)}
    return {}
