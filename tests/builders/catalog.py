"""The store's side: variants, selling lists, profiles."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from affluent.domain.creation_profile import CreationProfile
from affluent.domain.listing import SellingList
from affluent.domain.marketplace import MARKETPLACES, Marketplace
from affluent.domain.money import Money
from affluent.domain.offer import OfferProfile
from affluent.domain.product import Modifier, ModifierChoice, Variant
from tests.fakes.clock import NOON

US: Marketplace = next(one for one in MARKETPLACES if one.country == "US")
ACCOUNT = "acme-us"
PROFILE = OfferProfile("default")
CREATION = CreationProfile("suitcases", "SUITCASE", creates=True, rules=())


def usd(amount: str | int | Decimal) -> Money:
    return Money(Decimal(amount), "USD")


def variant(number: int = 1, **fields: Any) -> Variant:
    """A variant with its own SKU, product and barcode."""
    values: dict[str, Any] = {
        "variant_id": number,
        "product_id": 1000 + number,
        "sku": f"SKU-{number}",
        "name": f"Suitcase {number}",
        "description": "<p>Rolls.</p>",
        "brand": "Rollwell",
        "price": usd("19.90"),
        "quantity": 7,
        "barcode": f"40063{number:08d}",
        "mpn": "RW-1",
        "condition": "New",
        "is_visible": True,
        "category_ids": (3,),
        "modified_at": NOON,
    }
    return Variant(**{**values, **fields})


def selling_list(name: str = "Summer", **fields: Any) -> SellingList:
    """A list that takes every product in, and creates what Amazon does not know."""
    values: dict[str, Any] = {
        "name": name,
        "account": ACCOUNT,
        "marketplace_id": US.marketplace_id,
        "creation_profiles": {0: CREATION.name},
    }
    return SellingList(**{**values, **fields})


def modifier(modifier_id: int = 5, *labels: str, **fields: Any) -> Modifier:
    """A required question; with `labels`, a choice among these."""
    choices = tuple(
        ModifierChoice(modifier_id * 10 + number, label, is_default=False)
        for number, label in enumerate(labels)
    )
    values: dict[str, Any] = {
        "modifier_id": modifier_id,
        "display_name": "Engraving",
        "kind": "dropdown" if labels else "text",
        "required": True,
        "choices": choices,
    }
    return Modifier(**{**values, **fields})
