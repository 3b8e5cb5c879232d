"""Writing one patch of an offer down: what a person reads of it, and what Amazon is sent.

Decides nothing but how a value is written.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from affluent.domain import attributes as amazon
from affluent.domain.listing import GENERIC_PRODUCT_TYPE, MERCHANT_CHANNEL, Listing
from affluent.domain.offer import OfferedPrice, OfferProfile, beside_price, price_facts
from affluent.domain.plan import Change, Operation
from affluent.domain.provenance import Provenance


def quantity_change(listing: Listing, quantity: int, why: str, origin: Provenance) -> Change:
    """A merge: the siblings of the quantity, such as the handling time, stay as they are, and so
    does Amazon's own channel, where units are sold on both."""
    return _change(
        listing,
        before={"quantity": listing.quantity},
        after={"quantity": quantity, "channel": MERCHANT_CHANNEL},
        patch={
            "op": "merge",
            "path": f"/attributes/{amazon.AVAILABILITY}",
            "value": amazon.fulfillment_availability(quantity, None),
        },
        why=why,
        origin=origin,
    )


def handling_change(listing: Listing, lead_time_days: int, origin: Provenance) -> Change:
    """A merge that leaves the quantity as it is."""
    return _change(
        listing,
        before={"lead_time_days": listing.lead_time_days},
        after={"lead_time_days": lead_time_days, "channel": MERCHANT_CHANNEL},
        patch={
            "op": "merge",
            "path": f"/attributes/{amazon.AVAILABILITY}",
            "value": amazon.handling_time(lead_time_days),
        },
        why=f"shipped within {lead_time_days} days",
        origin=origin,
    )


def price_change(
    listing: Listing,
    offered: OfferedPrice,
    profile: OfferProfile,
    origin: Provenance,
    marketplace_id: str,
) -> Change:
    """A price that stands below its floor is planned with that floor: it is urgent to raise it.

    A merge leaves what it does not name, so where something else stood beside the price before,
    the offer is replaced whole.
    """
    before = {"price": str(listing.price.amount) if listing.price else None}
    floor = offered.floor
    if listing.price is not None and floor is not None and listing.price.amount < floor.amount:
        before["floor"] = str(floor.amount)
    facts = price_facts(offered, profile)
    is_kept = listing.beside_price in ("", beside_price(facts))
    return _change(
        listing,
        before=before,
        after={**facts, "channel": listing.channel},
        patch={
            "op": "merge" if is_kept else "replace",
            "path": f"/attributes/{amazon.OFFER}",
            "value": amazon.purchasable_offer(offered, marketplace_id),
        },
        why=f"{offered.why} → {offered.price}",
        origin=origin,
    )


def _change(
    listing: Listing,
    *,
    before: Mapping[str, Any],
    after: Mapping[str, Any],
    patch: Mapping[str, Any],
    why: str,
    origin: Provenance,
) -> Change:
    return Change(
        operation=Operation.PATCH_OFFER,
        account=listing.account,
        marketplace_id=listing.marketplace_id,
        key=listing.sku,
        before=before,
        after=after,
        payload={
            "productType": listing.product_type or GENERIC_PRODUCT_TYPE,
            "patches": [patch],
        },
        why=why,
        provenance=(origin,),
    )
