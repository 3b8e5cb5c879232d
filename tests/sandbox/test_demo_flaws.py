"""Each flaw of the demo's catalog meets, on both vendors, what its README says it meets."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from typing import Any

import httpx
import pytest

from sandbox.catalog import DEMO_CATALOG, read_products
from tests.sandbox.running import RunningSandbox, running_sandbox

MARKETPLACE_ID = "ATVPDKIKX0DER"
HERE = {"marketplace_id": MARKETPLACE_ID}
TEXT = {"language_tag": "en_US", **HERE}
PRODUCTS = {product["sku"]: product for product in read_products(DEMO_CATALOG)}
PRODUCT_TYPES = {1: "KITCHEN", 2: "LUGGAGE", 3: "GROCERY", 5: "KITCHEN", 6: "RESTRICTED_SUPPLEMENT"}
EFFECTIVE_SECONDS = 10

Attributes = dict[str, Any]


@pytest.fixture(scope="module")
def sandbox() -> Iterator[RunningSandbox]:
    with running_sandbox("--speed", "100", "--quotas", "off") as started:
        yield started


def offer_attributes(product: Attributes) -> Attributes:
    code = product["gtin"] or product["upc"]
    price = [{"schedule": [{"value_with_tax": product["price"]}]}]
    quantity = product["inventory_level"]
    return {
        "condition_type": [{"value": "new_new", **HERE}],
        "externally_assigned_product_identifier": [
            {"type": "ean" if len(code) == 13 else "upc", "value": code, **HERE}
        ],
        "purchasable_offer": [{"currency": "USD", "audience": "ALL", "our_price": price, **HERE}],
        "fulfillment_availability": [{"fulfillment_channel_code": "DEFAULT", "quantity": quantity}],
    }


def listing_attributes(product: Attributes) -> Attributes:
    """The attributes as the README maps them from the custom fields."""
    fields = {field["name"]: field["value"] for field in product["custom_fields"]}
    made = {
        "item_name": [{"value": product["name"], **TEXT}],
        "brand": [{"value": product["brand_name"], **TEXT}],
        "product_description": [{"value": product["description"], **TEXT}],
        **offer_attributes(product),
        **_dimensions(fields),
    }
    read: dict[str, tuple[str, Callable[[str], Any], Attributes]] = {
        "number_of_items": ("number_of_items", int, HERE),
        "included_components": ("included_components", str, TEXT),
        "component_list": ("included_components", str, TEXT),
        "color": ("color", str, TEXT),
        "material": ("material", str, TEXT),
        "shell_type": ("shell_type", str, HERE),
        "number_of_wheels": ("number_of_wheels", int, HERE),
        "flavor": ("flavor", str, TEXT),
        "country_of_origin": ("country_of_origin", str, HERE),
        "dosage_form": ("dosage_form", str, HERE),
    }
    for name, (attribute, convert, selectors) in read.items():
        if name in fields:
            made[attribute] = [{"value": convert(fields[name]), **selectors}]
    if "unit_count" in fields:
        count = {"value": int(fields["unit_count"]), "type": fields["unit_count_type"]}
        made["unit_count"] = [{**count, **HERE}]
    return made


def _dimensions(fields: dict[str, str]) -> Attributes:
    lengths = {
        side: {"value": float(fields[f"item_{side}"]), "unit": "inches"}
        for side in ("length", "width", "height")
        if f"item_{side}" in fields
    }
    return {"item_dimensions": [{**lengths, **HERE}]} if lengths else {}


def put(amazon: httpx.Client, seller_id: str, sku: str, requirements: str) -> Attributes:
    product = PRODUCTS[sku]
    make = offer_attributes if requirements == "LISTING_OFFER_ONLY" else listing_attributes
    answer = amazon.put(
        f"/listings/2021-08-01/items/{seller_id}/{sku}",
        params={"marketplaceIds": MARKETPLACE_ID, "includedData": "issues"},
        json={
            "productType": PRODUCT_TYPES[product["categories"][0]],
            "requirements": requirements,
            "attributes": make(product),
        },
    )
    answer.raise_for_status()
    result: Attributes = answer.json()
    return result


def in_effect(amazon: httpx.Client, seller_id: str, sku: str) -> Attributes:
    """The listing, once the submission has taken effect."""
    deadline = time.monotonic() + EFFECTIVE_SECONDS
    while True:
        answer = amazon.get(
            f"/listings/2021-08-01/items/{seller_id}/{sku}",
            params={"marketplaceIds": MARKETPLACE_ID, "includedData": "summaries,issues"},
        )
        listing: Attributes = answer.json()
        if listing.get("issues") or any("asin" in each for each in listing.get("summaries", ())):
            return listing
        assert time.monotonic() < deadline, f"{sku} took no effect: {answer.status_code}"
        time.sleep(0.05)


@pytest.fixture(scope="module")
def seller_id(sandbox: RunningSandbox) -> str:
    found: str = sandbox.ready["credentials"]["amazon"]["seller_id"]
    return found


@pytest.fixture
def amazon(sandbox: RunningSandbox) -> Iterator[httpx.Client]:
    with sandbox.amazon() as client:
        yield client


@pytest.mark.parametrize(
    ("sku", "requirements", "code", "attribute", "message"),
    [
        (
            "OFF-LAMP-UNKNOWN",
            "LISTING_OFFER_ONLY",
            "90220",
            "merchant_suggested_asin",
            "'Merchant Suggested ASIN' is required but not supplied",
        ),
        (
            "KIT-CANISTER-NOHEIGHT",
            "LISTING",
            "99022",
            "item_dimensions",
            "The field 'height' for the attribute 'item_dimensions' does not have enough values. "
            "The required minimum is '1' value(s).",
        ),
        (
            "KIT-TRAY-NOCOUNT",
            "LISTING",
            "90220",
            "number_of_items",
            "'number_of_items' is required but not supplied.",
        ),
        (
            "LUG-ORGANIZER-PARTS",
            "LISTING",
            "90000900",
            "included_components",
            "The attributes are invalid.",
        ),
    ],
)
def test_amazon_refuses_the_flaw_at_once(
    amazon: httpx.Client,
    seller_id: str,
    sku: str,
    requirements: str,
    code: str,
    attribute: str,
    message: str,
) -> None:
    result = put(amazon, seller_id, sku, requirements)

    assert result["status"] == "INVALID"
    [issue] = result["issues"]
    assert (issue["code"], issue["attributeNames"], issue["message"]) == (
        code,
        [attribute],
        message,
    )


@pytest.mark.parametrize(
    ("sku", "requirements", "message"),
    [
        (
            "OFF-KNIFE-GUARDED",
            "LISTING_OFFER_ONLY",
            "The seller is not allowed to list products under the restricted brand",
        ),
        (
            "SUP-VITAMIN-C",
            "LISTING",
            "Seller is not authorized to list products in this product line or category.",
        ),
    ],
)
def test_amazon_accepts_and_later_refuses_what_is_restricted(
    amazon: httpx.Client, seller_id: str, sku: str, requirements: str, message: str
) -> None:
    assert put(amazon, seller_id, sku, requirements)["status"] == "ACCEPTED"

    assert [issue["message"] for issue in in_effect(amazon, seller_id, sku)["issues"]] == [message]


@pytest.mark.parametrize(
    ("sku", "requirements", "status"),
    [
        ("KIT-SKILLET-10", "LISTING", ["BUYABLE", "DISCOVERABLE"]),
        ("KIT-BOARD-ENGRAVED", "LISTING", ["BUYABLE", "DISCOVERABLE"]),
        ("LUG-GARMENT", "LISTING", ["BUYABLE", "DISCOVERABLE"]),
        ("FOOD-ESPRESSO", "LISTING", ["BUYABLE", "DISCOVERABLE"]),
        ("FOOD-SOLDOUT", "LISTING", ["DISCOVERABLE"]),
        ("OFF-TORCH", "LISTING_OFFER_ONLY", ["BUYABLE", "DISCOVERABLE"]),
        ("FOOD-MAPLE", "LISTING_OFFER_ONLY", ["BUYABLE", "DISCOVERABLE"]),
    ],
)
def test_clean_products_go_live(
    amazon: httpx.Client, seller_id: str, sku: str, requirements: str, status: list[str]
) -> None:
    assert put(amazon, seller_id, sku, requirements)["issues"] == []

    listing = in_effect(amazon, seller_id, sku)
    assert listing["summaries"][0]["status"] == status
    assert listing["issues"] == []


ADDRESS = {"first_name": "Ada", "last_name": "Miller", "zip": "78701", "country_iso2": "US"}


def order(sandbox: RunningSandbox, sku: str, quantity: int, **line: Any) -> httpx.Response:
    product = PRODUCTS[sku]
    with sandbox.bigcommerce() as store:
        return store.post(
            "/v2/orders",
            json={
                "billing_address": ADDRESS,
                "products": [
                    {
                        "product_id": product["id"],
                        "variant_id": product["base_variant_id"],
                        "quantity": quantity,
                        **line,
                    }
                ],
            },
        )


def test_the_store_is_short_of_the_last_tin(sandbox: RunningSandbox) -> None:
    refused = order(sandbox, "FOOD-SAFFRON-LAST", 2)

    assert refused.status_code == 409
    assert refused.json()[0]["message"] == (
        "Quantities of one or more products are out of stock or did not meet quantity requirements."
    )


def test_the_store_asks_for_the_engraving(sandbox: RunningSandbox) -> None:
    refused = order(sandbox, "KIT-BOARD-ENGRAVED", 1)
    [engraving] = PRODUCTS["KIT-BOARD-ENGRAVED"]["modifiers"]
    option = {"id": engraving["id"], "value": "For Ada"}
    accepted = order(sandbox, "KIT-BOARD-ENGRAVED", 1, product_options=[option])

    assert refused.status_code == 400
    assert "MandatoryProductOptions" in refused.text
    assert accepted.status_code in (200, 201)
