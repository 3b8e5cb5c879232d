"""What a plan of listings follows from."""

from __future__ import annotations

from collections.abc import Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property

from affluent.domain.before_sending import MatchCheck
from affluent.domain.creation_profile import CreationProfile
from affluent.domain.ending import Ending
from affluent.domain.given import Overrides
from affluent.domain.listing import CatalogMatch, Definition, Listing
from affluent.domain.marketplace import Marketplace
from affluent.domain.money import Money
from affluent.domain.offer import OfferProfile
from affluent.listings.attributes import Renderer


@dataclass(frozen=True)
class ListingsKnown:
    """Everything that a plan of listings follows from.

    `on_amazon` names SKUs that the seller has on Amazon though we never listed them. `matches`
    is keyed by barcode, `prices` holds what the account's price list asks, by variant id.
    `definitions` holds the LISTING schema of each profile's product type, `unusable` why Amazon
    gave none. `reserved` counts, by store SKU, the units that are sold on Amazon in orders that
    the store does not hold yet. `overrides` go before the offer profiles. `endings` are by SKU;
    `not_before` says when Amazon takes those again that were deleted and must rest.
    """

    account: str
    marketplace: Marketplace
    listings: Mapping[str, Listing]
    on_amazon: AbstractSet[str]
    prices: Mapping[int, Money]
    matches: Mapping[str, tuple[CatalogMatch, ...]]
    offer_profiles: Mapping[str, OfferProfile]
    creation_profiles: Mapping[str, CreationProfile]
    definitions: Mapping[str, Definition]
    reserved: Mapping[str, int]
    overrides: Overrides = field(default_factory=dict)
    endings: Mapping[str, Ending] = field(default_factory=dict)
    not_before: Mapping[str, datetime] = field(default_factory=dict)
    match_check: MatchCheck = MatchCheck.WARN
    unusable: Mapping[str, str] = field(default_factory=dict)

    def has_ended(self, sku: str) -> bool:
        """Whether the SKU was ended here, and nobody wants it back."""
        ending = self.endings.get(sku)
        return ending is not None and not ending.relisting

    @cached_property
    def renderers(self) -> Mapping[str, Renderer]:
        """The creation profiles whose schema is known, made ready, by name."""
        return {
            name: Renderer(profile, self.marketplace, self.definitions[profile.product_type])
            for name, profile in self.creation_profiles.items()
            if profile.product_type in self.definitions
        }
