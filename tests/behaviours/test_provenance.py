"""Of every value that was sent it can be told where it came from, on the sandbox and by command."""

from __future__ import annotations

import json
from typing import Any

import pytest

from affluent.domain.report import RunReport
from tests.behaviours.merchant import HERE, Merchant, selling_list

NEW, OFFERED = "KIT-SKILLET-10", "OFF-TORCH"


@pytest.fixture(scope="module")
def published(merchant: Merchant) -> RunReport:
    """A page of our own, and an offer on somebody else's."""
    lists = [selling_list("Two", skus=[NEW, OFFERED], creation_profiles={0: "kitchen"})]
    merchant.write(selling_lists=lists)
    merchant.run("extract_catalog")
    return merchant.run("publish_listings", **HERE)


def chain(merchant: Merchant, attribute: str, sku: str = NEW) -> dict[str, Any]:
    """The newest value of the attribute, with its origins."""
    newest, *_ = json.loads(merchant.ask("explain", "sku", sku, "--attribute", attribute, "--json"))
    return dict(newest)


@pytest.mark.behaviour("N6")
def test_every_attribute_of_a_new_page_tells_its_source_rule_run_and_submission(
    merchant: Merchant, published: RunReport
) -> None:
    assert published.effective == 2, merchant.listing(NEW)["reasons"]
    [sent] = merchant.sent_to_amazon(NEW)

    for attribute, value in sent["attributes"].items():
        told = chain(merchant, attribute)
        assert told["value"] == value
        assert told["origins"], attribute
        assert told["plan_hash"] == published.plan_hash
        assert (told["flow"], told["state"]) == ("publish_listings", "effective")
        assert told["run_id"]
        assert told["request_id"]
        assert told["reference"]


@pytest.mark.behaviour("N6")
def test_a_measure_tells_what_stood_in_the_store_and_by_which_profile(
    merchant: Merchant, published: RunReport
) -> None:
    assert published.effective
    origins = {one["path"]: one for one in chain(merchant, "item_dimensions")["origins"]}
    length = origins["item_dimensions.length"]

    assert origins.keys() == {f"item_dimensions.{side}" for side in ("length", "width", "height")}
    assert (length["source"], length["profile"]) == ("custom_field item_length", "kitchen")
    assert all(one["raw"] and one["version"] for one in origins.values())
    shown = merchant.ask("explain", "sku", NEW, "--attribute", "item_dimensions")
    assert f"custom_field item_length: {length['raw']}" in shown
    assert f"by profile kitchen, version {length['version']}" in shown
    assert published.plan_hash[:12] in shown


@pytest.mark.behaviour("N6")
def test_price_and_quantity_tell_their_steps_and_stock(
    merchant: Merchant, published: RunReport
) -> None:
    assert published.effective
    merchant.change_variant(OFFERED, price="31.00", inventory_level=3)
    merchant.run("extract_catalog")
    assert merchant.run("sync_offers", **HERE).effective

    price = chain(merchant, "price", OFFERED)
    quantity = chain(merchant, "quantity", OFFERED)

    assert (price["flow"], price["operation"]) == ("sync_offers", "patch_offer")
    assert price["origins"][0]["steps"][0] == "31 USD in the store"
    assert (quantity["origins"][0]["source"], quantity["origins"][0]["raw"]) == ("stock", "3")
    assert quantity["origins"][0]["steps"]


@pytest.mark.behaviour("N6", "S30")
def test_what_was_left_to_the_owner_of_the_page_is_said(
    merchant: Merchant, published: RunReport
) -> None:
    assert published.effective
    log = merchant.explain("sku", OFFERED)["log"]
    said = [text for entry in log for text in entry["messages"] if text.startswith("left alone")]

    assert len(said) == 1
    assert said[0].startswith("left alone: item_name, main_product_image_locator")
    assert said[0].endswith("the page is not ours")
    merchant.ask("explain", "sku", OFFERED, "--attribute", "item_name", code=1)
