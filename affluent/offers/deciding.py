"""Which marketplace decides the quantity of a SKU that the account sells on several of them.

Amazon keeps one stock for each account, region and SKU: two marketplaces that each send a quantity
of their own would overwrite each other without end.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from affluent.domain.listing import Listing, ListingStatus
from affluent.domain.marketplace import Marketplace
from affluent.domain.offer import OfferProfile, QuantityMode


def decided_elsewhere(
    listings: Sequence[Listing],
    siblings: Mapping[str, Sequence[Listing]],
    profiles: Mapping[str, OfferProfile],
    marketplaces: Sequence[Marketplace],
) -> dict[str, str]:
    """By SKU, the id of the other marketplace that decides its quantity.

    That is the first of the account's marketplaces where the SKU is linked, or at least sent.
    `siblings` are the same SKUs on the other marketplaces, `profiles` those of their lists.
    """
    order = {one.marketplace_id: place for place, one in enumerate(marketplaces)}

    def rank(listing: Listing) -> tuple[bool, int]:
        return listing.status is not ListingStatus.LINKED, order[listing.marketplace_id]

    found = {}
    for listing in listings:
        others = [
            one
            for one in siblings.get(listing.sku, ())
            if _sends(one, profiles) and one.marketplace_id in order
        ]
        first = min([listing, *others], key=rank)
        if first is not listing:
            found[listing.sku] = first.marketplace_id
    return found


def _sends(listing: Listing, profiles: Mapping[str, OfferProfile]) -> bool:
    """Whether a quantity follows from the rules of the listing's own list."""
    profile = profiles.get(listing.selling_list)
    if profile is None or profile.quantity_mode is QuantityMode.SINGLE:
        return False
    return profile.offers_own_units(listing)
