"""Listings that stood on Amazon before are linked to the store's products."""

from __future__ import annotations

import csv
import json

import httpx
import pytest
from prefect.settings import PREFECT_API_URL

from affluent.domain.ending import REST_OF_A_DELETED_SKU
from affluent.domain.errors import ConfigurationError
from affluent.domain.report import RunReport
from tests.behaviours.merchant import HERE, MARKETPLACE_ID, Json, Merchant, selling_list

MIGRATED = "Migrated for demo US"
SAME_SKU = [
    "OLD-BOTTLE",
    "OLD-LUNCHBOX",
    "OLD-MOKA-3",
    "OLD-MOKA-6",
    "OLD-PRESS",
    "OLD-TUMBLER",
]
OTHER_SKU = "AMZ-DRIPPER-01"


def link(merchant: Merchant) -> RunReport:
    return merchant.run("link_inventory", **HERE)


def offer_by_hand(merchant: Merchant, sku: str, barcode: str) -> None:
    """Offer the product of a barcode in Seller Central, past the store."""
    offer_page_by_hand(merchant, sku, merchant.asin_of(barcode))


def offer_page_by_hand(merchant: Merchant, sku: str, asin: str) -> None:
    """Offer the product of a page in Seller Central, past the store."""
    price = [{"schedule": [{"value_with_tax": 9.5}]}]
    attributes = {
        "merchant_suggested_asin": [{"value": asin}],
        "condition_type": [{"value": "new_new"}],
        "purchasable_offer": [{"currency": "USD", "audience": "ALL", "our_price": price}],
        "fulfillment_availability": [{"fulfillment_channel_code": "DEFAULT", "quantity": 3}],
    }
    body = {
        "productType": "PRODUCT",
        "requirements": "LISTING_OFFER_ONLY",
        "attributes": attributes,
    }
    seller = merchant.sandbox.ready["credentials"]["amazon"]["seller_id"]
    path = f"/listings/2021-08-01/items/{seller}/{sku}"
    with merchant.sandbox.amazon() as amazon:
        answer = amazon.put(path, params={"marketplaceIds": MARKETPLACE_ID}, json=body)
    assert answer.json()["status"] == "ACCEPTED", answer.text


def delete_by_hand(merchant: Merchant, sku: str) -> None:
    """Delete a listing in Seller Central, past the store."""
    seller = merchant.sandbox.ready["credentials"]["amazon"]["seller_id"]
    path = f"/listings/2021-08-01/items/{seller}/{sku}"
    with merchant.sandbox.amazon() as amazon:
        answer = amazon.delete(path, params={"marketplaceIds": MARKETPLACE_ID})
    assert answer.json()["status"] == "ACCEPTED", answer.text


def inventory(merchant: Merchant, *options: str) -> dict[str, dict[str, str]]:
    """What `affluent inventory` writes to a file, by SKU."""
    file = merchant.config.with_name("inventory.csv")
    merchant.ask("inventory", "--csv", str(file), *options)
    with file.open(encoding="utf-8-sig", newline="") as rows:
        return {row["sku"]: row for row in csv.DictReader(rows)}


def shown_as_unlinked() -> dict[str, Json]:
    """The latest table of what is on Amazon and not in the store, by SKU."""
    url = f"{PREFECT_API_URL.value()}/artifacts/link-inventory-unlinked/latest"
    table = httpx.get(url).raise_for_status().json()
    return {row["sku"]: row for row in json.loads(table["data"])}


@pytest.fixture(scope="module")
def linked(merchant: Merchant) -> RunReport:
    """The first download, of a merchant who has written no selling list and no SKU pair."""
    merchant.write(selling_lists=[], sku_mapping={})
    merchant.run("extract_catalog")
    return link(merchant)


@pytest.mark.behaviour("S31", "S33", "S40", "S49")
def test_what_has_the_same_sku_is_linked(merchant: Merchant, linked: RunReport) -> None:
    assert (linked.read, linked.effective) == (7, 6)
    for sku in SAME_SKU:
        listing = merchant.listing(sku)
        assert (listing["status"], listing["store"]["sku"]) == ("linked", sku)
        assert (listing["account"], listing["marketplace"]) == ("demo", "US")


@pytest.mark.behaviour("S34")
def test_the_list_that_is_missing_is_made(merchant: Merchant, linked: RunReport) -> None:
    assert linked.effective
    assert {merchant.listing(sku)["selling_list"] for sku in SAME_SKU} == {MIGRATED}


@pytest.mark.behaviour("S35", "S40")
def test_what_has_another_sku_is_shown_and_not_linked(
    merchant: Merchant, linked: RunReport
) -> None:
    assert linked.held == {"unlinked": 1}
    assert shown_as_unlinked().keys() == {OTHER_SKU}
    assert merchant.on_amazon(OTHER_SKU) is not None
    merchant.ask("explain", "sku", OTHER_SKU, code=1)
    shown = inventory(merchant)
    assert shown.keys() == {*SAME_SKU, OTHER_SKU}
    assert {row["link"] for sku, row in shown.items() if sku != OTHER_SKU} == {"linked"}
    assert inventory(merchant, "--unlinked").keys() == {OTHER_SKU}
    assert "6 linked, 1 unlinked" in merchant.ask("inventory")


@pytest.mark.behaviour("S36")
def test_downloading_again_shows_what_is_new(merchant: Merchant, linked: RunReport) -> None:
    offer_by_hand(merchant, "BY-HAND-1", "4012345010732")

    again = link(merchant)

    assert (again.read, again.unchanged, again.effective) == (linked.read + 1, 6, 0)
    assert shown_as_unlinked().keys() == {OTHER_SKU, "BY-HAND-1"}


@pytest.mark.behaviour("S41", "S43")
def test_a_sku_pair_links_what_has_another_sku(merchant: Merchant, linked: RunReport) -> None:
    assert linked.effective
    assert "no SKU mapping names it" in shown_as_unlinked()[OTHER_SKU]["reason"]

    merchant.write(sku_mapping={"OLD-DRIPPER": OTHER_SKU})
    link(merchant)

    listing = merchant.listing(OTHER_SKU)
    assert (listing["status"], listing["store"]["sku"]) == ("linked", "OLD-DRIPPER")


@pytest.mark.behaviour("S41")
def test_a_person_links_what_has_another_sku_by_hand(merchant: Merchant, linked: RunReport) -> None:
    assert linked.effective
    offer_by_hand(merchant, "OLD-PRESS-B", "012345010729")
    link(merchant)
    found = inventory(merchant, "--unlinked")["OLD-PRESS-B"]
    assert found["candidates"].split("; ")[0] == "OLD-PRESS"

    merchant.ask("link", "OLD-PRESS-B", "--to", "NO-SUCH-SKU", code=1)
    merchant.ask("link", "OLD-PRESS-B", "--to", "OLD-PRESS")

    listing = merchant.listing("OLD-PRESS-B")
    assert (listing["status"], listing["store"]["sku"]) == ("linked", "OLD-PRESS")
    link(merchant)
    assert inventory(merchant)["OLD-PRESS-B"]["store_sku"] == "OLD-PRESS"

    merchant.ask("link", "OLD-PRESS-B", "--undo")
    assert merchant.listing("OLD-PRESS-B")["status"] == "draft"
    link(merchant)
    assert inventory(merchant)["OLD-PRESS-B"]["link"] == "unlinked"


@pytest.mark.behaviour("S36", "S49")
def test_what_is_gone_from_amazon_is_ended_by_the_second_report_and_comes_back(
    merchant: Merchant, linked: RunReport
) -> None:
    assert linked.effective
    sku, asin = "OLD-TUMBLER", merchant.listing("OLD-TUMBLER")["asin"]
    delete_by_hand(merchant, sku)

    link(merchant)
    assert merchant.listing(sku)["status"] == "linked"
    assert any(sku in note for note in link(merchant).notes)
    ended = merchant.listing(sku)
    assert ended["status"] == "ended"
    assert "two complete reports" in ended["reasons"][0]["message"]
    assert inventory(merchant, "--ended").keys() == {sku}
    log = merchant.explain("sku", sku)["log"]
    assert (log[-1]["operation"], log[-1]["state"]) == ("link", "effective")

    merchant.admin.pass_time(REST_OF_A_DELETED_SKU.total_seconds())
    offer_page_by_hand(merchant, sku, asin)
    link(merchant)
    assert merchant.listing(sku)["status"] == "linked"


@pytest.mark.behaviour("S37", "S39")
def test_a_marketplace_that_was_left_out_is_named(merchant: Merchant, linked: RunReport) -> None:
    assert linked.effective

    with merchant.settings(accounts=merchant.account(marketplaces=["CA"])):
        said = merchant.ask("inventory", "--marketplace", "US", code=2)
        with pytest.raises(ConfigurationError, match="demo has US at Amazon"):
            link(merchant)

    assert "Account demo has US at Amazon, but not in the settings." in said
    assert "Add US to the marketplaces of demo" in said


@pytest.mark.behaviour("S42")
def test_a_sku_changed_in_the_store_is_linked(merchant: Merchant, linked: RunReport) -> None:
    assert linked.effective
    offer_by_hand(merchant, "TORCH-ON-AMAZON", "012345010729")
    link(merchant)
    assert "TORCH-ON-AMAZON" in shown_as_unlinked()

    merchant.change_product("OFF-TORCH", sku="TORCH-ON-AMAZON")
    merchant.run("extract_catalog")
    link(merchant)

    listing = merchant.listing("TORCH-ON-AMAZON")
    assert (listing["status"], listing["store"]["sku"]) == ("linked", "TORCH-ON-AMAZON")


@pytest.mark.behaviour("S40", "S44", "S45")
def test_a_list_of_another_marketplace_does_not_count(
    merchant: Merchant, linked: RunReport
) -> None:
    assert linked.effective
    offer_by_hand(merchant, "OFF-CANDLE", "4012345010763")
    offer_by_hand(merchant, "OFF-SOAP", "4012345010770")
    canadian = selling_list("Canadian", skus=["OFF-CANDLE", "OFF-SOAP"], marketplace="CA")
    american = selling_list("American", skus=["OFF-SOAP"])

    merchant.write(
        accounts=merchant.account(marketplaces=["US", "CA"]), selling_lists=[canadian, american]
    )
    link(merchant)

    assert merchant.listing("OFF-CANDLE")["selling_list"] == MIGRATED
    assert merchant.listing("OFF-SOAP")["selling_list"] == "American"


@pytest.mark.behaviour("S34", "S40")
def test_a_list_of_another_account_does_not_count(merchant: Merchant, linked: RunReport) -> None:
    assert linked.effective
    [first] = merchant.read()["accounts"]
    mine = selling_list("Mine", skus=["OLD-BOTTLE"])

    with merchant.settings(accounts=[first, first | {"name": "other"}], selling_lists=[mine]):
        merchant.run("link_inventory", **HERE | {"account": "other"})
        listings = merchant.explain("sku", "OLD-BOTTLE")["listings"]

    assert {one["account"]: one["selling_list"] for one in listings} == {
        "demo": MIGRATED,
        "other": "Migrated for other US",
    }
