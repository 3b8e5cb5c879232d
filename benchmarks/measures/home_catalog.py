"""Mugs that Amazon does not know, and the profile that makes HOME listings of them."""

from __future__ import annotations

import json
from collections.abc import Iterator
from decimal import Decimal
from typing import Any, Final

from affluent.domain.creation_profile import CreationProfile
from affluent.domain.listing import (
    Definition,
    Requirements,
    SellingList,
    SubmissionPath,
)
from affluent.domain.money import Money
from affluent.domain.product import Size, Variant
from affluent.settings.creation import CreationProfileSettings, creation_profile_of
from benchmarks.measures.sandbox import MARKETPLACE
from benchmarks.measures.validation import DEFINITION
from connectors.http.clock import VendorClock

ACCOUNT: Final = "bench"
SELLING_LIST: Final = SellingList(
    "Home", ACCOUNT, MARKETPLACE, creation_profiles={0: "home"}, path=SubmissionPath.FEED
)
_DESCRIPTION: Final = "<p>A thick-walled mug, glazed by hand, for twelve ounces of anything.</p>"
_FIRST_BARCODE: Final = 401_234_500_000

_RULES: Final[dict[str, Any]] = {
    "item_name": {"field": "name"},
    "brand": {"field": "brand"},
    "product_description": {"field": "description"},
    "bullet_point": {"custom_field": "highlight"},
    "country_of_origin": {"custom_field": "country"},
    "item_type_keyword": {"constant": "coffee-cups"},
    "supplier_declared_dg_hz_regulation": {"constant": "not_applicable"},
    "list_price": {"field": "price", "number": True},
    "color": {"option": "Color"},
    "generic_keyword": {"constant": "mug cup coffee"},
    "item_package_dimensions.length": {"field": "length", "unit": "inches", "number": True},
    "item_package_dimensions.width": {"field": "width", "unit": "inches", "number": True},
    "item_package_dimensions.height": {"field": "height", "unit": "inches", "number": True},
    "item_package_weight": {"field": "weight", "unit": "pounds", "number": True},
    "manufacturer": {"field": "brand"},
    "model_name": {"custom_field": "series"},
    "model_number": {"field": "mpn"},
    "number_of_boxes": {"constant": "1", "number": True},
    "number_of_items": {"constant": "1", "number": True},
    "part_number": {"field": "sku"},
    "required_product_compliance_certificate": {"constant": "Not Applicable"},
    "merchant_shipping_group": {"constant": "legacy-template-id"},
    "main_product_image_locator.media_location": {"field": "images"},
}


def home_profile() -> CreationProfile:
    """The creation profile of the mugs."""
    content = {"product_type": "HOME", "attributes": _RULES}
    return creation_profile_of("home", CreationProfileSettings.model_validate(content))


def home_definition() -> Definition:
    """Amazon's own definition of HOME."""
    schema = json.loads(DEFINITION.read_text(encoding="utf-8"))
    return Definition("HOME", Requirements.LISTING, MARKETPLACE, "checksum", schema)


def home_variants(count: int) -> Iterator[Variant]:
    """So many variants, each with a barcode of its own."""
    now = VendorClock().now()
    for number in range(1, count + 1):
        yield Variant(
            variant_id=number,
            product_id=number,
            sku=f"MUG-{number}",
            name=f"Stoneware Mug No. {number}",
            description=_DESCRIPTION,
            brand="Alder & Finch",
            price=Money(Decimal("14.50") + number % 100, "USD"),
            quantity=number % 50,
            barcode=_ean(_FIRST_BARCODE + number),
            mpn=f"M-{number}",
            condition="New",
            is_visible=True,
            category_ids=(number % 60 + 1,),
            modified_at=now,
            weight="1.2",
            weight_unit="pounds",
            size=Size("6.0", "4.9", "5.4", "inches"),
            image_urls=(f"https://images.example/mug-{number}/1.jpg",),
            custom_fields={"highlight": f"Holds {number} oz", "country": "PT", "series": "Dawn"},
            options={"Color": "Blue"},
        )


def _ean(body: int) -> str:
    weighted = (int(digit) * (3, 1)[at % 2] for at, digit in enumerate(reversed(str(body))))
    return f"{body}{-sum(weighted) % 10}"
