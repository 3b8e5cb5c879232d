"""Offers: how price and quantity on Amazon follow from the store's.

Everything here is a pure rule on decimals. A quantity of 0 is a quantity: it is sent as 0.
"""

from affluent.domain.offer.offered import (
    BusinessPrice,
    Offer,
    OfferedPrice,
    PriceProblem,
    QuantityTier,
    SalePrice,
    allowed_price_notes,
    beside_price,
    price_facts,
    price_findings,
)
from affluent.domain.offer.origin import (
    OFFER_PATHS,
    gone_origin,
    handling_origin,
    kept_origin,
    price_origin,
    quantity_origin,
)
from affluent.domain.offer.override import OfferOverride
from affluent.domain.offer.price import offered_price
from affluent.domain.offer.profile import (
    FEWEST_SOLD_OUT,
    OfferProfile,
    PriceMode,
    QuantityMode,
    WhenGone,
)
from affluent.domain.offer.quantity import free_quantity, offered_quantity

__all__ = [
    "FEWEST_SOLD_OUT",
    "OFFER_PATHS",
    "BusinessPrice",
    "Offer",
    "OfferOverride",
    "OfferProfile",
    "OfferedPrice",
    "PriceMode",
    "PriceProblem",
    "QuantityMode",
    "QuantityTier",
    "SalePrice",
    "WhenGone",
    "allowed_price_notes",
    "beside_price",
    "free_quantity",
    "gone_origin",
    "handling_origin",
    "kept_origin",
    "offered_price",
    "offered_quantity",
    "price_facts",
    "price_findings",
    "price_origin",
    "quantity_origin",
]
