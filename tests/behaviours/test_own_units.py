"""What Amazon keeps and what the merchant ships himself, under one SKU: never mixed up."""

from __future__ import annotations

import time
from typing import Final

import pytest

from tests.behaviours.merchant import HERE, MARKETPLACE_ID, Json, Merchant, selling_list

BY_AMAZON: Final = "OLD-PRESS"
BY_MERCHANT: Final = "OLD-MOKA-3"
AMAZON: Final = {"fulfillment_channel_code": "AMAZON_NA"}


def shown(merchant: Merchant, sku: str) -> tuple[str, int | None]:
    """Who keeps the stock, by Amazon's code, and what the merchant offers of his own."""
    listing = merchant.on_amazon(sku)
    assert listing is not None
    return listing["fulfillmentChannelCode"], listing["quantity"]


def written(merchant: Merchant, sku: str) -> list[Json]:
    """What was ever written of the SKU's stock."""
    return [
        patch
        for body in merchant.sent_to_amazon(sku)
        for patch in body["patches"]
        if patch["path"].endswith("/fulfillment_availability")
    ]


def sync(merchant: Merchant, sku: str, stock: int) -> None:
    merchant.change_variant(sku, inventory_level=stock)
    merchant.run("extract_catalog", full=False)
    merchant.run("sync_offers", **HERE)


def await_channel(merchant: Merchant, sku: str, channel: str) -> None:
    """Amazon shows a change some seconds after its receipt."""
    for _ in range(100):
        if shown(merchant, sku)[0] == channel:
            return
        time.sleep(0.1)
    raise AssertionError(shown(merchant, sku))


@pytest.fixture(scope="module")
def linked(merchant: Merchant) -> Merchant:
    merchant.write(selling_lists=[selling_list("Old", categories=[4])])
    merchant.run("extract_catalog")
    merchant.run("link_inventory", **HERE)
    merchant.run("sync_offers", **HERE)
    return merchant


@pytest.mark.behaviour("N15")
def test_no_quantity_is_written_of_what_amazon_keeps(linked: Merchant) -> None:
    sync(linked, BY_AMAZON, 5)
    sync(linked, BY_MERCHANT, 12)

    assert shown(linked, BY_MERCHANT) == ("DEFAULT", 12)
    assert shown(linked, BY_AMAZON) == ("AMAZON_NA", None)
    assert written(linked, BY_AMAZON) == []


@pytest.mark.behaviour("N15")
def test_of_a_sku_that_is_declared_as_both_own_units_stand_beside_amazon_s(
    linked: Merchant,
) -> None:
    profiles = linked.read()["offer_profiles"]
    declared = {"default": profiles["default"] | {"sells_both_ways": [BY_AMAZON]}}

    with linked.settings(offer_profiles=profiles | declared):
        sync(linked, BY_AMAZON, 6)
        again = linked.run("sync_offers", **HERE)

    assert shown(linked, BY_AMAZON) == ("AMAZON_NA", 6)
    assert again.sent == 0
    [patch] = written(linked, BY_AMAZON)
    assert (patch["op"], patch["value"]) == (
        "merge",
        [{"fulfillment_channel_code": "DEFAULT", "quantity": 6}],
    )


@pytest.mark.behaviour("N15")
def test_what_moved_to_amazon_s_channel_is_written_no_more(linked: Merchant) -> None:
    """As when Amazon's channel was added in Seller Central beside the merchant's own, instead of
    replacing it: the second channel stands there, and his own is not fed any longer."""
    added = {
        "productType": "PRODUCT",
        "patches": [
            {"op": "merge", "path": "/attributes/fulfillment_availability", "value": [AMAZON]}
        ],
    }
    seller = linked.read()["accounts"][0]["seller_id"]
    with linked.sandbox.amazon() as amazon:
        path = f"/listings/2021-08-01/items/{seller}/{BY_MERCHANT}"
        amazon.patch(path, json=added, params={"marketplaceIds": MARKETPLACE_ID}).raise_for_status()
    await_channel(linked, BY_MERCHANT, "AMAZON_NA")
    linked.run("reconcile_inventory", **HERE)
    before = len(written(linked, BY_MERCHANT))

    sync(linked, BY_MERCHANT, 3)

    assert len(written(linked, BY_MERCHANT)) == before
    assert shown(linked, BY_MERCHANT) == ("AMAZON_NA", 12)
